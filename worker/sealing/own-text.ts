import type { Keyring } from './keyring.ts'
import { newReferralKey, open, openReferralKey, seal, type WrappedKey } from './seal.ts'

/** What has a text and a key of its own: a panel’s note, or the school that an exclusion names. */
export type OwnRow = `panel:${string}` | `exclusion:${string}`

/** A text as its row keeps it; without a key it is empty. */
export interface OwnText {
  text: string
  master: number | null
  wrapped: string | null
}

/** Seals a text for its row, under a new key of the row’s; an empty text needs none. */
export async function sealOwn(
  ring: Keyring,
  row: OwnRow,
  text: string,
): Promise<{ text: string; key: (WrappedKey & { row: OwnRow }) | undefined }> {
  if (text === '') return { text, key: undefined }
  const { key, kept } = await newReferralKey(ring, row)
  return { text: await seal(key, text, placeOf(row)), key: { ...kept, row } }
}

/** Opens a row’s text. Throws `KeyError` where its master key is not held. */
export async function openOwn(ring: Keyring, row: OwnRow, { text, master, wrapped }: OwnText): Promise<string> {
  if (text === '' || master === null || wrapped === null) return ''
  return open(await openReferralKey(ring, row, { master, wrapped }), text, placeOf(row))
}

function placeOf(row: OwnRow): { referral: string; name: string; revision: number } {
  return { referral: row, name: 'own', revision: 1 }
}
