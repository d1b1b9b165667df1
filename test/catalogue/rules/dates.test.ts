import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { addDays, isDay } from '../../../catalogue/rules/dates.ts'
import { catalogueOn, isInForce, pricingDay } from '../../../catalogue/rules/in-force.ts'
import { monthsThrough } from '../../../catalogue/rules/months.ts'
import { shipped, shippedCatalogue } from '../shipped.ts'

const anyDay = fc
  .integer({ min: 0, max: 20_000 })
  .map((days) => new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10))

describe('A day', () => {
  it('is one that exists, written in full', () => {
    for (const text of ['2024-02-29', '2019-03-31']) equal(isDay(text), true, text)
    for (const text of ['2023-02-29', '2024-13-01', '2024-1-1', '24-01-01', '2024-01-01T00:00', '', '٢٠٢٤-٠١-٠١'])
      equal(isDay(text), false, text)
  })
  it('goes over months, years and the change to summer time', () => {
    deepEqual(
      [
        addDays('2019-03-31', 1),
        addDays('2019-03-30', 1),
        addDays('2019-01-01', -1),
        addDays('2024-02-28', 1),
        addDays('2024-10-27', 1),
      ],
      ['2019-04-01', '2019-03-31', '2018-12-31', '2024-02-29', '2024-10-28'],
    )
  })
  it('comes back by the way it went', () =>
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5_000, max: 5_000 }), (day, days) =>
        equal(addDays(addDays(day, days), -days), day),
      ),
    ))
})

describe('Months', () => {
  it('count the first and the last', () =>
    deepEqual(
      [
        monthsThrough('2024-04-01', '2025-03-31'),
        monthsThrough('2024-04-30', '2024-04-01'),
        monthsThrough('2025-04-01', '2025-03-31'),
      ],
      [12, 1, 0],
    ))
})

describe('The catalogue in force', () => {
  const of = (name: string, opensOn: string, from: string, to: string) => ({ name, opensOn, year: { from, to } })
  const [old, next] = [
    of('old', '2019-01-01', '2019-04-01', '2020-03-31'),
    of('next', '2020-02-01', '2020-04-01', '2021-03-31'),
  ]
  it('takes orders from the day it opens to its last day', () =>
    deepEqual(
      ['2018-12-31', '2019-01-01', '2020-03-31', '2020-04-01'].map((day) => isInForce(old, day)),
      [false, true, true, false],
    ))
  it('is the one that opened last of those in force', () =>
    deepEqual(
      ['2020-01-31', '2020-02-01', '2020-03-31'].map((day) => catalogueOn([old, next], day)?.catalogue.name),
      ['old', 'next', 'next'],
    ))
  it('gives way to the latest one where none is in force, and to the next to open where none has', () => {
    deepEqual(
      ['2018-01-01', '2026-01-01'].map((day) => {
        const found = catalogueOn([next, old], day)
        return [found?.catalogue.name, found?.inForce]
      }),
      [
        ['old', false],
        ['next', false],
      ],
    )
    equal(catalogueOn([], '2020-01-01'), undefined)
  })
  it('is priced on its last day once it has ended', () =>
    deepEqual(
      ['2018-01-01', '2019-06-01', '2026-01-01'].map((day) => pricingDay(old, day)),
      ['2019-01-01', '2019-06-01', '2020-03-31'],
    ))
  it('of Stepping Stones is this year’s on the demonstration’s day', () => {
    const own = shipped.map(shippedCatalogue).filter(({ provider }) => provider.id === 'stepping-stones')
    deepEqual(
      ['2019-03-20', '2023-01-01', '2024-09-10'].map((day) => catalogueOn(own, day)?.catalogue.catalogue),
      ['2019-20', '2019-20', '2024-25'],
    )
  })
})
