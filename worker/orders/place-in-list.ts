import * as z from 'zod/mini'
import { invalid } from '../failures.ts'

/** After every place. */
export const END = '\u{10ffff}'

const place = z.array(z.string().check(z.maxLength(1_000))).check(z.minLength(1), z.maxLength(4))

/** A place in a list as an address carries it. */
export function writtenPlace(parts: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** The place that an address carries under a name; undefined where it carries none. */
export function readPlace(typed: string, name: string): string[] | undefined {
  if (typed === '') return undefined
  try {
    const bytes = Uint8Array.from(atob(typed.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
    return place.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)))
  } catch {
    throw invalid([{ pointer: `/${name}`, code: 'choose' }])
  }
}
