import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import { mostLettersADay } from '../requests/limits.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { markOf } from '../sealing/seal.ts'
import { type AskToKeep, howManyAsked } from './asked.store.ts'

const DAY = 86_400_000

/**
 * What counts the letters that strangers make us write to some addresses, a row for each, for the batch of the letters: whichever referrals, providers and
 * browsers they come from. Of an address nothing but its blind mark is kept, for as long as keys are. Throws `too-many-requests` until tomorrow where a
 * mailbox has had its number for today.
 */
export async function countedLetters(env: Bindings, addresses: readonly string[], now: number): Promise<AskToKeep[]> {
  const most = mostLettersADay(env)
  if (most === 0) return []
  const asks = await asksFor(env, addresses, now)
  const counts = await howManyAsked(
    env.DB,
    asks.map(({ scope }) => scope),
  )
  if (counts.some((count) => count >= most))
    throw new Failure('too-many-requests', { retryAfter: Math.ceil((DAY - (now % DAY)) / 1_000) })
  return asks
}

function asksFor(env: Bindings, addresses: readonly string[], now: number): Promise<AskToKeep[]> {
  const ring = keyringOf(env)
  const day = new Date(now).toISOString().slice(0, 10)
  return Promise.all(
    [...new Set(addresses.map((address) => address.trim().toLowerCase()))].map(async (address) => ({
      scope: `mailbox ${await markOf(ring, '', 'mailbox', address)} ${day}`,
      key: crypto.randomUUID(),
      asked: '',
      receipt: '{}',
    })),
  )
}
