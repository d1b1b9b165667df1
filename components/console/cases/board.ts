import { html, nothing, type TemplateResult } from 'lit'
import type { BoardReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { longDate } from '../../words/en/money.ts'
import { get, path } from '../api.ts'
import { addressWith } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView } from '../parts/notice.view.ts'
import { tableView } from '../parts/table.view.ts'
import { cardView } from './card.view.ts'
import { Fresh } from './fresh.ts'
import { wearLooks } from './looks.ts'
import { seesPanels, tabsView } from './tabs.view.ts'

type Pathway = BoardReply['pathways'][number]
type Stage = Pathway['stages'][number]

/**
 * Referrals by the stage that they are at, those that are due first at the top of each.
 *
 * @element outreach-console-cases
 */
export class OutreachConsoleCases extends ConsolePage {
  readonly #board = new Loading(
    this,
    () => get<BoardReply>(path`/providers/${this.provider}/cases`),
    () => this.provider,
  )

  constructor() {
    super()
    wearLooks()
    this.loads.push(this.#board)
    new Fresh(this, () => void this.#board.again())
  }

  protected override render(): TemplateResult {
    return html`<h1>Referrals</h1>
      ${tabsView(this.provider, this.membership, 'board')}
      ${this.#board.view((board) => html`${this.#countsView(board)}${this.#pathwaysView(board)}${decidedView(board.decided)}`)}`
  }

  #countsView({ counts }: BoardReply): TemplateResult | typeof nothing {
    if (!counts) return nothing
    const ended = `/console/${this.provider}/cases/list?status=ended`
    const figure = (count: number) => html`<b>${count.toLocaleString('en-GB')}</b>`
    return html`<ul class="figures">
        <li>${figure(counts.waiting)} ${counts.waiting === 1 ? 'waits' : 'wait'} for consent</li>
        <li>${figure(counts.open)} open</li>
        <li>${figure(counts.ended)} ${counts.ended ? html`<a href=${ended}>ended</a>` : 'ended'}</li>
        <li>${figure(counts.stopped)} stopped</li>
      </ul>
      ${counts.waiting + counts.stopped > 0 ? html`<p class="note">Those that wait for consent, and those that were stopped, nobody here can open.</p>` : nothing}`
  }

  #pathwaysView({ pathways, counts }: BoardReply): TemplateResult {
    // Who runs referrals sees the whole way; the others only where something of theirs is.
    const shown = counts
      ? pathways
      : pathways
          .map((pathway) => ({ ...pathway, stages: pathway.stages.filter(({ count }) => count > 0) }))
          .filter(({ stages }) => stages.length > 0)
    if (shown.length === 0)
      return emptyView(
        counts ? nothingSetUp : (nothingYours[this.membership?.role ?? ''] ?? 'Nothing is yours at the moment.'),
      )
    return html`${shown.map(
      (pathway) => html`<section class="pathway" aria-labelledby=${`pathway-${pathway.id}`}>
        <h2 id=${`pathway-${pathway.id}`}>${pathway.name}</h2>
        <ol class="stages">${pathway.stages.map((stage) => this.#stageView(pathway, stage))}</ol>
      </section>`,
    )}`
  }

  #stageView({ id }: Pathway, { id: stage, name, panel, waits, count, cases }: Stage): TemplateResult {
    const base = `/console/${this.provider}`
    const all = addressWith(`${base}/cases/list`, { pathway: id, stage })
    const rights = this.membership?.rights ?? []
    return html`<li class=${count === 0 ? 'none' : ''}>
      <h3>${name} <span class="count">${count.toLocaleString('en-GB')}<span class="hidden"> ${count === 1 ? 'referral' : 'referrals'}</span></span></h3>
      ${count === 0 ? nothing : html`<ul class="cards">${cases.map((card) => cardView(this.provider, card))}</ul>`}
      ${count > cases.length ? html`<p><a href=${all}>All ${count.toLocaleString('en-GB')}<span class="hidden"> at “${name}”</span></a></p>` : nothing}
      ${panel && count > 0 && seesPanels(this.membership) ? html`<p><a href=${`${base}/panels`}>Panels</a></p>` : nothing}
      ${waits && count > 0 && rights.includes('run-cases') ? html`<p><a href=${`${base}/waiting`}>The waiting list in its order</a></p>` : nothing}
    </li>`
  }
}

/** What a commissioner has decided before: nothing of it says who it is about. */
function decidedView(decided: BoardReply['decided']): TemplateResult | typeof nothing {
  if (decided.length === 0) return nothing
  return html`<h2>What you have decided</h2>
    ${tableView<BoardReply['decided'][number]>(
      'What you have decided, the newest first',
      [
        {
          head: 'Referral',
          names: true,
          cell: ({ reference, pathway }) => html`${reference}<small>${pathway.name}</small>`,
        },
        { head: 'Stage', plain: true, cell: ({ stage }) => stage },
        { head: 'Decision', plain: true, cell: ({ name }) => name },
        { head: 'On', cell: ({ on }) => html`<time datetime=${on}>${longDate(on)}</time>` },
      ],
      decided,
    )}`
}

const nothingSetUp = html`<p>No referral can be made to you yet.</p>
  <p>A catalogue says how: add a pathway to it, and publish it.</p>`

const nothingYours: Readonly<Record<string, string>> = {
  practitioner: 'You work on no referral at the moment. A co-ordinator gives you referrals, and you find them here.',
  'panel-member': 'No panel that you sit on has a referral on its agenda at the moment.',
  commissioner: 'Nothing waits for your sign-off at the moment.',
}

define('outreach-console-cases', OutreachConsoleCases)
