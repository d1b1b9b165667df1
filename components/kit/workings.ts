// Everything that a widget needs from its first use on, in one chunk: the whole of the rules, the total with its
// reasons, what stands behind "What you get", and the taking over of a fallback. Until then a list of prices is enough.
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import { rarer } from '../../catalogue/rules/rarer.ts'
import { basketFrom } from '../../catalogue/wire/basket.ts'
import { comparisonView, detailsView } from './details.view.ts'
import { explaining } from './explain.ts'
import { totalView } from './total.view.ts'

/** The workings as one object, so that a page rendered on the worker and a widget hand them to a view alike. */
export const workings = { quoteOf, rarer, basketFrom, explaining, totalView, detailsView, comparisonView }
export type Workings = typeof workings
