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

/** How a case on a waiting list was moved last since it has stood there, and the sealed reason. */
export interface MovedRow {
  referral: string
  reference: string
  number: number
  on: string
  by: string | null
  from: number
  to: number
  master: number
  wrapped: string
  /** Null where no reason is kept. */
  revision: number | null
  text: string | null
}

/** How the cases on a provider’s waiting lists were moved, of those whose permission holds on a day; of one pathway where it is named. */
export async function movedOnLists(
  db: D1Database,
  provider: string,
  pathway: string,
  { today, most }: { today: string; most: number },
): Promise<MovedRow[]> {
  const { results } = await db
    .prepare(
      `SELECT w.referral AS referral, r.reference AS reference, e.number AS number, e.happened_on AS "on", iif(p.name = '', p.email, p.name) AS "by",
              e.detail ->> 'from' AS "from", e.detail ->> 'to' AS "to", k.master AS master, k.wrapped AS wrapped, s.revision AS revision, s.text AS text
         FROM waiting_place AS w
         CROSS JOIN referral AS r ON r.id = w.referral
         CROSS JOIN case_event AS e ON e.referral = w.referral AND e.number = (
           SELECT max(o.number) FROM case_event AS o WHERE o.referral = w.referral AND o.kind = 'waiting-list'
              AND o.number > (SELECT max(i.number) FROM case_event AS i WHERE i.referral = w.referral AND i.kind = 'entered'))
         CROSS JOIN referral_key AS k ON k.referral = w.referral
         LEFT JOIN sealed AS s ON s.referral = w.referral AND s.name = 'event:' || e.number
         LEFT JOIN person AS p ON p.id = e.actor
        WHERE w.provider = ?1 AND (?2 = '' OR w.pathway = ?2) AND r.held_until >= ?3
        LIMIT ?4`,
    )
    .bind(provider, pathway, today, most)
    .all<MovedRow>()
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
