import type { ConsentAsk } from '../../catalogue/rules/consent.ts'
import type { StoredAnswer, StoredPerson } from '../referrals/case.store.ts'

/** The statement that keeps who is asked, and in which language; whoever is there already only changes theirs. */
export function personStatement(
  db: D1Database,
  referral: string,
  { id, as, language }: StoredPerson,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO consent_person (referral, id, as_who, language) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (referral, id) DO UPDATE SET language = excluded.language`,
    )
    .bind(referral, id, as, language)
}

/** The statement that keeps what somebody was asked. */
export function asksStatement(db: D1Database, referral: string, asks: readonly ConsentAsk[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO consent_ask (referral, number, person, purpose, each, asked_on)
       SELECT ?1, value ->> 'number', value ->> 'person', value ->> 'purpose', value ->> 'each', value ->> 'on' FROM json_each(?2)`,
    )
    .bind(referral, JSON.stringify(asks))
}

/** The statement that keeps what somebody answered. */
export function answersStatement(
  db: D1Database,
  referral: string,
  answers: readonly StoredAnswer[],
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO consent_answer (referral, number, person, purpose, each, answer, how, answered_on)
       SELECT ?1, value ->> 'number', value ->> 'person', value ->> 'purpose', value ->> 'each', value ->> 'answer', value ->> 'how',
              value ->> 'on'
         FROM json_each(?2)`,
    )
    .bind(referral, JSON.stringify(answers))
}

/** The statement that ends somebody’s codes that were made before an instant, and with them the visits that they opened. */
export function revokeCodes(
  db: D1Database,
  referral: string,
  person: string,
  at: string,
  before: string,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE referral_link SET revoked_at = ?3
        WHERE referral = ?1 AND as_who = 'consent' AND who = ?2 AND how = 'code' AND revoked_at IS NULL AND made_at < ?4`,
    )
    .bind(referral, person, at, before)
}

/** Whom of a provider to find. */
export interface Holding {
  provider: string
  referral: string
  /** Everybody who was ever put on the case. */
  people: readonly string[]
  /** Whether who sits on its panels is meant too. */
  panels: boolean
  /** Whether the commissioner is, to a stage of whose it came. */
  commissioned: boolean
  /** Whether co-ordinators and owners hear of it by themselves, since no role address does. */
  run: boolean
}

/**
 * The addresses of everybody at a provider who holds a case: who works or worked on it, who sits on its panels, who signs it off, who runs
 * it. Whoever is invited and has not signed in yet is meant only where nobody who has does the same: else nobody at all would hear.
 */
export async function holdersOf(
  db: D1Database,
  { provider, referral, people, panels, commissioned, run }: Holding,
): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT p.email AS email, m.signed_in_at IS NOT NULL AS isHere,
              m.person IN (SELECT value FROM json_each(?3)) AS works,
              ?6 AND m.person IN (SELECT pp.person FROM panel_case AS c JOIN panel_person AS pp ON pp.provider = c.provider AND pp.panel = c.panel
                                   WHERE c.referral = ?2 AND c.provider = ?1) AS sits,
              ?4 AND m.case_role IS 'commissioner' AS signsOff,
              ?5 AND m.case_role IS NULL AND m.role IN ('owner', 'coordinator') AS runs
         FROM membership AS m JOIN person AS p ON p.id = m.person
        WHERE m.provider = ?1`,
    )
    .bind(provider, referral, JSON.stringify(people), commissioned ? 1 : 0, run ? 1 : 0, panels ? 1 : 0)
    .all<Record<'isHere' | (typeof HOLDS)[number], 0 | 1> & { email: string }>()
  const told = HOLDS.flatMap((does) => {
    const all = results.filter((one) => one[does])
    const here = all.filter(({ isHere }) => isHere)
    return (here.length > 0 ? here : all).map(({ email }) => email)
  })
  return [...new Set(told)].sort()
}

/** The ways in which somebody holds a case. */
const HOLDS = ['works', 'sits', 'signsOff', 'runs'] as const

/** The ids of up to `most` referrals whose consent is to be looked at by a day, and which nobody has touched since an instant. */
export async function consentsToTend(
  db: D1Database,
  today: string,
  untouchedSince: string,
  most: number,
): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT id FROM referral
        WHERE consent_on <= ?1 AND consent_on < '9999-12-31' AND status IN ('waiting', 'open') AND touched_at < ?2
        ORDER BY consent_on LIMIT ?3`,
    )
    .bind(today, untouchedSince, most)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}
