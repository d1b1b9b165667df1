import type { Calendar } from '../schema/calendar.ts'
import type { Catalogue } from '../schema/catalogue.ts'
import { addDays, isDay } from './dates.ts'
import { inside } from './pointers.ts'
import { remade, withMoney } from './remade.ts'

/** How prices rise, or fall where `percent` is negative. */
export interface Rise {
  /** At most two decimals. */
  percent: number
  /** The step, in pence, that each new price is a multiple of. A price below one step is rounded to the penny. */
  roundTo: 1 | 10 | 100 | 500 | 1_000 | 5_000
  rounding: 'nearest' | 'up' | 'down'
  /** The ids of the offers that rise; left out for all. */
  offers?: readonly string[]
  /** Whether minimum charges rise too. Default: they do. */
  minimums?: boolean
  /** Whether the amounts of discounts and surcharges rise too. Default: they do, where all offers rise. */
  amounts?: boolean
}

/** A text that says what may no longer be so: a year that is past, an amount of money, or a day of term or of closing that was moved by a year. */
export interface ToReview {
  pointer: string
  text: string
  why: 'year' | 'money' | 'moved'
}

/** A new catalogue, and the texts in it that somebody has to read: nobody's sentences are rewritten. */
export interface Proposal {
  catalogue: Catalogue
  review: ToReview[]
}

const MOST_PENCE = 100_000_000

/** What an amount becomes: raised, rounded once, and never nothing where it was something. 0 stays 0. */
export function raisedPence(pence: number, { percent, roundTo, rounding }: Omit<Rise, 'offers'>): number {
  if (pence === 0) return 0
  const hundredths = BigInt(10_000 + Math.round(percent * 100))
  const toSteps = (step: number): number => {
    const exact = BigInt(pence) * hundredths
    const whole = 10_000n * BigInt(step)
    const more = { nearest: whole / 2n, up: whole - 1n, down: 0n }[rounding]
    return Number((exact + more) / whole) * step
  }
  const isBelowStep = BigInt(pence) * hundredths < 10_000n * BigInt(roundTo)
  return Math.min(MOST_PENCE, Math.max(1, toSteps(isBelowStep ? 1 : roundTo)))
}

/** The same catalogue with its prices raised. Thresholds, percentages and everything else stay. */
export function raised(catalogue: Catalogue, rise: Rise): Proposal {
  const raise = (pence: number) => raisedPence(pence, rise)
  const { offers: ids, minimums = true, amounts = !ids } = rise
  const rules = <Rule extends Catalogue['discounts'][number] | Catalogue['surcharges'][number]>(list: Rule[]): Rule[] =>
    list.map((rule) => (amounts && rule.kind === 'amount' ? { ...rule, pence: raise(rule.pence) } : rule))
  const after: Catalogue = {
    ...catalogue,
    discounts: rules(catalogue.discounts),
    surcharges: rules(catalogue.surcharges),
    offers: catalogue.offers.map((offer) => {
      if (ids && !ids.includes(offer.id)) return offer
      const { price, options, minimumPence } = offer
      return {
        ...offer,
        ...(price && { price: withMoney(price, raise) }),
        ...(options && { options: options.map((option) => ({ ...option, price: withMoney(option.price, raise) })) }),
        ...(minimums && minimumPence !== undefined && { minimumPence: raise(minimumPence) }),
      }
    }),
  }
  return { catalogue: after, review: toReview(after, []) }
}

/** The next year's catalogue: prices raised, every day moved by a year, and an id and a title with their years moved unless others are given. The days of terms and closures are to be read again: each year has its own. */
export function nextYear(
  catalogue: Catalogue,
  rise: Rise & { catalogue?: string; title?: string; years?: number },
): Proposal {
  const { years = 1 } = rise
  const { catalogue: risen } = raised(catalogue, rise)
  const move = <Value>(value: Value): Value => withDays(value, (day, isLast) => movedDay(day, years, isLast))
  const after: Catalogue = {
    ...risen,
    catalogue: rise.catalogue ?? idOfYear(risen, years),
    title: rise.title ?? movedYears(risen.title, years),
    year: move(risen.year),
    opensOn: movedDay(risen.opensOn, years, false),
    ...(risen.calendar && { calendar: movedCalendar(risen.calendar, years) }),
    discounts: move(risen.discounts),
    surcharges: move(risen.surcharges),
    offers: risen.offers.map((offer) => ({
      ...offer,
      ...(offer.price && { price: move(offer.price) }),
      ...(offer.options && { options: offer.options.map((option) => ({ ...option, price: move(option.price) })) }),
    })),
  }
  const { from, to } = catalogue.year
  const old = new Set([from, to, catalogue.opensOn].map((day) => day.slice(0, 4)))
  return { catalogue: after, review: [...toReview(after, [...old]), ...daysToReview(after)] }
}

/** Terms and closures with their days, and the years in their names, moved. */
function movedCalendar({ terms, closures }: Calendar, years: number): Calendar {
  const moved = <Span extends { from: string; to: string }>(span: Span): Span => {
    const from = movedDay(span.from, years, false)
    const to = movedDay(span.to, years, true)
    // What lasts for 29 February alone has to end when it begins.
    return { ...span, from, to: to < from ? from : to }
  }
  return {
    terms: terms.map((term) => ({
      ...moved(term),
      id: movedYears(term.id, years),
      name: movedYears(term.name, years),
      ...(term.halfTerm && { halfTerm: moved(term.halfTerm) }),
    })),
    closures: closures.map((closure) => ({ ...moved(closure), name: movedYears(closure.name, years) })),
  }
}

/** The first days of a catalogue's terms and closures, of which nobody knows whether they are right. */
function daysToReview({ calendar }: Catalogue): ToReview[] {
  return (['terms', 'closures'] as const).flatMap((list) =>
    (calendar?.[list] ?? []).map(({ from }, index) => ({
      pointer: `/calendar/${list}/${index}/from`,
      text: from,
      why: 'moved' as const,
    })),
  )
}

/** The same day in another year. The last day of February stays the last: nothing begins before it or ends after it. */
export function movedDay(day: string, years: number, isLast: boolean): string {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, '0')
  const next = addDays(day, 1)
  if (isLast && next.endsWith('-03-01')) return addDays(`${year}-03-01`, -1)
  const moved = `${year}${day.slice(4)}`
  return isDay(moved) ? moved : `${year}-03-01`
}

/** The id with its years moved; where it names none, one of the new year’s. */
function idOfYear({ catalogue: id, year }: Catalogue, years: number): string {
  const moved = movedYears(id, years)
  if (moved !== id) return moved
  const [from, to] = [year.from, year.to].map((day) => String(Number(day.slice(0, 4)) + years))
  return from === to ? String(from) : `${from}-${to?.slice(2)}`
}

/** A name with each year in it moved: 2024-25, 2024/2025, April 2024 to March 2025. */
export function movedYears(text: string, years: number): string {
  return text.replace(
    /(?<!\d)((?:19|20)\d\d)(?:([-–/])(\d\d))?(?!\d)/g,
    (_, year: string, mark?: string, short?: string) => {
      const moved = String(Number(year) + years)
      return mark && short ? `${moved}${mark}${String((Number(short) + years) % 100).padStart(2, '0')}` : moved
    },
  )
}

function withDays<Value>(value: Value, change: (day: string, isLast: boolean) => string): Value {
  return remade(value, (leaf, keys) => {
    const key = keys.at(-1) ?? ''
    if (typeof leaf !== 'string' || !['from', 'until', 'to'].includes(key) || !isDay(leaf)) return leaf
    return change(leaf, key !== 'from')
  })
}

/** What holds no sentences: ids, addresses and numbers. */
const NO_TEXTS: ReadonlySet<string> = new Set([
  '$schema',
  'id',
  'calendar',
  'catalogue',
  'offer',
  'offers',
  'or',
  'email',
  'orders',
  'letters',
  'website',
  'telephone',
  'schoolNumber',
  'urns',
  'colour',
  'year',
  'opensOn',
  'price',
  'when',
  'on',
])

/** The texts of a catalogue that name one of these years, or an amount of money. */
function toReview(catalogue: Catalogue, years: readonly string[]): ToReview[] {
  const found: ToReview[] = []
  const named = years.map((year) => {
    const [short, next] = [Number(year) % 100, (Number(year) + 1) % 100].map((part) => String(part).padStart(2, '0'))
    return new RegExp(`(?<!\\d)(${year}|${short}[-–/]${next})(?!\\d)`)
  })
  const walk = (value: unknown, pointer: string): void => {
    if (typeof value === 'string') {
      if (named.some((year) => year.test(value))) found.push({ pointer, text: value, why: 'year' })
      else if (/£\s?\d/.test(value)) found.push({ pointer, text: value, why: 'money' })
    } else if (typeof value === 'object' && value !== null)
      for (const [key, part] of Object.entries(value))
        if (!NO_TEXTS.has(key) || (pointer === '' && key === 'offers')) walk(part, inside(pointer, key))
  }
  walk({ ...catalogue, title: '' }, '')
  return found
}
