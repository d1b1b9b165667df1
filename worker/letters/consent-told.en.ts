import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { ASKS_ADDRESS } from './referral-school.en.ts'
import { date } from './words.en.ts'

/** What a letter about an answer is written from. Neither pupil nor purpose stands in it: a purpose can name a need. */
export interface AnswerTold {
  catalogue: Catalogue
  pathway: Pathway
  reference: string
}

/** A letter’s subject and text. */
export interface Told {
  subject: string
  text: string
}

/** Tells the school that consent was given, what happens now and what is due by when. `door` opens its page. */
export function releasedForSchool(
  { catalogue, pathway, reference }: AnswerTold,
  door: string,
  due: readonly { name: string; on: string }[],
): Told {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}: consent is given`,
    text: letter(
      'Hello,',
      `Everybody whose consent was needed has agreed that ${name} may have your referral ${reference}. ${name} can read it from now on.`,
      [
        'What happens next',
        ...pathway.stages.slice(0, 1).map(({ about }) => about),
        ...due.map(({ name: what, on }) => `${what}: by ${date(on)}.`),
      ].join('\n'),
      howItStands(door),
    ),
  }
}

/** Tells the provider that a referral can be read. */
export function releasedForProvider({ reference }: AnswerTold, page: string): Told {
  return {
    subject: `Referral ${reference} can be read`,
    text: letter(
      'Hello,',
      `Consent has released the referral ${reference}. Its deadlines run from today.`,
      `Open it in the console:\n${page}`,
    ),
  }
}

/** Tells the school that an answer has come while the referral waits. */
export function answeredForSchool(
  { catalogue, reference }: AnswerTold,
  door: string,
  standing: 'no' | 'waiting',
  until: string,
): Told {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}: an answer has come`,
    text: letter(
      'Hello,',
      standing === 'no'
        ? `Somebody who was asked has answered no to your referral ${reference}. ${name} has not read it and does not get it. No is a fine answer, and nobody has to say why.`
        : `Somebody who was asked has answered about your referral ${reference}. Another answer is still needed before ${name} can read it.`,
      standing === 'no'
        ? `You can ask again, with a reason. Otherwise the referral is deleted on ${date(until)}.`
        : `If no answer comes, the referral is deleted on ${date(until)}.`,
      howItStands(door),
    ),
  }
}

/** Tells somebody who holds a case that an answer of the family has changed what may be done. `page`: the case in the console, or a school’s door. */
export function changedForHolder({ reference }: AnswerTold, page: string, isNo: boolean, isDoor = false): Told {
  return {
    subject: `${reference}: consent has changed`,
    text: letter(
      'Hello,',
      isNo
        ? `Somebody who was asked for consent in ${reference} has said no to something, or has taken a yes back. Please stop what depends on it, and look before you go on.`
        : `Somebody who was asked for consent in ${reference} has agreed to something.`,
      `See what was answered:\n${page}${isDoor ? `\n${ASKS_ADDRESS}` : ''}`,
    ),
  }
}

/** Tells somebody who holds a case that consent was taken back: work stops. */
export function stoppedForHolder({ catalogue, reference }: AnswerTold, deletedOn: string): Told {
  return {
    subject: `${reference}: consent was taken back, please stop`,
    text: letter(
      'Hello,',
      `The family no longer agrees that the referral ${reference} is shared. Please stop all work on it now.`,
      `Nobody at ${catalogue.provider.name} can open it any more. What it said of the pupil is deleted. What is left, such as who was asked, is deleted on ${date(deletedOn)}.`,
      'If you have printed or written down anything from it, destroy that now. If somebody may be in danger, follow your safeguarding rules instead, and tell who leads on them.',
    ),
  }
}

/** Tells the school the same; a colleague has no door. */
export function stoppedForSchool({ catalogue, reference }: AnswerTold, deletedOn: string, door?: string): Told {
  return {
    subject: `Your referral ${reference}: consent was taken back`,
    text: letter(
      'Hello,',
      `The family no longer agrees that your referral ${reference} is shared. ${catalogue.provider.name} has stopped, and can no longer open it.`,
      `What it said of the pupil is deleted. What is left is deleted on ${date(deletedOn)}. Nobody has to say why.`,
      ...(door === undefined ? [] : [howItStands(door)]),
    ),
  }
}

function howItStands(door: string): string {
  return `How it stands, at any time:\n${door}\n${ASKS_ADDRESS}`
}

function letter(...parts: string[]): string {
  return parts.join('\n\n')
}
