import { Hono } from 'hono'
import {
  panelCasesRequest,
  panelMeetingRequest,
  panelOrderRequest,
  panelPeopleRequest,
  panelPlacesRequest,
  panelRequest,
} from '../../catalogue/wire/case.ts'
import { doerOf } from '../cases/doing.ts'
import { readerOf } from '../cases/reading.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { publishedHere } from '../console/published.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppEnv } from '../environment.ts'
import { may } from '../people/may.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import {
  cancel,
  close,
  makePanel,
  panelInFull,
  panelsFor,
  setAgenda,
  setMeeting,
  setOrder,
  setPeople,
  setPlaceCount,
} from './panels.ts'

/** Panels: when they meet, who sits on them, what they read and in which order, and how many places they have. */
export function panels(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/panels', may('read-cases'), async (c) =>
    consoleJson(await panelsFor(readerOf(c), await publishedHere(c, shelf))),
  )

  routes.post('/:provider/panels', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    const body = parsed(panelRequest, await jsonOf(c))
    return consoleJson(await makePanel(doer, await publishedHere(c, shelf), body), 201)
  })

  routes.get('/:provider/panels/:panel', may('read-cases'), async (c) =>
    consoleJson(await panelInFull(readerOf(c), await publishedHere(c, shelf), c.req.param('panel') ?? '')),
  )

  routes.post('/:provider/panels/:panel', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await setMeeting(doer, c.req.param('panel') ?? '', parsed(panelMeetingRequest, await jsonOf(c))))
  })

  routes.post('/:provider/panels/:panel/cases', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await setAgenda(doer, c.req.param('panel') ?? '', parsed(panelCasesRequest, await jsonOf(c))))
  })

  routes.post('/:provider/panels/:panel/order', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    const { cases } = parsed(panelOrderRequest, await jsonOf(c))
    return consoleJson(await setOrder(doer, c.req.param('panel') ?? '', cases))
  })

  routes.post('/:provider/panels/:panel/people', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    const { people } = parsed(panelPeopleRequest, await jsonOf(c))
    return consoleJson(await setPeople(doer, await publishedHere(c, shelf), c.req.param('panel') ?? '', people))
  })

  routes.post('/:provider/panels/:panel/places', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    const { places } = parsed(panelPlacesRequest, await jsonOf(c))
    return consoleJson(await setPlaceCount(doer, c.req.param('panel') ?? '', places))
  })

  routes.post('/:provider/panels/:panel/close', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await close(doer, c.req.param('panel') ?? ''))
  })

  routes.post('/:provider/panels/:panel/cancel', may('hold-panels'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await cancel(doer, c.req.param('panel') ?? ''))
  })

  return routes
}
