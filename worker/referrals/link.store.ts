import type { ReferralStatus } from './case.store.ts'

/** A link or a code that lets somebody in, as it is kept: by the SHA-256 of its secret. */
export interface LinkToKeep {
  hash: string
  referral: string
  as: 'referrer' | 'colleague' | 'consent'
  how: 'link' | 'code'
  /** The colleague or the person who is asked; empty for the referrer. */
  who: string
  /** A colleague's parts. */
  parts?: readonly string[]
  madeAt: string
  endsAt: string
}

/** A link with what it leads to. */
export interface KeptLink extends Omit<LinkToKeep, 'parts'> {
  parts: string[]
  tries: number
  revokedAt: string | null
  provider: string
  status: ReferralStatus
  /** The day on which the referral's retention ends. */
  deleteOn: string
  /** 1 where a colleague is let in no longer: nothing is kept any more of who they are. */
  takenBack: number
}

/** A browser or script that has been let in. */
export interface KeptVisit {
  hash: string
  endsAt: string
  referral: string
  as: LinkToKeep['as']
  /** Whether a letter’s link or a printed code has opened it. */
  how: LinkToKeep['how']
  who: string
  parts: string[]
  provider: string
  status: ReferralStatus
  deleteOn: string
}

/** The statement that keeps a link; it belongs into the batch of the letter that brings it. */
export function insertLink(
  db: D1Database,
  { hash, referral, as, how, who, parts = [], madeAt, endsAt }: LinkToKeep,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO referral_link (secret_hash, referral, as_who, how, who, parts, made_at, ends_at, tries, revoked_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, NULL)`,
    )
    .bind(hash, referral, as, how, who, JSON.stringify(parts), madeAt, endsAt)
}

/** The link with a secret of this hash, whatever its state; undefined where there is none. Changes nothing. */
export async function linkWith(db: D1Database, hash: string): Promise<KeptLink | undefined> {
  const row = await db
    .prepare(
      `SELECT l.secret_hash AS hash, l.referral AS referral, l.as_who AS "as", l.how AS how, l.who AS who, l.parts AS parts,
              l.made_at AS madeAt, l.ends_at AS endsAt, l.tries AS tries, l.revoked_at AS revokedAt, r.provider AS provider,
              r.status AS status, r.delete_on AS deleteOn,
              (l.as_who = 'colleague'
               AND NOT EXISTS (SELECT 1 FROM sealed WHERE referral = l.referral AND name = 'colleague:' || l.who)) AS takenBack
         FROM referral_link AS l JOIN referral AS r ON r.id = l.referral
        WHERE l.secret_hash = ?1`,
    )
    .bind(hash)
    .first<Omit<KeptLink, 'parts'> & { parts: string }>()
  return row ? { ...row, parts: JSON.parse(row.parts) } : undefined
}

/** When the newest link of somebody was made; undefined where they have none. */
export async function newestLink(
  db: D1Database,
  referral: string,
  as: LinkToKeep['as'],
  who: string,
): Promise<string | undefined> {
  const row = await db
    .prepare('SELECT max(made_at) AS madeAt FROM referral_link WHERE referral = ?1 AND as_who = ?2 AND who = ?3')
    .bind(referral, as, who)
    .first<{ madeAt: string | null }>()
  return row?.madeAt ?? undefined
}

/** Takes one of a link's tries before what was typed is looked at, so that many at once are no more than so many. Returns how many were taken; undefined where the link opens nothing any more. */
export async function takeTry(db: D1Database, hash: string, at: string, most: number): Promise<number | undefined> {
  const row = await db
    .prepare(
      `UPDATE referral_link SET tries = tries + 1
        WHERE secret_hash = ?1 AND tries < ?3 AND revoked_at IS NULL AND ends_at > ?2
        RETURNING tries`,
    )
    .bind(hash, at, most)
    .first<{ tries: number }>()
  return row?.tries
}

/** The statement that keeps a visit by a link. */
export function insertVisit(
  db: D1Database,
  { hash, referral, link, endsAt }: { hash: string; referral: string; link: string; endsAt: string },
): D1PreparedStatement {
  return db
    .prepare('INSERT INTO referral_visit (secret_hash, referral, link, ends_at) VALUES (?1, ?2, ?3, ?4)')
    .bind(hash, referral, link, endsAt)
}

/** Lets somebody in by a link, whose tries are all there again. Whoever does so by the referrer’s reads the address that the referrer gave. */
export async function enter(
  db: D1Database,
  visit: { hash: string; referral: string; link: string; endsAt: string },
  today: string,
): Promise<void> {
  await db.batch([
    insertVisit(db, visit),
    db.prepare('UPDATE referral_link SET tries = 0 WHERE secret_hash = ?1').bind(visit.link),
    db
      .prepare(
        `UPDATE referral SET address_on = ?3
          WHERE id = ?1 AND address_on IS NULL
            AND EXISTS (SELECT 1 FROM referral_link WHERE secret_hash = ?2 AND as_who = 'referrer')`,
      )
      .bind(visit.referral, visit.link, today),
  ])
}

/** The visit with a secret of this hash, if it is not over and its link was not taken back. */
export async function visitWith(db: D1Database, hash: string, at: string): Promise<KeptVisit | undefined> {
  const row = await db
    .prepare(
      `SELECT v.secret_hash AS hash, v.ends_at AS endsAt, v.referral AS referral, l.as_who AS "as", l.how AS how, l.who AS who, l.parts AS parts,
              r.provider AS provider, r.status AS status, r.delete_on AS deleteOn
         FROM referral_visit AS v
         JOIN referral_link AS l ON l.secret_hash = v.link
         JOIN referral AS r ON r.id = v.referral
        WHERE v.secret_hash = ?1 AND v.ends_at > ?2 AND l.revoked_at IS NULL`,
    )
    .bind(hash, at)
    .first<Omit<KeptVisit, 'parts'> & { parts: string }>()
  return row ? { ...row, parts: JSON.parse(row.parts) } : undefined
}

/** Lets a visit go on. */
export async function prolongVisit(db: D1Database, hash: string, endsAt: string): Promise<void> {
  await db
    .prepare('UPDATE referral_visit SET ends_at = max(ends_at, ?2) WHERE secret_hash = ?1')
    .bind(hash, endsAt)
    .run()
}

/** Whether a visit is over because its colleague is let in no longer. */
export async function isTakenBack(db: D1Database, hash: string): Promise<boolean> {
  const row = await db
    .prepare(
      `SELECT (l.as_who = 'colleague'
               AND NOT EXISTS (SELECT 1 FROM sealed WHERE referral = l.referral AND name = 'colleague:' || l.who)) AS takenBack
         FROM referral_visit AS v JOIN referral_link AS l ON l.secret_hash = v.link WHERE v.secret_hash = ?1`,
    )
    .bind(hash)
    .first<{ takenBack: number }>()
  return row?.takenBack === 1
}

/** Ends a visit. */
export async function endVisit(db: D1Database, hash: string): Promise<void> {
  await db.prepare('DELETE FROM referral_visit WHERE secret_hash = ?1').bind(hash).run()
}

/** The statement that takes links back, of one person or of everybody who is the same to the referral; visits by them end with them. */
export function revokeLinks(
  db: D1Database,
  referral: string,
  as: LinkToKeep['as'],
  at: string,
  who?: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE referral_link SET revoked_at = ?3
        WHERE referral = ?1 AND as_who = ?2 AND revoked_at IS NULL AND (?4 IS NULL OR who = ?4)`,
    )
    .bind(referral, as, at, who ?? null)
}
