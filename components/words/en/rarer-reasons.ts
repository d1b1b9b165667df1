import { spoken } from '../spoken.ts'
import { longDate, pounds } from './money.ts'
import { type RarerReasons, unitOf } from './reasons.ts'

const facts = { pupils: 'pupils on roll', schools: 'schools', staff: 'staff', classes: 'classes' }
const phases = {
  nursery: 'nursery',
  primary: 'primary',
  secondary: 'secondary',
  'all-through': 'all-through',
  'sixteen-plus': '16 to 19',
  special: 'special',
  alternative: 'alternative provision',
}
const classes = {
  maintained: 'maintained schools',
  academy: 'academies',
  independent: 'independent schools',
  charity: 'charities',
  'local-authority': 'local authorities',
  other: 'other buyers',
}
const plural = {
  hour: 'hours',
  day: 'days',
  'half-day': 'half days',
  session: 'sessions',
  visit: 'visits',
  pupil: 'pupils',
  post: 'posts',
  place: 'places',
  school: 'schools',
  copy: 'copies',
}
const number = (value: number) => value.toLocaleString('en-GB')

/** The reasons that only some price lists give. */
export const en: RarerReasons = {
  'per-pupil-of-phase': ({ phase, pupils, pence }) =>
    `${pounds(pence)} for each of ${number(pupils)} ${phases[phase]} pupils`,
  band: ({ fact, from, below, value, pence, school }) =>
    `${school ? `${school}: ` : ''}${pounds(pence)} for ${below ? `${number(from)} to ${number(below - 1)}` : `${number(from)} or more`} ${facts[fact]} (you have ${number(value)})`,
  tier: ({ kind, from, below, unit, quantity, pence }) => {
    const range = below ? `${number(from)} to ${number(below - 1)}` : `${number(from)} or more`
    return kind === 'volume'
      ? `${pounds(pence)} ${unitOf(unit)} when you buy ${range}`
      : `${number(quantity)} at ${pounds(pence)} ${unitOf(unit)} (${range})`
  },
  covers: ({ covers, unit, pence }) => `${pounds(pence)} for up to ${number(covers)} ${plural[unit]}`,
  further: ({ quantity, unit, pence }) => `${number(quantity)} more at ${pounds(pence)} ${unitOf(unit)}`,
  'first-free': ({ free, unit, pence }) =>
    `First ${number(free)} ${plural[unit]} free, then ${pounds(pence)} ${unitOf(unit)}`,
  block: ({ number: place, size, unit, pence }) =>
    `Block ${number(place)} of ${number(size)} ${plural[unit]}: ${pounds(pence)}`,
  counted: ({ of, count }) => `${number(count)} ${of}${count === 1 ? '' : 's'}`,
  'in-area': () => 'Price for schools in the area',
  'out-of-area': () => 'Price for schools outside the area',
  'buyer-class': ({ class: buyer }) => `Price for ${classes[buyer]}`,
  'joining-monthly': ({ months, of }) => `${months} of ${of} months left in the year`,
  'joining-fraction': ({ numerator, denominator, from }) =>
    `${numerator}/${denominator} of the year’s price, from ${longDate(from)}`,
  'minimum-charge': ({ pence }) => `The least that is charged is ${pounds(pence)}`,
  included: ({ in: holder, quantity }, name) => `${number(quantity)} already part of ${name(holder)}`,
  'amount-off': ({ pence, name }) => `${pounds(pence)} off ${name}`,
  'percent-on': ({ percent, name }) => `${name} (${percent}%)`,
  'amount-on': ({ name }) => name,
  'base-requirement': () => 'Added because everything else you chose depends on it',
  conditional: () => 'Charged only if a place is given',
  'percent-off': ({ percent, name }) => `${percent}% off ${name}`,
  holder: ({ offer }, name) => `Price with ${name(offer)}`,
  'not-holder': ({ offer }, name) => `Price without ${name(offer)}`,
}

/** The same in the language being spoken. */
export const rarerReasons = spoken('rarer', en)
