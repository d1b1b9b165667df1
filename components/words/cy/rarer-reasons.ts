import { pounds } from '../en/money.ts'
import type { Pack } from '../pack.ts'
import { longDate } from './money.ts'
import { units } from './reasons.ts'

/** What follows "o", with a soft mutation. */
const facts = {
  pupils: 'ddisgyblion ar y gofrestr',
  schools: 'ysgolion',
  staff: 'staff',
  classes: 'ddosbarthiadau',
}
const phases = {
  nursery: 'meithrin',
  primary: 'cynradd',
  secondary: 'uwchradd',
  'all-through': 'pob oed',
  'sixteen-plus': '16 i 19',
  special: 'ysgolion arbennig',
  alternative: 'darpariaeth amgen',
}
const classes = {
  maintained: 'ysgolion a gynhelir',
  academy: 'academïau',
  independent: 'ysgolion annibynnol',
  charity: 'elusennau',
  'local-authority': 'awdurdodau lleol',
  other: 'brynwyr eraill',
}
/** One of each, as it stands after a number. */
const one = {
  hour: 'awr',
  day: 'diwrnod',
  'half-day': 'hanner diwrnod',
  session: 'sesiwn',
  visit: 'ymweliad',
  pupil: 'disgybl',
  post: 'swydd',
  place: 'lle',
  school: 'ysgol',
  copy: 'copi',
}
const counted = { token: 'tocyn', session: 'sesiwn' }
const number = (value: number) => value.toLocaleString('en-GB')

/** The reasons that only some price lists give. */
export const cy: Pack['rarer'] = {
  'per-pupil-of-phase': ({ phase, pupils, pence }) =>
    `${pounds(pence)} am bob un o ${number(pupils)} o ddisgyblion (${phases[phase]})`,
  band: ({ fact, from, below, value, pence, school }) =>
    `${school ? `${school}: ` : ''}${pounds(pence)} am ${below ? `${number(from)} i ${number(below - 1)}` : `${number(from)} neu fwy`} o ${facts[fact]} (mae gennych ${number(value)})`,
  tier: ({ kind, from, below, unit, quantity, pence }) => {
    const range = below ? `${number(from)} i ${number(below - 1)}` : `${number(from)} neu fwy`
    return kind === 'volume'
      ? `${pounds(pence)} ${units[unit]} wrth brynu ${range}`
      : `${number(quantity)} am ${pounds(pence)} ${units[unit]} (${range})`
  },
  covers: ({ covers, unit, pence }) => `${pounds(pence)} am hyd at ${number(covers)} ${one[unit]}`,
  further: ({ quantity, unit, pence }) => `${number(quantity)} arall am ${pounds(pence)} ${units[unit]}`,
  'first-free': ({ free, unit, pence }) =>
    `Y ${number(free)} ${one[unit]} cyntaf am ddim, yna ${pounds(pence)} ${units[unit]}`,
  block: ({ number: place, size, unit, pence }) =>
    `Bloc ${number(place)} o ${number(size)} ${one[unit]}: ${pounds(pence)}`,
  counted: ({ of, count }) => `${number(count)} ${counted[of]}`,
  'in-area': () => 'Pris i ysgolion yn yr ardal',
  'out-of-area': () => 'Pris i ysgolion y tu allan i’r ardal',
  'buyer-class': ({ class: buyer }) => `Pris i ${classes[buyer]}`,
  'joining-monthly': ({ months, of }) => `${months} o ${of} mis ar ôl yn y flwyddyn`,
  'joining-fraction': ({ numerator, denominator, from }) =>
    `${numerator}/${denominator} o bris y flwyddyn, o ${longDate(from)}`,
  'minimum-charge': ({ pence }) => `Y lleiaf a godir yw ${pounds(pence)}`,
  included: ({ in: holder, quantity }, name) => `${number(quantity)} eisoes yn rhan o ${name(holder)}`,
  'amount-off': ({ pence, name }) => `${pounds(pence)} oddi ar y pris: ${name}`,
  'percent-on': ({ percent, name }) => `${name} (${percent}%)`,
  'amount-on': ({ name }) => name,
  'base-requirement': () => 'Wedi’i ychwanegu gan fod popeth arall a ddewiswyd yn dibynnu arno',
  conditional: () => 'Codir tâl dim ond os rhoddir lle',
  'percent-off': ({ percent, name }) => `${percent}% oddi ar y pris: ${name}`,
  holder: ({ offer }, name) => `Pris gyda ${name(offer)}`,
  'not-holder': ({ offer }, name) => `Pris heb ${name(offer)}`,
}
