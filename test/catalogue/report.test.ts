import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { reportOn } from '../../catalogue/report.ts'
import { contrastWithWhite } from '../../catalogue/rules/contrast.ts'
import { listPricesOf } from '../../catalogue/rules/list-price.ts'
import { nothingToPayIn } from '../../catalogue/rules/nothing-to-pay.ts'
import { pricesIn } from '../../catalogue/rules/prices-in.ts'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import { unreachableIn } from '../../catalogue/rules/unreachable.ts'
import { type Catalogue, catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Discount } from '../../catalogue/schema/offer.ts'
import { writtenCatalogue } from './arbitrary.ts'
import { catalogueOf, fixed, offerOf } from './sample.ts'
import { shipped, textOf } from './shipped.ts'

const reported = (parts: Partial<Catalogue>) => reportOn(JSON.stringify(catalogueOf(parts)))
const warned = (parts: Partial<Catalogue>) =>
  reported(parts).warnings.map(({ pointer, sentence }) => `${pointer} ${sentence}`)
const rule = { id: 'off', name: 'Off', on: {}, when: {} }
const percentOff = (percent: number): Discount => ({ kind: 'percent', percent, ...rule })
const amountOff = (pence: number, each: 'unit' | 'order' = 'unit', when: Discount['when'] = {}): Discount => ({
  kind: 'amount',
  pence,
  each,
  ...rule,
  when,
})

describe('A report', () => {
  it('names the place by line, by pointer and by name, and the mistake by a code', () => {
    const text = textOf('stepping-stones-2024-25').replace('"pence": 100000', '"pence": "1000"')
    const [mistake] = reportOn(text).mistakes
    deepEqual(
      [mistake?.pointer, mistake?.path, mistake?.code],
      ['/offers/2/price/pence', 'offers › silver › price › pence', 'whole-pence'],
    )
  })
  it('points to where something missing should stand, and places it by what is around', () => {
    const [mistake] = reportOn('{\n  "format": 1,\n  "year": { "from": "2024-04-01" }\n}').mistakes.filter(
      ({ pointer }) => pointer === '/year/to',
    )
    deepEqual(
      [mistake?.path, mistake?.place, mistake?.code, mistake?.sentence],
      ['year', { line: 3, column: 11 }, 'missing', 'Add “to”: it is missing here.'],
    )
  })
  it('hands over the catalogue that the schema has accepted, and none where it has not', () => {
    equal(reportOn(textOf('stepping-stones-2024-25')).catalogue?.provider.id, 'stepping-stones')
    equal(reportOn('{}').catalogue, undefined)
  })
  it('keeps the name of a warning while nothing of it changes', () => {
    const parts = { offers: [offerOf('one', fixed(0)), offerOf('two', fixed(100))] }
    const [before] = reported(parts).warnings
    const [after] = reported({ ...parts, title: 'Another' }).warnings
    equal(before?.id, 'nothing-to-pay /offers/0/price/pence written one')
    equal(before?.id, after?.id)
  })
  it('takes an id for a provider that no address begins with already', () => {
    for (const id of ['api', 'dev', 'console', 'consent', 'healthz', 'outreach', 'portal']) {
      const provider = { ...catalogueOf({}).provider, id }
      deepEqual(
        reported({ provider }).mistakes.map(({ pointer, code }) => [pointer, code]),
        [['/provider/id', 'reserved-id']],
      )
    }
  })
  it('takes less than 30 milliseconds of the processor for the largest catalogue that ships', () => {
    const text = shipped.map(textOf).reduce((most, next) => (next.length > most.length ? next : most))
    for (let warm = 0; warm < 30; warm += 1) reportOn(text)
    const before = process.cpuUsage()
    for (let round = 0; round < 10; round += 1) reportOn(text)
    const each = process.cpuUsage(before).user / 10_000
    ok(each < 30, `${each} ms`)
  })
})

describe('A price of £0 that is not called free', () => {
  it('is one that is written so, wherever it stands', () => {
    deepEqual(
      warned({
        offers: [
          offerOf('one', fixed(0)),
          offerOf('two', { form: 'by-date', first: fixed(1), later: [{ from: '2024-05-01', price: fixed(0) }] }),
          offerOf('three', { form: 'free' }),
          offerOf('four', fixed(0), { minimumPence: 100 }),
        ],
      }),
      ['/offers/0/price/pence', '/offers/1/price/later/0/price/pence'].map(
        (pointer) => `${pointer} A price of £0: nothing is charged here. Is that meant?`,
      ),
    )
  })
  it('is one that a discount takes all of', () => {
    const offers = [offerOf('one', fixed(5_000), { name: 'One hour' }), offerOf('two', fixed(50_000))]
    deepEqual(warned({ offers, discounts: [amountOff(5_000)] }), [
      '/discounts/0/pence A price of £0: this takes off all that “One hour” costs. Is that meant?',
    ])
    deepEqual(warned({ offers, discounts: [amountOff(4_999)] }), [])
    deepEqual(warned({ offers, discounts: [percentOff(100)] }), [
      '/discounts/0/percent A price of £0: this takes off all that “One hour” and “two” costs. Is that meant?',
    ])
  })
  it('is not one that a discount cannot reach', () => {
    const threshold = { fact: 'pence', is: 'at-least', value: 20_000 } as const
    const offers = [offerOf('one', fixed(5_000))]
    deepEqual(
      warned({ offers, discounts: [amountOff(5_000, 'order', { threshold })] }).filter((said) => said.includes('£0:')),
      [],
    )
  })
  it('is one of which no part is left for who joins late', () => {
    const fractions = [{ from: '2025-01-01', numerator: 0, denominator: 3 }]
    const price = { form: 'joining', rule: 'fractions', fractions, price: fixed(900) } as const
    deepEqual(warned({ offers: [offerOf('one', price)] }), [
      '/offers/0/price/fractions/0/numerator A price of £0: whoever joins from 1 January 2025 pays nothing. Is that meant?',
    ])
    const monthly = { form: 'joining', rule: 'monthly', price: fixed(5) } as const
    match(warned({ offers: [offerOf('one', monthly)] })[0] ?? '', /rounds down to nothing/)
  })
  it('is found wherever one of an offer would cost nothing', () =>
    fc.assert(
      fc.property(
        writtenCatalogue.map((written) => catalogue.parse(written)),
        (document) => {
          const found = nothingToPayIn(document)
          const listed = listPricesOf(document, document.year.to)
          for (const offer of document.offers) {
            const forms = pricesIn({ ...document, offers: [offer] }).map(({ price }) => price.form)
            if (forms.some((form) => form === 'free' || form === 'counted' || form === 'first-free')) continue
            // Two parts of a penny within each other are rounded together, which nobody writes.
            if (forms.filter((form) => form === 'joining').length > 1) continue
            if (listed[offer.id]?.pence === 0 && !offer.minimumPence)
              ok(
                found.some(({ offers }) => offers.includes(offer.id)),
                JSON.stringify(offer),
              )
          }
        },
      ),
      { numRuns: 300 },
    ))
})

describe('An offer that nobody can have', () => {
  const area = { districts: [{ id: '1' }, { id: '2' }], outside: 'refused' } as const
  it('is one that requires what other districts have', () =>
    deepEqual(
      warned({
        area: { ...area, districts: [...area.districts] },
        offers: [
          offerOf('base', fixed(1), { districts: ['1'] }),
          offerOf('more', fixed(1), { districts: ['2'], requires: [{ offer: 'base', how: 'held' }] }),
          offerOf('most', fixed(1), { requires: [{ offer: 'more', how: 'held' }] }),
          offerOf('else', fixed(1), { requires: [{ offer: 'more', or: ['base'], how: 'held' }] }),
        ],
      }),
      [
        '/offers/1/requires/0 Nobody can have “more”: it requires “base”, and no district can have both.',
        '/offers/2/requires/0 Nobody can have “most”: it requires “more”, which nobody can have either.',
      ],
    ))
  it('is one whose districts are written as no buyer’s are', () =>
    deepEqual(warned({ offers: [offerOf('one', fixed(1), { districts: ['01'] })] }), [
      '/offers/0/districts Nobody can have “one”: write its districts without leading noughts, since buyers’ districts lose theirs.',
    ]))
  it('is one paid in tokens that no offer brings', () => {
    const price = { form: 'counted', of: 'token', count: 2 } as const
    deepEqual(warned({ offers: [offerOf('one', price)] }), [
      '/offers/0/price Nobody can pay for “one” here: no offer of the catalogue brings a token.',
    ])
    deepEqual(
      warned({ offers: [offerOf('one', price), offerOf('two', fixed(1), { grants: { of: 'token', count: 5 } })] }),
      [],
    )
  })
  it('is said wherever every district is refused, and only there', () =>
    fc.assert(
      fc.property(
        writtenCatalogue.map((written) => catalogue.parse(written)),
        (document) => {
          const found = new Set(
            unreachableIn(document)
              .filter(({ why }) => why !== 'nothing-grants')
              .map(({ offer }) => offer),
          )
          for (const offer of document.offers) {
            if (offer.districts === undefined && !offer.requires?.length) equal(found.has(offer.id), false)
            const isTaken = ['1', '2', '3'].some((district) => {
              const result = quoteOf(document, {
                on: document.opensOn,
                buyer: { holds: [], schools: [{ name: 'School', district, pupils: 9, staff: 9, classes: 9 }] },
                items: [{ offer: offer.id, ...(offer.options && { option: 'short' }), quantity: 1 }],
              })
              return result.ok || !result.faults.some(({ code }) => code === 'not-in-district')
            })
            if (!isTaken) ok(found.has(offer.id) || offer.districts, offer.id)
          }
        },
      ),
      { numRuns: 200 },
    ))
})

describe('A colour under white text', () => {
  it('is warned of where it is too pale to read', () => {
    const provider = { ...catalogueOf({}).provider, colour: '#77bbee' }
    match(warned({ provider })[0] ?? '', /^\/provider\/colour White text is hard to read on this colour: the contrast/)
    deepEqual(warned({ provider: { ...provider, colour: '#767676' } }), [])
  })
  it('has a contrast between 1 and 21, which falls as the colour gets lighter', () => {
    equal(contrastWithWhite('#ffffff'), 1)
    equal(Math.round(contrastWithWhite('#000000')), 21)
    const grey = (level: number) => `#${level.toString(16).padStart(2, '0').repeat(3)}`
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), (level) =>
        ok(contrastWithWhite(grey(level)) < contrastWithWhite(grey(level - 1))),
      ),
    )
  })
})
