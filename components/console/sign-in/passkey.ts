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

/** Whether somebody still waits to be signed in: a page that has been left signs nobody in a second time. */
export type Waiting = () => boolean

/** Signs in by a passkey that the browser asks for. */
export async function enterByPasskey(isWaiting: Waiting): Promise<Session> {
  return enter(false, isWaiting)
}

/** Waits until somebody takes the passkey that the browser offers in the e-mail field. */
export async function offerPasskey(isWaiting: Waiting): Promise<Session> {
  return enter(true, isWaiting)
}

/** Takes that offer back. */
export function withdrawPasskey(): void {
  WebAuthnAbortService.cancelCeremony()
}

let entering: Promise<Session> | undefined

async function enter(useBrowserAutofill: boolean, isWaiting: Waiting): Promise<Session> {
  const { attempt, options } = await send<Challenge>('POST', '/sign-in/passkeys/options')
  if (!isWaiting()) throw new DOMException('left', 'AbortError')
  const response = await startAuthentication({ optionsJSON: options, useBrowserAutofill })
  if (!isWaiting()) throw new DOMException('left', 'AbortError')
  // The offer may be taken while the button is pressed: two answers sign in once.
  entering ??= send<Session>('POST', '/sign-in/passkeys', { attempt, response }).finally(() => {
    entering = undefined
  })
  return entering
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
