import type { Calendar, Term } from '../schema/calendar.ts'
import { BANK_HOLIDAYS } from './bank-holidays.ts'
import { isDay } from './dates.ts'

// Days are counted as numbers from 1 January 1970, a Thursday: a board counts thousands of them at once.
type Span = readonly [from: number, to: number]

const DAY_MILLISECONDS = 86_400_000
const LAST_DAY = 2_932_896
const bankHolidays: ReadonlySet<number> = new Set(BANK_HOLIDAYS.map(numberOf))

/**
 * Whether people work on a day: Monday to Friday, less England’s bank holidays, less the calendar’s closures. With
 * `termTime` only within a term and outside its half term, where the calendar has terms.
 */
export function isWorkingDay(day: string, calendar?: Calendar, termTime = false): boolean {
  return workedIn(calendar, termTime, false)(numberOf(day))
}

/**
 * The last of so many working days, of which the first one after `from` is day 1; `from` itself where `count` is 0.
 * With `termTime` the days of term are counted and, so that there is an answer however few terms are known, each
 * working day after the last term. Where days end, it is the last one of all: 9999-12-31.
 */
export function addWorkingDays(from: string, count: number, calendar?: Calendar, termTime = false): string {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`${count} is no number of days`)
  const counts = workedIn(calendar, termTime, true)
  let day = numberOf(from)
  for (let left = count; left > 0 && day < LAST_DAY; ) {
    day += 1
    if (counts(day)) left -= 1
  }
  return new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10)
}

/**
 * How many working days are left after `from` until `to`, which is counted, as `addWorkingDays` counts them: 0 on the
 * day itself. Where `to` has passed, minus the working days since then, and at least one.
 */
export function workingDaysUntil(from: string, to: string, calendar?: Calendar, termTime = false): number {
  const counts = workedIn(calendar, termTime, true)
  const [start, end] = [numberOf(from), numberOf(to)]
  let days = 0
  for (let day = Math.min(start, end) + 1; day <= Math.max(start, end); day += 1) if (counts(day)) days += 1
  return end < start ? -Math.max(1, days) : days
}

/** The term that a day belongs to: the one that it is in or, in the holidays, the next to come. Undefined after the last. */
export function termOf(day: string, calendar?: Calendar): Term | undefined {
  return calendar?.terms
    .filter(({ to }) => day <= to)
    .reduce<Term | undefined>((first, term) => (first && first.to <= term.to ? first : term), undefined)
}

/** Which days are working days; with `goesOn` all that come after the last term are, whatever their time. */
function workedIn(calendar: Calendar | undefined, termTime: boolean, goesOn: boolean): (day: number) => boolean {
  const closures = spansOf(calendar?.closures)
  const isOpen = (day: number) => isWeekday(day) && !bankHolidays.has(day) && !isWithin(day, closures)
  if (!termTime || !calendar?.terms.length) return isOpen
  const terms = spansOf(calendar.terms)
  const halfTerms = spansOf(calendar.terms.flatMap(({ halfTerm }) => halfTerm ?? []))
  const lastDay = goesOn ? Math.max(...terms.map(([, to]) => to)) : LAST_DAY
  return (day) => isOpen(day) && (day > lastDay || (isWithin(day, terms) && !isWithin(day, halfTerms)))
}

function isWeekday(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday >= 1 && weekday <= 5
}

function isWithin(day: number, spans: readonly Span[]): boolean {
  return spans.some(([from, to]) => from <= day && day <= to)
}

function spansOf(spans: readonly { from: string; to: string }[] = []): Span[] {
  return spans.map(({ from, to }) => [numberOf(from), numberOf(to)])
}

function numberOf(day: string): number {
  if (!isDay(day)) throw new RangeError('not a day')
  return Date.parse(day) / DAY_MILLISECONDS
}
