import { deepEqual, equal } from 'node:assert/strict'
import type { DatabaseSync } from 'node:sqlite'
import type { Pathway } from '../catalogue/schema/pathway.ts'
import type { BegunReply, DraftReply, PartReply, PathwayReply, SentReply } from '../catalogue/wire/referral.ts'
import type { Product } from '../demo/product.ts'
import { pause, withCopy } from './power-cut.ts'
import { type Answers, eligible, sampleAnswers } from './worker/referring.ts'

/** What became of referrals over all the power cuts. */
export type DraftToll = {
  /** Parts that were answered with a 200, and referrals that were sent. */
  saved: number
  sent: number
  /** Requests that a power cut left without an answer. */
  unanswered: number
  /** Acknowledged, and not there, not as acknowledged, or not to be opened. */
  lost: string[]
  /** Something there without what belongs to it, or twice. */
  torn: string[]
}

/** A referral as its school has been told that it stands. */
interface Told {
  begun: BegunReply
  /** The last answers of each part that were acknowledged, and how often the part was. */
  parts: Record<string, { answers: Answers[string]; revision: number }>
  reference?: string
}

const CLIENTS = 4
const TODAY = '2024-09-10'

/**
 * Clients begin referrals, save their parts again and again and send them, while workerd is killed at random moments as a power cut would.
 * Whoever gets no answer sends the same again. In the end each referral is opened and compared with what its school was told.
 */
export async function cutPowerOnDrafts(product: Product, rounds: number): Promise<DraftToll> {
  const toll: DraftToll = { saved: 0, sent: 0, unanswered: 0, lost: [], torn: [] }
  const all: Told[] = []
  let ending = false
  // Whoever still asks then would ask for ever.
  let hasFailed = false
  let isUp = Promise.resolve()
  const ask = async <Reply>(method: string, path: string, body?: unknown, headers: object = {}): Promise<Reply> => {
    for (;;) {
      try {
        const reply = await fetch(`${product.origin}/api${path}`, {
          method,
          headers: { 'Content-Type': 'application/json', ...headers },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(30_000),
        })
        const text = await reply.text()
        if (reply.status < 500) {
          equal(Math.floor(reply.status / 100), 2, text)
          return JSON.parse(text)
        }
      } catch (error) {
        if (error instanceof Error && error.name === 'AssertionError') throw error
      }
      if (hasFailed) throw new Error('given up')
      toll.unanswered += 1
      await isUp
      await pause(20)
    }
  }
  const { pathway } = await ask<PathwayReply>('GET', '/providers/stepping-stones/pathways/placement')

  const client = async (number: number): Promise<void> => {
    for (let count = 0; !ending; count += 1) {
      const email = `draft-${number}-${count}@school.example`
      const begin = { pathway: pathway.id, eligibility: eligible(pathway), email }
      const key = { 'Idempotency-Key': crypto.randomUUID() }
      const begun = await ask<BegunReply>('POST', '/providers/stepping-stones/referrals', begin, key)
      const told: Told = { begun, parts: {} }
      all.push(told)
      const headers = { Authorization: `Bearer ${begun.key}` }
      const answers = sampleAnswers(pathway, TODAY, {
        fills: { 'carer.email': `carer-${number}-${count}@family.example` },
      })
      const save = async (id: string, own: Answers[string] = {}): Promise<void> => {
        const revision = told.parts[id]?.revision ?? 0
        const path = `/referrals/${begun.id}/parts/${id}`
        const { revision: next } = await ask<PartReply>('PUT', path, { revision, answers: own }, headers)
        told.parts[id] = { answers: own, revision: next }
        toll.saved += 1
      }
      await save('worries', { worries: 'Longer '.repeat(300).trim() })
      for (const { id } of pathway.parts) {
        if (ending) return
        await save(id, answers[id])
      }
      const declarations = pathway.declarations.map(({ id }) => id)
      const { reference } = await ask<SentReply>('POST', `/referrals/${begun.id}/send`, { declarations }, headers)
      told.reference = reference
      toll.sent += 1
    }
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))
  clients.catch(() => {})
  try {
    for (let round = 0; round < rounds; round += 1) {
      const before = toll.saved
      // The last cut comes once a referral was sent.
      const isLast = round === rounds - 1
      while (toll.saved === before || (isLast && toll.sent === 0)) await Promise.race([pause(5), clients])
      await Promise.race([pause(300 + Math.random() * 900), clients])
      let up = (): void => {}
      isUp = new Promise((resolve) => {
        up = resolve
      })
      product.kill()
      await pause(100)
      toll.torn.push(...(await withCopy(product.dataDir, (db) => tornIn(db, pathway))))
      await product.restart()
      up()
    }
    ending = true
    await clients
  } catch (error) {
    hasFailed = true
    throw error
  }
  for (const { begun, parts, reference } of all) {
    const headers = { Authorization: `Bearer ${begun.key}` }
    const draft = await ask<DraftReply>('GET', `/referrals/${begun.id}`, undefined, headers)
    try {
      equal(draft.reference, reference)
      const there = Object.entries(draft.parts).map(([id, { answers, revision }]) => [id, { answers, revision }])
      deepEqual(Object.fromEntries(there), parts)
    } catch (error) {
      toll.lost.push(`${begun.id}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return toll
}

/** What is on the disk without what belongs to it. */
function tornIn(db: DatabaseSync, { consent }: Pathway): string[] {
  const rows = (sql: string) => db.prepare(sql).all()
  const odd = (what: string, sql: string) => rows(sql).map((row) => `${what}: ${JSON.stringify(row)}`)
  const purposes = consent.purposes.filter(({ asked }) => asked === 'at-once').length
  return [
    ...rows('PRAGMA integrity_check').flatMap(({ integrity_check: said }) => (said === 'ok' ? [] : [String(said)])),
    ...odd('no key', 'SELECT id FROM referral WHERE id NOT IN (SELECT referral FROM referral_key)'),
    ...odd('no referral', 'SELECT referral FROM sealed WHERE referral NOT IN (SELECT id FROM referral)'),
    ...odd('no referral', 'SELECT referral FROM referral_link WHERE referral NOT IN (SELECT id FROM referral)'),
    ...odd(
      'a history with gaps',
      `SELECT r.id, r.events, count(e.number) AS kept FROM referral AS r LEFT JOIN case_event AS e ON e.referral = r.id
        GROUP BY r.id HAVING kept <> r.events`,
    ),
    ...odd(
      'a draft with what a sent referral has',
      `SELECT id FROM referral WHERE status = 'draft'
          AND (reference IS NOT NULL OR id IN (SELECT referral FROM consent_ask UNION SELECT referral FROM pupil_mark))`,
    ),
    ...odd(
      'not one letter to each',
      `SELECT r.id, r.status, count(l.id) AS letters FROM referral AS r LEFT JOIN letter AS l ON l.referral = r.id
        GROUP BY r.id HAVING letters <> CASE r.status WHEN 'draft' THEN 1 ELSE 5 END`,
    ),
    ...odd(
      'not asked',
      `SELECT r.id, count(a.number) AS asks FROM referral AS r LEFT JOIN consent_ask AS a ON a.referral = r.id
        WHERE r.status = 'waiting' GROUP BY r.id HAVING asks <> ${2 * purposes}`,
    ),
  ]
}
