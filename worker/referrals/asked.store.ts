/** What an Idempotency-Key was used for: the SHA-256 of the request, and the answer to give again. */
export interface KeptAsk {
  asked: string
  receipt: string
}

/** The statement that keeps a key with its request and receipt, in the batch of what it did: a key that was used already fails the batch with "referral_asked". */
export function insertAsk(
  db: D1Database,
  { scope, key, asked, receipt }: KeptAsk & { scope: string; key: string },
  at: string,
): D1PreparedStatement {
  return db
    .prepare('INSERT INTO referral_asked (scope, key, asked, receipt, kept_at) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(scope, key, asked, receipt, at)
}

/** What a key was used for within a scope, if it was. */
export async function keptAsk(db: D1Database, scope: string, key: string): Promise<KeptAsk | undefined> {
  const row = await db
    .prepare('SELECT asked, receipt FROM referral_asked WHERE scope = ?1 AND key = ?2')
    .bind(scope, key)
    .first<KeptAsk>()
  return row ?? undefined
}
