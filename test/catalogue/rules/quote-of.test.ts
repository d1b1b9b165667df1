import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Discount } from '../../../catalogue/schema/offer.ts'
import { catalogueOf, faultsOf, fixed, offerOf, quoted, school } from '../sample.ts'

const percentOff = (percent: number, when: Discount['when'] = {}, on: Discount['on'] = {}): Discount => ({
  kind: 'percent',
  id: 'off',
  name: 'Off',
  percent,
  on,
  when,
})
const amountOff = (pence: number, each: 'unit' | 'line' | 'order', when: Discount['when'] = {}): Discount => ({
  kind: 'amount',
  id: 'less',
  name: 'Less',
  pence,
  each,
  on: {},
  when,
})
const goods = [
  offerOf('base', fixed(10_000)),
  offerOf('course', fixed(2_000), { kind: 'training' }),
  offerOf('visit', fixed(3_000)),
]
const total = (discounts: Discount[], basket: string, purchase = {}) =>
  quoted(
    catalogueOf({
      offers: goods,
      discounts,
      groups: [{ id: 'trust' }, { id: 'cluster', urns: ['100001', '100002'] }].map((group) => ({
        ...group,
        name: group.id,
      })),
    }),
    basket,
    purchase,
  ).totalPence

describe('A discount', () => {
  it('takes a percentage off one kind of offer', () =>
    equal(total([percentOff(10, {}, { kinds: ['training'] })], 'course, visit'), 4_800))
  it('takes an amount off each unit, each line or the order', () => {
    equal(total([amountOff(500, 'unit')], 'course × 2, visit'), 5_500)
    equal(total([amountOff(500, 'line')], 'course × 2, visit'), 6_000)
    equal(total([amountOff(500, 'order')], 'course × 2, visit'), 6_500)
  })
  it('never takes a line below nothing', () => equal(total([amountOff(9_000, 'unit')], 'course, visit'), 0))
  it('is for holders of another offer, or for those who buy it too', () => {
    const discounts = [percentOff(10, { holds: 'base' }, { offers: ['course'] })]
    equal(total(discounts, 'course'), 2_000)
    equal(total(discounts, 'course', { holds: ['base'] }), 1_800)
    equal(total(discounts, 'course, base'), 11_800)
  })
  it('is for a group that the buyer names, which the provider then confirms', () => {
    const discounts = [percentOff(50, { group: 'trust' })]
    equal(total(discounts, 'course'), 2_000)
    equal(total(discounts, 'course', { groups: ['trust'] }), 1_000)
    const document = catalogueOf({ offers: goods, groups: [{ id: 'trust', name: 'Trust' }] })
    deepEqual(quoted(document, 'course', { groups: ['trust'] }).warnings, [
      { code: 'group-to-confirm', group: 'trust' },
    ])
  })
  it('is for a group whose schools are listed, and only where every school is', () => {
    const discounts = [percentOff(50, { group: 'cluster' })]
    const schools = (...urns: string[]) => ({ schools: urns.map((urn) => school(1, { urn })) })
    equal(total(discounts, 'course', schools('100001', '100002')), 1_000)
    equal(total(discounts, 'course', schools('100001', '100003')), 2_000)
    equal(total(discounts, 'course', { groups: ['cluster'] }), 2_000)
  })
  it('is for some classes of buyer', () => {
    const discounts = [percentOff(50, { class: ['charity'] })]
    equal(total(discounts, 'course', { class: 'charity' }), 1_000)
    equal(total(discounts, 'course', { class: 'academy' }), 2_000)
    equal(total(discounts, 'course'), 2_000)
  })
  it('keeps its first and its last day', () => {
    const discounts = [percentOff(50, { from: '2024-05-01', until: '2024-05-31' })]
    const days = ['2024-04-30', '2024-05-01', '2024-05-31', '2024-06-01']
    deepEqual(
      days.map((on) => total(discounts, 'course', { on })),
      [2_000, 1_000, 1_000, 2_000],
    )
  })
  for (const [is, expected] of [
    ['at-least', [78_000, 40_000, 41_000]],
    ['more-than', [78_000, 80_000, 41_000]],
  ] as const)
    it(`tells “40 or more” from “more than 40”: ${is}`, () =>
      deepEqual(
        [39, 40, 41].map((quantity) =>
          total([percentOff(50, { threshold: { fact: 'quantity', is, value: 40 } })], `course × ${quantity}`),
        ),
        expected,
      ))
  it('goes by a total in pence, or by the pupils of all schools', () => {
    const pence = [percentOff(10, { threshold: { fact: 'pence', is: 'more-than', value: 4_000 } })]
    deepEqual([total(pence, 'course × 2'), total(pence, 'course × 3')], [4_000, 5_400])
    const pupils = [percentOff(10, { threshold: { fact: 'pupils', is: 'at-least', value: 300 } })]
    deepEqual(
      [299, 300].map((roll) => total(pupils, 'course', { schools: [school(roll)] })),
      [2_000, 1_800],
    )
  })
  it('applies to what the ones before have left', () =>
    equal(
      total(
        [percentOff(10), { ...amountOff(100, 'line'), id: 'second' }, { ...percentOff(50), id: 'third' }],
        'course',
      ),
      850,
    ))
  it('rounds half up to the penny, once for each line', () => {
    const document = catalogueOf({
      offers: [offerOf('thing', fixed(5)), offerOf('other', fixed(5))],
      discounts: [percentOff(10)],
    })
    deepEqual(
      quoted(document, 'thing, other').adjustments.map(({ pence }) => pence),
      [-1, -1],
    )
  })
})

describe('A surcharge and VAT', () => {
  const document = catalogueOf({
    vat: { standard: 20, reduced: 5 },
    offers: [
      offerOf('taxed', fixed(10_000), { vat: 'standard' }),
      offerOf('exempt', fixed(10_000), { vat: 'exempt' }),
      offerOf('reduced', fixed(333), { vat: 'reduced' }),
    ],
    discounts: [percentOff(10)],
    surcharges: [{ kind: 'percent', id: 'travel', name: 'Travel', percent: 10, on: {}, when: {}, vat: 'standard' }],
  })
  it('come after discounts, the surcharge first, and VAT by line', () => {
    const quote = quoted(document, 'taxed, exempt')
    deepEqual(
      quote.adjustments.map(({ rule, pence }) => [rule, pence]),
      [
        ['off', -1_000],
        ['off', -1_000],
        ['travel', 1_800],
      ],
    )
    equal(quote.vatPence, 1_800 + 360)
    equal(quote.totalPence, 18_000 + 1_800 + 2_160)
  })
  it('round each by itself', () => {
    const quote = quoted(document, 'reduced')
    deepEqual([quote.adjustments.map(({ pence }) => pence), quote.vatPence], [[-33, 30], 15 + 6])
  })
  it('can be an amount over a threshold', () => {
    const withPost = catalogueOf({
      offers: goods,
      surcharges: [
        {
          kind: 'amount',
          id: 'post',
          name: 'Post',
          pence: 250,
          on: {},
          when: { threshold: { fact: 'pence', is: 'at-least', value: 3_000 } },
        },
      ],
    })
    deepEqual([quoted(withPost, 'course').totalPence, quoted(withPost, 'visit').totalPence], [2_000, 3_250])
  })
})

describe('What an offer includes', () => {
  const document = catalogueOf({
    offers: [
      offerOf('gold', fixed(10_000), { includes: [{ offer: 'visit', quantity: 2 }] }),
      offerOf('silver', fixed(5_000), { includes: [{ offer: 'visit', quantity: 1 }] }),
      offerOf('visit', fixed(1_000)),
      offerOf('place', fixed(9_000), { askedBy: 'referral', includes: [{ offer: 'visit', quantity: 1 }] }),
    ],
  })
  it('is not charged twice', () => {
    deepEqual(
      ['gold, visit', 'gold, visit × 2', 'gold, visit × 3', 'gold × 2, visit × 5'].map(
        (basket) => quoted(document, basket).totalPence,
      ),
      [10_000, 10_000, 11_000, 21_000],
    )
  })
  it('adds up over several offers', () => equal(quoted(document, 'gold, silver, visit × 4').totalPence, 16_000))
  it('says so', () =>
    deepEqual(quoted(document, 'gold, visit × 3').adjustments, [
      { rule: 'included', offer: 'visit', pence: -2_000, why: [{ code: 'included', in: 'gold', quantity: 2 }] },
    ]))
  it('is charged while the place that would include it is not', () =>
    equal(quoted(document, 'place, visit').totalPence, 1_000))
})

describe('What an offer requires', () => {
  const document = catalogueOf({
    offers: [
      offerOf('base', fixed(100)),
      offerOf('silver', fixed(200), { requires: [{ offer: 'base', how: 'added' }] }),
      offerOf('gold', fixed(300), { requires: [{ offer: 'base', how: 'added' }] }),
      offerOf('top-up', fixed(50), { requires: [{ offer: 'silver', or: ['gold'], how: 'held' }] }),
      offerOf('extra', fixed(10), { requires: [{ offer: 'silver', how: 'added' }] }),
    ],
  })
  it('is added once by itself, and says why', () => {
    const quote = quoted(document, 'gold, silver')
    deepEqual(
      quote.lines.map(({ offer, added = false }) => [offer, added]),
      [
        ['base', true],
        ['silver', false],
        ['gold', false],
      ],
    )
    equal(quote.lines[0]?.why[0]?.code, 'base-requirement')
    equal(quote.totalPence, 600)
  })
  it('is not added where it is held', () => equal(quoted(document, 'silver', { holds: ['base'] }).totalPence, 200))
  it('is not added where something that will do as well has been', () => {
    const either = catalogueOf({
      offers: [
        offerOf('base', fixed(100)),
        offerOf('club', fixed(400)),
        offerOf('course', fixed(10), {
          requires: [
            { offer: 'base', how: 'added' },
            { offer: 'club', or: ['base'], how: 'added' },
          ],
        }),
      ],
    })
    equal(quoted(either, 'course').totalPence, 110)
  })
  it('brings what it requires itself', () => equal(quoted(document, 'extra').totalPence, 310))
  it('is named as missing where it must be held', () => {
    const quote = quoted(document, 'top-up')
    deepEqual(
      [quote.missing, quote.final, quote.totalPence],
      [[{ offer: 'silver', or: ['gold'], for: 'top-up' }], false, 50],
    )
  })
  it('is there where it, or what will do as well, is held or bought', () => {
    equal(quoted(document, 'top-up', { holds: ['gold'] }).final, true)
    equal(quoted(document, 'top-up, silver').final, true)
  })
})

describe('A quantity', () => {
  const document = catalogueOf({
    offers: [
      offerOf('any', fixed(1)),
      offerOf('few', fixed(1), { quantity: { least: 2, most: 4 }, participants: { least: 8, most: 30 } }),
      offerOf('dear', { form: 'per-pupil', pence: 100_000_000 }),
    ],
  })
  it('is at most 999 where the catalogue does not say otherwise', () => {
    equal(quoted(document, 'any × 999').totalPence, 999)
    deepEqual(faultsOf(document, 'any × 1000'), [{ pointer: '/items/0/quantity', code: 'quantity-most', most: 999 }])
  })
  it('keeps to the catalogue’s least and most, added up over repeated items', () => {
    deepEqual(faultsOf(document, 'few'), [{ pointer: '/items/0/quantity', code: 'quantity-least', least: 2 }])
    deepEqual(faultsOf(document, 'few × 3, few × 2'), [
      { pointer: '/items/1/quantity', code: 'quantity-most', most: 4 },
    ])
  })
  it('has its number of people attending checked', () => {
    const faults = (attending: number) => faultsOf(document, [{ offer: 'few', quantity: 2, attending }])
    deepEqual(faults(7), [{ pointer: '/items/0/attending', code: 'attending-least', least: 8 }])
    deepEqual(faults(31), [{ pointer: '/items/0/attending', code: 'attending-most', most: 30 }])
  })
  it('is refused where the sum could no longer be exact', () =>
    equal(faultsOf(document, 'dear × 999', { schools: [school(100_000)] })[0]?.code, 'too-large'))
})

describe('A basket that cannot be priced', () => {
  const document = catalogueOf({
    area: {
      districts: [{ id: '1' }, { id: '2' }],
      outside: 'refused',
      elsewhere: [{ provider: 'next', name: 'Next', districts: ['6'] }],
    },
    offers: [
      offerOf('thing', fixed(1), { districts: ['1'] }),
      offerOf('course', undefined, {
        options: [{ id: 'short', name: 'Short', price: fixed(1) }],
        topics: [{ id: 'adhd', name: 'ADHD', summary: 'ADHD.' }],
      }),
    ],
  })
  it('says which offer, option or topic is unknown', () => {
    deepEqual(
      faultsOf(document, [
        { offer: 'other', quantity: 1 },
        { offer: 'course', quantity: 1 },
        { offer: 'course', option: 'long', quantity: 1 },
        { offer: 'course', option: 'short', quantity: 1, topics: ['adhd', 'asc'] },
        { offer: 'thing', option: 'x', quantity: 1 },
      ]),
      [
        { pointer: '/items/0/offer', code: 'unknown-offer', offer: 'other' },
        { pointer: '/items/1/option', code: 'required' },
        { pointer: '/items/2/option', code: 'unknown-option' },
        { pointer: '/items/3/topics/1', code: 'unknown-topic' },
        { pointer: '/items/4/option', code: 'unknown-option' },
      ],
    )
  })
  it('says who serves a district next door', () =>
    deepEqual(
      faultsOf(document, 'course.short', { schools: [school(1, { district: '6' }), school(1, { district: '9' })] }),
      [
        { pointer: '/buyer/schools/0/district', code: 'out-of-area', servedBy: 'next' },
        { pointer: '/buyer/schools/1/district', code: 'out-of-area', servedBy: null },
      ],
    ))
  it('says where an offer is for other districts', () =>
    deepEqual(faultsOf(document, 'thing', { schools: [school(1, { district: '2' })] }), [
      { pointer: '/items/0/offer', code: 'not-in-district', offer: 'thing' },
    ]))
  it('says that a holding or group is unknown, that a day is outside, and that 501 schools are too many', () => {
    equal(faultsOf(document, 'course.short', { holds: ['gone'] })[0]?.pointer, '/buyer/holds/0')
    equal(faultsOf(document, 'course.short', { groups: ['gone'] })[0]?.code, 'unknown-group')
    for (const on of ['2024-02-29', '2025-04-01'])
      deepEqual(faultsOf(document, 'course.short', { on }), [{ pointer: '/on', code: 'outside-catalogue' }])
    deepEqual(faultsOf(document, 'course.short', { schools: Array.from({ length: 501 }, () => school(1)) }), [
      { pointer: '/buyer/schools', code: 'too-many-schools', most: 500 },
    ])
  })
})

describe('A school’s share', () => {
  const document = catalogueOf({ offers: [offerOf('thing', fixed(100))] })
  it('goes by pupils on roll and sums to the penny', () => {
    const schools = [school(1), school(1), school(1)]
    deepEqual(
      quoted(document, 'thing', { schools }).shares.map(({ pence }) => pence),
      [34, 33, 33],
    )
  })
  it('is equal where no roll is known', () =>
    deepEqual(
      quoted(document, 'thing', { schools: [school(), school()] }).shares.map(({ pence }) => pence),
      [50, 50],
    ))
})
