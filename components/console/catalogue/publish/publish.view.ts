import { html, nothing, type TemplateResult } from 'lit'
import { basketSaid, whySaid } from '../../../../catalogue/report/baskets.ts'
import type { Told } from '../../../../catalogue/report/differences.ts'
import { pounds } from '../../../../catalogue/report/figures.ts'
import type { Effect, EffectCode, OrdinaryBasket } from '../../../../catalogue/rules/ordinary-baskets.ts'
import type { Catalogue } from '../../../../catalogue/schema/catalogue.ts'
import { longDate } from '../../../words/en/money.ts'
import { tableView } from '../../parts/table.view.ts'
import type { OrderEffect } from '../replies.ts'
import type { Reported } from '../report/reporting.ts'
import type { OrdersEffect } from './effect.ts'

/** So many differences are shown at once; the rest stand behind a press. */
const SHOWN = 30

/** What will change, as sentences. */
export function changesView(told: readonly Told[]): TemplateResult {
  if (told.length === 0) return html`<p>Nothing: the draft says the same.</p>`
  const list = (some: readonly Told[]) =>
    html`<ul class="changes">${some.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>`
  const rest = told.slice(SHOWN)
  return html`${list(told.slice(0, SHOWN))}
    ${rest.length > 0 ? html`<details><summary>${rest.length} more</summary>${list(rest)}</details>` : nothing}`
}

function changeView(before: number | null, after: number | null): unknown {
  if (before === null || after === null) return nothing
  const change = after - before
  if (change === 0) return 'The same'
  const percent = before > 0 ? ` (${change > 0 ? '+' : '−'}${(Math.abs(change / before) * 100).toFixed(1)}%)` : ''
  return `${change > 0 ? '+' : '−'}${pounds(Math.abs(change))}${percent}`
}

/** Whether a catalogue has everything that is in a basket. */
function isIn({ offers }: Catalogue, { items }: OrdinaryBasket): boolean {
  return items.every(({ offer, option }) =>
    offers.some(({ id, options }) => id === offer && (!option || options?.some((one) => one.id === option))),
  )
}

/** What ordinary baskets cost before and after. */
export function basketsView(
  effects: readonly { basket: OrdinaryBasket; effect: Effect }[],
  before: Catalogue,
  after: Catalogue,
): TemplateResult {
  if (effects.length === 0) return html`<p>There is nothing that schools could put into a basket.</p>`
  const said = (pence: number | null) => (pence === null ? 'Not possible' : pounds(pence))
  return tableView(
    'What ordinary baskets cost',
    [
      {
        head: 'What is bought',
        names: true,
        cell: ({ basket, effect }) => {
          const isThere = isIn(after, basket)
          return html`${basketSaid(basket, isThere ? after : before)}${
            effect.why.length > 0 && isThere && isIn(before, basket)
              ? html`<small>Because ${whySaid(effect.why)}.</small>`
              : nothing
          }`
        },
      },
      {
        head: 'Before',
        numeric: true,
        cell: ({ basket, effect }) => (isIn(before, basket) ? said(effect.beforePence) : 'Not offered'),
      },
      {
        head: 'After',
        numeric: true,
        cell: ({ basket, effect }) => (isIn(after, basket) ? said(effect.afterPence) : 'No longer offered'),
      },
      {
        head: 'Change',
        numeric: true,
        plain: true,
        cell: ({ effect }) => changeView(effect.beforePence, effect.afterPence),
      },
    ],
    effects,
  )
}

const WHY: Readonly<Record<string, string>> = {
  'not-open': 'no orders are taken on that day',
  'by-referral': 'it is asked for by referral now',
  'payment-not-offered': 'it was paid in a way that is no longer offered',
}

function reasonSaid(code: string | undefined): string {
  if (code === undefined) return ''
  return WHY[code] ?? (whySaid([code as EffectCode]) || code)
}

/** What the last year's real orders would have cost. */
export function ordersView(
  sums: OrdersEffect | undefined,
  failed: unknown,
  orderAddress: (reference: string) => string,
): TemplateResult {
  if (failed)
    return html`<p>The last year’s orders could not be read. You can publish without them, or load the page again.</p>`
  if (!sums) return html`<p role="status">Reading the last year’s orders…</p>`
  if (sums.isDone && sums.count === 0) return html`<p>There were no orders in the last year.</p>`
  const name = ({ reference, schoolName }: OrderEffect) =>
    html`<a href=${orderAddress(reference)}>${schoolName ?? reference}</a>${schoolName ? html`<small>${reference}</small>` : nothing}`
  return html`<p role="status">${sums.isDone ? '' : 'Reading… so far '}${sums.count === 1 ? '1 order' : `${sums.count.toLocaleString('en-GB')} orders`}
      ${sums.isDone && sums.from ? html` from ${longDate(sums.from)} to ${longDate(sums.to)}` : nothing}.
      They came to <b>${pounds(sums.beforePence)}</b> and would come to <b>${pounds(sums.afterPence)}</b>${sums.afterPence === sums.beforePence ? '' : html`: ${changeView(sums.beforePence, sums.afterPence)}`}.</p>
    <p>${[
      sums.more > 0 ? `${sums.more} would cost more` : '',
      sums.less > 0 ? `${sums.less} less` : '',
      sums.same > 0 ? `${sums.same} the same` : '',
      sums.refused > 0 ? `${sums.refused} would not be possible` : '',
    ]
      .filter(Boolean)
      .join(', ')}.</p>
    ${
      sums.largest.length > 0
        ? tableView(
            'The largest changes',
            [
              { head: 'Order', names: true, cell: name },
              { head: 'Before', numeric: true, cell: ({ beforePence }) => pounds(beforePence) },
              { head: 'After', numeric: true, cell: ({ afterPence }) => pounds(afterPence ?? 0) },
              {
                head: 'Change',
                numeric: true,
                plain: true,
                cell: ({ beforePence, afterPence }) => changeView(beforePence, afterPence),
              },
            ],
            sums.largest,
            { showCaption: true },
          )
        : nothing
    }
    ${
      sums.firstRefused.length > 0
        ? tableView(
            'No longer possible',
            [
              { head: 'Order', names: true, cell: name },
              { head: 'Came to', numeric: true, cell: ({ beforePence }) => pounds(beforePence) },
              { head: 'Because', cell: ({ why }) => reasonSaid(why) },
            ],
            sums.firstRefused,
            { showCaption: true },
          )
        : nothing
    }`
}

/** The warnings, each to be read and ticked. */
export function warningsView(
  warnings: Reported['warnings'],
  ticked: ReadonlySet<string>,
  wrong: boolean,
  nameOf: (pointer: string) => string,
): TemplateResult {
  return html`<fieldset class="question" id="warnings" tabindex="-1"><legend>${warnings.length === 1 ? 'One thing to know' : `${warnings.length} things to know`}</legend>
    <p class="note">These may be meant. Read each and tick it.</p>
    ${wrong ? html`<p class="error">Tick each of these, or put it right in the draft.</p>` : nothing}
    ${warnings.map(
      ({
        id,
        pointer,
        sentence,
      }) => html`<label class="choice"><input type="checkbox" name="warning" value=${id} ?checked=${ticked.has(id)}>
        <span><b>${nameOf(pointer)}.</b> ${sentence}</span></label>`,
    )}
  </fieldset>`
}
