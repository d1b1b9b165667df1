/** A letter that was given up, or that has no address to go to. */
export interface TroubledLetter {
  id: string
  /** The reference of what it tells of. */
  about: string
  to: string
  subject: string
  state: 'failed' | 'unaddressed'
  writtenAt: string
  trouble: string | null
}

/** Up to `most` of a provider's letters in trouble, written before an instant and an id, the newest first. */
export async function lettersInTrouble(
  db: D1Database,
  provider: string,
  [writtenAt, id]: readonly [string, string],
  most: number,
): Promise<TroubledLetter[]> {
  const { results } = await db
    .prepare(
      `SELECT id, about, recipient AS "to", subject, state, written_at AS writtenAt, trouble
         FROM letter INDEXED BY letter_in_trouble
        WHERE provider = ?1 AND state IN ('failed', 'unaddressed') AND replaced_by IS NULL AND (written_at, id) < (?2, ?3)
        ORDER BY written_at DESC, id DESC LIMIT ?4`,
    )
    .bind(provider, writtenAt, id, most)
    .all<TroubledLetter>()
  return results
}
