import type { OrderRequestBody } from '../../catalogue/wire/order.ts'
import { type AppContext, type Bindings, type Clock, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'

/** Requests and orders a minute from one address, which the schools of a county may share, and orders a minute for one school and for one contact. */
const PRODUCTION = { reads: 1_200, writes: 60, school: 10 }
const DEVELOPMENT = { reads: 20_000, writes: 20_000, school: 20_000 }

/** Letters a day that strangers can make us write to one mailbox: in the database, so wherever they ask from and whenever. */
const LETTERS_A_DAY = { production: 20, development: 20_000 }

/** How many counters one minute may hold; a flood of addresses then starts the minute anew rather than filling the memory. */
const MOST_COUNTERS = 50_000

/** Counters of the present minute, in this isolate alone. */
export class Limits {
  readonly #now: Clock
  #minute = 0
  #counts = new Map<string, number>()

  constructor(now: Clock) {
    this.#now = now
  }

  /** Counts a request of one address; a minute's last one is followed by 429. */
  countRequest(c: AppContext): void {
    const most = mostOf(c.env, 'reads')
    if (most > 0) this.#count(`r ${addressOf(c)}`, most)
  }

  /** Counts a write of one address, with Cloudflare's own counters where there are some. */
  async countWrite(c: AppContext): Promise<void> {
    const most = mostOf(c.env, 'writes')
    if (most > 0) this.#count(`w ${addressOf(c)}`, most)
    await this.#ask(c.env, c.env.ORDERS_PER_ADDRESS, addressOf(c))
  }

  /** Counts an order at a provider for its contact and for the school that signs, each by itself, whatever address it comes from. */
  async countOrder(c: AppContext, provider: string, { contact, buyer }: OrderRequestBody): Promise<void> {
    const [first] = buyer.schools
    const subjects = [`${provider} contact ${contact.email}`, `${provider} school ${first?.name} ${first?.urn ?? ''}`]
    await this.#countSubjects(c, subjects)
  }

  /** Counts a letter that a stranger makes us write to an address, whatever address the request comes from. */
  async countLetter(c: AppContext, provider: string, to: string): Promise<void> {
    await this.#countSubjects(c, [`${provider} letter ${to}`])
  }

  async #countSubjects(c: AppContext, named: string[]): Promise<void> {
    const most = isDevelopment(c.env) ? DEVELOPMENT.school : PRODUCTION.school
    const subjects = named.map((subject) => subject.toLowerCase())
    if (mostOf(c.env, 'writes') > 0) for (const subject of subjects) this.#count(`s ${subject}`, most)
    await Promise.all(subjects.map((subject) => this.#ask(c.env, c.env.ORDERS_PER_SCHOOL, subject)))
  }

  #count(key: string, most: number): void {
    const minute = Math.floor(this.#now() / 60_000)
    if (minute !== this.#minute || this.#counts.size > MOST_COUNTERS) {
      this.#minute = minute
      this.#counts = new Map()
    }
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    if (count > most)
      throw new Failure('too-many-requests', { retryAfter: Math.ceil(((minute + 1) * 60_000 - this.#now()) / 1_000) })
  }

  async #ask(env: Bindings, limit: RateLimit | undefined, key: string): Promise<void> {
    if (!limit || isDevelopment(env)) return
    const { success } = await limit.limit({ key })
    if (!success) throw new Failure('too-many-requests', { retryAfter: 60 })
  }
}

/** `READS_A_MINUTE` and `WRITES_A_MINUTE` change the limits of an address; 0 takes them away. */
function mostOf(env: Bindings, kind: 'reads' | 'writes'): number {
  const said = kind === 'reads' ? env.READS_A_MINUTE : env.WRITES_A_MINUTE
  const most = Number(said || Number.NaN)
  if (Number.isFinite(most)) return most
  return (isDevelopment(env) ? DEVELOPMENT : PRODUCTION)[kind]
}

/** `LETTERS_A_DAY` changes how many letters strangers can make us write to one mailbox in a day; 0 takes the limit away. */
export function mostLettersADay(env: Bindings): number {
  const most = Number(env.LETTERS_A_DAY || Number.NaN)
  if (Number.isFinite(most)) return most
  return isDevelopment(env) ? LETTERS_A_DAY.development : LETTERS_A_DAY.production
}

function addressOf(c: AppContext): string {
  return c.req.header('CF-Connecting-IP') ?? ''
}
