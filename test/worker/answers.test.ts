import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, openWorld, type World } from './harness.ts'

let world: World
let coordinator: SignedInPerson
let colleague: SignedInPerson
const path = '/api/console/providers/stepping-stones/orders'

before(async () => {
  world = await openWorld()
  coordinator = await signIn(world, { provider: 'stepping-stones', role: 'coordinator' })
  colleague = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
})
after(() => world.stop())

async function placed(body: unknown = EXAMPLE_ORDER): Promise<string> {
  const { body: receipt, status } = await world.order(body)
  equal(status, 201)
  return String(receipt.reference)
}

const post = (reference: string, what: string, body: unknown = {}, headers = coordinator.headers) =>
  world.ask('POST', `${path}/${reference}/${what}`, body, headers)

async function shown(reference: string) {
  const { status, body } = await world.ask('GET', `${path}/${reference}`, undefined, coordinator.headers)
  equal(status, 200)
  return body as unknown as {
    order: { status: string; totalPence: number }
    request: { contact: { email: string } }
    quote: { lines: { offer: string }[] }
    catalogue: { title: string; offers: { id: string; name: string }[] }
    history: { kind: string; actor: 'school' | { id: string; name: string }; text: string; before: string | null }[]
    letters: {
      id: string
      kind: string
      to: string
      state: string
      replacedBy: string | null
      canBeSentAgain: boolean
    }[]
  }
}

const textsOf = async (reference: string, kind: string) => {
  const { results } = await world.db
    .prepare('SELECT text, recipient FROM letter WHERE about = ?1 AND kind = ?2 ORDER BY written_at')
    .bind(reference, kind)
    .all<{ text: string; recipient: string }>()
  return results
}

const recorded = async (reference: string) => {
  const { results } = await world.db
    .prepare('SELECT action, actor, detail FROM record WHERE subject = ?1 ORDER BY number')
    .bind(reference)
    .all<{ action: string; actor: string; detail: string }>()
  return results
}

describe('An order in the console', () => {
  it('shows what was asked, what it costs, what was done and which letters were written', async () => {
    const reference = await placed()
    const { order, request, quote, catalogue, history, letters } = await shown(reference.toLowerCase())
    equal(order.status, 'placed')
    equal(order.totalPence, 192500)
    equal(request.contact.email, 'senco@school.example')
    equal(quote.lines.length, 3)
    equal(catalogue.offers.find(({ id }) => id === 'silver')?.name, 'Silver package')
    deepEqual(
      history.map(({ kind, actor }) => [kind, actor]),
      [['placed', 'school']],
    )
    deepEqual(letters.map(({ kind, state }) => `${kind} ${state}`).sort(), [
      'order-placed-contact waiting',
      'order-placed-provider waiting',
      'order-placed-provider waiting',
    ])
    deepEqual(
      (await recorded(reference)).map(({ action, actor }) => [action, actor]),
      [['order-placed', 'school']],
    )
  })

  it('is not there for another provider, nor for somebody who may not read orders', async () => {
    const reference = await placed()
    const stranger = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    const editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    const other = `/api/console/providers/golden-hill/orders/${reference}`
    equal((await world.ask('GET', other, undefined, stranger.headers)).status, 404)
    equal((await world.ask('POST', `${other}/accept`, {}, stranger.headers)).status, 404)
    equal((await world.ask('GET', `${path}/${reference}`, undefined, editor.headers)).status, 403)
    equal((await world.ask('GET', `${path}/SS-2222-2222`, undefined, coordinator.headers)).status, 404)
  })
})

describe('Accepting an order', () => {
  it('tells the contact and who signs, and keeps who did it and when', async () => {
    const reference = await placed()
    const { status, body } = await post(reference, 'accept')
    equal(status, 200)
    deepEqual(body, { reference, status: 'accepted' })
    const { order, history } = await shown(reference)
    equal(order.status, 'accepted')
    equal(history[1]?.kind, 'accepted')
    deepEqual(history[1]?.actor, {
      id: coordinator.person,
      name: 'A coordinator',
      email: `coordinator-${coordinator.person}@console.example`,
    })
    const [toContact] = await textsOf(reference, 'order-accepted-contact')
    equal(toContact?.recipient, 'senco@school.example')
    match(toContact?.text ?? '', /has accepted your order/)
    match(toContact?.text ?? '', /What happens next\n1\. /)
    const [toSignatory] = await textsOf(reference, 'order-accepted-signatory')
    equal(toSignatory?.recipient, 'head@school.example')
    match(toSignatory?.text ?? '', /I am authorised by the school/)
    match(toSignatory?.text ?? '', /£1,925/)
    deepEqual(
      (await recorded(reference)).map(({ action, actor }) => [action, actor]),
      [
        ['order-placed', 'school'],
        ['order-accepted', coordinator.person],
      ],
    )
  })

  it('writes one letter where the contact signs', async () => {
    const contact = { ...EXAMPLE_ORDER.contact, email: 'HEAD@school.example' }
    const reference = await placed({ ...EXAMPLE_ORDER, contact })
    await post(reference, 'accept')
    equal((await textsOf(reference, 'order-accepted-signatory')).length, 0)
    match((await textsOf(reference, 'order-accepted-contact'))[0]?.text ?? '', /What there is to sign/)
  })

  it('by two at once is done by one, and the other is told who was first', async () => {
    for (const [first, second] of [
      ['accept', 'decline'],
      ['accept', 'accept'],
    ] as const) {
      const reference = await placed()
      const heard = await Promise.all([
        post(reference, first, { reason: 'No.' }),
        post(reference, second, { reason: 'No.' }, colleague.headers),
      ])
      deepEqual(heard.map(({ status }) => status).sort(), [200, 409])
      const won = heard.find(({ status }) => status === 200)
      const lost = heard.find(({ status }) => status === 409)
      equal(lost?.body.status, won?.body.status)
      const winner = won === heard[0] ? coordinator : colleague
      equal((lost?.body.answered as { by: { id: string } } | undefined)?.by.id, winner.person)
      const { history, letters } = await shown(reference)
      equal(history.length, 2)
      equal(letters.length, won?.body.status === 'accepted' ? 5 : 4)
    }
  })

  it('gives the same answer to the same key, and refuses the key to anything else', async () => {
    const reference = await placed()
    const headers = { ...coordinator.headers, 'Idempotency-Key': 'k1' }
    const heard = await Promise.all(Array.from({ length: 20 }, () => post(reference, 'accept', {}, headers)))
    deepEqual(
      [...new Set(heard.map(({ status, text }) => `${status} ${text}`))],
      [`200 ${JSON.stringify({ reference, status: 'accepted' })}`],
    )
    equal((await shown(reference)).history.length, 2)
    const other = await post(reference, 'decline', { reason: 'x', seen: 'accepted' }, headers)
    equal(other.status, 422)
    match(String(other.body.type), /key-reused$/)
    const note = { ...coordinator.headers, 'Idempotency-Key': 'k2' }
    for (let turn = 0; turn < 3; turn += 1) equal((await post(reference, 'notes', { text: 'Rang.' }, note)).status, 201)
    equal((await shown(reference)).history.filter(({ kind }) => kind === 'note').length, 1)
  })

  it('leaves nothing half done when the database fails on the way', async () => {
    const reference = await placed()
    await world.db.prepare("CREATE TRIGGER fails BEFORE INSERT ON record BEGIN SELECT raise(ABORT, 'no'); END").run()
    equal((await post(reference, 'accept')).status, 500)
    await world.db.prepare('DROP TRIGGER fails').run()
    const { order, history, letters } = await shown(reference)
    deepEqual([order.status, history.length, letters.length], ['placed', 1, 3])
  })
})

describe('Declining an order', () => {
  it('needs a reason, which the contact hears', async () => {
    const reference = await placed()
    deepEqual(faultsIn(await post(reference, 'decline', {})), ['/reason required'])
    deepEqual(faultsIn(await post(reference, 'decline', { reason: ' \n ' })), ['/reason required'])
    deepEqual(faultsIn(await post(reference, 'decline', { reason: 'x'.repeat(1_001) })), ['/reason too-long'])
    deepEqual(faultsIn(await post(reference, 'decline', { reason: 'a\u202eb' })), ['/reason not-text'])
    equal((await shown(reference)).order.status, 'placed')
    equal((await post(reference, 'decline', { reason: 'We are full.\r\nTry in May.' })).status, 200)
    const [letter] = await textsOf(reference, 'order-declined-contact')
    match(letter?.text ?? '', /The reason\nWe are full\.\nTry in May\./)
    equal((await textsOf(reference, 'order-accepted-signatory')).length, 0)
  })

  it('can be taken back by who sees that it is declined, and the letters say so', async () => {
    const reference = await placed()
    await post(reference, 'decline', { reason: 'By mistake.' })
    equal((await post(reference, 'accept')).status, 409)
    world.clock.now += 60_000
    equal((await post(reference, 'accept', { seen: 'declined' })).status, 200)
    match((await textsOf(reference, 'order-accepted-contact'))[0]?.text ?? '', /which it had declined before/)
    world.clock.now += 60_000
    equal((await post(reference, 'decline', { reason: 'After all.', seen: 'accepted' })).status, 200)
    match((await textsOf(reference, 'order-declined-contact'))[1]?.text ?? '', /can no longer take it on/)
    const { history } = await shown(reference)
    deepEqual(
      history.map(({ kind, before: was }) => [kind, was]),
      [
        ['placed', null],
        ['declined', 'placed'],
        ['accepted', 'declined'],
        ['declined', 'accepted'],
      ],
    )
  })

  it('is for those who answer orders', async () => {
    const reference = await placed()
    for (const role of ['editor', 'finance', 'viewer'] as const) {
      const { headers } = await signIn(world, { provider: 'stepping-stones', role })
      for (const what of ['accept', 'decline', 'notes', 'letters/x/again'])
        equal((await post(reference, what, { reason: 'x', text: 'x' }, headers)).status, 403)
    }
    equal((await post(reference, 'accept', {}, { ...coordinator.headers, Origin: 'https://evil.example' })).status, 403)
    equal((await post(reference, 'accept', {}, { Cookie: coordinator.cookie, Origin: 'null' })).status, 403)
    equal((await shown(reference)).history.length, 1)
  })
})

describe('A letter sent again', () => {
  it('is written anew from the order, once its text is gone', async () => {
    const reference = await placed()
    await post(reference, 'accept')
    const [first] = await textsOf(reference, 'order-accepted-signatory')
    await world.db
      .prepare("UPDATE letter SET state = 'sent', sent_at = written_at, text = '' WHERE about = ?1")
      .bind(reference)
      .run()
    const letter = (await shown(reference)).letters.find(({ kind }) => kind === 'order-accepted-signatory')
    ok(letter?.canBeSentAgain)
    world.clock.now += 60_000
    equal((await post(reference, `letters/${letter.id}/again`)).status, 201)
    const again = (await textsOf(reference, 'order-accepted-signatory'))[1]
    deepEqual(again, first)
    const { history, letters } = await shown(reference)
    equal(history.at(-1)?.kind, 'letter-sent-again')
    const earlier = letters.find(({ id }) => id === letter.id)
    notEqual(earlier?.replacedBy, null)
    equal(earlier?.canBeSentAgain, false)
    equal((await recorded(reference)).at(-1)?.action, 'letter-sent-again')
    equal((await post(reference, `letters/${letter.id}/again`)).status, 409)
    equal((await post(reference, `letters/${earlier?.replacedBy}/again`)).status, 409)
    equal((await post(reference, 'letters/none/again')).status, 404)
  })

  it('goes to an address that is typed, where it had none or a wrong one', async () => {
    const reference = await placed()
    await world.db
      .prepare(
        "UPDATE letter SET state = 'unaddressed', recipient = '' WHERE about = ?1 AND kind = 'order-placed-provider'",
      )
      .bind(reference)
      .run()
    const letter = (await shown(reference)).letters.find(({ state }) => state === 'unaddressed')
    const again = (body: unknown) => post(reference, `letters/${letter?.id}/again`, body)
    const troubled = async () => {
      const heard = await world.ask(
        'GET',
        '/api/console/providers/stepping-stones/letters',
        undefined,
        coordinator.headers,
      )
      return (heard.body.letters as { about: string; state: string }[]).map(({ about, state }) => `${about} ${state}`)
    }
    deepEqual(await troubled(), [`${reference} unaddressed`, `${reference} unaddressed`])
    deepEqual(faultsIn(await again({})), ['/to required'])
    deepEqual(faultsIn(await again({ to: 'nobody' })), ['/to email'])
    const both = await Promise.all([again({ to: 'office@provider.example' }), again({ to: 'office@provider.example' })])
    deepEqual(both.map(({ status }) => status).sort(), [201, 409])
    deepEqual(await troubled(), [`${reference} unaddressed`])
    const letters = await textsOf(reference, 'order-placed-provider')
    equal(letters.filter(({ recipient }) => recipient === 'office@provider.example').length, 1)
    match(letters.at(-1)?.text ?? '', /Ledger code: AB123/)
  })
})
