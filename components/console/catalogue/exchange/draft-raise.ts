import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { toldBetween } from '../../../../catalogue/report/differences.ts'
import { longDay } from '../../../../catalogue/report/figures.ts'
import { nameOf } from '../../../../catalogue/report/names.ts'
import { type Proposal, raised, type ToReview } from '../../../../catalogue/rules/next-year.ts'
import { catalogue as schema } from '../../../../catalogue/schema/catalogue.ts'
import { define } from '../../../kit/define.ts'
import { announce } from '../../navigation.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import type { Json } from '../document/places.ts'
import { changesView } from '../publish/publish.view.ts'
import { type RiseAnswers, riseBefore, riseOf, riseView } from './rise.view.ts'

/**
 * Raises the prices of a draft by a percentage: what would change is read before it does, and one undo takes it back.
 *
 * @element outreach-draft-raise
 */
export class OutreachDraftRaise extends LitElement {
  static override properties: PropertyDeclarations = {
    document: { attribute: false },
    addressOf: { attribute: false },
    answers: { state: true },
    offers: { state: true },
    wrong: { state: true },
    review: { state: true },
  }

  declare document: DraftDocument
  declare addressOf: (pointer: string) => string
  declare private answers: RiseAnswers
  /** The ids of those that rise; undefined: all. */
  declare private offers: readonly string[] | undefined
  declare private wrong: boolean
  /** The texts to read again, once the prices are raised. */
  declare private review: ToReview[] | undefined

  constructor() {
    super()
    this.answers = riseBefore
    this.wrong = false
    this.addEventListener('input', (event) => this.#input(event))
    this.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#apply()
    })
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override render(): TemplateResult {
    const { data } = schema.safeParse(this.document.document)
    if (this.review) return this.#doneView(this.review)
    if (!data || this.document.isBroken)
      return html`<h2>Raise prices</h2><p>The draft has mistakes that have to be put right before its prices can be raised.</p>`
    const proposal = this.#proposal()
    const all = data.offers.map(({ id, name }) => ({ id, name }))
    return html`<h2>Raise prices</h2>
      <p>Everything that is said in pounds rises: prices, and, where all offers rise, what discounts take off. Percentages stay.</p>
      <form novalidate class="draft-form">
        ${riseView(this.answers, this.wrong)}
        <fieldset class="question"><legend>Which offers</legend>
          <label class="choice"><input type="checkbox" name="all" ?checked=${this.offers === undefined} .checked=${this.offers === undefined}> <span>All of them</span></label>
          ${
            this.offers === undefined
              ? nothing
              : html`<div class="ticks">${all.map(({ id, name }) => html`<label class="choice"><input type="checkbox" name="offer" value=${id} .checked=${this.offers?.includes(id) ?? false}> <span>${name}</span></label>`)}</div>`
          }
        </fieldset>
        <section aria-live="polite"><h3>What would change</h3>${proposal ? changesView(toldBetween(data, proposal.catalogue)) : html`<p class="note">Enter a percentage to see it.</p>`}</section>
        <div class="buttons"><button>Raise the prices</button></div>
      </form>`
  }

  #proposal(): Proposal | undefined {
    const rise = riseOf(this.answers)
    const { data } = schema.safeParse(this.document.document)
    return rise && data ? raised(data, { ...rise, ...(this.offers && { offers: this.offers }) }) : undefined
  }

  #doneView(review: readonly ToReview[]): TemplateResult {
    return html`<h2 id="raised" tabindex="-1">The prices are raised</h2>
      <p>Nothing is published yet. One “Undo” in the draft takes it back.</p>
      ${reviewView(review, this.document.document, this.addressOf)}
      <p><a class="button" href=${this.addressOf('/offers')}>Go on editing</a></p>`
  }

  #input({ target }: Event): void {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
    if (target.name === 'all' && target instanceof HTMLInputElement) {
      const { data } = schema.safeParse(this.document.document)
      this.offers = target.checked ? undefined : (data?.offers.map(({ id }) => id) ?? [])
    } else if (target.name === 'offer' && target instanceof HTMLInputElement) {
      const others = (this.offers ?? []).filter((id) => id !== target.value)
      this.offers = target.checked ? [...others, target.value] : others
    } else this.answers = { ...this.answers, [target.name]: target.value }
    this.wrong = false
  }

  async #apply(): Promise<void> {
    const proposal = this.#proposal()
    if (!proposal) {
      this.wrong = true
      await this.updateComplete
      this.querySelector<HTMLElement>('#percent')?.focus()
      return
    }
    this.document.change(proposal.catalogue as unknown as Json, '/offers')
    this.review = proposal.review
    announce('The prices are raised')
    await this.updateComplete
    this.querySelector<HTMLElement>('#raised')?.focus()
  }
}

/** The texts in which a year or an amount stands that may no longer be right, and the days that may not be, each with a way to it. */
export function reviewView(
  review: readonly ToReview[],
  document: unknown,
  addressOf: (pointer: string) => string,
): TemplateResult {
  const moved = review.filter(({ why }) => why === 'moved')
  const texts = review.filter(({ why }) => why !== 'moved')
  const listView = (heading: string, list: readonly ToReview[], say: (text: string) => string) =>
    list.length === 0
      ? nothing
      : html`<h3>${heading}</h3>
    <ul class="findings">${list.map(
      ({ pointer, text }) =>
        html`<li><a href=${addressOf(pointer)}><b>${nameOf(pointer, document)}</b></a><p>${say(text)}</p></li>`,
    )}</ul>`
  const named = texts.every(({ why }) => why === 'money') ? 'an amount of money' : 'a year or an amount of money'
  const count = texts.length === 1 ? 'One text names' : `${texts.length} texts name`
  return html`${listView(`${count} ${named}`, texts, (text) => `“${text}”`)}${listView('Days of term and closures that are the same as last year’s', moved, longDay)}`
}

define('outreach-draft-raise', OutreachDraftRaise)
