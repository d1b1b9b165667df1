import { Task } from '@lit/task'
import { adoptStyles, type CSSResultGroup, html, LitElement, type TemplateResult } from 'lit'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { words } from '../words/en/kit.ts'
import { everydayReasons } from '../words/en/reasons.ts'
import type { ShopPack } from '../words/pack.ts'
import { speak } from '../words/spoken.ts'
import { type CatalogueReply, catalogueOf, ProblemError } from './api.ts'
import { type BasketStore, basketStore } from './basket.ts'
import type { Explain } from './explain.ts'
import { packFor } from './language.ts'
import { type Links, type Page, portalLink } from './links.ts'
import { sentence } from './offers.ts'
import { kitStyles } from './styles.ts'
import type { Workings } from './workings.ts'

/** What every widget needs before it can show anything. */
export interface Loaded {
  catalogue: CatalogueReply
}

/**
 * What all widgets share: their attributes, the catalogue, the basket, the language of the page,
 * and how they take over from what stands inside them.
 *
 * @slot - shown until the widget is ready and where it fails: a link to the portal at least
 * @cssproperty --outreach-colour-brand - links, buttons and the focus ring
 */
export abstract class OutreachElement extends LitElement {
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

  #pack: ShopPack | undefined
  /** Present from the first use on, or from the start where there is a total to show. */
  protected workings: Workings | undefined
  /** Whether the widget can show nothing without the workings: they then come beside the catalogue. */
  protected get eager(): boolean {
    return false
  }
  #store: BasketStore | undefined
  /** What the fallback's form held when the widget took its place. */
  protected typed: [string, string][] = []
  readonly #heard: [string, (control: HTMLInputElement) => void][] = []
  readonly #redraw = () => this.requestUpdate()

  protected readonly loading = new Task(this, {
    args: () => [this.api, this.provider, this.catalogue, this.today] as const,
    task: async (asked): Promise<Loaded> => {
      const reply = catalogueOf(...asked)
      const early = this.eager && this.getReady()
      if (early) early.catch(() => {})
      // Both are under way; the words come first, so that a failure is said in them too.
      this.#pack = await packFor(this)
      const catalogue = await reply
      this.#store?.removeEventListener('change', this.#redraw)
      this.#store = basketStore(asked[1], catalogue.catalogue)
      this.#store.addEventListener('change', this.#redraw)
      const form = this.querySelector('form')
      const { items, holds } = this.basket
      if (early || form || items.length || holds.length || !isPlain(catalogue)) await (early || this.getReady())
      if (form && this.workings) this.typed = this.workings.takeOver(form, this)
      // A browser's memory or an old link can name what is no longer offered.
      if (this.workings) this.#store.basket = this.workings.knownTo(catalogue, this.basket)
      return { catalogue }
    },
  })

  constructor() {
    super()
    this.provider = ''
    this.catalogue = null
    this.today = null
    this.api = new URL(import.meta.url).origin
    this.headingLevel = 2
    // The first sign that somebody is about to choose fetches what choosing needs.
    for (const sign of ['pointerenter', 'focusin']) this.addEventListener(sign, () => this.getReady().catch(() => {}))
  }

  /** What the widget shows once it has what it needs. */
  protected abstract show(loaded: Loaded): TemplateResult

  /** Fetches the workings, once for all widgets. */
  protected async getReady(): Promise<void> {
    if (this.workings) return
    const { workings } = await import('./workings.ts')
    this.workings = workings
    if (this.renderRoot instanceof ShadowRoot)
      adoptStyles(this.renderRoot, [...(this.constructor as typeof LitElement).elementStyles, workings.workingsStyles])
    this.requestUpdate()
  }

  /** What the school has put together so far. */
  get basket(): Basket {
    return this.#store?.basket ?? { items: [], holds: [], schools: [] }
  }

  set basket(detail: Basket) {
    if (!this.#store) return
    this.#store.basket = detail
    this.getReady()
      .then(() => this.workings?.keepInSight(this))
      .catch(() => {})
    this.dispatchEvent(new CustomEvent('outreach-basket-changed', { bubbles: true, composed: true, detail }))
  }

  /** A reason as a sentence. Before the workings there are none but the everyday ones. */
  protected get explain(): Explain {
    const catalogue = this.loading.value?.catalogue
    return (reason) =>
      catalogue ? sentence({ ...everydayReasons, ...this.workings?.rarerReasons }, reason, catalogue) : ''
  }

  /** Where each job is done: a page of the site's own where an attribute names one (`order-href`), else the portal's, with the basket in its address. */
  protected get links(): Links {
    const query = this.workings?.queryOf(this.basket)
    const portal = (page: Page) => portalLink(this, page, query, this.#pack?.language)
    const link = (page: Page) => this.getAttribute(`${page}-href`) ?? portal(page)
    return {
      packages: link('packages'),
      print: portal('packages'),
      training: link('training'),
      cluster: link('cluster'),
      order: link('order'),
      referral: link('referral'),
    }
  }

  /** Hears an event on any of the widget's controls. Views are pure and carry no handlers; call this in the constructor. */
  protected listen(type: 'input' | 'change' | 'click', hear: (control: HTMLInputElement) => void): void {
    this.#heard.push([type, hear])
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#store?.addEventListener('change', this.#redraw)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#store?.removeEventListener('change', this.#redraw)
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot()
    // Return in a field would otherwise send the form that visitors without a script use.
    root.addEventListener('submit', (event) => event.preventDefault())
    for (const [type, hear] of this.#heard)
      root.addEventListener(type, ({ target }) => {
        const control = target instanceof Element && target.closest<HTMLInputElement>('input, select, textarea, button')
        if (control) hear(control)
      })
    return root
  }

  /** Says that words are this widget's from here on; whoever waits has to say it again. */
  protected speak(): void {
    speak(this.#pack)
  }

  protected override render(): TemplateResult | undefined {
    this.speak()
    return this.loading.render({
      pending: () => html`<slot></slot><p class="wait" role="status">${words.loading}</p>`,
      complete: (loaded) => this.show(loaded),
      error: (error) =>
        html`<slot></slot>
          <div class="panel" role="alert">
            <p>${error instanceof ProblemError ? words.withdrawn : words.failed}</p>
            <button type="button" class="secondary" @click=${() => this.loading.run()}>${words.tryAgain}</button>
          </div>`,
    })
  }

  protected override updated(): void {
    // An attribute no longer moves a control that a person has used; the one being typed in is left alone, though not in
    // another tab than the one in use.
    for (const control of this.renderRoot.querySelectorAll('input')) {
      if (/^(checkbox|radio)$/.test(control.type)) control.checked = control.hasAttribute('checked')
      else if (!control.matches(':focus') || !document.hasFocus()) control.value = control.getAttribute('value') ?? ''
    }
  }
}

/** Whether the list's prices are at hand and the everyday reasons say all that there is to say of them. */
function isPlain({ prices }: CatalogueReply): boolean {
  return (
    prices !== undefined && Object.values(prices).every(({ why }) => why.every(({ code }) => code in everydayReasons))
  )
}
