import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'

const folder = fileURLToPath(new URL('../../catalogue/providers/', import.meta.url))

/** The catalogue files that ship. */
export async function shippedCatalogues(): Promise<Catalogue[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(`${folder}${file}`, 'utf8'))))
}

/** A database that knows the shipped catalogues and nothing else, for benches of what a browser does. */
export async function memoryDatabase(): Promise<D1Database> {
  const rows = (await shippedCatalogues()).map(({ $schema: _, ...document }) => ({
    provider: document.provider.id,
    catalogue: document.catalogue,
    version: 1,
    publishedAt: '',
    fromOn: '',
    document: JSON.stringify(document),
  }))
  const statement = (wanted: unknown): unknown => ({
    bind: (provider: unknown) => statement(provider),
    all: async () => ({ results: rows.filter(({ provider }) => provider === wanted) }),
  })
  // In the order in which a shelf asks: the versions, the websites that may frame them, the documents.
  const batch = (statements: { all: () => Promise<unknown> }[]) =>
    Promise.all(statements.map((one, index) => (index === 1 ? { results: [] } : one.all())))
  return { prepare: () => statement(undefined), batch } as unknown as D1Database
}
