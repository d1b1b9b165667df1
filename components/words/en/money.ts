/** Pounds, with pence only where there are any: "£1,925", "£2.50", "−£45". */
export function pounds(pence: number): string {
  const digits = pence % 100 ? 2 : 0
  return `${pence < 0 ? '−' : ''}£${Math.abs(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

/** A date as people write it: "10 September 2024". */
export function longDate(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** Minutes as hours: "12 to 13 hours", "1 hour 30 minutes", "up to 100 hours". */
export function hours({ least, most }: { least: number; most: number }): string {
  const plain = (minutes: number) => {
    const whole = Math.floor(minutes / 60)
    const rest = minutes % 60
    const text = `${whole.toLocaleString('en-GB')} ${whole === 1 ? 'hour' : 'hours'}`
    return rest === 0 ? text : whole === 0 ? `${rest} minutes` : `${text} ${rest} minutes`
  }
  if (least === most) return plain(most)
  if (least === 0) return `up to ${plain(most)}`
  return least % 60 || most % 60 ? `${plain(least)} to ${plain(most)}` : `${least / 60} to ${plain(most)}`
}
