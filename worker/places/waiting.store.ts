/** A case on a waiting list. */
export interface WaitingRow {
  pathway: string
  referral: string
  reference: string
  since: string
}

/** Everybody who waits at a provider for a place of a pathway, in order; of every pathway where none is named. */
export async function waitingOf(db: D1Database, provider: string, pathway: string): Promise<WaitingRow[]> {
  const { results } = await db
    .prepare(
      `SELECT w.pathway AS pathway, w.referral AS referral, r.reference AS reference, w.since_on AS since
         FROM waiting_place AS w CROSS JOIN referral AS r ON r.id = w.referral
        WHERE w.provider = ?1 AND (?2 = '' OR w.pathway = ?2)
        ORDER BY w.pathway, w.position`,
    )
    .bind(provider, pathway)
    .all<WaitingRow>()
  return results
}

/** How many wait at a provider for a place of a pathway. */
export async function howManyWait(db: D1Database, provider: string, pathway: string): Promise<number> {
  const row = await db
    .prepare('SELECT count(*) AS waiting FROM waiting_place WHERE provider = ?1 AND pathway = ?2')
    .bind(provider, pathway)
    .first<{ waiting: number }>()
  return row?.waiting ?? 0
}

/** The statements that move a case to the place before another, or to the end: whatever order stands by then, it stays one. */
export function moveInList(
  db: D1Database,
  provider: string,
  pathway: string,
  referral: string,
  before: string | null,
): D1PreparedStatement[] {
  if (before === null)
    return [
      db
        .prepare(
          `UPDATE waiting_place
              SET position = (SELECT max(position) FROM waiting_place WHERE provider = ?1 AND pathway = ?2) + 1
            WHERE referral = ?3 AND provider = ?1 AND pathway = ?2`,
        )
        .bind(provider, pathway, referral),
    ]
  return [
    db
      .prepare(
        `UPDATE waiting_place SET position = position + 1
          WHERE provider = ?1 AND pathway = ?2 AND position >= (SELECT position FROM waiting_place WHERE referral = ?3)`,
      )
      .bind(provider, pathway, before),
    db
      .prepare(
        `UPDATE waiting_place SET position = (SELECT position FROM waiting_place WHERE referral = ?3) - 1
          WHERE referral = ?4 AND provider = ?1 AND pathway = ?2`,
      )
      .bind(provider, pathway, before, referral),
  ]
}
