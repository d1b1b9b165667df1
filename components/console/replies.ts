import type { Quote } from '../../catalogue/rules/quote.ts'
import type { OrderRequestBody, OrderStatus } from '../../catalogue/wire/order.ts'
import type { CasePart, Right, Role } from '../../catalogue/wire/roles.ts'

/** A provider that somebody belongs to. */
export interface Membership {
  id: string
  name: string
  role: Role
  rights: Right[]
  /** What its catalogues have of panels, a waiting list and places. */
  parts: CasePart[]
}

/** Who is signed in, and where. */
export interface Session {
  person: { id: string; email: string; name: string }
  session: string
  providers: Membership[]
  origin: string
  development: boolean
  /** The calendar's day, `YYYY-MM-DD`. */
  today: string
}

/** How many orders stand in each state. */
export type OrderCounts = Readonly<Record<OrderStatus, number>>

/** A month of a year: what came in, and the support that it buys. */
export interface MonthOfOrders {
  /** `2024-04` */
  month: string
  orders: number
  pence: number
  leastMinutes: number
  mostMinutes: number
}

/** What waits at a provider, and how its year goes. Orders are left out for those who may not read them. */
export interface Overview {
  orders: OrderCounts | null
  oldestWaiting: string | null
  drafts: { id: string; title: string; updatedAt: string; updatedBy: { id: string; name: string | null } }[]
  scheduled: { catalogue: string; version: number; from: string }[]
  /** Counted up to 100. */
  lettersInTrouble: { failed: number; unaddressed: number } | null
  year: { catalogue: string; months: MonthOfOrders[] } | null
  years: string[]
}

/** Somebody at a provider, or somebody invited who has not come yet. */
export interface Colleague {
  id: string
  email: string
  name: string
  role: Role
  since: string
  invitedBy: { id: string; name: string } | null
  signedInAt: string | null
}

/** One entry of the record. */
export interface RecordEntry {
  number: number
  at: string
  actor: { id: string; name: string; email: string } | 'school' | 'family' | 'system' | string
  action: string
  subject: string
  detail: Readonly<Record<string, string | number | boolean | null>>
  sealed: boolean
}

/** An order as the inbox lists it. */
export interface ListedOrder {
  reference: string
  status: OrderStatus
  placedOn: string
  placedAt: string
  schoolName: string
  /** How many schools buy together. */
  schools: number
  totalPence: number
  catalogue: string
  version: number
  payment: 'invoice' | 'journal'
}

/** A page of the inbox. */
export interface Inbox {
  counts: OrderCounts
  orders: ListedOrder[]
  /** Where the pages beside it begin. */
  next: string | null
  previous: string | null
}

/** What happened to an order. */
export interface OrderEvent {
  at: string
  actor: { id: string; name: string; email: string } | 'school'
  kind: 'placed' | 'accepted' | 'declined' | 'note' | 'letter-sent-again'
  text: string
}

/** A letter about an order. */
export interface OrderLetter {
  id: string
  /** Empty where the catalogue names no address. */
  to: string
  subject: string
  state: 'waiting' | 'sent' | 'failed' | 'unaddressed'
  writtenAt: string
  sentAt: string | null
  trouble: string | null
  canBeSentAgain: boolean
}

/** What an order's catalogue calls the things that the order mentions. */
export interface OrderCatalogue {
  id: string
  title: string
  offers: {
    id: string
    name: string
    options: { id: string; name: string }[]
    topics: { id: string; name: string }[]
  }[]
  groups: { id: string; name: string }[]
  payment: { method: string; name: string }[]
  districts: { id: string; name: string }[]
}

/** One order with everything that belongs to it. */
export interface OrderDetail {
  order: ListedOrder
  request: OrderRequestBody
  quote: Quote
  /** The catalogue that it was priced by. */
  catalogue: OrderCatalogue
  history: OrderEvent[]
  letters: OrderLetter[]
}

/** What a school holds in a year, by orders that were not turned down. */
export interface HoldingSchool {
  name: string
  urn: string | null
  number: string | null
  district: string | null
  orders: { reference: string; placedOn: string; status: OrderStatus; schools: number; pence: number }[]
  /** `shared`: with the other schools of its cluster. */
  offers: { offer: string; option?: string; name: string; quantity: number; shared: boolean }[]
  /** Its share of what its orders come to. */
  pence: number
  leastMinutes: number
  mostMinutes: number
  sharedLeastMinutes: number
  sharedMostMinutes: number
}

/** A letter that was given up, or that has no address to go to. */
export interface TroubledLetter {
  id: string
  /** The reference of the order or referral that it tells of, `invitation` or `panel`. */
  about: string
  /** How the referral stands that it tells of; null where it tells of none. */
  referral: 'waiting' | 'open' | 'ended' | 'stopped' | null
  to: string
  subject: string
  state: 'failed' | 'unaddressed'
  writtenAt: string
  trouble: string | null
}
