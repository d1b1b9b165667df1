import { Hono } from 'hono'
import { orderRequest } from '../../catalogue/wire/order.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv, Clock } from '../environment.ts'
import { Failure } from '../failures.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import { json } from '../requests/headers.ts'
import { requestIdOf } from '../requests/journal.ts'
import type { Limits } from '../requests/limits.ts'
import { placeOrder } from './place.ts'

/** What a key may look like: printable ASCII, so that it survives every proxy and log. */
const KEY = /^[\x21-\x7e]{1,200}$/

/** Orders: priced again here, kept once for each key. */
export function orders(shelf: Shelf, limits: Limits, now: Clock): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.post('/:provider/orders', async (c) => {
    await limits.countWrite(c)
    const body = await jsonOf(c)
    const key = (c.req.header('Idempotency-Key') ?? '').trim()
    if (!KEY.test(key)) throw new Failure('key-required')
    const provider = c.req.param('provider')
    const published = await shelf.of(c, provider)
    const request = parsed(orderRequest, body)
    await limits.countOrder(c, provider, request)
    const receipt = await placeOrder(c.env.DB, published, { provider, key, request, today: c.var.today, now: now() })
    return json(receipt, 201, requestIdOf(c))
  })

  return routes
}
