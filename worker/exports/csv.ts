import { stringify } from 'csv-stringify/sync'
import { type Cell, type Column, inPounds, type Table } from './table.ts'

/** A table as CSV in UTF-8, piece by piece. A text that a spreadsheet would take for a formula begins with an apostrophe. */
export async function* csvOf({ columns, pages }: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  // Spreadsheets take a file for UTF-8 only if it says so.
  yield encoder.encode(`\ufeff${stringify([columns.map(({ name }) => name)])}`)
  for await (const rows of pages())
    yield encoder.encode(
      stringify(
        rows.map((row) => row.map((cell, index) => written(cell, columns[index]))),
        { escape_formulas: true },
      ),
    )
}

function written(cell: Cell, column: Column | undefined): Cell {
  return column?.kind === 'pounds' && typeof cell === 'number' ? inPounds(cell) : cell
}
