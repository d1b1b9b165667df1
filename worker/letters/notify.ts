import type { Letter } from './letter.ts'
import { attempt, type Delivery, MAIL_PATIENCE, type Mailer } from './mailer.ts'

/** What GOV.UK Notify needs. The template has two places: ((subject)) and ((text)). */
export interface NotifySettings {
  /** As Notify shows it: a name, the service's id and the secret, joined by hyphens. */
  apiKey: string
  templateId: string
  url: string
  patience?: number
}

/** The last two ids of an API key: the service and the secret. */
const KEY = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i

/** Whether a key can be one of Notify's. */
export function isNotifyKey(apiKey: string): boolean {
  return KEY.test(apiKey)
}

/** GOV.UK Notify. It does not refuse a reference that it has seen, so it is asked for the letter first when an earlier attempt may have arrived. */
export function notify({ apiKey, templateId, url, patience = MAIL_PATIENCE }: NotifySettings, now = Date.now): Mailer {
  const [, service = '', secret = ''] = KEY.exec(apiKey) ?? []
  const call = async (path: string, signal: AbortSignal, body?: unknown) =>
    fetch(`${url.replace(/\/$/, '')}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${await tokenOf(service, secret, now())}`,
        'Content-Type': 'application/json',
      },
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  const wasReceived = async (id: string, signal: AbortSignal): Promise<boolean> => {
    const reply = await call(`/v2/notifications?reference=${encodeURIComponent(id)}`, signal)
    if (!reply.ok) throw new Error('cannot tell')
    const list: { notifications?: unknown[] } = await reply.json()
    return (list.notifications?.length ?? 0) > 0
  }

  return {
    keepsText: false,
    send: ({ id, to, subject, text }: Letter, again: boolean) =>
      attempt(async (signal): Promise<Delivery> => {
        if (again && (await wasReceived(id, signal))) return { outcome: 'sent' }
        const reply = await call('/v2/notifications/email', signal, {
          email_address: to,
          template_id: templateId,
          personalisation: { subject, text },
          reference: id,
        })
        await reply.body?.cancel()
        if (reply.ok) return { outcome: 'sent' }
        const why = `GOV.UK Notify answered ${reply.status}`
        // 400: the address or the letter. 401, 403, 404: our key or template, which somebody will put right. 429 and 5xx pass.
        return { outcome: reply.status === 400 ? 'never' : 'later', why }
      }, patience),
  }
}

/** The token that Notify wants with each call: signed by the secret, good for 30 seconds. */
async function tokenOf(service: string, secret: string, now: number): Promise<string> {
  const text = new TextEncoder()
  const head = base64url(text.encode(JSON.stringify({ typ: 'JWT', alg: 'HS256' })))
  const claims = base64url(text.encode(JSON.stringify({ iss: service, iat: Math.floor(now / 1_000) })))
  const key = await crypto.subtle.importKey('raw', text.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const signature = await crypto.subtle.sign('HMAC', key, text.encode(`${head}.${claims}`))
  return `${head}.${claims}.${base64url(new Uint8Array(signature))}`
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
