import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { migrate, migrationFiles, openDatabase } from '../database.ts'
import { openWorld, type World, worldOn } from './harness.ts'

const worker = fileURLToPath(new URL('../../worker/', import.meta.url))

let world: World
before(async () => {
  world = await openWorld()
  await world.order()
})
after(() => world.stop())

/** The names of our tables. */
async function tablesOf(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'd1%' ORDER BY name",
    )
    .all<{ name: string }>()
  return results.map(({ name }) => name)
}

async function rowsOf(db: D1Database): Promise<Record<string, number>> {
  const tables = await tablesOf(db)
  const counted = await db.batch<{ count: number }>(
    tables.map((table) => db.prepare(`SELECT count(*) AS count FROM "${table}"`)),
  )
  return Object.fromEntries(tables.map((table, at) => [table, counted[at]?.results[0]?.count ?? 0]))
}

describe('A table', () => {
  it('is strict, and keeps its rows in its key, so that a row is written once', async () => {
    const { results } = await world.db
      .prepare("SELECT name, strict, wr FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
      .all<{
        name: string
        strict: number
        wr: number
      }>()
    const ours = new Set(await tablesOf(world.db))
    const kept = results.filter(({ name }) => ours.has(name))
    assert.equal(kept.length, ours.size)
    assert.ok(ours.has('order') && ours.has('record'))
    // The record is numbered by SQLite, so that a number that is gone is missed.
    const numbered = ['record', 'seal']
    for (const { name, strict, wr } of kept)
      assert.deepEqual({ name, strict, wr }, { name, strict: 1, wr: numbered.includes(name) ? 0 : 1 })
  })

  it('loses nothing by cascade', async () => {
    for (const file of await migrationFiles())
      assert.doesNotMatch(await readFile(`${worker}migrations/${file}`, 'utf8'), /CASCADE|DROP TABLE/i, file)
  })
})

/** A row for every table that a migration makes, for the migrations after it to find. */
const ROWS: Record<string, string[]> = {
  '0001_catalogues.sql': [
    "INSERT INTO provider (id, name, service, kind, about) VALUES ('a', 'A', 'A', 'A', 'A')",
    "INSERT INTO catalogue_version VALUES ('a', '2024-25', 1, '2024-01-01', '2024-12-31', '2024-01-01', '{}')",
  ],
  '0002_orders.sql': [
    `INSERT INTO "order" VALUES ('A-1', 'a', 'placed', '2024-02-01', '2024-02-01T09:00:00.000Z', '2024-25', 1, 'A school', 100, 0, '{}', '{}')`,
    "INSERT INTO order_key VALUES ('a', 'key', 'A-1', '{}', '2024-02-01T09:00:00.000Z')",
  ],
  '0003_letters.sql': [
    `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, subject, text)
     VALUES ('waiting', '2024-02-01', 'l', 'a', 'A-1', 'a@a.example', '2024-02-01', 'An order', 'It is there')`,
    "INSERT INTO lease VALUES ('letters', 'a', '2024-02-01')",
  ],
  '0004_people.sql': [
    "INSERT INTO person VALUES ('p', 'p@a.example', 'P', '2024-02-01')",
    "INSERT INTO membership (provider, person, role, since_at) VALUES ('a', 'p', 'owner', '2024-02-01')",
    "INSERT INTO session VALUES ('hash', 's', 'p', 'A browser', 'code', '2024-02-01', '2024-02-01', '2024-03-01')",
    "INSERT INTO record (provider, actor, action, subject, detail, at) VALUES ('a', 'p', 'order-accepted', 'A-1', '{}', '2024-02-01')",
    "INSERT INTO seal VALUES (1, 'hash')",
    "INSERT INTO seal_end VALUES ('record', 1, 'hash')",
  ],
  '0005_sign_in.sql': [
    "INSERT INTO sign_in_attempt VALUES ('hash', 'code', 'subject', 'p', 'answer', 0, '2024-02-01', '2024-02-01', NULL)",
    "INSERT INTO device VALUES ('p', 'hash', '2024-02-01')",
    "INSERT INTO passkey VALUES ('c', 'i', 'p', 'A laptop', 'key', 0, '[]', '2024-02-01', NULL)",
  ],
  '0006_drafts.sql': [
    "INSERT INTO publication VALUES ('a', '2024-25', 1, '2024-02-01', '2024-02-01', 'p', NULL, NULL)",
    `INSERT INTO draft (provider, id, state, title, revision, begun_at, begun_by, updated_at, updated_by, text)
     VALUES ('a', 'd', 'open', 'A draft', 1, '2024-02-01', 'p', '2024-02-01', 'p', '{')`,
    "INSERT INTO draft_presence VALUES ('a', 'd', 's', 'p', '2024-02-01', '', 0)",
    "INSERT INTO frame_origin VALUES ('a', 'https://www.school.example')",
  ],
  '0007_order_answers.sql': [
    `INSERT INTO holding VALUES ('a', 'a school|d1', '2024-02-01T09:00:00.000Z', 'A-1', 'placed', '2024-25', 1, '2024-02-01', 'A school', 'invoice', 100,
                                 'A school', NULL, NULL, '1', 1, 100, '[]', 0, 0)`,
    "INSERT INTO school VALUES ('a', 'a school|d1', 'a school|d1')",
    "INSERT INTO school_year VALUES ('a', '2024-25', 'a school|d1', 'a school|d1')",
    "INSERT INTO school_word VALUES ('a', 'school', 'a school|d1')",
    "INSERT INTO order_entry VALUES ('A-1', 1, '2024-02-02', 'note', 'p', '2024-02-02', NULL, 'A note')",
    "INSERT INTO answer_key VALUES ('a', 'key', 'hash', '{}', '2024-02-02')",
  ],
  '0009_referrals.sql': [
    "INSERT INTO referral_key VALUES ('r', 1, 'wrapped')",
    `INSERT INTO referral (id, provider, reference, pathway, catalogue, version, status, begun_at, touched_at, begun_on, delete_on)
     VALUES ('r', 'a', 'A-2', 'outreach', '2024-25', 1, 'open', '2024-02-01', '2024-02-01', '2024-02-01', '2027-02-01')`,
    "INSERT INTO sealed VALUES ('r', 'card', 1, 'sealed', '2024-02-01')",
    "INSERT INTO pupil_mark VALUES ('a', 'mark', 'r')",
    "INSERT INTO referral_link VALUES ('hash', 'r', 'referrer', 'link', '', '[]', '2024-02-01', '2025-02-01', 0, NULL)",
    "INSERT INTO referral_visit VALUES ('visit', 'r', 'hash', '2024-02-01')",
    "INSERT INTO case_event VALUES ('r', 1, 'sent', '', '2024-02-01', '2024-02-01', 'school', '{}')",
    "INSERT INTO consent_person VALUES ('r', 'c', 'carer', 'en')",
    "INSERT INTO consent_ask VALUES ('r', 1, 'c', 'share', '', '2024-02-01')",
    "INSERT INTO consent_answer VALUES ('r', 2, 'c', 'share', '', 'given', 'page', '2024-02-02')",
    "INSERT INTO case_person VALUES ('a', 'p', 'r', '2024-02-02')",
    "INSERT INTO sweep_place VALUES ('orders', '[]')",
    "INSERT INTO panel VALUES ('a', 'panel', 'outreach', '2024-03-01', '', '2024-02-02', NULL)",
    "INSERT INTO panel_person VALUES ('a', 'panel', 'p')",
    "INSERT INTO panel_case VALUES ('a', 'panel', 'r', 1, '')",
    "INSERT INTO place_pool VALUES ('a', 'panel:panel', 3, 0, 1)",
    "INSERT INTO place VALUES ('r', 3, 'a', 'place', 'panel:panel', '2024-03-01', NULL)",
    `INSERT INTO exclusion (provider, id, school, school_name, term, excluded_on, noted_by, at)
     VALUES ('a', 'e', 'mark', 'A school', '2024-spring', '2024-02-01', 'p', '2024-02-01')`,
    "INSERT INTO waiting_place VALUES ('a', 'outreach', 1, 'r', '2024-02-01')",
    "INSERT INTO referral_asked VALUES ('begin a', 'key', 'hash', '{}', '2024-02-01', NULL)",
    "INSERT INTO erasure VALUES ('gone', 'a', '2024-02-01', 'asked')",
  ],
}

describe('A migration', () => {
  it('changes no count of rows in a table that was there before', async () => {
    const files = await migrationFiles()
    const first = files[0] ?? ''
    const { db, stop } = await openDatabase({ upTo: first })
    const fill = async (file: string) => {
      for (const sql of ROWS[file] ?? []) await db.prepare(sql).run()
    }
    try {
      await fill(first)
      for (const file of files.slice(1)) {
        const earlier = await rowsOf(db)
        for (const [table, count] of Object.entries(earlier)) assert.ok(count > 0, `before ${file} ${table} is empty`)
        await migrate(db, file)
        const later = await rowsOf(db)
        for (const [table, count] of Object.entries(earlier)) assert.equal(later[table], count, `${file} ${table}`)
        await fill(file)
      }
      // What the last of them makes is ready for those after it.
      for (const [table, count] of Object.entries(await rowsOf(db))) assert.ok(count > 0, `${table} is empty`)
      const { results } = await db.prepare('PRAGMA foreign_key_check').all()
      assert.deepEqual(results, [])
    } finally {
      await stop()
    }
  })
})

describe('The orders that were there before the console', () => {
  it('are listed, counted and found as those that come after it', async () => {
    const buyers = [
      [{ name: 'St. Mary’s  C.E. (Aided) Primary – Ŵyn Élan', urn: '100001', district: '1' }],
      [{ name: "Saint Mary's", urn: '100001' }],
      [
        { name: 'Oak School', schoolNumber: '02/117' },
        { name: 'Elm', district: '4' },
        { name: 'Elm', district: '4' },
      ],
    ]
    for (const schools of buyers) {
      world.clock.now += 60_000
      assert.equal((await world.order({ ...EXAMPLE_ORDER, buyer: { schools } })).status, 201)
    }
    const earlier = await openDatabase({ upTo: '0006_drafts.sql' })
    try {
      for (const table of ['provider', 'catalogue_version', 'order', 'letter']) {
        const { results } = await world.db
          .prepare(`SELECT * FROM "${table}"`)
          .all<Record<string, string | number | null>>()
        for (const { kind, replaced_by, ends_at, referral, sealed, ...row } of results) {
          const kept = table === 'letter' ? row : { ...row, ...(kind === undefined ? {} : { kind }) }
          const columns = Object.keys(kept)
          await earlier.db
            .prepare(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
            .bind(...Object.values(kept))
            .run()
        }
      }
      for (const file of await migrationFiles()) if (file > '0006_drafts.sql') await migrate(earlier.db, file)
      for (const table of ['inbox', 'order_tally', 'holding', 'school', 'school_year', 'school_word', 'letter']) {
        const rowsIn = async (db: D1Database) => (await db.prepare(`SELECT * FROM ${table}`).all()).results
        assert.deepEqual(await rowsIn(earlier.db), await rowsIn(world.db), table)
      }
    } finally {
      await earlier.stop()
    }
  })
})

describe('A query', () => {
  it('scans no table', async () => {
    const rooms = ['catalogues', 'orders', 'letters', 'retention', 'erasures']
    const stores = (
      await Promise.all(
        rooms.map((room) =>
          readdir(`${worker}${room}`).then((files) =>
            files.includes('store.ts') ? [`${worker}${room}/store.ts`] : [],
          ),
        ),
      )
    ).flat()
    let seen = 0
    for (const store of stores) {
      const source = await readFile(store, 'utf8')
      for (const [, , sql = ''] of source.matchAll(/prepare\(\s*(["'`])([\s\S]*?)\1,?\s*\)/g)) {
        seen += 1
        const count = Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number)))
        const { results } = await world.db
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .bind(...Array.from({ length: count }, () => 'x'))
          .all<{ detail: string }>()
        for (const { detail } of results)
          assert.ok(
            !/^SCAN (?!CONSTANT ROW|\d+ CONSTANT|json_each VIRTUAL TABLE)|TEMP B-TREE/.test(detail),
            `${detail}: ${sql}`,
          )
      }
    }
    assert.ok(seen >= 15, `${seen} statements`)
  })

  it('stands in a store alone', async () => {
    const files = (await readdir(worker, { recursive: true })).filter(
      (file) => /\.ts$/.test(file) && !/store\.ts$|load\.ts$|verify\.ts$/.test(file),
    )
    for (const file of files)
      assert.doesNotMatch(
        await readFile(`${worker}${file}`, 'utf8'),
        /\.prepare\(|\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/,
        file,
      )
  })
})

describe('The database', () => {
  it('can be brought back from a copy of its rows', async () => {
    const fresh = await openDatabase()
    try {
      // As a dump does it: the rows as they are, and the triggers after them.
      const { results: triggers } = await fresh.db
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .all<{ name: string; sql: string }>()
      await fresh.db.batch(triggers.map(({ name }) => fresh.db.prepare(`DROP TRIGGER ${name}`)))
      const first = ['provider', 'catalogue_version', 'order', 'person', 'record']
      for (const table of new Set([...first, ...(await tablesOf(world.db))])) {
        const { results } = await world.db
          .prepare(`SELECT * FROM "${table}"`)
          .all<Record<string, string | number | null>>()
        const inserted = results.map((row) => {
          const columns = Object.keys(row)
          return fresh.db
            .prepare(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
            .bind(...Object.values(row))
        })
        if (inserted.length > 0) await fresh.db.batch(inserted)
      }
      await fresh.db.batch(triggers.map(({ sql }) => fresh.db.prepare(sql)))
      assert.deepEqual(await rowsOf(fresh.db), { ...(await rowsOf(world.db)) })
      const again = worldOn(fresh.db)
      assert.equal((await again.order()).status, 201)
    } finally {
      await fresh.stop()
    }
  })
})
