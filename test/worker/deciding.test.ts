import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { PanelReply, PanelsReply, PlacesReply } from '../../catalogue/wire/case.ts'
import type { ProgressReply } from '../../catalogue/wire/referral.ts'
import { CaseChange } from '../../worker/referrals/open-case.ts'
import { progressIn } from '../../worker/referrals/progress.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { asBoard, asCase, caseOf, deskOf, putCase, type Standing } from './desk.ts'
import { faultsIn, type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf } from './referring.ts'

const BRIDGE_DAY = '2020-12-07'
const SEDIS_DAY = '2024-10-07'

let world: World
let desk: SignedInPerson
before(async () => {
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
  desk = await signIn(world, { provider: 'bridge', role: 'coordinator' })
})

const bridge = (who: SignedInPerson, ...rest: [string, string, unknown?]) =>
  deskOf(world, 'bridge', BRIDGE_DAY)(who, ...rest)
const sedis = (who: SignedInPerson, ...rest: [string, string, unknown?]) =>
  deskOf(world, 'sedis', SEDIS_DAY)(who, ...rest)

/** A case of The Bridge before the inclusion meeting. */
async function forMeeting(urn: string): Promise<Standing> {
  const one = await putCase(world, {
    provider: 'bridge',
    pathway: 'reintegration',
    today: BRIDGE_DAY,
    school: `School ${urn}`,
    urn,
  })
  const made = await bridge(desk, 'POST', '/panels', { pathway: 'reintegration', meetsOn: BRIDGE_DAY })
  equal(made.status, 201, made.text)
  equal((await bridge(desk, 'POST', `/panels/${made.body.id}/cases`, { add: [one.reference] })).status, 200)
  return one
}

const giveCore = async (one: Standing, term?: string): Promise<Heard> => {
  const { seen } = asCase(await bridge(desk, 'GET', `/cases/${one.reference}`)).case
  const body = { move: 'give-core-place', reason: 'A reason', seen, ...(term && { term }) }
  return bridge(desk, 'POST', `/cases/${one.reference}/moves`, body)
}

/** Moves a case on without anybody’s decision. */
async function bring(one: Standing, stage: string, today: string): Promise<void> {
  const change = new CaseChange(await caseOf(world, one.id), { actor: 'x', today, now: world.clock.now })
  change.enter(stage)
  equal(await change.keep(world.db), 'done')
}

const progressOf = async (one: Standing, today: string): Promise<ProgressReply> =>
  progressIn(world.db, await caseOf(world, one.id), today)

describe('A place of a school and term', () => {
  it('is given of the term that is chosen, this one or the next, each with how many are left', async () => {
    const one = await forMeeting('300001')
    const offered = async (standing: Standing) =>
      asCase(await bridge(desk, 'GET', `/cases/${standing.reference}`)).moves.find(({ id }) => id === 'give-core-place')
        ?.gives
    deepEqual((await offered(one))?.terms, [
      { id: 'autumn-2020', name: 'Autumn term 2020', left: 2 },
      { id: 'spring-2021', name: 'Spring term 2021', left: 2 },
    ])
    for (const term of ['summer-2021', 'never']) deepEqual(faultsIn(await giveCore(one, term)), ['/term choose'])
    const given = await giveCore(one, 'spring-2021')
    equal(given.status, 200, given.text)
    const { places } = asCase(await bridge(desk, 'GET', `/cases/${one.reference}`))
    deepEqual(
      places.map(({ name, term }) => [name, term]),
      [['Core inclusion place', 'Spring term 2021']],
    )
    const letters = (await lettersOf(world, one.id)).filter(({ text }) =>
      /The place is for the Spring term 2021\./.test(text),
    )
    equal(letters.length, 2)
    const { schools } = (await bridge(desk, 'GET', '/places?term=spring-2021')).body as unknown as PlacesReply
    deepEqual(
      schools.filter(({ school }) => school === 'School 300001').map(({ taken }) => taken),
      [1],
    )
    const two = await forMeeting('300001')
    deepEqual(
      (await offered(two))?.terms.map(({ left }) => left),
      [2, 1],
    )
    // Without a word about the term it is this one's.
    equal((await giveCore(two)).status, 200)
    equal(asCase(await bridge(desk, 'GET', `/cases/${two.reference}`)).places[0]?.term, 'Autumn term 2020')
  })

  it('is given once, where two ask for the last one of the next term at the same instant', async () => {
    const cases = await Promise.all(['a', 'b', 'c'].map(() => forMeeting('300002')))
    const heard = await Promise.all(cases.map((one) => giveCore(one, 'spring-2021')))
    deepEqual(heard.map(({ status }) => status).sort(), [200, 200, 409])
    const refused = heard.find(({ status }) => status === 409)
    match(String(refused?.body.detail), /in the Spring term 2021/)
  })

  it('is counted on the school’s page, with what an exclusion has withdrawn', async () => {
    const one = await forMeeting('300003')
    equal((await giveCore(one)).status, 200)
    const noted = await bridge(desk, 'POST', '/exclusions', { school: 'School 300003', urn: '300003', on: BRIDGE_DAY })
    equal(noted.status, 201, noted.text)
    deepEqual((await progressOf(one, BRIDGE_DAY)).places, [
      { name: 'Core inclusion place', term: 'Autumn term 2020', most: 2, withdrawn: 1, taken: 1 },
    ])
  })
})

describe('A decision for a panel that was closed before it met', () => {
  it('says that it is early, and stands on the agenda as decided', async () => {
    const one = await putCase(world, { provider: 'bridge', pathway: 'reintegration', today: BRIDGE_DAY, urn: '300009' })
    const made = await bridge(desk, 'POST', '/panels', { pathway: 'reintegration', meetsOn: '2021-01-11' })
    const panel = `/panels/${made.body.id}`
    equal((await bridge(desk, 'POST', `${panel}/cases`, { add: [one.reference] })).status, 200)
    equal((await bridge(desk, 'POST', `${panel}/close`, {})).status, 200)
    deepEqual(faultsIn(await giveCore(one)), ['/early required'])
    const { seen } = asCase(await bridge(desk, 'GET', `/cases/${one.reference}`)).case
    const body = { move: 'give-core-place', reason: 'A reason', seen, early: true }
    equal((await bridge(desk, 'POST', `/cases/${one.reference}/moves`, body)).status, 200)
    const decided = (await caseOf(world, one.id)).kept.events.find(({ kind }) => kind === 'decided')
    deepEqual([decided?.detail.panel, decided?.detail.early], [made.body.id, true])
    const { panels } = (await bridge(desk, 'GET', '/panels')).body as unknown as PanelsReply
    equal(panels.find(({ id }) => id === made.body.id)?.undecided, 0)
  })
})

describe('A day that is agreed', () => {
  it('may lie ahead, and is named in the case, on the school’s page and in the letters', async () => {
    const one = await forMeeting('300004')
    await bring(one, 'programme', BRIDGE_DAY)
    const at = `/cases/${one.reference}`
    const seen = async () => asCase(await bridge(desk, 'GET', at)).case.seen
    const record = async (event: string, more: object) =>
      bridge(desk, 'POST', `${at}/events`, { event, on: BRIDGE_DAY, seen: await seen(), ...more })
    const someone = await signIn(world, { provider: 'bridge', role: 'practitioner' })
    await bridge(desk, 'POST', `${at}/people`, { person: someone.person, seen: await seen() })
    const by = (await caseOf(world, one.id)).pathway.events.find(({ id }) => id === 'return-date')?.by ?? []
    ok(by.includes('coordinator') || by.includes('practitioner'))
    const who = by.includes('coordinator') ? desk : someone
    const write = async (event: string, more: object) =>
      bridge(who, 'POST', `${at}/events`, { event, on: BRIDGE_DAY, seen: await seen(), ...more })
    deepEqual(faultsIn(await write('return-date', {})), ['/planned required'])
    deepEqual(faultsIn(await write('return-date', { planned: '2020-12-01' })), ['/planned too-long-ago'])
    deepEqual(faultsIn(await record('first-meeting', { planned: '2021-02-24' })), ['/planned choose'])
    equal((await write('return-date', { planned: '2021-02-24' })).status, 201)
    const agreed = [{ name: 'Day of the return agreed with the home school', on: '2021-02-24' }]
    deepEqual(asCase(await bridge(desk, 'GET', at)).case.planned, agreed)
    deepEqual((await progressOf(one, BRIDGE_DAY)).planned, agreed)
    for (const { id } of (await caseOf(world, one.id)).pathway.events)
      if (id === 'reintegration-plan') await write(id, {})
    const moved = await bridge(who, 'POST', `${at}/moves`, { move: 'return', seen: await seen() })
    equal(moved.status, 200, moved.text)
    const told = (await lettersOf(world, one.id)).filter(({ text }) =>
      /Day of the return agreed with the home school: 24 February 2021\./.test(text),
    )
    equal(told.length, 2)
  })
})

describe('A commissioner', () => {
  it('reads the reason for in-reach, knows what was decided afterwards, and nothing about the pupil', async () => {
    const commissioner = await signIn(world, { provider: 'sedis', role: 'commissioner' })
    const coordinator = await signIn(world, { provider: 'sedis', role: 'coordinator' })
    const one = await putCase(world, { provider: 'sedis', pathway: 'support', today: SEDIS_DAY })
    await bring(one, 'lmg-in-reach', SEDIS_DAY)
    const made = await sedis(coordinator, 'POST', '/panels', { pathway: 'support', meetsOn: SEDIS_DAY })
    await sedis(coordinator, 'POST', `/panels/${made.body.id}/cases`, { add: [one.reference] })
    const at = `/cases/${one.reference}`
    const seen = async (who = coordinator) => asCase(await sedis(who, 'GET', at)).case.seen
    await sedis(coordinator, 'POST', `${at}/notes`, { text: 'A NOTE OF OURS' })
    const approve = { move: 'approve', reason: 'OUTREACH WAS NOT ENOUGH', seen: await seen() }
    equal((await sedis(coordinator, 'POST', `${at}/moves`, approve)).status, 200)
    const shown = await sedis(commissioner, 'GET', at)
    match(shown.text, /OUTREACH WAS NOT ENOUGH/)
    doesNotMatch(shown.text, /A NOTE OF OURS/)
    deepEqual(asBoard(await sedis(commissioner, 'GET', '/cases')).decided, [])
    const signed = await sedis(commissioner, 'POST', `${at}/moves`, {
      move: 'sign-off',
      seen: await seen(commissioner),
    })
    equal(signed.status, 200, signed.text)
    equal((await sedis(commissioner, 'GET', at)).status, 404)
    const board = await sedis(commissioner, 'GET', '/cases')
    deepEqual(asBoard(board).decided, [
      {
        reference: one.reference,
        pathway: { id: 'support', name: 'Outreach and in-reach for one pupil' },
        stage: 'Commissioner’s sign-off, for in-reach',
        name: 'Sign off',
        on: SEDIS_DAY,
      },
    ])
    deepEqual(asBoard(await sedis(coordinator, 'GET', '/cases')).decided, [])
    // What somebody decided in another role goes with that role.
    const was = (role: string | null) =>
      world.db
        .prepare("UPDATE membership SET role = 'coordinator', case_role = ?2 WHERE person = ?1")
        .bind(commissioner.person, role)
        .run()
    await was(null)
    const two = await putCase(world, { provider: 'sedis', pathway: 'support', today: SEDIS_DAY })
    await bring(two, 'leaving', SEDIS_DAY)
    const early = {
      move: 'close-without',
      reason: 'A reason',
      seen: asCase(await sedis(commissioner, 'GET', `/cases/${two.reference}`)).case.seen,
    }
    equal((await sedis(commissioner, 'POST', `/cases/${two.reference}/moves`, early)).status, 200)
    await was('commissioner')
    deepEqual(
      asBoard(await sedis(commissioner, 'GET', '/cases')).decided.map(({ reference }) => reference),
      [one.reference],
    )
    await world.db.prepare('DELETE FROM case_event WHERE referral = ?1').bind(one.id).run()
    deepEqual(asBoard(await sedis(commissioner, 'GET', '/cases')).decided, [])
  })
})

describe('The days that were agreed', () => {
  it('are none of a commissioner’s business, whose history has nothing of what was done', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none' })
    const events = here.db.prepare(
      `UPDATE catalogue_version SET document = json_set(document, '$.pathways[0].events[0].planned', json('true'))
        WHERE provider = 'sedis' RETURNING document ->> '$.pathways[0].events[0].id' AS id`,
    )
    const id = (await events.first<{ id: string }>())?.id ?? ''
    const commissioner = await signIn(here, { provider: 'sedis', role: 'commissioner' })
    const coordinator = await signIn(here, { provider: 'sedis', role: 'coordinator' })
    const one = await putCase(here, { provider: 'sedis', pathway: 'support', today: SEDIS_DAY })
    const change = new CaseChange(await caseOf(here, one.id), { actor: 'x', today: SEDIS_DAY, now: here.clock.now })
    change.event('recorded', id, { detail: { planned: '2024-10-21' } })
    change.enter('sign-off-outreach')
    equal(await change.keep(here.db), 'done')
    const read = async (who: SignedInPerson) =>
      asCase(await deskOf(here, 'sedis', SEDIS_DAY)(who, 'GET', `/cases/${one.reference}`)).case.planned
    deepEqual(
      (await read(coordinator)).map(({ on }) => on),
      ['2024-10-21'],
    )
    deepEqual(await read(commissioner), [])
  })
})

describe('The pack and the list of panels', () => {
  it('shows the group what was done, without the words beside it, and says of a panel how much is undecided', async () => {
    const coordinator = await signIn(world, { provider: 'sedis', role: 'coordinator' })
    const one = await putCase(world, { provider: 'sedis', pathway: 'support', today: SEDIS_DAY })
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: SEDIS_DAY, now: world.clock.now })
    change.event('recorded', 'baseline', { said: { text: 'WHAT WE SAW' } })
    const wrong = change.event('recorded', 'visit')
    change.event('taken-back', String(wrong))
    change.enter('lmg-in-reach')
    equal(await change.keep(world.db), 'done')
    const made = await sedis(coordinator, 'POST', '/panels', { pathway: 'support', meetsOn: SEDIS_DAY })
    const id = String(made.body.id)
    await sedis(coordinator, 'POST', `/panels/${id}/cases`, { add: [one.reference] })
    const pack = await sedis(coordinator, 'GET', `/panels/${id}`)
    deepEqual((pack.body as unknown as PanelReply).pack[0]?.done, [
      { name: 'Baseline questionnaires completed', on: SEDIS_DAY },
    ])
    doesNotMatch(pack.text, /WHAT WE SAW/)
    const undecided = async () =>
      ((await sedis(coordinator, 'GET', '/panels')).body as unknown as PanelsReply).panels.find((two) => two.id === id)
        ?.undecided
    equal(await undecided(), 1)
    const { seen } = asCase(await sedis(coordinator, 'GET', `/cases/${one.reference}`)).case
    await sedis(coordinator, 'POST', `/cases/${one.reference}/moves`, { move: 'defer', reason: 'Later', seen })
    equal(await undecided(), 0)
  })

  it('names the provider, the panel and its day to whoever sits on it', async () => {
    const coordinator = await signIn(world, { provider: 'sedis', role: 'coordinator' })
    const sitter = await signIn(world, { provider: 'sedis', role: 'panel-member' })
    const made = await sedis(coordinator, 'POST', '/panels', { pathway: 'support', meetsOn: '2024-11-05' })
    await sedis(coordinator, 'POST', `/panels/${made.body.id}/people`, { people: [sitter.person] })
    const letter = await world.db
      .prepare("SELECT text FROM letter WHERE about = 'panel' AND recipient LIKE ?1")
      .bind(`%${sitter.person}%`)
      .first<{ text: string }>()
    for (const text of [/A co-ordinator of SEDIS/, /Panel: Locality management group/, /Meets on: 5 November 2024/])
      match(letter?.text ?? '', text)
  })
})

describe('The school’s page at a stage', () => {
  it('says what the letter of the decision said, and what it is to do', async () => {
    const commissioner = await signIn(world, { provider: 'sedis', role: 'commissioner' })
    const one = await putCase(world, { provider: 'sedis', pathway: 'support', today: SEDIS_DAY })
    equal((await progressOf(one, SEDIS_DAY)).stage?.told, '')
    await bring(one, 'sign-off-outreach', SEDIS_DAY)
    const { seen } = asCase(await sedis(commissioner, 'GET', `/cases/${one.reference}`)).case
    await sedis(commissioner, 'POST', `/cases/${one.reference}/moves`, { move: 'sign-off', seen })
    match((await progressOf(one, SEDIS_DAY)).stage?.told ?? '', /Please arrange the first meeting, in person/)
  })
})
