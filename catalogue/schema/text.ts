import * as z from 'zod/mini'

/** Characters that a sentence never needs and that break logs, letters and terminals: control codes and bidirectional overrides. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/

/** Whether a single line of text can be kept, printed and read aloud as it was typed. */
export function isPlainText(text: string): boolean {
  return !UNPRINTABLE.test(text) && !/\p{Surrogate}/u.test(text)
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

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const day = z.iso.date('not-a-date')

/** Whole pence, from nothing to a million pounds: large enough for any price, small enough that no sum of them loses a penny. */
export const pence = z.int('whole-pence').check(z.minimum(0, 'negative'), z.maximum(100_000_000, 'too-large'))

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number) {
  return z.int('whole-number').check(z.minimum(least, 'too-small'), z.maximum(most, 'too-large'))
}

/** Minutes of support, up to ten thousand hours. */
export const minutes = whole(0, 600_000)

/** Percent, with at most two decimals: 10, 17.5, 33.33. */
export const percent = z.number().check(
  z.minimum(0, 'negative'),
  z.maximum(100, 'too-large'),
  z.refine((value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'two-decimals'),
)

/** An e-mail address of a role, never of a named person. */
export const email = z
  .string()
  .check(
    z.maxLength(254, 'too-long'),
    z.regex(/^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\.]+(\.[^\s@<>(),;:"[\]\\.]+)+$/, 'email'),
  )
