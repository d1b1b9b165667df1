import type { BuyerClass, Phase } from '../schema/buyer.ts'
import type { VatClass } from '../schema/offer.ts'
import type { Fact, Unit } from '../schema/price.ts'

/** A school that buys, alone or in a cluster. */
export interface School {
  name: string
  /** Pupils on roll. */
  pupils?: number | undefined
  staff?: number | undefined
  classes?: number | undefined
  /** Without leading noughts. */
  district?: string | undefined
  phase?: Phase | undefined
  /** Unique reference number in England's register of schools. */
  urn?: string | undefined
}

/** What a price may need to know of the buyer. */
export interface Buyer {
  /** Ids of the offers that the buyer already holds this year. */
  holds: readonly string[]
  schools: readonly School[]
  class?: BuyerClass | undefined
  /** Ids of the catalogue's groups that the buyer says it belongs to. */
  groups?: readonly string[] | undefined
}

/** One thing asked for. */
export interface Item {
  offer: string
  option?: string | undefined
  quantity: number
  topics?: readonly string[] | undefined
  attending?: number | undefined
  note?: string | undefined
}

/** Why a price is what it is: a code with its values. The words turn it into a sentence. */
export type Reason =
  | { code: 'free' }
  | { code: 'fixed'; pence: number }
  | { code: 'per-unit'; unit: Unit; pence: number; minutes?: number }
  | { code: 'per-pupil'; pupils: number; pence: number }
  | { code: 'per-pupil-of-phase'; phase: Phase; pupils: number; pence: number }
  | { code: 'band'; fact: Fact; from: number; below?: number; value: number; pence: number; school?: string }
  | {
      code: 'tier'
      kind: 'volume' | 'graduated'
      from: number
      below?: number
      unit: Unit
      quantity: number
      pence: number
    }
  | { code: 'covers'; covers: number; unit: Unit; pence: number }
  | { code: 'further'; quantity: number; unit: Unit; pence: number }
  | { code: 'first-free'; free: number; unit: Unit; pence: number }
  | { code: 'block'; number: number; size: number; unit: Unit; pence: number }
  | { code: 'on-request' }
  | { code: 'counted'; of: 'token' | 'session'; count: number }
  | { code: 'bought-by'; until: string }
  | { code: 'bought-from'; from: string; until?: string }
  | { code: 'holder'; offer: string }
  | { code: 'not-holder'; offer: string }
  | { code: 'in-area' }
  | { code: 'out-of-area' }
  | { code: 'buyer-class'; class: BuyerClass }
  | { code: 'joining-full' }
  | { code: 'joining-monthly'; months: number; of: number }
  | { code: 'joining-fraction'; numerator: number; denominator: number; from: string }
  | { code: 'base-requirement' }
  | { code: 'conditional' }
  | { code: 'minimum-charge'; pence: number }
  | { code: 'included'; in: string; quantity: number }
  | { code: 'percent-off'; percent: number; holds?: string; name: string }
  | { code: 'amount-off'; pence: number; holds?: string; name: string }
  | { code: 'percent-on'; percent: number; name: string }
  | { code: 'amount-on'; name: string }

/** Support that can be drawn down, in minutes. */
export interface MinuteRange {
  least: number
  most: number
}

/** One priced offer. `pence` is before discounts; null where the price is on request. */
export interface Line {
  offer: string
  option?: string
  quantity: number
  /** What one costs, where every one costs the same. */
  unitPence: number | null
  pence: number | null
  /** A base requirement that the buyer does not hold. */
  added?: true
  /** Asked for by referral: charged only when a place is given, so not in the total. */
  conditional?: true
  vat: VatClass
  minutes?: MinuteRange
  /** Tokens or sessions spent instead of money. */
  counted?: { of: 'token' | 'session'; count: number }
  why: Reason[]
}

/** A discount, surcharge, minimum charge or included item. `pence` is negative where it takes off. A surcharge has no offer. */
export interface Adjustment {
  rule: string
  offer?: string
  option?: string
  pence: number
  why: Reason[]
}

/** Something to know before ordering that does not stop the order. */
export type Warning =
  | { code: 'group-to-confirm'; group: string }
  | { code: 'counted-short'; of: 'token' | 'session'; spent: number; granted: number }
  | { code: 'subject-to-availability'; offer: string }

/** One school's share of the total. */
export interface Share {
  name: string
  pupils: number | null
  pence: number
}

/** What a basket costs this buyer on this day, and why. `totalPence` = lines (neither conditional nor on request) + adjustments + `vatPence`. */
export interface Quote {
  catalogue: string
  on: string
  lines: Line[]
  adjustments: Adjustment[]
  vatPence: number
  totalPence: number
  conditionalPence: number
  minutes: MinuteRange
  /** Whether it can be ordered as it stands: nothing missing, nothing on request. */
  final: boolean
  missing: { offer: string; or?: string[]; for: string }[]
  warnings: Warning[]
  shares: Share[]
}

/** Something wrong with what was asked: where (a JSON pointer, RFC 6901), what, and the values that the sentence needs. */
export interface RuleFault {
  pointer: string
  code: RuleFaultCode
  least?: number
  most?: number
  servedBy?: string | null
  offer?: string
}

export type RuleFaultCode =
  | 'required'
  | 'unknown-offer'
  | 'unknown-option'
  | 'unknown-topic'
  | 'unknown-group'
  | 'quantity-least'
  | 'quantity-most'
  | 'attending-least'
  | 'attending-most'
  | 'too-small'
  | 'too-large'
  | 'too-many-schools'
  | 'out-of-area'
  | 'not-in-district'
  | 'phase-not-priced'
  | 'outside-catalogue'
