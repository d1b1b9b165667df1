/** Money is whole pence. Every rounding in the product happens here: half up, once. */

/** `pence × numerator ÷ denominator`, rounded half up to the penny, exact for any safe integers. */
export function portionOf(pence: number, numerator: number, denominator: number): number {
  if (numerator === denominator) return pence
  const twice = 2n * BigInt(pence) * BigInt(numerator)
  const divisor = 2n * BigInt(denominator)
  return Number((twice + BigInt(denominator)) / divisor)
}

/** A percentage of some pence, rounded half up. `percent` has at most two decimals. */
export function percentOf(pence: number, percent: number): number {
  return portionOf(pence, Math.round(percent * 100), 10_000)
}
