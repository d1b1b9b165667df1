import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { OrderReceipt } from '../../catalogue/wire/order.ts'
import type { Problem } from '../../catalogue/wire/problem.ts'
import { databaseFile } from '../power-cut.ts'
import { startProduct, type TestProduct } from '../product.ts'

// The API as a stranger meets it: over the network, with what interface.md promises and nothing else known of it.

/** Everything that a reply of the API can hold. A test reads what its own reply has; what is not there fails it. */
type Reply = Quote &
  Omit<OrderReceipt, 'status'> &
  Omit<Problem, 'status' | 'errors' | 'quote'> &
  Pick<Catalogue, 'provider' | 'offers' | 'year'> & {
    status: string | number
    version: number
    inForce: boolean
    errors: Fault[]
    quote: Quote & { version: number }
    providers: { id: string; name: string }[]
    paths: Record<string, Record<string, unknown>>
  } & { to: string; subject: string; text: string; links: string[]; about: string }[]

type Heard = {
  status: number
  headers: Headers
  text: string
  body: Reply
}

const PROVIDER = '/api/providers/stepping-stones'

/** The example of interface.md, word for word. */
const QUOTE = {
  catalogue: '2024-25',
  on: '2024-05-01',
  buyer: { holds: [], schools: [{ name: 'Example Primary School', pupils: 210, district: '1' }] },
  items: [
    { offer: 'silver', quantity: 1 },
    { offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'], attending: 24, note: '' },
  ],
}
const { on: _, ...BASKET } = QUOTE
const ORDER = {
  ...BASKET,
  expectedPence: 192500,
  contact: { name: 'A. Example', role: 'SENCo', email: 'senco@school.example' },
  payment: { method: 'journal', ledgerCode: 'AB123', purchaseOrder: 'PO-7' },
  signatory: { name: 'B. Example', email: 'head@school.example' },
}

describe('The API', () => {
  let product: TestProduct
  let database: string
  before(async () => {
    product = await startProduct()
    database = await databaseFile(product.dataDir)
  })
  after(() => product?.stop())

  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Heard> {
    const response = await fetch(product.origin + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('Content-Type') ?? '') && text !== ''
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} }
  }
  const quote = (body: unknown, headers: Record<string, string> = {}, provider = 'stepping-stones') =>
    ask('POST', `/api/providers/${provider}/quotes`, body, headers)
  const order = (body: unknown = ORDER, headers: Record<string, string> = {}, provider = 'stepping-stones') =>
    ask('POST', `/api/providers/${provider}/orders`, body, { 'Idempotency-Key': crypto.randomUUID(), ...headers })

  /** Rows as they stand in the file of the local D1. */
  function rows(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    const db = new DatabaseSync(database, { readOnly: true })
    try {
      return db.prepare(sql).all(...values)
    } finally {
      db.close()
    }
  }
  const kept = () =>
    rows(
      'SELECT (SELECT count(*) FROM "order") AS orders, (SELECT count(*) FROM order_key) AS keys,' +
        ' (SELECT count(*) FROM letter) AS letters',
    )[0]
  const faults = ({ body }: Heard): string[] =>
    body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)

  /** A problem as RFC 9457 has it; nothing was kept. */
  async function isRefused(asked: () => Promise<Heard>, status: number, ...expected: string[]): Promise<Heard> {
    const stood = kept()
    const heard = await asked()
    equal(heard.status, status, heard.text)
    match(heard.headers.get('Content-Type') ?? '', /^application\/problem\+json/)
    equal(heard.body.status, status)
    for (const member of ['type', 'title', 'instance'] as const) equal(typeof heard.body[member], 'string', member)
    for (const fault of expected) ok(faults(heard).includes(fault), `${fault} is not among ${faults(heard)}`)
    deepEqual(kept(), stood)
    return heard
  }

  describe('of the example', () => {
    it('prices Silver, a twilight and the universal offer at £1,925', async () => {
      const { status, body } = await quote(QUOTE)
      equal(status, 200)
      equal(body.catalogue, '2024-25')
      equal(body.version, 1)
      equal(body.on, '2024-05-01')
      const universal = body.lines.find(({ offer }) => offer === 'universal')
      ok(universal)
      const { offer, quantity, unitPence, pence, added, why } = universal
      deepEqual(
        { offer, quantity, unitPence, pence, added },
        {
          offer: 'universal',
          quantity: 1,
          unitPence: 55000,
          pence: 55000,
          added: true,
        },
      )
      ok(why.some(({ code }: { code: string }) => code === 'base-requirement'))
      deepEqual(
        [body.vatPence, body.totalPence, body.conditionalPence, body.final, body.missing, body.warnings],
        [0, 192500, 0, true, [], []],
      )
      deepEqual(body.minutes, { least: 720, most: 780 })
      deepEqual(body.shares, [{ name: 'Example Primary School', pupils: 210, pence: 192500 }])
    })

    it('keeps the order whole, and both sides have its letter within ten seconds', async () => {
      const heard = await order()
      equal(heard.status, 201, heard.text)
      const { reference, totalPence, status } = heard.body
      deepEqual([totalPence, status], [192500, 'placed'])
      const [row] = rows('SELECT * FROM "order" WHERE reference = ?', reference)
      ok(row, `${reference} is not in D1`)
      deepEqual(
        [row.provider, row.catalogue, row.version, row.total_pence, row.placed_on, row.school_name],
        ['stepping-stones', '2024-25', 1, 192500, '2024-09-10', 'Example Primary School'],
      )
      equal(JSON.parse(String(row.quote)).totalPence, 192500)
      const request = JSON.parse(String(row.request))
      const [silver, { note, ...twilight }] = request.items
      deepEqual([silver, { note: note ?? '', ...twilight }], ORDER.items)
      deepEqual([request.contact, request.payment, request.signatory], [ORDER.contact, ORDER.payment, ORDER.signatory])
      const began = Date.now()
      type Letter = { to: string; subject: string; text: string; links: string[]; about: string }
      let letters: Letter[] = []
      while (letters.length < 3 && Date.now() - began < 10_000) {
        await new Promise((resolve) => setTimeout(resolve, 200))
        const { body } = await ask('GET', '/dev/outbox.json')
        letters = body.filter(({ about }: Letter) => about === reference)
      }
      deepEqual(letters.map(({ to }) => to).sort(), [
        'head@steppingstones.lancs.sch.uk',
        'ost@steppingstones.lancs.sch.uk',
        'senco@school.example',
      ])
      for (const { subject, text, links } of letters) {
        ok(subject !== '' && text.includes(reference) && text.includes('£1,925'))
        ok(Array.isArray(links))
      }
      match((await ask('GET', '/dev/outbox')).text, new RegExp(reference))
    })
  })

  describe('of the price lists', () => {
    const of2019 = (items: unknown[], today: string, holds: string[] = []) =>
      quote(
        { catalogue: '2019-20', buyer: { holds, schools: [{ name: 'Example', district: '01' }] }, items },
        { 'X-Today': today },
      )

    it('sells the universal offer for £500 until 31 March 2019, for £750 after', async () => {
      const universal = [{ offer: 'universal', quantity: 1 }]
      equal((await of2019(universal, '2019-03-31')).body.totalPence, 50000)
      equal((await of2019(universal, '2019-04-01')).body.totalPence, 75000)
      const without = await quote({ items: universal }, { 'X-Today': '2019-03-31' })
      deepEqual([without.body.catalogue, without.body.totalPence], ['2019-20', 50000])
    })

    it('gives training at £180, £225, £315, £405 and £675 to who holds the universal offer', async () => {
      const prices = {
        'staff-meeting-1h': [18000, 20000],
        'staff-meeting-1h30': [22500, 25000],
        twilight: [31500, 35000],
        'half-day': [40500, 45000],
        'full-day': [67500, 75000],
      }
      for (const [option, [held, full]] of Object.entries(prices)) {
        const items = [{ offer: 'training', option, quantity: 1 }]
        const with2019 = await of2019(items, '2019-06-03', ['universal'])
        deepEqual([with2019.body.totalPence, with2019.body.final], [held, true], option)
        equal((await of2019(items, '2019-06-03')).body.totalPence, full, option)
      }
      const bespoke = await of2019([{ offer: 'training', option: 'bespoke', quantity: 1 }], '2019-06-03', ['universal'])
      deepEqual([bespoke.status, bespoke.body.final, bespoke.body.lines.at(-1)?.pence], [200, false, null])
    })

    it('prices a cluster of 999 pupils at £2,997 with 100 hours, of 1,000 at £3,000 with 120', async () => {
      for (const [pupils, pence, minutes] of [
        [999, 299700, 6000],
        [1000, 300000, 7200],
      ]) {
        const schools = [{ name: 'Example', pupils }]
        const items = [{ offer: 'cluster', quantity: 1 }]
        const on = { 'X-Today': '2015-06-01' }
        const { body } = await quote({ buyer: { schools }, items }, on, 'school2school-norfolk')
        deepEqual([body.totalPence, body.minutes], [pence, { least: 0, most: minutes }])
      }
    })

    it('shares a cluster’s price out to the penny', async () => {
      const schools = [211, 333, 457].map((pupils, index) => ({ name: `School ${index}`, pupils }))
      const { body } = await quote(
        { catalogue: '2015-16', buyer: { schools }, items: [{ offer: 'cluster', quantity: 1 }] },
        {},
        'school2school-norfolk',
      )
      const shares: { pence: number; name: string }[] = body.shares
      deepEqual(
        shares.map(({ name }) => name),
        schools.map(({ name }) => name),
      )
      equal(
        shares.reduce((sum, { pence }) => sum + pence, 0),
        body.totalPence,
      )
    })

    it('takes district 01 for 1, and says who serves another', async () => {
      for (const district of ['1', '01', '04'])
        equal((await quote({ ...QUOTE, buyer: { schools: [{ name: 'Example', district }] } })).status, 200)
      for (const district of ['6', '06']) {
        const buyer = { schools: [{ name: 'Example', district }] }
        const items = [{ offer: 'silver', quantity: 1 }]
        const asked = () => quote({ catalogue: '2019-20', buyer, items }, { 'X-Today': '2019-06-03' })
        const heard = await isRefused(asked, 422, '/buyer/schools/0/district out-of-area')
        const [fault] = heard.body.errors
        equal(heard.body.servedBy ?? fault?.servedBy, 'golden-hill')
      }
    })

    it('is asked for what must be held first, and prices what needs a referral without adding it', async () => {
      const topUp = await quote({ items: [{ offer: 'silver-top-up', quantity: 1 }] })
      deepEqual([topUp.status, topUp.body.final], [200, false])
      ok(topUp.body.missing.some((one: object) => JSON.stringify(one) === '{"offer":"silver","for":"silver-top-up"}'))
      const placement = await quote({ items: [{ offer: 'placement', quantity: 1 }] })
      equal(placement.status, 200)
      const line = placement.body.lines.find(({ offer }) => offer === 'placement')
      equal(line?.conditional, true)
      ok(placement.body.conditionalPence > 0)
      equal(line?.pence, placement.body.conditionalPence)
    })
  })

  describe('refuses, and keeps nothing,', () => {
    it('an order on a day that takes none, and says when it opens', async () => {
      for (const today of ['2024-02-29', '2025-04-01']) {
        const heard = await isRefused(() => order(ORDER, { 'X-Today': today }), 422, '/catalogue not-open')
        const fault = heard.body.errors.find(({ code }: { code: string }) => code === 'not-open')
        equal(heard.body.opensOn ?? fault?.opensOn, '2024-03-01')
      }
    })

    it('an offer that is by referral, on request, or without its package', async () => {
      const items = (...list: object[]) => ({ ...ORDER, items: list })
      await isRefused(() => order(items({ offer: 'placement', quantity: 1 })), 422, '/items/0/offer by-referral')
      await isRefused(() => order(items({ offer: 'training', option: 'bespoke', quantity: 1 })), 422)
      await isRefused(() => order(items({ offer: 'silver-top-up', quantity: 1 })), 422)
      await isRefused(() => order(items({ offer: 'platinum', quantity: 1 })), 422)
      await isRefused(() => order(items()), 422)
    })

    it('quantities that are none, negative, in part, huge or words', async () => {
      for (const quantity of [0, -1, 1.5, 1_000, 1e300, '1', null, true, [1], {}]) {
        const items = [{ offer: 'silver', quantity }]
        for (const asked of [() => quote({ ...QUOTE, items }), () => order({ ...ORDER, items })]) {
          const { body } = await isRefused(asked, 422)
          equal(body.errors[0]?.pointer, '/items/0/quantity', JSON.stringify(quantity))
        }
      }
    })

    it('501 schools, a roll of 0 where it counts, no items, and a day of another year', async () => {
      const schools = Array.from({ length: 501 }, (_, index) => ({ name: `School ${index}`, pupils: 100 }))
      const items = [{ offer: 'cluster', quantity: 1 }]
      const norfolk = (list: unknown[]) => () =>
        quote({ catalogue: '2015-16', buyer: { schools: list }, items }, {}, 'school2school-norfolk')
      const many = await isRefused(norfolk(schools), 422)
      equal(many.body.errors[0]?.pointer, '/buyer/schools')
      equal((await norfolk(schools.slice(0, 500))()).status, 200)
      const none = await isRefused(norfolk([{ name: 'Example', pupils: 0 }]), 422)
      equal(none.body.errors[0]?.pointer, '/buyer/schools/0/pupils')
      equal((await isRefused(() => quote({ items: [] }), 422)).body.errors[0]?.pointer, '/items')
      equal((await isRefused(() => quote({}), 422)).body.errors[0]?.pointer, '/items')
      for (const on of ['2023-12-31', '2025-04-01'])
        equal((await isRefused(() => quote({ ...QUOTE, on }), 422)).body.errors[0]?.pointer, '/on')
    })

    it('bodies of nothing, of 2 MB, broken, not JSON, and too deep', async () => {
      for (const path of [`${PROVIDER}/quotes`, `${PROVIDER}/orders`]) {
        const post =
          (body: string, type = 'application/json') =>
          () =>
            ask('POST', path, body, { 'Content-Type': type, 'Idempotency-Key': crypto.randomUUID() })
        await isRefused(post(''), 400)
        await isRefused(post('{"items":'), 400)
        await isRefused(post('\u0000'), 400)
        await isRefused(post(`${'['.repeat(1_000)}${']'.repeat(1_000)}`), 400)
        await isRefused(post(JSON.stringify({ ...ORDER, note: 'x'.repeat(2_000_000) })), 413)
        await isRefused(post(JSON.stringify(ORDER), 'text/plain'), 415)
        for (const body of ['null', '[]', '1', '"x"', '{}']) await isRefused(post(body), 422)
      }
    })

    it('a body of 2 MB that names no length', async () => {
      const chunk = new TextEncoder().encode(' '.repeat(65_536))
      let left = 32
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          left -= 1
          if (left < 0) controller.close()
          else controller.enqueue(chunk)
        },
      })
      const heard = await fetch(`${product.origin}${PROVIDER}/quotes`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
        duplex: 'half',
      } as RequestInit)
      equal(heard.status, 413)
    })

    it('addresses and providers that are not there', async () => {
      await isRefused(() => ask('GET', '/api/nowhere'), 404)
      await isRefused(() => ask('GET', '/api/providers/nobody/catalogue'), 404)
      await isRefused(() => quote(QUOTE, {}, 'nobody'), 404)
      await isRefused(() => order(ORDER, {}, 'nobody'), 404)
    })
  })

  describe('keeps one order for one intention', () => {
    it('of 200 posts at once with one key', async () => {
      const stood = kept()
      const key = crypto.randomUUID()
      const heard = await Promise.all(Array.from({ length: 200 }, () => order(ORDER, { 'Idempotency-Key': key })))
      deepEqual([...new Set(heard.map(({ status }) => status))], [201])
      equal(new Set(heard.map(({ text }) => text)).size, 1)
      const { orders, keys, letters } = kept() as Record<string, number>
      deepEqual(
        { orders, keys, letters },
        { orders: Number(stood?.orders) + 1, keys: Number(stood?.keys) + 1, letters: Number(stood?.letters) + 3 },
      )
    })

    it('and gives the same answer again, whatever else the body carries', async () => {
      const key = { 'Idempotency-Key': crypto.randomUUID() }
      const first = await order({ ...ORDER, colour: 'red', buyer: { ...ORDER.buyer, shoes: [1] } }, key)
      equal(first.status, 201, first.text)
      const stood = kept()
      const again = await order(ORDER, key)
      deepEqual([again.status, again.body], [201, first.body])
      deepEqual(kept(), stood)
      doesNotMatch(
        String(rows('SELECT request FROM "order" WHERE reference = ?', first.body.reference)[0]?.request),
        /red/,
      )
    })

    it('and refuses the key to another body, and an order without one', async () => {
      const key = { 'Idempotency-Key': crypto.randomUUID() }
      equal((await order(ORDER, key)).status, 201)
      const contact = { ...ORDER.contact, name: 'Somebody Else' }
      const reused = await isRefused(() => order({ ...ORDER, contact }, key), 422)
      match(reused.body.type, /key-reused$/)
      const missing = await isRefused(() => ask('POST', `${PROVIDER}/orders`, ORDER), 400)
      match(missing.body.type, /key-required$/)
    })

    it('and tells a changed price with the new quote, after everything that is wrong', async () => {
      const changed = await isRefused(() => order({ ...ORDER, expectedPence: 1 }), 409)
      match(changed.body.type, /price-changed$/)
      equal(changed.body.quote.totalPence, 192500)
      const wrong = { ...ORDER, expectedPence: 1, contact: { ...ORDER.contact, email: 'nobody' } }
      equal((await isRefused(() => order(wrong), 422)).body.errors[0]?.pointer, '/contact/email')
      const journal = { ...ORDER, payment: { method: 'journal' } }
      equal((await isRefused(() => order(journal), 422)).body.errors[0]?.pointer, '/payment/ledgerCode')
    })
  })

  describe('can be read', () => {
    it('by GET and HEAD any number of times, and changes nothing', async () => {
      const stood = kept()
      const { body } = await ask('GET', '/api/openapi.json')
      const paths = Object.keys(body.paths).map((path) => path.replace('{provider}', 'stepping-stones'))
      for (const path of [...paths, '/', '/stepping-stones/packages'])
        for (const method of ['GET', 'HEAD', 'GET']) {
          const heard = await ask(method, path.replace(/\{\w+\}/g, 'invalid'))
          ok(heard.status < 500, `${method} ${path} answered ${heard.status}`)
          if (method === 'HEAD') equal(heard.text, '')
          equal(heard.headers.get('Set-Cookie'), null)
        }
      for (const method of ['DELETE', 'PUT', 'PATCH'])
        equal((await ask(method, `${PROVIDER}/orders`, ORDER)).status, 405)
      deepEqual(kept(), stood)
    })

    it('once: what has not changed is a 304', async () => {
      const first = await ask('GET', `${PROVIDER}/catalogue?on=2024-05-01`)
      equal(first.status, 200)
      const etag = first.headers.get('ETag') ?? ''
      match(etag, /^(W\/)?"[^"]+"$/)
      const again = await ask('GET', `${PROVIDER}/catalogue?on=2024-05-01`, undefined, { 'If-None-Match': etag })
      deepEqual([again.status, again.text], [304, ''])
      const other = await ask('GET', `${PROVIDER}/catalogue?catalogue=2019-20`, undefined, { 'If-None-Match': etag })
      deepEqual([other.status, other.body.catalogue, other.body.inForce], [200, '2019-20', false])
    })

    it('from a page of any origin, without its cookies', async () => {
      for (const method of ['GET', 'POST']) {
        const preflight = await ask('OPTIONS', `${PROVIDER}/${method === 'GET' ? 'catalogue' : 'orders'}`, undefined, {
          Origin: product.demoOrigin,
          'Access-Control-Request-Method': method,
          'Access-Control-Request-Headers': 'content-type,idempotency-key',
        })
        ok(preflight.status === 204 || preflight.status === 200)
        equal(preflight.headers.get('Access-Control-Allow-Origin'), '*')
        ok(preflight.headers.get('Access-Control-Allow-Methods')?.includes(method))
        match(preflight.headers.get('Access-Control-Allow-Headers') ?? '', /content-type.*idempotency-key/i)
        equal(preflight.headers.get('Access-Control-Allow-Credentials'), null)
      }
      for (const heard of [await ask('GET', '/api/providers'), await quote(QUOTE), await order({})])
        equal(heard.headers.get('Access-Control-Allow-Origin'), '*')
    })

    it('names the five providers, is well, and lists every route', async () => {
      const { providers } = (await ask('GET', '/api/providers')).body
      deepEqual(providers.map(({ id }: { id: string }) => id).sort(), [
        'bridge',
        'golden-hill',
        'school2school-norfolk',
        'sedis',
        'stepping-stones',
      ])
      equal((await ask('GET', '/healthz')).status, 200)
      const { paths } = (await ask('GET', '/api/openapi.json')).body
      for (const [path, method] of [
        ['/api/providers', 'get'],
        ['/api/providers/{provider}/catalogue', 'get'],
        ['/api/providers/{provider}/quotes', 'post'],
        ['/api/providers/{provider}/orders', 'post'],
        ['/api/openapi.json', 'get'],
        ['/healthz', 'get'],
        ['/dev/outbox', 'get'],
        ['/dev/outbox.json', 'get'],
      ] as const)
        ok(paths[path]?.[method], `${method} ${path} is not in the reference`)
    })
  })
})
