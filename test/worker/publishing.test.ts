import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, beforeEach, describe, it } from 'node:test'
import type * as z from 'zod/mini'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { statementsFor } from '../../worker/catalogues/load.ts'
import * as replies from '../../worker/drafts/replies.ts'
import { EXAMPLE_ORDER, EXAMPLE_QUOTE } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, type Heard, openWorld, settled, shippedCatalogues, type World, worldOn } from './harness.ts'

const BASE = '/api/console/providers/stepping-stones'
const CATALOGUE = '/api/providers/stepping-stones/catalogue'
const TODAY = '2024-09-10'

let world: World
let editor: SignedInPerson
before(async () => {
  world = await openWorld()
})
after(() => world.stop())
// Each test begins with what ships, and with a worker whose memory is empty.
beforeEach(async () => {
  await world.db.batch(
    [
      'DELETE FROM draft',
      'DELETE FROM publication',
      'DELETE FROM order_key',
      'DELETE FROM letter',
      'DELETE FROM "order"',
      "DELETE FROM catalogue_version WHERE version > 1 OR catalogue = '2025-26'",
    ].map((sql) => world.db.prepare(sql)),
  )
  await world.db.batch(statementsFor(await shippedCatalogues(), false).map((sql) => world.db.prepare(sql)))
  world = { ...worldOn(world.db), stop: world.stop }
  editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
})

type Draft = { id: string; revision: number; text: string; state: string; liveVersion: number | null }

/** What the reference says of the replies. */
const REPLIES: [RegExp, z.ZodMiniType][] = [
  [/take-back$/, replies.takenBackReply],
  [/publish$/, replies.publishedReply],
  [/versions\/\w+$/, replies.versionReply],
  [/^GET \/catalogues$/, replies.cataloguesReply],
]

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
  who = editor,
): Promise<Heard> => {
  const heard = await world.ask(method, `${BASE}${path}`, body, { ...who.headers, ...more })
  const [, reply] = REPLIES.find(([pattern]) => pattern.test(`${method} ${path}`)) ?? []
  if (reply && heard.status < 300) deepEqual(reply.parse(heard.body), heard.body)
  return heard
}

/** A draft of 2024–25 with a change in it. */
async function drafted(change: (document: Catalogue) => void, version = 1, more: Record<string, string> = {}) {
  const heard = await ask('POST', '/drafts', { from: { catalogue: '2024-25', version } }, more)
  equal(heard.status, 201, heard.text)
  const draft = heard.body as unknown as Draft
  const document: Catalogue = JSON.parse(draft.text)
  change(document)
  const text = JSON.stringify(document, null, 2)
  const saved = await ask('PUT', `/drafts/${draft.id}`, { text }, { 'If-Match': `"${draft.revision}"` })
  equal(saved.status, 200, saved.text)
  return { ...draft, text, revision: Number(saved.body.revision) }
}

const publish = async (
  draft: Draft,
  from: string,
  options: { warnings?: string[]; today?: string; who?: SignedInPerson; live?: number | null } = {},
) => {
  const { today = TODAY, who = editor, live } = options
  const body = {
    from,
    revision: draft.revision,
    warnings: options.warnings ?? (await warningsOf(draft.text)),
    ...(live === undefined ? {} : { live }),
  }
  return ask('POST', `/drafts/${draft.id}/publish`, body, { 'X-Today': today }, who)
}

async function warningsOf(text: string): Promise<string[]> {
  const { reportOn } = await import('../../catalogue/report.ts')
  return reportOn(text).warnings.map(({ id }) => id)
}

const titled = (title: string) => (document: Catalogue) => {
  document.title = title
}
const silverAt = (pence: number) => (document: Catalogue) => {
  const silver = document.offers.find(({ id }) => id === 'silver')
  ok(silver?.price)
  silver.price = { form: 'fixed', pence }
}

/** What schools are shown on a day: the version, the title and Silver's price in an order's quote. */
async function shownOn(today: string, through: World = world): Promise<string> {
  const { body } = await through.ask('GET', `${CATALOGUE}?catalogue=2024-25`, undefined, { 'X-Today': today })
  return `${body.version} ${body.title}`
}

const takeBack = (version: number, today = TODAY, catalogue = '2024-25') =>
  ask('POST', `/catalogues/${catalogue}/versions/${version}/take-back`, undefined, { 'X-Today': today })

type Listed = { catalogue: string; inForce: boolean; versions: { version: number; state: string; from: string }[] }
async function statesOn(today: string, catalogue = '2024-25'): Promise<string[]> {
  const { body } = await ask('GET', '/catalogues', undefined, { 'X-Today': today })
  const found = (body.catalogues as unknown as Listed[]).find((one) => one.catalogue === catalogue)
  return (found?.versions ?? []).map(({ version, state, from }) => `${version} ${state} ${from}`.trim())
}

const typeOf = ({ status, body }: Heard) => `${status} ${String(body.type).split('/').at(-1)}`

/** A database that lets something happen before each of its statements. */
function interrupting(db: D1Database, happens: () => Promise<void>): D1Database {
  const inner = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const wrapped = (statement: D1PreparedStatement): D1PreparedStatement => {
    const shell = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => wrapped(target.bind(...values))
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...values: unknown[]) => {
          await happens()
          return member.apply(target, values)
        }
      },
    })
    inner.set(shell, statement)
    return shell
  }
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => wrapped(target.prepare(sql))
      if (name === 'batch')
        return async (statements: D1PreparedStatement[]) => {
          await happens()
          return target.batch(statements.map((statement) => inner.get(statement) ?? statement))
        }
      return Reflect.get(target, name)
    },
  })
}

describe('Publishing', () => {
  it('shows a catalogue at once where it was published, and elsewhere within a minute', async () => {
    const elsewhere = worldOn(world.db)
    const before = await shownOn(TODAY)
    equal(await shownOn(TODAY, elsewhere), before)
    const draft = await drafted(titled('Published'))
    const heard = await publish(draft, 'now')
    deepEqual([heard.status, heard.body], [201, { catalogue: '2024-25', version: 2, from: TODAY }])
    equal(await shownOn(TODAY), '2 Published')
    equal(await shownOn(TODAY, elsewhere), before)
    elsewhere.clock.now += 61_000
    equal(await shownOn(TODAY, elsewhere), '2 Published')
    deepEqual(await statesOn(TODAY), ['2 in-force 2024-09-10', '1 retired'])
    const closed = await ask('GET', `/drafts/${draft.id}`)
    equal(closed.body.state, 'published')
    deepEqual(closed.body.published, { catalogue: '2024-25', version: 2, from: TODAY })
    const saved = await ask('PUT', `/drafts/${draft.id}`, { text: 'x' }, { 'If-Match': '"2"' })
    equal(typeOf(saved), '409 conflict')
    const entry = await world.db
      .prepare("SELECT actor, subject, detail FROM record WHERE action = 'catalogue-published' ORDER BY number DESC")
      .first<{ actor: string; subject: string; detail: string }>()
    deepEqual([entry?.actor, entry?.subject], [editor.person, '2024-25 v2'])
    deepEqual(JSON.parse(entry?.detail ?? ''), { version: 2, from: TODAY, draft: draft.id })
  })

  it('from a day on counts from that day’s midnight, in a warm worker that nobody told', async () => {
    const elsewhere = worldOn(world.db, { ENVIRONMENT: 'production' })
    // It looks for news every ten seconds: for the last time before midnight seven seconds ahead of it.
    elsewhere.clock.now = Date.parse('2025-01-14T23:50:03Z')
    const seen = async () => {
      const { body } = await elsewhere.ask('GET', CATALOGUE)
      const quote = await elsewhere.ask('POST', '/api/providers/stepping-stones/quotes', EXAMPLE_QUOTE)
      return `${body.on} ${body.version} ${quote.body.version}`
    }
    const draft = await drafted(titled('Later'))
    equal((await publish(draft, '2025-01-15')).status, 201)
    equal(await seen(), '2025-01-14 1 1')
    deepEqual(await statesOn('2025-01-14'), ['2 scheduled 2025-01-15', '1 in-force'])
    deepEqual(await statesOn('2025-01-15'), ['2 in-force 2025-01-15', '1 retired'])
    for (; elsewhere.clock.now < Date.parse('2025-01-14T23:59:55Z'); elsewhere.clock.now += 5_000) {
      equal(await seen(), '2025-01-14 1 1')
      await settled(elsewhere)
    }
    // What counts from midnight on was read before it.
    elsewhere.crossings.roundTrips = 0
    elsewhere.clock.now = Date.parse('2025-01-15T00:00:00Z')
    equal(await seen(), '2025-01-15 2 2')
    equal(elsewhere.crossings.roundTrips, 0)
  })

  it('of a small change now leaves a rise that is put off to a later day alone', async () => {
    equal((await publish(await drafted(titled('The rise')), '2025-01-15')).status, 201)
    equal((await publish(await drafted(titled('A misspelling')), 'now')).status, 201)
    equal(await shownOn(TODAY), '3 A misspelling')
    equal(await shownOn('2025-01-15'), '2 The rise')
    deepEqual(await statesOn(TODAY), ['3 in-force 2024-09-10', '2 scheduled 2025-01-15', '1 retired'])
  })

  it('can be taken back: what was put off never comes, what counts gives way to what counted before, one after the other', async () => {
    const first = await shownOn(TODAY)
    equal((await publish(await drafted(titled('Second')), 'now')).status, 201)
    equal((await publish(await drafted(titled('Third')), 'now')).status, 201)
    equal((await publish(await drafted(titled('Put off')), '2025-01-15')).status, 201)
    const off = await takeBack(4)
    deepEqual([off.status, off.body], [200, { catalogue: '2024-25', version: 4, state: 'taken-back', inForce: 3 }])
    equal(await shownOn('2025-01-15'), '3 Third')
    const retired = await takeBack(2)
    equal(typeOf(retired), '409 conflict')
    equal((await takeBack(3)).status, 200)
    equal(await shownOn(TODAY), '2 Second')
    const records = await world.count('record')
    deepEqual((await takeBack(3)).body, { catalogue: '2024-25', version: 3, state: 'taken-back', inForce: 2 })
    equal(await world.count('record'), records)
    equal((await takeBack(2)).status, 200)
    equal(await shownOn(TODAY), first)
    deepEqual(await statesOn(TODAY), [
      '4 taken-back 2025-01-15',
      '3 taken-back 2024-09-10',
      '2 taken-back 2024-09-10',
      '1 in-force',
    ])
    equal((await takeBack(9)).status, 404)
    // The next version has a number of its own.
    equal((await publish(await drafted(titled('Fifth'), 3), 'now')).body.version, 5)
  })

  it('can be taken back to nothing, and the provider is then on no list until it publishes again', async () => {
    const ids = async () => {
      const { body } = await world.ask('GET', '/api/providers')
      return (body.providers as unknown as { id: string }[]).map(({ id }) => id)
    }
    ok((await ids()).includes('sedis'))
    const owner = await signIn(world, { provider: 'sedis', role: 'owner' })
    const path = '/api/console/providers/sedis/catalogues/2024-25/versions/1/take-back'
    const heard = await world.ask('POST', path, undefined, owner.headers)
    deepEqual([heard.status, heard.body.inForce], [200, null])
    ok(!(await ids()).includes('sedis'))
    equal((await world.ask('GET', '/api/providers/sedis/catalogue')).status, 404)
    const html = await world.ask('GET', '/', undefined, { Accept: 'text/html' })
    ok(!html.text.includes('href="/sedis'))
  })

  it('leaves orders as they were', async () => {
    const placed = await world.order()
    equal(placed.status, 201)
    const rows = () => world.db.prepare('SELECT * FROM "order"').all()
    const before = (await rows()).results
    const silver = EXAMPLE_ORDER.items.some(({ offer }) => offer === 'silver')
    ok(silver)
    equal((await publish(await drafted(silverAt(99_900)), 'now')).status, 201)
    const dearer = await world.order()
    equal(typeOf(dearer), '409 price-changed')
    equal(dearer.body.quote?.version, 2)
    const agreed = await world.order({ ...EXAMPLE_ORDER, expectedPence: dearer.body.quote?.totalPence })
    deepEqual([agreed.status, agreed.body.version], [201, 2])
    equal((await takeBack(2)).status, 200)
    const again = await world.order()
    deepEqual([again.status, again.body.version], [201, 1])
    deepEqual(
      (await rows()).results.filter((row) => row.reference === placed.body.reference),
      before,
    )
    const kept = await world.db
      .prepare('SELECT version FROM "order" WHERE reference = ?')
      .bind(agreed.body.reference)
      .first('version')
    equal(kept, 2)
  })

  it('is refused while a mistake stands, with the report', async () => {
    for (const [text, code] of [
      ['{', 'ends-early'],
      ['{}', 'missing'],
    ] as const) {
      const draft = await drafted(() => {})
      const saved = await ask('PUT', `/drafts/${draft.id}`, { text }, { 'If-Match': `"${draft.revision}"` })
      const heard = await publish({ ...draft, revision: Number(saved.body.revision), text }, 'now', { warnings: [] })
      equal(typeOf(heard), '422 not-publishable')
      const mistakes = heard.body.mistakes as unknown as { code: string; sentence: string; place: object }[]
      equal(mistakes[0]?.code, code)
      ok(mistakes.every(({ sentence, place }) => sentence && place))
    }
    const draft = await drafted((document) => {
      document.provider.id = 'golden-hill'
    })
    const heard = await publish(draft, 'now')
    equal(typeOf(heard), '422 not-publishable')
    const [mistake] = heard.body.mistakes as unknown as { code: string; pointer: string; place: { line: number } }[]
    deepEqual([mistake?.code, mistake?.pointer], ['other-provider', '/provider/id'])
    ok((mistake?.place.line ?? 0) > 1)
    equal(await world.db.prepare('SELECT count(*) AS n FROM catalogue_version').first('n'), 6)
    deepEqual(await statesOn(TODAY), ['1 in-force'])
  })

  it('is told of the first two hundred mistakes, however many a broken draft has', async () => {
    const text = `{${Array.from({ length: 30_000 }, (_, index) => `"k${index}":1`).join()}}`
    const begun = await ask('POST', '/drafts', { text })
    const heard = await publish(begun.body as unknown as Draft, 'now', { warnings: [] })
    equal(typeOf(heard), '422 not-publishable')
    equal((heard.body.mistakes as unknown[]).length, 200)
  })

  it('waits until every warning is ticked', async () => {
    const draft = await drafted(silverAt(0))
    const warnings = await warningsOf(draft.text)
    ok(warnings.length > 0)
    for (const ticked of [[], warnings.slice(1), ['something else']]) {
      const heard = await publish(draft, 'now', { warnings: ticked })
      equal(typeOf(heard), '422 not-publishable')
      deepEqual(
        (heard.body.warnings as unknown as { id: string }[]).map(({ id }) => id),
        warnings,
      )
      deepEqual(heard.body.mistakes, [])
    }
    equal((await publish(draft, 'now', { warnings: [...warnings, 'more'] })).status, 201)
  })

  it('begins today or later, and not after the year has ended', async () => {
    const draft = await drafted(titled('Later'))
    for (const from of ['2024-09-09', '2025-04-01']) {
      const heard = await publish(draft, from)
      deepEqual([heard.status, faultsIn(heard)], [422, ['/from outside-catalogue']], from)
      deepEqual([heard.body.firstDay, heard.body.lastDay], [TODAY, '2025-03-31'])
    }
    for (const from of ['2024-02-30', 'tomorrow', '', null])
      equal((await publish(draft, String(from))).status, 422, String(from))
    equal((await publish(draft, '2025-03-31')).status, 201)
    // Before a catalogue opens.
    const early = await drafted(titled('Early'), 1, { 'X-Today': '2024-01-02' })
    equal((await publish(early, '2024-01-10', { today: '2024-01-02' })).status, 201)
  })

  it('of what counts on that day already is nothing to publish', async () => {
    const heard = await publish(await drafted(() => {}), 'now')
    equal(typeOf(heard), '409 conflict')
    match(String(heard.body.detail), /nothing to publish/)
    equal((await publish(await drafted(titled('Later')), '2025-01-15')).status, 201)
    equal(typeOf(await publish(await drafted(titled('Later')), '2025-01-20')), '409 conflict')
    // Of a day before it is something.
    equal((await publish(await drafted(titled('Later')), '2025-01-10')).status, 201)
  })

  it('publishes the revision that was seen', async () => {
    const draft = await drafted(titled('Seen'))
    const saved = await ask(
      'PUT',
      `/drafts/${draft.id}`,
      { text: draft.text.replace('Seen', 'Changed') },
      { 'If-Match': `"${draft.revision}"` },
    )
    equal(saved.status, 200)
    const heard = await publish(draft, 'now')
    equal(typeOf(heard), '412 changed-meanwhile')
    equal((heard.body.current as unknown as Draft).revision, saved.body.revision)
    equal(
      await shownOn(TODAY),
      `1 ${(await shippedCatalogues()).find(({ catalogue, provider }) => catalogue === '2024-25' && provider.id === 'stepping-stones')?.title}`,
    )
  })

  it('is done by one of those who publish at once, and told again to who sent it twice', async () => {
    const colleague = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const draft = await drafted(titled('Once'))
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => publish(draft, 'now', { who: index % 2 ? colleague : editor })),
    )
    const done = replies.filter(({ status }) => status === 201)
    equal(new Set(done.map(({ text }) => text)).size, 1)
    for (const reply of replies) ok(/^(201 |409 conflict)/.test(typeOf(reply)), typeOf(reply))
    ok(replies.filter(({ status }) => status === 409).length >= 5)
    deepEqual(await statesOn(TODAY), ['2 in-force 2024-09-10', '1 retired'])
    equal(await world.count('publication'), 1)

    // Two drafts at once: the one that comes second is told, or comes after what it saw.
    const drafts = await Promise.all([1, 2, 3, 4].map((number) => drafted(titled(`Draft ${number}`), 2)))
    const others = await Promise.all(drafts.map((one) => publish(one, 'now', { live: 2 })))
    equal(others.filter(({ status }) => status === 201).length, 1)
    for (const other of others.filter(({ status }) => status !== 201)) {
      equal(typeOf(other), '409 conflict')
      match(String(other.body.detail), /meanwhile/)
    }
    deepEqual(await statesOn(TODAY), ['3 in-force 2024-09-10', '2 retired 2024-09-10', '1 retired'])
    const states = await Promise.all(drafts.map(async ({ id }) => (await ask('GET', `/drafts/${id}`)).body.state))
    deepEqual(states.sort(), ['open', 'open', 'open', 'published'])
  })

  it('never overtakes unseen what somebody publishes in the very moment', async () => {
    // Before each statement in turn that the worker asks, somebody else publishes.
    for (let turn = 1; ; turn += 1) {
      const [{ version: live = 0 } = {}] = (
        await world.db
          .prepare(
            "SELECT max(version) AS version FROM catalogue_version WHERE catalogue = '2024-25' AND provider = 'stepping-stones'",
          )
          .all<{ version: number }>()
      ).results
      const mine = await drafted(titled(`Mine ${turn}`))
      const rival = await drafted(titled(`Theirs ${turn}`))
      let asked = 0
      let theirs: Heard | undefined
      const interrupted = async () => {
        asked += 1
        if (asked === turn) theirs = await publish(rival, 'now', { live })
      }
      const here = worldOn(interrupting(world.db, interrupted))
      const body = { from: 'now', revision: mine.revision, warnings: await warningsOf(mine.text), live }
      const heard = await here.ask('POST', `${BASE}/drafts/${mine.id}/publish`, body, editor.headers)
      if (!theirs) {
        equal(heard.status, 201, heard.text)
        ok(turn > 8, `${turn} statements`)
        return
      }
      deepEqual([theirs.status, heard.status].sort(), [201, 409], `before statement ${turn}`)
    }
  })

  it('of a new year adds it beside the others', async () => {
    const next = await drafted((document) => {
      document.catalogue = '2025-26'
      document.title = 'Next year'
      document.year = { from: '2025-04-01', to: '2026-03-31' }
      document.opensOn = '2025-03-01'
    })
    const heard = await publish(next, '2025-02-01')
    deepEqual([heard.status, heard.body.catalogue, heard.body.version], [201, '2025-26', 1], heard.text)
    const path = `${CATALOGUE}?catalogue=2025-26`
    equal((await world.ask('GET', path, undefined, { 'X-Today': '2025-01-31' })).status, 404)
    equal((await world.ask('GET', path, undefined, { 'X-Today': '2025-02-01' })).body.inForce, false)
    equal((await world.ask('GET', CATALOGUE, undefined, { 'X-Today': '2025-03-01' })).body.catalogue, '2025-26')
    deepEqual(await statesOn(TODAY, '2025-26'), ['1 scheduled 2025-02-01'])
    const { body } = await ask('GET', '/catalogues', undefined, { 'X-Today': TODAY })
    deepEqual(
      (body.catalogues as unknown as (Listed & { title: string })[]).map(
        ({ catalogue, inForce, title }) => `${catalogue} ${inForce} ${title === 'Next year'}`,
      ),
      ['2025-26 false true', '2024-25 true false', '2019-20 false false'],
    )
  })

  it('begins with nothing for a new provider, which is then on the list', async () => {
    await world.db
      .prepare(
        "INSERT INTO provider VALUES ('newcomer', 'Newcomer School', 'Newcomer School', '', '') ON CONFLICT DO NOTHING",
      )
      .run()
    const owner = await signIn(world, { provider: 'newcomer', role: 'owner' })
    const own = '/api/console/providers/newcomer'
    const listed = async () => {
      const { body } = await world.ask('GET', '/api/providers')
      return (body.providers as unknown as { id: string }[]).some(({ id }) => id === 'newcomer')
    }
    equal(await listed(), false)
    deepEqual((await world.ask('GET', `${own}/catalogues`, undefined, owner.headers)).body, {
      catalogues: [],
      drafts: [],
    })
    const draft = (await world.ask('POST', `${own}/drafts`, {}, owner.headers)).body as unknown as Draft
    const body = { from: 'now', revision: 1, warnings: await warningsOf(draft.text) }
    const heard = await world.ask('POST', `${own}/drafts/${draft.id}/publish`, body, owner.headers)
    deepEqual([heard.status, heard.body.version], [201, 1], heard.text)
    equal(await listed(), true)
    equal((await world.ask('GET', '/newcomer', undefined, { Accept: 'text/html' })).status, 200)
    equal(
      (await world.ask('POST', `${own}/catalogues/2024-25/versions/1/take-back`, undefined, owner.headers)).status,
      200,
    )
    equal(await listed(), false)
  })

  it('describes the provider as what is shown today does, and as before once it is taken back', async () => {
    const name = async () => {
      const { body } = await world.ask('GET', '/api/providers')
      return (body.providers as unknown as { id: string; name: string }[]).find(({ id }) => id === 'stepping-stones')
        ?.name
    }
    const was = await name()
    const renamed = await drafted((document) => {
      document.provider.name = 'A new name'
    })
    equal((await publish(renamed, '2024-12-01')).status, 201)
    equal(await name(), was)
    equal(
      (
        await publish(
          await drafted((document) => {
            document.provider.name = 'Another name'
          }),
          'now',
        )
      ).status,
      201,
    )
    equal(await name(), 'Another name')
    equal((await takeBack(3)).status, 200)
    equal(await name(), was)
  })

  it('lets anyone here read a version, and take it away as the file that ships', async () => {
    const viewer = await signIn(world, { provider: 'stepping-stones', role: 'viewer' })
    const shown = await ask('GET', '/catalogues/2024-25/versions/1', undefined, {}, viewer)
    equal(shown.status, 200)
    deepEqual([shown.body.state, shown.body.publishedBy, shown.body.from], ['in-force', 'system', ''])
    const file = await ask('GET', '/catalogues/2024-25/versions/1.json', undefined, {}, viewer)
    equal(file.headers.get('Content-Disposition'), 'attachment; filename="stepping-stones-2024-25.json"')
    const shipped = await readFile('catalogue/providers/stepping-stones-2024-25.json', 'utf8')
    deepEqual(JSON.parse(file.text), JSON.parse(shipped))
    const { $schema: _, ...document } = JSON.parse(shipped)
    deepEqual(shown.body.document, document)
    for (const path of ['/catalogues/2024-25/versions/2', '/catalogues/2024-25/versions/x', '/catalogues/x/versions/1'])
      equal((await ask('GET', path, undefined, {}, viewer)).status, 404, path)
    for (const role of ['viewer', 'coordinator', 'finance'] as const) {
      const who = await signIn(world, { provider: 'stepping-stones', role })
      const path = '/catalogues/2024-25/versions/1/take-back'
      equal((await ask('POST', path, undefined, {}, who)).status, 403)
      equal((await ask('POST', '/drafts/x/publish', {}, {}, who)).status, 403)
    }
  })
})

describe('Loading a file that has changed', () => {
  const changed = async (title: string) =>
    (await shippedCatalogues())
      .filter(({ provider, catalogue }) => provider.id === 'stepping-stones' && catalogue === '2024-25')
      .map((document) => ({ ...document, title }))
  const load = async (title: string, from?: string) =>
    world.db.batch(statementsFor(await changed(title), true, from).map((sql) => world.db.prepare(sql)))
  const later = () => {
    world.clock.now += 61_000
  }

  it('takes the place of what counts, and leaves alone what the console has put off', async () => {
    equal((await publish(await drafted(titled('By the console')), 'now')).status, 201)
    equal((await publish(await drafted(titled('Put off')), '2025-01-15')).status, 201)
    const unchanged = (await shippedCatalogues()).filter(({ provider }) => provider.id === 'stepping-stones')
    await world.db.batch(statementsFor(unchanged, true).map((sql) => world.db.prepare(sql)))
    later()
    equal(await shownOn(TODAY), '2 By the console')
    for (let turn = 0; turn < 2; turn += 1) {
      await load('By the file', TODAY)
      later()
      equal(await shownOn(TODAY), '4 By the file')
      equal(await shownOn('2025-01-15'), '3 Put off')
    }
    await load('By the file again', '2025-01-20')
    later()
    equal(await shownOn(TODAY), '4 By the file')
    equal(await shownOn('2025-01-20'), '5 By the file again')
  })
})
