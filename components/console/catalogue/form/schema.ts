import { keysOf } from '../../../../catalogue/rules/pointers.ts'
import schema from '../../../../catalogue/schema/catalogue.schema.json' with { type: 'json' }
import { childOf, isObject, type Json } from '../document/places.ts'

/** A part of the catalogue's JSON Schema, as far as `z.toJSONSchema` writes it. */
export interface SchemaNode {
  type?: string
  description?: string
  properties?: Readonly<Record<string, SchemaNode>>
  required?: readonly string[]
  items?: SchemaNode
  oneOf?: readonly SchemaNode[]
  enum?: readonly string[]
  const?: string | number
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  propertyNames?: SchemaNode
  additionalProperties?: boolean | SchemaNode
  $ref?: string
}

/**
 * A part of the schema and where it stands in it. The place is what words are found by: `offers/*` is an entry of the offers,
 * `price(fixed)/pence` what one of the forms of a price has; a price is the same wherever it stands.
 */
export interface Part {
  node: SchemaNode
  place: string
  /** Where it stands without that rule: what the words of its own are found by, such as `price(by-date)/first`. */
  role: string
}

const root = schema as unknown as SchemaNode & { $defs?: Readonly<Record<string, SchemaNode>> }

function resolved(node: SchemaNode): SchemaNode {
  const name = /^#\/\$defs\/(.+)$/.exec(node.$ref ?? '')?.[1]
  const found = name === undefined ? undefined : root.$defs?.[name]
  return found ? resolved({ ...found, ...(node.description && { description: node.description }) }) : node
}

function partAt(node: SchemaNode, role: string): Part {
  const own = resolved(node)
  return { node: own, role, place: own.oneOf && discriminatorOf(own) === 'form' ? 'price' : role }
}

/** The whole document's part. */
export const whole: Part = { node: root, place: '', role: '' }

/** The key by which the variants of a choice tell themselves apart. */
export function discriminatorOf(node: SchemaNode): string | undefined {
  const [first] = node.oneOf ?? []
  return (
    first && Object.entries(resolved(first).properties ?? {}).find(([, property]) => property.const !== undefined)?.[0]
  )
}

/** What a choice offers: each variant's own word and its part. */
export function variantsOf({ node, place }: Part): { word: string; part: Part }[] {
  const key = discriminatorOf(node)
  if (key === undefined) return []
  return (node.oneOf ?? []).map((variant) => {
    const own = resolved(variant)
    const word = String(own.properties?.[key]?.const ?? '')
    return { word, part: partAt(own, `${place}(${word})`) }
  })
}

/** The variant of a choice that a value has taken; undefined where it is none of them. */
export function variantOf(part: Part, value: Json | undefined): { word: string; part: Part } | undefined {
  const key = discriminatorOf(part.node)
  return variantsOf(part).find(({ word }) => key !== undefined && isObject(value) && value[key] === word)
}

/** The named parts of an object, in the schema's order, without the word by which a variant is known. */
export function propertiesOf({ node, place }: Part): { key: string; part: Part; required: boolean }[] {
  return Object.entries(node.properties ?? {})
    .filter(([key, property]) => property.const === undefined && key !== '$schema')
    .map(([key, property]) => ({
      key,
      part: partAt(property, place ? `${place}/${key}` : key),
      required: node.required?.includes(key) ?? false,
    }))
}

/** What each entry of a list is. */
export function entryOf({ node, place }: Part): Part {
  return partAt(node.items ?? {}, `${place}/*`)
}

/** The values of an object whose names are a list of choices: a price for each phase. */
export function namedValuesOf({ node, place }: Part): { names: readonly string[]; part: Part } | undefined {
  if (!node.propertyNames?.enum || typeof node.additionalProperties !== 'object') return undefined
  return { names: node.propertyNames.enum, part: partAt(node.additionalProperties, `${place}/*`) }
}

/** The part of the schema that a value at a pointer has to fit, by the variants that the document has chosen on the way. */
export function partFor(pointer: string, document: Json | undefined): Part | undefined {
  let part: Part | undefined = whole
  let value = document
  for (const key of keysOf(pointer)) {
    if (part?.node.oneOf) part = variantOf(part, value)?.part
    if (!part) return undefined
    const named = namedValuesOf(part)
    if (named) part = named.part
    else if (part.node.type === 'array') part = entryOf(part)
    else {
      const property: SchemaNode | undefined = part.node.properties?.[key]
      part = property && partAt(property, part.place ? `${part.place}/${key}` : key)
    }
    value = childOf(value, key)
  }
  return part
}

/** Every part of the schema that a form can come to, once each. */
export function allParts(): Part[] {
  const found = new Map<string, Part>()
  const walk = (part: Part): void => {
    if (found.has(part.role)) return
    found.set(part.role, part)
    if (part.place !== part.role && found.has(part.place)) return
    for (const { part: inner } of variantsOf(part)) walk(inner)
    for (const { part: inner } of propertiesOf(part)) walk(inner)
    if (part.node.type === 'array') walk(entryOf(part))
    const named = namedValuesOf(part)
    if (named) walk(named.part)
  }
  walk(whole)
  return [...found.values()]
}
