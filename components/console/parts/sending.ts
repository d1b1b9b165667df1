import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { newKey } from '../api.ts'

/**
 * One thing that somebody sends: a second press while the first is under way does nothing, and each intention keeps its key
 * until it has succeeded, so that trying again never does it twice.
 */
export class Sending implements ReactiveController {
  /** What went wrong the last time. */
  error: unknown
  busy = false
  readonly #host: ReactiveControllerHost
  #key: string | undefined
  #intention: string | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {}

  /**
   * Does it, unless it is being done; says whether it succeeded. The key is for the `Idempotency-Key`; other content is
   * another intention with a key of its own.
   */
  async run(work: (key: string) => Promise<unknown>, content: unknown = ''): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = undefined
    const intention = JSON.stringify(content)
    if (intention !== this.#intention) this.#key = undefined
    this.#intention = intention
    this.#key ??= newKey()
    this.#host.requestUpdate()
    try {
      await work(this.#key)
      this.#key = undefined
      return true
    } catch (error) {
      this.error = error
      return false
    } finally {
      this.busy = false
      this.#host.requestUpdate()
    }
  }

  /** Forgets a failure and its key: what comes next is another intention. */
  forget(): void {
    this.error = undefined
    this.#key = undefined
    this.#host.requestUpdate()
  }
}
