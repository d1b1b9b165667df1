import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { signIn } from './console.ts'
import { openWorld, type World } from './harness.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const visit = (path: string) => world.send(new Request(`http://localhost${path}`, { headers: { Accept: 'text/html' } }))

describe('The console’s pages', () => {
  it('are one and the same wherever one goes, with nothing of anybody in it', async () => {
    const pages = await Promise.all(
      ['/console', '/console/account', '/console/stepping-stones', '/console/stepping-stones/orders/SS-1'].map(visit),
    )
    for (const { status, text, headers } of pages) {
      equal(status, 200)
      equal(headers.get('Cache-Control'), 'no-store')
      match(text, /<outreach-console development><\/outreach-console>/)
      match(text, /<link rel="preload" as="fetch" href="\/api\/console\/session"/)
      ok(!/SS-1|style=|<style|<script>/.test(text))
    }
  })

  it('keep to our own files, and stand in nobody’s frame', async () => {
    const { headers } = await visit('/console/stepping-stones')
    const policy = Object.fromEntries(
      (headers.get('Content-Security-Policy') ?? '').split('; ').map((rule) => rule.split(/ (.*)/).slice(0, 2)),
    )
    deepEqual(policy, {
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'connect-src': "'self'",
      'img-src': "'self' data:",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-src': "'self'",
      'frame-ancestors': "'none'",
    })
    equal(headers.get('X-Content-Type-Options'), 'nosniff')
    equal(headers.get('Referrer-Policy'), 'no-referrer')
  })

  it('ask who is there everywhere but where one signs in', async () => {
    ok(!(await visit('/console/sign-in?email=a@b.example')).text.includes('/api/console/session'))
  })

  it('wear a provider’s colour and write nothing else of an address into the page', async () => {
    match((await visit('/console/stepping-stones/orders')).text, /href="\/stepping-stones\/brand\.css"/)
    for (const odd of ['/console/%22%3E%3Cscript%3E', '/console/UPPER/orders', '/console/account', '/console/..%2fx'])
      ok(!(await visit(odd)).text.includes('brand.css'), odd)
  })

  it('are no files: one that is not there is not found', async () => {
    equal((await visit('/console/parts/old-12345678.js')).status, 404)
  })

  it('say in production nothing of development', async () => {
    world.env.ENVIRONMENT = 'production'
    const { text } = await visit('/console/sign-in')
    world.env.ENVIRONMENT = 'development'
    match(text, /<outreach-console><\/outreach-console>/)
  })

  it('are worked with on another day in development, where their address names one', async () => {
    const { headers } = await signIn(world, { provider: 'bridge', role: 'owner' })
    const termOn = async (cookie: string) => {
      const Cookie = `${headers.Cookie}; ${cookie}`
      return (await world.ask('GET', '/api/console/providers/bridge/places', undefined, { ...headers, Cookie })).body
        .term
    }
    const opened = (await visit('/console/bridge/places?today=2021-02-01')).headers.get('Set-Cookie') ?? ''
    match(opened, /^console-day=2021-02-01; Path=\/api\/console; HttpOnly; SameSite=Lax$/)
    const [cookie = ''] = opened.split(';')
    equal(await termOn(cookie), 'spring-2021')
    equal(await termOn('console-day=tomorrow'), await termOn(''))
    equal((await visit('/console/bridge/places')).headers.get('Set-Cookie'), null)
    world.env.ENVIRONMENT = 'production'
    const there = [(await visit('/console?today=2021-02-01')).headers.get('Set-Cookie'), await termOn(cookie)]
    world.env.ENVIRONMENT = 'development'
    deepEqual([there[0], there[1] === 'spring-2021'], [null, false])
  })
})

describe('The page that shows a widget as a website would', () => {
  it('shows one widget with the settings of its address, in our own frames alone', async () => {
    const { status, text, headers } = await visit(
      '/console/embed-frame?widget=package-picker&provider=stepping-stones&catalogue=2024-25&heading-level=3&lang=cy&brand=0b5d57',
    )
    equal(status, 200)
    match(
      text,
      /<outreach-package-picker provider="stepping-stones" catalogue="2024-25" heading-level="3" packages-href="#"/,
    )
    match(text, /<html lang="cy">/)
    match(text, /embed-look\.css\?brand=0b5d57"/)
    for (const policy of [headers, (await visit('/console/preview')).headers])
      match(policy.get('Content-Security-Policy') ?? '', /; frame-ancestors 'self'; sandbox allow-scripts$/)
  })

  it('takes nothing that is no widget, no id and no colour', async () => {
    for (const odd of [
      'widget=script&provider=x',
      'widget=package-picker',
      'widget=package-picker&provider=%22%3E%3Cscript%3E',
      'widget=package-picker&provider=x&catalogue=%22onload=',
      'widget=package-picker&provider=x&heading-level=9',
    ])
      equal((await visit(`/console/embed-frame?${odd}`)).status, 404, odd)
    const { text } = await visit('/console/embed-frame?widget=order-form&provider=x&brand=%22%3E')
    match(text, /embed-look\.css"/)
    const look = await visit('/console/embed-look.css?brand=red;}body{display:none')
    ok(!look.text.includes('display:none'), look.text)
    match((await visit('/console/embed-look.css?brand=0b5d57')).text, /--outreach-colour-brand:#0b5d57/)
  })
})
