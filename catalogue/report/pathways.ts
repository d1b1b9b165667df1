import type { CalendarCode } from '../rules/calendar-consistency.ts'
import type { Noted } from '../rules/noted.ts'
import type { PathwayCode } from '../rules/pathway-consistency.ts'
import type { ReferralGap } from '../rules/referral-gaps.ts'
import type { AnswerFills } from '../schema/pathway.ts'
import { longDay } from './figures.ts'

/** What an answer is to the product, in words. */
const FILLS: Record<AnswerFills, string> = {
  'pupil.name': 'the pupil’s name',
  'pupil.born': 'the pupil’s date of birth',
  'pupil.year': 'the pupil’s year group',
  'carer.name': 'the parent’s or carer’s name',
  'carer.relationship': 'what the carer is to the pupil',
  'carer.email': 'the carer’s e-mail address',
  'carer.language': 'the carer’s language',
  'second-carer.name': 'the second carer’s name',
  'second-carer.relationship': 'what the second carer is to the pupil',
  'second-carer.email': 'the second carer’s e-mail address',
  'second-carer.language': 'the second carer’s language',
  'young-person.email': 'the young person’s e-mail address',
  'young-person.language': 'the young person’s language',
  'social-worker.name': 'the social worker’s name',
  'social-worker.email': 'the social worker’s e-mail address',
  'school.name': 'the school’s name',
  'school.urn': 'the school’s reference number',
  'school.district': 'the school’s district',
  'referrer.name': 'the referrer’s name',
  'referrer.role': 'the referrer’s role',
  told: 'the address of somebody who is told',
}

const LANGUAGES: Record<string, string> = { cy: 'Welsh', pl: 'Polish', ur: 'Urdu', ar: 'Arabic' }

/** The English name of a language that consent pages can be in. */
export function languageSaid(language: string): string {
  return LANGUAGES[language] ?? language
}

const WORDS: Record<string, string> = {
  line: 'one line',
  text: 'several lines',
  'yes-no': 'yes or no',
  choice: 'one of several choices',
  choices: 'any of several choices',
  coordinator: 'co-ordinator',
  ...FILLS,
}

/** A word of the schema's in plain English; undefined where its own letters say it. */
export function wordSaid(word: string): string | undefined {
  return WORDS[word] ?? LANGUAGES[word]
}

function filled(about = ''): string {
  return wordSaid(about) ?? about
}

/**
 * What the parts of a calendar, of what families are told and of a pathway are called, by their keys; where the same
 * key has another meaning elsewhere, by the list that they stand in.
 */
export const PATHWAY_LABELS: Record<string, string> = {
  acknowledgedWithin: 'working days to acknowledge',
  answeredWithin: 'working days to answer',
  asked: 'when it is asked',
  asks: 'who asks for what',
  beyond: 'offered where none is left',
  calendar: '',
  carers: 'how many carers agree',
  commissionerReads: 'the commissioner reads its reason',
  consent: '',
  contact: 'whom to ask',
  controller: 'who answers for the data',
  counted: 'how they are counted',
  declinedMonths: 'months that a declined case is kept',
  draftDays: 'days that a draft is kept',
  endedMonths: 'months that an ended case is kept',
  fills: 'what the answer is',
  forFamilies: 'what happens now, for families',
  frees: 'gives the place back',
  further: 'where to turn next',
  halfTerm: 'half term',
  in: 'other languages',
  inPerson: 'given in person',
  keptFor: 'how long it is kept',
  languages: 'languages',
  lastsDays: 'days that it lasts',
  needs: 'what it needs',
  no: 'that no is fine',
  notice: 'privacy notice',
  openDays: 'days to answer',
  optional: 'can be left out',
  otherwise: 'why not this way',
  ownAnswerFrom: 'age from which young people answer',
  page: 'page that it leads to',
  pass: 'answer to go on with',
  planned: 'a day is agreed',
  reason: 'a reason is given',
  releases: 'lets the referral go on',
  retention: '',
  seenBy: 'who else sees it',
  sees: 'who sees what',
  sinceEntry: 'recorded since the stage began',
  tells: 'letters',
  termTime: 'in term time only',
  turnTo: 'where to turn instead',
  unansweredDays: 'days that a referral without consent is kept',
  weeks: 'weeks',
  why: 'what it is for',
  withdrawnByExclusion: 'withdrawn by an exclusion',
  withdrawnDays: 'days that one whose consent was withdrawn is kept',
  'deadlines/from': 'counts from',
  'deadlines/until': 'runs until',
  'deadlines/within': 'length',
  'events/by': 'who records it',
  'moves/as': 'kind of decision',
  'moves/by': 'who decides',
  'moves/gives': 'place that it gives',
  'moves/to': 'leads to',
  'parts/group': 'heading',
  'parts/intro': 'introduction',
  'pathways/letters': 'who hears of referrals',
  'pathways/panel': 'panel',
  'pathways/school': 'what the school confirms',
  'pathways/provider': 'what the provider confirms',
  'pathways/why': 'why it is kept so long',
  'places/most': 'places for a school and term',
  'places/offer': 'offer',
  'purposes/by': 'who can answer',
  'purposes/each': 'specialists',
  'questions/as': 'kind of answer',
  'questions/when': 'asked only where',
  'stages/about': 'what happens now',
  'stages/panel': 'put before a panel',
}

/** What one entry of a list is called, where it has no name of its own or its name alone says too little. */
export const PATHWAY_ENTRIES: Record<string, string> = {
  by: 'person',
  clauses: 'clause',
  closures: 'closure',
  declarations: 'declaration',
  languages: 'language',
  letters: 'address',
  needs: 'need',
  notice: 'part of the notice',
  notices: 'notice',
  purposes: 'consent to',
  questions: 'question',
  seenBy: 'reader',
  steps: 'step',
  tells: 'letter',
  text: 'paragraph',
  turnTo: 'place to turn to',
}

type Sentence = (fault: Noted<string>) => string

/** What to do about each thing that does not fit together in a calendar, in what families are told and in pathways. */
export const PATHWAY_SENTENCES: Record<
  Exclude<CalendarCode | PathwayCode, 'repeated-id' | 'reserved-id' | 'unknown-offer'>,
  Sentence
> = {
  'terms-overlap': ({ about }) => `Let this term begin after “${about}” has ended: two terms cannot share a day.`,
  'outside-term': () => 'Keep the half term within its term.',
  'far-from-year': ({ about }) => `Check this day: ${about} is more than a year away from the catalogue’s year.`,
  'no-privacy': () => 'Add “privacy”: a catalogue with pathways tells families about their data.',
  'empty-contact': () => 'Give a name, an e-mail address or a telephone number, or leave the contact out.',
  'answered-first': () => 'Acknowledge a complaint no later than it is answered.',
  'not-by-referral': ({ about }) =>
    `Let “${about}” be asked for by referral, or name another offer: a pathway leads to no offer that is ordered.`,
  'unknown-pathway': ({ about }) => `Name another pathway of this catalogue: there is none with the id “${about}”.`,
  'unknown-question': ({ about }) => `Name another question of the same page: there is none with the id “${about}”.`,
  'unknown-answer': ({ about }) =>
    `Name an answer that the other question has: “${about}” is neither one of its choices nor yes or no.`,
  'asked-in-a-circle': () => 'Name another question: these wait for each other, so neither would ever be asked.',
  'fills-missing': ({ about }) => `Add a question whose answer is ${filled(about)}: a referral cannot do without it.`,
  'fills-twice': ({ about }) => `Let one question alone be the one for ${filled(about)}: another one says it already.`,
  'fills-not-always': ({ about }) =>
    `Ask this of everybody and let nobody leave it out: a referral cannot do without ${filled(about)}.`,
  'fills-other-kind': ({ about }) => `Ask in another way, or leave this out: no such answer can be ${filled(about)}.`,
  'not-a-consent-language': ({ about = '' }) =>
    `Offer English and the languages of the consent pages alone: there are no words in “${languageSaid(about)}”.`,
  'repeated-address': ({ about }) => `Take one away: ${about} would get each letter twice.`,
  'deleted-while-open': () =>
    'Keep it at least as long as a parent can answer: as it is, a referral would be deleted before.',
  'nothing-releases': () =>
    'Let one purpose release the referral: as it is, no answer would ever let the provider see it.',
  'releases-later': () =>
    'Ask for this at once, or let it release nothing: until then nobody else may see the referral.',
  'releases-in-person': () =>
    'Let this be answered by a link or a letter, or let it release nothing: it has to be given before anybody may meet.',
  'releases-for-some': ({ about }) =>
    about === 'young-person'
      ? 'Let young people answer this too: from their age on they alone are asked, and nothing would release their referral.'
      : 'Let carers answer this too: for whoever is younger than the age, nobody could release the referral.',
  'each-where-each-time': () => 'List the specialists where consent is asked for each time, and only there.',
  'no-age-given': () => 'Say from which age young people answer for themselves, or take “young-person” away.',
  'age-for-nothing': () => 'Let a young person answer one of the purposes, or take the age away: it changes nothing.',
  'repeated-language': ({ about = '' }) => `Keep one: ${languageSaid(about)} stands here twice.`,
  'unknown-language': ({ about = '' }) =>
    `Add ${languageSaid(about)} to the languages of the consent pages, or take this away.`,
  'missing-language': ({ about = '' }) =>
    `Add the words in ${languageSaid(about)}: it is among the languages of the consent pages.`,
  'unknown-stage': ({ about }) => `Name a stage of this pathway: there is none with the id “${about}”.`,
  'unknown-purpose': ({ about }) => `Name a purpose of this pathway’s consent: there is none with the id “${about}”.`,
  'unknown-event': ({ about }) =>
    `Name something that this pathway lets people record: there is none with the id “${about}”.`,
  'unknown-place': ({ about }) => `Name a kind of place of this pathway: there is none with the id “${about}”.`,
  'no-agreement': () => 'Give the pathway an agreement, or take this away: there is none to sign.',
  'no-panel': () => 'Give the pathway a panel, or take this away: there is none.',
  'stage-without-panel': ({ about }) =>
    `Put the cases of “${about}” before the panel, or take this away: as it is, no panel would ever see them.`,
  'never-reached': ({ about }) => `Let a decision lead to “${about}”, or take it away: no case would ever come to it.`,
  'no-way-out': ({ about }) => `Add a decision that leads from “${about}” to an end: a case would stay in it for ever.`,
  'ends-and-leads': () =>
    'Leave the stage out, or choose another kind of decision: this kind ends the case and leads nowhere.',
  'need-of-each': ({ about }) =>
    `Name a purpose that is asked for once: “${about}” is asked for each specialist by itself, so that this would never be met.`,
  'no-commissioner': () => 'Let the commissioner decide at a stage, or take this away: there is nobody to read it.',
  'planned-by-school': () =>
    'Let somebody of the provider’s record this: the school’s form asks for no day that lies ahead.',
  'weeks-in-term-time': () =>
    'Count this in working days, or leave “in term time only” out: weeks run through the holidays.',
  'goes-nowhere': () => 'Say to which stage this leads: otherwise nothing would come of the decision.',
  'no-terms': () => 'Give the calendar its terms: this is counted by them.',
  'number-missing': () => 'Say how many there are for each school and term.',
  'not-counted-by-term': () => 'Count these places for each school and term, or take this away: it changes nothing.',
  'beyond-itself': () => 'Name another kind of place: none of these is left then.',
}

/** What to know of each thing that a catalogue with pathways leaves open. */
export const REFERRAL_GAPS: Record<ReferralGap['why'], (about: string) => string> = {
  'no-pathway': (about) => `Nobody can ask for “${about}”: it is asked for by referral, and no pathway leads to it.`,
  'bank-holidays': (about) =>
    `Bank holidays are known until the end of ${about}: after that, deadlines count them as working days.`,
  'end-needs': (about) =>
    `Every way from “${about}” to an end needs something first: where that never comes, a case stays for ever. Let a co-ordinator end it early, with a reason.`,
  'kept-otherwise': (about) => {
    const [count, unit] = about.split(' ')
    if (unit === undefined)
      return `${count} is none of the figures for how long things are kept. Is the sentence right?`
    return `“${count} ${unit}${count === '1' ? '' : 's'}” and the figures for how long things are kept do not fit together: one of them is out of date.`
  },
  'price-otherwise': (about) =>
    `${about} is no price of this catalogue: the text or the price is out of date. Schools agree to what they read here.`,
  'terms-end': (about) =>
    `No term is known after ${longDay(about)}: later in the year no place is given and no deadline in term time has a day, until the terms are there.`,
  'terms-missing': (about) =>
    `A term seems to be missing after ${longDay(about)}: until the next one no place is given and no deadline in term time has a day.`,
}
