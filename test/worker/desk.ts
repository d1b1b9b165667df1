import { equal, ok } from 'node:assert/strict'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { AnswerFills } from '../../catalogue/schema/pathway.ts'
import type { BoardReply, CaseChangedReply, CaseReply } from '../../catalogue/wire/case.ts'
import { newReference } from '../../worker/orders/reference.ts'
import { newAttempt } from '../../worker/people/secret.ts'
import { pupilMarks, schoolMark } from '../../worker/referrals/marks.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../../worker/referrals/open-case.ts'
import { keyringOf } from '../../worker/sealing/keyring.ts'
import { newReferralKey } from '../../worker/sealing/seal.ts'
import type { SignedInPerson } from './console.ts'
import { type Heard, shippedCatalogues, type World } from './harness.ts'
import { SAMPLE, sampleAnswers } from './referring.ts'

/** A case that stands at its first stage, made without the school’s and the family’s pages. */
export interface Standing {
  id: string
  reference: string
  provider: string
}

/** Which case, and what is special about it. */
export interface Put {
  provider?: string
  pathway?: string
  /** The year; without it the newest that has the pathway. */
  catalogue?: string
  today?: string
  pupil?: string
  born?: string
  school?: string
  urn?: string
  /** The carer’s address; the empty text for none. */
  email?: string
  language?: string
  /** What else the school answered. */
  fills?: Partial<Record<AnswerFills, string>>
  /** Released, unless it still waits for consent. */
  status?: 'open' | 'waiting'
}

let catalogues: Promise<Catalogue[]> | undefined

/** Puts a case at the first stage of a pathway, sealed as a real one. */
export async function putCase(world: World, put: Put = {}): Promise<Standing> {
  const { provider = 'stepping-stones', pathway = 'placement', today = '2024-09-10', status = 'open' } = put
  const {
    pupil = SAMPLE['pupil.name'] ?? '',
    born = '2015-02-03',
    school = 'Example Primary School',
    urn = '123456',
  } = put
  const { email = 'carer@family.example', language = 'en' } = put
  catalogues ??= shippedCatalogues()
  const document = (await catalogues).findLast(
    (one) =>
      one.provider.id === provider &&
      (put.catalogue === undefined || one.catalogue === put.catalogue) &&
      one.pathways?.some(({ id }) => id === pathway),
  )
  const found = document?.pathways?.find(({ id }) => id === pathway)
  ok(document && found, `${provider} has no pathway ${pathway}`)
  const ring = keyringOf(world.env)
  const id = newAttempt()
  const at = new Date(world.clock.now).toISOString()
  const { kept } = await newReferralKey(ring, id)
  const { db } = world
  await db.batch([
    db
      .prepare('INSERT INTO referral_key (referral, master, wrapped) VALUES (?1, ?2, ?3)')
      .bind(id, kept.master, kept.wrapped),
    db
      .prepare(
        `INSERT INTO referral (id, provider, pathway, catalogue, version, status, begun_at, touched_at, begun_on, delete_on)
         VALUES (?1, ?2, ?3, ?4, 1, 'draft', ?5, ?5, ?6, '9999-12-31')`,
      )
      .bind(id, provider, pathway, document.catalogue, at, today),
  ])
  const reference = newReference(provider)
  const first = await caseOf(world, id)
  const sent = new CaseChange(first, { actor: 'school', today, now: world.clock.now })
  sent.sent(reference, await schoolMark(ring, provider, { name: school, urn }))
  sent.seal('referrer', { email: 'referrer@school.example', name: 'Jo Referrer', role: 'SENCo' })
  sent.seal('card', { pupil: 'A. K.', school, year: 'Year 4', district: 'Lancaster' })
  const fills = { 'pupil.name': pupil, 'school.name': school, 'school.urn': urn, ...put.fills }
  for (const [part, answers] of Object.entries(sampleAnswers(found, today, { fills })))
    sent.seal(`part:${part}`, answers)
  sent.seal('person:carer-1', { name: 'Ngozi Okonkwo', relationship: 'Mother', ...(email && { email }) })
  const purposes = found.consent.purposes.filter(({ asked, by }) => asked === 'at-once' && by.includes('carer'))
  const asked = sent.event('asked', 'carer-1', { detail: { purpose: purposes[0]?.id ?? '', each: '' } })
  sent.consents({
    people: [{ id: 'carer-1', as: 'carer' }],
    asks: purposes.map(({ id: purpose }) => ({ number: asked, person: 'carer-1', purpose, each: '', on: today })),
  })
  const marks = await pupilMarks(ring, provider, pupil, born)
  sent.also((kept) => [
    kept.prepare("INSERT INTO consent_person VALUES (?1, 'carer-1', 'carer', ?2)").bind(id, language),
    ...purposes.map((one) =>
      kept.prepare("INSERT INTO consent_ask VALUES (?1, ?2, 'carer-1', ?3, '', ?4)").bind(id, asked, one.id, today),
    ),
    ...marks.map((mark) => kept.prepare('INSERT INTO pupil_mark VALUES (?1, ?2, ?3)').bind(provider, mark, id)),
  ])
  equal(await sent.keep(db), 'done')
  if (status === 'waiting') return { id, reference, provider }
  const given = new CaseChange(await caseOf(world, id), { actor: 'family', today, now: world.clock.now })
  for (const { id: purpose } of purposes) {
    const number = given.event('answered', purpose, {
      detail: { person: 'carer-1', each: '', answer: 'given', how: 'page' },
    })
    given.consents({ answers: [{ number, person: 'carer-1', purpose, each: '', answer: 'given', on: today }] })
    given.seal(`answer:${number}`, {
      name: 'Ngozi Okonkwo',
      relationship: 'Mother',
      words: 'In my own words',
      by: 'page',
    })
    given.also((kept) => [
      kept
        .prepare("INSERT INTO consent_answer VALUES (?1, ?2, 'carer-1', ?3, '', 'given', 'page', ?4)")
        .bind(id, number, purpose, today),
    ])
  }
  given.released()
  equal(await given.keep(db), 'done')
  return { id, reference, provider }
}

/** A case by its id, which has to be there. */
export async function caseOf(world: World, id: string): Promise<OpenCase> {
  const found = await openCaseWith(world.env, { id })
  ok(found)
  return found
}

let keys = 0

/** Asks the console’s API of a provider as somebody, on a day. A write has a key of its own, unless one is given. */
export function deskOf(world: World, provider: string, today: string) {
  return async (who: SignedInPerson, method: string, path: string, body?: unknown, key?: string): Promise<Heard> => {
    keys += 1
    return world.ask(method, `/api/console/providers/${provider}${path}`, body, {
      ...who.headers,
      'X-Today': today,
      ...(method === 'GET' ? {} : { 'Idempotency-Key': key ?? `desk-${keys}` }),
    })
  }
}

/** A reply as a case, a board or what a change came to. */
export const asCase = ({ body }: Heard) => body as unknown as CaseReply
export const asBoard = ({ body }: Heard) => body as unknown as BoardReply
export const asChanged = ({ body }: Heard) => body as unknown as CaseChangedReply
