import { orderDecision } from '../../catalogue/rules/order.ts'
import type { OrderReceipt, OrderRequestBody } from '../../catalogue/wire/order.ts'
import { chosenOf, type Published } from '../catalogues/shelf.ts'
import { Failure, failureOf, invalid } from '../failures.ts'
import { lettersOfOrder } from '../letters/order-letters.ts'
import { versioned } from '../quotes/quote.ts'
import { newReference } from './reference.ts'
import { keepOrder, keptAnswer } from './store.ts'

/** What an order is placed with. */
export interface Placing {
  provider: string
  key: string
  request: OrderRequestBody
  /** The calendar's day, which prices and opening days go by. */
  today: string
  /** The real clock, in milliseconds. */
  now: number
}

/** How long the database may take before the school is told to try again with the same key, in milliseconds. */
const PATIENCE = 15_000

/**
 * Places an order from a provider's published catalogues, or gives again the answer that its key was given before.
 * Throws the failure that says why not. A refusal looks the key up first: a retry after a lost reply must not be told of a price that changed meanwhile.
 */
export async function placeOrder(
  db: D1Database,
  published: readonly Published[],
  { provider, key, request, today, now }: Placing,
): Promise<OrderReceipt> {
  // The schema has put the fields in order and left out what no route knows, so the same order is the same text.
  const asked = JSON.stringify(request)
  const answerOr = async (refusal: Failure): Promise<OrderReceipt> => {
    const answer = await within(PATIENCE, keptAnswer(db, provider, key))
    if (answer?.asked === asked) return answer.receipt
    throw answer && refusal.type === 'price-changed' ? new Failure('key-reused') : refusal
  }

  const chosen = chosenOf(published, { catalogue: request.catalogue, on: today })
  if (!chosen) return answerOr(invalid([{ pointer: '/catalogue', code: 'choose' }]))
  const { document, version } = chosen
  const decision = orderDecision(document, request, today)
  if (decision.verdict === 'refused') {
    const closed = decision.faults.some(({ code }) => code === 'not-open')
    return answerOr(invalid(decision.faults, closed ? document.opensOn : undefined))
  }
  const { quote } = decision
  if (decision.verdict === 'price-changed')
    return answerOr(
      new Failure('price-changed', {
        errors: [{ pointer: '/expectedPence', code: 'price-changed' }],
        quote: versioned(quote, version),
      }),
    )

  const placedAt = new Date(now).toISOString()
  // A reference that is taken already is drawn again; three in a row do not happen by chance.
  for (let draw = 0; draw < 3; draw += 1) {
    const receipt: OrderReceipt = {
      reference: newReference(provider),
      status: 'placed',
      totalPence: quote.totalPence,
      conditionalPence: quote.conditionalPence,
      catalogue: document.catalogue,
      version,
      placedOn: today,
    }
    const order = { provider, key, placedAt, receipt, request, asked, quote }
    const keeping = await within(
      PATIENCE,
      keepOrder(db, order, lettersOfOrder(document, { ...order, writtenAt: placedAt })),
    )
    if (keeping === 'kept') return receipt
    if (keeping === 'key-taken') return answerOr(new Failure('key-reused'))
  }
  throw new Failure('failed')
}

/** The work's answer, or `unavailable` where it takes too long. It may yet be done: the same key tells. */
async function within<Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | null = null
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Failure('unavailable', { retryAfter: 5 })), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    throw failureOf(error).type === 'unavailable' ? new Failure('unavailable', { retryAfter: 5 }) : error
  } finally {
    clearTimeout(timer)
  }
}
