import { html, nothing, type TemplateResult } from 'lit'
import type { WaitingReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { get, path } from '../api.ts'
import { flagsView } from '../cases/card.view.ts'
import { Fresh } from '../cases/fresh.ts'
import { wearLooks } from '../cases/looks.ts'
import { tabsView } from '../cases/tabs.view.ts'
import { pupilText, schoolText } from '../cases/words.ts'
import { type Form, idOf, Writing } from '../cases/writing.ts'
import { ConsolePage } from '../page.ts'
import { selectView, textView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView, noticeView } from '../parts/notice.view.ts'
import { tableView } from '../parts/table.view.ts'
import { shortDate } from '../parts/when.ts'

type Pathway = WaitingReply['pathways'][number]
type Waiting = Pathway['cases'][number]

/**
 * Who waits for a place, in order. Another order has a reason, which is kept.
 *
 * @element outreach-console-waiting
 */
export class OutreachConsoleWaiting extends ConsolePage {
  readonly #waiting = new Loading(
    this,
    () => get<WaitingReply>(path`/providers/${this.provider}/waiting`),
    () => this.provider,
  )
  readonly #writing = new Writing(this, () => this.#waiting.again())

  constructor() {
    super()
    wearLooks()
    this.loads.push(this.#waiting)
    new Fresh(this, () => void this.#waiting.again())
  }

  protected override render(): TemplateResult {
    return html`<h1>Waiting list</h1>
      ${tabsView(this.provider, this.membership, 'waiting')}
      ${this.#writing.done ? noticeView(this.#writing.done, 'good') : nothing}
      ${this.#waiting.view(({ pathways }) => this.#pathwaysView(pathways))}
      ${this.#writing.view()}`
  }

  #pathwaysView(pathways: readonly Pathway[]): TemplateResult {
    if (pathways.length === 0) return emptyView('None of your pathways has a waiting list.')
    return html`${pathways.map(
      (pathway) => html`<h2>${pathway.name}</h2>
        ${pathway.cases.length > 0 ? this.#listView(pathway) : emptyView('Nobody waits for a place.')}`,
    )}`
  }

  #listView(pathway: Pathway): TemplateResult {
    return tableView<Waiting>(
      `Who waits: ${pathway.name}`,
      [
        { head: 'Number', short: true, plain: true, cell: ({ position }) => html`<b>${position}</b>` },
        {
          head: 'Referral',
          names: true,
          cell: (card) => html`<a href=${`/console/${this.provider}/cases/${card.reference}`}>${pupilText(card)}</a>
            ${schoolText(card) ? html`<small>${schoolText(card)}</small>` : nothing}`,
        },
        {
          head: 'Waits since',
          short: true,
          cell: ({ waitingSince }) => html`<time datetime=${waitingSince}>${shortDate(waitingSince)}</time>`,
        },
        ...(pathway.cases.some(({ flags, moved }) => flags.length > 0 || moved)
          ? [
              {
                head: 'Stands out',
                plain: true,
                cell: ({ flags, moved }: Waiting) => html`${flagsView(flags)}${moved ? movedView(moved) : nothing}`,
              },
            ]
          : []),
        {
          head: 'What you can do',
          quiet: true,
          cell: ({ reference }) =>
            pathway.cases.length > 1
              ? html`<button type="button" class="link" @click=${() => this.#move(pathway.id, reference)}>Move<span class="hidden"> ${reference} in the order</span></button>`
              : nothing,
        },
      ],
      pathway.cases,
      { key: ({ reference }) => reference },
    )
  }

  #move(pathway: string, reference: string): void {
    const cases = () => this.#waiting.value?.pathways.find(({ id }) => id === pathway)?.cases ?? []
    this.#writing.ask(`${pathway} ${reference}`, () => orderForm(this.provider, pathway, cases(), reference))
  }
}

/** Where it was moved, by whom, and why. */
function movedView({ on, by, from, to, reason }: NonNullable<Waiting['moved']>): TemplateResult {
  return html`<small>Moved from number ${from} to number ${to}${by ? ` by ${by}` : ''} on ${shortDate(on)}${reason ? ':' : ''}</small>
    ${reason ? html`<p class="answer">${reason}</p>` : nothing}`
}

function orderForm(provider: string, pathway: string, cases: readonly Waiting[], reference: string): Form | undefined {
  const moved = cases.find((one) => one.reference === reference)
  if (!moved || cases.length < 2) return undefined
  // Where it stands already is no place to go.
  const places = [
    ...cases
      .filter((one) => one !== moved && one.position !== moved.position + 1)
      .map((one) => ({ value: one.reference, name: `Before ${pupilText(one)} (number ${one.position})` })),
    ...(moved.position < cases.length ? [{ value: 'end', name: 'To the end' }] : []),
  ]
  return {
    heading: `Move ${reference} on the waiting list`,
    content: ({ value, error }) => html`<p>It is number ${moved.position} of ${cases.length}.</p>
      ${selectView({
        name: 'before',
        id: idOf('before'),
        label: 'Where to?',
        size: 'full',
        value: value('before', places[0]?.value),
        error: error('before'),
        choices: places,
      })}
      ${textView({ name: 'reason', id: idOf('reason'), label: 'Why?', hint: 'It is kept sealed with the referral.', value: value('reason'), error: error('reason'), maxlength: 3000 })}`,
    button: 'Move it',
    busy: 'Saving…',
    address: path`/providers/${provider}/waiting/order`,
    body: ({ before = '', reason = '' }) =>
      reason
        ? {
            send: {
              pathway,
              case: reference,
              before: before === 'end' ? null : before,
              order: cases.map((one) => one.reference),
              reason,
            },
          }
        : { wrong: { name: 'reason', text: 'Give a reason' } },
    done: `${reference} has moved on the waiting list.`,
  }
}

define('outreach-console-waiting', OutreachConsoleWaiting)
