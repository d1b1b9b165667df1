import { eventsThatStand } from '../../catalogue/rules/deadline.ts'
import { knownCalendar } from '../../catalogue/rules/known-calendar.ts'
import { isOnAgenda, stageOf } from '../../catalogue/rules/pathway.ts'
import { mayReadText, packReadSince, packReadUntil } from '../../catalogue/rules/who-may-read.ts'
import { workingDaysUntil } from '../../catalogue/rules/working-days.ts'
import type { Calendar } from '../../catalogue/schema/calendar.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type {
  PanelChangedReply,
  PanelListed,
  PanelReply,
  PanelRequest,
  PanelsReply,
} from '../../catalogue/wire/case.ts'
import { aroundCase, staffOf } from '../cases/around.store.ts'
import { cardOf, cardsFrom, type SealedCard } from '../cases/cards.ts'
import { type Doer, doneBefore, requestOf, scopeOf } from '../cases/doing.ts'
import { leftOf, movesFor } from '../cases/facts.ts'
import { type CardRow, casesAmong, rowsOf } from '../cases/lists.store.ts'
import { nameOf, nameOfEvent, nameOfMove, partsOf, wordsOf, written } from '../cases/one.ts'
import type { Reader } from '../cases/reading.ts'
import type { Published } from '../catalogues/shelf.ts'
import { standingsOf } from '../consents/standings.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { linkTo } from '../letters/link.ts'
import type { Written } from '../letters/order-parts.en.ts'
import { cancelledForPerson, movedForPerson, type PanelCalled, seatedForPerson } from '../letters/panel-told.en.ts'
import { insertLetters } from '../letters/store.ts'
import { newAttempt } from '../people/secret.ts'
import { recordEntry } from '../records/store.ts'
import { insertAsk } from '../referrals/asked.store.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../referrals/open-case.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { openOwn, sealOwn } from '../sealing/own-text.ts'
import {
  type AgendaRow,
  casesForPanel,
  changePanel,
  closePanel,
  dropPanel,
  type KeptPanel,
  keepPanel,
  orderAgenda,
  type PanelRow,
  panelsAround,
  panelsSatOn,
  panelWith,
  putOnAgenda,
  seatPeople,
  setPlaces,
  takeOffAgenda,
} from './panel.store.ts'

/** How many panels a list shows on each side of today, and how many cases could be put on one. */
const MOST_PANELS = 30
const MOST_CASES = 100

/** How many cases an agenda holds, and how many are put on or taken off at once: each takes some twenty statements, of which a request has a thousand. */
const MOST_ON_AGENDA = 60
const MOST_AT_ONCE = 40

/** How often a case is tried again that somebody else changes at the same instant. */
const TURNS = 30

/** As what a pack is read: it is printed and handed round. */
const IN_PACK = 'panel-member'

/** Roles that can sit on a panel. */
const SITTERS: ReadonlySet<string> = new Set(['panel-member', 'coordinator', 'owner'])

/** A pathway whose cases are put before a panel, in the newest catalogue that has it. */
interface WithPanel {
  pathway: Pathway
  calendar: Calendar
}

function pathwaysWithPanels(published: readonly Published[]): Map<string, WithPanel> {
  const found = new Map<string, WithPanel>()
  const calendar = knownCalendar(published.map(({ document }) => document))
  for (const { document } of published.toSorted((one, other) => (one.opensOn < other.opensOn ? 1 : -1)))
    for (const pathway of document.pathways ?? [])
      if (pathway.panel && !found.has(pathway.id)) found.set(pathway.id, { pathway, calendar })
  return found
}

/** What a pathway’s panel is called, and whose it is. */
function panelCalled(published: readonly Published[], pathway: string): PanelCalled {
  const newest = published.toSorted((one, other) => (one.opensOn < other.opensOn ? 1 : -1))[0]
  const panel = pathwaysWithPanels(published).get(pathway)?.pathway.panel
  return { provider: newest?.document.provider.name ?? '', panel: panel?.name ?? '' }
}

/** Panels as somebody may see them: those to come, the first first, then those of before. Whoever decides by case sees the open ones that they sit on. */
export async function panelsFor(reader: Reader, published: readonly Published[]): Promise<PanelsReply> {
  const { env, provider, person, as, today } = reader
  const pathways = pathwaysWithPanels(published)
  const listed = (panels: readonly PanelRow[]) =>
    Promise.all(panels.map((panel) => panelListed(env, panel, pathways.get(panel.pathway), today)))
  if (as === 'panel-member')
    return { panels: await listed(await panelsSatOn(env.DB, provider, person, packReadSince(today))), pathways: [] }
  if (as !== 'coordinator') return { panels: [], pathways: [] }
  const { coming, past } = await panelsAround(env.DB, provider, today, MOST_PANELS)
  return {
    panels: await listed([...coming, ...past]),
    pathways: [...pathways.values()].map(({ pathway }) => ({
      id: pathway.id,
      name: pathway.name,
      panel: pathway.panel?.name ?? '',
      often: pathway.panel?.often ?? null,
      about: pathway.panel?.about ?? '',
      counts: countsPlaces(pathway),
    })),
  }
}

function countsPlaces({ places = [] }: Pathway): boolean {
  return places.some(({ counted }) => counted === 'panel')
}

async function panelListed(
  env: Bindings,
  panel: PanelRow,
  found: WithPanel | undefined,
  today: string,
): Promise<PanelListed> {
  const { id, pathway, meetsOn, note, master, wrapped, closedAt, cases, undecided, most, withdrawn, taken } = panel
  const pool = most === null ? null : { most, withdrawn: withdrawn ?? 0, taken: taken ?? 0 }
  return {
    id,
    pathway: { id: pathway, name: found?.pathway.name ?? pathway },
    name: found?.pathway.panel?.name ?? '',
    meetsOn,
    daysLeft: workingDaysUntil(today, meetsOn, found?.calendar),
    note: await openOwn(keyringOf(env), `panel:${id}`, { text: note, master, wrapped }),
    closed: closedAt !== null,
    cases,
    undecided,
    places: pool && { ...pool, left: leftOf(pool) },
  }
}

/** Arranges a panel, once for each key. Throws `invalid` at `/pathway`, `/meetsOn` or `/places`. */
export async function makePanel(
  doer: Doer,
  published: readonly Published[],
  body: PanelRequest,
): Promise<PanelChangedReply> {
  const { env, provider, person, today, now } = doer
  const asked = await requestOf(doer, ['panel', body])
  const earlier = await doneBefore<PanelChangedReply>(doer, asked)
  if (earlier) return earlier
  const found = pathwaysWithPanels(published).get(body.pathway)
  if (!found) throw invalid([{ pointer: '/pathway', code: 'choose' }])
  if (body.meetsOn < today) throw invalid([{ pointer: '/meetsOn', code: 'too-long-ago' }])
  const counts = countsPlaces(found.pathway)
  if (counts && body.places === undefined) throw invalid([{ pointer: '/places', code: 'required' }])
  const receipt: PanelChangedReply = { id: newAttempt(), closed: false, cases: [] }
  const at = new Date(now).toISOString()
  const { pathway, meetsOn } = body
  const note = await sealOwn(keyringOf(env), `panel:${receipt.id}`, body.note ?? '')
  const places = counts ? body.places : undefined
  try {
    await env.DB.batch([
      insertAsk(env.DB, { scope: scopeOf(doer), key: doer.key, asked, receipt: JSON.stringify(receipt) }, at),
      ...keepPanel(env.DB, provider, { id: receipt.id, pathway, meetsOn, note, places }, person, at),
    ])
  } catch (error) {
    // Two at once with one key: the other was quicker.
    const made = await doneBefore<PanelChangedReply>(doer, asked)
    if (made) return made
    throw error
  }
  return receipt
}

/** A panel that somebody may see. Whoever decides by case sees an open one that they sit on, until some days after it met. */
async function panelFor({ env, provider, person, as, today }: Reader, id: string): Promise<KeptPanel> {
  const kept = await panelWith(env.DB, provider, id)
  const sits =
    kept?.people.some((one) => one.id === person) &&
    kept.panel.closedAt === null &&
    today <= packReadUntil(kept.panel.meetsOn)
  if (!kept || !(as === 'coordinator' || (as === 'panel-member' && sits))) throw new Failure('not-found')
  return kept
}

/** A panel with its pack in reading order, each case’s answers as the reader may see them; that they read them is written down. */
export async function panelInFull(reader: Reader, published: readonly Published[], id: string): Promise<PanelReply> {
  const { env, provider, as, today } = reader
  const { panel, agenda, people } = await panelFor(reader, id)
  const found = pathwaysWithPanels(published).get(panel.pathway)
  const runs = as === 'coordinator'
  const readable = agenda.filter(
    ({ status, heldUntil }) => (status === 'open' && heldUntil >= today) || (runs && status === 'ended'),
  )
  const [pack, staff, ids] = await Promise.all([
    Promise.all(readable.map((row) => packedOf(reader, id, row))),
    runs ? staffOf(env.DB, provider) : [],
    runs && found && panel.closedAt === null
      ? casesForPanel(env.DB, provider, panel.pathway, panelStages(found.pathway), { today, most: MOST_CASES })
      : [],
    written(
      reader,
      readable.map(({ reference }) => reference),
    ),
  ])
  const shown = pack.filter((one) => one !== undefined)
  const waiting = ids.length > 0 ? rowsOf<CardRow>((await env.DB.batch([casesAmong(env.DB, provider, ids)]))[0]) : []
  return {
    panel: await panelListed(env, panel, found, today),
    about: found?.pathway.panel?.about ?? '',
    people: people.map((one) => ({ ...one, name: nameOf(one) })),
    couldSit: staff
      .filter(({ id: person, role }) => SITTERS.has(role) && !people.some((one) => one.id === person))
      .map((one) => ({ ...one, name: nameOf(one) })),
    pack: shown,
    gone: agenda.length - shown.length,
    couldBePut: await cardsFrom(env, provider, waiting, as, today),
  }
}

function panelStages({ stages }: Pathway): string[] {
  return stages.filter(({ panel }) => panel).map(({ id }) => id)
}

/** A case as the pack has it: what a panel member reads of it, whoever opens or prints the pack. Only the decisions are the reader’s own. */
async function packedOf(
  { env, provider, person, as, today }: Reader,
  panel: string,
  { reference, decision }: AgendaRow,
): Promise<PanelReply['pack'][number] | undefined> {
  const [opened, around] = await Promise.all([
    openCaseWith(env, { provider, reference }),
    aroundCase(env.DB, provider, reference, person, '0000-01-01'),
  ])
  // What its permission has run out for stands on the agenda, and nobody reads it.
  if (!opened || opened.hasRunOut(today)) return undefined
  const { referral, pathway, calendar, kept } = opened
  const people = kept.assigned.flatMap((id) => around.names.get(id) ?? [])
  const status = referral.status === 'open' ? ('open' as const) : ('ended' as const)
  const row = { ...referral, reference, status, people: JSON.stringify(people.map(nameOf)) }
  return {
    card: cardOf(row, await opened.read<SealedCard>('card'), { pathway, calendar }, IN_PACK, today),
    decision: nameOfMove(opened, decision),
    back: backFrom(opened, panel),
    seen: referral.events,
    parts: await partsOf(opened, IN_PACK),
    words: await wordsOf(opened, IN_PACK),
    done: doneIn(opened),
    said: await saidIn(opened, IN_PACK),
    consents: standingsOf(opened, today)
      .filter(({ each, standing }) => each === '' || standing !== 'not-asked')
      .map(({ name, eachName, standing }) => ({ name: [name, eachName].filter(Boolean).join(': '), standing })),
    moves: await movesFor(env.DB, { opened, around }, as, today),
  }
}

/** What a panel has decided on a case that is at its stage still, or again, and stands on no agenda; null where that is not so. */
function backFrom({ referral, pathway, kept }: OpenCase, panel: string): PanelReply['pack'][number]['back'] {
  const decided = kept.events.findLast(({ kind, detail }) => kind === 'decided' && detail.panel === panel)
  if (referral.status !== 'open' || decided?.detail.stage !== referral.stage || isOnAgenda(kept.events)) return null
  const move = stageOf(pathway, referral.stage)?.moves.find(({ id }) => id === decided.of)
  return move ? { as: move.as } : null
}

/** What was written down as done, without the words beside it: those are for who works with the family. */
function doneIn(opened: OpenCase): PanelReply['pack'][number]['done'] {
  return eventsThatStand(opened.kept.events)
    .filter(({ kind }) => kind === 'recorded')
    .map((event) => ({ name: nameOfEvent(opened, event), on: event.on }))
}

/** What was said with questions, replies and decisions, as far as somebody may read it. */
async function saidIn(opened: OpenCase, as: Reader['as']): Promise<PanelReply['pack'][number]['said']> {
  const said = await opened.readAll<{ text?: string }>('event:')
  return opened.kept.events.flatMap((event) => {
    const text = said[String(event.number)]?.text
    return text !== undefined && mayReadText(as, event.kind)
      ? [{ kind: event.kind, name: nameOfEvent(opened, event), on: event.on, text, detail: event.detail }]
      : []
  })
}

/**
 * Puts cases on a panel’s agenda and takes some off; on no other open agenda do they then stand. Done again, it changes nothing more.
 * Throws `invalid` at `/add/N` for a case that is at no stage of a panel of this pathway, and at `/add` where they are too many.
 */
export function setAgenda(
  doer: Doer,
  id: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<PanelChangedReply> {
  const { env, provider, today } = doer
  return once(doer, id, ['cases', add, remove], async () => {
    const { panel, agenda } = await openPanel(doer, id)
    const references = (list: readonly string[]) => [...new Set(list.map((one) => one.toUpperCase()))]
    // What was decided here and has come back stands on the agenda anew.
    const stands = (one: string) => agenda.some(({ reference, decision }) => reference === one && decision === '')
    const added = references(add).filter((one) => !stands(one))
    const removed = references(remove).filter(stands)
    if (added.length + removed.length > MOST_AT_ONCE)
      throw invalid([{ pointer: '/add', code: 'too-many', most: MOST_AT_ONCE }])
    if (agenda.length + added.length - removed.length > MOST_ON_AGENDA)
      throw invalid([{ pointer: '/add', code: 'too-many', most: MOST_ON_AGENDA }])
    const cases = await Promise.all(added.map((reference) => openCaseWith(env, { provider, reference })))
    const wrong = cases.flatMap((opened, index) =>
      opened && canBePut(opened, panel) && !opened.hasRunOut(today)
        ? []
        : [{ pointer: `/add/${references(add).indexOf(added[index] ?? '')}`, code: 'choose' as const }],
    )
    if (wrong.length > 0) throw invalid(wrong)
    for (const reference of added) await putOn(doer, panel, reference)
    for (const reference of removed) await takeOff(doer, panel, reference)
    return added.length + removed.length > 0
      ? [changed(doer, id, { added: added.length, removed: removed.length, on: panel.meetsOn })]
      : []
  })
}

function canBePut({ referral, pathway }: OpenCase, panel: Pick<PanelRow, 'pathway'>): boolean {
  return (
    referral.status === 'open' && referral.pathway === panel.pathway && stageOf(pathway, referral.stage)?.panel === true
  )
}

/** Puts a case on an agenda, unless it has meanwhile left the stage of the panel: decided on elsewhere, or its consent withdrawn. */
function putOn(doer: Doer, panel: PanelRow, reference: string): Promise<void> {
  return changeAgenda(doer, reference, (opened, change) => {
    if (!canBePut(opened, panel) || opened.hasRunOut(doer.today)) return false
    change.event('panel', panel.id, { detail: { panel: panel.id, meetsOn: panel.meetsOn } })
    change.also((db) => putOnAgenda(db, doer.provider, panel.id, opened.referral.id))
    return true
  })
}

/** Takes a case off an agenda, unless it was decided there meanwhile. */
function takeOff(doer: Doer, panel: PanelRow, reference: string): Promise<void> {
  const { env, provider } = doer
  return changeAgenda(doer, reference, async (opened, change) => {
    const { agenda = [] } = (await panelWith(env.DB, provider, panel.id)) ?? {}
    const stands = agenda.some((row) => row.reference === reference && row.decision === '')
    if (!stands || opened.referral.status !== 'open') return false
    change.event('panel', '', { detail: { panel: panel.id, meetsOn: panel.meetsOn } })
    change.also((db) => [takeOffAgenda(db, provider, panel.id, opened.referral.id)])
    return true
  })
}

/** Changes a case by how it stands at this instant; `decide` says whether there is anything to change. */
async function changeAgenda(
  { env, provider, person, today, now }: Doer,
  reference: string,
  decide: (opened: OpenCase, change: CaseChange) => boolean | Promise<boolean>,
): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const opened = await openCaseWith(env, { provider, reference })
    if (!opened) return
    const change = new CaseChange(opened, { actor: person, today, now })
    if (!(await decide(opened, change))) return
    if ((await change.keep(env.DB)) === 'done') return
  }
  throw new Failure('conflict')
}

/** Puts the pack in an order, which names every case of the agenda once. Throws `conflict` with the agenda where it is another. */
export function setOrder(doer: Doer, id: string, cases: readonly string[]): Promise<PanelChangedReply> {
  const { env, provider } = doer
  return once(doer, id, ['order', cases], async () => {
    const { panel, agenda } = await openPanel(doer, id)
    const wanted = cases.map((one) => one.toUpperCase())
    const rows = wanted.flatMap((one) => agenda.find(({ reference }) => reference === one) ?? [])
    const isWhole = new Set(wanted).size === agenda.length && rows.length === wanted.length
    if (!isWhole) throw new Failure('conflict', { more: { cases: agenda.map(({ reference }) => reference) } })
    const referrals = rows.map(({ referral }) => referral)
    return [orderAgenda(env.DB, provider, id, referrals), changed(doer, id, { order: rows.length, on: panel.meetsOn })]
  })
}

/** Says who sits on a panel; whoever is new to it is told. Throws `invalid` at `/people/N` for who cannot. */
export function setPeople(
  doer: Doer,
  published: readonly Published[],
  id: string,
  people: readonly string[],
): Promise<PanelChangedReply> {
  const { env, provider } = doer
  return once(doer, id, ['people', people], async () => {
    const { panel, people: before } = await openPanel(doer, id)
    const staff = await staffOf(env.DB, provider)
    const wrong = people.flatMap((person, index) =>
      staff.some((one) => one.id === person && SITTERS.has(one.role))
        ? []
        : [{ pointer: `/people/${index}`, code: 'choose' as const }],
    )
    if (wrong.length > 0) throw invalid(wrong)
    const seated = [...new Set(people)]
    const fresh = staff.filter((one) => seated.includes(one.id) && !before.some(({ id: own }) => own === one.id))
    const called = panelCalled(published, panel.pathway)
    const gone = before.some((one) => !seated.includes(one.id))
    if (fresh.length === 0 && !gone) return []
    return [
      ...seatPeople(env.DB, provider, id, seated),
      ...lettersTo(doer, fresh, () =>
        seatedForPerson(called, panel.meetsOn, linkTo(doer.link, `/console/${provider}/panels/${id}`)),
      ),
      changed(doer, id, { people: seated.length, on: panel.meetsOn }),
    ]
  })
}

/** Says how many places a panel has to give. Throws `conflict` where more are given already, or its pathway counts none. */
export function setPlaceCount(doer: Doer, id: string, places: number): Promise<PanelChangedReply> {
  const { env, provider } = doer
  return once(doer, id, ['places', places], async () => {
    const { panel } = await openPanel(doer, id)
    const { most, taken, withdrawn } = panel
    if (most === null || places - (withdrawn ?? 0) < (taken ?? 0))
      throw new Failure('conflict', { more: { places: { most, taken, withdrawn } } })
    if (most === places) return []
    return [setPlaces(env.DB, provider, id, places), changed(doer, id, { places, on: panel.meetsOn })]
  })
}

/** Changes when a panel meets and what else there is to know; who sits on it is told of another day. Throws `invalid` at `/meetsOn` for a day that is over. */
export function setMeeting(
  doer: Doer,
  id: string,
  { meetsOn, note = '' }: { meetsOn: string; note?: string | undefined },
): Promise<PanelChangedReply> {
  const { env, provider, today } = doer
  return once(doer, id, ['meeting', meetsOn, note], async () => {
    const { panel, people } = await openPanel(doer, id)
    const isOther = meetsOn !== panel.meetsOn
    if (isOther && meetsOn < today) throw invalid([{ pointer: '/meetsOn', code: 'too-long-ago' }])
    const ring = keyringOf(env)
    const { note: text, master, wrapped } = panel
    if (!isOther && note === (await openOwn(ring, `panel:${id}`, { text, master, wrapped }))) return []
    return [
      ...changePanel(env.DB, provider, id, { meetsOn, note: await sealOwn(ring, `panel:${id}`, note) }),
      ...(isOther
        ? lettersTo(doer, people, () =>
            movedForPerson(panel.meetsOn, meetsOn, linkTo(doer.link, `/console/${provider}/panels/${id}`)),
          )
        : []),
      changed(doer, id, { on: panel.meetsOn, ...(isOther ? { to: meetsOn } : {}) }),
    ]
  })
}

/** Closes a panel: whoever sat on it reads its pack no more. Closed already, it stays so. */
export function close(doer: Doer, id: string): Promise<PanelChangedReply> {
  const { env, provider, person, now } = doer
  return once(doer, id, ['close'], async () => {
    await panelFor(doer, id)
    return closePanel(env.DB, provider, id, person, new Date(now).toISOString())
  })
}

/**
 * Cancels a panel that is not held: its cases wait for another, and who sits on it is told. Throws `conflict` where something was decided
 * there, or a place of it was given.
 */
export async function cancel(doer: Doer, id: string): Promise<PanelChangedReply> {
  const { env, provider } = doer
  const asked = await requestOf(doer, ['panel', id, 'cancel'])
  const earlier = await doneBefore<PanelChangedReply>(doer, asked)
  if (earlier) return earlier
  const { panel, agenda, people } = await openPanel(doer, id)
  const refused = () => new Failure('conflict', { more: { decided: true } })
  if ((panel.taken ?? 0) > 0 || agenda.some(({ decision }) => decision !== '')) throw refused()
  for (const { reference } of agenda) await takeOff(doer, panel, reference)
  const receipt: PanelChangedReply = { id, closed: true, cases: [] }
  try {
    await env.DB.batch([
      askedFor(doer, asked, receipt),
      ...dropPanel(env.DB, provider, id),
      ...lettersTo(doer, people, () => cancelledForPerson(panel.meetsOn)),
      changed(doer, id, { cancelled: true, on: panel.meetsOn }),
    ])
  } catch (error) {
    const made = await doneBefore<PanelChangedReply>(doer, asked)
    if (made) return made
    if (error instanceof Error && /the panel has decided/.test(error.message)) throw refused()
    throw error
  }
  return receipt
}

/** Changes a panel once for each key. `work` says what is to be kept, all of it or nothing; the empty list changes nothing. */
async function once(
  doer: Doer,
  id: string,
  request: readonly unknown[],
  work: () => Promise<D1PreparedStatement[]>,
): Promise<PanelChangedReply> {
  const { env } = doer
  const asked = await requestOf(doer, ['panel', id, ...request])
  if (await doneBefore(doer, asked)) return asItStands(doer, id)
  const statements = await work()
  if (statements.length === 0) return asItStands(doer, id)
  try {
    await env.DB.batch([askedFor(doer, asked, { id }), ...statements])
  } catch (error) {
    // Two at once with one key: the other was quicker.
    if (await doneBefore(doer, asked)) return asItStands(doer, id)
    if (error instanceof Error && /more places are given/.test(error.message)) throw new Failure('conflict')
    throw error
  }
  return asItStands(doer, id)
}

function askedFor(doer: Doer, asked: string, receipt: object): D1PreparedStatement {
  const kept = { scope: scopeOf(doer), key: doer.key, asked, receipt: JSON.stringify(receipt) }
  return insertAsk(doer.env.DB, kept, new Date(doer.now).toISOString())
}

/** The statements that write to people of the provider about a panel; whoever does it knows. */
function lettersTo(
  { env, provider, person, now }: Doer,
  people: readonly { id: string; email: string }[],
  write: () => Written,
): D1PreparedStatement[] {
  const letters = people
    .filter(({ id }) => id !== person)
    .map(({ email }) => ({
      id: newLetterId(),
      provider,
      about: 'panel',
      to: email,
      ...write(),
      writtenAt: new Date(now).toISOString(),
    }))
  return letters.length > 0 ? [insertLetters(env.DB, letters)] : []
}

async function openPanel(doer: Doer, id: string): Promise<KeptPanel> {
  const kept = await panelFor(doer, id)
  if (kept.panel.closedAt !== null) throw new Failure('conflict', { more: { closed: true } })
  return kept
}

function changed(
  { env, provider, person, now }: Doer,
  panel: string,
  detail: Readonly<Record<string, string | number | boolean>>,
): D1PreparedStatement {
  const entry = { provider, actor: person, action: 'panel-changed', subject: panel, detail }
  return recordEntry(env.DB, entry, new Date(now).toISOString())
}

async function asItStands(doer: Doer, id: string): Promise<PanelChangedReply> {
  const { panel, agenda } = await panelFor(doer, id)
  return { id, closed: panel.closedAt !== null, cases: agenda.map(({ reference }) => reference) }
}
