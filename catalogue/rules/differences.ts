import { aligned } from './aligned.ts'
import { areOneForm } from './one-form.ts'
import { inside, isObject, same } from './pointers.ts'

/**
 * One thing that is not as it was. `before` and `after` are what stands at `was` before and at `pointer` after,
 * undefined where something was added or taken away; of what has `moved` they are its places in the list, from 0.
 */
export interface Difference {
  kind: 'added' | 'removed' | 'changed' | 'moved'
  /** Where it stands after; of what was taken away, where it stood before. */
  pointer: string
  /** Where it stood before; of what was added, the same as `pointer`. */
  was: string
  before: unknown
  after: unknown
}

/** What of a rule says how much it takes off or puts on. */
const AMOUNT: ReadonlySet<string> = new Set(['kind', 'percent', 'pence', 'each'])

/**
 * Everything in which two documents differ, in the order of the later one; nothing where they say the same. Entries
 * of lists are matched as `aligned` says. A price that takes another form, a range of hours and a discount that
 * becomes an amount are one difference each, and so are what a decision needs and what a deadline counts from.
 */
export function differencesBetween(before: unknown, after: unknown): Difference[] {
  return between(before, after, '', '')
}

function between(before: unknown, after: unknown, was: string, pointer: string): Difference[] {
  if (same(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return betweenLists(before, after, was, pointer)
  if (!isObject(before) || !isObject(after) || isOneThing(before, after))
    return [{ kind: 'changed', pointer, was, before, after }]
  const isOtherRule = 'when' in before && 'when' in after && before.kind !== after.kind
  const skipped = isOtherRule ? AMOUNT : new Set<string>()
  return [
    ...(isOtherRule ? [{ kind: 'changed' as const, pointer, was, before, after }] : []),
    ...betweenKeys(before, after, was, pointer, skipped),
  ]
}

/** Whether two values are told as a whole: they are of two forms, or a range. */
function isOneThing(before: Record<string, unknown>, after: Record<string, unknown>): boolean {
  return !areOneForm(before, after) || ('leastMinutes' in before && 'leastMinutes' in after)
}

function betweenKeys(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  was: string,
  pointer: string,
  skipped: ReadonlySet<string>,
): Difference[] {
  const keys = new Set([...Object.keys(after), ...Object.keys(before)])
  return [...keys].flatMap((key): Difference[] => {
    if (skipped.has(key)) return []
    const there = Object.hasOwn(after, key)
    const wasThere = Object.hasOwn(before, key)
    if (there && wasThere) return between(before[key], after[key], inside(was, key), inside(pointer, key))
    return there ? [added(after[key], inside(pointer, key))] : [removed(before[key], inside(was, key))]
  })
}

function betweenLists(before: unknown[], after: unknown[], was: string, pointer: string): Difference[] {
  return aligned(before, after).flatMap((pair): Difference[] => {
    if (pair.before === undefined) {
      const index = pair.after ?? 0
      return [added(after[index], inside(pointer, index))]
    }
    if (pair.after === undefined) return [removed(before[pair.before], inside(was, pair.before))]
    const from = inside(was, pair.before)
    const to = inside(pointer, pair.after)
    return [
      ...(pair.moved
        ? [{ kind: 'moved' as const, pointer: to, was: from, before: pair.before, after: pair.after }]
        : []),
      ...between(before[pair.before], after[pair.after], from, to),
    ]
  })
}

function added(after: unknown, pointer: string): Difference {
  return { kind: 'added', pointer, was: pointer, before: undefined, after }
}

function removed(before: unknown, pointer: string): Difference {
  return { kind: 'removed', pointer, was: pointer, before, after: undefined }
}
