import * as z from 'zod/mini'
import { whole } from './text.ts'

/** A calendar day, `YYYY-MM-DD`, that exists. */
export const day = z.iso.date('not-a-date')

/** Whole pence, from nothing to a million pounds: large enough for any price, small enough that no sum of them loses a penny. */
export const pence = z.int('whole-pence').check(z.minimum(0, 'negative'), z.maximum(100_000_000, 'too-large'))

/** Minutes of support, up to ten thousand hours. */
export const minutes = whole(0, 600_000)

/** Percent, with at most two decimals: 10, 17.5, 33.33. */
export const percent = z.number().check(
  z.minimum(0, 'negative'),
  z.maximum(100, 'too-large'),
  z.refine((value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'two-decimals'),
)
