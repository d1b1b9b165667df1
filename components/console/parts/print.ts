import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** Opens whatever is folded up while a page is printed: on paper nobody can open it. Then it is as it was. */
export class OpenForPrint implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  #opened: HTMLDetailsElement[] = []

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    window.addEventListener('beforeprint', this.#open)
    window.addEventListener('afterprint', this.#close)
  }

  hostDisconnected(): void {
    window.removeEventListener('beforeprint', this.#open)
    window.removeEventListener('afterprint', this.#close)
  }

  readonly #open = (): void => {
    this.#opened = [...this.#host.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const folded of this.#opened) folded.open = true
  }

  readonly #close = (): void => {
    for (const folded of this.#opened) folded.open = false
    this.#opened = []
  }
}
