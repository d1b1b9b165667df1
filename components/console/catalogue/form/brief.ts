import { counted, longDay, pounds } from '../../../../catalogue/report/figures.ts'
import { isObject, type Json } from '../document/places.ts'
import { minutesShown } from './figures.ts'
import { partFor } from './schema.ts'
import { choicesOf, nameOf } from './words.ts'

/** A price in a few words, as a list of offers shows it: `£100 an hour`, `£500, from 1 April 2019 £750`. */
export function priceBrief(price: Json | undefined): string {
  if (!isObject(price)) return 'No price yet'
  const money = (pence: Json | undefined): string => (typeof pence === 'number' ? pounds(pence) : '…')
  const [first] = [price.bands, price.tiers].flatMap((list) => (Array.isArray(list) ? list : []))
  switch (price.form) {
    case 'free':
      return 'Free'
    case 'on-request':
      return 'On request'
    case 'fixed':
      return money(price.pence)
    case 'per-unit':
      return `${money(price.pence)} ${eachOf(price.unit)}`
    case 'per-pupil':
      return `${money(price.pence)} a pupil`
    case 'bands':
    case 'tiers':
      return `From ${money(isObject(first) ? first.pence : undefined)}`
    case 'up-to':
      return `${money(price.pence)} up to ${typeof price.covers === 'number' ? price.covers : '…'}`
    case 'counted':
      return typeof price.count === 'number' && typeof price.of === 'string' ? counted(price.count, price.of) : '…'
    case 'by-date': {
      const later = (Array.isArray(price.later) ? price.later : []).map((step) =>
        isObject(step) ? `from ${longDay(String(step.from ?? ''))} ${priceBrief(step.price)}` : '',
      )
      return [priceBrief(price.first), ...later].join(', ')
    }
    case 'by-holding':
      return `${priceBrief(price.holder)} for subscribers, else ${priceBrief(price.other)}`
    case 'by-area':
      return `${priceBrief(price.inside)} in your districts, else ${priceBrief(price.outside)}`
    case 'by-class':
      return `${priceBrief(price.other)}, or by kind of buyer`
    case 'joining':
      return priceBrief(price.price)
    default: {
      const part = partFor('/offers/0/price', null)
      return typeof price.form === 'string' && part ? nameOf(choicesOf(part)[price.form], price.form) : 'No price yet'
    }
  }
}

function eachOf(unit: Json | undefined): string {
  if (typeof unit !== 'string') return 'each'
  const word = unit.replace('-', ' ')
  return unit === 'hour' ? 'an hour' : `a ${word}`
}

/** What an offer costs, in a few words; its options' prices where these have one each. */
export function offerBrief(offer: Json | undefined): string {
  if (!isObject(offer)) return ''
  if (!Array.isArray(offer.options)) return priceBrief(offer.price)
  const pence = offer.options.flatMap((option) =>
    isObject(option) && isObject(option.price) && typeof option.price.pence === 'number' ? [option.price.pence] : [],
  )
  const sizes = counted(offer.options.length, 'length or size', 'lengths or sizes')
  if (pence.length === 0) return sizes
  const [least, most] = [Math.min(...pence), Math.max(...pence)]
  return `${least === most ? pounds(least) : `${pounds(least)} to ${pounds(most)}`}, ${sizes}`
}

/** The hours that an offer brings, in a few words. */
export function hoursBrief(offer: Json | undefined): string {
  const support = isObject(offer) ? offer.support : undefined
  if (!isObject(support) || typeof support.leastMinutes !== 'number' || typeof support.mostMinutes !== 'number')
    return ''
  const [least, most] = [minutesShown(support.leastMinutes), minutesShown(support.mostMinutes)]
  return least === most ? `${least} h` : `${least} to ${most} h`
}
