import { deepEqual, equal, ok } from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { CaseReply } from '../../catalogue/wire/case.ts'
import { statementsFor } from '../../worker/catalogues/load.ts'
import { drain } from '../../worker/letters/drain.ts'
import type { Letter } from '../../worker/letters/letter.ts'
import { linksIn } from '../../worker/letters/letter.ts'
import { ringIn } from '../../worker/letters/sealed.ts'
import { hashOf } from '../../worker/people/secret.ts'
import { visitWith } from '../../worker/referrals/link.store.ts'
import { throwAway } from '../../worker/referrals/throw-away.ts'
import { localDatabase, migrate, migrationFiles, type TestDatabase } from '../database.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { type Heard, logged, shippedCatalogues, type World, worldOn } from './harness.ts'
import { type Answers, type Begun, begunReferral, declared } from './referring.ts'

// The whole life of referrals with a canary in every field, and then a look for them wherever they must not be: in the raw bytes of the
// database's files, in the log, in letters' subjects and texts, in addresses, in pages' titles and in the record.

/**
 * What stands in the fields. Not one of these words stands anywhere else, nor ends in a word that does: `waiting` right behind a key by chance
 * that ends in `zz` reads as one of both.
 */
const CANARIES = {
  pupil: 'Zymurgia',
  born: '2013-07-19',
  need: 'zzneed',
  carer: 'Okapiwood',
  relationship: 'zzkin',
  mail: 'zzmail',
  office: 'zzoffice',
  telephone: '960961',
  referrer: 'Quillfeather',
  school: 'Zzyzxschool',
  words: 'zzwords',
  note: 'zzjotting',
  reason: 'zzbecause',
  question: 'zzasking',
  reply: 'zzretort',
  event: 'zzoccasion',
  signature: 'zzsignature',
  panel: 'zzpanelled',
  excluder: 'zzexcluder',
  waiting: 'zzlonging',
  refusal: 'zzrefusal',
  again: 'zzoncemore',
  hearer: 'zzhearer',
} as const

/** Lives that come by everything: a panel and a place, an agreement that both sign, the commissioner, specialists and young people’s own words. */
const LIVES: readonly { provider: string; pathway: string; through: readonly string[] }[] = [
  { provider: 'stepping-stones', pathway: 'placement', through: ['give-place', 'start', 'return', 'finish'] },
  {
    provider: 'bridge',
    pathway: 'reintegration',
    through: ['give-core-place', 'prepare', 'start', 'return', 'finish'],
  },
  {
    provider: 'sedis',
    pathway: 'support',
    through: [
      'approve',
      'sign-off',
      'begin-outreach',
      'ask-in-reach',
      'approve',
      'sign-off',
      'begin-in-reach',
      'return',
      'finish',
      'close',
    ],
  },
]

/** What no letter says. A family’s letter may greet them by their name, and a colleague’s says who lets them in. */
const NOT_IN_LETTERS = Object.entries(CANARIES).filter(([name]) => name !== 'carer' && name !== 'office')

let folder = ''
let database: TestDatabase
let world: World

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outreach-kit-canaries-'))
  database = await localDatabase({ folder })
  const { db } = database
  for (const file of await migrationFiles()) await migrate(db, file)
  const catalogues = await shippedCatalogues()
  await db.batch(statementsFor(catalogues, false).map((statement) => db.prepare(statement)))
  world = worldOn(db, { MAILER: 'none', LOG: 'all' })
  watch()
})
after(async () => {
  await database.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Everything that was asked for, and what came back. */
const addresses: string[] = []
const titles: string[] = []
const sent: Letter[] = []

function watch(): void {
  const { send } = world
  world.send = async (request) => {
    const heard = await send(request)
    note(request.url, heard)
    return heard
  }
  world.ask = (method, path, body, headers = {}) =>
    world.send(
      new Request(`http://localhost${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
}

function note(url: string, { headers, text }: Heard): void {
  addresses.push(url, headers.get('Location') ?? '', headers.get('Content-Disposition') ?? '')
  if (!/html/.test(headers.get('Content-Type') ?? '')) return
  titles.push(/<title>([^<]*)/.exec(text)?.[1] ?? '')
  for (const [, address = ''] of text.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) addresses.push(address)
}

async function sendLetters(outcome: 'sent' | 'never' = 'sent'): Promise<void> {
  const mailer = {
    keepsText: false,
    send: async (letter: Letter) => {
      sent.push(letter)
      return outcome === 'sent' ? { outcome } : { outcome, why: 'refused' }
    },
  }
  await drain(world.db, mailer, () => world.clock.now, ringIn(world.env))
}

/** A canary in every answer that is typed. */
function answersOf(begun: Begun): Answers {
  const said: Record<string, string> = {
    'pupil.name': `Ada ${CANARIES.pupil}`,
    'pupil.born': CANARIES.born,
    'carer.name': `Bo ${CANARIES.carer}`,
    'second-carer.name': `Cy ${CANARIES.carer}`,
    'social-worker.name': `Di ${CANARIES.carer}`,
    'carer.relationship': CANARIES.relationship,
    'second-carer.relationship': CANARIES.relationship,
    'school.name': CANARIES.school,
    'referrer.name': `Ed ${CANARIES.referrer}`,
    'referrer.role': CANARIES.referrer,
  }
  return Object.fromEntries(
    begun.pathway.parts.map(({ id, questions }) => [
      id,
      Object.fromEntries(
        questions.flatMap((question) => {
          const given = begun.answers[id]?.[question.id]
          if (given === undefined) return []
          const own = said[question.fills ?? '']
          if (question.as === 'email') return [[question.id, `${question.id}@${CANARIES.mail}.example`]]
          if (question.as === 'telephone') return [[question.id, `01632 ${CANARIES.telephone}`]]
          if (own !== undefined && question.choices === undefined) return [[question.id, own]]
          if (question.as === 'text' || (question.as === 'line' && question.fills === undefined))
            return [[question.id, `${CANARIES.need} of ${question.id}`]]
          return [[question.id, given]]
        }),
      ),
    ]),
  )
}

/** A school begins a referral, saves it twice over, lets a colleague in and sends it. */
async function refer(provider: string, pathway: string): Promise<Begun & { reference: string }> {
  told.push(...sent.splice(0))
  const begun = await begunReferral(world, { provider, pathway, email: `referrer@${CANARIES.office}.example` })
  const answers = answersOf(begun)
  const [first] = begun.pathway.parts
  const colleague = { email: `colleague@${CANARIES.office}.example`, parts: [first?.id ?? ''] }
  const letIn = await world.ask('POST', `/api/referrals/${begun.id}/colleagues`, colleague, begun.headers)
  equal(letIn.status, 201, letIn.text)
  for (const { id } of begun.pathway.parts) {
    const path = `/api/referrals/${begun.id}/parts/${id}`
    for (const revision of [0, 1]) {
      const heard = await world.ask('PUT', path, { revision, answers: answers[id] ?? {} }, begun.headers)
      equal(heard.status, 200, heard.text)
      ok(revision === 0 || heard.body.complete, `${id} ${heard.text}`)
    }
    // What is refused is written down nowhere either.
    const wrong = await world.ask('PUT', path, { revision: 9, answers: {} }, begun.headers)
    equal(wrong.status, 409, wrong.text)
    equal((await world.ask('PUT', path, { revision: 'x', answers: answers[id] }, begun.headers)).status, 422)
  }
  const heard = await world.ask('POST', `/api/referrals/${begun.id}/send`, declared(begun), begun.headers)
  equal(heard.status, 201, heard.text)
  await sendLetters()
  return { ...begun, reference: String(heard.body.reference) }
}

/** A page of somebody who has been let in. */
interface Inside {
  path: string
  cookie: string
}

/** Everybody who was asked opens their link, gets the date wrong once, and answers everything the same, in their own words. */
async function answerAll(today: string, answer: 'given' | 'refused', words: string): Promise<Inside[]> {
  const links = sent.splice(0).flatMap((letter) => {
    told.push(letter)
    // The letters after an answer bring a link too, behind which nothing is asked.
    const asks = letter.subject.startsWith('A question for you')
    return linksIn(letter.text).filter((link) => asks && link.includes('/consent/'))
  })
  ok(links.length > 0)
  const pages: Inside[] = []
  for (const link of new Set(links.map((one) => new URL(one).pathname))) {
    const door = await form('GET', link, today)
    equal(door.status, 200, door.text.slice(0, 300))
    const [year, month, day] = CANARIES.born.split('-')
    equal((await form('POST', link, today, { day: '1', month: '1', year: String(year) })).status, 422)
    const inside = await form('POST', link, today, { day: String(day), month: String(month), year: String(year) })
    equal(inside.status, 303, inside.text.slice(0, 300))
    const cookie = (inside.headers.get('Set-Cookie') ?? '').split(';')[0] ?? ''
    const path = new URL(inside.headers.get('Location') ?? '', 'http://localhost').pathname
    const shown = await form('GET', path, today, undefined, cookie)
    equal(shown.status, 200)
    const asked = [...shown.text.matchAll(/name="?(answer\.[^\s">]+)/g)].map(([, name = '']) => name)
    ok(asked.length > 0, shown.text)
    const answered = await form(
      'POST',
      path,
      today,
      {
        ...Object.fromEntries(asked.map((name) => [name, answer])),
        name: `Bo ${CANARIES.carer}`,
        relationship: CANARIES.relationship,
        words,
        seen: /name="seen" value="(\d+)"/.exec(shown.text)?.[1] ?? '0',
      },
      cookie,
    )
    equal(answered.status, 303, answered.text.slice(0, 500))
    await form('GET', path, today, undefined, cookie)
    pages.push({ path, cookie })
  }
  await sendLetters()
  return pages
}

const consent = (today: string) => answerAll(today, 'given', CANARIES.words)

const told: Letter[] = []

function form(
  method: string,
  path: string,
  today: string,
  fields?: Record<string, string>,
  cookie = '',
): Promise<Heard> {
  return world.send(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        Accept: 'text/html',
        'X-Today': today,
        Cookie: cookie,
        ...(fields && {
          Origin: 'http://localhost',
          'Sec-Fetch-Site': 'same-origin',
          'Content-Type': 'application/x-www-form-urlencoded',
        }),
      },
      ...(fields && { body: new URLSearchParams(fields).toString() }),
    }),
  )
}

/** What a provider’s people do with a case, each write over what was seen last. */
interface Desk {
  read: (role?: string) => Promise<CaseReply>
  /** Posts below the case’s address. */
  post: (role: string, path: string, body: object) => Promise<Heard>
  /** Asks below the provider’s. */
  ask: (role: string, method: string, path: string, body?: unknown) => Promise<Heard>
  people: Record<string, SignedInPerson>
}

async function deskOf({ provider, reference, today }: Begun & { reference: string }): Promise<Desk> {
  const people: Desk['people'] = {}
  for (const role of ['owner', 'coordinator', 'practitioner', 'panel-member', 'commissioner'] as const)
    people[role] = await signIn(world, { provider, role })
  const ask: Desk['ask'] = (role, method, path, body) =>
    world.ask(method, `/api/console/providers/${provider}${path}`, body, {
      ...people[role]?.headers,
      'X-Today': today,
      'Idempotency-Key': crypto.randomUUID(),
    })
  let seen = 0
  return {
    people,
    ask,
    read: async (role = 'coordinator') => {
      const heard = await ask(role, 'GET', `/cases/${reference}`)
      equal(heard.status, 200, `${role}: ${heard.text}`)
      const found = heard.body as unknown as CaseReply
      seen = found.case.seen
      return found
    },
    post: async (role, path, body) => {
      const heard = await ask(role, 'POST', `/cases/${reference}${path}`, { ...body, seen })
      if (typeof heard.body.seen === 'number') seen = heard.body.seen
      return heard
    },
  }
}

/** The provider works on a case until it ends, by some decisions: whatever is needed for one is written down, and every text that can be typed is. */
async function work(referral: Begun & { reference: string }, through: readonly string[]): Promise<string[]> {
  const { pathway, reference, id, headers, today } = referral
  const desk = await deskOf(referral)
  const { ask, post, read, people } = desk
  const done = (heard: Heard) => ok(heard.status < 300, heard.text)
  await read()
  done(await ask('coordinator', 'POST', '/cases/find', { name: `Ada ${CANARIES.pupil}`, born: CANARIES.born }))
  done(await post('coordinator', '/notes', { text: CANARIES.note }))
  done(await post('coordinator', '/question', { text: CANARIES.question }))
  done(await world.ask('POST', `/api/referrals/${id}/progress/reply`, { text: CANARIES.reply }, headers))
  await read()
  done(await post('coordinator', '/people', { person: people.practitioner?.person }))
  const signed = { name: CANARIES.signature, role: CANARIES.signature }
  if (pathway.agreement) {
    done(await world.ask('POST', `/api/referrals/${id}/progress/agreement`, signed, headers))
    await read()
    done(await post('coordinator', '/agreement', { name: CANARIES.signature }))
  }
  const moves: string[] = []
  for (const move of through) {
    const found = await read()
    if (found.case.status === 'ended') break
    const stage = pathway.stages.find(({ id: one }) => one === found.case.stage?.id)
    if (stage?.panel) {
      const made = await ask('coordinator', 'POST', '/panels', {
        pathway: pathway.id,
        meetsOn: today,
        places: 3,
        note: CANARIES.panel,
      })
      done(made)
      const panel = String(made.body.id)
      done(await ask('coordinator', 'POST', `/panels/${panel}/people`, { people: [people['panel-member']?.person] }))
      done(await ask('coordinator', 'POST', `/panels/${panel}/cases`, { add: [reference] }))
      equal((await ask('panel-member', 'GET', `/panels/${panel}`)).status, 200)
    }
    await agree(desk, await read(), today)
    for (const role of ['coordinator', 'practitioner'])
      for (const { id: event, planned } of (await read(role)).recordable)
        done(
          await post(role, '/events', { event, on: today, text: CANARIES.event, ...(planned && { planned: today }) }),
        )
    if (!(await decide(desk, pathway, stage?.id ?? '', move))) break
    moves.push(move)
  }
  equal((await read()).case.status, 'ended')
  await sendLetters()
  for (const role of Object.keys(people))
    for (const path of [
      '/cases',
      '/cases/list',
      '/cases/list?status=ended',
      '/panels',
      '/waiting',
      '/places',
      '/record',
    ])
      await ask(role, 'GET', path)
  for (const query of ['', '?others=all', '?as=page']) {
    const heard = await ask('owner', 'GET', `/cases/${reference}/export${query}`)
    equal(heard.status, 200, heard.text)
    // The one place where all of it stands, since that is what it is for.
    const { pupil, need, carer, referrer, note, question, reply, reason, event } = CANARIES
    for (const canary of [pupil, need, carer, referrer, note, question, reply, reason, event])
      ok(heard.text.includes(canary), `${reference} ${canary}`)
  }
  return moves
}

/** Whatever consent is asked for later is asked for, and heard of everybody. */
async function agree({ post, read }: Desk, { consents, family }: CaseReply, today: string): Promise<void> {
  for (const { purpose, each, standing, inPerson, by } of consents) {
    if (standing === 'given') continue
    const what = { purpose, ...(each === '' ? {} : { each }) }
    for (const { person } of family.filter(({ as }) => by.includes(as))) {
      await post('coordinator', '/ask', { ...what, person, reason: CANARIES.reason })
      const how = inPerson ? 'in-person' : 'paper'
      const who = { name: `Bo ${CANARIES.carer}`, relationship: CANARIES.relationship }
      const heard = await post('coordinator', '/heard', { ...what, person, answer: 'given', how, on: today, ...who })
      ok(heard.status < 300, heard.text)
    }
  }
  await read()
}

/** Makes a decision as whoever may. Returns whether it was made. */
async function decide({ post }: Desk, { stages }: Pathway, at: string, move: string): Promise<boolean> {
  const found = stages.find(({ id }) => id === at)?.moves.find(({ id }) => id === move)
  for (const role of found?.by.filter((one) => one !== 'school') ?? [])
    if ((await post(role, '/moves', { move, reason: CANARIES.reason, early: true })).status === 200) return true
  return false
}

/** Every file of the database as it lies there. */
async function rawBytes(): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const bytes = await Promise.all(
    files.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name))),
  )
  const whole = Buffer.concat(bytes)
  ok(whole.length > 500_000, `${whole.length} bytes`)
  return whole
}

/** The canaries that some bytes hold, in either case, in UTF-8 and in UTF-16. */
function foundIn(bytes: Buffer, canaries: readonly (readonly [string, string])[]): string[] {
  const [small, wide] = [bytes.toString('latin1').toLowerCase(), bytes.toString('utf16le').toLowerCase()]
  return canaries.flatMap(([name, canary]) =>
    small.includes(canary.toLowerCase()) || wide.includes(canary.toLowerCase()) ? [name] : [],
  )
}

const all = Object.entries(CANARIES)
const inTexts = (texts: readonly string[], canaries = all) => foundIn(Buffer.from(texts.join('\n')), canaries)

/** Where no canary may be. */
async function isNowhere(what: string): Promise<void> {
  deepEqual(foundIn(await rawBytes(), all), [], `${what}: the database’s files`)
  deepEqual(inTexts(logged), [], `${what}: the log`)
  deepEqual(inTexts(addresses), [], `${what}: addresses`)
  deepEqual(inTexts(titles), [], `${what}: titles`)
  deepEqual(
    inTexts(
      [...told, ...sent].map(({ subject, text }) => `${subject}\n${text}`),
      NOT_IN_LETTERS,
    ),
    [],
    `${what}: letters`,
  )
  deepEqual(inTexts([...told, ...sent].map(({ subject }) => subject)), [], `${what}: letters’ subjects`)
  const { results } = await world.db.prepare('SELECT * FROM record').all()
  deepEqual(inTexts(results.map((row) => JSON.stringify(row))), [], `${what}: the record`)
}

describe('Nothing that is said of a pupil', () => {
  it('can be looked for here: the bytes of the files are really those that are kept', async () => {
    deepEqual(foundIn(await rawBytes(), all), [])
    const title = (await shippedCatalogues())[0]?.title ?? ''
    deepEqual(foundIn(await rawBytes(), [['title', title]]), ['title'])
  })

  for (const { provider, pathway, through } of LIVES)
    it(`stands where it must not, over the whole life of a referral to ${provider}`, async () => {
      world.clock.now += 3_600_000
      const referral = await refer(provider, pathway)
      await consent(referral.today)
      deepEqual(await work(referral, through), through)
      await isNowhere(provider)
    })

  it('stands where it must not where somebody says no, is asked again, waits for a place and then takes it back', async () => {
    world.clock.now += 3_600_000
    const referral = await refer('bridge', 'reintegration')
    const { id, headers, pathway, reference, today } = referral
    await answerAll(today, 'refused', CANARIES.refusal)
    const { results: people } = await world.db
      .prepare('SELECT id FROM consent_person WHERE referral = ?1')
      .bind(id)
      .all<{ id: string }>()
    for (const { id: person } of people) {
      const again = { person, as: 'carer', name: `Bo ${CANARIES.carer}`, purpose: 'share', reason: CANARIES.again }
      const asked = await world.ask('POST', `/api/referrals/${id}/progress/ask`, again, headers)
      equal(asked.status, 200, asked.text)
    }
    await sendLetters()
    const pages = await consent(today)
    const { ask, post, read, people: staff } = await deskOf(referral)
    await read()
    const made = await ask('coordinator', 'POST', '/panels', {
      pathway: pathway.id,
      meetsOn: today,
      note: CANARIES.panel,
    })
    equal(made.status, 201, made.text)
    const panel = `/panels/${made.body.id}`
    await ask('coordinator', 'POST', `${panel}/people`, { people: [staff['panel-member']?.person] })
    equal((await ask('coordinator', 'POST', `${panel}/cases`, { add: [reference] })).status, 200)
    const shown = await ask('panel-member', 'GET', panel)
    ok(shown.text.includes(CANARIES.panel), shown.text.slice(0, 300))
    await read()
    const waits = await post('coordinator', '/moves', { move: 'wait', reason: CANARIES.reason, early: true })
    equal(waits.status, 200, waits.text)
    const order = { pathway: pathway.id, case: reference, before: null, order: [reference], reason: CANARIES.waiting }
    const moved = await ask('coordinator', 'POST', '/waiting/order', order)
    equal(moved.status, 200, moved.text)
    const exclusion = { school: `${CANARIES.excluder} School`, urn: '654321', on: today }
    const noted = await ask('coordinator', 'POST', '/exclusions', exclusion)
    ok(noted.text.includes(CANARIES.excluder), noted.text)
    equal(noted.status, 201)
    for (const path of ['/exclusions', '/places'])
      ok((await ask('coordinator', 'GET', path)).text.includes(CANARIES.excluder), path)
    await sendLetters()
    await isNowhere('it waits')
    const [page] = pages
    ok(page)
    const taken = await form('POST', `${page.path}/take-back`, today, { purpose: 'share', each: '' }, page.cookie)
    equal(taken.status, 303, taken.text.slice(0, 300))
    await sendLetters()
    equal((await ask('coordinator', 'GET', `/cases/${reference}`)).status, 404)
    equal((await ask('owner', 'GET', `/cases/${reference}/export?as=page`)).status, 200)
    await isNowhere('it was withdrawn')
  })

  it('stands where it must not where a no is written down on paper, and the school takes it back', async () => {
    world.clock.now += 3_600_000
    const { id, headers, today } = await refer('stepping-stones', 'outreach')
    const person = await world.db
      .prepare('SELECT id FROM consent_person WHERE referral = ?1')
      .bind(id)
      .first<{ id: string }>()
    const paper = {
      person: person?.id,
      purpose: 'share',
      answer: 'refused',
      how: 'paper',
      on: today,
      name: `Bo ${CANARIES.carer}`,
      relationship: CANARIES.relationship,
      heardBy: CANARIES.hearer,
    }
    const heard = await world.ask('POST', `/api/referrals/${id}/progress/heard`, paper, headers)
    equal(heard.status, 200, heard.text)
    equal((await world.ask('POST', `/api/referrals/${id}/progress/take-back`, {}, headers)).status, 200)
    equal((await world.ask('GET', `/api/referrals/${id}/progress`, undefined, headers)).status, 200)
    await sendLetters()
    await isNowhere('it was taken back')
  })

  it('is left by a draft that its school deletes, nor the address of a colleague who is told of it, or cannot be', async () => {
    for (const outcome of ['sent', 'never'] as const) {
      world.clock.now += 3_600_000
      const begun = await begunReferral(world, { email: `deleted-${outcome}@school.example` })
      const answers = answersOf(begun)
      for (const { id } of begun.pathway.parts) {
        const body = { revision: 0, answers: answers[id] ?? {} }
        equal((await world.ask('PUT', `/api/referrals/${begun.id}/parts/${id}`, body, begun.headers)).status, 200)
      }
      const email = `wombat-${outcome}@school.example`
      const colleague = { email, parts: begun.pathway.parts.slice(0, 1).map(({ id }) => id) }
      const path = `/api/referrals/${begun.id}/colleagues`
      equal((await world.ask('POST', path, colleague, begun.headers)).status, 201)
      await sendLetters()
      const visit = await visitWith(world.db, await hashOf(begun.key), new Date(world.clock.now).toISOString())
      ok(visit)
      await throwAway(world.env, { ...visit, as: 'referrer', only: [] }, { now: world.clock.now })
      const before = sent.length
      await sendLetters(outcome)
      deepEqual(
        sent.slice(before).map(({ to }) => to),
        [email],
      )
      for (const table of ['letter', 'sealed', 'record']) {
        const { results } = await world.db.prepare(`SELECT * FROM ${table}`).all()
        ok(!JSON.stringify(results).includes('wombat'), `${outcome}: ${table}`)
      }
      await isNowhere(`a draft was deleted, ${outcome}`)
    }
    // Nobody at the provider hears of a letter about a draft.
    const owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const letters = await world.ask('GET', '/api/console/providers/stepping-stones/letters', undefined, owner.headers)
    equal(letters.status, 200, letters.text)
    ok(!letters.text.includes('nothing left'), letters.text)
  })

  it('is left by those that are erased either', async () => {
    const { results } = await world.db
      .prepare('SELECT provider, reference FROM referral')
      .all<{ provider: string; reference: string }>()
    // Those that went their way, and the two that were stopped.
    equal(results.length, LIVES.length + 2)
    for (const { provider, reference } of results) {
      const owner = await signIn(world, { provider, role: 'owner' })
      const path = `/api/console/providers/${provider}/cases/${reference}/erase`
      equal((await world.ask('POST', path, { reason: 'family-asked' }, owner.headers)).status, 200)
    }
    equal(await world.count('sealed'), 0)
    await isNowhere('erased')
  })
})
