import type { Fact } from '../schema/price.ts'
import { type Circumstances, want } from './price.ts'

/** A fact about the buyer, added up over its schools. A school that has not given it, or gives 0, becomes a fault. */
export function factOf(fact: Fact, circumstances: Pick<Circumstances, 'buyer' | 'faults'>): number {
  const { buyer, faults } = circumstances
  if (buyer.schools.length === 0) want('/buyer/schools', circumstances)
  if (fact === 'schools') return buyer.schools.length
  return buyer.schools.reduce((sum, school, index) => {
    const value = school[fact]
    const pointer = `/buyer/schools/${index}/${fact}`
    if (value === undefined) want(pointer, circumstances)
    else if (value < 1 && !faults.some((fault) => fault.pointer === pointer))
      faults.push({ pointer, code: 'too-small', least: 1 })
    return sum + (value ?? 0)
  }, 0)
}

/** Index of the last entry that starts at or below a value. */
export function startedAt(entries: readonly { from: number }[], value: number): number {
  return Math.max(
    0,
    entries.findLastIndex(({ from }) => from <= value),
  )
}
