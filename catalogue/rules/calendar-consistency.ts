import type { Calendar } from '../schema/calendar.ts'
import type { Catalogue } from '../schema/catalogue.ts'
import type { Privacy } from '../schema/privacy.ts'
import { addDays } from './dates.ts'
import { type Note, type Noted, noteRepeated, noting } from './noted.ts'

/** What can be wrong with a calendar, or with what families are told, though each part of it is right by itself. */
export type CalendarCode =
  | 'repeated-id'
  | 'terms-overlap'
  | 'outside-term'
  | 'far-from-year'
  | 'no-privacy'
  | 'empty-contact'
  | 'answered-first'

/** How far from the catalogue's year a term or a closure may lie, in days: cases begin before it and go on after it. */
const AROUND_YEAR = 366

/** Everything in a catalogue's calendar and privacy that does not fit together. */
export function calendarFaultsIn({ calendar, privacy, pathways, year }: Catalogue): Noted<CalendarCode>[] {
  const { faults, note } = noting<CalendarCode>()
  if (calendar) checkCalendar(calendar, year, note)
  if (privacy) checkPrivacy(privacy, note)
  else if (pathways?.length) note('/privacy', 'no-privacy')
  return faults
}

function checkCalendar({ terms, closures }: Calendar, year: Catalogue['year'], note: Note<CalendarCode>): void {
  const [earliest, latest] = [addDays(year.from, -AROUND_YEAR), addDays(year.to, AROUND_YEAR)]
  const near = ({ from, to }: { from: string; to: string }, at: string) => {
    if (from < earliest || from > latest) note(`${at}/from`, 'far-from-year', from)
    else if (to > latest) note(`${at}/to`, 'far-from-year', to)
  }
  noteRepeated(terms, '/calendar/terms', note)
  terms.forEach((term, index) => {
    const at = `/calendar/terms/${index}`
    const { from, to, halfTerm } = term
    near(term, at)
    const other = terms.slice(0, index).find((one) => one.from <= to && from <= one.to)
    if (other) note(`${at}/from`, 'terms-overlap', other.name)
    if (halfTerm && (halfTerm.from < from || halfTerm.to > to)) note(`${at}/halfTerm`, 'outside-term')
  })
  closures.forEach((closure, index) => {
    near(closure, `/calendar/closures/${index}`)
  })
}

function checkPrivacy({ contact, complaints }: Privacy, note: Note<CalendarCode>): void {
  const { acknowledgedWithin = 0, answeredWithin = Number.POSITIVE_INFINITY } = complaints
  if (contact && !contact.name && !contact.email && !contact.telephone) note('/privacy/contact', 'empty-contact')
  if (acknowledgedWithin > answeredWithin) note('/privacy/complaints/acknowledgedWithin', 'answered-first')
}
