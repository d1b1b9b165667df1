import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installBrowser } from './browser.ts'
import { startOwnProduct } from './product.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const wanted = process.argv.slice(2)

type Tally = { passed: number; failed: number }
type Section = {
  name: string
  heading: string
  /** Test files; a section without is a single check. */
  files?: string
  /** At most so many seconds, then it is ended and counts as failed. */
  seconds: number
  run: (files: string[]) => Promise<Tally>
}

const total = { passed: 0, failed: 0, finished: false }
const failures: string[] = []
const running = new Set<ChildProcess>()

/** Runs a tool in a process group of its own, shows what it prints and hands it back with the exit code. */
function tool(
  args: string[],
  seconds: number,
  environment: Record<string, string> = {},
): Promise<{ printed: string; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    running.add(child)
    let printed = ''
    const hear = (part: Buffer): void => {
      printed += part.toString()
      process.stdout.write(part)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const timer = setTimeout(() => {
      console.log(`This took longer than ${seconds} s and was ended.`)
      endGroup(child)
    }, seconds * 1000)
    const finish = (code: number | null): void => {
      clearTimeout(timer)
      running.delete(child)
      endGroup(child)
      resolve({ printed, code })
    }
    child.on('error', (error) => {
      console.log(error.message)
      finish(1)
    })
    child.on('exit', (code) => setTimeout(() => finish(code), 50))
  })
}

/** Ends what a tool left behind, an inner workerd or browser among it; gently first, so that it can end its own. */
function endGroup(child: ChildProcess): void {
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, name)
    } catch {
      // All of it has gone already.
    }
  }
  signal('SIGTERM')
  setTimeout(() => signal('SIGKILL'), 1_500)
}

async function check(args: string[], seconds: number): Promise<Tally> {
  const { code } = await tool(args, seconds)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function nodeTests(
  files: string[],
  seconds: number,
  environment: Record<string, string> = {},
  options: string[] = [],
): Promise<Tally> {
  const { printed, code } = await tool(
    ['--test', '--test-reporter=spec', '--test-timeout=120000', ...options, ...files],
    seconds,
    environment,
  )
  const count = (word: string): number =>
    Number([...printed.matchAll(new RegExp(`^ℹ ${word} (\\d+)`, 'gm'))].at(-1)?.[1] ?? 0)
  return redWhenItSaysSo({ passed: count('pass'), failed: count('fail') + count('cancelled') }, code)
}

/** A runner that ended badly without a failed test, or that ran nothing, counts as one failed. */
function redWhenItSaysSo(tally: Tally, code: number | null): Tally {
  const silent = tally.failed === 0 && (code !== 0 || tally.passed === 0)
  return silent ? { ...tally, failed: 1 } : tally
}

const sections: Section[] = [
  {
    name: 'types',
    heading: 'Types',
    seconds: 120,
    run: () => check([join(root, 'node_modules/typescript/bin/tsc'), '-b', '--pretty', 'false'], 120),
  },
  {
    name: 'lint',
    heading: 'Lint and format',
    seconds: 60,
    run: () => check([join(root, 'node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'], 60),
  },
  ...['UTC', 'Europe/London', 'Pacific/Auckland'].map(
    (zone): Section => ({
      name: 'catalogue',
      heading: `Catalogue: schema, rules and wire (${zone})`,
      files: 'test/catalogue/**/*.test.ts',
      seconds: 120,
      run: (files) => nodeTests(files, 120, { TZ: zone }, ['--test-concurrency=2']),
    }),
  ),
  {
    name: 'house',
    heading: 'House',
    files: 'test/{*,demo/**/*}.test.ts',
    seconds: 60,
    run: (files) => nodeTests(files, 60, {}, ['--test-concurrency=2']),
  },
  {
    name: 'worker',
    heading: 'Worker on a local D1',
    files: 'test/worker/**/*.test.ts',
    seconds: 400,
    run: (files) => nodeTests(files, 400, {}, ['--test-concurrency=2']),
  },
  {
    name: 'components',
    heading: 'Widgets in Chromium',
    files: 'test/components/**/*.test.ts',
    seconds: 150,
    run: widgetTests,
  },
  {
    name: 'journeys',
    heading: 'Journeys through the whole product',
    files: 'test/journeys/**/*.test.ts',
    seconds: 480,
    run: journeys,
  },
]

async function widgetTests(files: string[]): Promise<Tally> {
  const { printed, code } = await tool(
    [
      join(root, 'node_modules/@web/test-runner/dist/bin.js'),
      '--config',
      'test/web-test-runner.config.mjs',
      ...files.flatMap((file) => ['--files', file]),
    ],
    150,
    { CHROME_PATH: installBrowser() },
  )
  const counts = /^tally: (\d+) passed, (\d+) failed$/m.exec(printed)
  return redWhenItSaysSo({ passed: Number(counts?.[1] ?? 0), failed: Number(counts?.[2] ?? 0) }, code)
}

async function journeys(files: string[]): Promise<Tally> {
  const environment = { CHROME_PATH: installBrowser() }
  const product = await startOwnProduct()
  try {
    const { origin, demoOrigin, dataDir } = product
    const shared = { ...environment, OUTREACH_PRODUCT: JSON.stringify({ origin, demoOrigin, dataDir }) }
    return await nodeTests(files, 480, shared, ['--test-concurrency=1'])
  } finally {
    await product.stop()
  }
}

/** The section's files that the arguments ask for; without arguments all, and `undefined` for none of it. */
async function chosen(section: Section): Promise<string[] | undefined> {
  const files = section.files ? (await Array.fromAsync(glob(section.files, { cwd: root }))).sort() : []
  if (wanted.length === 0 || wanted.includes(section.name)) return files
  const some = files.filter((file) => wanted.some((word) => file.replaceAll('\\', '/').includes(word)))
  return some.length > 0 ? some : undefined
}

function keepTally(): void {
  if (process.env.OUTREACH_TALLY) writeFileSync(process.env.OUTREACH_TALLY, JSON.stringify(total))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    for (const child of running) endGroup(child)
    setTimeout(() => process.exit(1), 1_600)
  })

keepTally()
let ran = 0
for (const section of sections) {
  const files = await chosen(section)
  if (!files) continue
  ran += 1
  console.log(`\n── ${section.heading} ${'─'.repeat(Math.max(0, 76 - section.heading.length))}`)
  const began = performance.now()
  const tally =
    section.files && files.length === 0
      ? { passed: 0, failed: 1 }
      : await section.run(files).catch((error): Tally => {
          console.log(error instanceof Error ? error.message : error)
          return { passed: 0, failed: 1 }
        })
  if (section.files && files.length === 0) console.log('There are no tests here.')
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const line = `${section.heading}: ${tally.passed} passed, ${tally.failed} failed, ${seconds} s`
  if (tally.failed > 0) failures.push(line)
  console.log(`\n${line}`)
  total.passed += tally.passed
  total.failed += tally.failed
  keepTally()
}
if (ran === 0) {
  console.log(
    `Nothing here is called “${wanted.join(' ')}”. Sections: ${[...new Set(sections.map(({ name }) => name))].join(', ')}.`,
  )
  total.failed += 1
}
total.finished = true
keepTally()
if (failures.length > 0) console.log(`\nFailed:\n  ${failures.join('\n  ')}`)
console.log()
process.exit(total.failed > 0 ? 1 : 0)
