/** A version that was published and not taken back: it counts from a day on, '' being from ever. */
export interface LiveVersion {
  catalogue: string
  version: number
  fromOn: string
}

/** How a version stands on a day. */
export type Standing = 'in-force' | 'scheduled' | 'retired' | 'taken-back'

/** The version of each catalogue that counts on a day: of those that have begun the one that began last, and of one day's the newest. */
export function versionsOn<Version extends LiveVersion>(live: readonly Version[], on: string): Version[] {
  const chosen = new Map<string, Version>()
  for (const version of live) {
    if (version.fromOn > on) continue
    const known = chosen.get(version.catalogue)
    if (!known || isLater(version, known)) chosen.set(version.catalogue, version)
  }
  return [...chosen.values()]
}

/** How each version stands on a day; those that were taken back are among them. */
export function standingsOn<Version extends LiveVersion & { takenBackAt: string | null }>(
  versions: readonly Version[],
  on: string,
): (Version & { state: Standing })[] {
  const counting = new Set(
    versionsOn(
      versions.filter(({ takenBackAt }) => takenBackAt === null),
      on,
    ),
  )
  return versions.map((version) => ({
    ...version,
    state:
      version.takenBackAt !== null
        ? 'taken-back'
        : counting.has(version)
          ? 'in-force'
          : version.fromOn > on
            ? 'scheduled'
            : 'retired',
  }))
}

function isLater(one: LiveVersion, other: LiveVersion): boolean {
  return one.fromOn === other.fromOn ? one.version > other.version : one.fromOn > other.fromOn
}
