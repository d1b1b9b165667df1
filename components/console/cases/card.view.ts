import { html, nothing, type TemplateResult } from 'lit'
import type { CaseCard } from '../../../catalogue/wire/case.ts'
import { shortDate } from '../parts/when.ts'
import { dueView } from './due.view.ts'
import { flagNames, pupilText, schoolText, stateView } from './words.ts'

/** What stands out about a referral. */
export function flagsView(flags: CaseCard['flags']): TemplateResult | typeof nothing {
  if (flags.length === 0) return nothing
  return html`<ul class="flags">${flags.map((flag) => html`<li>${stateView(flagNames[flag])}</li>`)}</ul>`
}

/** A referral in a column of the board. */
export function cardView(provider: string, card: CaseCard): TemplateResult {
  const { reference, pupil, since, due, people, flags } = card
  const who = people.length > 0 ? people.join(', ') : pupil === null ? '' : 'Nobody works on it yet'
  const school = schoolText(card)
  return html`<li class="card ${due?.overdue ? 'overdue' : ''}">
    <p><a href=${`/console/${provider}/cases/${reference}`}>${pupilText(card)}</a></p>
    ${school ? html`<small>${school}</small>` : nothing}
    ${due ? html`${dueView(due.daysLeft, due.on)}<small>${due.name}</small>` : nothing}
    <small>${since ? html`Here since <time datetime=${since}>${shortDate(since)}</time>. ` : nothing}${who}</small>
    ${flagsView(flags)}
  </li>`
}
