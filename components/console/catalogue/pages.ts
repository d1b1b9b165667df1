import type { PageEntry } from '../router.ts'

/** The pages of a provider's catalogues. */
export const cataloguePages: readonly PageEntry[] = []
