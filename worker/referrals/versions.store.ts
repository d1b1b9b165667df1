import type { PublishedCalendar } from '../../catalogue/rules/known-calendar.ts'
import type { LiveVersion } from '../catalogues/standing.ts'

/** Which version of which catalogue. */
export interface NamedVersion {
  catalogue: string
  version: number
}

/** What some catalogue versions of a provider say of terms and closures. */
export async function calendarsOfVersions(
  db: D1Database,
  provider: string,
  versions: readonly NamedVersion[],
): Promise<PublishedCalendar[]> {
  const { results } = await db
    .prepare(
      `SELECT v.opens_on AS opensOn, v.document -> '$.calendar' AS calendar
         FROM json_each(?2)
         CROSS JOIN catalogue_version AS v
            ON v.provider = ?1 AND v.catalogue = json_each.value ->> 'catalogue' AND v.version = json_each.value ->> 'version'`,
    )
    .bind(provider, JSON.stringify(versions))
    .all<{ opensOn: string; calendar: string | null }>()
  return results.map(({ opensOn, calendar }) => ({
    opensOn,
    calendar: calendar === null ? undefined : JSON.parse(calendar),
  }))
}

/** The versions that a provider has published and not taken back. */
export async function publishedVersions(db: D1Database, provider: string): Promise<LiveVersion[]> {
  const { results } = await db
    .prepare(
      `SELECT v.catalogue AS catalogue, v.version AS version, coalesce(p.from_on, '') AS fromOn
         FROM catalogue_version AS v
         LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
        WHERE v.provider = ?1 AND p.taken_back_at IS NULL`,
    )
    .bind(provider)
    .all<LiveVersion>()
  return results
}

/** The documents of some catalogue versions of a provider, as JSON. */
export async function documentsOfVersions(
  db: D1Database,
  provider: string,
  versions: readonly NamedVersion[],
): Promise<(NamedVersion & { document: string })[]> {
  const { results } = await db
    .prepare(
      `SELECT v.catalogue AS catalogue, v.version AS version, v.document AS document
         FROM json_each(?2)
         CROSS JOIN catalogue_version AS v
            ON v.provider = ?1 AND v.catalogue = json_each.value ->> 'catalogue' AND v.version = json_each.value ->> 'version'`,
    )
    .bind(provider, JSON.stringify(versions))
    .all<NamedVersion & { document: string }>()
  return results
}
