import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { differencesBetween } from '../../../catalogue/rules/differences.ts'
import { at, inside, keysOf, same } from '../../../catalogue/rules/pointers.ts'
import { writtenCatalogue } from '../arbitrary.ts'

const kinds = (before: unknown, after: unknown) =>
  differencesBetween(before, after).map(({ kind, was, pointer }) => `${kind} ${was} ${pointer}`)

describe('Differences between two documents', () => {
  it('match entries by their ids, wherever they stand', () =>
    deepEqual(
      kinds(
        {
          offers: [
            { id: 'a', pence: 1 },
            { id: 'b', pence: 2 },
            { id: 'c', pence: 3 },
          ],
        },
        { offers: [{ id: 'c', pence: 4 }, { id: 'a', pence: 1 }, { id: 'd' }] },
      ),
      [
        'moved /offers/2 /offers/0',
        'changed /offers/2/pence /offers/0/pence',
        'removed /offers/1 /offers/1',
        'added /offers/2 /offers/2',
      ],
    ))
  it('are one addition where something is put into the middle of a list', () => {
    deepEqual(kinds(['one', 'two', 'three'], ['one', 'new', 'two', 'three']), ['added /1 /1'])
    deepEqual(kinds(['one', 'two', 'three'], ['one', 'three']), ['removed /1 /1'])
    deepEqual(kinds(['one', 'two', 'three'], ['one', 'other', 'three']), ['changed /1 /1'])
    deepEqual(kinds(['one', 'two', 'three'], ['two', 'three', 'one']), ['moved /0 /2'])
  })
  it('match bands and prices by date by where they start', () =>
    deepEqual(
      kinds(
        [
          { from: 0, pence: 1 },
          { from: 10, pence: 2 },
        ],
        [
          { from: 0, pence: 1 },
          { from: 5, pence: 9 },
          { from: 10, pence: 3 },
        ],
      ),
      ['added /1 /1', 'changed /1/pence /2/pence'],
    ))
  it('match prices by date by their place where none was added or taken away', () =>
    deepEqual(
      kinds([{ from: '2024-04-01' }, { from: '2025-04-01' }], [{ from: '2025-04-01' }, { from: '2026-04-01' }]),
      ['changed /0/from /0/from', 'changed /1/from /1/from'],
    ))
  it('are one where a price takes another form, a range moves or only an id is another one', () => {
    deepEqual(kinds({ price: { form: 'fixed', pence: 1 } }, { price: { form: 'per-pupil', pence: 2 } }), [
      'changed /price /price',
    ])
    deepEqual(kinds({ leastMinutes: 1, mostMinutes: 2 }, { leastMinutes: 2, mostMinutes: 3 }), ['changed  '])
    deepEqual(kinds([{ id: 'a', name: 'A' }], [{ id: 'b', name: 'A' }]), ['changed /0/id /0/id'])
  })
  it('are one where a decision needs something else, or a deadline counts from it, and none for the same people', () => {
    const needs = (...list: unknown[]) => ({ by: ['coordinator'], needs: list })
    deepEqual(kinds(needs({ kind: 'consent', purpose: 'share' }), needs({ kind: 'agreement' })), [
      'changed /needs/0 /needs/0',
    ])
    deepEqual(kinds({ from: { event: 'sent' } }, { from: { event: 'entered', stage: 'one' } }), ['changed /from /from'])
    deepEqual(kinds({ by: ['coordinator'], name: 'A' }, { by: ['coordinator'], name: 'B' }), ['changed /name /name'])
  })
  it('are none where only the order of keys is another one', () =>
    equal(kinds({ a: 1, b: 2 }, { b: 2, a: 1 }).length, 0))

  it('are found where documents differ, whatever they are, and nowhere else', () =>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (before, after) => {
        equal(differencesBetween(before, after).length > 0, !same(before, after))
        equal(differencesBetween(before, structuredClone(before)).length, 0)
      }),
      { numRuns: 500 },
    ))
  it('name places that are there, in both documents', () =>
    fc.assert(
      fc.property(writtenCatalogue, writtenCatalogue, (before, after) => {
        const [one, other] = [before, after].map((document): unknown => JSON.parse(JSON.stringify(document)))
        for (const difference of differencesBetween(one, other)) {
          if (difference.kind === 'moved') {
            deepEqual(at(one, difference.was) === undefined || at(other, difference.pointer) === undefined, false)
            continue
          }
          if (difference.kind !== 'added') deepEqual(at(one, difference.was), difference.before)
          if (difference.kind !== 'removed') deepEqual(at(other, difference.pointer), difference.after)
        }
      }),
      { numRuns: 200 },
    ))
})

describe('A pointer', () => {
  it('leads to what it was made from, whatever its keys are called', () =>
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const pointer = keys.reduce<string>(inside, '')
        deepEqual(keysOf(pointer), keys)
        const document = keys.reduceRight<unknown>((value, key) => Object.fromEntries([[key, value]]), 'here')
        equal(at(document, pointer), 'here')
        ok(at(document, inside(pointer, 'more')) === undefined)
      }),
    ))
})
