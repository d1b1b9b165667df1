import type { AnswerFills, CaseReader, Move, Pathway, Question, Stage } from '../schema/pathway.ts'
import { addDays } from './dates.ts'
import type { CaseEventKind } from './deadline.ts'

/** As what somebody reads a case: co-ordinators (and owners) read every case, the others by case. */
export type ReadingAs = 'coordinator' | CaseReader

/** For how many days after it met a panel’s members read its pack at most: nobody has to remember to close it. */
export const PACK_READ_DAYS = 14

/** Until which day a panel’s members read its pack, where it is not closed before. */
export function packReadUntil(meetsOn: string): string {
  return addDays(meetsOn, PACK_READ_DAYS)
}

/** The first day of a meeting whose pack is read still. */
export function packReadSince(today: string): string {
  return addDays(today, -PACK_READ_DAYS)
}

/** What decides whether somebody may read a case. */
export interface ReadingFacts {
  status: string
  /** Whether the permission that released it holds. */
  isHeld: boolean
  /** Whether they work on it. */
  isAssigned: boolean
  /** Whether they sit on a panel that has it on its agenda, and whose pack is read still. */
  isOnPanel: boolean
  /** The stage that it is at. */
  stage: Pick<Stage, 'moves'> | undefined
}

/**
 * Whether somebody may read a case: nobody does before consent has released it, or once it was stopped. One whose permission has run out is
 * for co-ordinators alone, who see whom to ask again and nothing of what it says.
 */
export function mayReadCase(as: ReadingAs, { status, isHeld, isAssigned, isOnPanel, stage }: ReadingFacts): boolean {
  if (as === 'coordinator') return status === 'open' || status === 'ended'
  if (status !== 'open' || !isHeld) return false
  if (as === 'practitioner') return isAssigned
  if (as === 'panel-member') return isOnPanel
  return stage !== undefined && isForCommissioner(stage)
}

/** Whether a stage waits for the commissioner. */
export function isForCommissioner({ moves }: Pick<Stage, 'moves'>): boolean {
  return moves.some(({ by }) => by.includes('commissioner'))
}

/** Whether somebody may read the answer to a question. */
export function mayReadAnswer(as: ReadingAs, { seenBy }: Pick<Question, 'seenBy'>): boolean {
  return as === 'coordinator' || seenBy.includes(as)
}

/**
 * Whether somebody may read what was said with an event. Free text can name the pupil: the commissioner reads none of it but the reasons of decisions
 * whose catalogue says so, which whoever typed them was told. `move`: the decision, where it is one.
 */
export function mayReadText(as: ReadingAs, kind: CaseEventKind, move?: Pick<Move, 'commissionerReads'>): boolean {
  if (as === 'coordinator' || as === 'practitioner') return true
  if (as === 'commissioner') return move?.commissionerReads === true
  return as === 'panel-member' && kind !== 'note' && kind !== 'recorded'
}

/** Whether somebody may read what a young person says in their own words, or somebody for a child: a sign-off needs none of it. */
export function mayReadWords(as: ReadingAs): boolean {
  return as !== 'commissioner'
}

/** Whether somebody may know what the form says of somebody or something, whatever the question is called. */
export function mayReadFilled(as: ReadingAs, { parts }: Pick<Pathway, 'parts'>, fills: AnswerFills): boolean {
  return (
    as === 'coordinator' ||
    parts.some(({ questions }) => questions.some((question) => question.fills === fills && mayReadAnswer(as, question)))
  )
}
