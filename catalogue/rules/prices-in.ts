import type { Catalogue } from '../schema/catalogue.ts'
import type { Offer, OfferOption } from '../schema/offer.ts'
import type { Price } from '../schema/price.ts'

/** A price as it stands in a catalogue: a choice, or one of the prices inside a choice. */
export interface PricePlace {
  pointer: string
  price: Price
  offer: Offer
  option?: OfferOption | undefined
}

/** Every price of a catalogue, those inside choices too, with the JSON pointer to each. */
export function pricesIn({ offers }: Catalogue): PricePlace[] {
  return offers.flatMap((offer, index) => [
    ...(offer.price ? within(offer.price, `/offers/${index}/price`, offer) : []),
    ...(offer.options ?? []).flatMap((option, place) =>
      within(option.price, `/offers/${index}/options/${place}/price`, offer, option),
    ),
  ])
}

function within(price: Price, pointer: string, offer: Offer, option?: OfferOption): PricePlace[] {
  const inside = (inner: Price, at: string) => within(inner, `${pointer}/${at}`, offer, option)
  return [{ pointer, price, offer, option }, ...innerOf(price).flatMap(([inner, at]) => inside(inner, at))]
}

function innerOf(price: Price): [Price, string][] {
  switch (price.form) {
    case 'by-date':
      return [
        [price.first, 'first'],
        ...price.later.map((step, index): [Price, string] => [step.price, `later/${index}/price`]),
      ]
    case 'by-holding':
      return [
        [price.holder, 'holder'],
        [price.other, 'other'],
      ]
    case 'by-area':
      return [
        [price.inside, 'inside'],
        [price.outside, 'outside'],
      ]
    case 'by-class':
      return [
        ...price.classes.map((choice, index): [Price, string] => [choice.price, `classes/${index}/price`]),
        [price.other, 'other'],
      ]
    case 'joining':
      return [[price.price, 'price']]
    default:
      return []
  }
}
