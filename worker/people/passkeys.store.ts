import type { LetterToKeep } from '../letters/letter.ts'
import { recordOwn } from './account.store.ts'
import type { PasskeysReply } from './replies.ts'

/** A passkey as it is verified with. */
export interface KeptPasskey {
  person: string
  /** COSE, in base64url. */
  publicKey: string
  counter: number
}

/** A passkey on its way into the database. */
export interface PasskeyToKeep extends KeptPasskey {
  credential: string
  id: string
  name: string
  transports: readonly string[]
  createdAt: string
}

/** Somebody's passkeys, the oldest first. */
export async function passkeysOf(
  db: D1Database,
  person: string,
): Promise<(PasskeysReply['passkeys'][number] & { credential: string })[]> {
  const { results } = await db
    .prepare('SELECT id, name, created_at AS createdAt, used_at AS usedAt, credential FROM passkey WHERE person = ?1')
    .bind(person)
    .all<PasskeysReply['passkeys'][number] & { credential: string }>()
  return results.sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1))
}

/** The passkey that a credential's id names. */
export async function passkeyWith(db: D1Database, credential: string): Promise<KeptPasskey | undefined> {
  const row = await db
    .prepare('SELECT person, public_key AS publicKey, counter FROM passkey WHERE credential = ?1')
    .bind(credential)
    .first<KeptPasskey>()
  return row ?? undefined
}

/** Keeps a passkey and writes to its person; false where the credential is kept already. */
export async function keepPasskey(
  db: D1Database,
  { credential, id, person, name, publicKey, counter, transports, createdAt }: PasskeyToKeep,
  letter: Pick<LetterToKeep, 'id' | 'subject' | 'text'>,
): Promise<boolean> {
  try {
    await db.batch([
      db
        .prepare(
          `INSERT INTO passkey (credential, id, person, name, public_key, counter, transports, created_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
        )
        .bind(credential, id, person, name, publicKey, counter, JSON.stringify(transports), createdAt),
      recordOwn(db, { person, action: 'passkey-added', subject: id, at: createdAt }),
      db
        .prepare(
          `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, subject, text)
           SELECT 'waiting', ?2, ?3, '', 'passkey-added', email, ?2, ?4, ?5 FROM person WHERE id = ?1`,
        )
        .bind(person, createdAt, letter.id, letter.subject, letter.text),
    ])
    return true
  } catch (error) {
    if (error instanceof Error && /UNIQUE constraint failed: passkey\./i.test(error.message)) return false
    throw error
  }
}

/** Removes one of somebody's passkeys; false where they have none of that id. */
export async function removePasskey(db: D1Database, person: string, id: string, at: string): Promise<boolean> {
  const [, removed] = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT m.provider, m.person, 'passkey-removed', k.id, '{}', ?3
           FROM passkey AS k JOIN membership AS m ON m.person = k.person
          WHERE k.person = ?1 AND k.id = ?2 AND m.signed_in_at IS NOT NULL`,
      )
      .bind(person, id, at),
    db.prepare('DELETE FROM passkey WHERE person = ?1 AND id = ?2 RETURNING id').bind(person, id),
  ])
  return removed?.results.length === 1
}
