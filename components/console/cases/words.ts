import { html, type TemplateResult } from 'lit'
import type { CaseFlag } from '../../../catalogue/rules/case-flags.ts'
import type { ConsentStanding } from '../../../catalogue/rules/consent.ts'
import type { ConsentGiver } from '../../../catalogue/schema/consent.ts'
import type { CaseCard, CaseReply } from '../../../catalogue/wire/case.ts'
import { longDate } from '../../words/en/money.ts'

/** Something that is still needed for a decision. */
export type Missing = CaseReply['moves'][number]['missing'][number]
/** A decision that somebody may take. */
export type PossibleMove = CaseReply['moves'][number]
/** Something that happened to a referral. */
export type TimelineEvent = CaseReply['timeline'][number]

/** What stands out about a referral, with the look of it. */
export const flagNames: Readonly<Record<CaseFlag, readonly [name: string, look: string]>> = {
  'consent-expired': ['Permission has run out', 'bad'],
  'question-open': ['Waits for the school’s answer', 'waits'],
  'school-replied': ['The school has answered', 'good'],
  'agenda-again': ['Has to be put on an agenda again', 'waits'],
  'consent-withdrawn': ['Consent withdrawn', 'bad'],
  'consent-refused': ['Consent refused', 'bad'],
}

/** How it stands with a consent, with the look of it. */
export const standingNames: Readonly<Record<ConsentStanding, readonly [name: string, look: string]>> = {
  'not-asked': ['Not asked yet', ''],
  waiting: ['Not answered yet', 'waits'],
  given: ['Given', 'good'],
  refused: ['Refused', 'bad'],
  withdrawn: ['Withdrawn', 'bad'],
  expired: ['Has run out', 'bad'],
}

/** Who answers about a consent. */
export const giverNames: Readonly<Record<ConsentGiver, string>> = {
  carer: 'Parent or carer',
  'young-person': 'Young person',
  'social-worker': 'Social worker',
}

/** The languages that a family can be asked in, with their own names. */
export const languageNames: Readonly<Record<string, string>> = {
  en: 'English',
  cy: 'Welsh (Cymraeg)',
  pl: 'Polish (polski)',
  ur: 'Urdu (اردو)',
  ar: 'Arabic (العربية)',
}

/** A word with an edge. */
export function stateView([name, look]: readonly [name: string, look: string]): TemplateResult {
  return html`<span class="state ${look}">${name}</span>`
}

/** How a referral stands: its stage, or that and how it has ended. */
export function stageText({ stage, outcome, since }: Pick<CaseCard, 'stage' | 'outcome' | 'since'>): string {
  if (stage) return stage.name
  const how = outcome === 'decline' ? 'Declined' : outcome === 'finish' ? 'Finished' : 'Ended'
  return since ? `${how} on ${longDate(since)}` : how
}

/** Who it is about, as far as one may know: initials, or the reference alone. */
export function pupilText({ pupil, reference }: Pick<CaseCard, 'pupil' | 'reference'>): string {
  return pupil ? `${pupil}, ${reference}` : reference
}

/** Where the pupil is, as far as one may know. */
export function schoolText({ school, year, district }: Pick<CaseCard, 'school' | 'year' | 'district'>): string {
  return [school, year, district && (/^\d+$/.test(district) ? `District ${district}` : district)]
    .filter(Boolean)
    .join(' · ')
}

const notGiven: Readonly<Record<ConsentStanding, string>> = {
  'not-asked': 'Nobody has been asked for consent yet',
  waiting: 'Consent has not been given yet',
  given: 'Consent has been given',
  refused: 'Consent was refused',
  withdrawn: 'Consent was withdrawn',
  expired: 'Consent has run out',
}

/** What a decision still needs, as a sentence without its stop. */
export function missingText({ kind, of, name }: Missing, consents: readonly ConsentLike[] = []): string {
  const standing = consents.find(({ purpose }) => purpose === of)?.standing ?? 'waiting'
  switch (kind) {
    case 'consent':
      return `${notGiven[standing === 'given' ? 'waiting' : standing]}: “${name}”`
    case 'recorded':
      return `“${name}” has not been written down yet`
    case 'agreement':
      return 'The agreement has not been signed by school and provider yet'
    case 'assigned':
      return 'Nobody is named yet who works on it'
    case 'panel':
      return of === 'again' ? 'It has to be put on an agenda again' : 'It is not on the agenda of a panel yet'
    case 'terms':
      return 'Its place belongs to a term whose dates are not known: publish next year’s term dates'
  }
}

type ConsentLike = { purpose: string; standing: ConsentStanding }

/** What happened meanwhile, as a conflict and a timeline tell it. */
export interface Happened {
  kind: string
  of: string
  name: string
  actor: { name: string | null; kind: string }
  /** Whose answer it is, where it is one. */
  whose?: { as: ConsentGiver; name: string | null } | null
  detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** Who did it. */
function actorText({ actor: { kind, name }, whose }: Happened): string {
  if (kind === 'person') return name || 'A colleague'
  if (kind === 'school') return 'The school'
  if (kind !== 'family') return 'Outreach Kit'
  return whose
    ? (whose.name ?? `${unnamed[whose.as].charAt(0).toUpperCase()}${unnamed[whose.as].slice(1)}`)
    : 'The family'
}

/** Who answered, for whoever may not know their name. */
const unnamed: Readonly<Record<ConsentGiver, string>> = {
  carer: 'a parent or carer',
  'young-person': 'the young person',
  'social-worker': 'a social worker',
}

const answered: Readonly<Record<string, string>> = {
  given: 'gave consent',
  refused: 'refused consent',
  withdrawn: 'withdrew consent',
}

const stopped: Readonly<Record<string, string>> = {
  refused: 'stopped it: consent was refused',
  withdrawn: 'stopped it: consent was withdrawn',
  'taken-back': 'took it back',
  expired: 'stopped it: permission had run out and was not given anew',
}

const ended: Readonly<Record<string, string>> = {
  decline: 'ended it: it was declined',
  finish: 'ended it: it is finished',
}

const followed: Readonly<Record<string, string>> = {
  unanswered: 'Nobody had answered in time, and the school was told',
  'runs-out': 'The school was told that permission runs out soon',
  words: 'The family added to its own words, or changed them',
  'ran-out': 'Permission ran out: nobody can read it until the family agrees anew',
}

/** What follows by itself: nobody in particular has done it. */
function followedText({ kind, of, name }: Happened): string | undefined {
  if (kind === 'consent') return followed[of] ?? 'Its consent was looked at'
  if (kind === 'entered') return `It came to “${name || of}”`
  return kind === 'released' ? 'It was opened: the consent that it needs is there' : undefined
}

const onDay = (day: unknown): string => (typeof day === 'string' && day ? ` on ${longDate(day)}` : '')

const newWays: Readonly<Record<string, string>> = { link: 'sent a new link', letter: 'made a new letter to print' }

const heard: Readonly<Record<string, string>> = { paper: ', on paper', 'in-person': ', in person' }

/** Who did what, as a sentence. */
export function happenedView(event: Happened): TemplateResult {
  const followed = followedText(event)
  return followed ? html`${followed}` : html`<b>${actorText(event)}</b> ${happenedText(event)}`
}

/** What was heard, and of whom. */
function heardText(whose: Happened['whose'], answer: unknown): string {
  if (!answer) return 'an answer about consent'
  return whose
    ? `that ${whose.name ?? unnamed[whose.as]} ${answered[String(answer)] ?? 'answered about consent'}`
    : `that consent was ${answer}`
}

/** A panel decides whatever it says; else what goes on or is finished is no decision of anybody. */
function decidedText({ as, panel, early }: NonNullable<Happened['detail']>): string {
  if (early) return 'decided before the meeting'
  if (panel) return 'decided'
  return as === 'go-on' ? 'moved it on' : as === 'finish' ? 'finished it' : 'decided'
}

/** What was done, as the end of a sentence that begins with who did it. */
export function happenedText({ kind, of, name, actor, whose, detail = {} }: Happened): string {
  const quoted = name ? `: “${name}”` : ''
  switch (kind) {
    case 'sent':
      return 'sent the referral'
    case 'asked':
      // One that asks for nothing brings a new way to the same page.
      if (!name) return newWays[String(detail.how)] ?? 'sent a new link, or made a new letter to print'
      return `asked for consent${detail.again ? ' again' : ''}${quoted}`
    case 'answered':
      return actor.kind === 'family'
        ? `${answered[String(detail.answer)] ?? 'answered about consent'}${quoted}`
        : `wrote down ${heardText(whose, detail.answer)}${quoted}${heard[String(detail.how)] ?? ''}`
    case 'decided':
      return `${decidedText(detail)}${quoted}`
    case 'recorded':
      return `wrote down${quoted}${detail.planned ? `: ${longDate(String(detail.planned))}` : ''}`
    case 'assigned':
      return name ? `gave it to ${name}` : 'named who works on it'
    case 'unassigned':
      return name ? `took it from ${name}` : 'took it from somebody'
    case 'signed':
      return `signed the agreement for the ${of === 'school' ? 'school' : 'provider'}`
    case 'panel':
      return of
        ? `put it on the agenda of the panel${onDay(detail.meetsOn)}`
        : `took it off the agenda of the panel${onDay(detail.meetsOn)}`
    case 'waiting-list':
      return detail.from && detail.to
        ? `moved it on the waiting list from number ${detail.from} to number ${detail.to}`
        : 'moved it on the waiting list'
    case 'taken-back':
      return `took back what was written down${quoted}`
    case 'note':
      return 'wrote a note'
    case 'question':
      return 'asked the school for something more'
    case 'reply':
      return 'answered'
    case 'stopped':
      return stopped[of] ?? 'stopped it'
    case 'ended':
      return ended[of] ?? 'ended it'
    default:
      return `${kind.replaceAll('-', ' ')}${quoted}`
  }
}

/** Words for what is wrong with what was typed, by the reply's codes. */
export function faultText(code: string, most?: number): string {
  switch (code) {
    case 'required':
      return 'Fill this in'
    case 'too-long':
      return most ? `Use ${most.toLocaleString('en-GB')} characters or fewer` : 'Use fewer characters'
    case 'too-small':
    case 'too-large':
    case 'whole-number':
      return 'Enter a whole number that is not so large'
    case 'not-text':
      return 'Use letters, figures and signs only'
    case 'too-many':
      return most ? `The agenda holds ${most} at most: choose fewer` : 'Choose fewer'
    case 'choose':
      return 'Choose one of these'
    case 'email':
      return 'Enter an e-mail address, like name@school.example'
    case 'not-the-schools':
      return 'This is an address of the school. Enter their own'
    case 'not-the-providers':
      return 'This is an address of yours or of a colleague. Enter their own'
    case 'urn':
      return 'A URN has six figures'
    case 'not-a-date':
      return 'Enter a day that exists'
    case 'in-the-future':
      return 'Enter a day that is not in the future'
    case 'too-long-ago':
      return 'Enter a later day'
    default:
      return 'Look at this again'
  }
}
