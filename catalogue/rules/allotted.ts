/** Parts of `pence` in proportion to `weights`, which sum to `pence` to the penny. Left-over pennies go to the largest remainders, earlier entries first. All weights 0: equal parts. */
export function allotted(pence: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (weights.length > 0 && sum === 0)
    return allotted(
      pence,
      weights.map(() => 1),
    )
  const whole = BigInt(pence)
  const over = BigInt(sum || 1)
  const parts = weights.map((weight, index) => {
    const product = whole * BigInt(weight)
    return { index, part: Number(product / over), rest: product % over }
  })
  let left = pence - parts.reduce((total, { part }) => total + part, 0)
  for (const entry of [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))) {
    if (left <= 0) break
    entry.part += 1
    left -= 1
  }
  return parts.map(({ part }) => part)
}
