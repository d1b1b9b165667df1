import { whereTo } from '../../catalogue/rules/pathway.ts'
import type { ConsentGiver } from '../../catalogue/schema/consent.ts'
import type { Move } from '../../catalogue/schema/pathway.ts'
import { allFilled, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type {
  AskRequest,
  HeardRequest,
  ProgressReply,
  SchoolMoveRequest,
  SchoolRecordRequest,
} from '../../catalogue/wire/referral.ts'
import { tell } from '../cases/moves.ts'
import { tellSchoolSigned } from '../cases/signing.ts'
import { tellTurn } from '../cases/turn.ts'
import { keepAnswers } from '../consents/answering.ts'
import { lastAnswerOf, lastAskOf } from '../consents/asked.ts'
import { askFor, type PrintedLetter, printedLetter, type SealedPerson } from '../consents/asking.ts'
import { holdersIn } from '../consents/telling.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { takenBackForFamily } from '../letters/case-told.en.ts'
import { newLetterId } from '../letters/letter.ts'
import type { Written } from '../letters/order-parts.en.ts'
import { takenBack } from '../letters/referral-school.en.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { markOf } from '../sealing/seal.ts'
import type { Signatures } from './agreement.ts'
import { insertAsk, keptAsk } from './asked.store.ts'
import type { Doing } from './drafts.ts'
import { countedLetters, notToday, spreadChange } from './mailbox.ts'
import { CaseChange, type OpenCase } from './open-case.ts'
import { hasRefused, isAsked, moveMade, openSent, progressIn, schoolMoves } from './progress.ts'
import type { Visit } from './visit.ts'

/** How often families are asked, or written to, and how often their yes is written down, by one school about one referral in a day. */
const MOST_ASKS_A_DAY = 10

/** What the school does, once for each key. Without a key it is done each time that it can be. */
export interface SchoolDoing extends Doing {
  key?: string | undefined
}

/**
 * Asks somebody for consent: again, by another address, or somebody new. Whoever has said no is asked again only with a reason. Without a
 * purpose somebody who was asked gets a new link, for as long as there is an answer to take back.
 */
export function askAgain(env: Bindings, visit: Visit, request: AskRequest, by: SchoolDoing): Promise<ProgressReply> {
  return once(env, visit, ['ask', request], by, async (openCase, change) => {
    const { referral, kept } = openCase
    const isLink = request.purpose === undefined
    if (referral.status !== 'waiting' && referral.status !== 'open' && !(isLink && referral.status === 'ended'))
      throw closed(referral.status)
    const purpose = isLink ? undefined : openCase.purpose(request.purpose ?? '')
    if (!isLink && purpose?.asked !== 'at-once') throw invalid([{ pointer: '/purpose', code: 'not-asked' }])
    if (isLink && request.person === undefined) throw invalid([{ pointer: '/person', code: 'required' }])
    const each = request.each ?? ''
    if (isTooOften(openCase, by.today)) throw notToday(by.now)
    const known = kept.people.find(({ id }) => id === request.person)
    if (request.person !== undefined && !known) throw invalid([{ pointer: '/person', code: 'choose' }])
    const person = known && (await openCase.read<SealedPerson>(`person:${known.id}`))
    if (known && purpose && hasRefused(openCase, known.id, purpose.id, each) && !request.reason)
      throw invalid([{ pointer: '/reason', code: 'required' }])
    const as: ConsentGiver = known?.as ?? request.as
    const who = {
      person: known?.id,
      as,
      name: request.name,
      relationship: request.relationship ?? person?.relationship,
      // The empty text takes the address away that is known.
      email: request.by === 'letter' ? '' : (request.email ?? person?.email),
      language: request.language ?? known?.language ?? 'en',
    }
    const counts = who.email ? await countedLetters(env, [who.email], by.now) : []
    change.also((db, at) => counts.map((ask) => insertAsk(db, ask, at)))
    const asking = { link: by.link, today: by.today, now: by.now, reason: request.reason }
    await askFor(change, openCase, who, purpose ? [{ purpose: purpose.id, each }] : [], asking)
    return 'changed'
  })
}

/** Whether families were asked or written to so often today that it is a nuisance. Whom the referral itself asked, in the moment in which it was sent, counts for nothing. */
function isTooOften({ kept }: OpenCase, today: string): boolean {
  const sentAt = kept.events.find(({ kind }) => kind === 'sent')?.at
  const asked = kept.events.filter(({ kind, on, at }) => kind === 'asked' && on === today && at !== sentAt)
  return asked.length >= MOST_ASKS_A_DAY
}

/** Whether the school has written down so many answers today that no more of them can be meant. */
function isHeardTooOften({ kept }: OpenCase, now: number): boolean {
  const day = new Date(now).toISOString().slice(0, 10)
  const heard = kept.events.filter(
    ({ kind, actor, at }) => kind === 'answered' && actor === 'school' && at.slice(0, 10) === day,
  )
  return heard.length >= MOST_ASKS_A_DAY
}

/**
 * Writes down an answer that was given on paper or said: who gave it, when, and who writes it down. A yes to what a link asks counts on
 * signed paper alone; what is agreed to in person is written down by who was there. A no counts however it was said, and however often.
 * Throws `too-many-requests` for a yes of which the family can be told no more today.
 */
export async function hear(env: Bindings, visit: Visit, request: HeardRequest, by: Doing): Promise<ProgressReply> {
  const before = await openSent(env, visit)
  if (request.on > by.today) throw invalid([{ pointer: '/on', code: 'in-the-future' }])
  const { person, purpose, each = '', answer, how, on, name, relationship, heardBy, seen } = request
  const asked = before.purpose(purpose)
  if (answer === 'given' && (asked?.asked !== 'at-once' || asked.inPerson))
    throw invalid([{ pointer: '/purpose', code: 'choose' }])
  if (answer === 'given' && how !== 'paper') throw invalid([{ pointer: '/how', code: 'choose' }])
  if (answer === 'given' && !isThere(before, request)) {
    if (isHeardTooOften(before, by.now)) throw notToday(by.now)
    const { email } = (await before.read<SealedPerson>(`person:${person}`)) ?? {}
    if (email) await countedLetters(env, [email], by.now)
  }
  const answerer = { person, name, ...(relationship && { relationship }), how, heardBy, on }
  const { outcome } = await keepAnswers(env, { id: visit.referral }, answerer, [{ purpose, each, answer }], {
    actor: 'school',
    today: by.today,
    now: by.now,
    link: by.link,
    seen,
  })
  const openCase = await openSent(env, visit)
  if (outcome === 'closed' || outcome === 'stale') throw closed(openCase.referral.status)
  return progressIn(env.DB, openCase, by.today)
}

/** Whether a yes stands already, as it is written down: sent once more after a lost reply, it writes to nobody. */
function isThere(openCase: OpenCase, { person, purpose, each = '', on }: HeardRequest): boolean {
  const last = lastAnswerOf(openCase, person, { purpose, each })
  const asked = lastAskOf(openCase, person, { purpose, each })
  return last?.answer === 'given' && last.on === on && (asked?.number ?? 0) < last.number
}

/** The letter to print for somebody, with a new code in place of their earlier one. */
export async function letterFor(env: Bindings, visit: Visit, person: string, by: Doing): Promise<PrintedLetter> {
  const openCase = await openSent(env, visit)
  if (isTooOften(openCase, by.today)) throw notToday(by.now)
  const printed = await printedLetter(env, openCase, person, { ...by, actor: 'school' })
  if (!printed) throw new Failure('not-found')
  return printed
}

/** Signs the agreement for the school. Signed twice, it is signed once. */
export function sign(
  env: Bindings,
  visit: Visit,
  { name, role }: { name: string; role: string },
  by: SchoolDoing,
): Promise<ProgressReply> {
  return once(env, visit, ['sign', name, role], by, async (openCase, change) => {
    const { status } = openCase.referral
    if (!openCase.pathway.agreement) throw new Failure('not-found')
    const signed = (await openCase.read<Signatures>('agreement')) ?? {}
    if (signed.school) return 'nothing-new'
    if (status !== 'open') throw closed(status)
    change.seal('agreement', { ...signed, school: { name, role, on: by.today } })
    change.event('signed', 'school')
    await tellSchoolSigned(env.DB, change, openCase, by)
    return 'changed'
  })
}

/** Answers what the provider has asked. Where the case waits for that answer, and the school may say so, it goes on. */
export function reply(
  env: Bindings,
  visit: Visit,
  { text }: { text: string },
  by: SchoolDoing,
): Promise<ProgressReply> {
  return once(env, visit, ['reply', text], by, async (openCase, change) => {
    const { status } = openCase.referral
    if (status !== 'open' || !isAsked(openCase)) throw closed(status)
    change.event('reply', '', { said: { text } })
    const [onward, ...others] = schoolMoves(openCase, by.today).filter(
      ({ move, missing }) => move.as === 'go-on' && !move.reason && missing.length === 0,
    )
    if (onward && others.length === 0 && cameForMore(openCase)) await decide(openCase, change, onward.move, by)
    await tellTurn(env.DB, change, openCase, { as: 'school', now: by.now, link: by.link })
    return 'changed'
  })
}

/** Makes a decision that is the school's. */
export function moveOn(
  env: Bindings,
  visit: Visit,
  request: SchoolMoveRequest,
  by: SchoolDoing,
): Promise<ProgressReply> {
  return once(env, visit, ['move', request], by, async (openCase, change) => {
    const { status } = openCase.referral
    if (status !== 'open') throw closed(status)
    const possible = schoolMoves(openCase, by.today).find(({ move }) => move.id === request.move)
    if (!possible) throw closed(status)
    if (possible.missing.length > 0) throw invalid([{ pointer: '/move', code: 'not-complete' }])
    if (possible.move.reason && !request.reason) throw invalid([{ pointer: '/reason', code: 'required' }])
    await decide(openCase, change, possible.move, by, request.reason)
    await tellTurn(env.DB, change, openCase, { as: 'school', now: by.now, link: by.link })
    return 'changed'
  })
}

/** Writes down that the school has done something. */
export function record(
  env: Bindings,
  visit: Visit,
  { event, on }: SchoolRecordRequest,
  by: SchoolDoing,
): Promise<ProgressReply> {
  return once(env, visit, ['record', event, on], by, async (openCase, change) => {
    const { referral, pathway } = openCase
    if (referral.status !== 'open') throw closed(referral.status)
    if (!pathway.events.some(({ id, by: whose }) => id === event && whose.includes('school')))
      throw invalid([{ pointer: '/event', code: 'choose' }])
    if (on > by.today) throw invalid([{ pointer: '/on', code: 'in-the-future' }])
    if (on < (referral.sentOn ?? on)) throw invalid([{ pointer: '/on', code: 'too-long-ago' }])
    change.event('recorded', event, { on })
    change.entry('case-recorded', { event })
    return 'changed'
  })
}

/** Takes the referral back: work on it stops, what it said of the pupil goes at once, and everybody who knows of it is told. Taken back twice, it is so once. */
export function takeBack(env: Bindings, visit: Visit, by: SchoolDoing): Promise<ProgressReply> {
  return once(env, visit, ['take-back'], by, async (openCase, change) => {
    const { referral, pathway, document } = openCase
    const { status } = referral
    if (status === 'stopped' && referral.outcome === 'taken-back') return 'nothing-new'
    if (status !== 'waiting' && status !== 'open') throw closed(status)
    const [people, colleagues, answers, referrer] = await Promise.all([
      openCase.readAll<SealedPerson>('person:'),
      openCase.readAll<{ email: string }>('colleague:'),
      // Read before it is forgotten: who was told that there is a referral hears that there is none.
      openCase.readAll<PartAnswers>('part:'),
      openCase.read<{ email: string }>('referrer'),
    ])
    change.stop('taken-back')
    change.entry('referral-stopped', { why: 'taken-back' })
    const reference = referral.reference ?? ''
    const family = Object.entries(people).flatMap(([id, { email }]) => (email ? [{ id, email }] : []))
    for (const { id, email } of family) {
      const language = openCase.kept.people.find((one) => one.id === id)?.language ?? 'en'
      write(openCase, change, email, takenBackForFamily(document, reference, language), by)
    }
    // Before it was released nobody at the provider held it.
    const holders = status === 'open' ? await holdersIn(env.DB, openCase, { all: true, run: true }) : []
    const school = [...Object.values(colleagues).map(({ email }) => email), ...allFilled(pathway, answers, 'told')]
    const told = [referrer?.email ?? '', ...school, ...pathway.letters, ...holders].map((to) => to.toLowerCase())
    for (const to of new Set(told)) if (to) write(openCase, change, to, takenBack(document, reference), by)
    await spreadChange(env, change, by.now, [...pathway.letters, ...holders])
    return 'changed'
  })
}

/** Whether the case came to its stage because more was needed. */
function cameForMore({ kept, pathway }: OpenCase): boolean {
  const decided = kept.events.filter(({ kind }) => kind === 'decided').at(-1)
  return decided !== undefined && moveMade(pathway, decided)?.as === 'more-information'
}

/** A decision of the school's as a part of a change: the event, where it leads, and the letters that the catalogue names. */
async function decide(openCase: OpenCase, change: CaseChange, move: Move, by: Doing, reason?: string): Promise<void> {
  const { stage } = openCase.referral
  const said = reason === undefined ? {} : { said: { text: reason } }
  change.event('decided', move.id, { detail: { as: move.as, stage }, ...said })
  change.entry('case-moved', { move: move.id, as: 'school' })
  if (move.frees) change.free()
  const leads = whereTo(move)
  if (leads === 'ends') change.end(move.as)
  else if (leads !== 'stays') change.enter(leads.stage)
  await tell(change, openCase, move, { provider: openCase.referral.provider, ...by })
}

function write(
  { referral }: OpenCase,
  change: CaseChange,
  to: string,
  { subject, text }: Written,
  { now }: Doing,
): void {
  const about = referral.reference ?? ''
  const writtenAt = new Date(now).toISOString()
  change.letter({ id: newLetterId(), provider: referral.provider, about, to, subject, text, writtenAt })
}

function closed(status: string): Failure {
  return new Failure('conflict', { more: { referral: status } })
}

/** Does something with a referral once for each key: of two changes at once the second is decided anew over what the first has left. */
async function once(
  env: Bindings,
  visit: Visit,
  request: readonly unknown[],
  { key = crypto.randomUUID(), today, now }: SchoolDoing,
  work: (openCase: OpenCase, change: CaseChange) => Promise<'changed' | 'nothing-new'>,
): Promise<ProgressReply> {
  const scope = `school ${visit.referral}`
  const asked = await markOf(
    keyringOf(env),
    visit.provider,
    'request',
    JSON.stringify([visit.referral, key, ...request]),
  )
  for (let turn = 0; turn < 4; turn += 1) {
    const earlier = await keptAsk(env.DB, scope, key)
    if (earlier && earlier.asked !== asked) throw new Failure('key-reused')
    const openCase = await openSent(env, visit)
    if (earlier) return progressIn(env.DB, openCase, today)
    const change = new CaseChange(openCase, { actor: 'school', today, now })
    if ((await work(openCase, change)) === 'nothing-new') return progressIn(env.DB, openCase, today)
    change.also((db, at) => [insertAsk(db, { scope, key, asked, receipt: '{}', referral: visit.referral }, at)])
    if ((await change.keep(env.DB)) === 'done') return progressIn(env.DB, await openSent(env, visit), today)
  }
  throw new Failure('conflict')
}
