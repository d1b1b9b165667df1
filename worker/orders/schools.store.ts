import type { OrderStatus } from '../../catalogue/wire/order.ts'
import { MOST_TERMS } from './terms.ts'

/** What a school holds by one order. */
export interface HoldingRow {
  /** What the school is sorted by in its year; of a search, the word that found it. */
  place: string
  spelling: string
  reference: string
  status: OrderStatus
  placedOn: string
  placedAt: string
  name: string
  urn: string | null
  number: string | null
  district: string | null
  /** How many schools the order is for, and this one's share of the total. */
  schools: number
  pence: number
  /** A list of offer, option and quantity, as JSON. */
  offers: string
  leastMinutes: number
  mostMinutes: number
}

/** What a year's schools hold by orders that were not turned down: up to `most` schools after one, by the alphabet; and the last of them, if there are more. */
export async function pageOfSchools(
  db: D1Database,
  provider: string,
  catalogue: string,
  after: string,
  most: number,
): Promise<{ rows: HoldingRow[]; next: string | null }> {
  const [rows, next] = await db.batch([
    db
      .prepare(
        `SELECT y.school AS place, y.spelling AS spelling, h.reference AS reference, h.status AS status, h.placed_on AS placedOn,
                h.placed_at AS placedAt, h.name AS name, h.urn AS urn, h.school_number AS number, h.district AS district,
                h.schools AS schools, h.pence AS pence, h.offers AS offers, h.least_minutes AS leastMinutes, h.most_minutes AS mostMinutes
           FROM school_year AS y
           CROSS JOIN holding AS h ON h.provider = ?1 AND h.spelling = y.spelling AND h.catalogue = ?2 AND h.status IN ('placed', 'accepted')
          WHERE y.provider = ?1 AND y.catalogue = ?2 AND y.school > ?3
            AND y.school < coalesce(
              (SELECT DISTINCT school FROM school_year WHERE provider = ?1 AND catalogue = ?2 AND school > ?3
                ORDER BY school LIMIT 1 OFFSET ?4), char(1114111))
          ORDER BY y.school, y.spelling, h.placed_at, h.reference`,
      )
      .bind(provider, catalogue, after, most),
    db
      .prepare(
        `SELECT DISTINCT school FROM school_year WHERE provider = ?1 AND catalogue = ?2 AND school > ?3
          ORDER BY school LIMIT 2 OFFSET ?4`,
      )
      .bind(provider, catalogue, after, most - 1),
  ])
  const [last, another] = (next?.results ?? []) as { school: string }[]
  return { rows: (rows?.results ?? []) as unknown as HoldingRow[], next: another ? (last?.school ?? null) : null }
}

/** The same of schools that a search finds, by the word and the spelling that found them: up to `most` rows from a place on, one order each. */
export async function pageOfSchoolsFound(
  db: D1Database,
  provider: string,
  catalogue: string,
  [first = '', ...others]: readonly string[],
  [word, spelling]: readonly [string, string],
  most: number,
): Promise<HoldingRow[]> {
  const further = Array.from({ length: MOST_TERMS - 1 }, (_, index) => {
    const term = others[index]
    return term === undefined ? '' : ` ${term}`
  })
  const { results } = await db
    .prepare(
      `SELECT w.word AS place, w.spelling AS spelling, h.reference AS reference, h.status AS status, h.placed_on AS placedOn,
              h.placed_at AS placedAt, h.name AS name, h.urn AS urn, h.school_number AS number, h.district AS district,
              h.schools AS schools, h.pence AS pence, h.offers AS offers, h.least_minutes AS leastMinutes, h.most_minutes AS mostMinutes
         FROM school_word AS w
         CROSS JOIN holding AS h ON h.provider = ?1 AND h.spelling = w.spelling AND h.catalogue = ?3 AND h.status IN ('placed', 'accepted')
        WHERE w.provider = ?1 AND (w.word, w.spelling) > (?4, ?5) AND w.word < ?2 || char(1114111)
          AND substr(w.spelling || ' ', instr(' ' || w.spelling, ' ' || ?2), length(w.word) + 1) IN (w.word || ' ', w.word || '|')
          AND instr(' ' || w.spelling, ?7) > 0 AND instr(' ' || w.spelling, ?8) > 0 AND instr(' ' || w.spelling, ?9) > 0
          AND instr(' ' || w.spelling, ?10) > 0 AND instr(' ' || w.spelling, ?11) > 0
        ORDER BY w.word, w.spelling, h.placed_at, h.reference LIMIT ?6`,
    )
    .bind(provider, first, catalogue, word, spelling, most, ...further)
    .all<HoldingRow>()
  return results
}
