// Every step but the list: a school that only looks at its list does not carry them.
import { html, nothing, type TemplateResult } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { Quote } from '../../catalogue/rules/quote.ts'
import { choiceView } from '../kit/choice.view.ts'
import { nameOf } from '../kit/offers.ts'
import type { Asked } from '../kit/question.view.ts'
import { words } from '../words/en/onward.ts'
import { words as common } from '../words/en/order-form.ts'
import { onwardStyles } from './onward.styles.ts'
import { action, askedWords, isAsked, type OrderModel, partsView, reachOf, titleView } from './order-form.view.ts'
import { partsOf } from './questions.ts'
import { answerTo, neededFirst, type Part, type Step } from './steps.ts'

function stepView(model: OrderModel): TemplateResult {
  const { step, basket, workings, links } = model
  const count = basket.schools.length
  return html`${step === 'school' && count > 1 ? html`<p>${words.cluster(count)} <a class="screen" href=${links.cluster}>${words.changeSchools}</a></p>` : nothing}
    ${step === 'signatory' ? html`${declarationView(model)}<p class="note">${words.signs}</p>` : nothing}
    ${
      // A control of one step must not live on as another's, with what was typed in it.
      keyed(step, partsView(partsOf(step, model, workings.quoteOf), model))
    }`
}

function declarationView({ catalogue }: OrderModel): TemplateResult {
  return html`<p class="confirms">${words.confirms}</p><blockquote lang="en">${catalogue.ordering.declaration}</blockquote>`
}

function choiceName(name: string, value: string): string {
  const names: Record<string, string> = words.choices
  return names[value] ?? (name.endsWith('district') ? words.district(value) : value)
}

function checkView(model: OrderModel, steps: readonly Step[], quote: Quote | undefined) {
  const { catalogue, basket, workings, live, headingLevel } = model
  const heading = (step: Step) =>
    html`<div class="section"><div class="h3" role="heading" aria-level=${headingLevel + 1}>${common.steps[step]}</div>${action(step, words.change, live, common.steps[step])}</div>`
  const row = ({ title }: Part, asked: Asked) => {
    const value = isAsked(asked, model) ? answerTo(asked.name, model).trim() : ''
    const chosen = asked.choices?.find((choice) => choice.value === value)?.name
    if (!value) return nothing
    const label = askedWords(asked.name, onward)?.label ?? asked.label
    // Whoever ticks that they sign themselves is named, so that the check says who signs.
    if (asked.as === 'tick') return rowView(label, title, answerTo('contact.name', model))
    return rowView(label, title, asked.choices ? (chosen ?? choiceName(asked.name, value)) : value)
  }
  const topics = basket.items.flatMap(({ offer, option, topics: ids = [] }) => {
    const names = ids.map(
      (id) => catalogue.offers.find((one) => one.id === offer)?.topics?.find((one) => one.id === id)?.name,
    )
    return names.length ? [rowView(words.topics, nameOf(catalogue, offer, option), names.join(', '))] : []
  })
  return html`${noticeView(model, quote)}
    ${steps.slice(0, -1).map((step) => {
      const asked = partsOf(step, model, workings.quoteOf).flatMap((part) =>
        part.questions.map((question) => row(part, question)),
      )
      const rows = step === 'list' ? [...topics, ...asked] : asked
      return html`<section>
        ${heading(step)}
        ${step === 'list' && quote ? html`<div class="panel">${workings.totalView(catalogue, quote, workings.explaining(catalogue))}</div>` : nothing}
        ${rows.some((one) => one !== nothing) ? html`<dl>${rows}</dl>` : nothing}
      </section>`
    })}
    ${declarationView(model)}
    ${catalogue.ordering.debited ? html`<p>${catalogue.ordering.debited}</p>` : nothing}`
}

function rowView(label: string | undefined, title: string | undefined, text: string): TemplateResult {
  return html`<div><dt>${label}${title ? html`<small>${title}</small>` : nothing}</dt><dd>${text}</dd></div>`
}

function noticeView({ notice, catalogue }: OrderModel, quote: Quote | undefined) {
  if (!notice) return nothing
  const reach = reachOf(catalogue)
  const texts = {
    'price-changed': () => words.priceChanged(notice.kind === 'price-changed' ? notice.was : 0, quote?.totalPence ?? 0),
    away: () => `${words.away} ${words.awayStill} ${reach}`,
    busy: () => words.busy,
    refused: () => `${words.refused} ${reach}`,
  }
  return html`<div class="panel notice" id="summary" role="alert" tabindex="-1">
    <p>${texts[notice.kind]()}</p>
    ${notice.kind === 'refused' ? html`<p class="note">${words.number(notice.instance)}</p>` : nothing}
  </div>`
}

function placeView({ notice, sending }: OrderModel, quote: Quote | undefined): TemplateResult {
  const text =
    notice?.kind === 'price-changed'
      ? words.placeAt(quote?.totalPence ?? 0)
      : notice?.kind === 'away' || notice?.kind === 'busy'
        ? words.again
        : words.place
  return html`<button name="step" value="place">${sending ? words.placing : text}</button><span class="hidden" role="status">${sending ? words.placing : nothing}</span>`
}

function confirmationView(
  { receipt, email, first }: NonNullable<OrderModel['placed']>,
  { catalogue, links, live, headingLevel }: OrderModel,
): TemplateResult {
  const { contacts, ordering } = catalogue
  const heading = (text: string) => html`<div class="h3" role="heading" aria-level=${headingLevel + 1}>${text}</div>`
  const afterwards = [...ordering.afterwards, ...(ordering.debited ? [ordering.debited] : [])]
  return html`${titleView(words.placed, headingLevel)}
    <div class="panel"><p>${words.reference}</p><p class="reference">${receipt.reference}</p><p>${common.soFar(receipt.totalPence)}</p></div>
    ${first ? html`<p><b>${words.first}</b></p>` : nothing}
    <p>${words.letter(email)}</p>
    <section>${heading(words.nextSteps)}<ol lang="en">${afterwards.map((sentence) => html`<li>${sentence}</li>`)}</ol></section>
    <section>
      ${heading(words.questions)}
      <p>${reachOf(catalogue)}</p>
      <ul role="list">${contacts.map((contact) => (contact.email ? html`<li>${contact.role}: <a href=${`mailto:${contact.email}?subject=${receipt.reference}`}>${contact.email}</a></li>` : nothing))}</ul>
    </section>
    <section class="screen">
      ${live ? html`<p><button type="button" class="link" name="print">${words.print}</button></p>` : nothing}
      <p><a href=${links.packages}>${words.more}</a></p>
    </section>`
}

/** Everything said on other steps, as hidden fields that travel with this one's form. */
function carriedView(model: OrderModel): TemplateResult {
  const { step, reached, basket, answers, workings, carried } = model
  // What is ticked in the list itself is not carried: it could never be taken back.
  const ticked = step === 'list' ? neededFirst(model) : []
  const holds = basket.holds.filter((id) => !ticked.includes(id))
  const here = new Set(
    partsOf(step, model, workings.quoteOf).flatMap(({ questions }) => questions.map(({ name }) => name)),
  )
  const others = Object.entries({ at: step, reached, ...carried, ...answers }).filter(([name]) => !here.has(name))
  return html`${workings.carriedView({ ...basket, holds }, () => false)}${others.map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}`
}

/** The steps from the second on as one object, so that a page rendered on the worker and the widget hand them to the view alike. */
export const onward = {
  words,
  styles: onwardStyles,
  choiceName,
  choiceView,
  stepView,
  checkView,
  placeView,
  confirmationView,
  carriedView,
}
export type Onward = typeof onward
