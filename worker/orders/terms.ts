import { plainNumber, wordsIn } from './spelling.ts'

/** How many beginnings of words a search heeds. */
export const MOST_TERMS = 6

/** Words that so many schools have in their names that a search had better begin with another. */
const COMMON =
  'academy and aided c catholic ce centre church college community e endowed first free grammar high house in infant infants junior nursery of primary rc road roman school special st the trust voluntary'.split(
    ' ',
  )

/** What is looked for, the term that is likeliest to be rare first. */
export function termsIn({ words, number = '' }: { words: string; number?: string }): string[] {
  const terms = [...new Set([...wordsIn(words), plainNumber(number)])].filter((term) => term !== '')
  const isCommon = (term: string) => COMMON.some((word) => word.startsWith(term))
  return terms.sort((a, b) => Number(isCommon(a)) - Number(isCommon(b)) || b.length - a.length).slice(0, MOST_TERMS)
}
