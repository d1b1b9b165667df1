import * as z from 'zod/mini'
import { id } from '../../catalogue/schema/text.ts'
import { ORDER_STATUSES } from '../../catalogue/wire/order.ts'
import { invalid } from '../failures.ts'
import {
  type Counts,
  countsOf,
  type FoundOrder,
  type FoundPlace,
  type ListedOrder,
  MOST_TERMS,
  pageOfFound,
  pageOfOrders,
  pageOfReferences,
  requestsOf,
  type Wanted,
  type Way,
} from './inbox.store.ts'
import { initialsOf } from './reference.ts'
import { firstLike, plainNumber, schoolsIn, wordsIn } from './spelling.ts'

/** How many orders a page lists. */
const PAGE = 50

/** After every place, and before every one. */
const END = '\u{10ffff}'

const text = (most: number) => z._default(z.string().check(z.trim(), z.maxLength(most, 'too-long')), '')

/** Which orders somebody looks for, as the address of the list says. */
export const inboxQuery = z.object({
  state: z._default(z.enum(['', ...ORDER_STATUSES], 'choose'), ''),
  catalogue: z._default(z.union([z.literal(''), id]), ''),
  words: text(200),
  reference: text(20),
  number: text(20),
  after: text(2_000),
  before: text(2_000),
})
type Asked = z.infer<typeof inboxQuery>

/** A page of the inbox. `next` and `previous` are the places where the pages beside it begin. */
export interface InboxPage {
  counts: Counts
  orders: ListedOrder[]
  next: string | null
  previous: string | null
}

/** Lists orders: the newest first, by the beginning of a reference, or by the schools' words and numbers. */
export async function inboxPage(db: D1Database, provider: string, asked: Asked): Promise<InboxPage> {
  const way: Way = asked.before === '' ? 'after' : 'before'
  const place = placeIn(asked)
  const beginning = referenceIn(provider, asked)
  if (beginning !== '') return pageOf(db, provider, asked, way, place, byReference(db, provider, asked, beginning))
  const terms = termsIn(asked)
  if (terms.length > 0) return foundPage(db, provider, asked, terms, way, place)
  return pageOf(db, provider, asked, way, place, byDate(db, provider, asked))
}

/** A way to list: the statement for a page from a place on, and the place at which an order stands. */
interface Listing {
  statement: (way: Way, place: readonly string[], most: number) => D1PreparedStatement
  placeOf: (order: ListedOrder) => string[]
}

function byDate(db: D1Database, provider: string, wanted: Wanted): Listing {
  return {
    statement: (way, [placedAt = way === 'after' ? END : '', reference = ''], most) =>
      pageOfOrders(db, provider, wanted, way, [placedAt, reference], most),
    placeOf: ({ placedAt, reference }) => [placedAt, reference],
  }
}

function byReference(db: D1Database, provider: string, wanted: Wanted, beginning: string): Listing {
  return {
    statement: (way, [reference = way === 'after' ? '' : END], most) =>
      pageOfReferences(db, provider, wanted, beginning, way, reference, most),
    placeOf: ({ reference }) => [reference],
  }
}

async function pageOf(
  db: D1Database,
  provider: string,
  { catalogue }: Wanted,
  way: Way,
  place: readonly string[] | undefined,
  { statement, placeOf }: Listing,
): Promise<InboxPage> {
  const [counted, listed] = await db.batch([countsOf(db, provider, catalogue), statement(way, place ?? [], PAGE + 1)])
  const counts = countsIn(counted)
  const rows = (listed?.results ?? []) as ListedOrder[]
  return { counts, ...cut(rows, way, place !== undefined, placeOf) }
}

const NONE: Counts = { placed: 0, accepted: 0, declined: 0, cancelled: 0 }

function countsIn(counted: D1Result | undefined): Counts {
  const rows = (counted?.results ?? []) as Counts[]
  return rows[0] ?? NONE
}

/** A page from one row more than it shows, which tells whether there is another page. */
function cut<Row extends ListedOrder>(
  rows: readonly Row[],
  way: Way,
  begun: boolean,
  placeOf: (row: Row) => readonly string[],
): Omit<InboxPage, 'counts'> {
  const more = rows.length > PAGE
  const shown = rows.slice(0, PAGE)
  if (way === 'before') shown.reverse()
  const [first, last] = [shown[0], shown.at(-1)]
  return {
    orders: shown.map(listed),
    next: last && (way === 'before' || more) ? written(placeOf(last)) : null,
    previous: first && (way === 'before' ? more : begun) ? written(placeOf(first)) : null,
  }
}

function listed(row: ListedOrder): ListedOrder {
  const { reference, status, placedOn, placedAt, schoolName, schools, totalPence, catalogue, version, payment } = row
  return { reference, status, placedOn, placedAt, schoolName, schools, totalPence, catalogue, version, payment }
}

/** Orders that a search found, each once. Where many schools buy together, an order stands where the first of those that match does. */
async function foundPage(
  db: D1Database,
  provider: string,
  wanted: Wanted,
  terms: readonly string[],
  way: Way,
  begun: readonly string[] | undefined,
): Promise<InboxPage> {
  const start = way === 'after' ? '' : END
  const [word = start, spelling = start, placedAt = '', reference = ''] = begun ?? []
  let place: FoundPlace = [word, spelling, placedAt, reference]
  const rows: FoundOrder[] = []
  let counts: Counts | undefined
  while (rows.length <= PAGE) {
    const [counted, found] = await db.batch([
      countsOf(db, provider, wanted.catalogue),
      pageOfFound(db, provider, wanted, terms, way, place, PAGE + 1),
    ])
    counts ??= countsIn(counted)
    const results = (found?.results ?? []) as FoundOrder[]
    rows.push(...(await firstOfEach(db, results, terms)))
    const last = results.at(-1)
    if (!last || results.length <= PAGE) break
    place = placeOfFound(last)
  }
  return { counts: counts ?? NONE, ...cut(rows, way, begun !== undefined, placeOfFound) }
}

function placeOfFound({ word, spelling, placedAt, reference }: FoundOrder): FoundPlace {
  return [word, spelling, placedAt, reference]
}

async function firstOfEach(
  db: D1Database,
  rows: readonly FoundOrder[],
  terms: readonly string[],
): Promise<FoundOrder[]> {
  const joint = rows.filter(({ schools }) => schools > 1).map(({ reference }) => reference)
  if (joint.length === 0) return [...rows]
  const [driver = ''] = terms
  const firsts = new Map<string, string>()
  for (const { reference, request } of await requestsOf(db, [...new Set(joint)])) {
    const [first] = schoolsIn(JSON.parse(request), { shares: [] })
      .filter(({ words }) => terms.every((term) => words.some((word) => word.startsWith(term))))
      .map(({ spelling }) => `${firstLike(spelling, driver)} ${spelling}`)
      .sort()
    if (first !== undefined) firsts.set(reference, first)
  }
  return rows.filter(
    ({ reference, word, spelling }) => (firsts.get(reference) ?? `${word} ${spelling}`) === `${word} ${spelling}`,
  )
}

/** Words that so many schools have in their names that a search had better begin with another. */
const COMMON =
  'academy and aided c catholic ce centre church college community e endowed first free grammar high house in infant infants junior nursery of primary rc road roman school special st the trust voluntary'.split(
    ' ',
  )

/** What is looked for, the term that is likeliest to be rare first. */
function termsIn({ words, number }: Pick<Asked, 'words' | 'number'>): string[] {
  const terms = [...new Set([...wordsIn(words), plainNumber(number)])].filter((term) => term !== '')
  const isCommon = (term: string) => COMMON.some((word) => word.startsWith(term))
  return terms.sort((a, b) => Number(isCommon(a)) - Number(isCommon(b)) || b.length - a.length).slice(0, MOST_TERMS)
}

/** The beginning of a reference as references are written, if one is looked for: with or without its hyphens and the provider's initials. */
function referenceIn(provider: string, { reference, words }: Pick<Asked, 'reference' | 'words'>): string {
  const initials = initialsOf(provider)
  const typed = reference !== '' ? reference : words.toUpperCase().startsWith(`${initials}-`) ? words : ''
  const signs = typed.toUpperCase().replace(/[^0-9A-Z]/g, '')
  if (signs === '') return ''
  const own = signs.startsWith(initials) ? signs.slice(initials.length) : initials.startsWith(signs) ? '' : signs
  return own.length > 4 ? `${initials}-${own.slice(0, 4)}-${own.slice(4)}` : `${initials}-${own}`
}

/** A place in a list as an address carries it. */
function written(place: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(place))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

const places = z.array(z.string().check(z.maxLength(1_000))).check(z.minLength(1), z.maxLength(4))

/** The place from which a page goes on, if the address names one. */
function placeIn({ after, before }: Pick<Asked, 'after' | 'before'>): string[] | undefined {
  const typed = before === '' ? after : before
  if (typed === '') return undefined
  try {
    const bytes = Uint8Array.from(atob(typed.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
    return places.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)))
  } catch {
    throw invalid([{ pointer: before === '' ? '/after' : '/before', code: 'choose' }])
  }
}
