import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Price } from '../../../catalogue/schema/price.ts'
import { catalogueOf, faultsOf, fixed, lineAt, offerOf, quoted, school } from '../sample.ts'

const codes = (line: { why: { code: string }[] }) => line.why.map(({ code }) => code)

describe('A fixed price', () => {
  it('is charged for each of the quantity', () => {
    const line = lineAt(fixed(65_000), 3)
    deepEqual([line.pence, line.unitPence, codes(line)], [195_000, 65_000, ['fixed']])
  })
  it('can be nothing', () => equal(lineAt({ form: 'free' }, 2).pence, 0))
})

describe('A price by the date of purchase', () => {
  const price = {
    form: 'by-date' as const,
    first: fixed(50_000),
    later: [
      { from: '2024-05-01', price: fixed(60_000) },
      { from: '2024-06-01', price: fixed(75_000) },
    ],
  }
  it('is the first price until the day before the change', () => {
    const line = lineAt(price, 1, { on: '2024-04-30' })
    deepEqual([line.pence, line.why], [50_000, [{ code: 'bought-by', until: '2024-04-30' }]])
  })
  it('is the next price from the day of the change', () => {
    const line = lineAt(price, 1, { on: '2024-05-01' })
    deepEqual([line.pence, line.why], [60_000, [{ code: 'bought-from', from: '2024-05-01', until: '2024-05-31' }]])
  })
  it('stays at the last price', () => {
    const line = lineAt(price, 1, { on: '2025-03-31' })
    deepEqual([line.pence, line.why], [75_000, [{ code: 'bought-from', from: '2024-06-01' }]])
  })
})

describe('A price per unit', () => {
  it('multiplies by the units and says how long one lasts', () => {
    const line = lineAt({ form: 'per-unit', unit: 'hour', minutes: 60, pence: 10_000 }, 3)
    deepEqual([line.pence, line.why], [30_000, [{ code: 'per-unit', unit: 'hour', pence: 10_000, minutes: 60 }]])
  })
  it('lets a half day cost more than half a day', () => {
    const document = catalogueOf({
      offers: [
        offerOf('half', { form: 'per-unit', unit: 'half-day', minutes: 180, pence: 40_500 }),
        offerOf('day', { form: 'per-unit', unit: 'day', minutes: 360, pence: 67_500 }),
      ],
    })
    equal(quoted(document, 'half × 2').totalPence, 81_000)
    equal(quoted(document, 'day').totalPence, 67_500)
  })
})

describe('A minimum charge', () => {
  const document = catalogueOf({
    offers: [offerOf('hours', { form: 'per-unit', unit: 'hour', pence: 5_000 }, { minimumPence: 12_000 })],
  })
  it('tops up a small order', () => {
    const { totalPence, adjustments } = quoted(document, 'hours × 2')
    equal(totalPence, 12_000)
    deepEqual(adjustments, [
      { rule: 'minimum-charge', offer: 'hours', pence: 2_000, why: [{ code: 'minimum-charge', pence: 12_000 }] },
    ])
  })
  it('leaves a larger order alone', () => equal(quoted(document, 'hours × 3').totalPence, 15_000))
})

describe('A price per pupil', () => {
  it('adds up the rolls of all schools', () =>
    equal(lineAt({ form: 'per-pupil', pence: 300 }, 1, { schools: [school(210), school(333)] }).pence, 162_900))
  it('asks for a school, and for each roll that is left out or 0', () => {
    const document = catalogueOf({ offers: [offerOf('thing', { form: 'per-pupil', pence: 300 })] })
    deepEqual(faultsOf(document, 'thing'), [{ pointer: '/buyer/schools', code: 'required' }])
    deepEqual(faultsOf(document, 'thing', { schools: [school(), school(0)] }), [
      { pointer: '/buyer/schools/0/pupils', code: 'required' },
      { pointer: '/buyer/schools/1/pupils', code: 'too-small', least: 1 },
    ])
  })
  it('can depend on the phase', () => {
    const price = { form: 'per-pupil-by-phase' as const, pence: { primary: 300, secondary: 200 } }
    const schools = [school(100, { phase: 'primary' as const }), school(1_000, { phase: 'secondary' as const })]
    equal(lineAt(price, 1, { schools }).pence, 230_000)
    const document = catalogueOf({ offers: [offerOf('thing', price)] })
    deepEqual(faultsOf(document, 'thing', { schools: [school(5, { phase: 'nursery' }), school(5)] }), [
      { pointer: '/buyer/schools/0/phase', code: 'phase-not-priced' },
      { pointer: '/buyer/schools/1/phase', code: 'required' },
    ])
  })
})

describe('A price by bands', () => {
  const bands = [
    { from: 0, pence: 10_000 },
    { from: 100, pence: 15_000 },
    { from: 200, pence: 18_000 },
  ]
  const by = (each: 'school' | 'buyer') => ({ form: 'bands' as const, fact: 'pupils' as const, each, bands })
  for (const [pupils, pence] of [
    [1, 10_000],
    [99, 10_000],
    [100, 15_000],
    [199, 15_000],
    [200, 18_000],
    [9_999, 18_000],
  ] as const)
    it(`charges ${pence} pence for ${pupils} pupils`, () =>
      equal(lineAt(by('buyer'), 1, { schools: [school(pupils)] }).pence, pence))
  it('can price each school by itself or all by their sum', () => {
    const schools = [school(99), school(101)]
    equal(lineAt(by('school'), 1, { schools }).pence, 25_000)
    equal(lineAt(by('buyer'), 1, { schools }).pence, 18_000)
  })
  it('can go by the number of schools', () => {
    const price = {
      ...by('buyer'),
      fact: 'schools' as const,
      bands: [
        { from: 0, pence: 5_000 },
        { from: 2, pence: 9_000 },
      ],
    }
    equal(lineAt(price, 1, { schools: [school()] }).pence, 5_000)
    equal(lineAt(price, 1, { schools: [school(), school()] }).pence, 9_000)
  })
})

describe('A price by tiers', () => {
  const tiers = [
    { from: 1, pence: 5_000 },
    { from: 10, pence: 4_500 },
    { from: 20, pence: 4_000 },
  ]
  const of = (kind: 'volume' | 'graduated') => ({ form: 'tiers' as const, kind, unit: 'hour' as const, tiers })
  it('charges every unit at the rate of the tier that is reached, where the kind is volume', () => {
    deepEqual(
      [9, 10, 25].map((quantity) => lineAt(of('volume'), quantity).pence),
      [45_000, 45_000, 100_000],
    )
  })
  it('charges each slice at its own rate, where the kind is graduated', () => {
    deepEqual(
      [9, 10, 25].map((quantity) => lineAt(of('graduated'), quantity).pence),
      [45_000, 49_500, 114_000],
    )
    deepEqual(
      lineAt(of('graduated'), 25).why.map((reason) => (reason.code === 'tier' ? reason.quantity : 0)),
      [9, 10, 6],
    )
  })
})

describe('A price up to a number', () => {
  const price = {
    form: 'up-to' as const,
    unit: 'pupil' as const,
    covers: 5,
    pence: 20_000,
    furtherPence: 3_000,
    most: 8,
  }
  it('covers that many, then charges each further one', () =>
    deepEqual(
      [1, 5, 6, 8].map((quantity) => lineAt(price, quantity).pence),
      [20_000, 20_000, 23_000, 29_000],
    ))
  it('has a hard maximum, inside choices too', () => {
    const fault = [{ pointer: '/items/0/quantity', code: 'quantity-most', most: 8 }]
    for (const wrapped of [price, { form: 'joining' as const, rule: 'full' as const, price }])
      deepEqual(faultsOf(catalogueOf({ offers: [offerOf('thing', wrapped)] }), 'thing × 9'), fault)
  })
})

describe('A price whose first few are free', () => {
  it('charges only what is more', () =>
    deepEqual(
      [1, 2, 3, 5].map(
        (quantity) => lineAt({ form: 'first-free', unit: 'session', free: 2, pence: 4_000 }, quantity).pence,
      ),
      [0, 0, 4_000, 12_000],
    ))
})

describe('A price by blocks', () => {
  it('charges a block that is begun whole, each at its own price, the last one again and again', () =>
    deepEqual(
      [1, 10, 11, 20, 21, 41].map(
        (quantity) => lineAt({ form: 'blocks', unit: 'pupil', size: 10, pence: [9_000, 8_000, 5_000] }, quantity).pence,
      ),
      [9_000, 9_000, 17_000, 17_000, 22_000, 32_000],
    ))
})

describe('A price for subscribers', () => {
  const price = { form: 'by-holding' as const, offer: 'membership', holder: fixed(900), other: fixed(1_200) }
  const document = catalogueOf({ offers: [offerOf('membership', fixed(5_000)), offerOf('thing', price)] })
  it('is the higher one without the subscription', () => equal(quoted(document, 'thing').totalPence, 1_200))
  it('is the lower one for those who hold it', () =>
    equal(quoted(document, 'thing', { holds: ['membership'] }).totalPence, 900))
  it('is the lower one for those who buy it in the same order', () =>
    equal(quoted(document, 'thing, membership').totalPence, 5_900))
})

describe('A price by area', () => {
  const price = { form: 'by-area' as const, inside: fixed(1_000), outside: fixed(1_500) }
  const area = { districts: [{ id: '1' }, { id: '2' }], outside: 'priced' as const }
  const at = (...districts: string[]) =>
    lineAt(price, 1, { schools: districts.map((district) => school(1, { district })) }, { area }).pence
  it('is one inside and another outside', () => deepEqual([at('1'), at('3')], [1_000, 1_500]))
  it('is the outside one as soon as one school is outside', () => equal(at('1', '3'), 1_500))
  it('asks for the district', () =>
    deepEqual(faultsOf(catalogueOf({ area, offers: [offerOf('thing', price)] }), 'thing', { schools: [school(1)] }), [
      { pointer: '/buyer/schools/0/district', code: 'required' },
    ]))
})

describe('A price by class of buyer', () => {
  const price = {
    form: 'by-class' as const,
    classes: [
      { class: 'independent' as const, price: { form: 'on-request' as const } },
      { class: 'academy' as const, price: fixed(2_000) },
    ],
    other: fixed(1_000),
  }
  it('is a class’s own, else the common one', () => {
    equal(lineAt(price, 1, { class: 'academy' }).pence, 2_000)
    equal(lineAt(price, 1, { class: 'charity' }).pence, 1_000)
  })
  it('can be on request for one class only', () => equal(lineAt(price, 1, { class: 'independent' }).pence, null))
  it('asks for the class', () =>
    deepEqual(faultsOf(catalogueOf({ offers: [offerOf('thing', price)] }), 'thing'), [
      { pointer: '/buyer/class', code: 'required' },
    ]))
})

describe('A price on request', () => {
  const document = catalogueOf({
    offers: [
      offerOf('bespoke', { form: 'on-request' }),
      offerOf('thing', fixed(500)),
      offerOf('place', { form: 'on-request' }, { askedBy: 'referral' }),
    ],
  })
  it('is no number, stays out of the total and keeps the quote from being final', () => {
    const quote = quoted(document, 'bespoke, thing')
    deepEqual([quote.lines[0]?.pence, quote.totalPence, quote.final], [null, 500, false])
  })
  it('keeps the quote from being final for a place, too', () => equal(quoted(document, 'place').final, false))
})

describe('Joining after the year has begun', () => {
  const joining = (rule: 'full' | 'monthly') => ({ form: 'joining' as const, rule, price: fixed(120_000) })
  it('can cost the full price', () => equal(lineAt(joining('full'), 1, { on: '2025-03-31' }).pence, 120_000))
  it('can cost a twelfth for each month left, the present one included', () => {
    for (const [on, pence] of [
      ['2024-03-01', 120_000],
      ['2024-04-30', 120_000],
      ['2024-05-01', 110_000],
      ['2025-03-01', 10_000],
    ] as const)
      equal(lineAt(joining('monthly'), 1, { on }).pence, pence)
  })
  it('can cost stated fractions from stated days', () => {
    const price = {
      form: 'joining' as const,
      rule: 'fractions' as const,
      fractions: [
        { from: '2024-09-01', numerator: 2, denominator: 3 },
        { from: '2025-01-01', numerator: 1, denominator: 3 },
      ],
      price: fixed(10_000),
    }
    for (const [on, pence] of [
      ['2024-08-31', 10_000],
      ['2024-09-01', 6_667],
      ['2025-01-01', 3_333],
    ] as const)
      equal(lineAt(price, 1, { on }).pence, pence)
  })
  it('rounds half up, once for the line', () => {
    const price = {
      form: 'joining' as const,
      rule: 'fractions' as const,
      fractions: [{ from: '2024-04-01', numerator: 1, denominator: 2 }],
      price: fixed(101),
    }
    const line = lineAt(price, 3)
    deepEqual([line.unitPence, line.pence], [51, 152])
  })
})

describe('Choices inside each other', () => {
  const twoThirds = (price: Price): Price => ({
    form: 'joining',
    rule: 'fractions',
    fractions: [{ from: '2024-04-01', numerator: 2, denominator: 3 }],
    price,
  })
  it('are made one after another, and parts of parts are taken of the whole before rounding', () => {
    const line = lineAt({
      form: 'by-date',
      first: twoThirds(twoThirds(fixed(1_000))),
      later: [{ from: '2025-01-01', price: fixed(9) }],
    })
    deepEqual([line.pence, codes(line)], [444, ['bought-by', 'joining-fraction', 'joining-fraction']])
  })
})

describe('A price in tokens', () => {
  const document = catalogueOf({
    offers: [
      offerOf('pack', fixed(50_000), { grants: { of: 'token', count: 5 } }),
      offerOf('visit', { form: 'counted', of: 'token', count: 2 }),
    ],
  })
  it('costs tokens and no money', () => {
    const quote = quoted(document, 'pack, visit × 2')
    deepEqual([quote.totalPence, quote.lines[1]?.counted, quote.warnings], [50_000, { of: 'token', count: 4 }, []])
  })
  it('warns where the order spends more tokens than it brings', () =>
    deepEqual(quoted(document, 'pack, visit × 3').warnings, [
      { code: 'counted-short', of: 'token', spent: 6, granted: 5 },
    ]))
  it('does not warn where the buyer holds an offer that has brought some: how many are left, only the provider knows', () => {
    deepEqual(quoted(document, 'visit', { holds: ['pack'] }).warnings, [])
    deepEqual(quoted(document, 'visit', { holds: ['visit'] }).warnings, [
      { code: 'counted-short', of: 'token', spent: 2, granted: 0 },
    ])
  })
})
