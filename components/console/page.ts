import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit'
import type { Loading } from './parts/loading.ts'
import type { Membership, Session } from './replies.ts'
import type { Place } from './router.ts'

/**
 * What every page of the console is: a light DOM element that gets the place and the session and begins with an `<h1>`, which
 * stands there from its first rendering on. The place changes while the page stays where only the query does.
 */
export abstract class ConsolePage extends LitElement {
  static override properties: PropertyDeclarations = {
    place: { attribute: false },
    session: { attribute: false },
    development: { type: Boolean },
  }

  declare place: Place
  declare session: Session
  /** Whether this is somebody's own machine. */
  declare development: boolean

  /** What the page waits for before it can be scrolled to where it was. */
  protected readonly loads: Loading<unknown>[] = []

  /** The id of the provider whose page it is. */
  protected get provider(): string {
    return this.place.params.provider ?? ''
  }

  /** What one is at the provider. */
  protected get membership(): Membership | undefined {
    return this.session.providers.find(({ id }) => id === this.provider)
  }

  /** What the browser's tab says, where the page knows better than its entry; names no school and no person. */
  get tabTitle(): string | undefined {
    return undefined
  }

  /** Settles once everything that the page asked for is on it, or has failed. */
  async settled(): Promise<void> {
    await this.updateComplete
    await Promise.all(this.loads.map((load) => load.settled))
    await this.updateComplete
  }

  /** Called before the page is left for another; what is unsaved is saved here. */
  leave(): Promise<void> | void {}

  /** A button that goes with what it did takes the focus along: whoever uses the keyboard goes on from the heading. */
  protected override update(changed: PropertyValues): void {
    const hadFocus = this.contains(document.activeElement)
    super.update(changed)
    if (!hadFocus || document.activeElement !== document.body) return
    // A dialog gives the focus back, and what the page does next may move it itself.
    setTimeout(() => {
      if (!this.isConnected || document.activeElement !== document.body) return
      const heading = this.querySelector<HTMLElement>('h1')
      heading?.setAttribute('tabindex', '-1')
      heading?.focus()
    })
  }

  /** The page's styles are the console's own. */
  protected override createRenderRoot(): HTMLElement {
    return this
  }
}
