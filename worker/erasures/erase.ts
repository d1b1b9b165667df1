import type { ErasedReply, EraseRequest } from '../../catalogue/wire/erasure.ts'
import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { markOf } from '../sealing/seal.ts'
import { type ErasedFor, erase, keptErasure, referralWith } from './store.ts'

/** Who erases which referral of a provider, when, and by which Idempotency-Key. */
export interface ErasingByHand {
  provider: string
  reference: string
  /** The person’s id. */
  actor: string
  /** The real clock, in milliseconds, and the calendar’s day. */
  now: number
  today: string
  /** Empty where the request has none. */
  key: string
}

/**
 * Erases a referral because somebody asked for it: nothing but a line in the ledger and the record is left. Asked for again under the
 * same key, it gives the same answer. Throws `not-found` where there is no such referral, or none any more.
 */
export async function eraseByHand(
  env: Bindings,
  { provider, reference, actor, now, today, key }: ErasingByHand,
  { reason }: EraseRequest,
): Promise<ErasedReply> {
  const db = env.DB
  const asked = key === '' ? '' : await markOf(keyringOf(env), provider, 'request', `erase\n${reference}\n${reason}`)
  const again = async (): Promise<ErasedReply | undefined> => {
    const earlier = key === '' ? undefined : await keptErasure(db, provider, key)
    if (earlier && earlier.asked !== asked) throw new Failure('key-reused')
    return earlier && { erased: reference, ...JSON.parse(earlier.receipt) }
  }
  const found = await referralWith(db, provider, reference)
  if (!found) {
    const earlier = await again()
    if (earlier) return earlier
    throw new Failure('not-found')
  }
  const done = await erase(db, {
    referral: found.id,
    provider,
    reference,
    actor,
    at: new Date(now).toISOString(),
    why: 'asked',
    detail: { why: reason },
    // Its key is known for as long as others are, and says nothing of what it erased.
    key: key === '' ? undefined : { key, asked, receipt: JSON.stringify({ on: today }) },
  })
  if (done === 'done') {
    tellLedger(found.id, provider, 'asked', now)
    return { erased: reference, on: today }
  }
  const earlier = await again()
  if (earlier) return earlier
  throw new Failure('not-found')
}

/** A line of the log that is a line of the ledger: it names a referral that is gone, and nobody. */
export function tellLedger(referral: string, provider: string, why: ErasedFor, now: number): void {
  console.log(JSON.stringify({ erased: referral, provider, at: new Date(now).toISOString(), why }))
}

/** The same for one that consent or its school has stopped: what it said of the pupil is gone, and it must not come back open. */
export function tellStopped(
  referral: string,
  provider: string,
  { endedOn, outcome, deleteOn }: { endedOn: string | null; outcome: string; deleteOn: string },
): void {
  console.log(JSON.stringify({ stopped: referral, provider, on: endedOn, why: outcome, until: deleteOn }))
}
