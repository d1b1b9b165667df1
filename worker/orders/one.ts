import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { Failure } from '../failures.ts'
import { isOrderLetter } from '../letters/order-letters.ts'
import { orderWith } from './answer.store.ts'

/** An order with everything that the console shows of it. */
export async function orderInFull(db: D1Database, provider: string, reference: string) {
  const found = await orderWith(db, provider, reference)
  if (!found) throw new Failure('not-found')
  const { order, entries, letters } = found
  const { request, quote, document, ...facts } = order
  const { reference: about, status, placedOn, placedAt, catalogue, version, totalPence, conditionalPence } = facts
  return {
    order: {
      reference: about,
      status,
      placedOn,
      placedAt,
      schoolName: request.buyer.schools[0]?.name ?? '',
      schools: request.buyer.schools.length,
      totalPence,
      conditionalPence,
      catalogue,
      version,
      payment: request.payment.method,
    },
    request,
    quote,
    catalogue: namesIn(document),
    history: [
      { number: 0, at: placedAt, on: placedOn, kind: 'placed', actor: 'school', before: null, text: '' },
      ...entries.map(({ number, at, doneOn, kind, actor, name, email, before, text }) => ({
        number,
        at,
        on: doneOn,
        kind,
        actor: { id: actor, name: name ?? '', email: email ?? '' },
        before,
        text,
      })),
    ],
    letters: letters
      .sort((a, b) => (a.writtenAt < b.writtenAt ? -1 : a.writtenAt > b.writtenAt ? 1 : a.id < b.id ? -1 : 1))
      .map(({ kind, ...letter }) => ({
        ...letter,
        kind,
        canBeSentAgain: isOrderLetter(kind) && letter.state !== 'waiting' && letter.replacedBy === null,
      })),
  }
}

/** The names that an order's catalogue gives to what its quote and request mention by id. */
function namesIn({ catalogue, title, offers, groups = [], payment, area, ordering }: Catalogue) {
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name })
  return {
    id: catalogue,
    title,
    offers: offers.map(({ id, name, kind, options = [], topics = [] }) => ({
      id,
      name,
      kind,
      options: options.map(named),
      topics: topics.map(named),
    })),
    groups: groups.map(named),
    payment: payment.map(({ method, name }) => ({ method, name })),
    districts: area.districts.map(({ id, name = id }) => ({ id, name })),
    declaration: ordering.declaration,
  }
}
