import type { Quote } from '../rules/quote.ts'
import type { Fault } from './faults.ts'

/** The kinds of refusal, which end a problem's `type` address. */
export const PROBLEM_TYPES = [
  'unreadable',
  'not-json',
  'too-large',
  'not-found',
  'method-not-allowed',
  'invalid',
  'key-required',
  'key-reused',
  'price-changed',
  'too-many-requests',
  'signed-out',
  'forbidden',
  'wrong-origin',
  'link-needed',
  'code-wrong',
  'code-expired',
  'passkey-refused',
  'conflict',
  'no-place',
  'changed-meanwhile',
  'match-required',
  'last-owner',
  'not-publishable',
  'failed',
  'unavailable',
] as const
export type ProblemType = (typeof PROBLEM_TYPES)[number]

/** How long a limit asks to wait: one of a minute, or one of a day. */
export type Wait = 'minute' | 'tomorrow'

/** A refusal as RFC 9457 has it. `type` ends in a `ProblemType`; `errors` say where and what. */
export interface Problem {
  type: string
  title: string
  status: number
  /** The request's id, which the provider can be told over the phone. */
  instance: string
  errors: Fault[]
  /** With `price-changed`: the quote as it stands now. */
  quote?: Quote & { version: number }
  opensOn?: string
  /** With `too-many-requests`: whether it can be asked again in a minute, or not before long, as Retry-After says to the second. */
  wait?: Wait
  servedBy?: string | null
  /** With a part of a referral that somebody else has saved meanwhile: how it stands now. */
  revision?: number
  answers?: Record<string, string | string[]>
}
