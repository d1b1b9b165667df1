/** The days of a catalogue: orders from `opensOn`, support from `year.from`, both until `year.to`. */
export interface Term {
  opensOn: string
  year: { from: string; to: string }
}

/** Whether orders can be placed from a catalogue on a day. */
export function isInForce({ opensOn, year }: Term, on: string): boolean {
  return opensOn <= on && on <= year.to
}

/** The catalogue to show on a day: of those in force the one that opened last, else the latest one to have opened, else the next one to open. */
export function catalogueOn<Entry extends Term>(
  catalogues: readonly Entry[],
  on: string,
): { catalogue: Entry; inForce: boolean } | undefined {
  const byOpening = [...catalogues].sort((a, b) => (a.opensOn < b.opensOn ? 1 : -1))
  const current = byOpening.find((entry) => isInForce(entry, on))
  const catalogue = current ?? byOpening.find((entry) => entry.opensOn <= on) ?? byOpening.at(-1)
  return catalogue && { catalogue, inForce: current !== undefined }
}

/** The day by which a catalogue is priced when seen on `today`: today itself while it is open, else the nearest of its own days. */
export function pricingDay({ opensOn, year }: Term, today: string): string {
  return today < opensOn ? opensOn : today > year.to ? year.to : today
}
