import type { Reason } from '../../catalogue/rules/quote.ts'
import type { Unit } from '../../catalogue/schema/price.ts'

/** What the sentences of a letter are made from. */
export interface Names {
  /** The name of an offer by its id. */
  offer: (id: string) => string
}

const UNITS: Record<Unit, [one: string, many: string]> = {
  hour: ['hour', 'hours'],
  day: ['day', 'days'],
  'half-day': ['half day', 'half days'],
  session: ['session', 'sessions'],
  visit: ['visit', 'visits'],
  pupil: ['pupil', 'pupils'],
  post: ['post', 'posts'],
  place: ['place', 'places'],
  school: ['school', 'schools'],
  copy: ['copy', 'copies'],
}

const FACTS = { pupils: 'pupils on roll', schools: 'schools', staff: 'members of staff', classes: 'classes' }

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** Pence as pounds: £1,925 or £67.50. */
export function money(pence: number): string {
  const pounds = Math.floor(Math.abs(pence) / 100)
  const rest = Math.abs(pence) % 100
  return `${pence < 0 ? '-' : ''}£${String(pounds).replace(/\B(?=(\d{3})+$)/g, ',')}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`
}

/** A day in words: 10 September 2024. */
export function date(day: string): string {
  return `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

/** A count with its unit. */
export function count(quantity: number, unit: Unit): string {
  return `${quantity.toLocaleString('en-GB')} ${UNITS[unit][quantity === 1 ? 0 : 1]}`
}

/** Why a price is what it is, as a part of a sentence. Empty where the price speaks for itself. */
export function reason(why: Reason, names: Names): string {
  switch (why.code) {
    case 'free':
      return 'free of charge'
    case 'fixed':
      return ''
    case 'per-unit':
      return `${money(why.pence)} for each ${UNITS[why.unit][0]}`
    case 'per-pupil':
      return `${money(why.pence)} for each of ${why.pupils.toLocaleString('en-GB')} pupils on roll`
    case 'per-pupil-of-phase':
      return `${money(why.pence)} for each of ${why.pupils.toLocaleString('en-GB')} pupils (${why.phase})`
    case 'band':
      return `${why.school === undefined ? '' : `${why.school}: `}${why.value.toLocaleString('en-GB')} ${FACTS[why.fact]}, ${money(why.pence)}`
    case 'tier':
      return `${count(why.quantity, why.unit)} at ${money(why.pence)} each`
    case 'covers':
      return `${money(why.pence)} for up to ${count(why.covers, why.unit)}`
    case 'further':
      return `${count(why.quantity, why.unit)} more at ${money(why.pence)} each`
    case 'first-free':
      return `the first ${count(why.free, why.unit)} free, then ${money(why.pence)} each`
    case 'block':
      return `block ${why.number} of ${count(why.size, why.unit)}: ${money(why.pence)}`
    case 'on-request':
      return 'price on request'
    case 'counted':
      return `${why.count} ${why.of}${why.count === 1 ? '' : 's'}`
    case 'bought-by':
      return `bought by ${date(why.until)}`
    case 'bought-from':
      return why.until === undefined
        ? `bought on or after ${date(why.from)}`
        : `bought from ${date(why.from)} to ${date(why.until)}`
    case 'holder':
      return `price with ${names.offer(why.offer)}`
    case 'not-holder':
      return `price without ${names.offer(why.offer)}`
    case 'in-area':
      return 'price for schools in the area'
    case 'out-of-area':
      return 'price for schools outside the area'
    case 'buyer-class':
      return `price for this kind of school (${why.class})`
    case 'joining-full':
      return 'the full price, whenever the school joins'
    case 'joining-monthly':
      return `${why.months} of ${why.of} months`
    case 'joining-fraction':
      return `${why.numerator} of ${why.denominator} parts, joining on or after ${date(why.from)}`
    case 'base-requirement':
      return 'added because the other items need it'
    case 'conditional':
      return 'charged only if a place is given'
    case 'minimum-charge':
      return `the least that is charged is ${money(why.pence)}`
    case 'included':
      return `${why.quantity} already included in ${names.offer(why.in)}`
    case 'percent-off':
      return `${why.percent}% off ${why.name}`
    case 'amount-off':
      return `${money(why.pence)} off ${why.name}`
    case 'percent-on':
      return `${why.name}: ${why.percent}% on the total`
    case 'amount-on':
      return why.name
  }
}
