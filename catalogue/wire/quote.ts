import * as z from 'zod/mini'
import { BUYER_CLASSES, PHASES } from '../schema/buyer.ts'
import { day } from '../schema/figures.ts'
import { id, line } from '../schema/text.ts'
import { count, district, items, urn } from './asked.ts'

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

/** A request for a quote. Only `items` is required, and what its prices need to know. */
export const quoteRequest = z.object({
  catalogue: z.optional(id),
  on: z.optional(day),
  buyer: z._default(buyer, { holds: [], schools: [] }),
  items,
})
export type QuoteRequestBody = z.infer<typeof quoteRequest>
