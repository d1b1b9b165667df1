/** Fills the local database: the shipped catalogues and the demonstration's people, where they are not there yet. */
import { parseArgs } from 'node:util'
import { readCatalogues, statementsFor } from '../worker/catalogues/load.ts'
import { execute } from '../worker/commands/d1.ts'
import { setUpStatements } from '../worker/people/first-owner.store.ts'
import { DEMONSTRATION_PEOPLE } from './people.ts'

const { values } = parseArgs({ options: { 'persist-to': { type: 'string' } } })

await execute([...statementsFor(await readCatalogues(), false), ...DEMONSTRATION_PEOPLE.flatMap(setUpStatements)], {
  local: true,
  'persist-to': values['persist-to'],
})
