import { catalogueOn, pricingDay } from '../../catalogue/rules/in-force.ts'
import { listPricesOf } from '../../catalogue/rules/list-price.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { type AppContext, afterReply, type Clock } from '../environment.ts'
import { Failure } from '../failures.ts'
import {
  type CurrentVersion,
  currentCatalogues,
  currentVersions,
  type ListedProvider,
  providersAfter,
} from './store.ts'

/** A published catalogue, ready to price by and to send. */
export interface Published {
  opensOn: string
  year: { from: string; to: string }
  document: Catalogue
  version: number
  /** The reply's JSON on a day and its ETag, made once for each day that is asked for. */
  reply: (on: string, inForce: boolean) => { body: Uint8Array; etag: string }
}

/** A provider's catalogues as they stood a moment ago. */
interface Place {
  published: readonly Published[]
  stamp: string
  checkedAt: number
  refreshing: Promise<void> | undefined
}

/** Younger than this is used as it is; a little older is used while it is looked up again; older still is looked up first. Milliseconds. */
const FRESH = 10_000
const STALE = 60_000

/** How many providers one isolate remembers. A catalogue with its replies takes about 200 KB. */
const MOST_PLACES = 150

/** For how many days a catalogue's finished reply is kept. */
const MOST_DAYS = 8

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** The published catalogues in this isolate's memory: once warm, showing and pricing ask D1 for nothing, and what is published shows within seconds. */
export class Shelf {
  readonly #now: Clock
  readonly #places = new Map<string, Place>()
  readonly #first = new Map<string, Promise<Place>>()

  constructor(now: Clock) {
    this.#now = now
  }

  /** A provider's catalogues, the newest version of each; a provider that has none is not found. */
  async of(c: AppContext, provider: string): Promise<readonly Published[]> {
    const place = this.#places.get(provider)
    const age = place ? this.#now() - place.checkedAt : Number.POSITIVE_INFINITY
    if (place && age < FRESH) return found(place)
    if (provider.length > 60 || !ID.test(provider)) throw new Failure('not-found')
    if (!place) return found(await this.#fetch(c.env.DB, provider))
    place.refreshing ??= this.#refresh(c.env.DB, provider, place)
    if (age < STALE) afterReply(c, place.refreshing)
    // Catalogues of a minute ago are better than none while the database is away; an order cannot be kept then anyway.
    else await place.refreshing.catch(() => {})
    return found(this.#places.get(provider) ?? place)
  }

  /** The providers that have a catalogue, for the portal's first page. */
  providers(c: AppContext): Promise<ListedProvider[]> {
    return providersAfter(c.env.DB, '', 200)
  }

  #fetch(db: D1Database, provider: string): Promise<Place> {
    const running = this.#first.get(provider)
    if (running) return running
    const loading = this.#load(db, provider).finally(() => this.#first.delete(provider))
    this.#first.set(provider, loading)
    return loading
  }

  async #refresh(db: D1Database, provider: string, place: Place): Promise<void> {
    try {
      const stamp = stampOf(await currentVersions(db, provider))
      if (stamp === place.stamp) place.checkedAt = this.#now()
      else await this.#load(db, provider)
    } finally {
      place.refreshing = undefined
    }
  }

  async #load(db: D1Database, provider: string): Promise<Place> {
    const rows = await currentCatalogues(db, provider)
    const place: Place = {
      published: rows.map(publishedOf),
      stamp: stampOf(rows),
      checkedAt: this.#now(),
      refreshing: undefined,
    }
    this.#places.delete(provider)
    this.#places.set(provider, place)
    const oldest = this.#places.size > MOST_PLACES ? this.#places.keys().next().value : undefined
    if (oldest !== undefined) this.#places.delete(oldest)
    return place
  }
}

function found({ published }: Place): readonly Published[] {
  if (published.length === 0) throw new Failure('not-found')
  return published
}

function stampOf(versions: readonly CurrentVersion[]): string {
  return versions.map(({ catalogue, version, publishedAt }) => `${catalogue} ${version} ${publishedAt}`).join(', ')
}

/** A row as a published catalogue. The loader let no document in that the schema refuses. */
function publishedOf({ document: text, version }: CurrentVersion & { document: string }): Published {
  const document: Catalogue = JSON.parse(text)
  const made = new Map<string, { body: Uint8Array; etag: string }>()
  const fingerprint = fingerprintOf(text)
  return {
    opensOn: document.opensOn,
    year: document.year,
    document,
    version,
    reply(on, inForce) {
      const known = made.get(on)
      if (known) return known
      const prices = listPricesOf(document, pricingDay(document, on))
      const whole = JSON.stringify({ ...document, version, on, inForce, prices })
      const reply = { body: new TextEncoder().encode(whole), etag: `"${version}-${fingerprint}-${on}"` }
      if (made.size >= MOST_DAYS) made.clear()
      made.set(on, reply)
      return reply
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
