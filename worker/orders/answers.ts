import type * as z from 'zod/mini'
import type { acceptRequest, declineRequest, letterAgainRequest, noteRequest } from '../../catalogue/wire/answer.ts'
import type { OrderStatus } from '../../catalogue/wire/order.ts'
import { Failure, invalid } from '../failures.ts'
import { isOrderLetter, lettersOfAnswer, letterTo, type Occasion, wordsOf } from '../letters/order-letters.ts'
import { hashOf } from '../people/secret.ts'
import {
  type Doing,
  type Done,
  type KeptOrder,
  keepAnswer,
  keepLetterAgain,
  keepNote,
  keptReceipt,
  type OrderEntry,
  orderWith,
} from './answer.store.ts'

/** Who answers, which order, when, and by which key. */
export interface Answering {
  provider: string
  reference: string
  actor: string
  /** The real clock, in milliseconds, and the calendar's day. */
  now: number
  today: string
  /** The Idempotency-Key, if the request has one. */
  key: string
}

/** What an answer, a note or a letter is replied to with. */
export interface AnswerReceipt {
  reference: string
  status: OrderStatus
}

/** How many letters one order may have: somebody who presses again and again is told to stop. */
const MOST_LETTERS = 100

/** Accepts an order; the contact hears of it, and who signs hears that there is something to sign. */
export async function accept(
  db: D1Database,
  answering: Answering,
  body: z.infer<typeof acceptRequest>,
): Promise<AnswerReceipt> {
  return answer(db, answering, 'accepted', body.seen, '')
}

/** Declines an order; the contact hears why. */
export async function decline(
  db: D1Database,
  answering: Answering,
  body: z.infer<typeof declineRequest>,
): Promise<AnswerReceipt> {
  return answer(db, answering, 'declined', body.seen, body.reason)
}

async function answer(
  db: D1Database,
  answering: Answering,
  answered: 'accepted' | 'declined',
  seen: OrderStatus,
  reason: string,
): Promise<AnswerReceipt> {
  const receipt = { reference: answering.reference, status: answered }
  return once(db, answering, ['answer', answered, seen, reason], receipt, async (doing, { order, entries }) => {
    if (order.status !== seen) throw conflict(order.status, entries)
    const told = { changed: seen !== 'placed', reason }
    const letters = lettersOfAnswer(answered, order.document, occasionOf(answering, order, doing.at), told)
    return keepAnswer(db, doing, { answer: answered, seen, reason }, letters)
  })
}

/** Writes a note beside an order, in whatever state it is. */
export async function note(
  db: D1Database,
  answering: Answering,
  { text }: z.infer<typeof noteRequest>,
): Promise<AnswerReceipt> {
  return once(db, answering, ['note', text], undefined, async (doing) => keepNote(db, doing, text))
}

/** Sends a letter about an order again: written anew from the order, to where it went before or to an address that is given. */
export async function sendAgain(
  db: D1Database,
  answering: Answering,
  letter: string,
  { to }: z.infer<typeof letterAgainRequest>,
): Promise<AnswerReceipt> {
  return once(db, answering, ['letter', letter, to ?? ''], undefined, async (doing, { order, entries, letters }) => {
    const earlier = letters.find(({ id }) => id === letter)
    if (!earlier || !isOrderLetter(earlier.kind)) throw new Failure('not-found')
    // One that waits goes out by itself, and one that has been replaced has its successor to send.
    if (earlier.state === 'waiting' || earlier.replacedBy !== null || letters.length >= MOST_LETTERS)
      throw new Failure('conflict', { more: { state: earlier.state, replacedBy: earlier.replacedBy } })
    const address = to ?? earlier.to
    if (address === '') throw invalid([{ pointer: '/to', code: 'required' }])
    const occasion = occasionOf(answering, order, doing.at)
    const words = wordsOf(earlier.kind, order.document, occasion, toldBefore(earlier.writtenAt, entries))
    return keepLetterAgain(db, doing, earlier, letterTo(occasion, earlier.kind, address, words))
  })
}

/** What the letter of an answer told: it was written at the instant of the answer. */
function toldBefore(writtenAt: string, entries: readonly OrderEntry[]): { changed: boolean; reason: string } {
  const told = entries.filter(({ at, kind }) => at <= writtenAt && (kind === 'accepted' || kind === 'declined')).at(-1)
  return { changed: told !== undefined && told.before !== 'placed', reason: told?.text ?? '' }
}

type Found = NonNullable<Awaited<ReturnType<typeof orderWith>>>

/** Does something with an order once for each key. Without a key it is done each time, as far as the order's state lets it. */
async function once(
  db: D1Database,
  { provider, reference, actor, now, today, key }: Answering,
  request: readonly string[],
  receipt: AnswerReceipt | undefined,
  work: (doing: Doing, found: Found) => Promise<Done>,
): Promise<AnswerReceipt> {
  const asked = await hashOf(JSON.stringify([reference, actor, ...request]))
  const found = await orderWith(db, provider, reference)
  if (!found) throw new Failure('not-found')
  const answered: AnswerReceipt = receipt ?? { reference, status: found.order.status }
  const kept = { key, asked, receipt: JSON.stringify(answered) }
  const doing = {
    provider,
    reference,
    actor,
    at: new Date(now).toISOString(),
    on: today,
    key: key === '' ? undefined : kept,
  }
  const again = async (): Promise<AnswerReceipt | undefined> => {
    const earlier = key === '' ? undefined : await keptReceipt(db, provider, key)
    if (earlier && earlier.asked !== asked) throw new Failure('key-reused')
    return earlier && JSON.parse(earlier.receipt)
  }
  let done: Done
  try {
    done = await work(doing, found)
  } catch (error) {
    // Done already under this key, it is no conflict.
    const earlier = error instanceof Failure && error.type === 'conflict' ? await again() : undefined
    if (earlier) return earlier
    throw error
  }
  if (done === 'done') return answered
  const earlier = await again()
  if (earlier) return earlier
  const present = await orderWith(db, provider, reference)
  throw conflict(present?.order.status ?? found.order.status, present?.entries ?? [])
}

/** Says how an order stands by now, and who answered it. */
function conflict(status: OrderStatus, entries: readonly OrderEntry[]): Failure {
  const last = entries.filter(({ kind }) => kind === status).at(-1)
  return new Failure('conflict', {
    more: {
      status,
      answered: last && { by: { id: last.actor, name: last.name ?? '', email: last.email ?? '' }, at: last.at },
    },
  })
}

function occasionOf({ provider }: Answering, order: KeptOrder, writtenAt: string): Occasion {
  const { reference, placedOn, catalogue, version, totalPence, conditionalPence, request, quote } = order
  const receipt = { reference, status: order.status, totalPence, conditionalPence, catalogue, version, placedOn }
  return { provider, writtenAt, receipt, request, quote }
}
