import { haveIds, haveKeys, isObject, same, under } from './pointers.ts'

/** An entry of a list before and after: its indices, of which one is missing where it was added or taken away. */
export interface Pair {
  before?: number
  after?: number
  /** Whether it stands elsewhere among the others. */
  moved: boolean
}

/** What tells entries apart that have no id: where a band, a tier or a price by date starts, a class of buyer, a language and so on. */
const KEYS = ['from', 'class', 'method', 'provider', 'language']

/** The lists whose entries are matched by their place where none was added: prices of blocks, and steps by date. */
const SORTS: Record<string, string> = { '': 'number', from: 'string' }

/**
 * Which entries of two lists belong together: by id where they have ids, else by what tells them apart, else by being
 * the same; as many amounts or steps by date as before by their place; what is left between two that belong together is paired by its place. In the order of the list after,
 * where each that was taken away follows the one that it followed.
 */
export function aligned(before: readonly unknown[], after: readonly unknown[]): Pair[] {
  const byId = haveIds(before, after)
  const key = byId ? 'id' : KEYS.find((name) => haveKeys(name, before, after))
  // As many amounts, or steps by date, as before are the same ones with other values: one step may fall on the day that
  // another had last year.
  const isRow = [...before, ...after].every(
    (entry) => typeof (key === 'from' ? under(entry, key) : entry) === SORTS[key ?? ''],
  )
  if (isRow && before.length === after.length)
    return before.map((_, index) => ({ before: index, after: index, moved: false }))
  const nameOf = (entry: unknown): string => (key ? String(under(entry, key)) : JSON.stringify(entry))
  const oldPlaces = placesOf(before.map(nameOf))
  const partners = named(after.map(nameOf)).map((name) => oldPlaces.get(name))
  const staying = longestRise(partners)

  const pairs: Pair[] = partners.flatMap((place, index) =>
    place === undefined ? [] : [{ before: place, after: index, moved: !staying.has(index) }],
  )
  const isTaken = new Set(pairs.map((pair) => pair.before))
  let lost = before.flatMap((_, index) => (isTaken.has(index) ? [] : [index]))
  const come = partners.flatMap((place, index) => (place === undefined ? [index] : []))
  const anchors = pairs.filter(({ moved }) => !moved)
  for (const index of come) {
    // The gap that an added entry stands in, between those that stay.
    const above = anchors.findLast((pair) => (pair.after ?? 0) < index)?.before ?? -1
    const below = anchors.find((pair) => (pair.after ?? 0) > index)?.before ?? before.length
    const partner = lost.find(
      (place) => place > above && place < below && (!byId || isRenumbered(before[place], after[index])),
    )
    lost = lost.filter((place) => place !== partner)
    pairs.push(partner === undefined ? { after: index, moved: false } : { before: partner, after: index, moved: false })
  }
  pairs.sort((one, other) => (one.after ?? 0) - (other.after ?? 0))
  for (const place of lost) {
    const above = pairs.findLastIndex((pair) => pair.before !== undefined && pair.before < place && !pair.moved)
    pairs.splice(above + 1, 0, { before: place, moved: false })
  }
  return pairs
}

/** Whether two entries differ in nothing but their ids. */
function isRenumbered(before: unknown, after: unknown): boolean {
  return isObject(before) && isObject(after) && same({ ...before, id: '' }, { ...after, id: '' })
}

/** Names with the number of each occurrence, so that equal ones are told apart. */
function named(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return `${count} ${name}`
  })
}

function placesOf(names: readonly string[]): Map<string, number> {
  return new Map(named(names).map((name, index) => [name, index]))
}

/** The indices of a longest run of places that rise: the entries that stay while the others move around them. */
function longestRise(places: readonly (number | undefined)[]): Set<number> {
  /** For each length, the index at which the best run of that length ends; and what each entry follows. */
  const ends: number[] = []
  const follows: (number | undefined)[] = []
  places.forEach((place, index) => {
    if (place === undefined) return
    const length = ends.findIndex((end) => (places[end] ?? 0) > place)
    const at = length < 0 ? ends.length : length
    follows[index] = ends[at - 1]
    ends[at] = index
  })
  const run = new Set<number>()
  for (let at = ends.at(-1); at !== undefined; at = follows[at]) run.add(at)
  return run
}
