import { isObject } from './pointers.ts'

/** A value whose innermost parts are changed into others of their kind, each told by the keys that lead to it. */
export function remade<Value>(value: Value, change: (part: unknown, keys: readonly string[]) => unknown): Value {
  // What keeps its shape and the kinds of its parts keeps its type, which TypeScript cannot see.
  return within(value, change, []) as Value
}

/** A price with each amount of money in it changed. */
export function withMoney<Price>(price: Price, change: (pence: number) => number): Price {
  return remade(price, (part, keys) =>
    typeof part === 'number' && (keys.includes('pence') || keys.at(-1) === 'furtherPence') ? change(part) : part,
  )
}

function within(
  value: unknown,
  change: (part: unknown, keys: readonly string[]) => unknown,
  keys: readonly string[],
): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => within(entry, change, keys))
  if (!isObject(value)) return change(value, keys)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, within(part, change, [...keys, key])]))
}
