import * as z from 'zod/mini'
import { type BuyerClass, buyerClass, phase } from './buyer.ts'
import { day, pence } from './figures.ts'
import { id, whole } from './text.ts'

/** What one unit of a priced thing can be. */
export const UNITS = [
  'hour',
  'day',
  'half-day',
  'session',
  'visit',
  'pupil',
  'post',
  'place',
  'school',
  'copy',
] as const
export const unit = z.enum(UNITS).check(z.describe('What one of the quantity is.'))
export type Unit = z.infer<typeof unit>

/** Facts about a buyer that a band can start at. `pupils`, `staff` and `classes` add up over the buyer's schools; `schools` counts them. */
export const FACTS = ['pupils', 'schools', 'staff', 'classes'] as const
export const fact = z.enum(FACTS)
export type Fact = z.infer<typeof fact>

/** A list whose entries each start somewhere above the one before. Only starts are stored, so no gap or overlap can be written. */
function rising<Entry extends { from: number }>(first: number) {
  return z.refine<Entry[]>(
    (entries: Entry[]) =>
      entries.every((entry, index) =>
        index === 0 ? entry.from === first : entry.from > (entries[index - 1]?.from ?? first),
      ),
    'starts-must-rise',
  )
}

const free = z.strictObject({ form: z.literal('free') }).check(z.describe('No charge.'))

const fixed = z
  .strictObject({ form: z.literal('fixed'), pence })
  .check(z.describe('One price for each of the quantity.'))

const perUnit = z
  .strictObject({
    form: z.literal('per-unit'),
    unit,
    minutes: z.optional(
      whole(1, 100_000).check(
        z.describe('How long one unit lasts, in minutes. Stored, never worked out from another unit.'),
      ),
    ),
    pence,
  })
  .check(z.describe('A price for each hour, day, session, pupil, post or place.'))

const perPupil = z
  .strictObject({ form: z.literal('per-pupil'), pence })
  .check(z.describe('A price for each pupil on roll, added up over the buyer’s schools.'))

const perPupilByPhase = z
  .strictObject({
    form: z.literal('per-pupil-by-phase'),
    pence: z
      .partialRecord(phase, pence)
      .check(z.refine((prices: object) => Object.keys(prices).length > 0, 'required')),
  })
  .check(z.describe('A price for each pupil on roll that depends on the school’s phase.'))

const bands = z
  .strictObject({
    form: z.literal('bands'),
    fact,
    each: z
      .enum(['school', 'buyer'])
      .check(z.describe('Whether each school is priced by its own fact, or the whole buyer by the sum.')),
    bands: z
      .array(z.strictObject({ from: whole(0, 10_000_000), pence }))
      .check(z.minLength(1, 'required'), z.maxLength(100, 'too-many'), rising(0)),
  })
  .check(
    z.describe('A price by a fact about the buyer. Each band runs to the start of the next; the first starts at 0.'),
  )

const tiers = z
  .strictObject({
    form: z.literal('tiers'),
    kind: z
      .enum(['volume', 'graduated'])
      .check(z.describe('volume: every unit at the rate of the tier reached. graduated: each slice at its own rate.')),
    unit,
    minutes: z.optional(whole(1, 100_000)),
    tiers: z
      .array(z.strictObject({ from: whole(1, 100_000), pence }))
      .check(z.minLength(1, 'required'), z.maxLength(100, 'too-many'), rising(1)),
  })
  .check(z.describe('A price for each unit that depends on how many are bought.'))

const upTo = z
  .strictObject({
    form: z.literal('up-to'),
    unit,
    covers: whole(1, 100_000),
    pence,
    furtherPence: pence,
    most: whole(1, 100_000).check(z.describe('The hard maximum; more cannot be bought.')),
  })
  .check(
    z.describe('One price up to a number, then a price for each further one, to a hard maximum.'),
    z.refine((price: { covers: number; most: number }) => price.most >= price.covers, {
      error: 'most-below-covers',
      path: ['most'],
    }),
  )

const firstFree = z
  .strictObject({ form: z.literal('first-free'), unit, free: whole(1, 100_000), pence })
  .check(z.describe('The first few without charge, then a price for each.'))

const blocks = z
  .strictObject({
    form: z.literal('blocks'),
    unit,
    size: whole(1, 100_000).check(z.describe('How many units make a block; a block begun is charged whole.')),
    pence: z
      .array(pence)
      .check(
        z.minLength(1, 'required'),
        z.maxLength(100, 'too-many'),
        z.describe('The price of the first block, the second and so on; the last one repeats.'),
      ),
  })
  .check(z.describe('Repeated blocks with a price for each block.'))

const onRequest = z
  .strictObject({ form: z.literal('on-request') })
  .check(z.describe('The provider names the price when asked.'))

const counted = z
  .strictObject({ form: z.literal('counted'), of: z.enum(['token', 'session']), count: whole(1, 10_000) })
  .check(z.describe('Paid in tokens or sessions that the buyer holds, not in money.'))

const leaves = [
  free,
  fixed,
  perUnit,
  perPupil,
  perPupilByPhase,
  bands,
  tiers,
  upTo,
  firstFree,
  blocks,
  onRequest,
  counted,
] as const
const leaf = z.discriminatedUnion('form', leaves)

/** A price that can be worked out from a quantity and facts about the buyer. */
export type LeafPrice = z.infer<typeof leaf>

/** The price until the first change, and the price from each later day on. */
export interface ByDate {
  form: 'by-date'
  first: Price
  later: { from: string; price: Price }[]
}
/** One price for those who hold (or are buying) another offer, one for everybody else. */
export interface ByHolding {
  form: 'by-holding'
  offer: string
  holder: Price
  other: Price
}
/** One price inside the districts that the provider serves, one outside. */
export interface ByArea {
  form: 'by-area'
  inside: Price
  outside: Price
}
/** A price for some classes of buyer, and one for everybody else. */
export interface ByClass {
  form: 'by-class'
  classes: { class: BuyerClass; price: Price }[]
  other: Price
}
/** What joining after the year has begun costs. */
export interface Joining {
  form: 'joining'
  rule: 'full' | 'monthly' | 'fractions'
  fractions?: { from: string; numerator: number; denominator: number }[]
  price: Price
}

/** Every form of price that a catalogue can hold: a leaf, or a choice between prices by date, holding, area, class of buyer or time of joining. */
export type Price = LeafPrice | ByDate | ByHolding | ByArea | ByClass | Joining

/** How deep choices may stand inside each other. */
const DEPTH = 6

/** How many choices stand inside each other before a price is reached, and one more. */
export function depthOf(price: Price): number {
  switch (price.form) {
    case 'by-date':
      return 1 + Math.max(depthOf(price.first), ...price.later.map((step) => depthOf(step.price)))
    case 'by-holding':
      return 1 + Math.max(depthOf(price.holder), depthOf(price.other))
    case 'by-area':
      return 1 + Math.max(depthOf(price.inside), depthOf(price.outside))
    case 'by-class':
      return 1 + Math.max(depthOf(price.other), ...price.classes.map((choice) => depthOf(choice.price)))
    case 'joining':
      return 1 + depthOf(price.price)
    default:
      return 1
  }
}

const daysRise = z.refine<{ from: string }[]>(
  (steps: { from: string }[]) =>
    steps.every((step, index) => index === 0 || step.from > (steps[index - 1]?.from ?? '')),
  'starts-must-rise',
)

const inner: z.ZodMiniType<Price, Price> = z.lazy(
  () =>
    z.discriminatedUnion('form', [...leaves, byDate, byHolding, byArea, byClass, joining]) as unknown as z.ZodMiniType<
      Price,
      Price
    >,
)

const byDate = z
  .strictObject({
    form: z.literal('by-date'),
    first: inner,
    later: z
      .array(z.strictObject({ from: day, price: inner }))
      .check(z.minLength(1, 'required'), z.maxLength(24, 'too-many'), daysRise),
  })
  .check(z.describe('A price by the date of the order: the first price, and the price from each later day on.'))

const byHolding = z
  .strictObject({ form: z.literal('by-holding'), offer: id, holder: inner, other: inner })
  .check(z.describe('One price for subscribers (who hold or buy the named offer), another for everybody else.'))

const byArea = z
  .strictObject({ form: z.literal('by-area'), inside: inner, outside: inner })
  .check(z.describe('One price in the area served, another outside it.'))

const byClass = z
  .strictObject({
    form: z.literal('by-class'),
    classes: z.array(z.strictObject({ class: buyerClass, price: inner })).check(
      z.minLength(1, 'required'),
      z.refine(
        (choices: { class: string }[]) => new Set(choices.map((choice) => choice.class)).size === choices.length,
        'repeated',
      ),
    ),
    other: inner,
  })
  .check(z.describe('A price by the class of buyer.'))

const joining = z
  .strictObject({
    form: z.literal('joining'),
    rule: z
      .enum(['full', 'monthly', 'fractions'])
      .check(
        z.describe(
          'full: the whole price whenever a school joins. monthly: a twelfth for each month left, the present one included. fractions: as stated.',
        ),
      ),
    fractions: z.optional(
      z.array(z.strictObject({ from: day, numerator: whole(0, 1_000), denominator: whole(1, 1_000) })).check(
        z.minLength(1, 'required'),
        z.maxLength(24, 'too-many'),
        daysRise,
        z.refine(
          (steps: { numerator: number; denominator: number }[]) =>
            steps.every((step) => step.numerator <= step.denominator),
          'more-than-whole',
        ),
      ),
    ),
    price: inner,
  })
  .check(
    z.describe('What joining after the year has begun costs.'),
    z.refine(
      (price: { rule: string; fractions?: unknown }) =>
        (price.rule === 'fractions') === (price.fractions !== undefined),
      { error: 'fractions-with-rule', path: ['fractions'] },
    ),
  )

export const price: z.ZodMiniType<Price, Price> = inner.check(
  z.refine((value: Price) => depthOf(value) <= DEPTH, 'too-deep'),
)
