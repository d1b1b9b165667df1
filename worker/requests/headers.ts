/** Every header that a reply of the API carries, made once: on the warm path a reply costs one copy of a finished set. */

const EXPOSED = 'ETag, Retry-After, X-Request-Id'

const SECURE: [string, string][] = [
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000'],
]

/** Any origin, no credentials: embeds send no cookies. */
const SHARED: [string, string][] = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Expose-Headers', EXPOSED],
  ['Cross-Origin-Resource-Policy', 'cross-origin'],
]

/** The headers of a JSON reply, and more where a route has its own. */
export function apiHeaders(...more: [string, string][]): Headers {
  return new Headers([['Content-Type', 'application/json; charset=utf-8'], ...SECURE, ...SHARED, ...more])
}

/** JSON that nobody may keep. */
export const JSON_HEADERS: Headers = apiHeaders(['Cache-Control', 'no-store'])

/** A problem (RFC 9457). */
export const PROBLEM_HEADERS: Headers = (() => {
  const headers = new Headers(JSON_HEADERS)
  headers.set('Content-Type', 'application/problem+json; charset=utf-8')
  return headers
})()

/** The answer to a preflight. */
export function preflightHeaders(development: boolean): Headers {
  return new Headers([
    ...SECURE,
    ...SHARED,
    ['Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, DELETE, OPTIONS'],
    [
      'Access-Control-Allow-Headers',
      `Authorization, Content-Type, Idempotency-Key, If-None-Match${development ? ', X-Today' : ''}`,
    ],
    ['Access-Control-Max-Age', '86400'],
  ])
}

/** A JSON reply that nobody keeps, with the request's id where one is given: what was kept can then be found in the log. */
export function json(body: unknown, status = 200, id?: string): Response {
  const reply = new Response(JSON.stringify(body), { status, headers: JSON_HEADERS })
  if (id !== undefined) reply.headers.set('X-Request-Id', id)
  return reply
}
