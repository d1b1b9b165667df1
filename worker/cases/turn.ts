import { stageOf } from '../../catalogue/rules/pathway.ts'
import { isForCommissioner } from '../../catalogue/rules/who-may-read.ts'
import type { CaseMover } from '../../catalogue/schema/pathway.ts'
import { holdersOf } from '../consents/store.ts'
import { waitsForNobody, waitsForPerson } from '../letters/case-told.en.ts'
import { newLetterId } from '../letters/letter.ts'
import { type LinkBase, linkTo } from '../letters/link.ts'
import type { CaseChange, OpenCase } from '../referrals/open-case.ts'

/** As what a change is made, when, and where its letters lead. */
interface Turning {
  as: CaseMover
  now: number
  link: LinkBase
}

/**
 * Writes to those at the provider whose turn it is after a change: the commissioner where a case comes to a sign-off, and where the school or
 * the commissioner has done theirs, whoever works on it or has asked. Where that is nobody, co-ordinators and owners hear of it, and of a
 * sign-off that there is nobody for.
 */
export async function tellTurn(
  db: D1Database,
  change: CaseChange,
  { referral, pathway, document, kept }: OpenCase,
  { as, now, link }: Turning,
): Promise<void> {
  const { id, provider } = referral
  const { status, stage, reference } = change.state
  if (status !== 'open' || reference === null) return
  const fresh = change.events.slice(kept.events.length).map(({ kind }) => kind)
  const isAnswered = fresh.includes('reply')
  const here = fresh.includes('entered') ? stageOf(pathway, stage) : undefined
  const isForSignOff = here !== undefined && isForCommissioner(here)
  if (!isAnswered && !isForSignOff && !(here && (as === 'school' || as === 'commissioner'))) return
  const asker = kept.events.findLast(
    ({ kind, detail }) => kind === 'question' || (kind === 'decided' && detail.as === 'more-information'),
  )?.actor
  const people = isForSignOff ? [] : [...kept.assigned, ...(isAnswered && asker ? [asker] : [])]
  const holding = { provider, referral: id, panels: false }
  const own = await holdersOf(db, { ...holding, people, commissioned: isForSignOff, run: false })
  const office = isForSignOff && own.length > 0 ? [] : pathway.letters
  const run =
    own.length + office.length === 0
      ? await holdersOf(db, { ...holding, people: [], commissioned: false, run: true })
      : []
  const why = isForSignOff ? 'sign-off' : isAnswered ? 'answered' : 'moved'
  const words =
    isForSignOff && own.length === 0
      ? waitsForNobody(document, reference, linkTo(link, `/console/${provider}/people`))
      : waitsForPerson(document, reference, why, linkTo(link, `/console/${provider}/cases/${reference}`))
  const writtenAt = new Date(now).toISOString()
  for (const to of new Set([...own, ...office, ...run]))
    change.letter({ id: newLetterId(), provider, about: reference, kind: 'case-told', to, ...words, writtenAt })
}
