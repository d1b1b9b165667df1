import { addDays } from '../../../catalogue/rules/dates.ts'
import type { Reason } from '../../../catalogue/rules/quote.ts'
import { spoken } from '../spoken.ts'
import { hours, longDate, pounds } from './money.ts'

/** A sentence for each reason. `name` gives an offer's name. An empty sentence says nothing. */
export type ReasonWords = {
  [Code in Reason['code']]: (reason: Extract<Reason, { code: Code }>, name: (offer: string) => string) => string
}

type Everyday = 'free' | 'fixed' | 'per-unit' | 'on-request' | 'bought-by' | 'bought-from'

/** What one unit is called, with its article: "£100 an hour". */
export const units = {
  hour: 'an hour',
  day: 'a day',
  'half-day': 'a half day',
  session: 'a session',
  visit: 'a visit',
  pupil: 'a pupil',
  post: 'a post',
  place: 'a place',
  school: 'a school',
  copy: 'a copy',
}

/** The reasons that the everyday rules give. */
export const en: Pick<ReasonWords, Everyday> = {
  free: () => 'Free',
  fixed: () => '',
  'per-unit': ({ unit, pence, minutes }) =>
    `${pounds(pence)} ${units[unit]}${minutes && unit !== 'hour' ? ` of ${hours({ least: minutes, most: minutes })}` : ''}`,
  'on-request': () => 'Price on request',
  'bought-by': ({ until }) => `Bought by ${longDate(until)}`,
  'bought-from': ({ from }) => `Bought after ${longDate(addDays(from, -1))}`,
}

/** The reasons that the rarer rules give. */
export type RarerReasons = Omit<ReasonWords, Everyday>

/** The same in the language being spoken. */
export const everydayReasons = spoken('reasons', en)
