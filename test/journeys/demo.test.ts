import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import { startProduct, type TestProduct } from '../product.ts'

/** Every page of the demonstration, with the widgets on it. */
const pages: Record<string, string[]> = {
  index: [],
  policies: [],
  packages: ['package-picker'],
  training: ['training-menu'],
  order: ['order-form'],
  referral: ['referral-form'],
  all: ['package-picker', 'training-menu', 'order-form'],
  'stepping-stones-2019': ['package-picker', 'training-menu'],
  'golden-hill': ['package-picker', 'training-menu', 'referral-form'],
  norfolk: ['cluster-calculator', 'package-picker', 'referral-form'],
  bridge: ['package-picker', 'referral-form'],
  sedis: ['package-picker', 'training-menu', 'referral-form'],
  stripped: [],
  hostile: ['package-picker', 'package-picker', 'package-picker', 'package-picker', 'package-picker'],
}

/** What a page's stylesheet changes most often; none of it may differ from page to page. */
const looks = [
  ...['display', 'position', 'float', 'visibility', 'appearance', 'box-sizing', 'min-height', 'max-width'],
  ...['margin', 'padding', 'border', 'border-radius', 'background-color', 'color', 'accent-color', 'box-shadow'],
  ...['font-size', 'font-weight', 'font-style', 'line-height', 'text-align', 'list-style-type'],
]
/** And where its size follows from nothing around it. */
const sizes = ['width', 'height']
/** What reaches a widget by inheritance, where a page sets it on its body or on everything. */
const inherited = ['letter-spacing', 'word-spacing', 'text-transform', 'text-indent', 'white-space', 'line-height']

/** What went wrong on a page while it was open. */
interface Visit {
  page: Page
  wrong: string[]
}

describe('The demonstration website', { concurrency: 3 }, () => {
  let product: TestProduct
  let browser: Browser
  let axe: string

  before(async () => {
    const file = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
    ;[product, browser, axe] = await Promise.all([startProduct(), openBrowser(), readFile(file, 'utf8')])
  })
  after(async () => {
    await browser?.close()
    await product?.stop()
  })

  async function visit(name: string, width = 1280): Promise<Visit> {
    // The page's own policy stays in force; only axe, which the browser injects, is let past it.
    const page = await browser.newPage({ viewport: { width, height: 900 } })
    const wrong: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text())
    })
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('requestfailed', (request) => wrong.push(`${request.url()} failed`))
    page.on('response', (response) => {
      if (response.status() >= 400) wrong.push(`${response.url()} answered ${response.status()}`)
    })
    await page.addInitScript(() => {
      const shifts: number[] = []
      Object.defineProperty(globalThis, 'shifts', { value: shifts })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if ('value' in entry) shifts.push(Number(entry.value))
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(`${product.demoOrigin}/${name}`)
    for (const [position, widget] of (pages[name] ?? []).entries()) {
      const same = (pages[name] ?? []).slice(0, position).filter((other) => other === widget).length
      // A widget is there when it shows controls or links of its own in place of what stood inside it.
      await page
        .locator(`outreach-${widget}`)
        .nth(same)
        .locator('[role=heading], h2, h3')
        .first()
        .waitFor({ timeout: 10_000 })
    }
    return { page, wrong }
  }

  const styleOf = (page: Page, selector: string, names: string[]): Promise<Record<string, string>> =>
    page
      .locator(selector)
      .first()
      .evaluate((control, wanted) => {
        const style = getComputedStyle(control)
        return Object.fromEntries(wanted.map((name) => [name, style.getPropertyValue(name)]))
      }, names)

  for (const name of Object.keys(pages))
    describe(`${name}.html`, () => {
      it('says its day and shows its widgets without an error, a failed request or a jump, and axe finds nothing', async () => {
        const { page, wrong } = await visit(name)
        await page.getByText(/Demonstration: today is \d{1,2} [A-Z][a-z]+ 20\d\d/).waitFor()
        const shift = await page.evaluate(
          () =>
            new Promise<number>((resolve) =>
              setTimeout(
                () => resolve((Reflect.get(globalThis, 'shifts') as number[]).reduce((a, b) => a + b, 0)),
                150,
              ),
            ),
        )
        assert.deepEqual(wrong, [])
        // The page that fights back reserves no room, as such pages do.
        if (name !== 'hostile') assert.ok(shift <= 0.1, `the layout shifted by ${shift}`)
        // Axe itself stumbles over longer prototypes; and five pickers on one page have one name.
        if (name === 'hostile')
          await page.evaluate(() => {
            Reflect.deleteProperty(Object.prototype, 'extend')
            Reflect.deleteProperty(Array.prototype, 'extra')
            Reflect.deleteProperty(String.prototype, 'trimAll')
          })
        const rules = name === 'hostile' ? { 'landmark-unique': { enabled: false } } : {}
        await page.evaluate(axe)
        const found = await page.evaluate(async (rules) => {
          const options = { resultTypes: ['violations'], rules }
          const { violations } = await Reflect.get(globalThis, 'axe').run(document, options)
          return violations.map(
            ({ id, nodes }: { id: string; nodes: { target: unknown; failureSummary: string }[] }) =>
              `${id}: ${nodes.map((node) => `${JSON.stringify(node.target)} ${node.failureSummary}`).join(' | ')}`,
          )
        }, rules)
        assert.deepEqual(found, [])
        await page.close()
      })

      it('fits a window of 320 pixels', async () => {
        const { page } = await visit(name, 320)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.ok(over <= 0, `it is ${over} pixels too wide`)
        await page.close()
      })
    })

  describe('a page that fights back', () => {
    it('reaches no control of a widget with its stylesheet', async () => {
      const [{ page: plain }, { page: hostile }] = await Promise.all([visit('packages'), visit('hostile')])
      for (const control of [
        'input[name=silver]',
        'input[type=checkbox]',
        '[role=heading]',
        'a',
        'summary',
        'ul',
        'small',
      ]) {
        const names = control.startsWith('input') ? [...looks, ...sizes] : looks
        assert.deepEqual(
          await styleOf(hostile, `#plain outreach-package-picker >> form >> ${control}`, names),
          await styleOf(plain, `outreach-package-picker >> form >> ${control}`, names),
          control,
        )
      }
      await Promise.all([plain.close(), hostile.close()])
    })

    it('passes on nothing that makes a widget hard to read', async () => {
      const [{ page: plain }, { page: hostile }] = await Promise.all([visit('packages'), visit('hostile')])
      for (const control of ['input[name=silver]', '[role=heading]', 'p'])
        assert.deepEqual(
          await styleOf(hostile, `#plain outreach-package-picker >> ${control}`, inherited),
          await styleOf(plain, `outreach-package-picker >> ${control}`, inherited),
          control,
        )
      await Promise.all([plain.close(), hostile.close()])
    })

    it('does not keep a widget from working, however it came onto the page', async () => {
      const { page, wrong } = await visit('hostile')
      for (const [place, control, total] of [
        ['#plain', 'Silver package', '£1,550'],
        ['#stripped-tag', 'Silver package', '£2,550'],
        ['#late', 'Silver package', '£3,550'],
        ['#right-to-left', 'Gold package', '£2,200'],
        ['#welsh', 'Pay as you use', '£50'],
      ] as const) {
        const widget = page.locator(`${place} outreach-package-picker`)
        const field = widget.getByLabel(control, { exact: true })
        await field.fill(String(Number((await field.inputValue()) || 0) + 1))
        await widget.locator('output', { hasText: total }).waitFor()
      }
      assert.deepEqual(wrong, [])
      await page.close()
    })

    it('leads on to the pages that the widget names, whatever the base address', async () => {
      const { page } = await visit('hostile')
      const training = page.locator('#plain outreach-package-picker').getByRole('link', { name: /training/i })
      assert.equal(
        await training.first().evaluate((link) => link instanceof HTMLAnchorElement && link.href),
        `${product.demoOrigin}/training.html`,
      )
      await page.close()
    })
  })

  describe('a page without scripts', () => {
    it('leaves links to the portal, with and without JavaScript in the browser', async () => {
      const { page } = await visit('stripped')
      const links = page.locator('a.fallback')
      assert.equal(await links.count(), 3)
      assert.equal(await links.first().getAttribute('href'), `${product.origin}/stepping-stones/packages`)
      await page.close()
      const context = await browser.newContext({ javaScriptEnabled: false })
      const plain = await context.newPage()
      await plain.goto(`${product.demoOrigin}/all`)
      assert.equal(await plain.locator('a.fallback:visible').count(), 3)
      await context.close()
    })
  })

  it('takes its colour from the page that it stands on', async () => {
    const { page } = await visit('golden-hill')
    const { color } = await styleOf(page, 'outreach-package-picker >> form >> a', ['color'])
    assert.equal(color, 'rgb(122, 74, 0)')
    await page.close()
  })
})
