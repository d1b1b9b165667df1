import { addDays } from '../../catalogue/rules/dates.ts'
import type { Part } from '../../catalogue/schema/pathway.ts'
import { faultsInPart, isComplete, keptOf, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import { neededParts } from '../../catalogue/wire/needed.ts'
import type { DraftReply, PartReply, PartRequest } from '../../catalogue/wire/referral.ts'
import { recordReading } from '../cases/around.store.ts'
import type { AppContext, Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { type LinkBase, linkBaseOf } from '../letters/link.ts'
import { seal } from '../sealing/seal.ts'
import { keepPart } from './draft.store.ts'
import { type OpenCase, openCaseWith } from './open-case.ts'
import { faultsOfOwn, schoolsAddresses } from './own-addresses.ts'
import type { Visit } from './visit.ts'

/** When something is done with a referral, and where the links of its letters lead. */
export interface Doing {
  /** The calendar's day, and the real clock in milliseconds. */
  today: string
  now: number
  link: LinkBase
}

/** When a request does something. */
export function doingOf(c: AppContext): Doing {
  return { today: c.var.today, now: c.var.now(), link: linkBaseOf(c) }
}

const AN_HOUR = 3_600_000

/** What is wrong with an answer that it cannot be kept with; everything else is a half answer, which is kept. */
const UNREADABLE: ReadonlySet<string> = new Set<Fault['code']>(['wrong-type', 'too-long', 'not-text'])

/** The referral of a visit. Throws `link-needed` where it is gone. */
export async function openVisited(env: Bindings, { referral }: Pick<Visit, 'referral'>): Promise<OpenCase> {
  const openCase = await openCaseWith(env, { id: referral })
  if (!openCase) throw new Failure('link-needed')
  return openCase
}

/** A draft as whoever is let in sees it: a colleague, their own parts alone, and none once it is sent (`conflict`). */
export async function draftOf(
  env: Bindings,
  visit: Visit,
  { today, now }: Pick<Doing, 'today' | 'now'>,
): Promise<DraftReply> {
  const openCase = await openVisited(env, visit)
  const { status } = openCase.referral
  if (visit.as === 'colleague' && status !== 'draft') throw new Failure('conflict', { more: { referral: status } })
  if (status !== 'draft') await noteReading(env, openCase, now)
  return draftIn(openCase, visit, today)
}

/** Writes down that the school has read what it sent, once an hour: from then on it is a case, whose readings are known. */
export async function noteReading(env: Bindings, { referral }: OpenCase, now: number): Promise<void> {
  const { provider, reference } = referral
  const reading = { provider, person: 'school', reference: reference ?? '', as: 'school' }
  const since = new Date(now - AN_HOUR).toISOString()
  await recordReading(env.DB, reading, new Date(now).toISOString(), since).run()
}

/** The same of a referral that is open already. */
export async function draftIn(openCase: OpenCase, visit: Visit, today: string): Promise<DraftReply> {
  const { id, provider, pathway, catalogue, version, status, deleteOn, reference } = openCase.referral
  const [answers, colleagues, self] = await Promise.all([
    openCase.readAll<Record<string, string | string[]>>('part:'),
    openCase.readAll<{ email: string; parts: string[] }>('colleague:'),
    openCase.read<{ email: string }>(visit.as === 'referrer' ? 'referrer' : `colleague:${visit.who}`),
  ])
  const own = await schoolsAddresses(openCase, answers)
  const parts = neededParts(openCase.pathway, answers, today).flatMap((part) => {
    const { id } = part
    const sealed = openCase.kept.sealed.get(`part:${id}`)
    const given = answers[id] ?? {}
    const complete = isComplete(part, given, today) && faultsOfOwn(part, given, own).length === 0
    // A part that the catalogue leaves open and this pupil needs is listed though nobody has saved it: it is not theirs to leave out.
    const isMissed = !complete && !openCase.pathway.parts.includes(part)
    return (sealed || isMissed) && isOpenTo(visit, id) && (visit.as === 'referrer' || status === 'draft')
      ? [[id, { revision: sealed?.revision ?? 0, answers: given, complete, savedAt: sealed?.at ?? '' }] as const]
      : []
  })
  return {
    id,
    provider,
    pathway,
    catalogue,
    version,
    status,
    as: visit.as,
    email: self?.email ?? '',
    only: visit.only,
    parts: Object.fromEntries(parts),
    colleagues:
      visit.as === 'referrer'
        ? Object.entries(colleagues).map(([colleague, { email, parts: open }]) => ({
            id: colleague,
            email,
            parts: open,
          }))
        : [],
    keptUntil: addDays(deleteOn, -1),
    ...(reference === null ? {} : { reference }),
  }
}

/**
 * Saves a part as it is typed, whole or not, and says what is still missing. Throws `invalid` where something cannot be kept at all
 * (`/answers/ID`), `conflict` with a `PartConflict` where another revision stands, and a bare `conflict` once the referral is sent.
 */
export async function savePart(
  env: Bindings,
  visit: Visit,
  id: string,
  { revision, answers: typed }: PartRequest,
  { today, now }: Pick<Doing, 'today' | 'now'>,
): Promise<PartReply> {
  const openCase = await openVisited(env, visit)
  const asked = openCase.pathway.parts.find((one) => one.id === id)
  if (!asked || !isOpenTo(visit, id)) throw new Failure('not-found')
  refuseUnreadable(asked, typed, today)
  if (openCase.referral.status !== 'draft')
    throw new Failure('conflict', { more: { referral: openCase.referral.status } })
  const answers = keptOf(asked, typed)
  const others = await openCase.readAll<PartAnswers>('part:')
  const all = { ...others, [id]: answers }
  const own = await schoolsAddresses(openCase, all)
  const part = neededParts(openCase.pathway, all, today).find((one) => one.id === id) ?? asked
  const faults = [...faultsInPart(part, answers, today), ...faultsOfOwn(part, answers, own)].map((fault) => ({
    ...fault,
    pointer: `/answers${fault.pointer}`,
  }))
  const reply = { complete: faults.length === 0, faults }

  const name = `part:${id}`
  if (revisionOf(openCase, name) !== revision) return standing(openCase, name, answers, reply)
  const next = revision + 1
  const kept = await keepPart(env.DB, {
    referral: visit.referral,
    name,
    revision: next,
    text: await seal(openCase.key, JSON.stringify(answers), { referral: visit.referral, name, revision: next }),
    at: new Date(now).toISOString(),
    deleteOn: addDays(today, openCase.pathway.retention.draftDays),
  })
  // Somebody was quicker by a moment.
  return kept ? { revision: next, ...reply } : standing(await openVisited(env, visit), name, answers, reply)
}

/** What is said where another revision stands: who saves the same again, after a lost reply or in a second window, has lost nothing. */
async function standing(
  openCase: OpenCase,
  name: string,
  answers: PartAnswers,
  reply: Omit<PartReply, 'revision'>,
): Promise<PartReply> {
  const { status } = openCase.referral
  if (status !== 'draft') throw new Failure('conflict', { more: { referral: status } })
  const kept = (await openCase.read<PartAnswers>(name)) ?? {}
  const revision = revisionOf(openCase, name)
  if (isSame(kept, answers)) return { revision, ...reply }
  throw new Failure('conflict', { more: { revision, answers: kept } })
}

function revisionOf({ kept }: OpenCase, name: string): number {
  return kept.sealed.get(name)?.revision ?? 0
}

/** Whether somebody who was let in may open a part. */
export function isOpenTo({ as, only }: Pick<Visit, 'as' | 'only'>, part: string): boolean {
  return as === 'referrer' || only.includes(part)
}

/** Refuses what cannot be kept: answers to questions that are not there, of the wrong kind, or too long. */
function refuseUnreadable(part: Part, answers: PartAnswers, today: string): void {
  const unknown = Object.keys(answers).filter((id) => !part.questions.some((question) => question.id === id))
  const wrong = part.questions.filter(({ id, as }) => Array.isArray(answers[id]) && as !== 'choices')
  const faults: Fault[] = [
    ...unknown.map((id): Fault => ({ pointer: `/answers/${id}`, code: 'not-asked' })),
    ...wrong.map(({ id }): Fault => ({ pointer: `/answers/${id}`, code: 'wrong-type' })),
    ...faultsInPart(part, answers, today)
      .filter(({ code }) => UNREADABLE.has(code))
      .map((fault) => ({ ...fault, pointer: `/answers${fault.pointer}` })),
  ]
  if (faults.length > 0) throw invalid([...new Map(faults.map((fault) => [fault.pointer, fault])).values()])
}

function isSame(one: PartAnswers, other: PartAnswers): boolean {
  const plain = (answers: PartAnswers) => JSON.stringify(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)))
  return plain(one) === plain(other)
}
