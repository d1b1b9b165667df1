/** A console's replies are for the browser that asked and nobody else: no other origin reads them and nothing keeps them. */
const HEADERS: [string, string][] = [
  ['Content-Type', 'application/json; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000'],
]

/** JSON for the console. */
export function consoleJson(body: unknown, status = 200, more: [string, string][] = []): Response {
  return new Response(JSON.stringify(body), { status, headers: [...HEADERS, ...more] })
}

/** A file that is downloaded from the console, under a name. */
export function consoleFile(body: BodyInit, name: string, type: string): Response {
  const reply = new Response(body, { headers: HEADERS })
  reply.headers.set('Content-Type', type)
  reply.headers.set('Content-Disposition', `attachment; filename="${name}"`)
  return reply
}

/** Takes from a reply of the API what lets other origins read it: a refusal is made for all routes alike. */
export function keptToItself(reply: Response): Response {
  const headers = new Headers(reply.headers)
  for (const name of [...headers.keys()]) if (name.startsWith('access-control-')) headers.delete(name)
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  return new Response(reply.body, { status: reply.status, headers })
}
