import { type ConsentHistory, noesTo } from '../../catalogue/rules/consent.ts'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { StoredEvent } from '../referrals/case.store.ts'
import type { OpenCase } from '../referrals/open-case.ts'

/**
 * The day on which a referral that waits is deleted: so many days after it was sent, or after somebody’s no was written down, whichever is
 * earlier. Being asked again gives it no more time. Undefined before it is sent.
 */
export function deletedOn(
  { referral, pathway }: Pick<OpenCase, 'referral' | 'pathway'>,
  events: readonly StoredEvent[],
  history: ConsentHistory,
): string | undefined {
  if (referral.sentOn === null) return undefined
  const { consent, retention } = pathway
  const noes = consent.purposes.filter(({ releases }) => releases).flatMap((purpose) => noesTo(purpose, '', history))
  const days = noes.map(({ number, on }) => {
    const notedOn = events.find((event) => event.number === number)?.detail.notedOn
    return addDays(typeof notedOn === 'string' ? notedOn : on, retention.withdrawnDays)
  })
  return [addDays(referral.sentOn, retention.unansweredDays), ...days].sort()[0]
}
