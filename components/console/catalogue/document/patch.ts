import { inside } from '../../../../catalogue/rules/pointers.ts'
import { isObject, type Json, put } from './places.ts'

/** A document for somebody who may have the one before it: what has changed since, or all of it. */
export type Sent =
  | { number: number; document: Json }
  /** `since` is the number of the one that the changes are to; undefined values are taken away. */
  | { number: number; since: number; changes: [pointer: string, value: Json | undefined][] }

/** So many changed places are still less than the whole. */
const FEW = 20

/**
 * Sends a document after the other to somewhere else, as little of it as will do: a key changes one offer, and the other hundred
 * and ninety-nine are the same objects as before.
 */
export class Outbox {
  #number = 0
  #before: Json | undefined

  /** The number of the latest one. */
  get number(): number {
    return this.#number
  }

  next(document: Json): Sent {
    const before = this.#before
    this.#before = document
    this.#number += 1
    const changes = before === undefined ? undefined : changesBetween(before, document)
    return changes ? { number: this.#number, since: this.#number - 1, changes } : { number: this.#number, document }
  }

  /** The other side has lost what it had, or never had it. */
  forget(): void {
    this.#before = undefined
  }
}

/** The other side of an `Outbox`. */
export class Inbox {
  #number = 0
  #document: Json | undefined

  /** The whole document; undefined where what it is a change of never came. */
  take(sent: Sent): Json | undefined {
    if ('document' in sent) this.#document = sent.document
    else if (sent.since !== this.#number) this.#document = undefined
    else
      this.#document = sent.changes.reduce<Json | undefined>(
        (document, [pointer, value]) => document && put(document, pointer, value),
        this.#document,
      )
    this.#number = sent.number
    return this.#document
  }
}

/** The keys, and the entries of lists of the same length, that are other objects than before; undefined where they are many. */
function changesBetween(before: Json, after: Json): [string, Json | undefined][] | undefined {
  if (!isObject(before) || !isObject(after)) return undefined
  const keys = Object.keys(after)
  // What has come or gone stands in another order of keys, which a list of changes does not say.
  if (keys.join() !== Object.keys(before).join()) return undefined
  const changes = keys.flatMap((key): [string, Json | undefined][] => {
    const [old, value] = [before[key], after[key]]
    if (old === value) return []
    const pointer = inside('', key)
    if (!Array.isArray(old) || !Array.isArray(value) || old.length !== value.length) return [[pointer, value]]
    return value.flatMap((entry, index): [string, Json | undefined][] =>
      entry === old[index] ? [] : [[inside(pointer, index), entry]],
    )
  })
  return changes.length <= FEW ? changes : undefined
}
