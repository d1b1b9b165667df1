import type { Letter } from './letter.ts'
import { attempt, type Delivery, MAIL_PATIENCE, type Mailer } from './mailer.ts'

/** What Cloudflare's send_email binding takes. */
export interface SendingBinding {
  send(message: {
    from: string
    to: string
    subject: string
    text: string
    headers: Record<string, string>
  }): Promise<unknown>
}

/** Errors of the binding that no later attempt will cure. */
const NEVER = /E_(VALIDATION|FIELD|HEADER|CONTENT|RECIPIENT_SUPPRESSED)|invalid (recipient|address|header)|suppressed/i

/**
 * Cloudflare's send_email binding. Cloudflare sets the Message-ID itself and cannot be asked for an earlier letter, so a crash between sending and
 * marking may repeat one; the header with the letter's id then tells that the two are one.
 */
export function cloudflare(binding: SendingBinding, from: string, patience = MAIL_PATIENCE): Mailer {
  return {
    keepsText: false,
    send: ({ id, to, subject, text }: Letter) =>
      attempt(async (): Promise<Delivery> => {
        try {
          await binding.send({
            from,
            to,
            subject: oneLine(subject),
            text,
            headers: { 'X-Outreach-Letter': id, 'Auto-Submitted': 'auto-generated' },
          })
          return { outcome: 'sent' }
        } catch (error) {
          const said = error instanceof Error ? `${codeOf(error)} ${error.message}` : ''
          const code = /E_[A-Z_]+/.exec(said)?.[0] ?? 'an error'
          return { outcome: NEVER.test(said) ? 'never' : 'later', why: `Cloudflare Email answered ${code}` }
        }
      }, patience),
  }
}

function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : ''
}

/** A header's text without line ends, which would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}
