import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DEMONSTRATION_PEOPLE } from '../../demo/people.ts'
import { providerQuery, providerStatement, setUpStatements } from '../../worker/people/first-owner.store.ts'
import { ORIGIN } from './console.ts'
import { openWorld, type World } from './harness.ts'

const command = fileURLToPath(new URL('../../worker/people/add.ts', import.meta.url))

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const run = (statements: readonly string[]) => world.db.batch(statements.map((one) => world.db.prepare(one)))

describe('A provider that was just added', () => {
  const letter = { id: 'a-letter', subject: 'You are invited', text: 'Sign in' }
  const oak = { provider: 'oak', email: 'owner@oak.example', name: '', role: 'owner', letter } as const

  it('has one owner, one letter and its record, however often it is added', async () => {
    for (let time = 0; time < 2; time += 1)
      await run([providerStatement('oak', "Oak's School"), ...setUpStatements(oak)])
    const read = async (sql: string) => (await world.db.prepare(sql).all()).results
    deepEqual(await read("SELECT role, invited_by, signed_in_at FROM membership WHERE provider = 'oak'"), [
      { role: 'owner', invited_by: null, signed_in_at: null },
    ])
    deepEqual(await read("SELECT state, recipient FROM letter WHERE provider = 'oak'"), [
      { state: 'waiting', recipient: 'owner@oak.example' },
    ])
    deepEqual(await read("SELECT actor, action, detail FROM record WHERE provider = 'oak'"), [
      { actor: 'system', action: 'person-invited', detail: '{"role":"owner"}' },
    ])
    deepEqual(await read(providerQuery('oak')), [{ name: "Oak's School", owners: 0 }])
  })

  it('is not shown to schools, and troubles no page', async () => {
    const listed = (await world.ask('GET', '/api/providers')).body.providers as { id: string }[]
    equal(
      listed.some(({ id }) => id === 'oak'),
      false,
    )
    equal(listed.length, 5)
    const front = await world.ask('GET', '/')
    equal(front.status, 200)
    doesNotMatch(front.text, /Oak/)
    for (const path of ['/oak', '/oak/packages', '/api/providers/oak/catalogue'])
      equal((await world.ask('GET', path)).status, 404)
  })

  it('is there for its owner, who signs in with the address', async () => {
    const asked = await world.ask(
      'POST',
      '/api/console/sign-in/codes',
      { email: 'Owner@Oak.example' },
      { Origin: ORIGIN },
    )
    const row = await world.db
      .prepare("SELECT text FROM letter WHERE about = 'sign-in' AND recipient = 'owner@oak.example'")
      .first<{ text: string }>()
    const code = /#code=(\d{8})/.exec(row?.text ?? '')?.[1]
    const { attempt } = asked.body
    const entered = await world.ask('POST', '/api/console/sign-in', { attempt, code }, { Origin: ORIGIN })
    equal(entered.status, 200, entered.text)
    deepEqual(
      (entered.body.providers as { id: string }[]).map(({ id }) => id),
      ['oak'],
    )
    const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0])
    for (const path of ['people', 'record', 'overview', 'catalogues', 'orders', 'frames']) {
      const heard = await world.ask('GET', `/api/console/providers/oak/${path}`, undefined, {
        Cookie: cookie.join('; '),
      })
      equal(heard.status, 200, `${path}: ${heard.text}`)
    }
  })
})

describe('npm run provider:add', () => {
  const said = (...options: string[]) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', command, ...options],
      {
        encoding: 'utf8',
      },
    )
    return `${status} ${stderr.split('\n')[0]}`
  }
  it('says in a sentence what is wrong', () => {
    match(said(), /^1 Say which database: --local or --remote/)
    match(said('--local', '--id', 'Oak School'), /^1 “Oak School” cannot be an id/)
    match(said('--local', '--id', 'api', '--email', 'a@b.example'), /^1 “api” is a part of the portal’s own addresses/)
    match(said('--local', '--id', 'oak', '--email', 'nobody'), /^1 “nobody” is no e-mail address/)
    match(said('--remote', '--id', 'oak', '--email', 'a@b.example'), /^1 Say where the console is/)
    match(said('--local', '--colour'), /^1 Unknown option/)
  })
})

describe('The demonstration', () => {
  it('has an owner and who works on cases at each provider, and at one somebody in each role', async () => {
    for (let time = 0; time < 2; time += 1) await run(DEMONSTRATION_PEOPLE.flatMap(setUpStatements))
    const { results } = await world.db
      .prepare(
        "SELECT provider, count(*) AS people, sum(role = 'owner') AS owners FROM membership WHERE provider <> 'oak' GROUP BY provider",
      )
      .all()
    deepEqual(results, [
      { provider: 'bridge', people: 3, owners: 1 },
      { provider: 'golden-hill', people: 3, owners: 1 },
      { provider: 'school2school-norfolk', people: 3, owners: 1 },
      { provider: 'sedis', people: 4, owners: 1 },
      { provider: 'stepping-stones', people: 7, owners: 1 },
    ])
  })
})
