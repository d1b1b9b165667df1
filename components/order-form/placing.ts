import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { OrderReceipt } from '../../catalogue/wire/order.ts'
import { ask, ProblemError } from '../kit/api.ts'
import { bodyOf, firstOf, wrongOf } from './faults-of-order.ts'
import { moved } from './moved.ts'
import type { Order } from './steps.ts'

/** Where an order goes. */
export interface Place {
  api: string
  provider: string
  /** A development day. */
  today: string | null
}

/** An intention to order: its key, the bodies of which nobody knows whether they arrived, and the one refused for certain. */
export interface Intention {
  key: string
  unsure: Set<string>
  refused?: string
}

/** What became of an order. `first`: it is an earlier try's that got no answer, and not what was changed since. */
export type Outcome =
  | { kind: 'placed'; receipt: OrderReceipt; first?: boolean }
  | { kind: 'price-changed'; quote: Quote; was: number }
  | { kind: 'wrong'; faults: Fault[] }
  | { kind: 'away' }
  | { kind: 'busy' }
  | { kind: 'refused'; instance: string }

/** The intention that a body is sent under: one of which a request may have arrived stays whatever changes, since it keeps an order from being placed twice. */
function intentionFor(body: string, before: Intention | undefined): Intention {
  const isOver = before?.refused !== undefined && before.refused !== body && !before.unsure.size
  return before && !isOver ? before : { key: newKey(), unsure: new Set() }
}

/** A key that nobody else draws; `randomUUID` is missing on pages without https. */
function newKey(): string {
  return (
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')
  )
}

/** Sends an order at the price that was shown, once for one intention. */
async function place(
  order: Order,
  shown: number,
  { api, provider, today }: Place,
  before: Intention | undefined,
): Promise<[Outcome, Intention]> {
  const body = JSON.stringify(bodyOf(order, shown))
  const intention = intentionFor(body, before)
  const { key, unsure } = intention
  const send = (sent: string) =>
    ask<OrderReceipt>(`${api}/api/providers/${encodeURIComponent(provider)}/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key, ...(today && { 'X-Today': today }) },
      body: sent,
    })
  try {
    return [{ kind: 'placed', receipt: await send(body) }, intention]
  } catch (error) {
    if (error instanceof ProblemError && error.problem.type.endsWith('key-reused')) {
      // The key was used up by a try that got no answer: asking for that one again gives its receipt.
      for (const earlier of unsure) {
        const receipt = await send(earlier).catch((reason: unknown) => reason)
        if (receipt && !(receipt instanceof Error))
          return [{ kind: 'placed', receipt: receipt as OrderReceipt, first: true }, intention]
        if (!(receipt instanceof ProblemError)) return [{ kind: 'away' }, intention]
      }
    }
    if (!(error instanceof ProblemError)) {
      unsure.add(body)
      return [{ kind: 'away' }, intention]
    }
    const { type, errors, instance, quote } = error.problem
    const outcome: Outcome = quote
      ? { kind: 'price-changed', quote, was: shown }
      : type.endsWith('/invalid') && errors.length
        ? { kind: 'wrong', faults: errors }
        : type.endsWith('too-many-requests')
          ? { kind: 'busy' }
          : { kind: 'refused', instance }
    return [outcome, { ...intention, refused: body }]
  }
}

/** What an order needs from the first key on. */
export const placing = { moved, firstOf, wrongOf, place }
export type Placing = typeof placing
