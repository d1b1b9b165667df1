import { isCaseRole, type Role } from '../../catalogue/wire/roles.ts'
import { hashOf, newSecret } from '../../worker/people/secret.ts'
import type { World } from './harness.ts'

/** Somebody who is signed in. */
export interface SignedInPerson {
  person: string
  session: string
  cookie: string
  /** What their browser sends with each request of the console's own pages. */
  headers: Record<string, string>
}

/** The origin that the harness asks from. */
export const ORIGIN = 'http://localhost'

/** Signs somebody in at a provider, or at none, by writing the rows that a sign-in writes. */
export async function signIn(
  { db, clock }: World,
  { provider, role, email }: { provider?: string; role?: Role; email?: string },
): Promise<SignedInPerson> {
  const secret = newSecret()
  const person = crypto.randomUUID()
  const session = crypto.randomUUID()
  const now = new Date(clock.now).toISOString()
  const ends = new Date(clock.now + 30 * 86_400_000).toISOString()
  await db.batch([
    db
      .prepare('INSERT INTO person (id, email, name, created_at) VALUES (?1, ?2, ?3, ?4)')
      .bind(person, email ?? `${role ?? 'nobody'}-${person}@console.example`, `A ${role ?? 'person'}`, now),
    ...(provider !== undefined && role !== undefined
      ? [
          db
            .prepare(
              'INSERT INTO membership (provider, person, role, case_role, invited_by, since_at, signed_in_at) VALUES (?1, ?2, ?3, ?5, NULL, ?4, ?4)',
            )
            .bind(provider, person, isCaseRole(role) ? 'viewer' : role, now, isCaseRole(role) ? role : null),
        ]
      : []),
    db
      .prepare(
        `INSERT INTO session (secret_hash, id, person, device, how, created_at, seen_at, ends_at) VALUES (?1, ?2, ?3, 'A test', 'code', ?4, ?4, ?5)`,
      )
      .bind(await hashOf(secret), session, person, now, ends),
  ])
  const cookie = `__Host-session=${secret}`
  return { person, session, cookie, headers: { Cookie: cookie, Origin: ORIGIN } }
}
