import { recordEntry } from '../records/store.ts'

/** The websites that may show a provider's pages in a frame, by the alphabet. */
export async function frameOrigins(db: D1Database, provider: string): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT origin FROM frame_origin WHERE provider = ?1 ORDER BY origin')
    .bind(provider)
    .all<{ origin: string }>()
  return results.map(({ origin }) => origin)
}

/** Lets these websites and no others show a provider's pages in a frame, and says so in the record. */
export async function keepFrameOrigins(
  db: D1Database,
  provider: string,
  origins: readonly string[],
  { person, at }: { person: string; at: string },
): Promise<void> {
  const list = JSON.stringify(origins)
  const entry = {
    provider,
    actor: person,
    action: 'frames-changed',
    subject: provider,
    detail: { websites: origins.length },
  }
  await db.batch([
    db
      .prepare('DELETE FROM frame_origin WHERE provider = ?1 AND origin NOT IN (SELECT value FROM json_each(?2))')
      .bind(provider, list),
    db
      .prepare(
        'INSERT INTO frame_origin (provider, origin) SELECT ?1, value FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING',
      )
      .bind(provider, list),
    recordEntry(db, entry, at),
  ])
}
