import * as z from 'zod/mini'

const day = z.iso.date()
const text = z.object({ name: z.string(), label: z.string(), text: z.string(), words: z.string() })
const texts = z.array(text)

/** What is left of an erased referral. */
export const erasedReply = z.object({ erased: z.string().check(z.describe('Its reference.')), on: day })

/** Everything that is held about one pupil. */
export const exportReply = z.object({
  provider: z.object({ id: z.string(), name: z.string() }),
  exportedOn: day,
  referrals: z.array(
    z.object({
      reference: z.string(),
      pathway: z.object({ id: z.string(), name: z.string() }),
      status: z.enum(['waiting', 'open', 'ended', 'stopped']),
      contents: z
        .enum(['open', 'closed'])
        .check(z.describe('closed: nobody at the provider may read it, so these facts are all that is given out.')),
      texts: z.int().check(z.describe('How many sealed texts are kept of it.')),
      catalogue: z.object({ id: z.string(), version: z.int() }),
      begunOn: day,
      sentOn: z.nullable(day),
      releasedOn: z.nullable(day),
      endedOn: z.nullable(day),
      deletedOn: day,
      why: z.string(),
      stage: z.nullable(z.object({ id: z.string(), name: z.string() })),
      outcome: z.string(),
      came: z.string().check(z.describe('The outcome in words.')),
      school: texts,
      parts: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          answers: z.array(z.extend(text, { question: z.string(), seenBy: z.array(z.string()) })),
        }),
      ),
      people: z.array(
        z.object({
          id: z.string(),
          as: z.string(),
          language: z.string(),
          speaks: z.string(),
          name: z.string(),
          relationship: z.string(),
          email: z.string(),
          asked: z.array(
            z.object({ purpose: z.string(), name: z.string(), words: z.string(), each: z.string(), on: day }),
          ),
          answers: z.array(
            z.object({
              purpose: z.string(),
              name: z.string(),
              words: z.string(),
              each: z.string(),
              answer: z.string(),
              how: z.string(),
              on: day,
              said: texts,
            }),
          ),
        }),
      ),
      events: z.array(
        z.object({
          number: z.int(),
          kind: z.string(),
          of: z.string(),
          on: day,
          at: z.string(),
          by: z.string(),
          words: z.string().check(z.describe('What happened, in a sentence.')),
          detail: z.record(z.string(), z.unknown()),
          said: texts,
        }),
      ),
      more: texts,
      places: z.array(
        z.object({
          kind: z.string(),
          name: z.string(),
          term: z.nullable(z.string()),
          givenOn: day,
          freedOn: z.nullable(day),
        }),
      ),
      waiting: z.nullable(z.object({ position: z.int(), since: day })),
      links: z.array(
        z.object({
          as: z.string(),
          who: z.string(),
          how: z.string(),
          madeAt: z.string(),
          endsAt: z.string(),
          revokedAt: z.nullable(z.string()),
        }),
      ),
      assigned: z.array(z.string()),
      record: z.array(
        z.object({
          at: z.string(),
          action: z.string(),
          by: z.string(),
          words: z.string(),
          detail: z.record(z.string(), z.unknown()),
        }),
      ),
      letters: z.array(
        z.object({
          writtenAt: z.string(),
          sentAt: z.nullable(z.string()),
          state: z.string(),
          to: z.string(),
          subject: z.string(),
          text: z.string(),
        }),
      ),
    }),
  ),
})
