import { catalogueOn } from '../../catalogue/rules/in-force.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { type LiveVersion, versionsOn } from '../catalogues/standing.ts'
import { documentsOf, keptOf } from '../catalogues/store.ts'
import type { Description } from './store.ts'

/**
 * What a provider is described by on a day: the catalogue that is shown then. `change` says what is about to become of its
 * versions, and brings the documents that are not kept yet.
 */
export async function descriptionAfter(
  db: D1Database,
  provider: string,
  on: string,
  change: (versions: LiveVersion[]) => (LiveVersion & { document?: Catalogue })[],
): Promise<Description | undefined> {
  const { versions } = await keptOf(db, provider)
  const counting = versionsOn(change(versions), on)
  const kept = await documentsOf(
    db,
    provider,
    counting.filter(({ document }) => document === undefined),
  )
  const documents: Catalogue[] = [
    ...counting.flatMap(({ document }) => document ?? []),
    ...kept.map(({ document }) => JSON.parse(document)),
  ]
  const shown = catalogueOn(documents, on)?.catalogue.provider
  return shown && { name: shown.name, service: shown.service, kind: shown.kind, about: shown.about }
}
