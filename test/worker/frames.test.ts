import { deepEqual, equal, match } from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { originOf } from '../../worker/frames/origin.ts'
import { signIn } from './console.ts'
import { faultsIn, type Heard, openWorld, type World, worldOn } from './harness.ts'

const FRAMES = '/api/console/providers/stepping-stones/frames'

let world: World
let headers: Record<string, string>
before(async () => {
  world = await openWorld()
})
after(() => world.stop())
beforeEach(async () => {
  await world.db.prepare('DELETE FROM frame_origin').run()
  world = { ...worldOn(world.db), stop: world.stop }
  headers = (await signIn(world, { provider: 'stepping-stones', role: 'editor' })).headers
})

/** Who may frame a page, as its policy says. */
const ancestorsIn = ({ headers }: Heard) =>
  /frame-ancestors ([^;]*)/.exec(headers.get('Content-Security-Policy') ?? '')?.[1]
const open = (path: string, through = world) => through.ask('GET', path, undefined, { Accept: 'text/html' })
const put = (origins: unknown) => world.ask('PUT', FRAMES, { origins }, headers)

describe('The websites that may frame a provider’s pages', () => {
  it('are none until somebody says so, then those and no others, on all of its pages and nowhere else', async () => {
    const pages = ['', '/packages', '/training', '/order', '/referral', '/order?catalogue=none']
    for (const page of pages) equal(ancestorsIn(await open(`/stepping-stones${page}`)), "'none'", page)
    const heard = await put([
      'https://www.School.example/',
      ' https://blog.school.example:8443',
      'https://www.school.example',
    ])
    equal(heard.status, 200, heard.text)
    const origins = ['https://blog.school.example:8443', 'https://www.school.example']
    deepEqual(heard.body.origins, origins)
    deepEqual((await world.ask('GET', FRAMES, undefined, headers)).body.origins, origins)
    for (const page of pages) equal(ancestorsIn(await open(`/stepping-stones${page}`)), origins.join(' '), page)
    // A referral’s own pages hold a cookie that no frame is sent, and so leave the frame from the first.
    match(
      (await open('/stepping-stones/referral')).text,
      /<a href="\/stepping-stones\/referral\/outreach" target="_top"/,
    )
    equal(ancestorsIn(await open('/stepping-stones/referral/outreach')), "'none'")
    const posted = await world.ask('POST', '/stepping-stones/order', 'at=school', {
      ...{ Accept: 'text/html', 'Content-Type': 'application/x-www-form-urlencoded' },
    })
    equal(ancestorsIn(posted), origins.join(' '))
    for (const page of ['/', '/golden-hill', '/console/sign-in', '/nobody/packages'])
      equal(ancestorsIn(await open(page)), "'none'", page)
    for (const page of ['/api/providers/stepping-stones/catalogue', FRAMES])
      equal(ancestorsIn(await world.ask('GET', page, undefined, headers)), "'none'", page)
    equal((await put([])).status, 200)
    equal(ancestorsIn(await open('/stepping-stones')), "'none'")
  })

  it('are asked of D1 by no page that is warm, and show elsewhere within a minute', async () => {
    const elsewhere = worldOn(world.db)
    await open('/stepping-stones', elsewhere)
    await put(['https://www.school.example'])
    elsewhere.crossings.roundTrips = 0
    equal(ancestorsIn(await open('/stepping-stones', elsewhere)), "'none'")
    equal(elsewhere.crossings.roundTrips, 0)
    elsewhere.clock.now += 61_000
    equal(ancestorsIn(await open('/stepping-stones', elsewhere)), 'https://www.school.example')
  })

  it('are told of in the record when they change', async () => {
    const told = async () =>
      (await world.db.prepare("SELECT detail FROM record WHERE action = 'frames-changed'").all()).results.length
    const before = await told()
    await put(['https://www.school.example'])
    await put(['https://www.school.example'])
    equal((await told()) - before, 1)
  })

  it('are fifty at most, each named by its address alone, and set by owners and editors', async () => {
    const wrong = await put([
      'https://www.school.example',
      "https://x.example; script-src 'unsafe-inline'",
      'javascript:alert(1)',
    ])
    deepEqual([wrong.status, faultsIn(wrong)], [422, ['/origins/1 invalid', '/origins/2 invalid']])
    equal((await put(Array.from({ length: 51 }, (_, index) => `https://school-${index}.example`))).status, 422)
    for (const body of [undefined, null, 'https://www.school.example', [1], { length: 1 }])
      equal((await put(body)).status, 422)
    deepEqual((await world.ask('GET', FRAMES, undefined, headers)).body.origins, [])
    equal((await put(Array.from({ length: 50 }, (_, index) => `https://school-${index}.example`))).status, 200)
    for (const role of ['coordinator', 'finance', 'viewer'] as const) {
      const other = await signIn(world, { provider: 'stepping-stones', role })
      equal((await world.ask('PUT', FRAMES, { origins: [] }, other.headers)).status, 403)
      equal((await world.ask('GET', FRAMES, undefined, other.headers)).status, 200)
    }
    const stranger = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    equal((await world.ask('PUT', FRAMES, { origins: [] }, stranger.headers)).status, 404)
  })

  it('are websites over https, with a star for a school district’s at most', () => {
    for (const [typed, origin] of [
      ['https://www.school.example', 'https://www.school.example'],
      ['HTTPS://WWW.SCHOOL.EXAMPLE/', 'https://www.school.example'],
      ['https://www.school.example:443', 'https://www.school.example'],
      ['https://www.school.example:8443', 'https://www.school.example:8443'],
      ['https://schüle.example', 'https://xn--schle-mva.example'],
      ['https://*.county.sch.uk', 'https://*.county.sch.uk'],
      ['https://*.school.example', 'https://*.school.example'],
      ['http://localhost:8788', undefined],
      ['http://www.school.example', undefined],
      ['https://www.school.example/outreach', undefined],
      ['https://www.school.example?x', undefined],
      ['https://www.school.example#x', undefined],
      ['https://somebody@www.school.example', undefined],
      ['https://*', undefined],
      ['https://*.example', undefined],
      ['https://*.sch.uk', undefined],
      ['https://*.co.uk', undefined],
      ...[
        'github.io netlify.app vercel.app pages.dev workers.dev web.app firebaseapp.com herokuapp.com azurewebsites.net',
        'cloudfront.net amazonaws.com s3.eu-west-2.amazonaws.com wixsite.com weebly.com wordpress.com blogspot.com',
        'sites.google.com google.com squarespace.com godaddysites.com oak.github.io',
      ]
        .flatMap((hosts) => hosts.split(' '))
        .map((host) => [`https://*.${host}`, undefined] as const),
      ['https://oak.github.io', 'https://oak.github.io'],
      ['https://sites.google.com', 'https://sites.google.com'],
      ['https://*.notgithub.io', 'https://*.notgithub.io'],
      ['https://www.*.example', undefined],
      ['https://school', undefined],
      ['https://127.0.0.1', undefined],
      ['https://[::1]', undefined],
      ["https://www.school.example 'self'", undefined],
      ['https://www.school.example,https://x.example', undefined],
      ['www.school.example', undefined],
      ['*', undefined],
      ["'self'", undefined],
      ['https:', undefined],
      ['https://', undefined],
      ['data:text/html,x', undefined],
      ['a++b://www.school.example', undefined],
      ['a+.*://www.school.example', undefined],
      ['', undefined],
    ] as const)
      equal(originOf(typed, false), origin, typed)
    equal(originOf('http://localhost:8788', true), 'http://localhost:8788')
    equal(originOf('http://localhost.school.example', true), undefined)
    match(originOf(`https://${'a'.repeat(63)}.example`, false) ?? '', /^https/)
    equal(originOf(`https://${'a'.repeat(64)}.example`, false), undefined)
  })
})
