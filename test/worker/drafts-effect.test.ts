import { deepEqual, equal, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { sameDayWithin } from '../../worker/drafts/effect.ts'
import { effectReply } from '../../worker/drafts/replies.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, openWorld, type World } from './harness.ts'

const BASE = '/api/console/providers/stepping-stones'

type Page = {
  orders: {
    reference: string
    placedOn: string
    schoolName?: string
    beforePence: number
    afterPence: number | null
    why?: string
  }[]
  next: string | null
  from: string
  to: string
}

describe('What a draft would change in the last year’s orders', () => {
  let world: World
  let owner: SignedInPerson
  before(async () => {
    world = await openWorld()
    owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
  })
  after(() => world.stop())

  const ask = (method: string, path: string, body?: unknown, more: Record<string, string> = {}, who = owner) =>
    world.ask(method, `${BASE}${path}`, body, { ...who.headers, ...more })

  async function drafted(change: (document: Catalogue) => void): Promise<string> {
    const begun = await ask('POST', '/drafts', { from: { catalogue: '2024-25', version: 1 } })
    const document: Catalogue = JSON.parse(String(begun.body.text))
    change(document)
    const heard = await ask('POST', '/drafts', { text: JSON.stringify(document) })
    equal(heard.status, 201)
    return String(heard.body.id)
  }
  const effectOf = async (id: string, query = '', more: Record<string, string> = {}, who = owner) => {
    const heard = await ask('GET', `/drafts/${id}/effect${query}`, undefined, more, who)
    equal(heard.status, 200, heard.text)
    deepEqual(effectReply.parse(heard.body), heard.body)
    return heard.body as unknown as Page
  }
  async function allOf(id: string, more: Record<string, string> = {}) {
    const orders: Page['orders'] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: Page = await effectOf(id, after && `?after=${encodeURIComponent(after)}`, more)
      orders.push(...page.orders)
      after = page.next
    }
    return orders
  }

  it('is what each came to, and what the same would come to', async () => {
    const placed = []
    for (const today of ['2024-03-05', '2024-09-10', '2025-01-10']) {
      world.clock.now += 60_000
      const heard = await world.order(EXAMPLE_ORDER, { today })
      equal(heard.status, 201, heard.text)
      placed.push(heard.body)
    }
    await world.db.prepare("UPDATE \"order\" SET status = 'accepted' WHERE placed_on = '2024-03-05'").run()
    const cancelled = await world.order(EXAMPLE_ORDER, { today: '2024-09-11' })
    await world.db
      .prepare('UPDATE "order" SET status = \'cancelled\' WHERE reference = ?')
      .bind(cancelled.body.reference)
      .run()
    const rows = (await world.db.prepare('SELECT * FROM "order" ORDER BY reference').all()).results

    const same = await drafted(() => {})
    const untouched = await allOf(same, { 'X-Today': '2025-01-20' })
    deepEqual(
      untouched.map(({ placedOn, beforePence, afterPence }) => [placedOn, beforePence, afterPence]).sort(),
      ['2024-03-05', '2024-09-10', '2025-01-10'].map((day) => [
        day,
        EXAMPLE_ORDER.expectedPence,
        EXAMPLE_ORDER.expectedPence,
      ]),
    )
    equal(untouched[0]?.schoolName, EXAMPLE_ORDER.buyer.schools[0]?.name)

    const next = await drafted((document) => {
      document.catalogue = '2025-26'
      document.year = { from: '2025-04-01', to: '2026-03-31' }
      document.opensOn = '2025-03-01'
      for (const offer of document.offers) if (offer.id === 'silver') offer.price = { form: 'fixed', pence: 103_000 }
    })
    const silver = (await allOf(next, { 'X-Today': '2025-01-20' })).map(
      ({ beforePence, afterPence }) => (afterPence ?? 0) - beforePence,
    )
    equal(new Set(silver).size, 1)
    equal(silver[0], 3_000)
    // Of the year before the day that is asked for.
    deepEqual((await allOf(next, { 'X-Today': '2024-09-10' })).map(({ placedOn }) => placedOn).sort(), [
      '2024-03-05',
      '2024-09-10',
    ])
    deepEqual(await allOf(next, { 'X-Today': '2026-03-01' }), [])
    // Nothing has become of the orders.
    deepEqual((await world.db.prepare('SELECT * FROM "order" ORDER BY reference').all()).results, rows)
  })

  it('says why an order would be refused', async () => {
    const without = await drafted((document) => {
      document.offers = document.offers.filter(({ id }) => !id.startsWith('silver'))
      document.discounts = document.discounts.filter((rule) => !JSON.stringify(rule).includes('"silver'))
    })
    const heard = await ask('GET', `/drafts/${without}/effect`, undefined, { 'X-Today': '2025-01-20' })
    equal(heard.status, 200, heard.text)
    const [order] = (heard.body as unknown as Page).orders
    deepEqual([order?.afterPence, order?.why], [null, 'unknown-offer'])
  })

  it('keeps the schools’ names from who may not read orders, and needs a draft without mistakes', async () => {
    const editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    const id = await drafted(() => {})
    const page = await effectOf(id, '', { 'X-Today': '2025-01-20' }, editor)
    ok(page.orders.length > 0)
    ok(page.orders.every((order) => !('schoolName' in order)))
    ok(!JSON.stringify(page).includes(EXAMPLE_ORDER.buyer.schools[0]?.name ?? 'x'))
    const broken = await ask('POST', '/drafts', { text: '{' })
    const heard = await ask('GET', `/drafts/${broken.body.id}/effect`)
    equal(heard.status, 422)
    ok(Array.isArray(heard.body.mistakes))
    for (const after of ['x', 'placed', 'declined  ', `placed ${'x'.repeat(99)} y`]) {
      const refused = await ask('GET', `/drafts/${id}/effect?after=${encodeURIComponent(after)}`)
      deepEqual([refused.status, faultsIn(refused)], [422, ['/after choose']], after)
    }
  })

  it('is told five hundred at a time, each once', async () => {
    const { results } = await world.db
      .prepare('SELECT * FROM "order" WHERE placed_on = \'2024-09-10\' LIMIT 1')
      .all<Record<string, string | number>>()
    const [row] = results
    ok(row)
    const columns = Object.keys(row).filter((name) => name !== 'reference' && name !== 'placed_at')
    await world.db
      .prepare(
        `INSERT INTO "order" (reference, placed_at, ${columns.join(', ')})
         WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1200)
         SELECT printf('SS-%08d', n), strftime('%Y-%m-%dT%H:%M:%fZ', '2026-11-02', '+' || (n / 3) || ' minutes'), ${columns.map((name) => `"${name}"`).join(', ')}
           FROM number, "order" WHERE reference = ?1`,
      )
      .bind(row.reference)
      .run()
    const id = await drafted(() => {})
    const orders = await allOf(id)
    equal(orders.length, 1202)
    equal(new Set(orders.map(({ reference }) => reference)).size, 1202)
    ok(orders.every(({ beforePence, afterPence }) => beforePence === afterPence))
    const page = await effectOf(id, `?after=${encodeURIComponent('placed  ')}`)
    equal(page.orders.length, 500)
  })
})

describe('The same day of another year', () => {
  const term = { opensOn: '2025-03-01', year: { from: '2025-04-01', to: '2026-03-31' } }
  it('is the nearest one on which orders are taken, else the nearest day of the catalogue', () => {
    for (const [day, expected] of [
      ['2024-05-10', '2025-05-10'],
      ['2024-03-15', '2025-03-15'],
      ['2024-02-15', '2026-02-15'],
      ['2024-02-29', '2026-02-28'],
      ['2025-07-01', '2025-07-01'],
      ['2030-03-15', '2026-03-15'],
    ] as const)
      equal(sameDayWithin(term, day), expected, day)
    equal(
      sameDayWithin({ opensOn: '2025-04-01', year: { from: '2025-04-01', to: '2025-06-30' } }, '2024-09-10'),
      '2025-04-01',
    )
    equal(
      sameDayWithin({ opensOn: '2024-01-01', year: { from: '2024-01-01', to: '2024-12-31' } }, '2023-02-29'),
      '2024-02-29',
    )
  })
})
