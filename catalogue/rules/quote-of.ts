import type { Catalogue } from '../schema/catalogue.ts'
import { type Calculation, calculated, type QuoteRequest, type QuoteResult } from './calculation.ts'
import { everyday } from './everyday.ts'
import { rarer } from './rarer.ts'

/** Every rule that the schema knows. */
export const every: Calculation = {
  ...rarer,
  leaves: { ...everyday.leaves, ...rarer.leaves },
  choices: { ...everyday.choices, ...rarer.choices },
}

/** Prices a basket by every rule; see `calculated` for the order of calculation. */
export function quoteOf(catalogue: Catalogue, request: QuoteRequest): QuoteResult {
  return calculated(catalogue, request, every)
}
