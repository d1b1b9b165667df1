import type { Role } from '../../catalogue/wire/roles.ts'

/** A session, whose it is, and what they are at one provider. */
export interface SignedIn {
  session: string
  person: string
  email: string
  name: string
  seenAt: string
  endsAt: string
  /** Null where they are nothing there. */
  role: Role | null
  /** When they last signed in after they had come in there; null where they have not come in yet. */
  arrivedAt: string | null
}

/** The session that a secret's hash belongs to, and its person's role at a provider. */
export async function sessionWith(db: D1Database, secretHash: string, provider: string): Promise<SignedIn | undefined> {
  const row = await db
    .prepare(
      `SELECT s.id AS session, p.id AS person, p.email AS email, p.name AS name, s.seen_at AS seenAt, s.ends_at AS endsAt,
              coalesce(m.case_role, m.role) AS role, m.signed_in_at AS arrivedAt
         FROM session AS s
         JOIN person AS p ON p.id = s.person
         LEFT JOIN membership AS m ON m.provider = ?2 AND m.person = s.person
        WHERE s.secret_hash = ?1`,
    )
    .bind(secretHash, provider)
    .first<SignedIn>()
  return row ?? undefined
}

/** Writes down that a session is in use. */
export async function markSeen(db: D1Database, secretHash: string, at: string): Promise<void> {
  await db.prepare('UPDATE session SET seen_at = ?2 WHERE secret_hash = ?1').bind(secretHash, at).run()
}

/** Writes down that somebody has come in for the first time where they were invited, and says so in the record. */
export async function markArrived(
  db: D1Database,
  provider: string,
  { session, person }: { session: string; person: string },
  at: string,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT m.provider, m.person, 'signed-in', s.id, json_object('how', s.how), ?4
           FROM membership AS m JOIN session AS s ON s.person = m.person AND s.id = ?3
          WHERE m.provider = ?1 AND m.person = ?2 AND m.signed_in_at IS NULL`,
      )
      .bind(provider, person, session, at),
    db
      .prepare('UPDATE membership SET signed_in_at = ?3 WHERE provider = ?1 AND person = ?2 AND signed_in_at IS NULL')
      .bind(provider, person, at),
  ])
}
