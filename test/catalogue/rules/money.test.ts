import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { allotted } from '../../../catalogue/rules/allotted.ts'
import { percentOf, portionOf } from '../../../catalogue/rules/money.ts'

const sum = (parts: number[]) => parts.reduce((total, part) => total + part, 0)

describe('A portion of some pence', () => {
  it('is rounded half up', () =>
    deepEqual(
      [1, 3, 5, 2].map((pence) => portionOf(pence, 1, 2)),
      [1, 2, 3, 1],
    ))
  it('stays exact where a floating point number would not', () =>
    equal(portionOf(9_007_199_254_740_991, 999_999, 1_000_000), 9_007_190_247_541_736))
  it('is at most half a penny off', () =>
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), (pence, numerator, denominator) => {
        const twice = 2 * (portionOf(pence, numerator, denominator) * denominator - pence * numerator)
        ok(twice > -denominator && twice <= denominator)
      }),
    ))
})

describe('A percentage', () => {
  it('is rounded half up', () => deepEqual([percentOf(5, 10), percentOf(4, 10), percentOf(20_000, 10)], [1, 0, 2_000]))
  it('can have two decimals', () =>
    deepEqual([percentOf(10_000, 17.5), percentOf(10_000, 33.33), percentOf(1_000_000, 0.07)], [1_750, 3_333, 700]))
})

describe('An allotment', () => {
  it('gives what is left over to the largest remainders, earlier ones first', () => {
    deepEqual(allotted(100, [1, 1, 1]), [34, 33, 33])
    deepEqual(allotted(10, [5, 4, 1]), [5, 4, 1])
    deepEqual(allotted(1, [1, 2]), [0, 1])
  })
  it('is equal where nothing weighs', () => deepEqual(allotted(5, [0, 0]), [3, 2]))
  it('of nothing to nobody is nothing', () => deepEqual(allotted(5, []), []))
  it('sums to the penny, with nobody more than a penny from the exact part', () =>
    fc.assert(
      fc.property(fc.nat(1e9), fc.array(fc.nat(100_000), { minLength: 1, maxLength: 50 }), (pence, weights) => {
        const parts = allotted(pence, weights)
        equal(sum(parts), pence)
        const total = sum(weights)
        for (const [index, part] of parts.entries())
          ok(total === 0 || Math.abs(part - (pence * (weights[index] ?? 0)) / total) < 1.001)
      }),
    ))
})
