import { readdirSync, readFileSync } from 'node:fs'
import { type Catalogue, catalogue } from '../../catalogue/schema/catalogue.ts'

const folder = new URL('../../catalogue/providers/', import.meta.url)

/** The names of the catalogues that ship. */
export const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))

/** The text of a catalogue that ships. */
export function textOf(name: string): string {
  return readFileSync(new URL(`${name}.json`, folder), 'utf8')
}

/** A catalogue that ships, accepted by the schema. */
export function shippedCatalogue(name: string): Catalogue {
  return catalogue.parse(JSON.parse(textOf(name)))
}
