const HEX = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** 256 bits by chance, as a cookie can hold them. */
export function newSecret(): string {
  return HEX(crypto.getRandomValues(new Uint8Array(32)))
}

/** A text's SHA-256 in hexadecimal: what is kept in place of a secret. */
export async function hashOf(text: string): Promise<string> {
  return HEX(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** How many codes there are, and the largest multiple of that which 32 bits hold: above it some codes would be likelier than others. */
const CODES = 100_000_000
const FAIR = Math.floor(2 ** 32 / CODES) * CODES

/** Eight digits by chance, each code as likely as every other. */
export function newCode(chance = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? FAIR): string {
  for (;;) {
    const drawn = chance()
    if (drawn < FAIR) return String(drawn % CODES).padStart(8, '0')
  }
}

/** 128 bits by chance, which nobody guesses and an address can hold: the name of an attempt to sign in. */
export function newAttempt(): string {
  return HEX(crypto.getRandomValues(new Uint8Array(16)))
}

/** What is kept of a code: the attempt's name, which nobody but its browser and its letter has, hides it. */
export function hashOfCode(attempt: string, code: string): Promise<string> {
  return hashOf(`code ${attempt} ${code}`)
}
