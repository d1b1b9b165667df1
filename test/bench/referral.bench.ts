import { equal, ok } from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { portalStyle } from '../../components/build.ts'
import { openBrowser } from '../browser.ts'
import { openWorld, type World } from '../worker/harness.ts'
import { declared, filledReferral, lettersOf, SAMPLE } from '../worker/referring.ts'
import type { Figure } from './figure.ts'
import { nextPage, SLOWED, visit } from './page.bench.ts'
import { openSite, pageOf, type Site } from './site.ts'
import { kilobytes, median, written } from './statistics.ts'

const RUNS = 9
const MOST = 1.5
const PROVIDER = 'stepping-stones'

/** The pages of a referral and of a consent on the portal, and the form's first page on a school's own, each beside the same as plain HTML. */
export async function bench(): Promise<Figure[]> {
  const site = await openSite()
  const browser = await openBrowser()
  const sheet = await portalStyle()
  const world = await openWorld({ ASSETS: { fetch: async () => new Response(sheet) } })
  try {
    const styles = `<style>${sheet}</style>`
    const pages = await portalPages(world)
    const beside = (page: string) => pageOf(plain(formIn(page)), styles)
    const start = beside(pages['Referral form’s first page'] ?? '')
    const figures: Figure[] = []
    for (const [name, page] of Object.entries(pages))
      figures.push(await figure(browser, site, `${name} on the portal`, beside(page), onPortal(page, site)))

    const link = `<a href="${site.origin}/${PROVIDER}/referral">Refer a pupil</a>`
    const script = `<script type="module" src="${site.origin}/outreach.js"></script>`
    const widget = `<outreach-referral-form provider="${PROVIDER}" pathway="outreach">${link}</outreach-referral-form>`
    const onSite = pageOf(widget, script)
    const next = 'Referral form’s next page on a school’s, from the press,'
    const first = 'Referral form’s first page on a school’s'
    return [
      ...figures,
      await figure(browser, site, next, start, onSite, (address) =>
        nextPage(browser, address, 'button[name=step][value=next]'),
      ),
      { ...(await figure(browser, site, first, start, onSite)), peers: await leastOfAScript(browser, site) },
    ]
  } finally {
    await Promise.all([browser.close(), world.stop()])
    await site.stop()
  }
}

/** The pages that a school and a family see on the way, as the worker sends them: by name, from a referral that is really made. */
async function portalPages(world: World): Promise<Record<string, string>> {
  const draft = await filledReferral(world, { provider: PROVIDER, pathway: 'outreach' })
  const { id, key, pathway, today, headers, answers } = draft
  const page = async (path: string, cookie = '') => {
    const heard = await world.ask('GET', `${path}?today=${today}`, undefined, { Cookie: cookie })
    equal(heard.status, 200, `${path}: ${heard.text.slice(0, 200)}`)
    return heard.text
  }
  const school = (path: string) => page(`/${PROVIDER}/referrals/${id}${path}`, `__Host-r-${id}=${key}`)
  const drafted = {
    'Referral form’s first page': await page(`/${PROVIDER}/referral/${pathway.id}`),
    'Referral’s list of parts': await school(''),
    'Referral’s part': await school('/parts/worries'),
    'Referral’s answers to check': await school('/check'),
    'Referral’s confirming': await school('/send'),
  }
  const sent = await world.ask('POST', `/api/referrals/${id}/send`, declared(draft), headers)
  equal(sent.status, 201, sent.text)
  const letters = await lettersOf(world, id)
  const link = letters.find(({ to }) => to === SAMPLE['carer.email'])?.links.find((one) => one.includes('/consent/'))
  ok(link, 'no link came to the carer')
  const door = new URL(link).pathname
  const born = /^(?<year>\d+)-(?<month>\d+)-(?<day>\d+)$/.exec(String(answers.pupil?.born))?.groups ?? {}
  const entered = await world.ask('POST', `${door}?today=${today}`, new URLSearchParams(born).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    Origin: 'http://localhost',
    'Sec-Fetch-Site': 'same-origin',
  })
  equal(entered.status, 303, entered.text.slice(0, 300))
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return {
    ...drafted,
    'School’s page': await school('/progress'),
    'Consent’s door': await page(door),
    'Consent’s page': await page(new URL(entered.headers.get('Location') ?? '', 'http://localhost').pathname, cookie),
  }
}

/** A page as it is, with its scripts: the first page's takes over once it is there, and the others have none. */
function onPortal(page: string, { origin }: Site): string {
  return page
    .replaceAll(/(href|src)="\/(?!\/)/g, `$1="${origin}/`)
    .replace(/<outreach-(?:referral|consent)-form(?=[ >])/, '$& data-plain')
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
  const form = /<outreach-(?:referral|consent)-form[^>]*>([\s\S]*)<\/outreach-(?:referral|consent)-form>/.exec(
    page,
  )?.[1]
  if (!form) throw new Error('The portal’s page has no form')
  return form
}
