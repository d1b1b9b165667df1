import type { ConsentGiver } from '../../catalogue/schema/consent.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { ReferralAnswers } from '../../catalogue/wire/answers.ts'
import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import type { CaseChange, OpenCase } from '../referrals/open-case.ts'

/** Somebody to ask. Without `person` they are new to the referral; without `email` a letter is printed for them. */
export interface WhoIsAsked {
  person?: string
  as: ConsentGiver
  name: string
  relationship?: string
  email?: string
  /** A consent language, or `en`. */
  language: string
}

/** What somebody is asked: a purpose, and which specialist where it is asked for each; else `each` is empty. */
export interface WhatIsAsked {
  purpose: string
  each: string
}

/** Where and when somebody is asked. */
export interface Asking {
  /** The origin of the link’s address. */
  origin: string
  /** In development, what addresses carry on: `?today=2015-05-01`; else empty. */
  query?: string
  today: string
  /** The real clock, in milliseconds. */
  now: number
  /** Why they are asked again, in the words of who asks. It stands on the page behind the door and in no letter. */
  reason?: string
}

/** Who was asked, and whether a link went to them or a letter has to be printed. */
export interface Asked {
  person: string
  how: 'link' | 'letter'
}

/** Everybody who is asked as soon as a referral is sent, and for what, by what its parts say: a young person who answers for themself in place of parents and carers. */
export function firstToAsk(
  _pathway: Pathway,
  _answers: ReferralAnswers,
  _today: string,
): { who: WhoIsAsked; purposes: WhatIsAsked[] }[] {
  throw new Failure('unavailable')
}

/**
 * Asks somebody, as a part of a change: the person, their questions, an event for each, the link and its letter in their language. With
 * no purposes they only get a new link. `openCase.referral.reference` or `change.state.reference` has to be known.
 */
export async function askFor(
  _change: CaseChange,
  _openCase: OpenCase,
  _who: WhoIsAsked,
  _purposes: readonly WhatIsAsked[],
  _by: Asking,
): Promise<Asked> {
  throw new Failure('unavailable')
}

/** A letter to print, with its code in place of a link. */
export interface PrintedLetter {
  language: string
  dir: 'ltr' | 'rtl'
  /** The whole page as HTML, ready to send and to print. */
  html: string
  /** Where the code is typed, and the code. */
  address: string
  code: string
}

/** Makes a new code for somebody who is asked, in place of their earlier one, and the letter that says it. For a POST: it writes. Undefined where they are not asked at all. */
export async function printedLetter(
  _env: Bindings,
  _openCase: OpenCase,
  _person: string,
  _by: Asking,
): Promise<PrintedLetter | undefined> {
  throw new Failure('unavailable')
}
