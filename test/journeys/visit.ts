import { deepEqual, ok } from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import { startProduct, type TestProduct } from '../product.ts'

/** How somebody visits: the width of the window, and whether scripts run. */
export interface Visiting {
  width?: number
  script?: boolean
  /** A context that another page of the same visitor is in already. */
  context?: BrowserContext
}

/** A page that is being visited, and everything that went wrong on it. */
export interface Visit {
  page: Page
  /** Console errors and warnings, exceptions, dialogs, failed requests and answers from 400 on. */
  wrong: string[]
}

/** An order as it stands in D1. */
export interface KeptOrder {
  reference: string
  status: string
  provider: string
  catalogue: string
  version: number
  placed_on: string
  total_pence: number
  school_name: string
  quote: { totalPence: number; lines: Record<string, unknown>[]; adjustments: Record<string, unknown>[] }
  request: {
    items: Record<string, unknown>[]
    buyer: { schools: Record<string, unknown>[] }
    contact: Record<string, unknown>
    payment: Record<string, unknown>
    signatory: Record<string, unknown>
  }
}

/** The product, a browser, and what journeys look at beside pages. */
export interface Stage {
  product: TestProduct
  browser: Browser
  visit: (address: string, visiting?: Visiting) => Promise<Visit>
  /** Axe's findings on a page as it stands, with or without scripts. */
  faults: (page: Page) => Promise<string[]>
  /** The orders that a contact's address placed. */
  ordersOf: (email: string) => Promise<KeptOrder[]>
  close: () => Promise<void>
}

/** Opens the stage; close it when the tests are done. */
export async function openStage(): Promise<Stage> {
  const file = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
  const [product, browser, axe] = await Promise.all([startProduct(), openBrowser(), readFile(file, 'utf8')])

  async function visit(address: string, { width = 1280, script = true, context }: Visiting = {}): Promise<Visit> {
    const viewport = { width, height: 900 }
    const within = context ?? (await browser.newContext({ viewport, javaScriptEnabled: script }))
    const page = await within.newPage()
    page.setDefaultTimeout(15_000)
    const wrong: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
    })
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('dialog', (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('requestfailed', (request) => wrong.push(`${request.url()} failed`))
    page.on('response', (response) => {
      if (response.status() >= 400) wrong.push(`${response.url()} answered ${response.status()}`)
    })
    await page.goto(address)
    // A form that stands inside a widget works before the widget does; journeys with scripts are about the widget.
    if (script) await page.waitForFunction(areReady)
    return { page, wrong }
  }

  async function faults(page: Page): Promise<string[]> {
    // The pages' own policies stay in force: axe comes in by the browser.
    await page.evaluate(axe)
    return page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const options = { resultTypes: ['violations'], runOnly: tags }
      const { violations } = await Reflect.get(globalThis, 'axe').run(document, options)
      return violations.flatMap(({ id, nodes }: { id: string; nodes: { html: string; failureSummary: string }[] }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      )
    })
  }

  /** A page without scripts as axe can read it: the same document, opened where scripts run, without its own. */
  async function faultsOfPlain(page: Page): Promise<string[]> {
    const { width = 1280 } = page.viewportSize() ?? {}
    const body = await page.content()
    const mirror = await browser.newPage({ viewport: { width, height: 900 } })
    await mirror.route('**', (route) => {
      if (route.request().isNavigationRequest()) return route.fulfill({ body, contentType: 'text/html; charset=utf-8' })
      return route.request().resourceType() === 'script' ? route.abort() : route.continue()
    })
    await mirror.goto(page.url())
    const found = await faults(mirror)
    await mirror.close()
    return found
  }

  async function ordersOf(email: string): Promise<KeptOrder[]> {
    const folder = join(product.dataDir, 'v3/d1/miniflare-D1DatabaseObject')
    const name = (await readdir(folder)).find((entry) => /^[0-9a-f]{64}\.sqlite$/.test(entry))
    ok(name, `There is no database in ${folder}`)
    const db = new DatabaseSync(join(folder, name), { readOnly: true })
    try {
      const rows = db
        .prepare(`SELECT * FROM "order" WHERE json_extract(request, '$.contact.email') = ? ORDER BY placed_at`)
        .all(email)
      return rows.map((row) => {
        const parsed = { quote: JSON.parse(String(row.quote)), request: JSON.parse(String(row.request)) }
        return { ...row, ...parsed } as unknown as KeptOrder
      })
    } finally {
      db.close()
    }
  }

  return {
    product,
    browser,
    visit,
    faults: async (page) => ((await hasWidgets(page)) ? faults(page) : faultsOfPlain(page)),
    ordersOf,
    close: async () => {
      await browser.close()
      await product.stop()
    },
  }
}

/** Whether each widget on the page shows something of its own. For `waitForFunction`: it runs in the page. */
export function areReady(): boolean {
  return [...document.querySelectorAll('*')]
    .filter((element) => element.localName.startsWith('outreach-') && element.hasAttribute('provider'))
    .every((element) => element.shadowRoot?.querySelector('[role=heading]'))
}

/** Whether scripts have drawn anything on a page: it cannot be asked whether they run. */
function hasWidgets(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      document.adoptedStyleSheets.length > 0 ||
      [...document.querySelectorAll('*')].some((element) => element.shadowRoot),
  )
}

/** Letters about something, once there are as many as wanted; fails after 10 seconds, which is what is promised. */
export async function lettersAbout(
  { origin }: TestProduct,
  about: string,
  wanted: number,
): Promise<{ to: string; subject: string; text: string }[]> {
  const until = Date.now() + 10_000
  for (;;) {
    const all: { to: string; subject: string; text: string; about: string }[] = await (
      await fetch(`${origin}/dev/outbox.json`)
    ).json()
    const letters = all.filter((letter) => letter.about === about)
    if (letters.length >= wanted || Date.now() > until) return letters
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Holds that a page needs no sideways scrolling, nor any element on it that is no scrolling region of its own. */
export async function fits(page: Page, where: string): Promise<void> {
  // A page that is on its way has no root yet.
  await page.waitForLoadState()
  const over = await page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement
    return root.scrollWidth - innerWidth
  })
  ok(over <= 0, `${where} is ${over} pixels too wide`)
}

/** Holds that none of these texts stands in the browser's storage, its cookies, the page's address or its history. */
export async function keepsQuiet(page: Page, texts: readonly string[], where: string): Promise<void> {
  const kept = await page.evaluate(() =>
    [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href]
      .concat(JSON.stringify(history.state))
      .join('\n'),
  )
  deepEqual(
    texts.filter((text) => kept.includes(text) || kept.includes(encodeURIComponent(text))),
    [],
    where,
  )
}

/** Whether the focus is on this element, inside shadow roots too. */
export function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const root = element.getRootNode()
    return (root instanceof ShadowRoot || root instanceof Document) && root.activeElement === element
  })
}

/** Whether the focus comes to this element, within two seconds. */
export async function comesIntoFocus(target: Locator): Promise<boolean> {
  for (const until = Date.now() + 2_000; Date.now() < until; ) {
    if (await isFocused(target)) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return false
}

/** The address that a visitor of the portal types. */
export function portalAddress({ origin }: TestProduct, path: string, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query)
  return `${origin}/${path}${search.size ? `?${search}` : ''}`
}
