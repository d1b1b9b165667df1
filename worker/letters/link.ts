import type { AppContext } from '../environment.ts'
import { askedDayOf } from '../requests/day.ts'

/** Where a letter’s links lead: our own origin and, in development, the day that the request named. */
export interface LinkBase {
  origin: string
  day?: string | undefined
}

/** Where the links of letters that a request writes lead. */
export function linkBaseOf(c: AppContext): LinkBase {
  return { origin: new URL(c.req.url).origin, day: askedDayOf(c) }
}

/** The whole address of a page. */
export function linkTo({ origin, day }: LinkBase, path: string): string {
  return `${origin}${path}${day === undefined ? '' : `?today=${day}`}`
}
