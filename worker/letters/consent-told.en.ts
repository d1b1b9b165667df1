import type { ConsentAnswer } from '../../catalogue/rules/consent.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { ConsentGiver } from '../../catalogue/schema/consent.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { ASKS_ADDRESS } from './referral-school.en.ts'
import { date } from './words.en.ts'

/** What a letter about an answer is written from. Neither a pupil nor a specialist stands in it: a specialist names a need. */
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
      ['What happens next', ...pathway.stages.slice(0, 1).map(({ about }) => about), ...due.map(byWhen)].join('\n'),
      howItStands(door),
    ),
  }
}

/** Tells the provider that a referral can be read, and what is due by when. */
export function releasedForProvider(
  { reference }: AnswerTold,
  page: string,
  due: readonly { name: string; on: string }[],
): Told {
  return {
    subject: `Referral ${reference} can be read`,
    text: letter(
      'Hello,',
      `Consent has released the referral ${reference}.`,
      ...(due.length > 0 ? [['What is due', ...due.map(byWhen)].join('\n')] : []),
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

/** What was answered, and by whom. `name`: the purpose’s, without a specialist. */
export interface Answers {
  by: ConsentGiver
  said: readonly { name: string; answer: ConsentAnswer['answer'] }[]
}

const WHO: Record<ConsentGiver, string> = {
  carer: 'A parent or carer',
  'young-person': 'The young person',
  'social-worker': 'The social worker',
}
const SAID: Record<ConsentAnswer['answer'], string> = {
  given: 'yes',
  refused: 'no',
  withdrawn: 'the yes is taken back',
}

/** Tells somebody who holds a case that an answer has changed what may be done. `page`: the case in the console, or a school’s door. `untold`: the family is to hear of it from the school. */
export function changedForHolder(
  { reference }: AnswerTold,
  page: string,
  { by, said }: Answers,
  { isDoor = false, untold = false } = {},
): Told {
  const isNo = said.some(({ answer }) => answer !== 'given')
  return {
    subject: `${reference}: consent has changed`,
    text: letter(
      'Hello,',
      [
        `${WHO[by]} has answered what was asked in ${reference}:`,
        ...new Set(said.map(({ name, answer }) => `${name}: ${SAID[answer]}.`)),
      ].join('\n'),
      ...(isNo ? ['Please stop what depends on that, and look before you go on.'] : []),
      ...(untold
        ? ['Somebody of the family has no e-mail address with us. Please tell them that this was answered.']
        : []),
      `See what was answered:\n${page}${isDoor ? `\n${ASKS_ADDRESS}` : ''}`,
    ),
  }
}

/** Why a referral was stopped: it ran out and was not given anew, or who took a yes back. */
export type Stopped = 'ran-out' | ConsentGiver

/** Tells somebody who holds a case that consent is there no more: work stops. */
export function stoppedForHolder({ catalogue, reference }: AnswerTold, deletedOn: string, why: Stopped): Told {
  return {
    subject:
      why === 'ran-out'
        ? `${reference}: permission has ended, please stop`
        : `${reference}: consent was taken back, please stop`,
    text: letter(
      'Hello,',
      why === 'ran-out'
        ? `Permission for the referral ${reference} ran out and was not given again. Please stop all work on it now.`
        : `${WHO[why]} no longer agrees that the referral ${reference} is shared. Please stop all work on it now.`,
      `Nobody at ${catalogue.provider.name} can open it any more. What it said of the pupil is deleted. What is left, such as who was asked, is deleted on ${date(deletedOn)}.`,
      'If you have printed or written down anything from it, destroy that now. If somebody may be in danger, follow your safeguarding rules instead, and tell who leads on them.',
    ),
  }
}

/** Tells the school the same; a colleague has no door. */
export function stoppedForSchool(
  { catalogue, reference }: AnswerTold,
  deletedOn: string,
  why: Stopped,
  door?: string,
): Told {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}: ${why === 'ran-out' ? 'it is stopped' : 'consent was taken back'}`,
    text: letter(
      'Hello,',
      why === 'ran-out'
        ? `Permission for your referral ${reference} ran out and was not given again. ${name} has stopped, and can no longer open it.`
        : `${WHO[why]} no longer agrees that your referral ${reference} is shared. ${name} has stopped, and can no longer open it.`,
      `What it said of the pupil is deleted. What is left is deleted on ${date(deletedOn)}. Nobody has to say why.`,
      ...(door === undefined ? [] : [howItStands(door)]),
    ),
  }
}

/** Tells those at school who were told that a referral was made. */
export function stoppedForTold({ catalogue, reference }: AnswerTold): Told {
  const { name } = catalogue.provider
  return {
    subject: `A referral from your school has been stopped: ${reference}`,
    text: letter(
      'Hello,',
      `The referral ${reference} from your school to ${name} has been stopped. Nobody at ${name} can open it any more, and what it said of the pupil is deleted.`,
      'You are told because the form named your address. There is nothing to do. Your colleague who made the referral can tell you more.',
    ),
  }
}

/** Reminds the school, once, that nobody has answered in time: silence is no yes, and the referral goes when its time is over. */
export function unansweredForSchool({ catalogue, reference }: AnswerTold, deletedOn: string, door?: string): Told {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}: nobody has answered yet`,
    text: letter(
      'Hello,',
      `Somebody who was asked about your referral ${reference} has not answered, and can no longer answer on their page. ${name} has not read it.`,
      `You can ask them again, or write down an answer that they give you on paper. Otherwise the referral is deleted on ${date(deletedOn)}.`,
      howItStands(door),
    ),
  }
}

/** Tells the school ahead of time that permission runs out. */
export function runsOutForSchool({ catalogue, reference }: AnswerTold, until: string, door?: string): Told {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}: permission runs out on ${date(until)}`,
    text: letter(
      'Hello,',
      `Permission for your referral ${reference} holds until ${date(until)}. From the day after, nobody at ${name} can read it.`,
      'If the help is to go on, please ask again now. A yes counts from the day on which it is given, and no is a fine answer.',
      howItStands(door),
    ),
  }
}

/** Tells the school that permission has run out, and until when it can be given anew. */
export function ranOutForSchool({ catalogue, reference }: AnswerTold, stopsOn: string, door?: string): Told {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}: permission has run out`,
    text: letter(
      'Hello,',
      `Permission for your referral ${reference} has run out. Nobody at ${name} can read it now.`,
      `Ask again if the help is to go on. If nobody has agreed before ${date(stopsOn)}, the referral is stopped and what it says is deleted.`,
      howItStands(door),
    ),
  }
}

/** Tells somebody who holds a case the same. */
export function ranOutForHolder({ catalogue, reference }: AnswerTold, stopsOn: string): Told {
  return {
    subject: `${reference}: permission has run out, please wait`,
    text: letter(
      'Hello,',
      `Permission for the referral ${reference} has run out. Please stop work on it until it is given anew.`,
      `Until then nobody at ${catalogue.provider.name} can read it. A co-ordinator, or the school, can ask again. If nobody has agreed before ${date(stopsOn)}, it is stopped and what it says is deleted.`,
    ),
  }
}

/** Where no address of ours is known, as the schedule may know none, an earlier letter's door has to do. */
function howItStands(door: string | undefined): string {
  if (door === undefined) return 'How it stands, at any time: open the link in our last letter about it.'
  return `How it stands, at any time:\n${door}\n${ASKS_ADDRESS}`
}

function byWhen({ name, on }: { name: string; on: string }): string {
  return `${name}: by ${date(on)}.`
}

function letter(...parts: string[]): string {
  return parts.join('\n\n')
}
