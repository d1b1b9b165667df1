import type { TemplateResult } from 'lit'
import { pricingDay } from '../../catalogue/rules/in-force.ts'
import { emptyBasket } from '../../catalogue/wire/basket.ts'
import { define } from '../kit/define.ts'
import { type Loaded, OutreachElement } from '../kit/element.ts'
import { en, type PackagePickerWords } from '../words/en/package-picker.ts'
import { packagePickerStyles } from './package-picker.styles.ts'
import { isPicked, view } from './package-picker.view.ts'

/**
 * Packages, top-ups, hours and places of a provider, with a running total and its reasons.
 *
 * @element outreach-package-picker
 * @fires outreach-basket-changed - the basket, after every change
 */
export class OutreachPackagePicker extends OutreachElement<PackagePickerWords> {
  static override styles = [OutreachElement.styles, packagePickerStyles]

  protected readonly languages = { en }
  readonly #wrong = new Map<string, string>()

  constructor() {
    super()
    this.listen('input', (control) => this.#choose(control))
    this.listen('click', ({ name }) => {
      if (name === 'clear') this.basket = emptyBasket
    })
  }

  protected show({ catalogue, words }: Loaded<PackagePickerWords>): TemplateResult {
    const { basket, workings, links, headingLevel } = this
    const on = pricingDay(catalogue, catalogue.on)
    return view({ catalogue, on, basket, workings, wrong: this.#wrong, links, live: true, headingLevel }, words)
  }

  #choose({ name, value, checked, type }: HTMLInputElement): void {
    const { basket } = this
    const holding = name === 'holds'
    const id = holding ? value : name
    const offer = this.loading.value?.catalogue.offers.find((entry) => entry.id === id)
    if (!offer || !isPicked(offer)) return
    const most = offer.quantity?.most ?? 999
    const others = basket.items.filter((item) => item.offer !== id)
    if (holding) {
      const holds = basket.holds.filter((held) => held !== id)
      // What can be bought once is not bought by those who hold it; of other things a second one may be wanted.
      this.basket = {
        ...basket,
        items: checked && most === 1 ? others : basket.items,
        holds: checked ? [...holds, id] : holds,
      }
      return
    }
    const quantity = type === 'checkbox' ? Number(checked) : Number(value)
    const right = Number.isInteger(quantity) && quantity >= 0 && quantity <= most
    if (right) this.#wrong.delete(id)
    else this.#wrong.set(id, value)
    this.basket = { ...basket, items: right && quantity ? [...others, { offer: id, quantity }] : others }
  }
}

define('outreach-package-picker', OutreachPackagePicker)
