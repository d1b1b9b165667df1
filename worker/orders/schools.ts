import * as z from 'zod/mini'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { id } from '../../catalogue/schema/text.ts'
import type { OrderStatus } from '../../catalogue/wire/order.ts'
import { readPlace, writtenPlace } from './place-in-list.ts'
import { type HoldingRow, pageOfSchools, pageOfSchoolsFound } from './schools.store.ts'
import { identityOf } from './spelling.ts'
import { termsIn } from './terms.ts'

/** How many schools a page lists, each with all its orders of the year, and how many of their orders a search reads for one. */
const PAGE = 20
const ROWS = 80

/** Which schools somebody looks for. */
export const schoolsQuery = z.object({
  catalogue: z._default(z.union([z.literal(''), id]), ''),
  words: z._default(z.string().check(z.trim(), z.maxLength(200, 'too-long')), ''),
  after: z._default(z.string().check(z.maxLength(2_000, 'too-long')), ''),
})

/** Something that a school holds. `shared`: with the other schools of its cluster. */
interface Held {
  offer: string
  option?: string
  name: string
  quantity: number
  shared: boolean
}

/** What a school holds in a year, by orders that were not turned down. */
export interface HoldingSchool {
  name: string
  urn: string | null
  number: string | null
  district: string | null
  orders: { reference: string; status: OrderStatus; placedOn: string; schools: number; pence: number }[]
  offers: Held[]
  /** Its share of what its orders come to. */
  pence: number
  /** Support of its own, and what it shares with the other schools of a cluster. */
  leastMinutes: number
  mostMinutes: number
  sharedLeastMinutes: number
  sharedMostMinutes: number
}

/** Lists what each school holds in a year: by the alphabet, or those that a search finds. */
export async function schoolsPage(
  db: D1Database,
  provider: string,
  { catalogue, words, after }: z.infer<typeof schoolsQuery>,
  document: Catalogue | undefined,
): Promise<{ catalogue: string; schools: HoldingSchool[]; next: string | null }> {
  const place = readPlace(after, 'after') ?? []
  const terms = termsIn({ words })
  if (terms.length > 0) {
    const [word = terms[0] ?? '', spelling = ''] = place
    const rows = await pageOfSchoolsFound(db, provider, catalogue, terms, [word, spelling], ROWS)
    const { shown, next } = wholeSchools(rows)
    return { catalogue, schools: grouped(shown, ({ spelling: one }) => identityOf(one), document), next }
  }
  const { rows, next } = await pageOfSchools(db, provider, catalogue, place[0] ?? '', PAGE)
  return {
    catalogue,
    schools: grouped(rows, ({ place: school }) => school, document),
    next: next === null ? null : writtenPlace([next]),
  }
}

/** So many of the rows found as make whole schools, a page at most, and where the next page begins. */
function wholeSchools(rows: readonly HoldingRow[]): { shown: readonly HoldingRow[]; next: string | null } {
  const starts = rows.flatMap(({ spelling }, index) => (spelling === rows[index - 1]?.spelling ? [] : [index]))
  // Whether the last school is whole is not known where the rows were cut off; a school with that many orders is shown as it is.
  const cutOff = rows.length < ROWS ? undefined : starts.at(-1) || rows.length
  const end = starts[PAGE] ?? cutOff
  const last = end === undefined ? undefined : rows[end - 1]
  return { shown: rows.slice(0, end), next: last ? writtenPlace([last.place, last.spelling]) : null }
}

function grouped(
  rows: readonly HoldingRow[],
  keyOf: (row: HoldingRow) => string,
  document: Catalogue | undefined,
): HoldingSchool[] {
  const schools = new Map<string, HoldingRow[]>()
  for (const row of rows) {
    const known = schools.get(keyOf(row))
    if (known) known.push(row)
    else schools.set(keyOf(row), [row])
  }
  return [...schools.values()].flatMap((held) => {
    const latest = held.toSorted((a, b) => (a.placedAt < b.placedAt ? -1 : 1)).at(-1)
    return latest ? [schoolOf(latest, held, document)] : []
  })
}

/** A school as its latest order writes it, with what all of them bring. */
function schoolOf(
  { name, urn, number, district }: HoldingRow,
  rows: readonly HoldingRow[],
  document: Catalogue | undefined,
): HoldingSchool {
  const sum = (of: (row: HoldingRow) => number, among = rows) => among.reduce((total, row) => total + of(row), 0)
  const own = rows.filter(({ schools }) => schools === 1)
  const shared = rows.filter(({ schools }) => schools > 1)
  return {
    name,
    urn,
    number,
    district,
    orders: rows.map(({ reference, status, placedOn, schools, pence }) => ({
      reference,
      status,
      placedOn,
      schools,
      pence,
    })),
    offers: offersIn(rows, document),
    pence: sum(({ pence }) => pence),
    leastMinutes: sum(({ leastMinutes }) => leastMinutes, own),
    mostMinutes: sum(({ mostMinutes }) => mostMinutes, own),
    sharedLeastMinutes: sum(({ leastMinutes }) => leastMinutes, shared),
    sharedMostMinutes: sum(({ mostMinutes }) => mostMinutes, shared),
  }
}

/** Everything that the orders bring, each offer and option once, with the names that the year's catalogue has for them. */
function offersIn(rows: readonly HoldingRow[], document: Catalogue | undefined): Held[] {
  const all = new Map<string, Held>()
  for (const { schools, offers } of rows) {
    const lines: { offer: string; option?: string; quantity: number }[] = JSON.parse(offers)
    for (const { offer, option, quantity } of lines) {
      const key = `${offer} ${option ?? ''} ${schools > 1}`
      const known = all.get(key)
      if (known) known.quantity += quantity
      else
        all.set(key, {
          offer,
          ...(option === undefined ? {} : { option }),
          name: nameOf(document, offer, option),
          quantity,
          shared: schools > 1,
        })
    }
  }
  return [...all.values()]
}

function nameOf(document: Catalogue | undefined, id: string, option: string | undefined): string {
  const offer = document?.offers.find((one) => one.id === id)
  const name = offer?.name ?? id
  if (option === undefined) return name
  return `${name}, ${offer?.options?.find((one) => one.id === option)?.name ?? option}`
}
