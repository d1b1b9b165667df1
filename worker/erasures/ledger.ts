/** `npm run erasure:ledger -- --local` or `--remote`: prints what was erased, a line each; `npm run erasure:replay -- FILE` erases it again in a restored copy. */
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { CommandError, execute, optionsOf, query, type Where } from '../commands/d1.ts'
import { ledgerQuery, presentQuery, replayStatements } from './ledger.store.ts'
import type { Erasure } from './store.ts'

const USAGE = `What was erased, and erasing it again in a copy that was restored: a copy of the database brings erased pupils back.

  npm run erasure:ledger -- --remote > ledger.jsonl        before you restore, and every night beside your copies
  npm run erasure:replay -- ledger.jsonl --remote          after you have restored

Each line names a referral by its id, and nobody. The worker’s log has the same lines: a file of log lines can be replayed too.
Replaying again changes nothing.

  --local, --remote     which database
  --persist-to FOLDER   where the local database is kept
`

/** How many lines are read, or erased, in one turn. */
const PAGE = 100

async function print(where: Where): Promise<void> {
  for (let after = ''; ; ) {
    const page = await query(ledgerQuery(after, PAGE * 10), where)
    for (const { referral, provider, at, why } of page)
      console.log(JSON.stringify({ erased: referral, provider, at, why }))
    const last = page.at(-1)
    if (!last) return
    after = String(last.referral)
  }
}

/** The ledger’s lines in a file; what else a log holds is passed over. */
function linesIn(file: string): Erasure[] {
  const found = new Map<string, Erasure>()
  for (const line of file.split('\n')) {
    let read: unknown
    try {
      read = JSON.parse(line)
    } catch {
      continue
    }
    if (typeof read !== 'object' || read === null || !('erased' in read)) continue
    const { erased, provider = '', at = '', why } = read as Record<string, unknown>
    if (typeof erased !== 'string' || !/^[\w-]{16,64}$/.test(erased))
      throw new CommandError(`This is no line of the ledger: ${line.slice(0, 200)}`)
    found.set(erased, {
      referral: erased,
      provider: String(provider),
      at: String(at),
      why: why === 'retention' ? 'retention' : 'asked',
    })
  }
  return [...found.values()]
}

async function replay(file: string, where: Where): Promise<string> {
  const lines = linesIn(
    await readFile(file, 'utf8').catch(() => {
      throw new CommandError(`“${file}” cannot be read.`)
    }),
  )
  let erased = 0
  for (let from = 0; from < lines.length; from += PAGE) {
    const page = lines.slice(from, from + PAGE)
    const [row] = await query(presentQuery(page.map(({ referral }) => referral)), where)
    erased += Number(row?.present ?? 0)
    await execute(page.flatMap(replayStatements), where)
  }
  return `${lines.length} lines were read. ${erased} ${erased === 1 ? 'referral was' : 'referrals were'} there again and ${erased === 1 ? 'is' : 'are'} erased.`
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
