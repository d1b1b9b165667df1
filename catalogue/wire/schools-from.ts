import { MOST_SCHOOLS } from '../rules/most.ts'
import { type PastedSchools, pastedSchools, plainName, pupilsIn, type SchoolRow } from '../rules/pasted-schools.ts'
import type { School } from '../rules/quote.ts'
import type { Phase } from '../schema/buyer.ts'

/** A school as it was typed. Facts beside the roll are asked for where a price needs them. */
export interface TypedSchool extends SchoolRow {
  phase?: string
  district?: string
  staff?: string
  classes?: string
}

/** What is wrong with a typed school: the control's name, and a code. */
export interface TypedFault {
  name: string
  code: 'required' | 'whole-number' | 'too-small' | 'too-large' | 'too-long'
}

/** What became of a paste: how many schools came in, what was left out, and the lines that need a look, by the row that they became. */
export interface PasteReport {
  added: number
  leftOut: PastedSchools['leftOut']
  toMend: { line: number; row: number; fault: TypedFault }[]
}

/** Rows after a paste, or how many there would have been where that is more than a list may hold. */
export type Pasted = { rows: TypedSchool[]; report: PasteReport } | { tooMany: number }

/** What a form or an address says of a cluster's schools. */
export interface TypedSchools {
  rows: TypedSchool[]
  report?: PasteReport
  /** A paste that was refused, kept so that it can be shortened, and the number of rows that it would have made. */
  refused?: { text: string; tooMany: number }
}

const CONTROL = /^buyer\.schools\.(\d{1,3})\.(name|pupils|phase|district|staff|classes)$/

/** Whether nothing was typed into a row that a price could use. */
export function isBlank({ name, pupils }: SchoolRow): boolean {
  return !name.trim() && !pupils.trim()
}

/** The typed schools as a price takes them, without the rows that are blank or wrong, and what is wrong. `rowOf` leads from a school back to its row. */
export function schoolsIn(rows: readonly TypedSchool[]): { schools: School[]; rowOf: number[]; faults: TypedFault[] } {
  const schools: School[] = []
  const rowOf: number[] = []
  const faults: TypedFault[] = []
  rows.forEach((row, index) => {
    if (isBlank(row)) return
    const found = faultsOfRow(row, index)
    faults.push(...found)
    const pupils = pupilsIn(row.pupils)
    if (typeof pupils !== 'number' || found.some(({ code }) => code === 'too-long')) return
    const staff = pupilsIn(row.staff ?? '')
    const classes = pupilsIn(row.classes ?? '')
    const district = row.district?.trim().replace(/^0+(?=.)/, '')
    rowOf.push(index)
    schools.push({
      name: plainName(row.name),
      pupils,
      ...(typeof staff === 'number' && { staff }),
      ...(typeof classes === 'number' && { classes }),
      ...(district && { district }),
      // A phase that has no price, or that does not exist, is a fault of the quote.
      ...(row.phase && { phase: row.phase as Phase }),
    })
  })
  return { schools, rowOf, faults }
}

function faultsOfRow(row: TypedSchool, index: number): TypedFault[] {
  const at = `buyer.schools.${index}`
  const name = plainName(row.name)
  const pupils = pupilsIn(row.pupils)
  return [
    ...(name ? [] : [{ name: `${at}.name`, code: 'required' as const }]),
    ...(name.length > 120 ? [{ name: `${at}.name`, code: 'too-long' as const }] : []),
    ...(typeof pupils === 'number' ? [] : [{ name: `${at}.pupils`, code: pupils }]),
  ]
}

/** Puts pasted schools after those that are there, or from row `at` on, over what stands in the rows that follow if they are blank. */
export function withPasted(rows: readonly TypedSchool[], text: string, at = rows.length): Pasted {
  const { rows: pasted, leftOut } = pastedSchools(text)
  const before = rows.slice(0, at)
  const start = before.findLastIndex((row) => !isBlank(row)) + 1
  const after = rows.slice(at).filter((row) => !isBlank(row))
  const all: TypedSchool[] = [
    ...before.slice(0, start),
    ...pasted.map(({ name, pupils }) => ({ name, pupils })),
    ...after,
  ]
  if (all.length > MOST_SCHOOLS) return { tooMany: all.length }
  const toMend = pasted.flatMap(({ line, ...row }, index) =>
    faultsOfRow(row, start + index).map((fault) => ({ line, row: start + index, fault })),
  )
  return { rows: all, report: { added: pasted.length, leftOut, toMend } }
}

/**
 * The schools of a form without a script: `buyer.schools.0.name`, `buyer.schools.0.pupils` and so on, `schools` for what was pasted,
 * and `step`, the button that was pressed: `add` a row, `remove.3`. Undefined where the form or address names none.
 */
export function schoolsFrom(entries: Iterable<readonly [string, string]>): TypedSchools | undefined {
  const rows: TypedSchool[] = []
  let text = ''
  let step = ''
  for (const [name, value] of entries) {
    if (name === 'schools') text = value
    if (name === 'step') step = value
    const [, place, field] = CONTROL.exec(name) ?? []
    const index = Number(place)
    if (!field || index >= MOST_SCHOOLS) continue
    while (rows.length <= index) rows.push({ name: '', pupils: '' })
    const row = rows[index]
    if (row) Object.assign(row, { [field]: value.slice(0, 200) })
  }
  if (!rows.length && !text.trim() && !step) return undefined
  const removed = /^remove\.(\d{1,3})$/.exec(step)?.[1]
  if (removed) rows.splice(Number(removed), 1)
  const pasted = text.trim() ? withPasted(rows, text) : undefined
  const filled = pasted && 'rows' in pasted ? pasted.rows : rows
  return {
    rows: step === 'add' && filled.length < MOST_SCHOOLS ? [...filled, { name: '', pupils: '' }] : filled,
    ...(pasted && 'report' in pasted && { report: pasted.report }),
    ...(pasted && 'tooMany' in pasted && { refused: { text, tooMany: pasted.tooMany } }),
  }
}
