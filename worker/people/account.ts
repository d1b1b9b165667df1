import { Hono } from 'hono'
import { nameRequest, passkeyRequest } from '../../catalogue/wire/people.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { passkeyLetter } from '../letters/sign-in.en.ts'
import { sendSoon } from '../letters/soon.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { originOf } from '../requests/origin.ts'
import { endSession, endSessions, rename, sessionsOf } from './account.store.ts'
import { actorOf } from './actor.ts'
import { at, sessionOf } from './arrival.ts'
import { deviceSecret, forgetSession, SESSION_IDLE } from './cookies.ts'
import { may } from './may.ts'
import { keepPasskey, passkeysOf, removePasskey } from './passkeys.store.ts'
import { CHALLENGE_LASTS, newPasskeyOf, offerFor } from './passkeys.ts'
import { hashOf, newAttempt } from './secret.ts'
import { keepChallenge, takeChallenge } from './sign-in.store.ts'

/** One's own: the session, the name, where one is signed in, and one's passkeys. */
export function account(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/session', may('signed-in'), async (c) => {
    return consoleJson(await sessionOf(c, shelf, actorOf(c)))
  })

  routes.put('/person', may('signed-in'), async (c) => {
    const { name } = parsed(nameRequest, await jsonOf(c))
    const { person, email } = actorOf(c)
    await rename(c.env.DB, person, name, nowOf(c))
    return consoleJson({ id: person, email, name })
  })

  routes.delete('/session', may('signed-in'), async (c) => {
    const { person, session } = actorOf(c)
    await endSession(c.env.DB, person, session, nowOf(c))
    return consoleJson({}, 200, [forgetSession()])
  })

  routes.get('/sessions', may('signed-in'), async (c) => {
    const { person, session } = actorOf(c)
    const open = { at: nowOf(c), idleSince: at(c.var.now() - SESSION_IDLE) }
    const sessions = await sessionsOf(c.env.DB, person, open)
    return consoleJson({ sessions: sessions.map((one) => ({ ...one, current: one.id === session })) })
  })

  routes.delete('/sessions', may('signed-in'), async (c) => {
    await endSessions(c.env.DB, actorOf(c).person, await hashOf(deviceSecret(c) ?? ''), nowOf(c))
    return consoleJson({}, 200, [forgetSession()])
  })

  routes.delete('/sessions/:session', may('signed-in'), async (c) => {
    const { person, session } = actorOf(c)
    const asked = c.req.param('session') ?? ''
    if (!(await endSession(c.env.DB, person, asked, nowOf(c)))) throw new Failure('not-found')
    return consoleJson({}, 200, asked === session ? [forgetSession()] : [])
  })

  routes.get('/passkeys', may('signed-in'), async (c) => {
    const passkeys = await passkeysOf(c.env.DB, actorOf(c).person)
    return consoleJson({ passkeys: passkeys.map(({ credential: _, ...passkey }) => passkey) })
  })

  routes.post('/passkeys/options', may('signed-in'), async (c) => {
    await limits.countWrite(c)
    const { person } = actorOf(c)
    const now = c.var.now()
    const attempt = newAttempt()
    const options = await offerFor(c, await passkeysOf(c.env.DB, person))
    await keepChallenge(c.env.DB, {
      hash: await hashOf(attempt),
      kind: 'new-passkey',
      person,
      challenge: options.challenge,
      madeAt: at(now),
      endsAt: at(now + CHALLENGE_LASTS),
      oldest: at(now - 86_400_000),
    })
    return consoleJson({ attempt, options })
  })

  routes.post('/passkeys', may('signed-in'), async (c) => {
    await limits.countWrite(c)
    const { attempt, name, response } = parsed(passkeyRequest, await jsonOf(c))
    const { person } = actorOf(c)
    const challenge = await takeChallenge(c.env.DB, await hashOf(attempt), 'new-passkey', person, nowOf(c))
    if (challenge === undefined) throw new Failure('code-expired')
    const made = await newPasskeyOf(c, challenge, response)
    const kept = { ...made, id: crypto.randomUUID(), person, name, createdAt: nowOf(c) }
    const words = passkeyLetter(originOf(c), c.var.now())
    if (!(await keepPasskey(c.env.DB, kept, { ...words, id: newLetterId() }))) throw new Failure('conflict')
    sendSoon(c)
    return consoleJson({ id: kept.id, name, createdAt: kept.createdAt, usedAt: null }, 201)
  })

  routes.delete('/passkeys/:passkey', may('signed-in'), async (c) => {
    if (!(await removePasskey(c.env.DB, actorOf(c).person, c.req.param('passkey') ?? '', nowOf(c))))
      throw new Failure('not-found')
    return consoleJson({})
  })

  return routes
}

function nowOf(c: AppContext): string {
  return at(c.var.now())
}
