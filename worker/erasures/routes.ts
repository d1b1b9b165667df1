import { Hono } from 'hono'
import { eraseRequest, exportQuery } from '../../catalogue/wire/erasure.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure } from '../failures.ts'
import { exportPage } from '../pages/export-page.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import { eraseByHand } from './erase.ts'
import { recordExport } from './export.store.ts'
import { exportOf } from './export.ts'

/** What an Idempotency-Key may look like; the console's pages send one with each write. */
const KEY = /^[\x21-\x7e]{0,200}$/

/** A page to be read and printed: our styles, and nothing that could do anything. */
const PAGE: [string, string][] = [
  ['Content-Type', 'text/html; charset=utf-8'],
  [
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ],
]

/** The console's API of what is held about one pupil: exported and erased. Mounted at the console’s `/providers`. */
export function erasures(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/cases/:case/export', may('erase-cases'), async (c) => {
    const { others, as } = parsed(exportQuery, c.req.query())
    const [provider, reference] = [providerOf(c), referenceIn(c)]
    const held = await exportOf(c.env, { provider, reference, others: others === 'all', today: c.var.today })
    // A browser that asks what it would be given is given nothing.
    if (c.req.method === 'HEAD') return consoleJson(null)
    const at = new Date(c.var.now()).toISOString()
    const references = held.referrals.map((one) => one.reference)
    await recordExport(c.env.DB, { provider, actor: actorOf(c).person, at, as }, references)
    if (as === 'json')
      return consoleJson(held, 200, [['Content-Disposition', `attachment; filename="${reference}.json"`]])
    const reply = consoleJson(held)
    for (const [name, value] of PAGE) reply.headers.set(name, value)
    return new Response(await exportPage(held), { headers: reply.headers })
  })

  routes.post('/:provider/cases/:case/erase', may('erase-cases'), async (c) => {
    const key = (c.req.header('Idempotency-Key') ?? '').trim()
    if (!KEY.test(key)) throw new Failure('key-required')
    const erasing = {
      provider: providerOf(c),
      reference: referenceIn(c),
      actor: actorOf(c).person,
      now: c.var.now(),
      today: c.var.today,
      key,
    }
    return consoleJson(await eraseByHand(c.env, erasing, parsed(eraseRequest, await jsonOf(c))))
  })

  return routes
}

function referenceIn(c: AppContext): string {
  return (c.req.param('case') ?? '').toUpperCase()
}
