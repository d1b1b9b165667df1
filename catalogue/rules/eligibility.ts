import type { EligibilityCondition, Pathway } from '../schema/pathway.ts'

/** What was answered to a pathway’s conditions, by their ids. */
export type EligibilityAnswers = Readonly<Record<string, string | undefined>>

/** Whether a referral can go this way, what has still to be answered, or the first condition that says no. */
export type Eligibility =
  | { verdict: 'eligible' }
  | { verdict: 'unanswered'; condition: EligibilityCondition }
  | { verdict: 'not-this-way'; condition: EligibilityCondition }

/** Whether a referral can go a pathway, by the answers to its conditions, in their order. */
export function eligibilityOf({ eligibility }: Pick<Pathway, 'eligibility'>, answers: EligibilityAnswers): Eligibility {
  const condition = eligibility.find(({ id, pass }) => answers[id] !== pass)
  if (!condition) return { verdict: 'eligible' }
  return { verdict: /^(yes|no)$/.test(answers[condition.id] ?? '') ? 'not-this-way' : 'unanswered', condition }
}
