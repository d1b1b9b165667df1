import type { TemplateResult } from 'lit'
import { pricingDay } from '../../catalogue/rules/in-force.ts'
import type { CatalogueReply } from '../kit/api.ts'
import { BasketElement, type Loaded } from '../kit/basket-element.ts'
import { define } from '../kit/define.ts'
import type { Explain } from '../kit/explain.ts'
import { sentence } from '../kit/offers.ts'
import { everydayReasons } from '../words/en/reasons.ts'
import { packagePickerStyles } from './package-picker.styles.ts'
import { view } from './package-picker.view.ts'

/**
 * Packages, top-ups, hours and places of a provider, with a running total and its reasons.
 *
 * @element outreach-package-picker
 * @fires outreach-basket-changed - the basket, after every change
 */
export class OutreachPackagePicker extends BasketElement {
  static override styles = [BasketElement.styles, packagePickerStyles]

  readonly #wrong = new Map<string, string>()

  constructor() {
    super()
    this.listen('input', async ({ name, value, checked, type }) => {
      // A control that is used before the workings have come is heard all the same, as it was: drawing anew sets it back.
      const control = { name, value, checked, type }
      await this.getReady()
      const catalogue = this.loaded?.catalogue
      const choice = catalogue && this.workings?.chosen(catalogue, this.basket, control)
      if (!choice) return
      if (choice.wrong) this.#wrong.set(choice.id, control.value)
      else this.#wrong.delete(choice.id)
      this.basket = choice.basket
    })
    this.listen('click', ({ name }) => {
      if (name === 'clear') this.basket = { items: [], holds: [], schools: [] }
    })
  }

  /** Where the list's prices are not at hand, or the everyday reasons do not say all that there is to say of them. */
  protected override needsWorkings({ prices }: CatalogueReply): boolean {
    return !prices || Object.values(prices).some(({ why }) => why.some(({ code }) => !(code in everydayReasons)))
  }

  protected show({ catalogue }: Loaded): TemplateResult {
    const { basket, workings, links, headingLevel } = this
    // Before the workings there are no reasons but the everyday ones.
    const explain: Explain = (reason) => sentence({ ...everydayReasons, ...workings?.rarerReasons }, reason, catalogue)
    const on = pricingDay(catalogue, catalogue.on)
    return view({ catalogue, on, basket, workings, explain, wrong: this.#wrong, links, live: true, headingLevel })
  }
}

define('outreach-package-picker', OutreachPackagePicker)
