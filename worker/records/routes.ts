import { stringify } from 'csv-stringify/sync'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { whole } from '../../catalogue/schema/text.ts'
import { consoleFile, consoleJson } from '../console/reply.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { parsed } from '../requests/body.ts'
import { pageOfRecord } from './store.ts'

/** How many entries a page lists, and how many of them a download reads at a time. */
const PAGE = 50
const DOWNLOAD_PAGE = 1_000

const COLUMNS = ['number', 'at', 'who', 'e-mail', 'action', 'subject', 'detail', 'sealed']

const recordQuery = z.object({
  before: z._default(z.pipe(z.coerce.number(), whole(1, Number.MAX_SAFE_INTEGER)), Number.MAX_SAFE_INTEGER),
  actor: z._default(z.string().check(z.maxLength(60, 'too-long')), ''),
  action: z._default(z.string().check(z.maxLength(60, 'too-long')), ''),
})

/** Who did what and when at a provider: read by its owners, changed by nobody. */
export function records(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/record', may('read-record'), async (c) => {
    const asked = parsed(recordQuery, c.req.query())
    const rows = await pageOfRecord(c.env.DB, providerOf(c), asked, PAGE + 1)
    const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
    return consoleJson({
      entries: rows.slice(0, PAGE).map(({ number, at, actor, name, email, action, subject, detail, hash }) => ({
        number,
        at,
        actor: name === null ? actor : { id: actor, name, email },
        action,
        subject,
        detail: JSON.parse(detail),
        sealed: hash !== null,
      })),
      next: last?.number ?? null,
    })
  })

  routes.get('/:provider/record.csv', may('read-record'), (c) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const asked = parsed(recordQuery, c.req.query())
    // What has been sent cannot be taken back: a download that breaks off ends with an error, which the browser shows.
    writeCsv(c, asked, writable.getWriter()).catch((error) => readable.cancel(error).catch(() => {}))
    return consoleFile(readable, `record-${providerOf(c)}-${c.var.today}.csv`, 'text/csv; charset=utf-8')
  })

  return routes
}

async function writeCsv(
  c: AppContext,
  asked: z.infer<typeof recordQuery>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  const encoder = new TextEncoder()
  const provider = providerOf(c)
  let { before } = asked
  try {
    // Spreadsheets take a file for UTF-8 only if it says so.
    await writer.write(encoder.encode(`\ufeff${stringify([COLUMNS])}`))
    for (;;) {
      const rows = await pageOfRecord(c.env.DB, provider, { ...asked, before }, DOWNLOAD_PAGE)
      const lines = rows.map(({ number, at, actor, name, email, action, subject, detail, hash }) => [
        number,
        at,
        name ?? actor,
        email ?? '',
        action,
        subject,
        detail,
        hash ?? '',
      ])
      await writer.write(encoder.encode(stringify(lines, { escape_formulas: true })))
      const last = rows.at(-1)
      if (!last || rows.length < DOWNLOAD_PAGE) break
      before = last.number
    }
    await writer.close()
  } catch (error) {
    await writer.abort(error)
    throw error
  }
}
