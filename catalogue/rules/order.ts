import type { Catalogue } from '../schema/catalogue.ts'
import { decided, type OrderDecision, type OrderRequest } from './decided.ts'
import { quoteOf } from './quote-of.ts'

/** Whether an order can be placed from a catalogue on a day, by every rule; see `decided`. */
export function orderDecision(catalogue: Catalogue, request: OrderRequest, on: string): OrderDecision {
  return decided(catalogue, request, on, quoteOf)
}
