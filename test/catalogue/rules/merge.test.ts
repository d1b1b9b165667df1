import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Choice, merged, resolved } from '../../../catalogue/rules/merge.ts'
import { at, same, under } from '../../../catalogue/rules/pointers.ts'
import type { Pathway } from '../../../catalogue/schema/pathway.ts'
import { writtenCatalogue } from '../arbitrary.ts'
import { referringCatalogue } from '../sample.ts'
import { shippedCatalogue } from '../shipped.ts'

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const catalogues = writtenCatalogue.map(json)
const values = fc.jsonValue({ maxDepth: 4 }).map(json)
const stones = shippedCatalogue('stepping-stones-2024-25')
const changed = (change: (document: typeof stones) => void) => {
  const document = structuredClone(stones)
  change(document)
  return document
}

/** A list of offers that is related to another: some taken away, some changed, some new, in another order. */
const offers = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...'abcdefgh'),
    price: fc.constantFrom(1, 2, 3),
    gives: fc.array(fc.constantFrom('one', 'two', 'three', 'four'), { maxLength: 4 }),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
)
const documents = fc
  .record({ title: fc.constantFrom('x', 'y', 'z'), offers })
  .map((document): typeof document => JSON.parse(JSON.stringify(document)))

describe('A merge', () => {
  it('keeps what I and they have changed in different places', () => {
    const mine = changed(({ offers: [base, bronze, silver] }) => {
      ok(base && bronze && silver)
      silver.name = 'Silver'
      bronze.price = { form: 'fixed', pence: 70_000 }
    })
    const theirs = changed((document) => {
      const [base, , silver] = document.offers
      ok(base && silver)
      silver.price = { form: 'fixed', pence: 105_000 }
      base.gives.push({ text: 'More.' })
      document.title = 'Another title'
      document.offers.push({ ...silver, id: 'gold' })
    })
    const { document, conflicts } = merged(stones, mine, theirs)
    deepEqual(conflicts, [])
    const expected = structuredClone(theirs)
    const [, bronze, silver] = expected.offers
    ok(bronze && silver)
    silver.name = 'Silver'
    bronze.price = { form: 'fixed', pence: 70_000 }
    deepEqual(document, expected)
  })
  it('asks where both have changed the same price, and never mixes two forms', () => {
    const mine = changed(({ offers: list }) => Object.assign(list[2] ?? {}, { price: { form: 'fixed', pence: 1 } }))
    const price = { form: 'per-unit', unit: 'hour', pence: 2 }
    const theirs = changed(({ offers: list }) => Object.assign(list[2] ?? {}, { price }))
    const merge = merged(stones, mine, theirs)
    deepEqual(merge.conflicts, [
      {
        what: 'value',
        pointer: '/offers/2/price',
        base: { form: 'fixed', pence: 100_000 },
        mine: { form: 'fixed', pence: 1 },
        theirs: price,
      },
    ])
    deepEqual(resolved(merge, ['mine']), mine)
    deepEqual(resolved(merge, ['theirs']), theirs)
    deepEqual(resolved(merge, []), mine)
  })
  it('keeps what both have changed in a decision, and never mixes what a deadline counts from', () => {
    const deadline = {
      id: 'call',
      name: 'Call',
      within: 5,
      unit: 'working-days',
      from: { event: 'sent' },
      until: { event: 'ended' },
    } as const
    const base = referringCatalogue({ deadlines: [deadline] })
    const after = (change: (pathway: Pathway) => void) => {
      const document = structuredClone(base)
      const [pathway] = document.pathways ?? []
      ok(pathway)
      change(pathway)
      return document
    }
    const mine = after(({ stages: [stage], deadlines: [call] }) => {
      stage?.moves[0]?.by.push('commissioner')
      Object.assign(call ?? {}, { from: { event: 'entered', stage: 'received' } })
    })
    const theirs = after(({ stages: [stage], deadlines: [call] }) => {
      Object.assign(stage?.moves[0] ?? {}, { name: 'Close it' })
      Object.assign(call ?? {}, { from: { event: 'recorded', what: 'call' } })
    })
    const { document, conflicts } = merged(base, mine, theirs)
    deepEqual(
      conflicts.map(({ pointer }) => pointer),
      ['/pathways/0/deadlines/0/from'],
    )
    const move = at(document, '/pathways/0/stages/0/moves/0')
    deepEqual([under(move, 'name'), under(move, 'by')], ['Close it', ['coordinator', 'commissioner']])
  })
  it('keeps an offer that one took away and the other changed, and asks', () => {
    const mine = changed((document) => document.offers.splice(1, 1))
    const theirs = changed(({ offers: list }) => Object.assign(list[1] ?? {}, { name: 'Bronze plus' }))
    const merge = merged(stones, mine, theirs)
    deepEqual(
      merge.conflicts.map(({ pointer, mine: here, theirs: there }) => [pointer, here, there]),
      [['/offers/1', undefined, theirs.offers[1]]],
    )
    deepEqual(merge.document, theirs)
    deepEqual(resolved(merge, ['mine']), mine)
    deepEqual(resolved(merge, ['theirs']), theirs)
  })
  it('puts what both have added where each put it', () => {
    const row = (...ids: string[]) => ids.map((id) => ({ id }))
    const merge = merged(row('a', 'b'), row('a', 'x', 'b'), row('y', 'a', 'b', 'z'))
    deepEqual(merge, { document: row('y', 'a', 'x', 'b', 'z'), conflicts: [] })
  })
  it('takes over one order, and asks where there are two', () => {
    const row = (ids: string) => [...ids].map((id) => ({ id }))
    deepEqual(merged(row('abc'), row('cab'), row('abcd')), { document: row('cdab'), conflicts: [] })
    const merge = merged(row('abc'), row('cab'), row('bac'))
    deepEqual(
      merge.conflicts.map(({ what, pointer }) => [what, pointer]),
      [['order', '']],
    )
    deepEqual(resolved(merge, ['mine']), row('cab'))
    deepEqual(resolved(merge, ['theirs']), row('bac'))
  })
  it('joins two changes to different parts of a list without ids', () => {
    deepEqual(merged(['a', 'b', 'c'], ['a', 'B', 'c'], ['a', 'b', 'c', 'd']), {
      document: ['a', 'B', 'c', 'd'],
      conflicts: [],
    })
    deepEqual(merged(['a', 'b', 'c'], ['a', 'B', 'c'], ['a', 'Q', 'c', 'd']).conflicts, [
      { what: 'value', pointer: '/1', base: 'b', mine: 'B', theirs: 'Q' },
    ])
    equal(merged(['a'], ['a', 'b'], ['a', 'c']).conflicts.length, 1)
  })

  it('is mine where they changed nothing, theirs where I did not, and ours where we agree', () =>
    fc.assert(
      fc.property(fc.oneof(catalogues, documents, values), fc.oneof(catalogues, documents, values), (base, other) => {
        deepEqual(merged(base, other, base), { document: other, conflicts: [] })
        deepEqual(merged(base, base, other), { document: other, conflicts: [] })
        deepEqual(merged(base, other, other), { document: other, conflicts: [] })
      }),
      { numRuns: 300 },
    ))
  it('is all mine or all theirs where nothing but conflicts is decided so, in every place that both have changed', () =>
    fc.assert(
      fc.property(documents, documents, documents, (base, mine, theirs) => {
        const merge = merged(base, mine, theirs)
        for (const { what, pointer, mine: here, theirs: there } of merge.conflicts) {
          if (what === 'value') deepEqual(at(merge.document, pointer), here === undefined ? there : here)
          ok(!same(here, there))
        }
        for (const [choice, own] of [
          ['mine', mine],
          ['theirs', theirs],
        ] as [Choice, typeof mine][]) {
          const result = resolved(
            merge,
            merge.conflicts.map(() => choice),
          ) as typeof mine
          const changedTitle = base.title !== own.title
          if (changedTitle) equal(result.title, own.title)
          // Whatever I put into an offer, added or kept on purpose is there, and what I took away is not.
          for (const offer of own.offers) {
            const before = base.offers.find(({ id }) => id === offer.id)
            const after = result.offers.find(({ id }) => id === offer.id)
            if (before && !same(before, offer)) ok(after, JSON.stringify(offer))
            if (!before) ok(after)
            if (before && before.price !== offer.price) equal(after?.price, offer.price)
            if (!before) deepEqual(after?.price, offer.price)
          }
          for (const { id } of base.offers)
            if (!own.offers.some((offer) => offer.id === id)) {
              const other = (choice === 'mine' ? theirs : mine).offers.find((offer) => offer.id === id)
              const before = base.offers.find((offer) => offer.id === id)
              if (other && !same(before, other))
                equal(
                  result.offers.some((offer) => offer.id === id),
                  false,
                )
            }
          equal(new Set(result.offers.map(({ id }) => id)).size, result.offers.length)
        }
      }),
      { numRuns: 2_000 },
    ))
  it('loses no edit unseen: each side’s change stands, or is in a conflict', () =>
    fc.assert(
      fc.property(catalogues, catalogues, catalogues, (base, mine, theirs) => {
        const { document, conflicts } = merged(base, mine, theirs)
        const inConflict = (pointer: string) => conflicts.some((one) => pointer.startsWith(one.pointer))
        const keys = new Set([base, mine, theirs].flatMap((one) => Object.keys(one as object)))
        for (const key of keys) {
          const [was, here, there, now] = [base, mine, theirs, document].map((one) => at(one, `/${key}`))
          if (Array.isArray(was) && Array.isArray(here) && Array.isArray(there)) continue
          if (!same(was, here) && same(was, there)) deepEqual(now, here)
          if (!same(was, there) && same(was, here)) deepEqual(now, there)
          if (!same(was, here) && !same(was, there) && !same(here, there) && typeof here !== 'object')
            ok(inConflict(`/${key}`))
        }
      }),
      { numRuns: 200 },
    ))
  it('can be read by everybody, whatever was merged', () =>
    fc.assert(
      fc.property(values, values, values, (base, mine, theirs) => {
        const merge = merged(base, mine, theirs)
        resolved(
          merge,
          merge.conflicts.map((_, index) => (index % 2 ? 'mine' : 'theirs')),
        )
      }),
      { numRuns: 500 },
    ))
})
