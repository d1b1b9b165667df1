import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { orderDecision } from '../../../catalogue/rules/order.ts'
import type { Item } from '../../../catalogue/rules/quote.ts'
import { shippedCatalogue } from '../shipped.ts'

const document = shippedCatalogue('stepping-stones-2024-25')
const decide = (items: Item[], expectedPence: number, on = '2024-09-10', holds: string[] = []) =>
  orderDecision(
    document,
    {
      buyer: { holds, schools: [{ name: 'Example', district: '1' }] },
      items,
      payment: { method: 'journal' },
      expectedPence,
    },
    on,
  )
const codes = (decision: ReturnType<typeof decide>) =>
  decision.verdict === 'refused' ? decision.faults.map(({ pointer, code }) => `${pointer} ${code}`) : decision.verdict
const silver = [{ offer: 'silver', quantity: 1 }]

describe('An order', () => {
  it('is accepted at the price that the buyer was shown', () => equal(codes(decide(silver, 155_000)), 'accepted'))
  it('is put off where the price is another', () => {
    const decision = decide(silver, 155_001)
    equal(decision.verdict === 'price-changed' && decision.quote.totalPence, 155_000)
  })
  it('is refused before the catalogue opens and after it ends', () => {
    for (const on of ['2024-02-29', '2025-04-01'])
      deepEqual(codes(decide(silver, 155_000, on)), ['/catalogue not-open'])
    for (const on of ['2024-03-01', '2025-03-31']) equal(codes(decide(silver, 155_000, on)), 'accepted')
  })
  it('is refused for what is asked for by referral, is on request, or is missing what must be held, whatever the price', () => {
    deepEqual(codes(decide([{ offer: 'placement', quantity: 1 }], 0)), ['/items/0/offer by-referral'])
    deepEqual(codes(decide([{ offer: 'training', option: 'bespoke', quantity: 1 }], 0)), ['/items/0/option on-request'])
    deepEqual(codes(decide([{ offer: 'silver-top-up', quantity: 1 }], 0)), ['/items/0/offer must-hold'])
    equal(
      codes(decide([{ offer: 'silver-top-up', quantity: 1 }], 55_000, '2024-09-10', ['universal', 'silver'])),
      'accepted',
    )
  })
})
