/** A school as it was typed or pasted: nothing is thrown away, so that what is wrong can be put right in its place. */
export interface SchoolRow {
  name: string
  /** Pupils on roll, as typed. */
  pupils: string
}

/** A row, and the line of the paste that it began on, counted from 1. */
export interface PastedRow extends SchoolRow {
  line: number
}

/** What a paste holds. Headings and totals are no schools and are left out. */
export interface PastedSchools {
  rows: PastedRow[]
  leftOut: { line: number; what: 'headings' | 'total' }[]
}

const HEADING_OF_PUPILS = /\b(pupils?|roll|nor|disgyblion)\b/i
const HEADING_OF_NAME = /^(the )?(schools?|names?|settings?|school name|name of school|ysgol|enw)$/i
const TOTAL = /^(grand |cluster |sub-?)?total(s| pupils| on roll)?:?$/i
const NUMBER = /^\d[\d\s,.'’]*$/
/** Marks that no name needs and that break logs and letters: control codes, halves of characters, changes of direction. */
const UNPRINTABLE = /[\p{Control}\p{Surrogate}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu

/** A name on one line, without marks that cannot be printed. */
export function plainName(text: string): string {
  return text.replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim()
}

/** A number of pupils as people and spreadsheets write it: "1,234", "1 234", "210.0". Else what is wrong with it. */
export function pupilsIn(text: string): number | 'required' | 'whole-number' | 'too-small' | 'too-large' {
  const digits = text.normalize('NFKC').replace(/[\s'’]/g, '')
  if (!digits) return 'required'
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.0*)?$/.test(digits)) return 'whole-number'
  const pupils = Number(digits.replaceAll(',', ''))
  return pupils < 1 ? 'too-small' : pupils > 100_000 ? 'too-large' : pupils
}

/**
 * Schools out of a spreadsheet, a table in a letter or a list: a name and a number to a line, with tabs, semicolons or
 * commas between. Quotation marks may stand around a cell; headings say which columns count; blank lines do not.
 */
export function pastedSchools(text: string): PastedSchools {
  const records = recordsOf(text)
  const filled = records.filter(({ cells }) => cells.some(Boolean))
  const list = filled.every(({ cells }) => cells.length === 1 && /\S\s+\d[\d,]*$/.test(cells[0] ?? ''))
  const rows: PastedRow[] = []
  const leftOut: PastedSchools['leftOut'] = []
  let heads: string[] | undefined
  for (const { line, cells } of filled) {
    if (isHeading(cells)) {
      heads = cells
      leftOut.push({ line, what: 'headings' })
      continue
    }
    const row = list ? inWords(cells[0] ?? '') : rowOf(cells, heads)
    if (TOTAL.test(row.name)) leftOut.push({ line, what: 'total' })
    else rows.push({ line, ...row })
  }
  return { rows, leftOut }
}

function isHeading(cells: readonly string[]): boolean {
  return (
    !cells.some((cell) => NUMBER.test(cell)) &&
    (cells.some((cell) => HEADING_OF_NAME.test(cell)) ||
      (cells.length > 1 && cells.slice(1).some((cell) => HEADING_OF_PUPILS.test(cell))))
  )
}

/** "Hill School 210", as an e-mail would have it. */
function inWords(text: string): SchoolRow {
  const [, name = '', pupils = ''] = /^(.*?)[\s:–-]*\s(\d[\d,]*)$/.exec(text) ?? []
  return { name, pupils }
}

function rowOf(cells: readonly string[], heads: readonly string[] | undefined): SchoolRow {
  const column = heads?.findIndex((head) => HEADING_OF_PUPILS.test(head)) ?? -1
  const named = heads?.findIndex((head) => HEADING_OF_NAME.test(head)) ?? -1
  const place = named >= 0 && cells[named] ? named : cells.findIndex((cell) => /\p{Letter}/u.test(cell))
  const name = cells[place] ?? ''
  if (heads && column >= 0 && cells.length <= heads.length) return { name, pupils: cells[column] ?? '' }
  const others = cells.map((cell, index) => (index === place ? '' : cell))
  const last = others.findLastIndex((cell) => NUMBER.test(cell))
  const at = last >= 0 ? last : others.findLastIndex(Boolean)
  const pupils = others[at] ?? ''
  const before = others[at - 1] ?? ''
  // "Hill,1,234" may mean 1,234 pupils or 234. Only the school knows, so the row asks.
  const unclear = /^\d{3}$/.test(pupils) && /^\d{1,3}$/.test(before)
  return { name, pupils: unclear ? `${before},${pupils}?` : pupils }
}

/** The lines of a paste as cells. A quoted cell may hold the separator and line ends, as spreadsheets write them. */
function recordsOf(text: string): { line: number; cells: string[] }[] {
  const separator = separatorOf(text)
  // A quotation mark that is never closed is a mark like any other: so many characters on, it is taken for one.
  const cell = new RegExp(`"((?:[^"]|""){0,300})" *(?=${separator}|\\r|\\n|$)|[^${separator}\\r\\n]*`, 'y')
  const records: { line: number; cells: string[] }[] = []
  let line = 1
  let at = 0
  let cells: string[] = []
  let began = line
  while (at <= text.length) {
    while (text[at] === ' ') at += 1
    cell.lastIndex = at
    const [whole = '', quoted] = cell.exec(text) ?? []
    cells.push(plainName(quoted?.replaceAll('""', '"') ?? whole))
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0
    at += whole.length
    if (text[at] === separator) {
      at += 1
      continue
    }
    records.push({ line: began, cells })
    cells = []
    at += text.startsWith('\r\n', at) ? 2 : 1
    line += 1
    began = line
  }
  return records
}

function separatorOf(text: string): string {
  const bare = text.replace(/"(?:[^"]|""){0,300}"/g, '')
  if (bare.includes('\t')) return '\t'
  const lines = bare.split(/\r\n|\r|\n/)
  const having = (mark: string) => lines.filter((line) => line.includes(mark)).length
  return having(';') && having(';') >= having(',') ? ';' : ','
}
