import { type Difference, differencesBetween } from '../rules/differences.ts'
import { at, isObject, under } from '../rules/pointers.ts'
import { pounds } from './figures.ts'
import { capitalised, type Name, partsOf, titleOf } from './names.ts'
import { amountSaid, areTexts, begun, shortened, valueSaid } from './values.ts'

/** A difference, and what it is in plain English. */
export interface Told extends Difference {
  sentence: string
}

/** Everything in which two documents differ, in plain English: at least one sentence where they differ, none where they do not. */
export function toldBetween(before: unknown, after: unknown): Told[] {
  return differencesBetween(before, after).map((difference) => ({
    ...difference,
    sentence: sentenceOf(difference, before, after),
  }))
}

/** A difference between two documents in plain English, such as “Silver package: £1,000 → £1,050”. */
export function sentenceOf(difference: Difference, before: unknown, after: unknown): string {
  switch (difference.kind) {
    case 'added':
      return sentenceOfNew(difference, after)
    case 'removed':
      return sentenceOfGone(difference, before)
    case 'moved':
      return sentenceOfMove(difference, before, after)
    case 'changed':
      return sentenceOfChange(difference, before, after)
  }
}

function sentenceOfNew({ pointer, after: value }: Difference, document: unknown): string {
  const name = nameIn(pointer, document)
  const said = valueSaid(value, pointer, document)
  if (!isEntry(pointer))
    return typeof value === 'object' ? `${subject(name)}, new: ${said}` : `${subject(name)} is set to ${said}`
  if (name.labels.length > 0) return `${subject(withoutPlace(name))} ${said} is new`
  const price = under(value, 'price') ?? under(value, 'options')
  const pence = under(value, 'pence')
  const more =
    price !== undefined
      ? valueSaid(price, `${pointer}/price`, document)
      : isRule(value)
        ? amountSaid(value)
        : typeof pence === 'number'
          ? pounds(pence)
          : titleOf(value) === undefined
            ? said
            : ''
  return `${subject(name)} is new${more && `: ${more}`}`
}

function sentenceOfGone({ was, before: value }: Difference, document: unknown): string {
  const name = nameIn(was, document)
  const said = valueSaid(value, was, document)
  if (!isEntry(was)) return `${subject(name)}, taken away: ${said}`
  return name.labels.length > 0
    ? `${subject(withoutPlace(name))} ${said} is taken away`
    : `${subject(name)} is taken away`
}

function sentenceOfMove(
  { was, pointer, before: from, after: to }: Difference,
  before: unknown,
  after: unknown,
): string {
  const name = partsOf(was, before)
  const value = at(after, pointer)
  const text = typeof value === 'string' ? value : under(value, 'text')
  const what =
    name.labels.length > 0 && typeof text === 'string' ? `${subject(withoutPlace(name))} ${begun(text)}` : subject(name)
  return from === to
    ? `${what} stands elsewhere among the others`
    : `${what} moves from place ${Number(from) + 1} to place ${Number(to) + 1}`
}

function sentenceOfChange({ pointer, was, before, after }: Difference, from: unknown, to: unknown): string {
  const name = partsOf(was, from)
  const { things, labels } = name
  if (things.length > 0 && labels.join() === 'name' && typeof before === 'string' && typeof after === 'string')
    return `${subject({ things, labels: [] })} is now called “${after}”`
  if (areTexts(before, after, was)) {
    const [old, other] = shortened(String(before), String(after))
    if (old.length + other.length <= 70) return `${change(name)}${old} → ${other}`
    const what = things.length > 0 && labels.length > 0 ? subject(name) : `${subject(name)}: the text`
    return `${what} changes from ${old} to ${other}`
  }
  const old = isRule(before) ? amountSaid(before) : valueSaid(before, was, from)
  const other = isRule(after) ? amountSaid(after) : valueSaid(after, pointer, to)
  return old === other
    ? `${change(name)}${JSON.stringify(before)} → ${JSON.stringify(after)}`
    : `${change(name)}${old} → ${other}`
}

/** A part's name, where a price is called one if there is nothing else to say. */
function nameIn(pointer: string, document: unknown): Name {
  const name = partsOf(pointer, document)
  return pointer.endsWith('/price') ? { ...name, labels: [...name.labels, 'price'] } : name
}

/** What a sentence is about: “Silver package: summary”, “First day of orders”. */
function subject({ things, labels }: Name): string {
  const said = [things.join(', '), labels.join(', ')].filter(Boolean).join(': ')
  return said ? capitalised(said) : 'The catalogue'
}

/** What a sentence about a change begins with: “Silver package: hours ”, “Last day: ”. */
function change(name: Name): string {
  const { things, labels } = name
  return things.length > 0 && labels.length > 0 ? `${subject(name)} ` : `${subject(name)}: `
}

/** The name of an entry without its number, where what it says follows. */
function withoutPlace({ things, labels }: Name): Name {
  return { things, labels: labels.map((label) => label.replace(/ \d+$/, '')) }
}

function isEntry(pointer: string): boolean {
  return /\/\d+$/.test(pointer)
}

function isRule(value: unknown): boolean {
  return isObject(value) && 'when' in value && 'on' in value
}
