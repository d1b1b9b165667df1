/** Calendar days are ISO strings, `YYYY-MM-DD`, which compare as text and know no time zone. */

/** The last day of all: on which what never ends would end. */
export const NEVER = '9999-12-31'

/** Whether the text names a day that exists. */
export function isDay(text: string): boolean {
  // A day that does not exist has no instant, or another day's.
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
}

/** The day so many days later; earlier where `days` is negative. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
