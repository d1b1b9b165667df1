import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { faultsInChain } from '../../worker/records/chain.ts'
import { seal } from '../../worker/records/seal.ts'
import { endOfChain, recordEntry, sealedEntriesAfter } from '../../worker/records/store.ts'
import { signIn } from './console.ts'
import { openWorld, type World } from './harness.ts'

const AT = '2026-11-02T09:00:00.000Z'

describe('The record', () => {
  let world: World
  before(async () => {
    world = await openWorld()
  })
  after(() => world.stop())

  const note = (subject: string, provider = 'stepping-stones', actor = 'system') =>
    recordEntry(world.db, { provider, actor, action: 'order-accepted', subject, detail: { n: 1 } }, AT).run()

  const last = () => world.db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'record'").first<{ seq: number }>()

  async function verdict() {
    async function* pages() {
      for (let after = 0; ; ) {
        const page = await sealedEntriesAfter(world.db, after, 3)
        if (page.length === 0) return
        yield page
        after = page.at(-1)?.number ?? after
      }
    }
    const { faults } = await faultsInChain(pages(), await endOfChain(world.db), (await last())?.seq ?? 0)
    return faults.map(({ number, code }) => `${number} ${code}`)
  }

  /** Does to the database what nobody but its keeper can, then puts the triggers back. */
  async function tamper(...statements: string[]) {
    const { results } = await world.db
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN ('record', 'seal')")
      .all<{ name: string; sql: string }>()
    await world.db.batch([
      world.db.prepare('PRAGMA defer_foreign_keys = on'),
      ...results.map(({ name }) => world.db.prepare(`DROP TRIGGER ${name}`)),
      ...statements.map((statement) => world.db.prepare(statement)),
      ...results.map(({ sql }) => world.db.prepare(sql)),
    ])
  }

  it('is linked entry by entry, by one sealer however many begin', async () => {
    for (const subject of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await note(subject)
    const sealed = await Promise.all(Array.from({ length: 4 }, () => seal(world.db, () => world.clock.now)))
    equal(
      sealed.reduce((sum, count) => sum + count, 0),
      7,
    )
    await note('h')
    deepEqual(await verdict(), [])
    equal(await seal(world.db, () => world.clock.now), 1)
    deepEqual(await verdict(), [])
  })

  it('refuses to be changed or deleted', async () => {
    await rejects(world.db.prepare("UPDATE record SET actor = 'x' WHERE number = 1").run(), /never changed/)
    await rejects(world.db.prepare('DELETE FROM record WHERE number = 1').run(), /never deleted/)
    await rejects(world.db.prepare("UPDATE seal SET hash = 'x' WHERE number = 1").run(), /never changed/)
    await rejects(world.db.prepare('DELETE FROM seal WHERE number = 1').run(), /never deleted/)
  })

  it('shows a changed entry, a lost one, a swapped one and a lost end', async () => {
    await tamper("UPDATE record SET subject = 'z' WHERE number = 3")
    deepEqual(await verdict(), ['3 changed'])
    await tamper("UPDATE record SET subject = 'c' WHERE number = 3")
    deepEqual(await verdict(), [])

    const { results } = await world.db
      .prepare(
        'SELECT r.*, s.hash AS hash FROM record AS r JOIN seal AS s USING (number) WHERE number IN (4, 5, 8) ORDER BY number',
      )
      .all<Record<string, string | number>>()
    const written = ({ number, provider, actor, action, subject, detail, at }: Record<string, string | number>) =>
      `INSERT INTO record VALUES (${[number, provider, actor, action, subject, detail, at].map((value) => `'${value}'`).join(', ')})`
    const [fourth, fifth, eighth] = results
    ok(fourth && fifth && eighth)
    await tamper('DELETE FROM seal WHERE number = 4', 'DELETE FROM record WHERE number = 4')
    deepEqual(await verdict(), ['4 missing', '5 changed'])
    await tamper(written(fourth), `INSERT INTO seal VALUES (4, '${fourth.hash}')`)
    deepEqual(await verdict(), [])

    await tamper("UPDATE record SET subject = CASE number WHEN 4 THEN 'e' ELSE 'd' END WHERE number IN (4, 5)")
    deepEqual(await verdict(), ['4 changed', '5 changed'])
    await tamper("UPDATE record SET subject = CASE number WHEN 4 THEN 'd' ELSE 'e' END WHERE number IN (4, 5)")

    await tamper('DELETE FROM seal WHERE number = 8')
    deepEqual(await verdict(), ['8 end-moved'])
    await tamper('DELETE FROM record WHERE number = 8')
    deepEqual(await verdict(), ['8 missing', '8 end-moved'])
    await tamper(written(eighth), `INSERT INTO seal VALUES (8, '${eighth.hash}')`)
    deepEqual(await verdict(), [])
  })

  it('is read by owners, page by page and as a spreadsheet, and only their own provider’s', async () => {
    const owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    await note('=HYPERLINK("x")')
    await note('elsewhere', 'golden-hill')
    await note('by the owner', 'stepping-stones', owner.person)
    const path = '/api/console/providers/stepping-stones/record'
    const { status, body } = await world.ask('GET', path, undefined, owner.headers)
    equal(status, 200)
    const entries = body.entries as { subject: string; sealed: boolean; actor: unknown }[]
    equal(entries[0]?.subject, 'by the owner')
    deepEqual(entries[0]?.actor, { id: owner.person, name: 'A owner', email: `owner-${owner.person}@console.example` })
    equal(entries[0]?.sealed, false)
    equal(entries.at(-1)?.sealed, true)
    ok(!entries.some(({ subject }) => subject === 'elsewhere'))
    const mine = await world.ask('GET', `${path}?actor=${owner.person}`, undefined, owner.headers)
    equal((mine.body.entries as unknown[]).length, 1)
    const csv = await world.ask('GET', `${path}.csv`, undefined, owner.headers)
    equal(csv.status, 200)
    match(csv.text, /'=HYPERLINK/)
    equal(csv.text.split('\n').length, entries.length + 2)
    equal((await world.ask('GET', path, undefined, editor.headers)).status, 403)
    equal((await world.ask('GET', path)).status, 401)
    equal((await world.ask('GET', '/api/console/providers/golden-hill/record', undefined, owner.headers)).status, 404)
    equal((await world.ask('GET', `${path}?before=x`, undefined, owner.headers)).status, 422)
  })

  it('lets no page of another website write, nor read', async () => {
    const owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    for (const headers of [
      { ...owner.headers, Origin: 'https://evil.example' },
      { Cookie: owner.cookie },
      { ...owner.headers, 'Sec-Fetch-Site': 'same-site' },
    ]) {
      const { status, body } = await world.ask('POST', '/api/console/providers/stepping-stones/record', {}, headers)
      equal(status, 403)
      match(String(body.type), /wrong-origin$/)
    }
    const read = await world.ask('GET', '/api/console/providers/stepping-stones/record', undefined, owner.headers)
    equal(read.headers.get('Access-Control-Allow-Origin'), null)
    equal(read.headers.get('Cache-Control'), 'no-store')
    const refused = await world.ask('GET', '/api/console/providers/stepping-stones/record')
    equal(refused.headers.get('Access-Control-Allow-Origin'), null)
  })

  it('ends a session that lay unused, and one that has lasted long enough', async () => {
    const owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const read = () => world.ask('GET', '/api/console/providers/stepping-stones/record', undefined, owner.headers)
    const began = world.clock.now
    world.clock.now += 11 * 3_600_000
    equal((await read()).status, 200)
    world.clock.now += 11 * 3_600_000
    equal((await read()).status, 200)
    world.clock.now += 13 * 3_600_000
    equal((await read()).status, 401)
    world.clock.now = began
  })
})
