/** 29 signs that are told apart when written: no I, L, O, U, S, 0 or 1. A prime number of them lets the last sign catch a slip. */
export const SIGNS = '23456789ABCDEFGHJKMNPQRTVWXYZ'

/** A reference that can be read out over the phone, such as `SS-7K4M-2QXD`: the provider's initials, seven signs by chance and one that checks them. */
export function newReference(provider: string): string {
  const chance = [...crypto.getRandomValues(new Uint32Array(7))].map((number) => number % SIGNS.length)
  const signs = [...chance, checkOf(chance)].map((value) => SIGNS[value]).join('')
  return `${initialsOf(provider)}-${signs.slice(0, 4)}-${signs.slice(4)}`
}

function checkOf(values: readonly number[]): number {
  return values.reduce((sum, value, index) => sum + value * (index + 2), 0) % SIGNS.length
}

/** The first letters of a provider's first two words, or the first two of its only one. */
export function initialsOf(provider: string): string {
  const [first = '', second] = provider.split('-')
  return (
    second === undefined ? first.slice(0, 2).padEnd(2, 'X') : `${first.charAt(0)}${second.charAt(0)}`
  ).toUpperCase()
}
