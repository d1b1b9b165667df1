import { keysOf } from '../../../../catalogue/rules/pointers.ts'

/** A JSON document, or a part of one, as it was typed: it need not be a catalogue yet. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The pointer of what a value stands in, and its key there. */
export function aboveOf(pointer: string): { parent: string; key: string } {
  const cut = pointer.lastIndexOf('/')
  return { parent: pointer.slice(0, Math.max(0, cut)), key: keysOf(pointer).at(-1) ?? '' }
}

/** What stands at a pointer; undefined where nothing does. */
export function at(document: Json | undefined, pointer: string): Json | undefined {
  return keysOf(pointer).reduce<Json | undefined>((value, key) => childOf(value, key), document)
}

/** What stands in a list or an object under a key. */
export function childOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Whether a value has named parts. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The document with another value at a place; undefined takes it away. Everything beside the way there stays the same object. */
export function put(document: Json, pointer: string, value: Json | undefined): Json {
  return putAt(document, keysOf(pointer), value)
}

function putAt(document: Json | undefined, keys: readonly string[], value: Json | undefined): Json {
  const [key, ...rest] = keys
  if (key === undefined) return value ?? null
  if (Array.isArray(document)) {
    const index = Number(key)
    if (rest.length === 0 && value === undefined) return document.filter((_, place) => place !== index)
    const copy = [...document]
    copy[index] = rest.length === 0 ? (value ?? null) : putAt(document[index], rest, value)
    return copy
  }
  const object = isObject(document) ? document : {}
  if (rest.length > 0) return { ...object, [key]: putAt(object[key], rest, value) }
  if (value !== undefined) return { ...object, [key]: value }
  const { [key]: _gone, ...others } = object
  return others
}

/** The document with a new entry of a list, at a place in it or at its end. */
export function inserted(document: Json, list: string, entry: Json, index?: number): Json {
  const entries = at(document, list)
  const before = Array.isArray(entries) ? entries : []
  return put(document, list, before.toSpliced(index ?? before.length, 0, entry))
}

/** The document with an entry of a list moved to another place in it. */
export function movedEntry(document: Json, list: string, from: number, to: number): Json {
  const entries = at(document, list)
  if (!Array.isArray(entries) || to < 0 || to >= entries.length) return document
  const [entry] = entries.slice(from, from + 1)
  return entry === undefined ? document : put(document, list, entries.toSpliced(from, 1).toSpliced(to, 0, entry))
}

/** An object's keys put into the order in which a schema names them; others stay at the end. */
export function inOrder(value: Json, order: readonly string[]): Json {
  if (!isObject(value)) return value
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length)
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => rank(one) - rank(other)))
}
