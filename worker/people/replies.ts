import * as z from 'zod/mini'
import { CASE_PARTS, RIGHTS, ROLES } from '../../catalogue/wire/roles.ts'

const instant = z.string().check(z.describe('An instant, ISO 8601.'))
const role = z.enum(ROLES)

/** What names an attempt to sign in. */
export const attemptReply = z.object({ attempt: z.string() })

/** An attempt, and what the browser's authenticator is asked with (WebAuthn, level 3). */
export const challengeReply = z.object({ attempt: z.string(), options: z.looseObject({ challenge: z.string() }) })

/** Who is signed in, and what they may do where. */
export const sessionReply = z.object({
  person: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  session: z.string(),
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role,
      rights: z.array(z.enum(RIGHTS)),
      parts: z
        .array(z.enum(CASE_PARTS))
        .check(z.describe('What its catalogues have of panels, a waiting list and places.')),
    }),
  ),
  origin: z.string(),
  development: z.boolean(),
  today: z.iso.date(),
})
export type SessionReply = z.infer<typeof sessionReply>

/** Where somebody is signed in. */
export const sessionsReply = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      device: z.string(),
      how: z.enum(['code', 'passkey']),
      createdAt: instant,
      seenAt: instant,
      current: z.boolean(),
    }),
  ),
})
export type SessionsReply = z.infer<typeof sessionsReply>

const passkey = z.object({ id: z.string(), name: z.string(), createdAt: instant, usedAt: z.nullable(instant) })

/** Somebody's passkeys. */
export const passkeysReply = z.object({ passkeys: z.array(passkey) })
export type PasskeysReply = z.infer<typeof passkeysReply>

/** A passkey that was kept. */
export const newPasskeyReply = passkey

/** Somebody as their colleagues see them; the name stays empty until they have come in. */
export const memberReply = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  since: instant,
  invitedBy: z.nullable(z.object({ id: z.string(), name: z.string() })),
  signedInAt: z.nullable(instant),
})
export type MemberReply = z.infer<typeof memberReply>

/** Everybody at a provider. */
export const peopleReply = z.object({ people: z.array(memberReply) })

/** Oneself. */
export const personReply = z.object({ id: z.string(), email: z.string(), name: z.string() })
