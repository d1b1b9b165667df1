/** Which versions of a provider's catalogues stand in the database: the newest of each. */
export interface CurrentVersion {
  catalogue: string
  version: number
  publishedAt: string
}

/** A provider as the list of providers shows it. */
export interface ListedProvider {
  id: string
  name: string
  service: string
  kind: string
  about: string
}

/** The newest version of each of a provider's catalogues, without the documents. */
export async function currentVersions(db: D1Database, provider: string): Promise<CurrentVersion[]> {
  const { results } = await db
    .prepare(
      `SELECT catalogue, version, published_at AS publishedAt
         FROM catalogue_version AS latest
        WHERE provider = ?1
          AND version = (SELECT max(version) FROM catalogue_version WHERE provider = ?1 AND catalogue = latest.catalogue)
        ORDER BY catalogue`,
    )
    .bind(provider)
    .all<CurrentVersion>()
  return results
}

/** The newest version of each of a provider's catalogues, documents and all. */
export async function currentCatalogues(
  db: D1Database,
  provider: string,
): Promise<(CurrentVersion & { document: string })[]> {
  const { results } = await db
    .prepare(
      `SELECT catalogue, version, published_at AS publishedAt, document
         FROM catalogue_version AS latest
        WHERE provider = ?1
          AND version = (SELECT max(version) FROM catalogue_version WHERE provider = ?1 AND catalogue = latest.catalogue)
        ORDER BY catalogue`,
    )
    .bind(provider)
    .all<CurrentVersion & { document: string }>()
  return results
}

/** Up to `most` providers whose ids come after `after`, in the order of their ids. */
export async function providersAfter(db: D1Database, after: string, most: number): Promise<ListedProvider[]> {
  const { results } = await db
    .prepare('SELECT id, name, service, kind, about FROM provider WHERE id > ?1 ORDER BY id LIMIT ?2')
    .bind(after, most)
    .all<ListedProvider>()
  return results
}

/** Whether at least one catalogue is there. */
export async function hasCatalogues(db: D1Database): Promise<boolean> {
  const row = await db.prepare("SELECT 1 AS found FROM catalogue_version WHERE provider > '' LIMIT 1").first()
  return row !== null
}
