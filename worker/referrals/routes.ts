import { Hono } from 'hono'
import {
  askRequest,
  beginRequest,
  colleagueRequest,
  heardRequest,
  openRequest,
  partRequest,
  replyRequest,
  schoolMoveRequest,
  schoolRecordRequest,
  sendRequest,
  signRequest,
} from '../../catalogue/wire/referral.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure } from '../failures.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import { json } from '../requests/headers.ts'
import { requestIdOf } from '../requests/journal.ts'
import type { Limits } from '../requests/limits.ts'
import { beginReferral } from './begin.ts'
import { letIn, letOut, saveVisited } from './colleagues.ts'
import { knock } from './door.ts'
import { doingOf, draftOf } from './drafts.ts'
import { progressOf } from './progress.ts'
import { askAgain, hear, moveOn, record, reply, type SchoolDoing, sign, takeBack } from './school-side.ts'
import { sendReferral } from './send.ts'
import { prolong, referrerOf, type Visit, visitOf } from './visit.ts'

/** What a key may look like: printable ASCII, so that it survives every proxy and log. */
const KEY = /^[\x21-\x7e]{1,200}$/

/** The largest part, in bytes: a dozen long texts. */
const MOST_OF_A_PART = 200_000

/** Referrals, for whoever is let in by a link: begun at a provider, and gone on with by their id. Mounted at `/api`. */
export function referrals(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.post('/providers/:provider/referrals', async (c) => {
    await limits.countWrite(c)
    const body = await jsonOf(c)
    const key = (c.req.header('Idempotency-Key') ?? '').trim()
    if (!KEY.test(key)) throw new Failure('key-required')
    const provider = c.req.param('provider')
    const published = await shelf.of(c, provider)
    const request = parsed(beginRequest, body)
    await limits.countLetter(c, provider, request.email)
    const beginning = { provider, key, request, ...doingOf(c) }
    return json(await beginReferral(c.env, published, beginning), 201, requestIdOf(c))
  })

  routes.use('/referrals/:referral/*', async (c, next) => {
    await next()
    if (c.res.ok) await prolong(c)
  })

  routes.post('/referrals/:referral/open', async (c) => {
    await limits.countWrite(c)
    const { link, email } = parsed(openRequest, await jsonOf(c))
    const knocked = await knock(c.env, { referral: c.req.param('referral'), link, email }, doingOf(c))
    if (knocked.outcome === 'in') return json({ key: knocked.secret }, 201)
    if (knocked.outcome !== 'wrong') throw new Failure('link-needed', { more: { link: knocked.outcome } })
    throw new Failure('code-wrong', {
      errors: [{ pointer: '/email', code: 'code-wrong' }],
      more: { triesLeft: knocked.triesLeft },
    })
  })

  routes.get('/referrals/:referral', async (c) =>
    json(await draftOf(c.env, await visitOf(c, c.req.param('referral')), doingOf(c))),
  )

  routes.put('/referrals/:referral/parts/:part', async (c) => {
    await limits.countWrite(c)
    const visit = await visitOf(c, c.req.param('referral'))
    const request = parsed(partRequest, await jsonOf(c, MOST_OF_A_PART))
    return json(await saveVisited(c.env, visit, c.req.param('part'), request, doingOf(c)))
  })

  routes.post('/referrals/:referral/colleagues', async (c) => {
    await limits.countWrite(c)
    const visit = await referrerOf(c, c.req.param('referral'))
    const request = parsed(colleagueRequest, await jsonOf(c))
    await limits.countLetter(c, visit.provider, request.email)
    return json(await letIn(c.env, visit, request, doingOf(c)), 201)
  })

  routes.post('/referrals/:referral/colleagues/:colleague/remove', async (c) => {
    await limits.countWrite(c)
    const visit = await referrerOf(c, c.req.param('referral'))
    await letOut(c.env, visit, c.req.param('colleague'), doingOf(c))
    return json({})
  })

  routes.post('/referrals/:referral/send', async (c) => {
    await limits.countWrite(c)
    const visit = await referrerOf(c, c.req.param('referral'))
    const request = parsed(sendRequest, await jsonOf(c))
    const receipt = await sendReferral(c.env, visit, request, doingOf(c))
    return json(receipt, 201, requestIdOf(c))
  })

  routes.get('/referrals/:referral/progress', async (c) =>
    json(await progressOf(c.env, await referrerOf(c, c.req.param('referral')), c.var.today)),
  )

  routes.post('/referrals/:referral/progress/ask', async (c) => {
    const { visit, by } = await schoolOf(c, limits)
    const request = parsed(askRequest, await jsonOf(c))
    if (request.email !== undefined) await limits.countLetter(c, visit.provider, request.email)
    return json(await askAgain(c.env, visit, request, by))
  })

  routes.post('/referrals/:referral/progress/heard', async (c) => {
    const { visit, by } = await schoolOf(c, limits)
    return json(await hear(c.env, visit, parsed(heardRequest, await jsonOf(c)), by))
  })

  routes.post('/referrals/:referral/progress/agreement', async (c) => {
    const { visit, by } = await schoolOf(c, limits)
    return json(await sign(c.env, visit, parsed(signRequest, await jsonOf(c)), by))
  })

  routes.post('/referrals/:referral/progress/reply', async (c) => {
    const { visit, by } = await schoolOf(c, limits)
    return json(await reply(c.env, visit, parsed(replyRequest, await jsonOf(c)), by))
  })

  routes.post('/referrals/:referral/progress/move', async (c) => {
    const { visit, by } = await schoolOf(c, limits)
    return json(await moveOn(c.env, visit, parsed(schoolMoveRequest, await jsonOf(c)), by))
  })

  routes.post('/referrals/:referral/progress/record', async (c) => {
    const { visit, by } = await schoolOf(c, limits)
    return json(await record(c.env, visit, parsed(schoolRecordRequest, await jsonOf(c)), by))
  })

  routes.post('/referrals/:referral/progress/take-back', async (c) => {
    const { visit, by } = await schoolOf(c, limits)
    return json(await takeBack(c.env, visit, by))
  })

  return routes
}

/** The referrer who does something, and the key under which it is done once, if the request has one. */
async function schoolOf(c: AppContext, limits: Limits): Promise<{ visit: Visit; by: SchoolDoing }> {
  await limits.countWrite(c)
  const key = c.req.header('Idempotency-Key')?.trim()
  if (key !== undefined && !KEY.test(key)) throw new Failure('key-required')
  return { visit: await referrerOf(c, c.req.param('referral') ?? ''), by: { ...doingOf(c), key } }
}
