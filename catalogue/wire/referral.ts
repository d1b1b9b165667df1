import * as z from 'zod/mini'
import { CONSENT_GIVERS } from '../schema/consent.ts'
import { day } from '../schema/figures.ts'
import { isPlainText } from '../schema/plain.ts'
import { id, line } from '../schema/text.ts'
import { personalEmail } from './people.ts'

const yesNo = z.enum(['yes', 'no'], 'choose')

/** One line or several of free text. */
const passage = (most: number) =>
  z.string().check(
    z.trim(),
    z.maxLength(most, 'too-long'),
    z.refine((text: string) => isPlainText(text.replace(/\r\n?|[\n\t]/g, ' ')), 'not-text'),
  )

/** Begins a referral: the pathway, the answers to its conditions, and the address that its link goes to. */
export const beginRequest = z.object({
  pathway: id,
  catalogue: z.optional(id),
  eligibility: z.record(id, yesNo),
  email: personalEmail,
})
export type BeginRequest = z.infer<typeof beginRequest>

/** Saves a part’s answers, whole or not. `revision` is the part’s as it was seen: 0 where nothing was kept. */
export const partRequest = z.object({
  revision: z.int('whole-number').check(z.minimum(0, 'too-small')),
  answers: z.record(
    id,
    z.union([z.string().check(z.maxLength(20_000, 'too-long')), z.array(id).check(z.maxLength(40, 'too-many'))]),
  ),
})
export type PartRequest = z.infer<typeof partRequest>

/** Lets a colleague in to finish some parts. */
export const colleagueRequest = z.object({
  email: personalEmail,
  parts: z.array(id).check(z.minLength(1, 'choose'), z.maxLength(30, 'too-many')),
})

/** Sends the referral: the declarations that were confirmed. */
export const sendRequest = z.object({ declarations: z.array(id).check(z.maxLength(20, 'too-many')) })

/** Whom to ask, how. Without an address a letter is printed, with a code. */
export const askRequest = z.object({
  person: z.optional(line(40)),
  as: z.enum(CONSENT_GIVERS, 'choose'),
  name: line(200),
  email: z.optional(personalEmail),
  language: z.optional(id),
  purpose: id,
  each: z.optional(id),
  reason: z.optional(passage(1_000)),
})

/** A consent that was given on paper or in person: who gave it, when, and who writes it down. */
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
})

/** What begins: the draft’s id, which is no secret, and the key that opens it, which is one and stands nowhere else but in its letter. */
export interface BegunReply {
  id: string
  key: string
  /** The last day on which the draft can be gone on with, as long as nobody touches it. */
  keptUntil: string
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
  parts: Record<string, { revision: number; answers: Record<string, string | string[]>; savedAt: string }>
  colleagues: { email: string; parts: string[] }[]
  keptUntil: string
  reference?: string
}

/** What became of a referral once it was sent, and what happens by when. */
export interface SentReply {
  reference: string
  status: 'waiting'
  /** Who is asked now: in words that name nobody’s child. */
  asked: { as: string; how: 'link' | 'letter' }[]
}
