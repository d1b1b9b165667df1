import { html, nothing, type TemplateResult } from 'lit'
import type { BoardReply, CaseCard, CasesReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { get, path } from '../api.ts'
import { addressWith, announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { selectView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView } from '../parts/notice.view.ts'
import { pagesView } from '../parts/table.view.ts'
import { casesTable } from './cases.view.ts'
import { Fresh } from './fresh.ts'
import { wearLooks } from './looks.ts'
import { tabsView } from './tabs.view.ts'

/**
 * Referrals in a list, those that are due first at the top, filtered by what stands in the address.
 *
 * @element outreach-console-case-list
 */
export class OutreachConsoleCaseList extends ConsolePage {
  readonly #cases = new Loading(
    this,
    async () => {
      const page = await get<CasesReply>(addressWith(path`/providers/${this.provider}/cases/list`, this.#asked))
      if (this.#cases.value) announce(said(page))
      return page
    },
    () => [this.provider, this.#asked],
  )
  /** What the filters are called. */
  readonly #board = new Loading(
    this,
    () => get<BoardReply>(path`/providers/${this.provider}/cases`),
    () => this.provider,
  )

  constructor() {
    super()
    wearLooks()
    this.loads.push(this.#cases)
    new Fresh(this, () => void this.#cases.again())
  }

  get #asked(): Record<'status' | 'pathway' | 'stage' | 'after', string> {
    const { query } = this.place
    const of = (name: string): string => query.get(name) ?? ''
    return { status: of('status'), pathway: of('pathway'), stage: of('stage'), after: of('after') }
  }

  protected override render(): TemplateResult {
    const rights = this.membership?.rights ?? []
    const { status, pathway, stage } = this.#asked
    const pathways = this.#board.value?.pathways ?? []
    const chosen = pathways.find(({ id }) => id === pathway)
    const stages = (chosen ? [chosen] : []).flatMap((one) => one.stages)
    return html`<h1>Referrals</h1>
      ${tabsView(this.provider, this.membership, 'list')}
      <form class="filters" method="get">
        ${
          rights.includes('run-cases')
            ? selectView({
                name: 'status',
                label: 'State',
                value: status || 'open',
                choices: [
                  { value: 'open', name: 'Open' },
                  { value: 'ended', name: 'Ended' },
                ],
              })
            : nothing
        }
        ${
          pathways.length > 1 || pathway
            ? selectView({
                name: 'pathway',
                label: 'Pathway',
                value: pathway,
                choices: [
                  { value: '', name: 'All pathways' },
                  ...pathways.map(({ id, name }) => ({ value: id, name })),
                ],
              })
            : nothing
        }
        ${
          stages.length > 0 && status !== 'ended'
            ? selectView({
                name: 'stage',
                label: 'Stage',
                value: stage,
                choices: [{ value: '', name: 'All stages' }, ...stages.map(({ id, name }) => ({ value: id, name }))],
              })
            : nothing
        }
        <button class="secondary">Show</button>
        ${status || pathway || stage ? html`<a href=${this.place.path}>Show all that are open</a>` : nothing}
      </form>
      ${this.#cases.view((page) => this.#casesView(page))}`
  }

  #casesView({ cases, next }: CasesReply): TemplateResult {
    const { status, pathway, stage, after } = this.#asked
    const query = { status, pathway, stage }
    if (cases.length === 0 && !after)
      return emptyView(
        status || pathway || stage
          ? html`<p>None fits. <a href=${this.place.path}>Show all that are open</a></p>`
          : 'No referral is open at the moment.',
      )
    const rows: readonly CaseCard[] = cases
    return html`${rows.length > 0 ? casesTable(this.provider, rows, status === 'ended') : emptyView('There are no more.')}
      ${pagesView(
        after ? addressWith(this.place.path, query) : undefined,
        next ? addressWith(this.place.path, { ...query, after: next }) : undefined,
        'referrals',
        'First referrals',
      )}`
  }
}

function said({ cases, next }: CasesReply): string {
  if (cases.length === 0) return 'No referrals fit'
  return `${cases.length} ${cases.length === 1 ? 'referral' : 'referrals'}${next ? ', and more' : ''}`
}

define('outreach-console-case-list', OutreachConsoleCaseList)
