import type { Pack } from '../pack.ts'

/** What stands behind "What you get" and in the comparison. */
export const cy: Pack['details'] = {
  week: (from, to) => (from === to ? `Wythnos ${from}` : `Wythnosau ${from} i ${to}`),
  districts: (names) => `(${names.length === 1 ? 'ardal' : 'ardaloedd'} ${names.join(', ')} yn unig)`,
  weeks: 'Fesul wythnos',
  steps: 'Gam wrth gam',
  decides: 'Beth arall i’w wybod',
  uses: 'Ar gyfer beth y gellir ei ddefnyddio',
  eligibility: 'Pwy all ei gael',
  notProvided: 'Beth nad yw’n ei gynnwys',
  compared: 'Cynigion ochr yn ochr',
  price: 'Pris',
  support: 'Cymorth',
  suits: 'Yn addas i',
  gives: 'Beth a gewch',
}
