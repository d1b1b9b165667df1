import type { Browser, CDPSession, Page } from 'playwright-core'
import { portalStyle } from '../../components/build.ts'
import { openBrowser } from '../browser.ts'
import type { Figure } from './figure.ts'
import { brotli, openSite, pageOf, probe, type Site } from './site.ts'
import { kilobytes, median, written } from './statistics.ts'

const RUNS = 9
const MOUNTS = 10
/** Slow 4G: a wait of 150 ms for each request, and 1.44 Mbit/s. */
const slow4G = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6e6 * 0.9) / 8,
  uploadThroughput: (750e3 * 0.9) / 8,
}
export const SLOWED = 4

/** What one visit of a page came to; times in milliseconds. */
export type Visit = {
  rendered: number
  processor: number
  /** What long tasks took beyond 50 ms, all together. */
  blocking: number
  /** The longest task that began once our script was there; of the whole visit on a page without it. */
  longest: number
  heap: number
}

/** The package picker on a school's page beside plain HTML: the same form as the worker renders it, its styles in the page, no script. */
export async function bench(): Promise<Figure[]> {
  const site = await openSite()
  const browser = await openBrowser()
  try {
    const portal = await site.get('/stepping-stones/packages')
    const form = /<outreach-package-picker[^>]*>([\s\S]*)<\/outreach-package-picker>/.exec(portal)?.[1]
    if (!form) throw new Error('The portal’s page has no picker')
    const plain = pageOf(
      `<outreach-package-picker data-plain>${form}</outreach-package-picker>`,
      `<style>${await portalStyle()}</style>`,
    )
    const link = `<a href="${site.origin}/stepping-stones/packages">See packages and prices</a>`
    const script = `<script type="module" src="${site.origin}/outreach.js"></script>`
    const widget = `<outreach-package-picker provider="stepping-stones">${link}</outreach-package-picker>`
    const ours = pageOf(widget, script)
    const hinted = pageOf(
      widget,
      `${script}\n${site.files
        .filter(({ file }) => /\/(package-picker|reasons|shared)-/.test(file))
        .map(({ file }) => `<link rel="modulepreload" href="${site.origin}/${file}">`)
        .join('\n')}`,
    )
    const addresses = {
      plain: site.put('plain', plain),
      ours: site.put('ours', ours),
      hinted: site.put('hinted', hinted),
    }
    type Name = keyof typeof addresses
    const names = Object.keys(addresses) as Name[]
    const visits: Record<Name, Visit[]> = { plain: [], ours: [], hinted: [] }
    for (let run = 0; run < RUNS; run += 1)
      for (const index of names.keys()) {
        const name = names[(index + run) % names.length] ?? 'plain'
        visits[name].push(await visit(browser, addresses[name]))
      }
    const of = (name: Name, what: keyof Visit) => median(visits[name].map((one) => one[what]))
    const times = (name: Name, what: keyof Visit) => of(name, what) / of('plain', what)
    const heap = (of('ours', 'heap') - of('plain', 'heap')) / 1024
    const longest = visits.ours.map((one) => one.longest)
    const shifts = await shiftsOf(browser, site, script, widget)
    return [
      {
        name: `Picker’s page rendered, ${SLOWED} × slowed, slow 4G`,
        figure: `${times('ours', 'rendered').toFixed(2)} × (${written(of('ours', 'rendered'), 0, 'ms')})`,
        floor: `plain HTML ${written(of('plain', 'rendered'), 0, 'ms')}, ${kilobytes(brotli(plain))}`,
        peers: `with modulepreload hints in the page ${times('hinted', 'rendered').toFixed(2)} × (${written(of('hinted', 'rendered'), 0, 'ms')})`,
        bound: '1.10 ×',
        ok: times('ours', 'rendered') <= 1.1,
      },
      {
        name: 'Picker’s page, processor',
        figure: `${times('ours', 'processor').toFixed(2)} × (${written(of('ours', 'processor'), 0, 'ms')})`,
        floor: `plain HTML ${written(of('plain', 'processor'), 0, 'ms')}`,
        bound: '1.50 ×',
        ok: times('ours', 'processor') <= 1.5,
      },
      {
        name: `Picker’s longest task, ${SLOWED} × slowed`,
        figure: `${written(of('ours', 'longest'), 0, 'ms')} median, ${written(Math.min(...longest), 0, 'ms')} least, ${written(Math.max(...longest), 0, 'ms')} most`,
        floor: `plain HTML ${written(of('plain', 'longest'), 0, 'ms')}`,
        peers: `blocking ${written(of('ours', 'blocking'), 0, 'ms')}, plain HTML ${written(of('plain', 'blocking'), 0, 'ms')}`,
        bound: '50 ms',
        ok: of('ours', 'longest') <= 50,
      },
      {
        name: 'Picker’s page, memory beyond plain HTML’s',
        figure: written(heap, 0, 'KiB'),
        floor: `plain HTML ${written(of('plain', 'heap') / 1024, 0, 'KiB')}`,
        bound: '500 KiB',
        ok: heap <= 500,
      },
      {
        name: 'Layout shift where the page reserves the height',
        figure: shifts.reserved.toFixed(4),
        bound: '0',
        ok: shifts.reserved === 0,
      },
      {
        name: 'Layout shift where it does not',
        figure: shifts.free.toFixed(4),
        bound: '0.1',
        ok: shifts.free <= 0.1,
      },
      await mountsFigure(browser, site, script),
    ]
  } finally {
    await browser.close()
    await site.stop()
  }
}

async function slow(client: CDPSession): Promise<void> {
  await client.send('Network.enable')
  await client.send('Network.emulateNetworkConditions', slow4G)
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
}

/** How long a widget's next page takes from the press that leads to it, in milliseconds. */
export async function nextPage(browser: Browser, address: string, selector: string): Promise<number> {
  return onPage(browser, async (page, client) => {
    await slow(client)
    await page.goto(address)
    await page.evaluate('outreachProbe.usable()')
    await page.waitForTimeout(250)
    return page.evaluate<number>(`outreachProbe.nextPage(${JSON.stringify(selector)})`)
  })
}

/** A first visit with nothing in any cache. */
export async function visit(browser: Browser, address: string): Promise<Visit> {
  return onPage(browser, async (page, client) => {
    await slow(client)
    await client.send('Performance.enable')
    await page.goto(address)
    const rendered = await page.evaluate<number>('outreachProbe.usable()')
    await page.waitForTimeout(250)
    const metrics = await metricsOf(client)
    type Task = { startTime: number; duration: number }
    const tasks = await page.evaluate<Task[]>('outreachProbe.longTasks()')
    const arrived = (await page.evaluate<number | null>('outreachProbe.arrived()')) ?? 0
    await client.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    const theirs = Number.isFinite(arrived) ? tasks.filter(({ startTime }) => startTime >= arrived) : tasks
    return {
      rendered,
      processor: (metrics.get('TaskDuration') ?? 0) * 1000,
      blocking: tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
      longest: Math.max(0, ...theirs.map(({ duration }) => duration)),
      heap: await heapOf(client),
    }
  })
}

async function onPage<Result>(
  browser: Browser,
  work: (page: Page, client: CDPSession) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    await page.addInitScript({ path: probe })
    return await work(page, await context.newCDPSession(page))
  } finally {
    await context.close()
  }
}

async function metricsOf(client: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await client.send('Performance.getMetrics')
  return new Map(metrics.map(({ name, value }) => [name, value]))
}

/** Bytes of JavaScript's memory once the garbage is gone. */
async function heapOf(client: CDPSession): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) await client.send('HeapProfiler.collectGarbage')
  return (await client.send('Runtime.getHeapUsage')).usedSize
}

async function shiftsOf(
  browser: Browser,
  site: Site,
  script: string,
  widget: string,
): Promise<{ reserved: number; free: number }> {
  const after = '<p>What stands below.</p>'.repeat(3)
  const shiftOn = (address: string) =>
    onPage(browser, async (page) => {
      await page.goto(address)
      await page.evaluate('outreachProbe.usable()')
      await page.waitForTimeout(500)
      return page.evaluate<number>('outreachProbe.shift()')
    })
  const reserve = '<style>outreach-package-picker { display: block; min-height: 2600px }</style>'
  return {
    reserved: await shiftOn(site.put('reserved', pageOf(widget + after, script + reserve))),
    free: await shiftOn(site.put('free', pageOf(widget + after, script))),
  }
}

/** A page that puts the widget on and takes it off, as a site with one long-lived page does. */
async function mountsFigure(browser: Browser, site: Site, script: string): Promise<Figure> {
  return onPage(browser, async (page, client) => {
    await client.send('Performance.enable')
    await page.goto(site.put('mounts', pageOf('', script)))
    await page.evaluate(`void (window.outreachOrigin = ${JSON.stringify(site.origin)})`)
    const mounts = async (times: number) => {
      for (let turn = 0; turn < times; turn += 1)
        await page.evaluate("outreachProbe.mountAndRemove('outreach-package-picker', 'stepping-stones')")
      const heap = await heapOf(client)
      const metrics = await metricsOf(client)
      return { heap, nodes: metrics.get('Nodes') ?? 0, listeners: metrics.get('JSEventListeners') ?? 0 }
    }
    // The engine has its own to remember of code that runs for the first few times.
    const first = await mounts(MOUNTS)
    const last = await mounts(MOUNTS)
    const more = {
      heap: last.heap - first.heap,
      nodes: last.nodes - first.nodes,
      listeners: last.listeners - first.listeners,
    }
    return {
      name: `Memory after ${MOUNTS} more mounts`,
      figure: `${written(more.heap / 1024, 0, 'KiB')}, ${more.nodes} nodes, ${more.listeners} listeners more`,
      floor: `${written(first.heap / 1024, 0, 'KiB')}, ${first.nodes} nodes, ${first.listeners} listeners before`,
      bound: 'flat (32 KiB, 0 nodes, 0 listeners)',
      ok: more.heap <= 32 * 1024 && more.nodes <= 0 && more.listeners <= 0,
    }
  })
}
