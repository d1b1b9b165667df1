import { Hono } from 'hono'
import * as z from 'zod/mini'
import { isDay } from '../../catalogue/rules/dates.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { id } from '../../catalogue/schema/text.ts'
import { ORDER_STATUSES } from '../../catalogue/wire/order.ts'
import type { Right } from '../../catalogue/wire/roles.ts'
import { consoleFile } from '../console/reply.ts'
import type { AppEnv } from '../environment.ts'
import { invalid } from '../failures.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { parsed } from '../requests/body.ts'
import { csvOf } from './csv.ts'
import { invoicesSheet, journalsSheet, linesSheet, type NamedOrder, ordersSheet, type Sheet } from './sheets.ts'
import { catalogueOf, ordersCounted, ordersToExport, recordExport, type Selection } from './store.ts'
import { streamOf, type Table } from './table.ts'
import { xlsxOf } from './xlsx.ts'

/** How many orders are read at a time, and how many one file may be asked to hold. */
const PAGE = 500
const MOST_ORDERS = 50_000

const FORMATS = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** What can be downloaded: for whom, which sheets, and which orders alone. */
const KINDS: Record<string, { right: Right; sheets: readonly Sheet[]; only: Partial<Selection> }> = {
  orders: { right: 'read-orders', sheets: [ordersSheet, linesSheet], only: {} },
  invoices: { right: 'export-finance', sheets: [invoicesSheet], only: { state: 'accepted', payment: 'invoice' } },
  journals: { right: 'export-finance', sheets: [journalsSheet], only: { state: 'accepted', payment: 'journal' } },
}

const emptyOrDay = z._default(
  z.string().check(z.refine((text: string) => text === '' || isDay(text), 'not-a-date')),
  '',
)

const exportQuery = z.object({
  state: z._default(z.enum(['', ...ORDER_STATUSES], 'choose'), ''),
  catalogue: z._default(z.union([z.literal(''), id]), ''),
  // The days on which the orders were placed, and those on which they were answered.
  from: emptyOrDay,
  to: emptyOrDay,
  answeredFrom: emptyOrDay,
  answeredTo: emptyOrDay,
  // A CSV file has one sheet: one row an order, or one a line.
  rows: z._default(z.enum(['orders', 'lines'], 'choose'), 'orders'),
})
type Asked = z.infer<typeof exportQuery>

/** Orders as files for the office: all of them, the invoices to raise and the journal transfers. */
export function downloads(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  for (const [kind, { right, sheets, only }] of Object.entries(KINDS))
    for (const format of ['csv', 'xlsx'] as const)
      routes.get(`/:provider/exports/${kind}.${format}`, may(right), async (c) => {
        const asked = parsed(exportQuery, c.req.query())
        const { state, catalogue, from, to } = asked
        const selection: Selection = { state, catalogue, from, to, payment: '', ...only }
        const provider = providerOf(c)
        const name = `${kind}-${provider}-${c.var.today}.${format}`
        if ((await ordersCounted(c.env.DB, provider, selection)) > MOST_ORDERS)
          throw invalid([{ pointer: '/from', code: 'too-many', most: MOST_ORDERS }])
        // A browser that asks what it would be given is given nothing.
        if (c.req.method === 'HEAD') return consoleFile(new Uint8Array(), name, FORMATS[format])
        const tables = sheets.map((sheet) => tableOf(c.env.DB, provider, sheet, selection, asked))
        const one = kind === 'orders' && asked.rows === 'lines' ? tables[1] : tables[0]
        const at = new Date(c.var.now()).toISOString()
        await recordExport(c.env.DB, { provider, actor: actorOf(c).person, at }, `${kind}.${format}`, filtersIn(asked))
        const pieces = format === 'xlsx' ? xlsxOf(tables) : csvOf(one ?? NOTHING)
        return consoleFile(streamOf(pieces), name, FORMATS[format])
      })

  return routes
}

const NOTHING: Table = { name: '', columns: [], pages: async function* () {} }

function filtersIn(asked: Asked): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''))
}

/** A sheet's table, its rows read from the database as the file goes out. */
function tableOf(db: D1Database, provider: string, sheet: Sheet, selection: Selection, asked: Asked): Table {
  const isWanted = ({ order: { answeredOn } }: NamedOrder) =>
    (asked.answeredFrom === '' || (answeredOn !== null && answeredOn >= asked.answeredFrom)) &&
    (asked.answeredTo === '' || (answeredOn !== null && answeredOn <= asked.answeredTo))
  return {
    name: sheet.name,
    columns: sheet.columns,
    pages: async function* () {
      for await (const orders of pagesOf(db, provider, selection))
        yield orders.filter(isWanted).flatMap((named) => sheet.rowsOf(named))
    },
  }
}

async function* pagesOf(db: D1Database, provider: string, selection: Selection): AsyncGenerator<NamedOrder[]> {
  const catalogues = new Map<string, Catalogue | undefined>()
  for (let after = { placedAt: '', reference: '' }; ; ) {
    const orders = await ordersToExport(db, provider, selection, after, PAGE)
    for (const { catalogue, version } of orders) {
      const key = `${catalogue} ${version}`
      if (!catalogues.has(key)) catalogues.set(key, await catalogueOf(db, provider, catalogue, version))
    }
    yield orders.map((order) => ({ order, catalogue: catalogues.get(`${order.catalogue} ${order.version}`) }))
    const last = orders.at(-1)
    if (!last || orders.length < PAGE) return
    after = last
  }
}
