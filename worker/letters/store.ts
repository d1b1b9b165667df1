import type { WrappedKey } from '../sealing/seal.ts'
import type { Letter, LetterToKeep } from './letter.ts'

/** A letter in the queue. */
export interface WaitingLetter extends Letter {
  dueAt: string
  attempts: number
  /** From when on it is of no use; null where it keeps its use. */
  endsAt: string | null
  secret: SealedRest | null
}

/** What is sealed of a letter about a referral, and the referral’s key; null where the key was destroyed. */
export interface SealedRest {
  referral: string
  text: string
  key: WrappedKey | null
}

interface SecretColumns {
  referral: string | null
  sealed: string | null
  master: number | null
  wrapped: string | null
}

function secretIn({ referral, sealed, master, wrapped }: SecretColumns): SealedRest | null {
  if (referral === null || sealed === null) return null
  return { referral, text: sealed, key: master === null || wrapped === null ? null : { master, wrapped } }
}

/** A letter as the outbox page shows it. */
export interface SentLetter {
  to: string
  subject: string
  text: string
  about: string
  sentAt: string
  id: string
  secret: SealedRest | null
}

/** The one statement that keeps a fact's letters; it belongs into the batch of the fact that they tell of. */
export function insertLetters(db: D1Database, letters: readonly LetterToKeep[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO letter (state, due_at, id, provider, about, kind, recipient, written_at, subject, text, referral, sealed, ends_at)
       SELECT iif(value ->> 'to' IS NULL, 'unaddressed', 'waiting'), coalesce(value ->> 'dueAt', value ->> 'writtenAt'), value ->> 'id', value ->> 'provider',
              value ->> 'about', coalesce(value ->> 'kind', ''), coalesce(value ->> 'to', ''), value ->> 'writtenAt', value ->> 'subject', value ->> 'text',
              value ->> 'referral', value ->> 'sealed', value ->> 'endsAt'
         FROM json_each(?1)`,
    )
    .bind(JSON.stringify(letters))
}

/** Up to `most` letters that are due and still of use, those due longest first. */
export async function dueLetters(db: D1Database, now: string, most: number): Promise<WaitingLetter[]> {
  const { results } = await db
    .prepare(
      `SELECT l.id AS id, l.due_at AS dueAt, l.attempts AS attempts, l.ends_at AS endsAt, l.recipient AS "to", l.about AS about,
              l.subject AS subject, l.text AS text, l.referral AS referral, l.sealed AS sealed, k.master AS master, k.wrapped AS wrapped
         FROM letter AS l LEFT JOIN referral_key AS k ON k.referral = l.referral
        WHERE l.state = 'waiting' AND l.due_at <= ?1 AND (l.ends_at IS NULL OR l.ends_at > ?1)
        ORDER BY l.due_at, l.id
        LIMIT ?2`,
    )
    .bind(now, most)
    .all<Omit<WaitingLetter, 'secret'> & SecretColumns>()
  return results.map(({ referral, sealed, master, wrapped, ...letter }) => ({
    ...letter,
    secret: secretIn({ referral, sealed, master, wrapped }),
  }))
}

/** Writes down that a letter is about to go out, before it does: after a crash the next attempt knows that this one may have arrived. */
export async function markAttempt(db: D1Database, { dueAt, id }: WaitingLetter): Promise<void> {
  await db
    .prepare(`UPDATE letter SET attempts = attempts + 1 WHERE state = 'waiting' AND due_at = ?1 AND id = ?2`)
    .bind(dueAt, id)
    .run()
}

/** Marks a letter as sent. Its text goes with it, unless our own outbox page is where it was sent: the order says the same. One of use for a while alone tells of nothing that would say to whom it went: that goes too. */
export async function markSent(
  db: D1Database,
  { dueAt, id }: WaitingLetter,
  sentAt: string,
  keepsText: boolean,
): Promise<void> {
  await db
    .prepare(
      `UPDATE letter SET state = 'sent', sent_at = ?3, trouble = NULL, text = CASE WHEN ?4 THEN text ELSE '' END,
              sealed = CASE WHEN ?4 THEN sealed END, recipient = CASE WHEN ?4 OR ends_at IS NULL THEN recipient ELSE '' END
        WHERE state = 'waiting' AND due_at = ?1 AND id = ?2`,
    )
    .bind(dueAt, id, sentAt, keepsText ? 1 : 0)
    .run()
}

/** Puts a letter off. */
export async function putOff(db: D1Database, { dueAt, id }: WaitingLetter, until: string, why: string): Promise<void> {
  await db
    .prepare(`UPDATE letter SET due_at = ?3, trouble = ?4 WHERE state = 'waiting' AND due_at = ?1 AND id = ?2`)
    .bind(dueAt, id, until, why)
    .run()
}

/** Gives a letter up; it stays, with the reason. What is of use for a while alone is not kept, nor to whom it was to go: such a letter says a secret, or somebody was promised that nothing is kept. */
export async function giveUp(db: D1Database, { dueAt, id }: WaitingLetter, why: string): Promise<void> {
  await db
    .prepare(
      `UPDATE letter SET state = 'failed', trouble = ?3, text = CASE WHEN ends_at IS NULL THEN text ELSE '' END,
              sealed = CASE WHEN ends_at IS NULL THEN sealed END, recipient = CASE WHEN ends_at IS NULL THEN recipient ELSE '' END
        WHERE state = 'waiting' AND due_at = ?1 AND id = ?2`,
    )
    .bind(dueAt, id, why)
    .run()
}

/** The letters sent last, newest first. */
export async function sentLetters(db: D1Database, most: number): Promise<SentLetter[]> {
  const { results } = await db
    .prepare(
      `SELECT l.id AS id, l.recipient AS "to", l.subject AS subject, l.text AS text, l.about AS about, l.sent_at AS sentAt,
              l.referral AS referral, l.sealed AS sealed, k.master AS master, k.wrapped AS wrapped
         FROM letter AS l LEFT JOIN referral_key AS k ON k.referral = l.referral
        WHERE l.state = 'sent'
        ORDER BY l.due_at DESC, l.id DESC
        LIMIT ?1`,
    )
    .bind(most)
    .all<Omit<SentLetter, 'secret'> & SecretColumns>()
  return results.map(({ referral, sealed, master, wrapped, ...letter }) => ({
    ...letter,
    secret: secretIn({ referral, sealed, master, wrapped }),
  }))
}

/** Takes a lease, or takes over one that has run out. False where somebody else holds it. */
export async function takeLease(
  db: D1Database,
  name: string,
  holder: string,
  now: string,
  until: string,
): Promise<boolean> {
  const row = await db
    .prepare(
      `INSERT INTO lease (name, holder, until_at) VALUES (?1, ?2, ?4)
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until_at = excluded.until_at
        WHERE lease.until_at <= ?3
       RETURNING holder`,
    )
    .bind(name, holder, now, until)
    .first<{ holder: string }>()
  return row?.holder === holder
}

/** Gives a lease back early. */
export async function giveBackLease(db: D1Database, name: string, holder: string): Promise<void> {
  await db.prepare('DELETE FROM lease WHERE name = ?1 AND holder = ?2').bind(name, holder).run()
}
