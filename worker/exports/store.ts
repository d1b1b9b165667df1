import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderRequestBody, OrderStatus } from '../../catalogue/wire/order.ts'
import { recordEntry } from '../records/store.ts'

/** Which orders are downloaded; empty where any will do. `from` and `to` are the days on which they were placed. */
export interface Selection {
  state: OrderStatus | ''
  catalogue: string
  payment: string
  from: string
  to: string
}

/** An order to download. */
export interface ExportedOrder {
  reference: string
  status: OrderStatus
  placedOn: string
  placedAt: string
  catalogue: string
  version: number
  totalPence: number
  conditionalPence: number
  request: OrderRequestBody
  quote: Quote
  /** The day of its latest answer. */
  answeredOn: string | null
}

/** Up to `most` orders after a place in the list, the oldest first. */
export async function ordersToExport(
  db: D1Database,
  provider: string,
  { state, catalogue, payment, from, to }: Selection,
  after: { placedAt: string; reference: string },
  most: number,
): Promise<ExportedOrder[]> {
  const listed = await db
    .prepare(
      `SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, catalogue, version, total_pence AS totalPence
           FROM inbox
          WHERE provider = ?1 AND status = 'placed' AND ?2 IN ('', 'placed') AND (placed_at, reference) > (?3, ?4)
            AND ?5 IN ('', catalogue) AND ?6 IN ('', payment) AND (?7 = '' OR placed_on >= ?7) AND (?8 = '' OR placed_on <= ?8)
         UNION ALL
         SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, catalogue, version, total_pence AS totalPence
           FROM inbox
          WHERE provider = ?1 AND status = 'accepted' AND ?2 IN ('', 'accepted') AND (placed_at, reference) > (?3, ?4)
            AND ?5 IN ('', catalogue) AND ?6 IN ('', payment) AND (?7 = '' OR placed_on >= ?7) AND (?8 = '' OR placed_on <= ?8)
         UNION ALL
         SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, catalogue, version, total_pence AS totalPence
           FROM inbox
          WHERE provider = ?1 AND status = 'declined' AND ?2 IN ('', 'declined') AND (placed_at, reference) > (?3, ?4)
            AND ?5 IN ('', catalogue) AND ?6 IN ('', payment) AND (?7 = '' OR placed_on >= ?7) AND (?8 = '' OR placed_on <= ?8)
         UNION ALL
         SELECT reference, status, placed_on AS placedOn, placed_at AS placedAt, catalogue, version, total_pence AS totalPence
           FROM inbox
          WHERE provider = ?1 AND status = 'cancelled' AND ?2 IN ('', 'cancelled') AND (placed_at, reference) > (?3, ?4)
            AND ?5 IN ('', catalogue) AND ?6 IN ('', payment) AND (?7 = '' OR placed_on >= ?7) AND (?8 = '' OR placed_on <= ?8)
          ORDER BY placedAt, reference LIMIT ?9`,
    )
    .bind(provider, state, after.placedAt, after.reference, catalogue, payment, from, to, most)
    .all<Omit<ExportedOrder, 'request' | 'quote' | 'answeredOn' | 'conditionalPence'>>()
  const { results } = await db
    .prepare(
      `SELECT reference, conditional_pence AS conditionalPence, request, quote,
              (SELECT done_on FROM order_entry WHERE reference = o.reference AND kind IN ('accepted', 'declined')
                ORDER BY number DESC LIMIT 1) AS answeredOn
         FROM "order" AS o WHERE reference IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(listed.results.map(({ reference }) => reference)))
    .all<{ reference: string; conditionalPence: number; request: string; quote: string; answeredOn: string | null }>()
  const details = new Map(results.map((row) => [row.reference, row]))
  return listed.results.flatMap((row) => {
    const found = details.get(row.reference)
    if (!found) return []
    const { request, quote, conditionalPence, answeredOn } = found
    return [{ ...row, conditionalPence, answeredOn, request: JSON.parse(request), quote: JSON.parse(quote) }]
  })
}

/** How many orders a provider has in some states and years at most: what a download could come to. */
export async function ordersCounted(
  db: D1Database,
  provider: string,
  { state, catalogue, from, to }: Selection,
): Promise<number> {
  const row = await db
    .prepare(
      `SELECT coalesce(sum(orders), 0) AS orders FROM order_tally
        WHERE provider = ?1 AND ?2 IN ('', status) AND ?3 IN ('', catalogue)
          AND (?4 = '' OR month >= substr(?4, 1, 7)) AND (?5 = '' OR month <= substr(?5, 1, 7))`,
    )
    .bind(provider, state, catalogue, from, to)
    .first<{ orders: number }>()
  return row?.orders ?? 0
}

/** A version of a catalogue, for the names that it gives to what was ordered. */
export async function catalogueOf(
  db: D1Database,
  provider: string,
  catalogue: string,
  version: number,
): Promise<Catalogue | undefined> {
  const row = await db
    .prepare('SELECT document FROM catalogue_version WHERE provider = ?1 AND catalogue = ?2 AND version = ?3')
    .bind(provider, catalogue, version)
    .first<{ document: string }>()
  return row ? JSON.parse(row.document) : undefined
}

/** Writes down that somebody downloads something, and by which filters. */
export async function recordExport(
  db: D1Database,
  { provider, actor, at }: { provider: string; actor: string; at: string },
  subject: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await recordEntry(db, { provider, actor, action: 'exported', subject, detail }, at).run()
}
