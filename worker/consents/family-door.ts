import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { type LinkBase, linkTo } from '../letters/link.ts'
import { hashOf, newSecret } from '../people/secret.ts'
import { insertLink } from '../referrals/link.store.ts'
import type { CaseChange, OpenCase } from '../referrals/open-case.ts'

/** For how long a link works where a permission never runs out, in days. */
const LONGEST = 1_100

/**
 * The address that a letter to somebody who was asked brings, and the instant until which it works: a door of their own, kept with the
 * change that writes the letter. Earlier ones go on working.
 */
export async function familyDoor(
  change: CaseChange,
  { referral, pathway }: Pick<OpenCase, 'referral' | 'pathway'>,
  person: string,
  { now, link: base }: { now: number; link: LinkBase },
): Promise<{ address: string; endsAt: string }> {
  const secret = newSecret()
  const hash = await hashOf(secret)
  const endsAt = doorEndsAt(pathway, now)
  change.also((db, madeAt) => [
    insertLink(db, { hash, referral: referral.id, as: 'consent', how: 'link', who: person, madeAt, endsAt }),
  ])
  return { address: linkTo(base, `/consent/${secret}`), endsAt }
}

/** Until when a link or a code that is made now works: as long as there is something to answer or to take back. */
export function doorEndsAt({ consent }: Pick<Pathway, 'consent'>, now: number): string {
  const days = consent.openDays + Math.max(...consent.purposes.map(({ lastsDays }) => lastsDays ?? LONGEST))
  return new Date(now + days * 86_400_000).toISOString()
}
