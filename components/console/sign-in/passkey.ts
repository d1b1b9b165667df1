import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
import { send } from '../api.ts'
import type { Session } from '../replies.ts'

interface Challenge {
  attempt: string
  options: PublicKeyCredentialRequestOptionsJSON
}

/** Signs in by a passkey that the browser asks for. */
export async function enterByPasskey(): Promise<Session> {
  return enter(false)
}

/** Waits until somebody takes the passkey that the browser offers in the e-mail field. */
export async function offerPasskey(): Promise<Session> {
  return enter(true)
}

/** Takes that offer back. */
export function withdrawPasskey(): void {
  WebAuthnAbortService.cancelCeremony()
}

async function enter(useBrowserAutofill: boolean): Promise<Session> {
  const { attempt, options } = await send<Challenge>('POST', '/sign-in/passkeys/options')
  const response = await startAuthentication({ optionsJSON: options, useBrowserAutofill })
  return send<Session>('POST', '/sign-in/passkeys', { attempt, response })
}

/** Makes a passkey on this device and keeps it under a name. */
export async function addPasskey(name: string): Promise<void> {
  const { attempt, options } = await send<{ attempt?: string; options: PublicKeyCredentialCreationOptionsJSON }>(
    'POST',
    '/passkeys/options',
  )
  const response = await startRegistration({ optionsJSON: options })
  await send('POST', '/passkeys', { ...(attempt !== undefined && { attempt }), name, response })
}
