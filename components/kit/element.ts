import { type CSSResultGroup, html, LitElement, type TemplateResult } from 'lit'
import { words } from '../words/en/kit.ts'
import type { Pack } from '../words/pack.ts'
import { speak } from '../words/spoken.ts'
import { ProblemError } from './api.ts'
import { kitStyles } from './styles.ts'

/**
 * What all widgets share: their attributes, what they are made from, the language of the page, and how they hear their controls.
 * `Loaded` is what a widget needs before it can show anything.
 *
 * @slot - shown until the widget is ready and where it fails: a link to the portal at least
 * @cssproperty --outreach-colour-brand - links, buttons and the focus ring
 */
export abstract class OutreachElement<Loaded> extends LitElement {
  static override properties = {
    provider: {},
    catalogue: {},
    api: {},
    today: {},
    headingLevel: { type: Number, attribute: 'heading-level' },
  }
  static override styles: CSSResultGroup = kitStyles

  /** Id of the provider. */
  declare provider: string
  /** One year's catalogue; else the one in force today. */
  declare catalogue: string | null
  /** Origin of the worker; default: the origin of the script. */
  declare api: string
  /** A development day, `YYYY-MM-DD`. */
  declare today: string | null
  /** Level of the widget's own heading. */
  declare headingLevel: number

  protected pack: Partial<Pack> | undefined
  /** What the widget shows; absent until it is there, and where it cannot be had. */
  protected loaded: Loaded | undefined
  #failure: unknown
  #known = ''
  readonly #heard: [string, (control: HTMLInputElement) => void][] = []

  constructor() {
    super()
    this.provider = ''
    this.catalogue = null
    this.today = null
    this.api = new URL(import.meta.url).origin
    this.headingLevel = 2
  }

  /** Which of a provider's addresses the widget is made from. */
  protected get what(): string {
    return 'catalogue'
  }

  /** What the widget is made from, as `served` asks for it. When it is another, the widget is made anew. */
  protected get asked(): [api: string, provider: string, what: string, year: string | null, today: string | null] {
    return [this.api, this.provider, this.what, this.catalogue, this.today]
  }

  /** Fetches what the widget needs. */
  protected abstract load(): Promise<Loaded>

  /** What the widget shows once it has what it needs. */
  protected abstract show(loaded: Loaded): TemplateResult

  /** What is said while there is nothing to show. */
  protected get said(): Pick<typeof words, 'loading' | 'failed' | 'withdrawn' | 'tryAgain'> {
    return words
  }

  async #begin(): Promise<void> {
    const known = this.#known
    this.loaded = this.#failure = undefined
    this.requestUpdate()
    let loaded: Loaded | undefined
    let failure: unknown
    try {
      loaded = await this.load()
    } catch (error) {
      failure = error
    }
    // Something else may have been asked for meanwhile.
    if (known !== this.#known) return
    this.loaded = loaded
    this.#failure = failure
    this.requestUpdate()
  }

  protected override willUpdate(): void {
    const known = this.asked.join()
    if (known === this.#known) return
    this.#known = known
    this.#begin()
  }

  /** Hears an event on any of the widget's controls. Views are pure and carry no handlers; call this in the constructor. */
  protected listen(type: 'input' | 'change' | 'click', hear: (control: HTMLInputElement) => void): void {
    this.#heard.push([type, hear])
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot()
    // Return in a field would otherwise send the form that visitors without a script use.
    root.addEventListener('submit', (event) => {
      event.preventDefault()
      this.submit(event instanceof SubmitEvent ? event.submitter?.getAttribute('value') : null)
    })
    for (const [type, hear] of this.#heard)
      root.addEventListener(type, ({ target }) => {
        const control = target instanceof Element && target.closest<HTMLInputElement>('input, select, textarea, button')
        if (control) hear(control)
      })
    return root
  }

  /** Hears that the form is sent, with the value of the button that was pressed. */
  protected submit(_value: string | null | undefined): void {}

  /** Says that words are this widget's from here on; whoever waits has to say it again. */
  protected speak(): void {
    speak(this.pack)
  }

  protected override render(): TemplateResult {
    this.speak()
    if (this.loaded) return this.show(this.loaded)
    const { loading, failed, withdrawn, tryAgain } = this.said
    return html`<slot></slot>${
      this.#failure
        ? html`<div class="panel" role="alert">
            <p>${this.#failure instanceof ProblemError ? withdrawn : failed}</p>
            <button type="button" class="secondary" @click=${() => this.#begin()}>${tryAgain}</button>
          </div>`
        : html`<p class="wait" role="status">${loading}</p>`
    }`
  }
}
