/** Since when what is swept away is over. */
export interface Over {
  /** Now. */
  at: string
  /** Attempts to sign in that began before, and drafts that were last looked at before. */
  dayBefore: string
  /** Browsers that were last used before, and letters that were sent or given up before. */
  devicesBefore: string
  /** Keys of answers that were given before. */
  keysBefore: string
  /** Drafts that were closed before. */
  draftsBefore: string
  /** People who have belonged nowhere since before. */
  peopleBefore: string
  /** The day before which panels that nothing hangs on any more met, and the instant before which exclusions were noted. */
  panelsBefore: string
  exclusionsBefore: string
}

/** Deletes up to `most` rows of each kind that is over, or what they say of people. Returns the most that it found of one kind. */
export async function deleteOver(db: D1Database, over: Over, most: number): Promise<number> {
  const results = await db.batch([
    db
      .prepare(`DELETE FROM letter WHERE (state, due_at, id) IN (
         SELECT state, due_at, id FROM letter WHERE ends_at <= ?1 ORDER BY ends_at LIMIT ?2)`)
      .bind(over.at, most),
    // To whom a letter went, and what one says that was given up. The order, which it told of, is kept.
    db
      .prepare(`UPDATE letter SET recipient = '' WHERE (state, due_at, id) IN (
         SELECT state, due_at, id FROM letter INDEXED BY letter_told WHERE state = 'sent' AND recipient <> '' AND sent_at < ?1 ORDER BY sent_at LIMIT ?2)`)
      .bind(over.devicesBefore, most),
    db
      .prepare(`UPDATE letter SET recipient = '', text = '', sealed = NULL WHERE (state, due_at, id) IN (
         SELECT state, due_at, id FROM letter INDEXED BY letter_given_up
          WHERE state IN ('failed', 'unaddressed') AND (recipient <> '' OR text <> '' OR sealed IS NOT NULL) AND due_at < ?1
          ORDER BY due_at LIMIT ?2)`)
      .bind(over.devicesBefore, most),
    db
      .prepare(`DELETE FROM sign_in_attempt WHERE hash IN (
         SELECT hash FROM sign_in_attempt WHERE made_at < ?1 ORDER BY made_at LIMIT ?2)`)
      .bind(over.dayBefore, most),
    db
      .prepare(`DELETE FROM session WHERE secret_hash IN (
         SELECT secret_hash FROM session WHERE ends_at <= ?1 ORDER BY ends_at LIMIT ?2)`)
      .bind(over.at, most),
    db
      .prepare(`DELETE FROM device WHERE (person, secret_hash) IN (
         SELECT person, secret_hash FROM device WHERE used_at < ?1 ORDER BY used_at LIMIT ?2)`)
      .bind(over.devicesBefore, most),
    db
      .prepare(`DELETE FROM answer_key WHERE (provider, key) IN (
         SELECT provider, key FROM answer_key WHERE kept_at < ?1 ORDER BY kept_at LIMIT ?2)`)
      .bind(over.keysBefore, most),
    db
      .prepare(`DELETE FROM referral_asked WHERE (scope, key) IN (
         SELECT scope, key FROM referral_asked WHERE kept_at < ?1 ORDER BY kept_at LIMIT ?2)`)
      .bind(over.keysBefore, most),
    db
      .prepare(`DELETE FROM referral_visit WHERE secret_hash IN (
         SELECT secret_hash FROM referral_visit WHERE ends_at <= ?1 ORDER BY ends_at LIMIT ?2)`)
      .bind(over.at, most),
    db
      .prepare(`DELETE FROM draft_presence WHERE (provider, draft, session) IN (
         SELECT provider, draft, session FROM draft_presence WHERE seen_at < ?1 ORDER BY seen_at LIMIT ?2)`)
      .bind(over.dayBefore, most),
    db
      .prepare(`UPDATE draft SET text = '' WHERE (provider, id) IN (
         SELECT provider, id FROM draft WHERE state <> 'open' AND text <> '' AND updated_at < ?1 ORDER BY updated_at LIMIT ?2)`)
      .bind(over.draftsBefore, most),
    db.prepare("UPDATE person SET left_at = ?1 WHERE left_at = ''").bind(over.at),
    db
      .prepare(
        `DELETE FROM session WHERE person IN (SELECT id FROM person WHERE left_at > '' AND left_at < ?1 ORDER BY left_at LIMIT ?2)`,
      )
      .bind(over.peopleBefore, most),
    db
      .prepare(
        `DELETE FROM device WHERE person IN (SELECT id FROM person WHERE left_at > '' AND left_at < ?1 ORDER BY left_at LIMIT ?2)`,
      )
      .bind(over.peopleBefore, most),
    db
      .prepare(
        `DELETE FROM passkey WHERE person IN (SELECT id FROM person WHERE left_at > '' AND left_at < ?1 ORDER BY left_at LIMIT ?2)`,
      )
      .bind(over.peopleBefore, most),
    db
      .prepare(
        `DELETE FROM person WHERE id IN (SELECT id FROM person WHERE left_at > '' AND left_at < ?1 ORDER BY left_at LIMIT ?2)`,
      )
      .bind(over.peopleBefore, most),
    // Whoever arranges one right now has a day to put cases on it, whatever the calendar says.
    db
      .prepare(
        `DELETE FROM panel_person WHERE (provider, panel) IN (SELECT p.provider AS provider, p.id AS id FROM panel AS p WHERE p.meets_on < ?1 AND p.made_at < ?3 AND NOT EXISTS (SELECT 1 FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) ORDER BY p.meets_on LIMIT ?2)`,
      )
      .bind(over.panelsBefore, most, over.dayBefore),
    db
      .prepare(
        `DELETE FROM place_pool WHERE (provider, pool) IN (SELECT provider, 'panel:' || id FROM (SELECT p.provider AS provider, p.id AS id FROM panel AS p WHERE p.meets_on < ?1 AND p.made_at < ?3 AND NOT EXISTS (SELECT 1 FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) ORDER BY p.meets_on LIMIT ?2))`,
      )
      .bind(over.panelsBefore, most, over.dayBefore),
    db
      .prepare(
        `DELETE FROM referral_key WHERE referral IN (SELECT 'panel:' || id FROM (SELECT p.provider AS provider, p.id AS id FROM panel AS p WHERE p.meets_on < ?1 AND p.made_at < ?3 AND NOT EXISTS (SELECT 1 FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) ORDER BY p.meets_on LIMIT ?2))`,
      )
      .bind(over.panelsBefore, most, over.dayBefore),
    db
      .prepare(
        `DELETE FROM panel WHERE (provider, id) IN (SELECT p.provider AS provider, p.id AS id FROM panel AS p WHERE p.meets_on < ?1 AND p.made_at < ?3 AND NOT EXISTS (SELECT 1 FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) ORDER BY p.meets_on LIMIT ?2)`,
      )
      .bind(over.panelsBefore, most, over.dayBefore),
    db
      .prepare(`DELETE FROM referral_key WHERE referral IN (
         SELECT 'exclusion:' || id FROM (SELECT id FROM exclusion WHERE at < ?1 ORDER BY at LIMIT ?2))`)
      .bind(over.exclusionsBefore, most),
    db
      .prepare(`DELETE FROM exclusion WHERE (provider, id) IN (
         SELECT provider, id FROM exclusion WHERE at < ?1 ORDER BY at LIMIT ?2)`)
      .bind(over.exclusionsBefore, most),
  ])
  return Math.max(...results.map(({ meta }) => meta.changes))
}

/** A referral whose time is over. */
export interface OverReferral {
  id: string
  provider: string
  deleteOn: string
  /** Null where it was never sent. */
  reference: string | null
}

/** Up to `most` referrals whose retention has ended by a day and which nobody has touched since an instant, after a place among those that ended first. */
export async function referralsOver(
  db: D1Database,
  today: string,
  untouchedSince: string,
  [deleteOn, id]: readonly [deleteOn: string, id: string],
  most: number,
): Promise<OverReferral[]> {
  const { results } = await db
    .prepare(
      `SELECT id, provider, reference, delete_on AS deleteOn FROM referral
        WHERE delete_on <= ?1 AND (delete_on, id) > (?3, ?4) AND touched_at < ?2 ORDER BY delete_on, id LIMIT ?5`,
    )
    .bind(today, untouchedSince, deleteOn, id, most)
    .all<OverReferral>()
  return results
}

/** Where passing through all orders begins. */
const FIRST_ORDER = ['', '', '', '']

/**
 * Looks at the next `most` of all orders, from where the last turn ended on and from the beginning after the last, and takes out of those placed before an
 * instant who bought and signed, and what somebody wrote beside it. The school, what it bought and every figure stay.
 */
export async function clearOrders(db: D1Database, placedBefore: string, most: number): Promise<void> {
  const kept = await db.prepare("SELECT place FROM sweep_place WHERE name = 'orders'").first<{ place: string }>()
  const from: string[] = kept ? JSON.parse(kept.place) : FIRST_ORDER
  const { results } = await db
    .prepare(
      `SELECT provider, status, placed_at AS placedAt, reference FROM inbox
        WHERE (provider, status, placed_at, reference) > (?1, ?2, ?3, ?4)
        ORDER BY provider, status, placed_at, reference LIMIT ?5`,
    )
    .bind(...from, most)
    .all<{ provider: string; status: string; placedAt: string; reference: string }>()
  const last = results.at(-1)
  const next = last && results.length === most ? [last.provider, last.status, last.placedAt, last.reference] : undefined
  const old = JSON.stringify(
    results.filter(({ placedAt }) => placedAt < placedBefore).map(({ reference }) => reference),
  )
  const statements = [
    ...(old === '[]'
      ? []
      : [
          db
            .prepare(
              `UPDATE "order"
                  SET request = json_set(request, '$.contact', json('{"name":"","email":""}'), '$.signatory', json('{"name":"","email":""}'), '$.items',
                                         (SELECT json_group_array(json_remove(json_each.value, '$.note')) FROM json_each(request, '$.items')))
                WHERE reference IN (SELECT value FROM json_each(?1)) AND request ->> '$.contact.email' <> ''`,
            )
            .bind(old),
          db
            .prepare(
              `UPDATE order_entry SET text = ''
                WHERE reference IN (SELECT value FROM json_each(?1)) AND kind IN ('accepted', 'declined', 'note') AND text <> ''`,
            )
            .bind(old),
        ]),
    ...(next
      ? [
          db
            .prepare(
              `INSERT INTO sweep_place (name, place) VALUES ('orders', ?1) ON CONFLICT (name) DO UPDATE SET place = excluded.place`,
            )
            .bind(JSON.stringify(next)),
        ]
      : kept
        ? [db.prepare("DELETE FROM sweep_place WHERE name = 'orders'")]
        : []),
  ]
  if (statements.length > 0) await db.batch(statements)
}
