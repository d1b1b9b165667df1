import * as z from 'zod/mini'
import { BUYER_CLASSES, PHASES } from '../schema/buyer.ts'
import { email, id, line } from '../schema/text.ts'
import { count, district, items, optional, urn } from './asked.ts'

/** Text that may be left out. */
function optionalLine(most: number) {
  return optional(line(most))
}

const buyingSchool = z.object({
  name: line(120),
  pupils: z.optional(count),
  staff: z.optional(count),
  classes: z.optional(count),
  district: z.optional(district),
  phase: z.optional(z.enum(PHASES, 'choose')),
  urn: z.optional(urn),
  schoolNumber: optionalLine(20),
  address: optionalLine(400),
})

/** Who buys: at least one school, the first being the one that signs and pays. */
const orderBuyer = z.object({
  holds: z._default(z.array(id).check(z.maxLength(200, 'too-many')), []),
  schools: z.array(buyingSchool).check(z.minLength(1, 'required'), z.maxLength(500, 'too-many')),
  class: z.optional(z.enum(BUYER_CLASSES, 'choose')),
  groups: z.optional(z.array(id).check(z.maxLength(50, 'too-many'))),
})

/** An expenditure ledger code: letters, digits and the marks that finance systems put between them. */
const ledgerCode = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'required'),
    z.maxLength(40, 'too-long'),
    z.regex(/^[A-Za-z0-9][A-Za-z0-9 ./_-]*$/, 'ledger-code'),
  )

/** How the school pays: by journal transfer, which needs its ledger code, or by invoice. */
export const payment = z.discriminatedUnion(
  'method',
  [
    z.object({ method: z.literal('journal'), ledgerCode, purchaseOrder: optionalLine(40) }),
    z.object({
      method: z.literal('invoice'),
      ledgerCode: optional(ledgerCode),
      purchaseOrder: optionalLine(40),
    }),
  ],
  'choose',
)

export const contact = z.object({ name: line(120), role: optionalLine(80), email, telephone: optionalLine(30) })
export const signatory = z.object({ name: line(120), role: optionalLine(80), email })

/** An order: the quote's request without its day, which the worker's clock says, and who orders, pays and signs. */
export const orderRequest = z.object({
  catalogue: z.optional(id),
  buyer: orderBuyer,
  items,
  expectedPence: z
    .int('whole-number')
    .check(z.minimum(0, 'too-small'), z.maximum(Number.MAX_SAFE_INTEGER, 'too-large')),
  contact,
  payment,
  signatory,
})
export type OrderRequestBody = z.infer<typeof orderRequest>

/** What stands as soon as an order is kept. */
export const ORDER_STATUSES = ['placed', 'accepted', 'declined', 'cancelled'] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** The reply to an order that was kept. */
export interface OrderReceipt {
  /** Can be read out over the phone, e.g. `SS-7K4M-2QXD`. */
  reference: string
  status: OrderStatus
  totalPence: number
  conditionalPence: number
  catalogue: string
  version: number
  /** The day of the order, by the worker's clock in England. */
  placedOn: string
}
