import * as z from 'zod/mini'
import { BUYER_CLASSES, PHASES } from '../schema/buyer.ts'
import { day } from '../schema/figures.ts'
import { id, line, whole } from '../schema/text.ts'

/** A district as the catalogue writes it: "01" is taken for "1". */
export const district = z.pipe(
  line(60),
  z.transform((text: string) => text.replace(/^0+(?=.)/, '')),
)

const count = whole(0, 100_000)

/** A school's unique reference number: six digits. */
export const urn = z.string().check(z.trim(), z.regex(/^\d{6}$/, 'urn'))

const school = z.object({
  name: line(120),
  pupils: z.optional(count.check(z.describe('Pupils on roll.'))),
  staff: z.optional(count),
  classes: z.optional(count),
  district: z.optional(district),
  phase: z.optional(z.enum(PHASES, 'choose')),
  urn: z.optional(urn),
})

/** What a price may need to know of the buyer. */
export const buyer = z.object({
  holds: z._default(z.array(id).check(z.maxLength(200, 'too-many')), []),
  schools: z._default(z.array(school).check(z.maxLength(500, 'too-many')), []),
  class: z.optional(z.enum(BUYER_CLASSES, 'choose')),
  groups: z.optional(z.array(id).check(z.maxLength(50, 'too-many'))),
})

/** One thing asked for. */
export const item = z.object({
  offer: id,
  option: z.optional(id),
  quantity: whole(1, 100_000),
  topics: z.optional(z.array(id).check(z.maxLength(60, 'too-many'))),
  attending: z.optional(whole(1, 10_000)),
  // A note that was opened and left empty is no note.
  note: z.optional(
    z.union([
      z.pipe(
        z.literal(''),
        z.transform(() => undefined),
      ),
      line(500),
    ]),
  ),
})

export const items = z.array(item).check(z.minLength(1, 'required'), z.maxLength(200, 'too-many'))

/** A request for a quote. Only `items` is required, and what its prices need to know. */
export const quoteRequest = z.object({
  catalogue: z.optional(id),
  on: z.optional(day),
  buyer: z._default(buyer, { holds: [], schools: [] }),
  items,
})
export type QuoteRequestBody = z.infer<typeof quoteRequest>
