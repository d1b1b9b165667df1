import { ok } from 'node:assert/strict'
import type { Item, Line, Quote, RuleFault, School } from '../../catalogue/rules/quote.ts'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import { type Catalogue, catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Offer } from '../../catalogue/schema/offer.ts'
import type { Price } from '../../catalogue/schema/price.ts'

/** A catalogue that says as little as one can, with parts put in its place. The schema has accepted it. */
export function catalogueOf(parts: Partial<Catalogue>): Catalogue {
  return catalogue.parse({
    format: 1,
    provider: { id: 'example', name: 'Example', kind: 'consortium', service: 'Example', about: 'Example.' },
    catalogue: '2024-25',
    title: 'Example',
    intro: 'Example.',
    year: { from: '2024-04-01', to: '2025-03-31' },
    opensOn: '2024-03-01',
    area: { districts: [], outside: 'refused' },
    contacts: [],
    letters: { orders: [] },
    payment: [{ method: 'invoice', name: 'Invoice' }],
    ordering: { declaration: 'Yes.', afterwards: ['You hear from us.'] },
    aims: [],
    notProvided: [],
    discounts: [],
    surcharges: [],
    offers: [],
    ...parts,
  })
}

/** An offer with a price, and parts put in its place. */
export function offerOf(id: string, price: Price | undefined, parts: Partial<Offer> = {}): Offer {
  return { id, kind: 'service', name: id, summary: 'Example.', gives: [], ...(price && { price }), ...parts }
}

export const fixed = (pence: number): Price => ({ form: 'fixed', pence })

/** Who buys what, and when. */
export interface Purchase {
  on?: string
  holds?: string[]
  schools?: School[]
  class?: 'maintained' | 'academy' | 'independent' | 'charity'
  groups?: string[]
}

/** Items from `silver`, `silver × 3`, `training.twilight`. */
function itemsOf(basket: string): Item[] {
  return basket.split(', ').map((text) => {
    const [name = '', quantity = '1'] = text.split(' × ')
    const [offer = '', option] = name.split('.')
    return { offer, ...(option && { option }), quantity: Number(quantity) }
  })
}

function resultOf(document: Catalogue, basket: string | Item[], { on, holds, schools, ...buyer }: Purchase) {
  const items = typeof basket === 'string' ? itemsOf(basket) : basket
  return quoteOf(document, {
    on: on ?? document.year.from,
    buyer: { holds: holds ?? [], schools: schools ?? [], ...buyer },
    items,
  })
}

/** The quote of a basket written as `silver, hours × 3, training.twilight`. */
export function quoted(document: Catalogue, basket: string | Item[], purchase: Purchase = {}): Quote {
  const result = resultOf(document, basket, purchase)
  ok(result.ok, JSON.stringify(result))
  return result.quote
}

/** What is wrong with a basket. */
export function faultsOf(document: Catalogue, basket: string | Item[], purchase: Purchase = {}): RuleFault[] {
  const result = resultOf(document, basket, purchase)
  ok(!result.ok, JSON.stringify(result))
  return result.faults
}

/** The only line of an offer with this price. */
export function lineAt(price: Price, quantity = 1, purchase: Purchase = {}, parts: Partial<Catalogue> = {}): Line {
  const document = catalogueOf({ ...parts, offers: [offerOf('thing', price), ...(parts.offers ?? [])] })
  const line = quoted(document, `thing × ${quantity}`, purchase).lines.find(({ offer }) => offer === 'thing')
  ok(line)
  return line
}

/** A school with so many pupils on roll. */
export function school(pupils?: number, parts: Partial<School> = {}): School {
  return { name: 'Example Primary School', ...(pupils === undefined ? {} : { pupils }), ...parts }
}
