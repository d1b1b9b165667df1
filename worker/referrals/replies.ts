import * as z from 'zod/mini'

const day = z.iso.date()
const standing = z.enum(['not-asked', 'waiting', 'given', 'refused', 'withdrawn', 'expired'])
const answers = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const fault = z.looseObject({ pointer: z.string(), code: z.string() })
const how = z.enum(['link', 'letter'])

const around = {
  catalogue: z.string(),
  version: z.int(),
  on: day,
  inForce: z.boolean().check(z.describe('Whether referrals are taken on that day.')),
  provider: z.looseObject({ id: z.string(), name: z.string(), service: z.string() }),
  contacts: z.array(z.looseObject({ role: z.string() })),
  calendar: z.optional(z.looseObject({})).check(z.describe('As in the catalogue’s schema.')),
  privacy: z.optional(z.looseObject({})).check(z.describe('As in the catalogue’s schema.')),
}

/** The pathways of a provider. */
export const pathwaysReply = z.object({
  ...around,
  pathways: z.array(z.object({ id: z.string(), name: z.string(), summary: z.string() })),
})

/** One pathway. */
export const pathwayReply = z.object({
  ...around,
  pathway: z
    .looseObject({ id: z.string(), name: z.string(), parts: z.array(z.looseObject({ id: z.string() })) })
    .check(z.describe('As in the catalogue’s schema.')),
})

/** A referral that was begun. */
export const begunReply = z.object({
  id: z.string(),
  key: z
    .string()
    .check(
      z.describe('Opens the draft as a bearer’s token, until four hours after the last thing that was sent with it.'),
    ),
  keptUntil: day.check(z.describe('The last day on which it can be gone on with, if nobody touches it.')),
})

/** A key for whoever has opened a link’s door. */
export const openedReply = z.object({ key: z.string() })

/** A draft as whoever is let in sees it. */
export const draftReply = z.object({
  id: z.string(),
  provider: z.string(),
  pathway: z.string(),
  catalogue: z.string(),
  version: z.int(),
  status: z.enum(['draft', 'waiting', 'open', 'ended', 'stopped']),
  as: z.enum(['referrer', 'colleague']),
  email: z.string(),
  only: z.array(z.string()).check(z.describe('The parts that a colleague may open; empty for the referrer.')),
  parts: z.record(z.string(), z.object({ revision: z.int(), answers, complete: z.boolean(), savedAt: z.string() })),
  colleagues: z.array(z.object({ id: z.string(), email: z.string(), parts: z.array(z.string()) })),
  keptUntil: day,
  reference: z.optional(z.string()),
})

/** A part that was saved. */
export const partReply = z.object({ revision: z.int(), complete: z.boolean(), faults: z.array(fault) })

/** A colleague who was let in. */
export const colleagueReply = z.object({ id: z.string() })

/** A referral that was sent. */
export const sentReply = z.object({
  reference: z.string().check(z.describe('Can be read out over the phone.')),
  status: z.literal('waiting'),
  asked: z.array(z.object({ as: z.string(), how })).check(z.describe('Who is asked for consent.')),
  expected: z
    .array(z.object({ name: z.string(), from: z.enum(['sent', 'released']), on: day }))
    .check(z.describe('What happens by when.')),
})

const signed = z.nullable(z.object({ name: z.string(), role: z.optional(z.string()), on: day }))

/** How a referral that was sent stands, as its school sees it. */
export const progressReply = z.object({
  reference: z.string(),
  provider: z.string(),
  pathway: z.object({ id: z.string(), name: z.string() }),
  status: z.enum(['waiting', 'open', 'ended', 'stopped']),
  outcome: z.string(),
  sentOn: day,
  releasedOn: z.nullable(day),
  endedOn: z.nullable(day),
  ending: z.nullable(
    z.object({ how: z.enum(['declined', 'finished', 'cut-short']), name: z.string(), reason: z.string() }),
  ),
  deletedOn: day.check(z.describe('What is kept of it is deleted then, unless something happens before.')),
  hasRunOut: z.boolean(),
  stage: z.nullable(
    z.object({
      id: z.string(),
      name: z.string(),
      about: z.string(),
      told: z.string().check(z.describe('What the letter of the decision that led there says; else empty.')),
      since: day,
    }),
  ),
  panelOn: z.nullable(day).check(z.describe('When the panel meets that has it on its agenda. Panels can move.')),
  planned: z
    .array(z.object({ name: z.string(), on: day }))
    .check(z.describe('The days that were agreed, by what was agreed.')),
  places: z
    .array(z.object({ name: z.string(), term: z.string(), most: z.int(), withdrawn: z.int(), taken: z.int() }))
    .check(z.describe('The school’s places that are counted by terms, in this term.')),
  consent: z.array(
    z.object({
      purpose: z.string(),
      each: z.string(),
      name: z.string(),
      eachName: z.string(),
      releases: z.boolean(),
      isAskable: z.boolean(),
      standing,
      people: z.array(
        z.object({
          person: z.string(),
          as: z.string(),
          name: z.string(),
          relationship: z.string(),
          by: how,
          language: z.string(),
          standing,
          askedOn: z.nullable(day),
          askedBy: how.check(z.describe('How they were asked; `by`: how they are reached now.')),
          isAskedAgain: z.boolean().check(z.describe('They were asked after they had answered.')),
          answerBy: z.nullable(day),
          answeredOn: z.nullable(day),
          until: z.nullable(day),
          isRenewable: z.boolean(),
          how: z.nullable(z.enum(['page', 'code', 'paper', 'in-person'])),
          answer: z.int(),
          hasRefused: z.boolean(),
        }),
      ),
    }),
  ),
  deadlines: z.array(
    z.object({ id: z.string(), name: z.string(), dueOn: day, metOn: z.nullable(day), runs: z.boolean() }),
  ),
  messages: z.array(
    z.object({
      number: z.int(),
      kind: z.enum(['question', 'reply', 'decided']),
      on: day,
      name: z.string(),
      text: z.string(),
    }),
  ),
  agreement: z.nullable(
    z.looseObject({
      title: z.string(),
      clauses: z.array(z.string()),
      isDue: z.boolean().check(z.describe('The next step needs it, or the provider has signed.')),
      signed: z.object({ school: signed, provider: signed }),
    }),
  ),
  can: z.object({
    ask: z.boolean(),
    reach: z
      .boolean()
      .check(
        z.describe(
          'A new link can be sent to whoever was asked, or a new letter printed, as long as there is an answer to take back.',
        ),
      ),
    hear: z.boolean(),
    sign: z.boolean(),
    reply: z.boolean(),
    takeBack: z.boolean(),
    moves: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        reason: z.boolean(),
        commissionerReads: z.boolean(),
        isReady: z.boolean(),
      }),
    ),
    record: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
})
