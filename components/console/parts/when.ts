import { html, type TemplateResult } from 'lit'
import { longDate } from '../../words/en/money.ts'

const DAY = 86_400_000

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** An instant's day in England, `YYYY-MM-DD`. */
export function dayOf(instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short' }).format(new Date(instant))
}

/** A date and time as people write them: "10 September 2024 at 14:05". */
export function longMoment(instant: string): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })
  return `${longDate(dayOf(instant))} at ${time.format(new Date(instant))}`
}

/** A day's month in three letters. */
export function shortMonth(day: string): string {
  return MONTHS.slice(Number(day.slice(5, 7)) * 3 - 3).slice(0, 3)
}

/** A date in little room: "10 Sep 2024". */
export function shortDate(day: string): string {
  return `${Number(day.slice(8))} ${shortMonth(day)} ${day.slice(0, 4)}`
}

/** How long ago a day is, in the days on which an office works: "today", "2 working days ago". */
export function workingDaysAgo(day: string, today: string): string {
  if (day >= today) return day === today ? 'today' : longDate(day)
  const passed = workingDaysBetween(day, today)
  return passed === 0 ? 'since the last working day' : `${plural(passed, 'working day')} ago`
}

/** How many working days lie after one day up to another: Monday to Friday, less England's bank holidays. */
export function workingDaysBetween(from: string, to: string): number {
  let count = 0
  for (let time = timeOf(from) + DAY; time <= timeOf(to); time += DAY) if (isWorkingDay(time)) count += 1
  return count
}

/** A past instant in words, with the moment itself beside it for whoever needs it. */
export function agoView(instant: string, now: number): TemplateResult {
  return html`<time datetime=${instant} title=${longMoment(instant)}>${ago(instant, now)}</time>`
}

/** How long ago an instant is: "just now", "5 minutes ago", "3 days ago", then its date. */
export function ago(instant: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(instant)) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${plural(minutes, 'minute')} ago`
  if (minutes < 24 * 60) return `${plural(Math.floor(minutes / 60), 'hour')} ago`
  if (minutes < 7 * 24 * 60) return `${plural(Math.floor(minutes / 24 / 60), 'day')} ago`
  return longDate(dayOf(instant))
}

/** A day with how long ago it is: "2 working days ago, 10 Sep 2024". */
export function sinceView(day: string, today: string): TemplateResult {
  return html`<time datetime=${day}>${shortDate(day)}</time> <small>${workingDaysAgo(day, today)}</small>`
}

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** Extra bank holidays, and those that were moved away from, which no rule gives. */
const EXTRA = new Set([
  '2012-06-04',
  '2012-06-05',
  '2020-05-08',
  '2022-06-02',
  '2022-06-03',
  '2022-09-19',
  '2023-05-08',
])
const MOVED = new Set(['2012-05-28', '2020-05-04', '2022-05-30'])

function isWorkingDay(time: number): boolean {
  const date = new Date(time)
  const weekday = date.getUTCDay()
  return weekday !== 0 && weekday !== 6 && !isBankHoliday(date.toISOString().slice(0, 10), weekday)
}

function isBankHoliday(day: string, weekday: number): boolean {
  if (EXTRA.has(day)) return true
  if (MOVED.has(day)) return false
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const fromEaster = (timeOf(day) - easter(year)) / DAY
  if (fromEaster === -2 || fromEaster === 1) return true
  // The first and the last Monday in May, the last in August.
  if (weekday === 1 && ((month === 5 && (date <= 7 || date > 24)) || (month === 8 && date > 24))) return true
  // What falls on a weekend is taken on the next working day.
  if (month === 1) return date === 1 || (weekday === 1 && (date === 2 || date === 3))
  if (month !== 12) return false
  return date === 25 || date === 26 || (date === 27 && weekday <= 2) || (date === 28 && weekday <= 2)
}

/** Easter Sunday, by the method of Meeus, Jones and Butcher. */
function easter(year: number): number {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const month = Math.floor((h + l - 7 * m + 114) / 31)
  return Date.UTC(year, month - 1, ((h + l - 7 * m + 114) % 31) + 1)
}
