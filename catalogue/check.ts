import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'
import { reportOn } from './report.ts'
import { catalogue } from './schema/catalogue.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const schemaFile = fileURLToPath(new URL('./schema/catalogue.schema.json', import.meta.url))

/** The JSON Schema that editors use, as it stands in `schema/catalogue.schema.json`. */
export function jsonSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(catalogue, { io: 'input' })
  const head = { $schema, title: 'Outreach Kit catalogue', description: 'One provider’s offer for one year.' }
  return `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`
}

function filesIn(path: string): string[] {
  return statSync(path).isDirectory() ? globSync(`${path.replace(/\/$/, '')}/*.json`).sort() : [path]
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}

/** Checks files and folders and prints what is to be said about them. Returns how many mistakes there are. */
export function check(paths: readonly string[], say: (line: string) => void): number {
  let mistakes = 0
  let warnings = 0
  const seen = new Map<string, string>()
  const files: string[] = []
  for (const path of paths) {
    try {
      files.push(...filesIn(path))
    } catch {
      mistakes += 1
      say(`${path}\n  Name a file or a folder that is there: this one cannot be found.\n`)
    }
  }
  for (const file of files) {
    const report = reportOn(readFileSync(file, 'utf8'))
    const name = relative(process.cwd(), file) || file
    const twin = report.title === undefined ? undefined : seen.get(report.title)
    if (twin !== undefined)
      report.mistakes.push({
        place: { line: 1, column: 1 },
        pointer: '/catalogue',
        path: 'catalogue',
        code: 'repeated-year',
        sentence: `Give this year another name: ${twin} is the same provider’s catalogue of the same year.`,
      })
    if (report.title !== undefined && twin === undefined) seen.set(report.title, name)
    say(report.title === undefined ? name : `${name} (${report.title})`)
    for (const [kind, findings] of [
      ['', report.mistakes],
      ['Warning. ', report.warnings],
    ] as const)
      for (const { place, path, sentence } of findings)
        say(`  Line ${place.line}, column ${place.column}${path && `: ${path}`}\n    ${kind}${sentence}`)
    if (report.mistakes.length + report.warnings.length === 0) say('  Nothing to put right.')
    mistakes += report.mistakes.length
    warnings += report.warnings.length
  }
  say(`\n${count(files.length, 'file')}, ${count(mistakes, 'mistake')}, ${count(warnings, 'warning')}.`)
  return mistakes
}

if (import.meta.main) {
  const wanted = process.argv.slice(2)
  if (wanted.includes('--schema')) {
    writeFileSync(schemaFile, jsonSchema())
    console.log(`${relative(process.cwd(), schemaFile)} is written; npm run format puts it in the house’s form.`)
  } else {
    const paths = wanted.length > 0 ? wanted : [`${here}providers`]
    process.exitCode = check(paths, (line) => console.log(line)) > 0 ? 1 : 0
  }
}
