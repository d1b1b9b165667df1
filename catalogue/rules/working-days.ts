import type { Calendar, Term } from '../schema/calendar.ts'
import { BANK_HOLIDAYS } from './bank-holidays.ts'
import { isDay } from './dates.ts'

// Days are counted as numbers from 1 January 1970, a Thursday: a board counts thousands of them at once.
type Span = readonly [from: number, to: number]

const DAY_MILLISECONDS = 86_400_000
const LAST_DAY = 2_932_896
/** Where the next term that is known begins later than so many days after the last one, a year between them has not been published. */
const LONGEST_HOLIDAY = 92
const bankHolidays: ReadonlySet<number> = new Set(BANK_HOLIDAYS.map(numberOf))

/**
 * Whether people work on a day: Monday to Friday, less England’s bank holidays, less the calendar’s closures. With
 * `termTime` only within a term and outside its half term, where the calendar has terms.
 */
export function isWorkingDay(day: string, calendar?: Calendar, termTime = false): boolean {
  return workedIn(calendar, termTime)(numberOf(day))
}

/**
 * The last of so many working days, of which the first one after `from` is day 1; `from` itself where `count` is 0.
 * Where days end, it is the last one of all: 9999-12-31.
 */
export function addWorkingDays(from: string, count: number, calendar?: Calendar): string {
  return counted(from, count, workedIn(calendar, false), LAST_DAY).day
}

/** The same by the days of term alone; undefined where it lies beyond the terms that are known. */
export function addTermDays(from: string, count: number, calendar?: Calendar): string | undefined {
  const { day, left } = counted(from, count, workedIn(calendar, true), knownUntil(numberOf(from), calendar))
  return left === 0 ? day : undefined
}

/**
 * How many working days are left after `from` until `to`, which is counted: 0 on the day itself. Where `to` has passed,
 * minus the working days since then, and at least one. With `termTime` the days of term are counted.
 */
export function workingDaysUntil(from: string, to: string, calendar?: Calendar, termTime = false): number {
  const counts = workedIn(calendar, termTime)
  const [start, end] = [numberOf(from), numberOf(to)]
  let days = 0
  for (let day = Math.min(start, end) + 1; day <= Math.max(start, end); day += 1) if (counts(day)) days += 1
  return end < start ? -Math.max(1, days) : days
}

/** The term that a day belongs to: the one that it is in or, in the holidays, the next to come. Undefined where nobody has said that yet. */
export function termOf(day: string, calendar?: Calendar): Term | undefined {
  const next = calendar?.terms
    .filter(({ to }) => day <= to)
    .reduce<Term | undefined>((first, term) => (first && first.to <= term.to ? first : term), undefined)
  return next && numberOf(next.to) <= knownUntil(numberOf(day), calendar) ? next : undefined
}

/** The last day until which the terms are known without a gap, seen from a day; the day before it where none is. */
function knownUntil(day: number, calendar: Calendar | undefined): number {
  const terms = spansOf(calendar?.terms).toSorted(([one], [other]) => one - other)
  const before = terms.filter(([, to]) => to < day).map(([, to]) => to)
  let last = before.length > 0 ? Math.max(...before) : day - 1
  for (const [from, to] of terms) if (to > last && (from <= day || from - last <= LONGEST_HOLIDAY)) last = to
  return last
}

function counted(
  from: string,
  count: number,
  counts: (day: number) => boolean,
  lastDay: number,
): { day: string; left: number } {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`${count} is no number of days`)
  let day = numberOf(from)
  let left = count
  while (left > 0 && day < lastDay) {
    day += 1
    if (counts(day)) left -= 1
  }
  return { day: new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10), left }
}

/** Which days are working days; with `termTime` only those of terms. */
function workedIn(calendar: Calendar | undefined, termTime: boolean): (day: number) => boolean {
  const closures = spansOf(calendar?.closures)
  const isOpen = (day: number) => isWeekday(day) && !bankHolidays.has(day) && !isWithin(day, closures)
  if (!termTime || !calendar?.terms.length) return isOpen
  const terms = spansOf(calendar.terms)
  const halfTerms = spansOf(calendar.terms.flatMap(({ halfTerm }) => halfTerm ?? []))
  return (day) => isOpen(day) && isWithin(day, terms) && !isWithin(day, halfTerms)
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
