import type { Role } from '../../catalogue/wire/roles.ts'
import type { SessionsReply } from './replies.ts'

/** Something that somebody did to their own account. */
interface OwnDoing {
  person: string
  action: 'signed-out' | 'sessions-ended' | 'renamed' | 'passkey-added' | 'passkey-removed'
  subject: string
  at: string
}

/** Somebody, by their id. */
export async function personWith(
  db: D1Database,
  person: string,
): Promise<{ id: string; email: string; name: string } | undefined> {
  const row = await db
    .prepare('SELECT id, email, name FROM person WHERE id = ?1')
    .bind(person)
    .first<{ id: string; email: string; name: string }>()
  return row ?? undefined
}

/** The providers that somebody belongs to. */
export async function providersOf(db: D1Database, person: string): Promise<{ id: string; name: string; role: Role }[]> {
  const { results } = await db
    .prepare(
      `SELECT p.id AS id, p.name AS name, coalesce(m.case_role, m.role) AS role
         FROM membership AS m JOIN provider AS p ON p.id = m.provider
        WHERE m.person = ?1`,
    )
    .bind(person)
    .all<{ id: string; name: string; role: Role }>()
  return results.sort((one, other) => (one.name < other.name ? -1 : 1))
}

/** Somebody's sessions that are not over, the one used last first. */
export async function sessionsOf(
  db: D1Database,
  person: string,
  { at, idleSince }: { at: string; idleSince: string },
): Promise<Omit<SessionsReply['sessions'][number], 'current'>[]> {
  const { results } = await db
    .prepare(
      `SELECT id, device, how, created_at AS createdAt, seen_at AS seenAt
         FROM session WHERE person = ?1 AND ends_at > ?2 AND seen_at >= ?3`,
    )
    .bind(person, at, idleSince)
    .all<Omit<SessionsReply['sessions'][number], 'current'>>()
  return results.sort((one, other) => (one.seenAt > other.seenAt ? -1 : 1))
}

/** Ends one of somebody's sessions; false where they have none of that id. */
export async function endSession(db: D1Database, person: string, session: string, at: string): Promise<boolean> {
  const [, ended] = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT m.provider, m.person, 'signed-out', s.id, '{}', ?3
           FROM session AS s JOIN membership AS m ON m.person = s.person
          WHERE s.person = ?1 AND s.id = ?2 AND m.signed_in_at IS NOT NULL`,
      )
      .bind(person, session, at),
    db.prepare('DELETE FROM session WHERE person = ?1 AND id = ?2 RETURNING id').bind(person, session),
  ])
  return ended?.results.length === 1
}

/** Ends all of somebody's sessions. No browser is known any more but the one in which they do it: the next sign-in in another one is told of by letter. */
export async function endSessions(db: D1Database, person: string, deviceHash: string, at: string): Promise<void> {
  await db.batch([
    recordOwn(db, { person, action: 'sessions-ended', subject: person, at }),
    db.prepare('DELETE FROM session WHERE person = ?1').bind(person),
    // Without a known browser nobody would be told of any: who has none yet is new.
    db
      .prepare(
        `DELETE FROM device
          WHERE person = ?1 AND secret_hash <> ?2 AND EXISTS (SELECT 1 FROM device WHERE person = ?1 AND secret_hash = ?2)`,
      )
      .bind(person, deviceHash),
  ])
}

/** Says what somebody is called. */
export async function rename(db: D1Database, person: string, name: string, at: string): Promise<void> {
  await db.batch([
    recordOwn(db, { person, action: 'renamed', subject: person, at }),
    db.prepare('UPDATE person SET name = ?2 WHERE id = ?1').bind(person, name),
  ])
}

/** What somebody did to their own account stands in the record of each provider whose console they have opened, and names no other. */
export function recordOwn(db: D1Database, { person, action, subject, at }: OwnDoing): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO record (provider, actor, action, subject, detail, at)
       SELECT provider, person, ?2, ?3, '{}', ?4 FROM membership WHERE person = ?1 AND signed_in_at IS NOT NULL`,
    )
    .bind(person, action, subject, at)
}
