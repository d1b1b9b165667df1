import { MOST_OF_ONE_OFFER, MOST_SCHOOLS } from '../rules/most.ts'
import type { Item, School } from '../rules/quote.ts'
import { RESERVED } from '../rules/reserved.ts'
import type { Catalogue } from '../schema/catalogue.ts'
import type { Basket } from './basket.ts'
import { quantityIn } from './quantity.ts'

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/

/** The basket in a query. What cannot be read is left out: a link that was cut short opens what is left of it. Quantities of 0 take an item away. */
export function basketFrom(query: Iterable<readonly [string, string]>): Basket {
  const entries = [...query]
  const all = (name: string) => entries.filter(([key]) => key === name).map(([, value]) => value)
  const items: Item[] = []
  for (const [name, value] of entries) {
    const [offer = '', option, detail] = name.split('.')
    if (detail !== undefined || RESERVED.has(offer) || option === 'topics' || option === 'attending') continue
    if (!ID.test(offer) || (option !== undefined && !ID.test(option))) continue
    const quantity = value === 'on' ? 1 : quantityIn(value)
    if (!quantity || quantity > 100_000) continue
    if (items.some((item) => item.offer === offer && item.option === option)) continue
    const topics = all(`${name}.topics`).filter((topic) => ID.test(topic))
    const attending = quantityIn(all(`${name}.attending`)[0] ?? '')
    items.push({
      offer,
      ...(option === undefined ? {} : { option }),
      quantity,
      ...(topics.length ? { topics: [...new Set(topics)] } : {}),
      ...(attending && attending <= 10_000 ? { attending } : {}),
    })
  }
  const schools = all('school')
    .slice(0, MOST_SCHOOLS)
    .flatMap((text): School[] => {
      const [name = '', pupils = '', district = ''] = text.split('|')
      if (!name.trim()) return []
      const roll = quantityIn(pupils)
      return [
        {
          name: name.trim().slice(0, 120),
          ...(pupils.trim() && roll !== undefined ? { pupils: roll } : {}),
          ...(district ? { district } : {}),
        },
      ]
    })
  return { items, holds: [...new Set(all('holds').filter((id) => ID.test(id)))], schools }
}

/** What of a basket a catalogue still knows: an old link or a browser's memory can name offers, options and topics that are gone, or more than is sold. */
export function knownTo({ offers }: Catalogue, { items, holds, schools }: Basket): Basket {
  const known = items.flatMap(({ topics, ...item }): Item[] => {
    const offer = offers.find(({ id }) => id === item.offer)
    const isOption = offer?.options ? offer.options.some(({ id }) => id === item.option) : item.option === undefined
    if (!offer || !isOption || item.quantity > (offer.quantity?.most ?? MOST_OF_ONE_OFFER)) return []
    const left = topics?.filter((topic) => offer.topics?.some(({ id }) => id === topic))
    return [{ ...item, ...(left?.length ? { topics: left } : {}) }]
  })
  return { items: known, holds: holds.filter((id) => offers.some((offer) => offer.id === id)), schools }
}
