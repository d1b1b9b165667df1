import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Product } from '../demo/product.ts'
import { EXAMPLE_ORDER } from '../worker/reference/examples.ts'

/** What a school sends, and what it was told; without an answer nobody knows whether it was kept. */
export type Sent = { key: string; body: typeof EXAMPLE_ORDER; answer?: Receipt }
export type Receipt = { reference: string; totalPence: number; catalogue: string; version: number; placedOn: string }

/** What became of the orders over all the power cuts. */
export type Toll = {
  rounds: number
  /** Orders that were answered with a 201. */
  acknowledged: number
  /** Requests that a power cut left without an answer, and how many of those had been kept all the same. */
  unanswered: number
  hidden: number
  /** Acknowledged, and not there, or not as acknowledged. */
  lost: string[]
  /** Something there without what belongs to it. */
  torn: string[]
  /** Intentions with more than one order. */
  twice: string[]
}

const PROVIDER = 'stepping-stones'
const CLIENTS = 8

/** An address, a form of payment and a basket of its own for each order, so that none can be taken for another. */
export function orderOf(client: number, count: number): Sent {
  const name = `Client ${client} order ${count}`
  const email = `client-${client}-order-${count}@school.example`
  const [silver, training] = EXAMPLE_ORDER.items
  const items = [silver, { ...training, note: `${name} `.repeat(1 + (count % 15)).trim() }]
  return {
    key: crypto.randomUUID(),
    body: { ...EXAMPLE_ORDER, items: items as typeof EXAMPLE_ORDER.items, contact: { name, role: 'SENCo', email } },
  }
}

/** Sends an order once. `undefined` where there was no answer, or one that says to try again. */
export async function send(origin: string, { key, body }: Pick<Sent, 'key' | 'body'>): Promise<Receipt | undefined> {
  let response: Response
  let text: string
  try {
    response = await fetch(`${origin}/api/providers/${PROVIDER}/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    })
    text = await response.text()
  } catch {
    return undefined
  }
  if (response.status >= 500) return undefined
  equal(response.status, 201, text)
  return JSON.parse(text)
}

/**
 * Eight clients order without pause while workerd is killed at random moments, as a power cut would. What stands on the
 * disk is looked at after each cut, before anything has started that could mend it, and once more when all are answered.
 */
export async function cutPower(product: Product, rounds: number): Promise<Toll> {
  const sent: Sent[] = []
  const toll: Toll = { rounds, acknowledged: 0, unanswered: 0, hidden: 0, lost: [], torn: [], twice: [] }
  let ending = false
  let isUp = Promise.resolve()
  const client = async (number: number): Promise<void> => {
    for (let count = 0; !ending; count += 1) {
      const order = orderOf(number, count)
      sent.push(order)
      for (;;) {
        const answer = await send(product.origin, order)
        if (answer) {
          order.answer = answer
          break
        }
        await isUp
        await pause(20)
      }
    }
  }
  const clients = Array.from({ length: CLIENTS }, (_, number) => client(number))
  const clientsEnded = Promise.all(clients)
  clientsEnded.catch(() => {})
  try {
    for (let round = 0; round < rounds; round += 1) {
      const before = answered(sent).length
      while (answered(sent).length === before) await Promise.race([pause(5), clientsEnded])
      await Promise.race([pause(Math.random() * 800), clientsEnded])
      let up = (): void => {}
      isUp = new Promise((resolve) => {
        up = resolve
      })
      product.kill()
      // An answer that was on its way to a client is an acknowledgement too.
      await pause(100)
      const unanswered = sent.filter(({ answer }) => !answer)
      toll.unanswered += unanswered.length
      toll.hidden += await examine(product.dataDir, sent, unanswered, toll)
      await product.restart()
      up()
    }
  } finally {
    ending = true
  }
  await clientsEnded
  product.kill()
  await pause(100)
  await examine(product.dataDir, sent, [], toll)
  await product.restart()
  for (const order of sent) if (!order.answer) toll.lost.push(order.key)
  // Told again under the same key, each client hears the same.
  for (const order of sent.filter((_, index) => index % Math.ceil(sent.length / 200) === 0))
    deepEqual(await send(product.origin, order), order.answer)
  toll.acknowledged = answered(sent).length
  return toll
}

type Row = Record<string, string | number | null>

/** Compares what the clients were told with what stands on the disk; how many of the unanswered are there. */
async function examine(dataDir: string, sent: Sent[], unanswered: Sent[], toll: Toll): Promise<number> {
  return withCopy(dataDir, (db) => {
    const all = (sql: string): Row[] => db.prepare(sql).all() as Row[]
    for (const { integrity_check: said } of all('PRAGMA integrity_check')) if (said !== 'ok') toll.torn.push(`${said}`)
    for (const row of all('PRAGMA foreign_key_check')) toll.torn.push(JSON.stringify(row))
    const keys = new Map(all('SELECT * FROM order_key').map((row) => [String(row.key), row]))
    const orders = new Map(all('SELECT * FROM "order"').map((row) => [String(row.reference), row]))
    const letters = Map.groupBy(all('SELECT about, recipient, state, subject, text FROM letter'), (row) =>
      String(row.about),
    )
    for (const [about] of letters) if (!orders.has(about)) toll.torn.push(`a letter about ${about}, which is not there`)
    const named = Map.groupBy(keys.values(), ({ reference }) => String(reference))
    for (const [reference, order] of orders) {
      if (named.get(reference)?.length !== 1) toll.torn.push(`${reference} has no key, or several`)
      const request: typeof EXAMPLE_ORDER = JSON.parse(String(order.request))
      const to = (letters.get(reference) ?? []).map(({ recipient }) => recipient).sort()
      const isWhole =
        to.length === 3 &&
        new Set(to).size === 3 &&
        to.includes(request.contact.email) &&
        letters.get(reference)?.every(({ subject, text }) => subject !== '' && String(text).includes(reference))
      if (!isWhole) toll.torn.push(`${reference} has letters to ${to.join(', ') || 'nobody'}`)
    }
    for (const [key, { reference }] of keys)
      if (!orders.has(String(reference))) toll.torn.push(`key ${key} without its order`)
    const intentions = Map.groupBy(orders.values(), ({ request }) => JSON.parse(String(request)).contact.email)
    for (const [email, several] of intentions) if (several.length > 1) toll.twice.push(email)
    for (const order of answered(sent)) {
      try {
        isAsAcknowledged(order, keys.get(order.key), orders.get(order.answer.reference))
      } catch (error) {
        toll.lost.push(`${order.answer.reference}: ${error instanceof Error ? error.message : error}`)
      }
    }
    return unanswered.filter(({ key }) => keys.has(key)).length
  })
}

function isAsAcknowledged({ body, answer }: Required<Sent>, key: Row | undefined, order: Row | undefined): void {
  ok(key && order, 'it is not there')
  deepEqual(JSON.parse(String(key.receipt)), answer)
  equal(order.provider, PROVIDER)
  equal(order.status, 'placed')
  equal(order.placed_on, answer.placedOn)
  match(String(order.placed_at), /^\d{4}-\d\d-\d\dT/)
  deepEqual([order.catalogue, order.version, order.total_pence], [answer.catalogue, answer.version, answer.totalPence])
  equal(order.school_name, body.buyer.schools[0]?.name)
  equal(JSON.parse(String(order.quote)).totalPence, answer.totalPence)
  const { expectedPence: _, ...kept } = JSON.parse(String(order.request))
  const { expectedPence: __, ...asked } = body
  deepEqual(kept, asked)
}

function answered(sent: Sent[]): Required<Sent>[] {
  return sent.filter((order): order is Required<Sent> => order.answer !== undefined)
}

/** The file of the local D1. */
export async function databaseFile(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'v3/d1/miniflare-D1DatabaseObject')
  const name = (await readdir(folder)).find((file) => /^[0-9a-f]{64}\.sqlite$/.test(file))
  ok(name, `There is no database in ${folder}`)
  return join(folder, name)
}

/** Opens a copy of what is on the disk, the write-ahead log with it: to open the file itself would mend it. */
export async function withCopy<Result>(dataDir: string, look: (db: DatabaseSync) => Result): Promise<Result> {
  const file = await databaseFile(dataDir)
  const folder = await mkdtemp(join(tmpdir(), 'outreach-kit-copy-'))
  try {
    const copy = join(folder, 'copy.sqlite')
    await cp(file, copy)
    await cp(`${file}-wal`, `${copy}-wal`).catch(() => {})
    const db = new DatabaseSync(copy)
    try {
      return look(db)
    } finally {
      db.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Some time. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
