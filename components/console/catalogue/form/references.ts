import { keysOf } from '../../../../catalogue/rules/pointers.ts'
import { RESERVED_IN_REFERRALS } from '../../../../catalogue/rules/reserved-in-referrals.ts'
import { at, isObject, type Json } from '../document/places.ts'
import { entryOf, namedValuesOf, type Part, propertiesOf, variantOf, whole } from './schema.ts'
import { titleOf } from './sections.ts'

/** What a place in the document names: an entry that stands elsewhere in it, by its short name. */
export type Named = 'offer' | 'option' | 'menu' | 'group' | 'district' | 'pathway' | NamedInPathway

/** What a pathway's parts name of the same pathway; an answer is one of another question's. */
type NamedInPathway = 'stage' | 'purpose' | 'event' | 'place' | 'question' | 'answer'

/** By the end of a part's role. JSON Schema has no word for it. */
const NAMES: readonly (readonly [ending: RegExp, Named])[] = [
  [
    /(^|\/)(requires\/\*\/offer|requires\/\*\/or\/\*|includes\/\*\/offer|compareWith|when\/holds|on\/offers\/\*|price\(by-holding\)\/offer)$/,
    'offer',
  ],
  [/^pathways\/\*\/(offers\/\*|places\/\*\/offer)$/, 'offer'],
  [/(^|\/)(includes\/\*\/option|on\/options\/\*)$/, 'option'],
  [/^offers\/\*\/menu$/, 'menu'],
  [/\/when\/group$/, 'group'],
  [/^offers\/\*\/(gives\/\*\/)?districts\/\*$/, 'district'],
  [/\/(moves\/\*\/to|from\(entered\)\/stage|until\((entered|left)\)\/stage)$/, 'stage'],
  [/\/turnTo\/\*\/pathway$/, 'pathway'],
  [/\/needs\/\*\(consent\)\/purpose$/, 'purpose'],
  [/\/(needs\/\*\(recorded\)\/event|(from|until)\(recorded\)\/what)$/, 'event'],
  [/\/(moves\/\*\/gives|places\/\*\/beyond)$/, 'place'],
  [/\/questions\/\*\/when\/question$/, 'question'],
  [/\/questions\/\*\/when\/is$/, 'answer'],
]

/** What a part names, where it names something. */
export function namedBy(part: Part): Named | undefined {
  return NAMES.find(([ending]) => ending.test(part.role))?.[1]
}

/** The lists of what is named by the whole document. */
const LISTS: Readonly<Partial<Record<Named, string>>> = {
  offer: '/offers',
  menu: '/menus',
  group: '/groups',
  district: '/area/districts',
  pathway: '/pathways',
}

/** The lists of what is named within a pathway. */
const PATHWAY_LISTS: Readonly<Partial<Record<Named, string>>> = {
  stage: '/stages',
  purpose: '/consent/purposes',
  event: '/events',
  place: '/places',
}

/** Something that can be named. */
export interface Nameable {
  value: string
  name: string
}

/** What can be named at a pointer: an offer's own options where one is named beside it, never an offer by itself. */
export function nameables(document: Json | undefined, named: Named, pointer: string): Nameable[] {
  const list = LISTS[named]
  const inPathway = PATHWAY_LISTS[named]
  if (list !== undefined) {
    const [key, index] = keysOf(pointer)
    // Neither an offer nor a pathway leads to itself.
    const own = key === LISTS[named]?.slice(1) ? at(document, `/${key}/${index}/id`) : undefined
    return entriesAt(document, list)
      .filter(({ value }) => value !== own)
      .map((entry) => (named === 'district' ? { ...entry, name: districtName(entry) } : entry))
  }
  if (inPathway !== undefined) return entriesAt(document, `${start(pointer, 2)}${inPathway}`).filter(notOwn)
  if (named === 'option') return optionsFor(document, pointer)
  const questions = `${start(pointer, 4)}/questions`
  const whole = at(document, questions)
  const asked = (Array.isArray(whole) ? whole : []).map((question) => ({ question, answers: answersOf(question) }))
  if (named === 'answer') {
    const beside = at(document, `${pointer.slice(0, pointer.lastIndexOf('/'))}/question`)
    return asked.find(({ question }) => isObject(question) && question.id === beside)?.answers ?? []
  }
  const own = at(document, `${start(pointer, 6)}/id`)
  return entriesAt(document, questions).filter(
    ({ value }) =>
      value !== own &&
      asked.some(({ question, answers }) => isObject(question) && question.id === value && answers.length > 0),
  )

  /** A kind of place leads to another one where none is left. */
  function notOwn({ value }: Nameable): boolean {
    return named !== 'place' || !pointer.endsWith('/beyond') || value !== at(document, `${start(pointer, 4)}/id`)
  }
}

/** The first few keys of a pointer. */
function start(pointer: string, count: number): string {
  return pointer
    .split('/')
    .slice(0, count + 1)
    .join('/')
}

/** What a question is answered by, where another one can wait for it. */
function answersOf(question: Json): Nameable[] {
  if (!isObject(question)) return []
  if (question.as === 'yes-no')
    return [
      { value: 'yes', name: 'Yes' },
      { value: 'no', name: 'No' },
    ]
  return entriesAt(question, '/choices')
}

function optionsFor(document: Json | undefined, pointer: string): Nameable[] {
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

/** Everywhere in the document that names the entry with this short name, which stands at a pointer; as pointers. */
export function namings(document: Json | undefined, named: Named, id: string, pointer = ''): string[] {
  const found: string[] = []
  const walk = (part: Part, value: Json | undefined, place: string): void => {
    if (value === undefined) return
    if (typeof value === 'string') {
      if (value === id && namedBy(part) === named && canMean(document, named, place, pointer)) found.push(place)
      return
    }
    const own = part.node.oneOf ? variantOf(part, value)?.part : part
    if (!own) return
    if (Array.isArray(value)) {
      const entry = entryOf(own)
      for (const [index, one] of value.entries()) walk(entry, one, `${place}/${index}`)
    } else if (isObject(value) && !namedValuesOf(own))
      for (const { key, part: inner } of propertiesOf(own)) walk(inner, value[key], `${place}/${key}`)
  }
  walk(whole, document, '')
  return found
}

/** Whether what is named at a place can be what stands at a pointer: within the same pathway, page or question. */
function canMean(document: Json | undefined, named: Named, place: string, pointer: string): boolean {
  if (named in PATHWAY_LISTS) return start(place, 2) === start(pointer, 2)
  if (named !== 'question' && named !== 'answer') return true
  if (start(place, 4) !== start(pointer, 4)) return false
  const asked = at(document, `${start(place, 6)}/when/question`)
  return named === 'question' || asked === at(document, `${start(pointer, 6)}/id`)
}

/** What the short name at a pointer belongs to, where others can name it. */
export function nameableAt(pointer: string): Named | undefined {
  return NAMEABLE.find(([place]) => place.test(pointer))?.[1]
}

const NAMEABLE: readonly (readonly [place: RegExp, Named])[] = [
  [/^\/offers\/\d+\/id$/, 'offer'],
  [/^\/offers\/\d+\/options\/\d+\/id$/, 'option'],
  [/^\/menus\/\d+\/id$/, 'menu'],
  [/^\/groups\/\d+\/id$/, 'group'],
  [/^\/area\/districts\/\d+\/id$/, 'district'],
  [/^\/pathways\/\d+\/id$/, 'pathway'],
  [/^\/pathways\/\d+\/stages\/\d+\/id$/, 'stage'],
  [/^\/pathways\/\d+\/consent\/purposes\/\d+\/id$/, 'purpose'],
  [/^\/pathways\/\d+\/events\/\d+\/id$/, 'event'],
  [/^\/pathways\/\d+\/places\/\d+\/id$/, 'place'],
  [/^\/pathways\/\d+\/parts\/\d+\/questions\/\d+\/id$/, 'question'],
  [/^\/pathways\/\d+\/parts\/\d+\/questions\/\d+\/choices\/\d+\/id$/, 'answer'],
]

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

/** The short names that are taken in a list; a question's is its own in its whole pathway, and a pathway and its pages have none that addresses use. */
export function idsIn(document: Json | undefined, list: string): string[] {
  const pathway = /^(\/pathways\/\d+\/parts)\/\d+\/questions$/.exec(list)?.[1]
  const parts = pathway === undefined ? undefined : at(document, pathway)
  const lists = Array.isArray(parts) ? parts.map((_, index) => `${pathway}/${index}/questions`) : [list]
  const reserved = /^\/pathways(\/\d+\/parts)?$/.test(list) ? RESERVED_IN_REFERRALS : []
  return [...lists.flatMap((one) => entriesAt(document, one)).map(({ value }) => value), ...reserved]
}
