import { readFile } from 'node:fs/promises'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { statementsFor } from '../../worker/catalogues/load.ts'
import { migrationFiles } from '../database.ts'
import { shippedCatalogues } from './harness.ts'

/** A database that tells how many rows were ever written to it and kept. */
export type QuickDatabase = D1Database & { kept: () => number }

/**
 * SQLite in this process behind the few calls of D1 that the worker makes, with the real migrations: quick enough for
 * tens of thousands of requests. What depends on D1 itself is tested on a real one.
 */
export async function quickDatabase(): Promise<QuickDatabase> {
  const sqlite = new DatabaseSync(':memory:')
  for (const file of await migrationFiles())
    sqlite.exec(await readFile(fileURLToPath(new URL(`../../worker/migrations/${file}`, import.meta.url)), 'utf8'))
  for (const statement of statementsFor(await shippedCatalogues(), false)) sqlite.exec(statement)
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>()
  const all = (sql: string, values: SQLInputValue[]) => {
    const known = prepared.get(sql) ?? sqlite.prepare(sql)
    prepared.set(sql, known)
    return known.all(Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value])))
  }
  const total = sqlite.prepare('SELECT total_changes() AS changes')
  const written = () => Number(total.get()?.changes)
  let undone = 0
  const resultOf = (sql: string, values: SQLInputValue[]) => {
    const before = written()
    const results = all(sql, values)
    return { results, meta: { changes: written() - before } }
  }
  const statement = (sql: string, values: SQLInputValue[]) => ({
    sql,
    values,
    bind: (...given: SQLInputValue[]) => statement(sql, given),
    all: async () => resultOf(sql, values),
    run: async () => resultOf(sql, values),
    first: async () => all(sql, values)[0] ?? null,
  })
  const database = {
    kept: () => written() - undone,
    prepare: (sql: string) => statement(sql, []),
    batch: async (statements: { sql: string; values: SQLInputValue[] }[]) => {
      const before = written()
      sqlite.exec('BEGIN')
      try {
        const results = statements.map(({ sql, values }) => resultOf(sql, values))
        sqlite.exec('COMMIT')
        return results
      } catch (error) {
        sqlite.exec('ROLLBACK')
        undone += written() - before
        throw new Error(`D1_ERROR: ${error instanceof Error ? error.message : ''}`)
      }
    },
  }
  return database as unknown as QuickDatabase
}
