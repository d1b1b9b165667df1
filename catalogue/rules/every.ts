import type { Condition, VatClass } from '../schema/offer.ts'
import { allotted } from './allotted.ts'
import type { Calculation, Charged, Progress } from './calculation.ts'
import { addDays } from './dates.ts'
import { factOf, startedAt } from './facts.ts'
import { percentOf } from './money.ts'
import { monthsThrough } from './months.ts'
import { type Circumstances, isServed, want } from './price.ts'
import type { Reason } from './quote.ts'

/** Every rule that the schema knows: how each form of price is worked out, and the steps of a whole calculation. */
export const every: Calculation = {
  leaves: {
    free: () => ({ each: 0, why: [{ code: 'free' }] }),
    fixed: ({ pence }) => ({ each: pence, why: [{ code: 'fixed', pence }] }),
    'per-unit': ({ unit, pence, minutes }) => ({
      each: pence,
      why: [{ code: 'per-unit', unit, pence, ...(minutes && { minutes }) }],
    }),
    'on-request': () => ({ why: [{ code: 'on-request' }] }),
    'per-pupil': ({ pence }, _quantity, circumstances) => {
      const pupils = factOf('pupils', circumstances)
      return { each: pupils * pence, why: [{ code: 'per-pupil', pupils, pence }] }
    },
    'per-pupil-by-phase': ({ pence: prices }, _quantity, circumstances) => {
      factOf('pupils', circumstances)
      const { buyer, faults } = circumstances
      const rolls = new Map<keyof typeof prices, number>()
      buyer.schools.forEach(({ phase, pupils = 0 }, index) => {
        const pointer = `/buyer/schools/${index}/phase`
        if (phase === undefined) want(pointer, circumstances)
        else if (prices[phase] === undefined) faults.push({ pointer, code: 'phase-not-priced' })
        else rolls.set(phase, (rolls.get(phase) ?? 0) + pupils)
      })
      const why = [...rolls].map(([phase, pupils]) => ({
        code: 'per-pupil-of-phase' as const,
        phase,
        pupils,
        pence: prices[phase] ?? 0,
      }))
      return { each: sum(why.map(({ pupils, pence }) => pupils * pence)), why }
    },
    bands: ({ fact, each, bands }, _quantity, circumstances) => {
      const band = (value: number, school?: string) => {
        const index = startedAt(bands, value)
        const { from = 0, pence = 0 } = bands[index] ?? {}
        const below = bands[index + 1]?.from
        return { code: 'band' as const, fact, from, value, pence, ...(below && { below }), ...(school && { school }) }
      }
      const total = factOf(fact, circumstances)
      const why =
        each === 'buyer'
          ? [band(total)]
          : circumstances.buyer.schools.map((school) => band(fact === 'schools' ? 1 : (school[fact] ?? 0), school.name))
      return { each: sum(why.map(({ pence }) => pence)), why }
    },
    tiers: ({ kind, unit, tiers }, quantity) => {
      const reached = startedAt(tiers, quantity)
      const slices = tiers.slice(0, reached + 1).map(({ from, pence }, index) => {
        const below = tiers[index + 1]?.from
        const count = Math.min(quantity, (below ?? Number.POSITIVE_INFINITY) - 1) - from + 1
        const said = kind === 'volume' ? quantity : count
        return { code: 'tier' as const, kind, from, unit, quantity: said, pence, ...(below && { below }) }
      })
      return kind === 'volume'
        ? { each: tiers[reached]?.pence ?? 0, why: slices.slice(-1) }
        : { whole: sum(slices.map((slice) => slice.quantity * slice.pence)), why: slices }
    },
    'up-to': ({ unit, covers, pence, furtherPence, most }, quantity) => {
      const further = Math.max(0, quantity - covers)
      const why: Reason[] = [{ code: 'covers', covers, unit, pence }]
      if (further) why.push({ code: 'further', quantity: further, unit, pence: furtherPence })
      return { whole: pence + further * furtherPence, most, why }
    },
    'first-free': ({ unit, free, pence }, quantity) => ({
      whole: Math.max(0, quantity - free) * pence,
      why: [{ code: 'first-free', free, unit, pence }],
    }),
    blocks: ({ unit, size, pence: prices }, quantity) => {
      const count = Math.ceil(quantity / size)
      const begun = prices.slice(0, count)
      return {
        whole: sum(begun) + (count - begun.length) * (prices.at(-1) ?? 0),
        why: begun.map((pence, index) => ({ code: 'block', number: index + 1, size, unit, pence })),
      }
    },
    counted: ({ of, count: each }, quantity) => {
      const counted = { of, count: each * quantity }
      return { each: 0, counted, why: [{ code: 'counted', ...counted }] }
    },
  },
  choices: {
    'by-date': ({ first, later }, { on }) => {
      const next = later.find(({ from }) => from > on)
      const step = later.findLast(({ from }) => from <= on)
      const until = next && addDays(next.from, -1)
      return step
        ? { price: step.price, why: { code: 'bought-from', from: step.from, ...(until && { until }) } }
        : { price: first, why: until ? { code: 'bought-by', until } : undefined }
    },
    'by-holding': ({ offer, holder, other }, { holds }) =>
      holds(offer)
        ? { price: holder, why: { code: 'holder', offer } }
        : { price: other, why: { code: 'not-holder', offer } },
    'by-area': ({ inside, outside }, circumstances) => {
      const { catalogue, buyer } = circumstances
      if (buyer.schools.length === 0) want('/buyer/schools', circumstances)
      buyer.schools.forEach(({ district }, index) => {
        if (district === undefined) want(`/buyer/schools/${index}/district`, circumstances)
      })
      return buyer.schools.every((school) => isServed(catalogue, school))
        ? { price: inside, why: { code: 'in-area' } }
        : { price: outside, why: { code: 'out-of-area' } }
    },
    'by-class': ({ classes, other }, circumstances) => {
      const { buyer } = circumstances
      if (!buyer.class) want('/buyer/class', circumstances)
      const choice = classes.find((entry) => entry.class === buyer.class)
      return choice ? { price: choice.price, why: { code: 'buyer-class', class: choice.class } } : { price: other }
    },
    joining: ({ rule, fractions, price }, { catalogue: { year }, on }) => {
      if (rule === 'full') return { price, why: { code: 'joining-full' } }
      if (rule === 'monthly') {
        const of = monthsThrough(year.from, year.to)
        const months = Math.max(0, Math.min(of, monthsThrough(on, year.to)))
        const part = { numerator: months, denominator: of }
        return { price, part, why: months < of ? { code: 'joining-monthly', months, of } : undefined }
      }
      const part = fractions?.findLast(({ from }) => from <= on)
      return { price, part, why: part && { code: 'joining-fraction', ...part } }
    },
  },
  conditions: [
    ({ holds }, circumstances) => holds === undefined || circumstances.holds(holds),
    ({ from, until }, { on }) => (from === undefined || on >= from) && (until === undefined || on <= until),
    ({ group }, { catalogue, buyer }) => {
      if (group === undefined) return true
      const urns = catalogue.groups?.find(({ id }) => id === group)?.urns
      return urns
        ? buyer.schools.length > 0 && buyer.schools.every(({ urn }) => urn !== undefined && urns.includes(urn))
        : (buyer.groups?.includes(group) ?? false)
    },
    ({ class: classes }, { buyer }) => !classes || (buyer.class !== undefined && classes.includes(buyer.class)),
    ({ threshold }, circumstances, scope) => !threshold || isPast(threshold, circumstances, scope),
  ],
  beforeDiscounts: [
    function chargeMinimum({ charged, adjust }) {
      for (const target of charged) {
        const pence = target.entry.offer.minimumPence ?? 0
        adjust(target, 'minimum-charge', Math.max(0, pence - target.left), { code: 'minimum-charge', pence })
      }
    },
    function takeOffIncluded({ charged, adjust, lineOf }) {
      for (const target of charged) {
        const { offer, option } = target.entry
        let rest = target.entry.quantity
        for (const { entry: holder } of charged) {
          for (const inclusion of holder.offer.includes ?? []) {
            if (
              holder === target.entry ||
              inclusion.offer !== offer.id ||
              (inclusion.option ?? option?.id) !== option?.id
            )
              continue
            const quantity = Math.min(rest, inclusion.quantity * holder.quantity)
            rest -= quantity
            const pence = rest ? (lineOf({ ...target.entry, quantity: rest }).pence ?? 0) : 0
            const due = rest ? Math.max(pence, offer.minimumPence ?? 0) : 0
            adjust(target, 'included', -Math.max(0, target.left - due), {
              code: 'included',
              in: holder.offer.id,
              quantity,
            })
          }
        }
      }
    },
  ],
  discounts: {
    percent: ({ percent, name, when: { holds } }, scope) =>
      scope.map(({ left }) => ({
        pence: percentOf(left, percent),
        why: { code: 'percent-off', percent, name, ...(holds && { holds }) },
      })),
    amount: ({ each, pence, name, when: { holds } }, scope) => {
      const total = sum(scope.map(({ left }) => left))
      const off =
        each === 'order'
          ? allotted(
              Math.min(pence, total),
              scope.map(({ left }) => left),
            )
          : scope.map(({ entry }) => pence * (each === 'unit' ? entry.quantity : 1))
      return off.map((part) => ({ pence: part, why: { code: 'amount-off', pence, name, ...(holds && { holds }) } }))
    },
  },
  afterDiscounts: [
    function putOnSurcharges(progress) {
      const { catalogue } = progress.circumstances
      for (const surcharge of catalogue.surcharges) {
        const scope = progress.scopeOf(surcharge)
        if (scope.length === 0) continue
        const { id: rule, name } = surcharge
        const percent = surcharge.kind === 'percent' ? surcharge.percent : 0
        const pence =
          surcharge.kind === 'percent' ? percentOf(sum(scope.map(({ left }) => left)), percent) : surcharge.pence
        if (pence === 0) continue
        const why: Reason = percent ? { code: 'percent-on', percent, name } : { code: 'amount-on', name }
        progress.adjustments.push({ rule, pence, why: [why] })
        progress.vatPence += vatOf(pence, surcharge.vat, progress)
      }
    },
    function putOnVat(progress) {
      for (const { line, left } of progress.charged) progress.vatPence += vatOf(left, line.vat, progress)
    },
    function warn({ circumstances: { catalogue, buyer }, entries, lines, warnings }) {
      for (const { id: group, urns } of catalogue.groups ?? [])
        if (!urns && buyer.groups?.includes(group)) warnings.push({ code: 'group-to-confirm', group })
      for (const kind of ['token', 'session'] as const) {
        const spent = sum(lines.map(({ counted }) => (counted?.of === kind ? counted.count : 0)))
        const granted = sum(
          entries.map(({ offer: { grants }, quantity }) => (grants?.of === kind ? grants.count * quantity : 0)),
        )
        const held = catalogue.offers.some(({ id, grants }) => grants?.of === kind && buyer.holds.includes(id))
        if (spent > granted && !held) warnings.push({ code: 'counted-short', of: kind, spent, granted })
      }
    },
  ],
  minutesOf: ({ support }, quantity, circumstances) => {
    if (support?.by !== 'bands') return undefined
    const range = support.bands[startedAt(support.bands, factOf(support.fact, circumstances))]
    return range && { least: range.leastMinutes * quantity, most: range.mostMinutes * quantity }
  },
}

function isPast(
  { fact, is, value }: NonNullable<Condition['threshold']>,
  { buyer }: Circumstances,
  scope: readonly Charged[],
): boolean {
  const reached =
    fact === 'pence'
      ? sum(scope.map(({ left }) => left))
      : fact === 'quantity'
        ? sum(scope.map(({ entry }) => entry.quantity))
        : factOf(fact, { buyer, faults: [] })
  return is === 'at-least' ? reached >= value : reached > value
}

function vatOf(pence: number, vat: VatClass | undefined, { circumstances }: Progress): number {
  const rates = circumstances.catalogue.vat
  return rates && (vat === 'standard' || vat === 'reduced') ? percentOf(pence, rates[vat]) : 0
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
