import type { TemplateResult } from 'lit'
import { type Basket, emptyBasket } from '../../catalogue/wire/basket.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import { BasketElement, type Loaded } from '../kit/basket-element.ts'
import { define } from '../kit/define.ts'
import { words } from '../words/en/order-form.ts'
import type { Ahead } from './ahead.ts'
import { orderFormStyles } from './order-form.styles.ts'
import { emptyView, type OrderModel, view } from './order-form.view.ts'
import type { Intention } from './placing.ts'
import {
  type Answers,
  answersAfter,
  answersFrom,
  answerTo,
  isStep,
  type Order,
  quoteFor,
  STEPS,
  type Step,
} from './steps.ts'

/** What an entry of the tab's history remembers: which step it shows, and how many of ours stand before it. Never an answer. */
interface Mark {
  provider: string
  step: Step
  depth: number
}

/**
 * Orders what is in the basket: school, contact, payment, who signs; check; confirmation. What is typed stays in memory alone.
 *
 * @element outreach-order-form
 * @fires outreach-order-placed - `{ reference, totalPence }`, once the order is kept
 * @fires outreach-basket-changed - the basket, when something is taken out of it and when it has been ordered
 */
export class OutreachOrderForm extends BasketElement {
  static override styles = [BasketElement.styles, orderFormStyles]

  /** A list that the browser has kept needs its prices worked out: they are on their way before the catalogue is here. */
  protected override get eager(): boolean {
    return hasKept(this.provider)
  }
  #answers: Answers = {}
  #step: Step = 'list'
  #reached: Step = 'list'
  #state: Pick<OrderModel, 'wrong' | 'notice' | 'quoted' | 'placed' | 'sending'> = { wrong: [] }
  /** The basket that the answers were given for. */
  #known: Basket | undefined
  #intention: Intention | undefined
  #isBusy = false
  #ahead: Ahead | undefined
  readonly #recall = () => {
    const step = this.#mark?.step
    const { placed, sending } = this.#state
    if (step && !placed && !sending) this.#show(isBefore(step, this.#reached) ? step : this.#reached)
  }

  constructor() {
    super()
    this.listen('input', (control) => {
      const { name, value, type, checked } = control
      if (name === 'holds') {
        const catalogue = this.loaded?.catalogue
        const now = catalogue && this.workings?.chosen(catalogue, this.basket, control)
        if (now) this.basket = now.basket
        return
      }
      this.#answers = { ...this.#answers, [name]: type === 'checkbox' && !checked ? '' : value }
      this.#state = { ...this.#state, quoted: undefined }
      // Whoever has begun to type goes on: what that needs is fetched meanwhile.
      this.#lookAhead().catch(() => {})
      this.requestUpdate()
    })
    this.listen('click', ({ name, value, type }) => {
      if (type !== 'button' || this.#state.sending) return
      if (name === 'print') print()
      else if (value === 'back') this.#goBack()
      else if (isStep(value)) this.#goTo(value)
      else if (name === 'step') this.#takeOut(Number(value.split('.')[1]))
    })
    this.addEventListener('click', (event) => {
      const [target] = event.composedPath()
      if (!(target instanceof Element)) return
      // The second click of a double click is not meant for the step that the first one led to.
      if (event.detail > 1 && target.closest('button:not([type="button"])')) event.preventDefault()
      // A page's address does not reach into a shadow root, and is not ours to change.
      const place = target.closest('a[href^="#"]')?.getAttribute('href')?.slice(1)
      if (!place) return
      event.preventDefault()
      this.#focus(place)
    })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('popstate', this.#recall)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('popstate', this.#recall)
  }

  protected override submit(): void {
    this.#goOn()
  }

  protected show({ catalogue }: Loaded): TemplateResult {
    const { workings, links, headingLevel } = this
    this.#keepUp()
    if (!workings) {
      // Another widget of the page may have filled the list meanwhile.
      if (this.basket.items.length) this.getReady().catch(() => {})
      return emptyView({ catalogue, links, headingLevel })
    }
    const order = this.#orderOf(catalogue)
    const [step, reached] = [this.#step, this.#reached]
    return view({
      ...order,
      ...this.#state,
      step,
      reached,
      workings,
      onward: this.#ahead?.onward,
      links,
      live: true,
      headingLevel,
    })
  }

  #orderOf(catalogue: Order['catalogue']): Order {
    return { catalogue, basket: this.basket, answers: this.#answers }
  }

  /** Lets the answers follow the basket: those about an item go with it, those about schools that have changed are asked anew. */
  #keepUp(): void {
    const { basket } = this
    const known = this.#known
    this.#known = basket
    if (!known) {
      if (this.typed.length) this.#resume(this.typed)
      this.typed = []
      // A mark from before the page was loaded again stands for answers that are gone.
      if (this.#mark) this.#leaveMark('replaceState', this.#step, 0)
    } else if (known !== basket) {
      this.#answers = answersAfter(this.#answers, known, basket)
      this.#state = { ...this.#state, quoted: undefined }
      if (this.#state.placed && basket.items.length) {
        this.#state = { wrong: [] }
        this.#step = this.#reached = 'list'
      }
    }
  }

  /** Goes on where the form that stands inside the element had come to. */
  #resume(typed: readonly [string, string][]): void {
    const named = (name: string) => typed.find(([key]) => key === name)?.[1] ?? ''
    this.#answers = answersFrom(typed)
    const [at, reached] = [named('at'), named('reached')]
    if (isStep(at)) this.#step = at
    if (isStep(reached)) this.#reached = reached
  }

  /** Fetches, with what choosing needs, the steps that follow. */
  protected override async getReady(): Promise<void> {
    // Not with the list: whoever only looks carries less.
    const isLooking = !this.workings && !this.querySelector('form')
    await (isLooking ? super.getReady() : this.#lookAhead())
  }

  async #lookAhead(): Promise<Ahead> {
    // The workings set the styles anew, so these come after them.
    const [{ ahead }] = await Promise.all([import('./ahead.ts'), super.getReady()])
    const { renderRoot } = this
    const sheet = ahead.onward.styles.styleSheet
    if (!this.#ahead && sheet && renderRoot instanceof ShadowRoot)
      renderRoot.adoptedStyleSheets = [...renderRoot.adoptedStyleSheets, sheet]
    this.#ahead = ahead
    return ahead
  }

  async #goOn(): Promise<void> {
    const { workings } = this
    const loaded = this.loaded
    if (!loaded || !workings || this.#isBusy) return
    const { catalogue } = loaded
    const { quoteOf } = workings
    const order = this.#orderOf(catalogue)
    this.#isBusy = true
    try {
      const { placing } = await this.#lookAhead()
      const point = (step: Step, faults: readonly Fault[]) => {
        this.speak()
        const wrong = placing.wrongOf(faults, order, quoteOf)
        if (step === this.#step) this.#show(step, wrong)
        else this.#goTo(step, wrong)
      }
      const { step, faults, ready } = placing.moved(
        'next',
        { order, step: this.#step, reached: this.#reached },
        quoteOf,
      )
      if (!ready) {
        point(step, faults)
        return
      }
      const priced = quoteFor(order, quoteOf)
      const shown = this.#state.quoted ?? (priced.ok && priced.quote)
      if (!shown) return
      this.#state = { ...this.#state, sending: true }
      this.requestUpdate()
      const [outcome, intention] = await placing.place(order, shown.totalPence, this, this.#intention)
      this.#intention = intention
      if (outcome.kind === 'placed') this.#confirm({ ...outcome, email: answerTo('contact.email', order).trim() })
      else if (outcome.kind === 'wrong') {
        this.#state = { wrong: [] }
        point(...placing.firstOf(outcome.faults))
      } else {
        const quoted = outcome.kind === 'price-changed' ? outcome.quote : this.#state.quoted
        this.#state = { wrong: [], notice: outcome, quoted }
        this.#focus('summary')
      }
    } catch {
      this.speak()
      this.#state = { wrong: [{ name: 'step', text: words.notLoaded }] }
      this.#focus('summary')
    } finally {
      this.#isBusy = false
    }
  }

  /** Shows that the order is placed, and forgets whom and what it was about. */
  #confirm(placed: NonNullable<OrderModel['placed']>): void {
    this.#state = { wrong: [], placed }
    this.#intention = undefined
    this.basket = emptyBasket
    this.#answers = {}
    this.#known = this.basket
    const { reference, totalPence } = placed.receipt
    const detail = { reference, totalPence }
    this.dispatchEvent(new CustomEvent('outreach-order-placed', { bubbles: true, composed: true, detail }))
    this.#focus('step')
  }

  #takeOut(place: number): void {
    const { basket } = this
    this.basket = { ...basket, items: basket.items.filter((_, index) => index !== place) }
    this.#state = { wrong: [] }
    this.#focus('step')
  }

  #goBack(): void {
    if (this.#mark?.depth) history.back()
    else this.#show(STEPS[STEPS.indexOf(this.#step) - 1] ?? 'list')
  }

  #goTo(step: Step, wrong: OrderModel['wrong'] = []): void {
    if (!this.#mark) this.#leaveMark('replaceState', this.#step, 0)
    this.#leaveMark('pushState', step, (this.#mark?.depth ?? 0) + 1)
    this.#show(step, wrong)
  }

  #show(step: Step, wrong: OrderModel['wrong'] = []): void {
    this.#step = step
    if (isBefore(this.#reached, step)) this.#reached = step
    this.#state = { wrong, quoted: this.#state.quoted }
    this.#focus(wrong.length ? 'summary' : 'step')
  }

  get #mark(): Mark | undefined {
    const mark: Mark | undefined = history.state?.outreachOrder
    return mark?.provider === this.provider ? mark : undefined
  }

  /** Lets the browser's own back button go a step back. The address stays as it is, and so does what a page's router keeps there. */
  #leaveMark(how: 'pushState' | 'replaceState', step: Step, depth: number): void {
    try {
      history[how]({ ...history.state, outreachOrder: { provider: this.provider, step, depth } }, '')
    } catch {
      // Some frames may not; the form's own back button works without.
    }
  }

  async #focus(id: string): Promise<void> {
    this.requestUpdate()
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus()
  }
}

/** Whether the browser remembers a list of a provider's, of whichever year. */
function hasKept(provider: string): boolean {
  try {
    return Object.entries(localStorage).some(
      ([key, kept]) => key.startsWith(`outreach-basket:${provider}:`) && /"items":\[\{/.test(kept),
    )
  } catch {
    return false
  }
}

function isBefore(one: Step, other: Step): boolean {
  return STEPS.indexOf(one) < STEPS.indexOf(other)
}

define('outreach-order-form', OutreachOrderForm)
