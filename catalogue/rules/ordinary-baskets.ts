import type { Catalogue } from '../schema/catalogue.ts'
import type { Offer } from '../schema/offer.ts'
import { pricingDay } from './in-force.ts'
import { MOST_OF_ONE_OFFER } from './most.ts'
import { pricesIn } from './prices-in.ts'
import type { Buyer, Item, Quote, RuleFaultCode, School } from './quote.ts'
import { quoteOf } from './quote-of.ts'

/** Who buys an ordinary basket. */
export type BuyerKind = 'primary' | 'secondary' | 'special' | 'cluster-3' | 'cluster-12'

/** A basket as schools really buy them. */
export interface OrdinaryBasket {
  id: string
  kind: BuyerKind
  items: Item[]
  /** The ids of the offers that it adds by itself. */
  adds: string[]
  buyer: Buyer
  /** Bought on the first day of orders or the last of the year, where that makes a difference. */
  when?: 'early' | 'late'
  /** Whether the schools are outside the area served. */
  outside?: true
  /** The group that the buyer belongs to. */
  group?: string
}

/** What a basket costs by two catalogues, what is charged only when a place is given included; null where it cannot be bought, and why. */
export interface Effect {
  beforePence: number | null
  afterPence: number | null
  why: EffectCode[]
}

/** Why a basket cannot be bought. */
export type EffectCode = RuleFaultCode | 'on-request' | 'must-hold'

const MOST_BASKETS = 12
const HOURS = 10

interface Recipe {
  items: Item[]
  kinds: readonly BuyerKind[]
  holds?: string[]
  when?: 'early' | 'late'
  outside?: true
  group?: string
}

/** About a dozen baskets that show what a catalogue costs ordinary schools, each of which its rules accept. Always the same for the same catalogue. */
export function ordinaryBaskets(catalogue: Catalogue, on: string = catalogue.year.from): OrdinaryBasket[] {
  const kept = new Map<string, { basket: OrdinaryBasket; place: number }>()
  const shelves = recipesFor(catalogue)
  const deepest = Math.max(0, ...shelves.map((shelf) => shelf.length))
  // One of each sort first, then a second of each, so that a dozen show something of everything.
  for (let depth = 0; depth < deepest; depth += 1)
    shelves.forEach((shelf, place) => {
      const recipe = shelf[depth]
      if (!recipe || kept.size >= MOST_BASKETS) return
      const basket = basketOf(catalogue, recipe, on)
      if (basket && !kept.has(basket.id)) kept.set(basket.id, { basket, place })
    })
  return [...kept.values()].sort((one, other) => one.place - other.place).map(({ basket }) => basket)
}

/** What a basket costs before and after, each on the day that it is bought or, at another time, the day given. */
export function effectOf(before: Catalogue, after: Catalogue, basket: OrdinaryBasket, on: string): Effect {
  const [old, next] = [before, after].map((catalogue) => costOf(catalogue, basket, on))
  return {
    beforePence: old?.pence ?? null,
    afterPence: next?.pence ?? null,
    why: [...new Set([...(old?.why ?? []), ...(next?.why ?? [])])],
  }
}

/** The ordinary baskets of both catalogues, those of the later one first, with what each costs before and after. */
export function effectsBetween(
  before: Catalogue,
  after: Catalogue,
  on: string,
): { basket: OrdinaryBasket; effect: Effect }[] {
  const gone = ordinaryBaskets(before, on).filter(({ items }) =>
    items.some((item) => !after.offers.some(({ id }) => id === item.offer)),
  )
  const shown = new Map([...ordinaryBaskets(after, on), ...gone].map((basket) => [basket.id, basket]))
  return [...shown.values()].map((basket) => ({ basket, effect: effectOf(before, after, basket, on) }))
}

function costOf(catalogue: Catalogue, { items, buyer, when }: OrdinaryBasket, on: string) {
  const result = quoteOf(catalogue, { on: dayOf(catalogue, when, on), buyer, items })
  if (!result.ok) return { pence: null, why: result.faults.map(({ code }): EffectCode => code) }
  const why = obstaclesIn(result.quote)
  return why.length > 0 ? { pence: null, why } : { pence: result.quote.totalPence + result.quote.conditionalPence, why }
}

function obstaclesIn({ lines, missing }: Quote): EffectCode[] {
  return [
    ...(missing.length > 0 ? ['must-hold' as const] : []),
    ...(lines.some(({ pence }) => pence === null) ? ['on-request' as const] : []),
  ]
}

function dayOf(catalogue: Catalogue, when: OrdinaryBasket['when'], on: string): string {
  return when === 'early' ? catalogue.opensOn : when === 'late' ? catalogue.year.to : pricingDay(catalogue, on)
}

/** The recipes of a catalogue, a shelf for each sort. */
function recipesFor(catalogue: Catalogue): Recipe[][] {
  const { offers, discounts, area } = catalogue
  const of = (...kinds: Offer['kind'][]) => offers.filter(({ kind }) => kinds.includes(kind))
  const single = ['primary', 'secondary', 'special'] as const
  const cluster = ['cluster-3', 'cluster-12'] as const
  const alone = (offer: Offer): Recipe => ({ items: [itemOf(offer)], kinds: [...single, 'cluster-3'] })
  const [subscription, firstPackage, training] = [of('subscription'), of('package'), of('training')].map(([one]) => one)
  const main = firstPackage ?? subscription ?? training ?? offers[0]
  const changes = changing(catalogue)
  const held = new Map(
    [
      ...discounts.flatMap(({ when, on }) =>
        offers
          .filter(({ id, kind }) => (on.offers?.includes(id) ?? true) && (on.kinds?.includes(kind) ?? true))
          .slice(0, 1)
          .map((offer) => [offer, when.holds] as const),
      ),
      ...pricesIn(catalogue).map(
        ({ offer, price }) => [offer, price.form === 'by-holding' ? price.offer : undefined] as const,
      ),
    ].flatMap(([offer, holds]) => (holds === undefined || holds === offer.id ? [] : [[offer, holds] as const])),
  )
  return [
    of('subscription').map(alone),
    of('package').map(alone),
    training && firstPackage
      ? [{ items: [itemOf(firstPackage), itemOf(training)], kinds: [...single] }]
      : training
        ? [alone(training)]
        : [],
    of('hours').map(alone),
    of('top-up').map(alone),
    of('cluster-subscription').map((offer) => ({ items: [itemOf(offer)], kinds: ['cluster-3'] })),
    of('cluster-subscription').map((offer) => ({ items: [itemOf(offer)], kinds: ['cluster-12'] })),
    main && main.kind !== 'cluster-subscription' ? [{ items: [itemOf(main)], kinds: ['secondary'] }] : [],
    [...held].map(([offer, holds]) => ({ items: [itemOf(offer)], kinds: [...single, ...cluster], holds: [holds] })),
    [...held].map(([offer]) => alone(offer)),
    changes.map((offer) => ({ ...alone(offer), when: 'early' })),
    changes.map((offer) => ({ ...alone(offer), when: 'late' })),
    area.outside === 'priced' && area.districts.length > 0 && main ? [{ ...alone(main), outside: true }] : [],
    discounts.flatMap(({ when: { group }, on }): Recipe[] => {
      const offer = offers.find(
        ({ id, kind }) => (on.offers?.includes(id) ?? true) && (on.kinds?.includes(kind) ?? true),
      )
      return group === undefined || !offer ? [] : [{ ...alone(offer), group }]
    }),
    of('placement', 'funded-place', 'service').map(alone),
    training && firstPackage ? [alone(training)] : [],
  ]
}

/** The offers whose price depends on the day. */
function changing(catalogue: Catalogue): Offer[] {
  const byPrice = pricesIn(catalogue).flatMap(({ offer, price }) =>
    price.form === 'by-date' || (price.form === 'joining' && price.rule !== 'full') ? [offer] : [],
  )
  const byRule = [...catalogue.discounts, ...catalogue.surcharges].flatMap(({ when, on }) =>
    when.from === undefined && when.until === undefined
      ? []
      : catalogue.offers
          .filter(({ id, kind }) => (on.offers?.includes(id) ?? true) && (on.kinds?.includes(kind) ?? true))
          .slice(0, 1),
  )
  return [...new Set([...byPrice, ...byRule])]
}

/** One of an offer, or ten hours of it: of several options a twilight session, else the one in the middle of those with a price. */
function itemOf(offer: Offer): Item {
  const options = offer.options?.filter(({ price }) => price.form !== 'on-request') ?? []
  const option =
    options.find(({ id }) => id.includes('twilight')) ?? options[(options.length - 1) >> 1] ?? offer.options?.[0]
  const { least = 1, most = MOST_OF_ONE_OFFER } = offer.quantity ?? {}
  const inHours = offer.kind === 'hours' || (offer.price?.form === 'per-unit' && offer.price.unit === 'hour')
  return {
    offer: offer.id,
    ...(option && { option: option.id }),
    quantity: Math.min(most, Math.max(least, inHours ? HOURS : 1)),
  }
}

/** A recipe as a basket that the rules accept: for the first buyer that it fits, with what it requires. */
function basketOf(catalogue: Catalogue, recipe: Recipe, on: string): OrdinaryBasket | undefined {
  const { when, outside, group } = recipe
  const day = dayOf(catalogue, when, on)
  for (const kind of recipe.kinds)
    for (const district of districtsFor(catalogue, recipe)) {
      const urns = catalogue.groups?.find(({ id }) => id === group)?.urns
      const buyer: Buyer = {
        holds: recipe.holds ?? [],
        schools: schoolsOf(kind, district).map((school, index) => ({ ...school, ...(urns && { urn: urns[index] }) })),
        class: kind === 'secondary' ? 'academy' : 'maintained',
        ...(group !== undefined && !urns && { groups: [group] }),
      }
      const whole = completed(catalogue, recipe.items, buyer, day)
      if (!whole) continue
      const isCluster = whole.items.some(({ offer }) =>
        catalogue.offers.some(({ id, kind: sort }) => id === offer && sort === 'cluster-subscription'),
      )
      if (isCluster && (kind === 'primary' || kind === 'secondary' || kind === 'special')) continue
      const names = whole.items.map(
        ({ offer, option, quantity }) => `${offer}${option ? `.${option}` : ''}*${quantity}`,
      )
      const about = [...whole.buyer.holds, when, outside && 'outside', group].filter(Boolean)
      return {
        id: [kind, ...names, ...about].join(' '),
        kind,
        ...whole,
        ...(when && { when }),
        ...(outside && { outside }),
        ...(group !== undefined && { group }),
      }
    }
  return undefined
}

/** Items with what they require to be bought with them, or held where that is asked for by referral; undefined where the rules refuse them. */
function completed(
  catalogue: Catalogue,
  items: readonly Item[],
  buyer: Buyer,
  on: string,
): Pick<OrdinaryBasket, 'items' | 'adds' | 'buyer'> | undefined {
  const result = quoteOf(catalogue, { on, buyer, items })
  if (!result.ok) return undefined
  const needed = catalogue.offers.find(({ id }) => id === result.quote.missing[0]?.offer)
  if (!needed) {
    const adds = result.quote.lines.flatMap(({ offer, added }) => (added ? [offer] : []))
    return obstaclesIn(result.quote).length > 0 ? undefined : { items: [...items], adds, buyer }
  }
  return needed.askedBy === 'referral'
    ? completed(catalogue, items, { ...buyer, holds: [...buyer.holds, needed.id] }, on)
    : completed(catalogue, [itemOf(needed), ...items], buyer, on)
}

/** Districts to try: those served, those that the offers name, or one that nobody serves. */
function districtsFor({ area, offers }: Catalogue, { items, outside }: Recipe): string[] {
  const served = area.districts.map(({ id }) => id)
  if (outside) return ['99', 'elsewhere'].filter((id) => !served.includes(id))
  const named = items.flatMap((item) => offers.find(({ id }) => id === item.offer)?.districts ?? [])
  const wanted = named.filter((id) => served.length === 0 || area.outside === 'priced' || served.includes(id))
  return [...new Set([...wanted, ...served, '1'])].slice(0, 12)
}

function schoolsOf(kind: BuyerKind, district: string): School[] {
  const school = (number: number, pupils: number, phase: School['phase']): School => ({
    name: String(number),
    pupils,
    staff: Math.ceil(pupils / 9),
    classes: Math.ceil(pupils / 30),
    district,
    phase,
  })
  if (kind === 'primary') return [school(1, 210, 'primary')]
  if (kind === 'secondary') return [school(1, 1_050, 'secondary')]
  if (kind === 'special') return [school(1, 90, 'special')]
  const rolls = kind === 'cluster-3' ? [210, 315, 420] : [60, 90, 105, 140, 180, 210, 210, 240, 280, 315, 420, 630]
  return rolls.map((pupils, index) => school(index + 1, pupils, 'primary'))
}
