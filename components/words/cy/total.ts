import { pounds } from '../en/money.ts'
import type { Pack } from '../pack.ts'

/** What a priced basket says. */
export const cy: Pack['total'] = {
  total: 'Cyfanswm',
  soFar: 'Cyfanswm hyd yma',
  each: (quantity, name) => `${quantity} × ${name}`,
  support: (hours) => `${hours} o gymorth`,
  onRequest: 'ar gais',
  conditional: (pence) => (pence ? `(${pounds(pence)})` : 'am ddim'),
  ifPlaced: (pounds) => `${pounds} yn fwy os rhoddir lle`,
  missing: (needed, wanting) =>
    `Dim ond ar ôl ${needed} y gellir prynu ${wanting}. Ychwanegwch ${needed}, neu dywedwch ei fod gennych eisoes.`,
  vat: 'TAW',
}
