import type { WaitingOrderRequest, WaitingReply } from '../../catalogue/wire/case.ts'
import { pathwaysIn } from '../cases/board.ts'
import { cardsFrom } from '../cases/cards.ts'
import { changeCase, type Doer } from '../cases/doing.ts'
import { type CardRow, casesAmong, rowsOf } from '../cases/lists.store.ts'
import { written } from '../cases/one.ts'
import type { Reader } from '../cases/reading.ts'
import type { Published } from '../catalogues/shelf.ts'
import { Failure, invalid } from '../failures.ts'
import { KeyError, keyringOf } from '../sealing/keyring.ts'
import { open, openReferralKey } from '../sealing/seal.ts'
import { type MovedRow, movedOnLists, moveInList, waitingOf } from './waiting.store.ts'

type Waiting = WaitingReply['pathways'][number]['cases'][number]

/** Of how many cases the list says why they stand where they do. */
const MOST_REASONS = 200

/** Who waits for a place, by pathway and in order, and how each was moved last; reading why is written down. Pathways whose cases never wait are left out. */
export async function waitingFor(
  reader: Reader,
  published: readonly Published[],
  pathway: string,
): Promise<WaitingReply> {
  const { env, provider, as, today } = reader
  const [rows, moved] = await Promise.all([
    waitingOf(env.DB, provider, pathway),
    movedOnLists(env.DB, provider, pathway, { today, most: MOST_REASONS }),
  ])
  const moves = new Map(await Promise.all(moved.map(async (row) => [row.reference, await moveOf(env, row)] as const)))
  await written(reader, [...moves.keys()])
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
            const place = { position: index + 1, waitingSince: since, moved: moves.get(reference) ?? null }
            return card ? [{ ...card, ...place }] : []
          }),
      })),
  }
}

async function moveOf(
  env: Reader['env'],
  { referral, number, on, by, from, to, revision, text, ...key }: MovedRow,
): Promise<Waiting['moved']> {
  const move = { on, by, from, to }
  if (text === null || revision === null) return { ...move, reason: null }
  try {
    const opened = await openReferralKey(keyringOf(env), referral, key)
    const said = JSON.parse(await open(opened, text, { referral, name: `event:${number}`, revision })) as {
      text?: string
    }
    return { ...move, reason: said.text ?? null }
  } catch (error) {
    // Of which the key is not held any more, the list still says that it was moved.
    if (error instanceof KeyError) return { ...move, reason: null }
    throw error
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
