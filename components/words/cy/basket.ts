import type { Pack } from '../pack.ts'

/** What the list beside a widget says. */
export const cy: Pack['basket'] = {
  unpriced: 'Ni ellir prisio’r rhestr hon fel y mae. Dechreuwch eto, neu gofynnwch i’r darparwr.',
  update: 'Diweddaru’r cyfanswm',
  order: 'Ymlaen i’r archeb',
  print: 'Agor neu argraffu’r rhestr hon',
  clear: 'Dechrau eto',
}
