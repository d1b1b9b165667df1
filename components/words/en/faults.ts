import type { Fault, FaultCode, ReferralFaultCode } from '../../../catalogue/wire/faults.ts'
import { spoken } from '../spoken.ts'
import { longDate } from './money.ts'

/** What a sentence about a mistake may name beside the fault itself. */
export interface About {
  /** What was asked, within a sentence: "the name of the school". */
  what: string
  /** What was asked, at its beginning: "The name of the school". */
  What: string
  /** The name of an offer, or of a provider next door. */
  called: (id: string) => string
  /** The offer that the place is about. */
  wanting: string
  /** Whether there is something to choose rather than to type. */
  isChoice: boolean
  /** Whom to ask: "Ring 01524 67164." */
  reach: string
}

const number = (value = 0) => value.toLocaleString('en-GB')

/** A sentence for each fault that says what to do, but for those of referrals, which have their own. A new code does not compile until it has one. */
export const en: Record<Exclude<FaultCode, ReferralFaultCode>, (fault: Fault, about: About) => string> = {
  required: (_, { what, isChoice }) => `${isChoice ? 'Choose' : 'Enter'} ${what}`,
  choose: (_, { what }) => `Choose ${what}`,
  'wrong-type': (_, { what }) => `Check ${what}`,
  'too-long': ({ most }, { What }) => `${What} must be ${number(most)} characters or fewer`,
  'too-many': ({ most }) => `Leave some out: there can be ${number(most)} at most`,
  'too-small': ({ least }, { What }) => `${What} must be ${number(least)} or more`,
  'too-large': ({ most }, { What }) => `${What} must be ${number(most)} or fewer`,
  'whole-number': (_, { what }) => `Enter ${what} in digits, such as 24`,
  'not-text': (_, { What }) => `${What} has a character that cannot be read. Type it again instead of pasting it`,
  'not-an-id': (_, { what }) => `Check ${what}`,
  'not-a-date': (_, { what }) => `Check ${what}`,
  email: (_, { what }) => `Enter ${what} in full, such as office@school.example`,
  urn: () => 'Enter the six digits of the unique reference number, or leave it empty',
  'ledger-code': () => 'Use only letters, digits, spaces and . / _ - in the ledger code',
  'unknown-offer': (_, { wanting }) => `${wanting} is no longer offered. Take it out of your list`,
  'unknown-option': (_, { wanting }) =>
    `This length of ${wanting} is no longer offered. Take it out and choose another`,
  'unknown-topic': (_, { wanting }) => `A topic of ${wanting} is no longer offered. Choose its topics again`,
  'unknown-group': () => 'This group does not exist. Leave it out',
  'quantity-least': ({ least }, { wanting }) => `${wanting} can be ordered from ${number(least)} on. Change your list`,
  'quantity-most': ({ most }, { wanting }) => `${number(most)} of ${wanting} at most can be ordered. Change your list`,
  'attending-least': ({ least }) => `At least ${number(least)} people must attend`,
  'attending-most': ({ most }) => `At most ${number(most)} people can attend. Order it again for the others`,
  'too-many-schools': ({ most }) => `${number(most)} schools at most can buy together`,
  'out-of-area': ({ servedBy }, { called, reach }) =>
    servedBy
      ? `This district is served by ${called(servedBy)}. Order there, or choose another district`
      : `This district is not served here. Choose another district, or ask us who serves yours. ${reach}`,
  'not-in-district': (_, { wanting }) => `${wanting} is not offered in your district. Take it out of your list`,
  'phase-not-priced': (_, { reach }) => `There is no price for schools of this phase. ${reach}`,
  'outside-catalogue': () => 'This price list is not for this day. Load the page again',
  'not-open': ({ opensOn, closedOn }, { reach }) =>
    closedOn
      ? `The last day for orders was ${longDate(closedOn)}. ${reach}`
      : opensOn
        ? `Orders are taken from ${longDate(opensOn)}. Come back then`
        : `Orders are not being taken today. ${reach}`,
  'by-referral': (_, { wanting }) =>
    `${wanting} is asked for by referral and cannot be ordered. Take it out of your list`,
  'on-request': (_, { wanting, reach }) =>
    `The price of ${wanting} is on request. Take it out of your list, and ask us. ${reach}`,
  'must-hold': ({ offer }, { wanting, called }) =>
    `${wanting} can only be ordered after ${called(offer ?? '')}. Add that to your list, or take ${wanting} out`,
  'payment-not-offered': () => 'Choose another way to pay: this one is not offered',
}

/** The same in the language being spoken. */
export const faultWords = spoken('faults', en)
