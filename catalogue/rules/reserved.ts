/** The names that addresses and forms use for other things than offers, so that no offer can have them. */
export const RESERVED: ReadonlySet<string> = new Set(
  'holds school today catalogue lang step schools at reached key expected on buyer items contact payment signatory'.split(
    ' ',
  ),
)

/** What addresses and storage say of a referral, so that neither a pathway nor a part of one can be called that. */
export const RESERVED_IN_REFERRALS: ReadonlySet<string> = new Set(
  'card eligibility people agreement check send start new colleague privacy complaints'.split(' '),
)
