import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'

/** A column: what stands over it and what each row has in it. */
export interface Column<Row> {
  head: string
  cell: (row: Row) => unknown
  /** Figures stand on the right, one under the other. */
  numeric?: boolean
  /** Short words that stay in one line. */
  short?: boolean
  /** Names the row: one column of a table. */
  names?: boolean
  /** The head is for those who hear it: a column of buttons. */
  quiet?: boolean
  /** What it holds says itself what it is: on a card it needs no head beside it. */
  plain?: boolean
  /** Stands at the end of a card's first line, beside the name. */
  beside?: boolean
}

/** What a table may have beside its columns and rows. */
export interface TableLook<Row> {
  /** Whether the caption is seen too. */
  showCaption?: boolean
  /** Whether it stays a table however narrow: a few short columns. */
  kept?: boolean
  /** The last row, a cell for each column. */
  footer?: readonly unknown[]
  /** What a row is known by, where rows change places: what has the focus moves with its row. */
  key?: (row: Row) => unknown
}

/**
 * A table with a head that stays in sight. Where there is no room each row is a card of a few lines: what names it, and after
 * that its other cells with their heads before them. The roles keep it a table for those who hear it.
 *
 * @param caption what the table holds, heard and, unless hidden, seen
 */
export function tableView<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { showCaption = false, kept = false, footer, key }: TableLook<Row> = {},
): TemplateResult {
  const kind = (column: Column<Row>) =>
    [column.numeric && 'numeric', column.short && 'short', column.quiet && 'actions', column.beside && 'beside']
      .filter(Boolean)
      .join(' ') || nothing
  const rowView = (row: Row) => html`<tr role="row">${columns.map((column) => cell(column, column.cell(row)))}</tr>`
  const cell = (column: Column<Row>, content: unknown) =>
    column.names
      ? html`<th scope="row" role="rowheader" data-head=${column.head} class=${kind(column)}>${content}</th>`
      : html`<td role="cell" data-head=${column.quiet || column.plain || column.beside ? '' : column.head} class=${kind(column)}>${content}</td>`
  return html`<table role="table" class=${kept ? 'kept' : nothing}>
    <caption class=${showCaption ? nothing : 'hidden'}>${caption}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map(
      (column) =>
        html`<th scope="col" role="columnheader" class=${kind(column)}>${column.quiet ? html`<span class="hidden">${column.head}</span>` : column.head}</th>`,
    )}</tr></thead>
    <tbody role="rowgroup">${key ? repeat(rows, key, rowView) : rows.map(rowView)}</tbody>
    ${
      footer
        ? html`<tfoot role="rowgroup"><tr role="row">${columns.map((column, index) => cell(column, footer[index]))}</tr></tfoot>`
        : nothing
    }
  </table>`
}

/** Names and what they stand for, one under the other. Those without anything are left out. */
export function listView(entries: readonly (readonly [name: string, content: unknown])[]): TemplateResult {
  return html`<dl>${entries
    .filter(([, content]) => content !== undefined && content !== null && content !== '' && content !== nothing)
    .map(([name, content]) => html`<div><dt>${name}</dt><dd>${content}</dd></div>`)}</dl>`
}

/** On to the next page of a long list, and back. */
export function pagesView(
  previous: string | undefined,
  next: string | undefined,
  what: string,
  back = `Previous ${what}`,
): TemplateResult | typeof nothing {
  if (!previous && !next) return nothing
  return html`<nav class="pages" aria-label=${`More ${what}`}>
    ${previous ? html`<a rel="prev" href=${previous}>${back}</a>` : nothing}
    ${next ? html`<a rel="next" href=${next}>Next ${what}</a>` : nothing}
  </nav>`
}
