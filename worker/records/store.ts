import type { KeptEntry, SealedEntry } from './chain.ts'

/** Something that was done, as the record keeps it. No personal data but who did it, by their id. */
export interface Entry {
  provider: string
  /** A person's id, `school` for who buys, or `system`. */
  actor: string
  /** Such as `order-accepted`. */
  action: string
  /** The reference or id of what it was done to. */
  subject: string
  detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** The statement that keeps an entry; it belongs into the batch of its fact. */
export function recordEntry(
  db: D1Database,
  { provider, actor, action, subject, detail = {} }: Entry,
  at: string,
): D1PreparedStatement {
  return db
    .prepare('INSERT INTO record (provider, actor, action, subject, detail, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)')
    .bind(provider, actor, action, subject, JSON.stringify(detail), at)
}

/** The end of the chain, once there is one. */
export async function endOfChain(db: D1Database): Promise<{ number: number; hash: string } | undefined> {
  const row = await db
    .prepare("SELECT number, hash FROM seal_end WHERE chain = 'record'")
    .first<{ number: number; hash: string }>()
  return row ?? undefined
}

/** Entries after a number, the oldest first. */
export async function entriesAfter(db: D1Database, number: number, most: number): Promise<KeptEntry[]> {
  const { results } = await db
    .prepare(
      `SELECT number, provider, actor, action, subject, detail, at
         FROM record WHERE number > ?1 ORDER BY number LIMIT ?2`,
    )
    .bind(number, most)
    .all<KeptEntry>()
  return results
}

/** Entries after a number with their links, the oldest first. */
export async function sealedEntriesAfter(db: D1Database, number: number, most: number): Promise<SealedEntry[]> {
  const { results } = await db
    .prepare(
      `SELECT r.number AS number, r.provider AS provider, r.actor AS actor, r.action AS action, r.subject AS subject,
              r.detail AS detail, r.at AS at, s.hash AS hash
         FROM record AS r LEFT JOIN seal AS s ON s.number = r.number
        WHERE r.number > ?1 ORDER BY r.number LIMIT ?2`,
    )
    .bind(number, most)
    .all<SealedEntry>()
  return results
}

/** Adds links to the chain, provided that it still ends where they begin. False where it does not. */
export async function keepLinks(
  db: D1Database,
  end: { number: number; hash: string } | undefined,
  links: readonly { number: number; hash: string }[],
): Promise<boolean> {
  const last = links.at(-1)
  if (!last) return true
  const [moved] = await db.batch([
    end
      ? db
          .prepare("UPDATE seal_end SET number = ?1, hash = ?2 WHERE chain = 'record' AND number = ?3 AND hash = ?4")
          .bind(last.number, last.hash, end.number, end.hash)
      : db
          .prepare(
            "INSERT INTO seal_end (chain, number, hash) VALUES ('record', ?1, ?2) ON CONFLICT (chain) DO NOTHING",
          )
          .bind(last.number, last.hash),
    db
      .prepare(
        `INSERT INTO seal (number, hash)
         SELECT value ->> 'number', value ->> 'hash' FROM json_each(?1)
          WHERE EXISTS (SELECT 1 FROM seal_end WHERE chain = 'record' AND number = ?2 AND hash = ?3)
         ON CONFLICT (number) DO NOTHING`,
      )
      .bind(JSON.stringify(links), last.number, last.hash),
  ])
  return moved?.meta.changes === 1
}

/** What a page of the record is asked for: entries before a number, of one person or of one kind. */
export interface Asked {
  before: number
  actor: string
  action: string
}

/** A page of a provider's record, the newest first, with who did it where a person did. */
export async function pageOfRecord(
  db: D1Database,
  provider: string,
  { before, actor, action }: Asked,
  most: number,
): Promise<(SealedEntry & { name: string | null; email: string | null })[]> {
  const { results } = await db
    .prepare(
      `SELECT r.number AS number, r.provider AS provider, r.actor AS actor, r.action AS action, r.subject AS subject,
              r.detail AS detail, r.at AS at, s.hash AS hash, p.name AS name, p.email AS email
         FROM record AS r
         LEFT JOIN seal AS s ON s.number = r.number
         LEFT JOIN person AS p ON p.id = r.actor
        WHERE r.provider = ?1 AND r.number < ?2 AND (?3 = '' OR r.actor = ?3) AND (?4 = '' OR r.action = ?4)
        ORDER BY r.number DESC LIMIT ?5`,
    )
    .bind(provider, before, actor, action, most)
    .all<SealedEntry & { name: string | null; email: string | null }>()
  return results
}
