import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import type { LetterToKeep } from '../letters/letter.ts'
import { mostLettersADay } from '../requests/limits.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { markOf } from '../sealing/seal.ts'
import { type AskToKeep, howManyAsked, insertAsk } from './asked.store.ts'
import type { CaseChange } from './open-case.ts'

const DAY = 86_400_000

/**
 * What counts the letters that strangers make us write to some addresses, a row for each letter, for the batch of the letters: whichever referrals, providers
 * and browsers they come from. Of an address nothing but its blind mark is kept, for as long as keys are. Throws `too-many-requests` until tomorrow where
 * they are more than a mailbox takes today.
 */
export async function countedLetters(env: Bindings, addresses: readonly string[], now: number): Promise<AskToKeep[]> {
  const counted = await countedOn(env, addresses, now)
  const counts = counted.flatMap((ask) => ask ?? [])
  if (counts.length < counted.length) throw notToday(now)
  return counts.flatMap((ask) => (ask === 'unlimited' ? [] : [ask]))
}

/** Says of what was done often enough today that it is possible again tomorrow. */
export function notToday(now: number): Failure {
  return new Failure('too-many-requests', { retryAfter: Math.ceil((DAY - (now % DAY)) / 1_000) })
}

/**
 * Letters that tell of what is done all the same, whether a mailbox has room or not, with what counts them: one that is full today is written to
 * tomorrow, and one that is full tomorrow too is not. The provider’s own addresses, `office`, always hear at once.
 */
export async function spreadLetters(
  env: Bindings,
  letters: readonly LetterToKeep[],
  now: number,
  office: readonly string[] = [],
): Promise<{ letters: LetterToKeep[]; counts: AskToKeep[] }> {
  const own = new Set(office.map(spelt))
  const always = letters.filter(({ to }) => to === undefined || own.has(spelt(to)))
  const spread: LetterToKeep[] = [...always]
  const counts: AskToKeep[] = []
  let left = letters.filter((letter) => !always.includes(letter))
  const tomorrow = now - (now % DAY) + DAY
  for (const day of [now, tomorrow]) {
    const counted = await countedOn(
      env,
      left.map(({ to = '' }) => to),
      day,
    )
    const later = day === now ? {} : { dueAt: new Date(day).toISOString() }
    for (const [index, ask] of counted.entries()) {
      const letter = left[index]
      if (letter && ask) spread.push({ ...letter, ...later })
      if (ask && ask !== 'unlimited') counts.push(ask)
    }
    left = left.filter((_, index) => counted[index] === undefined)
  }
  return { letters: spread, counts }
}

/** The same with the letters of a change, and what counts them kept in its batch. */
export async function spreadChange(
  env: Bindings,
  change: CaseChange,
  now: number,
  office: readonly string[],
): Promise<void> {
  const { letters, counts } = await spreadLetters(env, change.letters, now, office)
  change.writesInstead(letters)
  change.also((db, at) => counts.map((ask) => insertAsk(db, ask, at)))
}

/** What counts a letter to each address on a day, in their order; undefined where the mailbox has had its number. */
async function countedOn(
  env: Bindings,
  addresses: readonly string[],
  day: number,
): Promise<(AskToKeep | 'unlimited' | undefined)[]> {
  const most = mostLettersADay(env)
  if (most === 0) return addresses.map(() => 'unlimited')
  const ring = keyringOf(env)
  const on = new Date(day).toISOString().slice(0, 10)
  const scopes = await Promise.all(
    addresses.map(async (address) => `mailbox ${await markOf(ring, '', 'mailbox', spelt(address))} ${on}`),
  )
  const different = [...new Set(scopes)]
  const had = await howManyAsked(env.DB, different)
  const room = new Map(different.map((scope, index) => [scope, most - (had[index] ?? 0)]))
  return scopes.map((scope) => {
    const left = room.get(scope) ?? 0
    room.set(scope, left - 1)
    return left > 0 ? { scope, key: crypto.randomUUID(), asked: '', receipt: '{}' } : undefined
  })
}

function spelt(address: string): string {
  return address.trim().toLowerCase()
}
