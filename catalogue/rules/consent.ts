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
  return addDays(asked.on, consent.openDays) < today ? 'expired' : 'waiting'
}

/**
 * How it stands with a purpose. A young person who answers for themself answers in place of parents and carers; a social worker’s
 * permission is enough where the purpose allows it; among carers a refusal or a withdrawal outweighs a permission, and as many
 * have to agree as the catalogue says and the school has named.
 */
export function standingOf(
  consent: Consent,
  purpose: ConsentPurpose,
  each: string,
  history: ConsentHistory,
  today: string,
): ConsentStanding {
  const by = (giver: ConsentGiver) =>
    purpose.by.includes(giver)
      ? history.people
          .filter(({ as }) => as === giver)
          .map(({ id }) => {
            const standing = personStanding(consent, purpose, each, id, history, today)
            // Whoever has said no and is asked again has still said no: being asked takes nobody's objection away.
            return standing === 'waiting' && lastAnswer(purpose, each, id, history) !== undefined
              ? 'waiting-again'
              : standing
          })
      : []
  const own = by('young-person')
  const family = own.length > 0 ? own : by('carer')
  const objects = family.find((one) => one === 'withdrawn' || one === 'refused' || one === 'waiting-again')
  if (by('social-worker').includes('given') && !objects) return 'given'
  const needed = own.length > 0 ? 1 : Math.min(consent.carers, Math.max(family.length, 1))
  const all = family.length > 0 ? family : by('social-worker')
  for (const no of ['withdrawn', 'refused'] as const) if (all.includes(no)) return no
  if (all.includes('waiting-again')) return 'waiting'
  if (all.filter((one) => one === 'given').length >= needed) return 'given'
  for (const other of ['waiting', 'expired', 'not-asked'] as const) if (all.includes(other)) return other
  return 'not-asked'
}

/** The last answer of somebody to a purpose that was no permission; a permission that has run out is no objection. */
function lastAnswer(
  purpose: ConsentPurpose,
  each: string,
  person: string,
  { answers }: ConsentHistory,
): 'refused' | 'withdrawn' | undefined {
  const last = answers.filter((one) => one.person === person && one.purpose === purpose.id && one.each === each).at(-1)
  return last && last.answer !== 'given' ? last.answer : undefined
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

/** What somebody is asked as soon as a referral is sent. */
export function askedAtOnce({ purposes }: Consent, as: ConsentGiver): ConsentPurpose[] {
  return purposes.filter(({ asked, by }) => asked === 'at-once' && by.includes(as))
}
