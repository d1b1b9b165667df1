import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { documentsOfVersions } from './lists.store.ts'

/** A pathway in the version that a case goes by, with the calendar that its days are counted by. */
export interface CasePathway {
  pathway: Pathway
  calendar: Catalogue['calendar']
}

/** Which version of which catalogue a case goes by. */
export interface VersionOfCase {
  pathway: string
  catalogue: string
  version: number
}

type Document = Pick<Catalogue, 'pathways' | 'calendar'>

/** A version never changes, so that what was read of it once is kept; a pathway takes about 60 KB. */
const MOST_VERSIONS = 40
const versions = new Map<string, Document>()

/** Finds the pathway of a case; undefined where its catalogue has lost it. */
export type PathwayOf = (one: VersionOfCase) => CasePathway | undefined

/** The pathways that some cases of a provider go by. */
export async function pathwaysFor(
  db: D1Database,
  provider: string,
  cases: readonly VersionOfCase[],
): Promise<PathwayOf> {
  const wanted = new Map(cases.map(({ catalogue, version }) => [`${catalogue} ${version}`, { catalogue, version }]))
  const here = new Map<string, Document>()
  for (const name of wanted.keys()) {
    const known = versions.get(`${provider} ${name}`)
    if (known) here.set(name, known)
  }
  const missing = [...wanted].filter(([name]) => !here.has(name)).map(([, one]) => one)
  if (missing.length > 0)
    for (const { catalogue, version, document } of await documentsOfVersions(db, provider, missing)) {
      const { pathways = [], calendar }: Catalogue = JSON.parse(document)
      const kept: Document = { pathways, calendar }
      if (versions.size >= MOST_VERSIONS) versions.clear()
      versions.set(`${provider} ${catalogue} ${version}`, kept)
      here.set(`${catalogue} ${version}`, kept)
    }
  return ({ pathway, catalogue, version }) => {
    const document = here.get(`${catalogue} ${version}`)
    const found = document?.pathways?.find(({ id }) => id === pathway)
    return found && { pathway: found, calendar: document?.calendar }
  }
}
