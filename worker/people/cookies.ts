import { generateCookie, getCookie } from 'hono/cookie'
import type { AppContext } from '../environment.ts'

// `__Host-`: this host alone, secure, for every path. Lax, since who follows a link from a letter is still signed in; each
// write names its origin beside it.
const SESSION = '__Host-session'
const DEVICE = '__Host-device'
const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/** How long a session may last, in milliseconds, and for how long it may go unused. */
export const SESSION_LASTS = 30 * 86_400_000
export const SESSION_IDLE = 12 * 3_600_000

/** For how long a browser is known again, in milliseconds; browsers keep nothing longer. */
export const DEVICE_LASTS = 400 * 86_400_000

/** A header for `consoleJson`. */
type Header = [string, string]

/** The secret that the browser holds, if it holds one. */
export function sessionSecret(c: AppContext): string | undefined {
  return secretIn(c, SESSION)
}

/** Lets the browser hold a session's secret. */
export function keepSession(secret: string): Header {
  return ['Set-Cookie', generateCookie(SESSION, secret, { ...OPTIONS, maxAge: SESSION_LASTS / 1_000 })]
}

/** Takes the secret away. */
export function forgetSession(): Header {
  return ['Set-Cookie', generateCookie(SESSION, '', { ...OPTIONS, maxAge: 0 })]
}

/** What the browser is known by, if somebody has signed in with it before. It lets nobody in. */
export function deviceSecret(c: AppContext): string | undefined {
  return secretIn(c, DEVICE)
}

/** Lets the browser be known again. */
export function keepDevice(secret: string): Header {
  return ['Set-Cookie', generateCookie(DEVICE, secret, { ...OPTIONS, maxAge: DEVICE_LASTS / 1_000 })]
}

function secretIn(c: AppContext, name: string): string | undefined {
  const secret = getCookie(c, name)
  return secret !== undefined && /^[0-9a-f]{64}$/.test(secret) ? secret : undefined
}
