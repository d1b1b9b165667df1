import type { Consent } from '../schema/consent.ts'
import { type ConsentHistory, noesTo, RENEWED_WITHIN } from './consent.ts'
import { addDays, NEVER } from './dates.ts'
import type { CaseEvent } from './deadline.ts'

/**
 * What follows in a referral’s consent without anybody’s doing. `unanswered`: nobody has answered in time. `runs-out`: the permission runs
 * out soon. `ran-out`: it has, and nobody may read the referral. `stops`: it was not given anew, and the referral stops.
 */
export type ConsentStep = 'unanswered' | 'runs-out' | 'ran-out' | 'stops'

/** What decides on it. */
export interface AheadFacts {
  status: string
  /** The last day on which the permission holds; `NEVER` where it does not run out. */
  heldUntil: string
  events: readonly CaseEvent[]
  history: ConsentHistory
}

/** What follows next in a referral’s consent, and on which day; undefined where nothing does. What was told already is not told again. */
export function stepAhead(consent: Consent, facts: AheadFacts): { step: ConsentStep; on: string } | undefined {
  if (facts.status === 'waiting') return silence(consent, facts)
  return facts.status === 'open' && facts.heldUntil !== NEVER ? ending(consent, facts) : undefined
}

/** The day on which a case stops whose permission has run out, unless it is given anew before. */
export function stopsOn({ openDays }: Consent, heldUntil: string, events: readonly CaseEvent[]): string {
  return addDays(toldSince(events, 'ran-out', heldUntil)?.on ?? addDays(heldUntil, 1), openDays)
}

function silence(
  { purposes, openDays }: Consent,
  { events, history }: AheadFacts,
): { step: ConsentStep; on: string } | undefined {
  const releasing = purposes.filter(({ releases }) => releases)
  // A no was told of when it came.
  if (releasing.some((purpose) => noesTo(purpose, '', history).length > 0)) return undefined
  const open = history.asks.filter(
    ({ number, person, purpose, each }) =>
      each === '' &&
      releasing.some(({ id }) => id === purpose) &&
      !history.answers.some((one) => one.person === person && one.purpose === purpose && one.number > number),
  )
  const last = open.at(-1)
  const isTold = events.some(({ kind, of, number }) => isStep(kind, of, 'unanswered') && number > (last?.number ?? 0))
  return last && !isTold ? { step: 'unanswered', on: addDays(last.on, openDays + 1) } : undefined
}

function ending(consent: Consent, { heldUntil, events, history }: AheadFacts): { step: ConsentStep; on: string } {
  if (toldSince(events, 'ran-out', heldUntil)) return { step: 'stops', on: stopsOn(consent, heldUntil, events) }
  const soon = addDays(heldUntil, -RENEWED_WITHIN)
  const given = history.answers.findLast(({ answer }) => answer === 'given')
  // A permission of a few weeks is not said to run out on the day on which it is given.
  if (toldSince(events, 'runs-out', soon) || soon <= (given?.on ?? ''))
    return { step: 'ran-out', on: addDays(heldUntil, 1) }
  return { step: 'runs-out', on: soon }
}

/** The event that told of a step to do with a permission that holds until a day: what was told of an earlier one counts no more. */
function toldSince(events: readonly CaseEvent[], step: ConsentStep, day: string): CaseEvent | undefined {
  return events.findLast(({ kind, of, on }) => isStep(kind, of, step) && on >= day)
}

function isStep(kind: CaseEvent['kind'], of: string, step: ConsentStep): boolean {
  return kind === 'consent' && of === step
}
