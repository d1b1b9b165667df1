import { isCaseRole, type Role } from '../../catalogue/wire/roles.ts'
import type { LetterToKeep } from '../letters/letter.ts'
import type { MemberReply } from './replies.ts'

/** Who changes something about whom, at which provider. */
export interface Change {
  provider: string
  /** Has to be an owner still when it happens, or to change themself. */
  actor: string
  person: string
  at: string
}

/** An invitation on its way into the database. */
export interface InvitationToKeep {
  provider: string
  actor: string
  email: string
  role: Role
  at: string
  /** A new person's id, for an address that nobody is known by. */
  person: string
  /** Whoever has been told since then is not told again. */
  toldSince: string
  letter: Pick<LetterToKeep, 'id' | 'subject' | 'text'>
}

/** A row as people see it. A name is somebody's own: it shows once they have come in. */
interface MemberRow extends Omit<MemberReply, 'invitedBy'> {
  inviter: string | null
  inviterName: string | null
}

/** Everybody at a provider, by their addresses. */
export async function membersOf(db: D1Database, provider: string): Promise<MemberReply[]> {
  const { results } = await db
    .prepare(
      `SELECT p.id AS id, p.email AS email, iif(m.signed_in_at IS NULL, '', p.name) AS name, coalesce(m.case_role, m.role) AS role, m.since_at AS since,
              i.id AS inviter, i.name AS inviterName, m.signed_in_at AS signedInAt
         FROM membership AS m
         JOIN person AS p ON p.id = m.person
         LEFT JOIN person AS i ON i.id = m.invited_by
        WHERE m.provider = ?1`,
    )
    .bind(provider)
    .all<MemberRow>()
  return results.map(memberOf).sort((one, other) => (one.email < other.email ? -1 : 1))
}

/** Somebody at a provider. */
export async function memberWith(db: D1Database, provider: string, person: string): Promise<MemberReply | undefined> {
  const row = await db
    .prepare(
      `SELECT p.id AS id, p.email AS email, iif(m.signed_in_at IS NULL, '', p.name) AS name, coalesce(m.case_role, m.role) AS role, m.since_at AS since,
              i.id AS inviter, i.name AS inviterName, m.signed_in_at AS signedInAt
         FROM membership AS m
         JOIN person AS p ON p.id = m.person
         LEFT JOIN person AS i ON i.id = m.invited_by
        WHERE m.provider = ?1 AND m.person = ?2`,
    )
    .bind(provider, person)
    .first<MemberRow>()
  return row ? memberOf(row) : undefined
}

/** A provider's name. */
export async function nameOfProvider(db: D1Database, provider: string): Promise<string | undefined> {
  const row = await db.prepare('SELECT name FROM provider WHERE id = ?1').bind(provider).first<{ name: string }>()
  return row?.name
}

/**
 * Invites somebody: who is known already is added, who is here already is left as they are, and told again where they have not
 * come in yet. Says who it is and whether they are new here.
 */
export async function invite(
  db: D1Database,
  { provider, actor, email, role, at, person, toldSince, letter }: InvitationToKeep,
): Promise<{ person: string; isNew: boolean } | undefined> {
  const kept = rolesKept(role)
  const [, , , , added, found] = await db.batch<{ person: string }>([
    db
      .prepare(
        `INSERT INTO person (id, email, name, created_at)
         SELECT ?1, ?2, '', ?3 WHERE EXISTS (SELECT 1 FROM membership WHERE provider = ?4 AND person = ?5 AND role = 'owner')
         ON CONFLICT (email) DO NOTHING`,
      )
      .bind(person, email, at, provider, actor),
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?2, 'person-invited', p.id, json_object('role', ?4), ?5
           FROM person AS p
          WHERE p.email = ?3
            AND NOT EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = p.id)
            AND EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = ?2 AND role = 'owner')`,
      )
      .bind(provider, actor, email, role, at),
    db
      .prepare(
        `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, subject, text)
         SELECT 'waiting', ?5, ?6, ?1, 'invitation', p.email, ?5, ?7, ?8
           FROM person AS p LEFT JOIN membership AS m ON m.provider = ?1 AND m.person = p.id
          WHERE p.email = ?3
            AND (m.person IS NULL OR (coalesce(m.case_role, m.role) = ?9 AND m.signed_in_at IS NULL AND coalesce(m.told_at, '') < ?4))
            AND EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = ?2 AND role = 'owner')`,
      )
      .bind(provider, actor, email, toldSince, at, letter.id, letter.subject, letter.text, role),
    db
      .prepare(
        `UPDATE membership SET told_at = ?3
          WHERE provider = ?1 AND person = (SELECT id FROM person WHERE email = ?2) AND signed_in_at IS NULL AND coalesce(case_role, role) = ?5
            AND coalesce(told_at, '') < ?4`,
      )
      .bind(provider, email, at, toldSince, role),
    db
      .prepare(
        `INSERT INTO membership (provider, person, role, case_role, invited_by, since_at, signed_in_at, told_at)
         SELECT ?1, p.id, ?4, ?6, ?2, ?5, NULL, ?5
           FROM person AS p
          WHERE p.email = ?3 AND EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = ?2 AND role = 'owner')
         ON CONFLICT (provider, person) DO NOTHING
         RETURNING person`,
      )
      .bind(provider, actor, email, kept.role, at, kept.caseRole),
    db
      .prepare(
        `SELECT m.person AS person FROM person AS p JOIN membership AS m ON m.provider = ?1 AND m.person = p.id
          WHERE p.email = ?2`,
      )
      .bind(provider, email),
  ])
  const [row] = found?.results ?? []
  return row ? { person: row.person, isNew: added?.results.length === 1 } : undefined
}

/** Gives somebody another role, unless that leaves no owner who has come in, or who does it is no longer one. True where it was done. */
export async function giveRole(db: D1Database, { provider, actor, person, at }: Change, role: Role): Promise<boolean> {
  const kept = rolesKept(role)
  const [, changed] = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?2, 'role-changed', ?3, json_object('from', coalesce(m.case_role, m.role), 'to', ?4), ?5
           FROM membership AS m
          WHERE m.provider = ?1 AND m.person = ?3 AND coalesce(m.case_role, m.role) <> ?4
            AND EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = ?2 AND role = 'owner')
            AND (m.role <> 'owner' OR EXISTS (SELECT 1 FROM membership
                  WHERE provider = ?1 AND person <> ?3 AND role = 'owner' AND signed_in_at IS NOT NULL))`,
      )
      .bind(provider, actor, person, role, at),
    db
      .prepare(
        `UPDATE membership SET role = ?5, case_role = ?6
          WHERE provider = ?1 AND person = ?3 AND coalesce(case_role, role) <> ?4
            AND EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = ?2 AND role = 'owner')
            AND (role <> 'owner' OR EXISTS (SELECT 1 FROM membership AS o
                  WHERE o.provider = ?1 AND o.person <> ?3 AND o.role = 'owner' AND o.signed_in_at IS NOT NULL))
         RETURNING person`,
      )
      .bind(provider, actor, person, role, kept.role, kept.caseRole),
  ])
  return changed?.results.length === 1
}

/** Takes somebody out of a provider, with the same two exceptions; anybody may go by themself. True where it was done. */
export async function withdraw(db: D1Database, { provider, actor, person, at }: Change): Promise<boolean> {
  const [, gone] = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?2, iif(?2 = ?3, 'person-left', 'person-withdrawn'), ?3, json_object('role', coalesce(m.case_role, m.role)), ?4
           FROM membership AS m
          WHERE m.provider = ?1 AND m.person = ?3
            AND (?2 = ?3 OR EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = ?2 AND role = 'owner'))
            AND (m.role <> 'owner' OR EXISTS (SELECT 1 FROM membership
                  WHERE provider = ?1 AND person <> ?3 AND role = 'owner' AND signed_in_at IS NOT NULL))`,
      )
      .bind(provider, actor, person, at),
    db
      .prepare(
        `DELETE FROM membership
          WHERE provider = ?1 AND person = ?3
            AND (?2 = ?3 OR EXISTS (SELECT 1 FROM membership AS a WHERE a.provider = ?1 AND a.person = ?2 AND a.role = 'owner'))
            AND (role <> 'owner' OR EXISTS (SELECT 1 FROM membership AS o
                  WHERE o.provider = ?1 AND o.person <> ?3 AND o.role = 'owner' AND o.signed_in_at IS NOT NULL))
         RETURNING person`,
      )
      .bind(provider, actor, person),
    // Whoever is not here any more is not invited either.
    db
      .prepare(
        `DELETE FROM letter
          WHERE state = 'waiting' AND provider = ?1 AND +about = 'invitation'
            AND recipient = (SELECT email FROM person WHERE id = ?2)
            AND NOT EXISTS (SELECT 1 FROM membership WHERE provider = ?1 AND person = ?2)`,
      )
      .bind(provider, person),
  ])
  return gone?.results.length === 1
}

function memberOf({ inviter, inviterName, ...member }: MemberRow): MemberReply {
  return { ...member, invitedBy: inviter === null ? null : { id: inviter, name: inviterName ?? '' } }
}

/** How a role is kept: whoever is somebody by case stands in the console as one who may only look, which `case_role` then outweighs. */
function rolesKept(role: Role): { role: Role; caseRole: Role | null } {
  return isCaseRole(role) ? { role: 'viewer', caseRole: role } : { role, caseRole: null }
}
