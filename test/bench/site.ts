import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { type BuiltFile, build, portalStyle } from '../../components/build.ts'
import { buildApp } from '../../worker/app.ts'
import { demonstrationDay } from '../product.ts'
import { memoryDatabase } from './memory-database.ts'

const types: Record<string, string> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' }

/** The product as a browser meets it, without workerd: built files and the API at `origin`, pages of a school's at `pages`. */
export type Site = {
  origin: string
  /** Where a school's pages are: another origin, as in life. */
  pages: string
  files: BuiltFile[]
  /** The bytes on the wire of each file that the product serves, brotli at its best. */
  weights: ReadonlyMap<string, number>
  /** Puts a page on the school's site; its address is returned. */
  put: (name: string, html: string) => string
  /** What the worker answers to a GET. */
  get: (path: string) => Promise<string>
  stop: () => Promise<void>
}

/** Brotli at its best. */
export function brotli(content: string | Buffer): number {
  return compressed(Buffer.from(content)).length
}

function compressed(content: Buffer): Buffer {
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
}

let opening: Promise<Site> | undefined

/** Builds the widgets into a folder of their own and serves them on loopback; once for all benches of a run. */
export function openSite(): Promise<Site> {
  opening ??= open()
  return opening
}

async function open(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'outreach-kit-bench-'))
  const files = await build(folder)
  const served = new Map<string, { type: string; body: Buffer }>()
  const weights = new Map<string, number>()
  for (const file of await readdir(folder, { recursive: true })) {
    const type = types[extname(file)]
    if (!type) continue
    const body = compressed(await readFile(join(folder, file)))
    const path = `/${file.replaceAll('\\', '/')}`
    served.set(path, { type, body })
    weights.set(path, body.length)
  }
  await rm(folder, { recursive: true, force: true })

  const app = buildApp(Date.now)
  const sheet = await portalStyle()
  const bindings = {
    DB: await memoryDatabase(),
    ENVIRONMENT: 'development',
    TODAY: demonstrationDay,
    ASSETS: { fetch: async () => new Response(sheet) },
  }
  const answers = new Map<string, { status: number; headers: [string, string][]; body: Buffer }>()
  const answer = async (path: string) => {
    const known = answers.get(path)
    if (known) return known
    const response = await app.request(path, {}, bindings)
    const body = compressed(Buffer.from(await response.arrayBuffer()))
    const made = { status: response.status, headers: [...response.headers], body }
    answers.set(path, made)
    return made
  }
  const product = await serve(async (path) => {
    const file = served.get(path)
    if (file)
      return {
        status: 200,
        headers: [
          ['Content-Type', file.type],
          ['Access-Control-Allow-Origin', '*'],
          ['Cross-Origin-Resource-Policy', 'cross-origin'],
        ],
        body: file.body,
      }
    return answer(path)
  })
  const html = new Map<string, Buffer>()
  const school = await serve(async (path) => {
    const body = html.get(path)
    return { status: body ? 200 : 404, headers: [['Content-Type', 'text/html; charset=utf-8']], body: body ?? nothing }
  })
  return {
    origin: product.origin,
    pages: school.origin,
    files,
    weights,
    put: (name, text) => {
      html.set(`/${name}`, compressed(Buffer.from(text)))
      return `${school.origin}/${name}`
    },
    get: async (path) => (await app.request(path, {}, bindings)).text(),
    stop: async () => {
      opening = undefined
      await Promise.all([product.stop(), school.stop()])
    },
  }
}

const nothing = compressed(Buffer.from(''))

type Reply = { status: number; headers: [string, string][]; body: Buffer }

/** A server on loopback that sends everything compressed, as a host in front of the worker does. */
function serve(reply: (path: string) => Promise<Reply>): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    reply(request.url ?? '/').then(
      ({ status, headers, body }) => {
        for (const [name, value] of headers) response.setHeader(name, value)
        response.writeHead(status, { 'Content-Encoding': 'br', 'Content-Length': body.length })
        response.end(body)
      },
      () => response.writeHead(500).end(),
    )
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      resolve({
        origin: `http://127.0.0.1:${port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}

/** A school's page with nothing on it but what is given. */
export function pageOf(body: string, head = ''): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A school’s page</title>
<link rel="icon" href="data:,">
${head}
</head>
<body>
<h1>Outreach</h1>
${body}
</body>
</html>
`
}

/** What runs in the page: see the file. */
export const probe = fileURLToPath(new URL('probe.mjs', import.meta.url))
