import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** What was asked for within this many milliseconds is fresh. */
const FRESH = 15_000

/** Asks again when somebody comes back to a tab: what is decided elsewhere meanwhile shows before it is decided twice. */
export class Fresh implements ReactiveController {
  readonly #again: () => void
  #left = 0

  constructor(host: ReactiveControllerHost, again: () => void) {
    this.#again = again
    host.addController(this)
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look)
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look)
  }

  readonly #look = (): void => {
    if (document.visibilityState === 'hidden') this.#left = Date.now()
    else if (Date.now() - this.#left > FRESH) this.#again()
  }
}
