import type { LetterToKeep } from '../letters/letter.ts'
import { insertLetters } from '../letters/store.ts'
import { type AskToKeep, insertAsk } from './asked.store.ts'
import { insertLink, insertVisit, type LinkToKeep, revokeLinks } from './link.store.ts'

/** A referral on its way into the database, with everything that begins with it. */
export interface DraftToKeep {
  id: string
  provider: string
  pathway: string
  catalogue: string
  version: number
  begunAt: string
  begunOn: string
  deleteOn: string
  key: { master: number; wrapped: string }
  /** Sealed texts of revision 1 by their names. */
  sealed: readonly { name: string; text: string }[]
  link: LinkToKeep
  visit: { hash: string; endsAt: string }
  ask: AskToKeep
  /** What counts its letter. */
  counts: readonly AskToKeep[]
}

/** Keeps a draft with its key, link, visit and letter together or not at all. */
export async function keepDraft(
  db: D1Database,
  draft: DraftToKeep,
  letter: LetterToKeep,
): Promise<'kept' | 'key-taken'> {
  const { id, provider, pathway, catalogue, version, begunAt, begunOn, deleteOn, key, sealed, link, visit } = draft
  try {
    await db.batch([
      ...[draft.ask, ...draft.counts].map((ask) => insertAsk(db, ask, begunAt)),
      db
        .prepare(
          `INSERT INTO referral (id, provider, pathway, catalogue, version, status, begun_at, touched_at, begun_on, delete_on)
           VALUES (?1, ?2, ?3, ?4, ?5, 'draft', ?6, ?6, ?7, ?8)`,
        )
        .bind(id, provider, pathway, catalogue, version, begunAt, begunOn, deleteOn),
      db
        .prepare('INSERT INTO referral_key (referral, master, wrapped) VALUES (?1, ?2, ?3)')
        .bind(id, key.master, key.wrapped),
      db
        .prepare(
          `INSERT INTO sealed (referral, name, revision, text, at)
           SELECT ?1, value ->> 'name', 1, value ->> 'text', ?3 FROM json_each(?2)`,
        )
        .bind(id, JSON.stringify(sealed), begunAt),
      insertLink(db, link),
      insertVisit(db, { hash: visit.hash, referral: id, link: link.hash, endsAt: visit.endsAt }),
      insertLetters(db, [letter]),
    ])
    return 'kept'
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    if (/UNIQUE constraint failed: referral_asked/i.test(said)) return 'key-taken'
    throw error
  }
}

/** A part's answers on their way into a draft. */
export interface PartToKeep {
  referral: string
  name: string
  /** The revision that it becomes: one more than was seen. */
  revision: number
  text: string
  at: string
  deleteOn: string
}

/** Keeps a part of a draft. False where it is of another revision by now, or the referral is a draft no more. */
export async function keepPart(
  db: D1Database,
  { referral, name, revision, text, at, deleteOn }: PartToKeep,
): Promise<boolean> {
  const [kept] = await db.batch([
    db
      .prepare(
        `INSERT INTO sealed (referral, name, revision, text, at)
         SELECT id, ?2, ?3, ?4, ?5 FROM referral WHERE id = ?1 AND status = 'draft'
         ON CONFLICT (referral, name) DO UPDATE SET revision = excluded.revision, text = excluded.text, at = excluded.at
          WHERE sealed.revision = excluded.revision - 1`,
      )
      .bind(referral, name, revision, text, at),
    db
      .prepare("UPDATE referral SET touched_at = ?2, delete_on = max(delete_on, ?3) WHERE id = ?1 AND status = 'draft'")
      .bind(referral, at, deleteOn),
  ])
  return (kept?.meta.changes ?? 0) > 0
}

/** Keeps a new link and its letter, in place of the earlier ones of the same person. */
export async function keepLinkAgain(
  db: D1Database,
  link: LinkToKeep,
  letter: LetterToKeep,
  counts: readonly AskToKeep[],
): Promise<void> {
  await db.batch([
    ...counts.map((ask) => insertAsk(db, ask, link.madeAt)),
    revokeLinks(db, link.referral, link.as, link.madeAt, link.who),
    insertLink(db, link),
    insertLetters(db, [letter]),
  ])
}

/**
 * Lets a colleague in: who it is, the link and the letter, all or none. `colleagues`: how many there were when it was decided. False where
 * there are others by now, or the referral is a draft no more.
 */
export async function keepColleague(
  db: D1Database,
  {
    sealed,
    link,
    colleagues,
    counts,
  }: {
    sealed: { name: string; text: string }
    link: LinkToKeep
    colleagues: number
    counts: readonly AskToKeep[]
  },
  letter: LetterToKeep,
): Promise<boolean> {
  return isKept(db, [
    // A name that is none is refused, and everything with it.
    db
      .prepare(
        `INSERT INTO sealed (referral, name, revision, text, at)
         SELECT id,
                CASE WHEN status = 'draft' AND ?5 =
                          (SELECT count(*) FROM sealed WHERE referral = ?1 AND name GLOB 'colleague:*') THEN ?2 END,
                1, ?3, ?4
           FROM referral WHERE id = ?1`,
      )
      .bind(link.referral, sealed.name, sealed.text, link.madeAt, colleagues),
    ...counts.map((ask) => insertAsk(db, ask, link.madeAt)),
    insertLink(db, link),
    insertLetters(db, [letter]),
  ])
}

/**
 * Keeps that a colleague has finished, which is their text’s second revision, with the letter that says so and its link, all or none. Nothing
 * where it was said before, where the colleague is let in no longer, or the referral is a draft no more.
 */
export async function keepFinished(
  db: D1Database,
  { name, text, link, counts }: { name: string; text: string; link: LinkToKeep; counts: readonly AskToKeep[] },
  letters: readonly LetterToKeep[],
): Promise<void> {
  await isKept(db, [
    // A name that is none is refused, and everything with it.
    db
      .prepare(
        `INSERT INTO sealed (referral, name, revision, text, at)
         SELECT id,
                CASE WHEN status = 'draft' AND 1 = (SELECT revision FROM sealed WHERE referral = ?1 AND name = ?2) THEN ?2 END,
                2, ?3, ?4
           FROM referral WHERE id = ?1
         ON CONFLICT (referral, name) DO UPDATE SET revision = excluded.revision, text = excluded.text, at = excluded.at`,
      )
      .bind(link.referral, name, text, link.madeAt),
    ...counts.map((ask) => insertAsk(db, ask, link.madeAt)),
    insertLink(db, link),
    insertLetters(db, letters),
  ])
}

/** Keeps all of it or none. False where the sealed text was given no name, since things stand otherwise by now, or the referral is erased. */
async function isKept(db: D1Database, statements: D1PreparedStatement[]): Promise<boolean> {
  try {
    await db.batch(statements)
    return true
  } catch (error) {
    if (error instanceof Error && /NOT NULL constraint failed: sealed\.name|is erased/i.test(error.message))
      return false
    throw error
  }
}

/** Lets a colleague in no longer: their links, and what was kept of who they are. */
export async function removeColleague(db: D1Database, referral: string, colleague: string, at: string): Promise<void> {
  await db.batch([
    revokeLinks(db, referral, 'colleague', at, colleague),
    db.prepare('DELETE FROM sealed WHERE referral = ?1 AND name = ?2').bind(referral, `colleague:${colleague}`),
  ])
}

/** The statements that belong to sending: no part may have changed since it was read. Colleagues’ links go on, and say that it is sent. */
export function sendStatements(
  db: D1Database,
  referral: string,
  revisions: number,
  marks: { provider: string; marks: readonly string[] },
): D1PreparedStatement[] {
  return [
    // The history says the same twice, which it refuses, where the parts are of other revisions by now.
    db
      .prepare(
        `INSERT INTO case_event (referral, number, kind, of, happened_on, at, actor, detail)
         SELECT referral, number, kind, of, happened_on, at, actor, detail FROM case_event
          WHERE referral = ?1 AND number = 1
            AND ?2 <> (SELECT coalesce(sum(revision), 0) FROM sealed WHERE referral = ?1 AND name GLOB 'part:*')`,
      )
      .bind(referral, revisions),
    db
      .prepare(
        `INSERT INTO pupil_mark (provider, mark, referral)
         SELECT ?1, value, ?2 FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING`,
      )
      .bind(marks.provider, referral, JSON.stringify(marks.marks)),
  ]
}
