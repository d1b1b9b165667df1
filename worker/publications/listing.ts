import { isInForce } from '../../catalogue/rules/in-force.ts'
import { type Standing, standingsOn } from '../catalogues/standing.ts'
import { type ListedDraft, openDrafts, type Somebody } from '../drafts/store.ts'
import { type Publication, publicationsOf, titlesOf } from './store.ts'

/** A version as the console lists it. */
export interface ListedVersion {
  version: number
  state: Standing
  /** The day from which it counts; empty from ever. */
  from: string
  publishedAt: string
  publishedBy: Somebody | 'system'
  takenBackAt: string | null
  takenBackBy: Somebody | null
}

/** A provider's catalogue of a year with its versions, the newest standing first. */
export interface ListedCatalogue {
  catalogue: string
  title: string
  year: { from: string; to: string }
  opensOn: string
  /** Whether orders can be placed from it on the day. */
  inForce: boolean
  versions: ListedVersion[]
}

/** Everything that a provider has published and, for those who may edit it, what it is working on. */
export async function cataloguesOf(
  db: D1Database,
  provider: string,
  on: string,
  withDrafts: boolean,
): Promise<{ catalogues: ListedCatalogue[]; drafts: ListedDraft[] }> {
  const [publications, drafts] = await Promise.all([
    publicationsOf(db, provider),
    withDrafts ? openDrafts(db, provider) : [],
  ])
  const standing = standingsOn(publications, on)
  const years = [...new Set(standing.map(({ catalogue }) => catalogue))].map(
    (catalogue) => [catalogue, standing.filter((version) => version.catalogue === catalogue)] as const,
  )
  const shown = years.flatMap(([, versions]) => shownOf(versions) ?? [])
  const titles = new Map((await titlesOf(db, provider, shown)).map((titled) => [titled.catalogue, titled]))
  const catalogues = years.flatMap(([catalogue, versions]) => {
    const titled = titles.get(catalogue)
    const version = shownOf(versions)
    if (!titled || !version) return []
    const year = { from: titled.from, to: titled.to }
    const { opensOn } = version
    const inForce = version.state === 'in-force' && isInForce({ opensOn, year }, on)
    return [{ catalogue, title: titled.title, year, opensOn, inForce, versions: versions.map(listed).reverse() }]
  })
  // The latest year first.
  return { catalogues: catalogues.sort((a, b) => (a.opensOn < b.opensOn ? 1 : -1)), drafts }
}

/** The version that a catalogue is called by: the one that counts, else the next to count, else the last there was. */
function shownOf<Version extends { state: Standing }>(versions: readonly Version[]): Version | undefined {
  return (
    versions.find(({ state }) => state === 'in-force') ??
    versions.find(({ state }) => state === 'scheduled') ??
    versions.at(-1)
  )
}

/** A version as the console lists it. */
export function listed(publication: Publication & { state: Standing }): ListedVersion {
  const { version, state, fromOn, publishedAt, publishedBy, publishedByName, takenBackAt } = publication
  return {
    version,
    state,
    from: fromOn,
    publishedAt,
    publishedBy: publishedBy === 'system' ? publishedBy : { id: publishedBy, name: publishedByName ?? '' },
    takenBackAt,
    takenBackBy:
      publication.takenBackBy === null
        ? null
        : { id: publication.takenBackBy, name: publication.takenBackByName ?? '' },
  }
}
