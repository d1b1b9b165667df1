import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { browserNamed } from '../../worker/people/browser.ts'
import { newCode } from '../../worker/people/secret.ts'
import { ORIGIN, signIn } from './console.ts'
import { type Heard, logged, openWorld, type World, worldOn } from './harness.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

let world: World
/** The same database as in production, where limits count and letters wait for a mailer. */
let production: World
before(async () => {
  world = await openWorld()
  production = worldOn(world.db, { ENVIRONMENT: 'production', WRITES_A_MINUTE: '0' })
})
after(() => world.stop())

let email = ''
let persons = 0
let person = ''
beforeEach(async () => {
  persons += 1
  email = `someone${persons}@oak.example`
  person = (await signIn(world, { provider: 'stepping-stones', role: 'owner', email })).person
  await world.db.prepare('DELETE FROM session WHERE person = ?1').bind(person).run()
})

const from = (headers: Record<string, string> = {}) => ({ Origin: ORIGIN, 'User-Agent': CHROME, ...headers })

/** A letter's text, however it stands in the queue. */
async function letters(about: string, to = email): Promise<{ subject: string; text: string }[]> {
  const { results } = await world.db
    .prepare('SELECT subject, text FROM letter WHERE about = ?1 AND recipient = ?2 ORDER BY written_at, id')
    .bind(about, to)
    .all<{ subject: string; text: string }>()
  return results
}

/** Asks for a code as a browser does, and reads the letter. */
async function askForCode(
  of: World = world,
  headers: Record<string, string> = {},
  to = email,
): Promise<{ heard: Heard; attempt: string; code: string }> {
  const heard = await of.ask('POST', '/api/console/sign-in/codes', { email: to }, from(headers))
  const attempt = String(heard.body.attempt)
  const text = (await letters('sign-in', to.trim().toLowerCase())).find((letter) => letter.text.includes(attempt))?.text
  return { heard, attempt, code: /#code=(\d{8})/.exec(text ?? '')?.[1] ?? '' }
}

const enter = (attempt: string, code: string, headers: Record<string, string> = {}, of: World = world) =>
  of.ask('POST', '/api/console/sign-in', { attempt, code }, from(headers))

/** The cookies that a reply sets, as the browser sends them back. */
const cookiesOf = ({ headers }: Heard) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

const session = (cookie: string, of: World = world) =>
  of.ask('GET', '/api/console/session', undefined, { Cookie: cookie })

const kindOf = ({ status, body }: Heard) => `${status} ${String(body.type).split('/').at(-1)}`

describe('A code', () => {
  it('arrives by letter, with a link, and signs in once', async () => {
    const { heard, attempt, code } = await askForCode(world, {}, `  ${email.toUpperCase()} `)
    equal(heard.status, 202)
    deepEqual(Object.keys(heard.body), ['attempt'])
    const [letter] = await letters('sign-in')
    match(letter?.text ?? '', new RegExp(`${ORIGIN}/console/sign-in\\?attempt=${attempt}#code=${code}`))
    doesNotMatch(letter?.subject ?? '', /\d/)
    const entered = await enter(attempt, `${code.slice(0, 4)} ${code.slice(4)}`)
    equal(entered.status, 200, entered.text)
    const {
      person: who,
      providers,
      origin,
      development,
      today,
    } = entered.body as Record<string, unknown> & {
      person: { id: string; email: string }
      providers: { id: string; role: string; rights: string[]; parts: string[] }[]
    }
    deepEqual([who.id, who.email, origin, development, today], [person, email, ORIGIN, true, '2024-09-10'])
    deepEqual(
      providers.map(({ id, role, rights, parts }) => [id, role, rights.includes('manage-people'), parts]),
      [['stepping-stones', 'owner', true, ['panels', 'waiting', 'places']]],
    )
    equal(kindOf(await enter(attempt, code)), '410 code-expired')
    const read = await session(cookiesOf(entered))
    deepEqual(read.body, entered.body)
    const row = await world.db
      .prepare('SELECT device, how FROM session WHERE person = ?1')
      .bind(person)
      .first<{ device: string; how: string }>()
    deepEqual(row, { device: 'Chrome on Windows', how: 'code' })
    const entry = await world.db
      .prepare("SELECT provider, subject, detail FROM record WHERE actor = ?1 AND action = 'signed-in'")
      .bind(person)
      .first()
    deepEqual(entry, { provider: 'stepping-stones', subject: entered.body.session, detail: '{"how":"code"}' })
  })

  it('is held in cookies that only this host’s pages get', async () => {
    const { attempt, code } = await askForCode()
    const cookies = (await enter(attempt, code)).headers.getSetCookie()
    equal(cookies.length, 2)
    for (const cookie of cookies) {
      match(cookie, /^__Host-(session|device)=[0-9a-f]{64}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
      doesNotMatch(cookie, /Domain/i)
    }
    const stored = await world.db.prepare('SELECT secret_hash FROM session').all()
    for (const cookie of cookies)
      doesNotMatch(JSON.stringify(stored.results), new RegExp(/=([0-9a-f]{64})/.exec(cookie)?.[1] ?? 'x'))
  })

  it('is not kept where it could be read', async () => {
    const { attempt, code } = await askForCode(production)
    const rows = JSON.stringify((await world.db.prepare('SELECT * FROM sign_in_attempt').all()).results)
    doesNotMatch(rows, new RegExp(attempt))
    doesNotMatch(rows, new RegExp(code))
    doesNotMatch(rows, new RegExp(email))
  })

  it('makes one session of fifty posts at once', async () => {
    const { attempt, code } = await askForCode()
    const heard = await Promise.all(Array.from({ length: 50 }, () => enter(attempt, code)))
    equal(heard.filter(({ status }) => status === 200).length, 1)
    ok(heard.every((one) => one.status === 200 || kindOf(one) === '410 code-expired'))
    const row = await world.db.prepare('SELECT count(*) AS count FROM session WHERE person = ?1').bind(person).first()
    equal(row?.count, 1)
  })

  it('has five tries, also when a thousand are made, and the right one comes too late', async () => {
    const { attempt, code } = await askForCode()
    const wrong = String((Number(code) + 1) % 100_000_000).padStart(8, '0')
    const left = []
    for (let tried = 0; tried < 5; tried += 1) {
      const heard = await enter(attempt, wrong)
      equal(kindOf(heard), '422 code-wrong')
      left.push(heard.body.triesLeft)
    }
    deepEqual(left, [4, 3, 2, 1, 0])
    equal(kindOf(await enter(attempt, code)), '410 code-expired')
    const another = await askForCode()
    const heard = await Promise.all(
      Array.from({ length: 1_000 }, (_, at) => enter(another.attempt, String(10_000_000 + at))),
    )
    equal(heard.filter((one) => kindOf(one) === '422 code-wrong').length, 5)
    equal(heard.filter((one) => kindOf(one) === '410 code-expired').length, 995)
    equal(kindOf(await enter(another.attempt, another.code)), '410 code-expired')
  })

  it('loses no try to what cannot be a code, and is found with its right try still there', async () => {
    const { attempt, code } = await askForCode()
    for (const typed of ['1234567', 'abcdefgh', '123456789', '１２３４５６７８'])
      deepEqual((await enter(attempt, typed)).body.triesLeft, 5)
    for (const body of [{}, { attempt }, { attempt, code: 12345678 }, { attempt, code: '' }, { attempt: '', code }])
      equal((await world.ask('POST', '/api/console/sign-in', body, from())).status, 422)
    equal((await enter(attempt, code)).status, 200)
  })

  it('runs out after ten minutes by the real clock', async () => {
    const { attempt, code } = await askForCode()
    const began = world.clock.now
    world.clock.now = began + 10 * 60_000
    equal(kindOf(await enter(attempt, code)), '410 code-expired')
    world.clock.now = began + 10 * 60_000 - 1
    equal((await enter(attempt, code)).status, 200)
    world.clock.now = began
  })

  it('is not used up by a GET or HEAD, nor taken from another website', async () => {
    const { attempt, code } = await askForCode()
    for (const method of ['GET', 'HEAD'])
      for (const path of ['/api/console/sign-in', `/console/sign-in?attempt=${attempt}`])
        ok((await world.ask(method, path)).status < 500)
    equal(kindOf(await enter(attempt, code, { Origin: 'https://evil.example' })), '403 wrong-origin')
    equal((await enter(attempt, code)).status, 200)
  })

  it('is promised alike to an address that nobody is known by, and never works there', async () => {
    const nobody = await askForCode(world, {}, 'nobody@nowhere.example')
    deepEqual([nobody.heard.status, Object.keys(nobody.heard.body)], [202, ['attempt']])
    equal(nobody.attempt.length, (await askForCode()).attempt.length)
    equal((await letters('sign-in', 'nobody@nowhere.example')).length, 0)
    equal((await enter(nobody.attempt, '12345678')).body.triesLeft, 4)
    // In production without a mailer nothing goes on behind the reply.
    const crossings = []
    for (const to of ['other@nowhere.example', email]) {
      const stood = production.crossings.roundTrips
      await production.ask('POST', '/api/console/sign-in/codes', { email: to }, from())
      crossings.push(production.crossings.roundTrips - stood)
    }
    deepEqual(crossings, [2, 2])
  })

  it('is refused to what is no address', async () => {
    for (const typed of [
      '',
      'x',
      'a@b',
      'a b@c.example',
      'a@b.example\u0000',
      'a@b.example,c@d.example',
      5,
      null,
      ['a@b.example'],
    ])
      equal(
        (await world.ask('POST', '/api/console/sign-in/codes', { email: typed }, from())).status,
        422,
        String(typed),
      )
    equal((await world.ask('POST', '/api/console/sign-in/codes', '{', from())).status, 400)
  })

  it('is sent ten times an hour to one address and thirty a day, and the answer is the same beyond', async () => {
    const began = production.clock.now
    const asked = await Promise.all(Array.from({ length: 25 }, () => askForCode(production)))
    ok(asked.every(({ heard }) => heard.status === 202))
    equal((await letters('sign-in')).length, 10)
    const unsent = asked.find(({ code }) => code === '')
    ok(unsent)
    equal((await enter(unsent.attempt, '12345678', {}, production)).body.triesLeft, 4)
    for (let hour = 1; hour < 6; hour += 1) {
      production.clock.now = began + hour * 3_600_001
      for (let count = 0; count < 12; count += 1) await askForCode(production)
    }
    equal((await letters('sign-in')).length, 30)
    production.clock.now = began + 26 * 3_600_000
    await askForCode(production)
    equal((await letters('sign-in')).length, 31)
    production.clock.now = began
  })

  it('still reaches who asks in a browser of theirs while a stranger asks in their name', async () => {
    const first = await askForCode(production)
    const entered = await enter(first.attempt, first.code, {}, production)
    equal(entered.status, 200)
    for (let count = 0; count < 12; count += 1) await askForCode(production)
    equal((await askForCode(production)).code, '')
    notEqual((await askForCode(production, { Cookie: cookiesOf(entered) })).code, '')
  })

  it('is asked for from one address so often and no more', async () => {
    const limited = worldOn(world.db, { ENVIRONMENT: 'production', WRITES_A_MINUTE: '3' })
    const statuses = []
    for (let count = 0; count < 5; count += 1) statuses.push((await askForCode(limited)).heard.status)
    deepEqual(statuses, [202, 202, 202, 429, 429])
    equal((await enter('x', '12345678', {}, limited)).status, 429)
  })

  it('is drawn by chance, each as likely as every other', () => {
    const drawn = [4_294_967_295, 4_200_000_000, 4_199_999_999]
    equal(
      newCode(() => drawn.shift() ?? 0),
      '99999999',
    )
    equal(
      newCode(() => 7),
      '00000007',
    )
    const codes = new Set(Array.from({ length: 2_000 }, () => newCode()))
    ok(codes.size > 1_990)
    ok([...codes].every((code) => /^\d{8}$/.test(code)))
  })

  it('leaves nothing behind but for a day', async () => {
    const began = world.clock.now
    await askForCode()
    world.clock.now = began + 60 * 3_600_000
    const ask = (count: number) => askForCode(world, {}, `nobody${count}@nowhere.example`)
    for (let ten = 0; ten < 100; ten += 10) await Promise.all(Array.from({ length: 10 }, (_, one) => ask(ten + one)))
    const rows = await world.db.prepare('SELECT count(*) AS count FROM sign_in_attempt').first<{ count: number }>()
    ok((rows?.count ?? 0) <= 101, String(rows?.count))
    world.clock.now = began
  })
})

describe('A session', () => {
  const enterAs = async (headers: Record<string, string> = {}) => {
    const { attempt, code } = await askForCode(world, headers)
    const entered = await enter(attempt, code, headers)
    equal(entered.status, 200, entered.text)
    return { cookie: cookiesOf(entered), id: String(entered.body.session) }
  }
  const write = (method: string, path: string, cookie: string, body?: unknown) =>
    world.ask(method, `/api/console${path}`, body, from({ Cookie: cookie }))

  it('gets a new secret at each sign-in, and the browser’s former one ends', async () => {
    const one = await enterAs()
    const two = await enterAs({ Cookie: one.cookie })
    notEqual(one.cookie.split(';')[0], two.cookie.split(';')[0])
    equal(one.cookie.split('; ')[1], two.cookie.split('; ')[1])
    equal((await session(one.cookie)).status, 401)
    equal((await session(two.cookie)).status, 200)
  })

  it('ends when one signs out, and never works again', async () => {
    const { cookie, id } = await enterAs()
    const out = await write('DELETE', '/session', cookie)
    equal(out.status, 200)
    match(out.headers.get('Set-Cookie') ?? '', /^__Host-session=; Max-Age=0; Path=\//)
    equal(kindOf(await session(cookie)), '401 signed-out')
    equal(kindOf(await write('DELETE', '/session', cookie)), '401 signed-out')
    const entry = await world.db
      .prepare("SELECT subject FROM record WHERE actor = ?1 AND action = 'signed-out'")
      .bind(person)
      .first()
    deepEqual(entry, { subject: id })
  })

  it('ends unused after 12 hours and in any case after 30 days', async () => {
    const began = world.clock.now
    const { cookie } = await enterAs()
    for (let half = 1; half < 60; half += 1) {
      world.clock.now = began + half * 12 * 3_600_000
      equal((await session(cookie)).status, 200, `after ${half} half days`)
    }
    world.clock.now = began + 60 * 12 * 3_600_000
    equal((await session(cookie)).status, 401)
    world.clock.now = began
    const other = await enterAs()
    world.clock.now = began + 12 * 3_600_000 + 1
    equal((await session(other.cookie)).status, 401)
    world.clock.now = began
  })

  it('is listed with its device, and is ended one by one or everywhere at once', async () => {
    const one = await enterAs()
    const two = await enterAs({
      'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1',
    })
    const three = await enterAs()
    const list = async (cookie: string) =>
      ((await write('GET', '/sessions', cookie)).body.sessions ?? []) as {
        id: string
        device: string
        current: boolean
      }[]
    const listed = await list(one.cookie)
    deepEqual(listed.map(({ device }) => device).sort(), ['Chrome on Windows', 'Chrome on Windows', 'Safari on iPhone'])
    deepEqual(
      listed.filter(({ current }) => current).map(({ id }) => id),
      [one.id],
    )
    equal((await write('DELETE', `/sessions/${two.id}`, one.cookie)).status, 200)
    equal((await session(two.cookie)).status, 401)
    equal((await write('DELETE', `/sessions/${two.id}`, one.cookie)).status, 404)
    const stranger = await signIn(world, {})
    equal((await write('DELETE', `/sessions/${one.id}`, stranger.cookie)).status, 404)
    equal((await list(one.cookie)).length, 2)
    equal((await write('DELETE', '/sessions', one.cookie)).status, 200)
    for (const { cookie } of [one, three]) equal((await session(cookie)).status, 401)
    equal((await session(stranger.cookie)).status, 200)
    const { results } = await world.db
      .prepare("SELECT action FROM record WHERE actor = ?1 AND action <> 'signed-in' ORDER BY number")
      .bind(person)
      .all<{ action: string }>()
    deepEqual(
      results.map(({ action }) => action),
      ['signed-out', 'sessions-ended'],
    )
  })

  it('is told of by letter again once somebody has signed out everywhere, but for the browser in which they did', async () => {
    const mine = await enterAs()
    const theirs = await enterAs()
    equal((await letters('new-device')).length, 1)
    const gone = await world.ask('DELETE', '/api/console/sessions', undefined, { Origin: ORIGIN, Cookie: mine.cookie })
    equal(gone.status, 200)
    await enterAs({ Cookie: mine.cookie })
    equal((await letters('new-device')).length, 1)
    await enterAs({ Cookie: theirs.cookie })
    equal((await letters('new-device')).length, 2)
  })

  it('on a device that is new is told by letter, but for the first one ever', async () => {
    const first = await enterAs()
    equal((await letters('new-device')).length, 0)
    await enterAs({ Cookie: first.cookie })
    equal((await letters('new-device')).length, 0)
    await enterAs({ 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' })
    const [letter] = await letters('new-device')
    match(letter?.text ?? '', /Device: Firefox on Linux\nWhen: 2 November 2026 at 09:00/)
    match(letter?.text ?? '', new RegExp(`${ORIGIN}/console/account`))
  })

  it('knows what its person is called', async () => {
    const { cookie } = await enterAs()
    equal((await write('PUT', '/person', cookie, { name: '  Ada Example ' })).status, 200)
    const { person: who } = (await session(cookie)).body as { person?: unknown }
    deepEqual(who, { id: person, email, name: 'Ada Example' })
    for (const name of ['', ' ', 'x'.repeat(121), 'a\u202eb', 5, null])
      equal((await write('PUT', '/person', cookie, { name })).status, 422)
  })

  it('is told of in no record of a provider that has invited somebody, until they open its console', async () => {
    await world.db
      .prepare(
        "INSERT INTO membership (provider, person, role, since_at) VALUES ('golden-hill', ?1, 'viewer', '2026-01-01')",
      )
      .bind(person)
      .run()
    const recorded = async () => {
      const { results } = await world.db
        .prepare('SELECT provider, action, subject FROM record WHERE actor = ?1 ORDER BY number')
        .bind(person)
        .all<{ provider: string; action: string; subject: string }>()
      return results.map(({ provider, action, subject }) => `${provider} ${action} ${subject === id}`)
    }
    const { id, cookie } = await enterAs()
    equal((await write('PUT', '/person', cookie, { name: 'Ada Example' })).status, 200)
    deepEqual(await recorded(), ['stepping-stones signed-in true', 'stepping-stones renamed false'])
    const host = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    const seen = async () => {
      const { body } = await world.ask('GET', '/api/console/providers/golden-hill/people', undefined, host.headers)
      const found = (body.people as { id: string; name: string; signedInAt: string | null }[]).find(
        (one) => one.id === person,
      )
      return [found?.name, found?.signedInAt === null]
    }
    deepEqual(await seen(), ['', true])
    const opened = await Promise.all(
      Array.from({ length: 3 }, () => write('GET', '/providers/golden-hill/overview', cookie)),
    )
    deepEqual(
      opened.map(({ status }) => status),
      [200, 200, 200],
    )
    deepEqual((await recorded()).slice(2), ['golden-hill signed-in true'])
    deepEqual(await seen(), ['Ada Example', false])
  })

  it('leaves no trace of anybody in the log', () => {
    ok(logged.length > 0)
    doesNotMatch(logged.join('\n'), /oak\.example|nowhere\.example|Ada Example/)
  })
})

describe('A browser', () => {
  it('is called what people call it', () => {
    const names: [string, string][] = [
      [CHROME, 'Chrome on Windows'],
      [`${CHROME} Edg/140.0`, 'Edge on Windows'],
      [
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
        'Safari on Mac',
      ],
      ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'Chrome on Android'],
      ['curl/8', 'A browser'],
      ['', 'A browser'],
      ['<script>', 'A browser'],
    ]
    for (const [userAgent, name] of names) equal(browserNamed(userAgent), name)
  })
})
