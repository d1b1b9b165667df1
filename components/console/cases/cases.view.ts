import { html, nothing, type TemplateResult } from 'lit'
import type { CaseCard } from '../../../catalogue/wire/case.ts'
import { type Column, tableView } from '../parts/table.view.ts'
import { shortDate } from '../parts/when.ts'
import { flagsView } from './card.view.ts'
import { dueView } from './due.view.ts'
import { pupilText, schoolText, stageText } from './words.ts'

/** Referrals as rows. `ended`: whether they are over, so that nothing is due. */
export function casesTable(provider: string, cases: readonly CaseCard[], ended: boolean): TemplateResult {
  const columns: Column<CaseCard>[] = [
    {
      head: 'Referral',
      names: true,
      cell: (card) => html`<a href=${`/console/${provider}/cases/${card.reference}`}>${pupilText(card)}</a>
        ${schoolText(card) ? html`<small>${schoolText(card)}</small>` : nothing}`,
    },
    {
      head: ended ? 'How it ended' : 'Stage',
      plain: true,
      cell: (card) => html`${stageText(card)}<small>${card.pathway.name}</small>${flagsView(card.flags)}`,
    },
    ...(ended
      ? []
      : [
          {
            head: 'Since',
            short: true,
            cell: ({ since }: CaseCard) => (since ? html`<time datetime=${since}>${shortDate(since)}</time>` : nothing),
          },
          {
            head: 'Due',
            plain: true,
            cell: ({ due }: CaseCard) =>
              due
                ? html`${dueView(due.daysLeft, due.on)}<small>${due.name}</small>`
                : html`<small>Nothing is due</small>`,
          },
        ]),
    { head: 'Who works on it', cell: ({ people }) => people.join(', ') || '–' },
  ]
  return tableView('Referrals', columns, cases)
}
