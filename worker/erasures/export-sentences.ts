import { stageOf } from '../../catalogue/rules/pathway.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { date } from '../letters/words.en.ts'
import type { StoredEvent } from '../referrals/case.store.ts'
import { moveMade } from '../referrals/progress.ts'
import { answeredHow, plain } from './export-texts.ts'

/** What sentences are made with: the catalogue’s names, and what people are called. */
export interface Names {
  pathway: Pathway
  /** Somebody of the provider’s, by their id; the school, the family and the product by their kind. */
  actor: (id: string) => string
  /** Somebody of the family, by their id. */
  relative: (id: string) => string
  /** What happened, by its number. */
  event: (number: string) => StoredEvent | undefined
}

const ANSWERS: Readonly<Record<string, string>> = {
  given: 'yes',
  refused: 'no',
  withdrawn: 'an earlier yes taken back',
}

export const STOPPED: Readonly<Record<string, string>> = {
  refused: 'consent was refused',
  withdrawn: 'consent was withdrawn',
  'taken-back': 'the school took it back',
  expired: 'permission had run out and was not given anew',
}

export const ENDED: Readonly<Record<string, string>> = { finish: 'it is finished', decline: 'it was declined' }

const FOLLOWED: Readonly<Record<string, string>> = {
  unanswered: 'Nobody had answered in time, and the school was told',
  'runs-out': 'The school was told that permission runs out soon',
  words: 'The family changed what it says in its own words',
  'ran-out': 'Permission ran out: nobody could read it until the family agreed anew',
}

/** What somebody answered. */
export function answerCalled(answer: string): string {
  return ANSWERS[answer] ?? plain(answer)
}

/** What is agreed to is called, with its specialist. */
export function purposeCalled({ consent }: Pathway, id: string, each = ''): string {
  const purpose = consent.purposes.find((one) => one.id === id)
  const own = purpose?.each?.find((one) => one.id === each)
  return [purpose?.name ?? plain(id), ...(own ? [own.name] : [])].join(': ')
}

/** What happened, in a sentence without who did it. */
export function happened({ pathway, actor, relative, event: numbered }: Names, event: StoredEvent): string {
  const { kind, of, detail } = event
  const text = (name: string) => (typeof detail[name] === 'string' ? String(detail[name]) : '')
  const onDay = text('meetsOn') ? ` of ${date(text('meetsOn'))}` : ''
  switch (kind) {
    case 'sent':
      return 'The referral was sent'
    case 'asked':
      return text('purpose')
        ? `${relative(of)} was asked for consent${detail.again ? ' again' : ''}: “${purposeCalled(pathway, text('purpose'), text('each'))}”`
        : `${relative(of)} was ${text('how') === 'letter' ? 'made a new printed letter' : 'sent a new link'}`
    case 'answered':
      return `${relative(text('person'))} answered “${purposeCalled(pathway, of, text('each'))}”: ${answerCalled(text('answer'))}${text('how') ? `, ${answeredHow(text('how'))}` : ''}`
    case 'consent':
      return FOLLOWED[of] ?? 'Its consent was looked at'
    case 'released':
      return 'Consent opened it to the provider'
    case 'entered':
      return `It came to “${stageOf(pathway, of)?.name ?? plain(of)}”`
    case 'decided':
      return `Decided${detail.early ? ' before the panel met' : ''}: “${moveMade(pathway, { of, detail })?.name ?? plain(of)}”`
    case 'recorded':
      return `Done: “${pathway.events.find(({ id }) => id === of)?.name ?? plain(of)}”${text('planned') ? `, for ${date(text('planned'))}` : ''}`
    case 'taken-back': {
      const back = numbered(of)
      const name = pathway.events.find(({ id }) => id === back?.of)?.name
      return `What was written down was taken back${name ? `: “${name}”` : ''}`
    }
    case 'assigned':
      return `It was given to ${actor(of)}`
    case 'unassigned':
      return `It was taken from ${actor(of)}`
    case 'signed':
      return `The agreement was signed for the ${of === 'school' ? 'school' : 'provider'}`
    case 'panel':
      return of ? `It was put on the agenda of the panel${onDay}` : `It was taken off the agenda of the panel${onDay}`
    case 'waiting-list':
      return `It was moved on the waiting list from number ${detail.from} to number ${detail.to}`
    case 'note':
      return 'A note was written'
    case 'question':
      return 'The school was asked for something more'
    case 'reply':
      return 'The school answered'
    case 'stopped':
      return `It was stopped: ${STOPPED[of] ?? plain(of)}`
    case 'ended':
      return `It ended: ${ENDED[of] ?? plain(of)}`
  }
}

/** What an entry of the record says. */
export function recorded({ pathway }: Names, action: string, detail: Readonly<Record<string, unknown>>): string {
  const code = (name: string) => (typeof detail[name] === 'string' ? String(detail[name]) : '')
  const named = (of: string, name: string | undefined) => (of ? `: “${name ?? plain(of)}”` : '')
  switch (action) {
    case 'referral-sent':
      return 'Sent the referral'
    case 'referral-stopped':
      return 'Stopped the referral'
    case 'consent-asked':
      return `Asked for consent${detail.again ? ' again' : ''}`
    case 'consent-link':
      return code('how') === 'letter' ? 'Made a new letter to print' : 'Sent a new link'
    case 'consent-words':
      return 'Changed what is said in words beside the answers'
    case 'consent-ran-out':
      return 'Closed it to everybody, since permission had run out'
    case 'consent-answered':
      return `Answered about consent${code('how') ? `, ${answeredHow(code('how'))}` : ''}`
    case 'case-read':
      return code('as') === 'found' ? 'Looked for it and found it' : 'Read it'
    case 'case-moved':
      return `Decided${named(code('move'), pathway.stages.flatMap(({ moves }) => moves).find(({ id }) => id === code('move'))?.name)}`
    case 'case-recorded':
      return `Wrote something down${named(code('event'), pathway.events.find(({ id }) => id === code('event'))?.name)}`
    case 'case-assigned':
      return 'Named who works on it'
    case 'case-unassigned':
      return 'Took it from somebody who worked on it'
    case 'place-given':
      return `Gave a place${named(code('kind'), pathway.places?.find(({ id }) => id === code('kind'))?.name)}`
    case 'letter-sent-again':
      return 'Sent a letter again'
    case 'pupil-exported':
      return 'Gave out everything that is held'
    default:
      return plain(action)
  }
}
