import { html, nothing, type TemplateResult } from 'lit'
import type { Line, Quote } from '../../../catalogue/rules/quote.ts'
import type { OrderRequestBody } from '../../../catalogue/wire/order.ts'
import { explaining } from '../../kit/explain.ts'
import { nameOf } from '../../kit/offers.ts'
import { hours, pounds } from '../../words/en/money.ts'
import { tableView } from '../parts/table.view.ts'
import type { OrderCatalogue } from '../replies.ts'

type Item = OrderRequestBody['items'][number]

/** A row of the order: what it is, how many, and what it comes to. */
interface Row {
  name: unknown
  quantity: number | undefined
  each: string
  figure: string
}

/** What was ordered, priced as it was then, in the words that the school saw. */
export function orderLinesView(catalogue: OrderCatalogue, quote: Quote, request: OrderRequestBody): TemplateResult {
  const explain = explaining(catalogue)
  const reasons = (why: Quote['lines'][number]['why']) => why.map(explain).filter(Boolean).join('. ')
  const items = [...request.items]
  const rows: Row[] = [
    ...quote.lines.map((line) => {
      const item = takeFrom(items, line)
      const figure =
        line.pence === null ? 'on request' : line.conditional ? `(${pounds(line.pence)})` : pounds(line.pence)
      return {
        name: html`${nameOf(catalogue, line.offer, line.option)}
          ${line.why.length ? html`<small>${reasons(line.why)}</small>` : nothing}
          ${item ? itemView(catalogue, item) : nothing}`,
        quantity: line.quantity,
        each: line.unitPence === null ? '' : pounds(line.unitPence),
        figure,
      }
    }),
    ...quote.adjustments.map(({ pence, why }) => ({
      name: reasons(why),
      quantity: undefined,
      each: '',
      figure: pounds(pence),
    })),
    ...(quote.vatPence ? [{ name: 'VAT', quantity: undefined, each: '', figure: pounds(quote.vatPence) }] : []),
  ]
  return html`${tableView(
    'What was ordered',
    [
      { head: 'Offer', names: true, cell: ({ name }: Row) => name },
      { head: 'Quantity', numeric: true, cell: ({ quantity }) => quantity ?? nothing },
      { head: 'Each', numeric: true, cell: ({ each }) => each },
      { head: 'Amount', numeric: true, beside: true, cell: ({ figure }) => figure },
    ],
    rows,
    { footer: ['Total', nothing, nothing, pounds(quote.totalPence)] },
  )}
  ${quote.minutes.most ? html`<p class="note">${hours(quote.minutes)} of support</p>` : nothing}
  ${quote.conditionalPence ? html`<p class="note">${pounds(quote.conditionalPence)} more if a place is given</p>` : nothing}`
}

/** What the school said about an item: which topics, how many people, and its note. */
function itemView({ offers }: OrderCatalogue, { offer, topics = [], attending, note }: Item): TemplateResult {
  const known = offers.find(({ id }) => id === offer)?.topics ?? []
  const named = topics.map((topic) => known.find(({ id }) => id === topic)?.name ?? topic)
  return html`${named.length ? html`<small>Topics: ${named.join(', ')}</small>` : nothing}
    ${attending ? html`<small>${attending} people attend</small>` : nothing}
    ${note ? html`<small>Note: ${note}</small>` : nothing}`
}

/** The item that a line is the price of; each item once, since two of one kind can differ in their notes. */
function takeFrom(items: Item[], { offer, option, added }: Line): Item | undefined {
  if (added) return undefined
  const index = items.findIndex((item) => item.offer === offer && item.option === option)
  return index < 0 ? undefined : items.splice(index, 1)[0]
}
