import type { Clock } from '../environment.ts'
import { giveBackLease, takeLease } from '../letters/store.ts'
import { BEGINNING, linkOf } from './chain.ts'
import { endOfChain, entriesAfter, keepLinks } from './store.ts'

/** How many entries one batch links, and for how long a sealer may go on, in milliseconds. */
const PAGE = 200
const TURN = 20_000
const LEASE = 60_000

/**
 * Links the entries that are not linked yet: one sealer at a time, under a lease, and even two could not fork the chain, since
 * it only grows from where it ends. Returns how many were linked.
 */
export async function seal(db: D1Database, now: Clock): Promise<number> {
  const holder = crypto.randomUUID()
  const began = now()
  const at = (instant: number) => new Date(instant).toISOString()
  if (!(await takeLease(db, 'seal', holder, at(began), at(began + LEASE)))) return 0
  let sealed = 0
  try {
    while (now() - began < TURN) {
      const end = await endOfChain(db)
      const entries = await entriesAfter(db, end?.number ?? 0, PAGE)
      if (entries.length === 0) break
      let before = end?.hash ?? BEGINNING
      const links: { number: number; hash: string }[] = []
      for (const entry of entries) {
        before = await linkOf(before, entry)
        links.push({ number: entry.number, hash: before })
      }
      if (!(await keepLinks(db, end, links))) break
      sealed += links.length
    }
  } finally {
    await giveBackLease(db, 'seal', holder)
  }
  return sealed
}
