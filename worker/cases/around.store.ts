import { rowsOf } from './lists.store.ts'

/** A panel that has a case on its agenda. */
export interface PanelOfCase {
  id: string
  meetsOn: string
  closedAt: string | null
  /** The id of the move that was decided there; empty until then. */
  decision: string
  /** Whether whoever reads sits on it. */
  sits: 0 | 1
}

/** A panel of a case’s pathway that has places to give. */
export interface PanelWithPlaces {
  id: string
  meetsOn: string
  most: number
  withdrawn: number
  taken: number
}

/** A case’s place on the waiting list, and how many of its school’s stand before it. */
export interface WaitingPlace {
  position: number
  since: string
  of: number
  ofSchoolBefore: number
}

/** Somebody of the console. */
export interface Named {
  id: string
  name: string
  email: string
}

/** What stands about a case outside of its own rows. */
export interface AroundCase {
  panels: PanelOfCase[]
  withPlaces: PanelWithPlaces[]
  waiting: WaitingPlace | undefined
  others: {
    reference: string
    status: 'open' | 'ended'
    pathway: string
    catalogue: string
    version: number
    sentOn: string | null
  }[]
  letters: {
    id: string
    subject: string
    /** Whether it was given up and what it says is still there. */
    again: 0 | 1
    state: 'waiting' | 'sent' | 'failed' | 'unaddressed'
    writtenAt: string
    sentAt: string | null
  }[]
  /** Who did something in its history, and who works on it or did. */
  names: Map<string, Named>
}

/** What stands about a case, in one round trip. `panelsSince`: the day from which on panels with places are looked at. */
export async function aroundCase(
  db: D1Database,
  provider: string,
  reference: string,
  person: string,
  panelsSince: string,
): Promise<AroundCase> {
  const [panels, withPlaces, waiting, others, letters, actors, workers, named] = await db.batch([
    db
      .prepare(
        `SELECT p.id AS id, p.meets_on AS meetsOn, p.closed_at AS closedAt, c.decision AS decision,
                EXISTS (SELECT 1 FROM panel_person WHERE provider = ?1 AND panel = p.id AND person = ?3) AS sits
           FROM referral AS r
           CROSS JOIN panel_case AS c ON c.referral = r.id
           CROSS JOIN panel AS p ON p.provider = c.provider AND p.id = c.panel
          WHERE r.reference = ?2 AND r.provider = ?1`,
      )
      .bind(provider, reference, person),
    db
      .prepare(
        `SELECT p.id AS id, p.meets_on AS meetsOn, q.most AS most, q.withdrawn AS withdrawn, q.taken AS taken
           FROM referral AS r
           CROSS JOIN panel AS p INDEXED BY panel_day ON p.provider = ?1 AND p.pathway = r.pathway
           CROSS JOIN place_pool AS q ON q.provider = ?1 AND q.pool = 'panel:' || p.id
          WHERE r.reference = ?2 AND r.provider = ?1 AND p.meets_on >= ?3
          ORDER BY p.meets_on DESC LIMIT 12`,
      )
      .bind(provider, reference, panelsSince),
    db
      .prepare(
        `SELECT w.since_on AS since,
                (SELECT count(*) FROM waiting_place AS o WHERE o.provider = w.provider AND o.pathway = w.pathway AND o.position <= w.position) AS position,
                (SELECT count(*) FROM waiting_place AS o WHERE o.provider = w.provider AND o.pathway = w.pathway) AS "of",
                (SELECT count(*) FROM waiting_place AS o CROSS JOIN referral AS q ON q.id = o.referral
                  WHERE o.provider = w.provider AND o.pathway = w.pathway AND o.position < w.position AND q.school = r.school) AS ofSchoolBefore
           FROM referral AS r CROSS JOIN waiting_place AS w ON w.referral = r.id
          WHERE r.reference = ?2 AND r.provider = ?1`,
      )
      .bind(provider, reference),
    db
      .prepare(
        `SELECT o.reference AS reference, o.status AS status, o.pathway AS pathway, o.catalogue AS catalogue, o.version AS version,
                o.sent_on AS sentOn
           FROM referral AS r
           CROSS JOIN pupil_mark AS m ON m.referral = r.id
           CROSS JOIN pupil_mark AS n ON n.provider = m.provider AND n.mark = m.mark AND n.referral <> r.id
           CROSS JOIN referral AS o ON o.id = n.referral
          WHERE r.reference = ?2 AND r.provider = ?1 AND m.provider = ?1 AND o.status IN ('open', 'ended')`,
      )
      .bind(provider, reference),
    db
      .prepare(
        `SELECT id, subject, state, written_at AS writtenAt, sent_at AS sentAt,
                state = 'failed' AND replaced_by IS NULL AND sealed IS NOT NULL AND ends_at IS NULL AS again
           FROM letter WHERE about = ?2 AND provider = ?1`,
      )
      .bind(provider, reference),
    db
      .prepare(
        `SELECT p.id AS id, p.name AS name, p.email AS email
           FROM referral AS r CROSS JOIN case_event AS e ON e.referral = r.id CROSS JOIN person AS p ON p.id = e.actor
          WHERE r.reference = ?2 AND r.provider = ?1`,
      )
      .bind(provider, reference),
    db
      .prepare(
        `SELECT p.id AS id, p.name AS name, p.email AS email
           FROM referral AS r CROSS JOIN case_person AS c ON c.referral = r.id CROSS JOIN person AS p ON p.id = c.person
          WHERE r.reference = ?2 AND r.provider = ?1`,
      )
      .bind(provider, reference),
    db
      .prepare(
        `SELECT p.id AS id, p.name AS name, p.email AS email
           FROM referral AS r CROSS JOIN case_event AS e ON e.referral = r.id CROSS JOIN person AS p ON p.id = e.of
          WHERE r.reference = ?2 AND r.provider = ?1 AND e.kind IN ('assigned', 'unassigned')`,
      )
      .bind(provider, reference),
  ])
  const everybody = [...rowsOf<Named>(actors), ...rowsOf<Named>(workers), ...rowsOf<Named>(named)]
  const alike = rowsOf<AroundCase['others'][number]>(others)
  return {
    panels: rowsOf<PanelOfCase>(panels).sort((one, other) => (one.meetsOn < other.meetsOn ? -1 : 1)),
    withPlaces: rowsOf<PanelWithPlaces>(withPlaces),
    waiting: rowsOf<WaitingPlace>(waiting)[0],
    // A pupil with three names has two marks in common.
    others: [...new Map(alike.map((one) => [one.reference, one])).values()],
    letters: rowsOf<AroundCase['letters'][number]>(letters).sort((one, other) =>
      one.writtenAt < other.writtenAt ? -1 : 1,
    ),
    names: new Map(everybody.map((one) => [one.id, one])),
  }
}

/** The provider’s people with what they are, by their names. */
export async function staffOf(db: D1Database, provider: string): Promise<(Named & { role: string })[]> {
  const { results } = await db
    .prepare(
      `SELECT p.id AS id, p.name AS name, p.email AS email, coalesce(m.case_role, m.role) AS role
         FROM membership AS m CROSS JOIN person AS p ON p.id = m.person
        WHERE m.provider = ?1`,
    )
    .bind(provider)
    .all<Named & { role: string }>()
  return results.sort((one, other) => ((one.name || one.email) < (other.name || other.email) ? -1 : 1))
}

/** The statement that writes down that somebody read a case as what they are, or found it, unless they did since an instant. */
export function recordReading(
  db: D1Database,
  { provider, person, reference, as }: { provider: string; person: string; reference: string; as: string },
  at: string,
  since: string,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO record (provider, actor, action, subject, detail, at)
       SELECT ?1, ?2, 'case-read', ?3, json_object('as', ?4), ?5
        WHERE NOT EXISTS (SELECT 1 FROM record WHERE action = 'case-read' AND subject = ?3 AND actor = ?2 AND at > ?6 AND detail ->> 'as' = ?4)`,
    )
    .bind(provider, person, reference, as, at, since)
}

/** The statement that has somebody work on a case. */
export function assign(
  db: D1Database,
  provider: string,
  person: string,
  referral: string,
  at: string,
): D1PreparedStatement {
  return db
    .prepare(
      'INSERT INTO case_person (provider, person, referral, since_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (provider, person, referral) DO NOTHING',
    )
    .bind(provider, person, referral, at)
}

/** The statement that has somebody work on a case no more. */
export function unassign(db: D1Database, provider: string, person: string, referral: string): D1PreparedStatement {
  return db
    .prepare('DELETE FROM case_person WHERE provider = ?1 AND person = ?2 AND referral = ?3')
    .bind(provider, person, referral)
}

/** The statement that has a letter go out again that was given up; one that was not, or says nothing any more, stays as it is. */
export function postAgain(
  db: D1Database,
  provider: string,
  reference: string,
  letter: string,
  at: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE letter SET state = 'waiting', due_at = ?4, attempts = 0, trouble = NULL
        WHERE about = ?2 AND provider = ?1 AND id = ?3 AND state = 'failed' AND replaced_by IS NULL AND sealed IS NOT NULL AND ends_at IS NULL`,
    )
    .bind(provider, reference, letter, at)
}

/** How a referral that nobody here can read stands: so that a decision on one whose consent was withdrawn gets a clear answer. */
export async function statusOf(db: D1Database, provider: string, reference: string): Promise<string | undefined> {
  const row = await db
    .prepare('SELECT status FROM referral WHERE reference = ?2 AND provider = ?1')
    .bind(provider, reference)
    .first<{ status: string }>()
  return row?.status
}
