import { Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import { cases } from '../cases/routes.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { drafts } from '../drafts/routes.ts'
import type { AppEnv, Clock } from '../environment.ts'
import { erasures } from '../erasures/routes.ts'
import { downloads } from '../exports/routes.ts'
import { Failure } from '../failures.ts'
import { frames } from '../frames/routes.ts'
import { troubledLetters } from '../letters/trouble.ts'
import { orderDesk } from '../orders/desk.ts'
import { overview } from '../overview/routes.ts'
import { account } from '../people/account.ts'
import { accessOf } from '../people/may.ts'
import { people } from '../people/routes.ts'
import { signIn } from '../people/sign-in.ts'
import { publications } from '../publications/routes.ts'
import { records } from '../records/routes.ts'
import type { Limits } from '../requests/limits.ts'
import { isOwnOrigin } from '../requests/origin.ts'

/** The console's API. A route is closed until a `may` says who may ask it. */
export function consoleApi(shelf: Shelf, limits: Limits, _now: Clock): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.use(async (c, next) => {
    if (!/^(GET|HEAD)$/.test(c.req.method) && !isOwnOrigin(c.req.raw)) throw new Failure('wrong-origin')
    const here = matchedRoutes(c).filter(({ method }) => method !== 'ALL')
    if (here.length > 0 && !here.some(({ handler }) => accessOf(handler) !== undefined)) throw new Failure('forbidden')
    await next()
  })
  routes.route('/', signIn(shelf, limits))
  routes.route('/', account(shelf, limits))
  routes.route('/providers', people(limits))
  routes.route('/providers', records())
  routes.route('/providers', orderDesk(shelf, limits))
  routes.route('/providers', overview(shelf))
  routes.route('/providers', downloads())
  routes.route('/providers', troubledLetters())
  routes.route('/providers', publications(shelf))
  routes.route('/providers', drafts(shelf, limits))
  routes.route('/providers', frames(shelf))
  routes.route('/providers', cases(shelf, limits))
  routes.route('/providers', erasures())

  return routes
}
