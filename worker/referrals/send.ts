import { addDays } from '../../catalogue/rules/dates.ts'
import { expectedFrom } from '../../catalogue/rules/deadline.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { allFilled, faultsInPart, filled, type ReferralAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import { neededParts } from '../../catalogue/wire/needed.ts'
import type { SentReply } from '../../catalogue/wire/referral.ts'
import { askFor, firstToAsk } from '../consents/asking.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import type { Written } from '../letters/order-parts.en.ts'
import { sentForReferrer, sentForTold, waitsForProvider } from '../letters/referral-school.en.ts'
import { newReference } from '../orders/reference.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { insertAsk, keptAsk } from './asked.store.ts'
import { sendStatements } from './draft.store.ts'
import { type Doing, openVisited } from './drafts.ts'
import { insertLink } from './link.store.ts'
import { countedLetters } from './mailbox.ts'
import { pupilMarks, schoolMark } from './marks.ts'
import { CaseChange, type OpenCase } from './open-case.ts'
import { faultsOfOwn, schoolsAddresses } from './own-addresses.ts'
import { newLink } from './school-door.ts'
import type { Visit } from './visit.ts'

/** A referral is sent once, so its own id is the key of sending it. */
const SCOPE = 'send'

/**
 * Sends a referral: the school is told its reference, those at school whom the form names hear of it, whoever is to consent is asked,
 * and the provider hears that a referral waits. Sent twice, it is one referral with one set of letters, and the same answer. Throws
 * `invalid` with `/parts/PART/QUESTION` and `/declarations/ID` where something is missing.
 */
export async function sendReferral(
  env: Bindings,
  visit: Visit,
  { declarations }: { declarations: readonly string[] },
  by: Doing,
): Promise<SentReply> {
  // A reference that is taken already is drawn again, and parts that changed meanwhile are read again.
  for (let turn = 0; turn < 3; turn += 1) {
    const openCase = await openVisited(env, visit)
    if (openCase.referral.status !== 'draft') return sentBefore(env, openCase)
    const answers = await openCase.readAll<Record<string, string | string[]>>('part:')
    const own = await schoolsAddresses(openCase, answers)
    const faults = faultsBeforeSending(openCase.pathway, answers, declarations, by.today, own)
    if (faults.length > 0) throw invalid(faults)
    const { change, receipt } = await sending(env, openCase, answers, by)
    if ((await change.keep(env.DB)) === 'done') return receipt
  }
  throw new Failure('conflict')
}

/** Everything that keeps a referral from being sent; `own` are the school’s addresses. A part that asks for nothing that is needed may be left alone. */
export function faultsBeforeSending(
  pathway: Pathway,
  answers: ReferralAnswers,
  declarations: readonly string[],
  today: string,
  own: ReadonlySet<string>,
): Fault[] {
  const inParts = neededParts(pathway, answers, today).flatMap((part) => {
    const given = answers[part.id] ?? {}
    return [...faultsInPart(part, given, today), ...faultsOfOwn(part, given, own)].map((fault) => ({
      ...fault,
      pointer: `/parts/${part.id}${fault.pointer}`,
    }))
  })
  const unsaid = pathway.declarations
    .filter(({ id }) => !declarations.includes(id))
    .map(({ id }): Fault => ({ pointer: `/declarations/${id}`, code: 'required' }))
  const nobody = inParts.length === 0 && firstToAsk(pathway, answers, today).length === 0 ? [askedNobody(pathway)] : []
  return [...inParts, ...nobody, ...unsaid]
}

/** Nobody is named who could consent: said where the carer’s name belongs. */
function askedNobody({ parts }: Pathway): Fault {
  const place = parts.flatMap(({ id, questions }) =>
    questions.filter(({ fills }) => fills === 'carer.name').map((question) => `/parts/${id}/${question.id}`),
  )[0]
  return { pointer: place ?? '/parts', code: 'required' }
}

async function sending(
  env: Bindings,
  openCase: OpenCase,
  answers: ReferralAnswers,
  { today, now, link: base }: Doing,
): Promise<{ change: CaseChange; receipt: SentReply }> {
  const { document, pathway, calendar, referral } = openCase
  const { id, provider } = referral
  const ring = keyringOf(env)
  const said = (fills: Parameters<typeof filled>[2]) => filled(pathway, answers, fills)
  const reference = newReference(provider)
  const at = new Date(now).toISOString()
  const change = new CaseChange(openCase, { actor: 'school', today, now })
  change.sent(reference, await schoolMark(ring, provider, { name: said('school.name'), urn: said('school.urn') }))

  const referrer = await openCase.read<{ email: string }>('referrer')
  const email = referrer?.email ?? ''
  change.seal('referrer', { email, ...present({ name: said('referrer.name'), role: said('referrer.role') }) })
  change.seal('card', {
    pupil: initialsIn(said('pupil.name')),
    school: said('school.name'),
    ...present({
      year: nameOfChoice(pathway, 'pupil.year', said('pupil.year')),
      district: nameOfChoice(pathway, 'school.district', said('school.district')),
    }),
  })

  const asked: SentReply['asked'] = []
  const first = firstToAsk(pathway, answers, today)
  // Whoever is told was named by whoever fills the form, and the referrer’s own address may be anybody’s.
  const told = [...new Set(allFilled(pathway, answers, 'told').map((address) => address.toLowerCase()))].filter(
    (address) => address !== email,
  )
  const asks = first.flatMap(({ who }) => who.email || [])
  const counts = await countedLetters(env, [...asks, email, ...told], now)
  for (const { who, purposes } of first) {
    const { how } = await askFor(change, openCase, who, purposes, { link: base, today, now })
    asked.push({ as: who.as, how })
  }

  const letter = (to: string, { subject, text }: Written) =>
    change.letter({ id: newLetterId(), provider, about: reference, to, subject, text, writtenAt: at })
  const { secret, link } = await newLink({ referral: id, as: 'referrer' }, now)
  const about = { id, provider, reference }
  const openUntil = addDays(today, pathway.consent.openDays)
  const letters = asked.filter(({ how }) => how === 'letter').length
  const expected = expectedFrom(pathway, today, calendar)
  const due = expected.filter(({ from }) => from === 'sent')
  letter(
    email,
    sentForReferrer(document, base, about, secret, {
      pathway,
      sentOn: today,
      openUntil,
      deletedOn: change.state.deleteOn,
      letters,
      due,
    }),
  )
  for (const address of told) letter(address, sentForTold(document, reference, { pathway, sentOn: today }))
  for (const address of pathway.letters) letter(address, waitsForProvider(reference, { pathway, sentOn: today }))

  const receipt: SentReply = { reference, status: 'waiting', asked, expected }
  const marks = await pupilMarks(ring, provider, said('pupil.name'), said('pupil.born'))
  const revisions = [...openCase.kept.sealed]
    .filter(([name]) => name.startsWith('part:'))
    .reduce((sum, [, { revision }]) => sum + revision, 0)
  change.also((db) => [
    ...sendStatements(db, id, revisions, { provider, marks }),
    insertLink(db, link),
    ...counts.map((ask) => insertAsk(db, ask, at)),
    insertAsk(db, { scope: SCOPE, key: id, asked: '', receipt: JSON.stringify(receipt), referral: id }, at),
  ])
  change.entry('referral-sent', { pathway: pathway.id })
  return { change, receipt }
}

/** What was said when the referral was sent. */
async function sentBefore(env: Bindings, openCase: OpenCase): Promise<SentReply> {
  const { referral, kept, pathway, calendar } = openCase
  const earlier = await keptAsk(env.DB, SCOPE, referral.id)
  if (earlier) return JSON.parse(earlier.receipt)
  const { reference, sentOn } = referral
  if (reference === null || sentOn === null) throw new Failure('conflict', { more: { referral: referral.status } })
  // Its receipt is gone with its time; who was asked is in the history.
  const people = await openCase.readAll<{ email?: string }>('person:')
  const asked = kept.people.map(({ id, as }) => ({
    as,
    how: people[id]?.email ? ('link' as const) : ('letter' as const),
  }))
  return { reference, status: 'waiting', asked, expected: expectedFrom(pathway, sentOn, calendar) }
}

/** The first letters of the first and the last word of a name: `A. K.` What has a hyphen in it is one word. */
export function initialsIn(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{Letter}\p{Number}]/u.test(word))
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word = '') => `${(/[\p{Letter}\p{Number}]/u.exec(word)?.[0] ?? '').toUpperCase()}.`).join(' ')
}

/** What a choice is called, where the question is one of choices; else what was typed. */
function nameOfChoice({ parts }: Pathway, fills: 'pupil.year' | 'school.district', answer: string): string {
  const questions = parts.flatMap((part) => part.questions).filter((question) => question.fills === fills)
  return questions.flatMap(({ choices = [] }) => choices).find(({ id }) => id === answer)?.name ?? answer
}

/** What is there of some texts. */
function present<Name extends string>(texts: Record<Name, string>): Partial<Record<Name, string>> {
  const entries = Object.entries<string>(texts).filter(([, text]) => text !== '')
  return Object.fromEntries(entries) as Partial<Record<Name, string>>
}
