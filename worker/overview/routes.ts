import { Hono } from 'hono'
import * as z from 'zod/mini'
import { id } from '../../catalogue/schema/text.ts'
import { mayDo } from '../../catalogue/wire/roles.ts'
import { chosenOf, type Shelf } from '../catalogues/shelf.ts'
import { publishedHere } from '../console/published.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppEnv } from '../environment.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { parsed } from '../requests/body.ts'
import { monthsOf } from './months.ts'
import { glanceAt } from './store.ts'

const overviewQuery = z.object({ year: z.optional(z.union([z.literal(''), id])) })

/** The console's first page: what waits, and how the year goes. What a role may not open is left out for it. */
export function overview(shelf: Shelf): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/overview', may('look'), async (c) => {
    const { year: asked } = parsed(overviewQuery, c.req.query())
    const published = await publishedHere(c, shelf)
    const year = asked || chosenOf(published, { on: c.var.today })?.document.catalogue || ''
    const { role = 'viewer' } = actorOf(c)
    const [invites, runs] = [mayDo(role, 'manage-people'), mayDo(role, 'run-cases')]
    const glance = await glanceAt(c.env.DB, providerOf(c), { year, today: c.var.today, invites, runs })
    const [readsOrders, edits] = [mayDo(role, 'read-orders'), mayDo(role, 'edit-catalogue')]
    const document = chosenOf(published, { catalogue: year, on: c.var.today })
    return consoleJson({
      orders: readsOrders ? glance.counts : null,
      oldestWaiting: readsOrders ? glance.oldestWaiting : null,
      drafts: edits
        ? glance.drafts.map(({ updatedBy, name, ...draft }) => ({ ...draft, updatedBy: { id: updatedBy, name } }))
        : [],
      scheduled: glance.scheduled,
      lettersInTrouble: readsOrders ? glance.lettersInTrouble : null,
      year: readsOrders ? { catalogue: year, months: monthsOf(glance.months, document?.year) } : null,
      years: glance.years,
    })
  })

  return routes
}
