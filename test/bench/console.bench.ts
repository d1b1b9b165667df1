import { createServer, type IncomingMessage } from 'node:http'
import { brotliCompressSync, constants } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { openBrowser } from '../browser.ts'
import { signInAddress, startOwnProduct, type TestProduct } from '../product.ts'
import type { Figure } from './figure.ts'
import { median, written } from './statistics.ts'

const RUNS = 9
const SLOWED = 4
/** Slow 4G: a wait of 150 ms for each request, and 1.44 Mbit/s. */
const slow4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6e6 * 0.9) / 8,
  uploadThroughput: (750e3 * 0.9) / 8,
}
const PROVIDER = 'stepping-stones'
const ORDERS = 60

/** The console's pages, from the address typed to what somebody came for, with nothing in any cache. */
export async function bench(): Promise<Figure[]> {
  const product = await startOwnProduct()
  const browser = await openBrowser()
  const front = await compressing(product.origin)
  try {
    await placeOrders(product)
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(await signInAddress(product, `owner@${PROVIDER}.example`))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL((url) => url.pathname === `/console/${PROVIDER}`)
    const { id: draft } = await page.evaluate(async (provider) => {
      const reply = await fetch(`/api/console/providers/${provider}/drafts`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ from: { catalogue: '2024-25', version: 1 } }),
      })
      return (await reply.json()) as { id: string }
    }, PROVIDER)
    const state = await context.storageState()
    await context.close()

    /** A page, and a selector of what makes it usable. */
    const pages: [name: string, path: string, there: string][] = [
      ['Overview', '', 'outreach-console main table tbody tr'],
      ['Orders', '/orders', 'outreach-console main table tbody tr a'],
      ['Referrals', '/cases', 'outreach-console .stages > li'],
      [
        'Editor, form',
        `/catalogue/drafts/${draft}`,
        'outreach-console .draft-form a, outreach-console .draft-form button',
      ],
    ]
    const figures: Figure[] = []
    for (const [name, path, there] of pages) {
      const times: number[] = []
      for (let run = 0; run < RUNS; run += 1)
        times.push(await usable(browser, state, `${front.origin}/console/${PROVIDER}${path}`, there))
      figures.push({
        name: `Console: ${name} usable, ${SLOWED} × slowed, slow 4G`,
        figure: `${written(median(times), 0, 'ms')} median, ${written(Math.max(...times), 0, 'ms')} most`,
        bound: '2,000 ms',
        ok: median(times) <= 2_000,
      })
    }
    return figures
  } finally {
    await browser.close()
    await front.stop()
    await product.stop()
  }
}

async function placeOrders({ origin }: TestProduct): Promise<void> {
  for (let number = 0; number < ORDERS; number += 1)
    await fetch(`${origin}/api/providers/${PROVIDER}/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `bench-${number}` },
      body: JSON.stringify(EXAMPLE_ORDER),
    })
}

/** Milliseconds from the navigation's start until an element is drawn, on a slow machine's first visit. */
async function usable(
  browser: Browser,
  state: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>,
  address: string,
  there: string,
): Promise<number> {
  const context = await browser.newContext({ storageState: state })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.addInitScript(`{
      const look = () => {
        if (document.querySelector(${JSON.stringify(there)})) globalThis.usableAt = performance.now()
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }`)
    const client = await context.newCDPSession(page)
    await client.send('Network.enable')
    await client.send('Network.emulateNetworkConditions', slow4G)
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
    await page.goto(address, { waitUntil: 'commit' })
    const found = await page.waitForFunction(() => Reflect.get(globalThis, 'usableAt'))
    const at: unknown = await found.jsonValue()
    if (typeof at !== 'number') throw new Error(`${address} never became usable`)
    return at
  } finally {
    await context.close()
  }
}

const PASSED_ON = [
  'content-type',
  'cache-control',
  'content-security-policy',
  'etag',
  'access-control-allow-origin',
  'cross-origin-resource-policy',
]

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += String(part)
  return body
}

/** A server in front of the product that compresses what it sends, as a host does and `wrangler dev` does not. */
async function compressing(origin: string): Promise<{ origin: string; stop: () => Promise<void> }> {
  const made = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const { cookie = '', accept = '*/*', 'content-type': type = '' } = request.headers
    const isWrite = request.method === 'POST' || request.method === 'PUT'
    const headers = { cookie, accept, ...(isWrite ? { 'content-type': type, origin } : {}) }
    bodyOf(request)
      .then((sent) =>
        fetch(`${origin}${path}`, { method: request.method ?? 'GET', headers, ...(isWrite ? { body: sent } : {}) }),
      )
      .then(async (reply) => {
        const body = Buffer.from(await reply.arrayBuffer())
        const isFile = /\.(js|css)$/.test(path)
        const quality = isFile ? 11 : 5
        const small =
          (isFile ? made.get(path) : undefined) ??
          brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
        if (isFile) made.set(path, small)
        for (const name of PASSED_ON) {
          const value = reply.headers.get(name)
          if (value !== null) response.setHeader(name, value)
        }
        response.writeHead(reply.status, { 'Content-Encoding': 'br', 'Content-Length': small.length }).end(small)
      })
      .catch(() => response.writeHead(502).end())
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  return {
    origin: `http://localhost:${typeof address === 'object' && address ? address.port : 0}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
