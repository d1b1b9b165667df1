/** What addresses and storage say of a referral, so that neither a pathway nor a part of one can be called that. */
export const RESERVED_IN_REFERRALS: ReadonlySet<string> = new Set(
  'card eligibility people agreement check send start new colleague privacy complaints'.split(' '),
)
