import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newReference } from '../../worker/orders/reference.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { faultsIn, openWorld, type World, worldOn } from './harness.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const placement = { offer: 'placement', quantity: 1 }

describe('An order', () => {
  it('is kept under its reference with the version, the quote, the request and the day', async () => {
    const { status, body } = await world.order()
    assert.equal(status, 201)
    assert.deepEqual(Object.keys(body), [
      'reference',
      'status',
      'totalPence',
      'conditionalPence',
      'catalogue',
      'version',
      'placedOn',
    ])
    assert.equal(body.totalPence, 192500)
    assert.equal(body.placedOn, '2024-09-10')
    const row = await world.db.prepare('SELECT * FROM "order" WHERE reference = ?1').bind(body.reference).first()
    assert.ok(row)
    assert.equal(row.provider, 'stepping-stones')
    assert.equal(row.catalogue, '2024-25')
    assert.equal(row.version, 1)
    assert.equal(row.total_pence, 192500)
    assert.equal(row.school_name, 'Example Primary School')
    assert.equal(row.status, 'placed')
    const request = JSON.parse(String(row.request))
    assert.deepEqual(request.items[1], {
      offer: 'training',
      option: 'twilight',
      quantity: 1,
      topics: ['adhd'],
      attending: 24,
    })
    assert.equal(request.payment.ledgerCode, 'AB123')
    assert.equal(request.buyer.schools[0].address, '1 Example Road')
    assert.equal(JSON.parse(String(row.quote)).lines.length, 3)
  })

  it('takes one round trip once warm, and writes as many rows as it keeps', async () => {
    await world.order()
    world.crossings.roundTrips = 0
    world.crossings.rowsWritten = 0
    const { status } = await world.order()
    assert.equal(status, 201)
    assert.equal(world.crossings.roundTrips, 1)
    // The order, its key, what its school holds, how it is listed and counted, a letter to the contact and one to each of the provider's two
    // addresses, and the record of it: 9 rows, and 8 that find them again (the order by its reference, the list by its year, each letter and
    // what is held by the order, the record by its provider, and the record's last number).
    assert.equal(world.crossings.rowsWritten, 17)
  })

  it('writes of a school that buys for the first time how it is found, and what it holds', async () => {
    const rows = async () => {
      const tables = ['holding', 'school', 'school_year', 'school_word', 'inbox', 'order_tally', 'record']
      return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await world.count(table)])))
    }
    const first = await rows()
    const buyer = { schools: [{ name: 'Sürely New School', pupils: 210, district: '1' }] }
    await world.order({ ...EXAMPLE_ORDER, buyer })
    const second = await rows()
    const added = (name: string) => (second[name] ?? 0) - (first[name] ?? 0)
    assert.deepEqual(Object.keys(first).map(added), [1, 1, 1, 3, 1, 0, 1])
    await world.order({ ...EXAMPLE_ORDER, buyer })
    assert.deepEqual(await rows(), {
      ...second,
      holding: (second.holding ?? 0) + 1,
      inbox: (second.inbox ?? 0) + 1,
      record: (second.record ?? 0) + 1,
    })
    const { results } = await world.db
      .prepare("SELECT spelling, name, pence, offers, least_minutes, schools FROM holding WHERE name LIKE 'S%rely%'")
      .all()
    assert.deepEqual(results[0], {
      spelling: 'surely new school|d1',
      name: 'Sürely New School',
      pence: 192500,
      offers: JSON.stringify([
        { offer: 'universal', quantity: 1 },
        { offer: 'silver', quantity: 1 },
        { offer: 'training', option: 'twilight', quantity: 1 },
      ]),
      least_minutes: 720,
      schools: 1,
    })
  })

  it('can be read out over the phone, and a slip shows', () => {
    const reference = newReference('stepping-stones')
    assert.match(reference, /^SS-[2-9A-HJKMNP-RT-Z]{4}-[2-9A-HJKMNP-RT-Z]{4}$/)
    const values = [...reference.slice(3).replace('-', '')].map((sign) => '23456789ABCDEFGHJKMNPQRTVWXYZ'.indexOf(sign))
    const sum = values.slice(0, 7).reduce((all, value, index) => all + value * (index + 2), 0)
    assert.equal(sum % 29, values[7])
    assert.match(newReference('bridge'), /^BR-/)
  })

  it('is priced again: another price is a conflict that carries the new quote, and keeps nothing', async () => {
    const rows = await world.count('order')
    const heard = await world.order({ ...EXAMPLE_ORDER, expectedPence: 192400 })
    assert.equal(heard.status, 409)
    assert.match(String(heard.body.type), /price-changed$/)
    assert.equal(heard.body.quote?.totalPence, 192500)
    assert.equal(heard.body.quote?.version, 1)
    assert.equal(await world.count('order'), rows)
  })

  it('is refused before its catalogue opens and after it ends, with the day', async () => {
    const early = await world.order({ ...EXAMPLE_ORDER, catalogue: '2019-20' }, { today: '2018-12-31' })
    assert.equal(early.status, 422)
    assert.deepEqual(faultsIn(early), ['/catalogue not-open'])
    assert.equal(early.body.opensOn, '2019-01-01')
    assert.equal(early.body.errors?.[0]?.opensOn, '2019-01-01')
    const late = await world.order({ ...EXAMPLE_ORDER, catalogue: '2019-20' })
    assert.deepEqual(faultsIn(late), ['/catalogue not-open'])
    assert.equal(late.body.errors?.[0]?.closedOn, '2020-03-31')
    assert.equal(late.body.errors?.[0]?.opensOn, '2019-01-01')
    assert.equal(early.body.errors?.[0]?.closedOn, undefined)
  })

  it('says what is wrong with it before it says that the price changed', async () => {
    const heard = await world.order({ ...EXAMPLE_ORDER, expectedPence: 1, items: [placement] })
    assert.equal(heard.status, 422)
    assert.deepEqual(faultsIn(heard), ['/items/0/offer by-referral'])
  })

  it('refuses what is on request, what lacks its package, and a way of paying that is not offered', async () => {
    const bespoke = await world.order({
      ...EXAMPLE_ORDER,
      items: [{ offer: 'training', option: 'bespoke', quantity: 1 }],
    })
    assert.deepEqual(faultsIn(bespoke), ['/items/0/option on-request'])
    const topUp = await world.order({ ...EXAMPLE_ORDER, items: [{ offer: 'silver-top-up', quantity: 1 }] })
    assert.deepEqual(faultsIn(topUp), ['/items/0/offer must-hold'])
    const norfolk = await world.order(
      {
        ...EXAMPLE_ORDER,
        catalogue: '2015-16',
        buyer: { schools: [{ name: 'Example' }] },
        items: [{ offer: 'pay-as-you-use', quantity: 2 }],
        expectedPence: 10000,
      },
      { provider: 'school2school-norfolk', today: '2015-06-01' },
    )
    assert.ok(norfolk.status === 201 || faultsIn(norfolk).includes('/payment/method payment-not-offered'), norfolk.text)
  })

  it('refuses a school of another district and says who serves it', async () => {
    const buyer = { schools: [{ name: 'Example', district: '06' }] }
    const heard = await world.order({ ...EXAMPLE_ORDER, catalogue: '2019-20', buyer }, { today: '2019-06-01' })
    assert.equal(heard.status, 422)
    assert.ok(faultsIn(heard).includes('/buyer/schools/0/district out-of-area'))
    assert.equal(heard.body.servedBy, 'golden-hill')
  })

  it('needs a key of its own', async () => {
    const path = '/api/providers/stepping-stones/orders'
    for (const headers of [{}, { 'Idempotency-Key': '' }, { 'Idempotency-Key': 'k'.repeat(201) }]) {
      const heard = await world.ask('POST', path, EXAMPLE_ORDER, headers)
      assert.equal(heard.status, 400)
      assert.match(String(heard.body.type), /key-required$/)
    }
  })
})

describe('A key', () => {
  it('gives the same answer again, in whatever order the fields come', async () => {
    const first = await world.order(EXAMPLE_ORDER, { key: 'again' })
    const { catalogue, ...rest } = EXAMPLE_ORDER
    const second = await world.order({ ...rest, unknown: 1, catalogue }, { key: 'again' })
    assert.equal(second.status, 201)
    assert.deepEqual(second.body, first.body)
  })

  it('does not serve two orders', async () => {
    await world.order(EXAMPLE_ORDER, { key: 'twice' })
    const contact = { ...EXAMPLE_ORDER.contact, name: 'Somebody Else' }
    const heard = await world.order({ ...EXAMPLE_ORDER, contact }, { key: 'twice' })
    assert.equal(heard.status, 422)
    assert.match(String(heard.body.type), /key-reused$/)
    const otherPrice = await world.order({ ...EXAMPLE_ORDER, expectedPence: 5 }, { key: 'twice' })
    assert.match(String(otherPrice.body.type), /key-reused$/)
  })

  it('belongs to one provider', async () => {
    const order = {
      ...EXAMPLE_ORDER,
      catalogue: '2019-20',
      buyer: { schools: [{ name: 'Example' }] },
      items: [{ offer: 'gold', quantity: 1 }],
      expectedPence: 245000,
    }
    const one = await world.order(order, { key: 'shared', today: '2019-06-03' })
    const other = await world.order(order, { key: 'shared', provider: 'golden-hill', today: '2019-06-03' })
    assert.equal(one.status, 201, one.text)
    assert.equal(other.status, 201, other.text)
    assert.match(String(other.body.reference), /^GH-/)
  })

  it('gives the kept answer when the day has changed the price, or closed the catalogue', async () => {
    const order = {
      ...EXAMPLE_ORDER,
      catalogue: '2019-20',
      buyer: { schools: [{ name: 'Example' }] },
      items: [{ offer: 'universal', quantity: 1 }],
      expectedPence: 50000,
    }
    const first = await world.order(order, { key: 'midnight', today: '2019-03-31' })
    assert.equal(first.status, 201, first.text)
    for (const today of ['2019-04-01', '2020-04-01']) {
      const again = await world.order(order, { key: 'midnight', today })
      assert.equal(again.status, 201)
      assert.deepEqual(again.body, first.body)
    }
  })

  it('keeps one order of 200 that arrive at once', async () => {
    const [orders, letters] = [await world.count('order'), await world.count('letter')]
    const heard = await Promise.all(Array.from({ length: 200 }, () => world.order(EXAMPLE_ORDER, { key: 'flood' })))
    assert.deepEqual([...new Set(heard.map(({ status }) => status))], [201])
    assert.equal(new Set(heard.map(({ body }) => body.reference)).size, 1)
    assert.equal(await world.count('order'), orders + 1)
    assert.equal(await world.count('letter'), letters + 3)
  })

  it('finds the order that an error had hidden', async () => {
    const rows = await world.count('order')
    let lost = 0
    const db = new Proxy(world.db, {
      get(target, name) {
        if (name !== 'batch') {
          const member: unknown = Reflect.get(target, name)
          return typeof member === 'function' ? member.bind(target) : member
        }
        return async (statements: D1PreparedStatement[]) => {
          const orders = await world.count('order')
          const results = await target.batch(statements)
          if ((await world.count('order')) > orders) {
            lost += 1
            if (lost === 1) throw new Error('D1_ERROR: Network connection lost.')
          }
          return results
        }
      },
    })
    const shaky = worldOn(db)
    const first = await shaky.order(EXAMPLE_ORDER, { key: 'hidden' })
    assert.equal(first.status, 503)
    assert.ok(Number(first.headers.get('Retry-After')) > 0)
    const second = await shaky.order(EXAMPLE_ORDER, { key: 'hidden' })
    assert.equal(second.status, 201)
    assert.equal(await world.count('order'), rows + 1)
  })
})
