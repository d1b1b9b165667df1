import type { Catalogue } from '../schema/catalogue.ts'
import type { Discount } from '../schema/offer.ts'
import { amountsIn } from './amounts.ts'
import { percentOf, portionOf } from './money.ts'
import { monthsThrough } from './months.ts'
import { type PricePlace, pricesIn } from './prices-in.ts'

/**
 * Where something costs nothing although its price is not called free: `written` as 0, `discounted` to 0, a `part` of
 * 0 for who joins from a day, or a part that is `rounded` to 0. `offers` are the ids of those it happens to.
 */
export interface NothingToPay {
  pointer: string
  why: 'written' | 'discounted' | 'part' | 'rounded'
  offers: string[]
  from?: string
}

/** Where a catalogue charges nothing without saying that it is free. No mistakes, but their authors should know. */
export function nothingToPayIn(catalogue: Catalogue): NothingToPay[] {
  const prices = pricesIn(catalogue)
  return [
    ...prices.flatMap(writtenAsNothing),
    ...prices.flatMap((place) => partsOfNothing(place, prices, catalogue)),
    ...catalogue.discounts.flatMap((discount, index) => discountedToNothing(discount, index, prices)),
  ]
}

function writtenAsNothing({ pointer, price, offer }: PricePlace): NothingToPay[] {
  if (offer.minimumPence) return []
  return amountsIn(price)
    .filter(({ pence }) => pence === 0)
    .map(({ at }) => ({ pointer: `${pointer}/${at}`, why: 'written', offers: [offer.id] }))
}

function partsOfNothing(
  { pointer, price, offer }: PricePlace,
  prices: readonly PricePlace[],
  { year }: Catalogue,
): NothingToPay[] {
  if (price.form !== 'joining' || price.rule === 'full' || offer.minimumPence) return []
  const inside = prices.filter((other) => other.offer === offer && other.pointer.startsWith(`${pointer}/`))
  const amounts = inside.flatMap((other) => amountsIn(other.price)).filter(({ pence }) => pence > 0)
  const vanishes = (numerator: number, denominator: number) =>
    amounts.some(({ pence }) => portionOf(pence, numerator, denominator) === 0)
  const offers = [offer.id]
  if (price.rule === 'monthly')
    return vanishes(1, monthsThrough(year.from, year.to)) ? [{ pointer, why: 'rounded', offers }] : []
  return (price.fractions ?? []).flatMap(({ from, numerator, denominator }, index): NothingToPay[] => {
    const at = `${pointer}/fractions/${index}/numerator`
    if (amounts.length === 0 || !vanishes(numerator, denominator)) return []
    return [{ pointer: at, why: numerator === 0 ? 'part' : 'rounded', offers, from }]
  })
}

/** A discount by itself that takes all of a price in its scope: what several take together depends on who buys. */
function discountedToNothing(discount: Discount, index: number, prices: readonly PricePlace[]): NothingToPay[] {
  const { kinds, offers: ids, options } = discount.on
  const { threshold } = discount.when
  const past = threshold ? threshold.value + (threshold.is === 'more-than' ? 1 : 0) : 0
  const takesAll = ({ price, offer }: PricePlace): boolean => {
    if (price.form !== 'fixed' && price.form !== 'per-unit' && price.form !== 'per-pupil') return false
    if (price.pence === 0) return false
    const quantity = Math.max(offer.quantity?.least ?? 1, threshold?.fact === 'quantity' ? past : 1)
    const full = Math.max(price.pence * quantity, offer.minimumPence ?? 0, threshold?.fact === 'pence' ? past : 0)
    return discount.kind === 'percent'
      ? percentOf(full, discount.percent) >= full
      : price.form !== 'per-pupil' && discount.pence * (discount.each === 'unit' ? quantity : 1) >= full
  }
  const free = prices.filter(
    (place) =>
      place.offer.askedBy !== 'referral' &&
      (kinds?.includes(place.offer.kind) ?? true) &&
      (ids?.includes(place.offer.id) ?? true) &&
      (options?.includes(place.option?.id ?? '') ?? true) &&
      takesAll(place),
  )
  if (free.length === 0) return []
  const pointer = `/discounts/${index}/${discount.kind === 'percent' ? 'percent' : 'pence'}`
  return [{ pointer, why: 'discounted', offers: [...new Set(free.map(({ offer }) => offer.id))] }]
}
