import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { statementsFor } from '../../worker/catalogues/load.ts'
import { migrate, migrationFiles } from '../database.ts'
import { childrenNamed } from './load.ts'
import { shippedCatalogues } from './memory-database.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A worker to run: its script, its variables and whether it has a database, filled as after `npm start`. */
export type Wanted = { script: string; variables?: Record<string, string>; database?: boolean }

/** Workers in one workerd, each with a door of its own: no proxy stands between it and who asks. */
export type Runtime<Name extends string> = {
  port: Record<Name, number>
  pid: number | undefined
  database: (name: Name) => Promise<D1Database>
  stop: () => Promise<void>
}

/** Starts workers side by side on workerd, on loopback. */
export async function startWorkers<Name extends string>(workers: Record<Name, Wanted>): Promise<Runtime<Name>> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = 'false'
  const settings = await readFile(join(root, 'wrangler.toml'), 'utf8')
  const compatibilityDate = /^compatibility_date = "([^"]+)"/m.exec(settings)?.[1] ?? ''
  const names = Object.keys(workers) as Name[]
  const before = await childrenNamed('workerd')
  const flare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      handleStructuredLogs: () => {},
      workers: names.map((name) => {
        const { script, variables = {}, database = false } = workers[name]
        return {
          name,
          modules: [{ type: 'ESModule' as const, path: `${name}.mjs`, contents: script }],
          compatibilityDate,
          compatibilityFlags: ['nodejs_compat'],
          bindings: variables,
          ...(database && { d1Databases: { DB: name } }),
          unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
        }
      }),
    }),
  )
  const stop = () => flare.dispose()
  try {
    await flare.ready
    const port = {} as Record<Name, number>
    for (const name of names) port[name] = Number((await flare.unsafeGetDirectURL(name)).port)
    const database = async (name: Name): Promise<D1Database> =>
      (await flare.getD1Database('DB', name)) as unknown as D1Database
    for (const name of names) if (workers[name].database) await fill(await database(name))
    const [pid] = [...(await childrenNamed('workerd'))].filter((one) => !before.has(one))
    return { port, pid, database, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function fill(db: D1Database): Promise<void> {
  for (const file of await migrationFiles()) await migrate(db, file)
  const catalogues = (await shippedCatalogues()).sort((a, b) => (a.opensOn < b.opensOn ? -1 : 1))
  await db.batch(statementsFor(catalogues, false).map((statement) => db.prepare(statement)))
}

let bundling: Promise<string> | undefined

/** The worker's script, bundled as a deploy does. */
export function bundledWorker(): Promise<string> {
  bundling ??= bundleWorker()
  return bundling
}

async function bundleWorker(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'outreach-kit-bench-'))
  try {
    const nothing = join(folder, 'nothing')
    await mkdir(nothing)
    const wrangler = join(root, 'node_modules/wrangler/wrangler-dist/cli.js')
    const child = spawn(
      process.execPath,
      [wrangler, 'deploy', '--dry-run', '--outdir', join(folder, 'worker'), '--assets', nothing],
      {
        cwd: root,
        env: {
          ...process.env,
          WRANGLER_SEND_METRICS: 'false',
          WRANGLER_SEND_ERROR_REPORTS: 'false',
          WRANGLER_HIDE_BANNER: 'true',
          WRANGLER_LOG_PATH: join(root, 'dist/logs'),
          NO_COLOR: '1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 60_000,
      },
    )
    let printed = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => {
        printed += part.toString()
      })
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    if (code !== 0) throw new Error(`The worker was not bundled:\n${printed}`)
    return await readFile(join(folder, 'worker/index.js'), 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
