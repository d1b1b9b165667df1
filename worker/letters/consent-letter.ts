import type { ConsentGiver, ConsentLanguage } from '../../catalogue/schema/consent.ts'
import { consentLetter as ar } from './consent-asked.ar.ts'
import { consentLetter as cy } from './consent-asked.cy.ts'
import { consentLetter as en } from './consent-asked.en.ts'
import { consentLetter as pl } from './consent-asked.pl.ts'
import { consentLetter as ur } from './consent-asked.ur.ts'

/** What a letter about consent says in one language. It names neither a pupil nor a need. */
export interface ConsentLetterWords {
  /** A day in words. */
  date: (day: string) => string
  subject: (reference: string) => string
  greeting: string
  /** Who asks, for whom it is. */
  asks: (provider: string) => Record<ConsentGiver, string>
  /** The same where the request is shared already, or is over. */
  asksMore: (provider: string) => string
  again: string
  open: string
  /** What the page asks first. */
  door: Record<ConsentGiver, string>
  choice: string
  until: (day: string) => string
  later: string
  alone: string
  /** Whom to ask: the school, and the provider where there is a way to it. */
  questions: (reach: string | undefined) => string
  reference: (reference: string) => string
  /** A new way in for somebody who has answered, and is asked nothing. */
  look: {
    subject: (reference: string) => string
    /** What a printed letter is called. */
    title: string
    text: (provider: string) => string
    can: string
  }
  /** A receipt for answers. */
  kept: {
    subject: (reference: string) => string
    text: string
    /** In place of that, where every answer is a no: one that takes a yes back, or a first one. */
    no: Record<'withdrawn' | 'refused', string>
    /** What follows from it: the request is stopped, and what is left of it goes by a day; or nobody has read it yet. */
    stopped: (provider: string, day: string) => string
    unread: (provider: string, day: string) => string
    /** Stands above a link. */
    look: string
    notYou: string
  }
  /** The same where somebody else has written the answer down: from paper, or as it was said. */
  heard: {
    text: {
      school: Record<'paper' | 'in-person', string>
      provider: (provider: string) => Record<'paper' | 'in-person', string>
    }
    notYou: (reach: string) => string
  }
  /** A social worker has agreed to a part of the support, which the page names. `look` stands above a link. */
  agreed: { subject: (reference: string) => string; text: string; look: string }
  /** A yes ran out and was not given anew: the request is stopped. */
  stopped: {
    subject: (reference: string) => string
    text: (provider: string) => string
    nothing: string
  }
  /** A letter to print. */
  printed: {
    title: string
    /** Two ways in: the picture, or the address and the code. */
    picture: string
    type: string
    code: string
    noPhone: string
  }
}

const LETTERS: Record<ConsentLanguage | 'en', ConsentLetterWords> = { en, cy, pl, ur, ar }

/** The letter’s words in a language, English where there are none. */
export function consentLetterIn(language: string): ConsentLetterWords {
  return Object.hasOwn(LETTERS, language) ? LETTERS[language as ConsentLanguage] : en
}
