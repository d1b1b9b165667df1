/** What an Idempotency-Key was used for: the blind mark of the request, and the answer to give again. */
export interface KeptAsk {
  asked: string
  receipt: string
}

/** A key on its way into the database. */
export interface AskToKeep extends KeptAsk {
  scope: string
  key: string
  /** The referral that it is about, and is erased with. */
  referral?: string | undefined
}

/** The statement that keeps a key with its request and receipt, in the batch of what it did: a key that was used already fails the batch with "referral_asked". */
export function insertAsk(
  db: D1Database,
  { scope, key, asked, receipt, referral }: AskToKeep,
  at: string,
): D1PreparedStatement {
  return db
    .prepare(
      'INSERT INTO referral_asked (scope, key, asked, receipt, kept_at, referral) VALUES (?1, ?2, ?3, ?4, ?5, ?6)',
    )
    .bind(scope, key, asked, receipt, at, referral ?? null)
}

/** What a key was used for within a scope, if it was. */
export async function keptAsk(db: D1Database, scope: string, key: string): Promise<KeptAsk | undefined> {
  const row = await db
    .prepare('SELECT asked, receipt FROM referral_asked WHERE scope = ?1 AND key = ?2')
    .bind(scope, key)
    .first<KeptAsk>()
  return row ?? undefined
}

/** How many keys are kept in each of some scopes, in their order. */
export async function howManyAsked(db: D1Database, scopes: readonly string[]): Promise<number[]> {
  if (scopes.length === 0) return []
  const results = await db.batch<{ kept: number }>(
    scopes.map((scope) => db.prepare('SELECT count(*) AS kept FROM referral_asked WHERE scope = ?1').bind(scope)),
  )
  return results.map(({ results: [row] }) => row?.kept ?? 0)
}
