import { Hono } from 'hono'
import { framesRequest } from '../../catalogue/wire/frame.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { consoleJson } from '../console/reply.ts'
import { type AppEnv, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import { originOf } from './origin.ts'
import { frameOrigins, keepFrameOrigins } from './store.ts'

/** Which websites may show a provider's portal pages in a frame. */
export function frames(shelf: Shelf): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/frames', may('look'), async (c) =>
    consoleJson({ origins: await frameOrigins(c.env.DB, providerOf(c)) }),
  )

  routes.put('/:provider/frames', may('set-embeds'), async (c) => {
    const typed = parsed(framesRequest, await jsonOf(c)).origins
    const found = typed.map((text) => originOf(text, isDevelopment(c.env)))
    const errors = found.flatMap((origin, index) =>
      origin === undefined ? [{ pointer: `/origins/${index}`, code: 'invalid' as const }] : [],
    )
    if (errors.length > 0) throw new Failure('invalid', { errors })
    const provider = providerOf(c)
    const origins = [...new Set(found.filter((origin) => origin !== undefined))].sort()
    const kept = await frameOrigins(c.env.DB, provider)
    if (kept.join(' ') !== origins.join(' ')) {
      const at = new Date(c.var.now()).toISOString()
      await keepFrameOrigins(c.env.DB, provider, origins, { person: actorOf(c).person, at })
      shelf.forget(provider)
    }
    return consoleJson({ origins })
  })

  return routes
}
