const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Pence as people write them: £1,050, £386.25. */
export function pounds(pence: number): string {
  const [whole = '0', rest = '00'] = (Math.abs(pence) / 100).toFixed(2).split('.')
  return `${pence < 0 ? '−' : ''}£${grouped(whole)}${rest === '00' ? '' : `.${rest}`}`
}

/** A number with commas between its thousands. */
export function number(value: number): string {
  const [whole = '0', rest] = String(value).split('.')
  return /^-?\d+$/.test(whole) ? `${grouped(whole)}${rest === undefined ? '' : `.${rest}`}` : String(value)
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Minutes as people say them: 12 hours, 1 hour 30 minutes, 45 minutes. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes - hours * 60
  const parts = [hours ? counted(hours, 'hour') : '', rest ? counted(rest, 'minute') : ''].filter(Boolean)
  return parts.join(' ') || 'no time'
}

/** A number of things: 1 hour, 1,200 pupils. */
export function counted(count: number, word: string, words = `${word}s`): string {
  return `${number(count)} ${count === 1 ? word : words}`
}

/** A day as people write it: 10 September 2024. What is no day stays as it is. */
export function longDay(day: string): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  const name = MONTHS[Number(month) - 1]
  return name ? `${Number(date)} ${name} ${year}` : day
}
