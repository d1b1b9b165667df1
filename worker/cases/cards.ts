import { CASE_FLAGS } from '../../catalogue/rules/case-flags.ts'
import { stageOf } from '../../catalogue/rules/pathway.ts'
import { mayReadFilled, type ReadingAs } from '../../catalogue/rules/who-may-read.ts'
import { workingDaysUntil } from '../../catalogue/rules/working-days.ts'
import type { CaseCard } from '../../catalogue/wire/case.ts'
import type { Bindings } from '../environment.ts'
import { KeyError, type Keyring, keyringOf } from '../sealing/keyring.ts'
import { open, openReferralKey } from '../sealing/seal.ts'
import type { CardRow } from './lists.store.ts'
import { type CasePathway, pathwaysFor } from './versions.ts'

/** What a list shows of a pupil, as it is sealed. */
export interface SealedCard {
  /** Initials. */
  pupil: string
  school: string
  year?: string
  district?: string
}

/** Rows as the cards that somebody may see, in their order. */
export async function cardsFrom(
  env: Bindings,
  provider: string,
  rows: readonly CardRow[],
  as: ReadingAs,
  today: string,
): Promise<CaseCard[]> {
  const pathwayOf = await pathwaysFor(env.DB, provider, rows)
  return Promise.all(rows.map(async (row) => cardOf(row, await sealedCard(env, row), pathwayOf(row), as, today)))
}

/** A row as the card that somebody may see, with what its sealed part says. */
export function cardOf(
  row: Omit<CardRow, 'master' | 'wrapped' | 'revision' | 'text' | 'id'>,
  card: SealedCard | undefined,
  found: CasePathway | undefined,
  as: ReadingAs,
  today: string,
): CaseCard {
  const { reference, status, outcome, stage } = row
  // That a case is there stays known to whoever holds it, and nothing of it, until it is permitted anew.
  const hasRunOut = status === 'open' && row.heldUntil < today
  const isFor = as === 'coordinator' || !hasRunOut
  const shown = <Value>(fills: Parameters<typeof mayReadFilled>[2], value: Value | undefined) =>
    (isFor && found && value !== undefined && mayReadFilled(as, found.pathway, fills) ? value : null) ?? null
  return {
    reference,
    status,
    pathway: { id: row.pathway, name: found?.pathway.name ?? row.pathway },
    stage:
      status === 'open' ? { id: stage, name: found ? (stageOf(found.pathway, stage)?.name ?? stage) : stage } : null,
    outcome,
    pupil: shown('pupil.name', card?.pupil),
    school: shown('school.name', card?.school),
    year: shown('pupil.year', card?.year),
    district: shown('school.district', card?.district),
    since: status === 'open' ? row.stageOn : row.endedOn,
    due: status === 'open' ? dueOf(row, found, today) : null,
    // Who works on a case is nothing that a sign-off needs.
    people: as === 'commissioner' ? [] : JSON.parse(row.people),
    flags: CASE_FLAGS.filter((flag) => (flag === 'consent-expired' ? hasRunOut : row.flags.split(' ').includes(flag))),
  }
}

function dueOf(
  { dueOn, dueOf: id }: Pick<CardRow, 'dueOn' | 'dueOf'>,
  found: CasePathway | undefined,
  today: string,
): CaseCard['due'] {
  if (id === '') return null
  const deadline = found?.pathway.deadlines.find((one) => one.id === id)
  const daysLeft = daysUntil(today, dueOn, found?.calendar, deadline?.termTime)
  return { name: deadline?.name ?? '', on: dueOn, daysLeft, overdue: dueOn < today }
}

/** Working days that were counted for a calendar: a board asks for the same few days again and again. */
const MOST_COUNTED = 2_000
const counted = new WeakMap<object, Map<string, number>>()
const NO_CALENDAR = { terms: [], closures: [] }

function daysUntil(
  from: string,
  to: string,
  calendar: CasePathway['calendar'] = NO_CALENDAR,
  termTime = false,
): number {
  const known = counted.get(calendar) ?? new Map<string, number>()
  counted.set(calendar, known)
  const key = `${from} ${to} ${termTime}`
  const days = known.get(key) ?? workingDaysUntil(from, to, calendar, termTime)
  if (known.size >= MOST_COUNTED) known.clear()
  known.set(key, days)
  return days
}

/** Cards that were opened with a ring of keys: a board shows the same ones again and again, and opening one takes two steps of cryptography. */
const MOST_OPENED = 2_000
const opened = new WeakMap<Keyring, Map<string, SealedCard>>()

/** What a row’s card says; undefined where it has none, or its key is not held any more. */
export async function sealedCard(
  env: Bindings,
  { id, master, wrapped, revision, text }: Pick<CardRow, 'id' | 'master' | 'wrapped' | 'revision' | 'text'>,
): Promise<SealedCard | undefined> {
  if (text === null || revision === null) return undefined
  const ring = keyringOf(env)
  const known = opened.get(ring) ?? new Map<string, SealedCard>()
  opened.set(ring, known)
  // Found by all that it is opened from: what was erased, moved or sealed anew is not found again.
  const sealed = `${id} ${master} ${wrapped} ${revision} ${text}`
  const before = known.get(sealed)
  if (before) return before
  try {
    const key = await openReferralKey(ring, id, { master, wrapped })
    const card: SealedCard = JSON.parse(await open(key, text, { referral: id, name: 'card', revision }))
    if (known.size >= MOST_OPENED) known.clear()
    known.set(sealed, card)
    return card
  } catch (error) {
    if (error instanceof KeyError) return undefined
    throw error
  }
}
