import type { Catalogue } from '../schema/catalogue.ts'
import { addDays } from './dates.ts'
import type { Forms } from './price.ts'

/**
 * The forms that most price lists need: prices fixed, by the unit, by date, on request.
 * They are what a widget carries from the start. The others, in `rarer.ts`, come with the first use, or at once for a catalogue that has them.
 */
export const everyday: Forms = {
  leaves: {
    free: () => ({ each: 0, why: [{ code: 'free' }] }),
    fixed: ({ pence }) => ({ each: pence, why: [{ code: 'fixed', pence }] }),
    'per-unit': ({ unit, pence, minutes }) => ({
      each: pence,
      why: [{ code: 'per-unit', unit, pence, ...(minutes && { minutes }) }],
    }),
    'on-request': () => ({ why: [{ code: 'on-request' }] }),
  },
  choices: {
    'by-date': ({ first, later }, { on }) => {
      const next = later.find(({ from }) => from > on)
      const step = later.findLast(({ from }) => from <= on)
      const until = next && addDays(next.from, -1)
      return step
        ? { price: step.price, why: { code: 'bought-from', from: step.from, ...(until && { until }) } }
        : { price: first, why: until ? { code: 'bought-by', until } : undefined }
    },
  },
}

/** A form that only `rarer.ts` knows. In the document's text no sentence can be mistaken for it, since a sentence's quotation marks are escaped. */
const RARER = /"form":"(?!free|fixed|per-unit|on-request|by-date)/

/** Whether the everyday forms are all that a catalogue's prices need. */
export function isEveryday(catalogue: Catalogue): boolean {
  return !RARER.test(JSON.stringify(catalogue))
}
