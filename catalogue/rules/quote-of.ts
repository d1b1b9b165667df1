import type { Catalogue } from '../schema/catalogue.ts'
import type { Condition, Offer, OfferOption, VatClass } from '../schema/offer.ts'
import type { Price } from '../schema/price.ts'
import { allotted, percentOf } from './money.ts'
import { amountOf, type Circumstances, chosenPrice, factOf, isServed, startedAt } from './price.ts'
import type { Adjustment, Buyer, Item, Line, MinuteRange, Quote, Reason, RuleFault, Warning } from './quote.ts'

/** The largest quantity of one offer in one order, where the catalogue does not say otherwise. */
export const MOST_OF_ONE_OFFER = 999
/** The largest cluster. */
export const MOST_SCHOOLS = 500

/** A quote, or everything that is wrong with what was asked. */
export type QuoteResult = { ok: true; quote: Quote } | { ok: false; faults: RuleFault[] }

/** What to price. `on` is the day of the order. */
export interface QuoteRequest {
  on: string
  buyer: Buyer
  items: readonly Item[]
}

/** An entry on its way to being a line: the same offer and option asked for twice are one. */
interface Entry {
  offer: Offer
  option?: OfferOption
  quantity: number
  added: boolean
  pointer: string
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
export function quoteOf(catalogue: Catalogue, { on, buyer, items }: QuoteRequest): QuoteResult {
  const faults: RuleFault[] = []
  const { year, opensOn } = catalogue
  if (on < opensOn || on > year.to) faults.push({ pointer: '/on', code: 'outside-catalogue' })
  faults.push(...faultsOfBuyer(catalogue, buyer))
  const { entries, missing } = entriesOf(catalogue, buyer, items, faults)
  if (faults.length > 0) return { ok: false, faults }

  const inBasket = new Set(entries.map(({ offer }) => offer.id))
  const holds = (offer: string) => inBasket.has(offer) || buyer.holds.includes(offer)
  const circumstances: Circumstances = { catalogue, on, buyer, holds }
  const lines = entries.map((entry) => ({ entry, line: lineOf(entry, circumstances, faults) }))
  if (faults.length > 0) return { ok: false, faults }

  const charged = lines.flatMap(({ entry, line }) =>
    line.conditional || line.pence === null ? [] : [{ entry, line, left: line.pence }],
  )
  const adjustments: Adjustment[] = []
  const adjust = (target: (typeof charged)[number], rule: string, pence: number, reason: Reason) => {
    if (pence === 0) return
    target.left += pence
    const { offer, option } = target.line
    adjustments.push({ rule, offer, ...(option === undefined ? {} : { option }), pence, why: [reason] })
  }

  for (const target of charged) {
    const least = target.entry.offer.minimumPence ?? 0
    adjust(target, 'minimum-charge', Math.max(0, least - target.left), { code: 'minimum-charge', pence: least })
  }

  for (const target of charged) {
    const { offer, option, quantity } = target.entry
    for (const holder of lines.map((other) => other.entry)) {
      if (holder === target.entry) continue
      for (const inclusion of holder.offer.includes ?? []) {
        if (inclusion.offer !== offer.id || (inclusion.option !== undefined && inclusion.option !== option?.id))
          continue
        const covered = Math.min(quantity, inclusion.quantity * holder.quantity)
        const rest =
          quantity === covered
            ? 0
            : (lineOf({ ...target.entry, quantity: quantity - covered }, circumstances, faults).pence ?? 0)
        const due = rest === 0 ? 0 : Math.max(rest, offer.minimumPence ?? 0)
        adjust(target, 'included', -Math.max(0, target.left - due), {
          code: 'included',
          in: holder.offer.id,
          quantity: covered,
        })
      }
    }
  }

  for (const discount of catalogue.discounts) {
    const scope = charged.filter((target) => target.left > 0 && inScope(discount.on, target.entry))
    if (scope.length === 0 || !applies(discount.when, circumstances, scope)) continue
    const said = { ...(discount.when.holds === undefined ? {} : { holds: discount.when.holds }), name: discount.name }
    if (discount.kind === 'percent') {
      for (const target of scope)
        adjust(target, discount.id, -percentOf(target.left, discount.percent), {
          code: 'percent-off',
          percent: discount.percent,
          ...said,
        })
    } else {
      const { each, pence } = discount
      const wanted =
        each === 'order'
          ? allotted(
              Math.min(pence, sumOf(scope)),
              scope.map(({ left }) => left),
            )
          : scope.map(({ entry }) => pence * (each === 'unit' ? entry.quantity : 1))
      scope.forEach((target, index) =>
        adjust(target, discount.id, -Math.min(target.left, wanted[index] ?? 0), { code: 'amount-off', pence, ...said }),
      )
    }
  }

  let vatPence = 0
  for (const surcharge of catalogue.surcharges) {
    const scope = charged.filter((target) => inScope(surcharge.on, target.entry))
    if (scope.length === 0 || !applies(surcharge.when, circumstances, scope)) continue
    const pence = surcharge.kind === 'percent' ? percentOf(sumOf(scope), surcharge.percent) : surcharge.pence
    if (pence === 0) continue
    adjustments.push({
      rule: surcharge.id,
      pence,
      why: [
        surcharge.kind === 'percent'
          ? { code: 'percent-on', percent: surcharge.percent, name: surcharge.name }
          : { code: 'amount-on', name: surcharge.name },
      ],
    })
    vatPence += vatOf(pence, surcharge.vat, catalogue)
  }

  for (const { line, left } of charged) vatPence += vatOf(left, line.vat, catalogue)

  const totalPence =
    charged.reduce((sum, { line }) => sum + (line.pence ?? 0), 0) +
    adjustments.reduce((sum, { pence }) => sum + pence, 0) +
    vatPence
  const quoted = lines.map(({ line }) => line)
  return {
    ok: true,
    quote: {
      catalogue: catalogue.catalogue,
      on,
      lines: quoted,
      adjustments,
      vatPence,
      totalPence,
      conditionalPence: quoted.reduce((sum, line) => sum + (line.conditional ? (line.pence ?? 0) : 0), 0),
      minutes: quoted.reduce(
        (sum, { minutes }) => ({ least: sum.least + (minutes?.least ?? 0), most: sum.most + (minutes?.most ?? 0) }),
        { least: 0, most: 0 },
      ),
      final: missing.length === 0 && quoted.every((line) => line.pence !== null || line.conditional),
      missing,
      warnings: warningsOf(catalogue, buyer, lines),
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

/** The minutes of support that so many of an offer bring this buyer; undefined where it brings none that can be drawn down. */
export function minutesOf(offer: Offer, quantity: number, buyer: Buyer, faults: RuleFault[]): MinuteRange | undefined {
  const { support } = offer
  if (!support) return undefined
  const range =
    support.by === 'unit' ? support : support.bands[startedAt(support.bands, factOf(support.fact, buyer, faults))]
  return range && { least: range.leastMinutes * quantity, most: range.mostMinutes * quantity }
}

/** The price that an offer, or one of its options, goes by. */
export function priceOf(offer: Offer, option?: OfferOption): Price {
  return option?.price ?? offer.price ?? { form: 'on-request' }
}

function faultsOfBuyer(catalogue: Catalogue, buyer: Buyer): RuleFault[] {
  const faults: RuleFault[] = []
  const offers = new Set(catalogue.offers.map(({ id }) => id))
  const groups = new Set(catalogue.groups?.map(({ id }) => id))
  buyer.holds.forEach((id, index) => {
    if (!offers.has(id)) faults.push({ pointer: `/buyer/holds/${index}`, code: 'unknown-offer', offer: id })
  })
  buyer.groups?.forEach((id, index) => {
    if (!groups.has(id)) faults.push({ pointer: `/buyer/groups/${index}`, code: 'unknown-group' })
  })
  if (buyer.schools.length > MOST_SCHOOLS)
    faults.push({ pointer: '/buyer/schools', code: 'too-many-schools', most: MOST_SCHOOLS })
  else if (catalogue.area.outside === 'refused') {
    buyer.schools.forEach((school, index) => {
      if (isServed(catalogue, school)) return
      const neighbour = catalogue.area.elsewhere?.find(({ districts }) => districts.includes(school.district ?? ''))
      faults.push({
        pointer: `/buyer/schools/${index}/district`,
        code: 'out-of-area',
        servedBy: neighbour?.provider ?? null,
      })
    })
  }
  return faults
}

function entriesOf(
  catalogue: Catalogue,
  buyer: Buyer,
  items: readonly Item[],
  faults: RuleFault[],
): { entries: Entry[]; missing: Quote['missing'] } {
  const wanted = new Map<string, Entry>()
  for (const [index, item] of items.entries()) {
    const pointer = `/items/${index}`
    const offer = catalogue.offers.find(({ id }) => id === item.offer)
    if (!offer) {
      faults.push({ pointer: `${pointer}/offer`, code: 'unknown-offer', offer: item.offer })
      continue
    }
    const option = offer.options?.find(({ id }) => id === item.option)
    if (offer.options && item.option === undefined) {
      faults.push({ pointer: `${pointer}/option`, code: 'required' })
      continue
    }
    if (item.option !== undefined && !option) {
      faults.push({ pointer: `${pointer}/option`, code: 'unknown-option' })
      continue
    }
    item.topics?.forEach((topic, place) => {
      if (!offer.topics?.some(({ id }) => id === topic))
        faults.push({ pointer: `${pointer}/topics/${place}`, code: 'unknown-topic' })
    })
    const { least, most } = offer.participants ?? {}
    if (item.attending !== undefined) {
      if (least !== undefined && item.attending < least)
        faults.push({ pointer: `${pointer}/attending`, code: 'attending-least', least })
      if (most !== undefined && item.attending > most)
        faults.push({ pointer: `${pointer}/attending`, code: 'attending-most', most })
    }
    const elsewhere =
      offer.districts &&
      buyer.schools.findIndex(({ district }) => district !== undefined && !offer.districts?.includes(district))
    if (elsewhere !== undefined && elsewhere >= 0)
      faults.push({ pointer: `${pointer}/offer`, code: 'not-in-district', offer: offer.id })
    const key = `${offer.id} ${option?.id ?? ''}`
    const entry = wanted.get(key)
    if (entry) {
      entry.quantity += item.quantity
      entry.pointer = pointer
    } else wanted.set(key, { offer, ...(option ? { option } : {}), quantity: item.quantity, added: false, pointer })
  }

  for (const { offer, option, quantity, pointer } of wanted.values()) {
    const form = priceOf(offer, option)
    const least = offer.quantity?.least ?? 1
    const most = Math.min(
      offer.quantity?.most ?? MOST_OF_ONE_OFFER,
      form.form === 'up-to' ? form.most : Number.POSITIVE_INFINITY,
    )
    if (quantity < least) faults.push({ pointer: `${pointer}/quantity`, code: 'quantity-least', least })
    else if (quantity > most) faults.push({ pointer: `${pointer}/quantity`, code: 'quantity-most', most })
  }

  const missing: Quote['missing'] = []
  const present = () => new Set([...buyer.holds, ...[...wanted.values()].map(({ offer }) => offer.id)])
  // An offer that is added may itself require another: the loop goes on until nothing more is added.
  for (const { offer, pointer } of wanted.values()) {
    for (const requirement of offer.requires ?? []) {
      const have = present()
      if ([requirement.offer, ...(requirement.or ?? [])].some((id) => have.has(id))) continue
      const base = catalogue.offers.find(({ id }) => id === requirement.offer)
      if (requirement.how === 'added' && base && !base.options)
        wanted.set(`${base.id} `, { offer: base, quantity: base.quantity?.least ?? 1, added: true, pointer })
      else missing.push({ offer: requirement.offer, ...(requirement.or ? { or: requirement.or } : {}), for: offer.id })
    }
  }
  const place = ({ offer, option }: Entry) =>
    catalogue.offers.indexOf(offer) * 100 + (option ? (offer.options?.indexOf(option) ?? 0) : 0)
  const rank = (id: string) => catalogue.offers.findIndex((offer) => offer.id === id)
  return {
    entries: [...wanted.values()].sort((a, b) => place(a) - place(b)),
    missing: missing.sort((a, b) => rank(a.for) - rank(b.for) || rank(a.offer) - rank(b.offer)),
  }
}

function lineOf({ offer, option, quantity, added }: Entry, circumstances: Circumstances, faults: RuleFault[]): Line {
  const conditional = offer.askedBy === 'referral'
  const chosen = chosenPrice(priceOf(offer, option), circumstances, faults)
  const { why, counted, ...amount } = amountOf(chosen, quantity, circumstances, faults)
  const minutes = minutesOf(offer, quantity, circumstances.buyer, faults)
  return {
    offer: offer.id,
    ...(option ? { option: option.id } : {}),
    quantity,
    ...amount,
    ...(added ? { added: true as const } : {}),
    ...(conditional ? { conditional: true as const } : {}),
    vat: offer.vat ?? 'none',
    ...(minutes ? { minutes } : {}),
    ...(counted ? { counted } : {}),
    why: [
      ...(added ? [{ code: 'base-requirement' as const }] : []),
      ...why,
      ...(conditional ? [{ code: 'conditional' as const }] : []),
    ],
  }
}

function inScope(
  scope: { kinds?: string[] | undefined; offers?: string[] | undefined; options?: string[] | undefined },
  { offer, option }: Entry,
): boolean {
  return (
    (scope.kinds?.includes(offer.kind) ?? true) &&
    (scope.offers?.includes(offer.id) ?? true) &&
    (scope.options?.includes(option?.id ?? '') ?? true)
  )
}

function applies(
  { holds, group, class: classes, from, until, threshold }: Condition,
  { catalogue, on, buyer, holds: held }: Circumstances,
  scope: { left: number; entry: Entry }[],
): boolean {
  if (holds !== undefined && !held(holds)) return false
  if (group !== undefined && !isInGroup(catalogue, buyer, group)) return false
  if (classes && (buyer.class === undefined || !classes.includes(buyer.class))) return false
  if ((from !== undefined && on < from) || (until !== undefined && on > until)) return false
  if (!threshold) return true
  const { fact } = threshold
  const value =
    fact === 'pence'
      ? sumOf(scope)
      : fact === 'quantity'
        ? scope.reduce((sum, { entry }) => sum + entry.quantity, 0)
        : factOf(fact, buyer, [])
  return threshold.is === 'at-least' ? value >= threshold.value : value > threshold.value
}

function isInGroup({ groups }: Catalogue, buyer: Buyer, id: string): boolean {
  const urns = groups?.find((group) => group.id === id)?.urns
  if (!urns) return buyer.groups?.includes(id) ?? false
  return buyer.schools.length > 0 && buyer.schools.every(({ urn }) => urn !== undefined && urns.includes(urn))
}

function sumOf(targets: readonly { left: number }[]): number {
  return targets.reduce((sum, { left }) => sum + left, 0)
}

function vatOf(pence: number, vat: VatClass | undefined, { vat: rates }: Catalogue): number {
  if (!rates || (vat !== 'standard' && vat !== 'reduced')) return 0
  return percentOf(pence, rates[vat])
}

function warningsOf(catalogue: Catalogue, buyer: Buyer, lines: readonly { entry: Entry; line: Line }[]): Warning[] {
  const warnings: Warning[] = []
  for (const group of catalogue.groups ?? [])
    if (!group.urns && buyer.groups?.includes(group.id)) warnings.push({ code: 'group-to-confirm', group: group.id })
  for (const of of ['token', 'session'] as const) {
    const spent = lines.reduce((sum, { line }) => sum + (line.counted?.of === of ? line.counted.count : 0), 0)
    const granted = lines.reduce(
      (sum, { entry }) => sum + (entry.offer.grants?.of === of ? entry.offer.grants.count * entry.quantity : 0),
      0,
    )
    if (spent > granted) warnings.push({ code: 'counted-short', of, spent, granted })
  }
  for (const { entry } of lines)
    if (entry.offer.placement?.availability) warnings.push({ code: 'subject-to-availability', offer: entry.offer.id })
  return warnings
}
