import { keysOf } from '../../../../catalogue/rules/pointers.ts'
import { at, isObject, type Json } from '../document/places.ts'
import { entryOf, namedValuesOf, type Part, propertiesOf, variantOf, whole } from './schema.ts'
import { titleOf } from './sections.ts'

/** What a place in the document names: an entry that stands elsewhere in it, by its short name. */
export type Named = 'offer' | 'option' | 'menu' | 'group' | 'district'

/** By the end of a part's role. JSON Schema has no word for it. */
const NAMES: readonly (readonly [ending: RegExp, Named])[] = [
  [
    /(^|\/)(requires\/\*\/offer|requires\/\*\/or\/\*|includes\/\*\/offer|compareWith|when\/holds|on\/offers\/\*|price\(by-holding\)\/offer)$/,
    'offer',
  ],
  [/(^|\/)(includes\/\*\/option|on\/options\/\*)$/, 'option'],
  [/^offers\/\*\/menu$/, 'menu'],
  [/\/when\/group$/, 'group'],
  [/^offers\/\*\/(gives\/\*\/)?districts\/\*$/, 'district'],
]

/** What a part names, where it names something. */
export function namedBy(part: Part): Named | undefined {
  return NAMES.find(([ending]) => ending.test(part.role))?.[1]
}

const LISTS: Readonly<Record<Exclude<Named, 'option'>, string>> = {
  offer: '/offers',
  menu: '/menus',
  group: '/groups',
  district: '/area/districts',
}

/** Something that can be named. */
export interface Nameable {
  value: string
  name: string
}

/** What can be named at a pointer: an offer's own options where one is named beside it, never an offer by itself. */
export function nameables(document: Json | undefined, named: Named, pointer: string): Nameable[] {
  const keys = keysOf(pointer)
  if (named !== 'option') {
    const own = named === 'offer' && keys[0] === 'offers' ? at(document, `/offers/${keys[1]}/id`) : undefined
    return entriesAt(document, LISTS[named])
      .filter(({ value }) => value !== own)
      .map((entry) => (named === 'district' ? { ...entry, name: districtName(entry) } : entry))
  }
  const beside = at(document, `${pointer.slice(0, pointer.lastIndexOf('/'))}/offer`)
  const offers = at(document, '/offers')
  const found = (Array.isArray(offers) ? offers : []).flatMap((offer, index) =>
    isObject(offer) && (beside === undefined || offer.id === beside)
      ? entriesAt(document, `/offers/${index}/options`)
      : [],
  )
  return found.filter(({ value }, index) => found.findIndex((other) => other.value === value) === index)
}

function districtName({ value, name }: Nameable): string {
  return name === value ? `District ${value}` : `${name} (${value})`
}

function entriesAt(document: Json | undefined, list: string): Nameable[] {
  const entries = at(document, list)
  return (Array.isArray(entries) ? entries : []).flatMap((entry) =>
    isObject(entry) && typeof entry.id === 'string' ? [{ value: entry.id, name: titleOf(entry) || entry.id }] : [],
  )
}

/** Everywhere in the document that names an entry, as pointers. */
export function namings(document: Json | undefined, named: Named, id: string): string[] {
  const found: string[] = []
  const walk = (part: Part, value: Json | undefined, pointer: string): void => {
    if (value === undefined) return
    if (typeof value === 'string') {
      if (value === id && namedBy(part) === named) found.push(pointer)
      return
    }
    const own = part.node.oneOf ? variantOf(part, value)?.part : part
    if (!own) return
    if (Array.isArray(value)) {
      const entry = entryOf(own)
      for (const [index, one] of value.entries()) walk(entry, one, `${pointer}/${index}`)
    } else if (isObject(value) && !namedValuesOf(own))
      for (const { key, part: inner } of propertiesOf(own)) walk(inner, value[key], `${pointer}/${key}`)
  }
  walk(whole, document, '')
  return found
}

/** What the short name at a pointer belongs to, where others can name it. */
export function nameableAt(pointer: string): Named | undefined {
  if (/^\/offers\/\d+\/id$/.test(pointer)) return 'offer'
  if (/^\/offers\/\d+\/options\/\d+\/id$/.test(pointer)) return 'option'
  if (/^\/menus\/\d+\/id$/.test(pointer)) return 'menu'
  if (/^\/groups\/\d+\/id$/.test(pointer)) return 'group'
  return /^\/area\/districts\/\d+\/id$/.test(pointer) ? 'district' : undefined
}

/** A short name made from a name: small letters, digits and single hyphens, and none that is taken. */
export function idFrom(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f’']/g, '')
    .toLowerCase()
    .replace(/½/g, '30')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
  const id = plain || 'new'
  if (!taken.includes(id)) return id
  let number = 2
  while (taken.includes(`${id}-${number}`)) number += 1
  return `${id}-${number}`
}

/** The short names in a list. */
export function idsIn(document: Json | undefined, list: string): string[] {
  return entriesAt(document, list).map(({ value }) => value)
}
