import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { mailerOf } from '../../worker/letters/choice.ts'
import { cloudflare } from '../../worker/letters/cloudflare.ts'
import { drain, MOST_ATTEMPTS, pauseAfter } from '../../worker/letters/drain.ts'
import type { Letter } from '../../worker/letters/letter.ts'
import type { Delivery, Mailer } from '../../worker/letters/mailer.ts'
import { notify } from '../../worker/letters/notify.ts'
import { lettersOfOrder } from '../../worker/letters/order-letters.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { catalogueOf, fixed, offerOf, quoted } from '../catalogue/sample.ts'
import { openWorld, type World } from './harness.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const MINUTE = 60_000

/** A mailer that a test tells what to do. */
function fakeMailer(answer: (letter: Letter, attempt: number) => Delivery | Promise<Delivery>) {
  const received: { id: string; to: string; again: boolean }[] = []
  const mailer: Mailer = {
    keepsText: false,
    send: async (letter, again) => {
      received.push({ id: letter.id, to: letter.to, again })
      return answer(letter, received.length)
    },
  }
  return { mailer, received }
}

const turn = (mailer: Mailer) => drain(world.db, mailer, () => world.clock.now)
const states = async () => {
  const { results } = await world.db
    .prepare('SELECT state, count(*) AS count FROM letter GROUP BY state')
    .all<{ state: string; count: number }>()
  return Object.fromEntries(results.map(({ state, count }) => [state, count]))
}

describe('The letters of an order', () => {
  beforeEach(async () => {
    await world.db.batch([world.db.prepare('DELETE FROM letter'), world.db.prepare('DELETE FROM lease')])
  })

  it('go to the contact and to each address that the catalogue names, once', async () => {
    const { body } = await world.order()
    const { mailer, received } = fakeMailer(() => ({ outcome: 'sent' }))
    assert.deepEqual(await turn(mailer), { sent: 3, putOff: 0, failed: 0 })
    assert.deepEqual(await turn(mailer), { sent: 0, putOff: 0, failed: 0 })
    assert.equal(received.length, 3)
    assert.equal(received.filter(({ to }) => to === 'senco@school.example').length, 1)
    assert.ok(!received.some(({ to }) => to === EXAMPLE_ORDER.signatory.email))
    const { results } = await world.db.prepare('SELECT DISTINCT about FROM letter').all()
    assert.deepEqual(results, [{ about: body.reference }])
  })

  it('say what was ordered, why it costs what it costs, and what happens next', async () => {
    await world.order({
      ...EXAMPLE_ORDER,
      items: [...EXAMPLE_ORDER.items.slice(0, 1), { ...EXAMPLE_ORDER.items[1], note: 'In the hall' }],
    })
    const { results } = await world.db
      .prepare('SELECT recipient, subject, text FROM letter')
      .all<{ recipient: string; subject: string; text: string }>()
    const toContact = results.find(({ recipient }) => recipient === 'senco@school.example')
    assert.match(toContact?.text ?? '', /£1,925/)
    assert.match(toContact?.text ?? '', /added because the other items need it/)
    assert.match(toContact?.text ?? '', /What happens next\n1\. /)
    assert.doesNotMatch(toContact?.text ?? '', /AB123/)
    const toProvider = results.find(({ recipient }) => recipient !== 'senco@school.example')
    for (const detail of ['AB123', 'PO-7', 'In the hall', 'head@school.example', '123456', '24'])
      assert.ok(toProvider?.text.includes(detail), detail)
  })

  it('tell the provider what the price rests on, and which of it to confirm', () => {
    const document = catalogueOf({
      letters: { orders: ['office@provider.example'] },
      groups: [{ id: 'trust', name: 'The Hill Trust' }],
      offers: [offerOf('visit', fixed(10_000)), offerOf('hour', { form: 'counted', of: 'token', count: 2 })],
      discounts: [{ kind: 'percent', id: 'off', name: 'for the trust', percent: 50, on: {}, when: { group: 'trust' } }],
    })
    const first = { name: 'Hill School', pupils: 210, staff: 21, classes: 7, phase: 'primary' as const }
    const schools = [first, { name: 'Dale School', pupils: 90, staff: 9, classes: 3, phase: 'nursery' as const }]
    const letterFor = (buyer: { schools: typeof schools; class?: 'academy'; groups?: string[] }) => {
      const request = {
        ...EXAMPLE_ORDER,
        payment: { method: 'invoice' as const },
        buyer: { holds: [], ...buyer },
        items: [
          { offer: 'visit', quantity: 1 },
          { offer: 'hour', quantity: 1 },
        ],
      }
      const quote = quoted(document, request.items, request.buyer)
      const receipt = {
        reference: 'EX-2222-2222',
        status: 'placed' as const,
        totalPence: quote.totalPence,
        conditionalPence: 0,
        catalogue: '2024-25',
        version: 1,
        placedOn: '2024-05-01',
      }
      const letters = lettersOfOrder(document, { provider: 'example', writtenAt: '', receipt, request, quote })
      return letters.find(({ to }) => to === 'office@provider.example')?.text ?? ''
    }
    const text = letterFor({ schools, class: 'academy', groups: ['trust'] })
    for (const said of [
      'Phase: primary',
      'Members of staff: 21',
      'Classes: 7',
      'Kind of buyer: academy',
      'Belongs to: The Hill Trust',
      '- Dale School, 90 pupils, 9 staff, 3 classes, nursery: £15',
      'The school says that it belongs to The Hill Trust. Confirm that before you charge this price.',
      'The order spends 2 tokens and brings 0.',
    ])
      assert.ok(text.includes(said), `${said}\n\n${text}`)
    assert.doesNotMatch(letterFor({ schools }), /belongs to|Belongs to|Kind of buyer/)
  })

  it('wait, seen and not retried, where the provider has no address', async () => {
    const order = {
      ...EXAMPLE_ORDER,
      catalogue: '2019-20',
      buyer: { schools: [{ name: 'Example' }] },
      items: [{ offer: 'universal', quantity: 1 }],
      expectedPence: 75000,
    }
    const heard = await world.order(order, { provider: 'golden-hill', today: '2019-06-03' })
    assert.equal(heard.status, 201, heard.text)
    const { mailer, received } = fakeMailer(() => ({ outcome: 'sent' }))
    await turn(mailer)
    assert.deepEqual(
      received.map(({ to }) => to),
      ['senco@school.example'],
    )
    assert.deepEqual(await states(), { sent: 1, unaddressed: 1 })
  })

  it('are tried again, later and later, under the same reference, and all arrive', async () => {
    await world.order()
    const { mailer, received } = fakeMailer((_, attempt) =>
      attempt <= 6 ? { outcome: 'later', why: 'busy' } : { outcome: 'sent' },
    )
    assert.deepEqual(await turn(mailer), { sent: 0, putOff: 3, failed: 0 })
    assert.deepEqual(await turn(mailer), { sent: 0, putOff: 0, failed: 0 })
    world.clock.now += MINUTE
    assert.deepEqual(await turn(mailer), { sent: 0, putOff: 3, failed: 0 })
    world.clock.now += MINUTE
    assert.deepEqual(await turn(mailer), { sent: 0, putOff: 0, failed: 0 })
    world.clock.now += MINUTE
    assert.deepEqual(await turn(mailer), { sent: 3, putOff: 0, failed: 0 })
    assert.equal(new Set(received.map(({ id }) => id)).size, 3)
    assert.deepEqual(
      received.slice(3).map(({ again }) => again),
      Array(6).fill(true),
    )
  })

  it('are given up after a while, and stay visible with the reason', async () => {
    await world.order()
    const { mailer } = fakeMailer(() => ({ outcome: 'later', why: 'busy' }))
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      await turn(mailer)
      world.clock.now += pauseAfter(attempt + 1)
    }
    assert.deepEqual(await states(), { failed: 3 })
    const row = await world.db.prepare("SELECT trouble, text FROM letter WHERE state = 'failed'").first()
    assert.equal(row?.trouble, 'busy')
    assert.notEqual(row?.text, '')
  })

  it('survive a crash between sending and marking: the next turn knows, and the reference is the same', async () => {
    await world.order()
    const { mailer, received } = fakeMailer(() => {
      throw new Error('the isolate is gone')
    })
    await assert.rejects(turn(mailer))
    assert.equal(received.length, 1)
    const next = fakeMailer(() => ({ outcome: 'sent' }))
    world.clock.now += 2 * MINUTE
    await turn(next.mailer)
    assert.equal(next.received.length, 3)
    assert.equal(next.received.find(({ id }) => id === received[0]?.id)?.again, true)
  })

  it('have one drainer at a time, and a lease that was left behind runs out', async () => {
    await world.order()
    let release = () => {}
    const slow = fakeMailer(
      () =>
        new Promise<Delivery>((resolve) => {
          release = () => resolve({ outcome: 'sent' })
        }),
    )
    const first = turn(slow.mailer)
    while (slow.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const second = fakeMailer(() => ({ outcome: 'sent' }))
    assert.deepEqual(await turn(second.mailer), { sent: 0, putOff: 0, failed: 0 })
    world.clock.now += 5 * MINUTE
    release()
    await first
    await world.db
      .prepare("INSERT INTO lease (name, holder, until_at) VALUES ('letters', 'gone', '2026-11-02T00:00:00.000Z')")
      .run()
    await turn(second.mailer)
    assert.deepEqual(await states(), { sent: 3 })
  })

  it('lose their text once they are sent, but on the outbox page', async () => {
    await world.order()
    await turn(fakeMailer(() => ({ outcome: 'sent' })).mailer)
    const kept = await world.db.prepare("SELECT count(*) AS count FROM letter WHERE text <> ''").first()
    assert.equal(kept?.count, 0)
  })
})

describe('The outbox', () => {
  it('lists what would have been sent, newest first, and escapes it', async () => {
    world.clock.now += MINUTE
    const buyer = { schools: [{ name: '<script>alert(1)</script>', pupils: 10, district: '1' }] }
    const { body } = await world.order({ ...EXAMPLE_ORDER, buyer })
    const choice = mailerOf(world.env)
    assert.ok('mailer' in choice)
    await turn(choice.mailer)
    const json = await world.ask('GET', '/dev/outbox.json')
    const letters = json.body as unknown as { to: string; about: string; links: string[] }[]
    assert.equal(letters[0]?.about, body.reference)
    assert.deepEqual(Object.keys(letters[0] ?? {}), ['to', 'subject', 'text', 'links', 'about'])
    const page = await world.ask('GET', '/dev/outbox')
    assert.match(page.headers.get('Content-Type') ?? '', /^text\/html/)
    assert.doesNotMatch(page.text, /<script|style=/)
  })

  it('is not there in production', async () => {
    const { ENVIRONMENT } = world.env
    world.env.ENVIRONMENT = 'production'
    for (const path of ['/dev/outbox', '/dev/outbox.json']) assert.equal((await world.ask('GET', path)).status, 404)
    world.env.ENVIRONMENT = ENVIRONMENT ?? ''
  })
})

describe('The choice of a mailer', () => {
  const production = (settings: object) => mailerOf({ ...world.env, ENVIRONMENT: 'production', ...settings })

  it('says in a sentence what is missing', () => {
    for (const settings of [
      {},
      { MAILER: 'outbox' },
      { MAILER: 'pigeon' },
      { MAILER: 'notify' },
      { MAILER: 'notify', NOTIFY_API_KEY: 'short' },
      { MAILER: 'cloudflare' },
    ]) {
      const choice = production(settings)
      assert.ok('missing' in choice, JSON.stringify(settings))
      assert.match(choice.missing, /\.$/)
    }
  })

  it('shows on /healthz', async () => {
    const heard = await world.ask('GET', '/healthz')
    assert.equal(heard.status, 503)
    assert.match(heard.text, /npm run build/)
  })
})

const letter: Letter = { id: 'letter-1', to: 'a@b.example', subject: 'Order £', text: 'Dear A\n', about: 'SS-1' }
const service = '3aaaaaaa-1111-4222-8333-444444444444'
const secret = '5bbbbbbb-1111-4222-8333-444444444444'

describe('GOV.UK Notify', () => {
  let server: Server
  let url = ''
  let answers: { status: number; body?: unknown; stall?: boolean }[] = []
  let heard: { path: string; token: string; body: Record<string, unknown> }[] = []
  before(async () => {
    server = createServer((request, reply) => {
      let text = ''
      request.on('data', (part) => {
        text += part
      })
      request.on('end', () => {
        heard.push({
          path: request.url ?? '',
          token: request.headers.authorization ?? '',
          body: text ? JSON.parse(text) : {},
        })
        const { status, body = {}, stall } = answers.shift() ?? { status: 500 }
        if (!stall) reply.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    answers = []
    heard = []
  })
  const mailer = () => notify({ apiKey: `live-${service}-${secret}`, templateId: 'template', url, patience: 200 })

  it('gets the letter with its reference and a signed token', async () => {
    answers = [{ status: 201 }]
    assert.deepEqual(await mailer().send(letter, false), { outcome: 'sent' })
    assert.equal(heard[0]?.path, '/v2/notifications/email')
    assert.deepEqual(heard[0]?.body, {
      email_address: letter.to,
      template_id: 'template',
      personalisation: { subject: letter.subject, text: letter.text },
      reference: letter.id,
    })
    const [head = '', claims = '', signature = ''] = (heard[0]?.token ?? '').replace('Bearer ', '').split('.')
    assert.equal(JSON.parse(Buffer.from(claims, 'base64url').toString()).iss, service)
    const key = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(secret),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['verify'],
    )
    const signed = new TextEncoder().encode(`${head}.${claims}`)
    assert.ok(await crypto.subtle.verify('HMAC', key, Buffer.from(signature, 'base64url'), signed))
  })

  it('is asked first whether an earlier attempt arrived', async () => {
    answers = [{ status: 200, body: { notifications: [{ id: 'x' }] } }]
    assert.deepEqual(await mailer().send(letter, true), { outcome: 'sent' })
    assert.deepEqual(
      heard.map(({ path }) => path),
      ['/v2/notifications?reference=letter-1'],
    )
    answers = [{ status: 200, body: { notifications: [] } }, { status: 201 }]
    assert.deepEqual(await mailer().send(letter, true), { outcome: 'sent' })
    assert.equal(heard.length, 3)
    answers = [{ status: 500 }]
    assert.equal((await mailer().send(letter, true)).outcome, 'later')
    assert.equal(heard.length, 4)
  })

  it('may be busy, stall or be away, and a refused address is refused for good', async () => {
    for (const status of [429, 500, 503, 403]) {
      answers = [{ status }]
      assert.equal((await mailer().send(letter, false)).outcome, 'later', String(status))
    }
    answers = [{ status: 400 }]
    assert.equal((await mailer().send(letter, false)).outcome, 'never')
    answers = [{ status: 200, stall: true }]
    assert.deepEqual(await mailer().send(letter, false), { outcome: 'later', why: 'no answer in time' })
    const nobody = notify({
      apiKey: `live-${service}-${secret}`,
      templateId: 't',
      url: 'http://127.0.0.1:9',
      patience: 200,
    })
    assert.equal((await nobody.send(letter, false)).outcome, 'later')
  })
})

describe('Cloudflare Email', () => {
  it('gets the letter, with a subject that begins no other header', async () => {
    const sent: Record<string, unknown>[] = []
    const mailer = cloudflare({ send: async (message) => sent.push(message) }, 'outreach@provider.example')
    const tricky = { ...letter, subject: 'One\r\nBcc: x@y.example' }
    assert.deepEqual(await mailer.send(tricky, false), { outcome: 'sent' })
    assert.deepEqual(sent, [
      {
        from: 'outreach@provider.example',
        to: letter.to,
        subject: 'One Bcc: x@y.example',
        text: letter.text,
        headers: { 'X-Outreach-Letter': 'letter-1', 'Auto-Submitted': 'auto-generated' },
      },
    ])
  })

  it('may fail for now, for good, or stall', async () => {
    const failing = (code: string) =>
      cloudflare(
        {
          send: async () => {
            throw Object.assign(new Error('no'), { code })
          },
        },
        'a@b.example',
      )
    assert.equal((await failing('E_RATE_LIMIT_EXCEEDED').send(letter, false)).outcome, 'later')
    assert.equal((await failing('E_RECIPIENT_SUPPRESSED').send(letter, false)).outcome, 'never')
    const stalling = cloudflare({ send: () => new Promise(() => {}) }, 'a@b.example', 50)
    assert.deepEqual(await stalling.send(letter, false), { outcome: 'later', why: 'no answer in time' })
  })
})
