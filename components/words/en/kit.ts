import { spoken } from '../spoken.ts'

/** What every widget says. */
export const en = {
  loading: 'Loading the prices…',
  failed: 'The prices could not be loaded. Nothing that you chose or typed is lost.',
  withdrawn: 'This price list is not available at the moment.',
  tryAgain: 'Try again',
  notInForce: (title: string) => `${title}: orders are not being taken today. Prices are shown for information.`,
  list: 'Your list',
  empty: 'Nothing chosen yet. Choose something to see what it costs.',
}

/** The same in the language being spoken. */
export const words = spoken('kit', en)
