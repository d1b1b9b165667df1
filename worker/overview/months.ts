import type { Month } from './store.ts'

/** No year is shown with more months than this. */
const MOST = 36

/** Each month from the year's first to its last, those before it in which orders came in already, and none left out between. */
export function monthsOf(found: readonly Month[], year: { from: string; to: string } | undefined): Month[] {
  const known = new Map(found.map((month) => [month.month, month]))
  const names = [...known.keys(), ...(year ? [year.from.slice(0, 7), year.to.slice(0, 7)] : [])].sort()
  const [first, last] = [names[0], names.at(-1)]
  const months: Month[] = []
  if (first === undefined || last === undefined) return months
  for (let month = first; month <= last && months.length < MOST; month = monthAfter(month))
    months.push(known.get(month) ?? { month, orders: 0, pence: 0, leastMinutes: 0, mostMinutes: 0 })
  return months
}

function monthAfter(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))]
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`
}
