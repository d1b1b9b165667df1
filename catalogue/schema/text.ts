import * as z from 'zod/mini'
import { EMAIL, isPlainText } from './plain.ts'

/** One line of text of 1 to `most` characters. Faults: `required`, `too-long`, `not-text`. */
export function line(most: number) {
  return z
    .string()
    .check(z.trim(), z.minLength(1, 'required'), z.maxLength(most, 'too-long'), z.refine(isPlainText, 'not-text'))
}

/** A sentence or a short paragraph in the provider's own words. */
export const sentence = line(1_000)

/** A short name that people see. */
export const title = line(120)

/** A name that addresses, quotes and orders use: small letters, digits and single hyphens. */
export const id = z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not-an-id'), z.maxLength(60, 'too-long'))

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number) {
  return z.int('whole-number').check(z.minimum(least, 'too-small'), z.maximum(most, 'too-large'))
}

/** A whole web address. */
export const webAddress = z.url({ error: 'not-a-url', abort: true }).check(z.regex(/^https?:\/\//, 'not-a-url'))

/** An e-mail address of a role, never of a named person. */
export const email = z.string().check(z.maxLength(254, 'too-long'), z.regex(EMAIL, 'email'))
