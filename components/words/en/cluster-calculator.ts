import type { BuyerClass, Phase } from '../../../catalogue/schema/buyer.ts'
import type { Fact } from '../../../catalogue/schema/price.ts'
import type { PasteReport } from '../../../catalogue/wire/schools-from.ts'
import { spoken } from '../spoken.ts'
import { pounds } from './money.ts'

const number = (value: number) => value.toLocaleString('en-GB')
const counted = (count: number, one: string, many: string) => `${number(count)} ${count === 1 ? one : many}`
const facts: Record<Fact, [string, string]> = {
  pupils: ['pupil', 'pupils'],
  schools: ['school', 'schools'],
  staff: ['member of staff', 'members of staff'],
  classes: ['class', 'classes'],
}
const wrong: Record<string, string> = {
  'whole-number': 'Enter a whole number, such as 210',
  'too-small': 'Enter 1 or more',
  'too-large': 'Enter 100,000 or fewer',
  'too-long': 'Enter a name of at most 120 letters',
  'phase-not-priced': 'There is no price for this kind of school. Ask the provider.',
  'out-of-area': 'The provider does not serve this district. Check it, or ask the provider.',
  'not-in-district': 'This is not sold in this district. Ask the provider.',
}
const missing: Record<string, string> = {
  name: 'Enter the name of the school',
  pupils: 'Enter the number of pupils on roll',
  phase: 'Choose the kind of school',
  district: 'Enter the district',
  staff: 'Enter the number of staff',
  classes: 'Enter the number of classes',
}

/** What the cluster calculator says. */
export const en = {
  heading: (service: string) => `${service}: the price for your cluster`,
  none: (service: string) =>
    `${service} has no subscription for groups of schools. See what it offers each school instead.`,
  packages: 'See packages and prices',
  hold: (name: string) => `We already hold the ${lower(name)} this year`,
  further: 'Order more for your cluster: see packages and prices',
  schools: 'Your schools',
  how: 'Type each school and how many pupils it has on roll. You can also paste rows from a spreadsheet into any field.',
  nameHead: 'School',
  pupilsHead: 'Pupils on roll',
  name: (row: number) => `Name of school ${row}`,
  pupils: (row: number) => `Pupils on roll, school ${row}`,
  phase: (row: number) => `Kind of school ${row}`,
  district: (row: number) => `District of school ${row}`,
  staff: (row: number) => `Number of staff, school ${row}`,
  classes: (row: number) => `Number of classes, school ${row}`,
  class: 'Who is buying',
  choose: 'Choose one',
  remove: 'Remove',
  removeRow: (row: number) => `school ${row}`,
  add: 'Add a row',
  full: 'The list is full: it can hold 500 schools.',
  paste: 'Paste a list',
  pasteHint: 'One school on each line: its name, then its number on roll. Copy both columns from your spreadsheet.',
  usePaste: 'Use this list',
  tooMany: (rows: number) =>
    `That would make ${number(rows)} schools. A cluster can have at most 500. Nothing was changed: shorten the list and try again.`,
  pasted: ({ added }: PasteReport) =>
    added ? `${counted(added, 'school', 'schools')} added.` : 'No schools were found in what you pasted.',
  leftOut: ({ line, what }: PasteReport['leftOut'][number]) =>
    `Line ${line} was left out: it is a ${what === 'total' ? what : 'heading'}.`,
  toMend: (line: number, row: number, sentence: string) => `Line ${line} (school ${row}): ${sentence}.`,
  wrong: (code: string, field: string) => (code === 'required' ? missing[field] : wrong[code]) ?? 'Check this answer',
  work: 'Work out the price',
  price: 'What it costs',
  start: 'Enter the pupils on roll of each school to see the price.',
  notCounted: (rows: number) =>
    `${counted(rows, 'school is', 'schools are')} not in this price yet: the number of pupils is missing or wrong.`,
  alone: 'A cluster is a group of schools. Add at least one more.',
  band: (from: number, below: number | undefined, fact: Fact, hours: string) =>
    `${below ? `${number(from)} to ${number(below - 1)}` : `${number(from)} or more`} ${facts[fact][1]}: ${hours}`,
  next: (more: number, fact: Fact, hours: string) =>
    `${number(more)} more ${facts[fact][more === 1 ? 0 : 1]}: ${hours}`,
  top: 'This is the most hours that a cluster can get.',
  unpriced: 'This cannot be priced as it stands. Check the answers that are marked, or ask the provider.',
  addToList: 'Add to your list',
  update: 'Update your list',
  inList: 'This is in your list.',
  order: 'Continue to the order',
  shares: 'What each school pays',
  share: 'Share',
  total: 'Total',
  unnamed: (row: number) => `School ${row}`,
  compare: 'The same hours, bought as you go',
  way: 'How you buy',
  hours: 'Hours',
  cost: 'Price',
  less: (pence: number, name: string) =>
    pence > 0
      ? `${name} costs ${pounds(pence)} less.`
      : pence < 0
        ? `${name} costs ${pounds(-pence)} more.`
        : 'Both cost the same.',
  csv: 'Download as a spreadsheet (CSV)',
  print: 'Print this page',
  file: 'cluster.csv',
  phases: {
    nursery: 'Nursery',
    primary: 'Primary',
    secondary: 'Secondary',
    'all-through': 'All-through',
    'sixteen-plus': '16 to 19',
    special: 'Special',
    alternative: 'Alternative provision',
  } satisfies Record<Phase, string>,
  classesOfBuyer: {
    maintained: 'Maintained schools',
    academy: 'Academies',
    independent: 'Independent schools',
    charity: 'Charities',
    'local-authority': 'A local authority',
    other: 'Somebody else',
  } satisfies Record<BuyerClass, string>,
}

/** The same in the language being spoken. */
export const words = spoken('cluster', en)

/** A name inside a sentence: its first letter small, unless it is an abbreviation. */
function lower(name: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}
