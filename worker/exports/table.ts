/** What stands in a column: text as it is, pounds from whole pence, a day, or a count. */
export type ColumnKind = 'text' | 'pounds' | 'day' | 'count'

/** A column of a table to download. */
export interface Column {
  name: string
  kind: ColumnKind
  /** How wide it is in a spreadsheet, in characters. */
  width: number
}

/** What stands in a cell: a text, pence, a day or a count, as its column says; null where nothing does. */
export type Cell = string | number | null

/** A table to download, its rows read piece by piece, as often as they are asked for. */
export interface Table {
  name: string
  columns: readonly Column[]
  pages: () => AsyncIterable<readonly (readonly Cell[])[]>
}

/** Pounds from whole pence. */
export function inPounds(pence: number): number {
  return Number((pence / 100).toFixed(2))
}

/** A stream of what is made piece by piece; an error ends it as one, so that half a file is not taken for a whole one. */
export function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
