import * as z from 'zod/mini'
import type { ConsentStanding } from '../rules/consent.ts'
import type { Calendar } from '../schema/calendar.ts'
import type { Catalogue } from '../schema/catalogue.ts'
import { CONSENT_GIVERS, type ConsentGiver } from '../schema/consent.ts'
import { day } from '../schema/figures.ts'
import type { Agreement, Pathway } from '../schema/pathway.ts'
import type { Privacy } from '../schema/privacy.ts'
import { id, line } from '../schema/text.ts'
import type { Fault } from './faults.ts'
import { passage } from './passage.ts'
import { personalEmail } from './people.ts'

const yesNo = z.enum(['yes', 'no'], 'choose')

/** Begins a referral: the pathway, the answers to its conditions, and the address that its link goes to. */
export const beginRequest = z.object({
  pathway: id,
  catalogue: z.optional(id),
  eligibility: z.record(id, yesNo),
  email: personalEmail,
})
export type BeginRequest = z.infer<typeof beginRequest>

/** Opens the door of a link: the address that its letter went to. */
export const openRequest = z.object({
  link: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'wrong-type')),
  email: personalEmail,
})

/** Asks for a new link to a referral: the address of somebody at school who is let in. */
export const linkRequest = z.object({ email: personalEmail })

/** Saves a part’s answers, whole or not. `revision` is the part’s as it was seen: 0 where nothing was kept. */
export const partRequest = z.object({
  revision: z.int('whole-number').check(z.minimum(0, 'too-small')),
  answers: z.record(
    id,
    z.union([z.string().check(z.maxLength(20_000, 'too-long')), z.array(id).check(z.maxLength(40, 'too-many'))]),
  ),
})
export type PartRequest = z.infer<typeof partRequest>

/** Lets a colleague in to finish some parts. In the order of the page, in which what is wrong is said. */
export const colleagueRequest = z.object({
  parts: z.array(id).check(z.minLength(1, 'choose'), z.maxLength(30, 'too-many')),
  email: personalEmail,
})

/** Sends the referral: the declarations that were confirmed. */
export const sendRequest = z.object({ declarations: z.array(id).check(z.maxLength(20, 'too-many')) })

/** Whom to ask, how. Without an address a letter is printed, with a code; without a purpose somebody who was asked only gets a new link. */
export const askRequest = z.object({
  person: z.optional(line(40)),
  as: z.enum(CONSENT_GIVERS, 'choose'),
  name: line(200),
  relationship: z.optional(line(200)),
  email: z.optional(personalEmail),
  /** `letter`: by a printed letter from now on, though an address is known. */
  by: z.optional(z.enum(['link', 'letter'], 'choose')),
  language: z.optional(id),
  purpose: z.optional(id),
  each: z.optional(id),
  reason: z.optional(passage(1_000)),
})

export type AskRequest = z.infer<typeof askRequest>

/**
 * An answer that was given on paper or said: who gave it, when, and who writes it down. A yes counts on paper alone. `seen`: the number of
 * their last answer as the school saw it.
 */
export const heardRequest = z.object({
  person: line(40),
  purpose: id,
  each: z.optional(id),
  answer: z.enum(['given', 'refused', 'withdrawn'], 'choose'),
  how: z.enum(['paper', 'in-person'], 'choose'),
  on: day,
  name: line(200),
  relationship: z.optional(line(200)),
  heardBy: line(200),
  seen: z.optional(z.int('whole-number').check(z.minimum(0, 'too-small'))),
})

export type HeardRequest = z.infer<typeof heardRequest>

/** Signs the agreement for the school: a typed name and what that person is. */
export const signRequest = z.object({ name: line(200), role: line(200) })

/** Makes a decision that is the school’s. */
export const schoolMoveRequest = z.object({ move: id, reason: z.optional(passage(3_000)) })

export type SchoolMoveRequest = z.infer<typeof schoolMoveRequest>

/** Writes down that the school has done something, on a day. */
export const schoolRecordRequest = z.object({ event: id, on: day })

export type SchoolRecordRequest = z.infer<typeof schoolRecordRequest>

/** Answers what the provider asked the school. */
export const replyRequest = z.object({ text: passage(5_000).check(z.minLength(1, 'required')) })

/** What a provider’s referral form is made from: one pathway, and what stands around it. */
export interface PathwayReply extends PathwaysAround {
  pathway: Pathway
}

/** The pathways that a provider’s catalogue has, to choose from. */
export interface PathwaysReply extends PathwaysAround {
  pathways: Pick<Pathway, 'id' | 'name' | 'summary'>[]
}

/** What stands around pathways. */
export interface PathwaysAround {
  catalogue: string
  version: number
  /** The day that the reply is about, and whether referrals are taken on it. */
  on: string
  inForce: boolean
  provider: Catalogue['provider']
  contacts: Catalogue['contacts']
  calendar?: Calendar
  privacy?: Privacy
}

/**
 * What begins: the draft’s id, which is no secret, and the key that opens it until a few hours after the last thing that was sent with it, which is one. The
 * letter that goes out has a link of its own.
 */
export interface BegunReply {
  id: string
  key: string
  /** The last day on which the draft can be gone on with, as long as nobody touches it. */
  keptUntil: string
}

/** What became of a part. Its faults point into the request: `/answers/pupil-name`. A part is kept as it is typed, complete or not. */
export interface PartReply {
  revision: number
  complete: boolean
  faults: Fault[]
}

/** What a 409 carries where somebody else has saved the part meanwhile: how it stands now. */
export interface PartConflict {
  revision: number
  answers: Record<string, string | string[]>
}

/** A draft as whoever is let in sees it. */
export interface DraftReply {
  id: string
  provider: string
  pathway: string
  catalogue: string
  version: number
  status: 'draft' | 'waiting' | 'open' | 'ended' | 'stopped'
  /** Whose link it is, and which parts it opens: all, where that is empty. */
  as: 'referrer' | 'colleague'
  email: string
  only: string[]
  /** `complete`: nothing is missing or wrong in it. `savedAt` is empty and `revision` 0 where nobody has saved a part that cannot be left out. */
  parts: Record<
    string,
    { revision: number; answers: Record<string, string | string[]>; complete: boolean; savedAt: string }
  >
  /** Who was let in to finish some parts: empty where a colleague asks. */
  colleagues: { id: string; email: string; parts: string[] }[]
  keptUntil: string
  reference?: string
}

/** What became of a referral once it was sent, and what happens by when. */
export interface SentReply {
  reference: string
  status: 'waiting'
  /** Who is asked now: in words that name nobody’s child. */
  asked: { as: string; how: 'link' | 'letter' }[]
  /** What happens by when (`expectedFrom`): `released` ones as if consent were given on the day that it was sent. */
  expected: { name: string; from: 'sent' | 'released'; on: string }[]
}

/** How a referral stands, as the school that sent it sees it: answers to what was asked, and never the reasons for one. */
export interface ProgressReply {
  reference: string
  provider: string
  pathway: { id: string; name: string }
  status: 'waiting' | 'open' | 'ended' | 'stopped'
  /** How it ended or why it was stopped; empty until then. */
  outcome: string
  sentOn: string
  releasedOn: string | null
  endedOn: string | null
  /** How it ended; null where it has not. `cut-short`: the support does not go on, with a reason. */
  ending: { how: 'declined' | 'finished' | 'cut-short'; name: string; reason: string } | null
  /** The day on which what is kept of it is deleted, unless something happens before. */
  deletedOn: string
  /** Whether permission has run out: nobody at the provider can read it until it is given anew. */
  hasRunOut: boolean
  /** Where it is now, once consent has released it; `told` is what the letter of the decision that led there says to the school. */
  stage: { id: string; name: string; about: string; told: string; since: string } | null
  /** When the panel meets that has it on its agenda; null where it stands on none, or its panel has met. */
  panelOn: string | null
  /** The days that were agreed, by what was agreed. */
  planned: { name: string; on: string }[]
  /** The places of the school that are counted by terms, in this term. */
  places: { name: string; term: string; most: number; withdrawn: number; taken: number }[]
  consent: ProgressConsent[]
  /** What happens by when; what is not done yet is left out where the referral waits and somebody has said no, or nobody can answer any more. */
  deadlines: { id: string; name: string; dueOn: string; metOn: string | null; runs: boolean }[]
  /** What the provider has asked and told, and what the school has answered, the oldest first. */
  messages: { number: number; kind: 'question' | 'reply' | 'decided'; on: string; name: string; text: string }[]
  /** `isDue`: the next step needs it, or the provider has signed. */
  agreement: (Agreement & { isDue: boolean; signed: { school: Signed | null; provider: Signed | null } }) | null
  /** What can be done now. */
  can: {
    ask: boolean
    /** A new link can be sent to whoever was asked, or a new letter printed: as long as there is an answer to take back. */
    reach: boolean
    hear: boolean
    sign: boolean
    reply: boolean
    takeBack: boolean
    /** Decisions that are the school's, and whether everything that they need is there. */
    moves: { id: string; name: string; reason: boolean; commissionerReads: boolean; isReady: boolean }[]
    /** What the school can write down as done. */
    record: { id: string; name: string }[]
  }
}

/** Who signed for a side. */
export interface Signed {
  name: string
  role?: string
  on: string
}

/** Something that is asked of the family, with who is asked. */
export interface ProgressConsent {
  purpose: string
  each: string
  name: string
  /** The specialist’s name, where it is asked for each; else empty. */
  eachName: string
  /** Whether nothing leaves the school before it is given. */
  releases: boolean
  /** Whether the school can ask for it, or write down an answer on paper. */
  isAskable: boolean
  standing: ConsentStanding
  people: {
    person: string
    as: ConsentGiver
    name: string
    relationship: string
    /** How they are reached, and in which language. */
    by: 'link' | 'letter'
    language: string
    standing: ConsentStanding
    askedOn: string | null
    /** How that went to them. */
    askedBy: 'link' | 'letter'
    /** Whether that was after they had answered. */
    isAskedAgain: boolean
    /** The last day on which they can answer, while that is waited for. */
    answerBy: string | null
    answeredOn: string | null
    /** The last day of a yes that runs out, and whether it is time to ask for it again. */
    until: string | null
    isRenewable: boolean
    /** `code`: on their page, which the code of a printed letter has opened. */
    how: 'page' | 'code' | 'paper' | 'in-person' | null
    /** The number of their last answer; 0 where there is none. */
    answer: number
    /** Whether they have said no, so that asking again needs a reason. */
    hasRefused: boolean
  }[]
}
