import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { longDate } from '../../words/en/money.ts'
import { dueView } from '../cases/due.view.ts'
import { happenedView } from '../cases/words.ts'
import { dayOf, longMoment } from '../parts/when.ts'

/** What happened, the newest first. */
export function timelineView(timeline: CaseReply['timeline']): TemplateResult {
  const newest = [...timeline].sort((one, other) => other.number - one.number)
  return html`<ol class="history" reversed>${newest.map((event) => {
    const { at, on, kind, text } = event
    // What was done on another day than that on which it was written down says both.
    const earlier = on === dayOf(at) ? nothing : html` It was on <time datetime=${on}>${longDate(on)}</time>.`
    return html`<li><p>${happenedView(event)}${kind === 'recorded' ? earlier : nothing}</p>
      ${text ? html`<blockquote>${text}</blockquote>` : nothing}
      <small><time datetime=${at}>${longMoment(at)}</time></small></li>`
  })}</ol>`
}

type Deadline = CaseReply['deadlines'][number]

/** Deadlines: those that run by the day that they are due, then those that are met or over. */
export function deadlinesView(deadlines: readonly Deadline[]): TemplateResult {
  const running = deadlines.filter(({ runs }) => runs).sort(byDay)
  const over = deadlines.filter(({ runs }) => !runs)
  return html`<ul class="lines">${[...running, ...over].map(
    (deadline) => html`<li><p>${deadline.name}<br>${standingView(deadline)}</p>
      <small>Counted from ${longDate(deadline.startedOn)}</small></li>`,
  )}</ul>`
}

function standingView({ runs, daysLeft, dueOn, metOn }: Deadline): TemplateResult {
  if (dueOn === null) return html`<small>No day yet: publish next year’s term dates.</small>`
  if (runs && daysLeft !== null) return dueView(daysLeft, dueOn)
  if (metOn === null) return html`<small>Not met before the referral ended; it was due on ${longDate(dueOn)}.</small>`
  return metOn > dueOn
    ? html`<span class="state bad">Met late</span> on ${longDate(metOn)} <small>Due on ${longDate(dueOn)}</small>`
    : html`<span class="state good">Met</span> on ${longDate(metOn)}`
}

function byDay(one: Deadline, other: Deadline): number {
  // Those whose day is not known stand last.
  return (one.dueOn ?? '~').localeCompare(other.dueOn ?? '~')
}
