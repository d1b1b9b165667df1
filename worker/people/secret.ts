const HEX = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** 256 bits by chance, as a cookie can hold them. */
export function newSecret(): string {
  return HEX(crypto.getRandomValues(new Uint8Array(32)))
}

/** A text's SHA-256 in hexadecimal: what is kept in place of a secret. */
export async function hashOf(text: string): Promise<string> {
  return HEX(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}
