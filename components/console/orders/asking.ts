import { path } from '../api.ts'
import { addressWith } from '../navigation.ts'
import type { Place } from '../router.ts'

/** What the inbox is filtered by, as its address says it. */
export interface OrderFilters {
  /** A state, or `all`. Those to answer come first. */
  state: string
  /** A school's words, a reference or a number, as typed. */
  find: string
  catalogue: string
  after: string
  before: string
}

/** The filters in an address. */
export function filtersIn({ query }: Place): OrderFilters {
  const of = (name: string): string => query.get(name) ?? ''
  return {
    state: of('state') || 'placed',
    find: of('find'),
    catalogue: of('catalogue'),
    after: of('after'),
    before: of('before'),
  }
}

/** What the API is asked for. What looks like a reference is looked for as one; so is a number; all else is words. */
export function askedOrders(place: Place): string {
  const { state, find, catalogue, after, before } = filtersIn(place)
  const isReference = /^[a-z0-9]{2,6}-[a-z0-9]{1,4}(-[a-z0-9]{0,4})?$/i.test(find) && /\d/.test(find)
  const isNumber = /^[\d][\d /.-]*$/.test(find)
  return addressWith(path`/providers/${place.params.provider ?? ''}/orders`, {
    state: state === 'all' ? '' : state,
    catalogue,
    [isReference ? 'reference' : isNumber ? 'number' : 'words']: find,
    after,
    before,
  })
}
