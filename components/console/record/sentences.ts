import { longDate } from '../../words/en/money.ts'
import { roleNames } from '../console.view.ts'
import type { RecordEntry } from '../replies.ts'

type Detail = RecordEntry['detail']

/** A person's name by their id, where they are known. */
export type NameOf = (person: string) => string | undefined

const role = (value: Detail[string] | undefined): string =>
  typeof value === 'string' && value in roleNames
    ? roleNames[value as keyof typeof roleNames].toLowerCase()
    : String(value ?? '')

const somebody = (person: string, nameOf: NameOf): string => nameOf(person) ?? 'somebody'

const fromDay = (day: Detail[string] | undefined): string =>
  typeof day === 'string' && day ? `, to count from ${longDate(day)}` : ''

/** A catalogue and its version: "2024-25 v3" as people say it. */
const version = (subject: string): string => subject.replace(/ v(\d+)$/, ', version $1')

/** A catalogue's own id, as near to words as an id comes: "give-place" is "give place". */
const coded = (value: Detail[string]): string => String(value).replaceAll('-', ' ')

const named = (person: Detail[string] | undefined, nameOf: NameOf): string =>
  typeof person === 'string' ? somebody(person, nameOf) : 'somebody'

const onDay = (day: Detail[string] | undefined): string =>
  typeof day === 'string' && day ? ` on ${longDate(day)}` : ''

/** The record does not say what a family has answered: it is read at once, and it stays. */
const whyStopped = (why: Detail[string] | undefined): string =>
  ({
    'taken-back': ': the school took it back',
    expired: ': permission had run out and was not given anew',
  })[String(why)] ?? ''

/** What was changed about a panel, which is named by the day on which it met. */
function panelText({ on, to, cancelled, closed, added = 0, removed = 0, order, people, places }: Detail): string {
  const panel = `the panel${onDay(on)}`
  if (cancelled) return `cancelled ${panel}`
  if (closed) return `closed ${panel}`
  if (to) return `moved ${panel} to ${longDate(String(to))}`
  if (added || removed)
    return `changed the agenda of ${panel}: ${[added ? `${added} put on` : '', removed ? `${removed} taken off` : ''].filter(Boolean).join(', ')}`
  if (order !== undefined) return `put the agenda of ${panel} in another order`
  if (people !== undefined) return `changed who sits on ${panel}: ${people} now`
  if (places !== undefined) return `changed how many places ${panel} has: ${places} now`
  return `changed ${panel}`
}

/** What was done, as the end of a sentence that begins with who did it. */
const said: Readonly<Record<string, (subject: string, detail: Detail, nameOf: NameOf) => string>> = {
  'order-placed': (subject) => `placed the order ${subject}`,
  'order-accepted': (subject) => `accepted the order ${subject}`,
  'order-declined': (subject) => `declined the order ${subject}`,
  'order-note-written': (subject) => `wrote a note on the order ${subject}`,
  'letter-sent-again': (subject, { about }) =>
    `sent a letter about the ${about === 'referral' ? 'referral' : 'order'} ${subject} again`,
  'draft-begun': (_subject, { catalogue }) => `began a draft${catalogue ? ` of ${catalogue}` : ''}`,
  'draft-saved': () => 'changed a draft',
  'draft-discarded': () => 'discarded a draft',
  'catalogue-published': (subject, { from }) => `published the catalogue ${version(subject)}${fromDay(from)}`,
  'catalogue-taken-back': (subject) => `took back the catalogue ${version(subject)}`,
  'frames-changed': (_subject, { websites }) =>
    `changed which websites may show the portal in a frame${websites === undefined ? '' : `: ${websites} now`}`,
  'person-invited': (subject, detail, nameOf) => `invited ${somebody(subject, nameOf)} as ${role(detail.role)}`,
  'role-changed': (subject, detail, nameOf) =>
    `changed the role of ${somebody(subject, nameOf)} from ${role(detail.from)} to ${role(detail.to)}`,
  'person-withdrawn': (subject, detail, nameOf) =>
    `withdrew ${somebody(subject, nameOf)}, who was ${role(detail.role)}`,
  'person-left': (_subject, detail) => `left; they were ${role(detail.role)}`,
  exported: (subject) => `downloaded ${subject}`,
  'referral-sent': (subject) => `sent the referral ${subject}`,
  'referral-stopped': (subject, { why }) => `stopped the referral ${subject}${whyStopped(why)}`,
  'referral-erased': (subject, { why }) =>
    `erased everything that was kept of the referral ${subject}${why === 'retention' ? ', since its time was over' : ''}`,
  'consent-asked': (subject, { again }) => `asked for consent${again ? ' again' : ''} for the referral ${subject}`,
  'consent-link': (subject, { how }) =>
    how === 'letter'
      ? `made a new letter to print for somebody who was asked for consent for the referral ${subject}`
      : `sent a new link to somebody who was asked for consent for the referral ${subject}`,
  'consent-words': (subject) => `changed what is said in words beside the answers for the referral ${subject}`,
  'consent-ran-out': (subject) => `closed the referral ${subject} to everybody: the family’s permission had run out`,
  'consent-answered': (subject, { how }) =>
    how === 'paper' || how === 'in-person'
      ? `wrote down an answer about consent for the referral ${subject}, given ${how === 'paper' ? 'on paper' : 'in person'}`
      : `answered about consent for the referral ${subject}`,
  'case-read': (subject, { as }) =>
    subject === ''
      ? 'looked for a referral, and found none'
      : as === 'found'
        ? `looked for a referral, and found ${subject}`
        : as === 'school'
          ? `read again what it had sent in the referral ${subject}`
          : `read the referral ${subject}${as === undefined ? '' : ` as ${role(as)}`}`,
  'case-moved': (subject, { move }) => `decided on the referral ${subject}${move ? `: ${coded(move)}` : ''}`,
  'case-recorded': (subject, { event }) =>
    `wrote down what was done on the referral ${subject}${event ? `: ${coded(event)}` : ''}`,
  'case-assigned': (subject, { person }, nameOf) => `gave the referral ${subject} to ${named(person, nameOf)}`,
  'case-unassigned': (subject, { person }, nameOf) => `took ${named(person, nameOf)} off the referral ${subject}`,
  'panel-made': (_subject, { meetsOn }) => `arranged a panel${onDay(meetsOn)}`,
  'panel-changed': (_subject, detail) => panelText(detail),
  'place-given': (subject) => `gave a place to the referral ${subject}`,
  'exclusion-noted': (_subject, { term }) => `noted a permanent exclusion${term ? ` for ${coded(term)}` : ''}`,
  'exclusion-taken-back': (_subject, { term }) => `took back a permanent exclusion${term ? ` for ${coded(term)}` : ''}`,
  'pupil-exported': (subject) => `downloaded everything that is held about the pupil of the referral ${subject}`,
  'keys-rotated': () => 'changed the master key',
  'signed-in': (_subject, { how }) => `signed in by ${how === 'passkey' ? 'a passkey' : 'a code'}`,
  'signed-out': () => 'signed out',
  'sessions-ended': () => 'signed out everywhere',
  renamed: () => 'changed their name',
  'passkey-added': () => 'added a passkey',
  'passkey-removed': () => 'removed a passkey',
}

/** The kinds that can be filtered by, with their names. */
export const kinds: readonly { value: string; name: string }[] = [
  { value: 'order-placed', name: 'Orders placed' },
  { value: 'order-accepted', name: 'Orders accepted' },
  { value: 'order-declined', name: 'Orders declined' },
  { value: 'letter-sent-again', name: 'Letters sent again' },
  { value: 'draft-saved', name: 'Drafts changed' },
  { value: 'catalogue-published', name: 'Catalogues published' },
  { value: 'catalogue-taken-back', name: 'Catalogues taken back' },
  { value: 'frames-changed', name: 'Framing websites changed' },
  { value: 'person-invited', name: 'People invited' },
  { value: 'role-changed', name: 'Roles changed' },
  { value: 'person-withdrawn', name: 'People withdrawn' },
  { value: 'exported', name: 'Downloads' },
  { value: 'referral-sent', name: 'Referrals sent' },
  { value: 'referral-stopped', name: 'Referrals stopped' },
  { value: 'referral-erased', name: 'Referrals erased' },
  { value: 'consent-answered', name: 'Consent answered' },
  { value: 'case-read', name: 'Referrals read' },
  { value: 'case-moved', name: 'Decisions on referrals' },
  { value: 'place-given', name: 'Places given' },
  { value: 'panel-made', name: 'Panels arranged' },
  { value: 'exclusion-noted', name: 'Exclusions noted' },
  { value: 'pupil-exported', name: 'Pupils’ data downloaded' },
  { value: 'signed-in', name: 'Sign-ins' },
]

/** Who did it. */
export function actorName({ actor }: RecordEntry): string {
  if (typeof actor === 'object') return actor.name || actor.email
  if (actor === 'family') return 'A parent, carer or young person'
  if (actor === 'system') return 'Outreach Kit'
  // A name is kept for a while after somebody has left, and then no longer.
  return actor === 'school' ? 'A school' : 'Somebody who has left'
}

/** What was done; an action without a sentence of its own is said by its name: "list-exported: 2024-25". */
export function doneText({ action, subject, detail }: RecordEntry, nameOf: NameOf): string {
  return said[action]?.(subject, detail, nameOf) ?? `${action.replaceAll('-', ' ')}: ${subject}`
}
