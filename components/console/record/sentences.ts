import { roleNames } from '../console.view.ts'
import type { RecordEntry } from '../replies.ts'

type Detail = RecordEntry['detail']

const role = (value: Detail[string] | undefined): string =>
  typeof value === 'string' && value in roleNames
    ? roleNames[value as keyof typeof roleNames].toLowerCase()
    : String(value ?? '')

/** What was done, as the end of a sentence that begins with who did it. */
const said: Readonly<Record<string, (subject: string, detail: Detail) => string>> = {
  'order-placed': (subject) => `placed the order ${subject}`,
  'order-accepted': (subject) => `accepted the order ${subject}`,
  'order-declined': (subject) => `declined the order ${subject}`,
  'order-cancelled': (subject) => `cancelled the order ${subject}`,
  'note-added': (subject) => `added a note to the order ${subject}`,
  'order-noted': (subject) => `added a note to the order ${subject}`,
  'letter-sent-again': (subject) => `sent a letter about ${subject} again`,
  'orders-exported': (subject, { what }) => `downloaded ${String(what ?? subject)}`,
  'draft-created': (subject) => `began the draft ${subject}`,
  'draft-saved': (subject) => `changed the draft ${subject}`,
  'draft-deleted': (subject) => `deleted the draft ${subject}`,
  'catalogue-published': (subject, { from }) =>
    `published the catalogue ${subject}${typeof from === 'string' && from ? `, in force from ${from}` : ''}`,
  'catalogue-taken-back': (subject) => `took back the catalogue ${subject}`,
  'frames-changed': () => 'changed which websites may frame the portal',
  'person-invited': (_subject, detail) => `invited somebody as ${role(detail.role)}`,
  'role-changed': (_subject, detail) =>
    `changed a colleague’s role${detail.before ? ` from ${role(detail.before)}` : ''} to ${role(detail.role ?? detail.after)}`,
  'person-withdrawn': () => 'withdrew a colleague',
  'person-left': () => 'left',
  'provider-added': () => 'added the provider',
}

/** The kinds that can be filtered by, with their names. */
export const kinds: readonly { value: string; name: string }[] = [
  { value: 'order-placed', name: 'Orders placed' },
  { value: 'order-accepted', name: 'Orders accepted' },
  { value: 'order-declined', name: 'Orders declined' },
  { value: 'catalogue-published', name: 'Catalogues published' },
  { value: 'catalogue-taken-back', name: 'Catalogues taken back' },
  { value: 'person-invited', name: 'People invited' },
  { value: 'role-changed', name: 'Roles changed' },
  { value: 'person-withdrawn', name: 'People withdrawn' },
]

/** Who did it. */
export function actorName({ actor }: RecordEntry): string {
  if (typeof actor === 'object') return actor.name || actor.email
  return actor === 'school' ? 'A school' : 'Outreach Kit'
}

/** What was done; an action without a sentence of its own is said by its name: "exported the list X". */
export function doneText({ action, subject, detail }: RecordEntry): string {
  const sentence = said[action]?.(subject, detail)
  if (sentence) return sentence
  const words = action.split('-')
  return `${words.at(-1)} the ${words.slice(0, -1).join(' ')} ${subject}`
}
