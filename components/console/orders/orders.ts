import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { pounds } from '../../words/en/money.ts'
import { get, path } from '../api.ts'
import { addressWith, announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { answersOf, lineView, selectView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView } from '../parts/notice.view.ts'
import { paymentNames, STATUSES, statusNames, statusView } from '../parts/status.view.ts'
import { type Column, pagesView, tableView } from '../parts/table.view.ts'
import { shortDate, sinceView } from '../parts/when.ts'
import type { Inbox, ListedOrder } from '../replies.ts'
import { askedOrders, filtersIn } from './asking.ts'

/** What can be downloaded, and what it is for. Finance looks for the day of the answer, from which money is owed. */
const DOWNLOADS = [
  {
    value: 'orders',
    name: 'Orders',
    hint: 'One row for each order. The Excel file has a second sheet with its lines.',
    right: 'read-orders',
    file: 'orders',
    day: 'Placed',
  },
  {
    value: 'lines',
    name: 'Order lines',
    hint: 'One row for each thing ordered, with the school and who to talk to.',
    right: 'read-orders',
    file: 'orders',
    day: 'Placed',
  },
  {
    value: 'invoices',
    name: 'Invoices to raise',
    hint: 'Accepted orders that are paid by invoice.',
    right: 'export-finance',
    file: 'invoices',
    day: 'Accepted',
  },
  {
    value: 'journals',
    name: 'Journal transfers',
    hint: 'Accepted orders that are paid by journal transfer: school number, ledger code, amount and reference.',
    right: 'export-finance',
    file: 'journals',
    day: 'Accepted',
  },
] as const

/**
 * The inbox: orders by state, found by school, reference or number, kept in the address.
 *
 * @element outreach-console-orders
 */
export class OutreachConsoleOrders extends ConsolePage {
  static override properties: PropertyDeclarations = { download: { state: true } }

  /** What the form of the downloads holds. */
  declare private download: Record<string, string>

  readonly #inbox = new Loading(
    this,
    async () => {
      const inbox = await get<Inbox>(askedOrders(this.place))
      // The first time the heading is read; from then on what changed is said.
      if (this.#inbox.value)
        announce(
          inbox.orders.length === 0
            ? `No orders fit${inbox.next ? ' so far' : ''}`
            : `${inbox.orders.length} orders${inbox.next ? ', and more' : ''}`,
        )
      return inbox
    },
    () => askedOrders(this.place),
  )
  readonly #years = new Loading(
    this,
    async () => {
      const { catalogues } = await get<{ catalogues: { catalogue: string }[] }>(
        path`/providers/${this.provider}/catalogues`,
      )
      return catalogues.map(({ catalogue }) => catalogue)
    },
    () => this.provider,
  )

  constructor() {
    super()
    this.download = {}
    this.loads.push(this.#inbox)
  }

  protected override render(): TemplateResult {
    const { state, find, catalogue } = filtersIn(this.place)
    const years = this.#years.value ?? (catalogue ? [catalogue] : [])
    return html`<div class="head"><h1>Orders</h1><p><a href="#download">Downloads</a></p></div>
      ${this.#tabsView()}
      <form class="filters" method="get" role="search">
        ${state === 'placed' ? nothing : html`<input type="hidden" name="state" value=${state}>`}
        ${lineView({ name: 'find', label: 'School, reference or school number', type: 'search', value: find, maxlength: 80 })}
        ${selectView({ name: 'catalogue', label: 'Year', value: catalogue, choices: [{ value: '', name: 'All years' }, ...years.map((value) => ({ value, name: value }))] })}
        <button class="secondary">Find</button>
        ${find || catalogue ? html`<a href=${addressWith(this.place.path, { state: state === 'placed' ? '' : state })}>Show all</a>` : nothing}
      </form>
      ${this.#inbox.view((inbox) => this.#inboxView(inbox))}
      ${this.#downloadView(years)}`
  }

  #tabsView(): TemplateResult {
    const { state, find, catalogue } = filtersIn(this.place)
    const counts = this.#inbox.value?.counts
    const all = counts && STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
    const tab = (value: string, name: string, count: number | undefined) =>
      html`<li><a href=${addressWith(this.place.path, { state: value === 'placed' ? '' : value, find, catalogue })} aria-current=${value === state ? 'true' : nothing}>${name}
        <span class="count">${count === undefined ? '' : count.toLocaleString('en-GB')}</span></a></li>`
    return html`<nav class="tabs" aria-label="Orders by state"><ul>
      ${STATUSES.map((status) => tab(status, statusNames[status], counts?.[status]))}
      ${tab('all', 'All', all)}
    </ul></nav>`
  }

  #inboxView({ orders, next, previous }: Inbox): TemplateResult {
    const filters = filtersIn(this.place)
    const { state, find, catalogue } = filters
    const query = { state: state === 'placed' ? '' : state, find, catalogue }
    if (orders.length === 0 && !next && !previous) return this.#emptyView()
    const columns: Column<ListedOrder>[] = [
      {
        head: 'School',
        names: true,
        cell: ({
          reference,
          schoolName,
          schools,
        }) => html`<a href=${`/console/${this.provider}/orders/${reference}`}>${schoolName}</a>
          ${schools > 1 ? html`<small>and ${schools - 1} more ${schools === 2 ? 'school' : 'schools'}</small>` : nothing}`,
      },
      { head: 'Reference', short: true, plain: true, cell: ({ reference }) => reference },
      ...(state === 'all'
        ? [{ head: 'State', plain: true, cell: ({ status }: ListedOrder) => statusView(status) }]
        : []),
      { head: 'Year', short: true, plain: true, cell: ({ catalogue: year }) => year },
      { head: 'Pays by', short: true, plain: true, cell: ({ payment }) => paymentNames[payment] ?? payment },
      {
        head: 'Placed',
        short: true,
        cell: ({ placedOn, status }) =>
          status === 'placed' ? sinceView(placedOn, this.session.today) : shortDate(placedOn),
      },
      { head: 'Total', numeric: true, beside: true, cell: ({ totalPence }) => pounds(totalPence) },
    ]
    // Where hundreds of schools buy together, all that was looked through may be orders of the pages before.
    return html`${orders.length > 0 ? tableView('Orders', columns, orders) : emptyView('No other order fits so far.')}
      ${pagesView(
        previous ? addressWith(this.place.path, { ...query, before: previous }) : undefined,
        next ? addressWith(this.place.path, { ...query, after: next }) : undefined,
        'orders',
      )}`
  }

  #emptyView(): TemplateResult {
    const { state, find, catalogue } = filtersIn(this.place)
    if (find || catalogue)
      return emptyView(html`<p>No orders fit${state === 'all' ? '' : ` in “${statusNames[state as keyof typeof statusNames] ?? state}”`}.
        ${state === 'all' ? nothing : html`<a href=${addressWith(this.place.path, { state: 'all', find, catalogue })}>Look in all states</a>`}</p>
        <p>A school is found by the beginnings of its words: “oak pri” finds Oak Primary School.</p>`)
    if (state === 'placed')
      return emptyView(html`<p>No order waits for an answer.</p>
        <p>Orders arrive here as soon as a school places one. <a href=${`/${this.provider}/order`}>See the order form as schools do</a></p>`)
    return emptyView('There are none.')
  }

  #downloadView(years: readonly string[]): TemplateResult | typeof nothing {
    const rights: readonly string[] = this.membership?.rights ?? []
    const offered = DOWNLOADS.filter(({ right }) => rights.includes(right))
    const { what, year = '', from = '', to = '' } = this.download
    // Whoever downloads invoices and answers no orders is here for those.
    const usual = rights.includes('export-finance') && !rights.includes('answer-orders') ? 'invoices' : 'orders'
    const chosen = offered.find(({ value }) => value === what) ?? offered.find(({ value }) => value === usual)
    if (!chosen) return nothing
    const dates = chosen.day === 'Placed' ? { from, to } : { answeredFrom: from, answeredTo: to }
    const address = (format: string) =>
      addressWith(path`/api/console/providers/${this.provider}/exports/${`${chosen.file}.${format}`}`, {
        catalogue: year,
        ...dates,
        rows: chosen.value === 'lines' && format === 'csv' ? 'lines' : '',
      })
    const link = (format: 'csv' | 'xlsx', name: string) =>
      html`<a class="button secondary" href=${address(format)} download @click=${this.#fetch}>${name}</a>`
    return html`<section class="download" aria-labelledby="download">
      <h2 id="download">Downloads</h2>
      <form class="filters" @input=${this.#choose} @change=${this.#choose} @submit=${(event: Event) => event.preventDefault()}>
        ${selectView({ name: 'what', label: 'What', value: chosen.value, choices: offered })}
        ${selectView({ name: 'year', label: 'Year', id: 'download-year', value: year, choices: [{ value: '', name: 'All years' }, ...years.map((value) => ({ value, name: value }))] })}
        ${lineView({ name: 'from', label: `${chosen.day} from`, type: 'date', size: 'short' })}
        ${lineView({ name: 'to', label: `${chosen.day} to`, type: 'date', size: 'short' })}
      </form>
      <p class="note">${chosen.hint}</p>
      <p class="buttons">${link('csv', 'Download as CSV')} ${link('xlsx', 'Download for Excel (XLSX)')}</p>
    </section>`
  }

  #choose(event: Event): void {
    if (event.currentTarget instanceof HTMLFormElement) this.download = answersOf(event.currentTarget)
  }

  /** Makes sure of the session first: a download that is refused would be a file with an error in it. */
  async #fetch(event: Event): Promise<void> {
    const link = event.currentTarget
    if (!(link instanceof HTMLAnchorElement)) return
    event.preventDefault()
    await get('/session')
    location.assign(link.href)
  }
}

define('outreach-console-orders', OutreachConsoleOrders)
