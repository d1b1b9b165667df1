import type { OrderStatus } from '../../catalogue/wire/order.ts'

/** A month of a year: what came in, and the support that it buys. */
export interface Month {
  /** `2024-04` */
  month: string
  orders: number
  pence: number
  leastMinutes: number
  mostMinutes: number
}

/** What the first page says of a provider. */
export interface Glance {
  counts: Record<OrderStatus, number>
  /** The day of the oldest order that waits for an answer. */
  oldestWaiting: string | null
  drafts: { id: string; title: string; updatedAt: string; updatedBy: string; name: string | null }[]
  scheduled: { catalogue: string; version: number; from: string }[]
  lettersInTrouble: { failed: number; unaddressed: number }
  /** The months of a year in which orders came in that were not turned down. */
  months: Month[]
  years: string[]
}

/** Letters in trouble are counted up to this many: nobody reads further, and the count stays as quick. */
export const MOST_COUNTED = 100

/** What waits at a provider on a day, and how one of its years goes, in one round trip. Letters that invite are counted for those who invite, those about referrals for those who run these. */
export async function glanceAt(
  db: D1Database,
  provider: string,
  { year, today, invites, runs }: { year: string; today: string; invites: boolean; runs: boolean },
): Promise<Glance> {
  const [counts, oldest, drafts, scheduled, letters, months, years] = await db.batch([
    db
      .prepare(
        `SELECT coalesce(sum(orders) FILTER (WHERE status = 'placed'), 0) AS placed,
                coalesce(sum(orders) FILTER (WHERE status = 'accepted'), 0) AS accepted,
                coalesce(sum(orders) FILTER (WHERE status = 'declined'), 0) AS declined,
                coalesce(sum(orders) FILTER (WHERE status = 'cancelled'), 0) AS cancelled
           FROM order_tally WHERE provider = ?1`,
      )
      .bind(provider),
    db
      .prepare(
        `SELECT placed_on AS placedOn FROM inbox
          WHERE provider = ?1 AND status = 'placed' ORDER BY placed_at, reference LIMIT 1`,
      )
      .bind(provider),
    db
      .prepare(
        `SELECT d.id AS id, d.title AS title, d.updated_at AS updatedAt, d.updated_by AS updatedBy, p.name AS name
           FROM draft AS d LEFT JOIN person AS p ON p.id = d.updated_by
          WHERE d.provider = ?1 AND d.state = 'open' LIMIT 100`,
      )
      .bind(provider),
    db
      .prepare(
        `SELECT catalogue, version, from_on AS "from" FROM publication
          WHERE provider = ?1 AND taken_back_at IS NULL AND from_on > ?2 ORDER BY catalogue, version`,
      )
      .bind(provider, today),
    db
      .prepare(
        `SELECT state FROM letter INDEXED BY letter_in_trouble
          WHERE provider = ?1 AND state IN ('failed', 'unaddressed') AND replaced_by IS NULL AND about <> ''
            AND (about <> 'invitation' OR ?3 AND EXISTS (
                  SELECT 1 FROM person AS p JOIN membership AS m ON m.provider = ?1 AND m.person = p.id
                   WHERE p.email = letter.recipient AND m.signed_in_at IS NULL AND coalesce(m.told_at, '') <= letter.written_at))
            AND (letter.referral IS NULL OR ?4 AND EXISTS (SELECT 1 FROM referral AS r WHERE r.id = letter.referral AND r.status <> 'draft'))
          LIMIT ?2`,
      )
      .bind(provider, MOST_COUNTED, invites ? 1 : 0, runs ? 1 : 0),
    db
      .prepare(
        `SELECT month, sum(orders) AS orders, sum(pence) AS pence, sum(least_minutes) AS leastMinutes, sum(most_minutes) AS mostMinutes
           FROM order_tally WHERE provider = ?1 AND catalogue = ?2 AND status IN ('placed', 'accepted')
          GROUP BY month ORDER BY month`,
      )
      .bind(provider, year),
    db
      .prepare('SELECT DISTINCT catalogue FROM catalogue_version WHERE provider = ?1 ORDER BY catalogue DESC')
      .bind(provider),
  ])
  const rowsOf = <Row>(result: D1Result | undefined) => (result?.results ?? []) as Row[]
  const troubles = rowsOf<{ state: string }>(letters).map(({ state }) => state)
  return {
    counts: rowsOf<Glance['counts']>(counts)[0] ?? { placed: 0, accepted: 0, declined: 0, cancelled: 0 },
    oldestWaiting: rowsOf<{ placedOn: string }>(oldest)[0]?.placedOn ?? null,
    drafts: rowsOf(drafts),
    scheduled: rowsOf(scheduled),
    lettersInTrouble: {
      failed: troubles.filter((state) => state === 'failed').length,
      unaddressed: troubles.filter((state) => state !== 'failed').length,
    },
    months: rowsOf(months),
    years: rowsOf<{ catalogue: string }>(years).map(({ catalogue }) => catalogue),
  }
}
