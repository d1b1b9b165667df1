import { Hono } from 'hono'
import { type AppEnv, type Bindings, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { json } from '../requests/headers.ts'
import { linksIn } from './letter.ts'
import { outboxPage } from './page.ts'
import { openedLetter, ringIn } from './sealed.ts'
import { type SentLetter, sentLetters } from './store.ts'

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
    return new Response(outboxPage(await shown(c.env)), { headers: PAGE_HEADERS })
  })

  routes.get('/outbox.json', async (c) => {
    return json(
      (await shown(c.env)).map(({ to, subject, text, about }) => ({ to, subject, text, links: linksIn(text), about })),
    )
  })

  return routes
}

/** What was sent last, opened; what can be opened no more is left out. */
async function shown(env: Bindings): Promise<SentLetter[]> {
  const letters = await sentLetters(env.DB, SHOWN)
  const opened = await Promise.all(letters.map((letter) => openedLetter(letter, ringIn(env))))
  return opened.filter((letter) => letter !== undefined)
}
