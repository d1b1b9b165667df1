import type { Quote } from '../../catalogue/rules/quote.ts'
import type { OrderReceipt, OrderRequestBody } from '../../catalogue/wire/order.ts'
import type { LetterToKeep } from '../letters/letter.ts'
import { insertLetter } from '../letters/store.ts'

/** An order on its way into the database, with the key of its request. */
export interface OrderToKeep {
  provider: string
  key: string
  bodyHash: string
  placedAt: string
  receipt: OrderReceipt
  request: OrderRequestBody
  quote: Quote
}

/** What an Idempotency-Key was used for. */
export interface KeptAnswer {
  bodyHash: string
  receipt: OrderReceipt
}

/** Whether an order was kept, or which of its two names was taken already. */
export type Keeping = 'kept' | 'key-taken' | 'reference-taken'

/** Keeps an order, its key and its letters together or not at all, in one round trip. */
export async function keepOrder(
  db: D1Database,
  { provider, key, bodyHash, placedAt, receipt, request, quote }: OrderToKeep,
  letters: readonly LetterToKeep[],
): Promise<Keeping> {
  const { reference, status, catalogue, version, placedOn, totalPence, conditionalPence } = receipt
  try {
    await db.batch([
      db
        .prepare(
          `INSERT INTO order_key (provider, key, body_hash, reference, receipt, kept_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
        )
        .bind(provider, key, bodyHash, reference, JSON.stringify(receipt), placedAt),
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
          JSON.stringify(request),
        ),
      ...letters.map((letter) => insertLetter(db, letter)),
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
    .prepare('SELECT body_hash AS bodyHash, receipt FROM order_key WHERE provider = ?1 AND key = ?2')
    .bind(provider, key)
    .first<{ bodyHash: string; receipt: string }>()
  return row ? { bodyHash: row.bodyHash, receipt: JSON.parse(row.receipt) } : undefined
}
