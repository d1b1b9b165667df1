import { spoken } from '../spoken.ts'

/** What stands behind "What you get" and in the comparison. */
export const en = {
  week: (from: number, to: number) => (from === to ? `Week ${from}` : `Weeks ${from} to ${to}`),
  districts: (names: readonly string[]) =>
    `(${names.length === 1 ? 'district' : 'districts'} ${names.join(', ')} only)`,
  weeks: 'Week by week',
  steps: 'Step by step',
  decides: 'What else to know',
  uses: 'What it can be used for',
  eligibility: 'Who can have it',
  notProvided: 'What it does not cover',
  compared: 'Offers side by side',
  price: 'Price',
  support: 'Support',
  suits: 'Suits',
  gives: 'What you get',
}

/** The same in the language being spoken. */
export const words = spoken('details', en)
