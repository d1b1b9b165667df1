import type { Reason } from '../../catalogue/rules/quote.ts'
import type { ReasonWords } from '../words/en/reasons.ts'

/** The part of a catalogue that says what its offers are called. */
export interface Named {
  offers: readonly { id: string; name: string; options?: readonly { id: string; name: string }[] | undefined }[]
}

/** An offer's name, with its option's where it has one. */
export function nameOf({ offers }: Named, offer: string | undefined, option?: string): string {
  const found = offers.find(({ id }) => id === offer)
  const part = found?.options?.find(({ id }) => id === option)
  return [found?.name ?? offer, part?.name].filter(Boolean).join(': ')
}

/** The sentence for one reason; an empty one where the words have none. */
export function sentence(sentences: Partial<ReasonWords>, reason: Reason, catalogue: Named): string {
  // Looked up by its own code, a sentence takes just that reason; TypeScript cannot say so of a union.
  const say = sentences[reason.code] as ((reason: Reason, name: (offer: string) => string) => string) | undefined
  return say?.(reason, (offer) => nameOf(catalogue, offer)) ?? ''
}
