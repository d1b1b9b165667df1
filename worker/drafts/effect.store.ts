/** An order to be priced anew. */
export interface PlacedOrder {
  reference: string
  placedAt: string
  placedOn: string
  schoolName: string
  totalPence: number
  /** What was asked, as JSON. */
  request: string
}

/** A provider's orders in a state, placed from one day to another, after an instant and a reference, the oldest first. */
export async function ordersAfter(
  db: D1Database,
  provider: string,
  status: string,
  after: { placedAt: string; reference: string },
  days: { from: string; to: string },
  most: number,
): Promise<PlacedOrder[]> {
  const { results } = await db
    .prepare(
      `SELECT i.reference AS reference, i.placed_at AS placedAt, i.placed_on AS placedOn, i.school_name AS schoolName,
              i.total_pence AS totalPence, o.request AS request
         FROM inbox AS i JOIN "order" AS o ON o.reference = i.reference
        WHERE i.provider = ?1 AND i.status = ?2 AND (i.placed_at, i.reference) > (?3, ?4) AND i.placed_on BETWEEN ?5 AND ?6
        ORDER BY i.placed_at, i.reference LIMIT ?7`,
    )
    .bind(provider, status, after.placedAt, after.reference, days.from, days.to, most)
    .all<PlacedOrder>()
  return results
}
