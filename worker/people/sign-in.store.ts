import type { LetterToKeep } from '../letters/letter.ts'

/** How many tries an attempt has. */
export const MOST_TRIES = 5

/** A code that is asked for. `limits` say how many may be sent for one subject since when. */
export interface CodeAttempt {
  hash: string
  /** Undefined where nobody is known by the address: all else is done alike. */
  person: string | undefined
  subject: string
  answer: string
  madeAt: string
  endsAt: string
  limits: { since: string; most: number }[]
  letter: Letter
  /** Attempts that began before are over for good. */
  oldest: string
}

/** A letter about oneself, to be addressed here. */
type Letter = Pick<LetterToKeep, 'id' | 'subject' | 'text'>

/** How many attempts that are over are deleted with each that begins: more than come, so that none stays. */
const SWEPT = 20

/** Who is known by an address, and whether they have used this browser. */
export async function knownAs(
  db: D1Database,
  email: string,
  deviceHash: string,
): Promise<{ person: string; isKnownDevice: boolean } | undefined> {
  const row = await db
    .prepare(
      `SELECT p.id AS person, d.person AS device
         FROM person AS p LEFT JOIN device AS d ON d.person = p.id AND d.secret_hash = ?2
        WHERE p.email = ?1`,
    )
    .bind(email, deviceHash)
    .first<{ person: string; device: string | null }>()
  return row ? { person: row.person, isKnownDevice: row.device !== null } : undefined
}

/** Keeps an attempt, and the letter with its code where somebody is known by the address and not too many were sent. */
export async function keepCode(db: D1Database, attempt: CodeAttempt): Promise<void> {
  const { hash, person, subject, answer, madeAt, endsAt, limits, letter, oldest } = attempt
  await db.batch([
    sweep(db, oldest),
    db
      .prepare(
        `INSERT INTO sign_in_attempt (hash, kind, subject, person, answer, made_at, ends_at)
         SELECT ?1, 'code', ?2,
                iif(NOT EXISTS (SELECT 1 FROM json_each(?7)
                                 WHERE (SELECT count(*) FROM sign_in_attempt AS sent
                                         WHERE sent.subject = ?2 AND sent.person IS NOT NULL AND sent.made_at > value ->> 'since'
                                       ) >= value ->> 'most'), ?3, NULL),
                ?4, ?5, ?6`,
      )
      .bind(hash, subject, person ?? null, answer, madeAt, endsAt, JSON.stringify(limits)),
    db
      .prepare(
        `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, subject, text, ends_at)
         SELECT 'waiting', ?3, ?2, '', 'sign-in', p.email, ?3, ?4, ?5, a.ends_at
           FROM sign_in_attempt AS a JOIN person AS p ON p.id = a.person
          WHERE a.hash = ?1`,
      )
      .bind(hash, letter.id, madeAt, letter.subject, letter.text),
  ])
}

/** Keeps the challenge of a passkey. */
export async function keepChallenge(
  db: D1Database,
  attempt: {
    hash: string
    kind: 'passkey' | 'new-passkey'
    person: string | undefined
    challenge: string
    madeAt: string
    endsAt: string
    oldest: string
  },
): Promise<void> {
  const { hash, kind, person, challenge, madeAt, endsAt, oldest } = attempt
  await db.batch([
    sweep(db, oldest),
    db
      .prepare(
        `INSERT INTO sign_in_attempt (hash, kind, subject, person, answer, made_at, ends_at)
         VALUES (?1, ?2, '', ?3, ?4, ?5, ?6)`,
      )
      .bind(hash, kind, person ?? null, challenge, madeAt, endsAt),
  ])
}

/** The challenge of an attempt, which is used up by being asked for, whatever comes of it. */
export async function takeChallenge(
  db: D1Database,
  hash: string,
  kind: 'passkey' | 'new-passkey',
  person: string | undefined,
  at: string,
): Promise<string | undefined> {
  const row = await db
    .prepare(
      `UPDATE sign_in_attempt SET used_at = ?4
        WHERE hash = ?1 AND kind = ?2 AND person IS ?3 AND used_at IS NULL AND ends_at > ?4
       RETURNING answer`,
    )
    .bind(hash, kind, person ?? null, at)
    .first<{ answer: string }>()
  return row?.answer
}

/** How many tries an attempt has left; undefined where it is over. */
export async function triesLeft(db: D1Database, hash: string, at: string): Promise<number | undefined> {
  const row = await db
    .prepare(
      "SELECT tries FROM sign_in_attempt WHERE hash = ?1 AND kind = 'code' AND used_at IS NULL AND ends_at > ?2 AND tries <= ?3",
    )
    .bind(hash, at, MOST_TRIES)
    .first<{ tries: number }>()
  return row ? MOST_TRIES - row.tries : undefined
}

/** A session that is about to begin, and the browser that it is in. */
export interface Arrival {
  secretHash: string
  session: string
  device: string
  how: 'code' | 'passkey'
  at: string
  endsAt: string
  /** What the browser is known by. */
  deviceHash: string
  /** The session that the browser held until now; it ends. */
  formerHash: string
  /** Sessions that nobody used since then are over, and devices since then forgotten. */
  idleSince: string
  forgottenSince: string
  /** Sent where the person has signed in before, on other devices. */
  letter: Letter
}

/** How a code was taken. */
export type Taking = { person: string } | { triesLeft: number } | 'over'

/** Signs in with a code: the try is counted, the code used up and the session begun together, however many try at once. */
export async function takeCode(
  db: D1Database,
  { hash, answer }: { hash: string; answer: string },
  arrival: Arrival,
): Promise<Taking> {
  const { secretHash, session, device, at, endsAt } = arrival
  const [tried, begun] = await db.batch<{ tries: number; person: string }>([
    // The last try that is counted is one too many, so that it is told from the last that was allowed.
    db
      .prepare(
        `UPDATE sign_in_attempt SET tries = tries + 1
          WHERE hash = ?1 AND kind = 'code' AND used_at IS NULL AND ends_at > ?2 AND tries <= ?3
         RETURNING tries`,
      )
      .bind(hash, at, MOST_TRIES),
    db
      .prepare(
        `INSERT INTO session (secret_hash, id, person, device, how, created_at, seen_at, ends_at)
         SELECT ?1, ?2, person, ?3, 'code', ?4, ?4, ?5
           FROM sign_in_attempt
          WHERE hash = ?6 AND kind = 'code' AND answer = ?7 AND person IS NOT NULL
            AND used_at IS NULL AND ends_at > ?4 AND tries <= ?8
         RETURNING person`,
      )
      .bind(secretHash, session, device, at, endsAt, hash, answer, MOST_TRIES),
    ...arrived(db, arrival),
    db
      .prepare(
        'UPDATE sign_in_attempt SET used_at = ?3 WHERE hash = ?1 AND EXISTS (SELECT 1 FROM session WHERE secret_hash = ?2)',
      )
      .bind(hash, secretHash, at),
  ])
  const [opened] = begun?.results ?? []
  if (opened) return { person: opened.person }
  const [counted] = tried?.results ?? []
  if (!counted || counted.tries > MOST_TRIES) return 'over'
  return { triesLeft: MOST_TRIES - counted.tries }
}

/** Signs in with a passkey that was verified, unless its counter has moved on meanwhile. The person, or undefined. */
export async function enterByPasskey(
  db: D1Database,
  { credential, before, counter }: { credential: string; before: number; counter: number },
  arrival: Arrival,
): Promise<string | undefined> {
  const { secretHash, session, device, at, endsAt } = arrival
  const [begun] = await db.batch<{ person: string }>([
    db
      .prepare(
        `INSERT INTO session (secret_hash, id, person, device, how, created_at, seen_at, ends_at)
         SELECT ?1, ?2, person, ?3, 'passkey', ?4, ?4, ?5 FROM passkey WHERE credential = ?6 AND counter = ?7
         RETURNING person`,
      )
      .bind(secretHash, session, device, at, endsAt, credential, before),
    db
      .prepare('UPDATE passkey SET counter = ?3, used_at = ?4 WHERE credential = ?1 AND counter = ?2')
      .bind(credential, before, counter, at),
    ...arrived(db, arrival),
  ])
  return begun?.results[0]?.person
}

/** What a session brings with it that has just begun; nothing where it has not. */
function arrived(db: D1Database, arrival: Arrival): D1PreparedStatement[] {
  const { secretHash, how, at, deviceHash, formerHash, idleSince, forgottenSince, letter } = arrival
  return [
    db
      .prepare(
        `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, subject, text)
         SELECT 'waiting', ?3, ?4, '', 'new-device', p.email, ?3, ?5, ?6
           FROM session AS s JOIN person AS p ON p.id = s.person
          WHERE s.secret_hash = ?1
            AND EXISTS (SELECT 1 FROM device WHERE person = p.id)
            AND NOT EXISTS (SELECT 1 FROM device WHERE person = p.id AND secret_hash = ?2)`,
      )
      .bind(secretHash, deviceHash, at, letter.id, letter.subject, letter.text),
    db
      .prepare(
        `INSERT INTO device (person, secret_hash, used_at)
         SELECT person, ?2, ?3 FROM session WHERE secret_hash = ?1
         ON CONFLICT (person, secret_hash) DO UPDATE SET used_at = excluded.used_at`,
      )
      .bind(secretHash, deviceHash, at),
    db
      .prepare('DELETE FROM device WHERE person = (SELECT person FROM session WHERE secret_hash = ?1) AND used_at < ?2')
      .bind(secretHash, forgottenSince),
    // A provider whose console they never opened, where they are invited and no more, hears of them once they do.
    db
      .prepare(
        `UPDATE membership SET signed_in_at = ?2
          WHERE person = (SELECT person FROM session WHERE secret_hash = ?1) AND signed_in_at IS NOT NULL`,
      )
      .bind(secretHash, at),
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT m.provider, m.person, 'signed-in', s.id, json_object('how', ?2), ?3
           FROM session AS s JOIN membership AS m ON m.person = s.person
          WHERE s.secret_hash = ?1 AND m.signed_in_at IS NOT NULL`,
      )
      .bind(secretHash, how, at),
    db
      .prepare(
        'DELETE FROM session WHERE secret_hash = ?2 AND EXISTS (SELECT 1 FROM session WHERE secret_hash = ?1) AND ?1 <> ?2',
      )
      .bind(secretHash, formerHash),
    db
      .prepare(
        `DELETE FROM session
          WHERE person = (SELECT person FROM session WHERE secret_hash = ?1) AND (ends_at <= ?2 OR seen_at < ?3)`,
      )
      .bind(secretHash, at, idleSince),
    db
      .prepare(
        'DELETE FROM session WHERE secret_hash IN (SELECT secret_hash FROM session WHERE ends_at <= ?1 ORDER BY ends_at LIMIT ?2)',
      )
      .bind(at, SWEPT),
  ]
}

function sweep(db: D1Database, oldest: string): D1PreparedStatement {
  return db
    .prepare(
      'DELETE FROM sign_in_attempt WHERE hash IN (SELECT hash FROM sign_in_attempt WHERE made_at < ?1 ORDER BY made_at LIMIT ?2)',
    )
    .bind(oldest, SWEPT)
}
