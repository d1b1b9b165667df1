import type { Catalogue } from '../schema/catalogue.ts'
import type { Fact, LeafPrice, Price } from '../schema/price.ts'
import { addDays, monthsThrough } from './dates.ts'
import { portionOf } from './money.ts'
import type { Buyer, Reason, RuleFault, School } from './quote.ts'

/** What a price is worked out from. */
export interface Circumstances {
  catalogue: Catalogue
  /** The day of the order. */
  on: string
  buyer: Buyer
  /** Whether the buyer holds an offer or is buying it in the same order. */
  holds: (offer: string) => boolean
}

/** A price with every choice made: the leaf, the part of it that is charged, and why. */
export interface ChosenPrice {
  leaf: LeafPrice
  part: { numerator: number; denominator: number }
  why: Reason[]
}

/** What a quantity at a chosen price costs. `unitPence` is null where units differ in price, both are null on request. */
export interface Amount {
  pence: number | null
  unitPence: number | null
  why: Reason[]
  counted?: { of: 'token' | 'session'; count: number }
}

/** The number without which a price cannot be named: where it belongs in the request. */
function missing(pointer: string, faults: RuleFault[]): void {
  if (!faults.some((fault) => fault.pointer === pointer)) faults.push({ pointer, code: 'required' })
}

/** Makes every choice that a price holds (date, holding, area, class, joining). A fact that it needs and the buyer has not given becomes a fault. */
export function chosenPrice(price: Price, circumstances: Circumstances, faults: RuleFault[]): ChosenPrice {
  const { catalogue, on, buyer } = circumstances
  const why: Reason[] = []
  let part = { numerator: 1, denominator: 1 }
  let at = price
  for (;;) {
    if (at.form === 'by-date') {
      const next = at.later.findIndex((step) => step.from > on)
      const step = at.later[(next < 0 ? at.later.length : next) - 1]
      const following = next < 0 ? undefined : at.later[next]
      if (step)
        why.push(
          following
            ? { code: 'bought-from', from: step.from, until: addDays(following.from, -1) }
            : { code: 'bought-from', from: step.from },
        )
      else if (following) why.push({ code: 'bought-by', until: addDays(following.from, -1) })
      at = step?.price ?? at.first
    } else if (at.form === 'by-holding') {
      const holds = circumstances.holds(at.offer)
      why.push({ code: holds ? 'holder' : 'not-holder', offer: at.offer })
      at = holds ? at.holder : at.other
    } else if (at.form === 'by-area') {
      if (buyer.schools.length === 0) missing('/buyer/schools', faults)
      buyer.schools.forEach((school, index) => {
        if (school.district === undefined) missing(`/buyer/schools/${index}/district`, faults)
      })
      const inside = buyer.schools.every((school) => isServed(catalogue, school))
      why.push({ code: inside ? 'in-area' : 'out-of-area' })
      at = inside ? at.inside : at.outside
    } else if (at.form === 'by-class') {
      if (!buyer.class) missing('/buyer/class', faults)
      const choice = at.classes.find((entry) => entry.class === buyer.class)
      if (choice) why.push({ code: 'buyer-class', class: choice.class })
      at = choice?.price ?? at.other
    } else if (at.form === 'joining') {
      const { from, to } = catalogue.year
      if (at.rule === 'full') why.push({ code: 'joining-full' })
      else if (at.rule === 'monthly') {
        const of = monthsThrough(from, to)
        const months = Math.max(0, Math.min(of, monthsThrough(on, to)))
        part = { numerator: part.numerator * months, denominator: part.denominator * of }
        if (months < of) why.push({ code: 'joining-monthly', months, of })
      } else {
        const step = at.fractions?.findLast((fraction) => fraction.from <= on)
        if (step) {
          part = { numerator: part.numerator * step.numerator, denominator: part.denominator * step.denominator }
          why.push({
            code: 'joining-fraction',
            numerator: step.numerator,
            denominator: step.denominator,
            from: step.from,
          })
        }
      }
      at = at.price
    } else return { leaf: at, part, why }
  }
}

/** What `quantity` units cost at a chosen price. */
export function amountOf(
  { leaf, part, why }: ChosenPrice,
  quantity: number,
  { buyer }: Circumstances,
  faults: RuleFault[],
): Amount {
  const charged = (pence: number) => portionOf(pence, part.numerator, part.denominator)
  const each = (pence: number, ...reasons: Reason[]): Amount => ({
    pence: charged(pence * quantity),
    unitPence: charged(pence),
    why: [...why, ...reasons],
  })
  const whole = (pence: number, ...reasons: Reason[]): Amount => ({
    pence: charged(pence),
    unitPence: quantity === 1 ? charged(pence) : null,
    why: [...why, ...reasons],
  })
  switch (leaf.form) {
    case 'free':
      return each(0, { code: 'free' })
    case 'fixed':
      return each(leaf.pence, ...(why.length ? [] : [{ code: 'fixed' as const, pence: leaf.pence }]))
    case 'per-unit':
      return each(leaf.pence, {
        code: 'per-unit',
        unit: leaf.unit,
        pence: leaf.pence,
        ...(leaf.minutes === undefined ? {} : { minutes: leaf.minutes }),
      })
    case 'per-pupil': {
      const pupils = factOf('pupils', buyer, faults)
      return each(pupils * leaf.pence, { code: 'per-pupil', pupils, pence: leaf.pence })
    }
    case 'per-pupil-by-phase': {
      factOf('pupils', buyer, faults)
      const rolls = new Map<keyof typeof leaf.pence, number>()
      buyer.schools.forEach((school, index) => {
        const pointer = `/buyer/schools/${index}/phase`
        if (school.phase === undefined) missing(pointer, faults)
        else if (leaf.pence[school.phase] === undefined) faults.push({ pointer, code: 'phase-not-priced' })
        else rolls.set(school.phase, (rolls.get(school.phase) ?? 0) + (school.pupils ?? 0))
      })
      const phases = [...rolls].map(([phase, pupils]) => ({
        code: 'per-pupil-of-phase' as const,
        phase,
        pupils,
        pence: leaf.pence[phase] ?? 0,
      }))
      return each(
        phases.reduce((sum, { pupils, pence }) => sum + pupils * pence, 0),
        ...phases,
      )
    }
    case 'bands': {
      const band = (value: number, school?: string) => {
        const index = startedAt(leaf.bands, value)
        const { from, pence } = leaf.bands[index] ?? { from: 0, pence: 0 }
        const below = leaf.bands[index + 1]?.from
        return {
          code: 'band' as const,
          fact: leaf.fact,
          from,
          value,
          pence,
          ...(below === undefined ? {} : { below }),
          ...(school === undefined ? {} : { school }),
        }
      }
      const sum = factOf(leaf.fact, buyer, faults)
      const reached =
        leaf.each === 'buyer'
          ? [band(sum)]
          : buyer.schools.map((school) => band(leaf.fact === 'schools' ? 1 : (school[leaf.fact] ?? 0), school.name))
      return each(
        reached.reduce((total, { pence }) => total + pence, 0),
        ...reached,
      )
    }
    case 'tiers': {
      const reason = (index: number, count: number): Reason => {
        const { from, pence } = leaf.tiers[index] ?? { from: 1, pence: 0 }
        const below = leaf.tiers[index + 1]?.from
        return {
          code: 'tier',
          kind: leaf.kind,
          from,
          unit: leaf.unit,
          quantity: count,
          pence,
          ...(below === undefined ? {} : { below }),
        }
      }
      const reached = startedAt(leaf.tiers, quantity)
      if (leaf.kind === 'volume') return each(leaf.tiers[reached]?.pence ?? 0, reason(reached, quantity))
      const slices = leaf.tiers.slice(0, reached + 1).map(({ from, pence }, index) => {
        const count = Math.min(quantity, (leaf.tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY) - 1) - from + 1
        return { pence: count * pence, why: reason(index, count) }
      })
      return whole(
        slices.reduce((sum, slice) => sum + slice.pence, 0),
        ...slices.map((slice) => slice.why),
      )
    }
    case 'up-to': {
      const further = Math.max(0, quantity - leaf.covers)
      const reasons: Reason[] = [{ code: 'covers', covers: leaf.covers, unit: leaf.unit, pence: leaf.pence }]
      if (further) reasons.push({ code: 'further', quantity: further, unit: leaf.unit, pence: leaf.furtherPence })
      return whole(leaf.pence + further * leaf.furtherPence, ...reasons)
    }
    case 'first-free':
      return whole(Math.max(0, quantity - leaf.free) * leaf.pence, {
        code: 'first-free',
        free: leaf.free,
        unit: leaf.unit,
        pence: leaf.pence,
      })
    case 'blocks': {
      const last = leaf.pence.length - 1
      const count = Math.ceil(quantity / leaf.size)
      const priced = leaf.pence.slice(0, count)
      const sum =
        priced.reduce((total, pence) => total + pence, 0) +
        Math.max(0, count - leaf.pence.length) * (leaf.pence[last] ?? 0)
      return whole(
        sum,
        ...priced.map(
          (pence, index): Reason => ({ code: 'block', number: index + 1, size: leaf.size, unit: leaf.unit, pence }),
        ),
      )
    }
    case 'counted':
      return {
        ...each(0, { code: 'counted', of: leaf.of, count: leaf.count * quantity }),
        counted: { of: leaf.of, count: leaf.count * quantity },
      }
    case 'on-request':
      return { pence: null, unitPence: null, why: [...why, { code: 'on-request' }] }
  }
}

/** A fact about the buyer, added up over its schools. A school that has not given it, or a roll of 0, becomes a fault. */
export function factOf(fact: Fact, { schools }: Buyer, faults: RuleFault[]): number {
  if (schools.length === 0) missing('/buyer/schools', faults)
  if (fact === 'schools') return schools.length
  return schools.reduce((sum, school, index) => {
    const value = school[fact]
    const pointer = `/buyer/schools/${index}/${fact}`
    if (value === undefined) missing(pointer, faults)
    else if (value < 1 && !faults.some((fault) => fault.pointer === pointer))
      faults.push({ pointer, code: 'too-small', least: 1 })
    return sum + (value ?? 0)
  }, 0)
}

/** Whether the provider serves the school's district. A provider without districts serves everybody; a school that names none is taken to be served. */
export function isServed(catalogue: Catalogue, school: School): boolean {
  const { districts } = catalogue.area
  return districts.length === 0 || school.district === undefined || districts.some(({ id }) => id === school.district)
}

/** Index of the last entry that starts at or below a value. */
export function startedAt(entries: readonly { from: number }[], value: number): number {
  return Math.max(
    0,
    entries.findLastIndex((entry) => entry.from <= value),
  )
}
