import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { ConsentGiver, ConsentLanguage } from '../../catalogue/schema/consent.ts'
import type { Stage } from '../../catalogue/schema/pathway.ts'
import { consentLetter } from './consent-asked.en.ts'
import { letter, type Written } from './order-parts.en.ts'
import { ASKS_ADDRESS } from './referral-school.en.ts'
import { date } from './words.en.ts'

// Letters about a case name neither the pupil nor a need, in their subjects and in their texts: anybody in an office may read them.

/** A step of a case as its letters tell it. */
export interface ToldStep {
  reference: string
  /** What the catalogue says of the decision. */
  text: string
  /** The term whose place is given, where one is. */
  term: string | undefined
  /** The stage that the case is at now; undefined once it has ended. */
  stage: Pick<Stage, 'about' | 'forFamilies'> | undefined
  /** What is due by when, the first first. */
  due: readonly { name: string; on: string }[]
  /** The days that were agreed and are to come. */
  agreed: readonly { name: string; on: string }[]
}

/** Why somebody of the family gets no letter: none of them has an address, not all have, their permission has run out, or none of them has agreed. */
export type Unreached = 'no-address' | 'not-all' | 'run-out' | 'not-agreed'

const UNREACHED: Record<Unreached, string> = {
  'no-address': 'We have no e-mail address of the family. Please tell them, by word of mouth or on paper:',
  'not-all':
    'We have written to one of the family. Of another, who has agreed too, we have no e-mail address of their own. Please tell them, by word of mouth or on paper:',
  'run-out':
    'We have not written to the family: their permission has run out. Please tell them, by word of mouth or on paper:',
  'not-agreed': 'We have not written to the family. Please tell them, by word of mouth or on paper:',
}

/** Tells the school of a step, with the door that it sees more behind. `unreached`: what somebody of the family would have been told, and why they are not. */
export function stepForSchool(
  { provider }: Catalogue,
  { reference, text, term, stage, due, agreed }: ToldStep,
  door: string,
  unreached: { why: Unreached; text: string } | undefined,
): Written {
  return {
    subject: `Your referral ${reference}`,
    text: letter(
      [text, ...ofTerm(term)],
      [`Reference: ${reference}`],
      stage
        ? [
            'What happens next',
            stage.about,
            ...agreed.map(agreedDay),
            ...due.map(({ name, on }) => `${name}: by ${date(on)}.`),
          ]
        : ['What happens next', 'The referral is closed. Nothing more has to be done for it.'],
      unreached === undefined ? [] : [UNREACHED[unreached.why], unreached.text],
      ['How it stands, at any time:', door, ASKS_ADDRESS],
      askUs(provider),
    ),
  }
}

/** Asks the school for something more, which stands behind its link. */
export function questionForSchool({ provider }: Catalogue, reference: string, door: string): Written {
  return {
    subject: `Your referral ${reference}: a question for you`,
    text: letter(
      [`${provider.name} has a question about your referral.`],
      [`Reference: ${reference}`],
      ['What happens next', 'Read the question and answer it here:', door, ASKS_ADDRESS],
      askUs(provider),
    ),
  }
}

/** Who of a family gets a letter: what they are, and in which language they are asked. */
export interface FamilyMember {
  as: ConsentGiver
  language: string
}

const WHOSE_SCHOOL: Record<ConsentGiver, string> = {
  carer: 'Your child’s school has asked us for help.',
  'young-person': 'Your school has asked us for help.',
  'social-worker': 'A school has asked us for help.',
}

/** Tells a parent, a carer or a young person of a step, in sentences of fewer than fifteen words. `door`: opens their own page. */
export function stepForFamily(
  { provider }: Catalogue,
  { reference, text, term, stage, due, agreed }: ToldStep,
  { as, language }: FamilyMember,
  door: string,
): Written {
  const { forFamilies } = stage ?? {}
  const theirs = forFamilies?.in?.find((own) => own.language === language)?.text
  const next = stage
    ? [
        ...(forFamilies ? [forFamilies.text] : []),
        ...(theirs === undefined ? [] : [theirs]),
        ...agreed.map(agreedDay),
        ...due.map(({ name, on }) => `${name}: by ${date(on)}.`),
      ]
    : ['The request is now closed. You do not have to do anything.']
  return {
    subject: `About the request ${reference}`,
    text: letter(
      ['Hello,'],
      [`This letter comes from ${provider.name}.`, WHOSE_SCHOOL[as]],
      [text, ...ofTerm(term)],
      [`The number of the request is ${reference}.`],
      next.length > 0 ? ['What happens next', ...next] : [],
      ['You can see your answers or change your mind here:', door, consentLetter.door[as]],
      [consentLetter.alone],
      ...inTheEnd(provider, language),
    ),
  }
}

function ofTerm(term: string | undefined): string[] {
  return term === undefined ? [] : [`The place is for the ${term}.`]
}

function agreedDay({ name, on }: { name: string; on: string }): string {
  return `${name}: ${date(on)}.`
}

/** Tells somebody who was asked for consent that the school has taken its request back, in sentences as short. */
export function takenBackForFamily({ provider }: Catalogue, reference: string, language: string): Written {
  return {
    subject: `About the request ${reference}`,
    text: letter(
      ['Hello,'],
      [`The school has taken back its request to ${provider.name}.`],
      [`The number of the request is ${reference}.`],
      [
        'What happens next',
        'Work on it stops.',
        'What was written in it is deleted.',
        'You do not have to do anything.',
      ],
      ...inTheEnd(provider, language),
    ),
  }
}

/** Whom to ask, and that in somebody’s language. */
function inTheEnd({ telephone, email }: Catalogue['provider'], language: string): string[][] {
  const ways = [
    ...(telephone === undefined ? [] : [`Our telephone number is ${telephone}.`]),
    ...(email === undefined ? [] : [`Our e-mail address is ${email}.`]),
  ]
  return [
    ways.length > 0
      ? ['You can ask us anything about this.', ...ways, 'You can also ask the school.']
      : ['You can ask the school about this.'],
    isOther(language) ? [IN_ENGLISH[language]] : [],
  ]
}

/** Tells somebody of the provider’s that a case is theirs to work on. */
export function assignedForPerson({ provider }: Catalogue, reference: string, address: string): Written {
  return {
    subject: `Referral ${reference} is yours`,
    text: letter(
      [`A co-ordinator of ${provider.name} has given you a referral to work on.`],
      [`Reference: ${reference}`],
      ['Sign in to read it:', address],
    ),
  }
}

/** Why a case waits for somebody: for their sign-off, since the school has answered, or since another has done their part. */
export type Waits = 'sign-off' | 'answered' | 'moved'

const WAITS: Record<Waits, string> = {
  'sign-off': 'A referral waits for your sign-off.',
  answered: 'The school has answered what it was asked about a referral.',
  moved: 'A referral has come to its next step, and waits for you.',
}

/** Tells whoever runs referrals that nobody can sign one off. */
export function waitsForNobody({ provider }: Catalogue, reference: string, address: string): Written {
  return {
    subject: `Referral ${reference} waits for a sign-off`,
    text: letter(
      [
        `A referral waits for a commissioner’s sign-off. It is with ${provider.name}.`,
        'Nobody has the role of commissioner there yet.',
      ],
      [`Reference: ${reference}`],
      ['An owner can sign in and invite one:', address],
    ),
  }
}

/** Tells somebody of the provider’s that it is their turn. */
export function waitsForPerson({ provider }: Catalogue, reference: string, why: Waits, address: string): Written {
  return {
    subject: `Referral ${reference} waits for you`,
    text: letter(
      [`${WAITS[why]} It is with ${provider.name}.`],
      [`Reference: ${reference}`],
      ['Sign in to read it:', address],
    ),
  }
}

/** Says in somebody’s language that the letter is in English, and who can explain it. */
const IN_ENGLISH: Record<ConsentLanguage, string> = {
  cy: 'Mae’r llythyr hwn yn Saesneg. Gall yr ysgol ei egluro i chi.',
  pl: 'Ten list jest po angielsku. Szkoła może go Państwu wyjaśnić.',
  ur: 'یہ خط انگریزی میں ہے۔ اسکول آپ کو یہ سمجھا سکتا ہے۔',
  ar: 'هذه الرسالة باللغة الإنجليزية. تستطيع المدرسة أن تشرحها لكم.',
}

function isOther(language: string): language is ConsentLanguage {
  return Object.hasOwn(IN_ENGLISH, language)
}

function askUs({ name, telephone, email }: Catalogue['provider']): string[] {
  const ways = [telephone, email].filter((way) => way !== undefined)
  return ways.length === 0 ? [] : [`If you have a question, ask ${name}: ${ways.join(', ')}.`]
}
