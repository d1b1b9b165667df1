import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { DraftReply, PathwayReply } from '../../catalogue/wire/referral.ts'
import { keepColleague } from '../../worker/referrals/draft.store.ts'
import { openCaseWith } from '../../worker/referrals/open-case.ts'
import { newLink } from '../../worker/referrals/school-door.ts'
import { initialsIn } from '../../worker/referrals/send.ts'
import { faultsIn, type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import {
  type Begun,
  begunReferral,
  DAYS,
  declared,
  eligible,
  filledReferral,
  lettersOf,
  REFERRER,
  SAMPLE,
  secretIn,
  sentReferral,
} from './referring.ts'

let world: World
before(async () => {
  world = worldOn(await quickDatabase())
})

const kindOf = ({ status, body }: Heard) => `${status} ${String(body.type).split('/').at(-1)}`
const draft = async ({ id, headers }: Begun) =>
  (await world.ask('GET', `/api/referrals/${id}`, undefined, headers)).body as unknown as DraftReply
const save = ({ id, headers }: Pick<Begun, 'id' | 'headers'>, part: string, revision: number, answers: object) =>
  world.ask('PUT', `/api/referrals/${id}/parts/${part}`, { revision, answers }, headers)
const send = (begun: Begun, body: unknown = declared(begun)) =>
  world.ask('POST', `/api/referrals/${begun.id}/send`, body, begun.headers)
const open = ({ id, headers }: Begun, link: string, email: string) =>
  world.ask('POST', `/api/referrals/${id}/open`, { link, email }, { 'X-Today': headers['X-Today'] ?? '' })

describe('A pathway', () => {
  it('is asked for by itself, and weighs nothing in the catalogue’s own reply', async () => {
    const catalogue = await world.ask('GET', '/api/providers/stepping-stones/catalogue')
    for (const name of ['pathways', 'calendar', 'privacy']) equal(name in catalogue.body, false)
    const listed = await world.ask('GET', '/api/providers/stepping-stones/pathways')
    const { pathways } = listed.body as { pathways: { id: string }[] }
    deepEqual(
      pathways.map(({ id }) => id),
      ['outreach', 'placement'],
    )
    const heard = await world.ask('GET', '/api/providers/stepping-stones/pathways/outreach')
    const { pathway, provider, privacy, calendar, inForce, catalogue: year } = heard.body as unknown as PathwayReply
    deepEqual([pathway.id, provider.id, year, inForce], ['outreach', 'stepping-stones', '2024-25', true])
    ok(privacy && calendar)
    const etag = heard.headers.get('ETag') ?? ''
    const again = await world.ask('GET', '/api/providers/stepping-stones/pathways/outreach', undefined, {
      'If-None-Match': etag,
    })
    equal(again.status, 304)
    equal((await world.ask('GET', '/api/providers/stepping-stones/pathways/none')).status, 404)
    const past = await world.ask('GET', '/api/providers/stepping-stones/pathways/outreach?catalogue=2019-20')
    deepEqual([past.body.catalogue, past.body.inForce], ['2019-20', false])
  })
})

describe('A referral', () => {
  it('begins where it can go this way, and says where it cannot', async () => {
    const { pathway } = await begunReferral(world)
    const fits = eligible(pathway)
    const [first = '', second = ''] = Object.keys(fits)
    const begin = (body: object, headers = {}) =>
      world.ask('POST', '/api/providers/stepping-stones/referrals', body, { 'Idempotency-Key': 'k', ...headers })
    const body = { pathway: 'outreach', eligibility: fits, email: REFERRER }
    const kept = await world.count('referral')
    const no = (id: string) => (fits[id] === 'yes' ? 'no' : 'yes')
    for (const [fault, wrong, headers] of [
      [`/eligibility/${first} not-this-way`, { ...body, eligibility: { ...fits, [first]: no(first) } }, {}],
      [`/eligibility/${second} required`, { ...body, eligibility: { [first]: fits[first] } }, {}],
      ['/pathway choose', { ...body, pathway: 'none' }, {}],
      ['/email email', { ...body, email: 'nobody' }, {}],
      ['/catalogue choose', { ...body, catalogue: '1999-00' }, {}],
      ['/catalogue not-open', body, { 'X-Today': '2025-12-01' }],
      ['/catalogue not-open', { ...body, catalogue: '2019-20' }, {}],
    ] as const)
      deepEqual(faultsIn(await begin(wrong, headers)), [fault])
    equal(kindOf(await begin(body, { 'Idempotency-Key': '' })), '400 key-required')
    equal(await world.count('referral'), kept)
  })

  it('begun again with one key is one draft with one letter and the same key, whoever asks at once', async () => {
    const { pathway } = await begunReferral(world)
    const body = { pathway: 'outreach', eligibility: eligible(pathway), email: REFERRER }
    const kept = [await world.count('referral'), await world.count('letter')]
    const begin = (asked: object) =>
      world.ask('POST', '/api/providers/stepping-stones/referrals', asked, { 'Idempotency-Key': 'one-intention' })
    const heard = await Promise.all([begin(body), begin(body), begin(body)])
    deepEqual([...new Set(heard.map(({ status, text }) => `${status} ${text}`))], [`201 ${heard[0]?.text}`])
    deepEqual([await world.count('referral'), await world.count('letter')], [Number(kept[0]) + 1, Number(kept[1]) + 1])
    equal(kindOf(await begin({ ...body, email: 'other@school.example' })), '422 key-reused')
    const { results } = await world.db.prepare('SELECT scope, key, asked, receipt FROM referral_asked').all()
    for (const secret of [String(heard[0]?.body.key), 'one-intention', REFERRER])
      equal(JSON.stringify(results).includes(secret), false)
  })

  it('opens with its key alone, and sets no cookie', async () => {
    const begun = await begunReferral(world)
    const other = await begunReferral(world)
    const ask = (headers: Record<string, string>) => world.ask('GET', `/api/referrals/${begun.id}`, undefined, headers)
    equal((await ask(begun.headers)).status, 200)
    equal((await ask(begun.headers)).headers.get('Set-Cookie'), null)
    for (const headers of [
      {},
      other.headers,
      { Authorization: `Bearer ${'0'.repeat(64)}` },
      { Authorization: begun.key },
      { Cookie: `__Host-r-${begun.id}=${begun.key}` },
    ])
      equal(kindOf(await ask({ ...headers, 'X-Today': begun.today })), '401 link-needed')
    // A key is for an afternoon; saving something prolongs it.
    const later = worldOn(world.db, {})
    later.clock.now += 3 * 3_600_000
    const put = await later.ask(
      'PUT',
      `/api/referrals/${begun.id}/parts/voice`,
      { revision: 0, answers: {} },
      begun.headers,
    )
    equal(put.status, 200)
    later.clock.now += 3 * 3_600_000
    equal((await later.ask('GET', `/api/referrals/${begun.id}`, undefined, begun.headers)).status, 200)
    later.clock.now += 4 * 3_600_000
    equal((await later.ask('GET', `/api/referrals/${begun.id}`, undefined, begun.headers)).status, 401)
  })

  it('is over on the day that its time ends', async () => {
    const begun = await begunReferral(world)
    const { keptUntil } = await draft(begun)
    const on = async (day: string) =>
      (await world.ask('GET', `/api/referrals/${begun.id}`, undefined, { ...begun.headers, 'X-Today': day })).status
    equal(await on(keptUntil), 200)
    const next = new Date(Date.parse(keptUntil) + 86_400_000).toISOString().slice(0, 10)
    equal(await on(next), 401)
  })
})

describe('A part', () => {
  it('is kept as it is typed, half of it too, with what is still missing', async () => {
    const begun = await begunReferral(world)
    const half = await save(begun, 'pupil', 0, { name: ' Amira ' })
    deepEqual(half.body, { revision: 1, complete: false, faults: [{ pointer: '/answers/born', code: 'required' }] })
    const whole = await save(begun, 'pupil', 1, { name: 'Amira', born: '2015-02-03' })
    deepEqual(whole.body, { revision: 2, complete: true, faults: [] })
    const { parts } = await draft(begun)
    deepEqual([parts.pupil?.revision, parts.pupil?.answers], [2, { name: 'Amira', born: '2015-02-03' }])
  })

  it('takes names as they are', async () => {
    const begun = await begunReferral(world)
    let revision = 0
    for (const name of ['Siân O’Brien-D’Arcy', "ZOË O'HARA", 'محمد عبد الله', '王 小明', 'Ng']) {
      const heard = await save(begun, 'pupil', revision, { name, born: '2015-02-03' })
      deepEqual([heard.status, heard.body.complete], [200, true])
      revision += 1
      equal((await draft(begun)).parts.pupil?.answers.name, name)
    }
  })

  it('has initials in which a name with a hyphen counts once', () => {
    for (const [name, initials] of [
      ['ISMAIL ABDUL-RAHMAN', 'I. A.'],
      ['Siân O’Brien-D’Arcy', 'S. O.'],
      ['Anne-Marie', 'A.'],
      ['Amira – Khan', 'A. K.'],
      ['محمد عبد الله', 'م. ا.'],
    ] as const)
      equal(initialsIn(name), initials)
  })

  it('says which day of birth cannot be one, and keeps what was typed', async () => {
    const begun = await begunReferral(world)
    let revision = 0
    for (const [born, code] of [
      ['2024-09-11', 'in-the-future'],
      ['2999-01-01', 'in-the-future'],
      ['1950-01-01', 'too-long-ago'],
      ['2015-02-30', 'not-a-date'],
      ['yesterday', 'not-a-date'],
    ] as const) {
      const heard = await save(begun, 'pupil', revision, { name: 'A', born })
      deepEqual([heard.status, heard.body.faults], [200, [{ pointer: '/answers/born', code }]])
      revision += 1
    }
    equal((await save(begun, 'pupil', revision, { name: 'A', born: '2024-09-10' })).body.complete, true)
  })

  it('is refused where it cannot be kept, and what stood stays', async () => {
    const begun = await begunReferral(world)
    await save(begun, 'pupil', 0, { name: 'Amira' })
    for (const [fault, answers] of [
      ['/answers/name too-long', { name: 'x'.repeat(10_000) }],
      ['/answers/name too-long', { name: 'x'.repeat(100_000) }],
      ['/answers/name not-text', { name: 'A\u0000B' }],
      ['/answers/name not-text', { name: '\u202eevil' }],
      ['/answers/name wrong-type', { name: ['a'] }],
      ['/answers/name wrong-type', { name: { a: 1 } }],
      ['/answers/shoe-size not-asked', { 'shoe-size': '9' }],
    ] as const)
      deepEqual(faultsIn(await save(begun, 'pupil', 1, answers)), [fault])
    equal((await save(begun, 'nothing', 0, {})).status, 404)
    equal((await save(begun, 'pupil', -1, {})).status, 422)
    const { parts } = await draft(begun)
    deepEqual([parts.pupil?.revision, parts.pupil?.answers], [1, { name: 'Amira' }])
  })

  it('saved in two windows is kept of who came first; the other is shown both', async () => {
    const begun = await begunReferral(world)
    const heard = await Promise.all(['Amira', 'Amira K.'].map((name) => save(begun, 'pupil', 0, { name })))
    deepEqual(heard.map(({ status }) => status).sort(), [200, 409])
    const lost = heard.find(({ status }) => status === 409)
    const { parts } = await draft(begun)
    deepEqual([lost?.body.revision, lost?.body.answers], [1, parts.pupil?.answers])
    // The same again, after a lost reply, has lost nothing.
    const kept = String(parts.pupil?.answers.name)
    deepEqual((await save(begun, 'pupil', 0, { name: kept })).body.revision, 1)
    equal((await save(begun, 'pupil', 7, { name: 'Nobody' })).status, 409)
    equal((await save(begun, 'voice', 3, { voice: 'Never seen' })).status, 409)
  })

  it('stands sealed in the database, with nothing that can be read', async () => {
    const begun = await filledReferral(world)
    const tables = ['referral', 'sealed', 'referral_key', 'referral_link', 'referral_visit', 'letter', 'referral_asked']
    const rows = await Promise.all(tables.map((table) => world.db.prepare(`SELECT * FROM ${table}`).all()))
    const text = JSON.stringify(rows.map(({ results }) => results))
    for (const canary of [...Object.values(SAMPLE), begun.key, 'Sample worries', REFERRER])
      equal(text.includes(canary), false, canary)
  })
})

describe('The door of a referral’s link', () => {
  const linkOf = async (begun: Begun) => {
    const letters = await lettersOf(world, begun.id)
    return letters.map(secretIn).find((secret) => secret !== '') ?? ''
  }

  it('lets in whoever names the address of its letter', async () => {
    const begun = await begunReferral(world)
    const link = await linkOf(begun)
    const heard = await open(begun, link, ' Referrer@School.example ')
    equal(heard.status, 201)
    const headers = { Authorization: `Bearer ${String(heard.body.key)}`, 'X-Today': begun.today }
    equal((await world.ask('GET', `/api/referrals/${begun.id}`, undefined, headers)).status, 200)
    // The link's own secret is no key.
    const bare = { Authorization: `Bearer ${link}`, 'X-Today': begun.today }
    equal((await world.ask('GET', `/api/referrals/${begun.id}`, undefined, bare)).status, 401)
  })

  it('confirms by the referrer’s own link that the referrer reads the address, and by nobody else’s', async () => {
    const begun = await filledReferral(world)
    const email = 'colleague@school.example'
    const body = { email, parts: ['tried'] }
    await world.ask('POST', `/api/referrals/${begun.id}/colleagues`, body, begun.headers)
    const known = async () => (await openCaseWith(world.env, { id: begun.id }))?.referral.addressOn
    const come = async (to: string) => {
      const letter = (await lettersOf(world, begun.id)).find((one) => one.to === to)
      equal((await open(begun, secretIn({ links: letter?.links ?? [] }), to)).status, 201)
    }
    await save(begun, 'voice', 0, {})
    await come(email)
    equal(await known(), null)
    await come(REFERRER)
    equal(await known(), begun.today)
  })

  it('locks after five wrong addresses, however many are tried at once, and not for a right one', async () => {
    const begun = await begunReferral(world)
    const link = await linkOf(begun)
    const wrong = await open(begun, link, 'other@school.example')
    deepEqual([kindOf(wrong), wrong.body.triesLeft], ['422 code-wrong', 4])
    equal((await open(begun, link, REFERRER)).status, 201)
    const tried = await Promise.all(
      Array.from({ length: 12 }, (_, index) => open(begun, link, `guess-${index}@school.example`)),
    )
    equal(tried.filter((heard) => kindOf(heard) === '422 code-wrong').length, 4)
    const locked = await open(begun, link, REFERRER)
    deepEqual([kindOf(locked), locked.body.link], ['401 link-needed', 'locked'])
  })

  it('does not open for a guess, another referral’s link, or after a year', async () => {
    const [begun, other] = [await begunReferral(world), await begunReferral(world)]
    const link = await linkOf(begun)
    for (const secret of ['0'.repeat(64), await linkOf(other)])
      deepEqual((await open(begun, secret, REFERRER)).body.link, 'unknown')
    const later = worldOn(world.db)
    later.clock.now += 366 * 86_400_000
    const heard = await later.ask('POST', `/api/referrals/${begun.id}/open`, { link, email: REFERRER })
    equal(heard.body.link, 'over')
  })
})

describe('A colleague', () => {
  const letIn = (begun: Begun, body: object) =>
    world.ask('POST', `/api/referrals/${begun.id}/colleagues`, body, begun.headers)
  const opened = async (begun: Begun, email: string): Promise<Begun> => {
    const letter = (await lettersOf(world, begun.id)).find(({ to }) => to === email)
    const heard = await open(begun, secretIn({ links: letter?.links ?? [] }), email)
    return { ...begun, headers: { ...begun.headers, Authorization: `Bearer ${String(heard.body.key)}` } }
  }

  it('finishes the parts that they were let in for, and sees no others', async () => {
    const begun = await filledReferral(world)
    const email = 'teacher@school.example'
    equal((await letIn(begun, { email, parts: ['tried', 'strengths'] })).status, 201)
    const colleague = await opened(begun, email)
    const seen = await draft(colleague)
    deepEqual(
      [seen.as, seen.email, seen.only, Object.keys(seen.parts).sort()],
      ['colleague', email, ['strengths', 'tried'], ['strengths', 'tried']],
    )
    const { revision = 0 } = seen.parts.tried ?? {}
    equal((await save(colleague, 'tried', revision, { tried: 'Everything', cycles: '2' })).status, 200)
    equal((await save(colleague, 'pupil', 1, { name: 'Other' })).status, 404)
    for (const path of ['send', 'colleagues', 'progress/take-back'])
      equal(
        (await world.ask('POST', `/api/referrals/${begun.id}/${path}`, declared(begun), colleague.headers)).status,
        401,
      )
    equal((await draft(begun)).parts.tried?.answers.tried, 'Everything')
  })

  it('is written to once, let in no longer once that is said, and hears that it is sent', async () => {
    const begun = await filledReferral(world)
    const email = 'colleague@school.example'
    const [one, again] = [
      await letIn(begun, { email, parts: ['tried'] }),
      await letIn(begun, { email, parts: ['tried'] }),
    ]
    equal(one.body.id, again.body.id)
    equal((await lettersOf(world, begun.id)).filter(({ to }) => to === email).length, 1)
    const colleague = await opened(begun, email)
    equal((await draft(begun)).colleagues.length, 1)
    const remove = `/api/referrals/${begun.id}/colleagues/${String(one.body.id)}/remove`
    for (let turn = 0; turn < 2; turn += 1)
      equal((await world.ask('POST', remove, undefined, begun.headers)).status, 200)
    const out = await save(colleague, 'tried', 1, {})
    deepEqual([out.status, out.body.link], [401, 'taken-back'])
    deepEqual((await draft(begun)).colleagues, [])

    await letIn(begun, { email: 'third@school.example', parts: ['tried'] })
    const third = await opened(begun, 'third@school.example')
    equal((await save(third, 'tried', 1, begun.answers.tried ?? {})).status, 200)
    equal((await send(begun)).status, 201)
    const late = await save(third, 'tried', 2, {})
    deepEqual([late.status, late.body.referral], [409, 'waiting'])
    const looked = await world.ask('GET', `/api/referrals/${begun.id}`, undefined, third.headers)
    deepEqual([looked.status, looked.body.referral], [409, 'waiting'])
    doesNotMatch(looked.text, /answers/)
  })

  it('can be ten, and no more, of parts that are there', async () => {
    const begun = await begunReferral(world)
    deepEqual(faultsIn(await letIn(begun, { email: 'a@b.example', parts: ['none'] })), ['/parts choose'])
    deepEqual(faultsIn(await letIn(begun, { email: 'a@b.example', parts: [] })), ['/parts choose'])
    for (let number = 0; number < 10; number += 1)
      await letIn(begun, { email: `c${number}@b.example`, parts: ['tried'] })
    deepEqual(faultsIn(await letIn(begun, { email: 'c11@b.example', parts: ['tried'] })), ['/email too-many'])
  })

  it('is one of ten at most where many are let in at once, and one alone where the same is asked twice', async () => {
    const begun = await begunReferral(world)
    const all = await Promise.all(
      [...Array(14).keys()].map((number) => letIn(begun, { email: `c${number % 12}@b.example`, parts: ['tried'] })),
    )
    for (const heard of all) ok(heard.status === 201 || faultsIn(heard).join() === '/email too-many', heard.text)
    const { colleagues } = await draft(begun)
    equal(colleagues.length, 10)
    equal(new Set(colleagues.map(({ email }) => email)).size, 10)
    equal((await lettersOf(world, begun.id)).length, 11)
  })

  it('gets neither link nor letter where the referral is sent at that moment', async () => {
    const begun = await filledReferral(world)
    const held = await openCaseWith(world.env, { id: begun.id })
    equal((await send(begun)).status, 201)
    const letters = (await lettersOf(world, begun.id)).length
    const links = await world.count('referral_link')
    ok(held)
    const { link } = await newLink(
      { referral: begun.id, as: 'colleague', who: 'late', parts: ['tried'] },
      world.clock.now,
    )
    const letter = { id: 'late', provider: begun.provider, about: '', to: 'a@b.example', subject: 'S', text: 'T' }
    const kept = await keepColleague(
      world.db,
      { sealed: { name: 'colleague:late', text: 'x' }, link, colleagues: 0, counts: [] },
      await held.sealed({ ...letter, writtenAt: link.madeAt }),
    )
    deepEqual([kept, await world.count('referral_link')], [false, links])
    equal((await lettersOf(world, begun.id)).length, letters)
  })
})

describe('Sending a referral', () => {
  it('says everything that is missing, and sends nothing', async () => {
    const begun = await begunReferral(world)
    await save(begun, 'pupil', 0, { name: 'Amira', born: '2999-01-01' })
    const heard = await send(begun, { declarations: [] })
    equal(heard.status, 422)
    const faults = faultsIn(heard)
    ok(faults.includes('/parts/pupil/born in-the-future'))
    ok(faults.includes('/parts/carer/carer-name required'))
    ok(faults.some((fault) => /^\/declarations\/[\w-]+ required$/.test(fault)))
    equal((await draft(begun)).status, 'draft')
    equal((await lettersOf(world, begun.id)).length, 1)
  })

  it('needs a carer’s name below the age from which young people answer for themselves, also when the date of birth changes', async () => {
    const fills = { 'pupil.born': '2007-02-03', 'carer.name': '', 'carer.email': '', 'carer.relationship': '' }
    const begun = await filledReferral(world, { provider: 'sedis', fills })
    const pupil = { ...begun.answers.pupil, born: '2015-02-03' }
    equal((await save(begun, 'pupil', 1, pupil)).body.complete, true)
    equal((await draft(begun)).parts.carer?.complete, false)
    deepEqual(faultsIn(await send(begun)), ['/parts/carer/carer-name required'])
    const again = await save(begun, 'carer', 1, begun.answers.carer ?? {})
    deepEqual([again.body.complete, again.body.faults], [false, [{ pointer: '/answers/carer-name', code: 'required' }]])
    // All that is missing is said at once, and not one after the other.
    await save(begun, 'pupil', 2, { born: pupil.born })
    deepEqual(faultsIn(await send(begun)), ['/parts/pupil/name required', '/parts/carer/carer-name required'])
    await save(begun, 'pupil', 3, { ...pupil, born: '2007-02-03' })
    equal((await draft(begun)).parts.carer?.complete, true)
    equal((await send(begun)).status, 201)
  })

  it('asks the family, and tells school and provider, on every pathway that ships', async () => {
    for (const [provider, today] of Object.entries(DAYS)) {
      const listed = await world.ask('GET', `/api/providers/${provider}/pathways`, undefined, { 'X-Today': today })
      for (const { id: pathway } of listed.body.pathways as { id: string }[]) {
        const sent = await sentReferral(world, { provider, pathway })
        match(sent.reference, /^[A-Z]{2}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
        ok(sent.asked.length > 0 && sent.asked.every(({ how }) => how === 'link'))
        const to = sent.letters.map((letter) => letter.to)
        ok(to.includes(String(SAMPLE['carer.email'])))
        equal(to.filter((address) => address === REFERRER).length, 2)
        for (const address of sent.pathway.letters) ok(to.includes(address))
        for (const { subject, text, links } of sent.letters) {
          for (const canary of ['Amira', 'Okonkwo', 'Ngozi', 'Kaye', 'Sample ', '-02-03'])
            equal(`${subject} ${text}`.includes(canary), false, `${canary} in ${subject}`)
          for (const link of links) ok(link.endsWith(`?today=${today}`), link)
        }
        const row = await world.db
          .prepare('SELECT status, sent_on AS sentOn, delete_on AS deleteOn, school FROM referral WHERE id = ?1')
          .bind(sent.id)
          .first<Record<'status' | 'sentOn' | 'deleteOn' | 'school', string>>()
        deepEqual([row?.status, row?.sentOn], ['waiting', today])
        notEqual(row?.school, '')
      }
    }
  })

  it('tells the three at the school of Norfolk’s pathway', async () => {
    const { letters, reference } = await sentReferral(world, { provider: 'school2school-norfolk' })
    const told = letters.filter(({ subject }) => subject === `A referral from your school: ${reference}`)
    deepEqual(told.map(({ to }) => to).sort(), [
      'head-email@school.example',
      'senco-email@school.example',
      'teacher-email@school.example',
    ])
  })

  it('pressed twice at once is one referral, one set of letters and one answer', async () => {
    const begun = await filledReferral(world)
    const heard = await Promise.all([send(begun), send(begun), send(begun)])
    equal(new Set(heard.map(({ status, text }) => `${status} ${text}`)).size, 1)
    equal(heard[0]?.status, 201)
    const events = await world.db
      .prepare("SELECT count(*) AS count FROM case_event WHERE referral = ?1 AND kind = 'sent'")
      .bind(begun.id)
      .first<{ count: number }>()
    equal(events?.count, 1)
    const once = (await lettersOf(world, begun.id)).length
    deepEqual((await send(begun)).body, heard[0]?.body)
    equal((await lettersOf(world, begun.id)).length, once)
  })

  it('takes the parts as they are at that moment, and none after it', async () => {
    const begun = await filledReferral(world)
    const [sent, saved] = await Promise.all([send(begun), save(begun, 'pupil', 1, { name: '', born: '' })])
    if (sent.status === 201) equal(saved.status, 409)
    else deepEqual([saved.status, faultsIn(sent).length > 0], [200, true])
    const after = await filledReferral(world)
    equal((await send(after)).status, 201)
    const late = await save(after, 'pupil', 1, { name: 'Other', born: '2015-02-03' })
    deepEqual([kindOf(late), late.body.referral], ['409 conflict', 'waiting'])
    equal((await draft(after)).parts.pupil?.answers.name, SAMPLE['pupil.name'])
  })

  it('reads the parts again where one is saved while it is sent, and keeps none that comes too late', async () => {
    const begun = await filledReferral(world)
    const late = { name: 'Amira Late', born: '2015-02-03' }
    const during = (what: RegExp, meanwhile: () => Promise<unknown>) => {
      let isDone = false
      const batch = async (statements: D1PreparedStatement[]) => {
        const sql = statements.map((one) => (one as unknown as { sql: string }).sql).join()
        if (!isDone && what.test(sql)) {
          isDone = true
          await meanwhile()
        }
        return world.db.batch(statements)
      }
      return worldOn({ ...world.db, batch } as unknown as D1Database)
    }
    const saving = during(/INSERT INTO case_event/, () => save(begun, 'pupil', 1, late))
    const path = `/api/referrals/${begun.id}`
    equal((await saving.ask('POST', `${path}/send`, declared(begun), begun.headers)).status, 201)
    equal((await draft(begun)).parts.pupil?.answers.name, 'Amira Late')

    const other = await filledReferral(world)
    const sending = during(/INSERT INTO sealed/, () => send(other))
    const body = { revision: 1, answers: late }
    const refused = await sending.ask('PUT', `/api/referrals/${other.id}/parts/pupil`, body, other.headers)
    deepEqual([kindOf(refused), refused.body.referral], ['409 conflict', 'waiting'])
    equal((await draft(other)).parts.pupil?.answers.name, SAMPLE['pupil.name'])
  })

  it('asks a young person in place of the family once they answer for themself', async () => {
    const { asked, letters } = await sentReferral(world, { provider: 'sedis', fills: { 'pupil.born': '2008-01-01' } })
    deepEqual(asked, [{ as: 'young-person', how: 'link' }])
    ok(letters.some(({ to }) => to === SAMPLE['young-person.email']))
    equal(
      letters.some(({ to }) => to === SAMPLE['carer.email']),
      false,
    )
  })

  it('says how each is asked once its receipt is gone too', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.email': '' } })
    await world.db.prepare("DELETE FROM referral_asked WHERE scope = 'send' AND key = ?1").bind(sent.id).run()
    deepEqual((await send(sent)).body.asked, [{ as: 'carer', how: 'letter' }])
  })

  it('has a letter to print for whoever has no e-mail', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.email': '' } })
    const { asked, letters } = sent
    deepEqual(asked, [{ as: 'carer', how: 'letter' }])
    deepEqual((await send(sent)).body.asked, asked)
    ok(letters.some(({ to, text }) => to === REFERRER && /Print their letter/.test(text)))
  })

  it('marks pupil and school so that they are found again, and by nobody else', async () => {
    const marksOf = async (referral: string) => {
      const { results } = await world.db
        .prepare('SELECT mark FROM pupil_mark WHERE referral = ?1')
        .bind(referral)
        .all<{ mark: string }>()
      return results.map(({ mark }) => mark)
    }
    const schoolOf = async (referral: string) =>
      (await world.db.prepare('SELECT school FROM referral WHERE id = ?1').bind(referral).first<{ school: string }>())
        ?.school
    const born = '2015-02-03'
    const named = async (name: string, school: object = {}) => {
      const fills = { 'pupil.name': name, 'pupil.born': born, ...school }
      const { id } = await sentReferral(world, { fills })
      return { marks: await marksOf(id), school: await schoolOf(id) }
    }
    const one = await named('Zoë Anne O’Hara')
    const shared = (other: { marks: string[] }) => other.marks.filter((mark) => one.marks.includes(mark)).length
    equal(shared(await named("O'HARA, ZOE ANNE")), 1)
    equal(shared(await named('zoe ohara')), 1)
    equal(shared(await named('Zoë Anne O’Hare')), 0)
    equal((await named('A B', { 'school.name': 'Otherwise written' })).school, one.school)
    notEqual((await named('A B', { 'school.urn': '654321' })).school, one.school)
    doesNotMatch(JSON.stringify(one), /zo|hara|2015/i)
  })

  it('is written in the record by its reference, with no name or need', async () => {
    const { reference } = await sentReferral(world)
    const { results } = await world.db
      .prepare('SELECT action, detail FROM record WHERE subject = ?1 ORDER BY number')
      .bind(reference)
      .all<{ action: string; detail: string }>()
    ok(results.some(({ action }) => action === 'referral-sent'))
    for (const { detail } of results) doesNotMatch(detail, /Amira|Ngozi|Example/)
  })
})
