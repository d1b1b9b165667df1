// Everything that a widget needs from its first use on, in one chunk: the whole of the rules, the total with its
// reasons, what stands behind "What you get", and the taking over of a fallback. Until then a list of prices is enough.
import { listPriceOf } from '../../catalogue/rules/list-price.ts'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import { knownTo } from '../../catalogue/wire/basket-from.ts'
import { queryOf } from '../../catalogue/wire/query-of.ts'
import { rarerReasons } from '../words/en/rarer-reasons.ts'
import { basketView } from './basket.view.ts'
import { carriedView } from './carried.view.ts'
import { chosen } from './choosing.ts'
import { comparisonView, detailsView, sentencesView } from './details.view.ts'
import { explaining } from './explain.ts'
import { keepInSight, takeOver } from './take-over.ts'
import { linesView, sumView, totalView } from './total.view.ts'
import { workingsStyles } from './workings.styles.ts'

/** The workings as one object, so that a page rendered on the worker and a widget hand them to a view alike. */
export const workings = {
  quoteOf,
  listPriceOf,
  queryOf,
  knownTo,
  chosen,
  explaining,
  rarerReasons,
  takeOver,
  keepInSight,
  basketView,
  carriedView,
  comparisonView,
  detailsView,
  sentencesView,
  linesView,
  sumView,
  totalView,
  workingsStyles,
}
export type Workings = typeof workings
