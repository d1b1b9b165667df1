import type { Reason } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { rarerReasons } from '../words/en/rarer-reasons.ts'
import { everydayReasons, type ReasonWords } from '../words/en/reasons.ts'
import { nameOf } from './offers.ts'

/** Turns a reason into a sentence. */
export type Explain = (reason: Reason) => string

/** A sentence for each reason, with the catalogue's names for its offers. */
export function explaining(catalogue: Catalogue): Explain {
  const sentences: ReasonWords = { ...everydayReasons, ...rarerReasons }
  return (reason) => sentence(sentences, reason, catalogue)
}

/** The sentence for one reason; an empty one where the words have none. */
export function sentence(sentences: Partial<ReasonWords>, reason: Reason, catalogue: Catalogue): string {
  // Looked up by its own code, a sentence takes just that reason; TypeScript cannot say so of a union.
  const say = sentences[reason.code] as ((reason: Reason, name: (offer: string) => string) => string) | undefined
  return say?.(reason, (offer) => nameOf(catalogue, offer)) ?? ''
}
