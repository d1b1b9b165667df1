import { recordEntry } from '../records/store.ts'

/** A panel as it is kept, with its places where it counts them. */
export interface PanelRow {
  id: string
  pathway: string
  meetsOn: string
  /** Sealed, with the key that opens it. */
  note: string
  master: number | null
  wrapped: string | null
  madeAt: string
  closedAt: string | null
  cases: number
  /** How many of them wait for a decision still. */
  undecided: number
  most: number | null
  withdrawn: number | null
  taken: number | null
}

/** The panels of a provider that meet from a day on, the first first; those of a day before, the last first. */
export async function panelsAround(
  db: D1Database,
  provider: string,
  day: string,
  most: number,
): Promise<{ coming: PanelRow[]; past: PanelRow[] }> {
  const [coming, past] = await db.batch([
    db
      .prepare(
        `SELECT p.id AS id, p.pathway AS pathway, p.meets_on AS meetsOn, p.note AS note, k.master AS master, k.wrapped AS wrapped, p.made_at AS madeAt, p.closed_at AS closedAt,
                (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) AS cases,
                (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id AND c.decision = '') AS undecided,
                q.most AS most, q.withdrawn AS withdrawn, q.taken AS taken
           FROM panel AS p INDEXED BY panel_day
           LEFT JOIN place_pool AS q ON q.provider = p.provider AND q.pool = 'panel:' || p.id
           LEFT JOIN referral_key AS k ON k.referral = 'panel:' || p.id
          WHERE p.provider = ?1 AND p.meets_on >= ?2 ORDER BY p.meets_on, p.id LIMIT ?3`,
      )
      .bind(provider, day, most),
    db
      .prepare(
        `SELECT p.id AS id, p.pathway AS pathway, p.meets_on AS meetsOn, p.note AS note, k.master AS master, k.wrapped AS wrapped, p.made_at AS madeAt, p.closed_at AS closedAt,
                (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) AS cases,
                (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id AND c.decision = '') AS undecided,
                q.most AS most, q.withdrawn AS withdrawn, q.taken AS taken
           FROM panel AS p INDEXED BY panel_day
           LEFT JOIN place_pool AS q ON q.provider = p.provider AND q.pool = 'panel:' || p.id
           LEFT JOIN referral_key AS k ON k.referral = 'panel:' || p.id
          WHERE p.provider = ?1 AND p.meets_on < ?2 ORDER BY p.meets_on DESC, p.id DESC LIMIT ?3`,
      )
      .bind(provider, day, most),
  ])
  return {
    coming: (coming?.results ?? []) as unknown as PanelRow[],
    past: (past?.results ?? []) as unknown as PanelRow[],
  }
}

/** The panels that somebody sits on, that are not closed and met on a day or after it. */
export async function panelsSatOn(
  db: D1Database,
  provider: string,
  person: string,
  since: string,
): Promise<PanelRow[]> {
  const { results } = await db
    .prepare(
      `SELECT p.id AS id, p.pathway AS pathway, p.meets_on AS meetsOn, p.note AS note, k.master AS master, k.wrapped AS wrapped, p.made_at AS madeAt, p.closed_at AS closedAt,
              (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) AS cases,
                (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id AND c.decision = '') AS undecided,
              q.most AS most, q.withdrawn AS withdrawn, q.taken AS taken
         FROM panel_person AS s
         CROSS JOIN panel AS p ON p.provider = ?1 AND p.id = s.panel
         LEFT JOIN place_pool AS q ON q.provider = p.provider AND q.pool = 'panel:' || p.id
         LEFT JOIN referral_key AS k ON k.referral = 'panel:' || p.id
        WHERE s.provider = ?1 AND s.person = ?2 AND p.closed_at IS NULL AND p.meets_on >= ?3`,
    )
    .bind(provider, person, since)
    .all<PanelRow>()
  return results.sort((one, other) => (one.meetsOn < other.meetsOn ? -1 : 1))
}

/** A case on a panel’s agenda. */
export interface AgendaRow {
  referral: string
  reference: string
  status: string
  /** The last day on which the permission that released it holds. */
  heldUntil: string
  position: number
  decision: string
}

/** A panel with its agenda in reading order and who sits on it. */
export interface KeptPanel {
  panel: PanelRow
  agenda: AgendaRow[]
  people: { id: string; name: string; email: string }[]
}

/** A panel; undefined where the provider has none of that id. */
export async function panelWith(db: D1Database, provider: string, id: string): Promise<KeptPanel | undefined> {
  const [found, agenda, people] = await db.batch([
    db
      .prepare(
        `SELECT p.id AS id, p.pathway AS pathway, p.meets_on AS meetsOn, p.note AS note, k.master AS master, k.wrapped AS wrapped, p.made_at AS madeAt, p.closed_at AS closedAt,
                (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id) AS cases,
                (SELECT count(*) FROM panel_case AS c WHERE c.provider = p.provider AND c.panel = p.id AND c.decision = '') AS undecided,
                q.most AS most, q.withdrawn AS withdrawn, q.taken AS taken
           FROM panel AS p
           LEFT JOIN place_pool AS q ON q.provider = p.provider AND q.pool = 'panel:' || p.id
           LEFT JOIN referral_key AS k ON k.referral = 'panel:' || p.id
          WHERE p.provider = ?1 AND p.id = ?2`,
      )
      .bind(provider, id),
    db
      .prepare(
        `SELECT c.referral AS referral, r.reference AS reference, r.status AS status, r.held_until AS heldUntil, c.position AS position, c.decision AS decision
           FROM panel_case AS c CROSS JOIN referral AS r ON r.id = c.referral
          WHERE c.provider = ?1 AND c.panel = ?2`,
      )
      .bind(provider, id),
    db
      .prepare(
        `SELECT s.person AS id, p.name AS name, p.email AS email
           FROM panel_person AS s CROSS JOIN person AS p ON p.id = s.person WHERE s.provider = ?1 AND s.panel = ?2`,
      )
      .bind(provider, id),
  ])
  const [panel] = (found?.results ?? []) as unknown as PanelRow[]
  if (!panel) return undefined
  return {
    panel,
    agenda: ((agenda?.results ?? []) as unknown as AgendaRow[]).sort(
      (one, other) => one.position - other.position || (one.referral < other.referral ? -1 : 1),
    ),
    people: (people?.results ?? []) as unknown as KeptPanel['people'],
  }
}

/** The statements that keep a new panel, the key of its note where it has one, and how many places it has where it counts them. */
export function keepPanel(
  db: D1Database,
  provider: string,
  {
    id,
    pathway,
    meetsOn,
    note,
    places,
  }: {
    id: string
    pathway: string
    meetsOn: string
    note: SealedNote
    places: number | undefined
  },
  actor: string,
  at: string,
): D1PreparedStatement[] {
  return [
    db
      .prepare(
        'INSERT INTO panel (provider, id, pathway, meets_on, note, made_at, closed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)',
      )
      .bind(provider, id, pathway, meetsOn, note.text, at),
    ...keyOf(db, note),
    ...(places === undefined
      ? []
      : [
          db
            .prepare('INSERT INTO place_pool (provider, pool, most, withdrawn, taken) VALUES (?1, ?2, ?3, 0, 0)')
            .bind(provider, `panel:${id}`, places),
        ]),
    recordEntry(db, { provider, actor, action: 'panel-made', subject: id, detail: { pathway, meetsOn } }, at),
  ]
}

/** The statements that put a case on a panel’s agenda, after all others; on the open agendas of other panels it then stands no more. */
export function putOnAgenda(db: D1Database, provider: string, panel: string, referral: string): D1PreparedStatement[] {
  return [
    db
      .prepare(
        `DELETE FROM panel_case WHERE referral = ?3 AND decision = '' AND panel <> ?2
            AND (provider, panel) IN (SELECT provider, id FROM panel WHERE provider = ?1 AND id = panel_case.panel AND closed_at IS NULL)`,
      )
      .bind(provider, panel, referral),
    db
      .prepare(
        `INSERT INTO panel_case (provider, panel, referral, position)
         VALUES (?1, ?2, ?3, (SELECT coalesce(max(position), 0) + 1 FROM panel_case WHERE provider = ?1 AND panel = ?2))
         ON CONFLICT (provider, panel, referral) DO UPDATE SET decision = ''`,
      )
      .bind(provider, panel, referral),
  ]
}

/** The statement that takes a case off a panel’s agenda, where it was not decided there. */
export function takeOffAgenda(db: D1Database, provider: string, panel: string, referral: string): D1PreparedStatement {
  return db
    .prepare("DELETE FROM panel_case WHERE provider = ?1 AND panel = ?2 AND referral = ?3 AND decision = ''")
    .bind(provider, panel, referral)
}

/** The statement that writes down what a panel decided on a case. */
export function decideOnAgenda(
  db: D1Database,
  provider: string,
  panel: string,
  referral: string,
  move: string,
): D1PreparedStatement {
  return db
    .prepare('UPDATE panel_case SET decision = ?4 WHERE provider = ?1 AND panel = ?2 AND referral = ?3')
    .bind(provider, panel, referral, move)
}

/** The statement that puts a panel’s agenda in an order. */
export function orderAgenda(
  db: D1Database,
  provider: string,
  panel: string,
  referrals: readonly string[],
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE panel_case SET position = (SELECT json_each.key + 1 FROM json_each(?3) WHERE json_each.value = panel_case.referral)
        WHERE provider = ?1 AND panel = ?2 AND referral IN (SELECT value FROM json_each(?3))`,
    )
    .bind(provider, panel, JSON.stringify(referrals))
}

/** The statements that say who sits on a panel: these people and nobody else. */
export function seatPeople(
  db: D1Database,
  provider: string,
  panel: string,
  people: readonly string[],
): D1PreparedStatement[] {
  const list = JSON.stringify(people)
  return [
    db
      .prepare(
        'DELETE FROM panel_person WHERE provider = ?1 AND panel = ?2 AND person NOT IN (SELECT value FROM json_each(?3))',
      )
      .bind(provider, panel, list),
    db
      .prepare(
        `INSERT INTO panel_person (provider, panel, person) SELECT ?1, ?2, value FROM json_each(?3) WHERE true
         ON CONFLICT (provider, panel, person) DO NOTHING`,
      )
      .bind(provider, panel, list),
  ]
}

/** The statement that says how many places a panel has to give. Where more are given already, the batch fails with "more places are given". */
export function setPlaces(db: D1Database, provider: string, panel: string, places: number): D1PreparedStatement {
  return db
    .prepare('UPDATE place_pool SET most = ?3 WHERE provider = ?1 AND pool = ?2')
    .bind(provider, `panel:${panel}`, places)
}

/** A note on its way to a panel: sealed, with the key that it is sealed under where there is anything in it. */
export interface SealedNote {
  text: string
  key: { row: string; master: number; wrapped: string } | undefined
}

/** The statements that say when a panel meets, and what else there is to know, under a new key. */
export function changePanel(
  db: D1Database,
  provider: string,
  panel: string,
  { meetsOn, note }: { meetsOn: string; note: SealedNote },
): D1PreparedStatement[] {
  return [
    db
      .prepare('UPDATE panel SET meets_on = ?3, note = ?4 WHERE provider = ?1 AND id = ?2')
      .bind(provider, panel, meetsOn, note.text),
    db.prepare('DELETE FROM referral_key WHERE referral = ?1').bind(`panel:${panel}`),
    ...keyOf(db, note),
  ]
}

function keyOf(db: D1Database, { key }: SealedNote): D1PreparedStatement[] {
  if (!key) return []
  return [
    db
      .prepare('INSERT INTO referral_key (referral, master, wrapped) VALUES (?1, ?2, ?3)')
      .bind(key.row, key.master, key.wrapped),
  ]
}

/** The statements that close a panel: its agenda is read no more by those who sat on it. Closed already, nothing more is written down. */
export function closePanel(
  db: D1Database,
  provider: string,
  panel: string,
  actor: string,
  at: string,
): D1PreparedStatement[] {
  return [
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?3, 'panel-changed', id, json_object('closed', json('true'), 'on', meets_on), ?4
           FROM panel WHERE provider = ?1 AND id = ?2 AND closed_at IS NULL`,
      )
      .bind(provider, panel, actor, at),
    db
      .prepare('UPDATE panel SET closed_at = ?3 WHERE provider = ?1 AND id = ?2 AND closed_at IS NULL')
      .bind(provider, panel, at),
  ]
}

/** The statements that take a panel away that is not held. Where something was decided there, or a place of it given, the batch fails with "the panel has decided". */
export function dropPanel(db: D1Database, provider: string, panel: string): D1PreparedStatement[] {
  return [
    db.prepare("DELETE FROM panel_case WHERE provider = ?1 AND panel = ?2 AND decision = ''").bind(provider, panel),
    db.prepare('DELETE FROM panel WHERE provider = ?1 AND id = ?2').bind(provider, panel),
    db.prepare('DELETE FROM panel_person WHERE provider = ?1 AND panel = ?2').bind(provider, panel),
    db.prepare('DELETE FROM place_pool WHERE provider = ?1 AND pool = ?2').bind(provider, `panel:${panel}`),
    db.prepare('DELETE FROM referral_key WHERE referral = ?1').bind(`panel:${panel}`),
  ]
}

/** The ids of open cases at a stage that stand on no open agenda, by the day that they are due. */
export async function casesForPanel(
  db: D1Database,
  provider: string,
  pathway: string,
  stages: readonly string[],
  { today, most }: { today: string; most: number },
): Promise<string[]> {
  const results = await db.batch<{ id: string }>(
    stages.map((stage) =>
      db
        .prepare(
          `SELECT r.id AS id FROM referral AS r
            WHERE r.provider = ?1 AND r.status = 'open' AND r.pathway = ?2 AND r.stage = ?3 AND r.held_until >= ?5
              AND NOT EXISTS (SELECT 1 FROM panel_case AS c CROSS JOIN panel AS p ON p.provider = c.provider AND p.id = c.panel
                               WHERE c.referral = r.id AND c.decision = '' AND p.closed_at IS NULL)
            ORDER BY r.due_on, r.id LIMIT ?4`,
        )
        .bind(provider, pathway, stage, most, today),
    ),
  )
  return results.flatMap(({ results: rows }) => rows.map(({ id }) => id)).slice(0, most)
}
