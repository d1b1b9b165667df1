import type * as z from 'zod/mini'
import { longDay, pounds } from './report/figures.ts'
import { PATHWAY_SENTENCES, REFERRAL_GAPS } from './report/pathways.ts'
import { type Cliff, cliffsIn } from './rules/cliffs.ts'
import { type ConsistencyCode, type Inconsistency, inconsistenciesIn } from './rules/consistency.ts'
import { contrastWithWhite, LEAST_CONTRAST } from './rules/contrast.ts'
import { type NothingToPay, nothingToPayIn } from './rules/nothing-to-pay.ts'
import { type Place, placesIn, type SyntaxCode } from './rules/places.ts'
import { keysOf } from './rules/pointers.ts'
import { referralGapsIn } from './rules/referral-gaps.ts'
import { type Unreachable, unreachableIn } from './rules/unreachable.ts'
import { type Catalogue, catalogue as schema } from './schema/catalogue.ts'
import { pointerOf, valueAt } from './wire/faults.ts'

/** Something to put right, with its place in the text and in the document. */
export interface Finding {
  place: Place
  /** The value that it is about, as a JSON pointer; of something that is missing, where it should stand. */
  pointer: string
  /** Such as `offers › silver › price › pence`; empty for the whole document. */
  path: string
  code: string
  sentence: string
}

/** Something to know before publishing, which is no mistake. */
export interface Caution extends Finding {
  /** The same as long as the same is to be said of the same place: what its reader has ticked. */
  id: string
}

/** What is to be said about the text of one catalogue. */
export interface Report {
  mistakes: Finding[]
  warnings: Caution[]
  /** The provider and the year, where they could be read. */
  title?: string
  /** The catalogue, where the schema accepts it. It may be published where there are no mistakes. */
  catalogue?: Catalogue
}

/** Everything wrong with the text of a catalogue, and what to know of it, in plain English. */
export function reportOn(text: string): Report {
  const { places, faults } = placesIn(text)
  if (faults.length > 0)
    return {
      mistakes: faults.map(({ place, code, found = '' }) => ({
        place,
        pointer: '',
        path: '',
        code,
        sentence: SYNTAX[code](found),
      })),
      warnings: [],
    }
  const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
  const find: Find = (pointer, code, sentence) => ({
    place: placeOf(pointer, places),
    pointer,
    path: pathOf(pointer, document),
    code,
    sentence,
  })
  const result = schema.safeParse(document)
  if (!result.success)
    return { mistakes: result.error.issues.flatMap((issue) => findingsOf(issue, document, find)), warnings: [] }
  const { data } = result
  return {
    title: `${data.provider.name}, ${data.catalogue}`,
    catalogue: data,
    mistakes: inconsistenciesIn(data).map((fault) => find(fault.pointer, fault.code, CONSISTENCY[fault.code](fault))),
    warnings: cautionsIn(data, find),
  }
}

type Find = (pointer: string, code: string, sentence: string) => Finding

function cautionsIn(catalogue: Catalogue, find: Find): Caution[] {
  const nameOf = (id: string) => `“${catalogue.offers.find((offer) => offer.id === id)?.name ?? id}”`
  const caution = (pointer: string, code: string, sentence: string, ...values: (string | number)[]): Caution => ({
    id: [code, pointer, ...values].join(' '),
    ...find(pointer, code, sentence),
  })
  const { colour } = catalogue.provider
  const contrast = colour === undefined ? undefined : contrastWithWhite(colour)
  return [
    ...cliffsIn(catalogue).map((cliff) => {
      const { pointer, belowPence, at, atPence } = cliff
      return caution(pointer, 'cliff', sentenceOfCliff(cliff), at, belowPence, atPence)
    }),
    ...nothingToPayIn(catalogue).map((nothing) => {
      const { pointer, why, offers } = nothing
      return caution(pointer, 'nothing-to-pay', NOTHING_TO_PAY[why](nothing, offers.map(nameOf)), why, ...offers)
    }),
    ...unreachableIn(catalogue).map(({ pointer, why, offer, about = '' }) =>
      caution(pointer, 'unreachable', UNREACHABLE[why](nameOf(offer), nameOf(about), about), why, offer, about),
    ),
    ...referralGapsIn(catalogue).map(({ pointer, why, about }) =>
      caution(pointer, why, REFERRAL_GAPS[why](about), about),
    ),
    ...(contrast !== undefined && contrast < LEAST_CONTRAST
      ? [
          caution(
            '/provider/colour',
            'too-pale',
            `White text is hard to read on this colour: the contrast is ${contrast.toFixed(1)}, and it should be ${LEAST_CONTRAST} or more. Is that meant?`,
            colour ?? '',
          ),
        ]
      : []),
  ]
}

const NOTHING_TO_PAY: Record<NothingToPay['why'], (nothing: NothingToPay, names: string[]) => string> = {
  written: () => 'A price of £0: nothing is charged here. Is that meant?',
  discounted: (_, names) => `A price of £0: this takes off all that ${listed(names)} costs. Is that meant?`,
  part: ({ from = '' }) => `A price of £0: whoever joins from ${longDay(from)} pays nothing. Is that meant?`,
  rounded: () => 'A price of £0: the part that is charged of it rounds down to nothing. Is that meant?',
}

const UNREACHABLE: Record<Unreachable['why'], (name: string, about: string, id: string) => string> = {
  'districts-never-match': (name) =>
    `Nobody can have ${name}: write its districts without leading noughts, since buyers’ districts lose theirs.`,
  'requires-other-districts': (name, about) =>
    `Nobody can have ${name}: it requires ${about}, and no district can have both.`,
  'requires-unreachable': (name, about) =>
    `Nobody can have ${name}: it requires ${about}, which nobody can have either.`,
  'nothing-grants': (name, _, id) => `Nobody can pay for ${name} here: no offer of the catalogue brings a ${id}.`,
}

/** Names in a row, of which the first three are said. */
function listed(names: readonly string[]): string {
  const said = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} other offers`] : [...names]
  const last = said.pop() ?? ''
  return said.length > 0 ? `${said.join(', ')} and ${last}` : last
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
  'choices-where-chosen': 'Give choices where one or several of them are the answer, and only there.',
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
  ...PATHWAY_SENTENCES,
}

const FACTS: Record<Cliff['fact'], (count: number) => string> = {
  quantity: (count) => `a quantity of ${count}`,
  pence: (count) => `a total of ${pounds(count)}`,
  pupils: (count) => (count === 1 ? '1 pupil' : `${count} pupils`),
  schools: (count) => (count === 1 ? '1 school' : `${count} schools`),
  staff: (count) => `${count} staff`,
  classes: (count) => (count === 1 ? '1 class' : `${count} classes`),
}

function sentenceOfCliff({ fact, below, belowPence, at, atPence }: Cliff): string {
  const say = FACTS[fact]
  return `A cliff: ${say(at)} costs ${pounds(atPence)}, less than the ${pounds(belowPence)} for ${say(below)}. Is that meant?`
}

const TYPES: Record<string, string> = {
  string: 'Write a text in quotation marks here.',
  number: 'Write a number here, without quotation marks.',
  int: 'Write a whole number here, without quotation marks.',
  boolean: 'Write true or false here.',
  array: 'Write a list in square brackets here.',
  object: 'Write an object in braces here.',
}

function findingsOf(issue: z.core.$ZodIssue, document: unknown, find: Find): Finding[] {
  const pointer = pointerOf(issue.path)
  const value = valueAt(document, issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      find(
        pointerOf([...issue.path, key]),
        'unknown-entry',
        `Take “${key}” away or correct its spelling: a catalogue has no such entry.`,
      ),
    )
  if (value === undefined && issue.path.length > 0) {
    const around = pathOf(pointerOf(issue.path.slice(0, -1)), document)
    const sentence = `Add “${String(issue.path.at(-1))}”: it is missing here.`
    return [{ ...find(pointer, 'missing', sentence), path: around }]
  }
  const limit =
    issue.code === 'too_big'
      ? ` At most: ${issue.maximum}.`
      : issue.code === 'too_small'
        ? ` At least: ${issue.minimum}.`
        : ''
  const known = SCHEMA[issue.message]
  if (known)
    return [find(pointer, issue.message, /^(required|whole-.*)$/.test(issue.message) ? known : `${known}${limit}`)]
  if (issue.code === 'invalid_value')
    return [
      find(pointer, 'not-a-choice', `Write ${issue.values.map((choice) => JSON.stringify(choice)).join(' or ')} here.`),
    ]
  if (issue.code === 'invalid_union' && issue.discriminator)
    return [
      find(
        pointer,
        'not-a-choice',
        `Choose another “${issue.discriminator}”: ${JSON.stringify(value)} is none that is known.`,
      ),
    ]
  if (issue.code === 'invalid_type')
    return [find(pointer, 'wrong-type', TYPES[issue.expected] ?? 'Write something of the right kind here.')]
  if (issue.code === 'invalid_key')
    return [
      find(
        pointer,
        'unknown-entry',
        `Take “${String(issue.path.at(-1))}” away or correct its spelling: it is none that is known.`,
      ),
    ]
  return [find(pointer, 'wrong-type', 'Correct this: it does not have the form that a catalogue needs.')]
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
