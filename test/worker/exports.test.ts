import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { after, before, describe, it } from 'node:test'
import Papa from 'papaparse'
import readXlsxFile from 'read-excel-file/node'
import { buildApp } from '../../worker/app.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, openWorld, type World } from './harness.ts'

let world: World
let owner: SignedInPerson
const provider = '/api/console/providers/stepping-stones'
const references: string[] = []

before(async () => {
  world = await openWorld()
  owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
  await place({})
  await place({
    payment: { method: 'invoice', purchaseOrder: '=1+2' },
    buyer: {
      schools: [{ name: '=HYPERLINK("https://evil.example")', schoolNumber: '01/001', address: '1, "High" Road' }],
    },
    contact: { name: '@cmd', email: 'a@school.example', telephone: '+44 1524 000' },
  })
  await place({
    items: [
      { offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'], attending: 12, note: '-2 & <b>_x0041_' },
    ],
    expectedPence: 92_500,
  })
  for (const reference of references.slice(0, 2))
    await world.ask('POST', `${provider}/orders/${reference}/accept`, {}, owner.headers)
})
after(() => world.stop())

async function place(order: Record<string, unknown>): Promise<void> {
  world.clock.now += 60_000
  const heard = await world.order({ ...EXAMPLE_ORDER, ...order })
  equal(heard.status, 201, heard.text)
  references.push(String(heard.body.reference))
}

type Row = Record<string, string>

async function csv(file: string, person = owner): Promise<Row[]> {
  const heard = await world.ask('GET', `${provider}/exports/${file}`, undefined, person.headers)
  equal(heard.status, 200, heard.text)
  match(heard.headers.get('Content-Type') ?? '', /text\/csv; charset=utf-8/)
  return Papa.parse<Row>(heard.text.replace(/^\ufeff/, ''), { header: true, skipEmptyLines: true }).data
}

/** The bytes of a file, which the harness would read as text. */
async function bytes(path: string): Promise<{ headers: Headers; file: Buffer }> {
  const app = buildApp(() => world.clock.now)
  const reply = await app.fetch(new Request(`http://localhost${path}`, { headers: owner.headers }), world.env)
  equal(reply.status, 200)
  return { headers: reply.headers, file: Buffer.from(await reply.arrayBuffer()) }
}

describe('The orders as a file', () => {
  it('have a row each, in UTF-8 that says so, under a name with the provider and the day', async () => {
    const { headers, file } = await bytes(`${provider}/exports/orders.csv`)
    deepEqual([...file.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    equal(headers.get('Content-Disposition'), 'attachment; filename="orders-stepping-stones-2024-09-10.csv"')
    equal(headers.get('Cache-Control'), 'no-store')
    equal(headers.get('Access-Control-Allow-Origin'), null)
    const rows = await csv('orders.csv')
    deepEqual(
      rows.map(({ Reference }) => Reference),
      references,
    )
    const [first] = rows
    deepEqual(
      [first?.State, first?.['Answered on'], first?.School, first?.URN, first?.Total, first?.['Ledger code']],
      ['Accepted', '2024-09-10', 'Example Primary School', '123456', '1925', 'AB123'],
    )
    equal(first?.Ordered, '1 × Universal support offer; 1 × Silver package; 1 × Training, Twilight, 2 hours')
    deepEqual([first?.['Least hours'], first?.['Most hours']], ['12', '13'])
  })

  it('hold no formula, whatever a school wrote', async () => {
    const [, second] = await csv('orders.csv')
    equal(second?.School, '\'=HYPERLINK("https://evil.example")')
    equal(second?.Contact, "'@cmd")
    equal(second?.Telephone, "'+44 1524 000")
    equal(second?.['Purchase order'], "'=1+2")
    equal(second?.Address, '1, "High" Road')
    const lines = await csv('orders.csv?rows=lines')
    equal(lines.find(({ Note }) => Note)?.Note, "'-2 & <b>_x0041_")
  })

  it('have a row for each line, with what was asked for it', async () => {
    const lines = (await csv('orders.csv?rows=lines')).filter(({ Reference }) => Reference === references[2])
    deepEqual(
      lines.map((line) => [line.What, line.Option, line.Quantity, line['Price before VAT'], line['Number attending']]),
      [
        ['Universal support offer', '', '1', '550', ''],
        ['Training', 'Twilight, 2 hours', '1', '375', '12'],
      ],
    )
  })

  it('open as a workbook: texts as texts, pounds as numbers, days as days', async () => {
    const { file, headers } = await bytes(`${provider}/exports/orders.xlsx`)
    match(headers.get('Content-Type') ?? '', /spreadsheetml\.sheet$/)
    const sheets = await readXlsxFile(file)
    deepEqual(
      sheets.map(({ sheet }) => sheet),
      ['Orders', 'Lines'],
    )
    const [head = [], ...rows] = sheets[0]?.data ?? []
    equal(rows.length, 3)
    const at = (row: number, name: string) => rows[row]?.[head.indexOf(name)]
    equal(at(0, 'Total'), 1925)
    deepEqual(at(0, 'Placed on'), new Date('2024-09-10T00:00:00Z'))
    equal(at(1, 'School'), '=HYPERLINK("https://evil.example")')
    equal(at(0, 'URN'), '123456')
    ok(!file.includes('<f>'))
    const [lineHead = [], ...lines] = sheets[1]?.data ?? []
    equal(lines.length, 8)
    equal(lines.find((line) => line[lineHead.indexOf('Note')])?.[lineHead.indexOf('Note')], '-2 & <b>_x0041_')
  })

  it('are of one state, one year and of some days alone', async () => {
    equal((await csv('orders.csv?state=accepted')).length, 2)
    equal((await csv('orders.csv?state=placed&catalogue=2024-25')).length, 1)
    equal((await csv('orders.csv?catalogue=2019-20')).length, 0)
    equal((await csv('orders.csv?from=2024-09-10&to=2024-09-10')).length, 3)
    equal((await csv('orders.csv?from=2024-09-11')).length, 0)
    equal((await csv('orders.csv?to=2024-09-09')).length, 0)
    equal((await csv('orders.csv?answeredFrom=2024-09-10')).length, 2)
    const heard = await world.ask('GET', `${provider}/exports/orders.csv?from=2024-02-30`, undefined, owner.headers)
    deepEqual(faultsIn(heard), ['/from not-a-date'])
  })
})

describe('What finance downloads', () => {
  it('has the invoices to raise: accepted orders that are paid by invoice', async () => {
    const [row, ...more] = await csv('invoices.csv')
    equal(more.length, 0)
    equal(row?.Reference, references[1])
    deepEqual(
      [row?.['Accepted on'], row?.['School number'], row?.Net, row?.VAT, row?.Gross],
      ['2024-09-10', '01/001', '1925', '0', '1925'],
    )
  })

  it('has the journal transfers: accepted orders that are paid so', async () => {
    const [row, ...more] = await csv('journals.csv')
    equal(more.length, 0)
    deepEqual([row?.Reference, row?.['Ledger code'], row?.Amount, row?.District], [references[0], 'AB123', '1925', '1'])
    const { file } = await bytes(`${provider}/exports/journals.xlsx`)
    equal((await readXlsxFile(file))[0]?.sheet, 'Journal transfers')
  })

  it('is for finance and owners, as orders are for those who read them', async () => {
    for (const [role, orders, invoices] of [
      ['owner', 200, 200],
      ['finance', 200, 200],
      ['coordinator', 200, 403],
      ['viewer', 200, 403],
      ['editor', 403, 403],
    ] as const) {
      const { headers } = await signIn(world, { provider: 'stepping-stones', role })
      const status = async (file: string) =>
        (await world.ask('GET', `${provider}/exports/${file}`, undefined, headers)).status
      for (const format of ['csv', 'xlsx']) {
        equal(await status(`orders.${format}`), orders)
        equal(await status(`invoices.${format}`), invoices)
        equal(await status(`journals.${format}`), invoices)
      }
    }
    const stranger = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    equal((await world.ask('GET', `${provider}/exports/orders.csv`, undefined, stranger.headers)).status, 404)
    const theirs = await world.ask(
      'GET',
      '/api/console/providers/golden-hill/exports/orders.csv',
      undefined,
      stranger.headers,
    )
    equal(theirs.text.trim().split('\n').length, 1)
  })

  it('is on record', async () => {
    await csv('invoices.csv?catalogue=2024-25')
    const row = await world.db
      .prepare("SELECT actor, subject, detail FROM record WHERE action = 'exported' ORDER BY number DESC LIMIT 1")
      .first<{ actor: string; subject: string; detail: string }>()
    equal(row?.actor, owner.person)
    equal(row?.subject, 'invoices.csv')
    equal(JSON.parse(row?.detail ?? '').catalogue, '2024-25')
  })
})

describe('A file of the console', () => {
  const files = ['exports/orders.csv', 'exports/journals.xlsx', 'record.csv', 'catalogues/2024-25/versions/1.json']

  it('carries what keeps it to itself, as every reply of the console does', async () => {
    const plain = await world.ask('GET', `${provider}/orders`, undefined, owner.headers)
    const kept = (headers: Headers) =>
      [...headers].filter(([name]) => !/^content-(type|disposition)$|^x-request-id$/.test(name)).sort()
    ok(kept(plain.headers).length >= 6)
    for (const file of files) {
      const heard = await world.ask('GET', `${provider}/${file}`, undefined, owner.headers)
      equal(heard.status, 200, heard.text)
      deepEqual(kept(heard.headers), kept(plain.headers), file)
      match(heard.headers.get('Content-Disposition') ?? '', /^attachment; filename="[\w.-]+"$/)
    }
  })

  it('that is only asked about is not given, and not in the record', async () => {
    const exported = async () =>
      (await world.db.prepare("SELECT count(*) AS count FROM record WHERE action = 'exported'").first())?.count
    const before = await exported()
    for (const file of files) {
      const heard = await world.ask('HEAD', `${provider}/${file}`, undefined, owner.headers)
      deepEqual([heard.status, heard.text], [200, ''], file)
      match(heard.headers.get('Content-Disposition') ?? '', /^attachment/)
    }
    equal(await exported(), before)
    const editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    equal((await world.ask('HEAD', `${provider}/exports/orders.csv`, undefined, editor.headers)).status, 403)
  })
})

describe('A long file', () => {
  it('is whole, in pages that nobody sees', { timeout: 60_000 }, async () => {
    const columns = `provider, status, placed_on, catalogue, version, school_name, total_pence, conditional_pence, quote, request`
    await world.db
      .prepare(
        `INSERT INTO "order" (reference, placed_at, ${columns})
         WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1200)
         SELECT printf('SS-%08d', n), strftime('%Y-%m-%dT%H:%M:%fZ', '2026-12-01', '+' || n || ' minutes'), ${columns}
           FROM number, "order" WHERE reference = ?1`,
      )
      .bind(references[0])
      .run()
    const rows = await csv('orders.csv')
    equal(rows.length, 1_203)
    equal(new Set(rows.map(({ Reference }) => Reference)).size, 1_203)
    const { file } = await bytes(`${provider}/exports/orders.xlsx`)
    const sheets = await readXlsxFile(file)
    deepEqual(
      sheets.map(({ data }) => data.length),
      [1_204, 3 * 1_202 + 3],
    )
  })

  it('that breaks off is no whole file', async () => {
    let reads = 0
    const broken = new Proxy(world.db, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (name !== 'prepare' || typeof member !== 'function')
          return typeof member === 'function' ? member.bind(target) : member
        return (sql: string) => {
          if (/conditional_pence AS/.test(sql)) reads += 1
          if (reads > 2) throw new Error('D1_ERROR: Network connection lost.')
          return target.prepare(sql)
        }
      },
    })
    const app = buildApp(() => world.clock.now)
    for (const file of ['orders.csv', 'orders.xlsx']) {
      reads = 0
      const request = new Request(`http://localhost${provider}/exports/${file}`, { headers: owner.headers })
      const reply = await app.fetch(request, { ...world.env, DB: broken })
      await rejects(reply.arrayBuffer(), file)
    }
  })

  it('that would be too long is refused, with what to do', async () => {
    await world.db
      .prepare("INSERT INTO order_tally VALUES ('stepping-stones', '2024-25', '2024-05', 'declined', 60000, 0, 0, 0)")
      .run()
    const heard = await world.ask('GET', `${provider}/exports/orders.csv`, undefined, owner.headers)
    deepEqual(faultsIn(heard), ['/from too-many'])
    equal((await csv('orders.csv?from=2024-06-01')).length, 1_203)
  })
})
