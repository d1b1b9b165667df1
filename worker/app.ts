import { Hono } from 'hono'
import { catalogues } from './catalogues/routes.ts'
import { Shelf } from './catalogues/shelf.ts'
import { consents } from './consents/routes.ts'
import { consolePages } from './console/pages.ts'
import { keptToItself } from './console/reply.ts'
import { consoleApi } from './console/routes.ts'
import { type AppContext, type AppEnv, type Clock, executionOf, isDevelopment } from './environment.ts'
import { Failure, replyTo } from './failures.ts'
import { outboxRoutes } from './letters/routes.ts'
import { orders } from './orders/routes.ts'
import { progressPages } from './portal/progress.ts'
import { referralPages } from './portal/referrals.ts'
import { troubleReply, wantsPage } from './portal/reply.ts'
import { portal } from './portal/routes.ts'
import { stylesInPage } from './portal/styles.ts'
import { quotes } from './quotes/routes.ts'
import { reference } from './reference/routes.ts'
import { referrals } from './referrals/routes.ts'
import { todayOf } from './requests/day.ts'
import { json, preflightHeaders } from './requests/headers.ts'
import { healthOf } from './requests/health.ts'
import { writeDown } from './requests/journal.ts'
import { Limits } from './requests/limits.ts'
import { methodsOf } from './requests/methods.ts'

/** What is not a provider's name. */
const OWN = /^\/(api|dev|console|consent)(\/|$)|^\/healthz$/

/** The whole worker. `now` is the real clock in milliseconds; only the calendar's day can be asked for otherwise, and only in development. */
export function buildApp(now: Clock): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const shelf = new Shelf(now)
  const limits = new Limits(now)
  // A provider's pages begin with a name of its own choosing. In a router of their own they leave the API's the quick one.
  const pages = new Hono<AppEnv>()
  const methods = methodsOf(app)

  const fail = (error: unknown, c: AppContext) => {
    if (wantsPage(c)) return troubleReply(error, c)
    const reply = replyTo(error, c)
    return c.req.path.startsWith('/api/console/') ? keptToItself(reply) : reply
  }
  app.use((c, next) => (OWN.test(c.req.path) ? next() : Promise.resolve(pages.fetch(c.req.raw, c.env, executionOf(c)))))
  for (const part of [app, pages]) {
    part.onError(fail)
    part.notFound((c) => {
      const allow = methods(c.req.path)
      return fail(allow.length > 0 ? new Failure('method-not-allowed', { allow }) : new Failure('not-found'), c)
    })
    part.use(async (c, next) => {
      const began = now()
      c.set('today', todayOf(c, now))
      c.set('now', now)
      await next()
      writeDown(c, began, now)
    })
  }
  app.use('/api/*', async (c, next) => {
    // No other origin has any business with the console.
    if (c.req.method === 'OPTIONS' && !c.req.path.startsWith('/api/console/'))
      return new Response(null, { status: 204, headers: preflightHeaders(isDevelopment(c.env)) })
    limits.countRequest(c)
    return next()
  })

  pages.use((c, next) => {
    limits.countRequest(c)
    return next()
  })
  for (const [part, under] of [
    [pages, '*'],
    [app, '/consent/*'],
  ] as const)
    part.use(under, stylesInPage(shelf))

  app.get('/healthz', async (c) => {
    const health = await healthOf(c.env)
    return json(health, health.ok ? 200 : 503)
  })
  app.route('/api', reference())
  app.route('/api/providers', catalogues(shelf))
  app.route('/api/providers', quotes(shelf))
  app.route('/api/providers', orders(shelf, limits, now))
  app.route('/api/console', consoleApi(shelf, limits, now))
  app.route('/console', consolePages())
  app.route('/api', referrals(shelf, limits))
  app.route('/consent', consents(limits))
  app.route('/dev', outboxRoutes())
  // Before the pages of a referral's parts, whose names are the catalogue's.
  pages.route('/', progressPages(shelf, limits))
  pages.route('/', referralPages(shelf, limits))
  pages.route('/', portal(shelf, limits, now))
  // Listed with the others, for those who ask what there is.
  app.routes.push(...pages.routes)

  return app
}
