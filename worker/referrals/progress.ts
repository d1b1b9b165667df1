import { deadlinesOf } from '../../catalogue/rules/deadline.ts'
import { movesOf, stageOf } from '../../catalogue/rules/pathway.ts'
import { termOf } from '../../catalogue/rules/working-days.ts'
import type { Move, Pathway } from '../../catalogue/schema/pathway.ts'
import type { ProgressConsent, ProgressReply } from '../../catalogue/wire/referral.ts'
import { lastDayToAnswer } from '../consents/asked.ts'
import type { SealedPerson } from '../consents/asking.ts'
import { standingsOf } from '../consents/standings.ts'
import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import { poolsWith } from '../places/place.store.ts'
import { schoolPool } from '../places/pools.ts'
import { needsAgreement, type Signatures } from './agreement.ts'
import type { StoredEvent } from './case.store.ts'
import { openVisited } from './drafts.ts'
import type { OpenCase } from './open-case.ts'
import { plannedDays } from './planned.ts'
import type { Visit } from './visit.ts'

/** What was said with an event. */
interface Said {
  text?: string
}

/** A referral that was sent, for whoever was let in. Throws `conflict` where it is a draft yet. */
export async function openSent(env: Bindings, visit: Pick<Visit, 'referral'>): Promise<OpenCase> {
  const openCase = await openVisited(env, visit)
  if (openCase.referral.status === 'draft') throw new Failure('conflict', { more: { referral: 'draft' } })
  return openCase
}

/** How a referral that was sent stands, as the school sees it. */
export async function progressOf(env: Bindings, visit: Pick<Visit, 'referral'>, today: string): Promise<ProgressReply> {
  return progressIn(env.DB, await openSent(env, visit), today)
}

/** The same of a referral that is open already. */
export async function progressIn(db: D1Database, openCase: OpenCase, today: string): Promise<ProgressReply> {
  const { referral, kept, pathway, calendar } = openCase
  const { status, stage: at, reference, sentOn, stageOn } = referral
  if (status === 'draft' || reference === null || sentOn === null)
    throw new Failure('conflict', { more: { referral: status } })
  const isOpen = status === 'open'
  const stage = isOpen ? stageOf(pathway, at) : undefined
  const names = new Map(pathway.deadlines.map(({ id, name }) => [id, name]))
  const messages = await messagesIn(openCase)
  const consent = await consentIn(openCase, today)
  // Of one that waits for nothing more than to be deleted no days are promised.
  const promises =
    status !== 'waiting' ||
    consent.every(({ releases, standing }) => !releases || standing === 'waiting' || standing === 'given')
  const signed = isOpen || status === 'ended' ? ((await openCase.read<Signatures>('agreement')) ?? {}) : {}
  return {
    reference,
    provider: referral.provider,
    pathway: { id: pathway.id, name: pathway.name },
    status,
    outcome: referral.outcome,
    sentOn,
    releasedOn: referral.releasedOn,
    endedOn: referral.endedOn,
    ending: status === 'ended' ? await endingOf(openCase) : null,
    deletedOn: referral.deleteOn,
    hasRunOut: openCase.hasRunOut(today),
    stage: stage
      ? { id: stage.id, name: stage.name, about: stage.about, told: toldIn(openCase), since: stageOn ?? today }
      : null,
    panelOn: openCase.panelOn(today) ?? null,
    planned: isOpen ? plannedDays(pathway, kept.events) : [],
    places: isOpen ? await placesIn(db, openCase, today) : [],
    consent,
    // One whose day nobody can tell yet is no news.
    deadlines: deadlinesOf(pathway, kept.events, calendar).flatMap(({ id, dueOn, metOn, runs }) =>
      dueOn === null || (metOn === null && !promises) ? [] : [{ id, name: names.get(id) ?? id, dueOn, metOn, runs }],
    ),
    messages,
    agreement: pathway.agreement
      ? {
          ...pathway.agreement,
          isDue: needsAgreement(stage) || signed.provider !== undefined,
          signed: { school: signed.school ?? null, provider: signed.provider ?? null },
        }
      : null,
    can: {
      ask: status === 'waiting' || isOpen,
      reach: status !== 'stopped',
      hear: status !== 'stopped',
      sign: isOpen && pathway.agreement !== undefined && signed.school === undefined,
      reply: isOpen && isAsked(openCase),
      takeBack: status === 'waiting' || isOpen,
      moves: schoolMoves(openCase, today).map(({ move, missing }) => ({
        id: move.id,
        name: move.name,
        reason: move.reason === true,
        commissionerReads: move.commissionerReads === true,
        isReady: missing.length === 0,
      })),
      record: isOpen
        ? pathway.events.filter(({ by }) => by.includes('school')).map(({ id, name }) => ({ id, name }))
        : [],
    },
  }
}

/** How a case ended, with the reason where the decision is told to the school. A finish that needs a reason is not the planned one. */
async function endingOf(openCase: OpenCase): Promise<ProgressReply['ending']> {
  const { kept, pathway, referral } = openCase
  const last = kept.events.findLast(({ kind }) => kind === 'decided')
  const move = last && moveMade(pathway, last)
  const how = referral.outcome === 'decline' ? 'declined' : move?.reason ? 'cut-short' : 'finished'
  if (!last || !move?.tells.some(({ who }) => who === 'school')) return { how, name: '', reason: '' }
  const said = await openCase.read<Said>(`event:${last.number}`)
  return { how, name: move.name, reason: said?.text ?? '' }
}

/** What the letter of the decision that led to the present stage says to the school; empty where none did. */
function toldIn({ kept, pathway }: OpenCase): string {
  const entered = kept.events.findLast(({ kind }) => kind === 'entered')
  const decided = kept.events.findLast(({ kind, number }) => kind === 'decided' && number < (entered?.number ?? 0))
  const released = kept.events.findLast(({ kind }) => kind === 'released')
  if (!decided || decided.number < (released?.number ?? 0)) return ''
  const told = moveMade(pathway, decided)?.tells.filter(({ who }) => who === 'school') ?? []
  return told.map(({ text }) => text).join(' ')
}

/** The school’s places of this term, of the kinds that are counted by terms. */
async function placesIn(
  db: D1Database,
  { pathway, referral, calendar }: OpenCase,
  today: string,
): Promise<ProgressReply['places']> {
  const term = termOf(today, calendar)
  const kinds = (pathway.places ?? []).filter(({ counted }) => counted === 'school-term')
  if (!term || kinds.length === 0) return []
  const poolOf = (kind: string) => schoolPool(term.id, { pathway: pathway.id, kind }, referral.school)
  const pools = await poolsWith(
    db,
    referral.provider,
    kinds.map(({ id }) => poolOf(id)),
  )
  return kinds.map(({ id, name, most = 0 }) => {
    const pool = pools.get(poolOf(id)) ?? { most, withdrawn: 0, taken: 0 }
    return { name, term: term.name, most: pool.most, withdrawn: pool.withdrawn, taken: pool.taken }
  })
}

/** The decisions that are the school's now, with what is still missing for each. */
export function schoolMoves(openCase: OpenCase, today: string) {
  const { referral, kept, pathway } = openCase
  if (referral.status !== 'open' || openCase.hasRunOut(today)) return []
  const facts = {
    stage: referral.stage,
    events: kept.events,
    standing: (purpose: string) => openCase.standing(purpose, today),
    isAssigned: kept.assigned.length > 0,
  }
  return movesOf(pathway, facts, 'school')
}

/** The move that was decided on: two stages can each have one of the same id, and then the stage says which. */
export function moveMade(
  { stages }: Pick<Pathway, 'stages'>,
  { of, detail }: Pick<StoredEvent, 'of' | 'detail'>,
): Move | undefined {
  const own = stages.find(({ id }) => id === detail.stage)?.moves
  return (own ?? stages.flatMap(({ moves }) => moves)).find(({ id }) => id === of)
}

/** Whether the provider waits for an answer of the school's: it has asked something, or put the case off for more information. */
export function isAsked({ kept, pathway }: OpenCase): boolean {
  const asked = kept.events.filter(
    (event) =>
      event.kind === 'question' || (event.kind === 'decided' && moveMade(pathway, event)?.as === 'more-information'),
  )
  const replied = kept.events.filter(({ kind }) => kind === 'reply')
  return (asked.at(-1)?.number ?? 0) > (replied.at(-1)?.number ?? 0)
}

/** What the provider has asked and decided and the school has answered. A decision's reason is for the school where its letter goes there. */
async function messagesIn(openCase: OpenCase): Promise<ProgressReply['messages']> {
  const { kept, pathway } = openCase
  const messages = await Promise.all(
    kept.events.map(async ({ number, kind, of, on, detail }): Promise<ProgressReply['messages']> => {
      if (kind !== 'question' && kind !== 'reply' && kind !== 'decided') return []
      const move = kind === 'decided' ? moveMade(pathway, { of, detail }) : undefined
      if (kind === 'decided' && !move?.tells.some(({ who }) => who === 'school')) return []
      const said = await openCase.read<Said>(`event:${number}`)
      const text = said?.text ?? ''
      return kind === 'decided' || text !== '' ? [{ number, kind, on, name: move?.name ?? '', text }] : []
    }),
  )
  return messages.flat()
}

async function consentIn(openCase: OpenCase, today: string): Promise<ProgressConsent[]> {
  const people = await openCase.readAll<SealedPerson>('person:')
  const languages = new Map(openCase.kept.people.map(({ id, language }) => [id, language]))
  return standingsOf(openCase, today)
    .filter(
      ({ people: own, asked: when }) =>
        when === 'at-once' || own.some(({ askedOn, answeredOn }) => (askedOn ?? answeredOn) !== null),
    )
    .map(({ purpose, each, name, eachName, releases, asked, inPerson, standing, people: own }) => ({
      purpose,
      each,
      name,
      eachName,
      releases,
      isAskable: asked === 'at-once' && !inPerson,
      standing,
      people: own
        .filter(({ askedOn, answeredOn }) => askedOn !== null || answeredOn !== null)
        .map(
          ({
            person,
            as,
            standing: theirs,
            askedOn,
            askedBy,
            isAskedAgain,
            answeredOn,
            until,
            isRenewable,
            how,
            answer,
          }) => ({
            person,
            as,
            name: people[person]?.name ?? '',
            relationship: people[person]?.relationship ?? '',
            by: people[person]?.email ? ('link' as const) : ('letter' as const),
            language: languages.get(person) ?? 'en',
            standing: theirs,
            askedOn,
            askedBy: askedBy ?? (people[person]?.email ? ('link' as const) : ('letter' as const)),
            isAskedAgain,
            answerBy: theirs === 'waiting' && askedOn !== null ? lastDayToAnswer(openCase, askedOn) : null,
            answeredOn,
            until,
            isRenewable,
            how,
            answer,
            hasRefused: hasRefused(openCase, person, purpose, each),
          }),
        ),
    }))
}

/** Whether somebody's last answer to something was a no. */
export function hasRefused({ kept }: OpenCase, person: string, purpose: string, each: string): boolean {
  const mine = kept.answers.filter((one) => one.person === person && one.purpose === purpose && one.each === each)
  const last = mine.at(-1)
  return last !== undefined && last.answer !== 'given'
}
