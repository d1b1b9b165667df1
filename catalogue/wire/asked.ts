// What quotes and orders both ask, apart from what only quotes do: a form that orders carries no more than it needs.
import * as z from 'zod/mini'
import { id, line, whole } from '../schema/text.ts'

/** A district as the catalogue writes it: "01" is taken for "1". */
export const district = z.pipe(
  line(60),
  z.transform((text: string) => text.replace(/^0+(?=.)/, '')),
)

/** How many pupils, staff or classes. */
export const count = whole(0, 100_000)

/** A school's unique reference number: six digits. */
export const urn = z.string().check(z.trim(), z.regex(/^\d{6}$/, 'urn'))

/** Nothing typed, which is nothing given. */
const nothing = z.pipe(
  z.literal(''),
  z.transform(() => undefined),
)

/** Something that may be left out, or left empty. */
export function optional<Inner extends z.ZodMiniType>(inner: Inner) {
  return z.optional(z.union([nothing, inner]))
}

/** One thing asked for. */
export const item = z.object({
  offer: id,
  option: z.optional(id),
  quantity: whole(1, 100_000),
  topics: z.optional(z.array(id).check(z.maxLength(60, 'too-many'))),
  attending: z.optional(whole(1, 10_000)),
  note: optional(line(500)),
})

export const items = z.array(item).check(z.minLength(1, 'required'), z.maxLength(200, 'too-many'))
