import type { Bindings } from '../environment.ts'
import { KeyError, type Keyring, keyringOf } from '../sealing/keyring.ts'
import { open, openReferralKey, seal } from '../sealing/seal.ts'
import type { LetterToKeep } from './letter.ts'
import type { SealedRest } from './store.ts'

/** A letter about a referral as it is kept: its address and its text are sealed under the referral’s key, and end with it. Its subject names nobody. */
export async function sealedLetter(key: CryptoKey, referral: string, letter: LetterToKeep): Promise<LetterToKeep> {
  if (letter.to === undefined) return letter
  const { to, text } = letter
  const sealed = await seal(key, JSON.stringify({ to, text }), placeOf(referral, letter.id))
  return { ...letter, to: '', text: '', referral, sealed }
}

/** A letter with its address and text; undefined where they can be opened no more. */
export async function openedLetter<Kept extends { id: string; to: string; text: string; secret: SealedRest | null }>(
  letter: Kept,
  ring: Keyring | undefined,
): Promise<Kept | undefined> {
  const { secret } = letter
  if (!secret) return letter
  if (!secret.key || !ring) return undefined
  try {
    const key = await openReferralKey(ring, secret.referral, secret.key)
    const { to, text }: { to: string; text: string } = JSON.parse(
      await open(key, secret.text, placeOf(secret.referral, letter.id)),
    )
    return { ...letter, to, text }
  } catch (error) {
    if (error instanceof KeyError) return undefined
    throw error
  }
}

/** The keys, where the worker was given some: letters about orders need none. */
export function ringIn(env: Bindings): Keyring | undefined {
  try {
    return keyringOf(env)
  } catch (error) {
    if (error instanceof KeyError) return undefined
    throw error
  }
}

function placeOf(referral: string, letter: string): { referral: string; name: string; revision: number } {
  return { referral, name: `letter:${letter}`, revision: 0 }
}
