import type { AppContext } from '../environment.ts'

/** Our own address for letters: the one that `ORIGIN` sets, since who asks for a letter may name any host where a proxy lets them; else the request’s. */
export function originOf(c: AppContext): string {
  const { ORIGIN = '' } = c.env
  return new URL(URL.canParse(ORIGIN) ? ORIGIN : c.req.url).origin
}

/** Whether a browser says that one of our own pages asks. What says nothing is no browser of today, or hides something. */
export function isOwnOrigin(request: Request): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  return request.headers.get('Origin') === new URL(request.url).origin && (site === null || site === 'same-origin')
}

/**
 * The same for a form of a page that sends no referrer, whose browser names its origin as `null`. A browser of before
 * Sec-Fetch-Site has the cookie’s SameSite alone to keep other websites’ forms out.
 */
export function isOwnForm(request: Request): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  const origin = request.headers.get('Origin')
  return (site === null || site === 'same-origin') && (origin === 'null' || origin === new URL(request.url).origin)
}
