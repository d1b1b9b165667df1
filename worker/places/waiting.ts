import type { WaitingOrderRequest, WaitingReply } from '../../catalogue/wire/case.ts'
import { pathwaysIn } from '../cases/board.ts'
import { cardsFrom } from '../cases/cards.ts'
import { changeCase, type Doer } from '../cases/doing.ts'
import { type CardRow, casesAmong, rowsOf } from '../cases/lists.store.ts'
import type { Reader } from '../cases/reading.ts'
import type { Published } from '../catalogues/shelf.ts'
import { Failure, invalid } from '../failures.ts'
import { moveInList, waitingOf } from './waiting.store.ts'

/** Who waits for a place, by pathway and in order. Pathways whose cases never wait are left out. */
export async function waitingFor(
  { env, provider, as, today }: Reader,
  published: readonly Published[],
  pathway: string,
): Promise<WaitingReply> {
  const rows = await waitingOf(env.DB, provider, pathway)
  const ids = rows.map(({ referral }) => referral)
  const found = ids.length > 0 ? rowsOf<CardRow>((await env.DB.batch([casesAmong(env.DB, provider, ids)]))[0]) : []
  const cards = await cardsFrom(env, provider, found, as, today)
  const known = pathwaysIn(published)
    .filter(({ stages }) => stages.some(({ waits }) => waits))
    .map(({ id, name }) => ({ id, name }))
  const lost = [...new Set(rows.map((row) => row.pathway))].filter((id) => !known.some((one) => one.id === id))
  return {
    pathways: [...known, ...lost.map((id) => ({ id, name: id }))]
      .filter(({ id }) => pathway === '' || id === pathway)
      .map(({ id, name }) => ({
        id,
        name,
        cases: rows
          .filter((row) => row.pathway === id)
          .flatMap(({ reference, since }, index) => {
            const card = cards.find((one) => one.reference === reference)
            return card ? [{ ...card, position: index + 1, waitingSince: since }] : []
          }),
      })),
  }
}

/**
 * Moves a case on the waiting list, with a reason that is sealed in its history. Throws `conflict` with the order where it is another than
 * was seen, and `invalid` at `/case` or `/before` for who does not wait.
 */
export async function moveOnWaitingList(
  doer: Doer,
  body: WaitingOrderRequest,
): Promise<{ pathway: string; order: string[] }> {
  const { env, provider } = doer
  const { pathway, reason } = body
  const reference = body.case.toUpperCase()
  const before = body.before?.toUpperCase() ?? null
  await changeCase(doer, reference, ['waiting-order', body], undefined, async (change, { opened }) => {
    const rows = await waitingOf(env.DB, provider, pathway)
    const order = rows.map((row) => row.reference)
    const anchor = rows.find((row) => row.reference === before)
    if (!order.includes(reference)) throw invalid([{ pointer: '/case', code: 'choose' }])
    if (before !== null && (!anchor || before === reference)) throw invalid([{ pointer: '/before', code: 'choose' }])
    if (order.join(' ') !== body.order.map((one) => one.toUpperCase()).join(' '))
      throw new Failure('conflict', { more: { order } })
    const others = order.filter((one) => one !== reference)
    const to = before === null ? others.length : others.indexOf(before)
    change.event('waiting-list', '', {
      said: { text: reason },
      detail: { from: order.indexOf(reference) + 1, to: to + 1 },
    })
    change.entry('case-recorded', { event: 'waiting-list' })
    change.also((db) => moveInList(db, provider, pathway, opened.referral.id, anchor?.referral ?? null))
  })
  return { pathway, order: (await waitingOf(env.DB, provider, pathway)).map((row) => row.reference) }
}
