import type { AppContext } from '../environment.ts'
import { askedDayOf } from '../requests/day.ts'
import { originOf } from '../requests/origin.ts'

/** Where a letter’s links lead: our own origin and, in development, the day that the request named. */
export interface LinkBase {
  origin: string
  /** Such as `?today=2015-05-01`; empty where no day was named. */
  query?: string
}

/** Where the links of letters that a request writes lead. */
export function linkBaseOf(c: AppContext): Required<LinkBase> {
  const day = askedDayOf(c)
  return { origin: originOf(c), query: day === undefined ? '' : `?today=${day}` }
}

/** The whole address of a page. */
export function linkTo({ origin, query = '' }: LinkBase, path: string): string {
  return `${origin}${path}${query}`
}
