import { addDays } from '../../catalogue/rules/dates.ts'
import { catalogueOn, pricingDay } from '../../catalogue/rules/in-force.ts'
import { listPricesOf } from '../../catalogue/rules/list-price.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { PathwayReply, PathwaysReply } from '../../catalogue/wire/referral.ts'
import { type AppContext, afterReply, type Clock } from '../environment.ts'
import { Failure } from '../failures.ts'
import { versionsOn } from './standing.ts'
import {
  documentsOf,
  type Kept,
  type KeptDocument,
  type KeptVersion,
  keptOf,
  keptOn,
  type ListedProvider,
  providersAfter,
} from './store.ts'

/** A published catalogue, ready to price by and to send. */
export interface Published {
  opensOn: string
  year: { from: string; to: string }
  document: Catalogue
  version: number
  /** The reply's JSON on a day and its ETag, made once for each day that is asked for. How pupils are referred is asked for by itself. */
  reply: (on: string, inForce: boolean) => Reply
  /** The same of its pathways, or of one of them with what its form needs; undefined where it has none of that name. */
  pathways: (on: string, inForce: boolean, pathway?: string) => Reply | undefined
}

/** A reply that is ready to send. */
export interface Reply {
  body: Uint8Array
  etag: string
}

/** A provider's catalogues as they stood a moment ago. */
interface Place {
  /** Every version that is not taken back, those of the days to come among them. */
  versions: readonly KeptVersion[]
  /** What may show its pages in a frame, as a policy's `frame-ancestors` has it. */
  ancestors: string
  stamp: string
  documents: Map<string, Published>
  /** The catalogues that count on a day. */
  days: Map<string, readonly Published[]>
  opening: Map<string, Promise<readonly Published[]>>
  checkedAt: number
  refreshing: Promise<void> | undefined
}

/** Younger than this is used as it is; a little older is used while it is looked up again; older still is looked up first. Milliseconds. */
const FRESH = 10_000
const STALE = 60_000

/** How many providers one isolate remembers. A catalogue with its replies takes about 200 KB. */
const MOST_PLACES = 150

/** How many days a provider's catalogues, and a catalogue's finished replies, are remembered for. */
const MOST_DAYS = 8

/** How many finished replies of one catalogue are remembered. */
const MOST_REPLIES = 24

/** A policy's word for no frame at all. */
export const NOBODY = "'none'"

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/

/**
 * The published catalogues in this isolate's memory: once warm, showing and pricing ask D1 for nothing, what is published shows
 * within a minute, and what was published for a later day counts from that day's midnight on.
 */
export class Shelf {
  readonly #now: Clock
  readonly #places = new Map<string, Place>()
  readonly #first = new Map<string, Promise<Place>>()
  /** Grows when something is forgotten: what was being read at that moment may be of before. */
  #turn = 0

  constructor(now: Clock) {
    this.#now = now
  }

  /** A provider's catalogues in the versions that count on the request's day; a provider that has none is not found. */
  async of(c: AppContext, provider: string): Promise<readonly Published[]> {
    const on = c.get('today')
    const place = this.#places.get(provider)
    const age = place ? this.#now() - place.checkedAt : Number.POSITIVE_INFINITY
    if (place && age < FRESH) return found(place.days.get(on) ?? (await this.#open(c.env.DB, provider, place, on)))
    if (provider.length > 60 || !ID.test(provider)) throw new Failure('not-found')
    if (!place) {
      const read = await this.#fetch(c.env.DB, provider, on)
      return found(read.days.get(on) ?? (await this.#open(c.env.DB, provider, read, on)))
    }
    place.refreshing ??= this.#refresh(c.env.DB, provider, place, on)
    if (age < STALE) afterReply(c, place.refreshing)
    // Catalogues of a minute ago are better than none while the database is away; an order cannot be kept then anyway.
    else await place.refreshing.catch(() => {})
    const latest = this.#places.get(provider) ?? place
    return found(latest.days.get(on) ?? (await this.#open(c.env.DB, provider, latest, on)))
  }

  /** What may show a provider's pages in a frame, as a policy's `frame-ancestors` has it; of a provider that is not remembered, nothing may. */
  ancestorsOf(provider: string): string {
    return this.#places.get(provider)?.ancestors ?? NOBODY
  }

  /** The providers that have a catalogue, for the portal's first page. */
  providers(c: AppContext): Promise<ListedProvider[]> {
    return providersAfter(c.env.DB, '', 200, c.var.today)
  }

  /** Forgets a provider that has just published something, so that this isolate shows it at once. */
  forget(provider: string): void {
    this.#turn += 1
    this.#places.delete(provider)
    this.#first.delete(provider)
  }

  #fetch(db: D1Database, provider: string, on: string): Promise<Place> {
    const running = this.#first.get(provider)
    if (running) return running
    const loading = this.#load(db, provider, on).finally(() => {
      if (this.#first.get(provider) === loading) this.#first.delete(provider)
    })
    this.#first.set(provider, loading)
    return loading
  }

  async #load(db: D1Database, provider: string, on: string): Promise<Place> {
    const turn = this.#turn
    const { documents, ...kept } = await keptOn(db, provider, on)
    const place = this.#placeOf(kept, new Map(documents.map((row) => [nameOf(row), publishedOf(row)])))
    this.#keep(provider, place, turn)
    return place
  }

  async #refresh(db: D1Database, provider: string, place: Place, on: string): Promise<void> {
    try {
      const turn = this.#turn
      const tomorrow = addDays(on, 1)
      const kept = await keptOf(db, provider)
      let current = place
      if (stampOf(kept) === place.stamp) place.checkedAt = this.#now()
      else {
        const counting = [...versionsOn(kept.versions, on), ...versionsOn(kept.versions, tomorrow)].map(nameOf)
        current = this.#placeOf(kept, new Map([...place.documents].filter(([name]) => counting.includes(name))))
        await this.#open(db, provider, current, on)
        this.#keep(provider, current, turn)
      }
      // What counts from midnight on is there before midnight.
      if (versionsOn(current.versions, tomorrow).some((version) => !current.documents.has(nameOf(version))))
        await this.#open(db, provider, current, tomorrow)
    } finally {
      place.refreshing = undefined
    }
  }

  #placeOf(kept: Kept, documents: Map<string, Published>): Place {
    return {
      versions: kept.versions,
      ancestors: kept.origins.join(' ') || NOBODY,
      stamp: stampOf(kept),
      documents,
      days: new Map(),
      opening: new Map(),
      checkedAt: this.#now(),
      refreshing: undefined,
    }
  }

  #keep(provider: string, place: Place, turn: number): void {
    if (turn !== this.#turn) return
    this.#places.delete(provider)
    this.#places.set(provider, place)
    const oldest = this.#places.size > MOST_PLACES ? this.#places.keys().next().value : undefined
    if (oldest !== undefined) this.#places.delete(oldest)
  }

  /** The catalogues that count on a day, their documents read where they are not in memory. */
  #open(db: D1Database, provider: string, place: Place, on: string): Promise<readonly Published[]> {
    const running = place.opening.get(on)
    if (running) return running
    const opening = this.#opened(db, provider, place, on).finally(() => place.opening.delete(on))
    place.opening.set(on, opening)
    return opening
  }

  async #opened(db: D1Database, provider: string, place: Place, on: string): Promise<readonly Published[]> {
    const { documents, days } = place
    const wanted = versionsOn(place.versions, on)
    const missing = wanted.filter((version) => !documents.has(nameOf(version)))
    if (missing.length > 0)
      for (const row of await documentsOf(db, provider, missing)) documents.set(nameOf(row), publishedOf(row))
    const published = wanted.flatMap((version) => documents.get(nameOf(version)) ?? [])
    if (days.size >= MOST_DAYS) {
      days.clear()
      const needed = new Set(wanted.map(nameOf))
      for (const name of documents.keys()) if (!needed.has(name)) documents.delete(name)
    }
    days.set(on, published)
    return published
  }
}

function found(published: readonly Published[]): readonly Published[] {
  if (published.length === 0) throw new Failure('not-found')
  return published
}

function stampOf({ versions, origins }: Kept): string {
  return JSON.stringify([versions, origins])
}

function nameOf({ catalogue, version, publishedAt }: KeptVersion): string {
  return `${catalogue} ${version} ${publishedAt}`
}

/** A row as a published catalogue. No document is let in that the schema refuses. */
function publishedOf({ document: text, version }: KeptDocument): Published {
  const document: Catalogue = JSON.parse(text)
  const fingerprint = fingerprintOf(text)
  const made = new Map<string, Reply>()
  const once = (name: string, on: string, whole: () => object): Reply => {
    const known = made.get(`${name} ${on}`)
    if (known) return known
    const body = new TextEncoder().encode(JSON.stringify(whole()))
    const reply = { body, etag: `"${version}-${fingerprint}-${on}"` }
    if (made.size >= MOST_REPLIES) made.clear()
    made.set(`${name} ${on}`, reply)
    return reply
  }
  const { pathways = [], calendar, privacy, ...rest } = document
  return {
    opensOn: document.opensOn,
    year: document.year,
    document,
    version,
    reply: (on, inForce) =>
      once('', on, () => {
        const prices = listPricesOf(document, pricingDay(document, on))
        return { ...rest, version, on, inForce, prices }
      }),
    pathways(on, inForce, name) {
      const { catalogue, provider, contacts } = document
      const around = {
        catalogue,
        version,
        on,
        inForce,
        provider,
        contacts,
        ...(calendar ? { calendar } : {}),
        ...(privacy ? { privacy } : {}),
      }
      if (name === undefined)
        return once('pathways', on, (): PathwaysReply => {
          const listed = pathways.map(({ id, name: called, summary }) => ({ id, name: called, summary }))
          return { ...around, pathways: listed }
        })
      const pathway = pathways.find(({ id }) => id === name)
      return pathway && once(`pathway ${name}`, on, (): PathwayReply => ({ ...around, pathway }))
    },
  }
}

/** 53 bits that differ when the text does; for ETags, not for secrets. */
function fingerprintOf(text: string): string {
  let one = 0xdeadbeef
  let two = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, 2654435761)
    two = Math.imul(two ^ code, 1597334677)
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
  return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36)
}

/** The catalogue by its name, else the one to show on a day; undefined where the provider has none of that name. */
export function chosenOf(
  published: readonly Published[],
  { catalogue, on }: { catalogue?: string | undefined; on: string },
): Published | undefined {
  if (catalogue !== undefined) return published.find(({ document }) => document.catalogue === catalogue)
  return catalogueOn(published, on)?.catalogue
}
