import { get, path } from '../../api.ts'
import { addressWith } from '../../navigation.ts'
import type { OrderEffect, OrderEffects } from '../replies.ts'

/** What a draft makes of the last year's orders, as far as they have been read. */
export interface OrdersEffect {
  count: number
  /** The sums of those that are still possible. */
  beforePence: number
  afterPence: number
  /** How many would cost more, less, and the same. */
  more: number
  less: number
  same: number
  /** Those that would change most. */
  largest: OrderEffect[]
  /** How many are no longer possible, and the first of them. */
  refused: number
  firstRefused: OrderEffect[]
  isDone: boolean
  from: string
  to: string
}

/** So many orders are named; the rest are counted. */
const NAMED = 10

export const nothingRead: OrdersEffect = {
  count: 0,
  beforePence: 0,
  afterPence: 0,
  more: 0,
  less: 0,
  same: 0,
  largest: [],
  refused: 0,
  firstRefused: [],
  isDone: false,
  from: '',
  to: '',
}

/** One page more in the sums. */
export function withPage(sums: OrdersEffect, { orders, next, from, to }: OrderEffects): OrdersEffect {
  const possible = orders.filter(({ afterPence }) => afterPence !== null)
  const changeOf = ({ beforePence, afterPence }: OrderEffect): number => (afterPence ?? beforePence) - beforePence
  const refused = orders.filter(({ afterPence }) => afterPence === null)
  const add = (of: (order: OrderEffect) => number): number => possible.reduce((sum, order) => sum + of(order), 0)
  return {
    count: sums.count + orders.length,
    beforePence: sums.beforePence + add(({ beforePence }) => beforePence),
    afterPence: sums.afterPence + add(({ afterPence }) => afterPence ?? 0),
    more: sums.more + possible.filter((order) => changeOf(order) > 0).length,
    less: sums.less + possible.filter((order) => changeOf(order) < 0).length,
    same: sums.same + possible.filter((order) => changeOf(order) === 0).length,
    largest: [...sums.largest, ...possible.filter((order) => changeOf(order) !== 0)]
      .sort((one, other) => Math.abs(changeOf(other)) - Math.abs(changeOf(one)))
      .slice(0, NAMED),
    refused: sums.refused + refused.length,
    firstRefused: [...sums.firstRefused, ...refused].slice(0, NAMED),
    isDone: next === null,
    from,
    to,
  }
}

/** Reads all of the last year's orders, page after page, and says each time how far it is. */
export async function readOrders(
  provider: string,
  draft: string,
  say: (sums: OrdersEffect) => void,
  isWanted: () => boolean,
): Promise<void> {
  let sums = nothingRead
  let after: string | null = ''
  while (after !== null && isWanted()) {
    const page: OrderEffects = await get<OrderEffects>(
      addressWith(path`/providers/${provider}/drafts/${draft}/effect`, { after }),
    )
    if (!isWanted()) return
    sums = withPage(sums, page)
    say(sums)
    after = page.next
  }
}
