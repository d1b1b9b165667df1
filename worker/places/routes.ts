import { Hono } from 'hono'
import { exclusionRequest, waitingOrderRequest } from '../../catalogue/wire/case.ts'
import { boardQuery } from '../cases/board.ts'
import { doerOf } from '../cases/doing.ts'
import { readerOf } from '../cases/reading.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { publishedHere } from '../console/published.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppEnv } from '../environment.ts'
import { may } from '../people/may.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { exclusionsFor, exclusionsQuery, noteExclusion, placesFor, placesQuery, takeBack } from './places.ts'
import { moveOnWaitingList, waitingFor } from './waiting.ts'

/** Places by school and term, the exclusions that withdraw some, and who waits for one. */
export function places(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/waiting', may('run-cases'), async (c) => {
    const { pathway } = parsed(boardQuery, c.req.query())
    return consoleJson(await waitingFor(readerOf(c), await publishedHere(c, shelf), pathway))
  })

  routes.post('/:provider/waiting/order', may('run-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await moveOnWaitingList(doer, parsed(waitingOrderRequest, await jsonOf(c))))
  })

  routes.get('/:provider/places', may('run-cases'), async (c) => {
    const asked = parsed(placesQuery, c.req.query())
    return consoleJson(await placesFor(readerOf(c), await publishedHere(c, shelf), asked))
  })

  routes.get('/:provider/exclusions', may('run-cases'), async (c) => {
    const asked = parsed(exclusionsQuery, c.req.query())
    return consoleJson(await exclusionsFor(readerOf(c), asked))
  })

  routes.post('/:provider/exclusions', may('run-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    const body = parsed(exclusionRequest, await jsonOf(c))
    return consoleJson(await noteExclusion(doer, await publishedHere(c, shelf), body), 201)
  })

  routes.post('/:provider/exclusions/:exclusion/take-back', may('run-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await takeBack(doer, c.req.param('exclusion') ?? ''))
  })

  return routes
}
