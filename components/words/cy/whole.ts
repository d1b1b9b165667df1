import type { Pack } from '../pack.ts'
import { cy as agreement } from './agreement.ts'
import { cy as shop } from './cy.ts'
import { cy as progress } from './progress.ts'
import { cy as referral } from './referral-form.ts'
import { cy as referralPages } from './referral-pages.ts'

/** Welsh, everything: for the portal's pages. */
export const cy: Pack = { ...shop, agreement, progress, referral, referralPages }
