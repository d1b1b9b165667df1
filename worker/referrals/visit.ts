import { generateCookie, getCookie } from 'hono/cookie'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'
import { hashOf } from '../people/secret.ts'
import type { ReferralStatus } from './case.store.ts'
import { endVisit, isTakenBack, prolongVisit, visitWith } from './link.store.ts'

/** For how long a visit may go unused, in milliseconds: everything that is sent by it prolongs it. */
export const VISIT_LASTS = 4 * 3_600_000

/** A visit that was prolonged less than so long ago, in milliseconds, is left as it is. */
const NOT_WORTH_WRITING = 5 * 60_000

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
  if (secret === undefined) throw new Failure('link-needed')
  const own = await hashOf(secret)
  const found = await visitWith(c.env.DB, own, new Date(c.var.now()).toISOString())
  if (!found)
    throw new Failure('link-needed', (await isTakenBack(c.env.DB, own)) ? { more: { link: 'taken-back' } } : {})
  if (found.referral !== referral || found.deleteOn <= c.var.today) throw new Failure('link-needed')
  const { provider, status, as, who, parts, hash, endsAt } = found
  if (as === 'consent') throw new Failure('link-needed')
  c.set('visit', { hash, endsAt: Date.parse(endsAt) })
  return { referral, provider, status, as, who, only: parts, hash }
}

/** The same for what the referrer alone may do. */
export async function referrerOf(c: AppContext, referral: string): Promise<Visit> {
  const visit = await visitOf(c, referral)
  if (visit.as !== 'referrer') throw new Failure('link-needed')
  return visit
}

/** Lets the visit go on by which something was sent, as a visit in use does not end. What is only looked at changes nothing. */
export async function prolong(c: AppContext): Promise<void> {
  const { visit } = c.var
  const endsAt = c.var.now() + VISIT_LASTS
  if (!visit || /^(GET|HEAD)$/.test(c.req.method) || endsAt - visit.endsAt < NOT_WORTH_WRITING) return
  await prolongVisit(c.env.DB, visit.hash, new Date(endsAt).toISOString())
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
