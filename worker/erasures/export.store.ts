import type { Role } from '../../catalogue/wire/roles.ts'
import type { SealedRest } from '../letters/store.ts'
import { recordEntry } from '../records/store.ts'

/** A letter about a referral; its address and text are sealed, where they are kept at all. */
export interface ExportedLetter {
  id: string
  to: string
  subject: string
  text: string
  state: string
  writtenAt: string
  sentAt: string | null
  secret: SealedRest | null
}

/** An entry of the record about a referral. */
export interface ExportedEntry {
  at: string
  action: string
  /** A person’s id, `school`, `family` or `system`. */
  actor: string
  detail: string
}

interface LetterRow extends Omit<ExportedLetter, 'secret'> {
  referral: string | null
  sealed: string | null
  master: number | null
  wrapped: string | null
}

/** A link or a code of a letter. */
export interface ExportedLink {
  as: string
  who: string
  how: string
  madeAt: string
  endsAt: string
  revokedAt: string | null
}

/** What stands around a referral: its letters, its record, its links and its place on the waiting list, and what the people are called who stand in it, and as what they are at the provider. */
export interface Around {
  letters: ExportedLetter[]
  entries: ExportedEntry[]
  links: ExportedLink[]
  waiting: { position: number; since: string } | null
  people: Map<string, { name: string; role: Role | null }>
}

/** What stands around a referral of a provider. */
export async function aroundReferral(
  db: D1Database,
  { id, provider, reference }: { id: string; provider: string; reference: string },
  people: readonly string[],
): Promise<Around> {
  const [letters, entries, links, waiting] = await db.batch([
    db
      .prepare(
        `SELECT l.id AS id, l.recipient AS "to", l.subject AS subject, l.text AS text, l.state AS state, l.written_at AS writtenAt,
                l.sent_at AS sentAt, l.referral AS referral, l.sealed AS sealed, k.master AS master, k.wrapped AS wrapped
           FROM letter AS l LEFT JOIN referral_key AS k ON k.referral = l.referral
          WHERE l.about = ?1 AND l.provider = ?2`,
      )
      .bind(reference, provider),
    db
      .prepare('SELECT at, action, actor, detail FROM record WHERE subject = ?1 AND provider = ?2 ORDER BY number')
      .bind(reference, provider),
    db
      .prepare(
        `SELECT as_who AS "as", who, how, made_at AS madeAt, ends_at AS endsAt, revoked_at AS revokedAt
           FROM referral_link WHERE referral = ?1`,
      )
      .bind(id),
    db
      .prepare(
        `SELECT (SELECT count(*) FROM waiting_place AS b
                  WHERE b.provider = w.provider AND b.pathway = w.pathway AND b.position <= w.position) AS position,
                w.since_on AS since
           FROM waiting_place AS w WHERE w.referral = ?1`,
      )
      .bind(id),
  ])
  const kept = (entries?.results ?? []) as unknown as ExportedEntry[]
  const wanted = [...new Set([...people, ...kept.map(({ actor }) => actor)])]
  const { results } = await db
    .prepare(
      `SELECT p.id AS id, p.name AS name, p.email AS email, coalesce(m.case_role, m.role) AS role
         FROM person AS p LEFT JOIN membership AS m ON m.person = p.id AND m.provider = ?2
        WHERE p.id IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(wanted), provider)
    .all<{ id: string; name: string; email: string; role: Role | null }>()
  return {
    letters: ((letters?.results ?? []) as unknown as LetterRow[])
      .sort(byTime)
      .map(({ referral, sealed, master, wrapped, ...letter }) => ({
        ...letter,
        secret:
          referral === null || sealed === null
            ? null
            : { referral, text: sealed, key: master === null || wrapped === null ? null : { master, wrapped } },
      })),
    entries: kept,
    links: ((links?.results ?? []) as unknown as ExportedLink[]).sort((one, other) =>
      one.madeAt < other.madeAt ? -1 : 1,
    ),
    waiting: ((waiting?.results ?? []) as unknown as { position: number; since: string }[])[0] ?? null,
    people: new Map(results.map(({ id, name, email, role }) => [id, { name: name || email, role }])),
  }
}

/** The references of the same pupil’s other referrals at the provider, as far as its people may see them. */
export async function othersOfPupil(db: D1Database, provider: string, referral: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT r.reference AS reference
         FROM pupil_mark AS own
         CROSS JOIN pupil_mark AS m ON m.provider = ?1 AND m.mark = own.mark AND m.referral <> own.referral
         CROSS JOIN referral AS r ON r.id = m.referral
        WHERE own.referral = ?2 AND r.status IN ('open', 'ended')`,
    )
    .bind(provider, referral)
    .all<{ reference: string }>()
  return [...new Set(results.map(({ reference }) => reference))].sort()
}

/** Says in the record who was given what is held, before it is given. */
export async function recordExport(
  db: D1Database,
  { provider, actor, at, as }: { provider: string; actor: string; at: string; as: string },
  references: readonly string[],
): Promise<void> {
  await db.batch(
    references.map((subject) =>
      recordEntry(db, { provider, actor, action: 'pupil-exported', subject, detail: { as } }, at),
    ),
  )
}

function byTime(one: LetterRow, other: LetterRow): number {
  const [earlier, later] = [`${one.writtenAt} ${one.id}`, `${other.writtenAt} ${other.id}`]
  return earlier < later ? -1 : 1
}
