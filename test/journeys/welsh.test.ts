import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { button, heading } from './ordering.ts'
import { fits, lettersAbout, openStage, portalAddress, type Stage } from './visit.ts'

/** Every page of the portal, with a list in its address where it takes one. */
const pages = [
  '?lang=cy',
  'stepping-stones?lang=cy',
  'stepping-stones/packages?lang=cy&silver=1&silver-top-up=1',
  'stepping-stones/training?lang=cy&training.twilight=1',
  'stepping-stones/referral?lang=cy',
  'stepping-stones/order?lang=cy&silver=1&training.twilight=1',
  'school2school-norfolk/cluster?lang=cy&today=2015-10-01&school=A|100&school=B|200',
]

describe('A Welsh visitor', { concurrency: 2 }, () => {
  let stage: Stage
  before(async () => {
    stage = await openStage()
  })
  after(() => stage?.close())

  it('reads every page in Welsh, with a script and without, on the smallest screen', async () => {
    for (const script of [true, false])
      for (const address of pages) {
        const { page, wrong } = await stage.visit(`${stage.product.origin}/${address}`, { width: 320, script })
        const where = `${address} ${script ? 'with' : 'without'} a script`
        if (script && /packages|training|order|cluster/.test(address))
          await page.locator('[class="h2"]:visible').first().waitFor()
        equal(await page.locator('html').getAttribute('lang'), 'cy', where)
        const said = await page.locator('body').innerText()
        const english =
          /\b(Your list|Total|What you get|Pupils on roll|Continue|How many|Packages and prices|Contact)\b/
        equal(english.exec(said)?.[0], undefined, where)
        await fits(page, where)
        deepEqual(await stage.faults(page), [], where)
        deepEqual(wrong, [], where)
        await page.context().close()
      }
  })

  it('places an order in Welsh without a script, and the letters are in English', async () => {
    const address = portalAddress(stage.product, 'stepping-stones/packages', { lang: 'cy', silver: '1' })
    const { page, wrong } = await stage.visit(address, { script: false })
    await button(page, 'Ymlaen i’r archeb').click()
    await heading(page, 'Eich rhestr')
    await button(page, 'Parhau').click()
    await heading(page, 'Eich ysgol')
    await button(page, 'Parhau').click()
    await page.getByRole('link', { name: 'Rhowch enw’r ysgol' }).waitFor()
    match(await page.title(), /^Mae problem wedi codi: Eich ysgol/)
    const email = `cymraeg-${process.pid}@ysgol.example`
    await page.getByLabel('Enw’r ysgol').fill('Ysgol y Bont')
    await page.getByLabel('Ardal 1', { exact: true }).check()
    await button(page, 'Parhau').click()
    await page.getByLabel('Eich enw').fill('Ann Esiampl')
    await page.getByLabel('Eich cyfeiriad e-bost').fill(email)
    await button(page, 'Parhau').click()
    await page.getByLabel('Invoice').check()
    await button(page, 'Parhau').click()
    await page.getByLabel('Fi sy’n llofnodi dros yr ysgol').check()
    await button(page, 'Parhau').click()
    await heading(page, 'Gwirio eich atebion')
    await fits(page, 'the check')
    await button(page, 'Gosod yr archeb').click()
    await heading(page, 'Mae eich archeb wedi’i gosod')
    equal(await page.locator('html').getAttribute('lang'), 'cy')
    const reference = await page.locator('.reference').innerText()
    const letters = await lettersAbout(stage.product, reference, 1)
    ok(letters.some(({ to, text }) => to === email && /\byour order\b/i.test(text)))
    deepEqual(wrong, [])
  })

  it('changes language on any page and keeps the list, the year and the day', async () => {
    const query = { lang: 'cy', silver: '2', holds: 'universal', catalogue: '2024-25', today: '2024-10-01' }
    const { page } = await stage.visit(portalAddress(stage.product, 'stepping-stones/packages', query))
    await page.getByText('£2,000', { exact: true }).first().waitFor()
    await page.getByRole('link', { name: 'English', exact: true }).click()
    await page.getByRole('group', { name: 'Your list' }).waitFor()
    equal(await page.locator('html').getAttribute('lang'), 'en-GB')
    await page.getByText('£2,000', { exact: true }).first().waitFor()
    match(page.url(), /catalogue=2024-25&today=2024-10-01$/)
    const welsh = page.getByRole('link', { name: 'Cymraeg', exact: true })
    deepEqual([await welsh.getAttribute('lang'), await welsh.getAttribute('hreflang')], ['cy', 'cy'])
    await welsh.click()
    await page.getByRole('group', { name: 'Eich rhestr' }).waitFor()
    // Every link leads on in Welsh.
    const links = await page
      .locator('header nav a, .breadcrumb a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''))
    deepEqual(
      links.filter((href) => !href.includes('lang=cy')),
      [],
    )
  })

  it('is never answered in another visitor’s language', async () => {
    const ask = async (lang: string) => {
      const reply = await fetch(`${stage.product.origin}/stepping-stones/order?silver=1&lang=${lang}`)
      return (await reply.text()).includes(lang === 'cy' ? 'Eich rhestr' : 'Your list')
    }
    const asked = Array.from({ length: 24 }, (_, place) => ask(place % 2 ? 'cy' : 'en'))
    deepEqual(new Set(await Promise.all(asked)), new Set([true]))
  })

  it('is told in Welsh that there is no such page', async () => {
    const reply = await fetch(`${stage.product.origin}/nobody?lang=cy`, { headers: { Accept: 'text/html' } })
    equal(reply.status, 404)
    match(await reply.text(), /<html lang="cy">[\s\S]*Ni ddaethpwyd o hyd i’r dudalen/)
  })

  it('fetches Welsh in one more file, which an English page does not ask for', async () => {
    const scripts = async (lang: string) => {
      const { page } = await stage.visit('about:blank')
      const asked: string[] = []
      page.on('request', (request) => {
        if (request.resourceType() === 'script') asked.push(new URL(request.url()).pathname)
      })
      await page.goto(portalAddress(stage.product, 'stepping-stones/packages', { lang }), { waitUntil: 'networkidle' })
      return asked.filter((path) => /\/cy-/.test(path)).length
    }
    equal(await scripts('en'), 0)
    equal(await scripts('cy'), 1)
  })
})
