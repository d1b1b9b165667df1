import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import worker from '../../worker/index.ts'
import { drain } from '../../worker/letters/drain.ts'
import type { Delivery, Mailer } from '../../worker/letters/mailer.ts'
import { sweep } from '../../worker/retention/sweep.ts'
import { ORIGIN, signIn } from './console.ts'
import { openWorld, type World, worldOn } from './harness.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let world: World
before(async () => {
  world = await openWorld({ MAILER: 'none' })
})
after(() => world.stop())
beforeEach(async () => {
  await world.db.batch(['letter', 'lease', 'session', 'sign_in_attempt'].map((table) => emptied(table)))
})

const emptied = (table: string) => world.db.prepare(`DELETE FROM ${table}`)
const now = () => world.clock.now
const mailer = (delivery: Delivery): Mailer => ({ keepsText: false, send: async () => delivery })

/** Somebody asks for a code, which waits in the queue. */
async function askForCode(email = 'owner@oak.example'): Promise<void> {
  const heard = await world.ask('POST', '/api/console/sign-in/codes', { email }, { Origin: ORIGIN })
  equal(heard.status, 202)
}
const letters = async () =>
  (await world.db.prepare('SELECT state, text FROM letter ORDER BY written_at').all<{ state: string; text: string }>())
    .results

describe('A letter with a code', () => {
  before(() => signIn(world, { provider: 'sedis', role: 'owner', email: 'owner@oak.example' }))

  it('is tried for as long as the code works, and then gives up what it says', async () => {
    await askForCode()
    match((await letters())[0]?.text ?? '', /#code=\d{8}/)
    const began = now()
    const later = mailer({ outcome: 'later', why: 'busy' })
    let tries = 0
    for (; (await letters())[0]?.state === 'waiting' && tries < 30; world.clock.now += MINUTE) {
      const { putOff, failed } = await drain(world.db, later, now)
      tries += putOff + failed
    }
    ok(tries >= 3 && now() - began <= 10 * MINUTE, `${tries} tries in ${(now() - began) / MINUTE} minutes`)
    deepEqual(await letters(), [{ state: 'failed', text: '' }])
  })

  it('that is refused gives up what it says at once', async () => {
    await askForCode()
    await drain(world.db, mailer({ outcome: 'never', why: 'refused' }), now)
    deepEqual(await letters(), [{ state: 'failed', text: '' }])
  })

  it('is not sent once the code is over, and not kept either', async () => {
    await askForCode()
    world.clock.now += 10 * MINUTE
    const sent = { outcome: 'sent' } as const
    deepEqual(await drain(world.db, mailer(sent), now), { sent: 0, putOff: 0, failed: 0 })
    equal((await letters()).length, 1)
    await sweep(world.db, now)
    deepEqual(await letters(), [])
  })

  it('stays while the code works, and other letters however old they are', async () => {
    await world.order()
    const written = (await letters()).length
    await askForCode()
    await sweep(world.db, now)
    equal((await letters()).length, written + 1)
    world.clock.now += 400 * DAY
    await sweep(world.db, now)
    equal((await letters()).length, written)
  })
})

describe('The sweep', () => {
  it('deletes what is over, and nothing else', async () => {
    const old = await signIn(world, { provider: 'sedis', role: 'owner' })
    const at = (instant: number) => new Date(instant).toISOString()
    const device = (hash: string, used: number) =>
      world.db.prepare('INSERT INTO device VALUES (?1, ?2, ?3)').bind(old.person, hash, at(used))
    await world.db.batch([device('forgotten', now() - 401 * DAY), device('known', now() - 398 * DAY)])
    await askForCode('nobody@oak.example')
    world.clock.now += DAY - 1
    await askForCode('nobody@oak.example')
    const { session } = await signIn(world, { provider: 'sedis', role: 'owner' })
    await sweep(world.db, now)
    equal(await world.count('sign_in_attempt'), 2)
    world.clock.now += 2
    await sweep(world.db, now)
    equal(await world.count('sign_in_attempt'), 1)
    deepEqual((await world.db.prepare('SELECT secret_hash FROM device').all()).results, [{ secret_hash: 'known' }])
    equal(await world.count('session'), 2)
    world.clock.now += 29 * DAY
    await sweep(world.db, now)
    deepEqual((await world.db.prepare('SELECT id FROM session').all()).results, [{ id: session }])
  })

  it('keeps the key of an answer for 30 days, in which the answer is given again', async () => {
    const { headers } = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const { body } = await world.order()
    const note = () =>
      world.ask(
        'POST',
        `/api/console/providers/stepping-stones/orders/${body.reference}/notes`,
        { text: 'Rang the school.' },
        { ...headers, 'Idempotency-Key': 'note-1' },
      )
    const first = await note()
    equal(first.status, 201, first.text)
    world.clock.now += 30 * DAY - MINUTE
    await sweep(world.db, now)
    equal(await world.count('answer_key'), 1)
    world.clock.now += 2 * MINUTE
    await sweep(world.db, now)
    equal(await world.count('answer_key'), 0)
    equal(await world.count('order_entry'), 1)
  })

  it('comes to an end with more than it deletes at a time', async () => {
    await world.db
      .prepare(
        `INSERT INTO sign_in_attempt (hash, kind, subject, answer, made_at, ends_at)
         SELECT value, 'code', '', '', '2020-01-01', '2020-01-01'
           FROM json_each('[${Array.from({ length: 450 }, (_, index) => index).join()}]')`,
      )
      .run()
    await sweep(world.db, now)
    equal(await world.count('sign_in_attempt'), 0)
  })
})

describe('The schedule', () => {
  /** A database that fails at whatever is said of the record. */
  const broken = (db: D1Database): D1Database =>
    new Proxy(db, {
      get(target, name) {
        if (name === 'prepare')
          return (sql: string) => {
            if (/\brecord\b|\bseal_end\b/.test(sql)) throw new Error('D1_ERROR: broken')
            return target.prepare(sql)
          }
        const member: unknown = Reflect.get(target, name)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })

  it('sends letters although the record cannot be linked, and says what is wrong', async () => {
    const here = worldOn(world.db, { MAILER: 'none' })
    here.clock.now = Date.now() - MINUTE
    await here.order()
    const env = { ...here.env, DB: broken(world.db), MAILER: 'outbox' }
    const { scheduled } = worker
    await rejects(async () => scheduled({} as ScheduledController, env), /broken/)
    const states = (await letters()).map(({ state }) => state)
    ok(states.length > 0)
    deepEqual(new Set(states), new Set(['sent']))
  })
})
