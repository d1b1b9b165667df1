import { ok } from 'node:assert/strict'
import type { Item, Line, Quote, RuleFault, School } from '../../catalogue/rules/quote.ts'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import { type Catalogue, catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Offer } from '../../catalogue/schema/offer.ts'
import type { Pathway, Question } from '../../catalogue/schema/pathway.ts'
import type { Price } from '../../catalogue/schema/price.ts'
import type { Privacy } from '../../catalogue/schema/privacy.ts'

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

/** What families are told about their data, in as few words as can be. */
export const privacy: Privacy = {
  controller: 'Example Council',
  notice: [{ heading: 'Why', text: ['To help.'] }],
  complaints: { steps: ['Write to us.'] },
}

/** A question with an id, whose label and reason are the id again. */
export function questionOf(id: string, parts: Partial<Question> = {}): Question {
  return { id, as: 'line', label: id, why: id, seenBy: [], ...parts }
}

/** A pathway for an offer that asks as little as one can and ends at its first stage. */
export function pathwayOf(parts: Partial<Pathway> = {}): Pathway {
  const told = { name: 'Share', text: 'We may share it.', sees: 'The service.', keptFor: 'A year.' }
  return {
    id: 'placement',
    name: 'Placement',
    summary: 'Example.',
    offers: ['placement'],
    eligibility: [],
    parts: [
      {
        id: 'pupil',
        name: 'The pupil',
        questions: [
          questionOf('pupil-name', { fills: 'pupil.name' }),
          questionOf('pupil-born', { fills: 'pupil.born', as: 'date' }),
          questionOf('carer-name', { fills: 'carer.name' }),
          questionOf('school-name', { fills: 'school.name' }),
          questionOf('referrer-name', { fills: 'referrer.name' }),
        ],
      },
    ],
    declarations: [],
    afterwards: ['You hear from us.'],
    consent: {
      asks: 'We ask you.',
      no: 'No is fine.',
      purposes: [{ id: 'share', ...told, asked: 'at-once', releases: true, by: ['carer'] }],
      carers: 1,
      languages: [],
      openDays: 28,
    },
    stages: [
      {
        id: 'received',
        name: 'Received',
        about: 'We read it.',
        moves: [{ id: 'close', name: 'Close', as: 'finish', by: ['coordinator'], tells: [] }],
      },
    ],
    events: [],
    deadlines: [],
    letters: [],
    retention: { draftDays: 28, unansweredDays: 60, withdrawnDays: 30, endedMonths: 12, why: 'The law.' },
    ...parts,
  }
}

/** A catalogue with one pathway for one placement, with parts put in its place. */
export function referringCatalogue(pathway: Partial<Pathway>, parts: Partial<Catalogue> = {}): Catalogue {
  const offers = [offerOf('placement', fixed(300_000), { kind: 'placement', askedBy: 'referral' })]
  return catalogueOf({ privacy, offers, pathways: [pathwayOf(pathway)], ...parts })
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
