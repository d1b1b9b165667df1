import { addDays } from '../../catalogue/rules/dates.ts'
import {
  type CaseFacts,
  isOnAgenda,
  movesOf,
  type PossibleMove,
  stageOf,
  wasOnAgenda,
  whereTo,
} from '../../catalogue/rules/pathway.ts'
import type { ReadingAs } from '../../catalogue/rules/who-may-read.ts'
import { termOf } from '../../catalogue/rules/working-days.ts'
import type { Term } from '../../catalogue/schema/calendar.ts'
import type { Need, PlaceKind } from '../../catalogue/schema/pathway.ts'
import type { CaseReply } from '../../catalogue/wire/case.ts'
import { type Pool, poolsWith } from '../places/place.store.ts'
import { schoolPool } from '../places/pools.ts'
import type { OpenCase } from '../referrals/open-case.ts'
import type { PanelOfCase, PanelWithPlaces } from './around.store.ts'
import type { ReadCase } from './reading.ts'

/** What decides which moves a case can make on a day. */
export function factsOf(opened: OpenCase, today: string): CaseFacts {
  return {
    stage: opened.referral.stage,
    events: opened.kept.events,
    standing: (purpose) => opened.standing(purpose, today),
    isAssigned: opened.kept.assigned.length > 0,
  }
}

/** The moves that somebody may make with a case now: none with one that has ended. */
export function possibleMoves(opened: OpenCase, as: ReadingAs, today: string): PossibleMove[] {
  return opened.referral.status === 'open' ? movesOf(opened.pathway, factsOf(opened, today), as) : []
}

/** The kind of place of a pathway. */
export function kindOf(opened: OpenCase, id: string | undefined): PlaceKind | undefined {
  return opened.pathway.places?.find((kind) => kind.id === id)
}

/** What is missing where nobody has published the dates of the term whose place would be given. */
export const NO_TERM: CaseReply['moves'][number]['missing'][number] = { kind: 'terms', of: '', name: '' }

/** The terms whose places can be given on a day: the one of the day and the one after it, as far as their dates are published. */
export function termsToGive({ calendar }: OpenCase, today: string): Term[] {
  const now = termOf(today, calendar)
  const next = now && termOf(addDays(now.to, 1), calendar)
  return [now, next].filter((term) => term !== undefined)
}

/** The term whose places are given: the one that is named, else that of the day. Undefined where it is none of those, or its dates are not published. */
export function termToGive(opened: OpenCase, today: string, named?: string): Term | undefined {
  return termsToGive(opened, today).find(({ id }, index) => (named === undefined ? index === 0 : id === named))
}

/** Where a place of a kind would come from, and how many are left there. */
export interface PlaceToGive {
  kind: PlaceKind
  /** Empty where places of the kind are not counted, undefined where no panel has any. */
  pool: string | undefined
  standing: Omit<Pool, 'pool'> | undefined
  left: number | null
  /** The term whose place it is, where places are counted by terms. */
  term?: Term
  /** Its places are counted by terms, and nobody has published the dates of this one. */
  isTermUnknown: boolean
}

/**
 * The panel that decides on a case: the one that has it on its agenda undecided, though it was closed meanwhile; else the open one that is
 * named, or the last, of those that have decided on it before.
 */
export function panelDeciding({ around, opened }: ReadCase, named?: string): PanelOfCase | undefined {
  if (!stageOf(opened.pathway, opened.referral.stage)?.panel) return undefined
  const { events } = opened.kept
  const open = around.panels.filter(({ closedAt }) => closedAt === null)
  // Whose agenda it is on still, however its panel was closed: it is the one that a decision waits for.
  const put = isOnAgenda(events) ? events.findLast(({ kind }) => kind === 'panel')?.of : undefined
  const own = around.panels.find(({ id }) => id === put)
  if (own) return own
  return open.findLast(({ decision }) => decision === '') ?? open.find(({ id }) => id === named) ?? open.at(-1)
}

/** The panel whose places a case is given, unless another is named: the last that has it on its agenda, else the last that has met. */
export function panelToGive({ around }: ReadCase, today: string, named?: string): PanelWithPlaces | undefined {
  if (named !== undefined) return around.withPlaces.find(({ id }) => id === named)
  const own = around.panels.at(-1)
  return (
    around.withPlaces.find(({ id }) => id === own?.id) ??
    around.withPlaces.find(({ meetsOn }) => meetsOn <= today) ??
    around.withPlaces.at(-1)
  )
}

/** Where places of a kind come from for a case on a day. */
export async function placeToGive(
  db: D1Database,
  read: ReadCase,
  kind: PlaceKind,
  today: string,
  { panel, term: named }: { panel?: string | undefined; term?: string | undefined } = {},
): Promise<PlaceToGive> {
  const { opened } = read
  const isTermUnknown = false
  if (kind.counted === 'freely') return { kind, pool: '', standing: undefined, left: null, isTermUnknown }
  if (kind.counted === 'panel') {
    const from = panelToGive(read, today, panel)
    return { kind, pool: from && `panel:${from.id}`, standing: from, left: from ? leftOf(from) : 0, isTermUnknown }
  }
  const { provider, pathway, school } = opened.referral
  const term = termToGive(opened, today, named)
  if (!term) return { kind, pool: undefined, standing: undefined, left: 0, isTermUnknown: named === undefined }
  const pool = schoolPool(term.id, { pathway, kind: kind.id }, school)
  const kept = (await poolsWith(db, provider, [pool])).get(pool)
  const standing = kept ?? { most: kind.most ?? 0, withdrawn: 0, taken: 0 }
  return { kind, pool, standing, left: leftOf(standing), term, isTermUnknown }
}

/** The terms whose places of a kind can be given to a case, with how many are left in each; none where they are not counted by terms. */
async function termsLeft(
  db: D1Database,
  read: ReadCase,
  kind: PlaceKind,
  today: string,
): Promise<{ id: string; name: string; left: number }[]> {
  if (kind.counted !== 'school-term') return []
  return Promise.all(
    termsToGive(read.opened, today).map(async ({ id, name }) => {
      const { left } = await placeToGive(db, read, kind, today, { term: id })
      return { id, name, left: left ?? 0 }
    }),
  )
}

/** How many places of a pool can still be given. */
export function leftOf({ most, withdrawn, taken }: Omit<Pool, 'pool'>): number {
  return Math.max(0, most - withdrawn - taken)
}

/** How many cases a case passes on the waiting list where it is given a place of a kind: of a school’s own places those of the school. */
export function passesFor({ around: { waiting } }: ReadCase, kind: PlaceKind | undefined): number {
  if (!waiting || !kind || kind.counted === 'freely') return 0
  return kind.counted === 'panel' ? waiting.position - 1 : waiting.ofSchoolBefore
}

/** The moves that somebody may make, as the console shows them. */
export async function movesFor(
  db: D1Database,
  read: ReadCase,
  as: ReadingAs,
  today: string,
): Promise<CaseReply['moves']> {
  const { opened, around } = read
  const meetsOn = panelDeciding(read)?.meetsOn ?? today
  return Promise.all(
    possibleMoves(opened, as, today).map(async ({ move, missing }) => {
      const to = whereTo(move)
      const stage = typeof to === 'object' ? stageOf(opened.pathway, to.stage) : undefined
      const kind = kindOf(opened, move.gives)
      const place = kind && (await placeToGive(db, read, kind, today))
      const beyond = kindOf(opened, kind?.beyond)
      const passes = passesFor(read, kind)
      return {
        id: move.id,
        name: move.name,
        as: move.as,
        to: stage ? { id: stage.id, name: stage.name } : null,
        ends: to === 'ends',
        reason: move.reason === true || passes > 0,
        commissionerReads: move.commissionerReads === true,
        meetsOn: meetsOn > today ? meetsOn : null,
        missing: [
          ...missing.map((need) => ({ kind: need.kind, ...nameOfNeed(opened, need) })),
          ...(place?.isTermUnknown ? [NO_TERM] : []),
        ],
        gives: place
          ? {
              kind: place.kind.id,
              name: place.kind.name,
              counted: place.kind.counted,
              left: place.left,
              panels:
                place.kind.counted === 'panel'
                  ? around.withPlaces.map((panel) => ({ id: panel.id, meetsOn: panel.meetsOn, left: leftOf(panel) }))
                  : [],
              terms: await termsLeft(db, read, place.kind, today),
              beyond: beyond ? { id: beyond.id, name: beyond.name } : null,
            }
          : null,
        passes,
        frees: move.frees === true,
        tells: move.tells,
      }
    }),
  )
}

/** What a need is about, and what the catalogue calls it. */
export function nameOfNeed({ pathway, kept }: OpenCase, need: Need): { of: string; name: string } {
  if (need.kind === 'consent')
    return { of: need.purpose, name: pathway.consent.purposes.find(({ id }) => id === need.purpose)?.name ?? '' }
  if (need.kind === 'recorded')
    return { of: need.event, name: pathway.events.find(({ id }) => id === need.event)?.name ?? '' }
  return { of: need.kind === 'panel' && wasOnAgenda(kept.events) ? 'again' : '', name: '' }
}
