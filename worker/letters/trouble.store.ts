/** A letter that was given up, or that has no address to go to. */
export interface TroubledLetter {
  id: string
  /** The reference of the order or referral that it tells of, `invitation` or `panel`. */
  about: string
  /** How the referral stands that it tells of; null where it tells of none. */
  referral: string | null
  to: string
  subject: string
  state: 'failed' | 'unaddressed'
  writtenAt: string
  trouble: string | null
}

/**
 * Up to `most` of a provider's letters in trouble, written before an instant and an id, the newest first. Invitations are for those who invite,
 * for as long as who was invited has neither come in nor been invited again; letters about a referral for those who run referrals, and none about a draft.
 */
export async function lettersInTrouble(
  db: D1Database,
  provider: string,
  [writtenAt, id]: readonly [string, string],
  most: number,
  { invites, runs }: { invites: boolean; runs: boolean },
): Promise<TroubledLetter[]> {
  const { results } = await db
    .prepare(
      `SELECT id, about, recipient AS "to", subject, state, written_at AS writtenAt, trouble,
              (SELECT r.status FROM referral AS r WHERE r.id = letter.referral) AS referral
         FROM letter INDEXED BY letter_in_trouble
        WHERE provider = ?1 AND state IN ('failed', 'unaddressed') AND replaced_by IS NULL AND about <> '' AND (written_at, id) < (?2, ?3)
          AND (about <> 'invitation' OR ?5 AND EXISTS (
                SELECT 1 FROM person AS p JOIN membership AS m ON m.provider = ?1 AND m.person = p.id
                 WHERE p.email = letter.recipient AND m.signed_in_at IS NULL AND coalesce(m.told_at, '') <= letter.written_at))
          AND (letter.referral IS NULL OR ?6 AND EXISTS (SELECT 1 FROM referral AS r WHERE r.id = letter.referral AND r.status <> 'draft'))
        ORDER BY written_at DESC, id DESC LIMIT ?4`,
    )
    .bind(provider, writtenAt, id, most, invites ? 1 : 0, runs ? 1 : 0)
    .all<TroubledLetter>()
  return results
}
