import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { cliffsIn } from '../../../catalogue/rules/cliffs.ts'
import { inconsistenciesIn } from '../../../catalogue/rules/consistency.ts'
import { listPricesOf } from '../../../catalogue/rules/list-price.ts'
import type { Item, Quote } from '../../../catalogue/rules/quote.ts'
import { quoteOf } from '../../../catalogue/rules/quote-of.ts'
import { type Catalogue, catalogue } from '../../../catalogue/schema/catalogue.ts'
import { anyBuyer, anyItems, day, writtenCatalogue } from '../arbitrary.ts'

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
  it('is listed at what one of each costs somebody who holds nothing', () =>
    fc.assert(
      fc.property(accepted, day, (document, on) => {
        const listed = listPricesOf(document, on)
        for (const { id, options } of document.offers) {
          const price = listed[id]
          equal(price === undefined, options !== undefined)
          const result = quoteOf(
            { ...document, opensOn: document.opensOn },
            { on, buyer: { holds: [], schools: [] }, items: [{ offer: id, quantity: 1 }] },
          )
          const line = result.ok ? result.quote.lines.find(({ offer }) => offer === id) : undefined
          if (price && line && !line.added)
            ok(price.pence === line.unitPence || line.why.some(({ code }) => code === 'holder'))
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
