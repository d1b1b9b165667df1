import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { ExportedOrder } from './store.ts'
import type { Cell, Column, ColumnKind } from './table.ts'

/** An order with the catalogue that it was priced by. */
export interface NamedOrder {
  order: ExportedOrder
  catalogue: Catalogue | undefined
}

/** A kind of table: its columns, and the rows that an order gives it. */
export interface Sheet {
  name: string
  columns: readonly Column[]
  rowsOf: (named: NamedOrder) => Cell[][]
}

type Described<Row> = readonly [name: string, kind: ColumnKind, width: number, value: (row: Row) => Cell | undefined]

const STATES = { placed: 'To answer', accepted: 'Accepted', declined: 'Declined', cancelled: 'Cancelled' }

/** A table with one row an order. */
function sheetOf<Row>(name: string, rowsIn: (named: NamedOrder) => Row[], described: readonly Described<Row>[]): Sheet {
  return {
    name,
    columns: described.map(([column, kind, width]) => ({ name: column, kind, width })),
    rowsOf: (named) => rowsIn(named).map((row) => described.map(([, , , value]) => value(row) ?? null)),
  }
}

const first = ({ order }: NamedOrder) => order.request.buyer.schools[0]
const netOf = ({ order }: NamedOrder) => order.totalPence - order.quote.vatPence

const school: readonly Described<NamedOrder>[] = [
  ['School', 'text', 34, (named) => first(named)?.name],
  ['URN', 'text', 9, (named) => first(named)?.urn],
  ['School number', 'text', 14, (named) => first(named)?.schoolNumber],
  ['District', 'text', 10, (named) => first(named)?.district],
]

/** One row an order. */
export const ordersSheet = sheetOf<NamedOrder>('Orders', (named) => [named], [
  ['Reference', 'text', 14, ({ order }) => order.reference],
  ['State', 'text', 11, ({ order }) => STATES[order.status]],
  ['Placed on', 'day', 12, ({ order }) => order.placedOn],
  ['Answered on', 'day', 12, ({ order }) => order.answeredOn],
  ['Year', 'text', 10, ({ order }) => order.catalogue],
  ['Version', 'count', 8, ({ order }) => order.version],
  ...school,
  ['Pupils on roll', 'count', 13, (named) => first(named)?.pupils],
  ['Address', 'text', 34, (named) => first(named)?.address],
  ['Schools', 'count', 8, ({ order }) => order.request.buyer.schools.length],
  ['Contact', 'text', 22, ({ order }) => order.request.contact.name],
  ['Role', 'text', 16, ({ order }) => order.request.contact.role],
  ['E-mail', 'text', 28, ({ order }) => order.request.contact.email],
  ['Telephone', 'text', 16, ({ order }) => order.request.contact.telephone],
  ['Signs', 'text', 22, ({ order }) => order.request.signatory.name],
  ['Who signs: e-mail', 'text', 28, ({ order }) => order.request.signatory.email],
  ['Pays by', 'text', 10, ({ order }) => order.request.payment.method],
  ['Ledger code', 'text', 14, ({ order }) => order.request.payment.ledgerCode],
  ['Purchase order', 'text', 14, ({ order }) => order.request.payment.purchaseOrder],
  ['Ordered', 'text', 44, orderedIn],
  ['Least hours', 'count', 11, ({ order }) => order.quote.minutes.least / 60],
  ['Most hours', 'count', 11, ({ order }) => order.quote.minutes.most / 60],
  ['Net', 'pounds', 12, netOf],
  ['VAT', 'pounds', 12, ({ order }) => order.quote.vatPence],
  ['Total', 'pounds', 12, ({ order }) => order.totalPence],
  ['Only if a place is given', 'pounds', 20, ({ order }) => order.conditionalPence],
])

type LineOf = NamedOrder & {
  what: string
  option: string | undefined
  quantity: number | undefined
  pence: number | null
  asked: ExportedOrder['request']['items'][number] | undefined
}

/** One row for each line of an order, and for each discount and surcharge. */
export const linesSheet = sheetOf<LineOf>('Lines', linesIn, [
  ['Reference', 'text', 14, ({ order }) => order.reference],
  ['State', 'text', 11, ({ order }) => STATES[order.status]],
  ['Placed on', 'day', 12, ({ order }) => order.placedOn],
  ['Year', 'text', 10, ({ order }) => order.catalogue],
  ...school,
  ['What', 'text', 34, ({ what }) => what],
  ['Option', 'text', 24, ({ option }) => option],
  ['Quantity', 'count', 9, ({ quantity }) => quantity],
  ['Topics', 'text', 34, topicsOf],
  ['Number attending', 'count', 16, ({ asked }) => asked?.attending],
  ['Note', 'text', 34, ({ asked }) => asked?.note],
  ['Price before VAT', 'pounds', 16, ({ pence }) => pence],
])

const finance: readonly Described<NamedOrder>[] = [
  ['Reference', 'text', 14, ({ order }) => order.reference],
  ['Accepted on', 'day', 12, ({ order }) => order.answeredOn],
  ['Placed on', 'day', 12, ({ order }) => order.placedOn],
  ['Year', 'text', 10, ({ order }) => order.catalogue],
]

/** One row for each accepted order that an invoice is to be raised for. */
export const invoicesSheet = sheetOf<NamedOrder>('Invoices to raise', charged, [
  ...finance,
  ...school,
  ['Address', 'text', 34, (named) => first(named)?.address],
  ['Contact', 'text', 22, ({ order }) => order.request.contact.name],
  ['E-mail', 'text', 28, ({ order }) => order.request.contact.email],
  ['Purchase order', 'text', 14, ({ order }) => order.request.payment.purchaseOrder],
  ['Ledger code', 'text', 14, ({ order }) => order.request.payment.ledgerCode],
  ['For', 'text', 44, orderedIn],
  ['Net', 'pounds', 12, netOf],
  ['VAT', 'pounds', 12, ({ order }) => order.quote.vatPence],
  ['Gross', 'pounds', 12, ({ order }) => order.totalPence],
])

/** One row for each accepted order that is paid by journal transfer. */
export const journalsSheet = sheetOf<NamedOrder>('Journal transfers', charged, [
  ...finance,
  ...school,
  ['Ledger code', 'text', 14, ({ order }) => order.request.payment.ledgerCode],
  ['Amount', 'pounds', 12, ({ order }) => order.totalPence],
  ['VAT in it', 'pounds', 12, ({ order }) => order.quote.vatPence],
  ['Purchase order', 'text', 14, ({ order }) => order.request.payment.purchaseOrder],
  ['For', 'text', 44, orderedIn],
])

/** What costs nothing is neither invoiced nor transferred. */
function charged(named: NamedOrder): NamedOrder[] {
  return named.order.totalPence === 0 ? [] : [named]
}

function orderedIn({ order, catalogue }: NamedOrder): string {
  return order.quote.lines
    .filter(({ conditional }) => !conditional)
    .map((line) => {
      const { what, option } = namesOf(catalogue, line.offer, line.option)
      return `${line.quantity} × ${what}${option === undefined ? '' : `, ${option}`}`
    })
    .join('; ')
}

function linesIn(named: NamedOrder): LineOf[] {
  const { order, catalogue } = named
  const lines = order.quote.lines.map(({ offer, option, quantity, pence, conditional }) => ({
    ...named,
    ...namesOf(catalogue, offer, option),
    quantity,
    pence: conditional ? null : pence,
    asked: order.request.items.find((item) => item.offer === offer && item.option === option),
  }))
  const adjustments = order.quote.adjustments.map(({ rule, offer, option, pence, why }) => {
    const rules = [...(catalogue?.discounts ?? []), ...(catalogue?.surcharges ?? [])]
    const name = rules.find(({ id }) => id === rule)?.name ?? why[0]?.code ?? rule
    const on = offer === undefined ? undefined : namesOf(catalogue, offer, option)
    return {
      ...named,
      what: `${pence < 0 ? 'Off' : 'On top'}: ${name}${on === undefined ? '' : ` (${on.what})`}`,
      option: on?.option,
      quantity: undefined,
      pence,
      asked: undefined,
    }
  })
  return [...lines, ...adjustments]
}

function topicsOf({ asked, catalogue }: LineOf): string {
  const topics = catalogue?.offers.find(({ id }) => id === asked?.offer)?.topics ?? []
  return (asked?.topics ?? []).map((id) => topics.find((topic) => topic.id === id)?.name ?? id).join(', ')
}

function namesOf(
  catalogue: Catalogue | undefined,
  id: string,
  option: string | undefined,
): { what: string; option: string | undefined } {
  const offer = catalogue?.offers.find((one) => one.id === id)
  return {
    what: offer?.name ?? id,
    option: option && (offer?.options?.find((one) => one.id === option)?.name ?? option),
  }
}
