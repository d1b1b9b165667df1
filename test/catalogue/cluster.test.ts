import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Cluster, clusterOf } from '../../catalogue/rules/cluster.ts'
import type { School } from '../../catalogue/rules/quote.ts'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { catalogueOf, fixed, offerOf, school } from './sample.ts'
import { shippedCatalogue } from './shipped.ts'

const norfolk = shippedCatalogue('school2school-norfolk-2015-16')

function resultOf(schools: School[], catalogue: Catalogue = norfolk, id = 'cluster') {
  const offer = catalogue.offers.find((entry) => entry.id === id)
  ok(offer)
  return clusterOf(catalogue, offer, schools, catalogue.year.from, quoteOf)
}

function clusterIn(schools: School[], catalogue?: Catalogue, id?: string): Cluster {
  const result = resultOf(schools, catalogue, id)
  ok(result.ok, JSON.stringify(result))
  return result.cluster
}

describe('A cluster subscription', () => {
  it('costs £3 a pupil and brings 100 hours up to 999 pupils, 120 from 1,000', () => {
    const below = clusterIn([school(500), school(499)])
    deepEqual([below.quote.totalPence, below.minutes], [299_700, { least: 0, most: 6_000 }])
    const above = clusterIn([school(500), school(500)])
    deepEqual([above.quote.totalPence, above.minutes], [300_000, { least: 0, most: 7_200 }])
  })

  it('says how far the next band is, and that the last one has none', () => {
    const below = clusterIn([school(988)])
    deepEqual(below.next, { fact: 'pupils', from: 1_000, minutes: { least: 0, most: 7_200 }, more: 12 })
    equal(below.band?.from, 0)
    const top = clusterIn([school(4_000)])
    equal(top.next, undefined)
    equal(top.band?.from, 4_000)
  })

  it('compares itself with the same hours bought as you go', () => {
    deepEqual(clusterIn([school(988)]).asYouGo, {
      offer: 'pay-as-you-use',
      quantity: 100,
      minutes: 6_000,
      pence: 500_000,
    })
  })

  it('buys a unit that was begun whole, and compares with nothing that has no length', () => {
    const hours = { form: 'per-unit', unit: 'session', pence: 4_000 } as const
    const bundle = offerOf('cluster', fixed(1_000), {
      support: { by: 'unit', leastMinutes: 100, mostMinutes: 100 },
      compareWith: 'sessions',
    })
    const timed = catalogueOf({ offers: [bundle, offerOf('sessions', { ...hours, minutes: 45 })] })
    equal(clusterIn([school(1)], timed).asYouGo?.quantity, 3)
    const untimed = catalogueOf({ offers: [bundle, offerOf('sessions', hours)] })
    equal(clusterIn([school(1)], untimed).asYouGo, undefined)
  })

  it('says which facts its price still needs', () => {
    const result = resultOf([{ name: 'Example' }])
    deepEqual(result, { ok: false, faults: [{ pointer: '/buyer/schools/0/pupils', code: 'required' }] })
  })

  it('shares its price to the penny, whatever the rolls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 500 }), (rolls) => {
        const { quote, band, next } = clusterIn(rolls.map((pupils) => school(pupils)))
        const pupils = rolls.reduce((sum, roll) => sum + roll, 0)
        equal(
          quote.shares.reduce((sum, { pence }) => sum + pence, 0),
          quote.totalPence,
        )
        ok((band?.from ?? 0) <= pupils)
        ok(!next || (next.more > 0 && next.from === pupils + next.more))
      }),
      { numRuns: 60 },
    )
  })
})
