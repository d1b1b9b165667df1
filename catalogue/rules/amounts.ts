import type { Price } from '../schema/price.ts'

/** An amount of money that stands in a price: where, from the price on (`pence`, `tiers/1/pence`), and how much. */
export interface AmountPlace {
  at: string
  pence: number
}

/** The amounts that stand in a price itself. Those of prices inside a choice are theirs; see `pricesIn`. */
export function amountsIn(price: Price): AmountPlace[] {
  switch (price.form) {
    case 'fixed':
    case 'per-unit':
    case 'per-pupil':
    case 'first-free':
      return [{ at: 'pence', pence: price.pence }]
    case 'up-to':
      return [
        { at: 'pence', pence: price.pence },
        { at: 'furtherPence', pence: price.furtherPence },
      ]
    case 'per-pupil-by-phase':
      return Object.entries(price.pence).map(([phase, pence = 0]) => ({ at: `pence/${phase}`, pence }))
    case 'blocks':
      return price.pence.map((pence, index) => ({ at: `pence/${index}`, pence }))
    case 'bands':
      return price.bands.map(({ pence }, index) => ({ at: `bands/${index}/pence`, pence }))
    case 'tiers':
      return price.tiers.map(({ pence }, index) => ({ at: `tiers/${index}/pence`, pence }))
    default:
      return []
  }
}
