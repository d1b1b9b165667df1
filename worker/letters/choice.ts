import { type Bindings, isDevelopment } from '../environment.ts'
import { cloudflare } from './cloudflare.ts'
import type { Mailer } from './mailer.ts'
import { isNotifyKey, notify } from './notify.ts'
import { outbox } from './outbox.ts'

const NOTIFY_URL = 'https://api.notifications.service.gov.uk'

/** The mailer that the configuration names, or a sentence that says what is missing. */
export type MailerChoice = { mailer: Mailer } | { missing: string }

/** Which mailer to send by. Development needs no setting: its letters go to the outbox page. */
export function mailerOf(env: Bindings): MailerChoice {
  const name = env.MAILER || (isDevelopment(env) ? 'outbox' : '')
  switch (name) {
    case 'outbox':
      if (isDevelopment(env)) return { mailer: outbox }
      return {
        missing: 'MAILER is "outbox", which only shows letters in development. Set it to "notify" or "cloudflare".',
      }
    case 'notify': {
      const { NOTIFY_API_KEY: apiKey, NOTIFY_TEMPLATE_ID: templateId } = env
      if (!apiKey) return { missing: 'MAILER is "notify", but the secret NOTIFY_API_KEY is missing.' }
      if (!isNotifyKey(apiKey))
        return { missing: 'NOTIFY_API_KEY is not a GOV.UK Notify key: it ends in two ids of 36 characters each.' }
      if (!templateId) return { missing: 'MAILER is "notify", but the variable NOTIFY_TEMPLATE_ID is missing.' }
      return { mailer: notify({ apiKey, templateId, url: env.NOTIFY_URL || NOTIFY_URL }) }
    }
    case 'cloudflare':
      if (!env.EMAIL)
        return { missing: 'MAILER is "cloudflare", but wrangler.toml has no send_email binding named EMAIL.' }
      if (!env.MAIL_FROM)
        return { missing: 'MAILER is "cloudflare", but the variable MAIL_FROM, the sender’s address, is missing.' }
      return { mailer: cloudflare(env.EMAIL, env.MAIL_FROM) }
    case '':
      return {
        missing: 'MAILER is not set. Set it to "notify" or "cloudflare"; until then letters wait and orders are kept.',
      }
    default:
      return { missing: `MAILER is "${name}", which is none of "notify", "cloudflare" and "outbox".` }
  }
}
