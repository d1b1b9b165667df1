/** What somebody typed, as the document keeps it. A number that cannot be read stays text, so that nothing typed is lost. */
export type Read = number | string | undefined

const PENCE = /^(\d{1,3}(,\d{3})+|\d+)?(\.(\d{1,2})?)?$/

/** Pounds as people type them, in pence: `1,050`, `£1,050.50`, `.5`, `free`. Nothing typed is undefined. */
export function penceFrom(typed: string): Read {
  const text = typed.trim()
  if (text === '') return undefined
  if (/^(free|nothing|no charge)$/i.test(text)) return 0
  const plain = text.replace(/^£\s*/, '').replace(/\s+/g, '')
  const found = PENCE.exec(plain)
  if (!found || !/\d/.test(plain)) return text
  const pence = Number((found[1] ?? '0').replaceAll(',', '')) * 100 + Number((found[4] ?? '').padEnd(2, '0'))
  return Number.isSafeInteger(pence) ? pence : text
}

/** Pence as a field shows them: `1,050`, `1,050.50`. What is no amount is shown as it was typed. */
export function penceShown(value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : ''
  if (!Number.isInteger(value) || value < 0) return String(value)
  const pounds = String(Math.floor(value / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  const rest = value % 100
  return rest === 0 ? pounds : `${pounds}.${String(rest).padStart(2, '0')}`
}

/** Hours as people type them, in minutes: `12`, `12.5`, `1:30`, `1h 30`, `90 minutes`. */
export function minutesFrom(typed: string): Read {
  const text = typed.trim().toLowerCase()
  if (text === '') return undefined
  const clock = /^(\d+)\s*(?::|h(?:ours?|rs?)?)\s*([0-5]?\d)?\s*(?:m(?:in(?:ute)?s?)?)?$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2] ?? 0)
  const minutes = /^(\d+)\s*m(?:in(?:ute)?s?)?$/.exec(text)
  if (minutes) return Number(minutes[1])
  const hours = /^(\d+(?:[.,]\d+)?|[.,]\d+)\s*(?:h(?:ours?|rs?)?)?$/.exec(
    text.replace('½', '.5').replace('¼', '.25').replace('¾', '.75'),
  )
  if (!hours) return typed.trim()
  const value = Number((hours[1] ?? '').replace(',', '.')) * 60
  return Math.abs(value - Math.round(value)) < 0.31 ? Math.round(value) : typed.trim()
}

/** Minutes as a field shows them: hours where these are short to write, `1:25` else. */
export function minutesShown(value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : ''
  if (!Number.isInteger(value) || value < 0) return String(value)
  const hours = value / 60
  if (Number.isInteger(hours * 4)) return String(hours)
  return `${Math.floor(hours)}:${String(value % 60).padStart(2, '0')}`
}

/** A number as people type it: `1,200`, `17.5`, `10%`. */
export function numberFrom(typed: string): Read {
  const text = typed.trim()
  if (text === '') return undefined
  const plain = text.replace(/\s*%$/, '').replace(/^(\d{1,3}(,\d{3})+)(?=\.|$)/, (all) => all.replaceAll(',', ''))
  return /^\d{1,12}(\.\d{1,6})?$|^\.\d{1,6}$/.test(plain) ? Number(plain) : text
}

/** A number as a field shows it. */
export function numberShown(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') return ''
  const [whole = '', rest] = String(value).split('.')
  // A year-like figure of four digits is easier to read and to type without its comma.
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole
  return rest === undefined ? grouped : `${grouped}.${rest}`
}
