import { type ConsentHistory, standingOf } from '../../catalogue/rules/consent.ts'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { OpenCase } from '../referrals/open-case.ts'

/**
 * The day on which a referral that waits is deleted: so many days after it was sent, or after somebody has said no, whichever is earlier.
 * Undefined before it is sent.
 */
export function deletedOn(
  { referral, pathway }: Pick<OpenCase, 'referral' | 'pathway'>,
  history: ConsentHistory,
  today: string,
): string | undefined {
  if (referral.sentOn === null) return undefined
  const { consent, retention } = pathway
  const unanswered = addDays(referral.sentOn, retention.unansweredDays)
  const noes = consent.purposes
    .filter(({ releases }) => releases)
    .filter((purpose) => /^(refused|withdrawn)$/.test(standingOf(consent, purpose, '', history, today)))
    .flatMap(
      ({ id }) =>
        history.answers.filter(({ purpose, answer }) => purpose === id && answer !== 'given').at(-1)?.on ?? [],
    )
  return [unanswered, ...noes.map((on) => addDays(on, retention.withdrawnDays))].sort()[0]
}
