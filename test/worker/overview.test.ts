import { deepEqual, equal } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { monthsOf } from '../../worker/overview/months.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, openWorld, type World, worldOn } from './harness.ts'

interface Shown {
  orders: Record<string, number> | null
  oldestWaiting: string | null
  drafts: { title: string; updatedBy: { name: string } }[]
  scheduled: { catalogue: string; version: number; from: string }[]
  lettersInTrouble: { failed: number; unaddressed: number } | null
  year: { catalogue: string; months: { month: string; orders: number; pence: number; leastMinutes: number }[] } | null
  years: string[]
}

let world: World
let owner: SignedInPerson
before(async () => {
  world = await openWorld()
  owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
})
after(() => world.stop())

async function shown(person = owner, query = '', provider = 'stepping-stones'): Promise<Shown> {
  const heard = await world.ask('GET', `/api/console/providers/${provider}/overview${query}`, undefined, person.headers)
  equal(heard.status, 200, heard.text)
  return heard.body as unknown as Shown
}

describe('The first page', () => {
  it('is quiet where nothing has come in', async () => {
    const { orders, oldestWaiting, drafts, lettersInTrouble, year, years } = await shown()
    deepEqual(orders, { placed: 0, accepted: 0, declined: 0, cancelled: 0 })
    deepEqual([oldestWaiting, drafts, lettersInTrouble], [null, [], { failed: 0, unaddressed: 0 }])
    equal(year?.catalogue, '2024-25')
    deepEqual(year?.months.map(({ month }) => month).slice(0, 2), ['2024-04', '2024-05'])
    equal(year?.months.length, 12)
    deepEqual(years, ['2024-25', '2019-20'])
  })

  it('counts what waits, and adds the year up without what was turned down', async () => {
    const references: unknown[] = []
    for (const today of ['2024-03-28', '2024-06-03', '2024-06-04', '2024-06-05']) {
      world.clock.now += 60_000
      references.push((await world.order(EXAMPLE_ORDER, { today })).body.reference)
    }
    const path = '/api/console/providers/stepping-stones/orders'
    await world.ask('POST', `${path}/${references[0]}/accept`, {}, owner.headers)
    await world.ask('POST', `${path}/${references[3]}/decline`, { reason: 'Full.' }, owner.headers)
    await world.db.prepare("UPDATE letter SET state = 'failed' WHERE about = ?1").bind(references[1]).run()
    const { orders, oldestWaiting, lettersInTrouble, year } = await shown()
    deepEqual(orders, { placed: 2, accepted: 1, declined: 1, cancelled: 0 })
    equal(oldestWaiting, '2024-06-03')
    deepEqual(lettersInTrouble, { failed: 3, unaddressed: 0 })
    equal(year?.months.length, 13)
    deepEqual(year?.months[0], { month: '2024-03', orders: 1, pence: 192500, leastMinutes: 720, mostMinutes: 780 })
    deepEqual(year?.months[3], { month: '2024-06', orders: 2, pence: 385000, leastMinutes: 1440, mostMinutes: 1560 })
    equal((await shown(owner, '?year=2019-20')).year?.catalogue, '2019-20')
    equal(
      (await shown(owner, '?year=2019-20')).year?.months.some(({ orders: count }) => count > 0),
      false,
    )
  })

  it('tells of an invitation that did not arrive who may invite again, until they have or it is of no use', async () => {
    const quiet = worldOn(world.db, { MAILER: 'none' })
    quiet.clock.now = world.clock.now
    const provider = '/api/console/providers/golden-hill'
    const host = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    const viewer = await signIn(world, { provider: 'golden-hill', role: 'viewer' })
    const invite = async (email: string) => {
      const heard = await quiet.ask('POST', `${provider}/people`, { email, role: 'viewer' }, host.headers)
      equal(heard.status < 300, true, heard.text)
      return String(heard.body.id)
    }
    const fail = () => world.db.prepare("UPDATE letter SET state = 'failed' WHERE about = 'invitation'").run()
    const told = async ({ headers }: SignedInPerson) => {
      const { letters } = (await world.ask('GET', `${provider}/letters`, undefined, headers)).body
      const { lettersInTrouble } = (await world.ask('GET', `${provider}/overview`, undefined, headers)).body
      const to = (letters as { about: string; to: string }[]).map((letter) => `${letter.about} to ${letter.to}`)
      return [...to, (lettersInTrouble as { failed: number }).failed]
    }
    const person = await invite('mistyped@oak.example')
    await fail()
    deepEqual(await told(host), ['invitation to mistyped@oak.example', 1])
    deepEqual(await told(viewer), [0])
    quiet.clock.now += 3_600_000
    equal(await invite('mistyped@oak.example'), person)
    deepEqual(await told(host), [0])
    await fail()
    deepEqual(await told(host), ['invitation to mistyped@oak.example', 1])
    await invite('other@oak.example')
    await fail()
    deepEqual((await told(host)).at(-1), 2)
    await quiet.ask('DELETE', `${provider}/people/${person}`, undefined, host.headers)
    deepEqual(await told(host), ['invitation to other@oak.example', 1])
    await world.db
      .prepare('UPDATE membership SET signed_in_at = since_at WHERE person = (SELECT id FROM person WHERE email = ?1)')
      .bind('other@oak.example')
      .run()
    deepEqual(await told(host), [0])
  })

  it('lists drafts and what begins on a later day', async () => {
    const at = '2026-11-02T09:00:00.000Z'
    await world.db.batch([
      world.db
        .prepare(
          "INSERT INTO draft (provider, id, state, title, revision, begun_at, begun_by, updated_at, updated_by, text) VALUES ('stepping-stones', ?1, ?2, ?3, 1, ?4, ?5, ?4, ?5, '')",
        )
        .bind('one', 'open', 'Next year', at, owner.person),
      world.db
        .prepare(
          "INSERT INTO draft (provider, id, state, title, revision, begun_at, begun_by, updated_at, updated_by, text) VALUES ('stepping-stones', ?1, ?2, ?3, 1, ?4, ?5, ?4, ?5, '')",
        )
        .bind('two', 'published', 'Done', at, owner.person),
      world.db
        .prepare(
          "INSERT INTO publication (provider, catalogue, version, from_on, published_at, published_by) VALUES ('stepping-stones', '2024-25', 1, '2024-12-01', ?1, 'system')",
        )
        .bind(at),
    ])
    const { drafts, scheduled } = await shown()
    deepEqual(
      drafts.map(({ title, updatedBy }) => [title, updatedBy.name]),
      [['Next year', 'A owner']],
    )
    deepEqual(scheduled, [{ catalogue: '2024-25', version: 1, from: '2024-12-01' }])
    await world.db.prepare('DELETE FROM publication').run()
  })

  it('leaves out for each role what it may not open', async () => {
    const editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    const viewer = await signIn(world, { provider: 'stepping-stones', role: 'viewer' })
    const forEditor = await shown(editor)
    deepEqual([forEditor.orders, forEditor.lettersInTrouble, forEditor.year], [null, null, null])
    equal(forEditor.drafts.length, 1)
    const forViewer = await shown(viewer)
    equal(forViewer.orders?.placed, 2)
    deepEqual(forViewer.drafts, [])
  })

  it('is a provider’s own, and there for one that has published nothing', async () => {
    const stranger = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    equal((await shown(stranger, '', 'golden-hill')).orders?.placed, 0)
    await world.db.prepare("INSERT INTO provider VALUES ('new-one', 'New', 'New', 'consortium', 'New')").run()
    const founder = await signIn(world, { provider: 'new-one', role: 'owner' })
    const { year, years } = await shown(founder, '', 'new-one')
    deepEqual([year, years], [{ catalogue: '', months: [] }, []])
    const path = '/api/console/providers/stepping-stones/overview'
    equal((await world.ask('GET', path, undefined, stranger.headers)).status, 404)
    deepEqual(faultsIn(await world.ask('GET', `${path}?year=../x`, undefined, owner.headers)), ['/year not-an-id'])
  })

  it('leaves no month out, across the turn of a year', () => {
    const month = { month: '2024-11', orders: 1, pence: 1, leastMinutes: 0, mostMinutes: 0 }
    deepEqual(
      monthsOf([month], { from: '2024-12-01', to: '2025-02-28' }).map(({ month: name }) => name),
      ['2024-11', '2024-12', '2025-01', '2025-02'],
    )
    deepEqual(monthsOf([], undefined), [])
  })
})
