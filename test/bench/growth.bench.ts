import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { EXAMPLE_ORDER, EXAMPLE_QUOTE } from '../../worker/reference/examples.ts'
import { scans, statementPlans } from '../plans.ts'
import { demonstrationDay } from '../product.ts'
import type { Figure } from './figure.ts'
import { opened, requestOf, timed } from './load.ts'
import { shippedCatalogues } from './memory-database.ts'
import { bundledWorker, startWorkers } from './runtime.ts'
import { median } from './statistics.ts'

/** Fills a database with all of England, which takes a minute and a gigabyte: only where it is asked for by name. */
export const onlyByName = true

const PROVIDERS = 2_000
const ORDERS = 100_000
/** A chunk's rows are written by one statement. */
const CHUNK = 5_000
const ROUNDS = 15
const REQUESTS = 20

const json = { 'Content-Type': 'application/json' }
/** Ten lines, as a large basket has them. */
const basket = {
  ...EXAMPLE_QUOTE,
  items: [
    { offer: 'silver', quantity: 1 },
    ...['staff-meeting-1h', 'staff-meeting-1h30', 'twilight', 'half-day', 'full-day'].map((option) => ({
      offer: 'training',
      option,
      quantity: 1,
      topics: ['adhd'],
      attending: 24,
      note: 'In the hall, please',
    })),
    { offer: 'consultancy', quantity: 2 },
    { offer: 'parent-support', quantity: 3 },
    { offer: 'silver-top-up', quantity: 1 },
  ],
}

/** What each route takes with all of England loaded beside an empty database, one request at a time, in the same workerd. */
export async function bench(): Promise<Figure[]> {
  const script = newEachTime(await bundledWorker())
  const variables = { ENVIRONMENT: 'development', TODAY: demonstrationDay }
  const limits = { READS_A_MINUTE: '1000000000', WRITES_A_MINUTE: '1000000000' }
  const worker = { script, variables: { ...variables, ...limits }, database: true }
  const runtime = await startWorkers({ empty: worker, grown: worker })
  try {
    const { port } = runtime
    const grown = await runtime.database('grown')
    const loaded = await load(grown, port.grown)

    let turn = 0
    let keys = 0
    const stride = 733
    /** In the grown database another provider each time; in the empty one there is only the one to copy. */
    const somebody = (side: Side) => {
      turn += stride
      return side === 'grown' ? providerOf(turn % PROVIDERS) : 'stepping-stones'
    }
    const cold = { 'X-Bench-Cold': '1' }
    const routes: Record<string, { status: number; request: (side: Side) => Buffer }> = {
      'GET providers': { status: 200, request: () => requestOf('GET', '/api/providers') },
      'GET catalogue, cold isolate': {
        status: 200,
        request: (side) => requestOf('GET', `/api/providers/${somebody(side)}/catalogue`, cold),
      },
      'POST quotes, cold isolate': {
        status: 200,
        request: (side) =>
          requestOf(
            'POST',
            `/api/providers/${somebody(side)}/quotes`,
            { ...json, ...cold },
            JSON.stringify(EXAMPLE_QUOTE),
          ),
      },
      'POST orders': { status: 201, request: () => orderOf('stepping-stones') },
      'POST orders, cold isolate': { status: 201, request: (side) => orderOf(somebody(side), cold) },
    }
    function orderOf(provider: string, headers: Record<string, string> = {}): Buffer {
      keys += 1
      return requestOf(
        'POST',
        `/api/providers/${provider}/orders`,
        { ...json, ...headers, 'Idempotency-Key': `growth-${keys}` },
        JSON.stringify(EXAMPLE_ORDER),
      )
    }

    const sides: Side[] = ['empty', 'grown']
    const sockets = { empty: await opened(port.empty), grown: await opened(port.grown) }
    const times = new Map<string, Record<Side, number[]>>()
    for (const name of Object.keys(routes)) times.set(name, { empty: [], grown: [] })
    for (let round = -1; round < ROUNDS; round += 1)
      for (const [name, { status, request }] of Object.entries(routes))
        for (let count = 0; count < REQUESTS; count += 1)
          for (const side of (count + round) % 2 === 0 ? sides : [...sides].reverse()) {
            const took = await timed(sockets[side], request(side), status)
            if (round >= 0) times.get(name)?.[side].push(took)
          }
    for (const side of sides) sockets[side].destroy()

    const plans = await statementPlans()
    const scanning = plans.filter(scans)
    return [
      { name: 'All of England', figure: loaded, bound: '2,000 providers, 1,000,000 order lines' },
      ...[...times].map(([name, taken]): Figure => {
        const ratio = median(taken.grown) / median(taken.empty)
        return {
          name,
          figure: `${ratio.toFixed(2)} × (${median(taken.grown).toFixed(2)} ms)`,
          floor: `${median(taken.empty).toFixed(2)} ms on an empty database`,
          bound: '1.30 ×',
          ok: ratio <= 1.3,
        }
      }),
      {
        name: 'Statements of the worker that read a whole table or sort',
        figure: `${scanning.length} of ${plans.length}`,
        peers: scanning.map(({ file, sql }) => `${file}: ${sql.replace(/\s+/g, ' ')}`).join('; '),
        bound: '0',
        ok: scanning.length === 0,
      },
    ]
  } finally {
    await runtime.stop()
  }
}

type Side = 'empty' | 'grown'

/** The worker's script with an app of its own for each request that asks for one: what an isolate that has just begun takes, memory empty. */
function newEachTime(script: string): string {
  const made = script.replace(
    /\bfetch: app\.fetch\b/,
    "fetch: (request, ...rest) => (request.headers.has('X-Bench-Cold') ? buildApp(Date.now) : app).fetch(request, ...rest)",
  )
  if (made === script) throw new Error('The bundled worker hands requests to its app in another way than it did')
  return made
}

function providerOf(number: number): string {
  return `county-${String(number).padStart(4, '0')}`
}

/** Fills the database with providers, catalogues, orders, their keys, letters and record, and what is held by them, and says with how many. */
async function load(db: D1Database, port: number): Promise<string> {
  const shipped = (await shippedCatalogues()).find(
    ({ provider, catalogue }) => provider.id === 'stepping-stones' && catalogue === '2024-25',
  )
  if (!shipped) throw new Error('There is no catalogue to copy')
  const { $schema: _, ...document } = shipped as Catalogue & { $schema?: string }
  const days = `'${document.opensOn}', '${document.year.to}', '2024-03-01T00:00:00.000Z'`
  const count = (from: number, to: number) =>
    `WITH RECURSIVE number (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM number WHERE n < ${to - 1})`
  const county = "'county-' || printf('%04d', n)"
  await db
    .prepare(
      `INSERT INTO provider (id, name, service, kind, about)
       ${count(0, PROVIDERS)} SELECT ${county}, 'Provider ' || n, 'Outreach', 'special', 'One of many' FROM number`,
    )
    .run()
  await db
    .prepare(
      `INSERT INTO catalogue_version (provider, catalogue, version, opens_on, ends_on, published_at, document)
       ${count(0, PROVIDERS)} SELECT ${county}, '2024-25', 1, ${days}, replace(?1, '"stepping-stones"', '"' || ${county} || '"') FROM number`,
    )
    .bind(JSON.stringify(document))
    .run()
  const quoted = await fetch(`http://127.0.0.1:${port}/api/providers/stepping-stones/quotes`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(basket),
  })
  const quote = await quoted.text()
  const lines: number = JSON.parse(quote).lines?.length ?? 0
  if (lines < 9) throw new Error(`The basket has ${lines} lines: ${quote}`)
  const request = JSON.stringify({ ...EXAMPLE_ORDER, items: basket.items })

  const signs = '23456789ABCDEFGHJKMNPQRTVWXYZ'
  const step = Math.floor(signs.length ** 8 / ORDERS)
  const sign = (place: number) => `substr('${signs}', (n * ${step} / ${signs.length ** (7 - place)}) % 29 + 1, 1)`
  const places = [0, 1, 2, 3, 4, 5, 6, 7].map(sign)
  // Among the references of new orders, not beside them: what is written falls between what is there.
  const reference = `'SS-' || ${places.slice(0, 4).join(' || ')} || '-' || ${places.slice(4).join(' || ')}`
  const provider = `'county-' || printf('%04d', n * ${PROVIDERS} / ${ORDERS})`
  const instant = "strftime('%Y-%m-%dT%H:%M:%fZ', '2024-03-01', '+' || n || ' minutes')"
  const urn = "printf('%06d', 100000 + n)"
  const spelling = `'school ' || n || ' ' || ${urn} || '|u' || ${urn}`
  for (let from = 0; from < ORDERS; from += CHUNK) {
    const numbers = count(from, Math.min(from + CHUNK, ORDERS))
    await db.batch([
      db
        .prepare(
          `INSERT INTO "order" (reference, provider, status, placed_on, placed_at, catalogue, version,
                                school_name, total_pence, conditional_pence, quote, request)
           ${numbers} SELECT ${reference}, ${provider}, 'placed', '2024-09-10', ${instant}, '2024-25', 1, 'School ' || n, 192500, 0, ?1, ?2 FROM number`,
        )
        .bind(quote, request),
      db.prepare(
        `INSERT INTO order_key (provider, key, reference, receipt, kept_at)
         ${numbers} SELECT ${provider}, printf('%08x-4b1d-4bfa-8e0f-0123456789ab', n), ${reference},
                json_object('reference', ${reference}, 'status', 'placed', 'totalPence', 192500), ${instant} FROM number`,
      ),
      // What each school holds and is found by, and the record.
      db
        .prepare(
          `INSERT INTO holding (provider, spelling, placed_at, reference, status, catalogue, version, placed_on, school_name, payment, total_pence,
                                name, urn, schools, pence, offers, least_minutes, most_minutes)
           ${numbers} SELECT ${provider}, ${spelling}, ${instant}, ${reference}, 'placed', '2024-25', 1, '2024-09-10', 'School ' || n, 'journal', 192500,
                             'School ' || n, ${urn}, 1, 192500, ?1, 720, 780 FROM number`,
        )
        .bind(JSON.stringify(basket.items.map(({ offer, quantity }) => ({ offer, quantity })))),
      db.prepare(
        `INSERT INTO school (provider, identity, school) ${numbers} SELECT ${provider}, 'u' || ${urn}, ${spelling} FROM number`,
      ),
      db.prepare(
        `INSERT INTO school_year (provider, catalogue, school, spelling) ${numbers} SELECT ${provider}, '2024-25', ${spelling}, ${spelling} FROM number`,
      ),
      ...["'school'", "'' || n", urn].map((word) =>
        db.prepare(
          `INSERT INTO school_word (provider, word, spelling) ${numbers} SELECT ${provider}, ${word}, ${spelling} FROM number`,
        ),
      ),
      db.prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         ${numbers} SELECT ${provider}, 'school', 'order-placed', ${reference}, '{}', ${instant} FROM number`,
      ),
      // As they stand once sent: the text has gone.
      ...[0, 1, 2].map((letter) =>
        db.prepare(
          `INSERT INTO letter (state, due_at, id, provider, about, recipient, attempts, written_at, sent_at, subject, text)
           ${numbers} SELECT 'sent', ${instant}, printf('%08x-${letter}b1d-4bfa-8e0f-0123456789ab', n), ${provider}, ${reference},
                  'somebody@school.example', 1, ${instant}, ${instant}, 'An order', '' FROM number`,
        ),
      ),
    ])
  }
  const rows = async (table: string): Promise<number> =>
    Number(await db.prepare(`SELECT count(*) AS count FROM "${table}"`).first('count'))
  const orders = await rows('order')
  const number = (value: number) => value.toLocaleString('en-GB')
  return `${number(await rows('provider'))} providers, ${number(orders * lines)} order lines in ${number(orders)} orders, ${number(await rows('letter'))} letters`
}
