import { equal } from 'node:assert/strict'
import type { AnswerFills, Pathway, Question } from '../../catalogue/schema/pathway.ts'
import { isAskedOf } from '../../catalogue/wire/answers.ts'
import type { BegunReply, PathwayReply, SentReply } from '../../catalogue/wire/referral.ts'
import { linksIn } from '../../worker/letters/letter.ts'
import { openedLetter, ringIn } from '../../worker/letters/sealed.ts'
import type { World } from './harness.ts'

/** Answers to parts, as tests change them. */
export type Answers = Record<string, Record<string, string | string[]>>

/** Who is referred, by whom, and who is asked, unless a test says otherwise. Every value can be looked for where it must not be. */
export const SAMPLE: Partial<Record<AnswerFills, string>> = {
  'pupil.name': 'Amira Okonkwo-Kaye',
  'carer.name': 'Ngozi Okonkwo',
  'carer.relationship': 'Mother',
  'carer.email': 'ngozi@family.example',
  'second-carer.name': 'Piotr Kaye',
  'second-carer.relationship': 'Father',
  'second-carer.email': 'piotr@family.example',
  'young-person.email': 'amira@family.example',
  'social-worker.name': 'Sam Worker',
  'social-worker.email': 'sam.worker@council.example',
  'school.name': 'Example Primary School',
  'school.urn': '123456',
  'referrer.name': 'Jo Referrer',
  'referrer.role': 'SENCo',
}

/** A day on which each provider that ships takes referrals. */
export const DAYS: Readonly<Record<string, string>> = {
  'stepping-stones': '2024-09-10',
  'golden-hill': '2019-06-03',
  'school2school-norfolk': '2015-06-01',
  bridge: '2020-10-05',
  sedis: '2024-10-07',
}

export const REFERRER = 'referrer@school.example'

/** What a referral is made with. */
export interface Referring {
  provider?: string
  pathway?: string
  /** The day it is made on. */
  today?: string
  /** The referrer’s address. */
  email?: string
  /** What the questions that fill these are answered with; the empty text leaves one out. */
  fills?: Partial<Record<AnswerFills, string>>
  /** Answers by part and question, over everything else. */
  answers?: Answers
}

/** A draft, and what opens it. */
export interface Begun {
  id: string
  key: string
  provider: string
  pathway: Pathway
  today: string
  /** What each request of the school’s carries. */
  headers: Record<string, string>
  answers: Answers
}

/** A referral that was sent. */
export interface Sent extends Begun {
  reference: string
  asked: SentReply['asked']
  /** Everything that was written because of it. */
  letters: OpenedLetter[]
}

/** A letter as its reader has it. */
export interface OpenedLetter {
  to: string
  subject: string
  text: string
  about: string
  links: string[]
}

/** Begins a referral, with nothing in it yet. */
export async function begunReferral(world: Pick<World, 'ask'>, referring: Referring = {}): Promise<Begun> {
  const { provider = 'stepping-stones', email = REFERRER } = referring
  const today = referring.today ?? DAYS[provider] ?? '2024-09-10'
  const day = { 'X-Today': today }
  const listed = await world.ask('GET', `/api/providers/${provider}/pathways`, undefined, day)
  const [first] = (listed.body.pathways ?? []) as { id: string }[]
  const name = referring.pathway ?? first?.id ?? ''
  const form = await world.ask('GET', `/api/providers/${provider}/pathways/${name}`, undefined, day)
  equal(form.status, 200, `${provider} ${name}: ${form.text.slice(0, 200)}`)
  const { pathway } = form.body as unknown as PathwayReply
  const body = { pathway: name, eligibility: eligible(pathway), email }
  const heard = await world.ask('POST', `/api/providers/${provider}/referrals`, body, {
    ...day,
    'Idempotency-Key': crypto.randomUUID(),
  })
  equal(heard.status, 201, heard.text)
  const { id, key } = heard.body as unknown as BegunReply
  const headers = { ...day, Authorization: `Bearer ${key}` }
  return { id, key, provider, pathway, today, headers, answers: sampleAnswers(pathway, today, referring) }
}

/** Fills every part of a draft. */
export async function filledReferral(world: Pick<World, 'ask'>, referring: Referring = {}): Promise<Begun> {
  const begun = await begunReferral(world, referring)
  for (const { id } of begun.pathway.parts) {
    const body = { revision: 0, answers: begun.answers[id] ?? {} }
    const heard = await world.ask('PUT', `/api/referrals/${begun.id}/parts/${id}`, body, begun.headers)
    equal(heard.status, 200, heard.text)
    equal(heard.body.complete, true, `${id}: ${heard.text}`)
  }
  return begun
}

/** Begins a referral, fills every part of it and sends it. */
export async function sentReferral(world: World, referring: Referring = {}): Promise<Sent> {
  const filled = await filledReferral(world, referring)
  const heard = await world.ask('POST', `/api/referrals/${filled.id}/send`, declared(filled), filled.headers)
  equal(heard.status, 201, heard.text)
  const { reference, asked } = heard.body as unknown as SentReply
  return { ...filled, reference, asked, letters: await lettersOf(world, filled.id) }
}

/** What sends a referral: every declaration. */
export function declared({ pathway }: Pick<Begun, 'pathway'>): { declarations: string[] } {
  return { declarations: pathway.declarations.map(({ id }) => id) }
}

/** The answers with which a referral can go a pathway. */
export function eligible({ eligibility }: Pathway): Record<string, string> {
  return Object.fromEntries(eligibility.map(({ id, pass }) => [id, pass]))
}

/** An answer to every question of a pathway that is asked. */
export function sampleAnswers(pathway: Pathway, today: string, { fills = {}, answers = {} }: Referring = {}): Answers {
  const said = { 'pupil.born': `${Number(today.slice(0, 4)) - 9}-02-03`, ...SAMPLE, ...fills }
  const parts = pathway.parts.map(({ id, questions }) => {
    const given: Record<string, string | string[]> = {}
    for (const question of questions) {
      const own = answers[id]?.[question.id] ?? answerTo(question, said)
      if (own.length > 0 && isAskedOf(question, given)) given[question.id] = own
    }
    return [id, given] as const
  })
  return Object.fromEntries(parts)
}

function answerTo(question: Question, said: Partial<Record<AnswerFills, string>>): string | string[] {
  const { id, as, fills, choices = [], most } = question
  const chosen = said[fills ?? 'told']
  if (fills !== undefined && fills !== 'told' && chosen !== undefined)
    return choices.length === 0 || choices.some((one) => one.id === chosen) ? chosen : (choices[0]?.id ?? '')
  switch (as) {
    case 'email':
      return `${id}@school.example`
    case 'telephone':
      return '01234 567890'
    case 'number':
      return String(Math.min(3, most ?? 3))
    case 'date':
      return '2015-02-03'
    case 'yes-no':
      return 'yes'
    case 'choice':
      return choices[0]?.id ?? ''
    case 'choices':
      return choices.slice(0, 2).map((one) => one.id)
    default:
      return `Sample ${id}`.slice(0, most ?? 200)
  }
}

/** The letters about a referral, opened, in the order in which they were written. */
export async function lettersOf({ db, env }: World, referral: string): Promise<OpenedLetter[]> {
  const { results } = await db
    .prepare(
      `SELECT l.id AS id, l.recipient AS "to", l.subject AS subject, l.text AS text, l.about AS about, l.sealed AS sealed,
              k.master AS master, k.wrapped AS wrapped
         FROM letter AS l JOIN referral_key AS k ON k.referral = l.referral
        WHERE l.referral = ?1 ORDER BY l.written_at, l.subject, l.id`,
    )
    .bind(referral)
    .all<Record<'id' | 'to' | 'subject' | 'text' | 'about' | 'sealed' | 'wrapped', string> & { master: number }>()
  const opened = await Promise.all(
    results.map(({ sealed, master, wrapped, ...letter }) =>
      openedLetter({ ...letter, secret: { referral, text: sealed, key: { master, wrapped } } }, ringIn(env)),
    ),
  )
  return opened.flatMap((letter) => {
    if (!letter) return []
    const { to, subject, text, about } = letter
    return [{ to, subject, text, about, links: linksIn(text) }]
  })
}

/** The secret of a door’s link in a letter: `/PROVIDER/referrals/ID/open/SECRET`. */
export function secretIn({ links }: Pick<OpenedLetter, 'links'>): string {
  return /\/open\/([0-9a-f]{64})/.exec(links.join(' '))?.[1] ?? ''
}
