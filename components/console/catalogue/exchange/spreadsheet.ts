import type { Cell } from '../../../../catalogue/rules/price-list.ts'

/** The most that a spreadsheet may weigh, in bytes, and the most rows that are read of it. */
const MOST_BYTES = 2_000_000
const MOST_ROWS = 2_000

/** Why a file is not read, as a sentence. */
export class UnreadableFile extends Error {}

/** The rows of a CSV or XLSX file; merged cells have their value in the first of them. */
export async function rowsOf(file: File): Promise<Cell[][]> {
  if (file.size > MOST_BYTES)
    throw new UnreadableFile('This file is larger than 2 MB. Take away what is not the price list, and try again.')
  const isExcel = /\.xlsx$/i.test(file.name)
  if (/\.(xls|ods|numbers|pdf|docx?)$/i.test(file.name))
    throw new UnreadableFile('This kind of file cannot be read. Save it as XLSX or CSV, and try again.')
  const rows = isExcel ? await rowsOfExcel(file) : await rowsOfText(file)
  const filled = rows.filter((cells) => cells.some((cell) => String(cell ?? '').trim() !== ''))
  if (filled.length === 0) throw new UnreadableFile('There is nothing in this file.')
  if (filled.length > MOST_ROWS)
    throw new UnreadableFile(`There are ${filled.length} rows in this file. A price list has at most ${MOST_ROWS}.`)
  return filled
}

async function rowsOfExcel(file: File): Promise<Cell[][]> {
  const { readSheet } = await import('read-excel-file/browser')
  try {
    const rows = await readSheet(file)
    return rows.map((cells) => cells.map(cellOf))
  } catch {
    throw new UnreadableFile('This file cannot be read as a spreadsheet. Save it anew as XLSX or CSV, and try again.')
  }
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'number') return Number(value.toFixed(6))
  if (value === null || value === undefined) return null
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value)
}

async function rowsOfText(file: File): Promise<Cell[][]> {
  const { default: papa } = await import('papaparse')
  const bytes = await file.arrayBuffer()
  if (new Uint8Array(bytes.slice(0, 4_096)).includes(0) && !isWide(bytes))
    throw new UnreadableFile('This is no text. Save the price list as XLSX or CSV, and try again.')
  const text = textOf(bytes)
  const { data } = papa.parse<string[]>(text, { skipEmptyLines: 'greedy' })
  return data
}

function isWide(bytes: ArrayBuffer): boolean {
  const [first, second] = new Uint8Array(bytes.slice(0, 2))
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** Spreadsheets save text in UTF-8, in UTF-16 with a mark, or in the old Windows alphabet, in which £ is one byte. */
function textOf(bytes: ArrayBuffer): string {
  const [first] = new Uint8Array(bytes.slice(0, 1))
  if (isWide(bytes)) return new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
