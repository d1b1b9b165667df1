import type { Catalogue } from '../schema/catalogue.ts'
import type { Discount } from '../schema/offer.ts'
import type { Fact, LeafPrice } from '../schema/price.ts'
import { percentOf } from './money.ts'
import { type PricePlace, pricesIn } from './prices-in.ts'

/** Where a larger quantity, roll or total costs less than the one just below it: the numbers on both sides and their prices. */
export interface Cliff {
  pointer: string
  fact: 'quantity' | 'pence' | Fact
  below: number
  belowPence: number
  at: number
  atPence: number
}

/** The cliffs of a catalogue. They are no mistakes, since real price lists have them, but their authors should know. */
export function cliffsIn(catalogue: Catalogue): Cliff[] {
  const prices = pricesIn(catalogue)
  return [
    ...prices.flatMap(({ pointer, price }) => stepsOf(price).flatMap((step) => cliffOf(pointer, step))),
    ...catalogue.discounts.flatMap((discount, index) => cliffOfDiscount(discount, `/discounts/${index}`, prices)),
  ]
}

/** A start in a price: what stands just below it and at it. */
type Step = Omit<Cliff, 'pointer'> & { place: string }

function stepsOf(price: PricePlace['price']): Step[] {
  if (price.form === 'tiers' && price.kind === 'volume')
    return price.tiers.slice(1).map(({ from, pence }, index) => ({
      place: `tiers/${index + 1}`,
      fact: 'quantity',
      below: from - 1,
      belowPence: (from - 1) * (price.tiers[index]?.pence ?? 0),
      at: from,
      atPence: from * pence,
    }))
  if (price.form === 'bands')
    return price.bands.slice(1).map(({ from, pence }, index) => ({
      place: `bands/${index + 1}`,
      fact: price.fact,
      below: from - 1,
      belowPence: price.bands[index]?.pence ?? 0,
      at: from,
      atPence: pence,
    }))
  return []
}

function cliffOf(pointer: string, { place, ...step }: Step): Cliff[] {
  return step.atPence < step.belowPence ? [{ pointer: `${pointer}/${place}`, ...step }] : []
}

/** A discount over a threshold: the total just below it against the total that reaches it, for the first price in scope that falls. */
function cliffOfDiscount(discount: Discount, pointer: string, prices: readonly PricePlace[]): Cliff[] {
  const { threshold } = discount.when
  if (!threshold) return []
  const { fact } = threshold
  const at = threshold.is === 'at-least' ? threshold.value : threshold.value + 1
  if (at < 1) return []
  const below = at - 1
  const takeOff = (pence: number, quantity: number) =>
    Math.min(
      pence,
      discount.kind === 'percent'
        ? percentOf(pence, discount.percent)
        : discount.pence * (discount.each === 'unit' ? quantity : 1),
    )
  const step = (belowPence: number, fullPence: number, quantity: number) =>
    cliffOf(pointer, {
      place: 'when/threshold',
      fact,
      below,
      belowPence,
      at,
      atPence: fullPence - takeOff(fullPence, quantity),
    })
  if (fact === 'pence') return step(below, at, 1)
  for (const { price, offer, option } of prices) {
    const { kinds, offers, options } = discount.on
    const inScope =
      (kinds?.includes(offer.kind) ?? true) &&
      (offers?.includes(offer.id) ?? true) &&
      (options?.includes(option?.id ?? '') ?? true)
    const each = inScope ? flatPence(price as LeafPrice, fact) : undefined
    if (each === undefined) continue
    const found = each.grows
      ? step(below * each.pence, at * each.pence, fact === 'quantity' ? at : 1)
      : step(each.pence, each.pence, 1)
    if (found.length > 0) return found
  }
  return []
}

/** What one costs, where each costs the same; `grows` where the price grows with the fact. */
function flatPence(price: LeafPrice, fact: 'quantity' | Fact): { pence: number; grows: boolean } | undefined {
  if (price.form === 'fixed' || price.form === 'per-unit') return { pence: price.pence, grows: fact === 'quantity' }
  if (price.form === 'per-pupil' && fact === 'pupils') return { pence: price.pence, grows: true }
  return undefined
}
