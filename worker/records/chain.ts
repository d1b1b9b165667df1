import { hashOf } from '../people/secret.ts'

/** An entry of the record as it was kept; `detail` is its JSON as it stands. */
export interface KeptEntry {
  number: number
  provider: string
  actor: string
  action: string
  subject: string
  detail: string
  at: string
}

/** Before the first link. */
export const BEGINNING = ''

/** A link: the SHA-256 of the link before it and of everything that the entry says. */
export function linkOf(
  before: string,
  { number, provider, actor, action, subject, detail, at }: KeptEntry,
): Promise<string> {
  return hashOf(JSON.stringify([before, number, provider, actor, action, subject, detail, at]))
}

/** Something that is wrong with the record. */
export interface ChainFault {
  number: number
  code: 'changed' | 'missing' | 'not-sealed-in-order' | 'end-moved'
}

/** A page of the record with its links, in the order of its numbers. */
export type SealedEntry = KeptEntry & { hash: string | null }

/** What is wrong with a record from its first entry on. `pages` are read one after the other; `end` is where the chain is said to end, `last` the highest number ever given. */
export async function faultsInChain(
  pages: AsyncIterable<readonly SealedEntry[]>,
  end: { number: number; hash: string } | undefined,
  last: number,
): Promise<{ entries: number; sealed: number; faults: ChainFault[] }> {
  const faults: ChainFault[] = []
  let entries = 0
  let sealed = 0
  let expected = 1
  let before = BEGINNING
  let open = false
  for await (const page of pages)
    for (const entry of page) {
      entries += 1
      for (; expected < entry.number; expected += 1) faults.push({ number: expected, code: 'missing' })
      expected = entry.number + 1
      if (entry.hash === null) {
        open = true
        continue
      }
      sealed += 1
      if (open) faults.push({ number: entry.number, code: 'not-sealed-in-order' })
      if ((await linkOf(before, entry)) !== entry.hash) faults.push({ number: entry.number, code: 'changed' })
      before = entry.hash
    }
  for (; expected <= last; expected += 1) faults.push({ number: expected, code: 'missing' })
  if ((end?.hash ?? BEGINNING) !== before) faults.push({ number: end?.number ?? 0, code: 'end-moved' })
  return { entries, sealed, faults }
}
