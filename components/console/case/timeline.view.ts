import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { longDate } from '../../words/en/money.ts'
import { dueView } from '../cases/due.view.ts'
import { happenedView, stateView, type TimelineEvent } from '../cases/words.ts'
import { dayOf, longMoment } from '../parts/when.ts'

/** How many events stand there before the others are asked for. */
const NEWEST = 6

/** What somebody can do about an event. */
export interface EventActs {
  /** Whether they can take back what was written down. */
  mayTakeBack: (event: TimelineEvent) => boolean
  takeBack: (event: TimelineEvent) => void
}

/** What happened, the newest first; what is older is folded up. */
export function timelineView(timeline: CaseReply['timeline'], acts: EventActs): TemplateResult {
  const newest = [...timeline].sort((one, other) => other.number - one.number)
  const back = new Set(timeline.filter(({ kind }) => kind === 'taken-back').map(({ of }) => of))
  const events = (some: CaseReply['timeline']) =>
    html`<ol class="history" reversed>${some.map((event) => eventView(event, back.has(String(event.number)), acts))}</ol>`
  const older = newest.slice(NEWEST)
  return html`${events(newest.slice(0, NEWEST))}
    ${older.length > 0 ? html`<details class="more"><summary>All ${newest.length}</summary>${events(older)}</details>` : nothing}`
}

function eventView(event: TimelineEvent, isBack: boolean, { mayTakeBack, takeBack }: EventActs): TemplateResult {
  const { at, on, kind, text, name } = event
  // What was done or answered on another day than that on which it was written down says both.
  const isDated = kind === 'recorded' || kind === 'answered'
  return html`<li><p>${isBack ? html`<s>${happenedView(event)}</s> ${stateView(['Taken back', ''])}` : happenedView(event)}${isDated && on !== dayOf(at) ? html`. It was on <time datetime=${on}>${longDate(on)}</time>.` : nothing}</p>
      ${text ? html`<blockquote>${text}</blockquote>` : nothing}
      <small><time datetime=${at}>${longMoment(at)}</time></small>
      ${kind === 'recorded' && !isBack && mayTakeBack(event) ? html` <button type="button" class="link screen" @click=${() => takeBack(event)}>Take back<span class="hidden">: ${name}</span></button>` : nothing}</li>`
}

type Deadline = CaseReply['deadlines'][number]

/** Deadlines: those that run by the day that they are due; those that are met or over are folded up. */
export function deadlinesView(deadlines: readonly Deadline[]): TemplateResult {
  const running = deadlines.filter(({ runs }) => runs).sort(byDay)
  const over = deadlines.filter(({ runs }) => !runs)
  const met = over.filter(({ metOn }) => metOn !== null).length
  const named = [met > 0 ? `${met} met` : '', over.length > met ? `${over.length - met} not met` : '']
  const listed = (some: readonly Deadline[]) =>
    html`<ul class="lines">${some.map(
      (deadline) => html`<li><p>${deadline.name}<br>${standingView(deadline)}</p>
      <small>Counted from ${longDate(deadline.startedOn)}</small></li>`,
    )}</ul>`
  return html`${running.length > 0 ? listed(running) : html`<p>None runs.</p>`}
    ${over.length > 0 ? html`<details class="more"><summary>${named.filter(Boolean).join(', ')}</summary>${listed(over)}</details>` : nothing}`
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
