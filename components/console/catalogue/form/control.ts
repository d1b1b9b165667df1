import type { Json } from '../document/places.ts'
import { minutesFrom, minutesShown, numberFrom, numberShown, penceFrom, penceShown, type Read } from './figures.ts'
import { type Named, namedBy } from './references.ts'
import { entryOf, namedValuesOf, type Part } from './schema.ts'

/** How a part is filled in. */
export type ControlKind =
  | 'line'
  | 'text'
  | 'email'
  | 'url'
  | 'telephone'
  | 'colour'
  | 'date'
  | 'id'
  | 'money'
  | 'hours'
  | 'percent'
  | 'number'
  | 'yes'
  | 'choice'
  | 'reference'
  | 'ticks'
  | 'list'
  | 'object'
  | 'union'
  | 'named'

/** From here on a text has room for several lines. */
const LONG = 200

/** How a part is filled in. A threshold in pounds is money, which only the value beside it says. */
export function controlFor(part: Part, beside?: Json): ControlKind {
  const { node, role } = part
  if (node.oneOf) return 'union'
  if (namedValuesOf(part)) return 'named'
  if (node.type === 'array') {
    const entry = entryOf(part)
    return entry.node.enum || namedBy(entry) ? 'ticks' : 'list'
  }
  if (node.type === 'object') return 'object'
  if (node.type === 'boolean') return 'yes'
  if (node.type === 'integer' || node.type === 'number') {
    if (/pence(\/\*)?$/i.test(role)) return 'money'
    if (role.endsWith('threshold/value') && beside === 'pence') return 'money'
    if (/minutes$/i.test(role)) return 'hours'
    return node.type === 'number' ? 'percent' : 'number'
  }
  if (node.enum) return 'choice'
  if (namedBy(part)) return 'reference'
  if (node.format === 'date') return 'date'
  if (node.pattern?.startsWith('^#')) return 'colour'
  if (node.pattern?.startsWith('^https')) return 'url'
  if (node.pattern?.includes('@')) return 'email'
  if (node.pattern?.startsWith('^[a-z0-9]+')) return 'id'
  if (role.endsWith('telephone')) return 'telephone'
  return (node.maxLength ?? 0) >= LONG ? 'text' : 'line'
}

/** What was typed, as the document keeps it; undefined where nothing was. */
export function readAs(kind: ControlKind, typed: string): Read {
  switch (kind) {
    case 'money':
      return penceFrom(typed)
    case 'hours':
      return minutesFrom(typed)
    case 'percent':
    case 'number':
      return numberFrom(typed)
    default:
      return typed === '' ? undefined : typed
  }
}

/** A value as its field shows it. */
export function shownAs(kind: ControlKind, value: Json | undefined): string {
  switch (kind) {
    case 'money':
      return penceShown(value)
    case 'hours':
      return minutesShown(value)
    case 'percent':
    case 'number':
      return numberShown(value)
    default:
      return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value)
  }
}

/** What a list of ticks names, where these are no choices of the schema's own. */
export function ticksName(part: Part): Named | undefined {
  return namedBy(entryOf(part))
}
