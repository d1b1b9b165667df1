import { adoptStyles, type LitElement } from 'lit'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { type CatalogueReply, served } from './api.ts'
import { type BasketStore, basketStore } from './basket.ts'
import { OutreachElement } from './element.ts'
import { packFor } from './language.ts'
import { type Links, type Page, portalLink } from './links.ts'
import type { Workings } from './workings.ts'

/** What a widget that sells needs before it can show anything. */
export interface Loaded {
  catalogue: CatalogueReply
}

/** What the widgets share that sell something: the catalogue, the basket, and how they take over from what stands inside them. */
export abstract class BasketElement extends OutreachElement<Loaded> {
  /** Present from the first use on, or from the start where there is a total to show. */
  protected workings: Workings | undefined
  /** Whether the widget can show nothing without the workings: they then come beside the catalogue. */
  protected get eager(): boolean {
    return false
  }
  /** Whether a catalogue takes them to be shown, of which nothing has been chosen yet. */
  protected needsWorkings(_catalogue: CatalogueReply): boolean {
    return false
  }
  #store: BasketStore | undefined
  /** What the fallback's form held when the widget took its place. */
  protected typed: [string, string][] = []
  readonly #redraw = () => this.requestUpdate()

  constructor() {
    super()
    // The first sign that somebody is about to choose fetches what choosing needs.
    for (const sign of ['pointerenter', 'focusin']) this.addEventListener(sign, () => this.getReady().catch(() => {}))
  }

  protected async load(): Promise<Loaded> {
    const reply = served<CatalogueReply>(...this.asked)
    const early = this.eager && this.getReady()
    if (early) early.catch(() => {})
    // Both are under way; the words come first, so that a failure is said in them too.
    this.pack = await packFor(this)
    const catalogue = await reply
    this.#store?.removeEventListener('change', this.#redraw)
    this.#store = basketStore(this.provider, catalogue.catalogue)
    this.#store.addEventListener('change', this.#redraw)
    const form = this.querySelector('form')
    const { items, holds } = this.basket
    if (early || form || items.length || holds.length || this.needsWorkings(catalogue)) await (early || this.getReady())
    if (form && this.workings) this.typed = this.workings.takeOver(form, this)
    // A browser's memory or an old link can name what is no longer offered.
    if (this.workings) this.#store.basket = this.workings.knownTo(catalogue, this.basket)
    return { catalogue }
  }

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

  /** Where each job is done: a page of the site's own where an attribute names one (`order-href`), else the portal's, with the basket in its address. */
  protected get links(): Links {
    const query = this.workings?.queryOf(this.basket)
    const portal = (page: Page) => portalLink(this, page, query, this.pack?.language)
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

  override connectedCallback(): void {
    super.connectedCallback()
    this.#store?.addEventListener('change', this.#redraw)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#store?.removeEventListener('change', this.#redraw)
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
