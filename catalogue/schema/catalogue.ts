import * as z from 'zod/mini'
import { calendar } from './calendar.ts'
import { day, percent } from './figures.ts'
import { discount, offer, surcharge } from './offer.ts'
import { pathway } from './pathway.ts'
import { privacy } from './privacy.ts'
import { email, id, line, sentence, title, webAddress } from './text.ts'

const provider = z.strictObject({
  id,
  name: title,
  kind: z.enum(['special-school', 'short-stay-school', 'consortium', 'local-authority']),
  service: title.check(z.describe('What the outreach service is called.')),
  about: sentence,
  address: z.optional(z.array(line(80)).check(z.minLength(1, 'required'))),
  telephone: z.optional(line(30)),
  email: z.optional(email),
  website: z.optional(webAddress),
  schoolNumber: z.optional(line(12)),
  colour: z.optional(
    z
      .string()
      .check(z.regex(/^#[0-9a-f]{6}$/, 'not-a-colour'), z.describe('The brand colour, dark enough for white text.')),
  ),
})
export type Provider = z.infer<typeof provider>

const district = z.strictObject({ id: line(60).check(z.describe('Without leading noughts.')), name: z.optional(title) })

const area = z.strictObject({
  districts: z.array(district).check(z.describe('The districts served. Empty: schools anywhere.')),
  outside: z
    .enum(['refused', 'priced'])
    .check(z.describe('Whether a school outside the districts is refused, or buys at a price of its own.')),
  elsewhere: z.optional(
    z
      .array(
        z.strictObject({ provider: id, name: title, districts: z.array(line(60)).check(z.minLength(1, 'required')) }),
      )
      .check(z.describe('Who serves the districts next door.')),
  ),
})

const payment = z.strictObject({
  method: z.enum(['invoice', 'journal']),
  name: title,
  hint: z.optional(sentence.check(z.describe('Who can pay this way and what is needed.'))),
})

const menu = z.strictObject({
  id,
  name: title,
  intro: z.optional(sentence),
  items: z.array(z.strictObject({ name: title, text: z.optional(sentence) })).check(z.minLength(1, 'required')),
})

const group = z.strictObject({
  id,
  name: title,
  urns: z.optional(
    z
      .array(line(12))
      .check(
        z.describe('The members’ unique reference numbers. Left out: a buyer says so and the provider confirms it.'),
      ),
  ),
})

const ordering = z.strictObject({
  declaration: sentence.check(z.describe('What the person who signs confirms.')),
  afterwards: z
    .array(sentence)
    .check(z.minLength(1, 'required'), z.describe('What happens once the order is in, step by step.')),
  debited: z.optional(sentence.check(z.describe('When and how the charge will appear.'))),
})

/** One provider’s offer for one year: the document that drives prices, rules, forms and notices. */
export const catalogue = z
  .strictObject({
    $schema: z.optional(z.string()),
    format: z.literal(1),
    provider,
    catalogue: id.check(z.describe('The year’s name in addresses, such as 2024-25.')),
    title,
    intro: sentence,
    year: z.strictObject({ from: day, to: day }).check(
      z.describe('The first and the last day on which support is given.'),
      z.refine((year: { from: string; to: string }) => year.from <= year.to, {
        error: 'ends-before-it-begins',
        path: ['to'],
      }),
    ),
    opensOn: day.check(z.describe('The first day on which orders are taken, which may be before the year begins.')),
    area,
    contacts: z.array(z.strictObject({ role: title, email: z.optional(email), telephone: z.optional(line(30)) })),
    letters: z.strictObject({
      orders: z
        .array(email)
        .check(
          z.maxLength(10, 'too-many'),
          z.describe('Role addresses that hear of each order. Empty: letters wait where the provider will see them.'),
        ),
    }),
    payment: z.array(payment).check(
      z.minLength(1, 'required'),
      z.refine((ways: { method: string }[]) => new Set(ways.map((way) => way.method)).size === ways.length, 'repeated'),
    ),
    ordering,
    aims: z.array(sentence),
    notProvided: z.array(sentence),
    expectations: z.optional(z.strictObject({ provider: z.array(sentence), school: z.array(sentence) })),
    arrangements: z.optional(sentence.check(z.describe('Who may ask for a different arrangement, and how.'))),
    menus: z.optional(z.array(menu)),
    groups: z.optional(z.array(group)),
    vat: z.optional(
      z.strictObject({ standard: percent, reduced: percent }).check(z.describe('The rates in force, in percent.')),
    ),
    discounts: z.array(discount),
    surcharges: z.array(surcharge),
    offers: z.array(offer).check(z.maxLength(200, 'too-many')),
    calendar: z.optional(calendar),
    privacy: z.optional(privacy),
    pathways: z.optional(
      z
        .array(pathway)
        .check(z.maxLength(12, 'too-many'), z.describe('How support and places for one pupil are asked for.')),
    ),
  })
  .check(
    z.refine((document: { year: { to: string }; opensOn: string }) => document.opensOn <= document.year.to, {
      error: 'opens-after-it-ends',
      path: ['opensOn'],
    }),
  )

/** A catalogue that the schema has accepted. */
export type Catalogue = z.infer<typeof catalogue>
