import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, describe, it } from 'node:test'
import type { SiteFiles } from '../../worker/environment.ts'
import { type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'

const SHEET = '.portal{margin:0}$&'

/** The site’s files, of which a test needs one; how often they were asked for is counted. */
function siteWith(answer: () => Response): { site: SiteFiles; asked: string[] } {
  const asked: string[] = []
  const fetch = async (input: string | URL) => {
    asked.push(new URL(String(input)).pathname)
    return answer()
  }
  return { site: { fetch }, asked }
}

let db: D1Database
before(async () => {
  db = await quickDatabase()
})
const visit = (world: World, path: string) => world.ask('GET', path, undefined, { Accept: 'text/html' })
const stylesIn = (text: string) => [...text.matchAll(/<style>([^<]*)<\/style>/g)].map(([, style = '']) => style)

describe('A page’s styles', () => {
  it('stand in the page itself with the provider’s colour, allowed by their hash alone', async () => {
    const { site, asked } = siteWith(() => new Response(SHEET))
    const world = worldOn(db, { ASSETS: site })
    for (const path of [
      '/stepping-stones/packages',
      '/stepping-stones/referral/outreach',
      '/bridge',
      '/',
      '/consent',
    ]) {
      const { text, headers, status } = await visit(world, path)
      equal(status, 200, path)
      const styles = stylesIn(text)
      equal(styles.length, 1, path)
      const [style = ''] = styles
      ok(style.startsWith(SHEET), path)
      equal(
        /:root\{--outreach-colour-brand:#[0-9a-f]{6}\}$/.test(style),
        /^\/(stepping-stones|bridge)/.test(path),
        path,
      )
      doesNotMatch(text, /rel="stylesheet"/, path)
      const hash = createHash('sha256').update(style).digest('base64')
      match(headers.get('Content-Security-Policy') ?? '', /style-src 'self' 'sha256-[^ ;]+';/, path)
      ok(headers.get('Content-Security-Policy')?.includes(`'sha256-${hash}'`), path)
      doesNotMatch(headers.get('Content-Security-Policy') ?? '', /unsafe-inline/)
    }
    // It is read once.
    deepEqual(asked, ['/portal.css'])
  })

  it('stay a link away where they cannot be read, and are asked for again', async () => {
    let works = false
    const answers = () => (works ? new Response(SHEET) : new Response('No', { status: 503 }))
    const { site } = siteWith(answers)
    const world = worldOn(db, { ASSETS: site })
    const linked = await visit(world, '/stepping-stones')
    equal(linked.status, 200)
    deepEqual(stylesIn(linked.text), [])
    match(
      linked.text,
      /<link rel="stylesheet" href="\/portal\.css">\n<link rel="stylesheet" href="\/stepping-stones\/brand\.css">/,
    )
    doesNotMatch(linked.headers.get('Content-Security-Policy') ?? '', /sha256/)
    works = true
    equal(stylesIn((await visit(world, '/stepping-stones')).text).length, 1)
  })

  it('leave what is not found small, and replies that are no page as they are', async () => {
    const { site } = siteWith(() => new Response(SHEET))
    const world = worldOn(db, { ASSETS: site })
    const lost = await visit(world, '/nobody/packages')
    equal(lost.status, 404)
    match(lost.text, /<link rel="stylesheet" href="\/portal\.css">/)
    ok(lost.text.length < 5_000)
    const brand = await visit(world, '/bridge/brand.css')
    match(brand.text, /^:root\{--outreach-colour-brand:#[0-9a-f]{6}\}$/)
    match(brand.headers.get('Content-Type') ?? '', /^text\/css/)
    equal((await world.ask('HEAD', '/stepping-stones')).text, '')
  })
})
