import { at, isObject, keysOf, same, under } from '../rules/pointers.ts'
import { type Price, price as priceSchema } from '../schema/price.ts'
import { counted, duration, longDay, number, pounds } from './figures.ts'
import { named, spaced, titleOf } from './names.ts'
import { wordSaid } from './pathways.ts'

/** What holds money, in pence. */
const MONEY: ReadonlySet<string> = new Set(['pence', 'furtherPence', 'minimumPence'])
/** What holds lengths, in minutes. */
const LENGTHS: ReadonlySet<string> = new Set(['minutes', 'leastMinutes', 'mostMinutes'])
/** What names something by its id, and the list that it stands in. */
const REFERENCES: ReadonlyMap<string, string> = new Map([
  ['offer', 'offers'],
  ['offers', 'offers'],
  ['or', 'offers'],
  ['holds', 'offers'],
  ['compareWith', 'offers'],
  ['menu', 'menus'],
  ['when/group', 'groups'],
  ['moves/to', 'stages'],
  ['moves/gives', 'places'],
  ['places/beyond', 'places'],
  ['when/question', 'questions'],
])
/** What holds numbers that are written as texts. */
const NUMBERS: ReadonlySet<string> = new Set(['districts', 'urns'])
/** What holds words of the schema's, not of the provider's. */
const CHOICES: ReadonlySet<string> = new Set(
  (
    'form kind kinds unit vat how askedBy outside each fact is rule class by per of method format ' +
    'as pass asked counted fills language languages event who seenBy'
  ).split(' '),
)

/** A value as people write it: money in pounds, minutes as hours, days in words, prices in full. */
export function valueSaid(value: unknown, pointer: string, document: unknown): string {
  const keys = keysOf(pointer)
  const key = keyOf(pointer)
  const isMoney =
    MONEY.has(key) ||
    keys.at(-2) === 'pence' ||
    (key === 'value' && at(document, pointer.replace(/value$/, 'fact')) === 'pence')
  return said(value, isMoney ? 'pence' : key, scopeOf(pointer, document))
}

/** What a value is known by: the last name on the way to it, with the one before where it means something else there. */
function keyOf(pointer: string): string {
  const [above = '', key = ''] = ['', ...keysOf(pointer).filter((name) => !/^\d+$/.test(name))].slice(-2)
  return REFERENCES.has(`${above}/${key}`) ? `${above}/${key}` : key
}

/** The document with what only one pathway names: its stages, its questions and so on. */
function scopeOf(pointer: string, document: unknown): unknown {
  const [list, index = ''] = keysOf(pointer)
  if (list !== 'pathways' || !isObject(document)) return document
  const pathway = at(document, `/pathways/${index}`)
  const parts = under(pathway, 'parts')
  return {
    ...document,
    stages: under(pathway, 'stages'),
    places: under(pathway, 'places'),
    events: under(pathway, 'events'),
    purposes: under(under(pathway, 'consent'), 'purposes'),
    questions: Array.isArray(parts) ? parts.flatMap((part: unknown) => under(part, 'questions') ?? []) : [],
  }
}

function said(value: unknown, key: string, document: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number')
    return MONEY.has(key)
      ? pounds(value)
      : LENGTHS.has(key)
        ? duration(value)
        : key === 'percent' || key === 'standard' || key === 'reduced'
          ? `${number(value)}%`
          : number(value)
  if (typeof value === 'string') return textSaid(value, key, document)
  if (Array.isArray(value)) {
    const entries = value.slice(0, 5).map((entry: unknown) => said(entry, key, document))
    if (value.length > 5) entries.push(`and ${number(value.length - 5)} more`)
    return entries.join(', ') || 'none'
  }
  return isObject(value) ? objectSaid(value, document) : String(value)
}

function textSaid(text: string, key: string, document: unknown): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return longDay(text)
  const list = REFERENCES.get(key)
  if (list) return named(text, document, list)
  if (NUMBERS.has(key)) return text
  if (CHOICES.has(key)) return wordSaid(text) ?? spaced(text)
  return `“${text}”`
}

function objectSaid(value: Record<string, unknown>, document: unknown): string {
  const { leastMinutes, mostMinutes, text, offer, quantity, form, fact, is } = value
  if (typeof form === 'string') {
    const known = priceSchema.safeParse(value)
    if (known.success) return priceSaid(known.data, document)
  }
  if (typeof leastMinutes === 'number' && typeof mostMinutes === 'number') return hoursSaid(leastMinutes, mostMinutes)
  if (typeof fact === 'string' && typeof value.value === 'number') {
    const count = fact === 'pence' ? pounds(value.value) : counted(value.value, fact, fact)
    return is === 'more-than' ? `more than ${count}` : `${count} or more`
  }
  const referral = referralSaid(value, document)
  if (referral !== undefined) return referral
  const title = titleOf(value)
  if (title !== undefined) return value.price === undefined ? title : `${title} (${said(value.price, '', document)})`
  if (typeof text === 'string') return `“${text}”`
  if (typeof offer === 'string' && typeof quantity === 'number')
    return `${number(quantity)} of ${named(offer, document)}`
  if (typeof offer === 'string')
    return [offer, value.or ?? []]
      .flat()
      .map((id) => named(id, document))
      .join(' or ')
  return (
    Object.entries(value)
      .map(([key, part]) => `${spaced(key)} ${said(part, key, document)}`)
      .join(', ') || 'none'
  )
}

/** What a decision needs, what a deadline counts from or until, when a question is asked, a letter or a time of days; undefined for all else. */
function referralSaid(value: Record<string, unknown>, document: unknown): string | undefined {
  const { kind, event, question, is, pass, who, text, from, to } = value
  const quoted = (id: unknown, list: string) => `“${named(id, document, list)}”`
  if (kind === 'consent' && 'purpose' in value) return `consent to ${quoted(value.purpose, 'purposes')}`
  if (kind === 'recorded') return `${quoted(event, 'events')} to be recorded`
  if (typeof kind === 'string' && !('id' in value)) return NEEDS[kind]
  if (typeof event === 'string') {
    const about = value.stage === undefined ? quoted(value.what, 'events') : quoted(value.stage, 'stages')
    return EVENTS[event]?.(about)
  }
  if (typeof question === 'string' && typeof pass === 'string') return `“${question}”`
  if (typeof question === 'string' && typeof is === 'string') {
    const asked = under(document, 'questions')
    const other = Array.isArray(asked) ? asked.find((one: unknown) => under(one, 'id') === question) : undefined
    return `${quoted(question, 'questions')} is answered “${named(is, other, 'choices')}”`
  }
  if (typeof who === 'string' && typeof text === 'string') return `to the ${who} “${text}”`
  if (typeof from === 'string' && typeof to === 'string' && titleOf(value) === undefined)
    return `${longDay(from)} to ${longDay(to)}`
  return undefined
}

const NEEDS: Record<string, string> = {
  agreement: 'the agreement to be signed',
  assigned: 'somebody to be named who works on it',
  panel: 'a panel to have seen it',
}

const EVENTS: Record<string, (about: string) => string> = {
  sent: () => 'the referral is sent',
  released: () => 'consent releases the referral',
  entered: (stage) => `the case comes to ${stage}`,
  left: (stage) => `the case leaves ${stage}`,
  recorded: (what) => `${what} is recorded`,
  ended: () => 'the case ends',
}

/** A range of minutes in hours, without the word: 12 to 13, up to 100, 6.5, 0:50. */
export function hoursSaid(least: number, most: number): string {
  const hours = (minutes: number) =>
    minutes % 15 === 0 ? number(minutes / 60) : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
  if (least === 0 && most > 0) return `up to ${hours(most)}`
  return least === most ? hours(least) : `${hours(least)} to ${hours(most)}`
}

/** What a discount takes off or a surcharge puts on: 10%, £50 for each unit. */
export function amountSaid(rule: unknown): string {
  const percent = under(rule, 'percent')
  const pence = under(rule, 'pence')
  const each = under(rule, 'each')
  if (typeof percent === 'number') return `${number(percent)}%`
  if (typeof pence !== 'number') return 'nothing'
  return each === undefined || each === 'order' ? pounds(pence) : `${pounds(pence)} for each ${String(each)}`
}

/** A whole price in words, with everything that it depends on. */
export function priceSaid(price: Price, document: unknown): string {
  const inner = (other: Price) => priceSaid(other, document)
  switch (price.form) {
    case 'free':
      return 'no charge'
    case 'fixed':
      return pounds(price.pence)
    case 'per-unit':
      return `${pounds(price.pence)} for each ${spaced(price.unit)}${lengthSaid(price)}`
    case 'per-pupil':
      return `${pounds(price.pence)} for each pupil on roll`
    case 'per-pupil-by-phase':
      return Object.entries(price.pence)
        .map(([phase, pence = 0]) => `${pounds(pence)} for each ${spaced(phase)} pupil`)
        .join(', ')
    case 'bands': {
      const bands = price.bands.map(({ from, pence }) => `${pounds(pence)} from ${number(from)} ${price.fact}`)
      return `${bands.join(', ')}, ${price.each === 'school' ? 'for each school' : 'for all schools together'}`
    }
    case 'tiers': {
      const tiers = price.tiers.map(({ from, pence }) => `${pounds(pence)} from ${number(from)}`)
      const kind = price.kind === 'volume' ? 'every one at the price reached' : 'each part at its own price'
      return `for each ${spaced(price.unit)}${lengthSaid(price)} ${tiers.join(', ')}, ${kind}`
    }
    case 'up-to':
      return `${pounds(price.pence)} for up to ${counted(price.covers, spaced(price.unit))}, then ${pounds(price.furtherPence)} each, at most ${number(price.most)}`
    case 'first-free':
      return `the first ${counted(price.free, spaced(price.unit))} free, then ${pounds(price.pence)} each`
    case 'blocks':
      return `${price.pence.map(pounds).join(', then ')} for each ${counted(price.size, spaced(price.unit))}`
    case 'on-request':
      return 'on request'
    case 'counted':
      return counted(price.count, price.of)
    case 'by-date':
      return [inner(price.first), ...price.later.map((step) => `from ${longDay(step.from)} ${inner(step.price)}`)].join(
        ', ',
      )
    case 'by-holding':
      return `${inner(price.holder)} for holders of ${named(price.offer, document)}, otherwise ${inner(price.other)}`
    case 'by-area':
      return `${inner(price.inside)} in the area, ${inner(price.outside)} outside`
    case 'by-class':
      return [
        ...price.classes.map((choice) => `${inner(choice.price)} for ${spaced(choice.class)} buyers`),
        `otherwise ${inner(price.other)}`,
      ].join(', ')
    case 'joining': {
      const parts = price.fractions?.map(
        ({ from, numerator, denominator }) => `${numerator}⁄${denominator} from ${longDay(from)}`,
      )
      const rule = { full: 'in full whenever a school joins', monthly: 'by the months that are left', fractions: '' }
      return `${inner(price.price)}, ${parts ? parts.join(', ') : rule[price.rule]}`
    }
  }
}

/** How long a unit is, where the unit does not say it already. */
function lengthSaid({ unit, minutes }: { unit: string; minutes?: number | undefined }): string {
  return minutes === undefined || (unit === 'hour' && minutes === 60) ? '' : ` of ${duration(minutes)}`
}

/** Two texts around what they differ in, each short enough to read: “…last year…” and “…this year…”. */
export function shortened(before: string, after: string): [string, string] {
  if (before.length <= SHORT && after.length <= SHORT) return [`“${before}”`, `“${after}”`]
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const room = Math.min(before.length, after.length) - start
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const from = start <= AROUND ? 0 : wordStart(before, start - AROUND, start)
  return [cut(before, from, before.length - end), cut(after, from, after.length - end)]
}

const SHORT = 60
const AROUND = 24
const LONGEST = 140

/** Where a word begins after a place, but not later than another. */
function wordStart(text: string, from: number, latest: number): number {
  const space = text.indexOf(' ', from)
  return space < 0 || space >= latest ? from : space + 1
}

/** The beginning of a text, in quotation marks. */
export function begun(text: string): string {
  return cut(text, 0, Math.min(text.length, SHORT - AROUND))
}

function cut(text: string, from: number, end: number): string {
  const space = text.indexOf(' ', Math.min(text.length, end + AROUND))
  const wanted = text.length - end <= AROUND || space < 0 ? text.length : space
  const to = Math.min(wanted, from + LONGEST)
  // A cut never leaves half of a character.
  const part = text.slice(from, to).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
  return `“${from > 0 ? '…' : ''}${part}${to < text.length ? '…' : ''}”`
}

/** Whether two values are texts of the provider's own words, which are told by what has changed in them. */
export function areTexts(before: unknown, after: unknown, pointer: string): boolean {
  const key = keyOf(pointer)
  if (typeof before !== 'string' || typeof after !== 'string' || same(before, after)) return false
  return !REFERENCES.has(key) && !CHOICES.has(key) && ![before, after].every((text) => /^\d{4}-\d\d-\d\d$/.test(text))
}
