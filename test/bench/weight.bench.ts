import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { build as bundle, mergeConfig } from 'vite'
import config, { squeeze } from '../../components/vite.config.ts'
import { openBrowser } from '../browser.ts'
import type { Figure } from './figure.ts'
import { brotli, openSite, pageOf, probe, type Site } from './site.ts'
import { kilobytes } from './statistics.ts'

/** What each widget is put on a page for. */
const places: Record<string, string> = {
  'package-picker': 'stepping-stones',
  'training-menu': 'stepping-stones',
  'order-form': 'stepping-stones',
  'cluster-calculator': 'school2school-norfolk',
}

/** How long nothing must be fetched before a page counts as quiet, in milliseconds. */
const IDLE = 400

/** What a page fetched: the product's scripts, and how often it asked the API. */
type Fetched = { scripts: string[]; api: number }

/** Fetches until everything on the page can be used and nothing more is fetched by itself; then, where asked, after a first use. */
async function fetchedBy(
  browser: Browser,
  site: Site,
  body: string,
): Promise<{ unused: Fetched; used: Fetched | undefined }> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const scripts: string[] = []
    let api = 0
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url())
      if (origin !== site.origin) return
      if (pathname.startsWith('/api/')) api += 1
      else scripts.push(pathname)
    })
    await page.addInitScript({ path: probe })
    const script = `<script type="module" src="${site.origin}/outreach.js"></script>`
    await page.goto(site.put('weighed', pageOf(`${script}\n${body}`)))
    await page.evaluate('outreachProbe.usable()')
    await page.waitForTimeout(IDLE)
    const unused = { scripts: [...scripts], api }
    const control = page.locator('outreach-package-picker input:enabled').first()
    if ((await control.count()) === 0) return { unused, used: undefined }
    await control.hover()
    await page.waitForTimeout(IDLE)
    if ((await control.getAttribute('type')) === 'checkbox') await control.click()
    else await control.fill('1')
    await page.locator('outreach-package-picker output').first().waitFor({ timeout: 5_000 })
    await page.waitForTimeout(IDLE)
    return { unused, used: { scripts: [...scripts], api } }
  } finally {
    await context.close()
  }
}

/** Lit, which every widget stands on, bundled and minified as ours are. */
async function floor(): Promise<number> {
  const output = await bundle(
    mergeConfig(config, {
      plugins: [
        {
          name: 'floor',
          resolveId: (id: string) =>
            id === 'virtual:floor' ? fileURLToPath(new URL('floor.js', import.meta.url)) : null,
          load: (id: string) =>
            id.endsWith('/bench/floor.js') ? "export { LitElement, html, css, nothing, adoptStyles } from 'lit'" : null,
        },
        squeeze(),
      ],
      build: { write: false, emptyOutDir: false, rolldownOptions: { input: 'virtual:floor' } },
    }),
  )
  return (Array.isArray(output) ? output : [output])
    .flatMap((one) => ('output' in one ? one.output : []))
    .reduce((sum, one) => sum + (one.type === 'chunk' ? brotli(one.code) : 0), 0)
}

/** What a page weighs, by the files that its widgets really fetch. A KB is 1,000 bytes of brotli. */
export async function bench(): Promise<Figure[]> {
  const site = await openSite()
  const browser = await openBrowser()
  try {
    const least = await floor()
    const weigh = (scripts: Iterable<string>) =>
      [...scripts].reduce((sum, path) => sum + (site.weights.get(path) ?? 0), 0)
    const parts = (scripts: readonly string[]) =>
      scripts
        .map((path) => `${path.replace(/^\/(outreach\/)?|-[\w-]{8}\.js$|\.js$/g, '')} ${kilobytes(weigh([path]))}`)
        .join(' + ')
    const figures: Figure[] = []
    const row = (name: string, scripts: readonly string[], bound?: number): void => {
      const bytes = weigh(new Set(scripts))
      figures.push({
        name,
        figure: `${kilobytes(bytes)} brotli`,
        ...(bound && { bound: `${(bound / 1000).toFixed(1)} KB`, ok: bytes <= bound }),
        floor: `${kilobytes(least)} lit`,
        peers: parts(scripts),
      })
    }

    const tag = (name: string, provider = places[name]) =>
      `<outreach-${name} provider="${provider}"></outreach-${name}>`
    const entry = site.files.find(({ file }) => file === 'outreach.js')
    const offered = Object.keys(places).filter((name) =>
      entry?.dynamicImports.some((file) => file.includes(`/${name}-`)),
    )

    const picker = await fetchedBy(browser, site, tag('package-picker'))
    row('Picker, script tag to usable', picker.unused.scripts, 12_000)
    if (picker.used) row('Picker, after the first choice', picker.used.scripts)
    for (const provider of ['school2school-norfolk', 'bridge', 'sedis', 'golden-hill']) {
      const { unused } = await fetchedBy(browser, site, tag('package-picker', provider))
      if (weigh(unused.scripts) !== weigh(picker.unused.scripts))
        row(`Picker of ${provider}, script tag to usable`, unused.scripts)
    }
    if (offered.includes('order-form')) {
      const both = await fetchedBy(browser, site, tag('package-picker') + tag('order-form'))
      row('Picker and order form on one page, usable', both.unused.scripts, 20_000)
      if (both.used) row('Picker and order form, after the first choice', both.used.scripts)
    }

    // Without what a first use or a submit fetches: the entry, each widget's chunk, and what those cannot run without.
    const needs = (file: string, found = new Set<string>()): Set<string> => {
      if (found.has(file)) return found
      found.add(file)
      for (const next of site.files.find((one) => one.file === file)?.imports ?? []) needs(next, found)
      return found
    }
    const widgets = (entry?.dynamicImports ?? []).filter((file) => offered.some((name) => file.includes(`/${name}-`)))
    const fixed = new Set(['outreach.js', ...widgets.flatMap((file) => [...needs(file)])])
    const asPaths = (names: Iterable<string>) => [...names].map((file) => `/${file}`)
    row(`All ${widgets.length} widgets: entry, their chunks, what those import`, asPaths(fixed), 30_000)
    const later = site.files.filter(({ file }) => file.endsWith('.js') && !fixed.has(file))
    for (const { file } of later)
      row(`Fetched later: ${/\/(.+)-[\w-]{8}\.js$/.exec(file)?.[1] ?? file}`, asPaths([file]))
    const all = await fetchedBy(browser, site, offered.map((name) => tag(name)).join('\n'))
    row('All widgets on one page, usable, as a browser fetched them', all.unused.scripts)

    for (const name of offered) {
      const { unused, used } = name === 'package-picker' ? picker : await fetchedBy(browser, site, tag(name))
      const requests = Math.max(unused.scripts.length, used?.scripts.length ?? 0)
      const after =
        used && used.scripts.length !== unused.scripts.length ? `, ${used.scripts.length} after the first choice` : ''
      figures.push({
        name: `Requests of one ${name}, beside the API’s ${unused.api}`,
        figure: `${unused.scripts.length} until usable${after}`,
        bound: '3',
        ok: requests <= 3,
        peers: requests > 3 ? parts(used?.scripts ?? unused.scripts) : '',
      })
    }
    return figures
  } finally {
    await browser.close()
    await site.stop()
  }
}
