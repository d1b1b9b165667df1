import type { Catalogue } from '../schema/catalogue.ts'
import type { QuoteRequest, QuoteResult } from './calculation.ts'
import { isInForce } from './in-force.ts'
import type { Buyer, Item, Quote, RuleFault } from './quote.ts'

/** What an order is decided by. */
export interface OrderRequest {
  buyer: Buyer
  items: readonly Item[]
  payment: { method: 'invoice' | 'journal' }
  /** The total that the buyer was shown. */
  expectedPence: number
}

/** Something that stops an order although a quote of it may be fine. */
export type OrderFault =
  | RuleFault
  | {
      pointer: string
      code: 'not-open' | 'by-referral' | 'on-request' | 'must-hold' | 'payment-not-offered'
      offer?: string
      opensOn?: string
      closedOn?: string
    }

/** What becomes of an order: refused for what is wrong with it, put off because its price is another one, or accepted at its quote. */
export type OrderDecision =
  | { verdict: 'refused'; faults: OrderFault[] }
  | { verdict: 'price-changed'; quote: Quote }
  | { verdict: 'accepted'; quote: Quote }

/** Whether an order can be placed from a catalogue on a day. What is wrong with it is said before a changed price is. Quotes by the rules that it is given. */
export function decided(
  catalogue: Catalogue,
  request: OrderRequest,
  on: string,
  quoteOf: (catalogue: Catalogue, request: QuoteRequest) => QuoteResult,
): OrderDecision {
  if (!isInForce(catalogue, on)) {
    const { opensOn, year } = catalogue
    const closed = on > year.to && { closedOn: year.to }
    return { verdict: 'refused', faults: [{ pointer: '/catalogue', code: 'not-open', opensOn, ...closed }] }
  }
  const faults: OrderFault[] = []
  request.items.forEach(({ offer }, index) => {
    if (catalogue.offers.find(({ id }) => id === offer)?.askedBy === 'referral')
      faults.push({ pointer: `/items/${index}/offer`, code: 'by-referral', offer })
  })
  if (!catalogue.payment.some(({ method }) => method === request.payment.method))
    faults.push({ pointer: '/payment/method', code: 'payment-not-offered' })

  const result = quoteOf(catalogue, { on, buyer: request.buyer, items: request.items })
  if (!result.ok) return { verdict: 'refused', faults: [...faults, ...result.faults] }

  const { quote } = result
  for (const line of quote.lines) {
    if (line.pence !== null || line.conditional) continue
    const index = request.items.findIndex(({ offer, option }) => offer === line.offer && option === line.option)
    const field = line.option === undefined ? 'offer' : 'option'
    faults.push({ pointer: pointerTo(index, field), code: 'on-request', offer: line.offer })
  }
  for (const { offer, for: needs } of quote.missing) {
    const index = request.items.findIndex((item) => item.offer === needs)
    faults.push({ pointer: pointerTo(index, 'offer'), code: 'must-hold', offer })
  }
  if (faults.length > 0) return { verdict: 'refused', faults }
  return { verdict: quote.totalPence === request.expectedPence ? 'accepted' : 'price-changed', quote }
}

/** A field of an item; all the items where an offer that was added by itself is the one at fault. */
function pointerTo(index: number, field: string): string {
  return index < 0 ? '/items' : `/items/${index}/${field}`
}
