import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import { failedView } from './notice.view.ts'

/** Nothing is said of waiting before this many milliseconds, and that it is slow after so many. */
const QUIET = 300
const SLOW = 5_000

/**
 * What a page fetches. It asks again when its key changes and shows what it had until the answer is there. Waiting keeps
 * the space; a failure says what to do and offers to try again.
 */
export class Loading<T> implements ReactiveController {
  /** The latest answer. */
  value: T | undefined
  error: unknown
  /** Settles when nothing is under way any longer; never rejects. */
  settled: Promise<void> = Promise.resolve()

  readonly #host: ReactiveControllerHost
  readonly #ask: () => Promise<T>
  readonly #key: () => unknown
  #asked: string | undefined
  #turn = 0
  #waiting: 'no' | 'quietly' | 'openly' | 'long' = 'no'

  /**
   * @param ask fetches it
   * @param key what it depends on, as something that JSON can write; undefined asks for nothing
   */
  constructor(host: ReactiveControllerHost, ask: () => Promise<T>, key: () => unknown = () => '') {
    this.#host = host
    this.#ask = ask
    this.#key = key
    host.addController(this)
  }

  hostUpdate(): void {
    const key = JSON.stringify(this.#key())
    if (key === undefined || key === this.#asked) return
    this.#asked = key
    void this.again()
  }

  /** Whether an answer is awaited. */
  get busy(): boolean {
    return this.#waiting !== 'no'
  }

  /** Asks again: after a change, or when it failed. */
  again(): Promise<void> {
    const turn = ++this.#turn
    const isLatest = () => turn === this.#turn
    this.#waiting = 'quietly'
    const say = (waiting: 'openly' | 'long') => () => {
      if (!isLatest() || this.#waiting === 'no') return
      this.#waiting = waiting
      this.#host.requestUpdate()
    }
    const timers = [setTimeout(say('openly'), QUIET), setTimeout(say('long'), SLOW)]
    this.settled = this.#ask()
      .then(
        (value) => {
          if (!isLatest()) return
          this.value = value
          this.error = undefined
        },
        (error: unknown) => {
          if (isLatest()) this.error = error
        },
      )
      .finally(() => {
        for (const timer of timers) clearTimeout(timer)
        if (!isLatest()) return
        this.#waiting = 'no'
        this.#host.requestUpdate()
      })
    return this.settled
  }

  /** Puts an answer in place that came another way, such as a change's own reply. */
  put(value: T): void {
    this.#turn += 1
    this.#waiting = 'no'
    this.value = value
    this.error = undefined
    this.#host.requestUpdate()
  }

  /** What there is to show: the answer, the wait for it, or that it failed. */
  view(show: (value: T) => TemplateResult): TemplateResult {
    const { value, error } = this
    const again = () => void this.again()
    if (value === undefined)
      return error === undefined || this.busy ? waitingView(this.#waiting) : failedView(error, again)
    return html`${error === undefined || this.busy ? nothing : failedView(error, again)}
      <div class="loaded" aria-busy=${this.#waiting === 'openly' || this.#waiting === 'long' ? 'true' : nothing}>${show(value)}</div>`
  }
}

/** The space of what is awaited; the longer it takes, the more is said. */
export function waitingView(waiting: 'no' | 'quietly' | 'openly' | 'long'): TemplateResult {
  const text = waiting === 'openly' ? 'Loading…' : waiting === 'long' ? 'Still loading. This is slower than usual.' : ''
  return html`<div class="waiting" aria-busy="true"><p role="status">${text}</p></div>`
}
