import type { Quote } from '../../catalogue/rules/quote.ts'
import type { OrderRequestBody } from '../../catalogue/wire/order.ts'

const APOSTROPHES = /['’‘`´ʼ]/g
const PLAIN = /^[\x20-\x7e]*$/

/** A text's words as they are looked for: small letters without accents or apostrophes, so that `St. Mary’s` is `st marys`. */
export function wordsIn(text: string): string[] {
  const bare = PLAIN.test(text) ? text : text.normalize('NFKD').replace(/\p{Mark}/gu, '')
  return bare
    .toLowerCase()
    .replace(APOSTROPHES, '')
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
}

/** A school's number without what stands between its digits. */
export function plainNumber(number: string): string {
  return wordsIn(number).join('')
}

/** A school as an order writes it. */
export interface SpeltSchool {
  /** Its words, then what it is known by: `oak primary school 123456|u123456`. */
  spelling: string
  /** The words that find it. */
  words: string[]
  name: string
  urn?: string | undefined
  number?: string | undefined
  district?: string | undefined
  /** Its share of the total. */
  pence: number
}

/** The schools of an order, each way of writing one once. */
export function schoolsIn({ buyer }: OrderRequestBody, { shares }: Pick<Quote, 'shares'>): SpeltSchool[] {
  const schools = new Map<string, SpeltSchool>()
  for (const [index, { name, urn, schoolNumber, district }] of buyer.schools.entries()) {
    const number = plainNumber(schoolNumber ?? '')
    const words = [...wordsIn(name), ...(urn === undefined ? [] : [urn]), ...(number === '' ? [] : [number])]
    const known = urn !== undefined ? `u${urn}` : number !== '' ? `n${number}` : `d${district ?? ''}`
    const spelling = `${words.join(' ')}|${known}`
    const pence = shares[index]?.pence ?? 0
    const same = schools.get(spelling)
    if (same) same.pence += pence
    else schools.set(spelling, { spelling, words, name, urn, number: schoolNumber, district, pence })
  }
  return [...schools.values()]
}

/** What a school is known by: its URN, else its number, else the way in which it is written. */
export function identityOf(spelling: string): string {
  const known = spelling.slice(spelling.indexOf('|') + 1)
  return known.startsWith('d') ? spelling : known
}
