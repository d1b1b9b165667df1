import { NEVER } from '../../catalogue/rules/dates.ts'
import { type DeadlineStanding, deadlinesOf, lastDayOf } from '../../catalogue/rules/deadline.ts'
import { isMet, stageOf } from '../../catalogue/rules/pathway.ts'
import {
  mayReadAnswer,
  mayReadFilled,
  mayReadText,
  mayReadWords,
  type ReadingAs,
} from '../../catalogue/rules/who-may-read.ts'
import { workingDaysUntil } from '../../catalogue/rules/working-days.ts'
import { CONSENT_GIVERS, type ConsentGiver } from '../../catalogue/schema/consent.ts'
import type { AnswerFills, Move, Pathway, Question, Stage } from '../../catalogue/schema/pathway.ts'
import { answerOf, filled, isAskedOf, type PartAnswers, type ReferralAnswers } from '../../catalogue/wire/answers.ts'
import type { CaseReply } from '../../catalogue/wire/case.ts'
import { answersForThemself } from '../../catalogue/wire/needed.ts'
import type { SealedPerson } from '../consents/asking.ts'
import { standingsOf } from '../consents/standings.ts'
import { date } from '../letters/words.en.ts'
import { termOfPool } from '../places/pools.ts'
import { agreedFor, type Signatures } from '../referrals/agreement.ts'
import type { StoredEvent } from '../referrals/case.store.ts'
import type { OpenCase } from '../referrals/open-case.ts'
import { plannedDays } from '../referrals/planned.ts'
import { moveMade } from '../referrals/progress.ts'
import { recordReading, staffOf, type WaitingPlace } from './around.store.ts'
import { cardOf, type SealedCard } from './cards.ts'
import { factsOf, movesFor } from './facts.ts'
import { type ReadCase, type Reader, readCase } from './reading.ts'
import { pathwaysFor } from './versions.ts'

/** Somebody’s reading of a case is written down once in so long, in milliseconds. */
const READ_EVERY = 3_600_000

/** Roles that can work on a case. */
export const WORKERS: ReadonlySet<string> = new Set(['practitioner', 'coordinator', 'owner'])

/** A case as somebody may see it; that they read it is written down. */
export async function caseInFull(reader: Reader, reference: string): Promise<CaseReply> {
  const { env, provider, as, today } = reader
  const read = await readCase(reader, reference)
  const { opened, around } = read
  const { referral, pathway, calendar, kept } = opened
  const runs = as === 'coordinator'
  // Whoever asks the family anew sees whom, and nothing of what it says.
  const hasRunOut = opened.hasRunOut(today)
  const deadlines = deadlinesOf(pathway, kept.events, calendar)
  const [card, parts, consents, words, timeline, moves, staff, pathwayOf, signed] = await Promise.all([
    opened.read<SealedCard>('card'),
    hasRunOut ? [] : partsOf(opened, as),
    consentsOf(opened, as, today),
    hasRunOut ? [] : wordsOf(opened, as),
    timelineOf(reader, read),
    hasRunOut ? [] : movesFor(env.DB, read, as, today),
    runs && !hasRunOut ? staffOf(env.DB, provider) : [],
    pathwaysFor(env.DB, provider, around.others),
    opened.read<Signatures>('agreement'),
    written(reader, [reference]),
  ])
  const stage = stageOf(pathway, referral.stage)
  const people = kept.assigned.flatMap((id) => around.names.get(id) ?? [])
  const row = {
    ...referral,
    reference,
    status: referral.status === 'open' ? ('open' as const) : ('ended' as const),
    people: JSON.stringify(people.map(nameOf)),
  }
  return {
    case: {
      ...cardOf(row, card, { pathway, calendar }, as, today),
      ...(hasRunOut ? { name: null, born: null } : await pupilOf(opened, as)),
      catalogue: referral.catalogue,
      version: referral.version,
      sentOn: referral.sentOn,
      releasedOn: referral.releasedOn,
      endedOn: referral.endedOn,
      addressOn: referral.addressOn,
      heldUntil: opened.stopsOn === undefined ? null : referral.heldUntil,
      stopsOn: hasRunOut ? (opened.stopsOn ?? null) : null,
      about: referral.status === 'open' ? (stage?.about ?? '') : '',
      lasts: referral.status === 'open' ? lastsUntil(stage, referral.stageOn, today) : null,
      planned: hasRunOut ? [] : plannedDays(pathway, eventsFor(as, kept.events)),
      seen: referral.events,
    },
    as,
    can: hasRunOut ? ['ask'] : whatCan(opened, as, moves.length > 0),
    parts,
    deadlines: deadlines.map((standing) => {
      const deadline = pathway.deadlines.find(({ id }) => id === standing.id)
      return {
        ...standing,
        name: deadline?.name ?? standing.id,
        daysLeft:
          standing.runs && standing.dueOn !== null
            ? workingDaysUntil(today, standing.dueOn, calendar, deadline?.termTime)
            : null,
        overdue: standing.runs && standing.dueOn !== null && standing.dueOn < today,
      }
    }),
    consents,
    words,
    family: await familyOf(opened, as),
    named: hasRunOut ? [] : await namedOf(opened, as, today),
    languages: ['en', ...pathway.consent.languages],
    timeline,
    places: kept.places.map(({ number, kind, pool, givenOn, freedOn }) => ({
      number,
      kind,
      name: pathway.places?.find(({ id }) => id === kind)?.name ?? kind,
      term: calendar.terms.find(({ id }) => id === termOfPool(pool))?.name ?? null,
      givenOn,
      freedOn,
    })),
    people: as === 'commissioner' ? [] : people.map((one) => ({ ...one, name: nameOf(one) })),
    assignable: staff
      .filter(({ id, role }) => WORKERS.has(role) && !kept.assigned.includes(id))
      .map((one) => ({ ...one, name: nameOf(one) })),
    moves,
    recordable: referral.status === 'open' && !hasRunOut ? recordableBy(opened, as, deadlines, today) : [],
    agreement: pathway.agreement
      ? {
          title: pathway.agreement.title,
          intro: pathway.agreement.intro ?? null,
          clauses: pathway.agreement.clauses,
          school: pathway.agreement.school,
          provider: pathway.agreement.provider,
          about: hasRunOut ? null : await agreedFor(opened, as),
          signed: {
            school: signed?.school && as !== 'commissioner' && !hasRunOut ? signed.school : null,
            provider: signed?.provider ?? null,
          },
        }
      : null,
    panels: around.panels.map(({ id, meetsOn, closedAt, decision }) => ({
      id,
      meetsOn,
      closed: closedAt !== null,
      decision: nameOfMove(opened, decision),
    })),
    waiting: around.waiting ? placeOf(around.waiting) : null,
    others:
      runs && !hasRunOut
        ? around.others.map(({ reference: other, status, sentOn, ...version }) => ({
            reference: other,
            status,
            pathway: { id: version.pathway, name: pathwayOf(version)?.pathway.name ?? version.pathway },
            sentOn,
          }))
        : [],
    letters: runs ? around.letters.map(({ again, ...letter }) => ({ ...letter, canBeSentAgain: again === 1 })) : [],
  }
}

/** What somebody may write down: first what decisions of the stage wait for, then what deadlines that run do, then everything else in the catalogue’s order. */
function recordableBy(
  opened: OpenCase,
  as: ReadingAs,
  deadlines: readonly DeadlineStanding[],
  today: string,
): CaseReply['recordable'] {
  const { pathway, referral } = opened
  const facts = factsOf(opened, today)
  const needs = stageOf(pathway, referral.stage)?.moves.flatMap((move) => move.needs ?? []) ?? []
  const wanted = [
    ...needs.flatMap((need) => (need.kind === 'recorded' && !isMet(need, facts) ? [need.event] : [])),
    ...deadlines
      .filter(({ runs }) => runs)
      .toSorted((one, other) => ((one.dueOn ?? NEVER) < (other.dueOn ?? NEVER) ? -1 : 1))
      .flatMap(({ id }) => {
        const until = pathway.deadlines.find((one) => one.id === id)?.until
        return until?.event === 'recorded' ? [until.what] : []
      }),
  ]
  const rank = (id: string) => (wanted.includes(id) ? wanted.indexOf(id) : wanted.length)
  return pathway.events
    .filter(({ by }) => by.includes(as))
    .map(({ id, name, planned = false }) => ({ id, name, planned }))
    .sort((one, other) => rank(one.id) - rank(other.id))
}

function placeOf({ position, since, of }: WaitingPlace): CaseReply['waiting'] {
  return { position, since, of }
}

/** Who the pupil is, as far as somebody may know: lists keep to initials. */
async function pupilOf(opened: OpenCase, as: ReadingAs): Promise<{ name: string | null; born: string | null }> {
  const { pathway } = opened
  const answers = await opened.readAll<PartAnswers>('part:')
  const said = (fills: AnswerFills) => (mayReadFilled(as, pathway, fills) && filled(pathway, answers, fills)) || null
  return { name: said('pupil.name'), born: said('pupil.born') }
}

/** How long a stage is meant to last that a case came to on a day. */
function lastsUntil(stage: Stage | undefined, since: string | null, today: string): CaseReply['case']['lasts'] {
  if (stage?.weeks === undefined || since === null) return null
  const until = lastDayOf(since, stage.weeks)
  return { weeks: stage.weeks, until, overdue: until < today }
}

/** Writes down that somebody reads some cases, or has found them. */
export async function written(
  { env, provider, person, as, now }: Omit<Reader, 'as'> & { as: string },
  references: readonly string[],
): Promise<void> {
  if (references.length === 0) return
  const [at, since] = [new Date(now).toISOString(), new Date(now - READ_EVERY).toISOString()]
  await env.DB.batch(
    references.map((reference) => recordReading(env.DB, { provider, person, reference, as }, at, since)),
  )
}

function whatCan({ referral, pathway }: OpenCase, as: ReadingAs, moves: boolean): CaseReply['can'] {
  // Whose help has ended can still take a yes back, by a new link or by word of mouth.
  if (referral.status !== 'open') return as === 'coordinator' ? ['note', 'ask'] : []
  const all: CaseReply['can'] = ['move', 'record', 'note', 'question', 'assign', 'sign', 'ask', 'panel']
  const allowed: Record<ReadingAs, CaseReply['can']> = {
    coordinator: all,
    practitioner: ['move', 'record', 'note', 'question', 'ask'],
    'panel-member': ['move', 'record', 'note', 'question'],
    commissioner: ['move', 'record', 'note'],
  }
  const isFor: Partial<Record<CaseReply['can'][number], boolean>> = {
    move: moves,
    panel: stageOf(pathway, referral.stage)?.panel === true,
    sign: pathway.agreement !== undefined,
  }
  return allowed[as].filter((one) => isFor[one] !== false)
}

/** The answers of the referral’s parts as somebody may read them; a part of which they may read none is left out. */
export async function partsOf(opened: OpenCase, as: ReadingAs): Promise<CaseReply['parts']> {
  const answers = await opened.readAll<PartAnswers>('part:')
  return opened.pathway.parts.flatMap(({ id, name, group, questions }) => {
    const own = answers[id] ?? {}
    const read = questions.flatMap((question) => {
      const answer = answerOf(question, own)
      return mayReadAnswer(as, question) && isAskedOf(question, own) && answer.length > 0
        ? [{ id: question.id, label: question.label, as: question.as, text: asRead(question, answer) }]
        : []
    })
    return read.length > 0 ? [{ id, name, group: group ?? null, answers: read }] : []
  })
}

function asRead({ as, choices = [] }: Question, answer: string | readonly string[]): string[] {
  const given = typeof answer === 'string' ? [answer] : answer
  if (as === 'yes-no') return given.map((one) => (one === 'yes' ? 'Yes' : 'No'))
  if (as === 'date') return given.map(date)
  return given.map((one) => choices.find(({ id }) => id === one)?.name ?? one)
}

/** The question of the form that names somebody who is asked. */
const NAMED_BY: Record<ConsentGiver, { name: AnswerFills; email: AnswerFills }> = {
  carer: { name: 'carer.name', email: 'carer.email' },
  'young-person': { name: 'pupil.name', email: 'young-person.email' },
  'social-worker': { name: 'social-worker.name', email: 'social-worker.email' },
}

async function familyOf(opened: OpenCase, as: ReadingAs): Promise<CaseReply['family']> {
  if (as === 'commissioner') return []
  const { kept, pathway } = opened
  const people = await Promise.all(
    kept.people.map(async ({ id, as: giver, language }) => {
      const person = await opened.read<SealedPerson>(`person:${id}`)
      if (!person || !mayReadFilled(as, pathway, NAMED_BY[giver].name)) return []
      const email = mayReadFilled(as, pathway, NAMED_BY[giver].email) ? (person.email ?? null) : null
      const { name, relationship = null } = person
      return [{ person: id, as: giver, name, relationship, email, hasEmail: person.email !== undefined, language }]
    }),
  )
  return people.flat()
}

/** Whom the referral names and nobody has asked yet: a social worker, and a young person who is old enough by now. */
async function namedOf(opened: OpenCase, as: ReadingAs, today: string): Promise<CaseReply['named']> {
  if (as === 'commissioner') return []
  const { kept, pathway } = opened
  const answers = await opened.readAll<PartAnswers>('part:')
  const said = (fills: AnswerFills) => (mayReadFilled(as, pathway, fills) ? filled(pathway, answers, fills) : '')
  const givers = askableAs(opened, answers, today).filter((giver) => giver !== 'carer')
  return givers.flatMap((giver) => {
    const name = said(NAMED_BY[giver].name)
    if (name === '' || kept.people.some((one) => one.as === giver)) return []
    const language = (giver === 'young-person' && filled(pathway, answers, 'young-person.language')) || 'en'
    return [{ as: giver, name, email: said(NAMED_BY[giver].email) || null, language }]
  })
}

/** As what anybody can be asked: nobody as a young person who is too young to answer for themself. */
function askableAs({ kept, pathway }: OpenCase, answers: ReferralAnswers, today: string): ConsentGiver[] {
  const isOwn = kept.people.some(({ as }) => as === 'young-person') || answersForThemself(pathway, answers, today)
  return CONSENT_GIVERS.filter((giver) => giver !== 'young-person' || isOwn)
}

/** What was typed with an answer, as it is sealed. */
interface SealedAnswer {
  name?: string
  relationship?: string
  words?: string
  heardBy?: string
  readIn?: string
}

async function consentsOf(opened: OpenCase, as: ReadingAs, today: string): Promise<CaseReply['consents']> {
  const { pathway } = opened
  const people = await opened.readAll<SealedPerson>('person:')
  const answers = await opened.readAll<SealedAnswer>('answer:')
  const askable = askableAs(opened, await opened.readAll<PartAnswers>('part:'), today)
  // A sign-off needs what released the referral, and no more: the rest is between the family and who works with it.
  const needed = standingsOf(opened, today).filter(({ releases }) => releases || as !== 'commissioner')
  return needed.map((standing) => {
    const purpose = pathway.consent.purposes.find(({ id }) => id === standing.purpose)
    return {
      purpose: standing.purpose,
      name: standing.name,
      each: standing.each,
      eachName: standing.eachName,
      asked: standing.asked,
      releases: standing.releases,
      inPerson: standing.inPerson,
      by: (purpose?.by ?? []).filter((giver) => askable.includes(giver)),
      standing: standing.standing,
      people: standing.people.map((one) => {
        const mayKnow = mayReadFilled(as, pathway, NAMED_BY[one.as].name)
        const person = mayKnow ? people[one.person] : undefined
        const answer = answers[String(one.answer)]
        return {
          person: one.person,
          as: one.as,
          name: person?.name ?? null,
          relationship: person?.relationship ?? null,
          standing: one.standing,
          askedOn: one.askedOn,
          answeredOn: one.answeredOn,
          until: one.until,
          isRenewable: one.isRenewable,
          hasRefused: one.hasRefused,
          how: one.how,
          typed: mayKnow ? (answer?.name ?? null) : null,
          typedRelationship: mayKnow ? (answer?.relationship ?? null) : null,
          heardBy: mayKnow ? (answer?.heardBy ?? null) : null,
          readIn: mayKnow ? (answer?.readIn ?? null) : null,
        }
      }),
    }
  })
}

/** What the family says in words, as far as somebody may read it: these stand beside one answer of each. */
export async function wordsOf(opened: OpenCase, as: ReadingAs): Promise<CaseReply['words']> {
  if (!mayReadWords(as)) return []
  const { kept } = opened
  const [answers, whose] = await Promise.all([opened.readAll<SealedAnswer>('answer:'), whoseOf(opened, as)])
  return kept.people.flatMap(({ id }) => {
    const said = kept.answers.findLast(({ person, number }) => person === id && answers[String(number)]?.words)
    const who = whose(id)
    return said && who ? [{ ...who, text: answers[String(said.number)]?.words ?? '' }] : []
  })
}

/** Finds who of the family somebody is, by their id: their name is for who may know it. */
async function whoseOf(
  opened: OpenCase,
  as: ReadingAs,
): Promise<(person: unknown) => CaseReply['timeline'][number]['whose']> {
  const { kept, pathway } = opened
  const names = await opened.readAll<SealedPerson>('person:')
  return (person) => {
    const giver = kept.people.find(({ id }) => id === person)
    if (!giver) return null
    const mayKnow = mayReadFilled(as, pathway, NAMED_BY[giver.as].name)
    return { as: giver.as, name: mayKnow ? (names[giver.id]?.name ?? null) : null }
  }
}

async function timelineOf({ as, person, today }: Reader, { opened, around }: ReadCase): Promise<CaseReply['timeline']> {
  const said = opened.hasRunOut(today) ? {} : await opened.readAll<{ text?: string }>('event:')
  const whose = await whoseOf(opened, as)
  return eventsFor(as, opened.kept.events).map((event) => {
    const { number, kind, of, on, at, actor, detail } = event
    const mayRead = mayReadText(as, kind, moveOf(opened, event)) || actor === person
    const somebody = around.names.get(actor)
    return {
      number,
      kind,
      of,
      name: nameIn({ opened, around }, event),
      on,
      at,
      actor: isKind(actor)
        ? { kind: actor, id: null, name: null }
        : { kind: 'person', id: actor, name: somebody ? nameOf(somebody) : null },
      whose: kind === 'answered' ? whose(detail.person) : null,
      text: mayRead ? (said[String(number)]?.text ?? null) : null,
      detail,
    }
  })
}

/** The move that an event decided on; undefined for any other event. */
function moveOf({ pathway }: OpenCase, event: StoredEvent): Move | undefined {
  return event.kind === 'decided' ? moveMade(pathway, event) : undefined
}

/** What a sign-off needs of a history. */
const FOR_SIGN_OFF: ReadonlySet<string> = new Set(['sent', 'released', 'entered', 'decided', 'ended'])

/** The events of a history that are somebody’s to know. */
export function eventsFor(as: ReadingAs, events: readonly StoredEvent[]): readonly StoredEvent[] {
  return as === 'commissioner' ? events.filter(({ kind }) => FOR_SIGN_OFF.has(kind)) : events
}

/** What an event is about is called: whom a case was given to, what was taken back, or what the catalogue calls it. */
export function nameIn({ opened, around }: ReadCase, event: StoredEvent): string {
  const { kind, of } = event
  if (kind === 'taken-back') {
    const back = opened.kept.events.find(({ number }) => String(number) === of)
    return back ? nameOfEvent(opened, back) : ''
  }
  if (kind !== 'assigned' && kind !== 'unassigned') return nameOfEvent(opened, event)
  const somebody = around.names.get(of)
  return somebody ? nameOf(somebody) : ''
}

function isKind(actor: string): actor is 'school' | 'family' | 'system' {
  return actor === 'school' || actor === 'family' || actor === 'system'
}

/** What the catalogue calls what an event is about; empty where it has no name there. */
export function nameOfEvent(
  { pathway }: Pick<OpenCase, 'pathway'>,
  { kind, of, detail }: Pick<StoredEvent, 'kind' | 'of' | 'detail'>,
): string {
  const purposeName = (id: unknown) => {
    const purpose = pathway.consent.purposes.find((one) => one.id === id)
    const each = purpose?.each?.find((one) => one.id === detail.each)
    return [purpose?.name, each?.name].filter((name) => name !== undefined).join(': ')
  }
  if (kind === 'entered') return stageOf(pathway, of)?.name ?? ''
  if (kind === 'decided') {
    const own = pathway.stages.find(({ id }) => id === detail.stage)?.moves.find(({ id }) => id === of)
    return own?.name ?? nameOfMove({ pathway }, of)
  }
  if (kind === 'recorded') return pathway.events.find(({ id }) => id === of)?.name ?? ''
  if (kind === 'answered') return purposeName(of)
  if (kind === 'asked') return purposeName(detail.purpose)
  return ''
}

/** What a move is called; empty where there is none of that id. */
export function nameOfMove({ pathway }: { pathway: Pick<Pathway, 'stages'> }, move: string): string {
  return pathway.stages.flatMap(({ moves }) => moves).find(({ id }) => id === move)?.name ?? ''
}

/** What somebody is called: their address, until they have said. */
export function nameOf({ name, email }: { name: string; email: string }): string {
  return name || email
}
