import type { Reason } from '../../catalogue/rules/quote.ts'
import { rarerReasons } from '../words/en/rarer-reasons.ts'
import { everydayReasons, type ReasonWords } from '../words/en/reasons.ts'
import { type Named, sentence } from './offers.ts'

/** Turns a reason into a sentence. */
export type Explain = (reason: Reason) => string

/** A sentence for each reason, with the catalogue's names for its offers. */
export function explaining(catalogue: Named): Explain {
  const sentences: ReasonWords = { ...everydayReasons, ...rarerReasons }
  return (reason) => sentence(sentences, reason, catalogue)
}
