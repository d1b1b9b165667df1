import type { Item, School } from '../rules/quote.ts'

/** What a school has put together: kept by the browser and carried by links, so it never holds personal data. Notes stay in memory. */
export interface Basket {
  items: Item[]
  holds: string[]
  schools: School[]
}

export const emptyBasket: Basket = { items: [], holds: [], schools: [] }
