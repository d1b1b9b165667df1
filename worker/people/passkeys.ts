import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { NewPasskey, PasskeySignIn } from '../../catalogue/wire/people.ts'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'
import { actorOf } from './actor.ts'
import type { KeptPasskey, PasskeyToKeep } from './passkeys.store.ts'

/** How long an authenticator may take, in milliseconds. */
export const CHALLENGE_LASTS = 5 * 60_000

/** 300 KB that no other request needs: loaded when somebody uses a passkey. */
const webauthn = () => import('@simplewebauthn/server')

/** What any authenticator is asked with that has a passkey for this website. */
export async function challengeFor(c: AppContext): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await webauthn()
  return generateAuthenticationOptions({
    rpID: websiteOf(c).id,
    userVerification: 'preferred',
    timeout: CHALLENGE_LASTS,
  })
}

/** What an authenticator is asked with to make a passkey for who is signed in, beside those that they have. */
export async function offerFor(
  c: AppContext,
  passkeys: readonly { credential: string }[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await webauthn()
  const { person, email, name } = actorOf(c)
  return generateRegistrationOptions({
    rpID: websiteOf(c).id,
    rpName: 'Outreach Kit',
    userID: Uint8Array.from(new TextEncoder().encode(person)),
    userName: email,
    userDisplayName: name || email,
    attestationType: 'none',
    timeout: CHALLENGE_LASTS,
    excludeCredentials: passkeys.map(({ credential }) => ({ id: credential })),
    // The browser offers it without being told who asks.
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  })
}

/** The passkey that an authenticator has made, verified; a refusal where it does not answer the challenge. */
export async function newPasskeyOf(
  c: AppContext,
  challenge: string,
  { id, rawId, type, response }: NewPasskey,
): Promise<Pick<PasskeyToKeep, 'credential' | 'publicKey' | 'counter' | 'transports'>> {
  const { verifyRegistrationResponse } = await webauthn()
  const website = websiteOf(c)
  const { clientDataJSON, attestationObject } = response
  const verified = await verifyRegistrationResponse({
    response: { id, rawId, type, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: website.origin,
    expectedRPID: website.id,
    requireUserVerification: false,
  }).catch(refused)
  if (!verified.verified) throw new Failure('passkey-refused')
  const { credential } = verified.registrationInfo
  return {
    credential: credential.id,
    publicKey: base64url(credential.publicKey),
    counter: credential.counter,
    transports: response.transports ?? [],
  }
}

/** A passkey's new counter, once its answer to the challenge is verified; a refusal where it is not. */
export async function answerOf(
  c: AppContext,
  challenge: string,
  { publicKey, counter }: KeptPasskey,
  { id, rawId, type, response }: PasskeySignIn,
): Promise<number> {
  const { verifyAuthenticationResponse } = await webauthn()
  const website = websiteOf(c)
  const { clientDataJSON, authenticatorData, signature } = response
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: {
      id,
      rawId,
      type,
      response: { clientDataJSON, authenticatorData, signature },
      clientExtensionResults: {},
    },
    expectedChallenge: challenge,
    expectedOrigin: website.origin,
    expectedRPID: website.id,
    credential: { id, publicKey: bytes(publicKey), counter },
    requireUserVerification: false,
  }).catch(refused)
  if (!verified) throw new Failure('passkey-refused')
  return authenticationInfo.newCounter
}

/** What the library throws is what is wrong with the answer; it can quote it, so nobody is told. */
function refused(): never {
  throw new Failure('passkey-refused')
}

/** What a passkey belongs to: the website that was asked. */
function websiteOf(c: AppContext): { id: string; origin: string } {
  const { hostname, origin } = new URL(c.req.url)
  return { id: hostname, origin }
}

function base64url(data: Uint8Array): string {
  return btoa(String.fromCharCode(...data))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
}
