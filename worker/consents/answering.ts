import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import type { CaseName } from '../referrals/case.store.ts'
import type { OpenCase } from '../referrals/open-case.ts'

/** What somebody answers to one thing. */
export interface AnswerToKeep {
  purpose: string
  /** The specialist, where the purpose is asked for each; else empty. */
  each: string
  answer: 'given' | 'refused' | 'withdrawn'
}

/** Who answers, and how. On a page their own name is typed; on paper and in person somebody writes it down. */
export interface Answerer {
  /** The id of somebody who is asked. */
  person: string
  name: string
  relationship?: string
  /** A young person’s own words. */
  words?: string
  how: 'page' | 'paper' | 'in-person'
  /** Who writes it down, on paper and in person. */
  heardBy?: string
  /** The day on which it was given, on paper and in person. */
  on?: string
}

/** When, by whom and over what the answers are kept. */
export interface AnsweringBy {
  /** `family` on the page, `school`, or the id of a person of the console. */
  actor: string
  today: string
  /** The real clock, in milliseconds. */
  now: number
  origin: string
  /** The number of the person’s last answer as it was seen; an answer over a later one is `stale`. Left out, it is not looked at. */
  seen?: number
  /** Statements that belong into the same batch: an Idempotency-Key’s row. */
  also?: (db: D1Database, at: string) => D1PreparedStatement[]
}

/**
 * What became of answers. `kept`: they count. `nothing-new`: they stood so already. `stale`: the person has answered otherwise meanwhile.
 * `closed`: the referral is stopped, or its time to answer is over. `key-taken`: its Idempotency-Key was used.
 */
export interface AnswersKept {
  outcome: 'kept' | 'nothing-new' | 'stale' | 'closed' | 'key-taken'
  /** The referral as it stood before. */
  before: OpenCase
  status: 'waiting' | 'open' | 'ended' | 'stopped'
}

/**
 * Keeps somebody’s answers with events, record and letters, and releases or stops the referral where they say so. Of two at once the second is decided
 * anew over what the first has left. Throws `not-found` for an unknown referral or person, `invalid` at `/purpose`, `/each`, `/on` or `/how`.
 */
export async function keepAnswers(
  _env: Bindings,
  _name: CaseName,
  _answerer: Answerer,
  _answers: readonly AnswerToKeep[],
  _by: AnsweringBy,
): Promise<AnswersKept> {
  throw new Failure('unavailable')
}
