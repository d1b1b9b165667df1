import { deepEqual, equal, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, openWorld, type World } from './harness.ts'

interface Listed {
  reference: string
  status: string
  schoolName: string
  schools: number
  totalPence: number
  payment: string
}
interface Page {
  counts: Record<string, number>
  orders: Listed[]
  next: string | null
  previous: string | null
}

let world: World
let viewer: SignedInPerson
let coordinator: SignedInPerson
const provider = '/api/console/providers/stepping-stones'

before(async () => {
  world = await openWorld()
  viewer = await signIn(world, { provider: 'stepping-stones', role: 'viewer' })
  coordinator = await signIn(world, { provider: 'stepping-stones', role: 'coordinator' })
})
after(() => world.stop())

interface Buyer {
  name: string
  urn?: string
  schoolNumber?: string
  district?: string
}

async function place(schools: Buyer[], today?: string): Promise<string> {
  world.clock.now += 60_000
  const old = today !== undefined
  const heard = await world.order(
    {
      ...EXAMPLE_ORDER,
      ...(old
        ? { catalogue: '2019-20', items: [{ offer: 'universal', quantity: 1 }], expectedPence: 75_000 }
        : { items: [{ offer: 'universal', quantity: 1 }], expectedPence: 55_000 }),
      buyer: { schools: schools.map((school) => ({ pupils: 100, ...school })) },
    },
    old ? { today } : {},
  )
  equal(heard.status, 201, heard.text)
  return String(heard.body.reference)
}

async function list(query = ''): Promise<Page> {
  const heard = await world.ask('GET', `${provider}/orders${query}`, undefined, viewer.headers)
  equal(heard.status, 200, heard.text)
  return heard.body as unknown as Page
}

const found = async (query: string) => (await list(query)).orders.map(({ reference }) => reference)
const answer = (reference: string, what: string) =>
  world.ask('POST', `${provider}/orders/${reference}/${what}`, { reason: 'Full.' }, coordinator.headers)

describe('The inbox', () => {
  const references: string[] = []

  it('lists the newest first, with counts by state, page by page both ways', async () => {
    for (let number = 0; number < 120; number += 1)
      references.unshift(await place([{ name: `School ${String(number).padStart(3, '0')}` }]))
    for (const reference of references.slice(0, 30)) await answer(reference, 'accept')
    for (const reference of references.slice(30, 35)) await answer(reference, 'decline')
    const first = await list()
    deepEqual(first.counts, { placed: 85, accepted: 30, declined: 5, cancelled: 0 })
    deepEqual(
      first.orders.map(({ reference }) => reference),
      references.slice(0, 50),
    )
    equal(first.previous, null)
    const second = await list(`?after=${first.next}`)
    const third = await list(`?after=${second.next}`)
    deepEqual(
      [...second.orders, ...third.orders].map(({ reference }) => reference),
      references.slice(50),
    )
    equal(third.next, null)
    deepEqual((await list(`?before=${third.previous}`)).orders, second.orders)
    const back = await list(`?before=${second.previous}`)
    deepEqual(back.orders, first.orders)
    equal(back.previous, null)
    deepEqual(Object.keys(first.orders[0] ?? {}), [
      'reference',
      'status',
      'placedOn',
      'placedAt',
      'schoolName',
      'schools',
      'totalPence',
      'catalogue',
      'version',
      'payment',
    ])
  })

  it('lists one state, one year, or both', async () => {
    const old = await place([{ name: 'Of old' }], '2019-06-03')
    deepEqual(await found('?catalogue=2019-20'), [old])
    deepEqual((await list('?catalogue=2019-20')).counts, { placed: 1, accepted: 0, declined: 0, cancelled: 0 })
    deepEqual(await found('?catalogue=2019-20&state=accepted'), [])
    deepEqual(await found('?state=declined'), references.slice(30, 35))
    deepEqual(await found('?state=declined&catalogue=2024-25'), references.slice(30, 35))
    equal((await found('?state=cancelled')).length, 0)
    const waiting = await list('?state=placed&catalogue=2024-25')
    const more = await list(`?state=placed&catalogue=2024-25&after=${waiting.next}`)
    deepEqual(
      [...waiting.orders, ...more.orders].map(({ reference }) => reference),
      references.slice(35),
    )
  })

  it('finds a school by the beginnings of its words, whatever its accents, apostrophes and signs', async () => {
    const mary = await place([{ name: "St. Mary's C.E. Primary School", urn: '100001', district: '1' }])
    const wyn = await place([{ name: 'Ysgol Ŵyn-Élan', schoolNumber: '02/117' }])
    for (const words of ['mary', 'MARYS', 'st mar', "mary's", 'primary st', 'school st. m', '100001', '1000'])
      deepEqual(await found(`?words=${encodeURIComponent(words)}`), [mary], words)
    for (const words of ['wyn', 'ŵyn él', 'elan ysgol', '02117'])
      deepEqual(await found(`?words=${encodeURIComponent(words)}`), [wyn], words)
    deepEqual(await found('?number=02%2F117'), [wyn])
    deepEqual(await found('?number=100001'), [mary])
    deepEqual(await found('?number=100001&words=wyn'), [])
    deepEqual(await found('?words=ary'), [])
    deepEqual(await found('?words=st&state=accepted'), [])
    deepEqual(await found('?words=st&catalogue=2019-20'), [])
  })

  it('shows an order once, however many of its words and schools begin alike', async () => {
    const twice = await place([{ name: 'Hill Hillside Hilltop School' }])
    const cluster = await place([
      { name: 'Zebra Hill School' },
      { name: 'Quarry Hillock School' },
      { name: 'Quarry School' },
      { name: 'Quarry School' },
    ])
    deepEqual((await found('?words=hill')).sort(), [twice, cluster].sort())
    deepEqual(await found('?words=quarry'), [cluster])
    deepEqual(await found('?words=quarry%20hill'), [cluster])
    deepEqual(await found('?words=zebra%20quarry'), [])
    equal((await list('?words=zebra')).orders[0]?.schools, 4)
  })

  it('pages through what a search found, both ways and each order once', async () => {
    const all: string[] = []
    const pages: Page[] = []
    for (let query = '?words=school'; ; ) {
      const page = await list(query)
      pages.push(page)
      all.push(...page.orders.map(({ reference }) => reference))
      if (page.next === null) break
      query = `?words=school&after=${page.next}`
    }
    equal(all.length, new Set(all).size)
    equal(all.length, 123)
    equal(pages[0]?.previous, null)
    deepEqual((await list(`?words=school&before=${pages[2]?.previous}`)).orders, pages[1]?.orders)
    deepEqual((await list(`?words=school&before=${pages[1]?.previous}`)).orders, pages[0]?.orders)
  })

  it('asks D1 a few times a page, however many schools of how many orders begin alike, and leads on from where it stopped', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `Throng ${String(index).padStart(3, '0')}`)
    const throngs: string[] = []
    for (const letter of 'abcdefg') throngs.push(await place(names.map((name) => ({ name: `${name} ${letter}` }))))
    const last = await place([{ name: 'Throng zz' }])
    const pages: Page[] = []
    const read = async (query: string) => {
      world.crossings.roundTrips = 0
      const page = await list(query)
      ok(world.crossings.roundTrips <= 6, `${world.crossings.roundTrips} round trips`)
      return page
    }
    for (let query = '?words=throng'; ; query = `?words=throng&after=${pages.at(-1)?.next}`) {
      pages.push(await read(query))
      if (pages.at(-1)?.next === null) break
    }
    const referencesOf = (some: Page[]) => some.flatMap(({ orders }) => orders.map(({ reference }) => reference))
    deepEqual(referencesOf(pages), [...throngs, last])
    ok(pages.length <= 3, `${pages.length} pages`)
    const back: Page[] = []
    for (let place = pages.at(-1)?.previous; place; place = back[0]?.previous)
      back.unshift(await read(`?words=throng&before=${place}`))
    deepEqual(referencesOf(back), throngs)
    // From a page on which nothing is shown it goes on both ways.
    const empty = pages.find(({ orders }) => orders.length === 0)
    deepEqual(referencesOf([await read(`?words=throng&after=${empty?.next}`)]), [last])
    ok(empty?.previous)
  })

  it('finds an order by its reference or the beginning of it, with and without hyphens', async () => {
    const [reference = ''] = references
    const plain = reference.replaceAll('-', '').toLowerCase()
    for (const typed of [reference, plain, plain.slice(2), reference.slice(3), ` ${reference} `])
      deepEqual(await found(`?reference=${encodeURIComponent(typed)}`), [reference], typed)
    ok((await found(`?reference=${plain.slice(0, 5)}`)).includes(reference))
    deepEqual(await found(`?words=${reference}`), [reference])
    deepEqual(await found(`?reference=${reference}&state=declined`), [])
    deepEqual(await found('?reference=SS-2222-2222'), [])
    const first = await list('?reference=SS')
    const byAlphabet = first.orders.map(({ reference: one }) => one)
    deepEqual(byAlphabet, [...byAlphabet].sort())
    const second = await list(`?reference=SS&after=${first.next}`)
    deepEqual((await list(`?reference=SS&before=${second.previous}`)).orders, first.orders)
  })

  it('is another’s at another provider', async () => {
    const owner = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    for (const query of ['', '?words=school', `?reference=${references[0]}`, '?number=100001', '?catalogue=2024-25']) {
      const { body } = await world.ask(
        'GET',
        `/api/console/providers/golden-hill/orders${query}`,
        undefined,
        owner.headers,
      )
      deepEqual(body.orders, [], query)
      deepEqual(body.counts, { placed: 0, accepted: 0, declined: 0, cancelled: 0 })
    }
    const editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    equal((await world.ask('GET', `${provider}/orders`, undefined, editor.headers)).status, 403)
  })

  it('refuses what no address of its own says', async () => {
    for (const [query, fault] of [
      ['?state=lost', '/state choose'],
      ['?after=!', '/after choose'],
      ['?after=W10', '/after choose'],
      ['?before=e30', '/before choose'],
      [`?words=${'x'.repeat(201)}`, '/words too-long'],
      ['?catalogue=..', '/catalogue not-an-id'],
    ] as const)
      deepEqual(
        faultsIn(await world.ask('GET', `${provider}/orders${query}`, undefined, viewer.headers)),
        [fault],
        query,
      )
  })
})
