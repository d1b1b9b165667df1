import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { documentsOfVersions, type NamedVersion } from './versions.store.ts'

/** How many versions an isolate remembers: each takes some 300 KB. */
const MOST_VERSIONS = 40

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
