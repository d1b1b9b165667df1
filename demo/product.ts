import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BuiltFile, build } from '../components/build.ts'
import { startDemo } from './server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const wrangler = join(root, 'node_modules/wrangler/wrangler-dist/cli.js')
const database = 'outreach-kit'

const quiet = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_LOG_SANITIZE: 'true',
  // Nothing of ours in the home folder.
  WRANGLER_LOG_PATH: join(root, 'dist/logs'),
  WRANGLER_REGISTRY_PATH: join(root, 'dist/registry'),
  NO_COLOR: '1',
  FORCE_COLOR: '0',
}

/** Where the product is to run and what day it plays on; `say` hears what is going on. */
export type ProductSettings = {
  port: number
  demoPort: number
  dataDir: string
  today: string
  /** Where the built site and worker go; `dist/` unless several run at once. */
  buildDir?: string
  say?: (line: string) => void
}

/** The running product: portal and API at `origin`, the demonstration school at `demoOrigin`. */
export type Product = {
  origin: string
  demoOrigin: string
  dataDir: string
  files: BuiltFile[]
  /** Runs the worker's schedule once. */
  tick: () => Promise<void>
  /** Kills workerd as a power cut would, without a word. For tests of what survives. */
  kill: () => void
  /** Starts the worker again after a kill, on the same database and address. */
  restart: () => Promise<void>
  /** Ends every process that was started. */
  stop: () => Promise<void>
  /** Resolves, with a sentence, when the worker ends by itself. */
  ended: Promise<string>
}

/** Something that a reader can mend: its message says what to do. */
export class StartError extends Error {}

/** Builds, migrates, loads the demonstration catalogues and serves, until `stop` is called. */
export async function startProduct(settings: ProductSettings): Promise<Product> {
  const { port, demoPort, dataDir, today, say = () => {} } = settings
  const buildDir = settings.buildDir ?? join(root, 'dist')
  const site = join(buildDir, 'site')
  const origin = `http://localhost:${port}`
  const demoOrigin = `http://localhost:${demoPort}`
  await mustBeFree(port, 'PORT')
  await mustBeFree(demoPort, 'DEMO_PORT')
  await mkdir(dataDir, { recursive: true })

  const [files] = await Promise.all([build(site), bundleWorker(buildDir), fillDatabase(dataDir)])
  if (abandoned) throw new StartError('It was given up.')
  const demo = await startDemo({ port: demoPort, api: origin, today })
  let stopping = false
  /** Down on purpose: a test has killed it, or it is being started again. */
  let down = false
  let hasEnded = (_line: string): void => {}
  const ended = new Promise<string>((resolve) => {
    hasEnded = resolve
  })
  const keys = await keysIn(dataDir)
  const serve = (): Served => {
    const served = serveWorker({ buildDir, site, port, dataDir, today, demoOrigin, keys, say })
    void served.ended.then((line) => {
      if (stopping) hasEnded('stopped')
      else if (!down) hasEnded(line)
    })
    return served
  }
  let worker = serve()
  const tick = async (): Promise<void> => {
    await fetch(`${origin}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`, { signal: AbortSignal.timeout(30_000) })
      .then((response) => response.arrayBuffer())
      .catch(() => undefined)
  }
  let running = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let watch: NodeJS.Timeout | undefined
  const again = (): void => {
    timer = setTimeout(() => {
      running = tick().then(() => {
        if (!stopping) again()
      })
    }, 3_000)
  }
  const stop = async (): Promise<void> => {
    stopping = true
    clearTimeout(timer)
    clearTimeout(watch)
    await Promise.all([demo.stop(), worker.stop()])
    await running
  }
  try {
    await healthy(origin, worker)
  } catch (error) {
    await stop()
    throw error
  }
  again()
  const restart = async (): Promise<void> => {
    down = true
    await worker.stop()
    if (stopping) return
    worker = serve()
    await healthy(origin, worker)
    down = false
  }
  // wrangler starts its inner workerd again when that dies, but not the outer one, and then answers nobody without ending.
  let unanswered = 0
  const look = async (): Promise<void> => {
    const answer = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
    await answer?.arrayBuffer().catch(() => undefined)
    unanswered = answer || down || stopping ? 0 : unanswered + 1
    if (unanswered >= 3 && worker.isAlive()) {
      say('The worker stopped answering and is started again.')
      unanswered = 0
      await restart().catch((error: Error) => hasEnded(error.message))
    }
    if (!stopping) watch = setTimeout(look, 1_000)
  }
  watch = setTimeout(look, 1_000)
  const kill = (): void => {
    down = true
    worker.kill()
  }
  return { origin, demoOrigin, dataDir, files, tick, kill, restart, stop, ended }
}

/** A free port on loopback. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (typeof address === 'object' && address) resolve(address.port)
        else reject(new StartError('No free port was found on this machine.'))
      })
    })
  })
}

function mustBeFree(port: number, variable: string): Promise<void> {
  const tried = (host: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const probe = createServer()
      probe.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE')
          reject(
            new StartError(
              `Port ${port} is taken by another program. Stop that program, or choose another port: ${variable}=${port + 10} npm start`,
            ),
          )
        else if (error.code === 'EACCES')
          reject(
            new StartError(
              `Port ${port} needs more rights than you have. Choose one above 1023: ${variable}=8790 npm start`,
            ),
          )
        else resolve()
      })
      probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve()))
    })
  return Promise.all([tried('127.0.0.1'), tried('::1')]).then(() => undefined)
}

const children = new Set<ChildProcess>()
let abandoned = false

/** Ends whatever is under way, at once: a start that is given up fails, and leaves no process behind. */
export function abandon(): void {
  abandoned = true
  for (const child of children) signal(child, 'SIGKILL')
}

/** Runs a command of ours to its end; what it printed becomes the error's message if it fails. */
function run(file: string, args: string[], what: string): Promise<void> {
  if (abandoned) return Promise.reject(new StartError('It was given up.'))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...args], {
      cwd: root,
      env: { ...process.env, ...quiet },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    children.add(child)
    let printed = ''
    const hear = (part: Buffer): void => {
      printed += part.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => reject(new StartError(`${what} did not start: ${error.message}`)))
    child.on('close', (code) => {
      children.delete(child)
      if (code === 0) resolve()
      else reject(new StartError(`${what} failed. This is what it said:\n${printed.trim()}`))
    })
  })
}

async function bundleWorker(buildDir: string): Promise<void> {
  // The site is being built at the same time, and a bundle does not need to see it.
  const nothing = join(buildDir, 'nothing')
  await mkdir(nothing, { recursive: true })
  const args = ['deploy', '--dry-run', '--outdir', join(buildDir, 'worker'), '--assets', nothing]
  await run(wrangler, args, 'Bundling the worker')
}

async function fillDatabase(dataDir: string): Promise<void> {
  const where = ['--local', '--persist-to', dataDir]
  await run(wrangler, ['d1', 'migrations', 'apply', database, ...where], 'Migrating the database')
  await run(
    join(root, 'demo/fill.ts'),
    [`--persist-to=${dataDir}`],
    'Loading the catalogues and the demonstration’s people',
  )
}

/** What referrals are sealed with, as the worker takes it. */
type Keys = { MASTER_KEYS: string; INDEX_KEY: string }

/** The keys of a local database, beside it: made once, since without them its referrals could not be opened again. */
async function keysIn(dataDir: string): Promise<Keys> {
  const file = join(dataDir, 'keys.json')
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    const key = () => randomBytes(32).toString('base64')
    const keys = { MASTER_KEYS: `1:${key()}`, INDEX_KEY: key() }
    await writeFile(file, JSON.stringify(keys), { mode: 0o600 })
    return keys
  }
}

type Served = { ended: Promise<string>; stop: () => Promise<void>; kill: () => void; isAlive: () => boolean }

function serveWorker(given: {
  buildDir: string
  site: string
  port: number
  dataDir: string
  today: string
  demoOrigin: string
  keys: Keys
  say: (line: string) => void
}): Served {
  const variables = { ENVIRONMENT: 'development', TODAY: given.today, DEMO_ORIGIN: given.demoOrigin, ...given.keys }
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      wrangler,
      'dev',
      relative(root, join(given.buildDir, 'worker/index.js')),
      '--no-bundle',
      '--config=wrangler.toml',
      `--port=${given.port}`,
      '--ip=localhost',
      '--inspector-port=0',
      `--persist-to=${given.dataDir}`,
      `--assets=${given.site}`,
      '--test-scheduled',
      '--show-interactive-dev-session=false',
      ...Object.entries(variables).map(([name, value]) => `--var=${name}:${value}`),
    ],
    // A group of its own, so that the inner workerd can be ended with it.
    { cwd: root, env: { ...process.env, ...quiet }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  )
  children.add(child)
  let alive = true
  let printed = ''
  const hear = (part: Buffer): void => {
    printed = (printed + part.toString()).slice(-20_000)
    for (const line of part.toString().split('\n')) if (isWorthSaying(line)) given.say(line)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => {
      alive = false
      resolve()
    })
    child.on('error', () => {
      alive = false
      resolve()
    })
  })
  return {
    ended: gone.then(() => `The worker ended by itself. This is the last that it said:\n${printed.trim()}`),
    isAlive: () => alive,
    kill: () => signal(child, 'SIGKILL'),
    stop: async () => {
      if (alive) child.kill('SIGINT')
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 4_000).unref())])
      signal(child, 'SIGKILL')
      children.delete(child)
    },
  }
}

/** Signals the child's whole process group; one that has gone already is no error. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, name)
  } catch {
    child.kill(name)
  }
}

function isWorthSaying(line: string): boolean {
  return (
    line.trim() !== '' &&
    !/\[wrangler:(info|inf)\]|Starting local server|Shutting down|Using vars|Logs were written|\bbinding\b.*\bresource\b|^env\.|Your Worker has access|--no-bundle/i.test(
      line,
    )
  )
}

async function healthy(origin: string, worker: Served): Promise<void> {
  const until = Date.now() + 60_000
  let last = 'it did not answer'
  while (Date.now() < until) {
    if (!worker.isAlive()) throw new StartError(await worker.ended)
    try {
      const response = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(5_000) })
      last = `it answered ${response.status}: ${(await response.text()).slice(0, 500)}`
      if (response.ok) return
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  throw new StartError(`The product did not come up within a minute: ${last}`)
}
