import { eventsThatStand } from '../../catalogue/rules/deadline.ts'
import type { CaseChangedReply, RecordRequest } from '../../catalogue/wire/case.ts'
import { Failure, invalid } from '../failures.ts'
import { assignedForPerson, questionForSchool } from '../letters/case-told.en.ts'
import { newLetterId } from '../letters/letter.ts'
import { linkTo } from '../letters/link.ts'
import { recordEntry } from '../records/store.ts'
import type { Signatures } from '../referrals/agreement.ts'
import { insertAsk } from '../referrals/asked.store.ts'
import type { OpenCase } from '../referrals/open-case.ts'
import { schoolDoor } from '../referrals/school-door.ts'
import { assign, postAgain, staffOf, unassign } from './around.store.ts'
import { changeCase, type Doer, doneBefore, receiptOf, requestOf, scopeOf } from './doing.ts'
import { WORKERS } from './one.ts'
import { readCase } from './reading.ts'
import { tellProviderSigned } from './signing.ts'

/** Writes down that something was done, which deadlines and decisions count. Throws `invalid` at `/event`, `/on` and `/planned`. */
export function recordEvent(doer: Doer, reference: string, body: RecordRequest): Promise<CaseChangedReply> {
  const { event, on, planned, text, seen } = body
  return changeCase(
    doer,
    reference,
    ['event', event, on, planned ?? '', text ?? '', seen],
    seen,
    async (change, { opened }) => {
      const found = opened.pathway.events.find(({ id, by }) => id === event && by.includes(doer.as))
      if (!found || !isOpen(opened)) throw invalid([{ pointer: '/event', code: 'choose' }])
      if (on > doer.today) throw invalid([{ pointer: '/on', code: 'in-the-future' }])
      if (on < (opened.referral.sentOn ?? on)) throw invalid([{ pointer: '/on', code: 'too-long-ago' }])
      if ((found.planned === true) !== (planned !== undefined))
        throw invalid([{ pointer: '/planned', code: found.planned ? 'required' : 'choose' }])
      if (planned !== undefined && planned < on) throw invalid([{ pointer: '/planned', code: 'too-long-ago' }])
      change.event('recorded', event, {
        on,
        ...(planned && { detail: { planned } }),
        ...(text === undefined ? {} : { said: { text } }),
      })
      change.entry('case-recorded', { event })
    },
  )
}

/**
 * Takes back what was written down by mistake: it stays in the history, and deadlines and decisions pass over it. Taken back already, it stays
 * so. Throws `not-found` where nothing of the kind was written down, or not by somebody like them.
 */
export function takeBackEvent(
  doer: Doer,
  reference: string,
  number: string,
  { seen }: { seen: number },
): Promise<CaseChangedReply> {
  return changeCase(doer, reference, ['take-back', number, seen], seen, async (change, { opened }) => {
    const { kept, pathway } = opened
    const event = kept.events.find((one) => String(one.number) === number && one.kind === 'recorded')
    const by = pathway.events.find(({ id }) => id === event?.of)?.by ?? []
    if (!event || !isOpen(opened) || !(doer.as === 'coordinator' || by.includes(doer.as)))
      throw new Failure('not-found')
    if (!eventsThatStand(kept.events).includes(event)) return 'nothing-new'
    change.event('taken-back', number)
    change.entry('case-recorded', { event: 'taken-back' })
    return undefined
  })
}

/** Writes a note for the people who work on a case. */
export function noteCase(
  doer: Doer,
  reference: string,
  { text, seen }: { text: string; seen?: number | undefined },
): Promise<CaseChangedReply> {
  return changeCase(doer, reference, ['note', text, seen ?? ''], seen, async (change) => {
    change.event('note', '', { said: { text } })
    change.entry('case-recorded', { event: 'note' })
  })
}

/** Asks the school for something more: a letter says that there is a question, which stands behind its link. */
export function askSchool(
  doer: Doer,
  reference: string,
  { text, seen }: { text: string; seen?: number | undefined },
): Promise<CaseChangedReply> {
  // A question is in the words of whoever asks: a commissioner, who knows no pupil, sends a referral back instead.
  if (doer.as === 'commissioner') throw new Failure('not-found')
  return changeCase(doer, reference, ['question', text, seen ?? ''], seen, async (change, { opened }) => {
    if (!isOpen(opened)) throw new Failure('conflict', { more: { status: opened.referral.status } })
    change.event('question', '', { said: { text } })
    change.entry('case-recorded', { event: 'question' })
    const referrer = await opened.read<{ email: string }>('referrer')
    if (referrer)
      change.letter({
        id: newLetterId(),
        provider: doer.provider,
        about: reference,
        kind: 'case-told',
        to: referrer.email,
        ...questionForSchool(opened.document, reference, await schoolDoor(change, opened, doer)),
        writtenAt: new Date(doer.now).toISOString(),
      })
  })
}

/** Sends a letter about a case again that did not arrive. Throws `not-found` for one that did, or that says nothing any more. */
export async function sendLetterAgain(doer: Doer, reference: string, letter: string): Promise<CaseChangedReply> {
  const { env, provider, person: actor, now } = doer
  const asked = await requestOf(doer, [reference, 'letter', letter])
  const earlier = await doneBefore<CaseChangedReply>(doer, asked)
  if (earlier) return earlier
  const { opened, around } = await readCase(doer, reference)
  if (!around.letters.some(({ id, again }) => id === letter && again === 1)) throw new Failure('not-found')
  const { id: referral, status, stage, events } = opened.referral
  const receipt = receiptOf(reference, status, stage, events)
  const at = new Date(now).toISOString()
  const kept = { scope: scopeOf(doer), key: doer.key, asked, receipt: JSON.stringify(receipt), referral }
  const entry = { provider, actor, action: 'letter-sent-again', subject: reference, detail: { about: 'referral' } }
  try {
    await env.DB.batch([
      insertAsk(env.DB, kept, at),
      postAgain(env.DB, provider, reference, letter, at),
      recordEntry(env.DB, entry, at),
    ])
  } catch (error) {
    // Two at once with one key: the other was quicker.
    const done = await doneBefore<CaseChangedReply>(doer, asked)
    if (done) return done
    throw error
  }
  return receipt
}

/** Has somebody work on a case; whoever does already is left as they are. Throws `invalid` at `/person` for who cannot. */
export function assignCase(
  doer: Doer,
  reference: string,
  { person, seen }: { person: string; seen?: number | undefined },
): Promise<CaseChangedReply> {
  const { env, provider, link } = doer
  return changeCase(doer, reference, ['assign', person, seen ?? ''], seen, async (change, { opened }) => {
    if (!isOpen(opened)) throw new Failure('conflict', { more: { status: opened.referral.status } })
    const somebody = (await staffOf(env.DB, provider)).find(({ id, role }) => id === person && WORKERS.has(role))
    if (!somebody) throw invalid([{ pointer: '/person', code: 'choose' }])
    if (opened.kept.assigned.includes(person)) return 'nothing-new'
    change.event('assigned', person)
    change.entry('case-assigned', { person })
    change.also((db, at) => [assign(db, provider, person, opened.referral.id, at)])
    if (person === doer.person) return undefined
    change.letter({
      id: newLetterId(),
      provider,
      about: reference,
      kind: 'case-told',
      to: somebody.email,
      ...assignedForPerson(opened.document, reference, linkTo(link, `/console/${provider}/cases/${reference}`)),
      writtenAt: new Date(doer.now).toISOString(),
    })
    return undefined
  })
}

/** Has somebody work on a case no more. Throws `not-found` for who does not. */
export function unassignCase(
  doer: Doer,
  reference: string,
  person: string,
  { seen }: { seen?: number | undefined },
): Promise<CaseChangedReply> {
  return changeCase(doer, reference, ['unassign', person, seen ?? ''], seen, async (change, { opened }) => {
    if (!opened.kept.assigned.includes(person)) throw new Failure('not-found')
    change.event('unassigned', person)
    change.entry('case-unassigned', { person })
    change.also((db) => [unassign(db, doer.provider, person, opened.referral.id)])
  })
}

/** Signs the agreement for the provider; signed already, it stays as it is. Throws `conflict` where the pathway has none. */
export function signAgreement(
  doer: Doer,
  reference: string,
  { name, seen }: { name: string; seen: number },
): Promise<CaseChangedReply> {
  return changeCase(doer, reference, ['agreement', name, seen], seen, async (change, { opened }) => {
    if (!opened.pathway.agreement || !isOpen(opened)) throw new Failure('conflict')
    const signed = (await opened.read<Signatures>('agreement')) ?? {}
    if (signed.provider) return 'nothing-new'
    change.seal('agreement', { ...signed, provider: { name, on: doer.today } })
    change.event('signed', 'provider')
    change.entry('case-recorded', { event: 'agreement-signed' })
    await tellProviderSigned(change, opened, doer)
    return undefined
  })
}

function isOpen({ referral }: OpenCase): boolean {
  return referral.status === 'open'
}
