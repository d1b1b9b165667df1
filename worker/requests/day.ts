import { getCookie } from 'hono/cookie'
import { isDay } from '../../catalogue/rules/dates.ts'
import { type AppContext, type Bindings, type Clock, isDevelopment } from '../environment.ts'

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

let minute = Number.NaN
let dayOfMinute = ''

/** The calendar's day in England at an instant. No day begins within a minute, so a minute's answer is kept. */
export function dayInEngland(instant: number): string {
  const current = Math.floor(instant / 60_000)
  if (current !== minute) {
    const [day, month, year] = LONDON.format(instant).split('/')
    minute = current
    dayOfMinute = `${year}-${month}-${day}`
  }
  return dayOfMinute
}

/** The day that the schedule works on: the clock's, or in development the demonstration's. */
export function scheduledDay(env: Bindings, now: Clock): string {
  const { TODAY } = env
  return isDevelopment(env) && TODAY !== undefined && isDay(TODAY) ? TODAY : dayInEngland(now())
}

/** Development’s cookie with the day that a page of the console was opened for: what its script asks for names none. */
export const CONSOLE_DAY = 'console-day'

/** The day to answer for: the clock's, or in development the one that the request, its address or the demonstration names. */
export function todayOf(c: AppContext, now: Clock): string {
  if (isDevelopment(c.env)) {
    const day = askedDayOf(c) ?? c.env.TODAY
    if (day !== undefined && isDay(day)) return day
  }
  return dayInEngland(now())
}

/** The day that a request’s own address, header or console names, which links carry on; undefined in production, and where it names none. */
export function askedDayOf(c: AppContext): string | undefined {
  if (!isDevelopment(c.env)) return undefined
  const isConsole = c.req.path.startsWith('/api/console/')
  const asked = [c.req.header('X-Today'), c.req.query('today'), isConsole ? getCookie(c, CONSOLE_DAY) : undefined]
  return asked.find((text) => text !== undefined && isDay(text))
}
