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

/** What was done, as the end of a sentence that begins with who did it. */
const said: Readonly<Record<string, (subject: string, detail: Detail, nameOf: NameOf) => string>> = {
  'order-placed': (subject) => `placed the order ${subject}`,
  'order-accepted': (subject) => `accepted the order ${subject}`,
  'order-declined': (subject) => `declined the order ${subject}`,
  'order-note-written': (subject) => `wrote a note on the order ${subject}`,
  'letter-sent-again': (subject) => `sent a letter about the order ${subject} again`,
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
  { value: 'signed-in', name: 'Sign-ins' },
]

/** Who did it. */
export function actorName({ actor }: RecordEntry): string {
  if (typeof actor === 'object') return actor.name || actor.email
  return actor === 'school' ? 'A school' : 'Outreach Kit'
}

/** What was done; an action without a sentence of its own is said by its name: "list-exported: 2024-25". */
export function doneText({ action, subject, detail }: RecordEntry, nameOf: NameOf): string {
  return said[action]?.(subject, detail, nameOf) ?? `${action.replaceAll('-', ' ')}: ${subject}`
}
