import type { LiveVersion } from './standing.ts'

/** A version of a catalogue that was published and not taken back. */
export interface KeptVersion extends LiveVersion {
  publishedAt: string
}

/** A version with its document's JSON. */
export type KeptDocument = KeptVersion & { document: string }

/** What an isolate remembers of a provider beside its documents. */
export interface Kept {
  versions: KeptVersion[]
  /** Websites that may show the portal's pages in a frame. */
  origins: string[]
}

/** A provider as the list of providers shows it. */
export interface ListedProvider {
  id: string
  name: string
  service: string
  kind: string
  about: string
}

/** A provider's versions that are not taken back, without their documents, and the websites that may frame its pages. */
export async function keptOf(db: D1Database, provider: string): Promise<Kept> {
  const [versions, origins] = await db.batch([versionsOf(db, provider), originsOf(db, provider)])
  return keptFrom(versions, origins)
}

/** The same, with the documents of the versions that count on a day. */
export async function keptOn(
  db: D1Database,
  provider: string,
  on: string,
): Promise<Kept & { documents: KeptDocument[] }> {
  const [versions, origins, documents] = await db.batch([
    versionsOf(db, provider),
    originsOf(db, provider),
    db
      .prepare(
        `SELECT v.catalogue AS catalogue, v.version AS version, coalesce(p.from_on, '') AS fromOn,
                v.published_at AS publishedAt, v.document AS document
           FROM catalogue_version AS v
           LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
          WHERE v.provider = ?1
            AND (v.catalogue, v.version) IN (
              SELECT w.catalogue,
                     CAST(substr(max(coalesce(nullif(q.from_on, ''), '0000-00-00') || printf('%012d', w.version)), 11) AS INTEGER)
                FROM catalogue_version AS w
                LEFT JOIN publication AS q ON q.provider = w.provider AND q.catalogue = w.catalogue AND q.version = w.version
               WHERE w.provider = ?1 AND q.taken_back_at IS NULL AND coalesce(q.from_on, '') <= ?2
               GROUP BY w.catalogue)`,
      )
      .bind(provider, on),
  ])
  return { ...keptFrom(versions, origins), documents: (documents?.results ?? []) as KeptDocument[] }
}

/** Documents by their catalogue's name and their version. */
export async function documentsOf(
  db: D1Database,
  provider: string,
  versions: readonly LiveVersion[],
): Promise<KeptDocument[]> {
  const { results } = await db
    .prepare(
      `SELECT v.catalogue AS catalogue, v.version AS version, coalesce(p.from_on, '') AS fromOn,
              v.published_at AS publishedAt, v.document AS document
         FROM catalogue_version AS v
         LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
        WHERE v.provider = ?1
          AND (v.catalogue, v.version) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))`,
    )
    .bind(provider, JSON.stringify(versions.map(({ catalogue, version }) => [catalogue, version])))
    .all<KeptDocument>()
  return results
}

/** Up to `most` providers that have something published on a day and whose ids come after `after`, in the order of their ids. */
export async function providersAfter(
  db: D1Database,
  after: string,
  most: number,
  on: string,
): Promise<ListedProvider[]> {
  const { results } = await db
    .prepare(
      `SELECT id, name, service, kind, about
         FROM provider
        WHERE id > ?1
          AND EXISTS (
            SELECT 1 FROM catalogue_version AS v
              LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
             WHERE v.provider = provider.id AND p.taken_back_at IS NULL AND coalesce(p.from_on, '') <= ?3)
        ORDER BY id LIMIT ?2`,
    )
    .bind(after, most, on)
    .all<ListedProvider>()
  return results
}

/** Whether at least one catalogue is there. */
export async function hasCatalogues(db: D1Database): Promise<boolean> {
  const row = await db.prepare("SELECT 1 AS found FROM catalogue_version WHERE provider > '' LIMIT 1").first()
  return row !== null
}

function versionsOf(db: D1Database, provider: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT v.catalogue AS catalogue, v.version AS version, coalesce(p.from_on, '') AS fromOn, v.published_at AS publishedAt
         FROM catalogue_version AS v
         LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
        WHERE v.provider = ?1 AND p.taken_back_at IS NULL
        ORDER BY v.catalogue, v.version`,
    )
    .bind(provider)
}

function originsOf(db: D1Database, provider: string): D1PreparedStatement {
  return db.prepare('SELECT origin FROM frame_origin WHERE provider = ?1 ORDER BY origin').bind(provider)
}

function keptFrom(versions: D1Result | undefined, origins: D1Result | undefined): Kept {
  return {
    versions: (versions?.results ?? []) as KeptVersion[],
    origins: ((origins?.results ?? []) as { origin: string }[]).map(({ origin }) => origin),
  }
}
