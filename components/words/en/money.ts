import { spoken } from '../spoken.ts'

/** Pounds, with pence only where there are any: "£1,925", "£2.50", "−£45". English and Welsh write numbers alike. */
export function pounds(pence: number): string {
  const digits = pence % 100 ? 2 : 0
  return `${pence < 0 ? '−' : ''}£${Math.abs(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

/** Dates and durations. */
export const en = {
  longDate: (day: string): string =>
    new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }),
  hours: ({ least, most }: { least: number; most: number }): string => {
    const unit = least % 60 || most % 60 ? 1 : 60
    const number = (minutes: number) => (minutes / unit).toLocaleString('en-GB')
    const name = `${unit === 60 ? 'hour' : 'minute'}${most === unit ? '' : 's'}`
    const from = least === most ? '' : least ? `${number(least)} to ` : 'up to '
    return `${from}${number(most)} ${name}`
  },
}
const words = spoken('money', en)

/** A date as people write it: "10 September 2024". */
export const longDate = (day: string): string => words.longDate(day)

/** Minutes as hours: "12 to 13 hours", "1 hour", "1½ hours" as "90 minutes", "up to 100 hours". */
export const hours = (range: { least: number; most: number }): string => words.hours(range)
