import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import { signInAddress, startOwnProduct } from '../product.ts'
import type { Figure } from './figure.ts'
import { median, written } from './statistics.ts'

const PROVIDER = 'stepping-stones'
const KEYS = 30
const FRAME = 1_000 / 60

interface Offer {
  id: string
  name: string
  askedBy?: string
  requires?: { offer: string }[]
}

/** Milliseconds of each key: until its frame is painted, inside the preview, until the report is on the page. */
interface Times {
  painted: number[]
  preview: number[]
  report: number[]
}

/** The catalogue's editor: what a key in the form costs, with the largest catalogue that ships and with the largest that can be. */
export async function bench(): Promise<Figure[]> {
  const product = await startOwnProduct()
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(await signInAddress(product, `editor@${PROVIDER}.example`))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.waitForURL((url) => url.pathname === `/console/${PROVIDER}`)
    const file = new URL('../../catalogue/providers/stepping-stones-2024-25.json', import.meta.url)
    const shipped: { offers: Offer[]; pathways: { offers: string[] }[] } = JSON.parse(await readFile(file, 'utf8'))
    const offers = offersLike(shipped.offers, 200)
    // A pathway leads to each of them that is asked for by referral, so that there is nothing to warn of.
    const referred = offers.filter(({ askedBy }) => askedBy === 'referral').map(({ id }) => id)
    const largest = { ...shipped, offers, pathways: shipped.pathways.map((one) => ({ ...one, offers: referred })) }
    const figures: Figure[] = []
    for (const [name, document, isPromised] of [
      ['the largest that ships', shipped, true],
      ['200 offers', largest, false],
    ] as const) {
      const draft = await draftOf(page, JSON.stringify(document, null, 2))
      await page.goto(`${product.origin}/console/${PROVIDER}/catalogue/drafts/${draft}?at=/offers/2`)
      const { painted, preview, report } = await typed(page)
      const figure = (times: readonly number[]): string =>
        `${written(median([...times]), 1, 'ms')} median, ${written(Math.max(...times), 1, 'ms')} most`
      figures.push(
        {
          name: `Editor, ${name}: a key until its frame is painted`,
          figure: figure(painted),
          floor: written(FRAME, 1, 'ms'),
        },
        {
          name: `Editor, ${name}: a key’s work in the preview`,
          figure: figure(preview),
          ...(isPromised && { bound: `${written(FRAME, 1, 'ms')} median`, ok: median(preview) <= FRAME }),
        },
        {
          name: `Editor, ${name}: from a key to its report`,
          figure: figure(report),
          bound: '150 ms median',
          ok: median(report) <= 150,
        },
      )
    }
    return figures
  } finally {
    await browser.close()
    await product.stop()
  }
}

/** So many offers like these, each round with ids of its own. */
function offersLike(offers: readonly Offer[], count: number): Offer[] {
  return Array.from({ length: count }, (_, index) => {
    const like = offers[index % offers.length] ?? { id: '', name: '' }
    const round = Math.floor(index / offers.length)
    if (round === 0) return like
    const requires = like.requires?.map((one) =>
      one.offer === 'universal' ? one : { ...one, offer: `${one.offer}-${round}` },
    )
    return { ...like, id: `${like.id}-${round}`, name: `${like.name} ${round}`, ...(requires && { requires }) }
  })
}

async function draftOf(page: Page, text: string): Promise<string> {
  return page.evaluate(
    async ([provider, sent]) => {
      const reply = await fetch(`/api/console/providers/${provider}/drafts`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: sent }),
      })
      return ((await reply.json()) as { id: string }).id
    },
    [PROVIDER, text] as const,
  )
}

/** Types into the price: by turns what is one and what is none, so that each key has a report of its own. */
async function typed(page: Page): Promise<Times> {
  const price = page.locator('[id="/offers/2/price/pence"]')
  await price.waitFor()
  await page.evaluate(await readFile(new URL('editor-probe.mjs', import.meta.url), 'utf8'))
  // The frame and the report have begun, and the code is warm.
  for (let key = 0; key < 6; key += 1) await press(page, key)
  await page.evaluate(() => {
    const times: Times = Reflect.get(globalThis, 'times')
    for (const list of Object.values(times)) list.length = 0
  })
  for (let key = 0; key < KEYS; key += 1) await press(page, key)
  return page.evaluate((): Times => Reflect.get(globalThis, 'times'))

  async function press(on: Page, key: number): Promise<void> {
    const wanted = key % 2 === 0 ? '1 mistake' : 'No mistakes'
    await price.fill(key % 2 === 0 ? '1,05' : '1,050')
    await on.locator('.sides').getByText(wanted).waitFor()
    // A person's keys are further apart than this.
    await on.waitForTimeout(120)
  }
}
