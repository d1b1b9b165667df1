import { inside } from '../../../../catalogue/rules/pointers.ts'
import { aboveOf, at, inOrder, inserted, isObject, type Json, movedEntry, put } from '../document/places.ts'
import { type ControlKind, readAs } from './control.ts'
import { idFrom, idsIn, nameableAt, namings } from './references.ts'
import { entryOf, partFor, variantOf } from './schema.ts'
import { carriedInto, startOf } from './start.ts'

/** The document with a value at a place; the keys around it stand in the schema's order. */
export function filled(document: Json, pointer: string, value: Json | undefined): Json {
  const { parent, key } = aboveOf(pointer)
  const before = at(document, parent)
  const isNew = isObject(before) && !Object.hasOwn(before, key)
  const next = put(document, pointer, value)
  return isNew ? put(next, parent, ordered(next, parent)) : next
}

function ordered(document: Json, pointer: string): Json {
  const value = at(document, pointer) ?? null
  const part = partFor(pointer, document)
  const own = part?.node.oneOf ? variantOf(part, value)?.part : part
  return inOrder(value, Object.keys(own?.node.properties ?? {}))
}

/** What was typed into a field: an optional one that is left empty is no longer there. */
export function typedInto(document: Json, pointer: string, kind: ControlKind, typed: string): Json {
  const value = readAs(kind, typed)
  if (value !== undefined) return filled(document, pointer, value)
  const { parent, key } = aboveOf(pointer)
  const around = at(document, parent)
  if (Array.isArray(around)) return put(document, pointer, '')
  const part = partFor(parent, document)
  const own = part?.node.oneOf ? variantOf(part, around)?.part : part
  const isText = partFor(pointer, document)?.node.type === 'string'
  // An empty text is a text to fill in; an empty number is none.
  return own?.node.required?.includes(key) && isText ? filled(document, pointer, '') : put(document, pointer, undefined)
}

/** A tick in a list of them. A list in which nothing stands is no longer there, unless it has to be. */
export function ticked(document: Json, pointer: string, word: string, isOn: boolean): Json {
  const before = at(document, pointer)
  const others = (Array.isArray(before) ? before : []).filter((one) => one !== word)
  const after = isOn ? [...others, word] : others
  const part = partFor(pointer, document)
  const sorted = part?.node.items?.enum ? part.node.items.enum.filter((one) => after.includes(one)) : after
  return sorted.length > 0 || mayBeEmpty(document, pointer)
    ? filled(document, pointer, [...sorted])
    : put(document, pointer, undefined)
}

/** Whether a list has to be there though nothing stands in it. */
function mayBeEmpty(document: Json, pointer: string): boolean {
  const { parent, key } = aboveOf(pointer)
  const around = partFor(parent, document)
  const own = around?.node.oneOf ? variantOf(around, at(document, parent))?.part : around
  return (own?.node.required?.includes(key) ?? false) && !partFor(pointer, document)?.node.minItems
}

/** Another form of a choice, which keeps what both have. */
export function chosenForm(document: Json, pointer: string, word: string): Json {
  const part = partFor(pointer, document)
  return part ? put(document, pointer, carriedInto(part, at(document, pointer), word)) : document
}

/** A part that was not there, with what it begins with. */
export function begun(document: Json, pointer: string): Json {
  const part = partFor(pointer, document)
  if (!part) return document
  const start = startOf(part)
  return filled(
    document,
    pointer,
    part.node.type === 'array' && Array.isArray(start) && start.length === 0 ? [startOf(entryOf(part))] : start,
  )
}

/** One more entry of a list; a band or a step begins above the last one. */
export function addedTo(document: Json, list: string): { document: Json; pointer: string } {
  const part = partFor(list, document)
  const entries = at(document, list)
  const count = Array.isArray(entries) ? entries.length : 0
  const pointer = inside(list, count)
  if (!part) return { document, pointer }
  const last = Array.isArray(entries) ? entries.at(-1) : undefined
  const start = startOf(entryOf(part))
  const entry = withOwnId(document, list, isObject(start) && isObject(last) ? nextAfter(start, last) : start)
  return { document: inserted(document, list, entry), pointer }
}

function nextAfter(start: { [key: string]: Json }, last: { [key: string]: Json }): Json {
  const next = { ...start }
  // A price of another band is seldom far from the last one's; nobody likes to choose how it is priced again.
  if ('price' in start && last.price !== undefined) next.price = last.price
  if (typeof last.fromWeek === 'number' && typeof last.toWeek === 'number') next.fromWeek = last.toWeek + 1
  return next
}

function withOwnId(document: Json, list: string, entry: Json): Json {
  if (
    !isObject(entry) ||
    !('id' in entry) ||
    entry.id !== '' ||
    nameableAt(inside(inside(list, 0), 'id')) === 'district'
  )
    return entry
  return { ...entry, id: idFrom('new', idsIn(document, list)) }
}

/** The key of an entry's name, where its short name comes from: what it is called, asks or says. */
export function nameKeyOf(entry: Json | undefined): string | undefined {
  return isObject(entry)
    ? ['name', 'label', 'question', 'text'].find((key) => typeof entry[key] === 'string')
    : undefined
}

/** A name that was typed: where the short name still comes from the one before, it follows. */
export function renamed(document: Json, pointer: string, name: string, isNew: boolean): Json {
  const next = typedInto(document, pointer, 'line', name)
  const { parent } = aboveOf(pointer)
  const id = at(document, inside(parent, 'id'))
  if (!isNew || typeof id !== 'string') return next
  const list = aboveOf(parent).parent
  return withId(
    next,
    inside(parent, 'id'),
    idFrom(
      name,
      idsIn(document, list).filter((one) => one !== id),
    ),
  )
}

/** Another short name, which everything that names the entry follows. */
export function withId(document: Json, pointer: string, id: string): Json {
  const before = at(document, pointer)
  const named = nameableAt(pointer)
  const next = put(document, pointer, id)
  if (!named || typeof before !== 'string' || before === '' || before === id) return next
  // Two entries of one name: what names it may mean the other one.
  const twins = idsIn(document, aboveOf(aboveOf(pointer).parent).parent).filter((one) => one === before).length
  return twins > 1
    ? next
    : namings(document, named, before, pointer).reduce((changed, place) => put(changed, place, id), next)
}

/** A copy of an entry behind it, under a name and a short name of its own. */
export function copied(document: Json, list: string, index: number): { document: Json; pointer: string } {
  const entry = at(document, inside(list, index))
  const pointer = inside(list, index + 1)
  if (!isObject(entry)) return { document, pointer }
  const name = typeof entry.name === 'string' ? `${entry.name} (copy)` : undefined
  const id = 'id' in entry ? idFrom(name ?? String(entry.id), idsIn(document, list)) : undefined
  const copy = { ...entry, ...(id !== undefined && { id }), ...(name !== undefined && { name }) }
  return { document: inserted(document, list, copy, index + 1), pointer }
}

/** An entry moved up (-1) or down (1) in its list. */
export function moved(document: Json, pointer: string, by: -1 | 1): { document: Json; pointer: string } {
  const { parent, key } = aboveOf(pointer)
  const to = Number(key) + by
  return { document: movedEntry(document, parent, Number(key), to), pointer: inside(parent, to) }
}

/** What an offer begins with: all that the schema asks for, so that it can be seen at once. */
export interface NewOffer {
  name: string
  kind: string
  summary: string
  pence: number
}

/** The document with one more offer at its end, which needs first what its like need. */
export function withOffer(
  document: Json,
  { name, kind, summary, pence }: NewOffer,
): { document: Json; pointer: string } {
  const offers = at(document, '/offers')
  const entries = Array.isArray(offers) ? offers : []
  const like = entries.filter(isObject).find((offer) => offer.kind === kind)
  const taken = idsIn(document, '/offers')
  const offer: Json = {
    id: idFrom(name, taken),
    kind,
    name,
    summary,
    gives: [],
    price: pence > 0 ? { form: 'fixed', pence } : { form: 'free' },
    ...(like?.requires !== undefined && { requires: like.requires }),
  }
  // Beside its like, where a reader of the list looks for it.
  const last = entries.findLastIndex((one) => isObject(one) && one.kind === kind)
  const index = last === -1 ? entries.length : last + 1
  return { document: inserted(document, '/offers', offer, index), pointer: inside('/offers', index) }
}

/** An offer with one price, or with a price for each length or size. The first option keeps the price, and gives it back. */
export function pricedBy(document: Json, offer: string, how: 'price' | 'options'): Json {
  const value = at(document, offer)
  if (!isObject(value) || how in value) return document
  const { price, options, ...rest } = value
  const [first] = Array.isArray(options) ? options : []
  const fixed: Json = { form: 'fixed' }
  const next: Json =
    how === 'options'
      ? { ...rest, options: [{ id: 'standard', name: 'Standard', price: price ?? fixed }] }
      : { ...rest, price: (isObject(first) ? first.price : undefined) ?? fixed }
  const changed = put(document, offer, next)
  return put(changed, offer, ordered(changed, offer))
}
