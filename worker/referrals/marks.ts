import { plainNumber, wordsIn } from '../orders/spelling.ts'
import type { Keyring } from '../sealing/keyring.ts'
import { markOf } from '../sealing/seal.ts'

/**
 * The blind marks by which a pupil is found again: the name without case, accents, apostrophes or order, with the day of birth. A pupil
 * with more than two names is also found by the first and the last, as another school may write them.
 */
export async function pupilMarks(ring: Keyring, provider: string, name: string, born: string): Promise<string[]> {
  const words = wordsIn(name)
  const [first, last] = [words[0], words.at(-1)]
  const names = [words, ...(words.length > 2 && first !== undefined && last !== undefined ? [[first, last]] : [])]
  const subjects = new Set(names.map((one) => `${one.toSorted().join(' ')}|${born}`))
  return Promise.all([...subjects].map((subject) => markOf(ring, provider, 'pupil', subject)))
}

/** The blind mark by which a school is counted: its URN, else its name as it is told apart from others. */
export function schoolMark(
  ring: Keyring,
  provider: string,
  { name, urn }: { name: string; urn: string },
): Promise<string> {
  const identity = urn === '' ? `d${wordsIn(name).join(' ')}` : `u${plainNumber(urn)}`
  return markOf(ring, provider, 'school', identity)
}
