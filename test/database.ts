import { Buffer } from 'node:buffer'
import { readdir, readFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_splitSqlQuery as statementsOf } from 'wrangler'

const root = fileURLToPath(new URL('..', import.meta.url))
const migrations = join(root, 'worker/migrations')

/** A local D1, real SQLite in real workerd, with the real migrations and nothing else in it. */
export type TestDatabase = { db: D1Database; stop: () => Promise<void> }

/** The migrations' file names, in the order in which they apply. */
export async function migrationFiles(): Promise<string[]> {
  return (await readdir(migrations)).filter((file) => file.endsWith('.sql')).sort()
}

/** Applies one migration as `wrangler d1 migrations apply` does: all of it or nothing. */
export async function migrate(db: D1Database, file: string): Promise<void> {
  const statements = statementsOf(await readFile(join(migrations, file), 'utf8'))
  if (statements.length > 0) await db.batch(statements.map((statement) => db.prepare(statement)))
}

/** Opens a database for one test file; stop it in `after`. `upTo` leaves the migrations out that come later. */
export async function openDatabase({ upTo }: { upTo?: string } = {}): Promise<TestDatabase> {
  const { db, stop } = await localDatabase()
  for (const file of await migrationFiles()) if (!upTo || file <= upTo) await migrate(db, file)
  return { db, stop }
}

/**
 * A local D1 as it lies in a folder, or in none that outlives it; `id` is what wrangler.toml calls it. Wrangler’s own runtime, asked without the servers that
 * wrangler puts before it: each call takes less than half the time.
 */
export async function localDatabase({
  folder,
  id = 'test',
}: {
  folder?: string
  id?: string
} = {}): Promise<TestDatabase> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const flare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => {},
      modules: [
        {
          type: 'ESModule' as const,
          path: 'd1.mjs',
          contents: await readFile(join(root, 'test/d1.worker.mjs'), 'utf8'),
        },
      ],
      compatibilityDate: '2026-10-20',
      d1Databases: { DB: id },
      ...(folder === undefined ? {} : { resourcePersistencePath: folder }),
    }),
  )
  return { db: remoteDatabase(await flare.ready), stop: () => flare.dispose() }
}

type Statement = { sql: string; values: unknown[] }

/**
 * A D1 whose calls are carried to workerd in one request each. Wrangler's own proxy blocks the process while it
 * waits, so that two hundred requests at once would queue in the test and never meet in the database.
 */
function remoteDatabase(url: URL): D1Database {
  // A suite makes tens of thousands of calls: `fetch` costs the process three times what this does.
  const agent = new Agent({ keepAlive: true })
  const post = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = { 'Content-Length': Buffer.byteLength(body) }
      const sent = request(url, { method: 'POST', agent, headers }, (reply) => {
        let text = ''
        reply.setEncoding('utf8')
        reply.on('data', (part: string) => {
          text += part
        })
        reply.on('end', () => resolve(text))
        reply.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const call = async <Result>(body: {
    method: string
    statements?: Statement[]
    argument?: unknown
  }): Promise<Result> => {
    const answer: { result: Result } | { error: string; cause?: string } = JSON.parse(await post(JSON.stringify(body)))
    if ('error' in answer) throw new Error(answer.error, answer.cause ? { cause: new Error(answer.cause) } : {})
    return answer.result
  }
  const texts = new WeakMap<D1PreparedStatement, Statement>()
  const statement = (sql: string, values: unknown[]): D1PreparedStatement => {
    const statements = [{ sql, values }]
    const made: D1PreparedStatement = {
      bind: (...bound: unknown[]) => statement(sql, bound.map(bindable)),
      first: (column?: string) => call({ method: 'first', statements, argument: column }),
      run: () => call({ method: 'run', statements }),
      all: () => call({ method: 'all', statements }),
      raw: (options?: unknown) => call<never>({ method: 'raw', statements, argument: options }),
    }
    texts.set(made, { sql, values })
    return made
  }
  const database = {
    prepare: (sql: string) => statement(sql, []),
    batch: (statements: D1PreparedStatement[]) =>
      call<never>({
        method: 'batch',
        statements: statements.map((one) => {
          const text = texts.get(one)
          if (!text) throw new TypeError('A batch takes statements that this database has prepared')
          return text
        }),
      }),
    exec: (sql: string) => call<D1ExecResult>({ method: 'exec', argument: sql }),
    withSession: () => ({ ...database, getBookmark: () => null }),
    dump: () => Promise.reject(new Error('D1 no longer dumps')),
  }
  return database
}

/** D1 refuses `undefined`, which JSON would quietly turn into NULL. */
function bindable(value: unknown): unknown {
  if (value === undefined) throw new Error("D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'")
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
    return Array.from(value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer))
  if (typeof value === 'boolean') return Number(value)
  return value
}
