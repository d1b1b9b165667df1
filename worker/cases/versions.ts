import type { Calendar } from '../../catalogue/schema/calendar.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { NamedVersion } from '../referrals/versions.store.ts'
import { calendarOf, documentsFor } from '../referrals/versions.ts'

/** A pathway in the version that a case goes by, with the calendar that its days are counted by. */
export interface CasePathway {
  pathway: Pathway
  calendar: Calendar
}

/** Finds the pathway of a case; undefined where its catalogue has lost it. */
export type PathwayOf = (one: NamedVersion & { pathway: string }) => CasePathway | undefined

/** The pathways that some cases of a provider go by. */
export async function pathwaysFor(
  db: D1Database,
  provider: string,
  cases: readonly NamedVersion[],
): Promise<PathwayOf> {
  const [documentOf, calendar] = await Promise.all([documentsFor(db, provider, cases), calendarOf(db, provider)])
  return (one) => {
    const document = documentOf(one)
    const pathway = document?.pathways?.find(({ id }) => id === one.pathway)
    return pathway && { pathway, calendar }
  }
}
