import { deepEqual, ok } from 'node:assert/strict'
import { glob, readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { doneText, kinds } from '../../components/console/record/sentences.ts'

/** Where the worker writes an action into the record: an entry of a case’s, of a store’s, or of a statement of its own. */
const WRITTEN = [
  /\bentry\('([a-z-]+)'/g,
  /\baction: ('[a-z-]+'(?: \| '[a-z-]+')*)/g,
  /INSERT INTO record \([^)]*\)\s*(?:SELECT|VALUES)([^\n]*?)(?:json_object|'\{\}'|\n)/g,
]

async function actions(): Promise<string[]> {
  const found = new Set(['order-accepted', 'order-declined'])
  for await (const path of glob('worker/**/*.ts')) {
    const text = await readFile(path, 'utf8')
    for (const [, said = ''] of WRITTEN.flatMap((pattern) => [...text.matchAll(pattern)]))
      for (const [action] of said.matchAll(/[a-z]+(?:-[a-z]+)+|renamed|exported/g)) found.add(action)
  }
  return [...found].sort()
}

describe('Every action of the record', () => {
  it('that the worker writes is said in a sentence of its own', async () => {
    const written = await actions()
    ok(written.length > 35, String(written))
    const entry = {
      number: 1,
      at: '2024-09-10T08:00:00Z',
      actor: 'system',
      subject: 'SS-7K4M-2QXD',
      detail: {},
      sealed: false,
    } as const
    const name = () => undefined
    deepEqual(
      written.filter(
        (action) => doneText({ ...entry, action }, name) === `${action.replaceAll('-', ' ')}: ${entry.subject}`,
      ),
      [],
    )
  })

  it('that can be filtered by is written', async () => {
    const written = await actions()
    deepEqual(
      kinds.map(({ value }) => value).filter((value) => !written.includes(value)),
      [],
    )
  })
})
