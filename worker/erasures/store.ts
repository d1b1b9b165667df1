import type { LetterToKeep } from '../letters/letter.ts'
import { insertLetters } from '../letters/store.ts'
import { recordEntry } from '../records/store.ts'

/** Why a referral is erased: somebody asked for it, or its time was over. */
export type ErasedFor = 'asked' | 'retention'

/** A line of the ledger. */
export interface Erasure {
  referral: string
  provider: string
  at: string
  why: ErasedFor
}

/** What prepares statements: D1, or what writes them down for a command. */
export interface Preparing<Statement> {
  prepare: (sql: string) => { bind: (...values: string[]) => Statement }
}

/**
 * What takes everything away that is kept of a referral: its key first of all, without which nothing of it can be read, wherever
 * a copy of it may be. A panel’s place is free again; a school’s of the term was used, and counts, with nobody’s name to it, until the term is over. The other
 * counts are right, since triggers keep them.
 */
export function erasingStatements<Statement>(db: Preparing<Statement>, referral: string): Statement[] {
  return [
    db.prepare('DELETE FROM referral_key WHERE referral = ?1').bind(referral),
    db
      .prepare(`UPDATE place_pool
      SET taken = taken - (SELECT count(*) FROM place AS p
                            WHERE p.referral = ?1 AND p.provider = place_pool.provider AND p.pool = place_pool.pool AND p.freed_on IS NULL)
    WHERE (provider, pool) IN (SELECT provider, pool FROM place WHERE referral = ?1 AND freed_on IS NULL AND pool GLOB 'panel:*')`)
      .bind(referral),
    db.prepare('DELETE FROM place WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM waiting_place WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM panel_case WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM case_person WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM consent_answer WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM consent_ask WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM consent_person WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM case_event WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM referral_visit WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM referral_link WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM pupil_mark WHERE referral = ?1').bind(referral),
    db
      .prepare(
        'DELETE FROM letter WHERE (state, due_at, id) IN (SELECT state, due_at, id FROM letter WHERE referral = ?1)',
      )
      .bind(referral),
    // One that had no address to go to is not sealed.
    db
      .prepare(`DELETE FROM letter WHERE (state, due_at, id) IN (
     SELECT state, due_at, id FROM letter WHERE about = (SELECT reference FROM referral WHERE id = ?1))`)
      .bind(referral),
    // What Idempotency-Keys were used for, its school’s and the console’s.
    db.prepare('DELETE FROM referral_asked WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM sealed WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM referral WHERE id = ?1').bind(referral),
  ]
}

/** Writes a line of the ledger, which has one for each referral: a second is a clash. */
function notingStatement(db: D1Database, { referral, provider, at, why }: Erasure): D1PreparedStatement {
  return db
    .prepare('INSERT INTO erasure (referral, provider, erased_at, why) VALUES (?1, ?2, ?3, ?4)')
    .bind(referral, provider, at, why)
}

/** Refuses the whole batch where a referral is no draft: a line of the ledger about nothing, which cannot be. */
function draftStatement(db: D1Database, referral: string): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO erasure (referral, provider, erased_at, why)
       SELECT NULL, '', '', 'asked' WHERE NOT EXISTS (SELECT 1 FROM referral WHERE id = ?1 AND status = 'draft')`,
    )
    .bind(referral)
}

/** A referral of a provider by its reference, whatever its status; undefined where there is none. */
export async function referralWith(
  db: D1Database,
  provider: string,
  reference: string,
): Promise<{ id: string; status: string } | undefined> {
  const row = await db
    .prepare('SELECT id, status FROM referral WHERE reference = ?1 AND provider = ?2')
    .bind(reference, provider)
    .first<{ id: string; status: string }>()
  return row ?? undefined
}

/** Who erases which referral, why, and by which Idempotency-Key. */
export interface Erasing {
  referral: string
  provider: string
  /** Null where it was never sent: then nobody at the provider ever heard of it, nor does the record. */
  reference: string | null
  actor: string
  at: string
  why: ErasedFor
  /** What the record says of it. */
  detail: Record<string, string>
  key?: { key: string; asked: string; receipt: string } | undefined
  /** Only while it is a draft: one that was sent meanwhile is `gone`, and stays as it is. */
  isDraft?: boolean
  /** Letters of no referral, that go out because of it. */
  letters?: readonly LetterToKeep[]
  /** What counts them. */
  also?: readonly D1PreparedStatement[]
}

/** Erases a referral, all of it or nothing, with the line in the ledger and the record of it. `gone`: somebody else has erased it already. */
export async function erase(db: D1Database, erasing: Erasing): Promise<'done' | 'gone' | 'key-taken'> {
  const {
    referral,
    provider,
    reference,
    actor,
    at,
    why,
    detail,
    key,
    isDraft = false,
    letters = [],
    also = [],
  } = erasing
  const statements = [
    ...(key
      ? [
          db
            .prepare('INSERT INTO referral_asked (scope, key, asked, receipt, kept_at) VALUES (?1, ?2, ?3, ?4, ?5)')
            .bind(scopeOf(provider), key.key, key.asked, key.receipt, at),
        ]
      : []),
    ...(isDraft ? [draftStatement(db, referral)] : []),
    notingStatement(db, { referral, provider, at, why }),
    ...erasingStatements(db, referral),
    ...(letters.length > 0 ? [insertLetters(db, letters)] : []),
    ...also,
    ...(reference === null
      ? []
      : [recordEntry(db, { provider, actor, action: 'referral-erased', subject: reference, detail }, at)]),
  ]
  try {
    await db.batch(statements)
    return 'done'
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    if (/UNIQUE constraint failed: referral_asked/i.test(said)) return 'key-taken'
    if (/UNIQUE constraint failed: erasure|NOT NULL constraint failed: erasure/i.test(said)) return 'gone'
    throw error
  }
}

/** What an Idempotency-Key was used for, if it was: the blind mark of the request, and the answer to give again. */
export async function keptErasure(
  db: D1Database,
  provider: string,
  key: string,
): Promise<{ asked: string; receipt: string } | undefined> {
  const row = await db
    .prepare('SELECT asked, receipt FROM referral_asked WHERE scope = ?1 AND key = ?2')
    .bind(scopeOf(provider), key)
    .first<{ asked: string; receipt: string }>()
  return row ?? undefined
}

function scopeOf(provider: string): string {
  return `erase:${provider}`
}
