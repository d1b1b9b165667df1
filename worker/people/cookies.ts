import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from '../environment.ts'

// `__Host-`: this host alone, secure, for every path. Lax, since who follows a link from a letter is still signed in; each
// write names its origin beside it.
const SESSION = '__Host-session'
const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/** How long a session may last, in milliseconds, and for how long it may go unused. */
export const SESSION_LASTS = 30 * 86_400_000
export const SESSION_IDLE = 12 * 3_600_000

/** The secret that the browser holds, if it holds one. */
export function sessionSecret(c: AppContext): string | undefined {
  const secret = getCookie(c, SESSION)
  return secret !== undefined && /^[0-9a-f]{64}$/.test(secret) ? secret : undefined
}

/** Lets the browser hold a session's secret. */
export function keepSession(c: AppContext, secret: string): void {
  setCookie(c, SESSION, secret, { ...OPTIONS, maxAge: SESSION_LASTS / 1_000 })
}

/** Takes the secret away. */
export function forgetSession(c: AppContext): void {
  deleteCookie(c, SESSION, OPTIONS)
}
