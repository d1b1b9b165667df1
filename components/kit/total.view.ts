import { html, nothing, type TemplateResult } from 'lit'
import type { Quote, Reason } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { hours, pounds } from '../words/en/money.ts'
import { words } from '../words/en/total.ts'
import type { Explain } from './explain.ts'
import { nameOf } from './offers.ts'

/** A priced basket: each line with its reasons, then what is put on and taken off. */
export function linesView(catalogue: Catalogue, quote: Quote, explain: Explain): TemplateResult {
  const reasons = (why: readonly Reason[]) => why.map(explain).filter(Boolean).join('. ')
  const line = (name: string, why: string, figure: string) =>
    html`<li><span>${name}${why ? html`<small>${why}</small>` : nothing}</span><b>${figure}</b></li>`
  return html`<ul class="lines" role="list">
      ${quote.lines.map(({ offer, option, quantity, pence, conditional, why }) => {
        const name = nameOf(catalogue, offer, option)
        const figure = pence === null ? words.onRequest : conditional ? words.conditional(pence) : pounds(pence)
        return line(quantity === 1 ? name : words.each(quantity, name), reasons(why), figure)
      })}
      ${quote.adjustments.map(({ pence, why }) => line(reasons(why), '', pounds(pence)))}
      ${quote.vatPence ? line(words.vat, '', pounds(quote.vatPence)) : nothing}
    </ul>
    ${quote.missing.map(
      ({ offer, for: wanting }) =>
        html`<p class="note">${words.missing(nameOf(catalogue, offer), nameOf(catalogue, wanting))}</p>`,
    )}`
}

/** The total, which screen readers hear as it changes, and the support that it buys. */
export function sumView(quote: Quote): TemplateResult {
  return html`<p class="total"><span>${quote.final ? words.total : words.soFar}</span><output aria-live="polite">${pounds(quote.totalPence)}</output></p>
    ${quote.minutes.most ? html`<p class="note">${words.support(hours(quote.minutes))}</p>` : nothing}
    ${quote.conditionalPence ? html`<p class="note">${words.ifPlaced(pounds(quote.conditionalPence))}</p>` : nothing}`
}

/** Lines and total together. */
export function totalView(catalogue: Catalogue, quote: Quote, explain: Explain): TemplateResult {
  return html`${linesView(catalogue, quote, explain)}${sumView(quote)}`
}
