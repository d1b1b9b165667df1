import type { Bindings } from '../environment.ts'

/** The keys that are held outside the database: master keys by their version, and the one that blind marks are made with. */
export interface Keyring {
  /** The version that new referrals are wrapped with. */
  current: number
  /** A master key; undefined where the version is not held any more. */
  master: (version: number) => Promise<CryptoKey> | undefined
  index: () => Promise<CryptoKey>
}

/** A key that is missing or unreadable: its message says what to set, and never what was set. */
export class KeyError extends Error {}

const rings = new Map<string, Keyring>()

/**
 * The keys that the worker was given: `MASTER_KEYS` is a list such as `2:BASE64,1:BASE64`, the first of which is current, and
 * `INDEX_KEY` is one key; each key has 32 bytes. Throws `KeyError`.
 */
export function keyringOf({ MASTER_KEYS = '', INDEX_KEY = '' }: Pick<Bindings, 'MASTER_KEYS' | 'INDEX_KEY'>): Keyring {
  const given = `${MASTER_KEYS} ${INDEX_KEY}`
  const known = rings.get(given)
  if (known) return known
  const masters = new Map<number, Uint8Array<ArrayBuffer>>()
  for (const entry of MASTER_KEYS.split(',').filter(Boolean)) {
    const [, version = '', key = ''] = /^\s*(\d{1,6}):([\w+/=-]+)\s*$/.exec(entry) ?? []
    const bytes = bytesIn(key)
    if (bytes?.length !== 32)
      throw new KeyError('MASTER_KEYS has to be a list such as 1:KEY, each key 32 bytes in base64.')
    // The one that is listed second would stand for both, and what the first has wrapped would open no more.
    if (masters.has(Number(version))) throw new KeyError('MASTER_KEYS names a version twice.')
    masters.set(Number(version), bytes)
  }
  const [current] = masters.keys()
  if (current === undefined)
    throw new KeyError('The secret MASTER_KEYS is missing: referrals cannot be kept without it.')
  const index = bytesIn(INDEX_KEY)
  if (index?.length !== 32) throw new KeyError('The secret INDEX_KEY has to be 32 bytes in base64.')
  const made = new Map<number, Promise<CryptoKey>>()
  let marking: Promise<CryptoKey> | undefined
  const ring: Keyring = {
    current,
    master: (version) => {
      const bytes = masters.get(version)
      if (!bytes) return undefined
      const key =
        made.get(version) ??
        crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt', 'unwrapKey'])
      made.set(version, key)
      return key
    },
    index: () => {
      marking ??= crypto.subtle.importKey('raw', index, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
      return marking
    },
  }
  rings.clear()
  rings.set(given, ring)
  return ring
}

/** What the worker's runtime does by itself, and Node not yet. */
const own = Uint8Array as {
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>
  prototype: { toBase64?: (this: Uint8Array) => string }
}

/** Bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  const { toBase64 } = own.prototype
  if (toBase64) return toBase64.call(bytes)
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** The bytes of a base64 text; undefined where it is none. */
export function bytesIn(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const plain = /[-_]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : text
    if (own.fromBase64) return own.fromBase64(plain)
    const signs = atob(plain)
    const bytes = new Uint8Array(signs.length)
    for (let at = 0; at < signs.length; at += 1) bytes[at] = signs.charCodeAt(at)
    return bytes
  } catch {
    return undefined
  }
}
