import { Hono } from 'hono'
import { acceptRequest, declineRequest, letterAgainRequest, noteRequest } from '../../catalogue/wire/answer.ts'
import { chosenOf, type Shelf } from '../catalogues/shelf.ts'
import { publishedHere } from '../console/published.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure } from '../failures.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { type Answering, accept, decline, note, sendAgain } from './answers.ts'
import { inboxPage, inboxQuery } from './inbox.ts'
import { orderInFull } from './one.ts'
import { schoolsPage, schoolsQuery } from './schools.ts'

/** What an Idempotency-Key may look like; the console's pages send one with each write. */
const KEY = /^[\x21-\x7e]{0,200}$/

/** The provider's side of orders: the inbox, one order, what is answered, and what each school holds. */
export function orderDesk(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/orders', may('read-orders'), async (c) =>
    consoleJson(await inboxPage(c.env.DB, providerOf(c), parsed(inboxQuery, c.req.query()))),
  )

  routes.get('/:provider/orders/:reference', may('read-orders'), async (c) =>
    consoleJson(await orderInFull(c.env.DB, providerOf(c), referenceIn(c))),
  )

  routes.get('/:provider/schools', may('read-orders'), async (c) => {
    const asked = parsed(schoolsQuery, c.req.query())
    const published = await publishedHere(c, shelf)
    const catalogue = asked.catalogue || (chosenOf(published, { on: c.var.today })?.document.catalogue ?? '')
    const document = chosenOf(published, { catalogue, on: c.var.today })?.document
    return consoleJson(await schoolsPage(c.env.DB, providerOf(c), { ...asked, catalogue }, document))
  })

  routes.post('/:provider/orders/:reference/accept', may('answer-orders'), async (c) => {
    const answering = await answeringOf(c, limits)
    return consoleJson(await accept(c.env.DB, answering, parsed(acceptRequest, await jsonOf(c))))
  })

  routes.post('/:provider/orders/:reference/decline', may('answer-orders'), async (c) => {
    const answering = await answeringOf(c, limits)
    return consoleJson(await decline(c.env.DB, answering, parsed(declineRequest, await jsonOf(c))))
  })

  routes.post('/:provider/orders/:reference/notes', may('answer-orders'), async (c) => {
    const answering = await answeringOf(c, limits)
    return consoleJson(await note(c.env.DB, answering, parsed(noteRequest, await jsonOf(c))), 201)
  })

  routes.post('/:provider/orders/:reference/letters/:letter/again', may('answer-orders'), async (c) => {
    const answering = await answeringOf(c, limits)
    const body = parsed(letterAgainRequest, await jsonOf(c))
    return consoleJson(await sendAgain(c.env.DB, answering, c.req.param('letter') ?? '', body), 201)
  })

  return routes
}

function referenceIn(c: AppContext): string {
  return (c.req.param('reference') ?? '').toUpperCase()
}

async function answeringOf(c: AppContext, limits: Limits): Promise<Answering> {
  await limits.countWrite(c)
  const key = (c.req.header('Idempotency-Key') ?? '').trim()
  if (!KEY.test(key)) throw new Failure('key-required')
  const [provider, reference, actor] = [providerOf(c), referenceIn(c), actorOf(c).person]
  return { provider, reference, actor, now: c.var.now(), today: c.var.today, key }
}
