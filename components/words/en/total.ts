import { spoken } from '../spoken.ts'
import { pounds } from './money.ts'

/** What a priced basket says. */
export const en = {
  total: 'Total',
  soFar: 'Total so far',
  each: (quantity: number, name: string) => `${quantity} × ${name}`,
  support: (hours: string) => `${hours} of support`,
  onRequest: 'on request',
  conditional: (pence: number) => (pence ? `(${pounds(pence)})` : 'free'),
  ifPlaced: (pounds: string) => `${pounds} more if a place is given`,
  missing: (needed: string, wanting: string) =>
    `${wanting} can only be bought after ${needed}. Add ${needed}, or say that you already hold it.`,
  vat: 'VAT',
}

/** The same in the language being spoken. */
export const words = spoken('total', en)
