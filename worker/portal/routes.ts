import { Hono } from 'hono'
import type { Fault } from '../../catalogue/wire/faults.ts'
import { orderRequest } from '../../catalogue/wire/order.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv, Clock } from '../environment.ts'
import { Failure, failureOf } from '../failures.ts'
import { placeOrder } from '../orders/place.ts'
import { orderTurn } from '../pages/order-page.ts'
import {
  clusterPage,
  frontPage,
  packagesPage,
  providersPage,
  referralPage,
  trainingPage,
} from '../pages/provider-pages.ts'
import { parsed } from '../requests/body.ts'
import { requestIdOf } from '../requests/journal.ts'
import type { Limits } from '../requests/limits.ts'
import { formOf } from './form.ts'
import { modelFor } from './provider-model.ts'
import { page, visitorOf } from './reply.ts'
import { brandOf } from './styles.ts'

/** The portal: the widgets' views as plain pages and forms. */
export function portal(shelf: Shelf, limits: Limits, now: Clock): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/', async (c) => page(c, await providersPage(await shelf.providers(c), visitorOf(c))))
  routes.get('/:provider/brand.css', async (c) => {
    return new Response(await brandOf(c, shelf, c.req.param('provider')), {
      headers: {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  })
  routes.get('/:provider', async (c) => page(c, await frontPage(await modelFor(c, shelf))))
  routes.get('/:provider/packages', async (c) => page(c, await packagesPage(await modelFor(c, shelf))))
  routes.get('/:provider/training', async (c) => page(c, await trainingPage(await modelFor(c, shelf))))
  routes.get('/:provider/cluster', async (c) => page(c, await clusterPage(await modelFor(c, shelf))))
  // 500 schools do not fit into an address: the calculator's form is posted, and changes nothing.
  routes.post('/:provider/cluster', async (c) => page(c, await clusterPage(await modelFor(c, shelf, await formOf(c)))))
  routes.get('/:provider/referral', async (c) => page(c, await referralPage(await modelFor(c, shelf))))

  routes.get('/:provider/order', async (c) => {
    const model = await modelFor(c, shelf)
    // An address begins an order and does no more, whatever it says.
    const turn = orderTurn({ ...model, entries: model.entries.filter(([name]) => name !== 'at') }, newKey)
    if (turn.kind === 'place') throw new Failure('not-found')
    return page(c, await turn.html())
  })
  routes.post('/:provider/order', async (c) => {
    const provider = c.req.param('provider')
    const turn = orderTurn(await modelFor(c, shelf, await formOf(c)), newKey)
    if (turn.kind === 'page') return page(c, await turn.html())
    try {
      await limits.countWrite(c)
      const request = parsed(orderRequest, turn.body)
      await limits.countOrder(c, provider, request)
      const placing = { provider, key: turn.key, request, today: c.var.today, now: now() }
      return page(c, await turn.placed(await placeOrder(c.env.DB, await shelf.of(c, provider), placing)))
    } catch (error) {
      const failure = failureOf(error)
      const { type, status, details } = failure
      const errors = (details.errors ?? []).filter(isFault)
      return page(c, await turn.refused({ type, errors, quote: details.quote, instance: requestIdOf(c) }), status)
    }
  })

  return routes
}

/** A key is for one intention: the form carries it from its first page on, so a page that is sent twice places one order. */
function newKey(): string {
  return crypto.randomUUID()
}

function isFault(trouble: { pointer: string; code: string }): trouble is Fault {
  return trouble.pointer !== ''
}
