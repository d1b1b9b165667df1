import { Hono } from 'hono'
import { addDays } from '../../catalogue/rules/dates.ts'
import {
  draftRequest,
  MOST_DRAFT_BYTES,
  presenceRequest,
  publishRequest,
  saveRequest,
} from '../../catalogue/wire/draft.ts'
import { mayDo } from '../../catalogue/wire/roles.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { consoleJson } from '../console/reply.ts'
import { type AppContext, type AppEnv, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { beginDraft, draftFor, overtaken, saveTo } from './drafts.ts'
import { effectOf } from './effect.ts'
import { publish, publishableIn } from './publish.ts'
import { type Act, discardDraft, draftOf, markPresent } from './store.ts'

/** A draft's text as JSON, in which quotation marks and the ends of lines take two bytes. */
const MOST_BYTES = 2 * MOST_DRAFT_BYTES + 10_000

/** Somebody who was seen so long ago is there; one who was last seen so long ago is forgotten. Milliseconds. */
const THERE = 30_000
const GONE = 86_400_000

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Catalogues in the making. */
export function drafts(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.post('/:provider/drafts', may('edit-catalogue'), async (c) => {
    await limits.countWrite(c)
    const request = parsed(draftRequest, await jsonOf(c, MOST_BYTES))
    const key = (c.req.header('Idempotency-Key') ?? '').toLowerCase()
    const id = UUID.test(key) ? key : crypto.randomUUID()
    const draft = await beginDraft(c.env.DB, request, id, c.var.today, actOf(c))
    return consoleJson(draft, 201, [tagOf(draft)])
  })

  routes.get('/:provider/drafts/:draft', may('edit-catalogue'), async (c) => {
    const draft = await draftFor(c.env.DB, providerOf(c), idOf(c), c.var.today)
    return consoleJson(draft, 200, [tagOf(draft)])
  })

  routes.put('/:provider/drafts/:draft', may('edit-catalogue'), async (c) => {
    const revision = matchOf(c)
    const { text, title } = parsed(saveRequest, await jsonOf(c, MOST_BYTES))
    const saved = await saveTo(c.env.DB, idOf(c), { revision, text, title }, c.var.today, actOf(c))
    return consoleJson(saved, 200, [tagOf(saved)])
  })

  routes.delete('/:provider/drafts/:draft', may('edit-catalogue'), async (c) => {
    const revision = matchOf(c)
    const act = actOf(c)
    if (!(await discardDraft(c.env.DB, idOf(c), revision, act))) {
      const current = await draftFor(c.env.DB, act.provider, idOf(c), c.var.today)
      if (current.state !== 'discarded') throw overtaken(current)
    }
    return consoleJson({ id: idOf(c), state: 'discarded' })
  })

  routes.post('/:provider/drafts/:draft/presence', may('edit-catalogue'), async (c) => {
    const { place } = parsed(presenceRequest, await jsonOf(c))
    const instant = c.var.now()
    const limits = {
      since: new Date(instant - THERE).toISOString(),
      gone: new Date(instant - GONE).toISOString(),
    }
    const seen = await markPresent(c.env.DB, idOf(c), place, actOf(c), limits)
    if (!seen) throw new Failure('not-found')
    return consoleJson(seen)
  })

  routes.post('/:provider/drafts/:draft/publish', may('publish-catalogue'), async (c) => {
    await limits.countWrite(c)
    const request = parsed(publishRequest, await jsonOf(c))
    const act = actOf(c)
    const published = await publish(c.env.DB, idOf(c), request, c.var.today, act)
    shelf.forget(act.provider)
    return consoleJson(published, 201)
  })

  routes.get('/:provider/drafts/:draft/effect', may('edit-catalogue'), async (c) => {
    const provider = providerOf(c)
    const { role } = actorOf(c)
    const draft = await draftOf(c.env.DB, provider, idOf(c))
    if (!draft) throw new Failure('not-found')
    const { catalogue } = publishableIn(draft.text, provider)
    const withNames = role !== undefined && mayDo(role, 'read-orders')
    const { today } = c.var
    // In development the calendar's day says nothing of when an order was placed by the clock.
    const since = isDevelopment(c.env) ? '' : addDays(today, -366)
    const asked = { today, after: c.req.query('after') ?? '', withNames, since }
    return consoleJson(await effectOf(c.env.DB, provider, catalogue, asked))
  })

  return routes
}

function idOf(c: AppContext): string {
  return c.req.param('draft') ?? ''
}

function actOf(c: AppContext): Act {
  const { person, session } = actorOf(c)
  return { provider: providerOf(c), person, session, at: new Date(c.var.now()).toISOString() }
}

function tagOf({ revision }: { revision: number }): [string, string] {
  return ['ETag', `"${revision}"`]
}

/** The revision that a write changes. `*` would be any, and overwrite what nobody has seen. */
function matchOf(c: AppContext): number {
  const [, revision] = /^(?:W\/)?"(\d{1,15})"$/.exec(c.req.header('If-Match')?.trim() ?? '') ?? []
  if (revision === undefined) throw new Failure('match-required')
  return Number(revision)
}
