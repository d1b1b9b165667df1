import type { Catalogue } from '../schema/catalogue.ts'
import { calculated, type QuoteRequest, type QuoteResult } from './calculation.ts'
import { every } from './every.ts'

/** Prices a basket by every rule; see `calculated` for the order of calculation. */
export function quoteOf(catalogue: Catalogue, request: QuoteRequest): QuoteResult {
  return calculated(catalogue, request, every)
}
