import type { CaseAskRequest, CaseChangedReply, CaseHeardRequest } from '../../catalogue/wire/case.ts'
import { keepAnswers } from '../consents/answering.ts'
import { askFor, type SealedPerson } from '../consents/asking.ts'
import { Failure, invalid } from '../failures.ts'
import { insertAsk } from '../referrals/asked.store.ts'
import { type OpenCase, openCaseWith } from '../referrals/open-case.ts'
import { hasRefused } from '../referrals/progress.ts'
import { staffOf } from './around.store.ts'
import { changeCase, type Doer, doneBefore, meanwhile, receiptOf, requestOf, scopeOf } from './doing.ts'
import { readCase } from './reading.ts'

/**
 * Asks somebody for a consent: a person who was asked before, by another address or in another language where one is said, or somebody new.
 * Without a purpose somebody who was asked gets a new link, for as long as there is an answer to take back. The reply says whether a link went
 * to them or a letter has to be printed. Throws `invalid` at `/as`, `/name`, `/purpose`, `/each`, at `/email` for an address of the school’s or the provider’s, or at `/reason` where somebody has said no
 * before, and `not-found` for an unknown person.
 */
export function askConsent(doer: Doer, reference: string, body: CaseAskRequest): Promise<CaseChangedReply> {
  const { purpose, each = '', person, reason, seen, ...typed } = body
  const { link, today, now } = doer
  forWhoWorks(doer)
  return changeCase(doer, reference, ['ask', body], seen, async (change, { opened }) => {
    const { kept, referral } = opened
    // What is given in person is asked in person: a link would lead to a page that cannot be answered.
    if (purpose !== undefined && opened.purpose(purpose)?.inPerson)
      throw invalid([{ pointer: '/purpose', code: 'choose' }])
    if (referral.status !== 'open' && !(purpose === undefined && referral.status === 'ended'))
      throw new Failure('conflict', { more: { status: referral.status } })
    const known = kept.people.find(({ id }) => id === person)
    if (person !== undefined && !known) throw new Failure('not-found')
    if (purpose === undefined && !known) throw invalid([{ pointer: '/purpose', code: 'required' }])
    if (known && purpose !== undefined && !reason && hasRefused(opened, known.id, purpose, each))
      throw invalid([{ pointer: '/reason', code: 'required' }])
    const before = known && (await opened.read<SealedPerson>(`person:${known.id}`))
    const as = known?.as ?? typed.as
    const name = typed.name ?? before?.name
    if (as === undefined) throw invalid([{ pointer: '/as', code: 'required' }])
    if (name === undefined) throw invalid([{ pointer: '/name', code: 'required' }])
    const language = typed.language ?? known?.language ?? 'en'
    const { relationship, email } = typed
    // One that the form named can be the provider’s too, or has become so since.
    const to = email ?? before?.email
    if (to !== undefined && (await providersAddresses(doer, opened)).has(to.toLowerCase()))
      throw invalid([{ pointer: '/email', code: 'not-the-providers' }])
    const who = { person, as, name, relationship, email, language }
    const asked = purpose === undefined ? [] : [{ purpose, each }]
    return { ...(await askFor(change, opened, who, asked, { link, today, now, reason })) }
  })
}

/** Writes down a consent that was given in person or on paper: it counts as one that was given on the page, marked as what it is. */
export async function hearConsent(doer: Doer, reference: string, body: CaseHeardRequest): Promise<CaseChangedReply> {
  const { env, person: actor, today, now, link } = doer
  const { person, purpose, each = '', answer, how, on, name, relationship, seen } = body
  forWhoWorks(doer)
  const asked = await requestOf(doer, [reference, 'heard', body])
  const earlier = await doneBefore<CaseChangedReply>(doer, asked)
  if (earlier) return standing(doer, reference)
  const read = await readCase(doer, reference)
  const { referral } = read.opened
  if (referral.events !== seen) throw meanwhile(doer.as, read, seen)
  const kept = await keepAnswers(
    env,
    { id: referral.id },
    { person, name, relationship, how, heardBy: doer.called, on },
    [{ purpose, each, answer }],
    {
      actor,
      today,
      now,
      link,
      seen,
      also: (db, at) => [
        insertAsk(db, { scope: scopeOf(doer), key: doer.key, asked, receipt: '{}', referral: referral.id }, at),
      ],
    },
  )
  if (kept.outcome === 'stale' || kept.outcome === 'closed')
    throw new Failure('conflict', { more: { status: kept.status } })
  return standing(doer, reference)
}

/** The addresses of the provider and its people: a link for consent that went there would be answered by the provider. */
async function providersAddresses({ env, provider }: Doer, { pathway }: OpenCase): Promise<Set<string>> {
  const staff = (await staffOf(env.DB, provider)).map(({ email }) => email)
  return new Set([...pathway.letters, ...staff].map((address) => address.toLowerCase()))
}

/** Consent is for the people who work with the family. */
function forWhoWorks({ as }: Doer): void {
  if (as !== 'coordinator' && as !== 'practitioner') throw new Failure('not-found')
}

/** How a case stands, stopped ones too: what was heard may have stopped it. */
async function standing({ env, provider }: Doer, reference: string): Promise<CaseChangedReply> {
  const opened = await openCaseWith(env, { provider, reference })
  if (!opened) throw new Failure('not-found')
  const { status, stage, events } = opened.referral
  return receiptOf(reference, status, stage, events)
}
