/** `npm run audit:verify -- --local` or `--remote`: whether the record of who did what is as it was written. */
import { parseArgs } from 'node:util'
import { CommandError, query, type Where } from '../commands/d1.ts'
import { type ChainFault, faultsInChain, type SealedEntry } from './chain.ts'

const USAGE = `Checks the record of who did what: that no entry was changed, lost or moved since it was linked.

  npm run audit:verify -- --local            the local database
  npm run audit:verify -- --remote           the database of your Cloudflare account

  --persist-to FOLDER   where the local database is kept
`

/** How many entries are read at a time. */
const PAGE = 5_000

const SENTENCES: Record<ChainFault['code'], (number: number) => string> = {
  changed: (number) => `Entry ${number} is not what was written, or the link before it was changed.`,
  missing: (number) => `Entry ${number} is missing.`,
  'not-sealed-in-order': (number) => `Entry ${number} is linked although one before it is not.`,
  'end-moved': (number) => `The chain does not end at entry ${number}, where it ended when it was last written.`,
}

/** The whole record, page by page. */
async function* pagesOf(where: Where): AsyncGenerator<SealedEntry[]> {
  for (let after = 0; ; ) {
    const rows = await query(
      `SELECT r.number, r.provider, r.actor, r.action, r.subject, r.detail, r.at, s.hash
         FROM record AS r LEFT JOIN seal AS s ON s.number = r.number
        WHERE r.number > ${after} ORDER BY r.number LIMIT ${PAGE}`,
      where,
    )
    const page = rows.map(entryOf)
    yield page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last.number
  }
}

function entryOf(row: Record<string, unknown>): SealedEntry {
  const text = (name: string) => String(row[name])
  return {
    number: Number(row.number),
    provider: text('provider'),
    actor: text('actor'),
    action: text('action'),
    subject: text('subject'),
    detail: text('detail'),
    at: text('at'),
    hash: row.hash === null ? null : text('hash'),
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      local: { type: 'boolean' },
      remote: { type: 'boolean' },
      'persist-to': { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help || values.local === values.remote) {
    console.log(USAGE)
    if (!values.help) process.exitCode = 1
    return
  }
  // The end is read before the entries: what is linked meanwhile then stands beyond it, and is left out.
  const [end] = await query("SELECT number, hash FROM seal_end WHERE chain = 'record'", values)
  const [given] = await query("SELECT seq FROM sqlite_sequence WHERE name = 'record'", values)
  const last = Number(given?.seq ?? 0)
  const { entries, sealed, faults } = await faultsInChain(
    upTo(pagesOf(values), last, Number(end?.number ?? 0)),
    end && { number: Number(end.number), hash: String(end.hash) },
    last,
  )
  for (const { number, code } of faults) console.log(SENTENCES[code](number))
  const open = entries - sealed
  console.log(
    `${entries} entries, ${sealed} of them linked${open > 0 ? ` and ${open} waiting for the schedule to link them` : ''}. ${faults.length === 0 ? 'The record is as it was written.' : `${faults.length} faults.`}`,
  )
  if (faults.length > 0) process.exitCode = 1
}

/** Leaves out what came after the reading began. */
async function* upTo(pages: AsyncIterable<SealedEntry[]>, last: number, end: number): AsyncGenerator<SealedEntry[]> {
  for await (const page of pages)
    yield page
      .filter(({ number }) => number <= last)
      .map((entry) => (entry.number <= end ? entry : { ...entry, hash: null }))
}

try {
  await main()
} catch (error) {
  console.error(error instanceof CommandError || error instanceof TypeError ? error.message : error)
  process.exitCode = 1
}
