import type { CaseMover, Move, Need, Pathway, Stage } from '../schema/pathway.ts'
import type { ConsentStanding } from './consent.ts'
import { type CaseEvent, eventsThatStand } from './deadline.ts'

/** What decides which moves a case can make. */
export interface CaseFacts {
  stage: string
  events: readonly CaseEvent[]
  /** How it stands with a purpose. */
  standing: (purpose: string) => ConsentStanding
  /** Whether somebody is named who works on it. */
  isAssigned: boolean
}

/** A decision that somebody may take, and what is still missing for it. */
export interface PossibleMove {
  move: Move
  missing: readonly Need[]
}

/** The stage of a pathway. */
export function stageOf({ stages }: Pick<Pathway, 'stages'>, id: string): Stage | undefined {
  return stages.find((stage) => stage.id === id)
}

/** The stage at which a released referral begins. */
export function firstStage({ stages }: Pick<Pathway, 'stages'>): string {
  return stages[0]?.id ?? ''
}

/** The decisions that somebody may take on a case now, in the catalogue’s order. */
export function movesOf(pathway: Pathway, facts: CaseFacts, as: CaseMover): PossibleMove[] {
  const stage = stageOf(pathway, facts.stage)
  return (stage?.moves ?? [])
    .filter(({ by }) => by.includes(as))
    .map((move) => ({ move, missing: (move.needs ?? []).filter((need) => !isMet(need, facts)) }))
}

/** Whether what a move needs is there. What was recorded or signed counts, whenever that was, unless the need says that it has to be since the case came to the stage. */
export function isMet(need: Need, { events, standing, isAssigned }: CaseFacts): boolean {
  switch (need.kind) {
    case 'consent':
      return standing(need.purpose) === 'given'
    case 'recorded':
      return eventsThatStand(events).some(
        ({ kind, of, number }) =>
          kind === 'recorded' && of === need.event && (!need.sinceEntry || number > enteredAt(events)),
      )
    case 'agreement':
      return ['school', 'provider'].every((side) => events.some(({ kind, of }) => kind === 'signed' && of === side))
    case 'assigned':
      return isAssigned
    case 'panel':
      return isOnAgenda(events)
  }
}

/** Whether a case stands on a panel’s agenda: it was put on one since it came to its stage, and nothing was decided since. */
export function isOnAgenda(events: readonly CaseEvent[]): boolean {
  const entered = enteredAt(events)
  const last = events.findLast(({ kind, number }) => (kind === 'panel' || kind === 'decided') && number > entered)
  // Taken off the agenda again, it is on none: the event then names no panel.
  return last?.kind === 'panel' && last.of !== ''
}

/** Whether a case was put on a panel’s agenda before at the stage that it is at. */
export function wasOnAgenda(events: readonly CaseEvent[]): boolean {
  const at = events.findLast(({ kind }) => kind === 'entered')?.of
  let stage: string | undefined
  return events.some(({ kind, of }) => {
    if (kind === 'entered') stage = of
    return kind === 'panel' && of !== '' && stage === at
  })
}

/** Whether cases wait at a stage for a place that is counted, in an order: after a panel or co-ordinator has put them there. */
export function waitsForPlace({ stages, places = [] }: Pick<Pathway, 'stages' | 'places'>, id: string): boolean {
  const stage = stages.find((one, index) => index > 0 && one.id === id)
  if (!stage || stage.panel) return false
  const counted = new Set(places.filter((kind) => kind.counted !== 'freely').map((kind) => kind.id))
  return stage.moves.some(({ gives }) => gives !== undefined && counted.has(gives))
}

/** Where a move leads: another stage, the end of the case, or where it is. */
export function whereTo({ as, to }: Move): { stage: string } | 'ends' | 'stays' {
  if (to !== undefined) return { stage: to }
  return as === 'decline' || as === 'finish' ? 'ends' : 'stays'
}

function enteredAt(events: readonly CaseEvent[]): number {
  return events.filter(({ kind }) => kind === 'entered').at(-1)?.number ?? 0
}
