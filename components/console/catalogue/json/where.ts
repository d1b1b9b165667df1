import type { syntaxTree } from '@codemirror/language'
import { placesIn } from '../../../../catalogue/rules/places.ts'
import { inside, keysOf } from '../../../../catalogue/rules/pointers.ts'
import { discriminatorOf, entryOf, namedValuesOf, type Part, propertiesOf, variantsOf, whole } from '../form/schema.ts'

/** A node of an editor's tree. */
export type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>

/** What of an editor's text is needed to know where something is. */
export interface Source {
  slice: (from: number, to: number) => string
}

const VALUES = /^(Object|Array|String|Number|True|False|Null)$/

/** The value that a place in the tree belongs to: of a property its value, else the nearest value around it. */
export function valueAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | null = node; at; at = at.parent) {
    if (VALUES.test(at.name)) return at
    if (at.name === 'Property' || at.name === 'PropertyName') {
      const property: SyntaxNode | null = at.name === 'Property' ? at : at.parent
      const value = property?.lastChild
      if (value && VALUES.test(value.name)) return value
    }
  }
  return undefined
}

/** The pointer of a value in the tree. */
export function pointerAt(value: SyntaxNode, source: Source): string {
  const keys: (string | number)[] = []
  for (let at: SyntaxNode | null = value; at; at = at.parent) {
    const around: SyntaxNode | null = at.parent
    if (around?.name === 'Property') keys.unshift(keyOf(around, source))
    else if (around?.name === 'Array') keys.unshift(indexIn(around, at))
  }
  return keys.reduce<string>((pointer, key) => inside(pointer, key), '')
}

function indexIn(list: SyntaxNode, entry: SyntaxNode): number {
  let index = 0
  for (let at = list.firstChild; at; at = at.nextSibling) {
    if (at.from === entry.from && at.to === entry.to) return index
    if (VALUES.test(at.name)) index += 1
  }
  return index
}

/** The name of a property. */
export function keyOf(property: SyntaxNode, source: Source): string {
  const name = property.getChild('PropertyName')
  return name ? textOf(name, source) : ''
}

/** A string's text; empty where its quotation marks are not closed yet. */
export function textOf(node: SyntaxNode, source: Source): string {
  try {
    return String(JSON.parse(source.slice(node.from, node.to)))
  } catch {
    return ''
  }
}

/** The keys that an object has already. */
export function keysIn(object: SyntaxNode, source: Source): string[] {
  return object.getChildren('Property').map((property) => keyOf(property, source))
}

/** The part of the schema that a value in the tree has to fit: choices are read from the text around it, broken or not. */
export function partOf(value: SyntaxNode, source: Source): Part | undefined {
  const above: SyntaxNode[] = []
  for (let at: SyntaxNode | null = value; at; at = at.parent) if (VALUES.test(at.name)) above.unshift(at)
  let part: Part | undefined = whole
  for (const [index, node] of above.entries()) {
    if (index === 0) continue
    const around = above[index - 1]
    if (!around || !part) return undefined
    part = chosen(part, around, source)
    if (!part) return undefined
    const named = namedValuesOf(part)
    if (around.name === 'Array') part = part.node.type === 'array' ? entryOf(part) : undefined
    else if (named) part = named.part
    else {
      const key = node.parent?.name === 'Property' ? keyOf(node.parent, source) : ''
      part = propertiesOf(part).find((one) => one.key === key)?.part
    }
  }
  return part
}

/** The variant that an object has chosen, where its part is a choice. */
export function chosen(part: Part, object: SyntaxNode, source: Source): Part | undefined {
  const key = discriminatorOf(part.node)
  if (key === undefined) return part
  const property = object.getChildren('Property').find((one) => keyOf(one, source) === key)
  const word = property?.lastChild?.name === 'String' ? textOf(property.lastChild, source) : ''
  return variantsOf(part).find((variant) => variant.word === word)?.part
}

/** Where a pointer's value, or the nearest one around it, begins in a text. */
export function offsetOf(pointer: string, text: string): number {
  const { places } = placesIn(text)
  for (let around = pointer; ; around = keysOf(around).slice(0, -1).reduce<string>(inside, '')) {
    const place = places.get(around)
    if (place) return offsetAt(text, place.line, place.column)
    if (around === '') return 0
  }
}

function offsetAt(text: string, line: number, column: number): number {
  let at = 0
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', at)
    if (end === -1) break
    at = end + 1
  }
  return Math.min(text.length, at + column - 1)
}
