import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { catalogue } from '../../../catalogue/schema/catalogue.ts'
import { percent } from '../../../catalogue/schema/figures.ts'
import { offer } from '../../../catalogue/schema/offer.ts'
import { price } from '../../../catalogue/schema/price.ts'
import { email } from '../../../catalogue/schema/text.ts'
import { writtenCatalogue } from '../arbitrary.ts'
import { catalogueOf, fixed, offerOf } from '../sample.ts'

const refusals = (result: {
  success: boolean
  error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined
}) => result.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []

describe('A price', () => {
  const bands = (...froms: number[]) => ({
    form: 'bands',
    fact: 'pupils',
    each: 'buyer',
    bands: froms.map((from) => ({ from, pence: 1 })),
  })
  const tiers = (...froms: number[]) => ({
    form: 'tiers',
    kind: 'volume',
    unit: 'hour',
    tiers: froms.map((from) => ({ from, pence: 1 })),
  })
  for (const [name, written, refusal] of [
    ['whose bands begin above 0', bands(1, 5), 'bands starts-must-rise'],
    ['whose bands overlap', bands(0, 5, 5), 'bands starts-must-rise'],
    ['whose tiers begin above 1', tiers(2, 5), 'tiers starts-must-rise'],
    ['whose tiers fall', tiers(1, 9, 5), 'tiers starts-must-rise'],
    ['with no bands at all', bands(), 'bands required'],
    [
      'whose hard maximum is below what it covers',
      { form: 'up-to', unit: 'pupil', covers: 5, pence: 1, furtherPence: 1, most: 4 },
      'most most-below-covers',
    ],
    ['in fractions of a penny', { form: 'fixed', pence: 0.5 }, 'pence whole-pence'],
    ['below nothing', { form: 'fixed', pence: -1 }, 'pence negative'],
    ['beyond a million pounds', { form: 'fixed', pence: 100_000_001 }, 'pence too-large'],
    [
      'with days that do not rise',
      {
        form: 'by-date',
        first: fixed(1),
        later: ['2024-05-01', '2024-05-01'].map((from) => ({ from, price: fixed(1) })),
      },
      'later starts-must-rise',
    ],
    [
      'with a class twice',
      {
        form: 'by-class',
        classes: [1, 2].map((pence) => ({ class: 'academy', price: fixed(pence) })),
        other: fixed(1),
      },
      'classes repeated',
    ],
    [
      'by fractions that are not stated',
      { form: 'joining', rule: 'fractions', price: fixed(1) },
      'fractions fractions-with-rule',
    ],
    [
      'by a fraction above the whole',
      {
        form: 'joining',
        rule: 'fractions',
        fractions: [{ from: '2024-05-01', numerator: 3, denominator: 2 }],
        price: fixed(1),
      },
      'fractions more-than-whole',
    ],
    ['for no phase', { form: 'per-pupil-by-phase', pence: {} }, 'pence required'],
  ] as const)
    it(`is refused ${name}`, () => deepEqual(refusals(price.safeParse(written)), [refusal]))
  it('holds five choices within one another and no more', () => {
    const within = (choices: number): unknown =>
      choices === 0 ? fixed(1) : { form: 'joining', rule: 'full', price: within(choices - 1) }
    equal(price.safeParse(within(5)).success, true)
    deepEqual(refusals(price.safeParse(within(6))), [' too-deep'])
  })
})

describe('An offer', () => {
  const option = { id: 'short', name: 'Short', price: fixed(1) }
  it('has a price or options, never both and never neither', () => {
    deepEqual(refusals(offer.safeParse(offerOf('one', undefined))), ['price price-or-options'])
    deepEqual(refusals(offer.safeParse(offerOf('one', fixed(1), { options: [option] }))), ['price price-or-options'])
  })
  it('has a least quantity and least minutes that are not above the most', () => {
    deepEqual(refusals(offer.safeParse(offerOf('one', fixed(1), { quantity: { least: 3, most: 2 } }))), [
      'quantity.most least-above-most',
    ])
    deepEqual(
      refusals(offer.safeParse(offerOf('one', fixed(1), { support: { by: 'unit', leastMinutes: 2, mostMinutes: 1 } }))),
      ['support.mostMinutes least-above-most'],
    )
  })
})

describe('A catalogue', () => {
  const plain = catalogueOf({})
  for (const [name, parts, refusal] of [
    [
      'whose year ends before it begins',
      { year: { from: '2024-04-01', to: '2024-03-31' } },
      'year.to ends-before-it-begins',
    ],
    ['that opens after it has ended', { opensOn: '2025-04-01' }, 'opensOn opens-after-it-ends'],
    ['that takes one way of payment twice', { payment: [plain.payment[0], plain.payment[0]] }, 'payment repeated'],
    ['that takes no payment at all', { payment: [] }, 'payment required'],
    ['whose title cannot be printed', { title: 'a\u202eb' }, 'title not-text'],
  ] as const)
    it(`is refused ${name}`, () => deepEqual(refusals(catalogue.safeParse({ ...plain, ...parts })), [refusal]))
  it('is refused with a part that nobody knows', () =>
    equal(catalogue.safeParse({ ...plain, colour: 1 }).success, false))
  it('is accepted with every form of price, and comes out as it went in', () =>
    fc.assert(
      fc.property(writtenCatalogue, (written) => {
        const plainly = JSON.parse(JSON.stringify(written))
        deepEqual(catalogue.parse(plainly), plainly)
      }),
      { numRuns: 100 },
    ))
})

describe('A percentage', () => {
  it('has at most two decimals and is at most 100', () =>
    deepEqual(
      [10, 17.5, 33.33, 0, 100, 33.333, 100.01, -1].map((value) => percent.safeParse(value).success),
      [true, true, true, true, true, false, false, false],
    ))
})

describe('An e-mail address', () => {
  it('is one address and nothing else', () => {
    for (const text of ['head@school.example', "o'hara@school.example", 'a+b@x.y.example'])
      equal(email.safeParse(text).success, true, text)
    for (const text of [
      'head',
      'head@school',
      'a@b.example, c@d.example',
      'A <a@b.example>',
      'a@b.example\r\nBcc: c@d.example',
      'a@b..example',
      '@b.example',
    ])
      equal(email.safeParse(text).success, false, text)
  })
})
