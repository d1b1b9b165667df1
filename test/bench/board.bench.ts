import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { hashOf, newSecret } from '../../worker/people/secret.ts'
import { pupilMarks } from '../../worker/referrals/marks.ts'
import { keyringOf } from '../../worker/sealing/keyring.ts'
import { newReferralKey, seal } from '../../worker/sealing/seal.ts'
import { demonstrationDay } from '../product.ts'
import type { Figure } from './figure.ts'
import { opened, requestOf, timed } from './load.ts'
import { shippedCatalogues } from './memory-database.ts'
import { bundledWorker, startWorkers } from './runtime.ts'
import { median } from './statistics.ts'

/** Fills a database with thousands of referrals, which takes a minute: only where it is asked for by name. */
export const onlyByName = true

const FEW = 10
const MANY = 10_000
const ROUNDS = 25
const REQUESTS = 8
/** How many are kept in one batch. */
const PAGE = 500

type Side = 'few' | 'many'

const PROVIDER = 'stepping-stones'
const CATALOGUE = '2024-25'
const KEYS = { MASTER_KEYS: `1:${'A'.repeat(43)}=`, INDEX_KEY: `${'B'.repeat(42)}A=` }
const BASE = `/api/console/providers/${PROVIDER}`

/** What the console's pages of cases take with ten thousand referrals beside ten, one request at a time, in the same workerd. */
export async function bench(): Promise<Figure[]> {
  const limits = { READS_A_MINUTE: '1000000000', WRITES_A_MINUTE: '1000000000' }
  const variables = { ENVIRONMENT: 'development', TODAY: demonstrationDay, MAILER: 'none', ...KEYS, ...limits }
  const worker = { script: await bundledWorker(), variables, database: true }
  const shipped = await shippedCatalogues()
  const found = shipped.find(({ provider, catalogue }) => provider.id === PROVIDER && catalogue === CATALOGUE)
  const pathways = found?.pathways ?? []
  const runtime = await startWorkers({ few: worker, many: worker })
  try {
    const { port } = runtime
    const sides: Side[] = ['few', 'many']
    const cookie = { few: '', many: '' }
    for (const side of sides) {
      const db = await runtime.database(side)
      await place(db, pathways, side === 'few' ? FEW : MANY)
      cookie[side] = await signIn(db)
    }
    const first = pathways[0]
    const stage = first?.stages[0]?.id ?? ''
    const routes: Record<string, string> = {
      Board: '/cases',
      'Board of one pathway': `/cases?pathway=${first?.id}`,
      'List of a stage': `/cases/list?pathway=${first?.id}&stage=${stage}`,
      'One case': `/cases/${referenceOf(0)}`,
      'A pupil, by name': '/cases/find',
      Panels: '/panels',
    }
    const body = JSON.stringify({ name: nameOf(0), born: '2015-02-03' })
    const request = (side: Side, name: string) => {
      const headers = {
        Cookie: cookie[side],
        Origin: `http://127.0.0.1:${port[side]}`,
        Host: `127.0.0.1:${port[side]}`,
      }
      const path = `${BASE}${routes[name]}`
      return name === 'A pupil, by name'
        ? requestOf('POST', path, { ...headers, 'Content-Type': 'application/json' }, body)
        : requestOf('GET', path, headers)
    }
    const sockets = { few: await opened(port.few), many: await opened(port.many) }
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
    const cards = async (side: Side) => {
      const reply = await fetch(`http://127.0.0.1:${port[side]}${BASE}/cases`, { headers: { Cookie: cookie[side] } })
      const text = await reply.text()
      return text.split('"reference"').length - 1
    }
    const shown = `${await cards('few')} and ${await cards('many')} cards on the board`
    return [...times].map(([name, taken]): Figure => {
      const ratio = median(taken.many) / median(taken.few)
      return {
        name: `${name}, at ${MANY.toLocaleString('en-GB')} referrals`,
        figure: `${ratio.toFixed(2)} × (${median(taken.many).toFixed(2)} ms)`,
        floor: `${median(taken.few).toFixed(2)} ms at ${FEW}; ${shown}`,
        bound: '1.30 ×',
        ok: ratio <= 1.3,
      }
    })
  } finally {
    await runtime.stop()
  }
}

function referenceOf(number: number): string {
  return `SS-${String(number)
    .padStart(8, '0')
    .replace(/(\d{4})(\d{4})/, '$1-$2')}`
}

function nameOf(number: number): string {
  return `Pupil Number ${number}`
}

/** Keeps so many referrals, as sending and releasing them would: of ten thousand, half have ended and some wait. Ten are all open. */
async function place(db: D1Database, pathways: readonly Pathway[], referrals: number): Promise<void> {
  const ring = keyringOf(KEYS)
  const stages = pathways.flatMap(({ id, stages: own }) => own.map((stage) => ({ pathway: id, stage: stage.id })))
  const day = (number: number) =>
    `2024-${String(1 + (number % 9)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`
  for (let from = 0; from < referrals; from += PAGE) {
    const rows = await Promise.all(
      Array.from({ length: Math.min(PAGE, referrals - from) }, async (_, at) => {
        const number = from + at
        const id = number.toString(16).padStart(32, '0')
        const { key, kept } = await newReferralKey(ring, id)
        const sealed = async (name: string, value: unknown) => ({
          id,
          name,
          text: await seal(key, JSON.stringify(value), { referral: id, name, revision: 1 }),
        })
        const { pathway = '', stage = '' } = stages[number % stages.length] ?? {}
        const status = number < FEW || number % 2 === 0 ? 'open' : number % 20 === 1 ? 'waiting' : 'ended'
        const card = { pupil: 'P. N.', school: `School ${number % 400}`, year: 'Year 4', district: 'Lancaster' }
        const answers = Object.fromEntries(
          pathways
            .find((one) => one.id === pathway)
            ?.parts.map((part) => [
              part.id,
              Object.fromEntries(part.questions.map((question) => [question.id, 'An answer of some words to it'])),
            ]) ?? [],
        )
        const texts = [
          await sealed('card', card),
          ...(await Promise.all(Object.entries(answers).map(([part, given]) => sealed(`part:${part}`, given)))),
        ]
        const deadline = status === 'open' ? pathways.find((one) => one.id === pathway)?.deadlines[0]?.id : undefined
        const marks = await pupilMarks(ring, PROVIDER, nameOf(number), '2015-02-03')
        return {
          id,
          number,
          reference: referenceOf(number),
          pathway,
          stage,
          status,
          ...kept,
          texts,
          marks,
          deadline: deadline ?? '',
          on: day(number),
        }
      }),
    )
    const json = JSON.stringify(rows.map(({ texts: _, ...row }) => row))
    await db.batch([
      db
        .prepare(
          `INSERT INTO referral (id, provider, reference, pathway, catalogue, version, status, stage, events, begun_at, touched_at, begun_on,
                                 sent_on, released_on, stage_on, ended_on, due_on, due_of, school, delete_on)
           SELECT value ->> 'id', '${PROVIDER}', value ->> 'reference', value ->> 'pathway', '${CATALOGUE}', 1, value ->> 'status',
                  value ->> 'stage', 3, value ->> 'on', value ->> 'on', value ->> 'on', value ->> 'on', value ->> 'on', value ->> 'on',
                  iif(value ->> 'status' = 'ended', value ->> 'on', NULL), value ->> 'on', value ->> 'deadline', 'mark', '2099-01-01'
             FROM json_each(?1)`,
        )
        .bind(json),
      db
        .prepare(
          "INSERT INTO referral_key SELECT value ->> 'id', value ->> 'master', value ->> 'wrapped' FROM json_each(?1)",
        )
        .bind(json),
      db
        .prepare(
          `INSERT INTO pupil_mark SELECT '${PROVIDER}', m.value, r.value ->> 'id' FROM json_each(?1) AS r, json_each(r.value -> 'marks') AS m`,
        )
        .bind(json),
      ...['sent', 'released', 'entered'].map((kind, at) =>
        db
          .prepare(
            `INSERT INTO case_event (referral, number, kind, of, happened_on, at, actor)
             SELECT value ->> 'id', ${at + 1}, '${kind}', iif('${kind}' = 'entered', value ->> 'stage', ''), value ->> 'on', value ->> 'on', 'school'
               FROM json_each(?1)`,
          )
          .bind(json),
      ),
    ])
    const texts = rows.flatMap((row) => row.texts)
    for (let at = 0; at < texts.length; at += PAGE)
      await db
        .prepare(
          "INSERT INTO sealed SELECT value ->> 'id', value ->> 'name', 1, value ->> 'text', '2024-09-10' FROM json_each(?1)",
        )
        .bind(JSON.stringify(texts.slice(at, at + PAGE)))
        .run()
  }
}

async function signIn(db: D1Database): Promise<string> {
  const secret = newSecret()
  const now = new Date().toISOString()
  const ends = new Date(Date.now() + 86_400_000).toISOString()
  await db.batch([
    db.prepare("INSERT INTO person (id, email, name, created_at) VALUES ('o', 'o@example', 'O', ?1)").bind(now),
    db
      .prepare(
        `INSERT INTO membership (provider, person, role, since_at, signed_in_at) VALUES ('${PROVIDER}', 'o', 'owner', ?1, ?1)`,
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
