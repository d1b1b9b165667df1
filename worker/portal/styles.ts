import type { MiddlewareHandler } from 'hono'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppContext, AppEnv, SiteFiles } from '../environment.ts'

/** The links that a page’s shell writes; each costs a first visitor a round trip before anything is shown. */
const SHEET = '<link rel="stylesheet" href="/portal.css">'
const BRAND = /<link rel="stylesheet" href="\/([a-z0-9-]+)\/brand\.css">/

/** A provider’s own colour, as a style sheet. */
export async function brandOf(c: AppContext, shelf: Shelf, provider: string): Promise<string> {
  const [first] = await shelf.of(c, provider)
  const colour = first?.document.provider.colour
  return colour ? `:root{--outreach-colour-brand:${colour}}` : ''
}

/**
 * Puts a page’s style sheets into the page and says so in its policy, by their hash: a page on a slow line is there with its first answer.
 * Where they cannot be read, the page keeps its links, which do the same a round trip later.
 */
export function stylesInPage(shelf: Shelf): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next()
    const policy = c.res.headers.get('Content-Security-Policy')
    // What is not found is asked for by machines most of all: its page stays small.
    if (c.res.status === 404 || !policy || !c.res.headers.get('Content-Type')?.startsWith('text/html')) return
    const sheet = await sheetOf(c)
    if (sheet === undefined) return
    const html = await c.res.text()
    const provider = BRAND.exec(html)?.[1]
    const brand = provider === undefined ? '' : await brandOf(c, shelf, provider).catch(() => undefined)
    const style = brand === undefined ? undefined : sheet + brand
    const page = style === undefined ? html : withStyle(html, style)
    const headers = new Headers(c.res.headers)
    if (style !== undefined && page !== html)
      headers.set(
        'Content-Security-Policy',
        policy.replace("style-src 'self'", `style-src 'self' ${await hashOf(style)}`),
      )
    const { status } = c.res
    c.res = undefined
    c.res = new Response(page, { status, headers })
  }
}

/** A page with its style in place of its links. */
export function withStyle(html: string, style: string): string {
  return html.includes(SHEET) ? html.replace(BRAND, '').replace(SHEET, () => `<style>${style}</style>`) : html
}

/** Texts alone are kept: what one request waits for is not another’s to wait for. */
const sheets = new WeakMap<SiteFiles, string>()

/** The style sheet of the site that the worker was deployed with; undefined where it cannot be read, and then asked for again. */
async function sheetOf({ env: { ASSETS }, req }: AppContext): Promise<string | undefined> {
  if (!ASSETS) return undefined
  const sheet = sheets.get(ASSETS) ?? (await readSheet(ASSETS, req.url))
  if (sheet !== undefined) sheets.set(ASSETS, sheet)
  return sheet
}

async function readSheet(assets: SiteFiles, near: string): Promise<string | undefined> {
  try {
    const reply = await assets.fetch(new URL('/portal.css', near))
    const text = reply.ok ? await reply.text() : ''
    return text === '' || text.includes('</') ? undefined : text
  } catch {
    return undefined
  }
}

const MOST_HASHES = 200
const hashes = new Map<string, string>()

async function hashOf(style: string): Promise<string> {
  const known = hashes.get(style)
  if (known !== undefined) return known
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)))
  const hash = `'sha256-${btoa(String.fromCharCode(...digest))}'`
  if (hashes.size >= MOST_HASHES) hashes.clear()
  hashes.set(style, hash)
  return hash
}
