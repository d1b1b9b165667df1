import * as z from 'zod/mini'
import { stageOf, waitsForPlace } from '../../catalogue/rules/pathway.ts'
import { isForCommissioner, packReadSince } from '../../catalogue/rules/who-may-read.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { id } from '../../catalogue/schema/text.ts'
import type { BoardReply, CaseCard, CasesReply, FindRequest } from '../../catalogue/wire/case.ts'
import type { Published } from '../catalogues/shelf.ts'
import { invalid } from '../failures.ts'
import { readPlace, writtenPlace } from '../orders/place-in-list.ts'
import { recordEntry } from '../records/store.ts'
import { pupilMarks } from '../referrals/marks.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { cardsFrom } from './cards.ts'
import {
  type CardRow,
  casesAmong,
  type Decision,
  decidedBy,
  decisionsOf,
  idOf,
  openAt,
  openRows,
  type PlaceInList,
  placesAt,
  placesEnded,
  rowsOf,
  type Tally,
  tallyOf,
  withMarks,
  workedOnBy,
} from './lists.store.ts'
import { written } from './one.ts'
import type { Reader } from './reading.ts'

/** How many cards a stage of the board shows, how many cases a page lists, and how many somebody has of their own at most. */
const ON_BOARD = 5
const PAGE = 50
const MOST_OWN = 500

/** Before every day, and after each. */
const FIRST = ['', ''] as const
const LAST = ['\u{10ffff}', ''] as const

/** What the address of a list of cases says. */
export const casesQuery = z.object({
  status: z._default(z.enum(['open', 'ended'], 'choose'), 'open'),
  pathway: z._default(z.union([z.literal(''), id]), ''),
  stage: z._default(z.union([z.literal(''), id]), ''),
  after: z._default(z.string().check(z.maxLength(2_000, 'too-long')), ''),
})
type Asked = z.infer<typeof casesQuery>

/** A stage with where it stands: as the newest catalogue that knows it says. */
interface KnownStage {
  id: string
  name: string
  panel: boolean
  waits: boolean
  commissioner: boolean
}

/** A pathway with its stages, as the newest catalogue that has it says; stages that only older ones know stand last. */
interface KnownPathway {
  id: string
  name: string
  stages: KnownStage[]
}

/** The pathways of a provider’s catalogues. */
export function pathwaysIn(published: readonly Published[]): KnownPathway[] {
  const known = new Map<string, KnownPathway>()
  const newest = published.toSorted((one, other) => (one.opensOn < other.opensOn ? 1 : -1))
  for (const { document } of newest)
    for (const pathway of document.pathways ?? []) {
      const before = known.get(pathway.id)
      const stages = pathway.stages
        .filter((stage) => !before?.stages.some((one) => one.id === stage.id))
        .map((stage) => knownStage(pathway, stage.id))
      if (before) before.stages.push(...stages)
      else known.set(pathway.id, { id: pathway.id, name: pathway.name, stages })
    }
  return [...known.values()]
}

function knownStage(pathway: Pathway, stageId: string): KnownStage {
  const stage = stageOf(pathway, stageId)
  return {
    id: stageId,
    name: stage?.name ?? stageId,
    panel: stage?.panel === true,
    waits: waitsForPlace(pathway, stageId),
    commissioner: stage !== undefined && isForCommissioner(stage),
  }
}

/** The board as somebody may see it: each stage with how many cases are at it, and the first by the day that they are due. */
export async function boardFor(reader: Reader, published: readonly Published[], wanted: string): Promise<BoardReply> {
  const pathways = pathwaysIn(published).filter((one) => wanted === '' || one.id === wanted)
  const { as } = reader
  if (as === 'practitioner' || as === 'panel-member') {
    const own = (await ownCases(reader)).filter(({ pathway }) => wanted === '' || pathway.id === wanted)
    const isKnown = ({ pathway, stage }: CaseCard) =>
      pathways.some(({ id, stages }) => id === pathway.id && stages.some((one) => one.id === stage?.id))
    const lost = new Map(
      own.flatMap((card) =>
        card.stage && !isKnown(card)
          ? [[`${card.pathway.id} ${card.stage.id}`, { pathway: card.pathway.id, stage: card.stage.id }]]
          : [],
      ),
    )
    return {
      pathways: withLost(pathways, [...lost.values()]).map((pathway) =>
        boardOf(pathway, own, (stage) => own.filter(isAt(pathway.id, stage)).length),
      ),
      counts: null,
      decided: [],
    }
  }
  const { env, provider, today } = reader
  const shown = (one: KnownStage) => as === 'coordinator' || one.commissioner
  const stages = pathways.flatMap((pathway) =>
    pathway.stages.filter(shown).map((stage) => ({ pathway: pathway.id, stage: stage.id })),
  )
  const [counted, ...listed] = await env.DB.batch([
    tallyOf(env.DB, provider),
    ...stages.map((stage) => openAt(env.DB, provider, stage, ON_BOARD)),
  ])
  const tally = rowsOf<Tally>(counted)
  // Stages that no catalogue knows any more still have their cases.
  const lost = tally.filter(
    ({ status, pathway, stage }) =>
      as === 'coordinator' &&
      status === 'open' &&
      (wanted === '' || pathway === wanted) &&
      !stages.some((one) => one.pathway === pathway && one.stage === stage),
  )
  const more = lost.length > 0 ? await env.DB.batch(lost.map((stage) => openAt(env.DB, provider, stage, ON_BOARD))) : []
  const shownStages = [...stages, ...lost]
  const rows = [...listed, ...more].flatMap((result, at) => {
    const stage = shownStages[at]
    return stage ? openRows(result, stage) : []
  })
  const cards = await cardsFrom(env, provider, rows, as, today)
  const count = (pathway: string) => (stage: string) =>
    tally.find((one) => one.status === 'open' && one.pathway === pathway && one.stage === stage)?.referrals ?? 0
  const sum = (status: string) =>
    tally.filter((one) => one.status === status).reduce((total, { referrals }) => total + referrals, 0)
  return {
    pathways: withLost(pathways, lost).map((pathway) =>
      boardOf({ ...pathway, stages: pathway.stages.filter(shown) }, cards, count(pathway.id)),
    ),
    counts:
      as === 'coordinator'
        ? { waiting: sum('waiting'), open: sum('open'), ended: sum('ended'), stopped: sum('stopped') }
        : null,
    decided: as === 'commissioner' ? await decidedBefore(reader, published) : [],
  }
}

/** What somebody has decided before, by the names of the newest catalogues: the case may be nobody’s to read by now. */
async function decidedBefore(
  { env, provider, person }: Reader,
  published: readonly Published[],
): Promise<BoardReply['decided']> {
  const { results } = await decisionsOf(env.DB, provider, person, MOST_OWN).all<Decision>()
  const newest = published.toSorted((one, other) => (one.opensOn < other.opensOn ? 1 : -1))
  return results.flatMap(({ reference, pathway, of, detail, on }) => {
    const { stage: at } = JSON.parse(detail) as { stage?: string }
    const known = newest.flatMap(({ document }) => document.pathways ?? []).filter(({ id }) => id === pathway)
    const stages = known.flatMap((one) => stageOf(one, at ?? '') ?? [])
    // What they decided in another role before is not theirs to see any more.
    if (stages.length > 0 && !stages.some(isForCommissioner)) return []
    const [stage] = stages
    const name = stage?.moves.find(({ id }) => id === of)?.name ?? of
    return [
      {
        reference,
        pathway: { id: pathway, name: known[0]?.name ?? pathway },
        stage: stage?.name ?? at ?? '',
        name,
        on,
      },
    ]
  })
}

function boardOf(
  { id: pathway, name, stages }: KnownPathway,
  cards: readonly CaseCard[],
  count: (stage: string) => number,
): BoardReply['pathways'][number] {
  return {
    id: pathway,
    name,
    stages: stages.map((stage) => ({
      id: stage.id,
      name: stage.name,
      panel: stage.panel,
      waits: stage.waits,
      count: count(stage.id),
      cases: cards.filter(isAt(pathway, stage.id)).slice(0, ON_BOARD),
    })),
  }
}

function isAt(pathway: string, stage: string): (card: CaseCard) => boolean {
  return (card) => card.pathway.id === pathway && card.stage?.id === stage
}

function withLost(
  pathways: readonly KnownPathway[],
  lost: readonly Pick<Tally, 'pathway' | 'stage'>[],
): KnownPathway[] {
  const all = new Map(pathways.map((one) => [one.id, { ...one, stages: [...one.stages] }]))
  for (const { pathway, stage } of lost) {
    const known = all.get(pathway) ?? { id: pathway, name: pathway, stages: [] }
    known.stages.push({ id: stage, name: stage, panel: false, waits: false, commissioner: false })
    all.set(pathway, known)
  }
  return [...all.values()]
}

/** A page of cases: open ones by the day that they are due, overdue first, ended ones the newest first. */
export async function casesPage(reader: Reader, published: readonly Published[], asked: Asked): Promise<CasesReply> {
  const { env, provider, as, today } = reader
  const { status, pathway, stage } = asked
  if (as === 'practitioner' || as === 'panel-member') {
    const own = status === 'open' ? await ownCases(reader) : []
    const cases = own.filter(
      (card) => (pathway === '' || card.pathway.id === pathway) && (stage === '' || card.stage?.id === stage),
    )
    return { cases, next: null }
  }
  if (as === 'commissioner' && status === 'ended') return { cases: [], next: null }
  const place = readPlace(asked.after, 'after')
  const tally = rowsOf<Tally>((await env.DB.batch([tallyOf(env.DB, provider)]))[0])
  const forCommissioner = pathwaysIn(published).flatMap((one) =>
    one.stages.filter(({ commissioner }) => commissioner).map((own) => `${one.id} ${own.id}`),
  )
  const stages = tally.filter(
    (one) =>
      one.status === status &&
      (pathway === '' || one.pathway === pathway) &&
      (stage === '' || one.stage === stage) &&
      (as === 'coordinator' || forCommissioner.includes(`${one.pathway} ${one.stage}`)),
  )
  if (stages.length === 0) return { cases: [], next: null }
  const [first = '', second = ''] = place ?? (status === 'open' ? FIRST : LAST)
  const statements =
    status === 'open'
      ? stages.map((one) => placesAt(env.DB, provider, one, [first, second], PAGE + 1))
      : [...new Set(stages.map((one) => one.pathway))].map((one) =>
          placesEnded(env.DB, provider, one, [first, second], PAGE + 1),
        )
  const sign = status === 'open' ? 1 : -1
  const found = (await env.DB.batch(statements))
    .flatMap((result) => rowsOf<PlaceInList>(result))
    .sort((one, other) => (`${one.on} ${one.id}` < `${other.on} ${other.id}` ? -sign : sign))
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const listed = await env.DB.batch([
    casesAmong(
      env.DB,
      provider,
      shown.map((one) => one.id),
    ),
  ])
  return {
    cases: await cardsFrom(env, provider, rowsOf<CardRow>(listed[0]), as, today),
    next: last ? writtenPlace([last.on, last.id]) : null,
  }
}

/** The open cases that are somebody’s own, by the day that they are due. */
async function ownCases(reader: Reader): Promise<CaseCard[]> {
  const { env, provider, person, as, today } = reader
  const [ids] = await env.DB.batch([
    as === 'practitioner'
      ? workedOnBy(env.DB, provider, person, MOST_OWN)
      : decidedBy(env.DB, provider, person, MOST_OWN, packReadSince(today)),
  ])
  return cardsOfIds(reader, [...new Set(rowsOf<{ id: string }>(ids).map((row) => row.id))], today)
}

async function cardsOfIds({ env, provider, as }: Reader, ids: readonly string[], today: string): Promise<CaseCard[]> {
  if (ids.length === 0) return []
  const [found] = await env.DB.batch([casesAmong(env.DB, provider, ids)])
  const rows = rowsOf<CardRow>(found).sort((one, other) =>
    `${one.dueOn} ${one.id}` < `${other.dueOn} ${other.id}` ? -1 : 1,
  )
  return cardsFrom(env, provider, rows, as, today)
}

/**
 * Finds a case by its reference, or a pupil’s cases by name and date of birth. Who looked is written down: at each case that was found, and
 * that none was; never whom they looked for. Throws `invalid` where neither is whole.
 */
export async function findCases(reader: Reader, request: FindRequest): Promise<CasesReply> {
  const { env, provider, person, today, now } = reader
  const [found] = await env.DB.batch([await sought(reader, request)])
  const ids = [...new Set(rowsOf<{ id: string }>(found).map((row) => row.id))]
  const cases = await cardsOfIds(reader, ids, today)
  const entry = { provider, actor: person, action: 'case-read', subject: '', detail: { found: 0 } }
  if (cases.length === 0) await env.DB.batch([recordEntry(env.DB, entry, new Date(now).toISOString())])
  await written(
    { ...reader, as: 'found' },
    cases.map(({ reference }) => reference),
  )
  return { cases, next: null }
}

async function sought({ env, provider }: Reader, { reference, name, born }: FindRequest): Promise<D1PreparedStatement> {
  if (reference !== undefined) return idOf(env.DB, provider, reference.toUpperCase())
  if (name === undefined || born === undefined)
    throw invalid([{ pointer: name === undefined ? '/name' : '/born', code: 'required' }])
  return withMarks(env.DB, provider, await pupilMarks(keyringOf(env), provider, name, born))
}

/** Which pathway’s board is asked for: the empty text for all. */
export const boardQuery = z.object({ pathway: z._default(z.union([z.literal(''), id]), '') })
