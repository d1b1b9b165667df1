import { html, nothing, type TemplateResult } from 'lit'
import type { Right } from '../../../catalogue/wire/roles.ts'
import type { Membership } from '../replies.ts'

/** The parts that referrals have in the console. */
export type Part = 'board' | 'list' | 'panels' | 'waiting' | 'places' | 'find'

const parts: readonly { part: Part; name: string; path: string; right: Right }[] = [
  { part: 'board', name: 'Board', path: 'cases', right: 'read-cases' },
  { part: 'list', name: 'List', path: 'cases/list', right: 'read-cases' },
  { part: 'panels', name: 'Panels', path: 'panels', right: 'read-cases' },
  { part: 'waiting', name: 'Waiting list', path: 'waiting', right: 'run-cases' },
  { part: 'places', name: 'Places', path: 'places', right: 'run-cases' },
  { part: 'find', name: 'Find a pupil', path: 'cases/find', right: 'run-cases' },
]

/** What is there for every provider that referrals can be made to. */
const ALWAYS: readonly Part[] = ['board', 'list', 'find']

/** Whether somebody has to do with panels: they arrange them, or sit on some. */
export function seesPanels(membership: Membership | undefined): boolean {
  return membership !== undefined && (membership.rights.includes('hold-panels') || membership.role === 'panel-member')
}

/** The way between the parts, as far as somebody's role opens them and the provider's catalogues have something for them. */
export function tabsView(provider: string, membership: Membership | undefined, current: Part): TemplateResult {
  const isOpen = ({ part, right }: (typeof parts)[number]) =>
    membership?.rights.includes(right) &&
    (part === current ||
      ([...ALWAYS, ...membership.parts].includes(part) && (part !== 'panels' || seesPanels(membership))))
  return html`<nav class="tabs" aria-label="Referrals"><ul>${parts
    .filter(isOpen)
    .map(
      ({ part, name, path }) =>
        html`<li><a href=${`/console/${provider}/${path}`} aria-current=${part === current ? 'page' : nothing}>${name}</a></li>`,
    )}</ul></nav>`
}
