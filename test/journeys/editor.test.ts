import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import writeExcel from 'write-excel-file/node'
import { type Desk, deskOf } from './desk.ts'
import { comesIntoFocus, fits, openStage, type Stage } from './visit.ts'

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

describe('At the catalogue’s editor', { concurrency: 1 }, () => {
  let stage: Stage
  let axe = ''
  before(async () => {
    stage = await openStage()
    axe = await readFile(axeFile, 'utf8')
  })
  after(() => stage?.close())

  const sitDown = (who: string, width?: number): Promise<Desk> => deskOf(stage, who, width)

  /** A draft of the catalogue in force, made as the page makes it. */
  async function draftOf(page: Page, body: object = { from: { catalogue: '2024-25', version: 1 } }): Promise<string> {
    return page.evaluate(async (sent) => {
      const reply = await fetch('/api/console/providers/stepping-stones/drafts', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(sent),
      })
      const { id }: { id: string } = await reply.json()
      return id
    }, body)
  }

  /** A draft as the worker has it. */
  async function keptOf(page: Page, id: string): Promise<{ revision: number; document: KeptDocument }> {
    return page.evaluate(async (draft) => {
      const reply = await fetch(`/api/console/providers/stepping-stones/drafts/${draft}`)
      const { text, revision }: { text: string; revision: number } = await reply.json()
      return { revision, document: JSON.parse(text) }
    }, id)
  }

  async function findings(page: Page): Promise<string[]> {
    await page.evaluate(axe)
    return page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      // What stands in the frame is held to these rules on the pages where schools see it.
      const options = { resultTypes: ['violations'], runOnly: tags, iframes: false }
      const { violations } = await Reflect.get(globalThis, 'axe').run(document, options)
      return violations.flatMap(({ id, nodes }: { id: string; nodes: { html: string }[] }) =>
        nodes.map(({ html }) => `${id}: ${html}`),
      )
    })
  }

  const at = (path: string): string => `${stage.product.origin}/console/stepping-stones/catalogue${path}`
  const saved = (page: Page) =>
    page
      .locator('.keeping')
      .getByText(/^Saved/)
      .waitFor()
  /** The words of the preview's widget, which stand in its shadow root. */
  const shownIn = (page: Page) =>
    page.frameLocator('iframe[title="Preview of your pages"]').locator('outreach-package-picker')

  it('somebody who never saw JSON raises every price, adds Gold, sees the effect, schedules it and takes it back', async () => {
    const { context, page, wrong } = await sitDown('editor')
    await page.goto(at(''))
    await page.getByRole('link', { name: 'Make next year’s catalogue' }).click()
    await page.getByLabel('By how many percent?').fill('3')
    await page.getByText('2025-26: Outreach support, April 2025 to March 2026').waitFor()
    await page.getByRole('button', { name: 'Make the draft' }).click()
    await page.getByRole('heading', { name: 'Texts to read again' }).waitFor()
    await page.getByRole('link', { name: 'Introduction', exact: true }).click()
    await page.getByLabel('Introduction').fill('Start with the universal support offer. Then add what you need.')
    await page.getByRole('link', { name: 'Offers', exact: true }).click()
    await page.getByRole('button', { name: 'Add an offer' }).click()
    await page.getByLabel('What is it called?').fill('Gold package')
    await page.getByLabel('What is it, in a sentence?').fill('Twenty-four hours from a specialist teacher.')
    await page.getByLabel('What does it cost?').fill('1,900')
    await page.getByRole('button', { name: 'Add it' }).click()
    await page.getByRole('heading', { level: 2, name: 'Gold package' }).waitFor()
    await page.getByRole('button', { name: 'Add hours of support' }).click()
    await page.getByLabel('At least').fill('24')
    await page.getByLabel('At most').fill('24')
    await shownIn(page).getByText('24 hours').first().waitFor()
    await shownIn(page).getByText('£1,900').first().waitFor()
    await saved(page)
    await page.getByRole('link', { name: 'Check and publish' }).click()
    await page.getByText('Silver package: £1,000 → £1,030').waitFor()
    await page
      .getByText(/^Gold package is new/)
      .first()
      .waitFor()
    await page.getByRole('row', { name: /A primary school buys Gold package/ }).waitFor()
    await page.getByText('What the last year’s orders would cost').waitFor()
    await page.getByLabel('From a day on').check()
    await page.getByLabel('The first day').fill('2025-04-01')
    // What a referral costs is said in sentences too, and those are nobody's to rewrite but the editor's.
    const warnings = page.locator('input[name=warning]')
    await page
      .getByText(/£1,000 is no price of this catalogue/)
      .first()
      .waitFor()
    for (const box of await warnings.all()) await box.check()
    await page.getByRole('button', { name: 'Schedule' }).click()
    await page.getByText('2025-26, version 1, counts from 1 April 2025').waitFor()
    deepEqual(await findings(page), [])
    await page.getByRole('button', { name: 'Take it back' }).click()
    await page.getByRole('heading', { name: 'Taken back' }).waitFor()
    await page.getByRole('link', { name: 'Go to the catalogues' }).click()
    await page
      .getByRole('row', { name: /Taken back/ })
      .first()
      .waitFor()
    deepEqual(wrong, [])
    await context.close()
  })

  it('changes a price, takes it back and publishes the draft’s check by keyboard alone', async () => {
    const { context, page, wrong } = await sitDown('editor')
    const id = await draftOf(page)
    await page.goto(at(`/drafts/${id}`))
    await page.getByRole('heading', { level: 2, name: 'Offers' }).waitFor()
    /** Goes on with the Tab key until the focus is on what has that name. */
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; presses < 150; presses += 1) {
        await page.keyboard.press('Tab')
        const focused = await page.evaluate(() => {
          const one = document.activeElement
          const labels =
            one instanceof HTMLInputElement ? [...(one.labels ?? [])].map((label) => label.textContent) : []
          return [one?.getAttribute('aria-label') ?? '', ...labels, one?.textContent ?? '']
            .join(' ')
            .replace(/\s+/g, ' ')
            .trim()
        })
        if (name.test(focused)) return
      }
      throw new Error(`The Tab key never came to ${name}`)
    }
    await tabTo(/^Silver package$/)
    await page.keyboard.press('Enter')
    ok(await comesIntoFocus(page.getByRole('heading', { level: 2, name: 'Silver package' })))
    await tabTo(/^Price$/)
    await page.keyboard.press('Control+A')
    await page.keyboard.type('1,050')
    await shownIn(page).getByText('£1,050').first().waitFor()
    await page.keyboard.press('Control+z')
    await shownIn(page).getByText('£1,000').first().waitFor()
    await page.keyboard.press('Control+Shift+z')
    await shownIn(page).getByText('£1,050').first().waitFor()
    await page.keyboard.press('Control+s')
    await saved(page)
    equal((await keptOf(page, id)).document.offers[2]?.price?.pence, 105_000)
    await page.getByRole('link', { name: 'JSON', exact: true }).focus()
    await page.keyboard.press('Enter')
    const content = page.locator('.cm-content')
    await content.waitFor()
    ok(await comesIntoFocus(content))
    // The cursor stands at the price that one was at in the form.
    await page.keyboard.press('Shift+End')
    await page.keyboard.type('110000')
    await shownIn(page).getByText('£1,100').first().waitFor()
    await page.keyboard.press('Tab')
    ok(!(await content.evaluate((element) => element.matches(':focus'))), 'the JSON lets the Tab key out')
    await page.getByRole('link', { name: 'Form', exact: true }).focus()
    await page.keyboard.press('Enter')
    ok(await comesIntoFocus(page.getByLabel('Price', { exact: true })))
    equal(await page.getByLabel('Price', { exact: true }).inputValue(), '1,100')
    await page.getByRole('link', { name: 'Check and publish' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Silver package: £1,000 → £1,100').waitFor()
    deepEqual(wrong, [])
    await context.close()
  })

  it('a second editor sees the first, gets their changes, and is asked where both changed the same', async () => {
    const [one, other] = await Promise.all([sitDown('owner'), sitDown('editor')])
    const id = await draftOf(one.page)
    await one.page.goto(at(`/drafts/${id}?at=/offers/2`))
    await other.page.goto(at(`/drafts/${id}?at=/offers/1`))
    await one.page.getByLabel('Price', { exact: true }).fill('1,050')
    await saved(one.page)
    await other.page.getByLabel('Price', { exact: true }).fill('700')
    await other.page.getByText('changes came in and are joined with yours').waitFor()
    await other.page.getByText('is editing this too').waitFor()
    await saved(other.page)
    const joined = await keptOf(one.page, id)
    deepEqual([joined.document.offers[1]?.price?.pence, joined.document.offers[2]?.price?.pence], [70_000, 105_000])
    // Both change the same: whoever comes second is asked, and nothing is lost before that.
    await one.page.getByText('changes came in and are joined with yours').waitFor()
    await other.page.getByRole('link', { name: 'Silver package', exact: true }).first().click()
    await one.page.getByLabel('Price', { exact: true }).fill('1,060')
    await one.page.keyboard.press('Control+s')
    await saved(one.page)
    await other.page.getByLabel('Price', { exact: true }).fill('1,070')
    const dialog = other.page.getByRole('dialog')
    await dialog.getByText('Yours: £1,070').waitFor()
    deepEqual(await findings(other.page), [])
    equal((await keptOf(one.page, id)).document.offers[2]?.price?.pence, 106_000)
    await dialog.getByLabel(/£1,060/).check()
    await dialog.getByRole('button', { name: 'Join the changes' }).click()
    await saved(other.page)
    equal(await other.page.getByLabel('Price', { exact: true }).inputValue(), '1,060')
    await Promise.all([one.context.close(), other.context.close()])
  })

  it('a lost connection, a closed tab and an ended session lose nothing', async () => {
    const { context, page } = await sitDown('owner')
    const id = await draftOf(page)
    const address = at(`/drafts/${id}?at=/offers/2`)
    await page.goto(address)
    await page.getByLabel('Price', { exact: true }).waitFor()
    await context.setOffline(true)
    await page.getByLabel('Price', { exact: true }).fill('1,080')
    await page.getByText('No connection. Your changes are kept in this browser.').waitFor()
    await page.close()
    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(address)
    await again.getByText('Your changes that were not saved the last time are back.').waitFor()
    equal(await again.getByLabel('Price', { exact: true }).inputValue(), '1,080')
    await saved(again)
    equal((await keptOf(again, id)).document.offers[2]?.price?.pence, 108_000)
    const cookies = await context.cookies()
    await context.clearCookies()
    await again.getByLabel('Price', { exact: true }).fill('1,090')
    await again.getByRole('dialog', { name: 'Sign in again' }).waitFor()
    await again.getByRole('button', { name: 'Not now' }).click()
    await again.getByText('You are signed out. Your changes are kept in this browser.').waitFor()
    await context.addCookies(cookies)
    await again.locator('.keeping').getByRole('button', { name: 'Sign in' }).click()
    await saved(again)
    equal((await keptOf(again, id)).document.offers[2]?.price?.pence, 109_000)
    await context.close()
  })

  it('shows in the preview what schools will see, and lets nothing out of it', async () => {
    const { context, page, wrong } = await sitDown('editor')
    const id = await draftOf(page)
    const asked: string[] = []
    await page.goto(at(`/drafts/${id}?at=/offers/2`))
    const picker = shownIn(page)
    await picker.getByLabel('Silver package', { exact: true }).fill('1')
    await picker.getByText('£1,550').first().waitFor()
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))
    await page.getByLabel('Price', { exact: true }).fill('1,050')
    await picker.getByText('£1,600').first().waitFor()
    // A mistake leaves what was there, and says so.
    await page.getByLabel('Price', { exact: true }).fill('ten')
    await page.getByText('The draft has a mistake. The preview shows it as it was before.').waitFor()
    await picker.getByText('£1,600').first().waitFor()
    await page.getByRole('button', { name: '1 mistake' }).click()
    await page.getByRole('button', { name: /Silver package/ }).click()
    ok(await comesIntoFocus(page.getByLabel('Price', { exact: true })))
    await page.getByLabel('Price', { exact: true }).fill('1,050')
    await page.getByRole('button', { name: 'Order form' }).click()
    const form = page.frameLocator('iframe[title="Preview of your pages"]').locator('outreach-order-form')
    await form.getByText('Silver package').first().waitFor()
    equal(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('outreach-basket')).length),
      0,
    )
    deepEqual(
      asked.filter((one) => !/^(PUT|POST|GET) \/api\/console\//.test(one) && !/\.(js|css)$/.test(one)),
      [],
    )
    deepEqual(wrong, [])
    await context.close()
  })

  it('brings prices in from any office’s spreadsheet, and refuses what is none', async () => {
    const { context, page, wrong } = await sitDown('editor')
    const id = await draftOf(page)
    await page.goto(at(`/drafts/${id}?step=prices`))
    const field = page.getByLabel('The price list')
    const lines = 'Offer;Price\r\nSilver package;£1,050.00\r\nPlatinum;£9\r\n'
    const texts: [name: string, buffer: Buffer][] = [
      ['utf-8.csv', Buffer.from(lines)],
      ['windows.csv', Buffer.from(lines, 'latin1')],
      ['wide.csv', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines, 'utf16le')])],
      [
        'merged.xlsx',
        await writeExcel([
          [{ value: 'Price list 2025', columnSpan: 2 }, null],
          [{ value: 'Offer' }, { value: 'New price' }],
          [{ value: 'Silver package' }, { value: 1050, type: Number, format: '£#,##0.00' }],
          [{ value: 'Platinum' }, { value: '£9' }],
        ]).toBuffer(),
      ],
    ]
    for (const [name, buffer] of texts) {
      await field.setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
      const row = page.getByRole('row', { name: /^Silver package/ })
      await row.getByText('£1,000', { exact: true }).waitFor()
      match(await row.innerText(), /£1,050/, name)
      await page.getByText('No offer is called this.').waitFor()
    }
    deepEqual(await findings(page), [])
    const refused: [name: string, buffer: Buffer, words: string][] = [
      ['old.xls', Buffer.from('x'), 'Save it as XLSX or CSV'],
      ['broken.xlsx', Buffer.from('not a zip'), 'cannot be read as a spreadsheet'],
      ['empty.csv', Buffer.from('\n,,\n'), 'There is nothing in this file'],
      ['large.csv', Buffer.alloc(2_000_001, 'x'), 'larger than 2 MB'],
      ['picture.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), 'This is no text'],
    ]
    for (const [name, buffer, words] of refused) {
      await field.setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
      await page.getByText(words).waitFor()
    }
    await field.setInputFiles({ name: 'utf-8.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) })
    await page.getByRole('button', { name: 'Change one price' }).click()
    ok(await comesIntoFocus(page.getByRole('heading', { name: 'One price is changed' })))
    await saved(page)
    equal((await keptOf(page, id)).document.offers[2]?.price?.pence, 105_000)
    deepEqual(wrong, [])
    await context.close()
  })

  for (const width of [360, 1280])
    it(`stands on a screen of ${width} pixels without sideways scrolling, and axe finds nothing`, async () => {
      const { context, page, wrong } = await sitDown('owner', width)
      const id = await draftOf(page)
      const places: [path: string, heading: string | RegExp][] = [
        ['', 'Catalogue'],
        ['/next-year', 'Make next year’s catalogue'],
        ['/import', 'Import a catalogue'],
        ['/2024-25/1', '2024-25, version 1'],
        [`/drafts/${id}`, 'Offers'],
        [`/drafts/${id}?at=/offers/2`, 'Silver package'],
        [`/drafts/${id}?at=/offers/6`, 'Training'],
        ...['discounts', 'year', 'ordering', 'districts', 'provider', 'menus', 'wording'].map(
          (section): [string, RegExp] => [`/drafts/${id}?at=${section}`, /./],
        ),
        [`/drafts/${id}?view=json`, /./],
        [`/drafts/${id}?step=publish`, 'Check and publish'],
        [`/drafts/${id}?step=raise`, 'Raise prices'],
        [`/drafts/${id}?step=prices`, 'Prices from a spreadsheet'],
        [`/drafts/${id}?step=review`, 'Texts to read again'],
        [`/drafts/${id}?step=discard`, 'Throw this draft away?'],
      ]
      for (const [path, heading] of places) {
        await page.goto(at(path))
        await page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
        if (path.includes('view=json')) await page.locator('.cm-content').waitFor()
        await fits(page, path)
        deepEqual(await findings(page), [], path)
      }
      deepEqual(wrong, [])
      await context.close()
    })
})

/** What these journeys read of a document. */
interface KeptDocument {
  offers: ({ price?: { pence?: number } } | undefined)[]
}
