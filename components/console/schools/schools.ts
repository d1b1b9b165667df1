import { html, nothing, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { hours, pounds } from '../../words/en/money.ts'
import { get, path } from '../api.ts'
import { addressWith, announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { lineView, selectView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView } from '../parts/notice.view.ts'
import { statusView } from '../parts/status.view.ts'
import { pagesView, tableView } from '../parts/table.view.ts'
import type { HoldingSchool } from '../replies.ts'

interface Schools {
  catalogue: string
  schools: HoldingSchool[]
  next: string | null
}

/**
 * What each school holds in a year.
 *
 * @element outreach-console-schools
 */
export class OutreachConsoleSchools extends ConsolePage {
  readonly #schools = new Loading(
    this,
    async () => {
      const page = await get<Schools>(addressWith(path`/providers/${this.provider}/schools`, this.#asked))
      if (this.#schools.value) announce(page.schools.length === 0 ? 'No schools fit' : `${page.schools.length} schools`)
      return page
    },
    () => [this.provider, this.#asked],
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
    this.loads.push(this.#schools)
  }

  get #asked(): Record<'catalogue' | 'words' | 'after', string> {
    const { query } = this.place
    return { catalogue: query.get('catalogue') ?? '', words: query.get('words') ?? '', after: query.get('after') ?? '' }
  }

  protected override render(): TemplateResult {
    const { words, catalogue } = this.#asked
    const year = this.#schools.value?.catalogue ?? catalogue
    const years = this.#years.value ?? (year ? [year] : [])
    return html`<h1>Schools</h1>
      <p>What each school holds in a year, by the orders that it placed. Declined orders are left out.</p>
      <form class="filters" method="get" role="search">
        ${lineView({ name: 'words', label: 'School or school number', type: 'search', value: words, maxlength: 80 })}
        ${selectView({ name: 'catalogue', label: 'Year', value: year, choices: years.map((value) => ({ value, name: value })) })}
        <button class="secondary">Find</button>
        ${words ? html`<a href=${addressWith(this.place.path, { catalogue })}>Show all</a>` : nothing}
      </form>
      ${this.#schools.view((page) => this.#schoolsView(page))}`
  }

  #schoolsView({ schools, next, catalogue }: Schools): TemplateResult {
    const { words, after } = this.#asked
    if (schools.length === 0)
      return emptyView(
        words
          ? html`<p>No school fits. A school is found by the beginnings of its words: “oak pri” finds Oak Primary School.</p>`
          : html`<p>No school has ordered from ${catalogue || 'your catalogue'} yet.</p>`,
      )
    return html`${tableView(
      `What each school holds in ${catalogue}`,
      [
        {
          head: 'School',
          names: true,
          cell: ({ name, number, urn, district }) => {
            const known = [number ?? (urn && `URN ${urn}`), district && `District ${district}`]
              .filter(Boolean)
              .join(', ')
            return html`${name}${known ? html`<small>${known}</small>` : nothing}`
          },
        },
        {
          head: 'Holds',
          plain: true,
          cell: ({ offers }) =>
            html`<ul class="bare">${offers.map(
              ({ name, quantity, shared }) =>
                html`<li>${quantity === 1 ? '' : `${quantity} × `}${name}${shared ? html`<small>shared with its cluster</small>` : nothing}</li>`,
            )}</ul>`,
        },
        { head: 'Hours', short: true, plain: true, cell: hoursView },
        {
          head: 'Orders',
          short: true,
          plain: true,
          cell: ({ orders }) =>
            html`<ul class="bare">${orders.map(
              ({ reference, status }) =>
                html`<li><a href=${`/console/${this.provider}/orders/${reference}`}>${reference}</a> ${status === 'placed' ? statusView(status) : nothing}</li>`,
            )}</ul>`,
        },
        { head: 'Its share', numeric: true, beside: true, cell: ({ pence }) => pounds(pence) },
      ],
      schools,
    )}
    ${pagesView(
      after ? addressWith(this.place.path, { words, catalogue }) : undefined,
      next ? addressWith(this.place.path, { words, catalogue, after: next }) : undefined,
      'schools',
      'First schools',
    )}`
  }
}

function hoursView({
  leastMinutes,
  mostMinutes,
  sharedLeastMinutes,
  sharedMostMinutes,
}: HoldingSchool): TemplateResult {
  return html`${mostMinutes ? hours({ least: leastMinutes, most: mostMinutes }) : sharedMostMinutes ? nothing : '–'}
    ${sharedMostMinutes ? html`<small>${hours({ least: sharedLeastMinutes, most: sharedMostMinutes })} with its cluster</small>` : nothing}`
}

define('outreach-console-schools', OutreachConsoleSchools)
