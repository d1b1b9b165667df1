import { Hono } from 'hono'
import {
  assignRequest,
  caseAskRequest,
  caseHeardRequest,
  caseNoteRequest,
  findRequest,
  moveRequest,
  questionRequest,
  recordRequest,
  signRequest,
  takeBackRequest,
  unassignRequest,
} from '../../catalogue/wire/case.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { publishedHere } from '../console/published.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppEnv } from '../environment.ts'
import { sendSoon } from '../letters/soon.ts'
import { panels } from '../panels/routes.ts'
import { may } from '../people/may.ts'
import { places } from '../places/routes.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { boardFor, boardQuery, casesPage, casesQuery, findCases } from './board.ts'
import { askConsent, hearConsent } from './consenting.ts'
import { doerOf } from './doing.ts'
import {
  askSchool,
  assignCase,
  noteCase,
  recordEvent,
  sendLetterAgain,
  signAgreement,
  takeBackEvent,
  unassignCase,
} from './events.ts'
import { moveCase } from './moves.ts'
import { caseInFull } from './one.ts'
import { readerOf, referenceIn } from './reading.ts'

/** The console's API of cases, panels, places and the waiting list. Mounted at the console’s `/providers`. */
export function cases(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/cases', may('read-cases'), async (c) => {
    const { pathway } = parsed(boardQuery, c.req.query())
    return consoleJson(await boardFor(readerOf(c), await publishedHere(c, shelf), pathway))
  })

  routes.get('/:provider/cases/list', may('read-cases'), async (c) => {
    const asked = parsed(casesQuery, c.req.query())
    return consoleJson(await casesPage(readerOf(c), await publishedHere(c, shelf), asked))
  })

  // A name and a date of birth stand in the body, so that no address holds them.
  routes.post('/:provider/cases/find', may('run-cases'), async (c) => {
    await limits.countWrite(c)
    return consoleJson(await findCases(readerOf(c), parsed(findRequest, await jsonOf(c))))
  })

  routes.get('/:provider/cases/:case', may('read-cases'), async (c) =>
    consoleJson(await caseInFull(readerOf(c), referenceIn(c))),
  )

  routes.post('/:provider/cases/:case/moves', may('move-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await moveCase(doer, referenceIn(c), parsed(moveRequest, await jsonOf(c))))
  })

  routes.post('/:provider/cases/:case/events', may('move-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await recordEvent(doer, referenceIn(c), parsed(recordRequest, await jsonOf(c))), 201)
  })

  routes.post('/:provider/cases/:case/events/:event/take-back', may('move-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    const body = parsed(takeBackRequest, await jsonOf(c))
    return consoleJson(await takeBackEvent(doer, referenceIn(c), c.req.param('event') ?? '', body))
  })

  routes.post('/:provider/cases/:case/notes', may('move-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await noteCase(doer, referenceIn(c), parsed(caseNoteRequest, await jsonOf(c))), 201)
  })

  routes.post('/:provider/cases/:case/question', may('move-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await askSchool(doer, referenceIn(c), parsed(questionRequest, await jsonOf(c))), 201)
  })

  routes.post('/:provider/cases/:case/people', may('run-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await assignCase(doer, referenceIn(c), parsed(assignRequest, await jsonOf(c))))
  })

  routes.post('/:provider/cases/:case/people/:person/remove', may('run-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    const body = parsed(unassignRequest, await jsonOf(c))
    return consoleJson(await unassignCase(doer, referenceIn(c), c.req.param('person') ?? '', body))
  })

  routes.post('/:provider/cases/:case/letters/:letter/send-again', may('run-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    const sent = await sendLetterAgain(doer, referenceIn(c), c.req.param('letter') ?? '')
    sendSoon(c)
    return consoleJson(sent)
  })

  routes.post('/:provider/cases/:case/agreement', may('run-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await signAgreement(doer, referenceIn(c), parsed(signRequest, await jsonOf(c))))
  })

  routes.post('/:provider/cases/:case/ask', may('move-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await askConsent(doer, referenceIn(c), parsed(caseAskRequest, await jsonOf(c))))
  })

  routes.post('/:provider/cases/:case/heard', may('move-cases'), async (c) => {
    const doer = await doerOf(c, limits)
    return consoleJson(await hearConsent(doer, referenceIn(c), parsed(caseHeardRequest, await jsonOf(c))))
  })

  routes.route('/', panels(shelf, limits))
  routes.route('/', places(shelf, limits))

  return routes
}
