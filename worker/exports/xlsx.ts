import { type Cell, type ColumnKind, inPounds, type Table } from './table.ts'
import { type ZippedFile, zipOf } from './zip.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Places in the list of styles. */
const STYLES: Record<ColumnKind | 'head', number> = { text: 0, count: 0, pounds: 1, day: 2, head: 3 }

/**
 * Tables as a workbook (ECMA-376), a sheet each, piece by piece: a library would hold the whole of it several times over. Texts are texts, so that none
 * is ever a formula; money and days are numbers with a format.
 */
export function xlsxOf(tables: readonly Table[]): AsyncGenerator<Uint8Array> {
  const numbers = tables.map((_, index) => index + 1)
  const files: ZippedFile[] = [
    file(
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${SHEET}.worksheet+xml"/>`).join('')}</Types>`,
    ),
    file(
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    file(
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${tables.map(({ name }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    ),
    file(
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">${numbers.map((number) => `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`).join('')}<Relationship Id="rId${tables.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ),
    file(
      'xl/styles.xml',
      `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="[$£-809]#,##0.00"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>`,
    ),
    ...tables.map((table, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: sheetOf(table) })),
  ]
  return zipOf(files)
}

function file(name: string, text: string): ZippedFile {
  return {
    name,
    content: (async function* () {
      yield new TextEncoder().encode(text)
    })(),
  }
}

async function* sheetOf({ columns, pages }: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const letters = columns.map((_, index) => lettersOf(index))
  const rowOf = (number: number, cells: readonly string[]) => `<row r="${number}">${cells.join('')}</row>`
  const heads = columns.map(({ name }, index) => textCell(`${letters[index]}1`, STYLES.head, name))
  yield encoder.encode(
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>${rowOf(1, heads)}`,
  )
  let number = 1
  for await (const rows of pages()) {
    const text = rows.map((row) => {
      number += 1
      return rowOf(
        number,
        row.map((cell, index) => cellOf(`${letters[index]}${number}`, columns[index]?.kind ?? 'text', cell)),
      )
    })
    yield encoder.encode(text.join(''))
  }
  yield encoder.encode('</sheetData></worksheet>')
}

function cellOf(place: string, kind: ColumnKind, cell: Cell): string {
  if (cell === null || cell === '') return ''
  if (kind === 'day') return `<c r="${place}" s="${STYLES.day}"><v>${serialOf(String(cell))}</v></c>`
  if (typeof cell === 'number')
    return `<c r="${place}" s="${STYLES[kind]}"><v>${kind === 'pounds' ? inPounds(cell) : cell}</v></c>`
  return textCell(place, STYLES.text, cell)
}

function textCell(place: string, style: number, text: string): string {
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

/** Text in XML. Signs that XML cannot hold are left out, and what Excel would read as the code of a sign is kept from being one. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A day as spreadsheets count: from the last but one day of 1899. */
function serialOf(day: string): number {
  return (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000
}

/** A column's letters: A to Z, AA to AZ, and on. */
function lettersOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : lettersOf(Math.floor(index / 26) - 1) + lettersOf(index % 26)
}
