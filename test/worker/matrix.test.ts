import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as z from 'zod'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { CASE_ROLES, isCaseRole, mayDo, ROLES, type Role } from '../../catalogue/wire/roles.ts'
import { buildApp } from '../../worker/app.ts'
import { statementsFor } from '../../worker/catalogues/load.ts'
import { Shelf } from '../../worker/catalogues/shelf.ts'
import { consoleApi } from '../../worker/console/routes.ts'
import type { AppEnv } from '../../worker/environment.ts'
import { replyTo } from '../../worker/failures.ts'
import { type Access, accessOf, may } from '../../worker/people/may.ts'
import { consolePaths, consoleSchemas } from '../../worker/reference/console.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { Limits } from '../../worker/requests/limits.ts'
import { keyringOf } from '../../worker/sealing/keyring.ts'
import { sealOwn } from '../../worker/sealing/own-text.ts'
import { ORIGIN, type SignedInPerson, signIn } from './console.ts'
import { type Heard, shippedCatalogues, type World, worldOn } from './harness.ts'
import { type Opening, openedCase } from './opened-case.ts'
import { quickDatabase } from './quick-database.ts'
import { type Answers, filledReferral } from './referring.ts'

// Every route of the console × every role × two providers, read from the routes themselves: a route that is added is here too.

const PROVIDERS = ['alder', 'birch'] as const
type Provider = (typeof PROVIDERS)[number]

/** A word that stands in every text of a provider's and nowhere else. */
const canaryOf = (provider: Provider) => `CANARY-${provider.toUpperCase()}`
const otherThan = (provider: Provider): Provider => (provider === 'alder' ? 'birch' : 'alder')

interface Route {
  method: string
  path: string
  access: Access
  /** Whether its first handler is the guard. */
  isGuardedFirst: boolean
}

/** The console's routes; the guard is whichever handler knows its access. */
function routesOf(): Route[] {
  const found = new Map<string, Route & { unguarded: boolean }>()
  for (const { method, path, handler } of buildApp(() => 0).routes) {
    if (!path.startsWith('/api/console/') || method === 'ALL') continue
    const access = accessOf(handler)
    const key = `${method} ${path}`
    const known = found.get(key)
    if (!known)
      found.set(key, {
        method,
        path,
        access: access ?? 'anyone',
        isGuardedFirst: access !== undefined,
        unguarded: access === undefined,
      })
  }
  return [...found.values()]
}

const routes = routesOf()
const ofProvider = routes.filter(({ path }) => path.includes('/:provider/'))
const isWrite = ({ method }: Route) => method !== 'GET'

let world: World
before(async () => {
  // Letters stay where they are: sent behind somebody's reply, they would look like that person's doing.
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
  const [shipped] = (await shippedCatalogues()).filter(
    ({ provider, catalogue }) => provider.id === 'stepping-stones' && catalogue === '2024-25',
  )
  ok(shipped)
  for (const provider of PROVIDERS) await fill(provider, shipped)
})
after(() => world.stop())

/** Puts a provider's canary wherever a text can stand: the catalogue, orders, letters, people, the record, drafts. */
async function fill(provider: Provider, shipped: Awaited<ReturnType<typeof shippedCatalogues>>[number]): Promise<void> {
  const canary = canaryOf(provider)
  const document = {
    ...shipped,
    title: `${shipped.title} ${canary}`,
    provider: { ...shipped.provider, id: provider, name: `${provider} ${canary}`, about: `${canary}.` },
    offers: shipped.offers.map((offer) => ({ ...offer, name: `${offer.name} ${canary}` })),
    letters: { ...shipped.letters, orders: [`orders@${canary}.example`] },
    pathways: shipped.pathways?.map(signedOff) ?? [],
  }
  await world.db.batch(statementsFor([document], false).map((statement) => world.db.prepare(statement)))
  const school = { ...EXAMPLE_ORDER.buyer.schools[0], name: `School ${canary}`, address: `1 ${canary} Road` }
  const order = {
    ...EXAMPLE_ORDER,
    buyer: { holds: [], schools: [school] },
    items: EXAMPLE_ORDER.items.map((item) => ({ ...item, note: canary })),
    contact: { name: `Contact ${canary}`, role: canary, email: `contact@${canary}.example`, telephone: canary },
    payment: { method: 'journal', ledgerCode: canary, purchaseOrder: canary },
    signatory: { name: `Head ${canary}`, email: `head@${canary}.example` },
  }
  for (let count = 0; count < 3; count += 1) {
    const heard = await world.order(order, { provider })
    equal(heard.status, 201, heard.text)
  }
  await world.db.batch([
    world.db
      .prepare(
        `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, trouble, subject, text)
         SELECT 'failed', '2026-11-01', ?1 || '-failed', ?1, reference, ?2, '2026-11-01', ?2, ?2, ?2
           FROM "order" WHERE provider = ?1 LIMIT 1`,
      )
      .bind(provider, canary),
    world.db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at) VALUES (?1, 'system', 'order-placed', ?2, ?3, '2026-11-01')`,
      )
      .bind(provider, canary, JSON.stringify({ canary })),
  ])
  const owner = await member(provider, 'owner')
  const path = `/api/console/providers/${provider}`
  for (let count = 0; count < 2; count += 1) {
    const text = JSON.stringify({ ...document, title: `Draft ${canary}` })
    const heard = await world.ask('POST', `${path}/drafts`, { text, title: `Draft ${canary}` }, owner.headers)
    equal(heard.status, 201, heard.text)
  }
  const [order1] = await rows('SELECT reference FROM "order" WHERE provider = ?1', provider)
  const noted = await world.ask(
    'POST',
    `${path}/orders/${order1?.reference}/notes`,
    { text: canary },
    {
      ...owner.headers,
      'Idempotency-Key': `note-${provider}`,
    },
  )
  ok(noted.status < 300, noted.text)
  await world.db
    .prepare(
      `INSERT INTO passkey (credential, id, person, name, public_key, counter, transports, created_at)
       VALUES (?1, ?1 || '-passkey', ?2, ?3, 'x', 0, '[]', '2026-11-01')`,
    )
    .bind(provider, owner.person, canary)
    .run()
  await fillCases(provider, document.pathways)
}

/** The pathway whose cases are put before a panel, which the commissioner has a say in too; the other pathway’s are nobody’s. */
const MINE = 'placement'
const OTHERS = 'outreach'

/** A pathway whose first stage the commissioner decides on as well, seeing one answer. */
function signedOff(pathway: Pathway): Pathway {
  if (pathway.id !== MINE) return pathway
  const [, next] = pathway.stages
  const by = ['commissioner' as const]
  const move = { id: 'sign-off', name: 'Sign off', as: 'go-on' as const, to: next?.id ?? '', by, tells: [] }
  return {
    ...pathway,
    stages: pathway.stages.map((stage, at) => (at === 0 ? { ...stage, moves: [...stage.moves, move] } : stage)),
    parts: pathway.parts.map((part) => ({
      ...part,
      questions: part.questions.map((question) =>
        question.id === 'strengths' ? { ...question, seenBy: [...question.seenBy, 'commissioner' as const] } : question,
      ),
    })),
  }
}

/** Referrals of every kind, each with a canary of its own kind in every field: what one’s role may see, others’, and what nobody at the provider may. */
async function fillCases(provider: Provider, pathways: readonly Pathway[]): Promise<void> {
  const canary = canaryOf(provider)
  const about = (kind: string, pathway: string, number = 0): Opening => {
    const word = `${canary}-${kind}`
    const found = pathways.find(({ id }) => id === pathway)
    return {
      provider,
      pathway,
      today: '2024-09-10',
      email: `referrer@${word}.example`.toLowerCase(),
      words: word,
      fills: {
        'pupil.name': `Pupil ${word} ${'x'.repeat(number)}`,
        'carer.name': `Carer ${word}`,
        'carer.relationship': word,
        'carer.email': `carer@${word}.example`.toLowerCase(),
        'school.name': `School ${word}`,
        'referrer.name': `Referrer ${word}`,
        'referrer.role': word,
      },
      answers: found ? wordsFor(found, word) : {},
    }
  }
  for (let number = 0; number < 3; number += 1) await openedCase(world, about('MINE', MINE, number))
  await openedCase(world, about('OTHERS', OTHERS))
  await openedCase(world, { ...about('CLOSED', MINE), status: 'waiting' })
  const stopped = await openedCase(world, about('CLOSED', MINE))
  await world.db.prepare("UPDATE referral SET status = 'stopped' WHERE id = ?1").bind(stopped.id).run()
  await filledReferral(world, about('CLOSED', MINE))
  const panel = `panel-${provider}`
  const ring = keyringOf(world.env)
  const note = await sealOwn(ring, `panel:${panel}`, `${canary}-MINE`)
  const school = await sealOwn(ring, `exclusion:exclusion-${provider}`, `School ${canary}-MINE`)
  const keys = [note.key, school.key].filter((key) => key !== undefined)
  await world.db.batch([
    ...keys.map(({ row, master, wrapped }) =>
      world.db.prepare('INSERT INTO referral_key VALUES (?1, ?2, ?3)').bind(row, master, wrapped),
    ),
    world.db
      .prepare("INSERT INTO panel VALUES (?1, ?2, ?3, '2024-10-01', ?4, '2024-09-10', NULL)")
      .bind(provider, panel, MINE, note.text),
    world.db
      .prepare(
        `INSERT INTO panel_case SELECT provider, ?2, id, row_number() OVER (ORDER BY id), '' FROM referral
          WHERE provider = ?1 AND pathway = ?3 AND status <> 'draft'`,
      )
      .bind(provider, panel, MINE),
    world.db.prepare("INSERT INTO place_pool VALUES (?1, 'panel:' || ?2, 3, 0, 0)").bind(provider, panel),
    world.db
      .prepare(
        `INSERT INTO exclusion (provider, id, school, school_name, term, excluded_on, noted_by, at)
         VALUES (?1, 'exclusion-' || ?1, 'mark', ?2, 'x', '2024-09-01', 'nobody', '2024-09-01')`,
      )
      .bind(provider, school.text),
  ])
}

/** In each answer that is written, the canary and who may see it. */
function wordsFor({ parts }: Pathway, word: string): Answers {
  return Object.fromEntries(
    parts.map(({ id, questions }) => [
      id,
      Object.fromEntries(
        questions
          .filter(({ as, fills }) => (as === 'text' || as === 'line') && fills === undefined)
          .map((question) => [question.id, `${word} [${question.seenBy.join(' ')}]`]),
      ),
    ]),
  )
}

/** Somebody with a role at a provider, the canary in all that is theirs. */
async function member(provider: Provider, role: Role): Promise<SignedInPerson> {
  const canary = canaryOf(provider)
  const who = await signIn(world, {
    provider,
    role,
    email: `${role}-${crypto.randomUUID()}@${canary}.example`.toLowerCase(),
  })
  await world.db.batch([
    world.db.prepare('UPDATE person SET name = ?2 WHERE id = ?1').bind(who.person, `${role} ${canary}`),
    world.db.prepare('UPDATE session SET device = ?2 WHERE person = ?1').bind(who.person, canary),
    // Their own cases, each by what their role goes by.
    ...(role === 'practitioner'
      ? [
          world.db
            .prepare(
              `INSERT INTO case_person SELECT provider, ?2, id, '2024-09-10' FROM referral
                WHERE provider = ?1 AND pathway = ?3 AND status <> 'draft'`,
            )
            .bind(provider, who.person, MINE),
        ]
      : []),
    ...(role === 'panel-member'
      ? [world.db.prepare("INSERT INTO panel_person VALUES (?1, 'panel-' || ?1, ?2)").bind(provider, who.person)]
      : []),
  ])
  return who
}

async function rows(sql: string, ...values: unknown[]): Promise<Record<string, string | number | null>[]> {
  const { results } = await world.db
    .prepare(sql)
    .bind(...values)
    .all<Record<string, string | number | null>>()
  return results
}

/** What a name in a path stands for at a provider: something that is there. */
async function somethingOf(name: string, provider: Provider): Promise<string> {
  if (name === 'provider') return provider
  const found: Record<string, string> = {
    person:
      "SELECT person AS id FROM membership WHERE provider = ?1 AND role = 'viewer' AND case_role IS NULL ORDER BY since_at DESC",
    case: `SELECT reference AS id FROM referral WHERE provider = ?1 AND status = 'open' AND pathway = '${MINE}' ORDER BY reference`,
    session: 'SELECT s.id AS id FROM session AS s JOIN membership AS m USING (person) WHERE m.provider = ?1',
    passkey: 'SELECT k.id AS id FROM passkey AS k JOIN membership AS m USING (person) WHERE m.provider = ?1',
    reference: 'SELECT reference AS id FROM "order" WHERE provider = ?1 ORDER BY status = \'placed\' DESC',
    letter:
      'SELECT id FROM letter WHERE provider = ?1 AND about IN (SELECT reference FROM "order" WHERE provider = ?1) ORDER BY state',
    catalogue: 'SELECT catalogue AS id FROM catalogue_version WHERE provider = ?1',
    version: 'SELECT version AS id FROM catalogue_version WHERE provider = ?1',
    draft: "SELECT id FROM draft WHERE provider = ?1 AND state = 'open'",
    event: 'SELECT e.number AS id FROM case_event AS e JOIN referral AS r ON r.id = e.referral WHERE r.provider = ?1',
  }
  // What else there may be is kept in a table of that name, each row with its provider and id.
  const [row] = await rows(`${found[name] ?? `SELECT id FROM "${name}" WHERE provider = ?1`} LIMIT 1`, provider)
  ok(row, `There is no ${name} of ${provider} left to ask for`)
  return String(row.id)
}

/** A route's address at one provider, with what belongs to it, or with what belongs to another. */
async function addressOf({ path }: Route, provider: Provider, contents: Provider = provider): Promise<string> {
  const parts = path.split('/').map(async (part) => {
    if (!part.startsWith(':')) return part
    const name = part.slice(1).replace(/\{.*$/, '')
    return encodeURIComponent(await somethingOf(name, name === 'provider' ? provider : contents))
  })
  return (await Promise.all(parts)).join('/')
}

/** A route as the reference tells of it. */
interface Operation {
  requestBody?: { content: { 'application/json': { example: unknown } } }
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>
}

function operationOf({ method, path }: Route): Operation | undefined {
  const described = consolePaths()[path.replace(/:(\w+)/g, '{$1}')] as Record<string, Operation> | undefined
  return described?.[method.toLowerCase()]
}

/** What the reference shows as a route's body, if it shows one. */
function exampleOf(route: Route): unknown {
  return operationOf(route)?.requestBody?.content['application/json'].example
}

const schemas = new Map<string, z.ZodType>()
/** Holds a reply to what the reference says of it. */
function isAsDescribed(route: Route, { status, body, headers }: Heard, what: string): void {
  const operation = operationOf(route)
  if (!operation) return
  const [type = '', described] = Object.entries(operation.responses[String(status)]?.content ?? {})[0] ?? []
  ok(type && headers.get('Content-Type')?.startsWith(type), `The reference does not know ${what}`)
  const name = /schemas\/(\w+Reply)$/.exec(described?.schema.$ref ?? '')?.[1]
  if (name === undefined) return
  const json = consoleSchemas()[name] as Parameters<typeof z.fromJSONSchema>[0]
  const schema = schemas.get(name) ?? z.fromJSONSchema(json)
  schemas.set(name, schema)
  const { success, error } = schema.safeParse(body)
  ok(success, `${what}: ${error?.message}`)
}

let keys = 0
async function ask(route: Route, address: string, who?: SignedInPerson): Promise<Heard> {
  keys += 1
  const headers = { ...(who?.headers ?? { Origin: ORIGIN }), 'Idempotency-Key': `matrix-${keys}`, 'If-Match': '"1"' }
  const heard = await world.ask(route.method, address, isWrite(route) ? (exampleOf(route) ?? {}) : undefined, headers)
  const what = `${route.method} ${address} ${heard.status} ${heard.text.slice(0, 300)}`
  ok(heard.status < 500, what)
  equal(heard.headers.get('Access-Control-Allow-Origin'), null, what)
  match(heard.headers.get('Cache-Control') ?? '', /no-store/, what)
  isAsDescribed(route, heard, what)
  return heard
}

/** Every row of every table as text, to see that nothing has changed. */
async function everything(): Promise<string[]> {
  const tables = await rows(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'd1%' ORDER BY name",
  )
  const results = await world.db.batch<Record<string, unknown>>(
    tables.map(({ name }) => world.db.prepare(`SELECT * FROM "${name}"`)),
  )
  return results.flatMap(({ results: kept }, at) => kept.map((row) => `${tables[at]?.name} ${JSON.stringify(row)}`))
}

/** The rows that are a provider's. */
async function belongingsOf(provider: Provider): Promise<string[]> {
  const referrals = await rows('SELECT id FROM referral WHERE provider = ?1', provider)
  const names = [provider, ...referrals.map(({ id }) => String(id))]
  return (await everything()).filter((row) => names.some((name) => row.toLowerCase().includes(name)))
}

/** The rows that are there no longer, and those that are new, each cut short. */
function changes(earlier: readonly string[], later: readonly string[]): string[] {
  const [had, has] = [new Set(earlier), new Set(later)]
  return [
    ...earlier.filter((row) => !has.has(row)).map((row) => `gone: ${row.slice(0, 300)}`),
    ...later.filter((row) => !had.has(row)).map((row) => `new: ${row.slice(0, 300)}`),
  ]
}

describe('A route of the console', () => {
  it('is one of many, and says first of all who may ask it', () => {
    ok(routes.length > 20)
    deepEqual(
      routes.filter(({ isGuardedFirst }) => !isGuardedFirst).map(({ method, path }) => `${method} ${path}`),
      [],
    )
    deepEqual(
      ofProvider.filter(({ access }) => access === 'anyone').map(({ path }) => path),
      [],
    )
    // Whoever is signed in is somebody at no provider: such a route must not name one.
    deepEqual(
      ofProvider.filter(({ access }) => access === 'signed-in').map(({ path }) => path),
      [],
    )
    deepEqual(
      routes.filter(({ access }) => access === 'anyone').map(({ method, path }) => `${method} ${path}`),
      [
        'POST /api/console/sign-in/codes',
        'POST /api/console/sign-in',
        'POST /api/console/sign-in/passkeys/options',
        'POST /api/console/sign-in/passkeys',
      ],
    )
  })

  it('that says nothing is refused to everybody', async () => {
    const now = () => world.clock.now
    const added = consoleApi(new Shelf(now), new Limits(now), now)
    added.use((c, next) => {
      c.set('now', now)
      return next()
    })
    added.get('/open', (c) => c.text('open'))
    added.get('/guarded', may('signed-in'), (c) => c.text('guarded'))
    added.onError((error, c) => replyTo(error, c))
    const owner = await member('alder', 'owner')
    const get = async (path: string) =>
      (await added.fetch(new Request(`${ORIGIN}${path}`, { headers: owner.headers }), world.env as AppEnv['Bindings']))
        .status
    equal(await get('/open'), 403)
    equal(await get('/guarded'), 200)
  })

  it('is refused to strangers, to nobodies, to other providers’ owners and to roles without the right, and nothing changes', async () => {
    const nobody = await signIn(world, {})
    let refused = 0
    for (const provider of PROVIDERS) {
      const other = otherThan(provider)
      const intruder = await member(other, 'owner')
      const people = new Map(
        await Promise.all(ROLES.map(async (role) => [role, await member(provider, role)] as const)),
      )
      const stood = await everything()
      for (const route of routes) {
        const { access, method, path } = route
        if (access === 'anyone') continue
        const address = await addressOf(route, provider)
        const isRefused = async (status: number, who?: SignedInPerson, at = address) => {
          const heard = await ask(route, at, who)
          equal(heard.status, status, `${method} ${path} as ${JSON.stringify(who)}: ${heard.text}`)
          doesNotMatch(heard.text, /CANARY/)
          refused += 1
        }
        await isRefused(401)
        await isRefused(401, {
          person: '',
          session: '',
          cookie: '',
          headers: { Origin: ORIGIN, Cookie: `__Host-session=${'0'.repeat(64)}` },
        })
        if (access === 'signed-in') continue
        await isRefused(404, nobody)
        await isRefused(404, intruder)
        for (const role of ROLES) if (!mayDo(role, access)) await isRefused(403, people.get(role))
      }
      deepEqual(changes(stood, await everything()), [])
    }
    ok(refused > 200, String(refused))
  })

  it('shows a role by case its own cases and nothing of others, and nobody what consent has not released', async () => {
    for (const provider of PROVIDERS) {
      const canary = canaryOf(provider)
      const readers = ROLES.filter((role) => mayDo(role, 'read-cases'))
      for (const role of readers) {
        const who = await member(provider, role)
        const byCase = isCaseRole(role)
        const seen: string[] = []
        for (const route of ofProvider) {
          if (route.method !== 'GET' || !mayDo(role, route.access as Parameters<typeof mayDo>[1])) continue
          const heard = await ask(route, await addressOf(route, provider), who)
          const what = `${route.path} as ${role}: ${heard.text.slice(0, 2_000)}`
          doesNotMatch(heard.text, new RegExp(`${canary}-CLOSED`, 'i'), what)
          if (byCase) doesNotMatch(heard.text, new RegExp(`${canary}-OTHERS`, 'i'), what)
          // An answer says who may see it, and these are all that do.
          for (const [, readers = ''] of heard.text.matchAll(/-MINE \[([a-z -]*)\]/g))
            if (byCase) ok(readers.split(' ').includes(role), `${readers}: ${what}`)
          seen.push(heard.text)
        }
        const all = seen.join()
        match(all, new RegExp(`${canary}-MINE`), `${role} sees nothing at all`)
        const names = /(Pupil|Carer|Referrer) CANARY/
        if (role === 'commissioner') doesNotMatch(all, names)
        else match(all, names)
        if (!byCase) match(all, new RegExp(`${canary}-OTHERS`))
        // What was said with its history: a panel reads what was asked, answered and decided, and a commissioner none of it.
        for (const said of ['Reason', 'Question', 'Reply', 'Order', 'Note', 'Recorded']) {
          const isFor = !byCase || role === 'practitioner' || (role === 'panel-member' && !/Note|Recorded/.test(said))
          equal(new RegExp(`${said} ${canary}-MINE`).test(all), isFor, `${said} as ${role}`)
        }
        // What is not one’s own is not there, whatever one would do with it; and what is closed is nobody’s.
        const others = await rows(
          `SELECT reference, status FROM referral WHERE provider = ?1 AND reference IS NOT NULL
              AND (status IN ('waiting', 'stopped') OR (?2 AND pathway = '${OTHERS}'))`,
          provider,
          byCase ? 1 : 0,
        )
        equal(others.length, byCase ? 3 : 2)
        const stood = await everything()
        for (const { reference, status } of others)
          for (const route of ofProvider) {
            if (!route.path.includes('/:case') || !mayDo(role, route.access as Parameters<typeof mayDo>[1])) continue
            // What is closed can still be erased, and that it is held can be told; no word of it is.
            if (/\/(erase|export)$/.test(route.path)) continue
            const address = (await addressOf(route, provider)).replace(/\/cases\/[^/]+/, `/cases/${reference}`)
            const heard = await ask(route, address, who)
            // Whoever decides on a case at the instant that it is stopped hears that it is.
            const isTold = status === 'stopped' && heard.status === 409 && isWrite(route)
            ok(heard.status === 404 || isTold, `${route.method} ${address} as ${role}: ${heard.text}`)
            doesNotMatch(heard.text, /CANARY/)
          }
        deepEqual(changes(stood, await everything()), [])
      }
      equal(readers.filter(isCaseRole).length, CASE_ROLES.length)
    }
  })

  it('does nothing to what belongs to another provider, though its id is known', async () => {
    for (const provider of PROVIDERS) {
      const other = otherThan(provider)
      const stood = await belongingsOf(other)
      for (const route of routes) {
        if (!/:(?!provider)/.test(route.path)) continue
        const owner = await member(provider, 'owner')
        const address = await addressOf(route, provider, other)
        const heard = await ask(route, address, owner)
        doesNotMatch(heard.text, new RegExp(canaryOf(other), 'i'), `${route.method} ${address}`)
        // A year and a version have the same names at both.
        if (/:version/.test(route.path)) continue
        const what = `${route.method} ${address}: ${heard.status} ${heard.text}`
        if (route.method === 'GET' || exampleOf(route) !== undefined) equal(heard.status, 404, what)
        else ok(heard.status >= 400, what)
      }
      deepEqual(changes(stood, await belongingsOf(other)), [])
    }
  })

  it('tells whoever may ask nothing of the other provider, and leaves what is theirs as it is', async () => {
    const order = ['GET', 'PUT', 'POST', 'DELETE']
    const sorted = routes.toSorted((one, two) => order.indexOf(one.method) - order.indexOf(two.method))
    const seen = new Map<string, number[]>()
    for (const provider of PROVIDERS) {
      const other = otherThan(provider)
      const stood = await belongingsOf(other)
      const people = new Map<Role, SignedInPerson>()
      for (const route of sorted) {
        const { access, method, path } = route
        const roles = ROLES.filter((role) => access === 'signed-in' || access === 'anyone' || mayDo(role, access))
        for (const role of roles) {
          // Whoever signs out or leaves is followed by somebody new, and there is always somebody to be withdrawn.
          const isAboutPeople = isWrite(route) && /\/(sessions?|people)(\/|$)/.test(path)
          if (isAboutPeople) await member(provider, 'viewer')
          const who = people.get(role) ?? (await member(provider, role))
          people.set(role, who)
          const address = await addressOf(route, provider)
          const heard = await ask(route, address, access === 'anyone' ? undefined : who)
          const what = `${method} ${address} as ${role}: ${heard.status} ${heard.text.slice(0, 500)}`
          doesNotMatch(heard.text, new RegExp(canaryOf(other), 'i'), what)
          ok(heard.status !== 401, what)
          if (isAboutPeople) people.delete(role)
          // Whoever may look may leave, but not withdraw others.
          if (!(method === 'DELETE' && /people\/:person$/.test(path))) ok(heard.status !== 403, what)
          // Only who sits on a panel has one, of those whose role goes by case.
          if (method === 'GET' && !(path.endsWith('/:panel') && isCaseRole(role) && role !== 'panel-member'))
            equal(heard.status, 200, what)
          seen.set(`${method} ${path}`, [...(seen.get(`${method} ${path}`) ?? []), heard.status])
        }
      }
      deepEqual(changes(stood, await belongingsOf(other)), [])
    }
    // The walk gets through to what the routes do, and not only to their refusals.
    const done = [...seen].filter(([, statuses]) => statuses.some((status) => status < 300))
    ok(done.length > routes.length / 2, JSON.stringify([...seen]))
  })
})
