import * as z from 'zod/mini'
import { ORDER_STATUSES } from '../../catalogue/wire/order.ts'

const instant = z.string().check(z.describe('An instant, ISO 8601.'))
const day = z.iso.date()
const pence = z.int().check(z.describe('Whole pence.'))
const minutes = z.int().check(z.describe('Minutes.'))
const status = z.enum(ORDER_STATUSES)
const named = z.object({ id: z.string(), name: z.string() })
const somebody = z.object({ id: z.string(), name: z.nullable(z.string()), email: z.nullable(z.string()) })
const place = z.nullable(z.string()).check(z.describe('Where the page beside it begins; null where there is none.'))
const counts = z.object({ placed: z.int(), accepted: z.int(), declined: z.int(), cancelled: z.int() })

const listed = z.object({
  reference: z.string(),
  status,
  placedOn: day,
  placedAt: instant,
  schoolName: z.string(),
  schools: z.int().check(z.describe('How many schools buy together.')),
  totalPence: pence,
  catalogue: z.string(),
  version: z.int(),
  payment: z.string(),
})

/** A page of the inbox. */
export const inboxReply = z.object({ counts, orders: z.array(listed), next: place, previous: place })

/** One order with everything that belongs to it. */
export const oneOrderReply = z.object({
  order: z.extend(listed, { conditionalPence: pence }),
  request: z.looseObject({}).check(z.describe('What was asked, as in the request that placed it.')),
  quote: z.looseObject({}).check(z.describe('What it was priced at, as in the reply to a quote.')),
  catalogue: z
    .object({
      id: z.string(),
      title: z.string(),
      offers: z.array(z.extend(named, { kind: z.string(), options: z.array(named), topics: z.array(named) })),
      groups: z.array(named),
      payment: z.array(z.object({ method: z.string(), name: z.string() })),
      districts: z.array(named),
      declaration: z.string(),
    })
    .check(z.describe('The names in the version that it was priced by.')),
  history: z.array(
    z.object({
      number: z.int(),
      at: instant,
      on: day,
      kind: z.enum(['placed', 'accepted', 'declined', 'note', 'letter-sent-again']),
      actor: z.union([z.literal('school'), somebody]),
      before: z.nullable(status).check(z.describe('Of an answer, the state that it was given to.')),
      text: z.string().check(z.describe('The reason, the note, or the kind of letter.')),
    }),
  ),
  letters: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      to: z.string().check(z.describe('Empty where it has no address.')),
      subject: z.string(),
      state: z.enum(['waiting', 'sent', 'failed', 'unaddressed']),
      attempts: z.int(),
      writtenAt: instant,
      sentAt: z.nullable(instant),
      trouble: z.nullable(z.string()),
      replacedBy: z.nullable(z.string()).check(z.describe('The letter that was sent in its place.')),
      canBeSentAgain: z.boolean(),
    }),
  ),
})

/** How an order stands once something was done with it. */
export const answerReply = z.object({ reference: z.string(), status })

/** What each school holds. */
export const schoolsReply = z.object({
  catalogue: z.string(),
  schools: z.array(
    z.object({
      name: z.string(),
      urn: z.nullable(z.string()),
      number: z.nullable(z.string()),
      district: z.nullable(z.string()),
      orders: z.array(z.object({ reference: z.string(), status, placedOn: day, schools: z.int(), pence })),
      offers: z.array(
        z.object({
          offer: z.string(),
          option: z.optional(z.string()),
          name: z.string(),
          quantity: z.int(),
          shared: z.boolean().check(z.describe('Whether the other schools of a cluster hold it with this one.')),
        }),
      ),
      pence,
      leastMinutes: minutes,
      mostMinutes: minutes,
      sharedLeastMinutes: minutes,
      sharedMostMinutes: minutes,
    }),
  ),
  next: place,
})

/** What waits, and how the year goes. Null where a role may not open it. */
export const overviewReply = z.object({
  orders: z.nullable(counts),
  oldestWaiting: z.nullable(day),
  drafts: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      updatedAt: instant,
      updatedBy: z.object({ id: z.string(), name: z.nullable(z.string()) }),
    }),
  ),
  scheduled: z.array(z.object({ catalogue: z.string(), version: z.int(), from: day })),
  lettersInTrouble: z
    .nullable(z.object({ failed: z.int(), unaddressed: z.int() }))
    .check(z.describe('Counted up to a hundred.')),
  year: z.nullable(
    z.object({
      catalogue: z.string(),
      months: z.array(
        z.object({ month: z.string(), orders: z.int(), pence, leastMinutes: minutes, mostMinutes: minutes }),
      ),
    }),
  ),
  years: z.array(z.string()),
})

/** Letters that were given up or have no address. */
export const troubledReply = z.object({
  letters: z.array(
    z.object({
      id: z.string(),
      about: z.string(),
      referral: z
        .nullable(z.enum(['waiting', 'open', 'ended', 'stopped']))
        .check(z.describe('How the referral stands that it tells of; null where it tells of none.')),
      to: z.string(),
      subject: z.string(),
      state: z.enum(['failed', 'unaddressed']),
      writtenAt: instant,
      trouble: z.nullable(z.string()),
    }),
  ),
  next: place,
})
