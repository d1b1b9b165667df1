import { type LinkBase, linkTo } from '../letters/link.ts'
import { doorPath } from '../letters/referral-school.en.ts'
import { hashOf, newSecret } from '../people/secret.ts'
import { insertLink, type LinkToKeep } from './link.store.ts'
import type { CaseChange, OpenCase } from './open-case.ts'

/** How long a link from a letter works, in milliseconds; a new one can be sent at any time. */
export const LINK_LASTS = 365 * 86_400_000

/** A link to a referral that is made now, with the secret that its letter brings. */
export async function newLink(
  { referral, as, who = '', parts = [] }: Pick<LinkToKeep, 'referral' | 'as' | 'parts'> & { who?: string },
  now: number,
): Promise<{ secret: string; link: LinkToKeep }> {
  const secret = newSecret()
  const madeAt = new Date(now).toISOString()
  const endsAt = new Date(now + LINK_LASTS).toISOString()
  return { secret, link: { hash: await hashOf(secret), referral, as, how: 'link', who, parts, madeAt, endsAt } }
}

/**
 * The address that a letter to the referrer brings: a door of its own, kept with the change that writes the letter. A page behind a visit
 * would refuse whoever has not come by a link for a few hours.
 */
export async function schoolDoor(
  change: CaseChange,
  { referral }: Pick<OpenCase, 'referral'>,
  { now, link: base }: { now: number; link: LinkBase },
): Promise<string> {
  const { secret, link } = await newLink({ referral: referral.id, as: 'referrer' }, now)
  change.also((db) => [insertLink(db, link)])
  return linkTo(base, doorPath(referral, secret))
}
