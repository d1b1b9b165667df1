import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getPlatformProxy, unstable_splitSqlQuery as statementsOf } from 'wrangler'

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
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  process.env.WRANGLER_SEND_METRICS = 'false'
  process.env.WRANGLER_LOG = 'error'
  const folder = await mkdtemp(join(tmpdir(), 'outreach-kit-d1-'))
  const config = join(folder, 'wrangler.json')
  await writeFile(
    config,
    JSON.stringify({
      name: 'outreach-kit-test',
      compatibility_date: '2026-10-20',
      d1_databases: [{ binding: 'DB', database_name: 'outreach-kit', database_id: 'test' }],
    }),
  )
  const proxy = await getPlatformProxy<{ DB: D1Database }>({
    configPath: config,
    envFiles: [],
    persist: { path: join(folder, 'data') },
  })
  const db = proxy.env.DB
  for (const file of await migrationFiles()) if (!upTo || file <= upTo) await migrate(db, file)
  return {
    db,
    stop: async () => {
      await proxy.dispose()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
