import * as z from 'zod/mini'

/** School phases, as England's register of schools names them. */
export const PHASES = [
  'nursery',
  'primary',
  'secondary',
  'all-through',
  'sixteen-plus',
  'special',
  'alternative',
] as const
export const phase = z.enum(PHASES)
export type Phase = z.infer<typeof phase>

/** The classes of buyer that a price may tell apart. */
export const BUYER_CLASSES = ['maintained', 'academy', 'independent', 'charity', 'local-authority', 'other'] as const
export const buyerClass = z.enum(BUYER_CLASSES)
export type BuyerClass = z.infer<typeof buyerClass>
