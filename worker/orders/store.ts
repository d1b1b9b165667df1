import type { Quote } from '../../catalogue/rules/quote.ts'
import type { OrderReceipt, OrderRequestBody } from '../../catalogue/wire/order.ts'
import type { LetterToKeep } from '../letters/letter.ts'
import { insertLetters } from '../letters/store.ts'
import { recordEntry } from '../records/store.ts'
import { identityOf, schoolsIn } from './spelling.ts'

/** An order on its way into the database, with the key of its request. */
export interface OrderToKeep {
  provider: string
  key: string
  placedAt: string
  receipt: OrderReceipt
  request: OrderRequestBody
  /** The request as JSON, its fields in the schema's order: the same order is the same text. */
  asked: string
  quote: Quote
}

/** What an Idempotency-Key was used for. */
export interface KeptAnswer {
  /** The request that it was used for, as JSON. */
  asked: string
  receipt: OrderReceipt
}

/** Whether an order was kept, or which of its two names was taken already. */
export type Keeping = 'kept' | 'key-taken' | 'reference-taken'

/** Keeps an order, its key, its letters, what its schools then hold and the record of it together or not at all, in one round trip. */
export async function keepOrder(
  db: D1Database,
  { provider, key, placedAt, receipt, request, asked, quote }: OrderToKeep,
  letters: readonly LetterToKeep[],
): Promise<Keeping> {
  const { reference, status, catalogue, version, placedOn, totalPence, conditionalPence } = receipt
  const schoolName = request.buyer.schools[0]?.name ?? ''
  const schools = schoolsIn(request, quote)
  const spellings = JSON.stringify(schools.map(({ spelling }) => [spelling, identityOf(spelling)]))
  try {
    await db.batch([
      db
        .prepare(
          `INSERT INTO order_key (provider, key, reference, receipt, kept_at)
           VALUES (?1, ?2, ?3, ?4, ?5)`,
        )
        .bind(provider, key, reference, JSON.stringify(receipt), placedAt),
      db
        .prepare(
          `INSERT INTO "order" (reference, provider, status, placed_on, placed_at, catalogue, version,
                                school_name, total_pence, conditional_pence, quote, request)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`,
        )
        .bind(
          reference,
          provider,
          status,
          placedOn,
          placedAt,
          catalogue,
          version,
          schoolName,
          totalPence,
          conditionalPence,
          JSON.stringify(quote),
          asked,
        ),
      insertLetters(db, letters),
      db
        .prepare(
          `INSERT INTO holding (provider, spelling, placed_at, reference, status, catalogue, version, placed_on, school_name, payment, total_pence,
                                name, urn, school_number, district, schools, pence, offers, least_minutes, most_minutes)
           SELECT ?1, value ->> 'spelling', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, value ->> 'name', value ->> 'urn', value ->> 'number',
                  value ->> 'district', ?11, value ->> 'pence', ?12, ?13, ?14
             FROM json_each(?15)`,
        )
        .bind(
          provider,
          placedAt,
          reference,
          status,
          catalogue,
          version,
          placedOn,
          schoolName,
          request.payment.method,
          totalPence,
          request.buyer.schools.length,
          JSON.stringify(offersIn(quote)),
          quote.minutes.least,
          quote.minutes.most,
          JSON.stringify(schools),
        ),
      // A school that has bought before is known already, however often it buys.
      db
        .prepare(
          `INSERT INTO school (provider, identity, school)
           SELECT ?1, value ->> 1, value ->> 0 FROM json_each(?2) WHERE true
           ON CONFLICT (provider, identity) DO NOTHING`,
        )
        .bind(provider, spellings),
      db
        .prepare(
          `INSERT INTO school_year (provider, catalogue, school, spelling)
           SELECT ?1, ?2, school, value ->> 0
             FROM json_each(?3) JOIN school ON provider = ?1 AND identity = value ->> 1 WHERE true
           ON CONFLICT (provider, catalogue, school, spelling) DO NOTHING`,
        )
        .bind(provider, catalogue, spellings),
      db
        .prepare(
          `INSERT INTO school_word (provider, word, spelling)
           SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2) WHERE true
           ON CONFLICT (provider, word, spelling) DO NOTHING`,
        )
        .bind(
          provider,
          JSON.stringify(schools.flatMap(({ words, spelling }) => words.map((word) => [word, spelling]))),
        ),
      recordEntry(
        db,
        {
          provider,
          actor: 'school',
          action: 'order-placed',
          subject: reference,
          detail: { catalogue, version, totalPence },
        },
        placedAt,
      ),
    ])
    return 'kept'
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    if (!/UNIQUE constraint failed/i.test(said)) throw error
    if (/order_key\./.test(said)) return 'key-taken'
    return 'reference-taken'
  }
}

/** What the schools of an order hold once it is placed: a place that only a panel gives is not held yet. */
function offersIn({ lines }: Quote): { offer: string; option?: string; quantity: number }[] {
  return lines
    .filter(({ conditional }) => !conditional)
    .map(({ offer, option, quantity }) => ({ offer, ...(option === undefined ? {} : { option }), quantity }))
}

/** What a key was used for at a provider, if it was. */
export async function keptAnswer(db: D1Database, provider: string, key: string): Promise<KeptAnswer | undefined> {
  const row = await db
    .prepare(
      `SELECT o.request AS asked, k.receipt AS receipt
         FROM order_key AS k JOIN "order" AS o ON o.reference = k.reference
        WHERE k.provider = ?1 AND k.key = ?2`,
    )
    .bind(provider, key)
    .first<{ asked: string; receipt: string }>()
  return row ? { asked: row.asked, receipt: JSON.parse(row.receipt) } : undefined
}
