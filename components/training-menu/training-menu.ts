import { html, type TemplateResult } from 'lit'
import { pricingDay } from '../../catalogue/rules/in-force.ts'
import type { Item } from '../../catalogue/rules/quote.ts'
import { emptyBasket } from '../../catalogue/wire/basket.ts'
import { quantityIn } from '../../catalogue/wire/quantity.ts'
import { BasketElement, type Loaded } from '../kit/basket-element.ts'
import { define } from '../kit/define.ts'
import { trainingMenuStyles } from './training-menu.styles.ts'
import { choiceOf, isWrong, view } from './training-menu.view.ts'

/**
 * Lengths and topics of a provider's training, with what it costs before and after discounts.
 *
 * @element outreach-training-menu
 * @fires outreach-basket-changed - the basket, after every change
 */
export class OutreachTrainingMenu extends BasketElement {
  static override styles = [BasketElement.styles, trainingMenuStyles]

  protected override get eager(): boolean {
    return true
  }
  readonly #wrong = new Map<string, string>()
  readonly #kept = new Map<string, Item>()
  #began = false

  constructor() {
    super()
    this.listen('input', (control) => this.#choose(control))
    this.listen('click', ({ name }) => {
      if (name !== 'clear') return
      this.#wrong.clear()
      this.#kept.clear()
      this.basket = emptyBasket
    })
  }

  protected show({ catalogue }: Loaded): TemplateResult {
    const { basket, workings, links, headingLevel } = this
    if (!workings) return html``
    // What was typed into the fallback and is no number stays where it can be put right.
    if (!this.#began)
      for (const [name, value] of this.typed) if (isWrong(catalogue, name, value)) this.#wrong.set(name, value)
    this.#began = true
    const on = pricingDay(catalogue, catalogue.on)
    return view({
      catalogue,
      on,
      basket,
      workings,
      wrong: this.#wrong,
      kept: this.#kept,
      links,
      live: true,
      headingLevel,
    })
  }

  #choose(control: HTMLInputElement): void {
    const { name, value, checked, type } = control
    const { basket, workings } = this
    const catalogue = this.loaded?.catalogue
    if (!catalogue || !workings) return
    if (name === 'holds') this.basket = workings.chosen(catalogue, basket, control)?.basket ?? basket
    const choice = choiceOf(catalogue, name)
    if (!choice) return
    const { offer, option, part } = choice
    const own = option === undefined ? offer.id : `${offer.id}.${option.id}`
    const isThis = (item: Item) => item.offer === offer.id && item.option === option?.id
    const kept = basket.items.find(isThis) ?? this.#kept.get(own)
    const wrong = type !== 'checkbox' && isWrong(catalogue, name, value)
    if (wrong) this.#wrong.set(name, value)
    else this.#wrong.delete(name)
    let item: Item = { ...kept, offer: offer.id, ...(option && { option: option.id }), quantity: kept?.quantity ?? 0 }
    if (part === undefined) item.quantity = wrong ? 0 : type === 'checkbox' ? Number(checked) : (quantityIn(value) ?? 0)
    else if (part === 'topics') {
      const topics = (item.topics ?? []).filter((topic) => topic !== value)
      item = { ...item, topics: checked ? [...topics, value] : topics }
    } else {
      const { attending: _attending, ...rest } = item
      item = { ...rest, ...(!wrong && value.trim() && { attending: quantityIn(value) }) }
    }
    // A number that is being typed anew takes the length off the list, but not its topics and people.
    this.#kept.set(own, item)
    const others = basket.items.filter((one) => !isThis(one))
    this.basket = { ...basket, items: item.quantity ? [...others, item] : others }
  }
}

define('outreach-training-menu', OutreachTrainingMenu)
