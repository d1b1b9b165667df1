import { text } from '../commands/d1.ts'
import type { WrappedKey } from './seal.ts'

/** A referral’s key as it is kept, and at which provider. */
export type KeptKey = WrappedKey & { referral: string; provider: string }

/** Reads keys that another master key than the current one wraps, in the order of their referrals. */
export function staleKeysQuery(current: number, after: string, most: number): string {
  return `SELECT k.referral AS referral, k.master AS master, k.wrapped AS wrapped, coalesce(r.provider, '') AS provider
            FROM referral_key AS k LEFT JOIN referral AS r ON r.id = k.referral
           WHERE k.master <> ${current} AND k.referral > ${text(after)} ORDER BY k.referral LIMIT ${most}`
}

/** Counts the keys that each version of the master key wraps. */
export const KEYS_BY_MASTER = 'SELECT master, count(*) AS keys FROM referral_key GROUP BY master ORDER BY master'

/** Keeps a key as it is wrapped now, unless it was erased or wrapped anew meanwhile. */
export function rewrapStatement(old: KeptKey, { master, wrapped }: WrappedKey): string {
  return `UPDATE referral_key SET master = ${master}, wrapped = ${text(wrapped)}
           WHERE referral = ${text(old.referral)} AND master = ${old.master} AND wrapped = ${text(old.wrapped)};`
}

/** Says in a provider’s record that its referrals’ keys were wrapped anew. */
export function rotatedStatement(provider: string, master: number, referrals: number): string {
  return `INSERT INTO record (provider, actor, action, subject, detail, at)
          VALUES (${text(provider)}, 'system', 'keys-rotated', ${text(`master key ${master}`)}, ${text(JSON.stringify({ referrals }))},
                  strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));`
}
