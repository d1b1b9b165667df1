import { html, nothing, type TemplateResult } from 'lit'
import type { CaseFlag } from '../../../catalogue/rules/case-flags.ts'
import type { ConsentStanding } from '../../../catalogue/rules/consent.ts'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { longDate } from '../../words/en/money.ts'
import { dueView } from '../cases/due.view.ts'
import { flagNames, schoolText, stageText, stateView } from '../cases/words.ts'
import { shortDate } from '../parts/when.ts'

/** Where on the page the cause of what stands out is. */
const causes: Readonly<Record<CaseFlag, string>> = {
  'question-open': '#now',
  'school-replied': '#now',
  'agenda-again': '#now',
  'consent-withdrawn': '#consent',
  'consent-refused': '#consent',
  'consent-expired': '#consent',
}

/** How many consents stand in which way, as a line counts them. */
const counted: Readonly<Record<ConsentStanding, readonly [one: string, more: string]>> = {
  given: ['given', 'given'],
  waiting: ['waits', 'wait'],
  'not-asked': ['not asked yet', 'not asked yet'],
  refused: ['refused', 'refused'],
  withdrawn: ['withdrawn', 'withdrawn'],
  expired: ['has run out', 'have run out'],
}

/** Who it is about, where it stands, what is due first, who has agreed and who works on it: what somebody looks for first. */
export function headView({ case: one, consents, people, as }: CaseReply): TemplateResult {
  const name = one.name ?? one.pupil
  const about = [one.born ? `born ${longDate(one.born)}` : '', schoolText(one)].filter(Boolean).join(' · ')
  const isOpen = one.status === 'open'
  return html`<div class="case-head">
      <p class="who">${name ? html`<b>${name}</b> ` : nothing}${about}</p>
      <p>${stateView([stageText(one), isOpen ? 'good' : ''])} ${one.pathway.name}${one.stage && one.since ? html`, since <time datetime=${one.since}>${shortDate(one.since)}</time>` : nothing}</p>
      ${one.due ? html`<p>${one.due.name}: ${dueView(one.due.daysLeft, one.due.on)}</p>` : nothing}
      <p>${consents.length > 0 ? html`<a href="#consent">Consent: ${consentText(consents)}</a>` : nothing}${
        as === 'commissioner'
          ? nothing
          : html`<span class="works">${people.length > 0 ? `${people.map(({ name, email }) => name || email).join(', ')} ${people.length === 1 ? 'works' : 'work'} on it` : 'Nobody works on it yet'}</span>`
      }</p>
      ${as === 'commissioner' ? nothing : html`<p class="note">${addressText(one)}</p>`}
      ${
        one.flags.length > 0
          ? html`<ul class="flags">${one.flags.map((flag) => html`<li><a href=${causes[flag]}>${stateView(flagNames[flag])}</a></li>`)}</ul>`
          : nothing
      }
    </div>`
}

/** Whether it is known that whoever referred reads the address that they gave: a mistyped one would be somebody else’s. */
function addressText({ addressOn }: CaseReply['case']): string {
  return addressOn === null
    ? 'Nobody has opened a letter that went to the referrer’s address yet'
    : `The referrer’s address was confirmed on ${longDate(addressOn)}`
}

/** "2 given, 1 waits": a specialist who was never asked about is not counted. */
export function consentText(consents: CaseReply['consents']): string {
  const standings = consents
    .filter(({ each, standing }) => each === '' || standing !== 'not-asked')
    .map(({ standing }) => standing)
  return Object.entries(counted)
    .flatMap(([standing, [one, more]]) => {
      const count = standings.filter((other) => other === standing).length
      return count > 0 ? [`${count} ${count === 1 ? one : more}`] : []
    })
    .join(', ')
}
