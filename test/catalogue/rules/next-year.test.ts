import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { inconsistenciesIn } from '../../../catalogue/rules/consistency.ts'
import { differencesBetween } from '../../../catalogue/rules/differences.ts'
import { movedDay, movedYears, nextYear, type Rise, raised, raisedPence } from '../../../catalogue/rules/next-year.ts'
import { catalogue } from '../../../catalogue/schema/catalogue.ts'
import { writtenCatalogue } from '../arbitrary.ts'
import { catalogueOf, fixed, offerOf } from '../sample.ts'
import { shipped, shippedCatalogue } from '../shipped.ts'

const rise = (percent: number, roundTo: Rise['roundTo'] = 1, rounding: Rise['rounding'] = 'nearest'): Rise => ({
  percent,
  roundTo,
  rounding,
})
const STEPS = [1, 10, 100, 500, 1_000, 5_000] as const

describe('A rise in prices', () => {
  it('is rounded once, to the step and in the direction that was chosen', () => {
    equal(raisedPence(37_500, rise(3)), 38_625)
    equal(raisedPence(37_500, rise(3, 100)), 38_600)
    equal(raisedPence(37_500, rise(3, 100, 'up')), 38_700)
    equal(raisedPence(37_500, rise(3, 500, 'down')), 38_500)
    equal(raisedPence(55_000, rise(2.75, 1_000)), 57_000)
    equal(raisedPence(10_050, rise(0.5)), 10_100)
    equal(raisedPence(100_000, rise(-10)), 90_000)
  })
  it('leaves nothing at nothing, and never makes nothing of something', () => {
    equal(raisedPence(0, rise(50, 5_000, 'up')), 0)
    equal(raisedPence(300, rise(3, 1_000)), 309)
    equal(raisedPence(1, rise(-100)), 1)
  })
  it('reaches every price, minimum charges and amounts off, and no threshold', () => {
    const document = catalogueOf({
      offers: [
        offerOf('one', { form: 'by-date', first: fixed(1_000), later: [{ from: '2024-05-01', price: fixed(2_000) }] }),
        offerOf('two', { form: 'per-pupil-by-phase', pence: { primary: 100, secondary: 200 } }, { minimumPence: 500 }),
        offerOf(
          'three',
          { form: 'up-to', unit: 'pupil', covers: 5, pence: 1_000, furtherPence: 300, most: 8 },
          { quantity: { most: 9 } },
        ),
      ],
      discounts: [
        {
          kind: 'amount',
          id: 'off',
          name: 'off',
          pence: 100,
          each: 'line',
          on: {},
          when: { threshold: { fact: 'pence', is: 'at-least', value: 1_000 } },
        },
      ],
    })
    deepEqual(
      differencesBetween(document, raised(document, rise(10)).catalogue).map(({ pointer, after }) => [pointer, after]),
      [
        ['/discounts/0/pence', 110],
        ['/offers/0/price/first/pence', 1_100],
        ['/offers/0/price/later/0/price/pence', 2_200],
        ['/offers/1/price/pence/primary', 110],
        ['/offers/1/price/pence/secondary', 220],
        ['/offers/1/minimumPence', 550],
        ['/offers/2/price/pence', 1_100],
        ['/offers/2/price/furtherPence', 330],
      ],
    )
    const some = raised(document, { ...rise(10), offers: ['two'], minimums: false }).catalogue
    deepEqual(
      differencesBetween(document, some).map(({ pointer }) => pointer),
      ['/offers/1/price/pence/primary', '/offers/1/price/pence/secondary'],
    )
  })
  it('is a multiple of the step, or below one; never under what it was when rounded up; and exact to the penny', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 90_000_000 }),
        fc.integer({ min: 0, max: 1_000 }),
        fc.constantFrom(...STEPS),
        fc.constantFrom('nearest', 'up', 'down'),
        (pence, hundredths, roundTo, rounding) => {
          const after = raisedPence(pence, rise(hundredths / 100, roundTo, rounding))
          const exact = (pence * (10_000 + hundredths)) / 10_000
          ok(after % roundTo === 0 || exact < roundTo)
          if (rounding === 'up') ok(after >= pence)
          ok(Math.abs(after - exact) <= (rounding === 'nearest' ? roundTo / 2 : roundTo) + 1e-6 || after === 1)
        },
      ),
    ))
})

describe('Next year’s catalogue', () => {
  it('has every day, the id and the title moved', () => {
    const before = shippedCatalogue('golden-hill-2019-20')
    const { catalogue: after } = nextYear(before, rise(0))
    deepEqual(
      [after.catalogue, after.title, after.year, after.opensOn],
      [
        '2020-21',
        'Traded inclusion support, April 2020 to March 2021',
        { from: '2020-04-01', to: '2021-03-31' },
        '2020-01-01',
      ],
    )
    const [universal] = after.offers
    deepEqual(universal?.price?.form === 'by-date' && universal.price.later[0]?.from, '2020-04-01')
    const named = nextYear(before, { ...rise(3), catalogue: 'trial', title: 'Trial', years: 2 }).catalogue
    deepEqual([named.catalogue, named.title, named.opensOn], ['trial', 'Trial', '2021-01-01'])
  })
  it('goes over the end of February without a gap', () => {
    equal(movedDay('2024-02-29', 1, true), '2025-02-28')
    equal(movedDay('2024-02-29', 1, false), '2025-03-01')
    equal(movedDay('2023-02-28', 1, true), '2024-02-29')
    equal(movedDay('2024-02-28', 1, true), '2025-02-28')
    equal(movedDay('2024-02-29', 4, false), '2028-02-29')
  })
  it('reads years as they are written', () => {
    deepEqual(
      ['2024-25', '2024/25', '2099–00', 'April 2024 to March 2025', 'Room 20245', '2024/2025', 'main'].map((text) =>
        movedYears(text, 1),
      ),
      ['2025-26', '2025/26', '2100–01', 'April 2025 to March 2026', 'Room 20245', '2025/2026', 'main'],
    )
    equal(nextYear({ ...catalogueOf({}), catalogue: 'main' }, rise(0)).catalogue.catalogue, '2025-26')
  })
  it('lists the texts that still name the old year or an amount, and rewrites none', () => {
    const before = shippedCatalogue('stepping-stones-2024-25')
    const { catalogue: after, review } = nextYear(before, rise(3))
    deepEqual(
      review.filter(({ pointer }) => !/^\/(pathways|calendar)/.test(pointer)).map(({ pointer, why }) => [pointer, why]),
      [
        ['/intro', 'year'],
        ['/ordering/declaration', 'year'],
        ['/offers/0/gives/7/text', 'year'],
      ],
    )
    equal(after.intro, before.intro)
    const norfolk = nextYear(shippedCatalogue('school2school-norfolk-2015-16'), rise(3)).review
    ok(norfolk.some(({ why, text }) => why === 'money' && text.includes('£45')))
  })
  it('has its terms and closures moved, and says that they are to be read again', () => {
    const calendar = {
      terms: [
        {
          id: 'spring-2024',
          name: 'Spring term 2024',
          from: '2024-01-08',
          to: '2024-03-28',
          halfTerm: { from: '2024-02-12', to: '2024-02-29' },
        },
      ],
      closures: [{ name: 'Training day', from: '2024-02-29', to: '2024-02-29' }],
    }
    const { catalogue: after, review } = nextYear(catalogueOf({ calendar }), rise(0))
    deepEqual(after.calendar, {
      terms: [
        {
          id: 'spring-2025',
          name: 'Spring term 2025',
          from: '2025-01-08',
          to: '2025-03-28',
          halfTerm: { from: '2025-02-12', to: '2025-02-28' },
        },
      ],
      closures: [{ name: 'Training day', from: '2025-03-01', to: '2025-03-01' }],
    })
    deepEqual(review, [
      { pointer: '/calendar/terms/0/from', text: '2025-01-08', why: 'moved' },
      { pointer: '/calendar/closures/0/from', text: '2025-03-01', why: 'moved' },
    ])
    deepEqual(raised(catalogueOf({ calendar }), rise(3)).review, [])
  })
  it('is one that the schema accepts, and as consistent as the one before', () => {
    for (const name of shipped) {
      const { catalogue: after } = nextYear(shippedCatalogue(name), rise(3, 100))
      ok(catalogue.safeParse(JSON.parse(JSON.stringify(after))).success, name)
      deepEqual(inconsistenciesIn(after), [])
    }
    fc.assert(
      fc.property(writtenCatalogue, fc.integer({ min: -2_000, max: 2_000 }), (written, hundredths) => {
        const before = catalogue.parse(written)
        const { catalogue: after } = nextYear(before, rise(hundredths / 100, 10))
        ok(catalogue.safeParse(after).success, JSON.stringify(catalogue.safeParse(after).error?.issues))
        deepEqual(
          inconsistenciesIn(after).map(({ code, pointer }) => [code, pointer]),
          inconsistenciesIn(before).map(({ code, pointer }) => [code, pointer]),
        )
        ok(differencesBetween(before, after).every(({ kind }) => kind === 'changed'))
      }),
      { numRuns: 200 },
    )
  })
})
