import { buildApp } from './app.ts'
import { tendConsents } from './consents/tending.ts'
import type { Bindings } from './environment.ts'
import { mailerOf } from './letters/choice.ts'
import { drain } from './letters/drain.ts'
import { ringIn } from './letters/sealed.ts'
import { seal } from './records/seal.ts'
import { scheduledDay } from './requests/day.ts'
import { sweep } from './retention/sweep.ts'

const app = buildApp(Date.now)

export default {
  fetch: app.fetch,

  /** Every minute: what follows in consents is done, letters that are due go out, the record's new entries are linked, and what is over is deleted. One that fails keeps none of the others from its turn, and the schedule's log says why. */
  async scheduled(_controller, env) {
    const today = scheduledDay(env, Date.now)
    const turns = await Promise.allSettled([
      tendConsents(env, Date.now, today),
      sendLetters(env),
      seal(env.DB, Date.now),
      sweep(env.DB, Date.now, today),
    ])
    const troubles = turns.flatMap((turn) => (turn.status === 'rejected' ? [turn.reason] : []))
    if (troubles.length > 0)
      throw troubles.length === 1 ? troubles[0] : new AggregateError(troubles, troubles.join(' '))
  },
} satisfies ExportedHandler<Bindings>

/** Without a mailer letters wait. */
async function sendLetters(env: Bindings): Promise<void> {
  const choice = mailerOf(env)
  if ('missing' in choice) throw new Error(choice.missing)
  const turn = await drain(env.DB, choice.mailer, Date.now, ringIn(env))
  if (turn.sent + turn.putOff + turn.failed > 0) console.log(JSON.stringify({ letters: turn }))
}
