import { cutPower } from '../power-cut.ts'
import { startOwnProduct } from '../product.ts'
import type { Figure } from './figure.ts'

/** Takes minutes, and `npm test` does less of the same: only where it is asked for by name. */
export const onlyByName = true

/** Fifty power cuts under eight clients that order without pause: what was acknowledged and is not there. */
export async function bench(): Promise<Figure[]> {
  const product = await startOwnProduct()
  try {
    const { rounds, acknowledged, unanswered, hidden, lost, torn, twice } = await cutPower(product, 50)
    const what = `${rounds} power cuts, ${acknowledged} orders`
    return [
      { name: `Orders lost in ${what}`, figure: `${lost.length}`, bound: '0', ok: lost.length === 0 },
      {
        name: 'Orders torn: without key, letters or whole row',
        figure: `${torn.length}`,
        bound: '0',
        ok: torn.length === 0,
      },
      {
        name: `Orders doubled by a retry; ${unanswered} had no answer, ${hidden} of those had been kept`,
        figure: `${twice.length}`,
        bound: '0',
        ok: twice.length === 0,
      },
    ]
  } finally {
    await product.stop()
  }
}
