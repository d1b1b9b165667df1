import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { basketSaid, whySaid } from '../../../catalogue/report/baskets.ts'
import { effectOf, effectsBetween, ordinaryBaskets } from '../../../catalogue/rules/ordinary-baskets.ts'
import { quoteOf } from '../../../catalogue/rules/quote-of.ts'
import { catalogue } from '../../../catalogue/schema/catalogue.ts'
import { writtenCatalogue } from '../arbitrary.ts'
import { catalogueOf, fixed, offerOf } from '../sample.ts'
import { shipped, shippedCatalogue } from '../shipped.ts'

const said = (name: string) => {
  const document = shippedCatalogue(name)
  return ordinaryBaskets(document).map((basket) => basketSaid(basket, document))
}

describe('Ordinary baskets', () => {
  it('are what schools buy of each sort, in plain English', () => {
    deepEqual(said('stepping-stones-2024-25').slice(0, 8), [
      'A primary school buys Universal support offer',
      'A primary school buys Bronze package, with Universal support offer',
      'A primary school buys Silver package, with Universal support offer',
      'A primary school buys Parent support package, with Universal support offer',
      'A primary school buys Bronze package and Training (Twilight, 2 hours), with Universal support offer',
      'A primary school buys Consultancy hours × 10, with Universal support offer',
      'A primary school buys Silver package and Silver package top-up, with Universal support offer',
      'A large secondary school buys Bronze package, with Universal support offer',
    ])
    deepEqual(said('school2school-norfolk-2015-16'), [
      'A primary school buys Pay as you use × 10',
      'A cluster of 3 schools buys Cluster subscription and Extra hours for clusters × 10',
      'A cluster of 3 schools buys Cluster subscription',
      'A cluster of 12 schools buys Cluster subscription',
      'A large secondary school buys Pay as you use × 10',
    ])
  })
  it('show early and late buyers, holders and others where that makes a difference', () => {
    const names = said('golden-hill-2019-20')
    for (const name of [
      'A primary school that holds Universal support offer buys Training (Twilight, 3 hours)',
      'A primary school buys Training (Twilight, 3 hours)',
      'A primary school buys Universal support offer on the first day of orders',
      'A primary school buys Universal support offer on the last day of the year',
    ])
      ok(names.includes(name), names.join('\n'))
  })
  it('show schools outside the area and members of a group where they pay another price', () => {
    const document = catalogueOf({
      area: { districts: [{ id: '1' }], outside: 'priced' },
      groups: [{ id: 'trust', name: 'the trust', urns: ['100001'] }],
      offers: [offerOf('visit', { form: 'by-area', inside: fixed(1_000), outside: fixed(1_500) }, { name: 'Visit' })],
      discounts: [{ kind: 'percent', id: 'off', name: 'off', percent: 10, on: {}, when: { group: 'trust' } }],
    })
    deepEqual(
      ordinaryBaskets(document).map((basket) => [
        basketSaid(basket, document),
        effectOf(document, document, basket, '2024-06-01').afterPence,
      ]),
      [
        ['A large secondary school buys Visit', 1_000],
        ['A primary school outside the area buys Visit', 1_500],
        ['A primary school in the trust buys Visit', 900],
        ['A primary school buys Visit', 1_000],
      ],
    )
  })
  it('cost before and after what they cost, or say why they cannot be bought', () => {
    const before = shippedCatalogue('stepping-stones-2024-25')
    const after = {
      ...before,
      offers: before.offers
        .filter(({ id }) => id !== 'bronze')
        .map((offer) => (offer.id === 'silver' ? { ...offer, price: fixed(105_000) } : offer)),
    }
    const effects = effectsBetween(before, after, before.year.from).map(({ basket, effect }) => [
      basket.items.map(({ offer }) => offer).join(),
      effect,
    ])
    const found = Object.fromEntries(effects)
    deepEqual(found.silver, { beforePence: 155_000, afterPence: 160_000, why: [] })
    deepEqual(found.bronze, { beforePence: 120_000, afterPence: null, why: ['unknown-offer'] })
    equal(whySaid(['unknown-offer']), 'an offer is not there')
  })
  it('are compared on the days of each catalogue’s own year', () => {
    const before = shippedCatalogue('golden-hill-2019-20')
    const after = { ...before, opensOn: '2020-01-01', year: { from: '2020-04-01', to: '2021-03-31' } }
    for (const { effect } of effectsBetween(before, after, '2019-06-01')) deepEqual(effect.why, [])
  })
  it('are at most a dozen, each accepted by the rules, and always the same', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          writtenCatalogue.map((written) => catalogue.parse(written)),
          fc.constantFrom(...shipped.map(shippedCatalogue)),
        ),
        (document) => {
          const baskets = ordinaryBaskets(document)
          ok(baskets.length <= 12)
          deepEqual(ordinaryBaskets(structuredClone(document)), baskets)
          equal(new Set(baskets.map(({ id }) => id)).size, baskets.length)
          for (const basket of baskets) {
            const on = basket.when === 'late' ? document.year.to : basket.when ? document.opensOn : document.year.from
            const result = quoteOf(document, { on, buyer: basket.buyer, items: basket.items })
            ok(result.ok && result.quote.final)
            ok(effectOf(document, document, basket, document.year.from).afterPence !== null)
            ok(basketSaid(basket, document).length > 20)
          }
        },
      ),
      { numRuns: 150 },
    ))
})
