import * as z from 'zod/mini'
import { email, line, sentence, title, whole } from './text.ts'

/** What the provider tells families about their data, and how they complain. Shown, printable, from every referral and consent page. */
export const privacy = z.strictObject({
  controller: title.check(z.describe('Who answers for the data.')),
  contact: z.optional(
    z
      .strictObject({ name: z.optional(title), email: z.optional(email), telephone: z.optional(line(30)) })
      .check(z.describe('Whom to ask about it.')),
  ),
  notice: z
    .array(
      z.strictObject({
        heading: title,
        text: z.array(sentence).check(z.minLength(1, 'required'), z.maxLength(20, 'too-many')),
      }),
    )
    .check(z.minLength(1, 'required'), z.maxLength(20, 'too-many'), z.describe('The privacy notice, part by part.')),
  complaints: z.strictObject({
    steps: z.array(sentence).check(z.minLength(1, 'required'), z.maxLength(20, 'too-many')),
    acknowledgedWithin: z.optional(whole(1, 60).check(z.describe('Working days.'))),
    answeredWithin: z.optional(whole(1, 120).check(z.describe('Working days.'))),
    further: z.optional(sentence.check(z.describe('Where to turn if that does not help.'))),
  }),
})
export type Privacy = z.infer<typeof privacy>
