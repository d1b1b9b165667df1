/** Since when what is swept away is over. */
export interface Over {
  /** Now. */
  at: string
  /** Attempts to sign in that began before. */
  attemptsBefore: string
  /** Browsers that were last used before. */
  devicesBefore: string
  /** Keys of answers that were given before. */
  keysBefore: string
}

/** Deletes up to `most` rows of each kind that is over: letters, attempts to sign in, sessions, browsers and keys of answers. Returns the most that it found of one kind. */
export async function deleteOver(
  db: D1Database,
  { at, attemptsBefore, devicesBefore, keysBefore }: Over,
  most: number,
): Promise<number> {
  const results = await db.batch([
    db
      .prepare(
        `DELETE FROM letter WHERE (state, due_at, id) IN (
           SELECT state, due_at, id FROM letter WHERE ends_at <= ?1 ORDER BY ends_at LIMIT ?2)`,
      )
      .bind(at, most),
    db
      .prepare(
        `DELETE FROM sign_in_attempt WHERE hash IN (
           SELECT hash FROM sign_in_attempt WHERE made_at < ?1 ORDER BY made_at LIMIT ?2)`,
      )
      .bind(attemptsBefore, most),
    db
      .prepare(
        `DELETE FROM session WHERE secret_hash IN (
           SELECT secret_hash FROM session WHERE ends_at <= ?1 ORDER BY ends_at LIMIT ?2)`,
      )
      .bind(at, most),
    db
      .prepare(
        `DELETE FROM device WHERE (person, secret_hash) IN (
           SELECT person, secret_hash FROM device WHERE used_at < ?1 ORDER BY used_at LIMIT ?2)`,
      )
      .bind(devicesBefore, most),
    db
      .prepare(
        `DELETE FROM answer_key WHERE (provider, key) IN (
           SELECT provider, key FROM answer_key WHERE kept_at < ?1 ORDER BY kept_at LIMIT ?2)`,
      )
      .bind(keysBefore, most),
  ])
  return Math.max(...results.map(({ meta }) => meta.changes))
}
