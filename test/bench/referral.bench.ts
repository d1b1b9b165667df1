import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { portalStyle } from '../../components/build.ts'
import { draftPage } from '../../worker/pages/referral-pages.ts'
import { withStyle } from '../../worker/portal/styles.ts'
import { openBrowser } from '../browser.ts'
import type { Figure } from './figure.ts'
import { nextPage, SLOWED, visit } from './page.bench.ts'
import { openSite, pageOf, type Site } from './site.ts'
import { kilobytes, median, written } from './statistics.ts'

const RUNS = 9
const MOST = 1.5
const shipped = fileURLToPath(new URL('../../catalogue/providers/stepping-stones-2024-25.json', import.meta.url))

/** The referral form's first page and a part's on the portal, and the first page on a school's own, each beside the same form as plain HTML. */
export async function bench(): Promise<Figure[]> {
  const site = await openSite()
  const browser = await openBrowser()
  try {
    const styles = `<style>${await portalStyle()}</style>`
    const start = formIn(await site.get('/stepping-stones/referral/outreach'))
    const link = `<a href="${site.origin}/stepping-stones/referral">Refer a pupil</a>`
    const script = `<script type="module" src="${site.origin}/outreach.js"></script>`
    const widget = `<outreach-referral-form provider="stepping-stones" pathway="outreach">${link}</outreach-referral-form>`
    // On the portal as they are, with their scripts: the first page’s takes over once it is there, and the parts have none.
    const onPortal = (page: string) =>
      page
        .replaceAll(/(href|src)="\/(?!\/)/g, `$1="${site.origin}/`)
        .replace(/<outreach-referral-form(?=[ >])/, '<outreach-referral-form data-plain')
    const first = await site.get('/stepping-stones/referral/outreach')
    const part = withStyle(await partPage(), await portalStyle())
    return [
      await figure(
        browser,
        site,
        'Referral form’s first page on the portal',
        pageOf(plain(start), styles),
        onPortal(first),
      ),
      await figure(browser, site, 'Referral’s part on the portal', pageOf(plain(formIn(part)), styles), onPortal(part)),
      await figure(
        browser,
        site,
        'Referral form’s next page on a school’s, from the press,',
        pageOf(plain(start), styles),
        pageOf(widget, script),
        (address) => nextPage(browser, address, 'button[name=step][value=next]'),
      ),
      {
        ...(await figure(
          browser,
          site,
          'Referral form’s first page on a school’s',
          pageOf(plain(start), styles),
          pageOf(widget, script),
        )),
        peers: await leastOfAScript(browser, site),
      },
    ]
  } finally {
    await browser.close()
    await site.stop()
  }
}

/** What one script tag costs at the least: a page that asks for nothing twice, one after the other as for a script and then for its data, before it shows a field. */
async function leastOfAScript(browser: Browser, site: Site): Promise<string> {
  const nothing = `${site.origin}/bridge/brand.css`
  const address = site.put(
    'least',
    pageOf(
      '<outreach-referral-form data-plain></outreach-referral-form>',
      `<script type="module">
        for (const turn of [1, 2]) await fetch('${nothing}?' + turn, { mode: 'no-cors' })
        document.querySelector('[data-plain]').innerHTML = '<input>'
      </script>`,
    ),
  )
  const times: number[] = []
  for (let run = 0; run < RUNS; run += 1) times.push((await visit(browser, address)).rendered)
  return `two empty round trips ${written(median(times), 0, 'ms')}`
}

/** Two pages’ times beside each other, each visited as often, in turns. */
async function figure(
  browser: Browser,
  site: Site,
  name: string,
  html: string,
  ours: string,
  timeOf: (address: string) => Promise<number> = async (address) => (await visit(browser, address)).rendered,
): Promise<Figure> {
  const plain = site.put(`${name.length}-plain`, html)
  const own = site.put(`${name.length}-ours`, ours)
  const times: Record<'plain' | 'own', number[]> = { plain: [], own: [] }
  for (let run = 0; run < RUNS; run += 1) {
    const turns = [
      async () => times.plain.push((await visit(browser, plain)).rendered),
      async () => times.own.push(await timeOf(own)),
    ]
    for (const turn of run % 2 ? turns.reverse() : turns) await turn()
  }
  return figureOf(name, html, median(times.plain), median(times.own))
}

function figureOf(name: string, html: string, floor: number, own: number): Figure {
  return {
    name: `${name} rendered, ${SLOWED} × slowed, slow 4G`,
    figure: `${(own / floor).toFixed(2)} × (${written(own, 0, 'ms')})`,
    floor: `plain HTML ${written(floor, 0, 'ms')}, ${kilobytes(Buffer.byteLength(html))} before compression`,
    bound: `${MOST.toFixed(2)} ×`,
    ok: own / floor <= MOST,
  }
}

function plain(form: string): string {
  return `<outreach-referral-form data-plain>${form}</outreach-referral-form>`
}

function formIn(page: string): string {
  const form = /<outreach-referral-form[^>]*>([\s\S]*)<\/outreach-referral-form>/.exec(page)?.[1]
  if (!form) throw new Error('The portal’s page has no form')
  return form
}

/** A part's page of a draft, as the worker sends it. */
async function partPage(): Promise<string> {
  const document = JSON.parse(await readFile(shipped, 'utf8'))
  const [pathway] = document.pathways
  const draft = {
    ...{ id: 'draft', provider: 'stepping-stones', pathway: pathway.id, catalogue: document.catalogue, version: 1 },
    ...{ status: 'draft' as const, as: 'referrer' as const, email: 'senco@school.example', only: [], parts: {} },
    ...{ colleagues: [], keptUntil: '2024-10-09' },
  }
  const visitor = { language: 'en' as const }
  return draftPage({ visitor, document, version: 1, pathway, draft, today: '2024-09-10' }, 'part.worries')
}
