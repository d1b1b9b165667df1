import { base64Of, bytesIn, KeyError, type Keyring } from './keyring.ts'

/** A referral's key as it is kept: wrapped by the master key of a version. */
export interface WrappedKey {
  master: number
  wrapped: string
}

/** Where a sealed text stands: a text that is moved to another row, name or revision does not open there. */
export interface SealedPlace {
  referral: string
  name: string
  revision: number
}

const NONCE = 12
const WRITE = new TextEncoder()
const READ = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A new key for a referral, and how it is kept. */
export async function newReferralKey(ring: Keyring, referral: string): Promise<{ key: CryptoKey; kept: WrappedKey }> {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return { key: await keyFrom(bytes), kept: await wrapped(ring, referral, bytes) }
}

/** Opens a referral's key. Throws `KeyError` where its master key is not held any more, or it was tampered with. */
export async function openReferralKey(ring: Keyring, referral: string, kept: WrappedKey): Promise<CryptoKey> {
  const { iv, sealed } = partsOf(kept.wrapped)
  const way = { name: 'AES-GCM', iv, additionalData: keyPlace(referral, kept.master) }
  try {
    // Opened and imported in one step: a board does so for each of its cards.
    return await crypto.subtle.unwrapKey('raw', sealed, await masterOf(ring, kept.master), way, 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ])
  } catch (error) {
    if (error instanceof KeyError) throw error
    throw new KeyError('A referral’s key does not open at its place.')
  }
}

/** Wraps a referral's key anew, by the current master key. */
export async function rewrapped(ring: Keyring, referral: string, kept: WrappedKey): Promise<WrappedKey> {
  return wrapped(ring, referral, await unwrapped(ring, referral, kept))
}

/** Seals a text for its place: AES-256-GCM with a nonce by chance, in base64. */
export async function seal(key: CryptoKey, text: string, place: SealedPlace): Promise<string> {
  return encrypted(key, bytesOf(text), boundTo(place))
}

/** Opens a sealed text of a place. Throws where it was sealed for another place or under another key. */
export async function open(key: CryptoKey, sealed: string, place: SealedPlace): Promise<string> {
  return READ.decode(await decrypted(key, sealed, boundTo(place)))
}

/** A blind mark: equal for equal subjects of a provider and kind, and nothing to whoever lacks the key. */
export async function markOf(
  ring: Keyring,
  provider: string,
  kind: 'pupil' | 'school' | 'code' | 'request' | 'mailbox',
  subject: string,
): Promise<string> {
  const signed = await crypto.subtle.sign('HMAC', await ring.index(), bytesOf(`${kind}\n${provider}\n${subject}`))
  return base64Of(new Uint8Array(signed).subarray(0, 18)).replaceAll('+', '-').replaceAll('/', '_')
}

function boundTo({ referral, name, revision }: SealedPlace): Uint8Array<ArrayBuffer> {
  return bytesOf(`sealed\n${referral}\n${name}\n${revision}`)
}

async function wrapped(ring: Keyring, referral: string, bytes: Uint8Array<ArrayBuffer>): Promise<WrappedKey> {
  const master = ring.current
  return { master, wrapped: await encrypted(await masterOf(ring, master), bytes, keyPlace(referral, master)) }
}

async function unwrapped(
  ring: Keyring,
  referral: string,
  { master, wrapped: text }: WrappedKey,
): Promise<Uint8Array<ArrayBuffer>> {
  return decrypted(await masterOf(ring, master), text, keyPlace(referral, master))
}

function keyPlace(referral: string, master: number): Uint8Array<ArrayBuffer> {
  return bytesOf(`referral-key\n${referral}\n${master}`)
}

function masterOf(ring: Keyring, version: number): Promise<CryptoKey> {
  const key = ring.master(version)
  if (!key) throw new KeyError(`MASTER_KEYS lacks version ${version}, which some referrals are still wrapped with.`)
  return key
}

function keyFrom(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

async function encrypted(
  key: CryptoKey,
  bytes: Uint8Array<ArrayBuffer>,
  additionalData: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, bytes))
  const whole = new Uint8Array(NONCE + sealed.length)
  whole.set(iv)
  whole.set(sealed, NONCE)
  return base64Of(whole)
}

async function decrypted(
  key: CryptoKey,
  text: string,
  additionalData: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { iv, sealed } = partsOf(text)
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, sealed))
  } catch {
    throw new KeyError('A sealed text does not open at its place.')
  }
}

function partsOf(text: string): { iv: Uint8Array<ArrayBuffer>; sealed: Uint8Array<ArrayBuffer> } {
  const whole = bytesIn(text)
  if (!whole || whole.length < NONCE) throw new KeyError('A sealed text is damaged.')
  return { iv: whole.subarray(0, NONCE), sealed: whole.subarray(NONCE) }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(WRITE.encode(text))
}
