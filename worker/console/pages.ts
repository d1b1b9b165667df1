import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { type AppEnv, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { CONSOLE_DAY } from '../requests/day.ts'
import { embedFrame, embedLook } from './embed-frame.ts'
import { previewFrame } from './preview.ts'

/** What the console shows in a frame is of no origin, even where somebody opens it by itself: it has no session, and no say over the console. */
const SANDBOX = "frame-ancestors 'self'; sandbox allow-scripts"

/** Our own script, styles and API; a frame for what our own pages show in one, and none around ours but where it is said. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"

const HEADERS: [string, string][] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Strict-Transport-Security', 'max-age=31536000'],
  ['Cache-Control', 'no-store'],
]

/** An id as the catalogue allows it: what else an address holds is never written into a page. */
const ID = /^\/console\/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\/|$)/

/** What stands in a provider's place and is none. */
const PERSONAL = new Set(['sign-in', 'account'])

/** The console's pages. They are one and the same: its script reads the address, and the API says what there is to see. */
export function consolePages(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  routes.use(async (c, next) => {
    await next()
    // A provider of the demonstration whose year is over is worked on a day of that year.
    const today = isDevelopment(c.env) ? c.req.query('today') : undefined
    if (today !== undefined) setCookie(c, CONSOLE_DAY, today, { path: '/api/console', httpOnly: true, sameSite: 'Lax' })
  })
  const shell = (path: string, development: boolean) =>
    pageWith(shellOf(path, development), `${POLICY}; frame-src 'self'; frame-ancestors 'none'`)
  routes.get('/embed-frame', (c) => {
    const html = embedFrame(new URL(c.req.url).searchParams)
    if (html === undefined) throw new Failure('not-found')
    return pageWith(html, `${POLICY}; ${SANDBOX}`)
  })
  routes.get('/preview', () => pageWith(previewFrame(), `${POLICY}; ${SANDBOX}`))
  routes.get('/embed-look.css', (c) => {
    const headers: [string, string][] = [['Content-Type', 'text/css; charset=utf-8'], ...HEADERS]
    // The preview is sandboxed, and so of no origin.
    return new Response(embedLook(new URL(c.req.url).searchParams), {
      headers: [...headers, ['Cross-Origin-Resource-Policy', 'cross-origin']],
    })
  })
  routes.get('/', (c) => shell(c.req.path, isDevelopment(c.env)))
  routes.get('/*', (c) => {
    // A file that is not there is not a page either.
    if (/\.[a-z0-9]+$/.test(c.req.path)) throw new Failure('not-found')
    return shell(c.req.path, isDevelopment(c.env))
  })
  return routes
}

function pageWith(html: string, policy: string): Response {
  return new Response(html, {
    headers: [['Content-Type', 'text/html; charset=utf-8'], ['Content-Security-Policy', policy], ...HEADERS],
  })
}

/** The page before its script: who is signed in is asked for beside the script rather than after it. */
function shellOf(path: string, development: boolean): string {
  const named = ID.exec(path)?.[1]
  // Its colour, which its public pages wear too.
  const provider = named && !PERSONAL.has(named) ? named : undefined
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Console – Outreach Kit</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console/console.css">
${path.startsWith('/console/sign-in') ? '' : '<link rel="preload" as="fetch" href="/api/console/session" crossorigin="anonymous">\n'}${provider ? `<link rel="stylesheet" data-brand href="/${provider}/brand.css">\n` : ''}<script type="module" src="/console/console.js"></script>
</head>
<body class="console">
<outreach-console${development ? ' development' : ''}></outreach-console>
<noscript><p>The console needs JavaScript. Turn it on in your browser’s settings, then load this page again.</p></noscript>
</body>
</html>
`
}
