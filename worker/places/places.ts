import * as z from 'zod/mini'
import { isDay } from '../../catalogue/rules/dates.ts'
import { termOf } from '../../catalogue/rules/working-days.ts'
import type { Term } from '../../catalogue/schema/calendar.ts'
import type { PlaceKind } from '../../catalogue/schema/pathway.ts'
import { id } from '../../catalogue/schema/text.ts'
import type { ExclusionReply, ExclusionRequest, ExclusionsReply, PlacesReply } from '../../catalogue/wire/case.ts'
import { type SealedCard, sealedCard } from '../cases/cards.ts'
import { type Doer, doneBefore, requestOf, scopeOf } from '../cases/doing.ts'
import { leftOf } from '../cases/facts.ts'
import { written } from '../cases/one.ts'
import { caseFor, type Reader } from '../cases/reading.ts'
import type { Published } from '../catalogues/shelf.ts'
import { Failure, invalid } from '../failures.ts'
import { readPlace, writtenPlace } from '../orders/place-in-list.ts'
import { newAttempt } from '../people/secret.ts'
import { recordEntry } from '../records/store.ts'
import { insertAsk } from '../referrals/asked.store.ts'
import { schoolMark } from '../referrals/marks.ts'
import { calendarOf } from '../referrals/versions.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { openOwn, sealOwn } from '../sealing/own-text.ts'
import {
  cardsOf,
  excludersOf,
  exclusionsBefore,
  exclusionWith,
  type KeptExclusion,
  keepExclusion,
  poolsOfTerm,
  recordTakenBack,
  takeExclusionBack,
} from './place.store.ts'
import { schoolPool } from './pools.ts'

/** How many schools’ places, and how many exclusions, a page lists. */
const PAGE = 100

/** Which term’s places are looked at, and where the page before ended. */
export const placesQuery = z.object({
  term: z._default(z.union([z.literal(''), id]), ''),
  after: z._default(z.string().check(z.maxLength(2_000, 'too-long')), ''),
})

/** Where a list of exclusions goes on. */
export const exclusionsQuery = z.object({ after: z._default(z.string().check(z.maxLength(2_000, 'too-long')), '') })

/** A kind of place with the pathway that gives it. */
type KindOfPathway = PlaceKind & { pathway: string }

/** The kinds of places of a provider’s pathways, each as the newest catalogue that has it says. */
function kindsIn(published: readonly Published[]): KindOfPathway[] {
  const kinds = new Map<string, KindOfPathway>()
  for (const { document } of newestFirst(published))
    for (const { id: pathway, places = [] } of document.pathways ?? [])
      for (const kind of places) {
        const name = `${pathway} ${kind.id}`
        if (!kinds.has(name)) kinds.set(name, { ...kind, pathway })
      }
  return [...kinds.values()]
}

function newestFirst(published: readonly Published[]): readonly Published[] {
  return published.toSorted((one, other) => (one.opensOn < other.opensOn ? 1 : -1))
}

/** The places of a term by school: how many it has, how many an exclusion has withdrawn, how many are given. Schools without either are not there. */
export async function placesFor(
  { env, provider, today }: Reader,
  published: readonly Published[],
  asked: z.infer<typeof placesQuery>,
): Promise<PlacesReply> {
  const calendar = await calendarOf(env.DB, provider)
  const { terms } = calendar
  const term = asked.term || (termOf(today, calendar)?.id ?? terms.at(-1)?.id ?? '')
  const [after = ''] = readPlace(asked.after, 'after') ?? []
  const pools = await poolsOfTerm(env.DB, provider, term, after, PAGE + 1)
  const shown = pools.slice(0, PAGE)
  const names = await schoolsOf(
    env,
    provider,
    shown.flatMap(({ referral }) => referral ?? []),
  )
  const nameless = shown.filter(({ referral }) => referral === null || !names.has(referral))
  const excluders = await excludersNamed(
    env,
    provider,
    nameless.flatMap(({ exclusion }) => exclusion ?? []),
  )
  const last = pools.length > PAGE ? shown.at(-1) : undefined
  return {
    terms: terms.map(({ id: one, name, from, to }) => ({ id: one, name, from, to })),
    term: term === '' ? null : term,
    kinds: kindsIn(published).map(({ id: kind, name, pathway, most, counted }) => ({
      id: kind,
      name,
      pathway,
      most: most ?? null,
      counted,
    })),
    schools: shown.map(({ pool, most, withdrawn, taken, referral, exclusion }) => {
      const [, , pathway = '', kind = ''] = pool.split(':')
      const school = names.get(referral ?? '') ?? excluders.get(exclusion ?? '') ?? null
      return { school, pathway, kind, term, most, withdrawn, taken, left: leftOf({ most, withdrawn, taken }) }
    }),
    next: last ? writtenPlace([last.pool]) : null,
  }
}

/** The names of the schools of some referrals, as far as their cards can be opened. */
async function schoolsOf(
  env: Reader['env'],
  provider: string,
  referrals: readonly string[],
): Promise<Map<string, string>> {
  if (referrals.length === 0) return new Map()
  const cards = await cardsOf(env.DB, provider, referrals)
  const names = await Promise.all(cards.map(async (row) => [row.id, (await sealedCard(env, row))?.school] as const))
  return new Map(names.flatMap(([referral, school]) => (school === undefined ? [] : [[referral, school]])))
}

/** The names of the schools of some exclusions. */
async function excludersNamed(
  env: Reader['env'],
  provider: string,
  exclusions: readonly string[],
): Promise<Map<string, string>> {
  if (exclusions.length === 0) return new Map()
  const rows = await excludersOf(env.DB, provider, exclusions)
  return new Map(await Promise.all(rows.map(async (one) => [one.id, await excluderIn(env, one)] as const)))
}

function excluderIn(
  env: Reader['env'],
  { id: own, schoolName, master, wrapped }: Pick<KeptExclusion, 'id' | 'schoolName' | 'master' | 'wrapped'>,
): Promise<string> {
  return openOwn(keyringOf(env), `exclusion:${own}`, { text: schoolName, master, wrapped })
}

/** Permanent exclusions that were noted, the newest first. */
export async function exclusionsFor(
  { env, provider }: Reader,
  asked: z.infer<typeof exclusionsQuery>,
): Promise<ExclusionsReply> {
  const [at = '\u{10ffff}', own = ''] = readPlace(asked.after, 'after') ?? []
  const [rows, { terms }] = await Promise.all([
    exclusionsBefore(env.DB, provider, [at, own], PAGE + 1),
    calendarOf(env.DB, provider),
  ])
  const shown = rows.slice(0, PAGE)
  const last = rows.length > PAGE ? shown.at(-1) : undefined
  return {
    exclusions: await Promise.all(shown.map((one) => exclusionOf(env, one, terms))),
    next: last ? writtenPlace([last.at, last.id]) : null,
  }
}

async function exclusionOf(
  env: Reader['env'],
  kept: KeptExclusion,
  terms: readonly Term[],
): Promise<ExclusionReply['exclusion']> {
  const { id: own, excludedOn, notedBy, noterName, at, takenBackAt, withdraws } = kept
  const term = terms.find((one) => one.id === kept.term)
  const places = Object.values(JSON.parse(withdraws) as Record<string, number>).reduce((sum, one) => sum + one, 0)
  return {
    id: own,
    school: await excluderIn(env, kept),
    term: kept.term === '' ? null : { id: kept.term, name: term?.name ?? kept.term },
    on: excludedOn,
    notedBy: { id: notedBy, name: noterName },
    at,
    takenBackAt,
    places,
  }
}

/**
 * Notes a permanent exclusion, once for each key: it withdraws places that the school has in the term. Throws `invalid` at `/case`, `/school`,
 * `/urn`, `/on` or `/term`.
 */
export async function noteExclusion(
  doer: Doer,
  published: readonly Published[],
  body: ExclusionRequest,
): Promise<ExclusionReply> {
  const { env, provider, person, today, now } = doer
  const asked = await requestOf(doer, ['exclusion', body])
  const earlier = await doneBefore<{ id: string }>(doer, asked)
  if (earlier) return replyWith(doer, earlier.id)
  const calendar = await calendarOf(env.DB, provider)
  const { terms } = calendar
  if (!isDay(body.on)) throw invalid([{ pointer: '/on', code: 'not-a-date' }])
  if (body.on > today) throw invalid([{ pointer: '/on', code: 'in-the-future' }])
  const term = body.term === undefined ? termOf(body.on, calendar) : terms.find((one) => one.id === body.term)
  if (terms.length > 0 && !term) throw invalid([{ pointer: '/term', code: 'choose' }])
  const school = await schoolExcluding(doer, body)
  const exclusion = {
    id: newAttempt(),
    school: school.mark,
    term: term?.id ?? '',
    excludedOn: body.on,
    notedBy: person,
    at: new Date(now).toISOString(),
  }
  const withdrawn = kindsIn(published).flatMap(({ id: kind, pathway, counted, most = 0, withdrawnByExclusion }) =>
    term && counted === 'school-term' && withdrawnByExclusion !== undefined
      ? [{ pool: schoolPool(term.id, { pathway, kind }, school.mark), most, places: withdrawnByExclusion }]
      : [],
  )
  const receipt = { id: exclusion.id }
  const schoolName = await sealOwn(keyringOf(env), `exclusion:${exclusion.id}`, school.name)
  const entry = {
    provider,
    actor: person,
    action: 'exclusion-noted',
    subject: exclusion.id,
    detail: { term: exclusion.term },
  }
  try {
    await env.DB.batch([
      insertAsk(env.DB, { scope: scopeOf(doer), key: doer.key, asked, receipt: JSON.stringify(receipt) }, exclusion.at),
      ...keepExclusion(env.DB, provider, exclusion, schoolName, withdrawn),
      recordEntry(env.DB, entry, exclusion.at),
    ])
  } catch (error) {
    const noted = await doneBefore<{ id: string }>(doer, asked)
    if (noted) return replyWith(doer, noted.id)
    throw error
  }
  return replyWith(doer, exclusion.id)
}

/** The school that excluded: that of a case, or one by its name and URN. */
async function schoolExcluding(
  doer: Doer,
  { case: reference, school, urn }: ExclusionRequest,
): Promise<{ mark: string; name: string }> {
  if (reference !== undefined) {
    const read = await caseFor(doer, reference.toUpperCase())
    if (!read) throw invalid([{ pointer: '/case', code: 'choose' }])
    await written(doer, [reference.toUpperCase()])
    const card = await read.opened.read<SealedCard>('card')
    return { mark: read.opened.referral.school, name: card?.school ?? school ?? '' }
  }
  if (school === undefined) throw invalid([{ pointer: '/school', code: 'required' }])
  // Its places are counted by its number: by its name alone none would be withdrawn.
  if (urn === undefined) throw invalid([{ pointer: '/urn', code: 'required' }])
  return { mark: await schoolMark(keyringOf(doer.env), doer.provider, { name: school, urn }), name: school }
}

/** Takes an exclusion back: its places are there again. Taken back already, it stays so. */
export async function takeBack(doer: Doer, own: string): Promise<ExclusionReply> {
  const { env, provider, person, now } = doer
  if (!(await exclusionWith(env.DB, provider, own))) throw new Failure('not-found')
  const at = new Date(now).toISOString()
  await takeExclusionBack(env.DB, provider, own, at, recordTakenBack(env.DB, { provider, actor: person, id: own, at }))
  return replyWith(doer, own)
}

async function replyWith({ env, provider }: Doer, own: string): Promise<ExclusionReply> {
  const [kept, { terms }] = await Promise.all([exclusionWith(env.DB, provider, own), calendarOf(env.DB, provider)])
  if (!kept) throw new Failure('not-found')
  return { exclusion: await exclusionOf(env, kept, terms) }
}
