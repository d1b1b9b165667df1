import { rightsOf } from '../../catalogue/wire/roles.ts'
import { casePartsIn } from '../cases/parts.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { publishedBy } from '../console/published.ts'
import { consoleJson } from '../console/reply.ts'
import { type AppContext, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { newDeviceLetter } from '../letters/sign-in.en.ts'
import { sendSoon } from '../letters/soon.ts'
import { originOf } from '../requests/origin.ts'
import { personWith, providersOf } from './account.store.ts'
import { browserNamed } from './browser.ts'
import {
  DEVICE_LASTS,
  deviceSecret,
  keepDevice,
  keepSession,
  SESSION_IDLE,
  SESSION_LASTS,
  sessionSecret,
} from './cookies.ts'
import type { SessionReply } from './replies.ts'
import { hashOf, newSecret } from './secret.ts'
import type { Arrival } from './sign-in.store.ts'

/** What is kept of a session that is about to begin, and what the browser is given once it has. */
export interface Arriving {
  arrival: Arrival
  /** The reply that lets the browser in. */
  opened: (person: string) => Promise<Response>
}

/** Prepares a session: a new secret each time, whatever the browser held before. */
export async function arriving(c: AppContext, shelf: Shelf, how: Arrival['how']): Promise<Arriving> {
  const instant = c.var.now()
  const secret = newSecret()
  const deviceOf = deviceSecret(c) ?? newSecret()
  const former = sessionSecret(c)
  const session = crypto.randomUUID()
  const device = browserNamed(c.req.header('User-Agent') ?? '')
  const words = newDeviceLetter(originOf(c), device, instant)
  return {
    arrival: {
      secretHash: await hashOf(secret),
      session,
      device,
      how,
      at: at(instant),
      endsAt: at(instant + SESSION_LASTS),
      deviceHash: await hashOf(deviceOf),
      formerHash: former === undefined ? '' : await hashOf(former),
      idleSince: at(instant - SESSION_IDLE),
      forgottenSince: at(instant - DEVICE_LASTS),
      letter: { ...words, id: newLetterId() },
    },
    opened: async (person) => {
      sendSoon(c)
      return consoleJson(await sessionOf(c, shelf, { person, session }), 200, [
        keepSession(secret),
        keepDevice(deviceOf),
      ])
    },
  }
}

/** Who is signed in, and what they may do where. */
export async function sessionOf(
  c: AppContext,
  shelf: Shelf,
  { person, session }: { person: string; session: string },
): Promise<SessionReply> {
  const [who, providers] = await Promise.all([personWith(c.env.DB, person), providersOf(c.env.DB, person)])
  if (!who) throw new Failure('signed-out')
  return {
    person: who,
    session,
    providers: await Promise.all(
      providers.map(async ({ id, name, role }) => ({
        id,
        name,
        role,
        rights: rightsOf(role),
        parts: casePartsIn(await publishedBy(c, shelf, id)),
      })),
    ),
    origin: new URL(c.req.url).origin,
    development: isDevelopment(c.env),
    today: c.var.today,
  }
}

/** An instant as it is kept. */
export function at(instant: number): string {
  return new Date(instant).toISOString()
}
