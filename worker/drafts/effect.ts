import { addDays, isDay } from '../../catalogue/rules/dates.ts'
import { pricingDay, type Term } from '../../catalogue/rules/in-force.ts'
import { orderDecision } from '../../catalogue/rules/order.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { FaultCode } from '../../catalogue/wire/faults.ts'
import type { OrderRequestBody } from '../../catalogue/wire/order.ts'
import { invalid } from '../failures.ts'
import { ordersAfter, type PlacedOrder } from './effect.store.ts'

/** What a draft makes of an order that was placed. */
export interface Effect {
  reference: string
  placedOn: string
  schoolName?: string
  /** What it came to, by the version that it was placed by. */
  beforePence: number
  /** What the same would come to; null where the draft refuses it. */
  afterPence: number | null
  /** Why it would be refused. */
  why?: FaultCode
}

/** A page of them, and where the next begins; null after the last. */
export interface EffectPage {
  orders: Effect[]
  next: string | null
  /** The days of the orders. */
  from: string
  to: string
}

/** How many orders are priced for one reply. */
const PAGE = 500

/** What was declined or cancelled is nobody's to pay. */
const STATUSES = ['accepted', 'placed'] as const

/** The last year's orders of a provider as they were, and as a draft would price them. None of them was placed before the instant `since`. */
export async function effectOf(
  db: D1Database,
  provider: string,
  draft: Catalogue,
  { today, after, withNames, since }: { today: string; after: string; withNames: boolean; since: string },
): Promise<EffectPage> {
  const days = { from: addDays(today, -365), to: today }
  const cursor = cursorFrom(after, since)
  const placed = await ordersAfter(db, provider, cursor.status, cursor, days, PAGE)
  const last = placed.length === PAGE ? placed.at(-1) : undefined
  const following = STATUSES[STATUSES.indexOf(cursor.status) + 1]
  return {
    orders: placed.map((order) => ({
      reference: order.reference,
      placedOn: order.placedOn,
      ...(withNames && { schoolName: order.schoolName }),
      beforePence: order.totalPence,
      ...pricedBy(draft, order),
    })),
    next: last ? `${cursor.status} ${last.placedAt} ${last.reference}` : following ? `${following} ${since} ` : null,
    ...days,
  }
}

/** What an order would come to by a draft, on the same day of the draft's own year. */
function pricedBy(draft: Catalogue, { placedOn, request }: PlacedOrder): Pick<Effect, 'afterPence' | 'why'> {
  const asked: OrderRequestBody = JSON.parse(request)
  const decision = orderDecision(draft, asked, sameDayWithin(draft, placedOn))
  if (decision.verdict !== 'refused') return { afterPence: decision.quote.totalPence }
  const [fault] = decision.faults
  return { afterPence: null, ...(fault && { why: fault.code }) }
}

/** The same day of another year, on which a catalogue takes orders: the nearest such year's, else the nearest of its own days. */
export function sameDayWithin(term: Term, on: string): string {
  const year = Number(on.slice(0, 4))
  const first = Number(term.opensOn.slice(0, 4))
  const last = Number(term.year.to.slice(0, 4))
  const days = Array.from({ length: last - first + 1 }, (_, index) => dayIn(first + index, on))
    .filter((day) => term.opensOn <= day && day <= term.year.to)
    .sort((one, other) => Math.abs(Number(one.slice(0, 4)) - year) - Math.abs(Number(other.slice(0, 4)) - year))
  return days[0] ?? pricingDay(term, on)
}

/** The same day of a year; the last of February where it has no 29th. */
function dayIn(year: number, day: string): string {
  const same = `${String(year).padStart(4, '0')}${day.slice(4)}`
  return isDay(same) ? same : addDays(`${same.slice(0, 8)}01`, 27)
}

function cursorFrom(
  after: string,
  since: string,
): { status: (typeof STATUSES)[number]; placedAt: string; reference: string } {
  if (after === '') return { status: STATUSES[0], placedAt: since, reference: '' }
  const [, said, placedAt = '', reference = ''] = /^(\w+) (\S{0,40}) (\S{0,60})$/.exec(after) ?? []
  const status = STATUSES.find((one) => one === said)
  if (!status) throw invalid([{ pointer: '/after', code: 'choose' }])
  return { status, placedAt, reference }
}
