import { equal } from 'node:assert/strict'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { newLetterId } from '../../worker/letters/letter.ts'
import { newReference } from '../../worker/orders/reference.ts'
import { pupilMarks } from '../../worker/referrals/marks.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../../worker/referrals/open-case.ts'
import { keyringOf } from '../../worker/sealing/keyring.ts'
import type { World } from './harness.ts'
import { type Begun, filledReferral, type Referring, SAMPLE } from './referring.ts'

/** A case that consent has released, without anybody having been asked by letter. */
export interface OpenedCase extends Begun {
  reference: string
}

/** What stands in it beside what the school wrote. */
export interface Opening extends Referring {
  /** Released by consent, unless it still waits. */
  status?: 'waiting' | 'open'
  /** What is written wherever somebody can write something. */
  words?: string
  /** Who works on it. */
  assigned?: readonly string[]
}

/** Fills a referral as a school does and opens it as a family’s consent does, with a word in every place that holds one. */
export async function openedCase(world: World, opening: Opening = {}): Promise<OpenedCase> {
  const begun = await filledReferral(world, opening)
  return { ...begun, reference: await openUp(world, begun, opening) }
}

/** Sends and releases a draft that is filled. Returns its reference. */
export async function openUp(
  world: World,
  { id, provider, pathway, today }: Pick<Begun, 'id' | 'provider' | 'pathway' | 'today'>,
  { status = 'open', words = 'Some words', assigned = [], fills = {} }: Opening = {},
): Promise<string> {
  const { db, env, clock } = world
  const reference = newReference(provider)
  const first = await opened(world, id)
  const by = { actor: 'school', today, now: clock.now }
  const change = new CaseChange(first, by)
  const at = new Date(clock.now).toISOString()
  change.sent(reference, 'a-mark-of-a-school')
  change.seal('card', { pupil: `A. ${words}`, school: `School ${words}`, year: words, district: words })
  change.seal('person:carer-1', { name: `Carer ${words}`, relationship: words, email: 'carer@family.example' })
  const purposes = purposesOf(pathway)
  const number = change.event('asked', 'carer-1', { detail: {} })
  change.consents({
    people: [{ id: 'carer-1', as: 'carer' }],
    asks: purposes.map((purpose) => ({ number, person: 'carer-1', purpose, each: '', on: today })),
  })
  const marks = await pupilMarks(
    keyringOf(env),
    provider,
    fills['pupil.name'] ?? SAMPLE['pupil.name'] ?? '',
    '2015-02-03',
  )
  change.also((kept) => [
    kept
      .prepare("INSERT INTO consent_person (referral, id, as_who, language) VALUES (?1, 'carer-1', 'carer', 'en')")
      .bind(id),
    ...purposes.map((purpose) =>
      kept.prepare("INSERT INTO consent_ask VALUES (?1, ?2, 'carer-1', ?3, '', ?4)").bind(id, number, purpose, today),
    ),
    ...marks.map((mark) => kept.prepare('INSERT INTO pupil_mark VALUES (?1, ?2, ?3)').bind(provider, mark, id)),
  ])
  const letter = { id: newLetterId(), provider, about: reference, to: 'carer@family.example', writtenAt: at }
  change.letter({ ...letter, subject: `About ${reference}`, text: `A text about ${reference}` })
  change.entry('referral-sent', { pathway: pathway.id })
  equal(await change.keep(db), 'done')
  if (status === 'waiting') return reference

  const second = new CaseChange(await opened(world, id), { ...by, actor: 'family' })
  for (const purpose of purposes) {
    const answered = second.event('answered', purpose, { detail: { person: 'carer-1', answer: 'given', how: 'page' } })
    second.consents({
      answers: [{ number: answered, person: 'carer-1', purpose, each: '', answer: 'given', on: today }],
    })
    second.seal(`answer:${answered}`, {
      name: `Carer ${words}`,
      relationship: words,
      words: `Own ${words}`,
      by: 'page',
    })
    second.also((kept) => [
      kept
        .prepare("INSERT INTO consent_answer VALUES (?1, ?2, 'carer-1', ?3, '', 'given', 'page', ?4)")
        .bind(id, answered, purpose, today),
    ])
  }
  second.released()
  second.event('note', '', { said: { text: `Note ${words}` } })
  second.event('recorded', pathway.events[0]?.id ?? '', { said: { text: `Recorded ${words}` } })
  second.event('question', '', { said: { text: `Question ${words}` } })
  second.event('reply', '', { said: { text: `Reply ${words}` } })
  second.event('waiting-list', '', { said: { text: `Order ${words}` }, detail: { from: 2, to: 1 } })
  const [stage] = pathway.stages
  const [move] = stage?.moves ?? []
  second.event('decided', move?.id ?? '', {
    detail: { as: move?.as ?? '', stage: stage?.id ?? '' },
    said: { text: `Reason ${words}` },
  })
  second.seal('agreement', {
    school: { name: `Head ${words}`, role: words, on: today },
    provider: { name: `Signed ${words}`, on: today },
  })
  for (const person of assigned) {
    second.event('assigned', person)
    second.also((kept, since) => [
      kept.prepare('INSERT INTO case_person VALUES (?1, ?2, ?3, ?4)').bind(provider, person, id, since),
    ])
  }
  second.entry('consent-answered', { how: 'page' })
  equal(await second.keep(db), 'done')
  return reference
}

/** A case by its id, which has to be there. */
export async function opened(world: World, id: string): Promise<OpenCase> {
  const found = await openCaseWith(world.env, { id })
  if (!found) throw new Error('There is no such case')
  return found
}

function purposesOf({ consent }: Pathway): string[] {
  return consent.purposes
    .filter(({ asked, each, releases }) => releases || (asked === 'at-once' && !each))
    .map(({ id }) => id)
}
