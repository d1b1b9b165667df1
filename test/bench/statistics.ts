/** The value in the middle; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** A figure with so many decimals and its unit. */
export function written(value: number, decimals: number, unit: string): string {
  return `${value.toFixed(decimals)} ${unit}`
}

/** Bytes as kilobytes of 1,000. */
export function kilobytes(bytes: number): string {
  return written(bytes / 1000, 2, 'KB')
}
