import { addDays } from '../../../catalogue/rules/dates.ts'
import type { Reason } from '../../../catalogue/rules/quote.ts'
import type { Unit } from '../../../catalogue/schema/price.ts'
import { spoken } from '../spoken.ts'
import { hours, longDate, pounds } from './money.ts'

/** A sentence for each reason. `name` gives an offer's name. An empty sentence says nothing. */
export type ReasonWords = {
  [Code in Reason['code']]: (reason: Extract<Reason, { code: Code }>, name: (offer: string) => string) => string
}

type Everyday =
  | 'free'
  | 'fixed'
  | 'per-unit'
  | 'on-request'
  | 'bought-by'
  | 'bought-from'
  | 'per-pupil'
  | 'joining-full'

/** What one unit is called, with its article: "£100 an hour". */
export function unitOf(unit: Unit): string {
  return unit === 'hour' ? 'an hour' : `a ${unit.replace('-', ' ')}`
}

/** The reasons that the everyday rules give. */
export const en: Pick<ReasonWords, Everyday> = {
  free: () => 'Free',
  fixed: () => '',
  'per-unit': ({ unit, pence, minutes }) =>
    `${pounds(pence)} ${unitOf(unit)}${minutes && unit !== 'hour' ? ` of ${hours({ least: minutes, most: minutes })}` : ''}`,
  'on-request': () => 'Price on request',
  'per-pupil': ({ pupils, pence }) =>
    `${pounds(pence)} for each ${pupils ? `of ${pupils.toLocaleString('en-GB')} pupils` : 'pupil'} on roll`,
  'joining-full': () => 'The same price whenever you join in the year',
  'bought-by': ({ until }) => `Bought by ${longDate(until)}`,
  'bought-from': ({ from }) => `Bought after ${longDate(addDays(from, -1))}`,
}

/** The reasons that the rarer rules give. */
export type RarerReasons = Omit<ReasonWords, Everyday>

/** The same in the language being spoken. */
export const everydayReasons = spoken('reasons', en)
