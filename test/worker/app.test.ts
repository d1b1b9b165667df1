import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as z from 'zod'
import { buildApp } from '../../worker/app.ts'
import { drain } from '../../worker/letters/drain.ts'
import { outbox } from '../../worker/letters/outbox.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type Heard, openWorld, type World, worldOn } from './harness.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

/** The worker's routes, middleware left out. */
function routes(): string[] {
  const found = buildApp(Date.now).routes.filter(({ method }) => method !== 'ALL')
  return [...new Set(found.map(({ method, path }) => `${method} ${path}`))].sort()
}

interface Operation {
  parameters?: { name: string; in: string; example?: string }[]
  requestBody?: { content: { 'application/json': { schema: object; example: unknown } } }
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>
}
interface Reference {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

describe('The reference', () => {
  let reference: Reference
  before(async () => {
    reference = (await world.ask('GET', '/api/openapi.json')).body as unknown as Reference
  })

  it('names every route of the API, and no other', () => {
    const written = Object.entries(reference.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    const api = routes().filter((route) => / \/(api|dev|healthz)/.test(route))
    assert.deepEqual(api, written.sort())
    assert.equal(reference.openapi, '3.1.0')
  })

  it('is held to by the reply to each of its examples', async () => {
    const schemaOf = (schema: { $ref?: string }, schemas: Record<string, object>, catalogue: object): z.ZodType => {
      const name = schema.$ref?.split('/').at(-1) ?? ''
      const json = name === 'catalogue.schema.json' ? catalogue : (schemas[name] ?? schema)
      return z.fromJSONSchema(json as Parameters<typeof z.fromJSONSchema>[0])
    }
    const catalogue = (await world.ask('GET', '/api/catalogue.schema.json')).body
    await world.order()
    await drain(world.db, outbox, () => world.clock.now)
    for (const [path, operations] of Object.entries(reference.paths))
      for (const [method, operation] of Object.entries(operations)) {
        const parameters = operation.parameters ?? []
        const inPath = path.replace(
          /\{(\w+)\}/g,
          (_, name) => parameters.find((one) => one.name === name)?.example ?? '',
        )
        const query = parameters
          .filter((one) => one.in === 'query' && one.example !== undefined)
          .map(({ name, example }) => `${name}=${example}`)
          .join('&')
        const body = operation.requestBody?.content['application/json'].example
        const headers = { 'Idempotency-Key': `reference ${path}`.replaceAll(' ', '-') }
        const heard: Heard = await world.ask(method.toUpperCase(), `${inPath}${query && `?${query}`}`, body, headers)
        const content = operation.responses[String(heard.status)]?.content
        assert.ok(content, `${method} ${path} answered ${heard.status}, which the reference does not know`)
        const [type = '', described] = Object.entries(content)[0] ?? []
        assert.ok(heard.headers.get('Content-Type')?.startsWith(type))
        if (!described || !/json/.test(type)) continue
        const result = schemaOf(described.schema, reference.components.schemas, catalogue).safeParse(heard.body)
        assert.ok(result.success, `${method} ${path}: ${result.error?.message}`)
      }
  })

  it('accepts its own example requests', () => {
    for (const operations of Object.values(reference.paths))
      for (const { requestBody } of Object.values(operations)) {
        if (!requestBody) continue
        const { schema, example } = requestBody.content['application/json'] as {
          schema: { $ref: string }
          example: unknown
        }
        const name = schema.$ref.split('/').at(-1) ?? ''
        const json = reference.components.schemas[name] as Parameters<typeof z.fromJSONSchema>[0]
        assert.ok(z.fromJSONSchema(json).safeParse(example).success, name)
      }
  })
})

describe('A request', () => {
  it('to an address that is not there, or by another method, gets a problem', async () => {
    const nowhere = await world.ask('GET', '/api/nowhere')
    assert.equal(nowhere.status, 404)
    assert.match(String(nowhere.body.instance), /^urn:request:/)
    const deleted = await world.ask('DELETE', '/api/providers/stepping-stones/orders')
    assert.equal(deleted.status, 405)
    assert.equal(deleted.headers.get('Allow'), 'POST')
    assert.equal((await world.ask('PUT', '/healthz')).headers.get('Allow'), 'GET, HEAD')
  })

  it('by HEAD or GET changes nothing', async () => {
    const rows = await world.count('order')
    for (const method of ['GET', 'HEAD'])
      for (const path of ['quotes', 'orders'])
        assert.ok((await world.ask(method, `/api/providers/stepping-stones/${path}`)).status >= 400)
    assert.equal((await world.ask('HEAD', '/api/providers')).status, 200)
    assert.equal(await world.count('order'), rows)
  })

  it('from any origin is allowed, without credentials', async () => {
    const path = '/api/providers/stepping-stones/orders'
    const preflight = await world.ask('OPTIONS', path, undefined, {
      Origin: 'https://school.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,idempotency-key,x-today',
    })
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), '*')
    assert.match(preflight.headers.get('Access-Control-Allow-Headers') ?? '', /Idempotency-Key.*X-Today/)
    assert.equal(preflight.headers.get('Access-Control-Allow-Credentials'), null)
    for (const heard of [
      await world.order(),
      await world.order({}),
      await world.ask('GET', '/api/providers'),
      await world.ask('GET', '/api/nowhere'),
    ]) {
      assert.equal(heard.headers.get('Access-Control-Allow-Origin'), '*')
      assert.match(heard.headers.get('Access-Control-Expose-Headers') ?? '', /ETag, Retry-After/)
      assert.equal(heard.headers.get('X-Content-Type-Options'), 'nosniff')
      assert.match(heard.headers.get('Content-Security-Policy') ?? '', /default-src 'none'/)
      assert.equal(heard.headers.get('Set-Cookie'), null)
    }
    const production = worldOn(world.db, { ENVIRONMENT: 'production' })
    const there = await production.ask('OPTIONS', path)
    assert.doesNotMatch(there.headers.get('Access-Control-Allow-Headers') ?? '', /X-Today/)
  })

  it('too many of them from one address wait; in development 2,000 a minute do not', async () => {
    const production = worldOn(world.db, { ENVIRONMENT: 'production', READS_A_MINUTE: '5' })
    const statuses = []
    for (let count = 0; count < 7; count += 1) {
      const heard = await production.ask('GET', '/api/providers/stepping-stones/catalogue', undefined, {
        'CF-Connecting-IP': '192.0.2.1',
      })
      statuses.push(heard.status)
      if (heard.status === 429) assert.ok(Number(heard.headers.get('Retry-After')) >= 1)
    }
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429])
    const other = { 'CF-Connecting-IP': '192.0.2.2' }
    assert.equal((await production.ask('GET', '/api/problems/failed', undefined, other)).status, 200)
    production.clock.now += 60_000
    assert.equal((await production.ask('GET', '/api/problems/failed')).status, 200)
    for (let count = 0; count < 2_500; count += 1)
      assert.equal((await world.ask('GET', '/api/problems/failed')).status, 200)
  })

  it('to order is counted for each contact too, whatever the address', async () => {
    const production = worldOn(world.db, { ENVIRONMENT: 'production' })
    const statuses = []
    for (let count = 0; count < 12; count += 1)
      statuses.push((await production.order({ ...EXAMPLE_ORDER, items: [{ offer: 'silver', quantity: 0 }] })).status)
    assert.ok(statuses.every((status) => status === 422))
    const counted = []
    for (let count = 0; count < 12; count += 1) counted.push((await production.order()).status)
    assert.deepEqual(counted.slice(10), [429, 429])
    const limit = { limit: async () => ({ success: false }) }
    const bound = worldOn(world.db, { ENVIRONMENT: 'production', ORDERS_PER_ADDRESS: limit })
    assert.equal((await bound.order()).status, 429)
  })

  it('to order is counted for each school too, whoever the contact is', async () => {
    const production = worldOn(world.db, { ENVIRONMENT: 'production' })
    const statuses = []
    for (let count = 0; count < 12; count += 1) {
      const name = count % 2 ? 'Example Primary School' : 'EXAMPLE PRIMARY SCHOOL'
      const contact = { ...EXAMPLE_ORDER.contact, email: `office${count}@school.example` }
      const schools = [{ ...EXAMPLE_ORDER.buyer.schools[0], name }]
      const heard = await production.order({ ...EXAMPLE_ORDER, contact, buyer: { holds: [], schools } })
      statuses.push(heard.status)
    }
    assert.deepEqual(statuses.slice(10), [429, 429])
    assert.ok(!statuses.slice(0, 10).includes(429), String(statuses))
  })

  it('for the portal’s pages has a limit for each address, and the refusal is a page', async () => {
    const production = worldOn(world.db, { ENVIRONMENT: 'production', READS_A_MINUTE: '2' })
    const pageOf = (method: string, path: string) =>
      production.send(new Request(`http://localhost${path}`, { method, headers: { Accept: 'text/html' } }))
    assert.equal((await pageOf('GET', '/stepping-stones/brand.css')).status, 200)
    assert.notEqual((await pageOf('POST', '/stepping-stones/cluster')).status, 429)
    for (const [method, path] of [
      ['GET', '/stepping-stones/packages'],
      ['POST', '/stepping-stones/cluster'],
      ['POST', '/stepping-stones/order'],
      ['GET', '/'],
    ] as const) {
      const heard = await pageOf(method, path)
      assert.equal(heard.status, 429, path)
      assert.match(heard.headers.get('Content-Type') ?? '', /^text\/html/)
      assert.match(heard.text, /<h1>Too many requests<\/h1>/)
      assert.ok(Number(heard.headers.get('Retry-After')) >= 1)
    }
    assert.match((await pageOf('GET', '/?lang=cy')).text, /<html lang="cy">[\s\S]*Gormod o geisiadau/)
  })

  it('that keeps something is answered with its id, so that it can be found again', async () => {
    const heard = await world.order()
    assert.equal(heard.status, 201)
    assert.match(heard.headers.get('X-Request-Id') ?? '', /^[\w-]{8,40}$/)
  })

  it('that meets an error of ours is told nothing about it', async () => {
    const broken = worldOn({
      prepare: () => {
        throw new Error('secret canary')
      },
    } as unknown as D1Database)
    const heard = await broken.ask('GET', '/api/providers')
    assert.equal(heard.status, 500)
    assert.doesNotMatch(heard.text, /canary/)
  })
})
