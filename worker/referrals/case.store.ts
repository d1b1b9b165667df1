import type { ConsentAnswer, ConsentAsk, ConsentPerson } from '../../catalogue/rules/consent.ts'
import type { CaseEvent } from '../../catalogue/rules/deadline.ts'
import type { LiveVersion } from '../catalogues/standing.ts'
import type { Preparing } from '../erasures/store.ts'

export type ReferralStatus = 'draft' | 'waiting' | 'open' | 'ended' | 'stopped'

/** A referral as it is kept, with its wrapped key. Nothing here is personal. */
export interface ReferralRow {
  id: string
  provider: string
  /** Null until it is sent. */
  reference: string | null
  pathway: string
  catalogue: string
  version: number
  status: ReferralStatus
  stage: string
  /** The number of its last event. */
  events: number
  begunAt: string
  touchedAt: string
  begunOn: string
  sentOn: string | null
  releasedOn: string | null
  stageOn: string | null
  endedOn: string | null
  outcome: string
  dueOn: string
  /** Which deadline that is; empty where none runs. */
  dueOf: string
  /** What stands out about it, as flags with spaces between. */
  flags: string
  /** The school's blind mark. */
  school: string
  /** The last day on which the permission that released it holds. */
  heldUntil: string
  /** Since when it is known that whoever referred reads the address that they gave. */
  addressOn: string | null
  /** The day on which the schedule looks at its consent next. */
  consentOn: string
  deleteOn: string
  master: number
  wrapped: string
}

/** An event of its history, with who did it: a person's id, `school`, `family` or `system`. */
export interface StoredEvent extends CaseEvent {
  at: string
  actor: string
  detail: Record<string, string | number | boolean | null>
}

/** Somebody who is asked for consent, and in which language. */
export interface StoredPerson extends ConsentPerson {
  language: string
}

/** An answer, and how it came. */
export interface StoredAnswer extends ConsentAnswer {
  how: 'page' | 'paper' | 'in-person'
}

/** A place that a case was given. */
export interface StoredPlace {
  number: number
  kind: string
  pool: string
  givenOn: string
  freedOn: string | null
}

/** A sealed text as it is kept. */
export interface SealedText {
  revision: number
  text: string
  at: string
}

/** Everything that is kept of a referral, sealed texts sealed. */
export interface KeptCase {
  referral: ReferralRow
  events: StoredEvent[]
  people: StoredPerson[]
  asks: ConsentAsk[]
  answers: StoredAnswer[]
  places: StoredPlace[]
  /** The ids of who works on it. */
  assigned: string[]
  /** The panels that have it on their agenda and are to decide on it, the first first. */
  panels: { id: string; meetsOn: string }[]
  sealed: Map<string, SealedText>
  /** The versions that its provider has published and not taken back. */
  published: LiveVersion[]
}

/** What a referral is known by: its id, or a provider and its reference. */
export type CaseName = { id: string } | { provider: string; reference: string }

/** Everything that is kept of a referral, in one round trip; undefined where there is none, or its key was destroyed. */
export async function caseWith(db: D1Database, name: CaseName): Promise<KeptCase | undefined> {
  const named = 'id' in name ? [name.id, null, null] : [null, name.provider, name.reference]
  const [row, events, people, asks, answers, places, assigned, panels, sealed, published] = await db.batch([
    db
      .prepare(
        `SELECT r.id AS id, r.provider AS provider, r.reference AS reference, r.pathway AS pathway, r.catalogue AS catalogue,
                r.version AS version, r.status AS status, r.stage AS stage, r.events AS events, r.begun_at AS begunAt,
                r.touched_at AS touchedAt, r.begun_on AS begunOn, r.sent_on AS sentOn, r.released_on AS releasedOn,
                r.stage_on AS stageOn, r.ended_on AS endedOn, r.outcome AS outcome, r.due_on AS dueOn, r.due_of AS dueOf,
                r.flags AS flags, r.school AS school, r.held_until AS heldUntil, r.consent_on AS consentOn, r.address_on AS addressOn, r.delete_on AS deleteOn, k.master AS master, k.wrapped AS wrapped
           FROM referral AS r
           JOIN referral_key AS k ON k.referral = r.id
          WHERE r.id = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3))`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT number, kind, of, happened_on AS "on", at, actor, detail FROM case_event
          WHERE referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3)) ORDER BY number`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT id, as_who AS "as", language FROM consent_person
          WHERE referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3)) ORDER BY id`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT number, person, purpose, each, asked_on AS "on" FROM consent_ask
          WHERE referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3)) ORDER BY number`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT number, person, purpose, each, answer, how, answered_on AS "on" FROM consent_answer
          WHERE referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3)) ORDER BY number`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT number, kind, pool, given_on AS givenOn, freed_on AS freedOn FROM place
          WHERE referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3)) ORDER BY number`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT person, since_at AS since FROM case_person
          WHERE referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3))`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT p.id AS id, p.meets_on AS meetsOn
           FROM panel_case AS c CROSS JOIN panel AS p ON p.provider = c.provider AND p.id = c.panel
          WHERE c.referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3))
            AND c.decision = '' AND p.closed_at IS NULL`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT name, revision, text, at FROM sealed
          WHERE referral = coalesce(?1, (SELECT id FROM referral WHERE provider = ?2 AND reference = ?3))`,
      )
      .bind(...named),
    db
      .prepare(
        `SELECT v.catalogue AS catalogue, v.version AS version, coalesce(p.from_on, '') AS fromOn
           FROM catalogue_version AS v
           LEFT JOIN publication AS p ON p.provider = v.provider AND p.catalogue = v.catalogue AND p.version = v.version
          WHERE v.provider = coalesce(?2, (SELECT provider FROM referral WHERE id = ?1)) AND p.taken_back_at IS NULL`,
      )
      .bind(named[0], named[1]),
  ])
  const [referral] = (row?.results ?? []) as ReferralRow[]
  if (!referral) return undefined
  const stored = (events?.results ?? []) as (Omit<StoredEvent, 'detail'> & { detail: string })[]
  return {
    referral,
    events: stored.map((event) => ({ ...event, detail: JSON.parse(event.detail) })),
    people: (people?.results ?? []) as StoredPerson[],
    asks: (asks?.results ?? []) as ConsentAsk[],
    answers: (answers?.results ?? []) as StoredAnswer[],
    places: (places?.results ?? []) as StoredPlace[],
    assigned: ((assigned?.results ?? []) as { person: string; since: string }[])
      .sort((one, other) => (one.since < other.since ? -1 : 1))
      .map(({ person }) => person),
    panels: ((panels?.results ?? []) as KeptCase['panels']).sort((one, other) =>
      one.meetsOn < other.meetsOn ? -1 : 1,
    ),
    sealed: new Map(
      ((sealed?.results ?? []) as (SealedText & { name: string })[]).map(({ name: called, ...text }) => [called, text]),
    ),
    published: (published?.results ?? []) as LiveVersion[],
  }
}

/** What an event adds to a history. */
export type EventToKeep = Omit<StoredEvent, 'number'> & { number: number }

/** How a referral stands after a change. */
export type ReferralState = Pick<
  ReferralRow,
  | 'status'
  | 'stage'
  | 'sentOn'
  | 'releasedOn'
  | 'stageOn'
  | 'endedOn'
  | 'outcome'
  | 'dueOn'
  | 'dueOf'
  | 'flags'
  | 'deleteOn'
  | 'heldUntil'
  | 'consentOn'
  | 'reference'
> & { school: string }

/** The statements that add events to a referral's history and bring its row up to them. The number of an event that is there already fails the batch. */
export function changeStatements(
  db: D1Database,
  id: string,
  state: ReferralState,
  events: readonly EventToKeep[],
  at: string,
): D1PreparedStatement[] {
  const last = events.at(-1)?.number ?? 0
  return [
    db
      .prepare(
        `INSERT INTO case_event (referral, number, kind, of, happened_on, at, actor, detail)
         SELECT ?1, value ->> 'number', value ->> 'kind', value ->> 'of', value ->> 'on', value ->> 'at', value ->> 'actor', value -> 'detail'
           FROM json_each(?2)`,
      )
      .bind(id, JSON.stringify(events)),
    db
      .prepare(
        `UPDATE referral
            SET status = ?2, stage = ?3, sent_on = ?4, released_on = ?5, stage_on = ?6, ended_on = ?7, outcome = ?8, due_on = ?9,
                delete_on = ?10, reference = ?11, school = ?12, events = ?13, touched_at = ?14, due_of = ?15, flags = ?16,
                held_until = ?17, consent_on = ?18
          WHERE id = ?1`,
      )
      .bind(
        id,
        state.status,
        state.stage,
        state.sentOn,
        state.releasedOn,
        state.stageOn,
        state.endedOn,
        state.outcome,
        state.dueOn,
        state.deleteOn,
        state.reference,
        state.school,
        last,
        at,
        state.dueOf,
        state.flags,
        state.heldUntil,
        state.consentOn,
      ),
  ]
}

/** The statement that keeps a sealed text, provided that the kept one is of the revision before; `changes` is 0 where it is not. */
export function sealedStatement(
  db: D1Database,
  referral: string,
  name: string,
  revision: number,
  text: string,
  at: string,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO sealed (referral, name, revision, text, at) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (referral, name) DO UPDATE SET revision = excluded.revision, text = excluded.text, at = excluded.at
        WHERE sealed.revision = excluded.revision - 1`,
    )
    .bind(referral, name, revision, text, at)
}

/** The statement that gives a place of a pool that counts. The batch fails with "no place is left" where none is. */
export function takePlace(
  db: D1Database,
  { referral, number, provider, kind, pool, on, most }: PlaceToTake,
): D1PreparedStatement[] {
  const given = db
    .prepare(
      'INSERT INTO place (referral, number, provider, kind, pool, given_on, freed_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)',
    )
    .bind(referral, number, provider, kind, pool, on)
  if (pool === '') return [given]
  return [
    given,
    db
      .prepare(
        `INSERT INTO place_pool (provider, pool, most, withdrawn, taken) VALUES (?1, ?2, ?3, 0, 1)
         ON CONFLICT (provider, pool) DO UPDATE SET taken = taken + 1`,
      )
      .bind(provider, pool, most),
  ]
}

/** A place on its way to a case. `most` is how many the pool has, where it is not there yet. */
export interface PlaceToTake {
  referral: string
  number: number
  provider: string
  kind: string
  pool: string
  on: string
  most: number
}

/** The statements that give the places of a case back. */
export function freePlaces<Statement>(db: Preparing<Statement>, referral: string, on: string): Statement[] {
  return [
    db
      .prepare(
        `UPDATE place_pool
            SET taken = taken - (SELECT count(*) FROM place AS p
                                  WHERE p.referral = ?1 AND p.provider = place_pool.provider AND p.pool = place_pool.pool AND p.freed_on IS NULL)
          WHERE (provider, pool) IN (SELECT provider, pool FROM place WHERE referral = ?1 AND freed_on IS NULL AND pool <> '')`,
      )
      .bind(referral),
    db.prepare('UPDATE place SET freed_on = ?2 WHERE referral = ?1 AND freed_on IS NULL').bind(referral, on),
  ]
}

/** The statements that end the places of a case that is over, or stops once they were used. A panel's can be given again; a school's of the term was used, and counts until the term is over. */
export function endPlaces(db: D1Database, referral: string, on: string): D1PreparedStatement[] {
  return [
    db
      .prepare(
        `UPDATE place_pool
            SET taken = taken - (SELECT count(*) FROM place AS p
                                  WHERE p.referral = ?1 AND p.provider = place_pool.provider AND p.pool = place_pool.pool AND p.freed_on IS NULL)
          WHERE (provider, pool) IN (SELECT provider, pool FROM place WHERE referral = ?1 AND freed_on IS NULL AND pool GLOB 'panel:*')`,
      )
      .bind(referral),
    db.prepare('UPDATE place SET freed_on = ?2 WHERE referral = ?1 AND freed_on IS NULL').bind(referral, on),
  ]
}

/** The statements that take away what a stopped referral said of the pupil, and what would find or show it: who was asked, their answers and the school’s addresses stay. */
export function forgetStatements<Statement>(db: Preparing<Statement>, referral: string): Statement[] {
  return [
    db
      .prepare(
        `DELETE FROM sealed
          WHERE referral = ?1 AND (name IN ('card', 'eligibility', 'agreement') OR name GLOB 'part:*' OR name GLOB 'event:*')`,
      )
      .bind(referral),
    db.prepare('DELETE FROM pupil_mark WHERE referral = ?1').bind(referral),
    db.prepare('DELETE FROM waiting_place WHERE referral = ?1').bind(referral),
    db.prepare("DELETE FROM panel_case WHERE referral = ?1 AND decision = ''").bind(referral),
  ]
}

/** The statement that puts a case at the end of its pathway's waiting list. */
export function joinWaitingList(
  db: D1Database,
  { id, provider, pathway }: Pick<ReferralRow, 'id' | 'provider' | 'pathway'>,
  on: string,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO waiting_place (provider, pathway, position, referral, since_on)
       SELECT ?1, ?2, coalesce((SELECT max(position) FROM waiting_place WHERE provider = ?1 AND pathway = ?2), 0) + 1, ?3, ?4 WHERE true
       ON CONFLICT (referral) DO NOTHING`,
    )
    .bind(provider, pathway, id, on)
}

/** The statement that takes a case off the waiting list. */
export function leaveWaitingList(db: D1Database, referral: string): D1PreparedStatement {
  return db.prepare('DELETE FROM waiting_place WHERE referral = ?1').bind(referral)
}
