import { Hono } from 'hono'
import { quoteRequest } from '../../catalogue/wire/quote.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv } from '../environment.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import { json } from '../requests/headers.ts'
import { quoteFrom } from './quote.ts'

/** What a basket costs, and why. Nothing is kept. */
export function quotes(shelf: Shelf): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.post('/:provider/quotes', async (c) => {
    const body = await jsonOf(c)
    const published = await shelf.of(c, c.req.param('provider'))
    return json(quoteFrom(published, parsed(quoteRequest, body), c.var.today))
  })

  return routes
}
