import { pricingDay } from '../../catalogue/rules/in-force.ts'
import type { Quote } from '../../catalogue/rules/quote.ts'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import type { QuoteRequestBody } from '../../catalogue/wire/quote.ts'
import { chosenOf, type Published } from '../catalogues/shelf.ts'
import { invalid } from '../failures.ts'

/** A quote with the version of the catalogue that it was priced by. */
export type VersionedQuote = Quote & { version: number }

/** A quote from a provider's published catalogues. Throws the failure that says what is wrong. */
export function quoteFrom(published: readonly Published[], request: QuoteRequestBody, today: string): VersionedQuote {
  const chosen = chosenOf(published, { catalogue: request.catalogue, on: request.on ?? today })
  if (!chosen) throw invalid([{ pointer: '/catalogue', code: 'choose' }])
  const result = quoteOf(chosen.document, {
    on: request.on ?? pricingDay(chosen, today),
    buyer: request.buyer,
    items: request.items,
  })
  if (!result.ok) throw invalid(result.faults)
  return versioned(result.quote, chosen.version)
}

/** The quote with its version beside the catalogue's name. */
export function versioned({ catalogue, ...rest }: Quote, version: number): VersionedQuote {
  return { catalogue, version, ...rest }
}
