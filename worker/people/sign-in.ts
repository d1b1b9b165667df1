import { Hono } from 'hono'
import { codeRequest, passkeySignInRequest, signInRequest } from '../../catalogue/wire/people.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { consoleJson } from '../console/reply.ts'
import { type AppEnv, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { codeLetter } from '../letters/sign-in.en.ts'
import { sendSoon } from '../letters/soon.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { originOf } from '../requests/origin.ts'
import { arriving, at } from './arrival.ts'
import { deviceSecret } from './cookies.ts'
import { may } from './may.ts'
import { passkeyWith } from './passkeys.store.ts'
import { answerOf, CHALLENGE_LASTS, challengeFor } from './passkeys.ts'
import { hashOf, hashOfCode, newAttempt, newCode } from './secret.ts'
import {
  enterByPasskey,
  keepChallenge,
  keepCode,
  knownAs,
  takeChallenge,
  takeCode,
  triesLeft,
} from './sign-in.store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How long a code works, in milliseconds. */
const CODE_LASTS = 10 * 60_000

/**
 * How many codes are sent to one address. Beyond it the answer is the same and nothing is sent, so that new attempts bring no
 * new guesses for ever. Who asks in a browser that they have used before is counted apart: strangers who ask in somebody's name
 * do not keep them out.
 */
const LIMITS = [
  { within: HOUR, most: 10 },
  { within: DAY, most: 30 },
]
const DEVELOPMENT_LIMITS = [{ within: HOUR, most: 2_000 }]

/** Signing in: by a code that an e-mail brings, or by a passkey. Only a POST uses either up. */
export function signIn(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.post('/sign-in/codes', may('anyone'), async (c) => {
    await limits.countWrite(c)
    const { email } = parsed(codeRequest, await jsonOf(c))
    const device = deviceSecret(c)
    const deviceHash = device === undefined ? '' : await hashOf(device)
    const known = await knownAs(c.env.DB, email, deviceHash)
    const now = c.var.now()
    const attempt = newAttempt()
    const code = newCode()
    await keepCode(c.env.DB, {
      hash: await hashOf(attempt),
      person: known?.person,
      subject: await hashOf(known?.isKnownDevice ? `code ${email} ${deviceHash}` : `code ${email}`),
      answer: await hashOfCode(attempt, code),
      madeAt: at(now),
      endsAt: at(now + CODE_LASTS),
      limits: (isDevelopment(c.env) ? DEVELOPMENT_LIMITS : LIMITS).map(({ within, most }) => ({
        since: at(now - within),
        most,
      })),
      letter: { ...codeLetter(originOf(c), attempt, code), id: newLetterId() },
      oldest: at(now - DAY),
    })
    sendSoon(c)
    return consoleJson({ attempt }, 202)
  })

  routes.post('/sign-in', may('anyone'), async (c) => {
    await limits.countWrite(c)
    const { attempt, code: typed } = parsed(signInRequest, await jsonOf(c))
    const code = typed.replace(/[\s-]/g, '')
    const hash = await hashOf(attempt)
    if (!/^\d{8}$/.test(code)) {
      // What cannot be a code costs no try.
      const left = await triesLeft(c.env.DB, hash, at(c.var.now()))
      throw left === undefined ? new Failure('code-expired') : wrong(left)
    }
    const { arrival, opened } = await arriving(c, shelf, 'code')
    const taken = await takeCode(c.env.DB, { hash, answer: await hashOfCode(attempt, code) }, arrival)
    if (taken === 'over') throw new Failure('code-expired')
    if ('triesLeft' in taken) throw wrong(taken.triesLeft)
    return opened(taken.person)
  })

  routes.post('/sign-in/passkeys/options', may('anyone'), async (c) => {
    await limits.countWrite(c)
    const now = c.var.now()
    const attempt = newAttempt()
    const options = await challengeFor(c)
    await keepChallenge(c.env.DB, {
      hash: await hashOf(attempt),
      kind: 'passkey',
      person: undefined,
      challenge: options.challenge,
      madeAt: at(now),
      endsAt: at(now + CHALLENGE_LASTS),
      oldest: at(now - DAY),
    })
    return consoleJson({ attempt, options })
  })

  routes.post('/sign-in/passkeys', may('anyone'), async (c) => {
    await limits.countWrite(c)
    const { attempt, response } = parsed(passkeySignInRequest, await jsonOf(c))
    const challenge = await takeChallenge(c.env.DB, await hashOf(attempt), 'passkey', undefined, at(c.var.now()))
    if (challenge === undefined) throw new Failure('code-expired')
    const passkey = await passkeyWith(c.env.DB, response.id)
    if (!passkey) throw new Failure('passkey-refused')
    const counter = await answerOf(c, challenge, passkey, response)
    const { arrival, opened } = await arriving(c, shelf, 'passkey')
    const taking = { credential: response.id, before: passkey.counter, counter }
    const person = await enterByPasskey(c.env.DB, taking, arrival)
    if (person === undefined) throw new Failure('passkey-refused')
    return opened(person)
  })

  return routes
}

function wrong(left: number): Failure {
  return new Failure('code-wrong', { errors: [{ pointer: '/code', code: 'code-wrong' }], more: { triesLeft: left } })
}
