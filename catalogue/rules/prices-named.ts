import type { Catalogue } from '../schema/catalogue.ts'
import { amountsIn } from './amounts.ts'
import { inside } from './pointers.ts'
import { pricesIn } from './prices-in.ts'

/** A text of a pathway that names a sum of money which is no price of its catalogue: where, and the sum as it is written. */
export interface OtherPrice {
  pointer: string
  about: string
}

const SUM = /£\s?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d)?)/g

/**
 * Where a pathway says another price than the catalogue has, as after a rise: whoever agrees to a referral agrees to what is written
 * there. Prices, minimum charges, and the amounts of discounts and surcharges are known.
 */
export function otherPricesIn(catalogue: Catalogue): OtherPrice[] {
  const { offers, discounts, surcharges, pathways = [] } = catalogue
  const known = new Set([
    ...pricesIn(catalogue).flatMap(({ price }) => amountsIn(price).map(({ pence }) => pence)),
    ...offers.flatMap(({ minimumPence = [] }) => minimumPence),
    ...[...discounts, ...surcharges].flatMap((rule) => (rule.kind === 'amount' ? rule.pence : [])),
  ])
  const inText = (text: string, pointer: string): OtherPrice[] =>
    [...text.matchAll(SUM)]
      .filter(([, sum = '']) => !known.has(Math.round(Number(sum.replaceAll(',', '')) * 100)))
      .map(([about]) => ({ pointer, about }))
  const within = (value: unknown, pointer: string): OtherPrice[] => {
    if (typeof value === 'string') return inText(value, pointer)
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, part]) => within(part, inside(pointer, key)))
  }
  return within(pathways, '/pathways')
}
