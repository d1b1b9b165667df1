import { areOneForm } from './one-form.ts'
import { at, haveIds, inside, isObject, keysOf, same, under } from './pointers.ts'

/**
 * A place that two people changed in two ways. `pointer` leads to it in the merged document, which holds what I wrote
 * there, or what they wrote where I took it away; undefined: not there. In an `order`, the values are ids in a row.
 */
export interface Conflict {
  what: 'value' | 'order'
  pointer: string
  base: unknown
  mine: unknown
  theirs: unknown
}

/** Two changed documents in one, and what nobody but people can decide. */
export interface Merge {
  document: unknown
  conflicts: Conflict[]
}

/** Whose value stands in the end. */
export type Choice = 'mine' | 'theirs'

/**
 * Merges what I and they made of the same document, place by place: a change that one of us made stands, and one that
 * we both made alike. Entries with ids are the same wherever they stand; other lists are merged where they were
 * changed in different parts. What was changed in two ways is a conflict, so that nothing is lost unseen. The result
 * shares parts with what it was made from, which are not to be changed.
 */
export function merged(base: unknown, mine: unknown, theirs: unknown): Merge {
  const conflicts: Conflict[] = []
  const document = merge({ base, mine, theirs }, '', conflicts)
  return { document, conflicts }
}

/** A merged document with each conflict decided, by its place among the conflicts; what is not decided stays as the merge has it. */
export function resolved({ document, conflicts }: Merge, choices: readonly (Choice | undefined)[]): unknown {
  let result = document
  // From the last to the first, so that what is taken away moves nothing that is still to be found.
  for (const [index, { what, pointer, mine, theirs }] of [...conflicts.entries()].reverse()) {
    const choice = choices[index]
    if (choice === undefined) continue
    const value = choice === 'mine' ? mine : theirs
    result = what === 'order' ? reordered(result, pointer, value) : placed(result, keysOf(pointer), value)
  }
  return result
}

interface Three {
  base: unknown
  mine: unknown
  theirs: unknown
}

function merge({ base, mine, theirs }: Three, pointer: string, conflicts: Conflict[]): unknown {
  if (same(mine, theirs) || same(base, theirs)) return mine
  if (same(base, mine)) return theirs
  // A price is never half of one form and half of another.
  if (isObject(base) && isObject(mine) && isObject(theirs) && [mine, theirs].every((one) => areOneForm(base, one)))
    return mergeKeys(base, mine, theirs, pointer, conflicts)
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
    if (haveIds(base, mine, theirs)) return mergeEntries(base, mine, theirs, pointer, conflicts)
    const list = mergeLists(base, mine, theirs, pointer)
    if (list) {
      conflicts.push(...list.conflicts)
      return list.entries
    }
  }
  conflicts.push({ what: 'value', pointer, base, mine, theirs })
  return mine === undefined ? theirs : mine
}

function mergeKeys(
  base: Record<string, unknown>,
  mine: Record<string, unknown>,
  theirs: Record<string, unknown>,
  pointer: string,
  conflicts: Conflict[],
): Record<string, unknown> {
  const keys = woven(Object.keys(mine), Object.keys(theirs))
  const entries = keys.flatMap((key): [string, unknown][] => {
    const three = { base: under(base, key), mine: under(mine, key), theirs: under(theirs, key) }
    const value = merge(three, inside(pointer, key), conflicts)
    return value === undefined ? [] : [[key, value]]
  })
  return Object.fromEntries(entries)
}

function mergeEntries(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
  pointer: string,
  conflicts: Conflict[],
): unknown[] {
  const [inBase, inMine, inTheirs] = [base, mine, theirs].map(byId) as [Entries, Entries, Entries]
  const staysFor = (one: Entries, other: Entries) => (id: string) =>
    // What one took away goes, unless the other has changed it: that is a conflict, and it is kept for it.
    other.has(id) || !inBase.has(id) || !same(inBase.get(id), one.get(id))
  const myIds = [...inMine.keys()].filter(staysFor(inMine, inTheirs))
  const theirIds = [...inTheirs.keys()].filter(staysFor(inTheirs, inMine))

  const shared = (ids: readonly string[]) => ids.filter((id) => inMine.has(id) && inTheirs.has(id))
  const [myOrder, theirOrder] = [shared(myIds), shared(theirIds)]
  const oldOrder = shared([...inBase.keys()])
  const isMyOrder = !same(myOrder, theirOrder) && !same(myOrder, oldOrder)
  if (isMyOrder && !same(theirOrder, oldOrder))
    conflicts.push({ what: 'order', pointer, base: [...inBase.keys()], mine: myIds, theirs: theirIds })
  const ids = isMyOrder ? woven(myIds, theirIds) : woven(theirIds, myIds)
  return ids.map((id, index) =>
    merge({ base: inBase.get(id), mine: inMine.get(id), theirs: inTheirs.get(id) }, inside(pointer, index), conflicts),
  )
}

type Entries = ReadonlyMap<string, unknown>

function byId(list: readonly unknown[]): Entries {
  return new Map(list.map((entry) => [String(under(entry, 'id')), entry]))
}

/** The first row, with what only the second has put behind what it follows there. */
function woven(first: readonly string[], second: readonly string[]): string[] {
  const known = new Set(first)
  const row = [...first]
  second.forEach((name, index) => {
    if (known.has(name)) return
    const above = second.slice(0, index).findLast((other) => known.has(other))
    row.splice(above === undefined ? 0 : row.indexOf(above) + 1, 0, name)
    known.add(name)
  })
  return row
}

/** Lists without ids: merged where each stretch between entries that all three share was changed by one side, or keeps its length. */
function mergeLists(
  base: readonly unknown[],
  mine: readonly unknown[],
  theirs: readonly unknown[],
  pointer: string,
): { entries: unknown[]; conflicts: Conflict[] } | undefined {
  const entries: unknown[] = []
  const conflicts: Conflict[] = []
  for (const stretch of stretchesOf(base, mine, theirs)) {
    if (same(stretch.mine, stretch.theirs) || same(stretch.base, stretch.theirs)) entries.push(...stretch.mine)
    else if (same(stretch.base, stretch.mine)) entries.push(...stretch.theirs)
    else if (stretch.base.length === stretch.mine.length && stretch.base.length === stretch.theirs.length)
      stretch.base.forEach((entry, index) => {
        const three = { base: entry, mine: stretch.mine[index], theirs: stretch.theirs[index] }
        entries.push(merge(three, inside(pointer, entries.length), conflicts))
      })
    else return undefined
  }
  return { entries, conflicts }
}

interface Stretch {
  base: readonly unknown[]
  mine: readonly unknown[]
  theirs: readonly unknown[]
}

/** Three lists cut where all of them share an entry in the same order. */
function stretchesOf(base: readonly unknown[], mine: readonly unknown[], theirs: readonly unknown[]): Stretch[] {
  const inMine = partnersOf(base, mine)
  const inTheirs = partnersOf(base, theirs)
  const stretches: Stretch[] = []
  let [from, fromMine, fromTheirs] = [0, 0, 0]
  const cut = (to: number, toMine: number, toTheirs: number) => {
    stretches.push({
      base: base.slice(from, to),
      mine: mine.slice(fromMine, toMine),
      theirs: theirs.slice(fromTheirs, toTheirs),
    })
    ;[from, fromMine, fromTheirs] = [to, toMine, toTheirs]
  }
  base.forEach((_, index) => {
    const [myPlace, theirPlace] = [inMine[index], inTheirs[index]]
    if (myPlace === undefined || theirPlace === undefined) return
    cut(index, myPlace, theirPlace)
    cut(index + 1, myPlace + 1, theirPlace + 1)
  })
  cut(base.length, mine.length, theirs.length)
  return stretches
}

/** For each entry of a list, the place of the same entry in another, as many as keep their order (a longest common row). */
function partnersOf(list: readonly unknown[], other: readonly unknown[]): (number | undefined)[] {
  const names = list.map((entry) => JSON.stringify(entry))
  const others = other.map((entry) => JSON.stringify(entry))
  const partners: (number | undefined)[] = list.map(() => undefined)
  let start = 0
  while (start < names.length && start < others.length && names[start] === others[start]) {
    partners[start] = start
    start += 1
  }
  let end = 0
  const room = Math.min(names.length, others.length) - start
  while (end < room && names.at(-1 - end) === others.at(-1 - end)) {
    partners[names.length - 1 - end] = others.length - 1 - end
    end += 1
  }
  const [rows, columns] = [names.length - start - end, others.length - start - end]
  // Lists of thousands that differ all over are not worth the walk: their middle counts as changed.
  if (rows * columns > MOST_STEPS) return partners
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1))
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1) {
      const isSame = names[start + row] === others[start + column]
      const [here, below] = [lengths[row], lengths[row + 1]]
      if (!here || !below) continue
      here[column] = isSame ? (below[column + 1] ?? 0) + 1 : Math.max(below[column] ?? 0, here[column + 1] ?? 0)
    }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (names[start + row] === others[start + column]) {
      partners[start + row] = start + column
      row += 1
      column += 1
    } else if ((lengths[row + 1]?.[column] ?? 0) >= (lengths[row]?.[column + 1] ?? 0)) row += 1
    else column += 1
  }
  return partners
}

const MOST_STEPS = 1_000_000

/** A document with a value at a place; undefined takes away what is there. */
function placed(document: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return value
  if (Array.isArray(document)) {
    const index = Number(key)
    const entry = placed(document[index], rest, value)
    return entry === undefined ? document.toSpliced(index, 1) : document.with(index, entry)
  }
  if (!isObject(document)) return document
  const inner = placed(document[key], rest, value)
  if (inner !== undefined) return { ...document, [key]: inner }
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key))
}

/** A document whose list at a pointer stands in the order of the ids; what they do not name follows what it followed. */
function reordered(document: unknown, pointer: string, order: unknown): unknown {
  const list = at(document, pointer)
  if (!Array.isArray(list) || !Array.isArray(order)) return document
  const entries = byId(list)
  const wanted = order.map(String).filter((id) => entries.has(id))
  const row = woven(wanted, [...entries.keys()])
  return placed(
    document,
    keysOf(pointer),
    row.map((id) => entries.get(id)),
  )
}
