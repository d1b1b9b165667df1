import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { type Cliff, cliffsIn } from './rules/cliffs.ts'
import { type ConsistencyCode, type Inconsistency, inconsistenciesIn } from './rules/consistency.ts'
import { type Place, placesIn, type SyntaxCode } from './rules/places.ts'
import { catalogue } from './schema/catalogue.ts'
import { pointerOf, valueAt } from './wire/faults.ts'

/** Something to put right (or, as a warning, to know), with its place in the file and in the document. */
export interface Finding {
  place: Place
  /** Such as `offers › silver › price › pence`; empty for the whole document. */
  path: string
  sentence: string
}

/** What is to be said about the text of one catalogue. */
export interface Report {
  mistakes: Finding[]
  warnings: Finding[]
  /** The provider and the year, where they could be read. */
  title?: string
}

const here = fileURLToPath(new URL('.', import.meta.url))
const schemaFile = fileURLToPath(new URL('./schema/catalogue.schema.json', import.meta.url))

/** The JSON Schema that editors use, as it stands in `schema/catalogue.schema.json`. */
export function jsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(catalogue, { io: 'input' })
  const head = { $schema, title: 'Outreach Kit catalogue', description: 'One provider’s offer for one year.' }
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`
}

/** Everything wrong with the text of a catalogue, in plain English. */
export function reportOn(text: string): Report {
  const { places, faults } = placesIn(text)
  if (faults.length > 0)
    return {
      mistakes: faults.map(({ place, code, found = '' }) => ({ place, path: '', sentence: SYNTAX[code](found) })),
      warnings: [],
    }
  const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
  const find = (pointer: string, sentence: string): Finding => ({
    place: placeOf(pointer, places),
    path: pathOf(pointer, document),
    sentence,
  })
  const result = catalogue.safeParse(document)
  if (!result.success)
    return { mistakes: result.error.issues.flatMap((issue) => findingsOf(issue, document, find)), warnings: [] }
  return {
    title: `${result.data.provider.name}, ${result.data.catalogue}`,
    mistakes: inconsistenciesIn(result.data).map((fault) => find(fault.pointer, CONSISTENCY[fault.code](fault))),
    warnings: cliffsIn(result.data).map((cliff) => find(cliff.pointer, sentenceOf(cliff))),
  }
}

const SYNTAX: Record<SyntaxCode, (found: string) => string> = {
  empty: () => 'The file is empty. Start from one of the files in catalogue/providers.',
  'ends-early': () => 'The file ends too early. Close every bracket, brace and quotation mark that was opened.',
  'comma-missing': () => 'Put a comma between this and what stands before it, or close the list before it.',
  'comma-extra': () => 'Take this comma away: nothing follows it before the bracket closes.',
  'colon-missing': () => 'Put a colon between the name and its value.',
  'key-not-quoted': () => 'Put the name in straight double quotation marks.',
  'text-not-closed': () => 'Close this text with a straight double quotation mark on the same line.',
  'not-an-escape': () => 'Write a backslash as two backslashes: alone it begins an escape that JSON does not know.',
  'not-a-number': (found) => `Write a plain number: “${found}” has a sign, a comma, a unit or a nought too many.`,
  'not-a-value': (found) =>
    `Write a text in straight double quotation marks, a number, true, false, a list or an object${found ? `, not “${found}”` : ''}.`,
  comment: () => 'Take the comment away: JSON has none.',
  'more-after-end': () => 'Take away what stands after the document’s last brace.',
  'nested-too-deep': () => 'Nest less deeply: no catalogue needs so many brackets within each other.',
  'repeated-key': (found) => `Keep one “${found}”: the name stands here a second time, and only one can count.`,
}

/** What to do about each code of the schema. */
export const SCHEMA: Record<string, string> = {
  required: 'Fill this in: it must be there and cannot be empty.',
  'too-long': 'Make this shorter.',
  'too-many': 'Take some away: there are more than a catalogue can hold.',
  'too-small': 'Make this number larger.',
  'too-large': 'Make this number smaller.',
  negative: 'Write a number that is not below nought.',
  'whole-pence': 'Write the amount in whole pence, for example 55000 for £550.',
  'whole-number': 'Write a whole number, without quotation marks.',
  'two-decimals': 'Write the percentage with at most two decimals, for example 17.5.',
  'not-text': 'Write plain text on one line: a character stands here that cannot be printed.',
  'not-an-id': 'Use small letters, digits and single hyphens, for example silver-top-up.',
  'not-a-date': 'Write a day that exists, as year-month-day, for example 2024-04-01.',
  'not-a-url': 'Write a whole web address, for example https://www.school.example.',
  'not-a-colour': 'Write the colour as # and six small hexadecimal digits, for example #0b5d57.',
  email: 'Write an e-mail address such as office@school.example.',
  repeated: 'Keep one of each: the same choice stands here twice.',
  'starts-must-rise':
    'Put the starts in order, each above the one before. Bands begin at 0 and tiers at 1; days need no first one.',
  'ends-before-it-begins': 'Make the last day the same as the first day or later.',
  'opens-after-it-ends': 'Let orders open on or before the last day of the year.',
  'least-above-most': 'Make the most at least as large as the least.',
  'most-below-covers': 'Make the hard maximum at least as large as what the price covers.',
  'price-or-options': 'Give the offer either a price or options with prices of their own, and not both.',
  'fractions-with-rule': 'Give fractions where the rule is “fractions”, and only there.',
  'more-than-whole': 'Make no fraction larger than the whole.',
  'too-deep': 'Put fewer choices inside each other: a price can hold five within one another.',
}

const CONSISTENCY: Record<ConsistencyCode, (fault: Inconsistency) => string> = {
  'repeated-id': ({ about }) => `Choose another id: “${about}” is taken already.`,
  'reserved-id': ({ about }) => `Choose another id: pages use “${about}” in their addresses for something else.`,
  'unknown-offer': ({ about }) => `Name an offer of this catalogue: there is none with the id “${about}”.`,
  'unknown-option': ({ about }) => `Name an option that the offer has: there is none with the id “${about}”.`,
  'unknown-menu': ({ about }) => `Name a menu of this catalogue: there is none with the id “${about}”.`,
  'unknown-group': ({ about }) => `Name a group of this catalogue: there is none with the id “${about}”.`,
  'unknown-district': ({ about }) => `Name a district that is served: “${about}” is not under area › districts.`,
  'leading-nought': ({ about }) =>
    `Write the district without leading noughts: “${about}” would never match, since buyers’ districts lose theirs.`,
  'served-here': ({ about }) => `Leave “${about}” out: this provider serves that district itself.`,
  'requires-itself': () => 'Take this away: an offer cannot require itself.',
  'requires-in-a-circle': ({ about }) =>
    `Take this requirement away: it leads back to “${about}”, so neither could be bought first.`,
  'added-with-options': ({ about }) =>
    `Use “held” here, or give “${about}” one price: an offer with options cannot be added by itself, since nobody would have chosen one.`,
  'includes-itself': () => 'Take this away: an offer cannot include itself.',
  'compares-with-itself': () => 'Name another offer: one cannot be compared with itself.',
  'holder-of-itself': () =>
    'Name another offer: whoever buys this one holds it, so nobody would ever pay the other price.',
  'takes-nothing-off': () => 'Write a percentage above 0, or take the rule away: it changes nothing.',
  'applies-to-nothing': () => 'Widen what this applies to: no offer of the catalogue fits it.',
  'never-in-force': () => 'Make the last day the same as the first day or later: this would never apply.',
  'vat-without-rates': ({ about }) => `Give the catalogue’s VAT rates: this is taxed at the ${about} rate.`,
  'weeks-backwards': () => 'Make the last week the same as the first week or later.',
  'week-outside': () => 'Keep to the weeks that the placement lasts, or let it last longer.',
  'more-than-five-days': () => 'Spread at most five days over the week.',
  'day-outside': ({ about }) =>
    `Choose a day on which orders are taken: ${about} is outside them, so this would change nothing.`,
  'outside-refused': () =>
    'Let the area’s “outside” be “priced” and name the districts: as it is, nobody could pay the price outside the area.',
  'least-above-most': () => 'Make the most at least as large as the least.',
}

const FACTS: Record<Cliff['fact'], (count: number) => string> = {
  quantity: (count) => `a quantity of ${count}`,
  pence: (count) => `a total of ${pounds(count)}`,
  pupils: (count) => (count === 1 ? '1 pupil' : `${count} pupils`),
  schools: (count) => (count === 1 ? '1 school' : `${count} schools`),
  staff: (count) => `${count} staff`,
  classes: (count) => (count === 1 ? '1 class' : `${count} classes`),
}

function sentenceOf({ fact, below, belowPence, at, atPence }: Cliff): string {
  const say = FACTS[fact]
  return `A cliff: ${say(at)} costs ${pounds(atPence)}, less than the ${pounds(belowPence)} for ${say(below)}. Is that meant?`
}

function pounds(pence: number): string {
  return `£${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: pence % 100 ? 2 : 0 })}`
}

const TYPES: Record<string, string> = {
  string: 'Write a text in quotation marks here.',
  number: 'Write a number here, without quotation marks.',
  int: 'Write a whole number here, without quotation marks.',
  boolean: 'Write true or false here.',
  array: 'Write a list in square brackets here.',
  object: 'Write an object in braces here.',
}

function findingsOf(
  issue: z.core.$ZodIssue,
  document: unknown,
  find: (pointer: string, sentence: string) => Finding,
): Finding[] {
  const pointer = pointerOf(issue.path)
  const value = valueAt(document, issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      find(
        pointerOf([...issue.path, key]),
        `Take “${key}” away or correct its spelling: a catalogue has no such entry.`,
      ),
    )
  if (value === undefined && issue.path.length > 0) {
    const name = String(issue.path.at(-1))
    return [find(pointerOf(issue.path.slice(0, -1)), `Add “${name}”: it is missing here.`)]
  }
  const limit =
    issue.code === 'too_big'
      ? ` At most: ${issue.maximum}.`
      : issue.code === 'too_small'
        ? ` At least: ${issue.minimum}.`
        : ''
  const known = SCHEMA[issue.message]
  if (known) return [find(pointer, /^(required|whole-.*)$/.test(issue.message) ? known : `${known}${limit}`)]
  if (issue.code === 'invalid_value')
    return [find(pointer, `Write ${issue.values.map((choice) => JSON.stringify(choice)).join(' or ')} here.`)]
  if (issue.code === 'invalid_union' && issue.discriminator)
    return [find(pointer, `Choose another “${issue.discriminator}”: ${JSON.stringify(value)} is none that is known.`)]
  if (issue.code === 'invalid_type')
    return [find(pointer, TYPES[issue.expected] ?? 'Write something of the right kind here.')]
  if (issue.code === 'invalid_key')
    return [
      find(pointer, `Take “${String(issue.path.at(-1))}” away or correct its spelling: it is none that is known.`),
    ]
  return [find(pointer, 'Correct this: it does not have the form that a catalogue needs.')]
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The place of a value, or of the nearest thing around it that is there. */
function placeOf(pointer: string, places: ReadonlyMap<string, Place>): Place {
  return (
    places.get(pointer) ??
    (pointer ? placeOf(pointer.slice(0, pointer.lastIndexOf('/')), places) : { line: 1, column: 1 })
  )
}

/** A pointer as people read it: entries of lists by their id, or counted from 1. */
function pathOf(pointer: string, document: unknown): string {
  const keys = keysOf(pointer)
  return keys
    .map((key, index) => {
      const parent = valueAt(document, keys.slice(0, index))
      if (!Array.isArray(parent)) return key
      const id = valueAt(parent, [key, 'id'])
      return typeof id === 'string' && id ? id : `entry ${Number(key) + 1}`
    })
    .join(' › ')
}

function filesIn(path: string): string[] {
  return statSync(path).isDirectory() ? globSync(`${path.replace(/\/$/, '')}/*.json`).sort() : [path]
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

/** Checks files and folders and prints what is to be said about them. Returns how many mistakes there are. */
export function check(paths: readonly string[], say: (line: string) => void): number {
  let mistakes = 0
  let warnings = 0
  const seen = new Map<string, string>()
  const files: string[] = []
  for (const path of paths) {
    try {
      files.push(...filesIn(path))
    } catch {
      mistakes += 1
      say(`${path}\n  Name a file or a folder that is there: this one cannot be found.\n`)
    }
  }
  for (const file of files) {
    const report = reportOn(readFileSync(file, 'utf8'))
    const name = relative(process.cwd(), file) || file
    const twin = report.title === undefined ? undefined : seen.get(report.title)
    if (twin !== undefined)
      report.mistakes.push({
        place: { line: 1, column: 1 },
        path: 'catalogue',
        sentence: `Give this year another name: ${twin} is the same provider’s catalogue of the same year.`,
      })
    if (report.title !== undefined && twin === undefined) seen.set(report.title, name)
    say(report.title === undefined ? name : `${name} (${report.title})`)
    for (const [kind, findings] of [
      ['', report.mistakes],
      ['Warning. ', report.warnings],
    ] as const)
      for (const { place, path, sentence } of findings)
        say(`  Line ${place.line}, column ${place.column}${path && `: ${path}`}\n    ${kind}${sentence}`)
    if (report.mistakes.length + report.warnings.length === 0) say('  Nothing to put right.')
    mistakes += report.mistakes.length
    warnings += report.warnings.length
  }
  say(`\n${count(files.length, 'file')}, ${count(mistakes, 'mistake')}, ${count(warnings, 'warning')}.`)
  return mistakes
}

if (import.meta.main) {
  const wanted = process.argv.slice(2)
  if (wanted.includes('--schema')) {
    writeFileSync(schemaFile, jsonSchema())
    console.log(`${relative(process.cwd(), schemaFile)} is written; npm run format puts it in the house’s form.`)
  } else {
    const paths = wanted.length > 0 ? wanted : [`${here}providers`]
    process.exitCode = check(paths, (line) => console.log(line)) > 0 ? 1 : 0
  }
}
