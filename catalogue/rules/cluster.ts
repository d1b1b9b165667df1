import type { Catalogue } from '../schema/catalogue.ts'
import type { Offer, Support } from '../schema/offer.ts'
import type { Fact } from '../schema/price.ts'
import type { QuoteResult } from './calculation.ts'
import type { Buyer, MinuteRange, Quote, RuleFault, School } from './quote.ts'
import type { quoteOf } from './quote-of.ts'

/** What a cluster subscription costs and gives these schools. */
export interface Cluster {
  /** The subscription alone, with what it adds by itself; its shares sum to its total. */
  quote: Quote
  minutes: MinuteRange
  /** The band of hours that the cluster is in; absent where hours do not depend on the cluster. */
  band?: Band
  /** The next band, and how much of the fact is wanting to reach it. */
  next?: Band & { more: number }
  /** The most hours of the subscription, bought as one goes. */
  asYouGo?: { offer: string; quantity: number; minutes: number; pence: number }
}

/** A band of hours by a fact about the buyer, and where it starts. */
export interface Band {
  fact: Fact
  from: number
  minutes: MinuteRange
}

export type ClusterResult = { ok: true; cluster: Cluster } | { ok: false; faults: RuleFault[] }

/**
 * What schools pay and get when they buy a cluster subscription together on a day.
 *
 * @param quote `quoteOf`, handed in because a widget fetches the rules of price only when they are needed
 * @param about what the price may need to know of the buyer beside its schools
 */
export function clusterOf(
  catalogue: Catalogue,
  offer: Offer,
  schools: readonly School[],
  on: string,
  quote: typeof quoteOf,
  about: Partial<Omit<Buyer, 'schools'>> = {},
): ClusterResult {
  const buyer: Buyer = { holds: [], ...about, schools }
  const priced = (id: string, quantity: number): QuoteResult =>
    quote(catalogue, { on, buyer, items: [{ offer: id, quantity }] })
  const result = priced(offer.id, 1)
  if (!result.ok) return result
  const { minutes } = result.quote
  const asYouGo = comparisonOf(catalogue, offer, minutes.most, priced)
  return {
    ok: true,
    cluster: {
      quote: result.quote,
      minutes,
      ...(offer.support?.by === 'bands' && bandsOf(offer.support, buyer)),
      ...(asYouGo && { asYouGo }),
    },
  }
}

function bandsOf(
  { fact, bands }: Extract<Support, { by: 'bands' }>,
  { schools }: Buyer,
): Pick<Cluster, 'band' | 'next'> {
  const value = fact === 'schools' ? schools.length : schools.reduce((sum, school) => sum + (school[fact] ?? 0), 0)
  const after = bands.findIndex(({ from }) => from > value)
  const bandAt = (index: number): Band | undefined => {
    const band = bands.at(index)
    return band && { fact, from: band.from, minutes: { least: band.leastMinutes, most: band.mostMinutes } }
  }
  const band = bandAt(after < 0 ? -1 : after - 1)
  const next = after < 0 ? undefined : bandAt(after)
  return { ...(band && { band }), ...(next && { next: { ...next, more: next.from - value } }) }
}

/** The same minutes by the offer that the subscription compares itself with; a unit begun is bought whole. Absent where nothing can be compared. */
function comparisonOf(
  { offers }: Catalogue,
  { compareWith }: Offer,
  minutes: number,
  priced: (offer: string, quantity: number) => QuoteResult,
): Cluster['asYouGo'] {
  const other = offers.find(({ id }) => id === compareWith)
  const unit =
    other?.support?.by === 'unit'
      ? other.support.mostMinutes
      : other?.price?.form === 'per-unit'
        ? (other.price.minutes ?? 0)
        : 0
  if (!other || !unit || !minutes) return undefined
  const quantity = Math.ceil(minutes / unit)
  const result = priced(other.id, quantity)
  if (!result.ok || !result.quote.lines.every(({ pence }) => pence !== null)) return undefined
  return { offer: other.id, quantity, minutes: quantity * unit, pence: result.quote.totalPence }
}
