import * as z from 'zod/mini'
import { id } from '../../catalogue/schema/text.ts'
import { ORDER_STATUSES } from '../../catalogue/wire/order.ts'
import {
  type Counts,
  countsOf,
  type FoundOrder,
  type FoundPlace,
  type ListedOrder,
  pageOfFound,
  pageOfOrders,
  pageOfReferences,
  type Wanted,
  type Way,
} from './inbox.store.ts'
import { END, readPlace, writtenPlace } from './place-in-list.ts'
import { initialsOf } from './reference.ts'
import { termsIn } from './terms.ts'

/** How many orders a page lists. */
const PAGE = 50

/** How many rows a search reads in each of its turns: where hundreds of schools buy together, few of them are orders to list. */
const TURNS = [PAGE + 1, 500, 500, 500]

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
  const place = way === 'after' ? readPlace(asked.after, 'after') : readPlace(asked.before, 'before')
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

/** A page from one row more than it shows, which tells whether there is another page; so does the place where a search stopped short of it. */
function cut<Row extends ListedOrder>(
  rows: readonly Row[],
  way: Way,
  begun: boolean,
  placeOf: (row: Row) => readonly string[],
  { read, isShort }: { read?: readonly string[] | undefined; isShort: boolean } = { isShort: false },
): Omit<InboxPage, 'counts'> {
  const more = rows.length > PAGE
  const shown = rows.slice(0, PAGE)
  if (way === 'before') shown.reverse()
  const [first, last] = [shown[0], shown.at(-1)]
  // Where nothing is shown, both ways lead on from what was read last.
  const [start, end] = [first ? placeOf(first) : read, last ? placeOf(last) : read]
  const further = more ? (way === 'before' ? start : end) : isShort ? read : undefined
  const [next, previous] = way === 'before' ? [end, further] : [further, begun ? start : undefined]
  return {
    orders: shown.map(listed),
    next: next ? writtenPlace(next) : null,
    previous: previous ? writtenPlace(previous) : null,
  }
}

function listed(row: ListedOrder): ListedOrder {
  const { reference, status, placedOn, placedAt, schoolName, schools, totalPence, catalogue, version, payment } = row
  return { reference, status, placedOn, placedAt, schoolName, schools, totalPence, catalogue, version, payment }
}

/**
 * Orders that a search found, each once. Where many schools buy together, an order stands where the first of those that match does. A page is
 * short where what was read held no more: `next` leads on from there.
 */
async function foundPage(
  db: D1Database,
  provider: string,
  wanted: Wanted,
  terms: readonly string[],
  way: Way,
  begun: readonly string[] | undefined,
): Promise<InboxPage> {
  const [driver = ''] = terms
  const start = way === 'after' ? driver : `${driver}${END}`
  const [word = start, spelling = '', placedAt = '', reference = ''] = begun ?? []
  let place: FoundPlace = [word, spelling, placedAt, reference]
  let read: FoundPlace | undefined
  let isShort = false
  let counts: Counts | undefined
  const rows: FoundOrder[] = []
  for (const most of TURNS) {
    // One row more tells whether there is anything to go on to.
    const page = pageOfFound(db, provider, wanted, terms, way, place, most + 1)
    const results = await db.batch(counts ? [page] : [page, countsOf(db, provider, wanted.catalogue)])
    counts ??= countsIn(results[1])
    const found = (results[0]?.results ?? []) as FoundOrder[]
    rows.push(...found.slice(0, most).filter(({ again }) => !again))
    const last = found.slice(0, most).at(-1)
    if (last) read = place = placeOfFound(last)
    isShort = found.length > most
    if (!isShort || rows.length > PAGE) break
  }
  return { counts: counts ?? NONE, ...cut(rows, way, begun !== undefined, placeOfFound, { read, isShort }) }
}

function placeOfFound({ word, spelling, placedAt, reference }: FoundOrder): FoundPlace {
  return [word, spelling, placedAt, reference]
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
