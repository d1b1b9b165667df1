import * as z from 'zod/mini'
import { consent, consentLanguage } from './consent.ts'
import { email, id, line, sentence, title, webAddress, whole } from './text.ts'

/** How a question is answered. */
export const QUESTION_KINDS = [
  'line',
  'text',
  'email',
  'telephone',
  'number',
  'date',
  'yes-no',
  'choice',
  'choices',
] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

/**
 * What an answer is to the product, whatever the question is called: the rules, letters and consent pages find people by it.
 * `told` may stand at several questions; each address gets a letter that a referral was made.
 */
export const ANSWER_FILLS = [
  'pupil.name',
  'pupil.born',
  'pupil.year',
  'carer.name',
  'carer.relationship',
  'carer.email',
  'carer.language',
  'second-carer.name',
  'second-carer.relationship',
  'second-carer.email',
  'second-carer.language',
  'young-person.email',
  'young-person.language',
  'social-worker.name',
  'social-worker.email',
  'school.name',
  'school.urn',
  'school.district',
  'referrer.name',
  'referrer.role',
  'told',
] as const
export type AnswerFills = (typeof ANSWER_FILLS)[number]

/** Who sees an answer beside the co-ordinators: each by case. */
export const CASE_READERS = ['practitioner', 'panel-member', 'commissioner'] as const
export const caseReader = z.enum(CASE_READERS)
export type CaseReader = z.infer<typeof caseReader>

/** Who moves a case on. `school`: by its link. */
export const CASE_MOVERS = ['coordinator', ...CASE_READERS, 'school'] as const
export const caseMover = z.enum(CASE_MOVERS)
export type CaseMover = z.infer<typeof caseMover>

const question = z
  .strictObject({
    id,
    as: z.enum(QUESTION_KINDS),
    label: line(200),
    hint: z.optional(sentence),
    why: sentence.check(z.describe('What the answer is for. It stands beside the question.')),
    fills: z.optional(z.enum(ANSWER_FILLS).check(z.describe('What the answer is to the letters and consent pages.'))),
    optional: z.optional(z.boolean()),
    most: z.optional(whole(1, 5_000).check(z.describe('The most characters of a text, or the largest number.'))),
    choices: z.optional(
      z
        .array(z.strictObject({ id, name: line(200), hint: z.optional(sentence) }))
        .check(z.minLength(2, 'required'), z.maxLength(40, 'too-many')),
    ),
    when: z.optional(
      z
        .strictObject({ question: id, is: id })
        .check(z.describe('Asked only where another question of the same page has this answer.')),
    ),
    seenBy: z
      .array(caseReader)
      .check(z.describe('Who sees the answer beside the co-ordinators, once consent has released the referral.')),
  })
  .check(
    z.refine(
      (asked: { as: string; choices?: unknown }) => /^choices?$/.test(asked.as) === (asked.choices !== undefined),
      { error: 'choices-where-chosen', path: ['choices'] },
    ),
  )
export type Question = z.infer<typeof question>

const part = z
  .strictObject({
    id,
    group: z.optional(title.check(z.describe('The heading of the task list that it stands under.'))),
    name: title.check(z.describe('What the task is called: “The pupil”.')),
    intro: z.optional(sentence),
    questions: z.array(question).check(z.minLength(1, 'required'), z.maxLength(12, 'too-many')),
  })
  .check(z.describe('One page about one thing.'))
export type Part = z.infer<typeof part>

const condition = z.strictObject({
  id,
  question: sentence.check(z.describe('A question that yes or no answers.')),
  hint: z.optional(sentence),
  pass: z.enum(['yes', 'no']).check(z.describe('The answer with which the referral can go on.')),
  otherwise: sentence.check(z.describe('Why it cannot go this way, said honestly and kindly.')),
  turnTo: z
    .array(
      z.strictObject({
        name: title,
        how: sentence,
        pathway: z.optional(id.check(z.describe('Another pathway of this catalogue: a link leads there.'))),
        provider: z.optional(
          id.check(z.describe('Another provider here, by its name in addresses: a link leads there.')),
        ),
        page: z.optional(
          z
            .enum(['packages', 'training', 'cluster'])
            .check(z.describe('A page of this provider’s own offers here: a link leads there.')),
        ),
        website: z.optional(webAddress),
        telephone: z.optional(line(30)),
      }),
    )
    .check(z.maxLength(10, 'too-many'), z.describe('Where to turn instead.')),
})
export type EligibilityCondition = z.infer<typeof condition>

const need = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('consent'), purpose: id }),
  z.strictObject({
    kind: z.literal('recorded'),
    event: id,
    sinceEntry: z.optional(
      z.boolean().check(z.describe('Only what was recorded since the case came to this stage counts.')),
    ),
  }),
  z.strictObject({ kind: z.literal('agreement') }),
  z.strictObject({ kind: z.literal('assigned') }),
  z.strictObject({ kind: z.literal('panel') }),
])
export type Need = z.infer<typeof need>

const move = z
  .strictObject({
    id,
    name: title.check(z.describe('What the button says: “Give a place”.')),
    as: z
      .enum(['accept', 'defer', 'more-information', 'decline', 'go-on', 'finish'])
      .check(z.describe('What kind of decision it is. decline and finish end the case.')),
    to: z.optional(id.check(z.describe('The stage that it leads to; left out, it stays or ends.'))),
    by: z.array(caseMover).check(z.minLength(1, 'required')),
    needs: z.optional(z.array(need).check(z.maxLength(8, 'too-many'))),
    gives: z.optional(id.check(z.describe('The kind of place that it takes.'))),
    frees: z.optional(z.boolean().check(z.describe('It gives the case’s place back.'))),
    reason: z.optional(z.boolean().check(z.describe('A reason has to be given.'))),
    commissionerReads: z.optional(
      z.boolean().check(z.describe('The commissioner reads its reason: whoever types it names nobody.')),
    ),
    tells: z
      .array(z.strictObject({ who: z.enum(['school', 'carer']), text: sentence }))
      .check(
        z.maxLength(4, 'too-many'),
        z.describe('Letters. They name neither the pupil nor a need: the case’s reference is added by itself.'),
      ),
  })
  .check(z.describe('What somebody can decide at this stage.'))
export type Move = z.infer<typeof move>

const stage = z.strictObject({
  id,
  name: title,
  about: sentence.check(z.describe('What happens now, as the school reads it.')),
  forFamilies: z.optional(
    z
      .strictObject({
        text: sentence,
        in: z.optional(
          z
            .array(z.strictObject({ language: consentLanguage, text: sentence }))
            .check(z.maxLength(10, 'too-many'), z.describe('The same in other languages.')),
        ),
      })
      .check(
        z.describe(
          'What happens now, as families read it, in sentences of fewer than fifteen words. Left out: nothing.',
        ),
      ),
  ),
  panel: z.optional(z.boolean().check(z.describe('Its cases are put before a panel.'))),
  weeks: z.optional(whole(1, 60).check(z.describe('How long it is meant to last.'))),
  moves: z.array(move).check(z.maxLength(12, 'too-many')),
})
export type Stage = z.infer<typeof stage>

const event = z.strictObject({
  id,
  name: title.check(z.describe('What was done: “First contact made”.')),
  by: z.array(caseMover).check(z.minLength(1, 'required')),
  planned: z.optional(
    z.boolean().check(z.describe('A day is agreed by it, which may lie ahead: school and family are told which.')),
  ),
})
export type RecordableEvent = z.infer<typeof event>

const deadline = z.strictObject({
  id,
  name: title,
  within: whole(1, 400),
  unit: z
    .enum(['working-days', 'weeks', 'full-weeks'])
    .check(
      z.describe(
        'weeks: until the same day of the week. full-weeks: the first day counts, so that what begins on a Monday ends on a Sunday.',
      ),
    ),
  termTime: z.optional(z.boolean().check(z.describe('Only days within a term are counted.'))),
  from: z.discriminatedUnion('event', [
    z.strictObject({ event: z.literal('sent') }).check(z.describe('The school has sent the referral.')),
    z.strictObject({ event: z.literal('released') }).check(z.describe('Consent has released it.')),
    z.strictObject({ event: z.literal('entered'), stage: id }).check(z.describe('The case has come to a stage.')),
    z.strictObject({ event: z.literal('recorded'), what: id }).check(z.describe('Something was recorded.')),
  ]),
  until: z.discriminatedUnion('event', [
    z.strictObject({ event: z.literal('recorded'), what: id }),
    z.strictObject({ event: z.literal('entered'), stage: id }),
    z.strictObject({ event: z.literal('left'), stage: id }),
    z.strictObject({ event: z.literal('ended') }),
  ]),
})
export type Deadline = z.infer<typeof deadline>

const place = z.strictObject({
  id,
  name: title,
  counted: z
    .enum(['panel', 'school-term', 'freely'])
    .check(
      z.describe(
        'panel: each panel says how many it has. school-term: so many for each school and term. freely: not counted.',
      ),
    ),
  most: z.optional(whole(1, 100).check(z.describe('For each school and term.'))),
  withdrawnByExclusion: z.optional(
    whole(1, 100).check(z.describe('How many of a school’s places of the term a permanent exclusion withdraws.')),
  ),
  offer: z.optional(id.check(z.describe('The offer of this catalogue that it is.'))),
  beyond: z.optional(id.check(z.describe('The kind of place to offer where none of these is left.'))),
})
export type PlaceKind = z.infer<typeof place>

const agreement = z
  .strictObject({
    title,
    intro: z.optional(sentence),
    clauses: z.array(sentence).check(z.minLength(1, 'required'), z.maxLength(40, 'too-many')),
    school: sentence.check(z.describe('What the school confirms by signing.')),
    provider: sentence.check(z.describe('What the provider confirms by signing.')),
  })
  .check(z.describe('What school and provider both sign for each young person. It is sealed as the referral is.'))
export type Agreement = z.infer<typeof agreement>

/** How a referral goes from the first question to the last letter. */
export const pathway = z.strictObject({
  id,
  name: title,
  summary: sentence,
  intro: z.optional(
    sentence.check(z.describe('Before the first question: when it can be asked for, how long it takes.')),
  ),
  offers: z
    .array(id)
    .check(
      z.describe('The offers that are asked for by it. Empty: what it leads to is bought, as hours and packages are.'),
    ),
  eligibility: z.array(condition).check(z.maxLength(20, 'too-many')),
  notProvided: z.optional(
    z.array(sentence).check(z.describe('What the service does not do, said before somebody asks for it.')),
  ),
  parts: z.array(part).check(z.minLength(1, 'required'), z.maxLength(30, 'too-many')),
  declarations: z
    .array(z.strictObject({ id, text: sentence }))
    .check(z.maxLength(12, 'too-many'), z.describe('What the school confirms before it sends the referral.')),
  afterwards: z.array(sentence).check(z.minLength(1, 'required'), z.describe('What happens once it is sent.')),
  notices: z.optional(
    z
      .array(sentence)
      .check(z.maxLength(6, 'too-many'), z.describe('What stands above the first page for the time being.')),
  ),
  consent,
  stages: z
    .array(stage)
    .check(
      z.minLength(1, 'required'),
      z.maxLength(20, 'too-many'),
      z.describe('A released referral begins at the first.'),
    ),
  events: z.array(event).check(z.maxLength(30, 'too-many')),
  deadlines: z.array(deadline).check(z.maxLength(20, 'too-many')),
  places: z.optional(z.array(place).check(z.minLength(1, 'required'), z.maxLength(6, 'too-many'))),
  panel: z.optional(z.strictObject({ name: title, often: z.optional(line(60)), about: sentence })),
  agreement: z.optional(agreement),
  letters: z
    .array(email)
    .check(
      z.maxLength(10, 'too-many'),
      z.describe('Role addresses that hear of referrals. Empty: the console alone shows them.'),
    ),
  retention: z.strictObject({
    draftDays: whole(1, 365).check(
      z.describe('A referral that was begun and not sent is deleted so many days after it was last touched.'),
    ),
    unansweredDays: whole(1, 365).check(
      z.describe('One that nobody has consented to, so many days after it was sent.'),
    ),
    withdrawnDays: whole(1, 3_650).check(z.describe('What is left of one whose consent was refused or withdrawn.')),
    endedMonths: whole(1, 400).check(z.describe('A case, so many months after it has ended.')),
    declinedMonths: z.optional(
      whole(1, 400).check(
        z.describe(
          'A case that was declined, so many months after that; where none are said, as long as any that has ended.',
        ),
      ),
    ),
    why: sentence.check(z.describe('Why it is kept as long as that.')),
  }),
})
export type Pathway = z.infer<typeof pathway>
