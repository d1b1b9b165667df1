import type { Catalogue } from '../schema/catalogue.ts'
import type { Condition, Discount, Offer, VatClass } from '../schema/offer.ts'
import { type CalendarCode, calendarFaultsIn } from './calendar-consistency.ts'
import { MOST_OF_ONE_OFFER } from './most.ts'
import { type Noted, noteRepeated, noting } from './noted.ts'
import { type PathwayCode, pathwayFaultsIn } from './pathway-consistency.ts'
import { pricesIn } from './prices-in.ts'
import { RESERVED } from './reserved.ts'

/** What can be wrong between the parts of a catalogue whose every part is right by itself. */
export type ConsistencyCode =
  | 'repeated-id'
  | 'reserved-id'
  | 'unknown-offer'
  | 'unknown-option'
  | 'unknown-menu'
  | 'unknown-group'
  | 'unknown-district'
  | 'leading-nought'
  | 'served-here'
  | 'requires-itself'
  | 'requires-in-a-circle'
  | 'added-with-options'
  | 'includes-itself'
  | 'compares-with-itself'
  | 'holder-of-itself'
  | 'takes-nothing-off'
  | 'applies-to-nothing'
  | 'never-in-force'
  | 'vat-without-rates'
  | 'weeks-backwards'
  | 'week-outside'
  | 'more-than-five-days'
  | 'day-outside'
  | 'outside-refused'
  | 'least-above-most'
  | CalendarCode
  | PathwayCode

/** Something that does not fit together. */
export type Inconsistency = Noted<ConsistencyCode>

/** What addresses and forms say of an offer, so that no option can be called that. */
const RESERVED_OPTIONS = ['topics', 'attending']
/** What addresses begin with that are no provider's. */
const RESERVED_PROVIDERS = ['api', 'dev', 'console', 'consent', 'healthz', 'outreach', 'portal']

/** Everything in a catalogue that does not fit together. A catalogue is published only where this is empty. */
export function inconsistenciesIn(catalogue: Catalogue): Inconsistency[] {
  const { faults, note } = noting<ConsistencyCode>()
  const unique = (entries: readonly { id: string }[] | undefined, pointer: string) =>
    noteRepeated(entries, pointer, note)
  const { area, menus, groups, discounts, surcharges, offers, year, opensOn } = catalogue
  const offerOf = new Map(offers.map((offer) => [offer.id, offer]))
  const known = (id: string, pointer: string) => {
    if (!offerOf.has(id)) note(pointer, 'unknown-offer', id)
  }
  const served = new Set(area.districts.map(({ id }) => id))
  const inArea = (districts: readonly string[] | undefined, pointer: string) => {
    districts?.forEach((id, index) => {
      if (served.size > 0 && area.outside === 'refused' && !served.has(id))
        note(`${pointer}/${index}`, 'unknown-district', id)
    })
  }
  const taxed = (vat: VatClass | undefined, pointer: string) => {
    if ((vat === 'standard' || vat === 'reduced') && !catalogue.vat) note(pointer, 'vat-without-rates', vat)
  }

  if (RESERVED_PROVIDERS.includes(catalogue.provider.id)) note('/provider/id', 'reserved-id', catalogue.provider.id)
  unique(area.districts, '/area/districts')
  area.districts.forEach(({ id }, index) => {
    if (/^0./.test(id)) note(`/area/districts/${index}/id`, 'leading-nought', id)
  })
  area.elsewhere?.forEach(({ districts }, index) => {
    districts.forEach((id, place) => {
      if (served.has(id)) note(`/area/elsewhere/${index}/districts/${place}`, 'served-here', id)
    })
  })
  unique(menus, '/menus')
  unique(groups, '/groups')
  unique(offers, '/offers')

  offers.forEach((offer, index) => {
    const at = `/offers/${index}`
    if (RESERVED.has(offer.id)) note(`${at}/id`, 'reserved-id', offer.id)
    offer.options?.forEach(({ id }, place) => {
      if (RESERVED_OPTIONS.includes(id)) note(`${at}/options/${place}/id`, 'reserved-id', id)
    })
    unique(offer.options, `${at}/options`)
    unique(offer.topics, `${at}/topics`)
    if (offer.menu !== undefined && !menus?.some(({ id }) => id === offer.menu))
      note(`${at}/menu`, 'unknown-menu', offer.menu)
    inArea(offer.districts, `${at}/districts`)
    offer.gives.forEach(({ districts }, place) => {
      inArea(districts, `${at}/gives/${place}/districts`)
    })
    offer.requires?.forEach((requirement, place) => {
      const pointer = `${at}/requires/${place}`
      const base = offerOf.get(requirement.offer)
      known(requirement.offer, `${pointer}/offer`)
      requirement.or?.forEach((id, other) => {
        known(id, `${pointer}/or/${other}`)
      })
      if (requirement.offer === offer.id) note(`${pointer}/offer`, 'requires-itself', offer.id)
      else if (reaches(requirement.offer, offer.id, offerOf)) note(`${pointer}/offer`, 'requires-in-a-circle', offer.id)
      if (requirement.how === 'added' && base?.options) note(`${pointer}/offer`, 'added-with-options', base.id)
    })
    offer.includes?.forEach(({ offer: id, option }, place) => {
      const pointer = `${at}/includes/${place}`
      known(id, `${pointer}/offer`)
      if (id === offer.id) note(`${pointer}/offer`, 'includes-itself', id)
      if (option !== undefined && offerOf.has(id) && !hasOption(offerOf.get(id), option))
        note(`${pointer}/option`, 'unknown-option', option)
    })
    if (offer.compareWith !== undefined) {
      known(offer.compareWith, `${at}/compareWith`)
      if (offer.compareWith === offer.id) note(`${at}/compareWith`, 'compares-with-itself', offer.id)
    }
    taxed(offer.vat, `${at}/vat`)
    if (offer.quantity && (offer.quantity.least ?? 1) > (offer.quantity.most ?? MOST_OF_ONE_OFFER))
      note(`${at}/quantity/least`, 'least-above-most')
    const { least = 0, most = Number.POSITIVE_INFINITY } = offer.participants ?? {}
    if (least > most) note(`${at}/participants/most`, 'least-above-most')
    offer.placement?.pattern.forEach(({ fromWeek, toWeek, daysHere = 0, daysAtSchool = 0 }, place) => {
      const pointer = `${at}/placement/pattern/${place}`
      if (fromWeek > toWeek) note(`${pointer}/toWeek`, 'weeks-backwards')
      else if (toWeek > (offer.placement?.weeks ?? toWeek)) note(`${pointer}/toWeek`, 'week-outside')
      if (daysHere + daysAtSchool > 5) note(`${pointer}/daysAtSchool`, 'more-than-five-days')
    })
  })

  for (const { pointer, price, offer } of pricesIn(catalogue)) {
    if (price.form === 'by-holding') {
      known(price.offer, `${pointer}/offer`)
      if (price.offer === offer.id) note(`${pointer}/offer`, 'holder-of-itself', offer.id)
    } else if (price.form === 'by-date')
      price.later.forEach(({ from }, index) => {
        if (from <= opensOn || from > year.to) note(`${pointer}/later/${index}/from`, 'day-outside', from)
      })
    else if (price.form === 'joining')
      price.fractions?.forEach(({ from }, index) => {
        if (from > year.to) note(`${pointer}/fractions/${index}/from`, 'day-outside', from)
      })
    else if (price.form === 'by-area' && (area.outside === 'refused' || served.size === 0))
      note(`${pointer}/outside`, 'outside-refused')
    else if (price.form === 'up-to' && (offer.quantity?.least ?? 1) > price.most)
      note(`${pointer}/most`, 'least-above-most')
  }

  const rules = [...discounts, ...surcharges]
  rules.forEach((rule, index) => {
    const isDiscount = index < discounts.length
    const at = isDiscount ? `/discounts/${index}` : `/surcharges/${index - discounts.length}`
    if (rules.findIndex(({ id }) => id === rule.id) < index) note(`${at}/id`, 'repeated-id', rule.id)
    if (rule.kind === 'percent' && rule.percent === 0) note(`${at}/percent`, 'takes-nothing-off')
    checkScope(rule.on, at)
    checkCondition(rule.when, at)
    if ('vat' in rule) taxed(rule.vat, `${at}/vat`)
  })
  return [...faults, ...calendarFaultsIn(catalogue), ...pathwayFaultsIn(catalogue)]

  function checkScope({ kinds, offers: ids, options }: Discount['on'], at: string): void {
    ids?.forEach((id, index) => {
      known(id, `${at}/on/offers/${index}`)
    })
    options?.forEach((id, index) => {
      if (!offers.some((offer) => hasOption(offer, id))) note(`${at}/on/options/${index}`, 'unknown-option', id)
    })
    const reached = offers.some(
      (offer) =>
        (kinds?.includes(offer.kind) ?? true) &&
        (ids?.includes(offer.id) ?? true) &&
        (options?.some((id) => hasOption(offer, id)) ?? true),
    )
    if (!reached) note(`${at}/on`, 'applies-to-nothing')
  }

  function checkCondition({ holds, group, from, until }: Condition, at: string): void {
    if (holds !== undefined) known(holds, `${at}/when/holds`)
    if (group !== undefined && !groups?.some(({ id }) => id === group)) note(`${at}/when/group`, 'unknown-group', group)
    if (from !== undefined && until !== undefined && from > until) note(`${at}/when/until`, 'never-in-force')
    else if (from !== undefined && from > year.to) note(`${at}/when/from`, 'day-outside', from)
    else if (until !== undefined && until < opensOn) note(`${at}/when/until`, 'day-outside', until)
  }
}

function hasOption(offer: Offer | undefined, id: string): boolean {
  return offer?.options?.some((option) => option.id === id) ?? false
}

/** Whether what an offer requires leads to another offer, however many steps away. */
function reaches(from: string, to: string, offers: ReadonlyMap<string, Offer>): boolean {
  const seen = new Set([from])
  for (const id of seen) {
    for (const { offer } of offers.get(id)?.requires ?? []) {
      if (offer === to) return true
      seen.add(offer)
    }
  }
  return false
}
