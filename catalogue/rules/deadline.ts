import type { Calendar } from '../schema/calendar.ts'
import type { Deadline, Pathway } from '../schema/pathway.ts'
import { addDays } from './dates.ts'
import { addTermDays, addWorkingDays } from './working-days.ts'

/** What happened in a case, the oldest first, as far as deadlines and decisions look at it. `of`: the stage, move, event or purpose. */
export interface CaseEvent {
  number: number
  kind: CaseEventKind
  of: string
  on: string
}

export const CASE_EVENT_KINDS = [
  'sent',
  'asked',
  'answered',
  'consent',
  'released',
  'entered',
  'decided',
  'recorded',
  'taken-back',
  'assigned',
  'unassigned',
  'signed',
  'panel',
  'waiting-list',
  'note',
  'question',
  'reply',
  'stopped',
  'ended',
] as const
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number]

/** A deadline as it stands in a case. */
export interface DeadlineStanding {
  id: string
  /** The day that its event happened on, which day 1 follows. */
  startedOn: string
  /** Null where it is counted by days of term and lies beyond the terms that are known. */
  dueOn: string | null
  /** The day on which it was met; null while it runs, or where the case ended before. */
  metOn: string | null
  /** Whether it still runs. */
  runs: boolean
}

/** What happened in a case without what was recorded by mistake: a `taken-back` names the number of what it takes back. */
export function eventsThatStand<Event extends CaseEvent>(events: readonly Event[]): Event[] {
  const back = new Set(events.filter(({ kind }) => kind === 'taken-back').map(({ of }) => of))
  return back.size === 0 ? [...events] : events.filter(({ number }) => !back.has(String(number)))
}

/** Every deadline that has begun in a case, in the catalogue’s order; one that counts from a stage begins each time it is entered. */
export function deadlinesOf(
  { deadlines }: Pick<Pathway, 'deadlines'>,
  history: readonly CaseEvent[],
  calendar: Calendar | undefined,
): DeadlineStanding[] {
  const events = eventsThatStand(history)
  const over = events.find(({ kind }) => kind === 'ended' || kind === 'stopped')
  return deadlines.flatMap((deadline) =>
    events
      .filter((event) => begins(deadline, event))
      .map((start): DeadlineStanding => {
        const met = events.find((event) => isSince(start, event) && meets(deadline, event, events))
        return {
          id: deadline.id,
          startedOn: start.on,
          dueOn: dueDay(deadline, start.on, calendar) ?? null,
          metOn: met?.on ?? null,
          runs: met === undefined && over === undefined,
        }
      }),
  )
}

/** What a school can expect by when once a referral is sent: the deadlines that count from then, and those that count from consent as if it were given the same day. */
export function expectedFrom(
  { deadlines }: Pick<Pathway, 'deadlines'>,
  sentOn: string,
  calendar: Calendar | undefined,
): { name: string; from: 'sent' | 'released'; on: string }[] {
  return deadlines.flatMap((deadline) => {
    const { event } = deadline.from
    const on = event === 'sent' || event === 'released' ? dueDay(deadline, sentOn, calendar) : undefined
    return on === undefined || (event !== 'sent' && event !== 'released')
      ? []
      : [{ name: deadline.name, from: event, on }]
  })
}

/** What is due by when, as letters name it: the running deadlines whose day is known, the first first. */
export function dueByName(
  pathway: Pick<Pathway, 'deadlines'>,
  events: readonly CaseEvent[],
  calendar: Calendar | undefined,
): { name: string; on: string }[] {
  return deadlinesOf(pathway, events, calendar)
    .flatMap(({ id, dueOn, runs }) =>
      runs && dueOn !== null ? [{ name: pathway.deadlines.find((one) => one.id === id)?.name ?? id, on: dueOn }] : [],
    )
    .sort((one, other) => (one.on < other.on ? -1 : 1))
}

/** A deadline whose day is known. */
type DatedStanding = DeadlineStanding & { dueOn: string }

/** The first of the running deadlines that is due; undefined where none runs whose day is known. */
export function firstToMeet(standings: readonly DeadlineStanding[]): DatedStanding | undefined {
  return standings
    .filter((one): one is DatedStanding => one.runs && one.dueOn !== null)
    .reduce<DatedStanding | undefined>((first, one) => (first && first.dueOn <= one.dueOn ? first : one), undefined)
}

/** The last day of so many weeks that begin on a day: the day before the same day of the week. */
export function lastDayOf(from: string, weeks: number): string {
  return addDays(from, weeks * 7 - 1)
}

/** The last day of a deadline that began on a day; undefined where it lies beyond the terms that are known. */
export function dueDay(
  { within, unit, termTime }: Deadline,
  from: string,
  calendar: Calendar | undefined,
): string | undefined {
  if (unit === 'weeks') return addDays(from, within * 7)
  if (unit === 'full-weeks') return lastDayOf(from, within)
  return termTime ? addTermDays(from, within, calendar) : addWorkingDays(from, within, calendar)
}

function begins({ from }: Deadline, { kind, of }: CaseEvent): boolean {
  switch (from.event) {
    case 'entered':
      return kind === 'entered' && of === from.stage
    case 'recorded':
      return kind === 'recorded' && of === from.what
    default:
      return kind === from.event
  }
}

/** Whether something happened since a deadline began. What is recorded counts by its own day: two things that were done are not always written down in their order. */
function isSince(start: CaseEvent, event: CaseEvent): boolean {
  if (event.kind === 'recorded' && event.on < start.on) return false
  const byDay = start.kind === 'recorded' && event.kind === 'recorded'
  return byDay ? event.number !== start.number : event.number > start.number
}

function meets({ until }: Deadline, event: CaseEvent, events: readonly CaseEvent[]): boolean {
  switch (until.event) {
    case 'recorded':
      return event.kind === 'recorded' && event.of === until.what
    case 'entered':
      return event.kind === 'entered' && event.of === until.stage
    case 'left':
      // A stage is left by entering another, and by the end.
      return (
        (event.kind === 'entered' && event.of !== until.stage && stageBefore(event, events) === until.stage) ||
        event.kind === 'ended'
      )
    case 'ended':
      return event.kind === 'ended'
  }
}

function stageBefore({ number }: CaseEvent, events: readonly CaseEvent[]): string | undefined {
  return events.filter((event) => event.kind === 'entered' && event.number < number).at(-1)?.of
}
