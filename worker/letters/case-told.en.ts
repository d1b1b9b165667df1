import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { ConsentLanguage } from '../../catalogue/schema/consent.ts'
import { letter, type Written } from './order-parts.en.ts'
import { ASKS_ADDRESS } from './referral-school.en.ts'
import { date } from './words.en.ts'

// Letters about a case name neither the pupil nor a need, in their subjects and in their texts: anybody in an office may read them.

/** A step of a case as its letters tell it. */
export interface ToldStep {
  reference: string
  /** What the catalogue says of the decision. */
  text: string
  /** The stage that the case is at now; undefined once it has ended. */
  stage: { name: string; about: string } | undefined
  /** What is due by when, the first first. */
  due: readonly { name: string; on: string }[]
}

/** Tells the school of a step. `door`: what opens its page; `unreached`: what the family would have been told, where nobody of it has an e-mail address. */
export function stepForSchool(
  { provider }: Catalogue,
  { reference, text, stage, due }: ToldStep,
  door: string,
  unreached: string | undefined,
): Written {
  return {
    subject: `Your referral ${reference}`,
    text: letter(
      [text],
      [`Reference: ${reference}`],
      stage
        ? ['What happens next', stage.about, ...due.map(({ name, on }) => `${name}: by ${date(on)}.`)]
        : ['What happens next', 'The referral is closed. Nothing more has to be done for it.'],
      unreached === undefined
        ? []
        : ['We have no e-mail address of the family. Please tell them, by word of mouth or on paper:', unreached],
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

/** Tells a parent, a carer or a young person of a step, in sentences of fewer than fifteen words. */
export function stepForFamily(
  { provider }: Catalogue,
  { reference, text, stage, due }: ToldStep,
  language: string,
): Written {
  return {
    subject: `About the request ${reference}`,
    text: letter(
      ['Hello,'],
      [text],
      [`The number of the request is ${reference}.`],
      stage
        ? [
            'What happens next',
            `The next step: ${stage.name}.`,
            ...due.map(({ name, on }) => `${name}: by ${date(on)}.`),
          ]
        : ['What happens next', 'The request is now closed. You do not have to do anything.'],
      stage ? ['You can change your mind at any time.', 'Our first letter to you says how.'] : [],
      ...inTheEnd(provider, language),
    ),
  }
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
  return [
    [
      'You can ask us anything about this.',
      ...(telephone === undefined ? [] : [`Our telephone number is ${telephone}.`]),
      ...(email === undefined ? [] : [`Our e-mail address is ${email}.`]),
      'You can also ask the school.',
    ],
    isOther(language) ? [IN_ENGLISH[language]] : [],
  ]
}

/** Tells somebody of the provider’s that a case is theirs to work on. */
export function assignedForPerson({ provider }: Catalogue, reference: string, address: string): Written {
  return {
    subject: `Case ${reference} is yours`,
    text: letter(
      [`A co-ordinator of ${provider.name} has given you a case to work on.`],
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
  return ways.length === 0
    ? [`If you have a question, ask ${name}.`]
    : [`If you have a question, ask ${name}: ${ways.join(', ')}.`]
}
