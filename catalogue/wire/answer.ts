import * as z from 'zod/mini'
import { email } from '../schema/text.ts'

/** What a text of several lines may not hold: control codes but tabs and line ends, halves of characters and bidirectional overrides. */
const UNPRINTABLE = /(?![\n\t])[\p{Control}\p{Surrogate}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u

/** A text of one or more lines, of 1 to 1,000 characters. Faults: `required`, `too-long`, `not-text`. */
const lines = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => text.replace(/\r\n?/g, '\n').trim()),
  ),
  z.string().check(
    z.minLength(1, 'required'),
    z.maxLength(1_000, 'too-long'),
    z.refine((text: string) => !UNPRINTABLE.test(text), 'not-text'),
  ),
)

/** Taking an order on. `seen` is the state in which whoever answers saw the order: an answer that somebody else gave meanwhile is never overwritten. */
export const acceptRequest = z.object({ seen: z._default(z.enum(['placed', 'declined'], 'choose'), 'placed') })
/** Turning an order down; the school is told why. */
export const declineRequest = z.object({
  reason: lines,
  seen: z._default(z.enum(['placed', 'accepted'], 'choose'), 'placed'),
})
/** A note that the provider's people see, and nobody else. */
export const noteRequest = z.object({ text: lines })
/** Sending a letter again, to the same address or to another. */
export const letterAgainRequest = z.object({ to: z.optional(email) })
