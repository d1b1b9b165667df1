import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { openBrowser } from '../browser.ts'
import type { Figure } from './figure.ts'
import { shippedCatalogues } from './memory-database.ts'
import { openSite, pageOf, probe } from './site.ts'
import { median, written } from './statistics.ts'

const TURNS = 2_000
const KEYS = 40

/** How soon a price is there: a cluster of 500 schools by the rules, a keystroke in the picker on a page. */
export async function bench(): Promise<Figure[]> {
  const norfolk = (await shippedCatalogues()).find(({ provider }) => provider.id === 'school2school-norfolk')
  if (!norfolk) throw new Error('Norfolk’s catalogue does not ship')
  return [clusterFigure(norfolk), ...(await keystrokeFigures())]
}

function clusterFigure(catalogue: Catalogue): Figure {
  const schools = Array.from({ length: 500 }, (_, index) => ({
    name: `School ${index}`,
    pupils: 30 + ((index * 37) % 400),
  }))
  const request = { on: '2015-09-01', buyer: { holds: [], schools }, items: [{ offer: 'cluster', quantity: 1 }] }
  const ours: number[] = []
  const naive: number[] = []
  let sum = 0
  for (let turn = -200; turn < TURNS; turn += 1) {
    const began = performance.now()
    const result = quoteOf(catalogue, request)
    const between = performance.now()
    sum += simplest(schools).length
    const ended = performance.now()
    if (!result.ok || result.quote.shares.length !== 500) throw new Error('The cluster was not priced')
    // The first turns warm the engine up.
    if (turn < 0) continue
    ours.push(between - began)
    naive.push(ended - between)
  }
  if (sum === 0) throw new Error('The naive loop did nothing')
  const figure = median(ours)
  return {
    name: 'A cluster of 500 schools priced, with each school’s share',
    figure: written(figure, 3, 'ms'),
    floor: `${written(median(naive), 3, 'ms')} a loop at £3 a pupil, shares not rounded`,
    bound: '1 ms',
    ok: figure <= 1,
  }
}

/** The least that anybody could write: one price known beforehand, shares that need not sum to the penny. */
function simplest(schools: readonly { name: string; pupils: number }[]): { name: string; pence: number }[] {
  let total = 0
  for (const { pupils } of schools) total += pupils * 300
  const roll = total / 300
  return schools.map(({ name, pupils }) => ({ name, pence: (total * pupils) / roll }))
}

type Keystroke = { dom: number; painted: number; frames: number; total: string }

async function keystrokeFigures(): Promise<Figure[]> {
  const site = await openSite()
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    const client = await page.context().newCDPSession(page)
    await page.addInitScript({ path: probe })
    const script = `<script type="module" src="${site.origin}/outreach.js"></script>`
    const widget = '<outreach-package-picker provider="stepping-stones"></outreach-package-picker>'
    await page.goto(site.put('keystroke', pageOf(`${script}\n${widget}`)))
    await page.evaluate('outreachProbe.usable()')
    const field = page.locator('outreach-package-picker input[inputmode=numeric]').first()
    await field.hover()
    await page.waitForTimeout(400)
    await field.focus()
    const strokes = async (slowed: number): Promise<Keystroke[]> => {
      await client.send('Emulation.setCPUThrottlingRate', { rate: slowed })
      const found: Keystroke[] = []
      for (let stroke = 0; stroke < KEYS; stroke += 1) {
        // One digit takes the other's place: each stroke changes the total.
        await page.evaluate('outreachProbe.control("input[inputmode=numeric]").select()')
        await page.evaluate('void (window.stroke = outreachProbe.nextTotal(outreachProbe.total()))')
        await page.keyboard.press(String(2 + (stroke % 7)))
        const measured = await Promise.race([
          page.evaluate<Keystroke>('window.stroke'),
          new Promise<never>((_, reject) =>
            setTimeout(() => reject(new Error('A keystroke changed no total')), 5_000).unref(),
          ),
        ])
        if (stroke >= 5) found.push(measured)
      }
      return found
    }
    const rows: Figure[] = []
    for (const slowed of [1, 4]) {
      const found = await strokes(slowed)
      const late = found.filter(({ frames }) => frames > 0).length
      const worst = Math.max(...found.map(({ dom }) => dom))
      rows.push({
        name: `A keystroke in the picker to its total, ${slowed === 1 ? 'as it is' : `${slowed} × slowed`}`,
        figure: `${written(median(found.map(({ dom }) => dom)), 2, 'ms')} blocking, ${written(median(found.map(({ painted }) => painted)), 1, 'ms')} to painted`,
        peers: `worst blocking ${written(worst, 1, 'ms')}`,
        bound: 'the same frame',
        ok: late === 0,
        floor: `${late} of ${found.length} came a frame late`,
      })
    }
    return rows
  } finally {
    await browser.close()
    await site.stop()
  }
}
