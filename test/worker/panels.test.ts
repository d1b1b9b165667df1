import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { ExclusionsReply, NoPlaceLeft, PanelReply, PlacesReply, WaitingReply } from '../../catalogue/wire/case.ts'
import { keepAnswers } from '../../worker/consents/answering.ts'
import { takeOffAgenda } from '../../worker/panels/panel.store.ts'
import { moveInList } from '../../worker/places/waiting.store.ts'
import { CaseChange } from '../../worker/referrals/open-case.ts'
import { faultsBeforeSending } from '../../worker/referrals/send.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { asCase, asChanged, caseOf, deskOf, type Put, putCase, type Standing } from './desk.ts'
import { faultsIn, type Heard, openWorld, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { SAMPLE, sampleAnswers } from './referring.ts'

const DAY = '2024-09-10'
const BRIDGE_DAY = '2020-10-05'

let world: World
let coordinator: SignedInPerson
let sitter: SignedInPerson
let ask: ReturnType<typeof deskOf>

before(async () => {
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
  ask = deskOf(world, 'stepping-stones', DAY)
  coordinator = await signIn(world, { provider: 'stepping-stones', role: 'coordinator' })
  sitter = await signIn(world, { provider: 'stepping-stones', role: 'panel-member' })
})
after(() => world.stop())

type Ask = typeof ask

async function panelOf(desk: Ask, who: SignedInPerson, body: object, cases: readonly Standing[] = []): Promise<string> {
  const made = await desk(who, 'POST', '/panels', body)
  equal(made.status, 201, made.text)
  const id = String(made.body.id)
  if (cases.length > 0) {
    const add = cases.map(({ reference }) => reference)
    const put = await desk(who, 'POST', `/panels/${id}/cases`, { add })
    deepEqual(put.body.cases, add, put.text)
  }
  return id
}

async function seenOf(desk: Ask, who: SignedInPerson, { reference }: Standing): Promise<number> {
  return asCase(await desk(who, 'GET', `/cases/${reference}`)).case.seen
}

async function decide(desk: Ask, who: SignedInPerson, one: Standing, move: string, more: object = {}): Promise<Heard> {
  const seen = await seenOf(desk, who, one)
  // Their panels are still to meet.
  const body = { move, seen, reason: 'A reason', early: true, ...more }
  return desk(who, 'POST', `/cases/${one.reference}/moves`, body)
}

const asPanel = ({ body }: Heard) => body as unknown as PanelReply
const asLeft = ({ body }: Heard) => body as unknown as NoPlaceLeft
const asPlaces = ({ body }: Heard) => body as unknown as PlacesReply
const asWaiting = ({ body }: Heard) => body as unknown as WaitingReply

describe('A panel', () => {
  it('is arranged once for each key, for a pathway that has panels, on a day to come, with its places', async () => {
    const body = { pathway: 'placement', meetsOn: '2024-10-01', places: 3, note: 'Room 2' }
    const made = await ask(coordinator, 'POST', '/panels', body, 'a-panel')
    equal(made.status, 201, made.text)
    deepEqual((await ask(coordinator, 'POST', '/panels', body, 'a-panel')).body, made.body)
    const panels = await ask(coordinator, 'GET', '/panels')
    equal((panels.body.panels as unknown[]).length, 1)
    match(panels.text, /"most":3,"withdrawn":0,"taken":0,"left":3/)
    // What is noted is read by those who meet, and by nobody who has the database.
    match(panels.text, /"note":"Room 2"/)
    equal(asPanel(await ask(coordinator, 'GET', `/panels/${made.body.id}`)).panel.note, 'Room 2')
    const kept = await world.db.prepare('SELECT note FROM panel WHERE id = ?1').bind(made.body.id).first()
    doesNotMatch(JSON.stringify(kept), /Room/)
    match(JSON.stringify(kept), /"[\w+/]{40,}=*"/)
    match(panels.text, /Multi-Disciplinary Admissions Panel/)
    deepEqual(faultsIn(await ask(coordinator, 'POST', '/panels', { ...body, pathway: 'outreach' })), [
      '/pathway choose',
    ])
    deepEqual(faultsIn(await ask(coordinator, 'POST', '/panels', { ...body, meetsOn: '2024-09-09' })), [
      '/meetsOn too-long-ago',
    ])
    deepEqual(faultsIn(await ask(coordinator, 'POST', '/panels', { ...body, places: undefined })), ['/places required'])
    deepEqual(faultsIn(await ask(coordinator, 'POST', '/panels', { ...body, places: 501 })), ['/places too-large'])
    equal((await ask(sitter, 'POST', '/panels', body)).status, 403)
  })

  it('reads its pack in the order that is set, each member what theirs is, and writes down who read it', async () => {
    const cases = [await putCase(world), await putCase(world), await putCase(world)]
    const [first, second, third] = cases.map(({ reference }) => reference)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-02', places: 1 }, cases)
    equal((await ask(sitter, 'GET', `/panels/${id}`)).status, 404)
    equal((await ask(coordinator, 'POST', `/panels/${id}/people`, { people: [sitter.person] })).status, 200)
    const ordered = await ask(coordinator, 'POST', `/panels/${id}/order`, { cases: [third, first, second] })
    deepEqual(ordered.body.cases, [third, first, second], ordered.text)
    const pack = await ask(sitter, 'GET', `/panels/${id}`)
    deepEqual(
      asPanel(pack).pack.map(({ card }) => card.reference),
      [third, first, second],
    )
    match(pack.text, new RegExp(SAMPLE['pupil.name'] ?? ''))
    // Not theirs: who the carer is, and how to reach them.
    doesNotMatch(pack.text, new RegExp(`${SAMPLE['carer.name']}|${SAMPLE['carer.email']}`))
    ok(asPanel(pack).pack.every(({ parts, moves }) => parts.length > 3 && moves.length > 3))
    const { results } = await world.db
      .prepare("SELECT subject FROM record WHERE action = 'case-read' AND actor = ?1 ORDER BY subject")
      .bind(sitter.person)
      .all<{ subject: string }>()
    deepEqual(
      results.map(({ subject }) => subject),
      [first, second, third].toSorted(),
    )

    const short = await ask(coordinator, 'POST', `/panels/${id}/order`, { cases: [first, second] })
    equal(short.status, 409)
    deepEqual(short.body.cases, [third, first, second])
    equal((await ask(coordinator, 'POST', `/panels/${id}/order`, { cases: [first, first, second] })).status, 409)
    const taken = await ask(coordinator, 'POST', `/panels/${id}/cases`, { remove: [first] })
    deepEqual(taken.body.cases, [third, second])
    // Off the agenda, it needs a panel again.
    const [one] = cases
    ok(one)
    deepEqual(faultsIn(await decide(ask, coordinator, one, 'give-place')), ['/move not-complete'])
    match((await ask(coordinator, 'GET', `/panels/${id}`)).text, new RegExp(`"couldBePut":.*${first}`))
  })

  it('has the same pack whoever opens or prints it: no carer, no social worker, no note of colleagues', async () => {
    const one = await putCase(world)
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: DAY, now: world.clock.now })
    change.event('note', '', { said: { text: 'CANARY-NOTE' } })
    change.event('recorded', 'staff-visit', { said: { text: 'CANARY-RECORDED' } })
    change.event('question', '', { said: { text: 'A question for the school' } })
    equal(await change.keep(world.db), 'done')
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-09', places: 1 }, [one])
    equal((await ask(coordinator, 'POST', `/panels/${id}/people`, { people: [sitter.person] })).status, 200)
    const [run, sat] = await Promise.all([coordinator, sitter].map((who) => ask(who, 'GET', `/panels/${id}`)))
    ok(run && sat)
    const own = SAMPLE['carer.name'] ?? ''
    doesNotMatch(run.text, new RegExp(`CANARY|${own}|${SAMPLE['carer.email']}`))
    match(run.text, /A question for the school/)
    // What was said in a child's place is theirs to read, once, and not who said it.
    deepEqual(
      asPanel(run).pack.map(({ words }) => words),
      [[{ as: 'carer', name: null, text: 'In my own words' }]],
    )
    const read = (heard: Heard) =>
      asPanel(heard).pack.map(({ card, parts, said }) => ({ school: card.school, pupil: card.pupil, parts, said }))
    deepEqual(read(run), read(sat))
    // What the co-ordinator decides with is still theirs.
    ok(asPanel(run).pack.every(({ moves }) => moves.some(({ id: move }) => move === 'give-place')))
  })

  it('does each thing once for each key, and writes it down once', async () => {
    const [one, two] = [await putCase(world), await putCase(world)]
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-10', places: 1 })
    const entries = async () =>
      (
        await world.db
          .prepare("SELECT count(*) AS entries FROM record WHERE action = 'panel-changed' AND subject = ?1")
          .bind(id)
          .first<{ entries: number }>()
      )?.entries
    const add = [one.reference, two.reference]
    const twice = async (path: string, body: object) => {
      const key = `twice-${path}`
      const before = (await entries()) ?? 0
      const [first, ...others] = await Promise.all([1, 2, 3].map(() => ask(coordinator, 'POST', path, body, key)))
      equal(first?.status, 200, first?.text)
      for (const other of others) deepEqual(other.body, first?.body)
      equal(
        (await ask(coordinator, 'POST', path, { ...body, other: 1, places: 9, cases: [], people: [] }, key)).status,
        path.endsWith('close') ? 200 : 422,
      )
      equal(await entries(), before + 1, path)
    }
    equal((await ask(coordinator, 'POST', `/panels/${id}/cases`, { add })).status, 200)
    await twice(`/panels/${id}/order`, { cases: add.toReversed() })
    await twice(`/panels/${id}/people`, { people: [sitter.person] })
    await twice(`/panels/${id}/places`, { places: 4 })
    await twice(`/panels/${id}/close`, {})
    // What changes nothing is not written down.
    const before = await entries()
    equal((await ask(coordinator, 'POST', `/panels/${id}/close`)).status, 200)
    equal(await entries(), before)
  })

  it('tells whoever is named for it, and of another day; what was put in wrong can be put right', async () => {
    const one = await putCase(world)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-11', places: 1 }, [one])
    const letters = async () =>
      (
        await world.db
          .prepare("SELECT subject FROM letter WHERE about = 'panel' AND recipient LIKE ?1")
          .bind(`%${sitter.person}%`)
          .all<{ subject: string }>()
      ).results.map(({ subject }) => subject)
    const before = await letters()
    for (const people of [[sitter.person, coordinator.person], [sitter.person]])
      equal((await ask(coordinator, 'POST', `/panels/${id}/people`, { people })).status, 200)
    const moved = await ask(coordinator, 'POST', `/panels/${id}`, { meetsOn: '2024-10-18', note: 'Room 7' })
    equal(moved.status, 200, moved.text)
    const { panel } = asPanel(await ask(coordinator, 'GET', `/panels/${id}`))
    deepEqual([panel.meetsOn, panel.note], ['2024-10-18', 'Room 7'])
    deepEqual(faultsIn(await ask(coordinator, 'POST', `/panels/${id}`, { meetsOn: '2024-09-01' })), [
      '/meetsOn too-long-ago',
    ])
    equal((await ask(sitter, 'POST', `/panels/${id}`, { meetsOn: '2024-10-19' })).status, 403)
    equal((await ask(coordinator, 'POST', `/panels/${id}/cancel`)).status, 200)
    deepEqual((await letters()).filter((subject) => !before.includes(subject)).sort(), [
      'The panel on 11 October 2024 meets on 18 October 2024',
      'The panel on 18 October 2024 is cancelled',
      'You sit on a panel on 11 October 2024',
    ])
    equal((await ask(coordinator, 'GET', `/panels/${id}`)).status, 404)
    // Its cases wait for another panel, and say so.
    const read = asCase(await ask(coordinator, 'GET', `/cases/${one.reference}`))
    deepEqual(read.panels, [])
    deepEqual(
      read.moves.find(({ id: move }) => move === 'give-place')?.missing.map(({ kind }) => kind),
      ['panel'],
    )
    const next = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-12', places: 1 }, [one])
    equal((await decide(ask, coordinator, one, 'give-place')).status, 200)
    equal((await ask(coordinator, 'POST', `/panels/${next}/cancel`)).status, 409)
    equal((await ask(coordinator, 'GET', `/panels/${next}`)).status, 200)
  })

  it('decides nothing before its day without a word, and what was decided before stays marked so', async () => {
    const cases = [await putCase(world), await putCase(world)]
    const [one, other] = cases
    ok(one && other)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-17', places: 1 }, cases)
    equal((await ask(coordinator, 'POST', `/panels/${id}/people`, { people: [sitter.person] })).status, 200)
    const moves = async (desk: Ask) =>
      asPanel(await desk(sitter, 'GET', `/panels/${id}`)).pack.flatMap((packed) => packed.moves)
    ok((await moves(ask)).every(({ meetsOn }) => meetsOn === '2024-10-17'))
    for (const early of [undefined, false])
      for (const who of [sitter, coordinator])
        deepEqual(faultsIn(await decide(ask, who, one, 'decline', { early })), ['/early required'])
    equal((await caseOf(world, one.id)).referral.status, 'open')
    const decided = await decide(ask, sitter, one, 'decline', { early: true })
    equal(decided.status, 200, decided.text)
    const detailOf = async (which: Standing) =>
      asCase(await ask(coordinator, 'GET', `/cases/${which.reference}`)).timeline.find(({ kind }) => kind === 'decided')
        ?.detail
    deepEqual(await detailOf(one), { as: 'decline', stage: 'panel', panel: id, early: true })
    // On the day itself it meets, and nothing has to be said.
    const then = deskOf(world, 'stepping-stones', '2024-10-17')
    ok((await moves(then)).every(({ meetsOn }) => meetsOn === null))
    equal((await decide(then, sitter, other, 'decline', { early: undefined })).status, 200)
    deepEqual(await detailOf(other), { as: 'decline', stage: 'panel', panel: id })
  })

  it('has what it asked about put on an agenda again, which everybody is told who looks', async () => {
    const one = await putCase(world)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-20', places: 1 }, [one])
    const packed = async () => asPanel(await ask(coordinator, 'GET', `/panels/${id}`)).pack[0]
    const read = async () => {
      const { case: shown, moves } = asCase(await ask(coordinator, 'GET', `/cases/${one.reference}`))
      const place = moves.find(({ id: move }) => move === 'give-place')
      return { flags: shown.flags, missing: place?.missing }
    }
    equal((await decide(ask, coordinator, one, 'ask-more')).status, 200)
    deepEqual((await packed())?.back, null)
    deepEqual((await read()).flags, ['question-open'])
    equal((await decide(ask, coordinator, one, 'answered')).status, 200)
    deepEqual((await packed())?.back, { as: 'more-information' })
    deepEqual(await read(), { flags: ['agenda-again'], missing: [{ kind: 'panel', of: 'again', name: '' }] })
    equal((await ask(coordinator, 'POST', `/panels/${id}/cases`, { add: [one.reference] })).status, 200)
    deepEqual(await read(), { flags: [], missing: [] })
    const again = await packed()
    deepEqual([again?.back, again?.decision], [null, ''])
    // What is put off waits for a later agenda as well.
    equal((await decide(ask, coordinator, one, 'defer')).status, 200)
    deepEqual((await packed())?.back, { as: 'defer' })
    deepEqual((await read()).flags, ['agenda-again'])
    deepEqual(faultsIn(await decide(ask, coordinator, one, 'decline')), ['/move not-complete'])
  })

  it('keeps what was decided on its agenda, whoever takes it off at that instant', async () => {
    const one = await putCase(world)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-13', places: 1 }, [one])
    equal((await decide(ask, coordinator, one, 'give-place')).status, 200)
    await world.db.batch([takeOffAgenda(world.db, 'stepping-stones', id, one.id)])
    deepEqual(
      asPanel(await ask(coordinator, 'GET', `/panels/${id}`)).pack.map(({ decision }) => decision),
      ['Give a place'],
    )
  })

  it('is read by its members for two weeks after it met at most, though nobody closes it', async () => {
    const one = await putCase(world)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-09-12', places: 1 }, [one])
    const other = await signIn(world, { provider: 'stepping-stones', role: 'panel-member' })
    equal((await ask(coordinator, 'POST', `/panels/${id}/people`, { people: [other.person] })).status, 200)
    for (const [day, status] of [
      ['2024-09-26', 200],
      ['2024-09-27', 404],
    ] as const) {
      const then = deskOf(world, 'stepping-stones', day)
      equal((await then(other, 'GET', `/panels/${id}`)).status, status, day)
      equal((await then(other, 'GET', `/cases/${one.reference}`)).status, status, day)
      const isListed = (text: string) => text.includes(one.reference)
      equal(isListed((await then(other, 'GET', '/cases')).text), status === 200, day)
      equal((await then(other, 'GET', '/panels')).text.includes(id), status === 200, day)
    }
    // It meets later after all.
    equal((await ask(coordinator, 'POST', `/panels/${id}`, { meetsOn: '2024-10-01' })).status, 200)
    equal((await deskOf(world, 'stepping-stones', '2024-09-27')(other, 'GET', `/panels/${id}`)).status, 200)
  })

  it('loses whoever is something else from now on, and is given to them again once they are back', async () => {
    const owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const other = await signIn(world, { provider: 'stepping-stones', role: 'panel-member' })
    const worker = await signIn(world, { provider: 'stepping-stones', role: 'practitioner' })
    const one = await putCase(world)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-14', places: 1 }, [one])
    const seat = (...people: string[]) => ask(coordinator, 'POST', `/panels/${id}/people`, { people })
    const give = () => ask(coordinator, 'POST', `/cases/${one.reference}/people`, { person: worker.person })
    equal((await seat(other.person, sitter.person)).status, 200)
    equal((await give()).status, 200)
    const become = async (who: SignedInPerson, role: string) => {
      const heard = await ask(owner, 'PUT', `/people/${who.person}`, { role })
      equal(heard.status, 200, heard.text)
    }
    await become(other, 'finance')
    await become(worker, 'viewer')
    const seated = asPanel(await ask(coordinator, 'GET', `/panels/${id}`)).people.map(({ id: person }) => person)
    deepEqual(seated, [sitter.person])
    deepEqual(asCase(await ask(coordinator, 'GET', `/cases/${one.reference}`)).people, [])
    equal((await seat(sitter.person)).status, 200)
    await become(worker, 'practitioner')
    equal((await give()).status, 200)
    equal(asCase(await ask(coordinator, 'GET', `/cases/${one.reference}`)).people.length, 1)
  })

  it('takes no case that is not at a stage of its own, and a case stands on one open agenda alone', async () => {
    const one = await putCase(world)
    const other = await putCase(world, { pathway: 'outreach' })
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-03', places: 1 }, [one])
    const wrong = await ask(coordinator, 'POST', `/panels/${id}/cases`, { add: [other.reference, 'SS-XXXX-XXXX'] })
    deepEqual(faultsIn(wrong), ['/add/0 choose', '/add/1 choose'])
    const later = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-04', places: 1 }, [one])
    deepEqual((await ask(coordinator, 'POST', `/panels/${id}/cases`, {})).body.cases, [])
    equal((await ask(coordinator, 'POST', `/panels/${later}/close`)).body.closed, true)
    equal((await ask(coordinator, 'POST', `/panels/${later}/close`)).status, 200)
    equal((await ask(coordinator, 'POST', `/panels/${later}/places`, { places: 2 })).status, 409)
    deepEqual(faultsIn(await ask(coordinator, 'POST', `/panels/${id}/people`, { people: ['nobody'] })), [
      '/people/0 choose',
    ])
  })

  it('has no fewer places than it has given', async () => {
    const [one, two] = [await putCase(world), await putCase(world)]
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-05', places: 1 }, [one, two])
    equal((await decide(ask, coordinator, one, 'give-place')).status, 200)
    const full = await decide(ask, coordinator, two, 'give-place')
    equal(full.status, 409, full.text)
    match(String(full.body.type), /no-place/)
    equal(
      asLeft(full).detail,
      'The only place of the panel of 5 October 2024 is taken. Or “Put on the waiting list”: 0 referrals wait already.',
    )
    equal((await ask(coordinator, 'POST', `/panels/${id}/places`, { places: 0 })).status, 409)
    equal((await ask(coordinator, 'POST', `/panels/${id}/places`, { places: 2 })).status, 200)
    equal((await decide(ask, coordinator, two, 'give-place')).status, 200)
    // Given back, it can be given again.
    equal((await decide(ask, coordinator, one, 'give-back')).status, 200)
    match((await ask(coordinator, 'GET', `/panels/${id}`)).text, /"most":2,"withdrawn":0,"taken":1,"left":1/)
    const [decision] = asPanel(await ask(coordinator, 'GET', `/panels/${id}`)).pack.map((packed) => packed.decision)
    equal(decision, 'Give a place')
  })
})

describe('A place', () => {
  it('is there again once its pupil has gone back, though the case goes on', async () => {
    const one = await putCase(world)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-07', places: 1 }, [one])
    equal((await decide(ask, coordinator, one, 'give-place')).status, 200)
    const left = async () => asPanel(await ask(coordinator, 'GET', `/panels/${id}`)).panel.places?.left
    equal(await left(), 0)
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: DAY, now: world.clock.now })
    change.enter('placement')
    change.event('recorded', 'review')
    equal(await change.keep(world.db), 'done')
    equal(asChanged(await decide(ask, coordinator, one, 'return')).status, 'open')
    equal(await left(), 1)
    const read = asCase(await ask(coordinator, 'GET', `/cases/${one.reference}`))
    deepEqual(
      read.places.map(({ name, givenOn, freedOn }) => [name, givenOn, freedOn]),
      [['Referral place', DAY, DAY]],
    )
  })

  it('is given back by whoever withdraws, and the waiting list loses who is stopped', async () => {
    const [one, two] = [await putCase(world), await putCase(world)]
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-08', places: 1 }, [one, two])
    equal((await decide(ask, coordinator, one, 'give-place')).status, 200)
    equal((await decide(ask, coordinator, two, 'wait')).status, 200)
    for (const { id: referral } of [one, two]) {
      const change = new CaseChange(await caseOf(world, referral), {
        actor: 'family',
        today: DAY,
        now: world.clock.now,
      })
      change.stop('withdrawn')
      equal(await change.keep(world.db), 'done')
    }
    equal(asPanel(await ask(coordinator, 'GET', `/panels/${id}`)).panel.places?.left, 1)
    doesNotMatch((await ask(coordinator, 'GET', '/waiting')).text, new RegExp(two.reference))
  })
})

describe('Places of one pool', () => {
  it('are all there again where a case held two of them', async () => {
    const one = await putCase(world)
    const id = await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-15', places: 3 }, [one])
    const left = async () => asPanel(await ask(coordinator, 'GET', `/panels/${id}`)).panel.places?.left
    const kind = (await caseOf(world, one.id)).pathway.places?.[0]
    ok(kind)
    for (const end of ['free', 'end'] as const) {
      for (const number of [1, 2]) {
        const given = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: DAY, now: world.clock.now })
        given.give(kind, `panel:${id}`, given.event('decided', 'give-place') + number * 100)
        equal(await given.keep(world.db), 'done')
      }
      equal(await left(), 1)
      const over = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: DAY, now: world.clock.now })
      over.event('decided', 'give-back')
      if (end === 'free') over.free()
      else over.end('finish')
      equal(await over.keep(world.db), 'done')
      equal(await left(), 3, end)
    }
  })
})

describe('The waiting list', () => {
  it('takes an order of more than two hundred', async () => {
    const order = Array.from({ length: 201 }, (_, index) => `SS-AAAA-${1000 + index}`)
    const body = { pathway: 'placement', case: order[0], before: null, order, reason: 'A reason' }
    deepEqual(faultsIn(await ask(coordinator, 'POST', '/waiting/order', body)), [' not-found'])
  })

  it('is looked at anew where whoever was to stand behind has just left it', async () => {
    const one = await putCase(world)
    await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-16', places: 0 }, [one])
    equal((await decide(ask, coordinator, one, 'wait')).status, 200)
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: DAY, now: world.clock.now })
    change.event('waiting-list', '')
    change.also((db) => moveInList(db, 'stepping-stones', 'placement', one.id, 'nobody'))
    equal(await change.keep(world.db), 'conflict')
    equal((await decide(ask, coordinator, one, 'leave-list')).status, 200)
  })

  it('keeps its order, changes it with a sealed reason, and loses who leaves it', async () => {
    const cases = [await putCase(world), await putCase(world), await putCase(world)]
    const [first = '', second = '', third = ''] = cases.map(({ reference }) => reference)
    await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-06', places: 0 }, cases)
    for (const one of cases) equal((await decide(ask, coordinator, one, 'wait')).status, 200)
    const order = async () =>
      asWaiting(await ask(coordinator, 'GET', '/waiting?pathway=placement')).pathways.flatMap((one) =>
        one.cases.map(({ reference }) => reference),
      )
    deepEqual(await order(), [first, second, third])
    const reorder = (body: object) =>
      ask(coordinator, 'POST', '/waiting/order', { pathway: 'placement', reason: 'CANARY-REASON', ...body })
    const moved = await reorder({ case: third, before: first, order: [first, second, third] })
    equal(moved.status, 200, moved.text)
    deepEqual(moved.body.order, [third, first, second])
    const stale = await reorder({ case: second, before: null, order: [first, second, third] })
    equal(stale.status, 409)
    deepEqual(stale.body.order, [third, first, second])
    deepEqual((await reorder({ case: third, before: null, order: [third, first, second] })).body.order, [
      first,
      second,
      third,
    ])
    deepEqual(faultsIn(await reorder({ case: third, before: null, order: await order(), reason: ' ' })), [
      '/reason required',
    ])
    deepEqual(faultsIn(await reorder({ case: third, before: third, order: await order() })), ['/before choose'])

    const read = asCase(await ask(coordinator, 'GET', `/cases/${third}`))
    deepEqual(read.waiting, { position: 3, since: DAY, of: 3 })
    deepEqual(
      read.timeline.filter(({ kind }) => kind === 'waiting-list').map(({ text }) => text),
      ['CANARY-REASON', 'CANARY-REASON'],
    )
    const { results } = await world.db.prepare("SELECT * FROM case_event WHERE kind = 'waiting-list'").all()
    doesNotMatch(JSON.stringify(results), /CANARY/)

    // Whoever runs the list reads why somebody stands there, and that they read it is written down.
    const reader = await signIn(world, { provider: 'stepping-stones', role: 'coordinator' })
    const shown = asWaiting(await ask(reader, 'GET', '/waiting?pathway=placement')).pathways.flatMap((one) => one.cases)
    deepEqual(
      shown.map((one) => one.moved),
      [null, null, { on: DAY, by: 'A coordinator', from: 1, to: 3, reason: 'CANARY-REASON' }],
    )
    const entries = await world.db
      .prepare("SELECT subject FROM record WHERE action = 'case-read' AND actor = ?1")
      .bind(reader.person)
      .all<{ subject: string }>()
    deepEqual(
      entries.results.map(({ subject }) => subject),
      [third],
    )

    const [, two] = cases
    ok(two)
    equal((await decide(ask, coordinator, two, 'leave-list')).status, 200)
    deepEqual(await order(), [first, third])
  })

  it('is passed with a reason alone, whatever the catalogue asks of the decision, and by the school’s own alone where places are the school’s', async () => {
    const found = (await caseOf(world, (await putCase(world)).id)).document.pathways ?? []
    const pathway = found.findIndex(({ id }) => id === 'placement')
    const stages = found[pathway]?.stages ?? []
    const stage = stages.findIndex(({ id }) => id === 'waiting')
    const move = stages[stage]?.moves.findIndex(({ id }) => id === 'give-free-place')
    await world.db
      .prepare(
        `INSERT INTO catalogue_version (provider, catalogue, version, opens_on, ends_on, published_at, document)
         SELECT provider, catalogue, 2, opens_on, ends_on, published_at, json_remove(document, ?1)
           FROM catalogue_version WHERE provider = 'stepping-stones' AND catalogue = '2024-25' AND version = 1`,
      )
      .bind(`$.pathways[${pathway}].stages[${stage}].moves[${move}].reason`)
      .run()
    const cases = [await putCase(world), await putCase(world)]
    const [one, two] = cases
    ok(one && two)
    await world.db.prepare('UPDATE referral SET version = 2 WHERE id IN (?1, ?2)').bind(one.id, two.id).run()
    await panelOf(ask, coordinator, { pathway: 'placement', meetsOn: '2024-10-21', places: 2 }, cases)
    for (const each of cases) equal((await decide(ask, coordinator, each, 'wait')).status, 200)
    const free = async ({ reference }: Standing) =>
      asCase(await ask(coordinator, 'GET', `/cases/${reference}`)).moves.find(({ id }) => id === 'give-free-place')
    const before = asCase(await ask(coordinator, 'GET', `/cases/${one.reference}`)).waiting?.position ?? 0
    deepEqual([(await free(one))?.passes, (await free(two))?.passes], [before - 1, before])
    equal((await free(two))?.reason, true)
    deepEqual(faultsIn(await decide(ask, coordinator, two, 'give-free-place', { reason: undefined })), [
      '/reason required',
    ])
    equal((await decide(ask, coordinator, two, 'give-free-place')).status, 200)
    await world.db.prepare('UPDATE referral SET version = 1 WHERE id IN (?1, ?2)').bind(one.id, two.id).run()
    await world.db.prepare("DELETE FROM catalogue_version WHERE provider = 'stepping-stones' AND version = 2").run()

    const bridge = deskOf(world, 'bridge', BRIDGE_DAY)
    const desk = await signIn(world, { provider: 'bridge', role: 'coordinator' })
    const put = (urn: string) =>
      putCase(world, { provider: 'bridge', pathway: 'reintegration', today: BRIDGE_DAY, urn, school: `School ${urn}` })
    const waiting = [await put('100101'), await put('100102'), await put('100101')]
    await panelOf(bridge, desk, { pathway: 'reintegration', meetsOn: '2020-10-09' }, waiting)
    for (const each of waiting) equal((await decide(bridge, desk, each, 'wait')).status, 200)
    const passes = []
    for (const { reference } of waiting)
      passes.push(
        asCase(await bridge(desk, 'GET', `/cases/${reference}`))
          .moves.filter(({ gives }) => gives !== null)
          .map((each) => each.passes),
      )
    deepEqual(passes, [
      [0, 0],
      [0, 0],
      [1, 0],
    ])
    for (const each of waiting) equal((await decide(bridge, desk, each, 'leave-list')).status, 200)
  })
})

describe('A school’s places of a term', () => {
  let bridge: Ask
  let desk: SignedInPerson
  before(async () => {
    bridge = deskOf(world, 'bridge', BRIDGE_DAY)
    desk = await signIn(world, { provider: 'bridge', role: 'coordinator' })
  })

  const put = (more: Put = {}) =>
    putCase(world, { provider: 'bridge', pathway: 'reintegration', today: BRIDGE_DAY, ...more })
  const meeting = (...cases: Standing[]) =>
    panelOf(bridge, desk, { pathway: 'reintegration', meetsOn: BRIDGE_DAY }, cases)

  it('are two, and the third is refused with the further funded place', async () => {
    const school = { school: 'Second School', urn: '100002' }
    const cases = [await put(school), await put(school), await put(school)]
    const elsewhere = await put({ school: 'Third School', urn: '100003' })
    await meeting(...cases, elsewhere)
    const [one, two, three] = cases
    ok(one && two && three)
    for (const given of [one, two]) equal((await decide(bridge, desk, given, 'give-core-place')).status, 200)
    const third = await decide(bridge, desk, three, 'give-core-place')
    equal(third.status, 409)
    equal(
      asLeft(third).detail,
      'Both places of the kind “Core inclusion place” that the school has in the Autumn term 2020 are used or withdrawn (2 used, 0 withdrawn). “Additional engagement place” can be given instead: “Give an additional engagement place”. Or “Put on the waiting list”: 0 referrals wait already.',
    )
    equal(asLeft(third).beyond?.move, 'offer-engagement-place')
    equal(asCase(await bridge(desk, 'GET', `/cases/${three.reference}`)).case.stage?.id, 'meeting')
    equal((await decide(bridge, desk, elsewhere, 'give-core-place')).status, 200)
    const further = await decide(bridge, desk, three, 'offer-engagement-place')
    equal(asChanged(further).stage, 'funding', further.text)
    const { schools } = asPlaces(await bridge(desk, 'GET', '/places'))
    deepEqual(schools.map(({ school: name, taken, left }) => [name, taken, left]).sort(), [
      ['Second School', 2, 0],
      ['Third School', 1, 1],
    ])
    // Given back in its term, it is there again.
    equal((await decide(bridge, desk, one, 'give-back')).status, 200)
    const four = await put(school)
    await meeting(four)
    equal((await decide(bridge, desk, four, 'give-core-place')).status, 200)
    // The next term has places of its own.
    const spring = deskOf(world, 'bridge', '2021-01-11')
    const five = await put({ ...school, today: '2021-01-11' })
    await panelOf(spring, desk, { pathway: 'reintegration', meetsOn: '2021-01-12' }, [five])
    equal((await decide(spring, desk, five, 'give-core-place')).status, 200)
  })

  it('are two by the school’s number, however each referral writes its name', async () => {
    const names = ['Ninth School', 'The Ninth School, Exampleton', '9th Sch.']
    const cases = await Promise.all(names.map((school) => put({ school, urn: '100019' })))
    await meeting(...cases)
    const given = []
    for (const one of cases) given.push((await decide(bridge, desk, one, 'give-core-place')).status)
    deepEqual(given, [200, 200, 409])
    // No referral goes without the number: by its name the school would have two places more.
    const { pathway } = await caseOf(world, cases[0]?.id ?? '')
    const answers = sampleAnswers(pathway, BRIDGE_DAY, { fills: { 'school.urn': '' } })
    const faults = faultsBeforeSending(
      pathway,
      answers,
      pathway.declarations.map(({ id }) => id),
      BRIDGE_DAY,
      new Set(),
    )
    deepEqual(faults, [{ pointer: '/parts/school/urn', code: 'required' }])
  })

  it('are one fewer for each permanent exclusion, until it is taken back', async () => {
    const school = { school: 'Fourth School', urn: '100004' }
    const [one, two] = [await put(school), await put(school)]
    await meeting(one, two)
    const body = { school: 'Fourth School', urn: '100004', on: '2020-09-30' }
    const noted = await bridge(desk, 'POST', '/exclusions', body, 'exclusion')
    equal(noted.status, 201, noted.text)
    deepEqual((await bridge(desk, 'POST', '/exclusions', body, 'exclusion')).body, noted.body)
    const { exclusion } = noted.body as unknown as { exclusion: ExclusionsReply['exclusions'][number] }
    deepEqual([exclusion.term?.id, exclusion.places, exclusion.takenBackAt], ['autumn-2020', 1, null])
    equal(exclusion.school, 'Fourth School')
    const { schools: named } = asPlaces(await bridge(desk, 'GET', '/places'))
    ok(named.some(({ school: name, withdrawn }) => name === 'Fourth School' && withdrawn === 1))
    doesNotMatch(JSON.stringify((await world.db.prepare('SELECT * FROM exclusion').all()).results), /Fourth/)
    equal((await decide(bridge, desk, one, 'give-core-place')).status, 200)
    const refused = await decide(bridge, desk, two, 'give-core-place')
    equal(refused.status, 409)
    match(asLeft(refused).detail, /are used or withdrawn \(1 used, 1 withdrawn\)/)
    deepEqual(asLeft(refused).places, {
      kind: 'core',
      name: 'Core inclusion place',
      counted: 'school-term',
      most: 2,
      withdrawn: 1,
      taken: 1,
      term: 'autumn-2020',
    })
    const back = await Promise.all([1, 2, 3].map(() => bridge(desk, 'POST', `/exclusions/${exclusion.id}/take-back`)))
    deepEqual(
      back.map(({ status }) => status),
      [200, 200, 200],
    )
    const listed = (await bridge(desk, 'GET', '/exclusions')).body as unknown as ExclusionsReply
    ok(listed.exclusions[0]?.takenBackAt)
    const row = asPlaces(await bridge(desk, 'GET', '/places?term=autumn-2020')).schools.find(
      (one) => one.school === 'Fourth School',
    )
    deepEqual([row?.most, row?.withdrawn, row?.taken, row?.left], [2, 0, 1, 1])
    equal((await decide(bridge, desk, two, 'give-core-place')).status, 200)
    const { results } = await world.db
      .prepare('SELECT action FROM record WHERE subject = ?1 ORDER BY number')
      .bind(exclusion.id)
      .all<{ action: string }>()
    deepEqual(
      results.map(({ action }) => action),
      ['exclusion-noted', 'exclusion-taken-back'],
    )
  })

  it('are withdrawn for the school of a case too, however its name was written', async () => {
    const one = await put({ school: 'St. Mary’s', urn: '' })
    await meeting(one)
    for (const on of ['2020-09-29', '2020-09-30']) {
      const noted = await bridge(desk, 'POST', '/exclusions', { case: one.reference, on })
      equal(noted.status, 201, noted.text)
      match(noted.text, /St\. Mary’s/)
    }
    match(asLeft(await decide(bridge, desk, one, 'give-core-place')).detail, /\(0 used, 2 withdrawn\)/)
    deepEqual(faultsIn(await bridge(desk, 'POST', '/exclusions', { school: 'A', on: '2020-10-06' })), [
      '/on in-the-future',
    ])
    deepEqual(faultsIn(await bridge(desk, 'POST', '/exclusions', { on: '2020-10-01' })), ['/school required'])
    // By its name alone none of its places would be found.
    deepEqual(faultsIn(await bridge(desk, 'POST', '/exclusions', { school: 'A', on: '2020-10-01' })), ['/urn required'])
    deepEqual(faultsIn(await bridge(desk, 'POST', '/exclusions', { school: 'A', on: '2020-10-01', term: 'never' })), [
      '/term choose',
    ])
    equal((await bridge(desk, 'POST', '/exclusions/nothing/take-back')).status, 404)
  })

  it('are given of no term whose dates nobody has published, and then of that term, by the next catalogue', async () => {
    const day = '2021-07-26'
    const holidays = deskOf(world, 'bridge', day)
    const school = { school: 'Sixth School', urn: '100006', today: day }
    const one = await put(school)
    await panelOf(holidays, desk, { pathway: 'reintegration', meetsOn: day }, [one])
    const shown = asCase(await holidays(desk, 'GET', `/cases/${one.reference}`)).moves
    deepEqual(shown.find(({ id }) => id === 'give-core-place')?.missing, [{ kind: 'terms', of: '', name: '' }])
    deepEqual(shown.find(({ id }) => id === 'offer-engagement-place')?.missing, [])
    const refused = await decide(holidays, desk, one, 'give-core-place')
    deepEqual([refused.status, faultsIn(refused)], [422, ['/move not-complete']])
    deepEqual(refused.body.missing, [{ kind: 'terms', of: '', name: '' }])
    // Only the next year's terms are published: the case itself goes by last year's catalogue for ever.
    await world.db
      .prepare(
        `INSERT INTO catalogue_version (provider, catalogue, version, opens_on, ends_on, published_at, document)
         SELECT provider, '2021-22', 1, '2021-07-01', '2022-08-31', published_at,
                json_set(document, '$.catalogue', '2021-22', '$.calendar.terms', json(?1))
           FROM catalogue_version WHERE provider = 'bridge' AND catalogue = '2020-21'`,
      )
      .bind(JSON.stringify([{ id: 'autumn-2021', name: 'Autumn term 2021', from: '2021-09-01', to: '2021-12-17' }]))
      .run()
    const [two, three] = [await put(school), await put(school)]
    await panelOf(holidays, desk, { pathway: 'reintegration', meetsOn: day }, [two, three])
    for (const given of [one, two]) equal((await decide(holidays, desk, given, 'give-core-place')).status, 200)
    const third = await decide(holidays, desk, three, 'give-core-place')
    deepEqual([third.status, asLeft(third).places.term], [409, 'autumn-2021'])
    const { terms, schools } = asPlaces(await holidays(desk, 'GET', '/places?term=autumn-2021'))
    deepEqual(
      schools.map(({ school: name, pathway, kind, taken }) => [name, pathway, kind, taken]),
      [['Sixth School', 'reintegration', 'core', 2]],
    )
    equal(terms.at(-1)?.id, 'autumn-2021')
    await world.db.prepare("DELETE FROM catalogue_version WHERE provider = 'bridge' AND catalogue = '2021-22'").run()
  })

  it('are used once the young person has been there, though consent is withdrawn then', async () => {
    const school = { school: 'Ninth School', urn: '100009' }
    const [before, after] = [await put(school), await put(school)]
    await meeting(before, after)
    for (const one of [before, after]) equal((await decide(bridge, desk, one, 'give-core-place')).status, 200)
    const come = new CaseChange(await caseOf(world, after.id), { actor: 'x', today: BRIDGE_DAY, now: world.clock.now })
    come.enter('programme')
    equal(await come.keep(world.db), 'done')
    for (const one of [before, after]) {
      const stop = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: BRIDGE_DAY, now: world.clock.now })
      stop.stop('withdrawn')
      equal(await stop.keep(world.db), 'done')
      equal((await caseOf(world, one.id)).kept.places[0]?.freedOn, BRIDGE_DAY)
    }
    const row = asPlaces(await bridge(desk, 'GET', '/places?term=autumn-2020')).schools.find(({ taken }) => taken === 1)
    ok(row)
    const third = await put(school)
    const fourth = await put(school)
    await meeting(third, fourth)
    equal((await decide(bridge, desk, third, 'give-core-place')).status, 200)
    match(asLeft(await decide(bridge, desk, fourth, 'give-core-place')).detail, /\(2 used, 0 withdrawn\)/)
  })

  it('are shown though a card of one does not open, and a case that an exclusion names is read', async () => {
    const one = await put({ school: 'Seventh School', urn: '100007' })
    await meeting(one)
    equal((await decide(bridge, desk, one, 'give-core-place')).status, 200)
    const reader = await signIn(world, { provider: 'bridge', role: 'coordinator' })
    const noted = await bridge(reader, 'POST', '/exclusions', { case: one.reference, on: '2020-09-28' })
    equal(noted.status, 201, noted.text)
    const { results } = await world.db
      .prepare("SELECT subject FROM record WHERE action = 'case-read' AND actor = ?1")
      .bind(reader.person)
      .all<{ subject: string }>()
    deepEqual(
      results.map(({ subject }) => subject),
      [one.reference],
    )
    const two = await put({ school: 'Eighth School', urn: '100008' })
    await meeting(two)
    equal((await decide(bridge, desk, two, 'give-core-place')).status, 200)
    await world.db
      .prepare("UPDATE sealed SET text = 'damaged' WHERE referral = ?1 AND name = 'card'")
      .bind(two.id)
      .run()
    const shown = await bridge(desk, 'GET', '/places?term=autumn-2020')
    equal(shown.status, 200, shown.text)
    ok(asPlaces(shown).schools.some(({ school }) => school === null))
    await world.db.prepare("DELETE FROM sealed WHERE referral = ?1 AND name = 'card'").bind(two.id).run()
  })

  it('are signed for by an agreement, sealed as the case is', async () => {
    const one = await put({ school: 'Fifth School', urn: '100005' })
    const seen = await seenOf(bridge, desk, one)
    const signed = await bridge(desk, 'POST', `/cases/${one.reference}/agreement`, { name: 'CANARY-HEAD', seen })
    equal(signed.status, 200, signed.text)
    equal(asCase(await bridge(desk, 'GET', `/cases/${one.reference}`)).agreement?.signed.provider?.name, 'CANARY-HEAD')
    const { results } = await world.db.prepare("SELECT text FROM sealed WHERE name = 'agreement'").all()
    equal(results.length, 1)
    doesNotMatch(JSON.stringify(results), /CANARY/)
  })
})

describe('The last places, on a real database', () => {
  it('are ten for fifty who decide at once: ten are given, forty are told of the waiting list', async () => {
    const real = await openWorld({ MAILER: 'none' })
    try {
      const who = await signIn(real, { provider: 'stepping-stones', role: 'coordinator' })
      const desk = deskOf(real, 'stepping-stones', DAY)
      const cases = await Promise.all(
        Array.from({ length: 50 }, (_, count) => putCase(real, { pupil: `Pupil ${count}` })),
      )
      const id = await panelOf(desk, who, { pathway: 'placement', meetsOn: '2024-10-01', places: 10 })
      const all = cases.map(({ reference }) => reference)
      deepEqual(faultsIn(await desk(who, 'POST', `/panels/${id}/cases`, { add: all })), ['/add too-many'])
      for (const add of [all.slice(0, 25), all.slice(25)])
        equal((await desk(who, 'POST', `/panels/${id}/cases`, { add })).status, 200)
      const seen = await Promise.all(cases.map((one) => seenOf(desk, who, one)))
      const heard = await Promise.all(
        cases.map(({ reference }, index) =>
          desk(who, 'POST', `/cases/${reference}/moves`, {
            move: 'give-place',
            seen: seen[index],
            reason: 'A reason',
            early: true,
          }),
        ),
      )
      deepEqual(heard.filter(({ status }) => status === 200).length, 10)
      const rest = heard.filter(({ status }) => status !== 200)
      deepEqual([...new Set(rest.map(({ status, body }) => `${status} ${body.type}`))], ['409 /api/problems/no-place'])
      ok(rest.every((one) => asLeft(one).waiting.move === 'wait' && asLeft(one).places.taken === 10))
      const row = await real.db
        .prepare('SELECT taken FROM place_pool WHERE pool = ?1')
        .bind(`panel:${id}`)
        .first<{ taken: number }>()
      equal(row?.taken, 10)
      equal(await real.count('place'), 10)
      // Two at once for the last place that is given back.
      const [given] = cases.filter((_, index) => heard[index]?.status === 200)
      const [one, two] = cases.filter((_, index) => heard[index]?.status === 409)
      ok(given && one && two)
      equal((await decide(desk, who, given, 'give-back')).status, 200)
      const last = await Promise.all([one, two].map((other) => decide(desk, who, other, 'give-place')))
      deepEqual(last.map(({ status }) => status).sort(), [200, 409])

      // Consent is withdrawn while the panel decides: whoever is first, work on the case stops and its place is there again.
      const undecided = cases.filter((other, index) => heard[index]?.status === 409 && other !== one && other !== two)
      equal((await desk(who, 'POST', `/panels/${id}/places`, { places: 30 })).status, 200)
      const racing = undecided.slice(0, 8)
      const outcomes = await Promise.all(
        racing.map(async (other) => {
          const events = await seenOf(desk, who, other)
          const body = { move: 'give-place', seen: events, reason: 'A reason', early: true }
          const [moved, answered] = await Promise.all([
            desk(who, 'POST', `/cases/${other.reference}/moves`, body),
            keepAnswers(
              real.env,
              { id: other.id },
              { person: 'carer-1', name: 'Ngozi Okonkwo', how: 'page' },
              [{ purpose: 'share', each: '', answer: 'withdrawn' }],
              { actor: 'family', today: DAY, now: real.clock.now, link: { origin: 'http://localhost' } },
            ),
          ])
          const late = await desk(who, 'POST', `/cases/${other.reference}/moves`, { ...body, seen: events + 2 })
          return [moved.status, answered.status, (await caseOf(real, other.id)).referral.status, late.status]
        }),
      )
      for (const [moved, ...rest] of outcomes) {
        ok(moved === 200 || moved === 409, String(moved))
        deepEqual(rest, ['stopped', 'stopped', 409])
      }
      const after = await real.db
        .prepare('SELECT taken FROM place_pool WHERE pool = ?1')
        .bind(`panel:${id}`)
        .first<{ taken: number }>()
      equal(after?.taken, 10)
    } finally {
      await real.stop()
    }
  })
})
