import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDay } from '../catalogue/rules/dates.ts'

const site = fileURLToPath(new URL('site/', import.meta.url))

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** What the pages are told: where the product is, and which day the demonstration plays on. */
export type DemoSettings = { port: number; api: string; today: string }

/** A link, or a widget's attribute, that leads to another page of the site or to one of the portal's. */
const LINK = /(href="(?:[a-z0-9-]+\.html|\{\{api\}\}\/[a-z0-9/-]+))(#[^"]*)?"/g

/**
 * Serves `demo/site/` on both loopback addresses; `{{api}}` and `{{today}}` in its pages are filled in. An address may ask for
 * another day, which the page's links then carry on.
 */
export async function startDemo({ port, api, today }: DemoSettings): Promise<{ stop: () => Promise<void> }> {
  const fill = (html: string, asked: string | null): string => {
    const isAsked = asked !== null && isDay(asked)
    const page = isAsked ? html.replace(LINK, `$1?today=${asked}$2"`) : html
    return page.replaceAll('{{api}}', api).replaceAll('{{today}}', isAsked ? asked : today)
  }
  const answer = async (address: string): Promise<{ body: string | Buffer; type: string } | undefined> => {
    let path: string
    let asked: string | null
    try {
      const { pathname, searchParams } = new URL(address, api)
      path = normalize(decodeURIComponent(pathname))
      asked = searchParams.get('today')
    } catch {
      return undefined
    }
    if (path.includes('\0')) return undefined
    const candidates = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`, `${path}/index.html`]
    for (const candidate of candidates) {
      const extension = extname(candidate)
      const body = await readFile(join(site, candidate)).catch(() => undefined)
      if (!body) continue
      const type = contentTypes[extension] ?? 'application/octet-stream'
      return { type, body: extension === '.html' ? fill(body.toString('utf8'), asked) : body }
    }
    return undefined
  }
  const listen = (host: string): Promise<Server> =>
    new Promise((resolve, reject) => {
      const server = createServer((request, response) => {
        if (request.method !== 'GET' && request.method !== 'HEAD') {
          response.writeHead(405, { Allow: 'GET, HEAD' }).end()
          return
        }
        answer(request.url ?? '/').then(
          (found) => {
            const type = found?.type ?? 'text/plain; charset=utf-8'
            const body = found?.body ?? 'There is no such page on the demonstration website.\n'
            response.writeHead(found ? 200 : 404, { 'Content-Type': type, 'Cache-Control': 'no-store' })
            response.end(request.method === 'HEAD' ? undefined : body)
          },
          () => response.writeHead(500).end(),
        )
      })
      server.once('error', reject)
      server.listen({ port, host }, () => resolve(server))
    })
  const servers = [await listen('127.0.0.1')]
  // A machine without IPv6 does without the second one.
  servers.push(
    ...(await listen('::1').then(
      (server) => [server],
      () => [],
    )),
  )
  return {
    stop: async () => {
      await Promise.all(
        servers.map(
          (server) =>
            new Promise<void>((resolve) => {
              server.close(() => resolve())
              server.closeAllConnections()
            }),
        ),
      )
    },
  }
}
