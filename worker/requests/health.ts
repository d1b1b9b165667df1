import { hasCatalogues } from '../catalogues/store.ts'
import { type Bindings, isDevelopment } from '../environment.ts'
import { mailerOf } from '../letters/choice.ts'
import { KeyError, keyringOf } from '../sealing/keyring.ts'

/** Whether everything works, or the sentences that say what does not. */
export type Health = { ok: true } | { ok: false; troubles: string[] }

/** How long each part may take to answer, in milliseconds. */
const PATIENCE = 3_000

/** Asks the database, the site's files, the mailer's settings, the keys and, in development, the demonstration's server. */
export async function healthOf(env: Bindings): Promise<Health> {
  const found = await Promise.all([
    answers(databaseTrouble(env), 'The database does not answer.'),
    answers(siteTrouble(env), 'The site’s files cannot be read.'),
    answers(demoTrouble(env), 'The demonstration’s server does not answer.'),
  ])
  const choice = mailerOf(env)
  const troubles = [...found, 'missing' in choice ? choice.missing : '', keysTrouble(env)].filter(
    (trouble) => trouble !== '',
  )
  return troubles.length === 0 ? { ok: true } : { ok: false, troubles }
}

async function databaseTrouble({ DB }: Bindings): Promise<string> {
  return (await hasCatalogues(DB))
    ? ''
    : 'No catalogue is loaded. Run `npm run catalogue:load -- --local` or `--remote`.'
}

/** What is missing of the keys that referrals are sealed with; never what was set. */
function keysTrouble(env: Bindings): string {
  try {
    keyringOf(env)
    return ''
  } catch (error) {
    if (error instanceof KeyError) return error.message
    throw error
  }
}

async function siteTrouble({ ASSETS }: Bindings): Promise<string> {
  const reply = await ASSETS?.fetch('http://assets.local/outreach.js', { method: 'HEAD' })
  return reply?.ok ? '' : 'The widgets are not built: /outreach.js is missing. Run `npm run build`.'
}

async function demoTrouble(env: Bindings): Promise<string> {
  if (!isDevelopment(env) || !env.DEMO_ORIGIN) return ''
  const reply = await fetch(env.DEMO_ORIGIN, { signal: AbortSignal.timeout(PATIENCE) })
  await reply.body?.cancel()
  return reply.ok ? '' : `The demonstration’s server answers ${reply.status}.`
}

async function answers(question: Promise<string>, otherwise: string): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | null = null
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE)
  })
  try {
    return await Promise.race([question, late])
  } catch {
    return otherwise
  } finally {
    clearTimeout(timer)
  }
}
