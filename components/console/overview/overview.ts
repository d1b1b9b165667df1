import { html, nothing, type TemplateResult } from 'lit'
import type { BoardReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { hours, longDate, pounds } from '../../words/en/money.ts'
import { get, path } from '../api.ts'
import { addressWith } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { selectView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { listView, tableView } from '../parts/table.view.ts'
import { agoView, shortMonth, workingDaysAgo } from '../parts/when.ts'
import type { MonthOfOrders, Overview, TroubledLetter } from '../replies.ts'
import { chartView } from './chart.view.ts'

/** Letters in trouble are counted up to this many, and the latest of them listed. */
const MOST_COUNTED = 100
const MOST_LETTERS = 10

/**
 * What waits at a provider, and how the year goes.
 *
 * @element outreach-console-overview
 */
export class OutreachConsoleOverview extends ConsolePage {
  readonly #overview = new Loading(
    this,
    () => get<Overview>(addressWith(path`/providers/${this.provider}/overview`, { year: this.#year })),
    () => [this.provider, this.#year],
  )

  readonly #letters = new Loading(
    this,
    async () =>
      (await get<{ letters: TroubledLetter[] }>(path`/providers/${this.provider}/letters`)).letters.slice(
        0,
        MOST_LETTERS,
      ),
    () => {
      const { failed = 0, unaddressed = 0 } = this.#overview.value?.lettersInTrouble ?? {}
      return failed + unaddressed > 0 ? [this.provider, failed, unaddressed] : undefined
    },
  )

  /** After the rest, which does not wait for it. */
  readonly #referrals = new Loading(
    this,
    () => get<BoardReply>(path`/providers/${this.provider}/cases`),
    () => (this.#overview.value && this.membership?.rights.includes('read-cases') ? this.provider : undefined),
  )

  constructor() {
    super()
    this.loads.push(this.#overview)
  }

  get #year(): string | undefined {
    return this.place.query.get('year') ?? undefined
  }

  protected override render(): TemplateResult {
    return html`<h1>Overview</h1>
      ${this.#overview.view((overview) => html`${this.#waitsView(overview)}${this.#yearView(overview)}`)}`
  }

  #waitsView({ orders, oldestWaiting, drafts, scheduled, lettersInTrouble }: Overview): TemplateResult {
    const base = `/console/${this.provider}`
    const { failed = 0, unaddressed = 0 } = lettersInTrouble ?? {}
    const referrals = this.#referrals.value && referralsText(this.#referrals.value)
    const waits = (orders?.placed ?? 0) + drafts.length + scheduled.length + failed + unaddressed > 0 || referrals
    if (!waits)
      return html`<h2>What waits</h2><p>Nothing waits for you. New orders, referrals and unpublished drafts are listed here.</p>`
    return html`<h2>What waits</h2>
      ${listView([
        ['Referrals', referrals ? html`<a href=${`${base}/cases`}>${referrals}</a>` : nothing],
        [
          'Orders to answer',
          orders?.placed
            ? html`<a href=${`${base}/orders`}>${orders.placed === 1 ? '1 order' : `${orders.placed.toLocaleString('en-GB')} orders`}</a>
                ${oldestWaiting ? html`<small>The oldest came ${workingDaysAgo(oldestWaiting, this.session.today)}, on ${longDate(oldestWaiting)}.</small>` : nothing}`
            : orders
              ? 'None'
              : nothing,
        ],
        [
          drafts.length === 1 ? 'Draft not published' : 'Drafts not published',
          drafts.length
            ? html`${drafts.map(
                ({ id, title, updatedAt, updatedBy }) =>
                  html`<p><a href=${`${base}/catalogue/drafts/${id}`}>${title}</a>
                    <small>Changed ${agoView(updatedAt, Date.now())} by ${updatedBy.name || 'a colleague'}</small></p>`,
              )}`
            : nothing,
        ],
        [
          'Scheduled',
          scheduled.length
            ? html`${scheduled.map(
                ({ catalogue, version, from }) =>
                  html`<p><a href=${`${base}/catalogue/${catalogue}/${version}`}>${catalogue}, version ${version}</a> <small>In force from ${longDate(from)}</small></p>`,
              )}`
            : nothing,
        ],
        [
          'Letters that did not arrive',
          failed + unaddressed > 0
            ? html`${failed ? html`<p>${counted(failed)} could not be delivered.</p>` : nothing}
                ${unaddressed ? html`<p>${counted(unaddressed)} to you ${unaddressed === 1 ? 'has' : 'have'} no address to go to: your catalogue names none.</p>` : nothing}
                ${this.#letters.view((letters) => this.#lettersView(letters))}`
            : nothing,
        ],
      ])}`
  }

  #lettersView(letters: readonly TroubledLetter[]): TemplateResult {
    return html`<ul class="bare">${letters.map(
      (letter) => html`<li>${this.#subjectView(letter)}
        <small>${[letter.to && `to ${letter.to}`, letter.trouble].filter(Boolean).join(': ')}</small>
        <small>${this.#helpView(letter)}</small></li>`,
    )}</ul>`
  }

  /** A letter’s subject, which leads to what it tells of. */
  #subjectView({ about, referral, subject }: TroubledLetter): TemplateResult {
    const base = `/console/${this.provider}`
    if (referral === 'open' || referral === 'ended') return html`<a href=${`${base}/cases/${about}`}>${subject}</a>`
    return referral !== null || about === 'invitation' || about === 'panel'
      ? html`${subject}`
      : html`<a href=${`${base}/orders/${about}`}>${subject}</a>`
  }

  /** What can be done about it. */
  #helpView({ about, referral }: TroubledLetter): TemplateResult | string {
    const people = html`<a href=${`/console/${this.provider}/people`}>People</a>`
    if (about === 'invitation') return html`They can be invited again under ${people}.`
    if (about === 'panel') return html`Look at their address under ${people}.`
    if (referral === 'waiting')
      return 'The referral waits for consent: ask the school to check the address that it gave.'
    if (referral === 'stopped') return 'Work on the referral has stopped.'
    return referral === null ? '' : 'It can be sent again from there.'
  }

  #yearView({ year, years }: Overview): TemplateResult | typeof nothing {
    if (!year) return nothing
    const { catalogue, months } = year
    const sum = (of: (month: MonthOfOrders) => number) => months.reduce((total, month) => total + of(month), 0)
    const orders = sum((month) => month.orders)
    const range = { least: sum((month) => month.leastMinutes), most: sum((month) => month.mostMinutes) }
    const inHours = (minutes: number) => Math.round(minutes / 60)
    return html`<div class="head">
        <h2>The year ${catalogue}</h2>
        ${
          years.length > 1
            ? html`<form class="filters" method="get">
                ${selectView({ name: 'year', label: 'Year', value: catalogue, choices: years.map((value) => ({ value, name: value })) })}
                <button class="secondary">Show</button>
              </form>`
            : nothing
        }
      </div>
      ${
        orders === 0
          ? html`<p>No orders have come in for this year yet.</p>`
          : html`<div class="columns even">
              <div>
                <h3>Orders</h3>
                ${chartView(
                  `Orders in each month of ${catalogue}; the figures are in the table.`,
                  months.map(({ month, orders: least }) => ({ name: shortMonth(month), least })),
                )}
                <h3>Hours of support bought</h3>
                ${chartView(
                  `Hours of support bought in each month of ${catalogue}; the figures are in the table.`,
                  months.map(({ month, leastMinutes, mostMinutes }) => ({
                    name: shortMonth(month),
                    least: inHours(leastMinutes),
                    most: inHours(mostMinutes),
                  })),
                )}
                ${range.most > range.least ? html`<p class="note">Filled: at least so many hours. Outlined: up to so many.</p>` : nothing}
              </div>
              ${tableView(
                `Orders and hours by month, ${catalogue}`,
                [
                  {
                    head: 'Month',
                    names: true,
                    cell: ({ month }) => `${shortMonth(month)} ${month.slice(0, 4)}`,
                    short: true,
                  },
                  { head: 'Orders', numeric: true, cell: ({ orders: count }) => count || '–' },
                  { head: 'Value', numeric: true, cell: ({ pence, orders: count }) => (count ? pounds(pence) : '–') },
                  {
                    head: 'Hours',
                    numeric: true,
                    cell: ({ leastMinutes, mostMinutes }) =>
                      mostMinutes ? hoursBetween(leastMinutes, mostMinutes) : '–',
                  },
                ],
                months,
                {
                  kept: true,
                  footer: [
                    'Total',
                    orders,
                    pounds(sum((month) => month.pence)),
                    range.most ? hoursBetween(range.least, range.most) : '–',
                  ],
                },
              )}
            </div>`
      }`
  }
}

/** How referrals stand: "3 wait for consent, 12 are open, 2 overdue, 1 has to be put on an agenda again"; empty where there are none. */
function referralsText({ counts, pathways }: BoardReply): string {
  const stages = pathways.flatMap((pathway) => pathway.stages)
  const late = stages.map(({ cases }) => cases.filter(({ due }) => due?.overdue).length)
  const overdue = late.reduce((sum, count) => sum + count, 0)
  // A stage shows its first referrals, and those that are due first among them: where all of these are late, more may be.
  const isMore = stages.some(({ count, cases }, index) => late[index] === cases.length && count > cases.length)
  const open = counts?.open ?? stages.reduce((sum, { count }) => sum + count, 0)
  const waiting = counts?.waiting ?? 0
  const back = stages.flatMap(({ cases }) => cases).filter(({ flags }) => flags.includes('agenda-again')).length
  const isMoreBack = stages.some(({ panel, count, cases }) => panel && count > cases.length)
  return [
    waiting ? `${waiting.toLocaleString('en-GB')} ${waiting === 1 ? 'waits' : 'wait'} for consent` : '',
    open ? `${open.toLocaleString('en-GB')} ${open === 1 ? 'is' : 'are'} open` : '',
    overdue ? `${overdue}${isMore ? ' or more' : ''} overdue` : '',
    back ? `${back}${isMoreBack ? ' or more have' : back === 1 ? ' has' : ' have'} to be put on an agenda again` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

function counted(letters: number): TemplateResult {
  return html`<b>${letters === 1 ? '1 letter' : letters >= MOST_COUNTED ? `${MOST_COUNTED} letters or more` : `${letters} letters`}</b>`
}

/** "12 to 13": the column says that these are hours. */
function hoursBetween(least: number, most: number): string {
  return hours({ least, most }).replace(/ hours?$/, '')
}

define('outreach-console-overview', OutreachConsoleOverview)
