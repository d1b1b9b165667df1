import { html, LitElement, type TemplateResult } from 'lit'
import { nextYear, raised, type ToReview } from '../../../../catalogue/rules/next-year.ts'
import { catalogue as schema } from '../../../../catalogue/schema/catalogue.ts'
import { define } from '../../../kit/define.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import { at } from '../document/places.ts'
import { reviewView } from './draft-raise.ts'

/**
 * The texts of a draft that name a year that is past or an amount of money, and the days of its calendar that were moved by a year, as long as nobody has changed them.
 *
 * @element outreach-draft-review
 */
export class OutreachDraftReview extends LitElement {
  static override properties = {
    document: { attribute: false },
    basedOnText: { attribute: false },
    addressOf: { attribute: false },
  }

  declare document: DraftDocument
  /** The text that the draft began with. */
  declare basedOnText: string | null
  declare addressOf: (pointer: string) => string

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override render(): TemplateResult {
    const review = this.#review()
    return html`<h2>Texts to read again</h2>
      ${review.length === 0 ? html`<p>No text names a year that is past or an amount of money.</p>` : html`<p>Dates and prices follow by themselves. Sentences do not: nobody rewrites what you have written. Days of term do, but each year has its own. Those that you change leave this list.</p>${reviewView(review, this.document.document, this.addressOf)}`}
      <p><a class="button" href=${this.addressOf('/offers')}>Go on editing</a></p>`
  }

  #review(): ToReview[] {
    const { data: now } = schema.safeParse(this.document.document)
    const before = this.#before()
    if (!now) return []
    const flat = { percent: 0, roundTo: 1, rounding: 'nearest' } as const
    const found =
      before && before.catalogue !== now.catalogue ? nextYear(before, { ...flat, years: 1 }) : raised(now, flat)
    return found.review.filter(({ pointer, text }) => at(this.document.document, pointer) === text)
  }

  #before() {
    try {
      return this.basedOnText === null ? undefined : schema.safeParse(JSON.parse(this.basedOnText)).data
    } catch {
      return undefined
    }
  }
}

define('outreach-draft-review', OutreachDraftReview)
