import type { ReferralPack } from '../pack.ts'
import { cy as money } from './money.ts'
import { cy as referral } from './referral-form.ts'

/** Welsh, as far as the referral form speaks. */
export const cy: ReferralPack = { language: 'cy', money, referral }
