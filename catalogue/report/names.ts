import { at, inside, isObject, keysOf, under } from '../rules/pointers.ts'
import { longDay, number } from './figures.ts'
import { languageSaid, PATHWAY_ENTRIES, PATHWAY_LABELS } from './pathways.ts'

/** What a part of a catalogue is called: things with a name of their own, then what of them is meant. */
export interface Name {
  /** Such as an offer and its option, or a price and the choice within it. */
  things: string[]
  /** Such as “summary”; empty where the thing itself, or its price, is meant. */
  labels: string[]
}

/** What the parts of a catalogue are called in plain English. Empty: what it stands in is enough. */
const LABELS: Record<string, string> = {
  $schema: 'schema',
  about: 'description',
  aims: 'aims',
  afterwards: 'what happens afterwards',
  alsoCharged: 'what is charged as well',
  area: '',
  arrangements: 'other arrangements',
  askedBy: 'asked for by',
  catalogue: 'name of the year',
  compareWith: 'compared with',
  covers: 'units covered',
  daysAtSchool: 'days at school',
  daysHere: 'days here',
  debited: 'when it is charged',
  districts: 'districts',
  each: 'for each',
  elsewhere: 'who serves other districts',
  email: 'e-mail address',
  fact: 'counted by',
  fractions: 'parts',
  free: 'units without charge',
  from: 'first day',
  fromWeek: 'first week',
  furtherPence: 'each further one',
  gives: 'what it gives',
  grants: 'tokens or sessions',
  hoursAWeek: 'hours a week',
  how: 'added or held',
  id: 'id in addresses',
  includes: 'what it includes',
  intro: 'introduction',
  is: 'threshold is',
  items: 'items',
  later: '',
  leastMinutes: 'least hours',
  minimumPence: 'minimum charge',
  minutes: 'length',
  mostMinutes: 'most hours',
  notProvided: 'what is not provided',
  numerator: 'parts charged',
  denominator: 'parts in all',
  of: 'counted in',
  offers: 'offers',
  often: 'how often',
  opensOn: 'first day of orders',
  options: 'options',
  or: 'or',
  orders: 'who hears of orders',
  outside: 'schools outside the area',
  participants: 'people taking part',
  pattern: 'weekly pattern',
  payment: 'ways to pay',
  pence: '',
  percent: '',
  per: 'for each',
  placement: '',
  places: 'places',
  price: '',
  requires: 'what it requires',
  schoolNumber: 'school number',
  service: 'name of the service',
  size: 'size of a block',
  stepDown: 'step-down',
  suits: 'whom it suits',
  support: 'hours',
  text: '',
  threshold: 'threshold',
  to: 'last day',
  toWeek: 'last week',
  urns: 'members’ reference numbers',
  uses: 'what it can be used for',
  vat: 'VAT',
  when: '',
  withdrawnBy: 'withdrawn by',
  year: '',
  ...PATHWAY_LABELS,
}

/** What one entry of a list is called, where it has no name of its own. */
const ENTRIES: Record<string, string> = {
  address: 'line of the address',
  aims: 'aim',
  afterwards: 'next step',
  class: 'class of buyer',
  discounts: 'discount',
  eligibility: 'condition',
  expectations: 'expectation',
  gives: 'point',
  groups: 'group',
  includes: 'inclusion',
  items: 'item',
  kinds: 'kind',
  menus: 'menu',
  notProvided: 'entry of what is not provided',
  offers: 'offer',
  options: 'option',
  or: 'alternative',
  orders: 'address',
  pattern: 'week',
  provider: 'expectation of the provider',
  requires: 'requirement',
  school: 'expectation of the school',
  steps: 'step',
  surcharges: 'surcharge',
  topics: 'topic',
  urns: 'reference number',
  uses: 'use',
  ...PATHWAY_ENTRIES,
}

/** What is named before its parts. */
const SECTIONS: ReadonlySet<string> = new Set(['provider', 'ordering', 'expectations', 'privacy'])

/** The name of what one choice of a price leads to, within a price. */
const CHOICES: Record<string, (price: Record<string, unknown>, document: unknown) => string> = {
  first: ({ later }) => {
    const day = under(under(later, 0), 'from')
    return typeof day === 'string' ? `before ${longDay(day)}` : 'at first'
  },
  holder: ({ offer }, document) => `for holders of ${named(offer, document)}`,
  other: ({ form }) => (form === 'by-holding' ? 'for those without it' : 'for all others'),
  inside: () => 'in the area',
  outside: () => 'outside the area',
}

/** What an offer with an id is called, or something else in another list; the id itself where there is none. */
export function named(id: unknown, document: unknown, list = 'offers'): string {
  const entries = under(document, list)
  const entry = Array.isArray(entries) ? entries.find((one: unknown) => under(one, 'id') === id) : undefined
  return titleOf(entry) ?? String(id)
}

/** What a thing calls itself; undefined where it does not. */
export function titleOf(value: unknown): string | undefined {
  if (!isObject(value)) return undefined
  if (typeof value.language === 'string') return languageSaid(value.language)
  for (const key of ['name', 'role', 'label', 'heading', 'title', 'id']) {
    const title = value[key]
    // What has an id and a text alone is told by its text.
    if (typeof title === 'string' && title.trim() && (key !== 'id' || typeof value.text !== 'string')) return title
  }
  return undefined
}

/** What stands at a pointer, named as an office would: “Silver package › price”. The whole document is “The catalogue”. */
export function nameOf(pointer: string, document: unknown): string {
  const { things, labels } = partsOf(pointer, document)
  const isPrice = labels.length === 0 && keysOf(pointer).includes('price')
  const parts = [...things, ...labels, ...(isPrice ? ['price'] : [])]
  return parts.length > 0 ? capitalised(parts.join(' › ')) : 'The catalogue'
}

/** The parts of the name of what stands at a pointer. */
export function partsOf(pointer: string, document: unknown): Name {
  const keys = keysOf(pointer)
  const things: string[] = []
  const labels: string[] = []
  let above = ''
  let list = ''
  keys.forEach((key, index) => {
    const parent = at(document, above)
    const around = keys[index - 1] ?? ''
    above = inside(above, key)
    if (/^\d+$/.test(key)) {
      const thing = thingOf(at(document, above), Number(key), around)
      list = around
      // The name of an entry says of which list it is.
      labels.pop()
      if (thing) things.push(thing)
      else labels.push(`${ENTRIES[around] ?? 'entry'} ${Number(key) + 1}`)
      return
    }
    const choice = isObject(parent) && typeof parent.form === 'string' ? CHOICES[key]?.(parent, document) : undefined
    if (choice) things.push(choice)
    else if (around === 'pence') things.push(`for ${spaced(key)} pupils`)
    else if (index === 0 && keys.length > 1 && SECTIONS.has(key)) things.push(key)
    else if (around === 'when' && (key === 'from' || key === 'until')) labels.push(key)
    else if (around === 'on') labels.push(`${spaced(key)} that it applies to`)
    else
      labels.push(
        LABELS[`${list}/${key}`] ?? LABELS[key] ?? spaced(key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()),
      )
  })
  const said = labels.filter(Boolean)
  if (things.length + said.length === 0 && keys.length > 0) said.push(spaced(keys.at(-1) ?? ''))
  return { things, labels: said }
}

/** The name of a list's entry; undefined where it has none. */
function thingOf(entry: unknown, index: number, list: string): string | undefined {
  if (list === 'pence') return `block ${index + 1}`
  if (!isObject(entry)) return undefined
  const { id, from, fromWeek, toWeek } = entry
  if (list === 'discounts' || list === 'surcharges') return `${ENTRIES[list]} “${titleOf(entry) ?? index + 1}”`
  if (list === 'districts') return `district ${id ?? index + 1}`
  if (list === 'pattern') return `weeks ${fromWeek} to ${toWeek}`
  if (list === 'in') return `in ${titleOf(entry)}`
  if (list === 'questions' || list === 'closures' || list === 'purposes')
    return `${ENTRIES[list]} “${titleOf(entry) ?? index + 1}”`
  if (list === 'eligibility') return undefined
  if (list === 'terms') return titleOf(entry)
  if (list === 'classes') return `for ${spaced(String(entry.class))} buyers`
  if (typeof from === 'number') return `from ${number(from)}`
  if (typeof from === 'string') return `from ${longDay(from)}`
  return titleOf(entry)
}

/** A name of the file's as words: half-day, half day. */
export function spaced(name: string): string {
  return name.replaceAll('-', ' ')
}

/** The same with a capital at its beginning. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
