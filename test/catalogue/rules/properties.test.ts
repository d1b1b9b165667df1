import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { priceOf } from '../../../catalogue/rules/calculation.ts'
import { cliffsIn } from '../../../catalogue/rules/cliffs.ts'
import { inconsistenciesIn } from '../../../catalogue/rules/consistency.ts'
import { everyday, isEveryday } from '../../../catalogue/rules/everyday.ts'
import { amountOf } from '../../../catalogue/rules/price.ts'
import type { Item, Quote } from '../../../catalogue/rules/quote.ts'
import { every, quoteOf } from '../../../catalogue/rules/quote-of.ts'
import { type Catalogue, catalogue } from '../../../catalogue/schema/catalogue.ts'
import { anyBuyer, anyItems, day, everydayCatalogue, writtenCatalogue } from '../arbitrary.ts'

const RUNS = { numRuns: 700 }
const accepted = writtenCatalogue.map((written) => catalogue.parse(written))
/** Only items that have an option where the offer has options, so that most baskets can be priced. */
const fitted = (document: Catalogue, items: Item[]) =>
  items.map(({ option, ...item }) => {
    const options = document.offers.find(({ id }) => id === item.offer)?.options
    return { ...item, ...(options && { option: option ?? 'short' }) }
  })
const purchase = fc.record({
  document: accepted,
  on: day,
  buyer: anyBuyer,
  items: anyItems,
  shuffle: fc.infiniteStream(fc.nat(1_000)),
})

let priced = 0
let asked = 0
function forEachQuote(hold: (quote: Quote, document: Catalogue) => void): void {
  fc.assert(
    fc.property(purchase, ({ document, on, buyer, items }) => {
      const result = quoteOf(document, { on, buyer, items: fitted(document, items) })
      asked += 1
      if (!result.ok) return ok(result.faults.every(({ pointer, code }) => pointer.startsWith('/') && code))
      priced += 1
      hold(result.quote, document)
    }),
    RUNS,
  )
}
const sum = (parts: { pence: number | null }[]) => parts.reduce((total, { pence }) => total + (pence ?? 0), 0)

describe('Any price list that the schema accepts', () => {
  it('gives a total of lines, adjustments and VAT', () =>
    forEachQuote(({ lines, adjustments, vatPence, totalPence, conditionalPence }) => {
      equal(totalPence, sum(lines.filter(({ conditional }) => !conditional)) + sum(adjustments) + vatPence)
      equal(conditionalPence, sum(lines.filter(({ conditional }) => conditional)))
    }))
  it('gives shares that sum to the total, none of them negative', () =>
    forEachQuote(({ shares, totalPence }) => {
      if (shares.length > 0) equal(sum(shares), totalPence)
      ok(shares.every(({ pence }) => pence >= 0 && Number.isSafeInteger(pence)))
    }))
  it('never takes a line, a surcharge, the VAT or the total below nothing, nor into fractions', () =>
    forEachQuote(({ lines, adjustments, vatPence, totalPence }) => {
      for (const { offer, option, pence } of lines) {
        const left = (pence ?? 0) + sum(adjustments.filter((entry) => entry.offer === offer && entry.option === option))
        ok(left >= 0 && Number.isSafeInteger(left))
      }
      ok(adjustments.every(({ offer, pence }) => Number.isSafeInteger(pence) && (offer !== undefined || pence > 0)))
      ok(vatPence >= 0 && totalPence >= 0 && Number.isSafeInteger(totalPence))
    }))
  it('gives the same quote whatever the order of the items', () =>
    fc.assert(
      fc.property(purchase, ({ document, on, buyer, items, shuffle }) => {
        const given = fitted(document, items)
        const shuffled = given
          .map((item) => ({ item, place: shuffle.next().value }))
          .sort((a, b) => a.place - b.place)
          .map(({ item }) => item)
        const [one, other] = [given, shuffled].map((list) => quoteOf(document, { on, buyer, items: list }))
        equal(one?.ok, other?.ok)
        if (one?.ok) deepEqual(one, other)
      }),
      RUNS,
    ))
  it('is priced alike by the everyday forms, where those are all that it needs', () =>
    fc.assert(
      fc.property(everydayCatalogue, day, anyBuyer, fc.integer({ min: 1, max: 9 }), (written, on, buyer, quantity) => {
        const document = catalogue.parse(written)
        ok(isEveryday(document))
        const circumstances = {
          catalogue: document,
          on,
          buyer,
          holds: (id: string) => buyer.holds.includes(id),
          faults: [],
        }
        for (const offer of document.offers) {
          const [few, all] = [everyday, every].map((forms) => amountOf(priceOf(offer), quantity, circumstances, forms))
          deepEqual(few, all)
        }
      }),
      { numRuns: 300 },
    ))
  it('is priced without throwing, whatever is asked for, and can be checked', () =>
    fc.assert(
      fc.property(purchase, ({ document, on, buyer, items }) => {
        quoteOf(document, { on, buyer, items })
        inconsistenciesIn(document)
        cliffsIn(document)
      }),
      RUNS,
    ))
  it('is priced often enough for these properties to mean something', () =>
    ok(priced >= asked / 10, `${priced} of ${asked}`))
})
