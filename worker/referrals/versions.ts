import { knownCalendar } from '../../catalogue/rules/known-calendar.ts'
import type { Calendar } from '../../catalogue/schema/calendar.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { type LiveVersion, versionsOn } from '../catalogues/standing.ts'
import { calendarsOfVersions, documentsOfVersions, type NamedVersion, publishedVersions } from './versions.store.ts'

/** How many versions an isolate remembers: each takes some 300 KB. */
const MOST_VERSIONS = 40

/** How many calendars an isolate remembers: each takes a few KB. */
const MOST_CALENDARS = 400

/** Later than every day: the terms of a catalogue that is published for a later day are known from now on. */
const EVER = '9999-12-31'

/** What was read of a database’s versions: a version never changes. */
const known = new WeakMap<D1Database, Map<string, Catalogue>>()

/** Finds the document of a version; undefined where there is none. */
export type DocumentOf = (one: NamedVersion) => Catalogue | undefined

/** The catalogue versions that some referrals of a provider go by. Warm, it asks D1 for nothing. */
export async function documentsFor(
  db: D1Database,
  provider: string,
  versions: readonly NamedVersion[],
): Promise<DocumentOf> {
  const nameOf = ({ catalogue, version }: NamedVersion) => `${provider} ${catalogue} ${version}`
  const kept = known.get(db) ?? new Map<string, Catalogue>()
  known.set(db, kept)
  const wanted = new Map(
    versions.map(({ catalogue, version }) => [nameOf({ catalogue, version }), { catalogue, version }]),
  )
  const here = new Map(
    [...wanted.keys()].flatMap((name) => {
      const document = kept.get(name)
      return document ? [[name, document] as const] : []
    }),
  )
  const missing = [...wanted].flatMap(([name, one]) => (here.has(name) ? [] : [one]))
  if (missing.length > 0)
    for (const { document, ...one } of await documentsOfVersions(db, provider, missing)) {
      const read: Catalogue = JSON.parse(document)
      if (kept.size >= MOST_VERSIONS) kept.clear()
      kept.set(nameOf(one), read)
      here.set(nameOf(one), read)
    }
  return (one) => here.get(nameOf(one))
}

/** The calendars that were put together from a database’s versions. */
const calendars = new WeakMap<D1Database, Map<string, Calendar>>()

/**
 * The calendar that a provider’s cases are counted by, from all that it has published: the newest version of each catalogue. Warm, it
 * asks D1 for nothing where the versions are at hand.
 */
export async function calendarOf(
  db: D1Database,
  provider: string,
  published?: readonly LiveVersion[],
): Promise<Calendar> {
  const newest = versionsOn(published ?? (await publishedVersions(db, provider)), EVER)
  const name = newest.map(({ catalogue, version }) => `${provider} ${catalogue} ${version}`).join('\n')
  const known = calendars.get(db) ?? new Map<string, Calendar>()
  calendars.set(db, known)
  const before = known.get(name)
  if (before) return before
  const calendar = knownCalendar(await calendarsOfVersions(db, provider, newest))
  if (known.size >= MOST_CALENDARS) known.clear()
  known.set(name, calendar)
  return calendar
}
