import type { Reason } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { rarerReasons } from '../words/en/rarer-reasons.ts'
import { everydayReasons, type ReasonWords } from '../words/en/reasons.ts'
import { sentence } from './offers.ts'

/** Turns a reason into a sentence. */
export type Explain = (reason: Reason) => string

/** A sentence for each reason, with the catalogue's names for its offers. */
export function explaining(catalogue: Catalogue): Explain {
  const sentences: ReasonWords = { ...everydayReasons, ...rarerReasons }
  return (reason) => sentence(sentences, reason, catalogue)
}
