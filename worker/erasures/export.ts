import type { Pathway, Question } from '../../catalogue/schema/pathway.ts'
import type { ExportedReferral, ExportedText, PupilExport } from '../../catalogue/wire/erasure.ts'
import type { Role } from '../../catalogue/wire/roles.ts'
import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import { textWithoutKeys } from '../letters/letter.ts'
import { openedLetter, ringIn } from '../letters/sealed.ts'
import { termOfPool } from '../places/pools.ts'
import { type OpenCase, openCaseWith } from '../referrals/open-case.ts'
import { aroundReferral, othersOfPupil } from './export.store.ts'
import { answerCalled, ENDED, happened, type Names, purposeCalled, recorded, STOPPED } from './export-sentences.ts'
import { answeredHow, answerInWords, languageCalled, plain, textsIn } from './export-texts.ts'

/** What people are at a provider. */
const ROLES: Readonly<Record<Role, string>> = {
  owner: 'owner',
  editor: 'catalogue editor',
  coordinator: 'co-ordinator',
  finance: 'finance',
  viewer: 'viewer',
  practitioner: 'practitioner',
  'panel-member': 'panel member',
  commissioner: 'commissioner',
}

/** What those are called who are no one person of the provider’s. */
const ACTORS: Readonly<Record<string, string>> = {
  school: 'the school',
  family: 'the family',
  system: 'Outreach Kit, by itself',
}

type Answers = Record<string, string | string[]>

/** Whether nobody at a provider may read its texts: consent has not released it, has stopped it, or has run out. */
function isClosed(openCase: OpenCase, today: string): boolean {
  const { status } = openCase.referral
  return status === 'waiting' || status === 'stopped' || openCase.hasRunOut(today)
}

/**
 * Everything that is held about a pupil: this referral, and where it is wanted the same pupil’s others at the provider. Of one that nobody
 * there may read it says that it is held and until when, and not a word of it. Throws `not-found` where there is none.
 */
export async function exportOf(
  env: Bindings,
  { provider, reference, others, today }: { provider: string; reference: string; others: boolean; today: string },
): Promise<PupilExport> {
  const first = await openCaseWith(env, { provider, reference })
  if (!first || first.referral.status === 'draft') throw new Failure('not-found')
  const more = others && !isClosed(first, today) ? await othersOfPupil(env.DB, provider, first.referral.id) : []
  const opened = await Promise.all(more.map((name) => openCaseWith(env, { provider, reference: name })))
  const all = [first, ...opened.filter((one) => one !== undefined)]
  return {
    provider: { id: provider, name: first.document.provider.name },
    exportedOn: today,
    referrals: await Promise.all(all.map((one) => exported(env, one, today))),
  }
}

async function exported(env: Bindings, openCase: OpenCase, today: string): Promise<ExportedReferral> {
  const { referral, kept, pathway } = openCase
  const { status } = referral
  if (status === 'draft') throw new Failure('not-found')
  const stage = pathway.stages.find(({ id }) => id === referral.stage)
  const facts = {
    reference: referral.reference ?? '',
    pathway: { id: pathway.id, name: pathway.name },
    status,
    texts: kept.sealed.size,
    catalogue: { id: referral.catalogue, version: referral.version },
    begunOn: referral.begunOn,
    sentOn: referral.sentOn,
    releasedOn: referral.releasedOn,
    endedOn: referral.endedOn,
    deletedOn: referral.deleteOn,
    why: pathway.retention.why,
    stage: stage ? { id: stage.id, name: stage.name } : null,
    outcome: referral.outcome,
    came:
      referral.outcome === '' ? '' : (ENDED[referral.outcome] ?? STOPPED[referral.outcome] ?? plain(referral.outcome)),
  }
  const nothing = {
    school: [],
    parts: [],
    people: [],
    events: [],
    more: [],
    places: [],
    waiting: null,
    links: [],
    assigned: [],
    record: [],
    letters: [],
  }
  if (isClosed(openCase, today)) return { ...facts, contents: 'closed', ...nothing }
  const around = await aroundReferral(env.DB, { ...referral, reference: facts.reference }, [
    ...kept.assigned,
    ...kept.events.map(({ actor }) => actor),
  ])
  const called = (actor: string) => {
    const person = around.people.get(actor)
    if (!person) return ACTORS[actor] ?? 'somebody who has left'
    return person.role === null ? person.name : `${person.name} (${ROLES[person.role]})`
  }
  const people = await peopleOf(openCase)
  const names: Names = {
    pathway,
    actor: called,
    relative: (id) => people.find((one) => one.id === id)?.name || 'Somebody of the family',
    event: (number) => kept.events.find((one) => String(one.number) === number),
  }
  return {
    ...facts,
    contents: 'open',
    school: textsIn(pathway, await openCase.read('referrer')),
    parts: partsOf(pathway, await openCase.readAll<Answers>('part:')),
    people,
    events: await Promise.all(
      kept.events.map(async (event) => {
        const { number, kind, of, on, at, actor, detail } = event
        const said = textsIn(pathway, await openCase.read(`event:${number}`))
        return { number, kind, of, on, at, by: called(actor), words: happened(names, event), detail, said }
      }),
    ),
    more: await moreOf(openCase),
    places: kept.places.map(({ kind, pool, givenOn, freedOn }) => ({
      kind,
      name: pathway.places?.find(({ id }) => id === kind)?.name ?? kind,
      term: openCase.calendar.terms.find(({ id }) => id === termOfPool(pool))?.name ?? null,
      givenOn,
      freedOn,
    })),
    waiting: around.waiting,
    links: around.links,
    assigned: kept.assigned.map(called),
    record: around.entries.map(({ at, action, actor, detail: kept }) => {
      const detail: Record<string, unknown> = JSON.parse(kept)
      return { at, action, by: called(actor), words: recorded(names, action, detail), detail }
    }),
    letters: await Promise.all(
      around.letters.map(async (letter) => {
        const { writtenAt, sentAt, state, to, subject, text } = (await openedLetter(letter, ringIn(env))) ?? letter
        return { writtenAt, sentAt, state, to, subject, text: textWithoutKeys(text) }
      }),
    ),
  }
}

/** The answers part by part in the catalogue’s order, and after them what no question of the catalogue asks for. */
function partsOf(pathway: Pathway, answers: Record<string, Answers>): ExportedReferral['parts'] {
  const known = pathway.parts.flatMap(({ id, name, questions }) => {
    const given = answers[id]
    if (!given) return []
    const asked = questions.flatMap((question) => {
      const answer = given[question.id]
      if (answer === undefined || answer.length === 0) return []
      const { id: called, label, seenBy } = question
      const words = answerInWords(question, answer)
      return [{ question: called, name: label, label, text: inWords(question, answer), words, seenBy: [...seenBy] }]
    })
    const left = Object.entries(given)
      .filter(([called]) => !questions.some((question) => question.id === called))
      .map(([called, answer]) => unasked(called, answer))
    return [{ id, name, answers: [...asked, ...left] }]
  })
  const unknown = Object.entries(answers)
    .filter(([id]) => !pathway.parts.some((part) => part.id === id))
    .map(([id, given]) => ({
      id,
      name: id,
      answers: Object.entries(given).map(([question, answer]) => unasked(question, answer)),
    }))
  return [...known, ...unknown]
}

/** An answer that no question of the catalogue asks for. */
function unasked(question: string, answer: string | string[]): ExportedReferral['parts'][number]['answers'][number] {
  const text = [answer].flat().join(', ')
  return { question, name: question, label: plain(question), text, words: text, seenBy: [] }
}

function inWords({ choices }: Question, answer: string | string[]): string {
  return [answer]
    .flat()
    .map((one) => choices?.find(({ id }) => id === one)?.name ?? one)
    .join(', ')
}

async function peopleOf(openCase: OpenCase): Promise<ExportedReferral['people']> {
  const { pathway } = openCase
  const { people, asks, answers } = openCase.kept
  const called = (purpose: string) => openCase.purpose(purpose)?.name ?? purpose
  const named = await openCase.readAll<{ name?: string; relationship?: string; email?: string }>('person:')
  return Promise.all(
    people.map(async ({ id, as, language }) => ({
      id,
      as,
      language,
      speaks: languageCalled(language),
      name: named[id]?.name ?? '',
      relationship: named[id]?.relationship ?? '',
      email: named[id]?.email ?? '',
      asked: asks
        .filter(({ person }) => person === id)
        .map(({ purpose, each, on }) => ({
          purpose,
          name: called(purpose),
          words: purposeCalled(pathway, purpose, each),
          each,
          on,
        })),
      answers: await Promise.all(
        answers
          .filter(({ person }) => person === id)
          .map(async ({ number, purpose, each, answer, how, on }) => ({
            purpose,
            name: called(purpose),
            words: `${purposeCalled(pathway, purpose, each)}: ${answerCalled(answer)}, ${answeredHow(how)}`,
            each,
            answer,
            how,
            on,
            said: textsIn(pathway, await openCase.read(`answer:${number}`)),
          })),
      ),
    })),
  )
}

/** What is sealed and stands nowhere else: whatever it may be called, nothing is left out. */
async function moreOf(openCase: OpenCase): Promise<ExportedText[]> {
  const events = new Set(openCase.kept.events.map(({ number }) => `event:${number}`))
  const answered = new Set(openCase.kept.answers.map(({ number }) => `answer:${number}`))
  const people = new Set(openCase.kept.people.map(({ id }) => `person:${id}`))
  const elsewhere = (name: string) =>
    name === 'referrer' || name.startsWith('part:') || events.has(name) || answered.has(name) || people.has(name)
  const texts = await Promise.all(
    [...openCase.kept.sealed.keys()]
      .filter((name) => !elsewhere(name))
      .sort()
      .map(async (name) => textsIn(openCase.pathway, await openCase.read(name), name)),
  )
  return texts.flat()
}
