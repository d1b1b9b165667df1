import { glob } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Figure } from './figure.ts'

// Imports every `*.bench.ts` here, runs its `bench`, and prints each figure beside its floor and its bound.
// One that takes minutes exports `onlyByName = true` and runs where an argument names it: `npm run bench growth`.
const here = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv.slice(2)
const files = (await Array.fromAsync(glob('**/*.bench.ts', { cwd: here }))).sort()
const chosen = files.filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))

const rows: Figure[] = []
let broken = 0
for (const file of chosen) {
  console.log(`${file}…`)
  try {
    const { bench, onlyByName = false }: { bench: () => Promise<Figure[]>; onlyByName?: boolean } = await import(
      pathToFileURL(`${here}/${file}`).href
    )
    if (onlyByName && wanted.length === 0) {
      console.log(`  only by name, since it takes minutes: npm run bench ${file.replace('.bench.ts', '')}`)
      continue
    }
    rows.push(...(await bench()))
  } catch (error) {
    broken += 1
    console.error(`${file} did not run:`, error)
  }
}

const cells = rows.map(({ name, figure, floor, peers, bound, ok }) => [
  name,
  figure,
  floor ?? '',
  peers ?? '',
  bound ?? '',
  ok === undefined ? '' : ok ? 'yes' : 'NO',
])
const table = [['what', 'figure', 'floor', 'peers', 'bound', 'kept'], ...cells]
const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
console.log()
for (const row of table)
  console.log(
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
const missed = rows.filter(({ ok }) => ok === false).length
console.log(`\n${rows.length} figures, ${missed} out of bounds, ${broken} benchmarks that did not run`)
process.exit(missed + broken > 0 ? 1 : 0)
