import { generateCookie, getCookie } from 'hono/cookie'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'
import { hashOf } from '../people/secret.ts'
import type { ReferralStatus } from './case.store.ts'
import { endVisit, visitWith } from './link.store.ts'

/** For how long a visit may go unused, in milliseconds: saving and sending prolong it. */
export const VISIT_LASTS = 4 * 3_600_000

const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/** Somebody of a school who was let in to a referral. */
export interface Visit {
  referral: string
  provider: string
  status: ReferralStatus
  as: 'referrer' | 'colleague'
  /** The colleague's id; empty for the referrer. */
  who: string
  /** A colleague's parts; empty where all are open. */
  only: string[]
  /** The SHA-256 of the visit's secret. */
  hash: string
}

/** Who asks about a referral: by the bearer's key on the API's routes, which read no cookies, and by the cookie on pages. Throws `link-needed`. */
export async function visitOf(c: AppContext, referral: string): Promise<Visit> {
  const secret = secretIn(c, referral)
  const at = new Date(c.var.now()).toISOString()
  const found = secret === undefined ? undefined : await visitWith(c.env.DB, await hashOf(secret), at)
  if (!found || found.referral !== referral || found.deleteOn <= c.var.today) throw new Failure('link-needed')
  const { provider, status, as, who, parts, hash } = found
  if (as === 'consent') throw new Failure('link-needed')
  return { referral, provider, status, as, who, only: parts, hash }
}

/** The same for what the referrer alone may do. */
export async function referrerOf(c: AppContext, referral: string): Promise<Visit> {
  const visit = await visitOf(c, referral)
  if (visit.as !== 'referrer') throw new Failure('link-needed')
  return visit
}

/** Lets a browser hold the secret of a visit. */
export function keepVisit(referral: string, secret: string): [string, string] {
  return ['Set-Cookie', generateCookie(nameOf(referral), secret, { ...OPTIONS, maxAge: VISIT_LASTS / 1_000 })]
}

/** The cookie again, where a page was asked for with one: a visit that goes on is kept by the browser too. */
export function keepVisitOf(c: AppContext, referral: string): [string, string][] {
  const secret = secretIn(c, referral)
  return secret === undefined ? [] : [keepVisit(referral, secret)]
}

/** Ends a browser's visit, on a computer that others use too. */
export async function leave(c: AppContext, referral: string): Promise<[string, string]> {
  const secret = secretIn(c, referral)
  if (secret !== undefined) await endVisit(c.env.DB, await hashOf(secret))
  return ['Set-Cookie', generateCookie(nameOf(referral), '', { ...OPTIONS, maxAge: 0 })]
}

function nameOf(referral: string): string {
  return `__Host-r-${referral}`
}

function secretIn(c: AppContext, referral: string): string | undefined {
  const secret = c.req.path.startsWith('/api/')
    ? /^Bearer ([0-9a-f]{64})$/i.exec(c.req.header('Authorization') ?? '')?.[1]
    : getCookie(c, nameOf(referral))
  return secret !== undefined && /^[0-9a-f]{64}$/.test(secret) ? secret : undefined
}
