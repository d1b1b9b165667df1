/** `npm run catalogue:load -- --local` or `--remote`: publishes the files of `catalogue/providers/`, the one command after a deploy. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { inconsistenciesIn } from '../../catalogue/rules/consistency.ts'
import { isDay } from '../../catalogue/rules/dates.ts'
import { type Catalogue, catalogue as schema } from '../../catalogue/schema/catalogue.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, 'catalogue/providers')
const wrangler = join(root, 'node_modules/wrangler/wrangler-dist/cli.js')

const USAGE = `Publishes the catalogues of catalogue/providers/ as version 1, where they are not there yet.

  npm run catalogue:load -- --local            into the local database
  npm run catalogue:load -- --remote           into the database of your Cloudflare account

  --persist-to FOLDER   where the local database is kept
  --next-version        also publishes a file that has changed since, as the next version
  --from DAY            from which day a next version counts (default: at once)
`

/** D1 takes statements of up to 100,000 bytes. */
const MOST_BYTES = 95_000

/** A sentence for the person at the keyboard. */
class LoadError extends Error {}

/** Every catalogue file, checked, those that open first standing first. */
export async function readCatalogues(): Promise<Catalogue[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  const catalogues: Catalogue[] = []
  for (const file of files) {
    const path = join(folder, file)
    let written: unknown
    try {
      written = JSON.parse(await readFile(path, 'utf8'))
    } catch {
      throw new LoadError(`catalogue/providers/${file} is not JSON. Nothing was published.`)
    }
    const result = schema.safeParse(written)
    if (!result.success || inconsistenciesIn(result.data).length > 0)
      throw new LoadError(
        `catalogue/providers/${file} has mistakes. Nothing was published. To see them: npm run catalogue:check -- catalogue/providers/${file}`,
      )
    catalogues.push(result.data)
  }
  if (catalogues.length === 0) throw new LoadError('There is no file in catalogue/providers/.')
  return catalogues.sort((a, b) => (a.opensOn < b.opensOn ? -1 : 1))
}

/**
 * The statements that publish the catalogues; running them again changes nothing. A next version counts from a day or, without
 * one, at once: it takes the place of the version that counts today, and leaves alone what the console has put off to a later day.
 */
export function statementsFor(catalogues: readonly Catalogue[], nextVersion: boolean, from?: string): string[] {
  return catalogues.flatMap(({ $schema: _, ...document }) => {
    const { provider, catalogue, opensOn, year } = document
    const json = text(JSON.stringify(document))
    if (Buffer.byteLength(json) > MOST_BYTES)
      throw new LoadError(
        `${provider.id} ${catalogue} is larger than the ${MOST_BYTES / 1_000} KB that D1 takes at once.`,
      )
    const names = [provider.id, provider.name, provider.service, provider.kind, provider.about].map(text).join(', ')
    const key = `${text(provider.id)}, ${text(catalogue)}`
    const days = `${text(opensOn)}, ${text(year.to)}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`
    const columns = '(provider, catalogue, version, opens_on, ends_on, published_at, document)'
    const latest = `SELECT max(version) FROM catalogue_version WHERE (provider, catalogue) = (${key})`
    const publications = `publication WHERE (provider, catalogue) = (${key})`
    // What the console has published since is no older state of the file.
    const latestOfFiles = `${latest} AND version NOT IN (SELECT version FROM ${publications} AND published_by <> 'system')`
    const counting = `SELECT max(from_on) FROM ${publications} AND taken_back_at IS NULL AND from_on <= date('now')`
    const fromOn = from === undefined ? `coalesce((${counting}), '')` : text(from)
    return [
      `INSERT INTO provider (id, name, service, kind, about) VALUES (${names})
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, service = excluded.service, kind = excluded.kind, about = excluded.about
         WHERE NOT EXISTS (SELECT 1 FROM publication WHERE provider = excluded.id AND published_by <> 'system');`,
      `INSERT INTO catalogue_version ${columns} VALUES (${key}, 1, ${days}, ${json})
         ON CONFLICT (provider, catalogue, version) DO NOTHING;`,
      ...(nextVersion
        ? [
            // The document stands in each statement once: twice, a larger one would be more than D1 takes.
            `WITH file (text) AS (VALUES (${json}))
             INSERT INTO catalogue_version ${columns} SELECT ${key}, (${latest}) + 1, ${days}, file.text
               FROM catalogue_version, file WHERE (provider, catalogue, version) = (${key}, (${latestOfFiles})) AND document <> file.text;`,
            `INSERT INTO publication (provider, catalogue, version, from_on, published_at, published_by)
               SELECT provider, catalogue, version, ${fromOn}, published_at, 'system'
                 FROM catalogue_version WHERE (provider, catalogue, version) = (${key}, (${latest})) AND version > 1 AND document = ${json}
               ON CONFLICT (provider, catalogue, version) DO NOTHING;`,
          ]
        : []),
    ]
  })
}

/** A text as SQL writes it. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

async function execute(statements: readonly string[], options: readonly string[]): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'outreach-kit-load-'))
  try {
    const file = join(place, 'catalogues.sql')
    await writeFile(file, `${statements.join('\n')}\n`)
    const args = ['d1', 'execute', 'outreach-kit', ...options, '--yes', `--file=${file}`]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', wrangler, ...args], {
      cwd: root,
      env: { WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', ...process.env },
      stdio: ['inherit', 'pipe', 'pipe'],
    })
    let printed = ''
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString()
    })
    child.stderr.on('data', (part: Buffer) => {
      printed += part.toString()
    })
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    if (code !== 0) throw new LoadError(`The database did not take the catalogues. wrangler said:\n${printed.trim()}`)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      local: { type: 'boolean' },
      remote: { type: 'boolean' },
      'persist-to': { type: 'string' },
      'next-version': { type: 'boolean' },
      from: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help || values.local === values.remote) {
    console.log(USAGE)
    if (!values.help) process.exitCode = 1
    return
  }
  const { from } = values
  if (from !== undefined && !isDay(from))
    throw new LoadError('Write the day as year-month-day, for example 2024-04-01.')
  const catalogues = await readCatalogues()
  const persistTo = values['persist-to']
  await execute(statementsFor(catalogues, values['next-version'] ?? false, from), [
    values.remote ? '--remote' : '--local',
    ...(values.local && persistTo !== undefined ? [`--persist-to=${persistTo}`] : []),
  ])
  const names = catalogues.map(({ provider, catalogue }) => `${provider.id} ${catalogue}`)
  console.log(`Published, where they were not there yet: ${names.join(', ')}.`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof LoadError || error instanceof TypeError ? error.message : error)
    process.exitCode = 1
  }
}
