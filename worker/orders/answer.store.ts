import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderRequestBody, OrderStatus } from '../../catalogue/wire/order.ts'
import type { LetterToKeep } from '../letters/letter.ts'
import { insertLetters } from '../letters/store.ts'
import { recordEntry } from '../records/store.ts'

/** An order as it is kept, with the catalogue that it was priced by. */
export interface KeptOrder {
  reference: string
  status: OrderStatus
  placedOn: string
  placedAt: string
  catalogue: string
  version: number
  totalPence: number
  conditionalPence: number
  request: OrderRequestBody
  quote: Quote
  document: Catalogue
}

/** What was done with an order. */
export interface OrderEntry {
  /** In the order in which they were made. */
  number: number
  at: string
  /** The calendar's day. */
  doneOn: string
  kind: 'accepted' | 'declined' | 'note' | 'letter-sent-again'
  /** A person's id, and who that is. */
  actor: string
  name: string | null
  email: string | null
  /** Of an answer, the state that it was given to. */
  before: OrderStatus | null
  /** The reason, the note, or the kind of letter. */
  text: string
}

/** A letter about an order. */
export interface OrderLetter {
  id: string
  kind: string
  to: string
  subject: string
  state: 'waiting' | 'sent' | 'failed' | 'unaddressed'
  attempts: number
  writtenAt: string
  sentAt: string | null
  trouble: string | null
  /** The letter that was sent in its place. */
  replacedBy: string | null
}

/** An order with what was done with it and the letters about it, in one round trip; undefined where the provider has no such order. */
export async function orderWith(
  db: D1Database,
  provider: string,
  reference: string,
): Promise<{ order: KeptOrder; entries: OrderEntry[]; letters: OrderLetter[] } | undefined> {
  const [orders, entries, letters] = await db.batch([
    db
      .prepare(
        `SELECT o.reference AS reference, o.status AS status, o.placed_on AS placedOn, o.placed_at AS placedAt, o.catalogue AS catalogue,
                o.version AS version, o.total_pence AS totalPence, o.conditional_pence AS conditionalPence, o.request AS request,
                o.quote AS quote, v.document AS document
           FROM "order" AS o
           JOIN catalogue_version AS v ON v.provider = o.provider AND v.catalogue = o.catalogue AND v.version = o.version
          WHERE o.reference = ?1 AND o.provider = ?2`,
      )
      .bind(reference, provider),
    db
      .prepare(
        `SELECT e.number AS number, e.at AS at, e.done_on AS doneOn, e.kind AS kind, e.actor AS actor, p.name AS name, p.email AS email,
                e.before AS before, e.text AS text
           FROM order_entry AS e LEFT JOIN person AS p ON p.id = e.actor
          WHERE e.reference = ?1 ORDER BY e.number`,
      )
      .bind(reference),
    db
      .prepare(
        `SELECT id, kind, recipient AS "to", subject, state, attempts, written_at AS writtenAt, sent_at AS sentAt, trouble,
                replaced_by AS replacedBy
           FROM letter WHERE about = ?1 AND provider = ?2`,
      )
      .bind(reference, provider),
  ])
  const row = ((orders?.results ?? []) as Record<'request' | 'quote' | 'document', string>[])[0]
  if (!row) return undefined
  const { request, quote, document, ...facts } = row
  return {
    order: {
      ...(facts as unknown as Omit<KeptOrder, 'request' | 'quote' | 'document'>),
      request: JSON.parse(request),
      quote: JSON.parse(quote),
      document: JSON.parse(document),
    },
    entries: (entries?.results ?? []) as unknown as OrderEntry[],
    letters: (letters?.results ?? []) as unknown as OrderLetter[],
  }
}

/** Who does something with an order, and when. */
export interface Doing {
  provider: string
  reference: string
  actor: string
  /** The instant, and the calendar's day. */
  at: string
  on: string
  /** The Idempotency-Key that it was asked with, if it was, with the SHA-256 of the request and the answer to give again. */
  key?: { key: string; asked: string; receipt: string } | undefined
}

/** Whether it was done; if not, whether its key was used already or the order is in another state by now. */
export type Done = 'done' | 'key-taken' | 'other-state'

/** Answers an order that is in the state in which it was seen: the answer, the letters and the record of it are kept together or not at all. */
export function keepAnswer(
  db: D1Database,
  doing: Doing,
  { answer, seen, reason }: { answer: 'accepted' | 'declined'; seen: OrderStatus; reason: string },
  letters: readonly LetterToKeep[],
): Promise<Done> {
  const { provider, reference, actor, at } = doing
  return kept(db, doing, [
    // First of all, since a trigger stops it where the order is not as it was seen.
    insertEntry(db, doing, { kind: answer, before: seen, text: reason }),
    db
      .prepare('UPDATE "order" SET status = ?3 WHERE reference = ?1 AND provider = ?2')
      .bind(reference, provider, answer),
    insertLetters(db, letters),
    recordEntry(db, { provider, actor, action: `order-${answer}`, subject: reference, detail: { before: seen } }, at),
  ])
}

/** Keeps a note. */
export function keepNote(db: D1Database, doing: Doing, text: string): Promise<Done> {
  const { provider, reference, actor, at } = doing
  return kept(db, doing, [
    insertEntry(db, doing, { kind: 'note', text }),
    recordEntry(db, { provider, actor, action: 'order-note-written', subject: reference }, at),
  ])
}

/** Keeps a letter that is sent in an earlier one's place. */
export function keepLetterAgain(
  db: D1Database,
  doing: Doing,
  earlier: Pick<OrderLetter, 'id' | 'kind' | 'state'>,
  letter: LetterToKeep,
): Promise<Done> {
  const { provider, reference, actor, at } = doing
  return kept(db, doing, [
    insertEntry(db, doing, { kind: 'letter-sent-again', text: earlier.kind }),
    db
      .prepare('UPDATE letter SET replaced_by = ?3 WHERE about = ?1 AND id = ?2')
      .bind(reference, earlier.id, letter.id),
    insertLetters(db, [letter]),
    recordEntry(
      db,
      {
        provider,
        actor,
        action: 'letter-sent-again',
        subject: reference,
        detail: { letter: earlier.kind, before: earlier.state },
      },
      at,
    ),
  ])
}

function insertEntry(
  db: D1Database,
  { reference, actor, at, on }: Doing,
  { kind, before = null, text }: { kind: OrderEntry['kind']; before?: OrderStatus | null; text: string },
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO order_entry (reference, number, at, kind, actor, done_on, before, text)
       VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM order_entry WHERE reference = ?1), ?2, ?3, ?4, ?5, ?6, ?7)`,
    )
    .bind(reference, at, kind, actor, on, before, text)
}

async function kept(db: D1Database, { provider, at, key }: Doing, statements: D1PreparedStatement[]): Promise<Done> {
  const keyed = key
    ? [
        db
          .prepare('INSERT INTO answer_key (provider, key, asked, receipt, kept_at) VALUES (?1, ?2, ?3, ?4, ?5)')
          .bind(provider, key.key, key.asked, key.receipt, at),
      ]
    : []
  try {
    await db.batch([...keyed, ...statements])
    return 'done'
  } catch (error) {
    const said = error instanceof Error ? error.message : ''
    if (/UNIQUE constraint failed: answer_key/i.test(said)) return 'key-taken'
    if (/is in another state/.test(said)) return 'other-state'
    throw error
  }
}

/** What an Idempotency-Key was used for at a provider, if it was: the SHA-256 of the request, and the answer to give again. */
export async function keptReceipt(
  db: D1Database,
  provider: string,
  key: string,
): Promise<{ asked: string; receipt: string } | undefined> {
  const row = await db
    .prepare('SELECT asked, receipt FROM answer_key WHERE provider = ?1 AND key = ?2')
    .bind(provider, key)
    .first<{ asked: string; receipt: string }>()
  return row ?? undefined
}
