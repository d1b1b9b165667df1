import type { Catalogue } from '../schema/catalogue.ts'
import { BANK_HOLIDAYS_UNTIL } from './bank-holidays.ts'

/** What a catalogue with pathways leaves open: an offer that no pathway leads to, or days whose bank holidays nobody knows. */
export interface ReferralGap {
  pointer: string
  why: 'no-pathway' | 'bank-holidays'
  /** The offer’s name, or the last year that is known. */
  about: string
}

/** What a catalogue with pathways leaves open. No mistakes, but its authors should know; nothing where it has none. */
export function referralGapsIn({ pathways, offers, year }: Catalogue): ReferralGap[] {
  if (!pathways?.length) return []
  const taken = new Set(pathways.flatMap((pathway) => pathway.offers))
  const isPastKnown = Number(year.to.slice(0, 4)) > BANK_HOLIDAYS_UNTIL
  return [
    ...offers.flatMap(({ id, name, askedBy }, index): ReferralGap[] =>
      askedBy === 'referral' && !taken.has(id)
        ? [{ pointer: `/offers/${index}/askedBy`, why: 'no-pathway', about: name }]
        : [],
    ),
    ...(isPastKnown
      ? [{ pointer: '/year/to', why: 'bank-holidays' as const, about: String(BANK_HOLIDAYS_UNTIL) }]
      : []),
  ]
}
