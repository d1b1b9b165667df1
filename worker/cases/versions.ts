import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { NamedVersion } from '../referrals/versions.store.ts'
import { documentsFor } from '../referrals/versions.ts'

/** A pathway in the version that a case goes by, with the calendar that its days are counted by. */
export interface CasePathway {
  pathway: Pathway
  calendar: Catalogue['calendar']
}

/** Finds the pathway of a case; undefined where its catalogue has lost it. */
export type PathwayOf = (one: NamedVersion & { pathway: string }) => CasePathway | undefined

/** The pathways that some cases of a provider go by. */
export async function pathwaysFor(
  db: D1Database,
  provider: string,
  cases: readonly NamedVersion[],
): Promise<PathwayOf> {
  const documentOf = await documentsFor(db, provider, cases)
  return (one) => {
    const document = documentOf(one)
    const pathway = document?.pathways?.find(({ id }) => id === one.pathway)
    return pathway && { pathway, calendar: document?.calendar }
  }
}
