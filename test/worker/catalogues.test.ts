import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { statementsFor } from '../../worker/catalogues/load.ts'
import { EXAMPLE_QUOTE } from '../../worker/reference/examples.ts'
import { signIn } from './console.ts'
import { faultsIn, openWorld, shippedCatalogues, type World, worldOn } from './harness.ts'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const CATALOGUE = '/api/providers/stepping-stones/catalogue'

describe('The list of providers', () => {
  it('names each of them once', async () => {
    const { status, body } = await world.ask('GET', '/api/providers')
    assert.equal(status, 200)
    const providers = body.providers as unknown as { id: string; name: string }[]
    assert.deepEqual(
      providers.map(({ id }) => id),
      ['bridge', 'golden-hill', 'school2school-norfolk', 'sedis', 'stepping-stones'],
    )
    assert.ok(providers.every(({ name }) => name.length > 0))
  })
})

describe('A catalogue', () => {
  it('is the one in force on the day, by the clock, the header, the address or the question', async () => {
    const seen = async (path: string, headers = {}) => {
      const { body } = await world.ask('GET', path, undefined, headers)
      return `${body.catalogue} ${body.version} ${body.on} ${body.inForce}`
    }
    assert.equal(await seen(CATALOGUE), '2024-25 1 2024-09-10 true')
    assert.equal(await seen(CATALOGUE, { 'X-Today': '2019-03-20' }), '2019-20 1 2019-03-20 true')
    assert.equal(await seen(`${CATALOGUE}?today=2019-03-20`), '2019-20 1 2019-03-20 true')
    assert.equal(await seen(`${CATALOGUE}?on=2024-05-01`), '2024-25 1 2024-05-01 true')
    assert.equal(await seen(`${CATALOGUE}?catalogue=2019-20`), '2019-20 1 2024-09-10 false')
    assert.equal(await seen(CATALOGUE, { 'X-Today': '2030-01-01' }), '2024-25 1 2030-01-01 false')
    assert.equal(await seen(CATALOGUE, { 'X-Today': 'yesterday' }), '2024-25 1 2024-09-10 true')
  })

  it('does not let a request move the day in production', async () => {
    const production = worldOn(world.db, { ENVIRONMENT: 'production', TODAY: '2019-03-20' })
    const { body } = await production.ask('GET', `${CATALOGUE}?today=2019-03-20`, undefined, {
      'X-Today': '2019-03-20',
    })
    assert.equal(body.on, '2026-11-02')
    assert.equal(body.inForce, false)
  })

  it('goes by the day in England', async () => {
    const production = worldOn(world.db, { ENVIRONMENT: 'production' })
    for (const [instant, day] of [
      ['2024-06-30T22:59:59Z', '2024-06-30'],
      ['2024-06-30T23:00:00Z', '2024-07-01'],
      ['2024-12-31T23:59:59Z', '2024-12-31'],
    ] as const) {
      production.clock.now = Date.parse(instant)
      assert.equal((await production.ask('GET', CATALOGUE)).body.on, day)
    }
  })

  it('is sent once to whoever has it already', async () => {
    const first = await world.ask('GET', CATALOGUE)
    const etag = first.headers.get('ETag') ?? ''
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await world.ask('GET', CATALOGUE, undefined, { 'If-None-Match': tag })
      assert.equal(again.status, 304)
      assert.equal(again.text, '')
      assert.equal(again.headers.get('ETag'), etag)
    }
    const other = await world.ask('GET', CATALOGUE, undefined, { 'If-None-Match': etag, 'X-Today': '2019-03-20' })
    assert.equal(other.status, 200)
  })

  it('asks D1 for nothing once warm, nor does a quote', async () => {
    await world.ask('GET', CATALOGUE)
    world.crossings.roundTrips = 0
    await world.ask('GET', CATALOGUE)
    await world.ask('POST', '/api/providers/stepping-stones/quotes', EXAMPLE_QUOTE)
    assert.equal(world.crossings.roundTrips, 0)
  })

  it('that nobody has published is not found, and a day that does not exist is wrong', async () => {
    for (const path of [
      '/api/providers/nobody/catalogue',
      '/api/providers/No%20Body/catalogue',
      `${CATALOGUE}?catalogue=x`,
    ])
      assert.equal((await world.ask('GET', path)).status, 404)
    const heard = await world.ask('GET', `${CATALOGUE}?on=2024-13-01`)
    assert.equal(heard.status, 422)
    assert.deepEqual(faultsIn(heard), ['/on not-a-date'])
  })

  it('shows a new version within a minute, and keeps the old one', async () => {
    const own = worldOn(world.db)
    await own.ask('GET', CATALOGUE)
    const catalogues = (await shippedCatalogues()).map((document) => ({
      ...document,
      title: `${document.title}, again`,
    }))
    await world.db.batch(statementsFor(catalogues, false).map((sql) => world.db.prepare(sql)))
    own.clock.now += 61_000
    assert.equal((await own.ask('GET', CATALOGUE)).body.version, 1)
    for (const expected of [2, 2]) {
      await world.db.batch(statementsFor(catalogues, true).map((sql) => world.db.prepare(sql)))
      own.clock.now += 61_000
      assert.equal((await own.ask('GET', CATALOGUE)).body.version, expected)
    }
    assert.equal(await world.count('catalogue_version'), 12)
    const { body } = await own.ask('POST', '/api/providers/stepping-stones/quotes', EXAMPLE_QUOTE)
    assert.equal(body.version, 2)
  })

  it('is still shown while the database is away', async () => {
    const own = worldOn(world.db)
    await own.ask('GET', CATALOGUE)
    own.env.DB = {
      prepare: () => {
        throw new Error('D1_ERROR: Network connection lost.')
      },
    } as unknown as D1Database
    own.clock.now += 3_600_000
    assert.equal((await own.ask('GET', CATALOGUE)).status, 200)
    const unknown = await own.ask('GET', '/api/providers/bridge/catalogue')
    assert.equal(unknown.status, 503)
    assert.ok(Number(unknown.headers.get('Retry-After')) > 0)
  })
})

describe('A worker that is asked by many at once', () => {
  /** A database that holds each answer back until it is let go of, and counts them. */
  function slow(db: D1Database) {
    const held: (() => void)[] = []
    let batches = 0
    const batch = async (statements: D1PreparedStatement[]) => {
      batches += 1
      const results = await db.batch(statements)
      await new Promise<void>((resolve) => held.push(resolve))
      return results
    }
    const slowed = new Proxy(db, { get: (target, name) => (name === 'batch' ? batch : Reflect.get(target, name)) })
    const letGo = async () => {
      while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      for (const release of held.splice(0)) release()
    }
    return { db: slowed, letGo, batches: () => batches }
  }

  it('reads a provider once', async () => {
    const own = worldOn(world.db)
    const { db, letGo, batches } = slow(world.db)
    own.env.DB = db
    const asked = Array.from({ length: 20 }, () => own.ask('GET', CATALOGUE))
    await letGo()
    for (const { status } of await Promise.all(asked)) assert.equal(status, 200)
    assert.equal(batches(), 1)
  })

  it('does not remember what was read before something was published', async () => {
    const own = worldOn(world.db)
    const { db, letGo } = slow(world.db)
    own.env.DB = db
    const owner = await signIn(own, { provider: 'golden-hill', role: 'owner' })
    const path = '/api/providers/golden-hill/catalogue?catalogue=2019-20'
    const { version } = (await worldOn(world.db).ask('GET', path)).body
    const early = own.ask('GET', path)
    // Taken back while the first answer is on its way.
    await new Promise((resolve) => setTimeout(resolve, 50))
    own.env.DB = world.db
    const took = `/api/console/providers/golden-hill/catalogues/2019-20/versions/${version}/take-back`
    assert.equal((await own.ask('POST', took, undefined, owner.headers)).status, 200)
    own.env.DB = db
    await letGo()
    assert.equal((await early).body.version, version)
    own.env.DB = world.db
    assert.notEqual((await own.ask('GET', path)).body.version, version)
    await world.db.prepare("DELETE FROM publication WHERE provider = 'golden-hill'").run()
  })
})

describe('A quote', () => {
  it('is the same the second time, and another one on another day or for another basket', async () => {
    const ask = async (today: string, quantity: number) => {
      const items = [{ offer: 'consultancy', quantity }]
      const { body } = await world.ask('POST', '/api/providers/stepping-stones/quotes', { items }, { 'X-Today': today })
      return body
    }
    const first = await ask('2024-09-10', 1)
    assert.deepEqual(await ask('2024-09-10', 1), first)
    assert.notDeepEqual(await ask('2024-09-10', 2), first)
    assert.equal((await ask('2024-09-11', 1)).on, '2024-09-11')
    assert.deepEqual(await ask('2024-09-10', 1), first)
  })
})

describe('A quote of a catalogue that is not in force', () => {
  it('is priced as on its last day, and for its own days', async () => {
    const ask = (body: object) =>
      world.ask('POST', '/api/providers/stepping-stones/quotes', body, { 'X-Today': '2024-09-10' })
    const items = [{ offer: 'universal', quantity: 1 }]
    assert.equal((await ask({ catalogue: '2019-20', items })).body.on, '2020-03-31')
    assert.equal((await ask({ catalogue: '2019-20', items })).body.totalPence, 75000)
    assert.equal((await ask({ catalogue: '2019-20', on: '2019-03-31', items })).body.totalPence, 50000)
    assert.equal((await ask({ on: '2019-03-31', items })).body.catalogue, '2019-20')
  })
})
