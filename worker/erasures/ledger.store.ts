import { text } from '../commands/d1.ts'
import { forgetStatements, freePlaces } from '../referrals/case.store.ts'
import { type Erasure, erasingStatements, type Preparing } from './store.ts'

/** A line of the ledger about a referral that was stopped: when, why, and until when the little is kept that is left of it. */
export interface Stop {
  referral: string
  provider: string
  on: string
  why: string
  until: string
}

/** Reads the ledger’s lines after a referral’s, in the order of their ids. */
export function ledgerQuery(after: string, most: number): string {
  return `SELECT referral, provider, erased_at AS at, why FROM erasure WHERE referral > ${text(after)} ORDER BY referral LIMIT ${most}`
}

/** Reads which referrals are stopped, after one, in the order of their ids. */
export function stoppedQuery(after: string, most: number): string {
  return `SELECT id AS referral, provider, ended_on AS "on", outcome AS why, delete_on AS until FROM referral
           WHERE status = 'stopped' AND id > ${text(after)} ORDER BY id LIMIT ${most}`
}

/** Counts which of some referrals are there. */
export function presentQuery(referrals: readonly string[]): string {
  return `SELECT count(*) AS present FROM referral WHERE id IN (${referrals.map(text).join(', ')})`
}

/** Reads which of some referrals are there and not stopped. */
export function goingOnQuery(referrals: readonly string[]): string {
  return `SELECT id FROM referral WHERE status <> 'stopped' AND id IN (${referrals.map(text).join(', ')})`
}

/** Writes statements down, with their values in them. */
const written: Preparing<string> = {
  prepare: (sql) => ({
    bind: (...values) => `${sql.replace(/\?(\d)/g, (_, number: string) => text(values[Number(number) - 1] ?? ''))};`,
  }),
}

/** The statements that erase a referral again by its line, and put the line back; where it is gone already they change nothing. */
export function replayStatements({ referral, provider, at, why }: Erasure): string[] {
  return [
    `INSERT INTO erasure (referral, provider, erased_at, why)
       VALUES (${text(referral)}, ${text(provider)}, ${text(at)}, ${text(why)}) ON CONFLICT (referral) DO NOTHING;`,
    ...erasingStatements(written, referral),
  ]
}

/**
 * The statements that stop a referral again which goes on in a restored copy: it leaves the board, gives its places back, and loses what it said of the pupil.
 * The words beside an answer cannot be told from who gave it without the keys, so these texts go as a whole; letters that wait are not sent.
 */
export function stopStatements({ referral, on, why, until }: Stop): string[] {
  const id = text(referral)
  return [
    ...freePlaces(written, referral, on),
    ...forgetStatements(written, referral),
    `DELETE FROM sealed WHERE referral = ${id} AND name GLOB 'answer:*';`,
    `DELETE FROM letter WHERE (state, due_at, id) IN (SELECT state, due_at, id FROM letter WHERE referral = ${id} AND state = 'waiting');`,
    `INSERT INTO case_event (referral, number, kind, of, happened_on, at, actor)
       SELECT id, events + 1, 'stopped', ${text(why)}, ${text(on)}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'system' FROM referral WHERE id = ${id};`,
    `INSERT INTO record (provider, actor, action, subject, detail, at)
       SELECT provider, 'system', 'referral-stopped', coalesce(reference, id), '{}', strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
         FROM referral WHERE id = ${id};`,
    `UPDATE referral
        SET status = 'stopped', outcome = ${text(why)}, ended_on = ${text(on)}, stage = '', stage_on = NULL, due_on = '9999-12-31', due_of = '', flags = '',
            held_until = '9999-12-31', consent_on = '9999-12-31',
            delete_on = ${text(until)}, events = events + 1
      WHERE id = ${id};`,
  ]
}
