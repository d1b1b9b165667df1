import type { Description } from '../publications/store.ts'

/** Who did something: a person by their id and name, or what is no person. */
export interface Somebody {
  id: string
  name: string
}

/** A version that a draft was begun from. */
export interface Base {
  catalogue: string
  version: number
}

/** A draft without its text. */
export interface ListedDraft {
  id: string
  state: 'open' | 'published' | 'discarded'
  title: string
  catalogue: string | null
  basedOn: Base | null
  revision: number
  updatedAt: string
  updatedBy: Somebody
  /** What it became, once published. */
  published: (Base & { from: string }) | null
}

/** A draft with its text as typed. */
export type KeptDraft = ListedDraft & { text: string }

interface Row {
  id: string
  state: ListedDraft['state']
  title: string
  catalogue: string | null
  baseCatalogue: string | null
  baseVersion: number | null
  revision: number
  updatedAt: string
  updatedBy: string
  updatedByName: string | null
  publishedCatalogue: string | null
  publishedVersion: number | null
  publishedFrom: string | null
  text: string
}

/** Who acts, where, and when. */
export interface Act {
  provider: string
  person: string
  session: string
  at: string
}

/** A draft to be begun. */
export interface DraftToKeep {
  id: string
  title: string
  catalogue: string | null
  basedOn: Base | null
  text: string
}

/** Keeps a new draft and says so in the record, unless `most` are open already. False where they are. */
export async function keepDraft(
  db: D1Database,
  { id, title, catalogue, basedOn, text }: DraftToKeep,
  { provider, person, at }: Act,
  most: number,
): Promise<boolean> {
  const detail = { catalogue, ...(basedOn && { from: `${basedOn.catalogue} v${basedOn.version}` }) }
  const results = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?2, 'draft-begun', ?3, ?4, ?5
          WHERE (SELECT count(*) FROM draft WHERE provider = ?1 AND state = 'open') < ?6`,
      )
      .bind(provider, person, id, JSON.stringify(detail), at, most),
    db
      .prepare(
        `INSERT INTO draft (provider, id, state, title, catalogue, based_on_catalogue, based_on_version, revision,
                            begun_at, begun_by, updated_at, updated_by, text)
         SELECT ?1, ?2, 'open', ?3, ?4, ?5, ?6, 1, ?7, ?8, ?7, ?8, ?9
          WHERE (SELECT count(*) FROM draft WHERE provider = ?1 AND state = 'open') < ?10`,
      )
      .bind(
        provider,
        id,
        title,
        catalogue,
        basedOn?.catalogue ?? null,
        basedOn?.version ?? null,
        at,
        person,
        text,
        most,
      ),
  ])
  return results[1]?.meta.changes === 1
}

/** A provider's open drafts without their texts, the one that was changed last standing first. */
export async function openDrafts(db: D1Database, provider: string): Promise<ListedDraft[]> {
  const { results } = await db
    .prepare(
      `SELECT d.id AS id, d.state AS state, d.title AS title, d.catalogue AS catalogue,
              d.based_on_catalogue AS baseCatalogue, d.based_on_version AS baseVersion, d.revision AS revision,
              d.updated_at AS updatedAt, d.updated_by AS updatedBy, p.name AS updatedByName,
              NULL AS publishedCatalogue, NULL AS publishedVersion, NULL AS publishedFrom
         FROM draft AS d LEFT JOIN person AS p ON p.id = d.updated_by
        WHERE d.provider = ?1 AND d.state = 'open'`,
    )
    .bind(provider)
    .all<Omit<Row, 'text'>>()
  return results.map(listed).sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
}

/** A draft, whatever became of it. */
export async function draftOf(db: D1Database, provider: string, id: string): Promise<KeptDraft | undefined> {
  const row = await db
    .prepare(
      `SELECT d.id AS id, d.state AS state, d.title AS title, d.catalogue AS catalogue,
              d.based_on_catalogue AS baseCatalogue, d.based_on_version AS baseVersion, d.revision AS revision,
              d.updated_at AS updatedAt, d.updated_by AS updatedBy, p.name AS updatedByName,
              d.published_catalogue AS publishedCatalogue, d.published_version AS publishedVersion,
              d.published_from_on AS publishedFrom, d.text AS text
         FROM draft AS d LEFT JOIN person AS p ON p.id = d.updated_by
        WHERE d.provider = ?1 AND d.id = ?2`,
    )
    .bind(provider, id)
    .first<Row>()
  return row ? { ...listed(row), text: row.text } : undefined
}

/** What a draft is to be from now on. */
export interface Save {
  id: string
  /** The revision that it changes. */
  revision: number
  text: string
  title: string | undefined
  /** What could be read in the text; undefined leaves what was read last. */
  readTitle: string | undefined
  readCatalogue: string | undefined
}

/**
 * Keeps a draft's text, provided that it is open, at that revision, and another text than before. The record is told the first time
 * in a sitting. False where nothing was changed.
 */
export async function saveDraft(db: D1Database, save: Save, { provider, person, session, at }: Act): Promise<boolean> {
  const { id, revision, text, title, readTitle, readCatalogue } = save
  const results = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?2, 'draft-saved', ?3, json_object('revision', ?4 + 1), ?5
          WHERE EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?3 AND state = 'open' AND revision = ?4 AND (text <> ?7 OR title <> coalesce(?8, title)))
            AND NOT EXISTS (SELECT 1 FROM draft_presence WHERE provider = ?1 AND draft = ?3 AND session = ?6 AND has_saved = 1)`,
      )
      .bind(provider, person, id, revision, at, session, text, title ?? null),
    db
      .prepare(
        `INSERT INTO draft_presence (provider, draft, session, person, seen_at, place, has_saved)
         SELECT ?1, ?2, ?3, ?4, ?5, '', 1
          WHERE EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?6 AND (text <> ?7 OR title <> coalesce(?8, title)))
         ON CONFLICT (provider, draft, session) DO UPDATE SET seen_at = excluded.seen_at, has_saved = 1`,
      )
      .bind(provider, id, session, person, at, revision, text, title ?? null),
    db
      .prepare(
        `UPDATE draft
            SET text = ?4, title = coalesce(?5, ?6, title), catalogue = coalesce(?7, catalogue), revision = revision + 1,
                updated_at = ?8, updated_by = ?9
          WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3 AND (text <> ?4 OR title <> coalesce(?5, title))`,
      )
      .bind(provider, id, revision, text, title ?? null, readTitle ?? null, readCatalogue ?? null, at, person),
  ])
  return results[2]?.meta.changes === 1
}

/** Closes a draft that nobody wants, provided that it is open and at that revision. False where it is not. */
export async function discardDraft(
  db: D1Database,
  id: string,
  revision: number,
  { provider, person, at }: Act,
): Promise<boolean> {
  const results = await db.batch([
    db
      .prepare(
        `INSERT INTO record (provider, actor, action, subject, detail, at)
         SELECT ?1, ?2, 'draft-discarded', ?3, json_object('revision', ?4), ?5
          WHERE EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?3 AND state = 'open' AND revision = ?4)`,
      )
      .bind(provider, person, id, revision, at),
    db
      .prepare(
        `DELETE FROM draft_presence
          WHERE provider = ?1 AND draft = ?2
            AND EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3)`,
      )
      .bind(provider, id, revision),
    db
      .prepare(
        `UPDATE draft SET state = 'discarded', updated_at = ?4, updated_by = ?5
          WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3`,
      )
      .bind(provider, id, revision, at, person),
  ])
  return results[2]?.meta.changes === 1
}

/** Somebody who has a draft before them. */
export interface Present {
  person: string
  name: string
  seenAt: string
  place: string
}

/** How a draft stands, and who else has it before them. */
export interface Seen {
  state: ListedDraft['state']
  revision: number
  updatedAt: string
  updatedBy: Somebody
  others: Present[]
}

/** Writes down that somebody has a draft before them, and tells who else has; `since` is when one is no longer there, `gone` when one's row is cleared away. */
export async function markPresent(
  db: D1Database,
  id: string,
  place: string,
  { provider, person, session, at }: Act,
  { since, gone }: { since: string; gone: string },
): Promise<Seen | undefined> {
  const [, , drafts, present] = await db.batch([
    // Of all the provider's drafts: to some of them nobody may come back.
    db.prepare('DELETE FROM draft_presence WHERE provider = ?1 AND seen_at < ?2').bind(provider, gone),
    db
      .prepare(
        `INSERT INTO draft_presence (provider, draft, session, person, seen_at, place, has_saved)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, 0
          WHERE EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open')
         ON CONFLICT (provider, draft, session) DO UPDATE SET seen_at = excluded.seen_at, place = excluded.place`,
      )
      .bind(provider, id, session, person, at, place),
    db
      .prepare(
        `SELECT d.state AS state, d.revision AS revision, d.updated_at AS updatedAt, d.updated_by AS updatedBy, p.name AS updatedByName
           FROM draft AS d LEFT JOIN person AS p ON p.id = d.updated_by
          WHERE d.provider = ?1 AND d.id = ?2`,
      )
      .bind(provider, id),
    db
      .prepare(
        `SELECT e.person AS person, coalesce(p.name, '') AS name, e.seen_at AS seenAt, e.place AS place
           FROM draft_presence AS e LEFT JOIN person AS p ON p.id = e.person
          WHERE e.provider = ?1 AND e.draft = ?2 AND e.session <> ?3 AND e.seen_at >= ?4`,
      )
      .bind(provider, id, session, since),
  ])
  const [row] = (drafts?.results ?? []) as Pick<
    Row,
    'state' | 'revision' | 'updatedAt' | 'updatedBy' | 'updatedByName'
  >[]
  if (!row) return undefined
  const { updatedByName, ...rest } = row
  return {
    ...rest,
    updatedBy: { id: row.updatedBy, name: updatedByName ?? '' },
    others: (present?.results ?? []) as unknown as Present[],
  }
}

/** The highest version that a catalogue ever had, 0 for none. */
export async function latestVersion(db: D1Database, provider: string, catalogue: string): Promise<number> {
  const row = await db
    .prepare('SELECT max(version) AS version FROM catalogue_version WHERE provider = ?1 AND catalogue = ?2')
    .bind(provider, catalogue)
    .first<{ version: number | null }>()
  return row?.version ?? 0
}

/** What a draft becomes. */
export interface Publishing extends Base {
  id: string
  revision: number
  from: string
  opensOn: string
  endsOn: string
  /** The document's JSON. */
  document: string
  /** What the provider is described by from now on; undefined leaves it. */
  description: Description | undefined
}

/**
 * Publishes a draft, provided that it is open and at that revision: the version, the day from which it counts, the record and the
 * draft's end are kept together or not at all. `version-taken` where somebody else published that version meanwhile.
 */
export async function publishDraft(
  db: D1Database,
  { id, revision, catalogue, version, from, opensOn, endsOn, document, description }: Publishing,
  { provider, person, at }: Act,
): Promise<'published' | 'not-as-seen' | 'version-taken'> {
  try {
    const results = await db.batch([
      db
        .prepare(
          `INSERT INTO catalogue_version (provider, catalogue, version, opens_on, ends_on, published_at, document)
           SELECT ?1, ?4, ?5, ?6, ?7, ?8, ?9
            WHERE EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3)`,
        )
        .bind(provider, id, revision, catalogue, version, opensOn, endsOn, at, document),
      db
        .prepare(
          `INSERT INTO publication (provider, catalogue, version, from_on, published_at, published_by)
           SELECT ?1, ?4, ?5, ?6, ?7, ?8
            WHERE EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3)`,
        )
        .bind(provider, id, revision, catalogue, version, from, at, person),
      db
        .prepare(
          `INSERT INTO record (provider, actor, action, subject, detail, at)
           SELECT ?1, ?4, 'catalogue-published', ?5, json_object('version', ?6, 'from', ?7, 'draft', ?2), ?8
            WHERE EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3)`,
        )
        .bind(provider, id, revision, person, `${catalogue} v${version}`, version, from, at),
      ...(description
        ? [
            db
              .prepare(
                `UPDATE provider SET name = ?4, service = ?5, kind = ?6, about = ?7
                  WHERE id = ?1 AND EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3)`,
              )
              .bind(provider, id, revision, description.name, description.service, description.kind, description.about),
          ]
        : []),
      db
        .prepare(
          `DELETE FROM draft_presence
            WHERE provider = ?1 AND draft = ?2
              AND EXISTS (SELECT 1 FROM draft WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3)`,
        )
        .bind(provider, id, revision),
      db
        .prepare(
          `UPDATE draft
              SET state = 'published', published_catalogue = ?4, published_version = ?5, published_from_on = ?6,
                  updated_at = ?7, updated_by = ?8
            WHERE provider = ?1 AND id = ?2 AND state = 'open' AND revision = ?3`,
        )
        .bind(provider, id, revision, catalogue, version, from, at, person),
    ])
    return results.at(-1)?.meta.changes === 1 ? 'published' : 'not-as-seen'
  } catch (error) {
    if (error instanceof Error && /UNIQUE constraint failed: catalogue_version\./i.test(error.message))
      return 'version-taken'
    throw error
  }
}

/** A version of a catalogue: its document's JSON. */
export async function documentOf(db: D1Database, provider: string, base: Base): Promise<string | undefined> {
  const row = await db
    .prepare('SELECT document FROM catalogue_version WHERE provider = ?1 AND catalogue = ?2 AND version = ?3')
    .bind(provider, base.catalogue, base.version)
    .first<{ document: string }>()
  return row?.document
}

/** How a provider is described, for its first catalogue. */
export interface Described {
  id: string
  name: string
  service: string
  kind: string
  about: string
}

/** A provider as it is described where it has published nothing yet. */
export async function describedProvider(db: D1Database, provider: string): Promise<Described | undefined> {
  const row = await db
    .prepare('SELECT id, name, service, kind, about FROM provider WHERE id = ?1')
    .bind(provider)
    .first<Described>()
  return row ?? undefined
}

function listed(row: Omit<Row, 'text'>): ListedDraft {
  const { id, state, title, catalogue, revision, updatedAt } = row
  return {
    id,
    state,
    title,
    catalogue,
    basedOn:
      row.baseCatalogue === null || row.baseVersion === null
        ? null
        : { catalogue: row.baseCatalogue, version: row.baseVersion },
    revision,
    updatedAt,
    updatedBy: { id: row.updatedBy, name: row.updatedByName ?? '' },
    published:
      row.publishedCatalogue === null || row.publishedVersion === null
        ? null
        : { catalogue: row.publishedCatalogue, version: row.publishedVersion, from: row.publishedFrom ?? '' },
  }
}
