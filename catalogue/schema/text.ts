import * as z from 'zod/mini'

/** Characters that a sentence never needs and that break logs, letters and terminals: control codes, halves of characters and bidirectional overrides. */
const UNPRINTABLE = /[\p{Control}\p{Surrogate}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u

/** Whether a single line of text can be kept, printed and read aloud as it was typed. */
export function isPlainText(text: string): boolean {
  return !UNPRINTABLE.test(text)
}

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

/** What an e-mail address looks like. */
export const EMAIL = /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(\.[^\s@<>(),;:"[\]\\.]+)+$/

/** An e-mail address of a role, never of a named person. */
export const email = z.string().check(z.maxLength(254, 'too-long'), z.regex(EMAIL, 'email'))
