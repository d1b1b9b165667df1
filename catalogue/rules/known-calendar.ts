import type { Calendar, Term } from '../schema/calendar.ts'

/** A calendar that a provider has published, with the day on which its catalogue opens. */
export interface PublishedCalendar {
  opensOn: string
  calendar?: Calendar | undefined
}

/**
 * Everything that a provider's catalogues say together of terms and closures: a case that outlives its own catalogue is counted by the
 * next one's. Where two speak of the same days, the catalogue that opened last is right. A term has the name by which places are
 * counted: that of its year where its own does not say it, so that one year's autumn is not another's.
 */
export function knownCalendar(published: readonly PublishedCalendar[]): Calendar {
  const newest = published.toSorted((one, other) => (one.opensOn < other.opensOn ? 1 : -1))
  const terms: Term[] = []
  for (const { calendar } of newest)
    for (const { id, ...term } of calendar?.terms ?? [])
      if (!terms.some((one) => one.from <= term.to && term.from <= one.to))
        terms.push({ id: namedByYear(id, term), ...term })
  return {
    terms: terms.sort((one, other) => (one.from < other.from ? -1 : 1)),
    closures: newest.flatMap(({ calendar }) => calendar?.closures ?? []),
  }
}

function namedByYear(id: string, { from }: Pick<Term, 'from'>): string {
  const year = from.slice(0, 4)
  return id.includes(year) ? id : `${id}-${year}`
}
