import { glob, readFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { migrationFiles } from './database.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A statement of the worker's, where it stands, and the steps in which SQLite carries it out. */
export type Plan = { file: string; sql: string; steps: string[] }

/** The plan of every statement that the worker prepares, read from its sources: one that no test runs is there too. */
export async function statementPlans(): Promise<Plan[]> {
  const db = new DatabaseSync(':memory:')
  for (const file of await migrationFiles()) db.exec(await readFile(`${root}worker/migrations/${file}`, 'utf8'))
  const plans: Plan[] = []
  for (const file of (await Array.fromAsync(glob('worker/**/*.ts', { cwd: root }))).sort()) {
    const text = await readFile(root + file, 'utf8')
    const found = [...text.matchAll(/\.prepare\(\s*(?:`([^`]*)`|'([^']*)'|"([^"]*)")/g)]
    const calls = text.match(/\.prepare\(/g)?.length ?? 0
    if (found.length !== calls || found.some(([statement]) => statement.includes('${')))
      throw new Error(`${file} prepares a statement that is not written out in full there`)
    for (const [, ...quoted] of found) {
      const sql = quoted.find((one) => one !== undefined) ?? ''
      const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
      plans.push({ file: file.replaceAll('\\', '/'), sql, steps: steps.map(({ detail }) => String(detail)) })
    }
  }
  db.close()
  return plans
}

/** Whether a plan reads a whole table or index, or sorts what it has read. */
export function scans({ steps }: Plan): boolean {
  return steps.some((step) => /^SCAN (?!CONSTANT ROW|json_each VIRTUAL TABLE)|USE TEMP B-TREE/.test(step))
}
