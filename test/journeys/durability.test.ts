import { deepEqual, equal, ok } from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import type { Product } from '../../demo/product.ts'
import { cutPowerOnDrafts } from '../draft-cut.ts'
import { cutPower, databaseFile, orderOf, pause, send, withCopy } from '../power-cut.ts'
import { startOwnProduct } from '../product.ts'

/** How often the power is cut: `DURABILITY=50 node --test test/journeys/durability.test.ts` takes about four minutes. */
const rounds = Number(process.env.DURABILITY || 8)

describe('When the power is cut', () => {
  let product: Product
  before(async () => {
    product = await startOwnProduct()
  })
  after(() => product?.stop())

  it('an acknowledged order is there, whole, and once', { timeout: 60_000 + rounds * 15_000 }, async (t) => {
    const { lost, torn, twice, ...counts } = await cutPower(product, rounds)
    t.diagnostic(JSON.stringify(counts))
    deepEqual({ lost, torn, twice }, { lost: [], torn: [], twice: [] })
    ok(counts.acknowledged > rounds)
    ok(counts.unanswered > 0, 'no cut met a request')
  })

  it('a part of a referral that was acknowledged is there and opens, and nothing is half sent', {
    timeout: 60_000 + rounds * 15_000,
  }, async (t) => {
    const { lost, torn, ...counts } = await cutPowerOnDrafts(product, Math.ceil(rounds / 3))
    t.diagnostic(JSON.stringify(counts))
    deepEqual({ lost, torn }, { lost: [], torn: [] })
    ok(counts.saved > rounds && counts.sent > 0)
    ok(counts.unanswered > 0, 'no cut met a request')
  })

  it('every letter goes out all the same, once', { timeout: 120_000 }, async (t) => {
    const orders: string[] = []
    let interrupted = 0
    for (let round = 0; round < 3; round += 1) {
      const placed = await Promise.all(
        Array.from({ length: 40 }, (_, client) => send(product.origin, orderOf(1_000 + 100 * round + client, 0))),
      )
      for (const receipt of placed) {
        ok(receipt)
        orders.push(receipt.reference)
      }
      void product.tick()
      await pause(20 + Math.random() * 150)
      product.kill()
      await pause(100)
      if (await letTheLeaseRunOut(product.dataDir)) interrupted += 1
      await product.restart()
    }
    t.diagnostic(`${interrupted} of 3 cuts met the schedule at work, over ${orders.length * 3} letters`)
    const until = Date.now() + 60_000
    for (;;) {
      await product.tick()
      const outbox = await (await fetch(`${product.origin}/dev/outbox.json`)).json()
      ok(Array.isArray(outbox))
      const waiting = await states(product.dataDir)
      if (waiting.every(({ state }) => state === 'sent')) break
      ok(Date.now() < until, `Letters are left: ${JSON.stringify(waiting)}`)
    }
    product.kill()
    await pause(100)
    const sent = await withCopy(product.dataDir, (db) =>
      db
        .prepare(
          `SELECT about, count(*) AS letters, count(DISTINCT recipient) AS recipients
             FROM letter WHERE state = 'sent' GROUP BY about`,
        )
        .all(),
    )
    const of = new Map(sent.map(({ about, letters, recipients }) => [about, `${letters} ${recipients}`]))
    for (const reference of orders) equal(of.get(reference), '3 3', reference)
    await product.restart()
    const outbox: { to: string; about: string }[] = await (await fetch(`${product.origin}/dev/outbox.json`)).json()
    equal(new Set(outbox.map(({ to, about }) => `${about} ${to}`)).size, outbox.length)
    ok(outbox.length >= 200 || outbox.length === orders.length * 3)
  })
})

async function states(dataDir: string): Promise<{ state: string; letters: number }[]> {
  const db = new DatabaseSync(await databaseFile(dataDir), { readOnly: true })
  try {
    const rows = db.prepare('SELECT state, count(*) AS letters FROM letter GROUP BY state').all()
    return rows.map(({ state, letters }) => ({ state: String(state), letters: Number(letters) }))
  } finally {
    db.close()
  }
}

/** A cut schedule's lease runs out after 80 seconds; as if they had passed. Whether there was one. */
async function letTheLeaseRunOut(dataDir: string): Promise<boolean> {
  // On a busy machine the last of what was killed may still hold the file for a moment.
  const db = new DatabaseSync(await databaseFile(dataDir), { timeout: 5_000 })
  try {
    return db.prepare("UPDATE lease SET until_at = '2000-01-01T00:00:00.000Z'").run().changes > 0
  } finally {
    db.close()
  }
}
