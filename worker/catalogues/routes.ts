import { Hono } from 'hono'
import * as z from 'zod/mini'
import { isInForce } from '../../catalogue/rules/in-force.ts'
import { day } from '../../catalogue/schema/figures.ts'
import { type AppContext, type AppEnv, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { parsed } from '../requests/body.ts'
import { apiHeaders, json } from '../requests/headers.ts'
import { chosenOf, type Published, type Reply, type Shelf } from './shelf.ts'
import { providersAfter } from './store.ts'

/** How many providers one reply lists. */
const PAGE = 100

/** The day that the address asks for. */
export const catalogueQuery = z.object({ on: z.optional(day), catalogue: z.optional(z.string()) })

/** What providers offer: public, any origin. */
export function catalogues(shelf: Shelf): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const headersOf = new WeakMap<Uint8Array, Headers>()

  /** A reply, or that it is still the one that the caller has. */
  const known = (c: AppContext, reply: Reply | undefined): Response => {
    if (!reply) throw new Failure('not-found')
    const { body, etag } = reply
    let headers = headersOf.get(body)
    if (!headers) {
      // Where the calendar moves with the request, a kept copy would be of another day.
      const kept = isDevelopment(c.env) ? 'no-cache' : 'public, max-age=60'
      headers = apiHeaders(['ETag', etag], ['Cache-Control', kept], ['Vary', 'Accept-Encoding'])
      headersOf.set(body, headers)
    }
    const had = c.req.header('If-None-Match')
    if (had !== undefined && isSame(had, etag)) return new Response(null, { status: 304, headers })
    return new Response(body, { headers })
  }

  routes.get('/', async (c) => {
    const providers = await providersAfter(c.env.DB, c.req.query('after') ?? '', PAGE, c.var.today)
    const last = providers.length === PAGE ? providers.at(-1) : undefined
    return json({ providers, ...(last ? { next: `/api/providers?after=${last.id}` } : {}) })
  })

  routes.get('/:provider/catalogue', async (c) => {
    const { provider } = c.req.param()
    const asked = c.req.query('on') === undefined ? undefined : parsed(catalogueQuery, c.req.query()).on
    const on = asked ?? c.var.today
    const chosen = chosenOf(await shelf.of(c, provider), { catalogue: c.req.query('catalogue'), on })
    if (!chosen) throw new Failure('not-found')
    return known(c, chosen.reply(on, isInForce(chosen, on)))
  })

  routes.get('/:provider/pathways', async (c) => {
    const chosen = await chosenFor(c, shelf)
    return known(c, chosen.pathways(c.var.today, isInForce(chosen, c.var.today)))
  })

  routes.get('/:provider/pathways/:pathway', async (c) => {
    const chosen = await chosenFor(c, shelf)
    return known(c, chosen.pathways(c.var.today, isInForce(chosen, c.var.today), c.req.param('pathway')))
  })

  return routes
}

/** The catalogue that the address names, else the one for the day. */
async function chosenFor(c: AppContext, shelf: Shelf): Promise<Published> {
  const published = await shelf.of(c, c.req.param('provider') ?? '')
  const chosen = chosenOf(published, { catalogue: c.req.query('catalogue'), on: c.var.today })
  if (!chosen) throw new Failure('not-found')
  return chosen
}

/** Whether one of the tags that the caller has is this one; a proxy that compressed the reply has made its tag a weak one. */
function isSame(had: string, etag: string): boolean {
  return had === etag || had.trim() === '*' || had.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
