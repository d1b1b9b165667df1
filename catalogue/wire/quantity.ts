/** A quantity as an address or a form writes it: up to six digits, and nothing is 0. What a number could also be written as ("1e2", "0x10") is not one. */
export function quantityIn(text: string): number | undefined {
  const digits = text.trim()
  return /^\d{0,6}$/.test(digits) ? Number(digits) : undefined
}
