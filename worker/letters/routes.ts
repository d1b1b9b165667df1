import { Hono } from 'hono'
import { type AppEnv, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { json } from '../requests/headers.ts'
import { linksIn } from './letter.ts'
import { outboxPage } from './page.ts'
import { sentLetters } from './store.ts'

/** How many letters the outbox shows. */
const SHOWN = 200

const PAGE_HEADERS = new Headers({
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
})

/** Development's outbox: the e-mails that would have been sent. There is nothing here in production. */
export function outboxRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.use(async (c, next) => {
    if (!isDevelopment(c.env)) throw new Failure('not-found')
    await next()
  })

  routes.get('/outbox', async (c) => {
    return new Response(outboxPage(await sentLetters(c.env.DB, SHOWN)), { headers: PAGE_HEADERS })
  })

  routes.get('/outbox.json', async (c) => {
    const letters = await sentLetters(c.env.DB, SHOWN)
    return json(letters.map(({ to, subject, text, about }) => ({ to, subject, text, links: linksIn(text), about })))
  })

  return routes
}
