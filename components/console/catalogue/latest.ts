import type { CatalogueEntry, Version, VersionName } from './replies.ts'

/** The version of a year that one goes on from: the one that counts, else the one that is to; what was taken back comes last. */
function goingOn({ versions }: CatalogueEntry): Version | undefined {
  return versions.find(({ state }) => state === 'in-force') ?? versions.find(({ state }) => state === 'scheduled')
}

/** The version of the latest year, or of a given one, that a new draft goes on from. A year that was taken back whole is not the latest. */
export function latestOf(catalogues: readonly CatalogueEntry[], year?: unknown): VersionName | undefined {
  const entry = catalogues.find(({ catalogue }) => catalogue === year) ?? catalogues.find(goingOn) ?? catalogues[0]
  const version = entry && (goingOn(entry) ?? entry.versions[0])
  return version && { catalogue: entry.catalogue, version: version.version }
}
