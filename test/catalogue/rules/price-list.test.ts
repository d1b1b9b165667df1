import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { differencesBetween } from '../../../catalogue/rules/differences.ts'
import { type Cell, guessColumns, moneyIn, priceListPlan, withPriceList } from '../../../catalogue/rules/price-list.ts'
import { catalogue } from '../../../catalogue/schema/catalogue.ts'
import { writtenCatalogue } from '../arbitrary.ts'
import { catalogueOf, fixed, offerOf } from '../sample.ts'
import { shippedCatalogue } from '../shipped.ts'

const stones = shippedCatalogue('stepping-stones-2024-25')
/** What becomes of each row, as `does of → pence`. */
const planned = (rows: Cell[][], columns = { name: 0, price: 1 }, document = stones) =>
  priceListPlan(document, rows, columns).map(({ does, problem, of, afterPence }) =>
    [problem ?? does, of && `${of.offer}${of.option ? `.${of.option}` : ''}`, afterPence].filter(
      (part) => part !== undefined,
    ),
  )

describe('An amount in a price list', () => {
  it('is read as offices write it', () => {
    for (const [cell, pence] of [
      ['£1,050', 105_000],
      ['1050.00', 105_000],
      ['1,050.5', 105_050],
      ['£ 1 050', 105_000],
      ['£1\u00a0050.00', 105_000],
      ['£50 per hour', 5_000],
      ['£3/pupil', 300],
      ['£100 + VAT', 10_000],
      ['386.25 each', 38_625],
      ['50p', 50],
      ['GBP 5', 500],
      ['１０５０', 105_000],
      [386.25000000000006, 38_625],
      [0, 0],
    ] as const)
      deepEqual(moneyIn(cell), { is: 'pence', pence }, String(cell))
  })
  it('is never guessed where it could mean two things, or is none', () => {
    for (const cell of ['1.050,00', '1.050', '1,05', '1,0500']) equal(moneyIn(cell).is, 'ambiguous-price', cell)
    for (const cell of [
      '-5',
      '(50)',
      '£500 (£750 after April)',
      '£50–£60',
      'tbc',
      '£1k',
      '01524 67164',
      'five',
      -1,
      1.005,
      1e12,
    ])
      equal(moneyIn(cell).is, 'not-a-price', String(cell))
    for (const cell of ['free', 'No charge', 'NIL']) equal(moneyIn(cell).is, 'free', cell)
    for (const cell of ['POA', 'p.o.a.', 'On request']) equal(moneyIn(cell).is, 'on-request', cell)
    for (const cell of ['', ' ', 'n/a', 'N/A', '-', '—', null, undefined])
      equal(moneyIn(cell).is, 'nothing', String(cell))
  })
  it('comes back from pounds however it is written', () =>
    fc.assert(
      fc.property(fc.nat(100_000_000), (pence) => {
        const plain = (pence / 100).toFixed(2)
        const grouped = plain.replace(/\B(?=(\d{3})+\.)/g, ',')
        for (const cell of [plain, `£${plain}`, `£${grouped}`, grouped.replaceAll(',', ' '), pence / 100])
          deepEqual(moneyIn(cell), { is: 'pence', pence }, String(cell))
      }),
    ))
})

describe('A price list', () => {
  it('matches offers by id, by name and by names that are nearly the same, and options within them', () =>
    deepEqual(
      planned(
        [
          ['Price list 2025', null, null],
          ['Offer', 'Length', 'Price'],
          ['silver', '', '£1,050'],
          ['BRONZE  package', '', 650],
          ['Training', 'Twilight, 2 hours', '£386.25'],
          ['', 'half-day', '500'],
          ['', 'Weekend', '500'],
          ['Platinum', '', '£5,000'],
          ['Training', '', '£400'],
          ['Parent support package', '', 'see below'],
          ['Consultancy hours', '', '1.050'],
          ['Referral placement', '', ''],
          [],
          ['Total', '', ''],
        ],
        { name: 0, price: 2, ...{ option: 1 } },
      ),
      [
        ['nothing'],
        ['nothing'],
        ['changes', 'silver', 105_000],
        ['stays', 'bronze', 65_000],
        ['changes', 'training.twilight', 38_625],
        ['changes', 'training.half-day', 50_000],
        ['no-such-option', 'training'],
        ['no-such-offer'],
        ['which-option', 'training'],
        ['not-a-price', 'parent-support'],
        ['ambiguous-price', 'consultancy'],
        ['nothing', 'placement'],
        ['nothing'],
        ['nothing'],
      ],
    ))
  it('finds an option by its own name where nothing else has it', () =>
    deepEqual(
      planned([
        ['Full day, 6 hours', 850],
        ['Training: Twilight, 2 hours', '390'],
      ]),
      [
        ['changes', 'training.full-day', 85_000],
        ['changes', 'training.twilight', 39_000],
      ],
    ))
  it('refuses a price for what stands twice, and for what has several', () => {
    deepEqual(
      planned([
        ['silver', 1],
        ['Silver package', 2],
      ]),
      [
        ['twice', 'silver', 100],
        ['twice', 'silver', 200],
      ],
    )
    const golden = shippedCatalogue('golden-hill-2019-20')
    deepEqual(planned([['universal', 800]], { name: 0, price: 1 }, golden), [['price-has-several-parts', 'universal']])
    const twins = catalogueOf({
      offers: [offerOf('a', fixed(1), { name: 'Visit' }), offerOf('b', fixed(1), { name: 'visit!' })],
    })
    deepEqual(planned([['VISIT', 800]], { name: 0, price: 1 }, twins), [['ambiguous']])
  })
  it('keeps the form of a price, and gives one to what was free or on request', () => {
    const plan = priceListPlan(
      stones,
      [
        ['consultancy', '£105'],
        ['Bespoke training', '£900'],
        ['bronze', 'free'],
      ],
      {
        name: 0,
        price: 1,
      },
    )
    const after = withPriceList(stones, plan)
    deepEqual(
      differencesBetween(stones, after).map(({ pointer, after: value }) => [pointer, value]),
      [
        ['/offers/1/price', { form: 'free' }],
        ['/offers/5/price/pence', 10_500],
        ['/offers/6/options/5/price', { form: 'fixed', pence: 90_000 }],
      ],
    )
  })
  it('finds its columns by what stands in them', () => {
    deepEqual(
      guessColumns(stones, [
        ['Prices from April 2025', null, null, null, null],
        ['Code', 'Package', 'Hours', 'Old price', 'New price'],
        ['S1', 'Silver package', 13, '£1,000', '£1,050'],
        ['B1', 'Bronze package', 7, '£650', '£670'],
      ]),
      { name: 1, price: 4 },
    )
    deepEqual(
      guessColumns(stones, [
        ['Training', 'Twilight, 2 hours', 390],
        ['Training', 'Half day, 3 hours', 490],
      ]),
      { name: 0, option: 1, price: 2 },
    )
    equal(
      guessColumns(stones, [
        ['a', 'b'],
        ['c', 'd'],
      ]),
      undefined,
    )
    equal(guessColumns(stones, []), undefined)
  })
  it('changes the prices that it names and nothing else, whatever it says', () =>
    fc.assert(
      fc.property(
        writtenCatalogue,
        fc.array(
          fc.tuple(
            fc.constantFrom('alpha', 'Beta', 'gamma', 'short', 'delta long', 'nobody', ''),
            fc.constantFrom('short', 'Long', '', 'none'),
            fc.oneof(fc.nat(5_000), fc.constantFrom('£1,050', 'free', 'POA', '', 'n/a', 'x', '1.050')),
          ),
          { maxLength: 8 },
        ),
        (written, rows) => {
          const document = catalogue.parse(written)
          const plan = priceListPlan(document, rows, { name: 0, option: 1, price: 2 })
          const after = withPriceList(document, plan)
          ok(catalogue.safeParse(after).success)
          const places = plan.flatMap(({ does, of }) => (does === 'changes' && of ? [of] : []))
          for (const { pointer } of differencesBetween(document, after)) {
            const [, , index, part, option] = pointer.split('/')
            const offer = document.offers[Number(index)]
            ok(pointer.includes('/price'))
            ok(
              places.some(
                (of) =>
                  of.offer === offer?.id &&
                  of.option === (part === 'options' ? offer?.options?.[Number(option)]?.id : undefined),
              ),
            )
          }
          deepEqual(
            priceListPlan(after, rows, { name: 0, option: 1, price: 2 }).filter(({ does }) => does === 'changes'),
            [],
          )
        },
      ),
      { numRuns: 300 },
    ))
})
