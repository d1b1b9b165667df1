import { path, send } from '../api.ts'
import type { Presence } from './replies.ts'

/** So often a draft's page says that somebody is there, in milliseconds. */
const EVERY = 10_000

/**
 * Says that somebody is at a draft and hears who else is, and whether it was saved by somebody else.
 *
 * @fires change - once an answer is there
 */
export class Present extends EventTarget {
  others: Presence['others'] = []
  /** The draft's revision, as the worker knows it. */
  revision = 0
  /** Whether it is still being written. */
  isOpen = true

  readonly #address: string
  readonly #place: () => string
  #timer: ReturnType<typeof setInterval> | undefined
  readonly #seen = () => {
    if (document.visibilityState === 'visible') void this.beat()
  }

  /** @param place where one is, as a pointer */
  constructor(provider: string, draft: string, place: () => string) {
    super()
    this.#address = path`/providers/${provider}/drafts/${draft}/presence`
    this.#place = place
    this.#timer = setInterval(this.#seen, EVERY)
    document.addEventListener('visibilitychange', this.#seen)
    void this.beat()
  }

  /** Says it once, now. */
  async beat(): Promise<void> {
    try {
      const { others, revision, state } = await send<Presence>(
        'POST',
        this.#address,
        { place: this.#place() },
        { quiet: true },
      )
      this.others = others
      this.revision = revision
      this.isOpen = state === 'open'
      this.dispatchEvent(new Event('change'))
    } catch {
      // The next beat tells; saving says what is wrong.
    }
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    document.removeEventListener('visibilitychange', this.#seen)
  }
}
