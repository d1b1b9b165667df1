import { spoken } from '../spoken.ts'

/** What the list beside a widget says. */
export const en = {
  unpriced: 'This list cannot be priced as it stands. Start again, or ask the provider.',
  update: 'Update the total',
  order: 'Continue to the order',
  print: 'Open or print this list',
  clear: 'Start again',
}

/** The same in the language being spoken. */
export const words = spoken('basket', en)
