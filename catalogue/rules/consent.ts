import type { Consent, ConsentGiver, ConsentPurpose } from '../schema/consent.ts'
import { addDays } from './dates.ts'

/** Somebody who is asked. */
export interface ConsentPerson {
  id: string
  as: ConsentGiver
}

/** Somebody was asked for something, or asked again. `number` is the event’s in the case’s history. */
export interface ConsentAsk {
  number: number
  person: string
  purpose: string
  /** The specialist, where the purpose is asked for each; else empty. */
  each: string
  on: string
}

/** What somebody answered. */
export interface ConsentAnswer extends ConsentAsk {
  answer: 'given' | 'refused' | 'withdrawn'
}

/** How it stands with something that is asked. `expired`: a permission that has run out, or a question that nobody answered in time. */
export type ConsentStanding = 'not-asked' | 'waiting' | 'given' | 'refused' | 'withdrawn' | 'expired'

/** Everything that a case’s consent is worked out from. */
export interface ConsentHistory {
  people: readonly ConsentPerson[]
  asks: readonly ConsentAsk[]
  answers: readonly ConsentAnswer[]
}

/** How it stands with one person’s answer to a purpose. A permission holds until it is withdrawn or has run out; only then does being asked again count. */
export function personStanding(
  consent: Consent,
  purpose: ConsentPurpose,
  each: string,
  person: string,
  { asks, answers }: Pick<ConsentHistory, 'asks' | 'answers'>,
  today: string,
): ConsentStanding {
  const mine = (one: ConsentAsk) => one.person === person && one.purpose === purpose.id && one.each === each
  const asked = asks.filter(mine).at(-1)
  const answered = answers.filter(mine).at(-1)
  if (answered?.answer === 'given') {
    const { lastsDays } = purpose
    const isOver = lastsDays !== undefined && addDays(answered.on, lastsDays) < today
    if (!isOver) return 'given'
    if (!asked || asked.number < answered.number) return 'expired'
  } else if (answered && (!asked || asked.number < answered.number)) return answered.answer
  if (!asked) return 'not-asked'
  if (addDays(asked.on, consent.openDays) >= today) return 'waiting'
  // Whoever has said no and does not answer when asked again has still said no.
  return answered && answered.answer !== 'given' ? answered.answer : 'expired'
}

/**
 * How it stands with a purpose. A young person who is asked for it answers in place of parents and carers: until they have answered, what
 * these agreed to before holds, and what these take back afterwards is taken back. A social worker’s permission is enough where the purpose
 * allows it and nobody of the family says no; among carers a refusal or a withdrawal outweighs a permission, and as many have to agree as
 * the catalogue says and the school has named. What a social worker takes back is taken back, unless the family’s own yes is enough; what one
 * has not answered yet, or has refused, is how it stands as long as nobody of the family says more.
 */
export function standingOf(
  consent: Consent,
  purpose: ConsentPurpose,
  each: string,
  history: ConsentHistory,
  today: string,
): ConsentStanding {
  const of = (giver: ConsentGiver) =>
    purpose.by.includes(giver) ? history.people.filter(({ as }) => as === giver).map(({ id }) => id) : []
  const standings = (people: readonly string[]) =>
    people.map((id) => {
      const standing = personStanding(consent, purpose, each, id, history, today)
      // Whoever has said no and is asked again has still said no: being asked takes nobody's objection away.
      return standing === 'waiting' && lastNo(purpose, each, id, history) !== undefined ? 'waiting-again' : standing
    })
  // Who is old enough is asked from then on; what they were not asked is their carers’ as before.
  const own = of('young-person').filter((id) =>
    [...history.asks, ...history.answers].some((one) => isAbout(one, purpose, each) && one.person === id),
  )
  if (own.length > 0) {
    const carers = carersBefore(consent, purpose, each, history, today, own)
    if (carers !== undefined) return carers
  }
  const family = standings(own.length > 0 ? own : of('carer'))
  const objects = family.find((one) => one === 'withdrawn' || one === 'refused' || one === 'waiting-again')
  const others = standings(of('social-worker'))
  if (others.includes('given') && !objects) return 'given'
  const needed = own.length > 0 ? 1 : Math.min(consent.carers, Math.max(family.length, 1))
  for (const no of ['withdrawn', 'refused'] as const) if (family.includes(no)) return no
  if (family.includes('waiting-again')) return 'waiting'
  const given = family.filter((one) => one === 'given').length
  if (given >= needed) return 'given'
  // It may have been the only yes: who has yet to answer keeps nothing open that was taken back.
  if (others.includes('withdrawn')) return 'withdrawn'
  const all = [...family, ...others]
  if (all.includes('waiting') || all.includes('waiting-again')) return 'waiting'
  // A social worker’s no is nobody’s objection to what the family has begun to agree to.
  if (given === 0 && others.includes('refused')) return 'refused'
  return all.includes('expired') ? 'expired' : 'not-asked'
}

/** What carers said counts beside a young person who was asked for the same: a yes of before, until they have answered, and a yes that is taken back since. */
function carersBefore(
  consent: Consent,
  purpose: ConsentPurpose,
  each: string,
  history: ConsentHistory,
  today: string,
  own: readonly string[],
): 'given' | 'withdrawn' | undefined {
  const people = history.people.filter(({ as }) => as !== 'young-person')
  const theirs = ({ person, ...one }: ConsentAsk) => isAbout(one, purpose, each) && own.includes(person)
  const numbers = [...history.asks, ...history.answers].filter(theirs).map(({ number }) => number)
  const last = Math.max(...numbers)
  const takesBack = people.some(({ id, as }) => {
    const no = as === 'carer' ? lastNo(purpose, each, id, history) : undefined
    return no?.answer === 'withdrawn' && no.number > last
  })
  if (takesBack) return 'withdrawn'
  if (history.answers.some(theirs)) return undefined
  const first = Math.min(...numbers)
  const isGiven = (asks: readonly ConsentAsk[], answers: readonly ConsentAnswer[]) =>
    standingOf(consent, purpose, each, { people, asks, answers }, today) === 'given'
  const before = (one: ConsentAsk) => one.number < first
  const holds = isGiven(history.asks, history.answers)
  return holds && isGiven(history.asks.filter(before), history.answers.filter(before)) ? 'given' : undefined
}

/** The noes that stand to a purpose, of everybody whose answer counts, though they are asked again. */
export function noesTo(purpose: ConsentPurpose, each: string, history: ConsentHistory): ConsentAnswer[] {
  const people = history.people.filter(({ as }) => purpose.by.includes(as))
  const said = [...history.asks, ...history.answers].filter((one) => isAbout(one, purpose, each))
  const own = people.filter(({ id, as }) => as === 'young-person' && said.some(({ person }) => person === id))
  const carers = people.filter(({ as }) => as === 'carer')
  const family = own.length > 0 ? own : carers
  const isAsked = family.some(({ id }) => said.some(({ person }) => person === id))
  return (isAsked ? family : people).flatMap(({ id }) => lastNo(purpose, each, id, history) ?? [])
}

function isAbout(one: Pick<ConsentAsk, 'purpose' | 'each'>, purpose: ConsentPurpose, each: string): boolean {
  return one.purpose === purpose.id && one.each === each
}

/** The last answer of somebody to a purpose that was no permission; a permission that has run out is no objection. */
function lastNo(
  purpose: ConsentPurpose,
  each: string,
  person: string,
  { answers }: ConsentHistory,
): ConsentAnswer | undefined {
  const last = answers.filter((one) => one.person === person && isAbout(one, purpose, each)).at(-1)
  return last?.answer === 'given' ? undefined : last
}

/** Whether consent has released a referral: everything that releases it is given. */
export function isReleased(consent: Consent, history: ConsentHistory, today: string): boolean {
  return consent.purposes
    .filter(({ releases }) => releases)
    .every((purpose) => standingOf(consent, purpose, '', history, today) === 'given')
}

/** The instances of a purpose: one for each specialist, or itself alone. */
export function instancesOf({ each }: ConsentPurpose): string[] {
  return each ? each.map(({ id }) => id) : ['']
}

/**
 * The last day on which the permission that released a referral holds; undefined where it never runs out. By the answers alone: being asked
 * again, or somebody else’s being asked, takes no yes away.
 */
export function holdsUntil(consent: Consent, { people, answers }: ConsentHistory): string | undefined {
  const days = consent.purposes
    .filter(({ releases }) => releases)
    .flatMap((purpose) => {
      const { lastsDays } = purpose
      if (lastsDays === undefined) return []
      const said = answers.filter((one) => isAbout(one, purpose, ''))
      const who = people.filter((one) => said.some(({ person }) => person === one.id))
      const isOver = (day: string) =>
        standingOf(consent, purpose, '', { people: who, asks: [], answers: said }, addDays(day, 1)) === 'expired'
      return said
        .filter(({ answer }) => answer === 'given')
        .map(({ on }) => addDays(on, lastsDays))
        .sort()
        .filter(isOver)
        .slice(0, 1)
    })
  return days.sort()[0]
}

/** So many days before a yes runs out it is asked for again. */
export const RENEWED_WITHIN = 30

/** Until when somebody’s yes holds, and whether it is time to ask for it again; undefined where it does not run out. */
export function renewalOf(
  { lastsDays }: ConsentPurpose,
  answer: ConsentAnswer | undefined,
  today: string,
): { until: string; isDue: boolean } | undefined {
  if (lastsDays === undefined || answer?.answer !== 'given') return undefined
  const until = addDays(answer.on, lastsDays)
  return { until, isDue: addDays(until, -RENEWED_WITHIN) <= today }
}

/** What somebody is asked as soon as a referral is sent. */
export function askedAtOnce({ purposes }: Consent, as: ConsentGiver): ConsentPurpose[] {
  return purposes.filter(({ asked, by }) => asked === 'at-once' && by.includes(as))
}
