import type { OrderStatus } from '../../catalogue/wire/order.ts'
import { MOST_TERMS } from './terms.ts'

/** An order as the inbox lists it. */
export interface ListedOrder {
  reference: string
  status: OrderStatus
  placedOn: string
  placedAt: string
  schoolName: string
  /** How many schools buy together. */
  schools: number
  totalPence: number
  catalogue: string
  version: number
  payment: string
}

/** Which orders are listed; empty where any will do. */
export interface Wanted {
  state: OrderStatus | ''
  catalogue: string
}

/** Which way a list goes on from a place in it. */
export type Way = 'after' | 'before'

/** Up to `most` orders from a place in the list on, the newest first; `before` it, the oldest first. */
export function pageOfOrders(
  db: D1Database,
  provider: string,
  { state, catalogue }: Wanted,
  way: Way,
  [placedAt, reference]: readonly [string, string],
  most: number,
): D1PreparedStatement {
  // Each state is read in the order of its own index and the four are merged: nothing is sorted, and no more is read than is shown.
  const place = [provider, state, placedAt, reference, most]
  if (catalogue === '') return (way === 'after' ? ordersAfter(db) : ordersBefore(db)).bind(...place)
  return (way === 'after' ? ordersOfYearAfter(db) : ordersOfYearBefore(db)).bind(...place, catalogue)
}

function ordersAfter(db: D1Database): D1PreparedStatement {
  return db.prepare(
    `SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'placed' AND ?2 IN ('', 'placed') AND (placed_at, reference) < (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'accepted' AND ?2 IN ('', 'accepted') AND (placed_at, reference) < (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'declined' AND ?2 IN ('', 'declined') AND (placed_at, reference) < (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'cancelled' AND ?2 IN ('', 'cancelled') AND (placed_at, reference) < (?3, ?4)
        ORDER BY placedAt DESC, reference DESC LIMIT ?5`,
  )
}

function ordersBefore(db: D1Database): D1PreparedStatement {
  return db.prepare(
    `SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'placed' AND ?2 IN ('', 'placed') AND (placed_at, reference) > (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'accepted' AND ?2 IN ('', 'accepted') AND (placed_at, reference) > (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'declined' AND ?2 IN ('', 'declined') AND (placed_at, reference) > (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox
        WHERE provider = ?1 AND status = 'cancelled' AND ?2 IN ('', 'cancelled') AND (placed_at, reference) > (?3, ?4)
        ORDER BY placedAt ASC, reference ASC LIMIT ?5`,
  )
}

function ordersOfYearAfter(db: D1Database): D1PreparedStatement {
  return db.prepare(
    `SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'placed' AND ?2 IN ('', 'placed') AND (placed_at, reference) < (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'accepted' AND ?2 IN ('', 'accepted') AND (placed_at, reference) < (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'declined' AND ?2 IN ('', 'declined') AND (placed_at, reference) < (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'cancelled' AND ?2 IN ('', 'cancelled') AND (placed_at, reference) < (?3, ?4)
        ORDER BY placedAt DESC, reference DESC LIMIT ?5`,
  )
}

function ordersOfYearBefore(db: D1Database): D1PreparedStatement {
  return db.prepare(
    `SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'placed' AND ?2 IN ('', 'placed') AND (placed_at, reference) > (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'accepted' AND ?2 IN ('', 'accepted') AND (placed_at, reference) > (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'declined' AND ?2 IN ('', 'declined') AND (placed_at, reference) > (?3, ?4)
       UNION ALL
       SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, school_name AS schoolName, schools,
              total_pence AS totalPence, catalogue, version, payment
         FROM inbox INDEXED BY inbox_catalogue
        WHERE provider = ?1 AND catalogue = ?6 AND status = 'cancelled' AND ?2 IN ('', 'cancelled') AND (placed_at, reference) > (?3, ?4)
        ORDER BY placedAt ASC, reference ASC LIMIT ?5`,
  )
}

/** Up to `most` orders whose references begin alike, from a reference on by the alphabet; `before` it, backwards. */
export function pageOfReferences(
  db: D1Database,
  provider: string,
  { state, catalogue }: Wanted,
  beginning: string,
  way: Way,
  reference: string,
  most: number,
): D1PreparedStatement {
  const statement =
    way === 'after'
      ? db.prepare(
          `SELECT i.reference AS reference, i.status AS status, i.placed_on AS placedOn, i.placed_at AS placedAt, i.school_name AS schoolName,
              i.schools AS schools, i.total_pence AS totalPence, i.catalogue AS catalogue, i.version AS version, i.payment AS payment
         FROM "order" AS o INDEXED BY order_reference
         CROSS JOIN inbox AS i ON i.provider = ?1 AND i.status = o.status AND i.placed_at = o.placed_at AND i.reference = o.reference
        WHERE o.provider = ?1 AND o.reference >= ?2 AND o.reference < ?2 || char(1114111) AND o.reference > ?3
          AND ?4 IN ('', i.status) AND ?5 IN ('', i.catalogue)
        ORDER BY o.reference LIMIT ?6`,
        )
      : db.prepare(
          `SELECT i.reference AS reference, i.status AS status, i.placed_on AS placedOn, i.placed_at AS placedAt, i.school_name AS schoolName,
              i.schools AS schools, i.total_pence AS totalPence, i.catalogue AS catalogue, i.version AS version, i.payment AS payment
         FROM "order" AS o INDEXED BY order_reference
         CROSS JOIN inbox AS i ON i.provider = ?1 AND i.status = o.status AND i.placed_at = o.placed_at AND i.reference = o.reference
        WHERE o.provider = ?1 AND o.reference >= ?2 AND o.reference < ?2 || char(1114111) AND o.reference < ?3
          AND ?4 IN ('', i.status) AND ?5 IN ('', i.catalogue)
        ORDER BY o.reference DESC LIMIT ?6`,
        )
  return statement.bind(provider, beginning, reference, state, catalogue, most)
}

/** An order found by its school, the word and spelling that found it, and whether another of its schools stands further up. */
export type FoundOrder = ListedOrder & { word: string; spelling: string; again: 0 | 1 }

/** A place in what a search found. */
export type FoundPlace = readonly [word: string, spelling: string, placedAt: string, reference: string]

/**
 * Up to `most` orders of schools that have a word beginning with the first term and one with each of the others, by the word, the school and the
 * newest first. A school with two such words is found by the first of them alone; of schools that buy together each is found.
 */
export function pageOfFound(
  db: D1Database,
  provider: string,
  { state, catalogue }: Wanted,
  [first = '', ...others]: readonly string[],
  way: Way,
  place: FoundPlace,
  most: number,
): D1PreparedStatement {
  // Where no order is in the state that is asked for, the range of words is empty and nothing is read.
  const statement =
    way === 'after'
      ? db.prepare(
          `SELECT w.word AS word, w.spelling AS spelling, h.reference AS reference, h.status AS status, h.placed_on AS placedOn,
              h.placed_at AS placedAt, h.school_name AS schoolName, h.schools AS schools, h.total_pence AS totalPence, h.catalogue AS catalogue,
              h.version AS version, h.payment AS payment,
              h.schools > 1 AND EXISTS (
                SELECT 1 FROM (
                  SELECT e.spelling AS spelling, substr(e.spelling, instr(' ' || e.spelling, ' ' || ?2)) AS rest
                    FROM holding AS e INDEXED BY holding_reference
                   WHERE e.reference = h.reference AND instr(' ' || e.spelling, ' ' || ?2) BETWEEN 1 AND instr(e.spelling, '|')
                     AND instr(' ' || e.spelling, ?10) > 0 AND instr(' ' || e.spelling, ?11) > 0 AND instr(' ' || e.spelling, ?12) > 0
                     AND instr(' ' || e.spelling, ?13) > 0 AND instr(' ' || e.spelling, ?14) > 0
                ) WHERE (substr(rest, 1, instr(replace(rest, '|', ' '), ' ') - 1), spelling) < (w.word, w.spelling)
              ) AS again
         FROM school_word AS w
         CROSS JOIN holding AS h ON h.provider = ?1 AND h.spelling = w.spelling
        WHERE w.provider = ?1 AND (w.word, w.spelling) >= (?3, ?4) 
          AND w.word < iif(?7 = '' OR EXISTS (SELECT 1 FROM inbox WHERE provider = ?1 AND status = ?7), ?2 || char(1114111), '')
          AND substr(w.spelling || ' ', instr(' ' || w.spelling, ' ' || ?2), length(w.word) + 1) IN (w.word || ' ', w.word || '|')
          AND instr(' ' || w.spelling, ?10) > 0 AND instr(' ' || w.spelling, ?11) > 0 AND instr(' ' || w.spelling, ?12) > 0
          AND instr(' ' || w.spelling, ?13) > 0 AND instr(' ' || w.spelling, ?14) > 0
          AND ((w.word, w.spelling) > (?3, ?4) OR (h.placed_at, h.reference) < (?5, ?6))
          AND ?7 IN ('', h.status) AND ?8 IN ('', h.catalogue)
        ORDER BY w.word, w.spelling, h.placed_at DESC, h.reference DESC LIMIT ?9`,
        )
      : db.prepare(
          `SELECT w.word AS word, w.spelling AS spelling, h.reference AS reference, h.status AS status, h.placed_on AS placedOn,
              h.placed_at AS placedAt, h.school_name AS schoolName, h.schools AS schools, h.total_pence AS totalPence, h.catalogue AS catalogue,
              h.version AS version, h.payment AS payment,
              h.schools > 1 AND EXISTS (
                SELECT 1 FROM (
                  SELECT e.spelling AS spelling, substr(e.spelling, instr(' ' || e.spelling, ' ' || ?2)) AS rest
                    FROM holding AS e INDEXED BY holding_reference
                   WHERE e.reference = h.reference AND instr(' ' || e.spelling, ' ' || ?2) BETWEEN 1 AND instr(e.spelling, '|')
                     AND instr(' ' || e.spelling, ?10) > 0 AND instr(' ' || e.spelling, ?11) > 0 AND instr(' ' || e.spelling, ?12) > 0
                     AND instr(' ' || e.spelling, ?13) > 0 AND instr(' ' || e.spelling, ?14) > 0
                ) WHERE (substr(rest, 1, instr(replace(rest, '|', ' '), ' ') - 1), spelling) < (w.word, w.spelling)
              ) AS again
         FROM school_word AS w
         CROSS JOIN holding AS h ON h.provider = ?1 AND h.spelling = w.spelling
        WHERE w.provider = ?1 AND (w.word, w.spelling) <= (?3, ?4) 
          AND w.word >= iif(?7 = '' OR EXISTS (SELECT 1 FROM inbox WHERE provider = ?1 AND status = ?7), ?2, char(1114111))
          AND substr(w.spelling || ' ', instr(' ' || w.spelling, ' ' || ?2), length(w.word) + 1) IN (w.word || ' ', w.word || '|')
          AND instr(' ' || w.spelling, ?10) > 0 AND instr(' ' || w.spelling, ?11) > 0 AND instr(' ' || w.spelling, ?12) > 0
          AND instr(' ' || w.spelling, ?13) > 0 AND instr(' ' || w.spelling, ?14) > 0
          AND ((w.word, w.spelling) < (?3, ?4) OR (h.placed_at, h.reference) > (?5, ?6))
          AND ?7 IN ('', h.status) AND ?8 IN ('', h.catalogue)
        ORDER BY w.word DESC, w.spelling DESC, h.placed_at, h.reference LIMIT ?9`,
        )
  const further = Array.from({ length: MOST_TERMS - 1 }, (_, index) => {
    const term = others[index]
    return term === undefined ? '' : ` ${term}`
  })
  return statement.bind(provider, first, ...place, state, catalogue, most, ...further)
}

/** How many of a provider's orders are in each state, in one year or in all. */
export type Counts = Record<OrderStatus, number>

/** Counts a provider's orders by state. */
export function countsOf(db: D1Database, provider: string, catalogue: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT coalesce(sum(orders) FILTER (WHERE status = 'placed'), 0) AS placed,
              coalesce(sum(orders) FILTER (WHERE status = 'accepted'), 0) AS accepted,
              coalesce(sum(orders) FILTER (WHERE status = 'declined'), 0) AS declined,
              coalesce(sum(orders) FILTER (WHERE status = 'cancelled'), 0) AS cancelled
         FROM order_tally WHERE provider = ?1 AND (?2 = '' OR catalogue = ?2)`,
    )
    .bind(provider, catalogue)
}
