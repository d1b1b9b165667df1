import type { Quote } from '../../catalogue/rules/quote.ts'
import type { OrderReceipt, OrderRequestBody } from '../../catalogue/wire/order.ts'
import type { LetterToKeep } from '../letters/letter.ts'
import { insertLetters } from '../letters/store.ts'

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

/** Keeps an order, its key and its letters together or not at all, in one round trip. */
export async function keepOrder(
  db: D1Database,
  { provider, key, placedAt, receipt, request, asked, quote }: OrderToKeep,
  letters: readonly LetterToKeep[],
): Promise<Keeping> {
  const { reference, status, catalogue, version, placedOn, totalPence, conditionalPence } = receipt
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
          request.buyer.schools[0]?.name ?? '',
          totalPence,
          conditionalPence,
          JSON.stringify(quote),
          asked,
        ),
      insertLetters(db, letters),
    ])
    return 'kept'
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    if (!/UNIQUE constraint failed/i.test(said)) throw error
    if (/order_key\./.test(said)) return 'key-taken'
    return 'reference-taken'
  }
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
