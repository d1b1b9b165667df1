import { addDays } from '../../catalogue/rules/dates.ts'
import { stageOf } from '../../catalogue/rules/pathway.ts'
import { mayReadCase, packReadUntil, type ReadingAs } from '../../catalogue/rules/who-may-read.ts'
import { isCaseRole } from '../../catalogue/wire/roles.ts'
import type { AppContext, Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import { type LinkBase, linkBaseOf } from '../letters/link.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import type { OpenCase } from '../referrals/open-case.ts'
import { openCaseWith } from '../referrals/open-case.ts'
import { type AroundCase, aroundCase } from './around.store.ts'

/** Panels that met so many days ago at most still have places to give. */
const PANELS_DAYS = 400

/** Who reads or changes cases of a provider, as what, and when. */
export interface Reader {
  env: Bindings
  provider: string
  person: string
  /** What they are called. */
  called: string
  as: ReadingAs
  /** The calendar’s day. */
  today: string
  /** The real clock, in milliseconds. */
  now: number
  /** Where the links of letters lead. */
  link: LinkBase
}

/** A case that somebody may read, with what stands about it. */
export interface ReadCase {
  opened: OpenCase
  around: AroundCase
}

/** Who asks. A role that the guard has let in reads by case, or every case. */
export function readerOf(c: AppContext): Reader {
  const { person, role, name, email } = actorOf(c)
  const as: ReadingAs = role !== undefined && isCaseRole(role) ? role : 'coordinator'
  const when = { today: c.var.today, now: c.var.now(), link: linkBaseOf(c) }
  return { env: c.env, provider: providerOf(c), person, called: name || email, as, ...when }
}

/** A case’s reference as the address has it. */
export function referenceIn(c: AppContext): string {
  return (c.req.param('case') ?? '').toUpperCase()
}

/** A case that somebody may read; undefined where there is none, or none for them. */
export async function caseFor(reader: Reader, reference: string): Promise<ReadCase | undefined> {
  const { env, provider, person, as, today } = reader
  const [opened, around] = await Promise.all([
    openCaseWith(env, { provider, reference }),
    aroundCase(env.DB, provider, reference, person, addDays(today, -PANELS_DAYS)),
  ])
  if (!opened) return undefined
  const { status, stage } = opened.referral
  const facts = {
    status,
    isHeld: !opened.hasRunOut(today),
    isAssigned: opened.kept.assigned.includes(person),
    isOnPanel: around.panels.some(
      ({ closedAt, sits, meetsOn }) => sits === 1 && closedAt === null && today <= packReadUntil(meetsOn),
    ),
    stage: stageOf(opened.pathway, stage),
  }
  return mayReadCase(as, facts) ? { opened, around } : undefined
}

/** A case that somebody may read. What they may not read is not found, as if it were not there. */
export async function readCase(reader: Reader, reference: string): Promise<ReadCase> {
  const found = await caseFor(reader, reference)
  if (!found) throw new Failure('not-found')
  return found
}
