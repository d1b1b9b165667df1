/** A row of a list of cases: what is known of one without its key, and its sealed card. */
export interface CardRow {
  id: string
  reference: string
  status: 'open' | 'ended'
  pathway: string
  catalogue: string
  version: number
  stage: string
  outcome: string
  stageOn: string | null
  endedOn: string | null
  dueOn: string
  dueOf: string
  flags: string
  /** The last day on which the permission that released it holds. */
  heldUntil: string
  master: number
  wrapped: string
  /** Null where it has no card. */
  revision: number | null
  text: string | null
  /** The names of who works on it, as a JSON list. */
  people: string
}

/** Which stage of which pathway. */
interface StageOfPathway {
  pathway: string
  stage: string
}

/** How many referrals stand at a stage in a status. */
export interface Tally {
  status: string
  pathway: string
  stage: string
  referrals: number
}

/** How many referrals of a provider stand where. */
export function tallyOf(db: D1Database, provider: string): D1PreparedStatement {
  return db
    .prepare(
      'SELECT status, pathway, stage, referrals FROM referral_tally WHERE provider = ?1 AND referrals > 0 ORDER BY status, pathway, stage',
    )
    .bind(provider)
}

/** The first open cases at a stage, by the day that they are due; `openRows` has their rows. */
export function openAt(
  db: D1Database,
  provider: string,
  { pathway, stage }: StageOfPathway,
  most: number,
): D1PreparedStatement {
  return db
    .prepare(
      `SELECT r.id AS id, r.reference AS reference, r.catalogue AS catalogue, r.version AS version, r.stage_on AS stageOn,
              r.due_on AS dueOn, r.due_of AS dueOf, r.flags AS flags, r.held_until AS heldUntil, k.master AS master, k.wrapped AS wrapped,
              s.revision AS revision, s.text AS text,
              (SELECT json_group_array(iif(p.name = '', p.email, p.name)) FROM case_person AS c JOIN person AS p ON p.id = c.person
                WHERE c.referral = r.id) AS people
         FROM referral AS r
         JOIN referral_key AS k ON k.referral = r.id
         LEFT JOIN sealed AS s ON s.referral = r.id AND s.name = 'card'
        WHERE r.provider = ?1 AND r.status = 'open' AND r.pathway = ?2 AND r.stage = ?3
        ORDER BY r.due_on, r.id LIMIT ?4`,
    )
    .bind(provider, pathway, stage, most)
}

/** The rows of `openAt`: what is alike of all of them is not read once more for each. */
export function openRows(result: D1Result | undefined, { pathway, stage }: StageOfPathway): CardRow[] {
  return rowsOf<Omit<CardRow, 'status' | 'pathway' | 'stage' | 'outcome' | 'endedOn'>>(result).map((row) => ({
    ...row,
    status: 'open',
    pathway,
    stage,
    outcome: '',
    endedOn: null,
  }))
}

/** A case’s place in a list: the day that it is due, or has ended, and its id. */
export interface PlaceInList {
  on: string
  id: string
}

/** Where the open cases at a stage stand from a place on, by the day that they are due. */
export function placesAt(
  db: D1Database,
  provider: string,
  { pathway, stage }: StageOfPathway,
  [dueOn, id]: readonly [dueOn: string, id: string],
  most: number,
): D1PreparedStatement {
  return db
    .prepare(
      `SELECT due_on AS "on", id FROM referral
        WHERE provider = ?1 AND status = 'open' AND pathway = ?2 AND stage = ?3 AND (due_on, id) > (?4, ?5)
        ORDER BY due_on, id LIMIT ?6`,
    )
    .bind(provider, pathway, stage, dueOn, id, most)
}

/** Where the ended cases of a pathway stand before a place, the newest first. */
export function placesEnded(
  db: D1Database,
  provider: string,
  pathway: string,
  [endedOn, id]: readonly [endedOn: string, id: string],
  most: number,
): D1PreparedStatement {
  return db
    .prepare(
      `SELECT ended_on AS "on", id FROM referral
        WHERE provider = ?1 AND status = 'ended' AND pathway = ?2 AND (ended_on, id) < (?3, ?4)
        ORDER BY ended_on DESC, id DESC LIMIT ?5`,
    )
    .bind(provider, pathway, endedOn, id, most)
}

/** The cases among some referrals of a provider, in their order: what waits for consent, or was stopped, is left out. */
export function casesAmong(db: D1Database, provider: string, ids: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `SELECT r.id AS id, r.reference AS reference, r.status AS status, r.pathway AS pathway, r.catalogue AS catalogue, r.version AS version,
              r.stage AS stage, r.outcome AS outcome, r.stage_on AS stageOn, r.ended_on AS endedOn, r.due_on AS dueOn, r.due_of AS dueOf,
              r.flags AS flags, r.held_until AS heldUntil, k.master AS master, k.wrapped AS wrapped, s.revision AS revision, s.text AS text,
              (SELECT json_group_array(iif(p.name = '', p.email, p.name)) FROM case_person AS c JOIN person AS p ON p.id = c.person
                WHERE c.referral = r.id) AS people
         FROM json_each(?2)
         CROSS JOIN referral AS r ON r.id = json_each.value
         JOIN referral_key AS k ON k.referral = r.id
         LEFT JOIN sealed AS s ON s.referral = r.id AND s.name = 'card'
        WHERE r.provider = ?1 AND r.status IN ('open', 'ended')`,
    )
    .bind(provider, JSON.stringify(ids))
}

/** The ids of the open cases that somebody works on. */
export function workedOnBy(db: D1Database, provider: string, person: string, most: number): D1PreparedStatement {
  return db
    .prepare(
      `SELECT r.id AS id
         FROM case_person AS c CROSS JOIN referral AS r ON r.id = c.referral
        WHERE c.provider = ?1 AND c.person = ?2 AND r.status = 'open' LIMIT ?3`,
    )
    .bind(provider, person, most)
}

/** The ids of the open cases on the agendas of panels that somebody sits on, that are not closed and met on a day or after it. */
export function decidedBy(
  db: D1Database,
  provider: string,
  person: string,
  most: number,
  since: string,
): D1PreparedStatement {
  return db
    .prepare(
      `SELECT r.id AS id
         FROM panel_person AS s
         CROSS JOIN panel AS p ON p.provider = ?1 AND p.id = s.panel
         CROSS JOIN panel_case AS c ON c.provider = ?1 AND c.panel = p.id
         CROSS JOIN referral AS r ON r.id = c.referral
        WHERE s.provider = ?1 AND s.person = ?2 AND p.closed_at IS NULL AND p.meets_on >= ?4 AND r.status = 'open' LIMIT ?3`,
    )
    .bind(provider, person, most, since)
}

/** A decision that somebody has taken. */
export interface Decision {
  reference: string
  pathway: string
  /** The id of the move. */
  of: string
  detail: string
  on: string
}

/** What somebody has decided about a provider’s cases, the newest first, for as long as those are kept. */
export function decisionsOf(db: D1Database, provider: string, person: string, most: number): D1PreparedStatement {
  return db
    .prepare(
      `SELECT r.reference AS reference, r.pathway AS pathway, e.of AS "of", e.detail AS detail, e.happened_on AS "on"
         FROM case_event AS e INDEXED BY case_event_decided CROSS JOIN referral AS r ON r.id = e.referral
        WHERE e.kind = 'decided' AND e.actor = ?2 AND r.provider = ?1
        ORDER BY e.at DESC LIMIT ?3`,
    )
    .bind(provider, person, most)
}

/** The id of a referral by its reference. */
export function idOf(db: D1Database, provider: string, reference: string): D1PreparedStatement {
  return db.prepare('SELECT id FROM referral WHERE reference = ?2 AND provider = ?1').bind(provider, reference)
}

/** The ids of referrals that have one of some pupil’s marks. */
export function withMarks(db: D1Database, provider: string, marks: readonly string[]): D1PreparedStatement {
  return db
    .prepare(
      `SELECT m.referral AS id
         FROM json_each(?2) CROSS JOIN pupil_mark AS m ON m.provider = ?1 AND m.mark = json_each.value`,
    )
    .bind(provider, JSON.stringify(marks))
}

/** The rows of a statement’s result. */
export function rowsOf<Row>(result: D1Result | undefined): Row[] {
  return (result?.results ?? []) as Row[]
}
