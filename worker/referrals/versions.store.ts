/** Which version of which catalogue. */
export interface NamedVersion {
  catalogue: string
  version: number
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
