/** `npm run erasure:ledger -- --local` or `--remote`: prints what was erased and stopped, a line each; `npm run erasure:replay -- FILE` does both again in a restored copy. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isDay } from '../../catalogue/rules/dates.ts'
import { CommandError, execute, optionsOf, queries, query, type Where } from '../commands/d1.ts'
import {
  goingOnQuery,
  ledgerQuery,
  presentQuery,
  replayStatements,
  type Stop,
  stoppedQuery,
  stopStatements,
} from './ledger.store.ts'
import type { Erasure } from './store.ts'

const USAGE = `What was erased and what was stopped, and doing both again in a copy that was restored: a copy of the database brings erased pupils back, and
referrals whose consent was withdrawn since.

  npm run erasure:ledger -- --remote > ledger.jsonl        before you restore, and every night beside your copies
  npm run erasure:replay -- ledger.jsonl --remote          after you have restored

Each line names a referral by its id, and nobody. The worker’s log has the same lines: a file of log lines can be replayed too.
Replaying again changes nothing. SECURITY.md says how to restore while the worker is asked.

  --local, --remote     which database
  --persist-to FOLDER   where the local database is kept
`

/** How many lines are read in one turn, and how many are replayed or looked up; so many look-ups go into one call. */
const READ = 1_000
const PAGE = 100
const AT_ONCE = 8

/** What stands before and after the lines that are printed, so that a file that was cut off is told from a whole one. */
const BEGINS = 'begins'
const ENDS = 'ends'

async function print(where: Where): Promise<void> {
  console.log(JSON.stringify({ ledger: BEGINS }))
  let lines = 0
  const say = (line: Record<string, unknown>) => {
    console.log(JSON.stringify(line))
    lines += 1
  }
  const [erased = [], stopped = []] = await queries([ledgerQuery('', READ), stoppedQuery('', READ)], where)
  for await (const { referral, provider, at, why } of rowsFrom(erased, ledgerQuery, where))
    say({ erased: referral, provider, at, why })
  for await (const { referral, provider, on, why, until } of rowsFrom(stopped, stoppedQuery, where))
    say({ stopped: referral, provider, on, why, until })
  console.log(JSON.stringify({ ledger: ENDS, lines }))
}

/** All rows of a query that is asked page by page, from its first page on. */
async function* rowsFrom(
  first: Record<string, unknown>[],
  pageQuery: (after: string, most: number) => string,
  where: Where,
): AsyncGenerator<Record<string, unknown>> {
  for (let page = first; ; ) {
    yield* page
    const last = page.at(-1)
    if (!last || page.length < READ) return
    page = await query(pageQuery(String(last.referral), READ), where)
  }
}

/** The ledger’s lines in a file; what else a log holds is passed over. Throws where a line is torn, the file was cut off, or it holds no ledger. */
function linesIn(file: string): { erased: Erasure[]; stopped: Stop[] } {
  const erased = new Map<string, Erasure>()
  const stopped = new Map<string, Stop>()
  let begun = false
  let whole = false
  let lines = 0
  for (const [index, line] of file.split(/\r?\n/).entries()) {
    const read = lineIn(line, index + 1)
    if (!read) continue
    if (read.ledger === BEGINS) [begun, whole, lines] = [true, false, 0]
    if (read.ledger === ENDS) {
      if (!begun || read.lines !== lines) throw new CommandError(`Lines are missing before line ${index + 1}.`)
      whole = true
    }
    if (!('erased' in read) && !('stopped' in read)) continue
    lines += 1
    const one = eraseIn(read) ?? stopIn(read)
    if (!one) throw new CommandError(`Line ${index + 1} is no line of the ledger: ${line.slice(0, 200)}`)
    if ('at' in one) erased.set(one.referral, one)
    else stopped.set(one.referral, one)
  }
  if (begun && !whole) throw new CommandError('The file was cut off: the ledger’s last line is missing.')
  if (!begun && lines === 0) throw new CommandError('There is no line of the ledger in the file.')
  return {
    erased: [...erased.values()],
    stopped: [...stopped.values()].filter(({ referral }) => !erased.has(referral)),
  }
}

/** What a line says, where it is an object; throws for half of one. */
function lineIn(line: string, number: number): Record<string, unknown> | undefined {
  const text = line.trim()
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? { ...read } : undefined
  } catch {
    if (!text.startsWith('{') && !text.endsWith('}')) return undefined
    throw new CommandError(`Line ${number} is torn: ${text.slice(0, 200)}`)
  }
}

function eraseIn({ erased, provider, at, why }: Record<string, unknown>): Erasure | undefined {
  if (!isId(erased) || typeof provider !== 'string' || typeof at !== 'string') return undefined
  return why === 'retention' || why === 'asked' ? { referral: erased, provider, at, why } : undefined
}

function stopIn({ stopped, provider, on, why, until }: Record<string, unknown>): Stop | undefined {
  if (!isId(stopped) || typeof provider !== 'string' || typeof on !== 'string' || typeof until !== 'string')
    return undefined
  if (typeof why !== 'string' || !/^[a-z-]{1,40}$/.test(why) || !isDay(on) || !isDay(until)) return undefined
  return { referral: stopped, provider, on, why, until }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{16,64}$/.test(value)
}

async function replay(file: string, where: Where): Promise<string> {
  const { erased, stopped } = linesIn(
    await readFile(file, 'utf8').catch(() => {
      throw new CommandError(`“${file}” cannot be read.`)
    }),
  )
  const idsIn = (page: readonly { referral: string }[]) => page.map(({ referral }) => referral)
  const present = pagesOf(erased).map((page) => presentQuery(idsIn(page)))
  const goingOn = pagesOf(stopped).map((page) => goingOnQuery(idsIn(page)))
  const found: Record<string, unknown>[][] = []
  for (const some of pagesOf([...present, ...goingOn], AT_ONCE)) found.push(...(await queries(some, where)))
  const gone = found.slice(0, present.length).reduce((sum, [row]) => sum + Number(row?.present ?? 0), 0)
  const going = new Set(found.slice(present.length).flatMap((rows) => rows.map(({ id }) => id)))
  const again = stopped.filter(({ referral }) => going.has(referral))
  const ended = again.length
  for (const page of pagesOf([...erased.map(replayStatements), ...again.map(stopStatements)]))
    await execute(page.flat(), where)
  return [
    `${erased.length + stopped.length} lines were read.`,
    `${gone} ${gone === 1 ? 'referral was' : 'referrals were'} there again and ${gone === 1 ? 'is' : 'are'} erased.`,
    `${ended} went on again and ${ended === 1 ? 'is' : 'are'} stopped.`,
  ].join(' ')
}

function pagesOf<Line>(lines: readonly Line[], most = PAGE): Line[][] {
  return Array.from({ length: Math.ceil(lines.length / most) }, (_, page) =>
    lines.slice(page * most, (page + 1) * most),
  )
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      local: { type: 'boolean' },
      remote: { type: 'boolean' },
      'persist-to': { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const [task, file] = positionals
  if (values.help || (task !== 'print' && task !== 'replay')) {
    console.log(USAGE)
    return
  }
  optionsOf(values)
  if (task === 'print') return print(values)
  if (file === undefined)
    throw new CommandError('Say which file has the ledger: npm run erasure:replay -- ledger.jsonl')
  console.log(await replay(file, values))
}

try {
  await main()
} catch (error) {
  const isClear = error instanceof CommandError || error instanceof TypeError
  console.error(isClear ? `${error.message}\nHow it is used: npm run erasure:replay -- --help` : error)
  process.exitCode = 1
}
