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
    const items = basket.items.filter(({ offer }) => offer !== (name === 'holds' ? checked && value : name))
    if (name === 'holds') {
      const holds = basket.holds.filter((id) => id !== value)
      this.basket = { ...basket, items, holds: checked ? [...holds, value] : holds }
      return
    }
    const offer = this.loading.value?.catalogue.offers.find(({ id }) => id === name)
    if (!offer || !isPicked(offer)) return
    const quantity = type === 'checkbox' ? Number(checked) : Number(value)
    const right = Number.isInteger(quantity) && quantity >= 0 && quantity <= (offer.quantity?.most ?? 999)
    if (right) this.#wrong.delete(name)
    else this.#wrong.set(name, value)
    this.basket = { ...basket, items: right && quantity ? [...items, { offer: name, quantity }] : items }
  }
}

define('outreach-package-picker', OutreachPackagePicker)
