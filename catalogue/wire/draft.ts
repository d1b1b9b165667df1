import * as z from 'zod/mini'
import { day } from '../schema/figures.ts'
import { isPlainText } from '../schema/plain.ts'
import { id, line, whole } from '../schema/text.ts'

/** The longest text of a draft, in bytes of UTF-8. */
export const MOST_DRAFT_BYTES = 512_000

/** How many drafts of a provider may be open at once. */
export const MOST_DRAFTS = 50

/** Halves of characters and NUL, which no database keeps as they are. */
const UNKEEPABLE = /[\p{Surrogate}\0]/u

/** A catalogue's text as typed, broken or not. */
const text = z.string().check(z.refine((typed: string) => !UNKEEPABLE.test(typed), 'not-text'))

/** A version of a catalogue. */
const version = z.object({ catalogue: id, version: whole(1, 1_000_000) })

/** A new draft: from a published version, from a text, or from nothing. With a text, `from` only says what it is a change of. */
export const draftRequest = z.object({
  from: z.optional(version),
  text: z.optional(text),
  title: z.optional(line(120)),
})
export type DraftRequest = z.infer<typeof draftRequest>

/** A draft's text and, where it was given another name, its title. */
export const saveRequest = z.object({ text, title: z.optional(line(120)) })

/** Where in the document somebody is, as a JSON pointer. */
export const presenceRequest = z.object({
  place: z._default(z.string().check(z.maxLength(300, 'too-long'), z.refine(isPlainText, 'not-text')), ''),
})

/**
 * To publish a revision of a draft now or from a day on. `warnings` are the ids of those that were read and ticked. `live` is the
 * version that counted when its differences were read, null for none: where another counts by now, nothing is published.
 */
export const publishRequest = z.object({
  from: z.union([z.literal('now'), day], 'not-a-date'),
  revision: whole(1, Number.MAX_SAFE_INTEGER),
  warnings: z.array(z.string().check(z.maxLength(2_000, 'too-long'))).check(z.maxLength(2_000, 'too-many')),
  live: z.optional(z.nullable(whole(1, 1_000_000))),
})
export type PublishRequest = z.infer<typeof publishRequest>
