import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const wrangler = join(root, 'node_modules/wrangler/wrangler-dist/cli.js')

/** A sentence for the person at the keyboard. */
export class CommandError extends Error {}

/** Which database a command is about. */
export interface Where {
  local?: boolean | undefined
  remote?: boolean | undefined
  'persist-to'?: string | undefined
}

/** The options of `wrangler` that name the database; exactly one of local and remote has to be chosen. */
export function optionsOf({ local, remote, 'persist-to': persistTo }: Where): string[] {
  if (local === remote) throw new CommandError('Say which database: --local or --remote.')
  return [remote ? '--remote' : '--local', ...(local && persistTo !== undefined ? [`--persist-to=${persistTo}`] : [])]
}

/** A text as SQL writes it. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** How long a command line may be, with room to spare: D1 takes 100 KB of SQL, and Linux 128 KiB in an argument. */
const MOST_OF_A_COMMAND = 60_000

/**
 * Runs statements that each stand for themselves, some at a time, while the database goes on answering others: a file of statements would make a remote one
 * unavailable while it is taken in.
 */
export async function executeBeside(statements: readonly string[], where: Where): Promise<void> {
  const run = (some: readonly string[]) => d1([...optionsOf(where), '--json', `--command=${some.join('\n')}`])
  let some: string[] = []
  let length = 0
  for (const statement of statements) {
    if (some.length > 0 && length + statement.length > MOST_OF_A_COMMAND) {
      await run(some)
      some = []
      length = 0
    }
    some.push(statement)
    length += statement.length + 1
  }
  if (some.length > 0) await run(some)
}

/** Runs statements, all of them or none. A remote database answers nobody else meanwhile. */
export async function execute(statements: readonly string[], where: Where): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'outreach-kit-d1-'))
  try {
    const file = join(place, 'statements.sql')
    await writeFile(file, `${statements.join('\n')}\n`)
    await d1([...optionsOf(where), `--file=${file}`])
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

/** The rows that a statement reads. */
export async function query(statement: string, where: Where): Promise<Record<string, unknown>[]> {
  const [rows] = await queries([statement], where)
  return rows ?? []
}

/** The rows that each of some statements reads, in one call: they are short enough for a command line together. */
export async function queries(statements: readonly string[], where: Where): Promise<Record<string, unknown>[][]> {
  const printed = await d1([...optionsOf(where), '--json', `--command=${statements.join(';\n')}`])
  const answers: unknown = JSON.parse(printed)
  const rows = (Array.isArray(answers) ? answers : [answers]).map((answer: unknown) =>
    typeof answer === 'object' && answer !== null && 'results' in answer && Array.isArray(answer.results)
      ? answer.results
      : undefined,
  )
  if (rows.length !== statements.length || rows.includes(undefined))
    throw new CommandError(`The database answered something else than rows:\n${printed.trim()}`)
  return rows.flatMap((one) => (one === undefined ? [] : [one]))
}

async function d1(options: readonly string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', wrangler, 'd1', 'execute', 'outreach-kit', '--yes', ...options],
    {
      cwd: root,
      env: {
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_SEND_ERROR_REPORTS: 'false',
        WRANGLER_HIDE_BANNER: 'true',
        ...process.env,
      },
      stdio: ['inherit', 'pipe', 'pipe'],
    },
  )
  let said = ''
  let troubles = ''
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString()
  })
  child.stderr.on('data', (part: Buffer) => {
    troubles += part.toString()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new CommandError(`The database did not take it. wrangler said:\n${`${said}${troubles}`.trim()}`)
  return said
}
