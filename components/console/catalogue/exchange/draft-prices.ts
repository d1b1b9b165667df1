import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { named } from '../../../../catalogue/report/names.ts'
import { priceSaid } from '../../../../catalogue/report/values.ts'
import {
  type Cell,
  type Columns,
  guessColumns,
  type PlannedRow,
  type PriceListProblem,
  priceListPlan,
  withPriceList,
} from '../../../../catalogue/rules/price-list.ts'
import { type Catalogue, catalogue as schema } from '../../../../catalogue/schema/catalogue.ts'
import { define } from '../../../kit/define.ts'
import { announce } from '../../navigation.ts'
import { tableView } from '../../parts/table.view.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import type { Json } from '../document/places.ts'
import { rowsOf, UnreadableFile } from './spreadsheet.ts'

const PROBLEMS: Readonly<Record<PriceListProblem, string>> = {
  'no-such-offer': 'No offer is called this.',
  'no-such-option': 'The offer has no such length or size.',
  'which-option': 'The offer has several lengths or sizes, and this row does not say which.',
  ambiguous: 'More than one offer is called this.',
  twice: 'It stands in the list twice, with two prices.',
  'not-a-price': 'This is no price.',
  'ambiguous-price': 'This price can be read in two ways.',
  'price-has-several-parts': 'Its price has several parts. Change it in the form.',
}

/** So many rows of a file are shown to choose the columns by. */
const SHOWN = 6

/**
 * Takes prices over from a spreadsheet: the columns are guessed and can be changed, and each row says what it would change.
 *
 * @element outreach-draft-prices
 */
export class OutreachDraftPrices extends LitElement {
  static override properties: PropertyDeclarations = {
    document: { attribute: false },
    addressOf: { attribute: false },
    rows: { state: true },
    head: { state: true },
    columns: { state: true },
    refusal: { state: true },
    done: { state: true },
  }

  declare document: DraftDocument
  declare addressOf: (pointer: string) => string
  declare private rows: Cell[][] | undefined
  /** How many rows stand above the first price. */
  declare private head: number
  declare private columns: Columns | undefined
  declare private refusal: string | undefined
  /** How many prices were changed. */
  declare private done: number | undefined

  constructor() {
    super()
    this.head = 0
    this.addEventListener('change', (event) => void this.#change(event))
    this.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#apply()
    })
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  get #catalogue(): Catalogue | undefined {
    return this.document.isBroken ? undefined : schema.safeParse(this.document.document).data
  }

  protected override render(): TemplateResult {
    const catalogue = this.#catalogue
    if (this.done !== undefined)
      return html`<h2 id="prices-done" tabindex="-1">${this.done === 1 ? 'One price is changed' : `${this.done} prices are changed`}</h2>
        <p>Nothing is published yet. One “Undo” in the draft takes it back.</p>
        <p><a class="button" href=${this.addressOf('/offers')}>Go on editing</a></p>`
    if (!catalogue)
      return html`<h2>Prices from a spreadsheet</h2><p>The draft has mistakes that have to be put right before prices can be taken over.</p>`
    return html`<h2>Prices from a spreadsheet</h2>
      <p>Choose a CSV or XLSX file with a row for each offer: its name, and its new price. Nothing changes before you have seen what would.</p>
      <div class="question"><label for="price-file">The price list</label>
        ${this.refusal ? html`<p class="error" id="price-file--error">${this.refusal}</p>` : nothing}
        <input type="file" id="price-file" name="file" accept=".csv,.tsv,.txt,.xlsx" aria-describedby=${this.refusal ? 'price-file--error' : nothing} aria-invalid=${this.refusal ? 'true' : nothing}></div>
      ${this.rows ? this.#rowsView(this.rows, catalogue) : nothing}`
  }

  #rowsView(rows: readonly Cell[][], catalogue: Catalogue): TemplateResult {
    const width = Math.max(...rows.map((cells) => cells.length))
    const heads = Array.from({ length: width }, (_, column) => this.#nameOf(rows, column))
    const choose = (name: keyof Columns, label: string, none?: string) => {
      const chosen = this.columns?.[name]
      return html`<div class="question"><label for=${`column-${name}`}>${label}</label>
        <select id=${`column-${name}`} name=${name}>
          ${none || chosen === undefined ? html`<option value="" ?selected=${chosen === undefined}>${none ?? 'Choose one'}</option>` : nothing}
          ${heads.map((head, column) => html`<option value=${column} ?selected=${chosen === column}>${head}</option>`)}
        </select></div>`
    }
    const { columns } = this
    const plan = columns ? priceListPlan(catalogue, rows.slice(this.head), columns) : undefined
    const changes = plan ? placesIn(plan) : 0
    return html`<form novalidate>
      <h3>Which column is which</h3>
      <div class="parts abreast">
        ${choose('name', 'The offer’s name')}
        ${choose('option', 'The length or size', 'In no column of its own')}
        ${choose('price', 'The new price')}
        <div class="question"><label for="head">The first row with a price</label>
          <select id="head" name="head">${rows.slice(0, SHOWN + 4).map(
            (cells, index) =>
              html`<option value=${index} ?selected=${index === this.head}>${index + 1}: ${cells
                .map((cell) => String(cell ?? ''))
                .filter(Boolean)
                .join(', ')
                .slice(0, 60)}</option>`,
          )}</select></div>
      </div>
      ${plan && columns ? this.#planView(plan, rows.slice(this.head), columns, catalogue) : html`<p class="note">Choose the columns to see what would change.</p>`}
      <div class="buttons"><button>${changes === 1 ? 'Change one price' : `Change ${changes} prices`}</button></div>
    </form>`
  }

  #nameOf(rows: readonly Cell[][], column: number): string {
    const letter = String.fromCharCode(65 + (column % 26))
    const head = this.head > 0 ? String(rows[this.head - 1]?.[column] ?? '') : ''
    const first = String(rows[this.head]?.[column] ?? '')
    return `${letter}: ${head || first || 'empty'}`.slice(0, 60)
  }

  #planView(
    plan: readonly PlannedRow[],
    rows: readonly Cell[][],
    columns: Columns,
    catalogue: Catalogue,
  ): TemplateResult {
    const count = (does: PlannedRow['does']) => plan.filter((row) => row.does === does).length
    const shown = plan.filter(({ does }) => does === 'changes' || does === 'problem')
    const cell = (row: number, column: number | undefined) =>
      column === undefined ? '' : String(rows[row]?.[column] ?? '')
    return html`<h3>What would change</h3>
      <p role="status">${[
        `Prices that would change: ${placesIn(plan)}`,
        `rows that change nothing: ${count('stays')}`,
        ...(count('problem') > 0 ? [`rows that cannot be taken over: ${count('problem')}`] : []),
      ].join(', ')}.</p>
      ${
        shown.length === 0
          ? nothing
          : tableView(
              'What each row would change',
              [
                {
                  head: 'In the file',
                  names: true,
                  cell: ({ row }) =>
                    html`${[cell(row, columns.name), cell(row, columns.option)].filter(Boolean).join(', ') || `Row ${row + 1}`}<small>${cell(row, columns.price)}</small>`,
                },
                {
                  head: 'In the draft',
                  cell: ({ of }) =>
                    of
                      ? [named(of.offer, catalogue), optionName(catalogue, of.offer, of.option)]
                          .filter(Boolean)
                          .join(', ')
                      : '',
                },
                { head: 'Before', numeric: true, cell: ({ before }) => (before ? priceSaid(before, catalogue) : '') },
                {
                  head: 'After',
                  numeric: true,
                  cell: ({ after, problem }) =>
                    problem
                      ? html`<span class="error">${PROBLEMS[problem]}</span>`
                      : after
                        ? priceSaid(after, catalogue)
                        : '',
                },
              ],
              shown,
            )
      }`
  }

  async #change({ target }: Event): Promise<void> {
    if (target instanceof HTMLInputElement && target.type === 'file') {
      const [file] = target.files ?? []
      if (file) await this.#read(file)
      return
    }
    if (!(target instanceof HTMLSelectElement)) return
    const value = target.value === '' ? undefined : Number(target.value)
    if (target.name === 'head') {
      this.head = value ?? 0
      return
    }
    const chosen: Record<string, number | undefined> = { ...this.columns, [target.name]: value }
    const { name, option, price } = chosen
    this.columns =
      name === undefined || price === undefined ? undefined : { name, price, ...(option !== undefined && { option }) }
  }

  async #read(file: File): Promise<void> {
    this.refusal = undefined
    this.rows = undefined
    this.columns = undefined
    this.head = 0
    try {
      const rows = await rowsOf(file)
      const catalogue = this.#catalogue
      this.columns = catalogue && guessColumns(catalogue, rows)
      if (catalogue && this.columns) {
        // A head is what stands above the first row that says anything of prices.
        const first = priceListPlan(catalogue, rows, this.columns).findIndex(({ does }) => does !== 'nothing')
        this.head = Math.max(0, first)
      }
      this.rows = rows
      announce(`${rows.length} rows`)
    } catch (error) {
      this.refusal = error instanceof UnreadableFile ? error.message : 'This file could not be read. Try again.'
    }
  }

  async #apply(): Promise<void> {
    const catalogue = this.#catalogue
    if (!catalogue || !this.rows || !this.columns) return
    const plan = priceListPlan(catalogue, this.rows.slice(this.head), this.columns)
    const changed = placesIn(plan)
    if (changed === 0) {
      announce('Nothing would change')
      return
    }
    this.document.change(withPriceList(catalogue, plan) as unknown as Json, '/offers')
    this.done = changed
    await this.updateComplete
    this.querySelector<HTMLElement>('#prices-done')?.focus()
  }
}

/** How many prices a plan changes: two rows may say the same of one. */
function placesIn(plan: readonly PlannedRow[]): number {
  const changes = plan.filter(({ does }) => does === 'changes')
  return new Set(changes.map(({ of }) => `${of?.offer} ${of?.option ?? ''}`)).size
}

function optionName({ offers }: Catalogue, offer: string, option: string | undefined): string {
  return offers.find(({ id }) => id === offer)?.options?.find(({ id }) => id === option)?.name ?? ''
}

define('outreach-draft-prices', OutreachDraftPrices)
