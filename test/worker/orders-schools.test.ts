import { deepEqual, equal, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, openWorld, type World } from './harness.ts'

interface School {
  name: string
  urn: string | null
  number: string | null
  orders: { reference: string; status: string; schools: number; pence: number }[]
  offers: { offer: string; option?: string; name: string; quantity: number; shared: boolean }[]
  pence: number
  leastMinutes: number
  mostMinutes: number
  sharedLeastMinutes: number
}
interface Page {
  catalogue: string
  schools: School[]
  next: string | null
}

let world: World
let viewer: SignedInPerson
const provider = '/api/console/providers/stepping-stones'
before(async () => {
  world = await openWorld()
  viewer = await signIn(world, { provider: 'stepping-stones', role: 'viewer' })
})
after(() => world.stop())

async function place(schools: Record<string, unknown>[], order: Record<string, unknown> = {}): Promise<string> {
  world.clock.now += 60_000
  const heard = await world.order({
    ...EXAMPLE_ORDER,
    buyer: { schools: schools.map((school) => ({ pupils: 100, ...school })) },
    ...order,
  })
  equal(heard.status, 201, heard.text)
  return String(heard.body.reference)
}

async function list(query = ''): Promise<Page> {
  const heard = await world.ask('GET', `${provider}/schools${query}`, undefined, viewer.headers)
  equal(heard.status, 200, heard.text)
  return heard.body as unknown as Page
}

describe('What each school holds', () => {
  it('adds its orders up, however they write it, without those that were declined', async () => {
    const coordinator = await signIn(world, { provider: 'stepping-stones', role: 'coordinator' })
    const first = await place([{ name: "St Mary's Primary School", urn: '100001' }])
    const second = await place([{ name: 'Saint Marys CE Primary', urn: '100001' }], {
      items: [{ offer: 'silver', quantity: 1 }],
      expectedPence: 155_000,
    })
    const declined = await place([{ name: "St Mary's Primary School", urn: '100001' }])
    const path = `${provider}/orders/${declined}/decline`
    equal((await world.ask('POST', path, { reason: 'Twice.' }, coordinator.headers)).status, 200)
    const { catalogue, schools, next } = await list()
    deepEqual([catalogue, schools.length, next], ['2024-25', 1, null])
    const [school] = schools
    equal(school?.name, 'Saint Marys CE Primary')
    deepEqual(school?.orders.map(({ reference }) => reference).sort(), [first, second].sort())
    equal(school?.pence, 347_500)
    deepEqual([school?.leastMinutes, school?.mostMinutes], [1_440, 1_560])
    deepEqual(school?.offers.map(({ name, quantity }) => `${quantity} ${name}`).sort(), [
      '1 Training, Twilight, 2 hours',
      '2 Silver package',
      '2 Universal support offer',
    ])
  })

  it('says of a cluster what its schools share, and what each pays', async () => {
    await place([
      { name: 'Ash School', schoolNumber: '01/001' },
      { name: 'Beech School', district: '4' },
      { name: 'Beech School', district: '2' },
    ])
    const { schools } = await list('?words=beech')
    equal(schools.length, 2)
    ok(schools.every(({ orders }) => orders[0]?.schools === 3))
    ok(schools.every(({ leastMinutes, sharedLeastMinutes }) => leastMinutes === 0 && sharedLeastMinutes === 720))
    ok(schools.every(({ offers }) => offers.every(({ shared }) => shared)))
    const [ash] = (await list('?words=01001')).schools
    equal(ash?.number, '01/001')
    equal((ash?.pence ?? 0) + schools.reduce((sum, { pence }) => sum + pence, 0), 192_500)
  })

  it('lists the schools by the alphabet, page by page, each once', async () => {
    const order = { items: [{ offer: 'universal', quantity: 1 }], expectedPence: 55_000 }
    for (let ten = 0; ten < 110; ten += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_, number) =>
          place([{ name: `Crowd ${String(((ten + number) * 37) % 110).padStart(3, '0')}`, district: '1' }], order),
        ),
      )
    const names: string[] = []
    for (let query = ''; ; ) {
      const { schools, next } = await list(query)
      names.push(...schools.map(({ name }) => name))
      if (next === null) break
      ok(schools.length === 20)
      query = `?after=${next}`
    }
    equal(names.length, 114)
    const crowd = names.filter((name) => name.startsWith('Crowd'))
    deepEqual(crowd, [...crowd].sort())
    equal(new Set(crowd).size, 110)
    const found: string[] = []
    for (let query = '?words=crow'; ; ) {
      const { schools, next } = await list(query)
      found.push(...schools.map(({ name }) => name))
      if (next === null) break
      query = `?words=crow&after=${next}`
    }
    deepEqual(found, crowd)
  })

  it('is of one year, of one provider, and for those who read orders', async () => {
    deepEqual((await list('?catalogue=2019-20')).schools, [])
    deepEqual((await list('?catalogue=2019-20&words=crowd')).schools, [])
    const stranger = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    const elsewhere = '/api/console/providers/golden-hill/schools?catalogue=2024-25'
    deepEqual((await world.ask('GET', elsewhere, undefined, stranger.headers)).body.schools, [])
    deepEqual((await world.ask('GET', `${elsewhere}&words=crowd`, undefined, stranger.headers)).body.schools, [])
    const editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    equal((await world.ask('GET', `${provider}/schools`, undefined, editor.headers)).status, 403)
    deepEqual(faultsIn(await world.ask('GET', `${provider}/schools?after=%21`, undefined, viewer.headers)), [
      '/after choose',
    ])
  })
})
