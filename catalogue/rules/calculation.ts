import type { Catalogue } from '../schema/catalogue.ts'
import type { Condition, Discount, Offer, OfferOption } from '../schema/offer.ts'
import type { Price } from '../schema/price.ts'
import { allotted } from './allotted.ts'
import { MOST_OF_ONE_OFFER, MOST_SCHOOLS } from './most.ts'
import { amountOf, type Circumstances, type Forms, isServed } from './price.ts'
import type { Adjustment, Buyer, Item, Line, MinuteRange, Quote, Reason, RuleFault, Warning } from './quote.ts'

/** The largest total: ten thousand million pounds. */
export const MOST_PENCE = 1_000_000_000_000

/** A quote, or everything that is wrong with what was asked. */
export type QuoteResult = { ok: true; quote: Quote } | { ok: false; faults: RuleFault[] }

/** What to price. `on` is the day of the order. */
export interface QuoteRequest {
  on: string
  buyer: Buyer
  items: readonly Item[]
}

/** An offer on its way to being a line: the same offer and option asked for twice are one entry. */
export interface Entry {
  offer: Offer
  option?: OfferOption | undefined
  quantity: number
  added: boolean
  pointer: string
}

/** A line that is charged, and what the adjustments have left of it. */
export interface Charged {
  entry: Entry
  line: Line
  left: number
}

/** A calculation under way, as its steps see it. */
export interface Progress {
  circumstances: Circumstances
  /** Every line's entry, those that are conditional or on request included. */
  entries: readonly Entry[]
  /** Every line, in the order of the entries. */
  lines: readonly Line[]
  charged: readonly Charged[]
  adjustments: Adjustment[]
  warnings: Warning[]
  vatPence: number
  /** Puts an amount on a line or, negative, takes it off; 0 says nothing. */
  adjust: (target: Charged, rule: string, pence: number, why: Reason) => void
  /** Prices an entry by itself. */
  lineOf: (entry: Entry) => Line
  /** The charged lines in a rule's scope where its conditions hold; none where they do not. */
  scopeOf: (rule: { on: Discount['on']; when: Condition }) => Charged[]
}

/** What a discount takes off each line in its scope, in pence above 0. */
type Off = { pence: number; why: Reason }[]

/** The rules of a calculation: how each form of price is worked out, and the steps beside the lines. */
export interface Calculation extends Forms {
  conditions: ((when: Condition, circumstances: Circumstances, scope: readonly Charged[]) => boolean)[]
  beforeDiscounts: ((progress: Progress) => void)[]
  discounts: { [Kind in Discount['kind']]?: (discount: Extract<Discount, { kind: Kind }>, scope: Charged[]) => Off }
  afterDiscounts: ((progress: Progress) => void)[]
  /** Support by bands of a fact. Offers that bring so many minutes each need no rule. */
  minutesOf?: (offer: Offer, quantity: number, circumstances: Circumstances) => MinuteRange | undefined
}

/**
 * Prices a basket. The order of calculation, once and for all:
 *
 * 1. lines: every offer and option asked for, and the base requirements that they add, in the catalogue's order;
 * 2. minimum charges;
 * 3. included items, which are not charged twice;
 * 4. discounts, in the catalogue's order, each on what the ones before have left of a line;
 * 5. surcharges on the total of the lines in scope;
 * 6. VAT on each line after its adjustments, and on each surcharge.
 *
 * Each step rounds half up to the penny, once for each line. Lines that are conditional or on request are stated, and take no part from step 2 on.
 */
export function calculated(
  catalogue: Catalogue,
  { on, buyer, items }: QuoteRequest,
  calculation: Calculation,
): QuoteResult {
  const faults: RuleFault[] = []
  if (on < catalogue.opensOn || on > catalogue.year.to) faults.push({ pointer: '/on', code: 'outside-catalogue' })
  noteFaultsOfBuyer(catalogue, buyer, faults)
  const { entries, missing } = entriesOf(catalogue, buyer, items, faults)
  const bought = new Set(entries.map(({ offer }) => offer.id))
  const circumstances: Circumstances = {
    catalogue,
    on,
    buyer,
    holds: (offer) => bought.has(offer) || buyer.holds.includes(offer),
    faults,
  }

  const lineOf = ({ offer, option, quantity, added, pointer }: Entry): Line => {
    const conditional = offer.askedBy === 'referral'
    const { why, most, ...amount } = amountOf(priceOf(offer, option), quantity, circumstances, calculation)
    if (most !== undefined && quantity > most)
      faults.push({ pointer: `${pointer}/quantity`, code: 'quantity-most', most })
    const minutes = minutesOf(offer, quantity, circumstances, calculation)
    return {
      offer: offer.id,
      ...(option && { option: option.id }),
      quantity,
      ...amount,
      ...(added && { added }),
      ...(conditional && { conditional }),
      vat: offer.vat ?? 'none',
      ...(minutes && { minutes }),
      why: [
        ...(added ? [{ code: 'base-requirement' as const }] : []),
        // A plain price needs no reason beside the one why it is there.
        ...why.filter(({ code }) => !added || code !== 'fixed'),
        ...(conditional ? [{ code: 'conditional' as const }] : []),
      ],
    }
  }
  const lines = faults.length ? [] : entries.map(lineOf)
  if (faults.length) return { ok: false, faults }

  const charged = lines.flatMap((line, index): Charged[] => {
    const entry = entries[index]
    return !entry || line.conditional || line.pence === null ? [] : [{ entry, line, left: line.pence }]
  })
  const adjustments: Adjustment[] = []
  const progress: Progress = {
    circumstances,
    entries,
    lines,
    charged,
    adjustments,
    warnings: [],
    vatPence: 0,
    adjust(target, rule, pence, why) {
      if (!pence) return
      const { offer, option } = target.line
      target.left += pence
      adjustments.push({ rule, offer, ...(option && { option }), pence, why: [why] })
    },
    lineOf,
    scopeOf({ on: { kinds, offers, options }, when }) {
      const scope = charged.filter(
        ({ left, entry: { offer, option } }) =>
          left > 0 &&
          (kinds?.includes(offer.kind) ?? true) &&
          (offers?.includes(offer.id) ?? true) &&
          (options?.includes(option?.id ?? '') ?? true),
      )
      return calculation.conditions.every((holds) => holds(when, circumstances, scope)) ? scope : []
    },
  }
  for (const step of calculation.beforeDiscounts) step(progress)
  for (const discount of catalogue.discounts) {
    // Looked up by its own kind, a function takes just that kind; TypeScript cannot say so of a union.
    const offOf = calculation.discounts[discount.kind] as ((discount: Discount, scope: Charged[]) => Off) | undefined
    if (!offOf) throw new RangeError(`no rule for ${discount.kind}`)
    const scope = progress.scopeOf(discount)
    for (const [index, { pence, why }] of offOf(discount, scope).entries()) {
      const target = scope[index]
      if (target) progress.adjust(target, discount.id, -Math.min(target.left, pence), why)
    }
  }
  for (const step of calculation.afterDiscounts) step(progress)

  const { vatPence } = progress
  const totalPence =
    charged.reduce((sum, { line }) => sum + (line.pence ?? 0), 0) +
    adjustments.reduce((sum, { pence }) => sum + pence, 0) +
    vatPence
  // Beyond this the sum of a quote would no longer be exact to the penny.
  const exact = lines.every(({ pence }) => pence === null || pence <= MOST_PENCE) && totalPence <= MOST_PENCE
  if (!exact) return { ok: false, faults: [{ pointer: '/items', code: 'too-large', most: MOST_PENCE }] }
  for (const { offer } of entries)
    if (offer.placement?.availability) progress.warnings.push({ code: 'subject-to-availability', offer: offer.id })
  return {
    ok: true,
    quote: {
      catalogue: catalogue.catalogue,
      on,
      lines,
      adjustments,
      vatPence,
      totalPence,
      conditionalPence: lines.reduce((sum, line) => sum + (line.conditional ? (line.pence ?? 0) : 0), 0),
      minutes: lines.reduce(
        ({ least, most }, { minutes }) => ({ least: least + (minutes?.least ?? 0), most: most + (minutes?.most ?? 0) }),
        { least: 0, most: 0 },
      ),
      final: !missing.length && lines.every(({ pence }) => pence !== null),
      missing,
      warnings: progress.warnings,
      shares: sharesOf(totalPence, buyer),
    },
  }
}

/** Each school's share of a total, by pupils on roll; equal shares where no roll is known. Sums to the total to the penny. */
export function sharesOf(totalPence: number, { schools }: Pick<Buyer, 'schools'>): Quote['shares'] {
  const parts = allotted(
    totalPence,
    schools.map(({ pupils }) => pupils ?? 0),
  )
  return schools.map(({ name, pupils }, index) => ({ name, pupils: pupils ?? null, pence: parts[index] ?? 0 }))
}

/** The price that an offer, or one of its options, goes by. */
export function priceOf(offer: Offer, option?: OfferOption): Price {
  return option?.price ?? offer.price ?? { form: 'on-request' }
}

/** The minutes of support that so many of an offer bring; undefined where it brings none that can be drawn down. */
function minutesOf(
  offer: Offer,
  quantity: number,
  circumstances: Circumstances,
  calculation: Calculation,
): MinuteRange | undefined {
  const { support } = offer
  return support?.by === 'unit'
    ? { least: support.leastMinutes * quantity, most: support.mostMinutes * quantity }
    : calculation.minutesOf?.(offer, quantity, circumstances)
}

function noteFaultsOfBuyer(catalogue: Catalogue, { holds, groups, schools }: Buyer, faults: RuleFault[]): void {
  holds.forEach((offer, index) => {
    if (!catalogue.offers.some(({ id }) => id === offer))
      faults.push({ pointer: `/buyer/holds/${index}`, code: 'unknown-offer', offer })
  })
  groups?.forEach((group, index) => {
    if (!catalogue.groups?.some(({ id }) => id === group))
      faults.push({ pointer: `/buyer/groups/${index}`, code: 'unknown-group' })
  })
  if (schools.length > MOST_SCHOOLS)
    faults.push({ pointer: '/buyer/schools', code: 'too-many-schools', most: MOST_SCHOOLS })
  else if (catalogue.area.outside === 'refused')
    schools.forEach((school, index) => {
      if (isServed(catalogue, school)) return
      const neighbour = catalogue.area.elsewhere?.find(({ districts }) => districts.includes(school.district ?? ''))
      const pointer = `/buyer/schools/${index}/district`
      faults.push({ pointer, code: 'out-of-area', servedBy: neighbour?.provider ?? null })
    })
}

function entriesOf(
  catalogue: Catalogue,
  { holds, schools }: Buyer,
  items: readonly Item[],
  faults: RuleFault[],
): { entries: Entry[]; missing: Quote['missing'] } {
  const offerOf = (id: string) => catalogue.offers.find((offer) => offer.id === id)
  const wanted = new Map<string, Entry>()
  for (const [index, item] of items.entries()) {
    const pointer = `/items/${index}`
    const fault = (at: string, code: RuleFault['code'], values?: Partial<RuleFault>) => {
      faults.push({ pointer: `${pointer}/${at}`, code, ...values })
    }
    const offer = offerOf(item.offer)
    if (!offer) {
      fault('offer', 'unknown-offer', { offer: item.offer })
      continue
    }
    const option = offer.options?.find(({ id }) => id === item.option)
    if (!option && (offer.options || item.option !== undefined)) {
      fault('option', item.option === undefined ? 'required' : 'unknown-option')
      continue
    }
    item.topics?.forEach((topic, place) => {
      if (!offer.topics?.some(({ id }) => id === topic)) fault(`topics/${place}`, 'unknown-topic')
    })
    const { attending } = item
    if (attending !== undefined) {
      const { least = 0, most = attending } = offer.participants ?? {}
      if (attending < least) fault('attending', 'attending-least', { least })
      if (attending > most) fault('attending', 'attending-most', { most })
    }
    if (schools.some(({ district }) => district !== undefined && offer.districts?.includes(district) === false))
      fault('offer', 'not-in-district', { offer: offer.id })
    const key = `${offer.id} ${option?.id}`
    const quantity = item.quantity + (wanted.get(key)?.quantity ?? 0)
    wanted.set(key, { offer, option, quantity, added: false, pointer })
  }

  for (const { offer, quantity, pointer } of wanted.values()) {
    const { least = 1, most = MOST_OF_ONE_OFFER } = offer.quantity ?? {}
    if (quantity < least) faults.push({ pointer: `${pointer}/quantity`, code: 'quantity-least', least })
    if (quantity > most) faults.push({ pointer: `${pointer}/quantity`, code: 'quantity-most', most })
  }

  const rank = (id: string) => catalogue.offers.findIndex((offer) => offer.id === id)
  // An offer's place, then its option's; no offer has a thousand options.
  const place = ({ offer, option }: Entry) =>
    catalogue.offers.indexOf(offer) * 1_000 + (option ? (offer.options?.indexOf(option) ?? 0) : 0)
  const entries = [...wanted.values()].sort((a, b) => place(a) - place(b))
  const isThere = (id: string) => holds.includes(id) || entries.some(({ offer }) => offer.id === id)
  const isMet = ({ offer, or }: { offer: string; or?: string[] | undefined }) => [offer, ...(or ?? [])].some(isThere)
  // What is added may itself require something: the walk goes on to entries that join while it lasts. What is missing
  // is known only once everything has been added, so that the order of the items decides nothing.
  for (const { offer, pointer } of entries)
    for (const requirement of offer.requires ?? []) {
      const base = offerOf(requirement.offer)
      if (requirement.how === 'added' && base && !base.options && !isMet(requirement))
        entries.push({ offer: base, quantity: base.quantity?.least ?? 1, added: true, pointer })
    }
  const missing = [...new Set(entries.map(({ offer }) => offer))].flatMap(({ id, requires }) =>
    (requires ?? [])
      .filter((requirement) => !isMet(requirement))
      .map(({ offer, or }) => ({ offer, ...(or && { or }), for: id })),
  )
  return {
    entries: entries.sort((a, b) => place(a) - place(b)),
    missing: missing.sort((a, b) => rank(a.for) - rank(b.for) || rank(a.offer) - rank(b.offer)),
  }
}
