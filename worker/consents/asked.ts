import { type ConsentAsk, instancesOf, personStanding } from '../../catalogue/rules/consent.ts'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { ConsentPurpose } from '../../catalogue/schema/consent.ts'
import type { StoredAnswer } from '../referrals/case.store.ts'
import type { OpenCase } from '../referrals/open-case.ts'

/** One thing that is asked. */
export interface Item {
  purpose: string
  each: string
}

/** What somebody answered last to one thing. */
export function lastAnswerOf({ kept }: OpenCase, person: string, item: Item): StoredAnswer | undefined {
  return kept.answers.filter((one) => isAbout(one, person, item)).at(-1)
}

/** When somebody was asked for one thing last. */
export function lastAskOf({ kept }: OpenCase, person: string, item: Item): ConsentAsk | undefined {
  return kept.asks.filter((one) => isAbout(one, person, item)).at(-1)
}

/** The last day on which somebody can answer one thing on their page; undefined where they were not asked. */
export function openUntil(openCase: OpenCase, person: string, item: Item): string | undefined {
  const asked = lastAskOf(openCase, person, item)
  return asked && lastDayToAnswer(openCase, asked.on)
}

/** The last day on which a page takes the answer to what is asked on a day: what is deleted, or stops since its permission was not given anew, can be answered until the day before. */
export function lastDayToAnswer(
  { pathway, referral, stopsOn }: Pick<OpenCase, 'pathway' | 'referral' | 'stopsOn'>,
  askedOn: string,
  deleteOn: string = referral.deleteOn,
): string {
  const ends = [deleteOn, ...(stopsOn === undefined ? [] : [stopsOn])].map((day) => addDays(day, -1))
  return ends.reduce((first, end) => (end < first ? end : first), addDays(askedOn, pathway.consent.openDays))
}

/** Whether somebody can answer one thing on their page on a day. */
export function isOpenTo(openCase: OpenCase, person: string, item: Item, today: string): boolean {
  const until = openUntil(openCase, person, item)
  return until !== undefined && today <= until
}

/** Whether somebody's page waits for their answer to one thing: nobody has answered it since it was asked, or a yes that runs out can be given anew. */
export function isAwaited(
  openCase: OpenCase,
  person: string,
  purpose: ConsentPurpose,
  each: string,
  today: string,
): boolean {
  const { kept, pathway } = openCase
  const item = { purpose: purpose.id, each }
  if (!goesOn(openCase) || purpose.inPerson || !isOpenTo(openCase, person, item, today)) return false
  const last = lastAnswerOf(openCase, person, item)
  const isRenewal =
    purpose.lastsDays !== undefined &&
    last?.answer === 'given' &&
    (lastAskOf(openCase, person, item)?.number ?? 0) > last.number
  return isRenewal || personStanding(pathway.consent, purpose, each, person, kept, today) === 'waiting'
}

/** Whether anything can still come of a yes: the referral waits for one, or is worked on. */
export function goesOn({ referral: { status } }: Pick<OpenCase, 'referral'>): boolean {
  return status === 'waiting' || status === 'open'
}

/** Whether somebody has answered, and nothing on their page waits for an answer: they come back to look, or to change their mind. */
export function hasOnlyAnswered(openCase: OpenCase, person: string, today: string): boolean {
  const { kept, pathway } = openCase
  return (
    kept.answers.some((answer) => answer.person === person) &&
    !pathway.consent.purposes.some((purpose) =>
      instancesOf(purpose).some((each) => isAwaited(openCase, person, purpose, each, today)),
    )
  )
}

function isAbout(one: ConsentAsk, person: string, { purpose, each }: Item): boolean {
  return one.person === person && one.purpose === purpose && one.each === each
}
