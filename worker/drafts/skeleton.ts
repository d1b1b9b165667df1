import { fileOf } from '../catalogues/file.ts'
import type { Described } from './store.ts'

/** A first catalogue's text, for the school year of a day: everything that must be there, to be written over. */
export function skeletonOf({ id, name, service, kind, about }: Described, today: string): string {
  const begins = Number(today.slice(0, 4)) - (today.slice(5) < '09-01' ? 1 : 0)
  const ends = begins + 1
  return fileOf({
    format: 1,
    provider: {
      id,
      name,
      kind: kind || 'special-school',
      service: service || 'Outreach service',
      about: about || 'Say in a sentence or two what you do, and for whom.',
    },
    catalogue: `${begins}-${String(ends).slice(2)}`,
    title: `Outreach ${begins} to ${ends}`,
    intro: 'Say in a sentence what schools can buy this year.',
    year: { from: `${begins}-09-01`, to: `${ends}-08-31` },
    opensOn: today,
    area: { districts: [], outside: 'priced' },
    contacts: [],
    letters: { orders: [] },
    payment: [{ method: 'invoice', name: 'By invoice' }],
    ordering: {
      declaration: 'I may place this order for my school.',
      afterwards: ['We write to you to confirm your order.'],
    },
    aims: [],
    notProvided: [],
    discounts: [],
    surcharges: [],
    offers: [],
  })
}
