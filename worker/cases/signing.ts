import { stageOf } from '../../catalogue/rules/pathway.ts'
import { holdersOf } from '../consents/store.ts'
import { tellSchool, type Writing, writerFor } from '../consents/telling.ts'
import { signedForProvider, signedForSchool, signForSchool } from '../letters/agreement.en.ts'
import { type LinkBase, linkTo } from '../letters/link.ts'
import { needsAgreement } from '../referrals/agreement.ts'
import type { CaseChange, OpenCase } from '../referrals/open-case.ts'

/** Where and when the letters of an agreement are written. */
type Signing = Writing & { link: LinkBase }

/** Tells the school that there is an agreement to sign, where a change has brought the case to a stage that needs it and the school has not signed. */
export async function tellToSign(change: CaseChange, opened: OpenCase, by: Signing): Promise<void> {
  const { pathway, kept } = opened
  const { status, stage } = change.state
  const hasCome = change.events.slice(kept.events.length).some(({ kind }) => kind === 'entered')
  if (!pathway.agreement || status !== 'open' || !hasCome || !needsAgreement(stageOf(pathway, stage))) return
  if (!hasSigned(change, 'school')) await askSchool(change, opened, by, hasSigned(change, 'provider'))
}

/** Tells of the provider’s signature: the school, whose turn it is unless it has signed. */
export async function tellProviderSigned(change: CaseChange, opened: OpenCase, by: Signing): Promise<void> {
  if (hasSigned(change, 'school')) await tellBoth(change, opened, by)
  else await askSchool(change, opened, by, true)
}

/** Tells of the school’s signature: whoever works on the case, and those who can sign for the provider; and the school, where both have signed. */
export async function tellSchoolSigned(
  db: D1Database,
  change: CaseChange,
  opened: OpenCase,
  by: Signing,
): Promise<void> {
  const { referral, pathway, kept } = opened
  const { id, provider, reference } = referral
  const isBoth = hasSigned(change, 'provider')
  const holders = await holdersOf(db, {
    provider,
    referral: id,
    people: kept.assigned,
    panels: false,
    commissioned: false,
    // A role address is read by those who run cases; without one they hear of it themselves.
    run: pathway.letters.length === 0,
  })
  const address = linkTo(by.link, `/console/${provider}/cases/${reference}/agreement`)
  const write = writerFor(change, opened, by)
  for (const to of new Set([...pathway.letters, ...holders]))
    write('case-told', to, signedForProvider(reference ?? '', address, isBoth))
  if (isBoth) await tellBoth(change, opened, by)
}

function askSchool(change: CaseChange, opened: OpenCase, by: Signing, isProviders: boolean): Promise<void> {
  return tellSchool(change, opened, 'case-told', by, (door = '') =>
    signForSchool(opened.document, opened.referral.reference ?? '', door, isProviders),
  )
}

function tellBoth(change: CaseChange, opened: OpenCase, by: Signing): Promise<void> {
  return tellSchool(change, opened, 'case-told', by, (door = '') =>
    signedForSchool(opened.document, opened.referral.reference ?? '', door),
  )
}

function hasSigned({ events }: CaseChange, side: 'school' | 'provider'): boolean {
  return events.some(({ kind, of }) => kind === 'signed' && of === side)
}
