import type { Catalogue } from '../schema/catalogue.ts'
import type { Offer, OfferOption } from '../schema/offer.ts'
import type { Price } from '../schema/price.ts'
import { withMoney } from './remade.ts'

/** A cell of a spreadsheet: a text, a number, or nothing. */
export type Cell = string | number | null | undefined

/** Which column says what, counted from 0. `name` holds names or ids; `option` those of an offer's options, where they have a column. */
export interface Columns {
  name: number
  option?: number
  price: number
}

/** What keeps a row's price from being taken over. */
export type PriceListProblem =
  | 'no-such-offer'
  | 'no-such-option'
  | 'which-option'
  | 'ambiguous'
  | 'twice'
  | 'not-a-price'
  | 'ambiguous-price'
  | 'price-has-several-parts'

/** Where a price stands in a catalogue. */
interface PriceOf {
  offer: string
  option?: string
}

/** What becomes of a row: a price that changes or stays, a row that says nothing of prices, or a problem. */
export interface PlannedRow {
  /** The row's place in the table, from 0. */
  row: number
  does: 'changes' | 'stays' | 'nothing' | 'problem'
  problem?: PriceListProblem
  of?: PriceOf
  before?: Price
  after?: Price
  /** The one amount of the price, before and after; null where it has none. */
  beforePence?: number | null
  afterPence?: number | null
}

/** What a text of a price list says. */
export type MoneyRead =
  | { is: 'pence'; pence: number }
  | { is: 'free' | 'on-request' | 'nothing' | 'not-a-price' | 'ambiguous-price' }

const MOST_PENCE = 100_000_000

/** Reads an amount as offices write it: `£1,050`, `1050.00`, `£50 per hour`, `free`, `POA`. What could be read in two ways, such as `1.050,00`, is not guessed. */
export function moneyIn(cell: Cell): MoneyRead {
  if (typeof cell === 'number') {
    // A spreadsheet's sums carry a rest that nobody sees.
    const pence = Math.round(cell * 100)
    const isWhole = Math.abs(cell * 100 - pence) < 1e-6 * Math.max(1, Math.abs(pence))
    return isWhole && pence >= 0 && pence <= MOST_PENCE ? { is: 'pence', pence } : { is: 'not-a-price' }
  }
  const text = plain(cell ?? '')
  if (/^(n ?\/ ?a|[-–—]+|)$/.test(text)) return { is: 'nothing' }
  if (/^(free|free of charge|no charge|nil|included|complimentary|without charge)$/.test(text)) return { is: 'free' }
  if (/^(p\.?o\.?a\.?|on request|price on (request|application)|by arrangement|please ask)$/.test(text))
    return { is: 'on-request' }
  const [, inPence] = /^(\d+)p$/.exec(text) ?? []
  if (inPence !== undefined) return amount(Number(inPence))
  const [, digits = ''] =
    /^(?:£|gbp)? ?((?:\d[\d ,.]*)?\d|\.\d+)(?: ?(?:£|gbp|pounds?))?(?: ?(?:[+(]|per\b|\/|each\b|an?\b|p\.?a\.?|plus\b|ex)[^\d£]*)?$/.exec(
      text,
    ) ?? []
  if (!digits) return { is: 'not-a-price' }
  const [, whole, rest] = /^(\d*|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.(\d{1,2}))?$/.exec(digits) ?? []
  if (whole !== undefined)
    return amount(Number(whole.replaceAll(/[ ,]/g, '') || 0) * 100 + Number((rest ?? '').padEnd(2, '0')))
  return /^[\d .,]+$/.test(digits) && /^\d{1,3}([., ]\d{3})*[.,]\d+$/.test(digits)
    ? { is: 'ambiguous-price' }
    : { is: 'not-a-price' }
}

function amount(pence: number): MoneyRead {
  return pence <= MOST_PENCE ? { is: 'pence', pence } : { is: 'not-a-price' }
}

/** What a table says of a catalogue's prices, row by row. Nothing is changed until `withPriceList`. */
export function priceListPlan(
  catalogue: Catalogue,
  rows: readonly (readonly Cell[])[],
  columns: Columns,
): PlannedRow[] {
  const finder = finderOf(catalogue)
  let above: Offer | undefined
  const planned = rows.map((cells, row): PlannedRow => {
    const [name, option] = [cells[columns.name], columns.option === undefined ? undefined : cells[columns.option]]
    const found = finder(String(name ?? ''), String(option ?? ''), above)
    above = found.above
    return { row, ...rowOf(found, moneyIn(cells[columns.price])) }
  })
  for (const one of planned) {
    const others = planned.filter((other) => other !== one && other.after && one.after && isSamePlace(one.of, other.of))
    if (
      one.does === 'changes' &&
      others.some(({ afterPence, after }) => afterPence !== one.afterPence || after?.form !== one.after?.form)
    )
      Object.assign(one, { does: 'problem', problem: 'twice' })
  }
  return planned
}

/** The catalogue with the prices of the rows that change; nothing else of it is touched. */
export function withPriceList(catalogue: Catalogue, plan: readonly PlannedRow[]): Catalogue {
  const changes = plan.filter(({ does }) => does === 'changes')
  if (changes.length === 0) return catalogue
  const priceFor = (offer: string, option?: string) =>
    changes.find(({ of }) => of?.offer === offer && of.option === option)?.after
  return {
    ...catalogue,
    offers: catalogue.offers.map((offer) => {
      const price = priceFor(offer.id)
      const options = offer.options?.map((option) => {
        const own = priceFor(offer.id, option.id)
        return own ? { ...option, price: own } : option
      })
      return { ...offer, ...(price && { price }), ...(options && { options }) }
    }),
  }
}

/** The columns that a table most likely has; undefined where no column holds names or none holds prices. */
export function guessColumns(catalogue: Catalogue, rows: readonly (readonly Cell[])[]): Columns | undefined {
  const finder = finderOf(catalogue)
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  const places = Array.from({ length: width }, (_, column) => column)
  const optionNames = new Set(
    catalogue.offers.flatMap(({ options = [] }) => options.flatMap(({ id, name }) => [plain(id), simple(name)])),
  )
  const best = (score: (column: number) => number, not: readonly (number | undefined)[] = []) => {
    const scores = places.map((column) => (not.includes(column) ? 0 : score(column)))
    const most = Math.max(0, ...scores)
    return most > 0 ? scores.indexOf(most) : undefined
  }
  const textsIn = (column: number) => rows.map((cells) => String(cells[column] ?? '')).filter((text) => text.trim())
  const isOffer = (text: string) => finder(text, '', undefined).offer !== undefined
  const name = best((column) => textsIn(column).filter(isOffer).length)
  if (name === undefined) return undefined
  const isOption = (text: string) => optionNames.has(plain(text)) || optionNames.has(simple(text))
  const option = best((column) => textsIn(column).filter(isOption).length, [name])
  const price = best(
    (column) => {
      const prices = rows.filter((cells) => moneyIn(cells[column]).is === 'pence').length
      if (prices === 0) return 0
      const header = textsIn(column).find((text) => /[a-z]{3}/i.test(text) && moneyIn(text).is === 'not-a-price') ?? ''
      const marked = textsIn(column).filter((text) => text.includes('£')).length
      const says = /price|cost|fee|charge|rate|£/i.test(header) ? 1_000 : 0
      const isNew = /new|next|proposed|from/i.test(header) ? 500 : /old|current|last|previous/i.test(header) ? -500 : 0
      const isOther = /hour|minute|length|quantity|qty|code|number|pupils|vat/i.test(header) ? -900 : 0
      // Of columns that say the same of themselves, the last one is the newest.
      return Math.max(0.001, prices + marked + says + isNew + isOther) + column / 1_000
    },
    [name, option],
  )
  if (price === undefined) return undefined
  return { name, ...(option !== undefined && { option }), price }
}

interface Found {
  offer?: Offer | undefined
  option?: OfferOption | undefined
  problem?: PriceListProblem
  /** The offer that the rows below belong to where they name none. */
  above: Offer | undefined
}

/** Finds what a row is about: by id, by name, by name without regard to marks and capitals; an option also by its own name where no other has it. */
function finderOf({ offers }: Catalogue): (name: string, option: string, above: Offer | undefined) => Found {
  const pairs = offers.flatMap((offer) => (offer.options ?? []).map((option) => ({ offer, option })))
  const matching = <Thing>(things: readonly Thing[], text: string, of: (thing: Thing) => string[]): Thing[] => {
    for (const as of [(one: string) => one.trim(), simple]) {
      const found = things.filter((thing) => of(thing).some((one) => as(one) === as(text)))
      if (found.length > 0) return found
    }
    return []
  }
  const idAndName = ({ id, name }: Offer | OfferOption) => [id, name]
  return (name, option, above) => {
    if (!name.trim() && !option.trim()) return { above }
    const named = name.trim() ? matching(offers, name, idAndName) : above ? [above] : []
    if (named.length > 1) return { problem: 'ambiguous', above: undefined }
    const [offer] = named
    if (offer) {
      if (!offer.options) return { offer, above: offer }
      if (!option.trim()) return { offer, problem: 'which-option', above: offer }
      const [chosen, ...others] = matching(offer.options, option, idAndName)
      if (others.length > 0) return { offer, problem: 'ambiguous', above: offer }
      return chosen ? { offer, option: chosen, above: offer } : { offer, problem: 'no-such-option', above: offer }
    }
    const both = matching(pairs, name, (pair) => [
      `${pair.offer.id}.${pair.option.id}`,
      `${pair.offer.name} ${pair.option.name}`,
      `${pair.offer.name}, ${pair.option.name}`,
    ])
    const alone = both.length > 0 ? both : matching(pairs, name, (pair) => idAndName(pair.option))
    const [pair, ...others] = alone
    if (others.length > 0) return { problem: 'ambiguous', above }
    return pair ? { offer: pair.offer, option: pair.option, above: pair.offer } : { problem: 'no-such-offer', above }
  }
}

function rowOf({ offer, option, problem }: Found, money: MoneyRead): Omit<PlannedRow, 'row'> {
  const of = offer && { of: { offer: offer.id, ...(option && { option: option.id }) } }
  // A heading names an offer without a price, a title or a total a price without an offer or neither.
  if (money.is === 'nothing') return { does: 'nothing', ...of }
  if (problem === 'no-such-offer' && (money.is === 'not-a-price' || money.is === 'ambiguous-price'))
    return { does: 'nothing' }
  if (problem === 'which-option' && money.is === 'not-a-price') return { does: 'nothing', ...of }
  if (problem) return { does: 'problem', problem, ...of }
  if (!offer) return money.is === 'not-a-price' ? { does: 'nothing' } : { does: 'problem', problem: 'no-such-offer' }
  const before = option?.price ?? offer.price
  if (!before) return { does: 'problem', problem: 'which-option', ...of }
  if (money.is === 'not-a-price' || money.is === 'ambiguous-price')
    return { does: 'problem', problem: money.is, ...of, before }
  const amounts = amountsWithin(before)
  const beforePence = amounts.length === 1 ? (amounts[0] ?? null) : null
  const after = priceAs(before, amounts.length, money)
  if (!after) return { does: 'problem', problem: 'price-has-several-parts', ...of, before, beforePence }
  const afterPence = money.is === 'pence' ? money.pence : null
  const does = after.form === before.form && afterPence === beforePence ? 'stays' : 'changes'
  return { does, ...of, before, after, beforePence, afterPence }
}

/** Every amount of money in a price, those of the prices inside it too. */
function amountsWithin(price: Price): number[] {
  const found: number[] = []
  withMoney(price, (pence) => {
    found.push(pence)
    return pence
  })
  return found
}

/** The price with its one amount changed; undefined where it has several, or none that money could stand for. */
function priceAs(before: Price, amounts: number, money: MoneyRead): Price | undefined {
  const isPlain = ['free', 'on-request', 'fixed', 'per-unit', 'per-pupil'].includes(before.form)
  if (money.is === 'free' || money.is === 'on-request') return isPlain ? { form: money.is } : undefined
  if (money.is !== 'pence') return undefined
  if (amounts === 1) return withMoney(before, () => money.pence)
  return before.form === 'free' || before.form === 'on-request' ? { form: 'fixed', pence: money.pence } : undefined
}

function isSamePlace(one: PriceOf | undefined, other: PriceOf | undefined): boolean {
  return one !== undefined && other !== undefined && one.offer === other.offer && one.option === other.option
}

/** A text in small letters with single spaces, whatever spaces and letters it was typed with. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** A name without regard to capitals, accents, marks and “and”. */
function simple(text: string): string {
  return plain(text)
    .replaceAll('&', ' and ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
