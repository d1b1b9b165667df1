import { buildApp } from './app.ts'
import type { Bindings } from './environment.ts'
import { mailerOf } from './letters/choice.ts'
import { drain } from './letters/drain.ts'
import { seal } from './records/seal.ts'

const app = buildApp(Date.now)

export default {
  fetch: app.fetch,

  /** Every minute: the record's new entries are linked, and letters that are due go out. Without a mailer they wait, and the schedule's log says why. */
  async scheduled(_controller, env) {
    await seal(env.DB, Date.now)
    const choice = mailerOf(env)
    if ('missing' in choice) throw new Error(choice.missing)
    const turn = await drain(env.DB, choice.mailer, Date.now)
    if (turn.sent + turn.putOff + turn.failed > 0) console.log(JSON.stringify({ letters: turn }))
  },
} satisfies ExportedHandler<Bindings>
