import * as z from 'zod/mini'
import { id, sentence, title, whole } from './text.ts'

/** The languages that consent pages have words for, beside English. */
export const CONSENT_LANGUAGES = ['cy', 'pl', 'ur', 'ar'] as const
export const consentLanguage = z.enum(CONSENT_LANGUAGES)
export type ConsentLanguage = z.infer<typeof consentLanguage>

/** Who can answer. `young-person`: from the age that the catalogue says on, in place of parents and carers. */
export const CONSENT_GIVERS = ['carer', 'young-person', 'social-worker'] as const
export const consentGiver = z.enum(CONSENT_GIVERS)
export type ConsentGiver = z.infer<typeof consentGiver>

const told = {
  name: title.check(z.describe('What is asked, as a heading: “Share the request”.')),
  text: sentence.check(z.describe('What a parent agrees to, in sentences of fewer than fifteen words.')),
  sees: sentence.check(z.describe('Who will see what.')),
  keptFor: sentence.check(z.describe('For how long it is kept.')),
}

/** One thing that is agreed to or refused by itself. */
export const purpose = z.strictObject({
  id,
  ...told,
  asked: z
    .enum(['at-once', 'at-meeting', 'each-time'])
    .check(
      z.describe(
        'at-once: as soon as the school has sent the referral. at-meeting: at the first meeting, later on. each-time: once for each specialist of the list.',
      ),
    ),
  releases: z.optional(
    z.boolean().check(z.describe('Until it is given, nothing leaves the school’s and the parent’s side.')),
  ),
  by: z.array(consentGiver).check(z.minLength(1, 'required'), z.describe('Who can answer.')),
  inPerson: z.optional(z.boolean().check(z.describe('It is given in person and written down by who was there.'))),
  each: z.optional(
    z
      .array(
        z.strictObject({
          id,
          name: title,
          in: z.optional(
            z
              .array(z.strictObject({ language: consentLanguage, name: title }))
              .check(z.maxLength(10, 'too-many'), z.describe('The same in other languages.')),
          ),
        }),
      )
      .check(z.minLength(1, 'required'), z.maxLength(20, 'too-many'), z.describe('The specialists, one by one.')),
  ),
  lastsDays: z.optional(
    whole(1, 1_100).check(z.describe('After so many days a permission has run out and is asked for again.')),
  ),
  in: z.optional(
    z
      .array(z.strictObject({ language: consentLanguage, ...told }))
      .check(z.maxLength(10, 'too-many'), z.describe('The same in other languages.')),
  ),
})
export type ConsentPurpose = z.infer<typeof purpose>

const wording = {
  asks: sentence.check(z.describe('Who asks, for what.')),
  no: sentence.check(z.describe('That no is a fine answer, and what happens then.')),
}

/** What parents, carers and young people are asked, and how. */
export const consent = z.strictObject({
  ...wording,
  purposes: z.array(purpose).check(z.minLength(1, 'required'), z.maxLength(12, 'too-many')),
  carers: whole(1, 2).check(
    z.describe('How many carers have to agree, where the school names two. 1: either of them is enough.'),
  ),
  ownAnswerFrom: z.optional(
    whole(10, 18).check(z.describe('From this age on a young person answers in place of parents and carers.')),
  ),
  languages: z.array(consentLanguage).check(z.describe('Beside English.')),
  openDays: whole(1, 365).check(
    z.describe('For how many days a parent can answer before the school has to ask again.'),
  ),
  in: z.optional(
    z
      .array(z.strictObject({ language: consentLanguage, ...wording }))
      .check(z.maxLength(10, 'too-many'), z.describe('The same in other languages.')),
  ),
})
export type Consent = z.infer<typeof consent>
