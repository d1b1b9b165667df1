import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { type LinkBase, linkTo } from './link.ts'
import { letter, reachOf, type Written } from './order-parts.en.ts'
import { date } from './words.en.ts'

// Letters about a referral name neither the pupil nor a need, in their subjects and in their texts: anybody in an office may read them.

/** The referral that a letter is about. */
interface About {
  id: string
  provider: string
  reference: string | null
}

/** What a letter says beside the link of a door. */
export const ASKS_ADDRESS = 'The page asks for this e-mail address.'

const IF_NOT_YOU = 'If you do not know what this is about, do nothing.'

/** The door of a link. */
export function doorPath({ provider, id }: Pick<About, 'provider' | 'id'>, secret: string): string {
  return `/${provider}/referrals/${id}/open/${secret}`
}

/** To whoever begins a referral: how to come back to it. */
export function begunLetter(
  catalogue: Catalogue,
  base: LinkBase,
  about: About,
  secret: string,
  keptUntil: string,
): Written {
  const { name } = catalogue.provider
  return {
    subject: `Your referral to ${name}: how to come back to it`,
    text: letter(
      [
        `You have begun a referral to ${name}. What you save is kept, encrypted, until ${date(keptUntil)} or longer if you go on with it.`,
      ],
      ['Come back to it at any time:', linkTo(base, doorPath(about, secret))],
      [
        'The page asks for this e-mail address. Do not pass the link on: a colleague can be let in from the referral itself.',
      ],
      ['Nothing has been sent yet. It goes off when you send it.'],
      reachOf(catalogue),
      [IF_NOT_YOU],
    ),
  }
}

/** The same link again, as a new one. */
export function linkAgainLetter(
  catalogue: Catalogue,
  base: LinkBase,
  about: About,
  secret: string,
  isColleagues: boolean,
): Written {
  const { name } = catalogue.provider
  const whose = isColleagues ? 'a colleague’s' : 'your'
  const called = about.reference === null ? `referral to ${name}` : `referral ${about.reference}`
  return {
    subject: `${isColleagues ? 'A colleague’s' : 'Your'} ${called}: a new link`,
    text: letter(
      [`Here is a new link to ${whose} referral to ${name}. Earlier links do not work any more.`],
      [linkTo(base, doorPath(about, secret))],
      [ASKS_ADDRESS],
      reachOf(catalogue),
      [IF_NOT_YOU],
    ),
  }
}

/** To a colleague who is to finish some parts. */
export function colleagueLetter(
  catalogue: Catalogue,
  base: LinkBase,
  about: About,
  secret: string,
  { by, parts, keptUntil }: { by: string; parts: readonly string[]; keptUntil: string },
): Written {
  const { name } = catalogue.provider
  return {
    subject: `A referral to ${name}: your help with it`,
    text: letter(
      [`${by} has begun a referral to ${name} and asks you to finish a part of it.`],
      [parts.length === 1 ? 'The part:' : 'The parts:', ...parts.map((part) => `- ${part}`)],
      ['Open it here:', linkTo(base, doorPath(about, secret))],
      [
        `The page asks for this e-mail address. The referral is kept until ${date(keptUntil)} or longer if somebody goes on with it.`,
      ],
      reachOf(catalogue),
      ['If you do not know who that is, do nothing.'],
    ),
  }
}

/** To the referrer: a colleague has finished what they were let in for. It says of which parts, and nothing of what stands in them. */
export function finishedLetter(
  catalogue: Catalogue,
  base: LinkBase,
  about: About,
  secret: string,
  { by, parts }: { by: string; parts: readonly string[] },
): Written {
  const { name } = catalogue.provider
  return {
    subject: `Your referral to ${name}: your colleague has finished`,
    text: letter(
      [`Your colleague ${by} has finished what you asked for in your referral to ${name}.`],
      [parts.length === 1 ? 'The part:' : 'The parts:', ...parts.map((part) => `- ${part}`)],
      ['Check the answers and go on:', linkTo(base, doorPath(about, secret))],
      [`${ASKS_ADDRESS} Nothing has been sent to ${name} yet. It goes off when you send it.`],
      reachOf(catalogue),
      [IF_NOT_YOU],
    ),
  }
}

/** To a colleague who was let in: the draft is deleted. */
export function thrownAway({ provider }: Catalogue): Written {
  return {
    subject: `A referral to ${provider.name}: nothing left to finish`,
    text: letter(
      [`Your colleague has deleted the referral to ${provider.name} that you were asked to help with.`],
      ['What was written in it is deleted too, and the link that you have opens nothing any more.'],
      ['There is nothing to do.'],
    ),
  }
}

/** To the referrer: the reference, and what happens by when. */
export function sentForReferrer(
  catalogue: Catalogue,
  base: LinkBase,
  { id, provider, reference }: About & { reference: string },
  secret: string,
  {
    pathway,
    sentOn,
    openUntil,
    deletedOn,
    letters,
    due,
  }: {
    pathway: Pathway
    sentOn: string
    openUntil: string
    deletedOn: string
    letters: number
    /** What is due whenever consent comes, by when. */
    due: readonly { name: string; on: string }[]
  },
): Written {
  const { name } = catalogue.provider
  return {
    subject: `Your referral ${reference}`,
    text: letter(
      [`Thank you. Your referral to ${name} is sent, and now waits for consent.`],
      [`Reference: ${reference}`, `Sent on: ${date(sentOn)}`, `For: ${pathway.name}`],
      [
        'What happens next',
        ...pathway.afterwards.map((step, index) => `${index + 1}. ${step}`),
        ...due.map(({ name: what, on }) => `${what}: by ${date(on)}.`),
      ],
      [
        `Whoever is asked can answer until ${date(openUntil)}. Until consent is given, nobody at ${name} can read the referral. Without consent it is deleted on ${date(deletedOn)}.`,
      ],
      letters > 0
        ? ['Somebody has no e-mail address. Print their letter from the referral’s page, and hand it over or post it.']
        : [],
      ['See how it stands, answer questions or take it back:', linkTo(base, doorPath({ provider, id }, secret))],
      [ASKS_ADDRESS],
      reachOf(catalogue),
    ),
  }
}

/** To those at school who are to know that a referral was made. */
export function sentForTold(
  { provider }: Catalogue,
  reference: string,
  { pathway, sentOn }: { pathway: Pathway; sentOn: string },
): Written {
  return {
    subject: `A referral from your school: ${reference}`,
    text: letter(
      [`Your school has made a referral to ${provider.name}. You are told because the form names your address.`],
      [`Reference: ${reference}`, `Sent on: ${date(sentOn)}`, `For: ${pathway.name}`],
      ['It names nobody here. Your colleague who made the referral can tell you more.'],
      [IF_NOT_YOU],
    ),
  }
}

/** To the provider’s role addresses: a referral waits for consent, and there is nothing to read yet. */
export function waitsForProvider(
  reference: string,
  { pathway, sentOn }: { pathway: Pathway; sentOn: string },
): Written {
  return {
    subject: `Referral ${reference} waits for consent`,
    text: letter(
      ['A school has sent a referral. It waits for consent, and until that is given nobody here can read it.'],
      [`Reference: ${reference}`, `Sent on: ${date(sentOn)}`, `For: ${pathway.name}`],
      ['There is nothing to do yet.'],
    ),
  }
}

/** To those at school and at the provider who know of it: the school has taken the referral back. */
export function takenBack({ provider }: Catalogue, reference: string): Written {
  return {
    subject: `Referral ${reference} was taken back`,
    text: letter(
      [`The school has taken its referral ${reference} to ${provider.name} back.`],
      ['Work on it stops. What was written in it is deleted, and what is left goes when its time is over.'],
      ['There is nothing to do.'],
    ),
  }
}
