import * as z from 'zod/mini'
import { day } from './figures.ts'
import { id, title } from './text.ts'

const endsAfter = () =>
  z.refine<{ from: string; to: string }>((span) => span.from <= span.to, {
    error: 'ends-before-it-begins',
    path: ['to'],
  })

const span = z.strictObject({ from: day, to: day }).check(endsAfter())

const term = z
  .strictObject({
    id,
    name: title,
    from: day,
    to: day,
    halfTerm: z.optional(span.check(z.describe('The holiday in the middle of the term.'))),
  })
  .check(endsAfter())
export type Term = z.infer<typeof term>

const closure = z.strictObject({ name: title, from: day, to: day }).check(endsAfter())

/** When the provider works, beside Mondays to Fridays without England’s bank holidays. */
export const calendar = z.strictObject({
  terms: z
    .array(term)
    .check(z.maxLength(12, 'too-many'), z.describe('The terms of the year: places and panels are counted by them.')),
  closures: z
    .array(closure)
    .check(z.maxLength(60, 'too-many'), z.describe('Days on which the service is closed: they are no working days.')),
})
export type Calendar = z.infer<typeof calendar>
