import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scans, statementPlans } from '../plans.ts'

describe('A statement', () => {
  it('finds its rows by a key, however many there are, and sorts none', async () => {
    const plans = await statementPlans()
    assert.ok(plans.length > 10)
    assert.deepEqual(plans.filter(scans), [])
  })
})
