import * as z from 'zod/mini'
import { ORDER_STATUSES } from '../../catalogue/wire/order.ts'
import { PROBLEM_TYPES } from '../../catalogue/wire/problem.ts'

const pence = z.int().check(z.describe('Whole pence.'))
const day = z.iso.date()
const why = z.array(z.looseObject({ code: z.string() })).check(z.describe('Why, as codes with their values.'))
const range = z.object({ least: z.int(), most: z.int() })

/** The quote that answers a basket. */
export const quoteReply = z.object({
  catalogue: z.string(),
  version: z.int().check(z.minimum(1)),
  on: day.check(z.describe('The day that it is priced by.')),
  lines: z.array(
    z.object({
      offer: z.string(),
      option: z.optional(z.string()),
      quantity: z.int(),
      unitPence: z.nullable(pence),
      pence: z.nullable(pence).check(z.describe('Before discounts; null where the price is on request.')),
      added: z.optional(z.literal(true)),
      conditional: z.optional(z.literal(true)),
      vat: z.string(),
      minutes: z.optional(range),
      counted: z.optional(z.object({ of: z.enum(['token', 'session']), count: z.int() })),
      why,
    }),
  ),
  adjustments: z.array(
    z.object({ rule: z.string(), offer: z.optional(z.string()), option: z.optional(z.string()), pence, why }),
  ),
  vatPence: pence,
  totalPence: pence,
  conditionalPence: pence,
  minutes: range.check(z.describe('The support that the school can draw down.')),
  final: z.boolean().check(z.describe('Whether it can be ordered as it stands.')),
  missing: z.array(z.object({ offer: z.string(), or: z.optional(z.array(z.string())), for: z.string() })),
  warnings: z.array(z.looseObject({ code: z.string() })),
  shares: z.array(z.object({ name: z.string(), pupils: z.nullable(z.int()), pence })),
})

/** The receipt of an order. */
export const orderReply = z.object({
  reference: z.string().check(z.describe('Can be read out over the phone.')),
  status: z.enum(ORDER_STATUSES),
  totalPence: pence,
  conditionalPence: pence,
  catalogue: z.string(),
  version: z.int(),
  placedOn: day,
})

/** A refusal (RFC 9457). */
export const problemReply = z.looseObject({
  type: z.string().check(z.describe(`Ends in one of: ${PROBLEM_TYPES.join(', ')}.`)),
  title: z.string(),
  status: z.int(),
  instance: z.string().check(z.describe('The request’s id, which the provider can be told over the phone.')),
  errors: z
    .array(
      z.looseObject({ pointer: z.string().check(z.describe('RFC 6901, from the body’s root.')), code: z.string() }),
    )
    .check(z.describe('Where and what, with the values that a sentence about it needs.')),
  wait: z.optional(
    z
      .enum(['minute', 'tomorrow'])
      .check(
        z.describe(
          'With too-many-requests: whether a limit of a minute or of the day asks to wait; Retry-After says how long.',
        ),
      ),
  ),
})

export const providersReply = z.object({
  providers: z.array(
    z.object({ id: z.string(), name: z.string(), service: z.string(), kind: z.string(), about: z.string() }),
  ),
  next: z.optional(z.string().check(z.describe('The address of the next hundred, where there are more.'))),
})

export const healthReply = z.object({ ok: z.boolean(), troubles: z.optional(z.array(z.string())) })

export const outboxReply = z.array(
  z.object({
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    links: z.array(z.string()),
    about: z.string().check(z.describe('The reference of what it tells of.')),
  }),
)

export const problemKindReply = z.object({ type: z.string(), title: z.string(), status: z.int() })
