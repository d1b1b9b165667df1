import { buildApp } from '../../worker/app.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { demonstrationDay } from '../product.ts'
import type { Figure } from './figure.ts'
import { load, type Round, requestOf } from './load.ts'
import { bundledWorker, startWorkers } from './runtime.ts'
import { median, written } from './statistics.ts'

const ROUNDS = 11
const MILLISECONDS = 800
/** Enough that the database never waits for somebody to ask. */
const CONNECTIONS = 8

const path = '/api/providers/stepping-stones/orders'
/** What each order is kept in: itself, its key and letters, what its school holds, its line in the list and the record of it. */
const tables = ['order', 'order_key', 'letter', 'holding', 'inbox', 'record']
/** What finds those rows again: an entry of an index is written as a row is. One to find the order by its reference, one what it brings, one the list of a year, one the record. */
const ENTRIES = 4
/** A count that is written anew: of the orders, and of the record's entries. */
const COUNTS = 2

/** A statement and its values, as an order wrote them. */
type Written = { sql: string; values: unknown[] }

/** What an order costs beside the least that keeping the same rows can cost: one `batch()` of them on a D1 of its own, in the same workerd. */
export async function bench(): Promise<Figure[]> {
  const variables = { ENVIRONMENT: 'development', TODAY: demonstrationDay, WRITES_A_MINUTE: '1000000000' }
  const app = {
    script: await bundledWorker(),
    variables: { ...variables, READS_A_MINUTE: '1000000000' },
    database: true,
  }
  const trial = await startWorkers({ app })
  let order: Crossings
  try {
    order = await crossingsOfOrder(await trial.database('app'), variables)
  } finally {
    await trial.stop()
  }
  const runtime = await startWorkers({ app, bare: { script: bareBatch(order.written), database: true } })
  try {
    const { port, pid } = runtime
    const before = await rowsIn(await runtime.database('app'))
    let keys = 0
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify(EXAMPLE_ORDER)
    const asked = {
      bare: { port: port.bare, status: 200, next: () => requestOf('POST', '/', headers, body) },
      app: {
        port: port.app,
        status: 201,
        next: () => {
          keys += 1
          return requestOf('POST', path, { ...headers, 'Idempotency-Key': `bench-${keys}` }, body)
        },
      },
    }
    const rounds: Record<keyof typeof asked, Round[]> = { bare: [], app: [] }
    for (let round = -1; round < ROUNDS; round += 1)
      for (const name of round % 2 === 0 ? (['bare', 'app'] as const) : (['app', 'bare'] as const)) {
        const { port, status, next } = asked[name]
        const options = { connections: CONNECTIONS, milliseconds: MILLISECONDS, status }
        const result = await load({ port, pid }, next, options)
        if (round >= 0) rounds[name].push(result)
      }
    const kept = (await rowsIn(await runtime.database('app'))) - before
    // Each letter is found by its order.
    const entries = ENTRIES + order.letters
    const rateOf = (name: keyof typeof asked) => median(rounds[name].map(({ rate }) => rate))
    const processorOf = (name: keyof typeof asked) =>
      median(rounds[name].map(({ processor }) => processor ?? Number.NaN))
    const ratio = rateOf('app') / rateOf('bare')
    const beyond = processorOf('app') - processorOf('bare')
    const busy = median(rounds.app.map((round) => round.busy ?? Number.NaN))
    return [
      {
        name: 'D1 round trips of an order, once warm',
        figure: String(order.roundTrips),
        bound: 'exactly 1',
        ok: order.roundTrips === 1,
      },
      {
        name: 'Rows that an order writes',
        figure: `${order.rowsWritten} written: ${order.rowsKept} rows, ${entries} entries of indexes, ${COUNTS} counts`,
        bound: 'as many as kept',
        ok: order.rowsWritten === order.rowsKept + entries + COUNTS,
      },
      {
        name: 'Orders kept under load',
        figure: `${kept / order.rowsKept} of ${keys}`,
        bound: 'every one',
        ok: kept === keys * order.rowsKept,
      },
      {
        name: 'Orders beside a bare batch of the same rows',
        figure: `${ratio.toFixed(2)} × (${Math.round(rateOf('app'))}/s, workerd ${(busy * 100).toFixed(0)} % busy)`,
        floor: `${Math.round(rateOf('bare'))}/s`,
        bound: '0.90 ×',
        ok: ratio >= 0.9,
      },
      {
        name: 'Processor time of an order beyond its batch',
        figure: written(beyond, 2, 'ms'),
        floor: `${written(processorOf('bare'), 2, 'ms')} for the batch, D1 and all`,
        bound: '1 ms',
        ...(!Number.isNaN(beyond) && { ok: beyond <= 1 }),
      },
    ]
  } finally {
    await runtime.stop()
  }
}

type Crossings = { roundTrips: number; rowsWritten: number; rowsKept: number; letters: number; written: Written[] }

/** Places an order through the app on a real D1 and counts what crosses; the app runs here, so that nothing of its own need know. */
async function crossingsOfOrder(db: D1Database, variables: Record<string, string>): Promise<Crossings> {
  const app = buildApp(Date.now)
  let roundTrips = 0
  let rowsWritten = 0
  let batch: Written[] = []
  const inner = new WeakMap<object, { statement: D1PreparedStatement; written: Written }>()
  const wrapped = (statement: D1PreparedStatement, written: Written): D1PreparedStatement => {
    const shell = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => wrapped(target.bind(...values), { ...written, values })
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...values: unknown[]) => {
          roundTrips += 1
          return member.apply(target, values)
        }
      },
    })
    inner.set(shell, { statement, written })
    return shell
  }
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => wrapped(target.prepare(sql), { sql, values: [] })
      if (name === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          roundTrips += 1
          const parts = statements.map((one) => inner.get(one) ?? { statement: one, written: { sql: '', values: [] } })
          const results = await target.batch(parts.map(({ statement }) => statement))
          for (const { meta } of results) rowsWritten += meta.rows_written
          batch = parts.map(({ written }) => written)
          return results
        }
      return Reflect.get(target, name)
    },
  })
  const place = async (key: string): Promise<void> => {
    const response = await app.request(
      path,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(EXAMPLE_ORDER),
      },
      { ...variables, DB: counted },
    )
    if (response.status !== 201) throw new Error(`An order is answered ${response.status}: ${await response.text()}`)
  }
  await place('warms-it-up')
  const before = await rowsIn(db)
  roundTrips = 0
  rowsWritten = 0
  const lettersBefore = await rowsIn(db, ['letter'])
  roundTrips = 0
  await place('is-counted')
  const letters = (await rowsIn(db, ['letter'])) - lettersBefore
  return { roundTrips, rowsWritten, rowsKept: (await rowsIn(db)) - before, letters, written: batch }
}

async function rowsIn(db: D1Database, among = tables): Promise<number> {
  const counts = among.map((table) => db.prepare(`SELECT count(*) AS count FROM "${table}"`))
  const results = await db.batch<{ count: number }>(counts)
  return results.reduce((sum, { results: [row] }) => sum + (row?.count ?? 0), 0)
}

/** A worker that keeps the same rows, with names of their own each time, and neither reads nor decides anything. */
function bareBatch(written: readonly Written[]): string {
  const names = written.find(({ sql }) => sql.includes('INTO order_key'))?.values.slice(1, 3) ?? []
  const rows = written.map(({ sql, values }) => {
    // The letters come as one list in JSON, with their names inside.
    const named = values.flatMap((value, index) => (names.includes(value) ? [index] : []))
    return { sql, values, named }
  })
  return `const rows = ${JSON.stringify(rows)}
let count = 0
export default { async fetch(_request, { DB }) {
  count += 1
  await DB.batch(rows.map(({ sql, values, named }) => {
    const bound = values.map((value) => typeof value === 'string' && value.startsWith('[{') ? value.replace(/"id":"[^"]+/g, '$&-' + count) : value)
    for (const index of named) bound[index] = values[index] + '-' + count
    return DB.prepare(sql).bind(...bound)
  }))
  return new Response('ok')
} }`
}
