import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { button } from './ordering.ts'
import { openStage, portalAddress, type Stage } from './visit.ts'

/** A price list: a day on which it is shown, each offer with the price that its document gives, and its lengths of training. */
interface PriceList {
  provider: string
  query: Record<string, string>
  offers: Record<string, string>
  training?: Record<string, string>
}

const lancashire2019 = (provider: string, today: string, universal: string): PriceList => ({
  provider,
  query: { catalogue: '2019-20', today },
  offers: {
    'Universal support offer': universal,
    'Silver package': '£900',
    'Gold package': '£1,700',
    Training: '£200–£750',
    'Referral placement': '£2,500 a place',
  },
  training: {
    'Staff meeting, 1 hour': '£200',
    'Staff meeting, 1½ hours': '£250',
    'Twilight, 3 hours': '£350',
    'Half day': '£450',
    'Full day': '£750',
    'Bespoke training': 'Price on request',
  },
})

const priceLists: PriceList[] = [
  {
    provider: 'stepping-stones',
    query: {},
    offers: {
      'Universal support offer': '£550',
      'Bronze package': '£650',
      'Silver package': '£1,000',
      'Silver package top-up': '£550',
      'Parent support package': '£550',
      'Consultancy hours': '£100 an hour',
      Training: '£210–£800',
      'Referral placement': '£3,000 a place',
    },
    training: {
      'Staff meeting, 1 hour': '£210',
      'Staff meeting, 1½ hours': '£325',
      'Twilight, 2 hours': '£375',
      'Half day, 3 hours': '£485',
      'Full day, 6 hours': '£800',
      'Bespoke training': 'Price on request',
    },
  },
  lancashire2019('stepping-stones', '2019-03-31', '£500'),
  lancashire2019('stepping-stones', '2019-04-01', '£750'),
  lancashire2019('golden-hill', '2019-03-31', '£500'),
  lancashire2019('golden-hill', '2019-04-01', '£750'),
  {
    provider: 'school2school-norfolk',
    query: { catalogue: '2015-16', today: '2015-09-15' },
    offers: {
      'Pay as you use': '£50 an hour',
      'Cluster subscription': '£3 for each pupil on roll',
      'Extra hours for clusters': '£45 an hour',
    },
  },
  {
    provider: 'bridge',
    query: { catalogue: '2020-21', today: '2020-09-15' },
    offers: { 'Core inclusion place': 'Free', 'Additional engagement place': 'Price on request' },
  },
  {
    provider: 'sedis',
    query: { catalogue: '2024-25' },
    offers: { 'Enhanced outreach': 'Free', 'Staff training': 'Free', 'Enhanced in-reach': 'Free' },
  },
]

/** The lengths of training of 2019, before and after what the universal offer takes off. */
const reduced: [name: string, before: string, after: string, total: string][] = [
  ['Staff meeting, 1 hour', '£200', '£180', '£680'],
  ['Staff meeting, 1½ hours', '£250', '£225', '£725'],
  ['Twilight, 3 hours', '£350', '£315', '£815'],
  ['Half day', '£450', '£405', '£905'],
  ['Full day', '£750', '£675', '£1,175'],
]

describe('Each provider’s price list on the portal', { concurrency: 2 }, () => {
  let stage: Stage
  before(async () => {
    stage = await openStage()
  })
  after(() => stage?.close())

  const total = (page: Page, text: string): Promise<void> =>
    page.getByRole('status').filter({ hasText: text }).first().waitFor()

  /** The row of an offer, or of a length of training, by its name. */
  const row = (page: Page, name: string): Locator =>
    page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ has: page.getByText(name, { exact: true }) })
      .first()

  for (const [how, script] of [
    ['with JavaScript', true],
    ['without JavaScript', false],
  ] as const) {
    for (const { provider, query, offers, training } of priceLists)
      it(`${provider} ${query.today ?? ''} shows every offer with its price, ${how}`, async () => {
        const { page, wrong } = await stage.visit(portalAddress(stage.product, `${provider}/packages`, query), {
          script,
        })
        const shown = await page.getByRole('heading', { level: 3 }).allInnerTexts()
        deepEqual(
          Object.keys(offers).filter((name) => !shown.includes(name)),
          [],
          `among ${shown}`,
        )
        for (const [name, price] of Object.entries(offers))
          await row(page, name).getByText(price, { exact: true }).first().waitFor()
        const look = async (): Promise<void> => {
          // The day after differs in its prices alone.
          if (query.today !== '2019-04-01') deepEqual(await stage.faults(page), [])
        }
        await look()
        if (training) {
          await page.goto(portalAddress(stage.product, `${provider}/training`, query))
          for (const [name, price] of Object.entries(training))
            await row(page, name).getByText(price, { exact: true }).first().waitFor()
          await look()
        }
        deepEqual(wrong, [])
        await page.context().close()
      })

    for (const [name, pupils, price, hours] of [
      ['999 pupils cost £2,997 and get 100 hours', [333, 333, 333], '£2,997', 'up to 100 hours'],
      ['1,000 pupils cost £3,000 and get 120 hours', [333, 333, 334], '£3,000', 'up to 120 hours'],
    ] as const)
      it(`a Norfolk cluster of ${name}, ${how}`, async () => {
        const query = { catalogue: '2015-16', today: '2015-09-15' }
        const { page, wrong } = await stage.visit(
          portalAddress(stage.product, 'school2school-norfolk/cluster', query),
          { script },
        )
        for (const [index, roll] of pupils.entries()) {
          await page.getByLabel(`Name of school ${index + 1}`, { exact: true }).fill(`School ${'ABC'[index]}`)
          await page.getByLabel(`Pupils on roll, school ${index + 1}`, { exact: true }).fill(String(roll))
        }
        if (!script) await button(page, 'Work out the price').first().click()
        await total(page, price)
        await page.getByText(`${hours} of support`, { exact: true }).waitFor()
        const shares = page.getByRole('table', { name: 'What each school pays' })
        const pence = (text: string): number => Math.round(Number(text.replace(/[£,]/g, '')) * 100)
        const rows: [string, number][] = []
        for (const line of (await shares.getByRole('row').all()).slice(1))
          rows.push([
            await line.getByRole('rowheader').innerText(),
            pence(await line.getByRole('cell').last().innerText()),
          ])
        const sum = rows.pop()
        deepEqual(
          rows,
          pupils.map((roll, index) => [`School ${'ABC'[index]}`, roll * 300]),
        )
        deepEqual(sum, ['Total', rows.reduce((all, [, share]) => all + share, 0)])
        equal(sum?.[1], pence(price))
        deepEqual(await stage.faults(page), [])
        deepEqual(wrong, [])
        await page.context().close()
      })

    for (const provider of ['stepping-stones', 'golden-hill'])
      it(`${provider} trains for 10% less with the universal offer of 2019, before and after, ${how}`, async () => {
        const query = { catalogue: '2019-20', today: '2019-03-31', universal: '1' }
        const { page, wrong } = await stage.visit(portalAddress(stage.product, `${provider}/training`, query), {
          script,
        })
        for (const [name, full, less, sum] of reduced) {
          const length = row(page, name)
          await length.locator('s', { hasText: full }).waitFor()
          await length.getByText(less, { exact: true }).waitFor()
          await length.getByText('10% off training with the universal offer', { exact: true }).waitFor()
          const quantity = page.getByLabel(name, { exact: true })
          await quantity.fill('1')
          if (!script) await button(page, 'Update the total').click()
          await total(page, sum)
          await quantity.fill('')
          if (!script) await button(page, 'Update the total').click()
        }
        deepEqual(wrong, [])
        await page.context().close()
      })

    it(`an address that leads nowhere is a page that says so, in words, ${how}`, async () => {
      const { page } = await stage.visit('about:blank', { script })
      for (const path of [
        'nobody',
        'nobody/packages',
        'stepping-stones/nowhere',
        'stepping-stones/packages?catalogue=1066',
      ]) {
        const reply = await page.goto(`${stage.product.origin}/${path}`)
        equal(reply?.status(), 404, path)
        match(reply?.headers()['content-type'] ?? '', /^text\/html/)
        await page.getByRole('heading', { name: 'Page not found', level: 1 }).waitFor()
        await page.getByText('Check the address, or go to the list of providers.').waitFor()
        if (path === 'nobody') deepEqual(await stage.faults(page), [])
        ok(((await reply?.body())?.length ?? 0) < 5_000, 'the page weighs too much')
        await page.getByRole('main').getByRole('link', { name: 'All providers' }).click()
        await page.getByRole('link', { name: 'Golden Hill (Short Stay) School' }).waitFor()
      }
      await page.context().close()
    })
  }
})
