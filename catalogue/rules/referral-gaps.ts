import type { Catalogue } from '../schema/catalogue.ts'
import type { Move, Pathway, Stage } from '../schema/pathway.ts'
import { BANK_HOLIDAYS_UNTIL } from './bank-holidays.ts'
import { addDays } from './dates.ts'
import { keptOtherwiseIn } from './kept-words.ts'
import { whereTo } from './pathway.ts'
import { otherPricesIn } from './prices-named.ts'

/** What a catalogue with pathways leaves open: an offer that no pathway leads to, a stage that a case may never leave, days whose bank holidays or whose term nobody knows, or words that the figures contradict. */
export interface ReferralGap {
  pointer: string
  why:
    | 'no-pathway'
    | 'bank-holidays'
    | 'terms-end'
    | 'terms-missing'
    | 'end-needs'
    | 'kept-otherwise'
    | 'price-otherwise'
  /** The offer’s or stage’s name, the last year that is known, the day after which no term is, a length of time, or a sum of money. */
  about: string
}

/** The longest holiday that needs no question, in days: a summer's, with a week before and after. */
const HOLIDAY = 62

/** What a catalogue with pathways leaves open. No mistakes, but its authors should know; nothing where it has none. */
export function referralGapsIn(catalogue: Catalogue): ReferralGap[] {
  const { pathways, offers, year } = catalogue
  if (!pathways?.length) return []
  const taken = new Set(pathways.flatMap((pathway) => pathway.offers))
  // A case that begins on the last day has its longest deadline after it: two working days are about three days.
  const days = pathways.flatMap(({ deadlines }) =>
    deadlines.map(({ within, unit }) => (unit === 'working-days' ? within : 0)),
  )
  const lastDay = addDays(year.to, Math.ceil(Math.max(0, ...days) * 1.5))
  const isPastKnown = Number(lastDay.slice(0, 4)) > BANK_HOLIDAYS_UNTIL
  return [
    ...offers.flatMap(({ id, name, askedBy }, index): ReferralGap[] =>
      askedBy === 'referral' && !taken.has(id)
        ? [{ pointer: `/offers/${index}/askedBy`, why: 'no-pathway', about: name }]
        : [],
    ),
    ...(isPastKnown
      ? [{ pointer: '/year/to', why: 'bank-holidays' as const, about: String(BANK_HOLIDAYS_UNTIL) }]
      : []),
    ...termGapsIn(catalogue),
    ...keptOtherwiseIn(catalogue).map((gap): ReferralGap => ({ ...gap, why: 'kept-otherwise' })),
    ...otherPricesIn(catalogue).map((gap): ReferralGap => ({ ...gap, why: 'price-otherwise' })),
    ...pathways.flatMap((pathway, index) => stuckStagesIn(pathway, `/pathways/${index}/stages`)),
  ]
}

/** The stages from which every way to an end needs something first, which may never come: the family moves away, or a place ends. */
function stuckStagesIn({ stages }: Pathway, at: string): ReferralGap[] {
  const ending = new Set<string>()
  const isFree = ({ needs = [], gives }: Move) => needs.length === 0 && gives === undefined
  const canEnd = ({ moves }: Stage) =>
    moves.some((move) => {
      const to = whereTo(move)
      return isFree(move) && (to === 'ends' || (typeof to === 'object' && ending.has(to.stage)))
    })
  for (let before = -1; before < ending.size; ) {
    before = ending.size
    for (const stage of stages) if (canEnd(stage)) ending.add(stage.id)
  }
  return stages.flatMap(({ id, name }, index): ReferralGap[] =>
    ending.has(id) ? [] : [{ pointer: `${at}/${index}/moves`, why: 'end-needs', about: name }],
  )
}

/** The days of the catalogue’s own year after which no term comes for longer than any holiday, where places or deadlines are counted by terms. */
function termGapsIn({ pathways = [], calendar, year }: Catalogue): ReferralGap[] {
  const counts = pathways.some(
    ({ deadlines, places = [] }) =>
      deadlines.some(({ termTime }) => termTime) || places.some(({ counted }) => counted === 'school-term'),
  )
  const terms = (calendar?.terms ?? []).toSorted((one, other) => (one.from < other.from ? -1 : 1))
  if (!counts || terms.length === 0) return []
  const starts = [...terms.map(({ from }) => from), year.to]
  const ends = [addDays(year.from, -1), ...terms.map(({ to }) => to)]
  return ends.flatMap((end, index): ReferralGap[] => {
    const next = starts[index] ?? year.to
    if (addDays(end, HOLIDAY) >= next || end >= year.to) return []
    return [{ pointer: '/calendar/terms', why: index === terms.length ? 'terms-end' : 'terms-missing', about: end }]
  })
}
