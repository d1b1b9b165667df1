import * as z from 'zod/mini'
import { buyerClass } from './buyer.ts'
import { day, minutes, percent } from './figures.ts'
import { fact, price, unit } from './price.ts'
import { id, line, sentence, title, whole } from './text.ts'

/** What kind of thing an offer is: it decides where the widgets show it. */
export const OFFER_KINDS = [
  'subscription',
  'package',
  'top-up',
  'hours',
  'training',
  'placement',
  'cluster-subscription',
  'funded-place',
  'service',
] as const
export const offerKind = z.enum(OFFER_KINDS)
export type OfferKind = z.infer<typeof offerKind>

/** How a line is taxed. `none`: outside the scope of VAT or not charged. */
export const VAT_CLASSES = ['none', 'zero', 'exempt', 'reduced', 'standard'] as const
export const vatClass = z.enum(VAT_CLASSES)
export type VatClass = z.infer<typeof vatClass>

/** Support that the school can draw down, in minutes. */
export const support = z.discriminatedUnion('by', [
  z
    .strictObject({ by: z.literal('unit'), leastMinutes: minutes, mostMinutes: minutes })
    .check(z.describe('Each of the quantity brings this many minutes.'), leastUpToMost()),
  z
    .strictObject({
      by: z.literal('bands'),
      fact,
      bands: z
        .array(
          z
            .strictObject({ from: whole(0, 10_000_000), leastMinutes: minutes, mostMinutes: minutes })
            .check(leastUpToMost()),
        )
        .check(
          z.minLength(1, 'required'),
          z.maxLength(100, 'too-many'),
          z.refine(
            (bands: { from: number }[]) =>
              bands.every((band, index) => (index === 0 ? band.from === 0 : band.from > (bands[index - 1]?.from ?? 0))),
            'starts-must-rise',
          ),
        ),
    })
    .check(z.describe('Minutes by a fact about the buyer; each band runs to the start of the next.')),
])
export type Support = z.infer<typeof support>

function leastUpToMost() {
  return z.refine<{ leastMinutes: number; mostMinutes: number }>(
    (range: { leastMinutes: number; mostMinutes: number }) => range.leastMinutes <= range.mostMinutes,
    { error: 'least-above-most', path: ['mostMinutes'] },
  )
}

const point = z
  .strictObject({
    text: sentence,
    districts: z.optional(
      z
        .array(line(60))
        .check(
          z.minLength(1, 'required'),
          z.describe('Only schools of these districts get it; leave out for everybody.'),
        ),
    ),
  })
  .check(z.describe('One thing that the offer gives.'))

const use = z
  .strictObject({ name: title, text: z.optional(sentence) })
  .check(z.describe('One thing that the hours can be spent on.'))

const requirement = z
  .strictObject({
    offer: id,
    or: z.optional(z.array(id).check(z.minLength(1, 'required'), z.describe('Any of these will do as well.'))),
    how: z
      .enum(['added', 'held'])
      .check(
        z.describe(
          'added: put into the order by itself unless the school holds it. held: the school must hold it or buy it in the same order.',
        ),
      ),
  })
  .check(z.describe('What must be held or bought first.'))

const option = z
  .strictObject({
    id,
    name: title,
    minutes: z.optional(whole(1, 100_000).check(z.describe('How long it lasts. Stored, never worked out.'))),
    summary: z.optional(sentence),
    bespoke: z.optional(
      z.boolean().check(z.describe('The content is agreed with the school, so no topic is chosen from the list.')),
    ),
    price,
  })
  .check(z.describe('One of several lengths or sizes with a price of its own.'))

const topic = z.strictObject({ id, name: title, summary: sentence })

/** One week pattern of a placement, for example weeks 3 to 12: four days here, one day at the pupil’s school. */
const week = z.strictObject({
  fromWeek: whole(1, 60),
  toWeek: whole(1, 60),
  daysHere: z.optional(whole(0, 5)),
  daysAtSchool: z.optional(whole(0, 5)),
  hoursAWeek: z.optional(whole(1, 40)),
  text: sentence,
})

const placement = z.strictObject({
  weeks: whole(1, 60).check(z.describe('The longest that a place lasts.')),
  pattern: z.array(week),
  panel: z.optional(z.strictObject({ name: title, often: z.optional(line(60)), text: sentence })),
  availability: z.optional(sentence),
  alsoCharged: z.optional(sentence.check(z.describe('Funding that comes with the pupil: stated, never priced.'))),
  steps: z.array(sentence),
  stepDown: z.optional(z.strictObject({ visits: whole(1, 60), weeks: whole(1, 60), text: sentence })),
  limit: z.optional(
    z.strictObject({
      places: whole(1, 100),
      per: z.enum(['school-term', 'school-year']),
      withdrawnBy: z.optional(sentence),
    }),
  ),
})

/** Anything that a school can take up. */
export const offer = z
  .strictObject({
    id,
    kind: offerKind,
    name: title,
    summary: sentence.check(z.describe('What it is, in a sentence.')),
    suits: z.optional(sentence.check(z.describe('Whom it suits.'))),
    gives: z.array(point).check(z.maxLength(60, 'too-many')),
    uses: z.optional(z.array(use).check(z.maxLength(60, 'too-many'))),
    menu: z.optional(id.check(z.describe('The catalogue’s menu that its hours are spent from.'))),
    notProvided: z.optional(z.array(sentence)),
    eligibility: z.optional(z.array(sentence)),
    askedBy: z.optional(
      z
        .enum(['order', 'referral'])
        .check(z.describe('referral: asked for by referral and charged only when a place is given. Default: order.')),
    ),
    price: z.optional(price.check(z.describe('Left out where every option has a price of its own.'))),
    options: z.optional(z.array(option).check(z.minLength(1, 'required'), z.maxLength(40, 'too-many'))),
    topics: z.optional(z.array(topic).check(z.minLength(1, 'required'), z.maxLength(60, 'too-many'))),
    participants: z.optional(
      z.strictObject({ least: z.optional(whole(1, 10_000)), most: z.optional(whole(1, 10_000)) }),
    ),
    unit: z.optional(unit.check(z.describe('What one of the quantity is, where the price does not say.'))),
    quantity: z.optional(
      z
        .strictObject({ least: z.optional(whole(1, 100_000)), most: z.optional(whole(1, 100_000)) })
        .check(
          z.refine(
            (range: { least?: number | undefined; most?: number | undefined }) =>
              range.most === undefined || (range.least ?? 1) <= range.most,
            { error: 'least-above-most', path: ['most'] },
          ),
        ),
    ),
    minimumPence: z.optional(
      whole(1, 100_000_000).check(z.describe('The least that is charged for this offer in one order.')),
    ),
    support: z.optional(support),
    grants: z.optional(
      z
        .strictObject({ of: z.enum(['token', 'session']), count: whole(1, 10_000) })
        .check(z.describe('Tokens or sessions that it brings.')),
    ),
    includes: z.optional(
      z
        .array(z.strictObject({ offer: id, option: z.optional(id), quantity: whole(1, 10_000) }))
        .check(z.describe('What it already contains, which is then not charged twice.')),
    ),
    requires: z.optional(z.array(requirement)),
    districts: z.optional(
      z.array(line(60)).check(z.minLength(1, 'required'), z.describe('Only schools of these districts can have it.')),
    ),
    placement: z.optional(placement),
    compareWith: z.optional(id.check(z.describe('The offer by which the same hours can be bought as one goes.'))),
    vat: z.optional(vatClass),
  })
  .check(
    z.refine(
      (value: { price?: unknown; options?: unknown }) => (value.price === undefined) !== (value.options === undefined),
      { error: 'price-or-options', path: ['price'] },
    ),
  )
export type Offer = z.infer<typeof offer>
export type OfferOption = z.infer<typeof option>

const scope = z
  .strictObject({
    kinds: z.optional(z.array(offerKind)),
    offers: z.optional(z.array(id)),
    options: z.optional(z.array(id)),
  })
  .check(z.describe('What it applies to; an empty scope is everything.'))

const condition = z.strictObject({
  holds: z.optional(id.check(z.describe('The buyer holds this offer or buys it in the same order.'))),
  group: z.optional(id.check(z.describe('Every school of the buyer belongs to this group.'))),
  class: z.optional(z.array(buyerClass).check(z.minLength(1, 'required'))),
  from: z.optional(day.check(z.describe('The first day on which it applies.'))),
  until: z.optional(day.check(z.describe('The last day on which it applies.'))),
  threshold: z.optional(
    z
      .strictObject({
        fact: z
          .enum(['pence', 'quantity', 'pupils', 'schools', 'staff', 'classes'])
          .check(z.describe('pence and quantity: of the lines in scope. The others: of the buyer.')),
        is: z
          .enum(['at-least', 'more-than'])
          .check(z.describe('"40 or more" is at-least; "more than 40" is more-than.')),
        value: whole(0, 100_000_000),
      })
      .check(z.describe('A threshold, with its strictness.')),
  ),
})
export type Condition = z.infer<typeof condition>

const offName = title.check(
  z.describe('What it comes off, as it follows “10% off”: “training with the universal offer”.'),
)

/** Taken off lines, percent or amount. */
export const discount = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('percent'), id, name: offName, percent, on: scope, when: condition }),
    z.strictObject({
      kind: z.literal('amount'),
      id,
      name: offName,
      pence: whole(1, 100_000_000),
      each: z
        .enum(['unit', 'line', 'order'])
        .check(z.describe('Whether the amount comes off each unit, each line or once off the whole order.')),
      on: scope,
      when: condition,
    }),
  ])
  .check(
    z.describe(
      'Taken off lines. Discounts apply in the order in which they are written, each on what the ones before have left.',
    ),
  )
export type Discount = z.infer<typeof discount>

/** Put on a total, percent or amount. */
export const surcharge = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('percent'),
      id,
      name: title,
      percent,
      on: scope,
      when: condition,
      vat: z.optional(vatClass),
    }),
    z.strictObject({
      kind: z.literal('amount'),
      id,
      name: title,
      pence: whole(1, 100_000_000),
      on: scope,
      when: condition,
      vat: z.optional(vatClass),
    }),
  ])
  .check(z.describe('Put on the total of the lines in scope, after discounts.'))
export type Surcharge = z.infer<typeof surcharge>
