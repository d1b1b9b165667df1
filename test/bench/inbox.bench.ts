import { hashOf, newSecret } from '../../worker/people/secret.ts'
import { EXAMPLE_ORDER } from '../../worker/reference/examples.ts'
import { demonstrationDay } from '../product.ts'
import type { Figure } from './figure.ts'
import { opened, requestOf, timed } from './load.ts'
import { bundledWorker, startWorkers } from './runtime.ts'
import { median } from './statistics.ts'

/** Places thousands of orders one by one, which takes a minute: only where it is asked for by name. */
export const onlyByName = true

const FEW = 10
const MANY = 10_000
/** So many of them are placed one by one; three more of each are copied from it. */
const COPIES = 3
const ROUNDS = 25
const REQUESTS = 12
const AT_ONCE = 8

type Side = 'few' | 'many'

const TREES = 'Oak Ash Elm Beech Birch Cedar Alder Hazel Holly Maple Rowan Willow Larch Pine Yew Aspen'.split(' ')
const PLACES = 'Hill Green Lane Bank Moor Field Brook Park Cross Bridge Heath Wood Dale Ford End Grove'.split(' ')
const KINDS = ['Primary School', 'CE Primary School', 'Infant School', 'High School', 'Nursery School']

/** One of some 2,500 schools, as a county and its neighbours have them. */
function schoolOf(number: number): { name: string; urn: string; pupils: number; district: string } {
  const one = (number * 7919) % 2_560
  const saint = one % 5 === 0 ? 'St ' : ''
  const name = `${saint}${TREES[one % 16]} ${PLACES[Math.floor(one / 16) % 16]} ${KINDS[Math.floor(one / 256) % 5]}${one >= 1_280 ? ' North' : ''}`
  return { name, urn: String(100_000 + one), pupils: 210, district: '1' }
}

/** What the console's lists take with ten thousand orders beside ten, one request at a time, in the same workerd. */
export async function bench(): Promise<Figure[]> {
  const variables = { ENVIRONMENT: 'development', TODAY: demonstrationDay }
  const limits = { READS_A_MINUTE: '1000000000', WRITES_A_MINUTE: '1000000000' }
  const worker = { script: await bundledWorker(), variables: { ...variables, ...limits }, database: true }
  const runtime = await startWorkers({ few: worker, many: worker })
  try {
    const { port } = runtime
    const sides: Side[] = ['few', 'many']
    const cookie = { few: '', many: '' }
    const references = { few: '', many: '' }
    for (const side of sides) {
      const db = await runtime.database(side)
      await place(port[side], side === 'few' ? FEW : MANY / (COPIES + 1))
      if (side === 'many') for (let copy = 1; copy <= COPIES; copy += 1) await copyOrders(db, copy)
      await answer(db)
      cookie[side] = await signIn(db)
      references[side] = String(
        await db.prepare(`SELECT reference FROM "order" WHERE status = 'accepted' LIMIT 1`).first('reference'),
      )
    }
    const ask = async (side: Side, path: string) =>
      (await fetch(`http://127.0.0.1:${port[side]}${BASE}${path}`, { headers: { Cookie: cookie[side] } })).json()
    const middle = { few: '', many: '' }
    const onwards = { few: '', many: '' }
    for (const side of sides) {
      let page = (await ask(side, '/orders')) as { next: string | null; orders: unknown[] }
      for (let turn = 0; turn < 40 && page.next !== null; turn += 1) {
        middle[side] = page.next
        page = (await ask(side, `/orders?after=${page.next}`)) as typeof page
      }
      const schools = (await ask(side, '/schools')) as { next: string | null }
      onwards[side] = schools.next ?? ''
    }
    const routes: Record<string, (side: Side) => string> = {
      'Inbox, all': () => '/orders',
      'Inbox, to answer': () => '/orders?state=placed',
      'Inbox, a year': () => '/orders?catalogue=2024-25',
      'Inbox, a year’s accepted': () => '/orders?state=accepted&catalogue=2024-25',
      'Inbox, 40 pages on': (side) => `/orders?after=${middle[side]}`,
      'Search, “oak hill”': () => '/orders?words=oak%20hill',
      'Search, “st”': () => '/orders?words=st',
      'Search, “primary school”': () => '/orders?words=primary%20school',
      'Search, “school”, declined': () => '/orders?words=school&state=declined',
      'Search, “school”, cancelled': () => '/orders?words=school&state=cancelled',
      'Search, two common words that never meet': () => '/orders?words=infant%20high',
      'Search, a number': () => '/orders?number=100000',
      'Search, a reference': (side) => `/orders?reference=${references[side].slice(0, 5)}`,
      'One order': (side) => `/orders/${references[side]}`,
      Overview: () => '/overview',
      'Schools, first page': () => '/schools',
      'Schools, second page': (side) => `/schools?after=${onwards[side]}`,
      'Schools, “primary”': () => '/schools?words=primary',
      Letters: () => '/letters',
    }
    const sockets = { few: await opened(port.few), many: await opened(port.many) }
    const request = (side: Side, name: string) =>
      requestOf('GET', BASE + (routes[name]?.(side) ?? ''), { Cookie: cookie[side] })
    const times = new Map<string, Record<Side, number[]>>(
      Object.keys(routes).map((name) => [name, { few: [], many: [] }]),
    )
    for (let round = -1; round < ROUNDS; round += 1)
      for (const [name, taken] of times)
        for (let count = 0; count < REQUESTS; count += 1)
          for (const side of (count + round) % 2 === 0 ? sides : [...sides].reverse()) {
            const took = await timed(sockets[side], request(side, name), 200)
            if (round >= 0) taken[side].push(took)
          }
    for (const side of sides) sockets[side].destroy()
    const rows = new Map<string, string>()
    for (const name of times.keys()) {
      const counted = async (side: Side) => {
        const body = (await ask(side, routes[name]?.(side) ?? '')) as Record<string, unknown[] | undefined>
        return (body.orders ?? body.schools ?? body.letters)?.length ?? 1
      }
      rows.set(name, `${await counted('few')} and ${await counted('many')} rows`)
    }
    return [...times].map(([name, taken]): Figure => {
      const ratio = median(taken.many) / median(taken.few)
      return {
        name: `${name}, at ${MANY.toLocaleString('en-GB')} orders`,
        figure: `${ratio.toFixed(2)} × (${median(taken.many).toFixed(2)} ms)`,
        floor: `${median(taken.few).toFixed(2)} ms at ${FEW}; ${rows.get(name)}`,
        bound: '1.30 ×',
        ok: ratio <= 1.3,
      }
    })
  } finally {
    await runtime.stop()
  }
}

const BASE = '/api/console/providers/stepping-stones'

/** Places so many orders through the API, in each month of the year. */
async function place(port: number, orders: number): Promise<void> {
  let placed = 0
  const next = async (): Promise<void> => {
    for (let number = placed++; number < orders; number = placed++) {
      const reply = await fetch(`http://127.0.0.1:${port}/api/providers/stepping-stones/orders`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': `bench-${number}`,
          'X-Today': `2024-${String(3 + (number % 10)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`,
        },
        body: JSON.stringify({ ...EXAMPLE_ORDER, buyer: { schools: [schoolOf(number)] } }),
      })
      if (reply.status !== 201) throw new Error(`An order is answered ${reply.status}: ${await reply.text()}`)
      await reply.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

/** Every order of the first days once more, under another reference and some days later. */
async function copyOrders(db: D1Database, copy: number): Promise<void> {
  const reference = `substr(reference, 1, 6) || '${copy + 1}' || substr(reference, 8)`
  const later = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column}, '+${copy} days')`
  const first = `placed_at < strftime('%Y-%m-%dT%H:%M:%fZ', (SELECT min(placed_at) FROM "order"), '+12 hours')`
  const held = `status, catalogue, version, placed_on, school_name, payment, total_pence, name, urn, school_number, district, schools, pence, offers, least_minutes, most_minutes`
  const kept = `provider, status, placed_on, catalogue, version, school_name, total_pence, conditional_pence, quote, request`
  await db.batch([
    db.prepare(
      `INSERT OR IGNORE INTO "order" (reference, placed_at, ${kept}) SELECT ${reference}, ${later('placed_at')}, ${kept} FROM "order" WHERE ${first}`,
    ),
    db.prepare(
      `INSERT OR IGNORE INTO holding (provider, spelling, placed_at, reference, ${held})
       SELECT provider, spelling, ${later('placed_at')}, ${reference}, ${held} FROM holding WHERE ${first}`,
    ),
  ])
}

/** Of ten orders, three wait, six are accepted and one is declined; the letters have gone out but for one in a hundred. */
async function answer(db: D1Database): Promise<void> {
  await db.batch([
    db.prepare(
      `INSERT INTO order_entry (reference, number, at, kind, actor, done_on, before, text)
       SELECT reference, 1, placed_at, iif(substr(placed_at, 23, 1) = '9', 'declined', 'accepted'), 'nobody', placed_on, 'placed', ''
         FROM "order" WHERE substr(placed_at, 23, 1) > '2'`,
    ),
    db.prepare(
      `UPDATE "order" SET status = (SELECT kind FROM order_entry WHERE reference = "order".reference)
        WHERE reference IN (SELECT reference FROM order_entry)`,
    ),
    db.prepare(
      `UPDATE letter SET state = iif(substr(written_at, 22, 2) = '55', 'failed', 'sent'), sent_at = written_at, text = ''`,
    ),
  ])
}

async function signIn(db: D1Database): Promise<string> {
  const secret = newSecret()
  const now = new Date().toISOString()
  const ends = new Date(Date.now() + 86_400_000).toISOString()
  await db.batch([
    db.prepare("INSERT INTO person (id, email, name, created_at) VALUES ('o', 'o@example', 'O', ?1)").bind(now),
    db
      .prepare(
        "INSERT INTO membership (provider, person, role, since_at, signed_in_at) VALUES ('stepping-stones', 'o', 'owner', ?1, ?1)",
      )
      .bind(now),
    db
      .prepare(
        "INSERT INTO session (secret_hash, id, person, device, how, created_at, seen_at, ends_at) VALUES (?1, 's', 'o', 'A bench', 'code', ?2, ?2, ?3)",
      )
      .bind(await hashOf(secret), now, ends),
  ])
  return `__Host-session=${secret}`
}
