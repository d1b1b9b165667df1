import { SIGNS } from '../orders/reference.ts'
import { hashOf } from '../people/secret.ts'
import type { Keyring } from '../sealing/keyring.ts'
import { markOf } from '../sealing/seal.ts'

/** How many signs a printed code has: with the date of birth and five tries nobody guesses one of 10^17. */
const LENGTH = 12

/** A code that can be typed from paper, in three groups: `7K4M-2QXD-9FHA`. */
export function newConsentCode(): string {
  const chance = crypto.getRandomValues(new Uint32Array(LENGTH))
  return grouped([...chance].map((number) => SIGNS[number % SIGNS.length]).join(''))
}

/** A code as it is printed, from what somebody typed or a picture held; undefined where it can be none. */
export function codeIn(typed: string): string | undefined {
  // An S that somebody reads is a 5: the signs have no S.
  const signs = typed
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replaceAll('S', '5')
  return signs.length === LENGTH && [...signs].every((sign) => SIGNS.includes(sign)) ? grouped(signs) : undefined
}

/** What is kept of a link’s secret or of a code; undefined where it can be neither. A code is short, so that its mark needs a key that the database does not hold. */
export async function keptOfSecret(ring: Keyring, secret: string): Promise<string | undefined> {
  if (/^[0-9a-f]{64}$/.test(secret)) return hashOf(secret)
  const code = codeIn(secret)
  return code === undefined ? undefined : markOf(ring, '', 'code', code)
}

function grouped(signs: string): string {
  return signs.replace(/(.{4})(?=.)/g, '$1-')
}
