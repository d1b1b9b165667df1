import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Authenticator } from './authenticator.ts'
import { ORIGIN, type SignedInPerson, signIn } from './console.ts'
import { type Heard, openWorld, settled, type World, worldOn } from './harness.ts'

interface Member {
  id: string
  email: string
  name: string
  role: string
  signedInAt: string | null
  invitedBy: { id: string; name: string } | null
}

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const kindOf = ({ status, body }: Heard) => `${status} ${String(body.type).split('/').at(-1)}`
const path = (provider: string, person = '') => `/api/console/providers/${provider}/people${person && `/${person}`}`

/** A provider of its own for each test. */
let providers = 0
async function newProvider(): Promise<string> {
  providers += 1
  const id = `provider-${providers}`
  await world.db.prepare("INSERT INTO provider VALUES (?1, ?2, 's', 'k', 'a')").bind(id, `Provider ${providers}`).run()
  return id
}

const listed = async (provider: string, { headers }: SignedInPerson): Promise<Member[]> =>
  ((await world.ask('GET', path(provider), undefined, headers)).body.people ?? []) as Member[]

const actionsAt = async (provider: string) => {
  const { results } = await world.db
    .prepare('SELECT action, detail FROM record WHERE provider = ?1 ORDER BY number')
    .bind(provider)
    .all<{ action: string; detail: string }>()
  return results.map(({ action, detail }) => `${action} ${detail}`)
}

const lettersTo = async (email: string) => {
  const { results } = await world.db
    .prepare('SELECT subject, text FROM letter WHERE recipient = ?1')
    .bind(email)
    .all<{ subject: string; text: string }>()
  return results
}

describe('An owner', () => {
  it('invites somebody by letter, once however often it is pressed, and again later', async () => {
    const provider = await newProvider()
    const owner = await signIn(world, { provider, role: 'owner' })
    const asked = { email: ' New.Editor+1@Oak.example ', role: 'editor' }
    const heard = await Promise.all(
      Array.from({ length: 10 }, () => world.ask('POST', path(provider), asked, owner.headers)),
    )
    deepEqual(heard.map(({ status }) => status).sort(), [...Array.from({ length: 9 }, () => 200), 201])
    const members = await listed(provider, owner)
    equal(members.length, 2)
    const editor = members.find(({ role }) => role === 'editor')
    deepEqual([editor?.email, editor?.name, editor?.signedInAt], ['new.editor+1@oak.example', '', null])
    deepEqual(editor?.invitedBy, { id: owner.person, name: 'A owner' })
    const letters = await lettersTo('new.editor+1@oak.example')
    equal(letters.length, 1)
    match(letters[0]?.text ?? '', /A owner invites you to the console of Provider 1/)
    match(letters[0]?.text ?? '', new RegExp(`${ORIGIN}/console/sign-in\\?email=new.editor%2B1%40oak.example`))
    deepEqual(await actionsAt(provider), ['person-invited {"role":"editor"}'])
    world.clock.now += 11 * 60_000
    equal((await world.ask('POST', path(provider), asked, owner.headers)).status, 200)
    equal((await lettersTo('new.editor+1@oak.example')).length, 2)
    world.clock.now -= 11 * 60_000
    const other = await world.ask('POST', path(provider), { ...asked, role: 'owner' }, owner.headers)
    equal(kindOf(other), '409 conflict')
    equal((other.body.person as Member).role, 'editor')
  })

  it('adds who is known already, and learns their name once they have come in', async () => {
    const [one, two] = [await newProvider(), await newProvider()]
    const owner = await signIn(world, { provider: one, role: 'owner' })
    const other = await signIn(world, { provider: two, role: 'viewer', email: 'known@oak.example' })
    const heard = await world.ask('POST', path(one), { email: 'known@oak.example', role: 'viewer' }, owner.headers)
    deepEqual([heard.status, heard.body.id, heard.body.name], [201, other.person, ''])
    equal((await world.ask('GET', path(one), undefined, other.headers)).status, 403)
    const list = () => listed(one, owner)
    equal((await list()).find(({ id }) => id === other.person)?.name, '')
    await world.db
      .prepare("UPDATE membership SET role = 'owner' WHERE person = ?1 AND provider = ?2")
      .bind(other.person, one)
      .run()
    equal((await world.ask('GET', path(one), undefined, other.headers)).status, 200)
    equal((await list()).find(({ id }) => id === other.person)?.name, 'A viewer')
  })

  it('gives another role, and the change counts from the next request on', async () => {
    const provider = await newProvider()
    const owner = await signIn(world, { provider, role: 'owner' })
    const viewer = await signIn(world, { provider, role: 'viewer' })
    equal((await world.ask('GET', path(provider), undefined, viewer.headers)).status, 403)
    const given = await world.ask('PUT', path(provider, viewer.person), { role: 'owner' }, owner.headers)
    deepEqual([given.status, given.body.role], [200, 'owner'])
    equal((await world.ask('GET', path(provider), undefined, viewer.headers)).status, 200)
    equal((await world.ask('PUT', path(provider, viewer.person), { role: 'owner' }, owner.headers)).status, 200)
    deepEqual(await actionsAt(provider), ['role-changed {"from":"viewer","to":"owner"}'])
    equal(kindOf(await world.ask('PUT', path(provider, 'nobody'), { role: 'owner' }, owner.headers)), '404 not-found')
    for (const role of ['king', '', null, 5])
      equal((await world.ask('PUT', path(provider, viewer.person), { role }, owner.headers)).status, 422)
  })

  it('withdraws somebody, who is out with their next request', async () => {
    const provider = await newProvider()
    const owner = await signIn(world, { provider, role: 'owner' })
    const finance = await signIn(world, { provider, role: 'finance' })
    equal(kindOf(await world.ask('GET', path(provider), undefined, finance.headers)), '403 forbidden')
    equal((await world.ask('DELETE', path(provider, finance.person), undefined, owner.headers)).status, 200)
    equal(kindOf(await world.ask('GET', path(provider), undefined, finance.headers)), '404 not-found')
    equal(kindOf(await world.ask('DELETE', path(provider, finance.person), undefined, owner.headers)), '404 not-found')
    deepEqual(await actionsAt(provider), ['person-withdrawn {"role":"finance"}'])
  })

  it('who withdraws somebody at once takes the invitation back that was not sent yet, and no other', async () => {
    const [one, two] = [await newProvider(), await newProvider()]
    const owner = await signIn(world, { provider: one, role: 'owner' })
    const elsewhere = await signIn(world, { provider: two, role: 'owner' })
    const asked = { email: 'mistaken@oak.example', role: 'owner' }
    const quiet = worldOn(world.db, { MAILER: 'none' })
    // The tests before send letters behind their replies: whoever is still at it, or about to try again, would send these too.
    await settled(world)
    const { body } = await quiet.ask('POST', path(one), asked, owner.headers)
    await quiet.ask('POST', path(two), asked, elsewhere.headers)
    equal((await lettersTo('mistaken@oak.example')).length, 2)
    // A refusal leaves it.
    equal((await quiet.ask('DELETE', path(one, String(body.id)), undefined, elsewhere.headers)).status, 404)
    equal((await lettersTo('mistaken@oak.example')).length, 2)
    equal((await quiet.ask('DELETE', path(one, String(body.id)), undefined, owner.headers)).status, 200)
    const left = await lettersTo('mistaken@oak.example')
    equal(left.length, 1)
    ok(left[0]?.subject.includes(`Provider ${providers}`), left[0]?.subject)
  })

  it('cannot leave or step down as the last one', async () => {
    const provider = await newProvider()
    const owner = await signIn(world, { provider, role: 'owner' })
    await world.ask('POST', path(provider), { email: 'mistyped@oak.example', role: 'owner' }, owner.headers)
    const leave = () => world.ask('DELETE', path(provider, owner.person), undefined, owner.headers)
    const stepDown = () => world.ask('PUT', path(provider, owner.person), { role: 'viewer' }, owner.headers)
    equal(kindOf(await leave()), '409 last-owner')
    equal(kindOf(await stepDown()), '409 last-owner')
    deepEqual(await actionsAt(provider), ['person-invited {"role":"owner"}'])
    await signIn(world, { provider, role: 'owner' })
    equal((await stepDown()).status, 200)
    equal((await leave()).status, 200)
    equal((await actionsAt(provider)).at(-1), 'person-left {"role":"viewer"}')
  })

  it('and another who remove each other at once leave exactly one', async () => {
    for (let round = 0; round < 10; round += 1) {
      const provider = await newProvider()
      const one = await signIn(world, { provider, role: 'owner' })
      const two = await signIn(world, { provider, role: 'owner' })
      const heard = await Promise.all(
        [
          [one, two],
          [two, one],
        ].map(([actor, other]) => world.ask('DELETE', path(provider, other?.person), undefined, actor?.headers)),
      )
      equal(heard.filter(({ status }) => status === 200).length, 1)
      ok(heard.every(({ status }) => status < 500))
      const rows = await world.db
        .prepare("SELECT count(*) AS count FROM membership WHERE provider = ?1 AND role = 'owner'")
        .bind(provider)
        .first()
      equal(rows?.count, 1)
      equal((await actionsAt(provider)).length, 1)
    }
  })

  it('and two others who demote one another and leave at once never leave none', async () => {
    const provider = await newProvider()
    const owners = await Promise.all(Array.from({ length: 3 }, () => signIn(world, { provider, role: 'owner' })))
    const acts = owners.flatMap((actor) => [
      ...owners.map((other) => () => world.ask('PUT', path(provider, other.person), { role: 'viewer' }, actor.headers)),
      () => world.ask('DELETE', path(provider, actor.person), undefined, actor.headers),
    ])
    const heard = await Promise.all(acts.map((act) => act()))
    ok(heard.every(({ status }) => status < 500))
    const rows = await world.db
      .prepare("SELECT count(*) AS count FROM membership WHERE provider = ?1 AND role = 'owner'")
      .bind(provider)
      .first()
    equal(rows?.count, 1)
  })

  it('is refused what is no address and no role, and nothing is kept', async () => {
    const provider = await newProvider()
    const owner = await signIn(world, { provider, role: 'owner' })
    const people = await world.count('person')
    for (const body of [
      {},
      { email: 'x', role: 'editor' },
      { email: 'a@b.example' },
      { email: 'a@b.example', role: 'admin' },
      { email: 'a@b.example\r\nBcc: c@d.example', role: 'editor' },
      [],
      null,
    ])
      equal((await world.ask('POST', path(provider), body ?? 'null', owner.headers)).status, 422)
    equal(await world.count('person'), people)
  })
})

describe('Anybody else', () => {
  it('may leave, and touch nobody but themself', async () => {
    const provider = await newProvider()
    const owner = await signIn(world, { provider, role: 'owner' })
    const editor = await signIn(world, { provider, role: 'editor' })
    equal(kindOf(await world.ask('DELETE', path(provider, owner.person), undefined, editor.headers)), '403 forbidden')
    equal(
      kindOf(await world.ask('PUT', path(provider, editor.person), { role: 'owner' }, editor.headers)),
      '403 forbidden',
    )
    equal(
      kindOf(await world.ask('POST', path(provider), { email: 'a@b.example', role: 'owner' }, editor.headers)),
      '403 forbidden',
    )
    equal((await world.ask('DELETE', path(provider, editor.person), undefined, editor.headers)).status, 200)
    equal((await listed(provider, owner)).length, 1)
    deepEqual(await actionsAt(provider), ['person-left {"role":"editor"}'])
  })

  it('from another provider finds nobody', async () => {
    const [one, two] = [await newProvider(), await newProvider()]
    const owner = await signIn(world, { provider: one, role: 'owner' })
    const other = await signIn(world, { provider: two, role: 'owner' })
    for (const [method, person] of [
      ['GET', ''],
      ['PUT', owner.person],
      ['DELETE', owner.person],
    ] as const)
      equal(
        kindOf(
          await world.ask(method, path(one, person), method === 'PUT' ? { role: 'viewer' } : undefined, other.headers),
        ),
        '404 not-found',
      )
    equal(kindOf(await world.ask('DELETE', path(two, owner.person), undefined, other.headers)), '404 not-found')
  })
})

describe('A passkey', () => {
  const website = { origin: ORIGIN, rpId: 'localhost' }
  const post = (where: string, body: unknown, headers: Record<string, string> = {}) =>
    world.ask('POST', `/api/console${where}`, body, { Origin: ORIGIN, ...headers })

  async function add(who: SignedInPerson, authenticator: Authenticator, name = 'My laptop'): Promise<Heard> {
    const { body } = await post('/passkeys/options', undefined, who.headers)
    const response = authenticator.create(body.options as { challenge: string }, website)
    return post('/passkeys', { attempt: body.attempt, name, response }, who.headers)
  }

  async function enter(authenticator: Authenticator, at = website): Promise<Heard> {
    const { body } = await post('/sign-in/passkeys/options', undefined)
    const response = authenticator.get(body.options as { challenge: string }, at)
    return post('/sign-in/passkeys', { attempt: body.attempt, response })
  }

  it('is added, signs in, is listed, and is removed', async () => {
    const owner = await signIn(world, { provider: 'sedis', role: 'owner', email: 'keys@oak.example' })
    const options = (await post('/passkeys/options', undefined, owner.headers)).body.options as {
      rp: { id: string }
      user: { id: string; name: string }
      authenticatorSelection: unknown
    }
    equal(options.rp.id, 'localhost')
    equal(Buffer.from(options.user.id, 'base64url').toString(), owner.person)
    deepEqual(options.authenticatorSelection, {
      residentKey: 'required',
      userVerification: 'preferred',
      requireResidentKey: true,
    })

    const [laptop, phone] = [new Authenticator({ counter: 1 }), new Authenticator()]
    equal((await add(owner, laptop)).status, 201)
    equal((await add(owner, phone, 'Phone')).status, 201)
    match(
      (await lettersTo('keys@oak.example'))[0]?.text ?? '',
      /A passkey that signs in to the console as you was added/,
    )
    const again = (await post('/passkeys/options', undefined, owner.headers)).body.options as {
      excludeCredentials: { id: string }[]
    }
    deepEqual(
      again.excludeCredentials.map(({ id }) => id).sort(),
      [laptop, phone].map(({ id }) => id.toString('base64url')).sort(),
    )

    laptop.counter = 2
    const entered = await enter(laptop)
    equal(entered.status, 200, entered.text)
    equal((entered.body.person as { id: string }).id, owner.person)
    const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    equal((await world.ask('GET', '/api/console/session', undefined, { Cookie: cookie })).status, 200)
    equal((await enter(phone)).status, 200)
    equal((await enter(phone)).status, 200)

    const list = async () =>
      (await world.ask('GET', '/api/console/passkeys', undefined, owner.headers)).body.passkeys as {
        id: string
        name: string
        usedAt: string | null
      }[]
    deepEqual((await list()).map(({ name, usedAt }) => [name, typeof usedAt]).sort(), [
      ['My laptop', 'string'],
      ['Phone', 'string'],
    ])
    const [first] = await list()
    const stranger = await signIn(world, {})
    const remove = (who: SignedInPerson) =>
      world.ask('DELETE', `/api/console/passkeys/${first?.id}`, undefined, who.headers)
    equal((await remove(stranger)).status, 404)
    equal((await remove(owner)).status, 200)
    equal((await remove(owner)).status, 404)
    equal((await list()).length, 1)
    const gone = first?.name === 'Phone' ? phone : laptop
    gone.counter += 1
    equal(kindOf(await enter(gone)), '422 passkey-refused')
    deepEqual(
      (await actionsAt('sedis')).map((text) => text.split(' ')[0]),
      ['passkey-added', 'passkey-added', 'signed-in', 'signed-in', 'signed-in', 'passkey-removed'],
    )
  })

  it('is refused when it was copied, unknown, replayed, late, or made for another website', async () => {
    const who = await signIn(world, { provider: 'bridge', role: 'viewer' })
    const key = new Authenticator({ counter: 5 })
    equal((await add(who, key)).status, 201)
    key.counter = 6
    equal((await enter(key)).status, 200)
    equal(kindOf(await enter(key)), '422 passkey-refused')
    key.counter = 7
    equal(kindOf(await enter(key, { ...website, origin: 'https://evil.example' })), '422 passkey-refused')
    equal(kindOf(await enter(key, { ...website, rpId: 'evil.example' })), '422 passkey-refused')
    equal(kindOf(await enter(new Authenticator())), '422 passkey-refused')
    const forged = new Authenticator()
    key.id.copy(forged.id)
    forged.counter = 9
    equal(kindOf(await enter(forged)), '422 passkey-refused')

    const { body } = await post('/sign-in/passkeys/options', undefined)
    const response = key.get(body.options as { challenge: string }, website)
    const heard = await Promise.all(
      Array.from({ length: 10 }, () => post('/sign-in/passkeys', { attempt: body.attempt, response })),
    )
    deepEqual(heard.map(kindOf).sort(), ['200 undefined', ...Array.from({ length: 9 }, () => '410 code-expired')])

    const late = await post('/sign-in/passkeys/options', undefined)
    const tooLate = key.get(late.body.options as { challenge: string }, website)
    world.clock.now += 5 * 60_000
    equal(
      kindOf(await post('/sign-in/passkeys', { attempt: late.body.attempt, response: tooLate })),
      '410 code-expired',
    )
    world.clock.now -= 5 * 60_000
  })

  it('is not added by somebody else’s challenge, twice, or from what is none', async () => {
    const [one, two] = [await signIn(world, {}), await signIn(world, {})]
    const { body } = await post('/passkeys/options', undefined, one.headers)
    const key = new Authenticator()
    const response = key.create(body.options as { challenge: string }, website)
    const asked = { attempt: body.attempt, name: 'x', response }
    equal(kindOf(await post('/passkeys', asked, two.headers)), '410 code-expired')
    equal((await post('/passkeys', asked, one.headers)).status, 201)
    equal(kindOf(await post('/passkeys', asked, one.headers)), '410 code-expired')
    equal(kindOf(await add(two, key)), '409 conflict')
    for (const broken of [
      {},
      null,
      { ...response, response: {} },
      { ...response, response: { ...response.response, attestationObject: '' } },
      { ...response, response: { ...response.response, attestationObject: '%%%' } },
      { ...response, response: { ...response.response, clientDataJSON: 'AAAA' } },
      { ...response, id: 'AAAA' },
    ]) {
      const begun = await post('/passkeys/options', undefined, one.headers)
      const heard = await post('/passkeys', { attempt: begun.body.attempt, name: 'x', response: broken }, one.headers)
      equal(heard.status, 422, heard.text)
    }
    const begun = await post('/sign-in/passkeys/options', undefined)
    const answered = key.get(begun.body.options as { challenge: string }, website)
    const cut = { ...answered, response: { ...answered.response, authenticatorData: 'AAAA' } }
    const heard = await post('/sign-in/passkeys', { attempt: begun.body.attempt, response: cut })
    equal(kindOf(heard), '422 passkey-refused')
    doesNotMatch(heard.text, /AAAA/)
  })
})
