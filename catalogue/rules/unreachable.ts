import type { Catalogue } from '../schema/catalogue.ts'
import type { Offer } from '../schema/offer.ts'
import { pricesIn } from './prices-in.ts'

/**
 * Why nobody can have an offer: its districts are written so that no buyer's ever match; what it requires is for other
 * districts, or itself out of reach; or it is paid in tokens or sessions that no offer brings. `about` is the offer, or
 * what is counted, that it is for.
 */
export interface Unreachable {
  pointer: string
  why: 'districts-never-match' | 'requires-other-districts' | 'requires-unreachable' | 'nothing-grants'
  offer: string
  about?: string
}

/** Districts that can have an offer; undefined for any. */
type Districts = ReadonlySet<string> | undefined

/** The offers of a catalogue that nobody could ever have. What the consistency of a catalogue finds is left to it. */
export function unreachableIn(catalogue: Catalogue): Unreachable[] {
  const { offers } = catalogue
  const offerOf = new Map(offers.map((offer) => [offer.id, offer]))
  const found = new Map<string, Unreachable>()
  const known = new Map<string, Districts>()

  const districtsOf = (offer: Offer, at: string, above: readonly string[]): Districts => {
    if (known.has(offer.id)) return known.get(offer.id)
    // A buyer's district loses its leading noughts, so one that is written with them never matches.
    let left: Districts = offer.districts && new Set(offer.districts.filter((district) => !/^0./.test(district)))
    const note = (pointer: string, why: Unreachable['why'], about?: string) => {
      if (!found.has(offer.id)) found.set(offer.id, { pointer, why, offer: offer.id, ...(about && { about }) })
    }
    if (left?.size === 0) note(`${at}/districts`, 'districts-never-match')
    offer.requires?.forEach((requirement, index) => {
      const bases = [requirement.offer, ...(requirement.or ?? [])].map((id) => offerOf.get(id))
      // An unknown base, or one that leads back here, is a mistake and said as such.
      if (bases.some((base) => !base || base.id === offer.id || above.includes(base.id))) return
      const theirs = bases.map((base) => {
        if (!base) return undefined
        return districtsOf(base, `/offers/${offers.indexOf(base)}`, [...above, offer.id])
      })
      const both = shared(left, united(theirs))
      if (both?.size === 0 && left?.size !== 0) {
        const isOut = theirs.every((districts) => districts?.size === 0)
        note(`${at}/requires/${index}`, isOut ? 'requires-unreachable' : 'requires-other-districts', requirement.offer)
      }
      left = both
    })
    known.set(offer.id, left)
    return left
  }

  offers.forEach((offer, index) => {
    districtsOf(offer, `/offers/${index}`, [])
  })
  const granted = new Set(offers.map(({ grants }) => grants?.of))
  return [
    ...offers.flatMap(({ id }) => found.get(id) ?? []),
    ...pricesIn(catalogue).flatMap(({ pointer, price, offer }): Unreachable[] =>
      price.form === 'counted' && !granted.has(price.of)
        ? [{ pointer, why: 'nothing-grants', offer: offer.id, about: price.of }]
        : [],
    ),
  ]
}

function shared(one: Districts, other: Districts): Districts {
  if (!one || !other) return one ?? other
  return new Set([...one].filter((district) => other.has(district)))
}

function united(all: readonly Districts[]): Districts {
  if (all.some((districts) => districts === undefined)) return undefined
  return new Set(all.flatMap((districts) => [...(districts ?? [])]))
}
