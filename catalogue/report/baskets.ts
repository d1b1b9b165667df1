import type { BuyerKind, EffectCode, OrdinaryBasket } from '../rules/ordinary-baskets.ts'
import type { Catalogue } from '../schema/catalogue.ts'
import { named } from './names.ts'

const BUYERS: Record<BuyerKind, string> = {
  primary: 'A primary school',
  secondary: 'A large secondary school',
  special: 'A special school',
  'cluster-3': 'A cluster of 3 schools',
  'cluster-12': 'A cluster of 12 schools',
}

/** What an ordinary basket is, such as “A primary school buys Silver package and Training (Twilight, 2 hours), with Universal support offer”. */
export function basketSaid(basket: OrdinaryBasket, catalogue: Catalogue): string {
  const { kind, items, adds, buyer, when, outside, group } = basket
  const things = items.map(({ offer: id, option: chosen, quantity }) => {
    const option = catalogue.offers.find((offer) => offer.id === id)?.options?.find((one) => one.id === chosen)
    return `${named(id, catalogue)}${option ? ` (${option.name})` : ''}${quantity > 1 ? ` × ${quantity}` : ''}`
  })
  const last = things.pop() ?? ''
  const all = things.length > 0 ? `${things.join(', ')} and ${last}` : last
  const holds = buyer.holds.map((id) => named(id, catalogue)).join(' and ')
  const who = [
    BUYERS[kind],
    ...(outside ? ['outside the area'] : []),
    ...(group === undefined ? [] : [`in ${named(group, catalogue, 'groups')}`]),
    ...(holds ? [`that holds ${holds}`] : []),
  ].join(' ')
  const isAsked = items.every(({ offer: id }) => catalogue.offers.find((one) => one.id === id)?.askedBy === 'referral')
  const day = when === 'early' ? ' on the first day of orders' : when === 'late' ? ' on the last day of the year' : ''
  const more = adds.length > 0 ? `, with ${adds.map((id) => named(id, catalogue)).join(' and ')}` : ''
  return `${who} ${isAsked ? 'is given' : 'buys'} ${all}${more}${day}`
}

const WHY: Record<EffectCode, string> = {
  required: 'something would have to be told of the school',
  'unknown-offer': 'an offer is not there',
  'unknown-option': 'an option is not there',
  'unknown-topic': 'a topic is not there',
  'unknown-group': 'a group is not there',
  'quantity-least': 'more would have to be bought',
  'quantity-most': 'so many cannot be bought',
  'attending-least': 'more would have to take part',
  'attending-most': 'so many cannot take part',
  'too-small': 'a number is too small',
  'too-large': 'the total is too large',
  'too-many-schools': 'there are too many schools',
  'out-of-area': 'the school is outside the area',
  'not-in-district': 'the school’s district cannot have it',
  'phase-not-priced': 'there is no price for the school’s phase',
  'outside-catalogue': 'no orders are taken on that day',
  'on-request': 'a price is on request',
  'must-hold': 'something else must be held first',
}

/** Why a basket cannot be bought, as it follows “cannot be bought:”. */
export function whySaid(codes: readonly EffectCode[]): string {
  return codes.map((code) => WHY[code]).join('; ')
}
