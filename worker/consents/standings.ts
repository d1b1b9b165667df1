import {
  type ConsentAsk,
  type ConsentStanding,
  instancesOf,
  personStanding,
  renewalOf,
} from '../../catalogue/rules/consent.ts'
import type { ConsentGiver } from '../../catalogue/schema/consent.ts'
import type { StoredAnswer } from '../referrals/case.store.ts'
import type { OpenCase } from '../referrals/open-case.ts'

/** How it stands with one person’s answer. Names stand sealed as `person:ID`, and what was typed with an answer as `answer:N`. */
export interface PersonsStanding {
  person: string
  as: ConsentGiver
  standing: ConsentStanding
  askedOn: string | null
  /** How that went to them, where it is known: they may be reached otherwise by now. */
  askedBy: 'link' | 'letter' | null
  /** Whether that was after their last answer. */
  isAskedAgain: boolean
  answeredOn: string | null
  /** The last day of a yes that runs out, and whether it is time to ask for it again. */
  until: string | null
  isRenewable: boolean
  /** `code`: on their page, which the code of a printed letter has opened. */
  how: StoredAnswer['how'] | 'code' | null
  /** Whether the last answer was a no, so that asking again needs a reason. */
  hasRefused: boolean
  /** The number of the last answer; 0 where there is none. */
  answer: number
}

/** How it stands with one thing that is asked: a purpose, or one specialist of it. */
export interface PurposeStanding {
  purpose: string
  name: string
  /** The specialist and their name, where it is asked for each; else empty. */
  each: string
  eachName: string
  releases: boolean
  inPerson: boolean
  asked: 'at-once' | 'at-meeting' | 'each-time'
  standing: ConsentStanding
  people: PersonsStanding[]
}

/** How a referral’s consent stands on a day, purpose by purpose: what school and console show. No reasons, no words, no names. */
export function standingsOf(openCase: OpenCase, today: string): PurposeStanding[] {
  const { consent } = openCase.pathway
  const history = openCase.consentHistory
  return consent.purposes.flatMap((purpose) =>
    instancesOf(purpose).map((each): PurposeStanding => {
      const mine = (one: { person: string; purpose: string; each: string }, person: string) =>
        one.person === person && one.purpose === purpose.id && one.each === each
      return {
        purpose: purpose.id,
        name: purpose.name,
        each,
        eachName: purpose.each?.find(({ id }) => id === each)?.name ?? '',
        releases: purpose.releases === true,
        inPerson: purpose.inPerson === true,
        asked: purpose.asked,
        standing: openCase.standing(purpose.id, today, each),
        people: openCase.kept.people
          .filter(({ as }) => purpose.by.includes(as))
          .map(({ id, as }) => {
            const answer = openCase.kept.answers.filter((one) => mine(one, id)).at(-1)
            const ask = openCase.kept.asks.filter((one) => mine(one, id)).at(-1)
            const renewal = renewalOf(purpose, answer, today)
            return {
              person: id,
              as,
              standing: personStanding(consent, purpose, each, id, history, today),
              askedOn: ask?.on ?? null,
              askedBy: ask ? howAsked(openCase, ask) : null,
              isAskedAgain: answer !== undefined && (ask?.number ?? 0) > answer.number,
              answeredOn: answer?.on ?? null,
              until: renewal?.until ?? null,
              isRenewable: renewal?.isDue ?? false,
              how: answer ? (throughCode(openCase, answer) ? 'code' : answer.how) : null,
              hasRefused: answer !== undefined && answer.answer !== 'given',
              answer: answer?.number ?? 0,
            }
          }),
      }
    }),
  )
}

function howAsked({ kept }: OpenCase, { number }: ConsentAsk): PersonsStanding['askedBy'] {
  const how = kept.events.find((event) => event.number === number)?.detail.how
  return how === 'link' || how === 'letter' ? how : null
}

function throughCode({ kept }: OpenCase, { number }: StoredAnswer): boolean {
  return kept.events.some((event) => event.number === number && event.detail.through === 'code')
}
