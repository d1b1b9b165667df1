import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { buildApp } from '../../worker/app.ts'
import { statementsFor } from '../../worker/catalogues/load.ts'
import type { Bindings } from '../../worker/environment.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { openDatabase } from '../database.ts'

const providers = fileURLToPath(new URL('../../catalogue/providers/', import.meta.url))

/** The catalogue files that ship. */
export async function shippedCatalogues(): Promise<Catalogue[]> {
  const files = (await readdir(providers)).filter((file) => file.endsWith('.json')).sort()
  const catalogues: Catalogue[] = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(`${providers}${file}`, 'utf8'))),
  )
  return catalogues.sort((a, b) => (a.opensOn < b.opensOn ? -1 : 1))
}

/** A reply as a test reads it: the status, the headers, and the body as JSON where it is some. */
export interface Heard {
  status: number
  headers: Headers
  text: string
  body: {
    [member: string]: unknown
    errors?: { pointer: string; code: string; opensOn?: string; closedOn?: string }[]
    quote?: { totalPence: number; version: number }
  }
}

/** Counts of what crossed to D1. */
export interface Crossings {
  roundTrips: number
  rowsWritten: number
}

/** A worker in this process on a real local D1 with the shipped catalogues. */
export interface World {
  db: D1Database
  env: Bindings
  crossings: Crossings
  /** The work behind the replies that is still going on. */
  behind: Set<Promise<unknown>>
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Heard>
  order: (body?: unknown, options?: { key?: string; provider?: string; today?: string }) => Promise<Heard>
  /** Sends a request as it is. */
  send: (request: Request) => Promise<Heard>
  /** Rows of a table. */
  count: (table: string) => Promise<number>
  /** The real clock's time, which a test may move on. */
  clock: { now: number }
  stop: () => Promise<void>
}

/** Wraps a D1 so that a test sees how often it is asked. */
export function counting(db: D1Database, crossings: Crossings): D1Database {
  const note = <Result extends { meta?: { rows_written?: number } }>(result: Result): Result => {
    crossings.rowsWritten += result.meta?.rows_written ?? 0
    return result
  }
  const crossing = <Result>(ask: () => Promise<Result>): Promise<Result> => {
    crossings.roundTrips += 1
    return ask()
  }
  const prepared = new Map<string, D1PreparedStatement>()
  const inner = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const wrapped = (statement: D1PreparedStatement): D1PreparedStatement => {
    const shell = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => wrapped(target.bind(...values))
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...values: unknown[]) => {
          const result = await crossing(() => member.apply(target, values))
          return typeof result === 'object' && result ? note(result) : result
        }
      },
    })
    inner.set(shell, statement)
    return shell
  }
  return new Proxy(db, {
    get(target, name) {
      // Each call into workerd from here costs milliseconds, so a statement is prepared once.
      if (name === 'prepare')
        return (sql: string) => {
          const known = prepared.get(sql) ?? wrapped(target.prepare(sql))
          prepared.set(sql, known)
          return known
        }
      if (name === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          const results = await crossing(() =>
            target.batch(statements.map((statement) => inner.get(statement) ?? statement)),
          )
          for (const result of results) note(result)
          return results
        }
      return Reflect.get(target, name)
    },
  })
}

/** Waits until the work behind the replies is done, also where it pauses between two tries. */
export async function settled({ behind }: World): Promise<void> {
  while (behind.size > 0) await Promise.all(behind)
}

/** What the worker wrote to its log in this process. */
export const logged: string[] = []
for (const level of ['log', 'error'] as const) {
  const write = console[level].bind(console)
  console[level] = (...parts: unknown[]) => {
    const [line] = parts
    if (typeof line === 'string' && line.startsWith('{')) logged.push(line)
    else write(...parts)
  }
}

/** Opens a world; stop it in `after`. */
export async function openWorld(settings: Partial<Bindings> = {}): Promise<World> {
  const { db, stop } = await openDatabase()
  await db.batch(statementsFor(await shippedCatalogues(), false).map((statement) => db.prepare(statement)))
  return worldOn(db, settings, stop)
}

/** A world on a database that is there already. */
export function worldOn(db: D1Database, settings: Partial<Bindings> = {}, stop = async () => {}): World {
  const crossings: Crossings = { roundTrips: 0, rowsWritten: 0 }
  const behind: World['behind'] = new Set()
  const waitUntil = (work: Promise<unknown>) => {
    const noted = work.finally(() => behind.delete(noted))
    behind.add(noted)
  }
  const clock = { now: Date.parse('2026-11-02T09:00:00Z') }
  const env: Bindings = {
    DB: counting(db, crossings),
    ENVIRONMENT: 'development',
    TODAY: '2024-09-10',
    MASTER_KEYS: `1:${'A'.repeat(43)}=`,
    INDEX_KEY: `${'B'.repeat(42)}A=`,
    ...settings,
  }
  const app = buildApp(() => clock.now)
  const send = async (request: Request): Promise<Heard> => {
    const reply = await app.fetch(request, env, { waitUntil, passThroughOnException: () => {}, props: {} })
    const text = await reply.text()
    const isJson = /json/.test(reply.headers.get('Content-Type') ?? '') && text !== ''
    return { status: reply.status, headers: reply.headers, text, body: isJson ? JSON.parse(text) : {} }
  }
  const ask: World['ask'] = (method, path, body, headers = {}) =>
    send(
      new Request(`http://localhost${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
  let keys = 0
  return {
    db,
    env,
    crossings,
    behind,
    clock,
    send,
    ask,
    order: (body = EXAMPLE_ORDER, { key, provider = 'stepping-stones', today } = {}) => {
      keys += 1
      return ask('POST', `/api/providers/${provider}/orders`, body, {
        'Idempotency-Key': key ?? `key-${keys}-${Math.random()}`,
        ...(today === undefined ? {} : { 'X-Today': today }),
      })
    },
    count: async (table) => {
      const row = await db.prepare(`SELECT count(*) AS count FROM "${table}"`).first<{ count: number }>()
      return row?.count ?? 0
    },
    stop,
  }
}

/** The pointers and codes of a problem, `/items/0/offer by-referral`. */
export function faultsIn({ body }: Heard): string[] {
  return (body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)
}
