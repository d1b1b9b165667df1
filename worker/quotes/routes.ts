import { Hono } from 'hono'
import { quoteRequest } from '../../catalogue/wire/quote.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv } from '../environment.ts'
import { parsed, read, textOf } from '../requests/body.ts'
import { JSON_HEADERS } from '../requests/headers.ts'
import { quoteFrom } from './quote.ts'
import { Remembered } from './remembered.ts'

/** What a basket costs, and why. Nothing is kept. */
export function quotes(shelf: Shelf): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const remembered = new Remembered()

  routes.post('/:provider/quotes', async (c) => {
    const text = await textOf(c)
    const published = await shelf.of(c, c.req.param('provider'))
    const { today } = c.var
    const reply = remembered.reply(published, today, text, () =>
      JSON.stringify(quoteFrom(published, parsed(quoteRequest, read(text)), today)),
    )
    return new Response(reply, { headers: JSON_HEADERS })
  })

  return routes
}
