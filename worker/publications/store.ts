import type { LiveVersion } from '../catalogues/standing.ts'

/** A version with who published it and whether it was taken back. */
export interface Publication extends LiveVersion {
  opensOn: string
  endsOn: string
  publishedAt: string
  publishedBy: string
  publishedByName: string | null
  takenBackAt: string | null
  takenBackBy: string | null
  takenBackByName: string | null
}

/** Every version of a provider's catalogues, taken back ones too, by the year's name and the version. */
export async function publicationsOf(db: D1Database, provider: string): Promise<Publication[]> {
  const { results } = await db
    .prepare(
      `SELECT v.catalogue AS catalogue, v.version AS version, v.opens_on AS opensOn, v.ends_on AS endsOn,
              coalesce(p.from_on, '') AS fromOn, v.published_at AS publishedAt,
              coalesce(p.published_by, 'system') AS publishedBy, a.name AS publishedByName,
              p.taken_back_at AS takenBackAt, p.taken_back_by AS takenBackBy, b.name AS takenBackByName
         FROM catalogue_version AS v
         LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
         LEFT JOIN person AS a ON a.id = p.published_by
         LEFT JOIN person AS b ON b.id = p.taken_back_by
        WHERE v.provider = ?1
        ORDER BY v.catalogue, v.version`,
    )
    .bind(provider)
    .all<Publication>()
  return results
}

/** What a catalogue is called, and the days of its year. */
export interface Titled {
  catalogue: string
  title: string
  from: string
  to: string
}

/** What versions are called, read out of their documents. */
export async function titlesOf(db: D1Database, provider: string, versions: readonly LiveVersion[]): Promise<Titled[]> {
  const { results } = await db
    .prepare(
      `SELECT catalogue, document ->> '$.title' AS title, document ->> '$.year.from' AS "from", document ->> '$.year.to' AS "to"
         FROM catalogue_version
        WHERE provider = ?1 AND (catalogue, version) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))`,
    )
    .bind(provider, JSON.stringify(versions.map(({ catalogue, version }) => [catalogue, version])))
    .all<Titled>()
  return results
}

/** The document's JSON of a version that is there. */
export async function versionDocument(
  db: D1Database,
  provider: string,
  { catalogue, version }: LiveVersion,
): Promise<string> {
  const row = await db
    .prepare('SELECT document FROM catalogue_version WHERE provider = ?1 AND catalogue = ?2 AND version = ?3')
    .bind(provider, catalogue, version)
    .first<{ document: string }>()
  return row?.document ?? 'null'
}

/** How the list of providers describes one. */
export interface Description {
  name: string
  service: string
  kind: string
  about: string
}

/** A version to be taken back, and who does so. */
export interface TakeBack {
  provider: string
  catalogue: string
  version: number
  person: string
  at: string
  /** What the provider is described by from then on; undefined leaves it. */
  description: Description | undefined
}

/** Takes a version back and says so in the record, once. False where it was taken back already. */
export async function takeBack(
  db: D1Database,
  { provider, catalogue, version, person, at, description }: TakeBack,
): Promise<boolean> {
  const results = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?2, 'catalogue-taken-back', ?3, json_object('version', ?4, 'from', coalesce(p.from_on, '')), ?5
           FROM catalogue_version AS v
           LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
          WHERE v.provider = ?1 AND v.catalogue = ?6 AND v.version = ?4 AND p.taken_back_at IS NULL`,
      )
      .bind(provider, person, `${catalogue} v${version}`, version, at, catalogue),
    ...(description
      ? [
          db
            .prepare('UPDATE provider SET name = ?2, service = ?3, kind = ?4, about = ?5 WHERE id = ?1')
            .bind(provider, description.name, description.service, description.kind, description.about),
        ]
      : []),
    db
      .prepare(
        `INSERT INTO publication (provider, catalogue, version, from_on, published_at, published_by, taken_back_at, taken_back_by)
         SELECT provider, catalogue, version, '', published_at, 'system', ?4, ?5
           FROM catalogue_version WHERE provider = ?1 AND catalogue = ?2 AND version = ?3
         ON CONFLICT (provider, catalogue, version) DO UPDATE SET taken_back_at = excluded.taken_back_at, taken_back_by = excluded.taken_back_by
          WHERE publication.taken_back_at IS NULL`,
      )
      .bind(provider, catalogue, version, at, person),
  ])
  return results.at(-1)?.meta.changes === 1
}
