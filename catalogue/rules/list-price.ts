import type { Catalogue } from '../schema/catalogue.ts'
import type { Offer } from '../schema/offer.ts'
import { priceOf } from './calculation.ts'
import { every } from './every.ts'
import { amountOf } from './price.ts'
import type { Buyer, Reason, RuleFault } from './quote.ts'

/** What a price list says of an offer: what one of it costs, null where that is on request or depends on what is not known yet, and why. */
export interface ListPrice {
  pence: number | null
  why: Reason[]
}

/** The list price of an offer on a day, for a buyer as far as it is known. `holds` says what the buyer holds or is buying. */
export function listPriceOf(
  offer: Offer,
  {
    catalogue,
    on,
    buyer,
    holds,
  }: { catalogue: Catalogue; on: string; buyer: Buyer; holds: (offer: string) => boolean },
): ListPrice {
  const faults: RuleFault[] = []
  const { unitPence, why } = amountOf(priceOf(offer), 1, { catalogue, on, buyer, holds, faults }, every)
  return { pence: faults.length ? null : unitPence, why }
}

/** The list prices for somebody of whom nothing is known, by the offers' ids; offers whose options have the prices are left out. */
export function listPricesOf(catalogue: Catalogue, on: string): Record<string, ListPrice> {
  const circumstances = { catalogue, on, buyer: { holds: [], schools: [] }, holds: () => false }
  return Object.fromEntries(
    catalogue.offers.flatMap((offer) => (offer.options ? [] : [[offer.id, listPriceOf(offer, circumstances)]])),
  )
}
