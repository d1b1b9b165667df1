import { isObject, type Json } from '../document/places.ts'
import { namedBy } from './references.ts'
import { discriminatorOf, type Part, propertiesOf, variantOf, variantsOf } from './schema.ts'

/** With what a part begins when it is added: empty where a person has to say it, and the first of what there is to choose. */
export function startOf(part: Part): Json {
  const { node } = part
  if (node.oneOf) {
    const variants = variantsOf(part)
    const first = variants.find(({ word }) => word === 'fixed') ?? variants[0]
    return first ? startOfVariant(part, first.word, first.part) : null
  }
  if (node.enum) return namedBy(part) ? '' : (node.enum[0] ?? '')
  if (node.type === 'string') return ''
  if (node.type === 'boolean') return true
  if (node.type === 'array') return node.minItems ? [startOf(entryPart(part))] : []
  if (node.type === 'object') return startOfObject(part)
  return ''
}

function entryPart({ node, role }: Part): Part {
  return { node: node.items ?? {}, place: `${role}/*`, role: `${role}/*` }
}

function startOfObject(part: Part): { [key: string]: Json } {
  return Object.fromEntries(
    propertiesOf(part)
      .filter(({ required, part: inner }) => required && !isNumber(inner))
      .map(({ key, part: inner }) => [key, startOf(inner)]),
  )
}

function isNumber({ node }: Part): boolean {
  return node.type === 'integer' || node.type === 'number'
}

function startOfVariant(part: Part, word: string, inner: Part): Json {
  const key = discriminatorOf(part.node) ?? 'kind'
  const start = { [key]: word, ...startOfObject(inner) }
  return isObject(start) ? withFirsts(start) : start
}

/** Bands begin at 0 and steps at 1: nobody has to know that. */
function withFirsts(value: { [key: string]: Json }): { [key: string]: Json } {
  const first = (list: Json | undefined, from: number): Json => {
    const [entry, ...rest] = Array.isArray(list) ? list : []
    return isObject(entry) ? [{ from, ...entry }, ...rest] : [{ from }]
  }
  return {
    ...value,
    ...('bands' in value && { bands: first(value.bands, 0) }),
    ...('tiers' in value && { tiers: first(value.tiers, 1) }),
  }
}

/**
 * A value in another of its variants. What both have carries over: the amount, the unit, the hours. A price becomes the first of
 * the prices that a choice holds, and a choice becomes the first price that stood in it.
 */
export function carriedInto(part: Part, value: Json | undefined, word: string): Json {
  const target = variantsOf(part).find((variant) => variant.word === word)
  if (!target) return value ?? null
  const start = startOfVariant(part, word, target.part)
  if (!isObject(start) || !isObject(value)) return start
  if (part.place === 'price') return carriedPrice(part, value, start, target.part)
  const key = discriminatorOf(part.node)
  const kept = propertiesOf(target.part)
    .filter((property) => property.key in value && property.key !== key)
    .map((property): [string, Json] => [property.key, value[property.key] ?? null])
  const next = { ...start, ...Object.fromEntries(kept) }
  return carriedHours(value, next)
}

/** Hours for everybody are the hours of the first band, and the other way round. */
function carriedHours(value: { [key: string]: Json }, next: { [key: string]: Json }): Json {
  const hours = ({ leastMinutes, mostMinutes }: { [key: string]: Json }): { [key: string]: Json } => ({
    ...(leastMinutes !== undefined && { leastMinutes }),
    ...(mostMinutes !== undefined && { mostMinutes }),
  })
  if (next.by === 'bands' && 'leastMinutes' in value) return { ...next, bands: [{ from: 0, ...hours(value) }] }
  const [first] = Array.isArray(value.bands) ? value.bands : []
  return next.by === 'unit' && isObject(first) ? { ...next, ...hours(first) } : next
}

type Fields = { [key: string]: Json }

function carriedPrice(part: Part, value: Fields, start: Fields, target: Part): Json {
  const from = variantOf(part, value)
  const innerPrices = propertiesOf(target).filter(({ part: one }) => one.place === 'price')
  const isChoice = innerPrices.length > 0 || start.form === 'by-date' || start.form === 'by-class'
  if (isChoice) {
    const keep = from ? (firstInside(value) ?? value) : { form: 'fixed' }
    const next: Fields = { ...start }
    for (const { key } of innerPrices) next[key] = keep
    if (start.form === 'by-date') next.later = [{ from: '', price: keep }]
    if (start.form === 'by-class') next.classes = [{ class: 'maintained', price: keep }]
    return next
  }
  const leaf = firstInside(value) ?? value
  const pence = amountIn(leaf)
  const kept = Object.fromEntries(
    propertiesOf(target)
      .filter(({ key, part: one }) => key in leaf && one.node.type !== 'array' && one.node.type !== 'object')
      .filter(({ key }) => key !== 'pence')
      .map(({ key }) => [key, leaf[key] ?? null]),
  )
  const next: Fields = { ...start, ...kept }
  if (pence === undefined) return next
  const takes = target.node.properties?.pence
  if (takes?.type === 'integer') next.pence = pence
  else if (takes?.type === 'array') next.pence = [pence]
  else if (takes?.type === 'object') next.pence = { primary: pence }
  if (Array.isArray(next.bands)) next.bands = [{ from: 0, pence }]
  if (Array.isArray(next.tiers)) next.tiers = [{ from: 1, pence }]
  if (next.form === 'up-to') next.furtherPence ??= pence
  return next
}

/** The first price inside a choice of prices, as deep as it stands. */
function firstInside(value: Fields): Fields | undefined {
  const [first] = Array.isArray(value.classes) ? value.classes : []
  const found = [value.first, value.holder, value.inside, value.price, isObject(first) ? first.price : undefined].find(
    (one) => isObject(one),
  )
  if (!isObject(found)) return undefined
  return firstInside(found) ?? found
}

/** The amount that a price without choices begins with. */
function amountIn(leaf: Fields): number | undefined {
  const lists = [leaf.bands, leaf.tiers].find((list) => Array.isArray(list))
  const [entry] = Array.isArray(lists) ? lists : []
  const [block] = Array.isArray(leaf.pence) ? leaf.pence : isObject(leaf.pence) ? Object.values(leaf.pence) : []
  return [leaf.pence, isObject(entry) ? entry.pence : undefined, block].find((one) => typeof one === 'number')
}
