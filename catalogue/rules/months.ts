/** Whole months from the month of `from` to the month of `to`, both counted: 1 within one month. */
export function monthsThrough(from: string, to: string): number {
  return (
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7)) + 1
  )
}
