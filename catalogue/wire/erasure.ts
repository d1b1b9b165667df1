import * as z from 'zod/mini'

/** Why a referral is erased. A code and no free text: it stays in the record, which nobody can change, when the referral is gone. */
export const ERASE_REASONS = [
  'family-asked',
  'young-person-asked',
  'school-asked',
  'made-in-error',
  'provider',
] as const
export type EraseReason = (typeof ERASE_REASONS)[number]

/** Erases the referral that the address names, for good. */
export const eraseRequest = z.object({ reason: z.enum(ERASE_REASONS, 'choose') })
export type EraseRequest = z.infer<typeof eraseRequest>

/** What is left of an erased referral: that there was one. */
export interface ErasedReply {
  erased: string
  /** The day on which it was erased. */
  on: string
}

/** What is asked for beside one referral: with `others=all`, the same pupil’s other referrals at this provider too; with `as=page`, to be read and printed. */
export const exportQuery = z.object({
  others: z._default(z.enum(['none', 'all'], 'choose'), 'none'),
  as: z._default(z.enum(['json', 'page'], 'choose'), 'json'),
})

/** Something that was said, under a heading: by the name and as the text that it is kept under and as, and both in words. */
export interface ExportedText {
  name: string
  label: string
  text: string
  words: string
}

/** One referral with everything that is held about it, in words as well as in codes. */
export interface ExportedReferral {
  reference: string
  pathway: { id: string; name: string }
  status: 'waiting' | 'open' | 'ended' | 'stopped'
  /**
   * Whether its texts may be read at the provider. `closed`: consent has not released it or has run out, or it was stopped, so that
   * nothing of it but these facts leaves the seal; the school and the family see their own part by their links.
   */
  contents: 'open' | 'closed'
  /** How many sealed texts are kept of it. */
  texts: number
  catalogue: { id: string; version: number }
  begunOn: string
  sentOn: string | null
  releasedOn: string | null
  endedOn: string | null
  /** The day on which it is deleted by itself, unless something happens before; and why it is kept so long. */
  deletedOn: string
  why: string
  stage: { id: string; name: string } | null
  outcome: string
  /** The outcome in words. */
  came: string
  /** What the school said of itself. */
  school: ExportedText[]
  /** The answers, part by part. */
  parts: { id: string; name: string; answers: (ExportedText & { question: string; seenBy: string[] })[] }[]
  /** Who was asked for consent, and everything that they answered. */
  people: {
    id: string
    as: string
    language: string
    /** What the language is called. */
    speaks: string
    name: string
    relationship: string
    email: string
    asked: { purpose: string; name: string; words: string; each: string; on: string }[]
    answers: {
      purpose: string
      name: string
      words: string
      each: string
      answer: string
      how: string
      on: string
      said: ExportedText[]
    }[]
  }[]
  /** Its history, the oldest first. */
  events: {
    number: number
    kind: string
    of: string
    on: string
    at: string
    by: string
    /** What happened, in a sentence. */
    words: string
    detail: unknown
    said: ExportedText[]
  }[]
  /** Everything else that is sealed. */
  more: ExportedText[]
  places: { kind: string; name: string; term: string | null; givenOn: string; freedOn: string | null }[]
  /** Its place on the waiting list, the first being 1, and since when; null where it does not wait for a place. */
  waiting: { position: number; since: string } | null
  /** The links and codes that letters brought to the school and the family: when each was made, until when it works, and when it was taken back. What opens is not kept. */
  links: { as: string; who: string; how: string; madeAt: string; endsAt: string; revokedAt: string | null }[]
  /** The names of who works on it. */
  assigned: string[]
  /** Who has read it and who has changed it, by the record. */
  record: { at: string; action: string; by: string; words: string; detail: unknown }[]
  /** The letters about it. A text is kept until the letter is sent; what opens a door stands in none. */
  letters: { writtenAt: string; sentAt: string | null; state: string; to: string; subject: string; text: string }[]
}

/** Everything that is held about one pupil, as far as it was asked for. */
export interface PupilExport {
  provider: { id: string; name: string }
  exportedOn: string
  referrals: ExportedReferral[]
}
