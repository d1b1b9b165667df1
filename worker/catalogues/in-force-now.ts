import { versionsOn } from './standing.ts'
import { documentsOf, type KeptDocument, keptOf } from './store.ts'

/** The version of a catalogue that counts on a day, straight from the database: a decision asks no memory. */
export async function inForceNow(
  db: D1Database,
  provider: string,
  catalogue: string,
  on: string,
): Promise<KeptDocument | undefined> {
  const { versions } = await keptOf(db, provider)
  const found = versionsOn(versions, on).find((version) => version.catalogue === catalogue)
  return found && (await documentsOf(db, provider, [found]))[0]
}
