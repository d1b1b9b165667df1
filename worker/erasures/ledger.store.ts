import { text } from '../commands/d1.ts'
import { ERASING, type Erasure, NOTING } from './store.ts'

/** Reads the ledger’s lines after a referral’s, in the order of their ids. */
export function ledgerQuery(after: string, most: number): string {
  return `SELECT referral, provider, erased_at AS at, why FROM erasure WHERE referral > ${text(after)} ORDER BY referral LIMIT ${most}`
}

/** Counts which of some referrals are there. */
export function presentQuery(referrals: readonly string[]): string {
  return `SELECT count(*) AS present FROM referral WHERE id IN (${referrals.map(text).join(', ')})`
}

/** The statements that erase a referral again by its line, and put the line back; where it is gone already they change nothing. */
export function replayStatements({ referral, provider, at, why }: Erasure): string[] {
  const filled = (sql: string, values: readonly string[]) =>
    `${sql.replace(/\?(\d)/g, (_, number: string) => text(values[Number(number) - 1] ?? ''))};`
  return [
    filled(`${NOTING} ON CONFLICT (referral) DO NOTHING`, [referral, provider, at, why]),
    ...ERASING.map((sql) => filled(sql, [referral])),
  ]
}
