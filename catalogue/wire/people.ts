import * as z from 'zod/mini'
import { isPlainText } from '../schema/plain.ts'
import { email, line } from '../schema/text.ts'
import { ROLES } from './roles.ts'

/** Somebody's e-mail address as it is known by: without spaces around it, in small letters. */
export const personalEmail = z.pipe(
  z.string().check(z.trim(), z.toLowerCase(), z.minLength(1, 'required'), z.refine(isPlainText, 'not-text')),
  email,
)

const role = z.enum(ROLES, 'choose')
const attempt = line(100)

/** Asks for a code by e-mail. */
export const codeRequest = z.object({ email: personalEmail })

/** Signs in with the code of an attempt. */
export const signInRequest = z.object({ attempt, code: line(40) })

/** What somebody calls themself. */
export const nameRequest = z.object({ name: line(120) })

/** Invites somebody to a provider. */
export const inviteRequest = z.object({ email: personalEmail, role })

/** Gives somebody another role. */
export const roleRequest = z.object({ role })

/** What an authenticator answers with, in base64url; its parts are checked by who verifies it. */
const encoded = z.string().check(z.maxLength(20_000, 'too-long'))
const credential = { id: encoded, rawId: encoded, type: z.literal('public-key', 'choose') }

/** Signs in with a passkey. */
export const passkeySignInRequest = z.object({
  attempt,
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: encoded,
      authenticatorData: encoded,
      signature: encoded,
      userHandle: z.optional(z.nullable(encoded)),
    }),
  }),
})

/** Keeps a passkey that was made for an attempt, under a name. */
export const passkeyRequest = z.object({
  attempt,
  name: line(80),
  response: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: encoded,
      attestationObject: encoded,
      transports: z.optional(z.array(line(20)).check(z.maxLength(10, 'too-many'))),
    }),
  }),
})

export type PasskeySignIn = z.infer<typeof passkeySignInRequest>['response']
export type NewPasskey = z.infer<typeof passkeyRequest>['response']
