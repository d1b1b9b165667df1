import { text } from '../commands/d1.ts'
import { type Erasure, erasingStatements } from './store.ts'

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
  const written = {
    prepare: (sql: string) => ({
      bind: (...values: string[]) =>
        `${sql.replace(/\?(\d)/g, (_, number: string) => text(values[Number(number) - 1] ?? ''))};`,
    }),
  }
  return [
    `INSERT INTO erasure (referral, provider, erased_at, why)
       VALUES (${text(referral)}, ${text(provider)}, ${text(at)}, ${text(why)}) ON CONFLICT (referral) DO NOTHING;`,
    ...erasingStatements(written, referral),
  ]
}
