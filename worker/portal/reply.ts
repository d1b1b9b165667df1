import { NOBODY } from '../catalogues/shelf.ts'
import type { AppContext } from '../environment.ts'
import { isDevelopment } from '../environment.ts'
import { type Details, failureOf } from '../failures.ts'
import { languageNamed, type Visitor } from '../pages/language.ts'
import { busyPage, troublePage } from '../pages/provider-pages.ts'
import { requestIdOf } from '../requests/journal.ts'

/** What a page may do: nothing but our own script, styles and forms. The framing stands last, as it is the provider's to say. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors "

/**
 * A page's headers. Only the browser keeps it, and asks anew: with `no-store` its back button would find an error in place of a
 * form that was sent.
 */
const PAGE_HEADERS: [string, string][] = [
  ['Content-Type', 'text/html; charset=utf-8'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000'],
  ['Cache-Control', 'private, no-cache'],
]

/** A page as a reply. */
export function page(c: AppContext, html: string, status = 200): Response {
  const headers = new Headers(PAGE_HEADERS)
  headers.set('Content-Security-Policy', POLICY + (c.get('ancestors') ?? NOBODY))
  return new Response(html, { status, headers })
}

/** A page that no other page shows in a frame, whoever may show the provider’s others: what it leads to does not open in one. */
export function wholePage(c: AppContext, html: string, status = 200): Response {
  c.set('ancestors', NOBODY)
  return page(c, html, status)
}

/** A page about a pupil, as a reply: no browser keeps it, since computers are shared, and no other page shows it in a frame. */
export function privatePage(html: string, status = 200, more: [string, string][] = []): Response {
  const headers = new Headers([...PAGE_HEADERS, ...more])
  headers.set('Cache-Control', 'no-store')
  headers.set('Content-Security-Policy', POLICY + NOBODY)
  return new Response(html, { status, headers })
}

/** The header that says when a form can be sent again, where it came too often. */
export function retryOf({ retryAfter }: Details): [string, string][] {
  return retryAfter === undefined ? [] : [['Retry-After', String(retryAfter)]]
}

/** The way to another page after a form was sent: going back or loading again sends nothing twice. */
export function seeOther(path: string, more: [string, string][] = []): Response {
  return new Response(null, {
    status: 303,
    headers: [['Location', path], ['Cache-Control', 'no-store'], ['Referrer-Policy', 'no-referrer'], ...more],
  })
}

/** Whether a person is at the other end of a request rather than a script. */
export function wantsPage(c: AppContext): boolean {
  return !c.req.path.startsWith('/api/') && (c.req.header('Accept') ?? '').includes('text/html')
}

/** What the visitor of any page has asked for. */
export function visitorOf(c: AppContext): Visitor {
  const development = isDevelopment(c.env)
  return {
    language: languageNamed(c.req.query('lang')),
    demonstrationDay: development ? c.var.today : undefined,
    today: (development && c.req.query('today')) || undefined,
  }
}

/** An error as a page. */
export async function troubleReply(error: unknown, c: AppContext): Promise<Response> {
  const { status, details } = failureOf(error)
  const reply = page(c, status === 429 ? busyPage(visitorOf(c)) : await troublePage(status, visitorOf(c)), status)
  for (const [name, value] of retryOf(details)) reply.headers.set(name, value)
  reply.headers.set('X-Request-Id', requestIdOf(c))
  return reply
}
