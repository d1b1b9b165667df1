/** `npm run keys:rotate -- --local` or `--remote`: wraps every referral’s key anew by the current master key. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CommandError, executeBeside, optionsOf, query, type Where } from '../commands/d1.ts'
import { KeyError, type Keyring, keyringOf } from './keyring.ts'
import { KEYS_BY_MASTER, type KeptKey, rewrapStatement, rotatedStatement, staleKeysQuery } from './rotate.store.ts'
import { rewrapped, type WrappedKey } from './seal.ts'

const USAGE = `Wraps every referral’s key anew by the current master key. Nothing that is sealed changes, and the worker goes on meanwhile.

  MASTER_KEYS=2:NEW,1:OLD INDEX_KEY=… npm run keys:rotate -- --remote
  npm run keys:rotate -- --local --persist-to FOLDER

The keys are read from the environment, as the worker has them; of a local database from the file keys.json beside it, where there is one.
It can be broken off at any time, and goes on where it was. A key that does not open stays as it is and is named at the end. Run it once the worker has the new key: what was begun meanwhile is found too.
When it says that version 1 wraps nothing any more, put MASTER_KEYS again without it.

  --persist-to FOLDER   where the local database is kept
`

/** How many keys are wrapped in one turn. */
const PAGE = 500

async function ringFor({ local, 'persist-to': folder }: Where): Promise<Keyring> {
  const { MASTER_KEYS, INDEX_KEY } = process.env
  if (MASTER_KEYS !== undefined && INDEX_KEY !== undefined) return keyringOf({ MASTER_KEYS, INDEX_KEY })
  if (!local || folder === undefined)
    throw new CommandError('Give the keys as the worker has them, in the environment: MASTER_KEYS and INDEX_KEY.')
  const beside = join(folder, 'keys.json')
  const file = await readFile(beside, 'utf8').catch(() => {
    throw new CommandError(`There are no keys in the environment, and no ${beside} either.`)
  })
  const kept: { MASTER_KEYS: string; INDEX_KEY: string } = JSON.parse(file)
  return keyringOf({ ...kept, ...(MASTER_KEYS !== undefined && { MASTER_KEYS }) })
}

/** What came of it, in sentences, and whether everything was wrapped anew that is there. */
async function rotate(where: Where): Promise<{ sentences: string[]; whole: boolean }> {
  const ring = await ringFor(where)
  let done = 0
  const locked: string[] = []
  for (let after = ''; ; ) {
    const rows = await query(staleKeysQuery(ring.current, after, PAGE), where)
    const page = rows.map(keyOf)
    const last = page.at(-1)
    if (!last) break
    const anew = await Promise.all(page.map((key) => wrapAnew(ring, key)))
    const wrapped = anew.flatMap((one) => (typeof one === 'string' ? [] : [one]))
    locked.push(...anew.filter((one) => typeof one === 'string'))
    const at = new Map<string, number>()
    for (const { key } of wrapped) at.set(key.provider, (at.get(key.provider) ?? 0) + 1)
    const told = [...at].filter(([provider]) => provider !== '')
    await executeBeside(
      [
        ...wrapped.map(({ key, kept }) => rewrapStatement(key, kept)),
        ...told.map(([provider, keys]) => rotatedStatement(provider, ring.current, keys)),
      ],
      where,
    )
    done += wrapped.length
    after = last.referral
    console.log(`${done} keys wrapped anew …`)
    if (page.length < PAGE) break
  }
  const counts = await query(KEYS_BY_MASTER, where)
  const others = counts.filter(({ master }) => Number(master) !== ring.current)
  return {
    whole: locked.length === 0,
    sentences: [
      `${done} keys were wrapped anew by version ${ring.current} of the master key.`,
      ...counts.map(({ master, keys }) => `Version ${master} wraps ${keys}.`),
      ...(locked.length === 0 ? [] : [`${locked.length} did not open, and stay as they were:`, ...locked]),
      ...(locked.length > 0
        ? []
        : [
            others.length === 0
              ? 'The other versions wrap nothing any more: MASTER_KEYS can be put again without them.'
              : 'Some were begun meanwhile by a worker that has the old key still. Give it the new one, and run this again.',
          ]),
    ],
  }
}

/** A key as it is wrapped now; where it does not open, whose it is and why, in a sentence. */
async function wrapAnew(ring: Keyring, key: KeptKey): Promise<{ key: KeptKey; kept: WrappedKey } | string> {
  try {
    return { key, kept: await rewrapped(ring, key.referral, key) }
  } catch (error) {
    if (!(error instanceof KeyError)) throw error
    return `${key.referral}, wrapped by version ${key.master}: ${error.message}`
  }
}

function keyOf({ referral, master, wrapped, provider }: Record<string, unknown>): KeptKey {
  return {
    referral: String(referral),
    master: Number(master),
    wrapped: String(wrapped),
    provider: String(provider),
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
  if (values.help) {
    console.log(USAGE)
    return
  }
  optionsOf(values)
  const { sentences, whole } = await rotate(values)
  for (const sentence of sentences) console.log(sentence)
  if (!whole) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  const isClear = error instanceof CommandError || error instanceof KeyError || error instanceof TypeError
  console.error(isClear ? `${error.message}\nHow it is used: npm run keys:rotate -- --help` : error)
  process.exitCode = 1
}
