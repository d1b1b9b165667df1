import type { Handler } from 'hono'
import { mayDo, type Right } from '../../catalogue/wire/roles.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure } from '../failures.ts'
import { SESSION_IDLE, sessionSecret } from './cookies.ts'
import { hashOf } from './secret.ts'
import { markArrived, markSeen, type SignedIn, sessionWith } from './store.ts'

/** Who may ask a route: anybody, whoever is signed in, or whose role at the provider allows it. */
export type Access = Right | 'anyone' | 'signed-in'

const accesses = new WeakMap<object, Access>()

/** A session's last use is written down at most so often, in milliseconds. */
const SEEN_EVERY = 60_000

/**
 * Lets those in who may ask a route; it stands first in each route of the console. A provider that somebody does not belong to
 * is not found, as if it were not there.
 */
export function may(access: Access): Handler<AppEnv> {
  const guard: Handler<AppEnv> = async (c, next) => {
    if (access !== 'anyone') await letIn(c, access, c.var.now())
    await next()
  }
  accesses.set(guard, access)
  return guard
}

/** Who may ask the route that a handler guards; undefined for a handler that guards none. */
export function accessOf(handler: object): Access | undefined {
  return accesses.get(handler)
}

async function letIn(c: AppContext, access: Exclude<Access, 'anyone'>, instant: number): Promise<void> {
  const secret = sessionSecret(c)
  if (!secret) throw new Failure('signed-out')
  const provider = c.req.param('provider') ?? ''
  const secretHash = await hashOf(secret)
  const found = await sessionWith(c.env.DB, secretHash, provider)
  if (!found || isOver(found, instant)) throw new Failure('signed-out')
  if (instant - Date.parse(found.seenAt) > SEEN_EVERY)
    await markSeen(c.env.DB, secretHash, new Date(instant).toISOString())
  const { person, email, name, session, role, arrivedAt } = found
  const who = { person, email, name, session }
  if (access === 'signed-in') {
    c.set('actor', who)
    return
  }
  if (provider === '' || role === null) throw new Failure('not-found')
  if (!mayDo(role, access)) throw new Failure('forbidden')
  if (arrivedAt === null) await markArrived(c.env.DB, provider, who, new Date(instant).toISOString())
  c.set('actor', { ...who, provider, role })
}

function isOver({ seenAt, endsAt }: SignedIn, instant: number): boolean {
  return instant >= Date.parse(endsAt) || instant - Date.parse(seenAt) > SESSION_IDLE
}
