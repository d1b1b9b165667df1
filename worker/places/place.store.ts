/** How many places a pool has, has lost, and has given. */
export interface Pool {
  pool: string
  most: number
  withdrawn: number
  taken: number
}

/** The pools of some names, as far as they are there. */
export async function poolsWith(
  db: D1Database,
  provider: string,
  pools: readonly string[],
): Promise<Map<string, Pool>> {
  if (pools.length === 0) return new Map()
  const { results } = await db
    .prepare(
      `SELECT q.pool AS pool, q.most AS most, q.withdrawn AS withdrawn, q.taken AS taken
         FROM json_each(?2) CROSS JOIN place_pool AS q ON q.provider = ?1 AND q.pool = json_each.value`,
    )
    .bind(provider, JSON.stringify(pools))
    .all<Pool>()
  return new Map(results.map((pool) => [pool.pool, pool]))
}

/** The pools of a term, from a name on, each with a case that has a place of it, and the last exclusion that its school made. */
export async function poolsOfTerm(
  db: D1Database,
  provider: string,
  term: string,
  after: string,
  most: number,
): Promise<(Pool & { referral: string | null; exclusion: string | null })[]> {
  const { results } = await db
    .prepare(
      `SELECT q.pool AS pool, q.most AS most, q.withdrawn AS withdrawn, q.taken AS taken,
              (SELECT p.referral FROM place AS p WHERE p.provider = q.provider AND p.pool = q.pool LIMIT 1) AS referral,
              (SELECT e.id FROM exclusion AS e INDEXED BY exclusion_school
                WHERE e.provider = q.provider AND e.school = substr(q.pool, -24) ORDER BY e.at DESC LIMIT 1) AS exclusion
         FROM place_pool AS q
        WHERE q.provider = ?1 AND q.pool > max(?2, ?3) AND q.pool < ?2 || char(1114111)
        ORDER BY q.pool LIMIT ?4`,
    )
    .bind(provider, `school:${term}:`, after, most)
    .all<Pool & { referral: string | null; exclusion: string | null }>()
  return results
}

/** The sealed cards of some referrals, to know their schools’ names. */
export async function cardsOf(
  db: D1Database,
  provider: string,
  referrals: readonly string[],
): Promise<{ id: string; master: number; wrapped: string; revision: number; text: string }[]> {
  const { results } = await db
    .prepare(
      `SELECT r.id AS id, k.master AS master, k.wrapped AS wrapped, s.revision AS revision, s.text AS text
         FROM json_each(?2)
         CROSS JOIN referral AS r ON r.id = json_each.value
         CROSS JOIN referral_key AS k ON k.referral = r.id
         CROSS JOIN sealed AS s ON s.referral = r.id AND s.name = 'card'
        WHERE r.provider = ?1`,
    )
    .bind(provider, JSON.stringify(referrals))
    .all<{ id: string; master: number; wrapped: string; revision: number; text: string }>()
  return results
}

/** An exclusion as it is kept. The school’s name is sealed. */
export interface KeptExclusion {
  id: string
  school: string
  schoolName: string
  term: string
  excludedOn: string
  notedBy: string
  noterName: string | null
  at: string
  takenBackAt: string | null
  /** How many places it withdraws, by pool, as JSON. */
  withdraws: string
  /** The key that opens the school’s name. */
  master: number | null
  wrapped: string | null
}

/** A provider’s exclusions before a place, the newest first. */
export async function exclusionsBefore(
  db: D1Database,
  provider: string,
  [at, id]: readonly [at: string, id: string],
  most: number,
): Promise<KeptExclusion[]> {
  const { results } = await db
    .prepare(
      `SELECT e.id AS id, e.school AS school, e.school_name AS schoolName, e.term AS term, e.excluded_on AS excludedOn,
              e.noted_by AS notedBy, p.name AS noterName, e.at AS at, e.taken_back_at AS takenBackAt, e.withdraws AS withdraws,
              k.master AS master, k.wrapped AS wrapped
         FROM exclusion AS e INDEXED BY exclusion_at LEFT JOIN person AS p ON p.id = e.noted_by
         LEFT JOIN referral_key AS k ON k.referral = 'exclusion:' || e.id
        WHERE e.provider = ?1 AND (e.at, e.id) < (?2, ?3)
        ORDER BY e.at DESC, e.id DESC LIMIT ?4`,
    )
    .bind(provider, at, id, most)
    .all<KeptExclusion>()
  return results
}

/** The names of the schools of some exclusions, sealed, and the keys that open them. */
export async function excludersOf(
  db: D1Database,
  provider: string,
  exclusions: readonly string[],
): Promise<Pick<KeptExclusion, 'id' | 'schoolName' | 'master' | 'wrapped'>[]> {
  const { results } = await db
    .prepare(
      `SELECT e.id AS id, e.school_name AS schoolName, k.master AS master, k.wrapped AS wrapped
         FROM json_each(?2)
         CROSS JOIN exclusion AS e ON e.provider = ?1 AND e.id = json_each.value
         CROSS JOIN referral_key AS k ON k.referral = 'exclusion:' || e.id`,
    )
    .bind(provider, JSON.stringify(exclusions))
    .all<Pick<KeptExclusion, 'id' | 'schoolName' | 'master' | 'wrapped'>>()
  return results
}

/** One exclusion. */
export async function exclusionWith(db: D1Database, provider: string, id: string): Promise<KeptExclusion | undefined> {
  const row = await db
    .prepare(
      `SELECT e.id AS id, e.school AS school, e.school_name AS schoolName, e.term AS term, e.excluded_on AS excludedOn,
              e.noted_by AS notedBy, p.name AS noterName, e.at AS at, e.taken_back_at AS takenBackAt, e.withdraws AS withdraws,
              k.master AS master, k.wrapped AS wrapped
         FROM exclusion AS e LEFT JOIN person AS p ON p.id = e.noted_by
         LEFT JOIN referral_key AS k ON k.referral = 'exclusion:' || e.id
        WHERE e.provider = ?1 AND e.id = ?2`,
    )
    .bind(provider, id)
    .first<KeptExclusion>()
  return row ?? undefined
}

/** The statements that keep an exclusion and withdraw its places. `most`: how many a pool has that is not there yet. */
export function keepExclusion(
  db: D1Database,
  provider: string,
  exclusion: Pick<KeptExclusion, 'id' | 'school' | 'term' | 'excludedOn' | 'notedBy' | 'at'>,
  schoolName: { text: string; key: { row: string; master: number; wrapped: string } | undefined },
  withdrawn: readonly { pool: string; most: number; places: number }[],
): D1PreparedStatement[] {
  const { id, school, term, excludedOn, notedBy, at } = exclusion
  const withdraws = Object.fromEntries(withdrawn.map(({ pool, places }) => [pool, places]))
  return [
    db
      .prepare(
        `INSERT INTO exclusion (provider, id, school, school_name, term, excluded_on, noted_by, at, taken_back_at, withdraws)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9)`,
      )
      .bind(provider, id, school, schoolName.text, term, excludedOn, notedBy, at, JSON.stringify(withdraws)),
    ...(schoolName.key
      ? [
          db
            .prepare('INSERT INTO referral_key (referral, master, wrapped) VALUES (?1, ?2, ?3)')
            .bind(schoolName.key.row, schoolName.key.master, schoolName.key.wrapped),
        ]
      : []),
    db
      .prepare(
        `INSERT INTO place_pool (provider, pool, most, withdrawn, taken)
         SELECT ?1, value ->> 'pool', value ->> 'most', value ->> 'places', 0 FROM json_each(?2) WHERE true
         ON CONFLICT (provider, pool) DO UPDATE SET withdrawn = withdrawn + excluded.withdrawn`,
      )
      .bind(provider, JSON.stringify(withdrawn)),
  ]
}

/** Takes an exclusion back, and gives its places back; neither, where that was done before. True where it was done now. */
export async function takeExclusionBack(
  db: D1Database,
  provider: string,
  id: string,
  at: string,
  entry: D1PreparedStatement,
): Promise<boolean> {
  const [, , done] = await db.batch([
    db
      .prepare(
        `UPDATE place_pool
            SET withdrawn = withdrawn - (SELECT json_each.value FROM exclusion AS e, json_each(e.withdraws)
                                          WHERE e.provider = ?1 AND e.id = ?2 AND json_each.key = place_pool.pool)
          WHERE provider = ?1 AND pool IN (SELECT json_each.key FROM exclusion AS e, json_each(e.withdraws)
                                            WHERE e.provider = ?1 AND e.id = ?2 AND e.taken_back_at IS NULL)`,
      )
      .bind(provider, id),
    entry,
    db
      .prepare('UPDATE exclusion SET taken_back_at = ?3 WHERE provider = ?1 AND id = ?2 AND taken_back_at IS NULL')
      .bind(provider, id, at),
  ])
  return (done?.meta.changes ?? 0) > 0
}

/** The statement that writes down that an exclusion was taken back, where it stands still. */
export function recordTakenBack(
  db: D1Database,
  { provider, actor, id, at }: { provider: string; actor: string; id: string; at: string },
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO record (provider, actor, action, subject, detail, at)
       SELECT ?1, ?2, 'exclusion-taken-back', e.id, json_object('term', e.term), ?4
         FROM exclusion AS e WHERE e.provider = ?1 AND e.id = ?3 AND e.taken_back_at IS NULL`,
    )
    .bind(provider, actor, id, at)
}
