import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openWorld, type World } from './harness.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const page = async (path: string): Promise<string> =>
  (await world.send(new Request(`http://localhost${path}`, { headers: { Accept: 'text/html' } }))).text
const linksOf = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'))

describe('The portal’s links', () => {
  it('carry the day and the language from the list of providers on', async () => {
    assert.ok(linksOf(await page('/?today=2019-03-20')).includes('/stepping-stones?today=2019-03-20'))
    const welsh = linksOf(await page('/?today=2019-03-20&lang=cy'))
    assert.ok(welsh.includes('/stepping-stones?today=2019-03-20&lang=cy'), welsh.join(' '))
    assert.ok(welsh.includes('?today=2019-03-20&lang=en'), welsh.join(' '))
    assert.ok(linksOf(await page('/')).includes('/stepping-stones'))
  })

  it('carry them back to the list, from a page and from trouble', async () => {
    for (const path of ['/stepping-stones/packages', '/stepping-stones/referral', '/stepping-stones/nothing'])
      assert.ok(linksOf(await page(`${path}?today=2019-03-20`)).includes('/?today=2019-03-20'), path)
    assert.ok(
      linksOf(await page('/golden-hill/packages?catalogue=2019-20&today=2019-03-20&lang=cy')).includes(
        '/?today=2019-03-20&lang=cy',
      ),
    )
  })

  it('carry no day in production', async () => {
    world.env.ENVIRONMENT = 'production'
    const links = linksOf(await page('/?today=2019-03-20'))
    world.env.ENVIRONMENT = 'development'
    assert.ok(links.includes('/stepping-stones'), links.join(' '))
  })
})

describe('The portal’s page for places', () => {
  const said = async (path: string) => (await page(path)).replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')
  it('states what each place costs, and when it is charged', async () => {
    const stones = await said('/stepping-stones/referral')
    assert.match(stones, /£3,000 for a twelve-week place, charged only if a place is given/)
    assert.match(stones, /Choose what you ask for/)
    assert.match(await said('/golden-hill/referral'), /£2,500 for a twelve-week place/)
    assert.match(await said('/bridge/referral'), / Free .* Price on request /)
    assert.match(await said('/sedis/referral'), / Free /)
    for (const provider of ['golden-hill', 'school2school-norfolk'])
      assert.match(
        await page(`/${provider}/referral`),
        /<h1>Refer a pupil<\/h1>/,
        'It may be support that is asked for.',
      )
    assert.match(await page('/sedis/referral?lang=cy'), /<h1>Atgyfeirio disgybl<\/h1>/)
    assert.match(await said('/stepping-stones/referral?lang=cy'), /£3,000 am le am 12 wythnos/)
  })
})
