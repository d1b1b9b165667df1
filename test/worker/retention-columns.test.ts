import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert/strict'
import { before, beforeEach, describe, it } from 'node:test'
import { type Held, TABLES } from '../../worker/retention/columns.ts'
import { sweep } from '../../worker/retention/sweep.ts'
import { type QuickDatabase, quickDatabase } from './quick-database.ts'

// What each column of each table holds of anybody, and that the sweep ends it: in a database with something in every column.

const DAY = 86_400_000
const START = Date.parse('2026-11-02T09:00:00Z')
const CANARY = 'CANARY'

let db: QuickDatabase

type Value = string | number | null

async function rows<Row = Record<string, Value>>(sql: string, ...values: Value[]): Promise<Row[]> {
  const { results } = await db
    .prepare(sql)
    .bind(...values)
    .all<Row>()
  // SQLite's own rows have no prototype.
  return results.map((row) => ({ ...row }))
}

const tables = async () =>
  (
    await rows<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
  ).map(({ name }) => name)
const columnsOf = async (table: string) =>
  rows<{ name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${table}')`)

/** Every column that holds something of somebody. */
function heldColumns(): { table: string; column: string; held: Held }[] {
  return Object.entries(TABLES).flatMap(([table, { columns }]) =>
    Object.entries(columns).flatMap(([column, held]) => (typeof held === 'string' ? [] : [{ table, column, held }])),
  )
}

/** A row for a table, the canary in every column that holds something of somebody. */
async function fill(table: string, given: Record<string, Value>): Promise<void> {
  const known = TABLES[table]?.columns ?? {}
  const columns = await columnsOf(table)
  const row = Object.fromEntries(
    columns.map(({ name, type }): [string, Value] => {
      const plain = type === 'INTEGER' ? 1 : /_at$|_on$/.test(name) ? '2026-11-02T08:00:00.000Z' : 'x'
      const column = known[name]
      return [
        name,
        given[name] !== undefined ? given[name] : typeof column === 'object' ? `${CANARY} ${table}.${name}` : plain,
      ]
    }),
  )
  const names = Object.keys(row)
  await db
    .prepare(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map((_, at) => `?${at + 1}`).join(', ')})`,
    )
    .bind(...Object.values(row))
    .run()
}

/** An order as a school asks for it. */
const asked = {
  buyer: { schools: [{ name: 'Oak School', address: '1 Example Road' }] },
  items: [
    { offer: 'silver', quantity: 2, note: `${CANARY} of one` },
    { offer: 'bronze', quantity: 1 },
  ],
  expectedPence: 192_500,
  contact: { name: CANARY, role: CANARY, email: `${CANARY}@school.example`, telephone: CANARY },
  payment: { method: 'journal', ledgerCode: 'AB123' },
  signatory: { name: CANARY, role: CANARY, email: `${CANARY}@school.example` },
}

/** One referral that has ended, with all that hangs on it; somebody who has left; and everything else once. */
async function fillAll(): Promise<void> {
  const at = new Date(START - 3_600_000).toISOString()
  const soon = new Date(START + 3_600_000).toISOString()
  const catalogue = { provider: 'p', catalogue: 'c', version: 1 }
  await fill('provider', { id: 'p' })
  await fill('catalogue_version', { ...catalogue, document: '{}' })
  await fill('order', {
    ...catalogue,
    reference: 'O',
    status: 'placed',
    placed_on: '2026-11-02',
    quote: '{}',
    request: JSON.stringify(asked),
  })
  await fill('order_key', { provider: 'p', receipt: '{}' })
  await fill('order_entry', { reference: 'O', kind: 'note', before: null })
  await fill('answer_key', { provider: 'p', receipt: '{}' })
  await fill('lease', {})
  await fill('sweep_place', { place: '[]' })
  await fill('person', { id: 'gone', left_at: null })
  await fill('membership', { provider: 'p', person: 'gone', role: 'viewer', case_role: 'practitioner' })
  await fill('session', { person: 'gone', how: 'code', ends_at: soon })
  await fill('device', { person: 'gone' })
  await fill('passkey', { person: 'gone', transports: '[]' })
  await fill('sign_in_attempt', { kind: 'code', person: 'gone' })
  await fill('record', { number: 1, detail: '{}' })
  await fill('seal', { number: 1 })
  await fill('seal_end', {})
  await fill('publication', { ...catalogue, from_on: '', taken_back_at: null, taken_back_by: null })
  await fill('draft', { provider: 'p', id: 'closed', state: 'discarded' })
  await fill('draft_presence', { provider: 'p' })
  await fill('frame_origin', { provider: 'p' })
  for (const table of ['inbox', 'holding'])
    await fill(table, { provider: 'p', reference: 'O2', offers: '[]', status: 'x' })
  for (const table of ['school', 'school_year', 'school_word']) await fill(table, { provider: 'p' })
  await fill('letter', {
    id: 'sent',
    state: 'sent',
    text: '',
    sealed: null,
    referral: null,
    ends_at: null,
    replaced_by: null,
    sent_at: at,
  })
  await fill('letter', {
    id: 'failed',
    state: 'failed',
    sealed: null,
    referral: null,
    ends_at: null,
    replaced_by: null,
    sent_at: null,
  })
  await fill('letter', {
    id: 'code',
    state: 'waiting',
    sealed: null,
    referral: null,
    ends_at: soon,
    replaced_by: null,
    sent_at: null,
  })
  await fill('referral', { id: 'r', reference: 'R', status: 'ended', delete_on: '2026-12-01', touched_at: at })
  await fill('letter', {
    id: 'about',
    state: 'waiting',
    referral: 'r',
    about: 'R',
    recipient: '',
    text: '',
    ends_at: null,
    replaced_by: null,
    sent_at: null,
  })
  // What the key of a panel and of an exclusion opens goes with it.
  for (const row of ['panel:panel', 'exclusion:x']) await fill('referral_key', { referral: row, wrapped: 'x' })
  for (const table of ['referral_key', 'sealed', 'pupil_mark', 'consent_ask', 'case_person', 'waiting_place'])
    await fill(table, { referral: 'r', provider: 'p' })
  await fill('referral_link', {
    referral: 'r',
    as_who: 'referrer',
    how: 'link',
    parts: '[]',
    ends_at: soon,
    revoked_at: null,
  })
  await fill('referral_visit', { referral: 'r', ends_at: soon })
  await fill('case_event', { referral: 'r', detail: '{}' })
  await fill('consent_person', { referral: 'r', as_who: 'carer' })
  await db.prepare("INSERT INTO consent_answer VALUES ('r', 1, 'x', 'x', '', 'given', 'page', '2026-11-01')").run()
  await fill('panel', { provider: 'p', id: 'panel', meets_on: '2026-11-01', closed_at: at })
  await fill('panel_person', { provider: 'p', panel: 'panel', person: 'gone' })
  await fill('panel_case', { provider: 'p', panel: 'panel', referral: 'r' })
  await fill('place_pool', { provider: 'p', pool: 'panel:panel', most: 3, withdrawn: 0, taken: 1 })
  await fill('place', { provider: 'p', pool: 'panel:panel', referral: 'r', freed_on: null })
  await fill('exclusion', {
    provider: 'p',
    excluded_on: '2026-11-01',
    at: '2026-11-01T09:00:00.000Z',
    withdraws: '{}',
    taken_back_at: null,
  })
  await fill('referral_asked', { receipt: '{}', referral: null })
  await fill('erasure', { referral: 'another', provider: 'p', why: 'asked' })
  await db.prepare("DELETE FROM membership WHERE person = 'gone'").run()
}

/** Where the canary stands, as `table.column`. */
async function found(): Promise<string[]> {
  const places: string[] = []
  for (const { table, column } of heldColumns()) {
    const [row] = await rows<{ n: number }>(`SELECT count(*) AS n FROM "${table}" WHERE "${column}" LIKE '%${CANARY}%'`)
    if ((row?.n ?? 0) > 0) places.push(`${table}.${column}`)
  }
  return places.sort()
}

/** Columns that can hold nothing but a word or a day, so that the canary does not fit in; their rows are counted instead. */
const CODED = ['consent_answer.answer', 'exclusion.excluded_on']

const sweptAt = async (later: number) => {
  const now = () => START + later
  await sweep(db, now, new Date(now()).toISOString().slice(0, 10))
}

describe('A column', () => {
  before(async () => {
    db = await quickDatabase()
  })

  it('is classified, each of every table, with a reason', async () => {
    for (const table of await tables()) {
      const known = TABLES[table]
      ok(known, `worker/retention/columns.ts does not know the table ${table}`)
      const columns = (await columnsOf(table)).map(({ name }) => name)
      deepEqual(Object.keys(known.columns).sort(), columns.sort(), table)
      for (const column of Object.values(known.columns))
        match(typeof column === 'string' ? column : column.why, /\.$/, table)
    }
    deepEqual(
      Object.keys(TABLES).filter((table) => table.startsWith('_')),
      [],
    )
    deepEqual(Object.keys(TABLES).sort(), await tables())
  })
})

describe('The sweep', () => {
  beforeEach(async () => {
    db = await quickDatabase()
    for (const table of ['publication', 'catalogue_version', 'provider']) await db.prepare(`DELETE FROM ${table}`).run()
    await fillAll()
  })

  it('finds something in every column that holds something, and lets it be while its time is not over', async () => {
    const all = heldColumns().map(({ table, column }) => `${table}.${column}`)
    deepEqual(await found(), all.filter((place) => !CODED.includes(place)).sort())
    await sweptAt(0)
    deepEqual(await found(), all.filter((place) => !CODED.includes(place)).sort())
    for (const table of await tables()) {
      const [row] = await rows<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`)
      if (table !== 'membership') ok((row?.n ?? 0) > 0, `${table} is empty`)
    }
  })

  it('ends each of them in the end', async () => {
    // Whoever has left is marked by the first sweep after it.
    await sweptAt(0)
    await sweptAt(20 * 365 * DAY)
    deepEqual(await found(), [])
    for (const [table, { rows: ends }] of Object.entries(TABLES)) {
      if (ends === undefined) continue
      const [row] = await rows<{ n: number }>(`SELECT count(*) AS n FROM "${table}"`)
      equal(row?.n, 0, table)
    }
    deepEqual(await rows('SELECT taken FROM place_pool'), [])
    deepEqual(await rows("SELECT referral, why FROM erasure WHERE referral = 'r'"), [
      { referral: 'r', why: 'retention' },
    ])
    deepEqual(await rows('SELECT action, subject, detail FROM record WHERE number > 1'), [
      { action: 'referral-erased', subject: 'R', detail: '{"why":"retention"}' },
    ])
  })

  for (const { what, days, left, gone } of [
    { what: 'a referral', days: 28, left: ['sealed.text', 'referral_key.wrapped', 'pupil_mark.mark'], gone: [] },
    {
      what: 'a referral, on its day,',
      days: 29,
      left: ['panel.note'],
      gone: [
        'sealed.text',
        'referral_key.wrapped',
        'pupil_mark.mark',
        'letter.sealed',
        'consent_person.language',
        'referral_link.secret_hash',
      ],
    },
    {
      what: 'a visit, and not the link that began it,',
      days: 1,
      left: ['referral_link.secret_hash'],
      gone: ['referral_visit.secret_hash', 'session.device'],
    },
    { what: 'the text of a closed draft', days: 89, left: ['draft.text'], gone: [] },
    { what: 'the text of a draft that was closed long ago', days: 91, left: [], gone: ['draft.text'] },
    {
      what: 'the address of a sent letter',
      days: 399,
      left: ['letter.recipient', 'letter.text', 'person.email'],
      gone: [],
    },
    {
      what: 'the address of a letter of long ago, and whoever left then,',
      days: 401,
      left: [],
      gone: ['letter.recipient', 'letter.text', 'person.email', 'person.name', 'passkey.name', 'panel.note'],
    },
  ])
    it(`${gone.length === 0 ? 'keeps' : 'ends'} ${what} after ${days} days`, async () => {
      await sweptAt(0)
      await sweptAt(28 * DAY)
      await sweptAt(days * DAY)
      const here = await found()
      for (const place of left) ok(here.includes(place), `${place} is gone`)
      for (const place of gone) ok(!here.includes(place), `${place} is there`)
    })

  it('takes out of an order who bought and signed and what was noted after seven years, and leaves the school, the basket and the figures', async () => {
    await sweptAt(7 * 365 * DAY)
    deepEqual(JSON.parse(String((await rows('SELECT request FROM "order"'))[0]?.request)), asked)
    await sweptAt(7 * 366 * DAY + DAY)
    deepEqual(JSON.parse(String((await rows('SELECT request FROM "order"'))[0]?.request)), {
      ...asked,
      items: [
        { offer: 'silver', quantity: 2 },
        { offer: 'bronze', quantity: 1 },
      ],
      contact: { name: '', email: '' },
      signatory: { name: '', email: '' },
    })
    deepEqual(await rows('SELECT kind, text FROM order_entry'), [{ kind: 'note', text: '' }])
    deepEqual(await rows('SELECT quote, total_pence AS pence FROM "order"'), [{ quote: '{}', pence: 1 }])
  })

  it('passes through all orders however many there are, some in each turn', async () => {
    await db
      .prepare(
        `INSERT INTO "order" SELECT 'O-' || value, provider, status, placed_on, placed_at, catalogue, version, school_name, total_pence, conditional_pence, quote, request
           FROM "order", json_each('[${Array.from({ length: 1_200 }, (_, at) => at).join()}]')`,
      )
      .run()
    const left = async () =>
      (await rows<{ n: number }>(`SELECT count(*) AS n FROM "order" WHERE request LIKE '%${CANARY}%'`))[0]?.n
    const counts: unknown[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      await sweptAt(8 * 366 * DAY + turn * 60_000)
      counts.push(await left())
    }
    deepEqual(counts, [701, 201, 0])
    deepEqual(await rows("SELECT place FROM sweep_place WHERE name = 'orders'"), [])
  })

  it('lets somebody stay who has come back', async () => {
    await sweptAt(0)
    await db
      .prepare("INSERT INTO membership (provider, person, role, since_at) VALUES ('p', 'gone', 'viewer', '2027-01-01')")
      .run()
    await sweptAt(1_000 * DAY)
    deepEqual(await rows('SELECT id, left_at AS leftAt FROM person'), [{ id: 'gone', leftAt: null }])
  })

  it('takes whoever leaves a provider off its cases and off the panels that are still to meet', async () => {
    await db.batch([
      db.prepare(
        "INSERT INTO membership (provider, person, role, since_at) VALUES ('p', 'gone', 'viewer', '2027-01-01')",
      ),
      db.prepare("INSERT INTO panel VALUES ('p', 'next', 'x', '2027-01-01', '', '2026-11-01', NULL)"),
      db.prepare("INSERT INTO panel_person VALUES ('p', 'next', 'gone')"),
      db.prepare("INSERT INTO case_person VALUES ('p', 'gone', 'another', '2026-11-01')"),
    ])
    await db.prepare("DELETE FROM membership WHERE person = 'gone'").run()
    deepEqual(await rows('SELECT panel FROM panel_person'), [{ panel: 'panel' }])
    deepEqual(await rows("SELECT referral FROM case_person WHERE person = 'gone'"), [])
  })

  it('leaves a panel alone that was arranged a moment ago, whatever day it meets on by the calendar', async () => {
    const made = new Date(START - 1_000).toISOString()
    await db.batch([
      db.prepare(`INSERT INTO panel VALUES ('p', 'new', 'x', '2019-06-03', '', '${made}', NULL)`),
      db.prepare("INSERT INTO place_pool (provider, pool, most, withdrawn, taken) VALUES ('p', 'panel:new', 2, 0, 0)"),
    ])
    await sweptAt(0)
    deepEqual(await rows("SELECT id FROM panel WHERE id = 'new'"), [{ id: 'new' }])
    deepEqual(await rows("SELECT most FROM place_pool WHERE pool = 'panel:new'"), [{ most: 2 }])
    await sweptAt(2 * DAY)
    deepEqual(await rows("SELECT id FROM panel WHERE id = 'new'"), [])
    deepEqual(await rows("SELECT most FROM place_pool WHERE pool = 'panel:new'"), [])
  })

  it('writes into the log what it erased, and names nobody', async () => {
    const { logged } = await import('./harness.ts')
    logged.length = 0
    await sweptAt(400 * DAY)
    const [line = ''] = logged
    deepEqual(Object.keys(JSON.parse(line)), ['erased', 'provider', 'at', 'why'])
    doesNotMatch(line, /CANARY/)
  })

  it('goes on past those that cannot be erased, and says that there were some without naming one', async () => {
    await db.prepare('DELETE FROM referral').run()
    const at = new Date(START - 2 * DAY).toISOString()
    for (let number = 0; number < 50; number += 1)
      await fill('referral', {
        id: `${number < 25 ? 'stuck' : 'over'}-${String(number).padStart(2, '0')}`,
        reference: `R-${number}`,
        status: 'ended',
        delete_on: number < 25 ? '2026-10-01' : '2026-10-02',
        touched_at: at,
      })
    await db
      .prepare(
        "CREATE TRIGGER stuck BEFORE DELETE ON referral WHEN old.id GLOB 'stuck*' BEGIN SELECT raise(ABORT, 'broken'); END",
      )
      .run()
    await rejects(sweptAt(0), ({ message }: Error) => /broken/.test(message) && !/stuck|R-/.test(message))
    deepEqual(
      (await rows<{ id: string }>('SELECT id FROM referral ORDER BY id')).map(({ id }) => id.slice(0, 5)),
      Array.from({ length: 25 }, () => 'stuck'),
    )
  })

  it('leaves a referral alone that somebody is at, whatever the calendar says', async () => {
    await sweep(db, () => START, '2030-01-01')
    equal((await rows('SELECT id FROM referral')).length, 1)
  })
})
