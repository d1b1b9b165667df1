import { type AppContext, afterReply, type Bindings, type Clock } from '../environment.ts'
import { mailerOf } from './choice.ts'
import { drain } from './drain.ts'
import { ringIn } from './sealed.ts'

/** How often a turn is tried where another has the lease, and the pause between, in milliseconds. */
const TRIES = 3
const PAUSE = 400

/** Sends what is due behind the reply, for whoever is waiting for a letter; where that fails, the schedule does it within a minute. */
export function sendSoon(c: AppContext): void {
  afterReply(c, drainSoon(c.env, c.var.now))
}

async function drainSoon(env: Bindings, now: Clock): Promise<void> {
  const choice = mailerOf(env)
  if ('missing' in choice) return
  for (let left = TRIES; left > 0; left -= 1) {
    const { sent, putOff, failed } = await drain(env.DB, choice.mailer, now, ringIn(env))
    if (sent + putOff + failed > 0) return
    await new Promise((resolve) => setTimeout(resolve, PAUSE))
  }
}
