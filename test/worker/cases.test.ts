import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { Role } from '../../catalogue/wire/roles.ts'
import { keepAnswers } from '../../worker/consents/answering.ts'
import { CaseChange } from '../../worker/referrals/open-case.ts'
import { reply as replyOf } from '../../worker/referrals/school-side.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { asBoard, asCase, asChanged, caseOf, deskOf, putCase, type Standing } from './desk.ts'
import { faultsIn, type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf, SAMPLE } from './referring.ts'

const SEDIS = 'sedis'
const DAY = '2024-10-07'
const [PUPIL = '', CARER = ''] = [SAMPLE['pupil.name'], SAMPLE['carer.name']]

let world: World
let ask: ReturnType<typeof deskOf>
let people: Record<'owner' | 'coordinator' | 'practitioner' | 'panel-member' | 'commissioner', SignedInPerson>

before(async () => {
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
  ask = deskOf(world, SEDIS, DAY)
  people = {
    owner: await member('owner'),
    coordinator: await member('coordinator'),
    practitioner: await member('practitioner'),
    'panel-member': await member('panel-member'),
    commissioner: await member('commissioner'),
  }
})
after(() => world.stop())

function member(role: Role, provider = SEDIS): Promise<SignedInPerson> {
  return signIn(world, { provider, role })
}

function put(more: Parameters<typeof putCase>[1] = {}): Promise<Standing> {
  return putCase(world, { provider: SEDIS, pathway: 'support', today: DAY, ...more })
}

/** How a case stands for the co-ordinator: the number of its last event is what a write has seen. */
async function seenOf({ reference }: Standing): Promise<number> {
  return asCase(await ask(people.coordinator, 'GET', `/cases/${reference}`)).case.seen
}

/** Decides on a case as it stands. */
async function move(one: Standing, who: SignedInPerson, id: string, more: object = {}): Promise<Heard> {
  return ask(who, 'POST', `/cases/${one.reference}/moves`, {
    move: id,
    seen: await seenOf(one),
    reason: 'A reason',
    // Their panels are still to meet.
    early: true,
    ...more,
  })
}

/** Puts a case before a panel that the panel member sits on. */
async function onPanel(one: Standing): Promise<string> {
  const made = await ask(people.coordinator, 'POST', '/panels', { pathway: 'support', meetsOn: '2024-10-21' })
  equal(made.status, 201, made.text)
  const panel = String(made.body.id)
  const seated = await ask(people.coordinator, 'POST', `/panels/${panel}/people`, {
    people: [people['panel-member'].person],
  })
  equal(seated.status, 200, seated.text)
  const added = await ask(people.coordinator, 'POST', `/panels/${panel}/cases`, { add: [one.reference] })
  deepEqual(added.body.cases, [one.reference], added.text)
  return panel
}

describe('What referrals have beside the board', () => {
  it('is what the provider’s pathways have something for, in the session of who works there', async () => {
    for (const [provider, parts] of [
      ['school2school-norfolk', []],
      [SEDIS, ['panels', 'places']],
      ['bridge', ['panels', 'waiting', 'places']],
    ] as const) {
      const { headers } = provider === SEDIS ? people.coordinator : await member('coordinator', provider)
      const heard = await world.ask('GET', '/api/console/session', undefined, { ...headers, 'X-Today': DAY })
      deepEqual(
        (heard.body.providers as { id: string; parts: string[] }[]).map((one) => [one.id, one.parts]),
        [[provider, parts]],
      )
    }
    // One that has just been made has published nothing yet.
    await world.db
      .prepare("INSERT INTO provider (id, name, service, kind, about) VALUES ('oak', 'Oak School', '', '', '')")
      .run()
    const { headers } = await member('coordinator', 'oak')
    match((await world.ask('GET', '/api/console/session', undefined, headers)).text, /"id":"oak".*"parts":\[\]/)
  })
})

describe('A case', () => {
  it('is nobody’s to read at the provider until consent has released it: the board counts it, and no more', async () => {
    const before = asBoard(await ask(people.coordinator, 'GET', '/cases'))
    const waiting = await put({ status: 'waiting' })
    for (const who of Object.values(people)) equal((await ask(who, 'GET', `/cases/${waiting.reference}`)).status, 404)
    const board = await ask(people.coordinator, 'GET', '/cases')
    equal(asBoard(board).counts?.waiting, (before.counts?.waiting ?? 0) + 1)
    doesNotMatch(board.text, new RegExp(waiting.reference))
    const found = await ask(people.coordinator, 'POST', '/cases/find', { reference: waiting.reference })
    deepEqual(found.body.cases, [])
    const byName = await ask(people.coordinator, 'POST', '/cases/find', { name: PUPIL, born: '2015-02-03' })
    doesNotMatch(byName.text, new RegExp(waiting.reference))
  })

  it('is read by co-ordinators and owners whole, and by others by case alone', async () => {
    const one = await put()
    for (const who of [people.owner, people.coordinator]) {
      const heard = await ask(who, 'GET', `/cases/${one.reference}`)
      equal(heard.status, 200)
      match(heard.text, new RegExp(PUPIL))
      match(heard.text, /In my own words/)
      equal(asCase(heard).as, 'coordinator')
    }
    for (const role of ['practitioner', 'panel-member', 'commissioner'] as const)
      equal((await ask(people[role], 'GET', `/cases/${one.reference}`)).status, 404, role)

    const assigned = await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, {
      person: people.practitioner.person,
    })
    equal(assigned.status, 200, assigned.text)
    const worked = await ask(people.practitioner, 'GET', `/cases/${one.reference}`)
    equal(worked.status, 200)
    match(worked.text, new RegExp(PUPIL))
    // Nobody is to write to the family past the co-ordinator.
    doesNotMatch(worked.text, /carer@family\.example/)
    deepEqual(
      asCase(worked).family.map(({ email, hasEmail }) => [email, hasEmail]),
      [[null, true]],
    )
    equal((await ask(await member('practitioner'), 'GET', `/cases/${one.reference}`)).status, 404)
    const own = await ask(people.practitioner, 'GET', '/cases')
    deepEqual(
      asBoard(own).pathways.flatMap(({ stages }) =>
        stages.flatMap(({ cases }) => cases.map(({ reference }) => reference)),
      ),
      [one.reference],
    )
    equal(asBoard(own).counts, null)

    const removed = await ask(
      people.coordinator,
      'POST',
      `/cases/${one.reference}/people/${people.practitioner.person}/remove`,
      {},
    )
    equal(removed.status, 200, removed.text)
    equal((await ask(people.practitioner, 'GET', `/cases/${one.reference}`)).status, 404)
  })

  it('says who answered, and as whom, for who may know it, and their words once', async () => {
    const one = await put()
    const heard = await ask(people.coordinator, 'POST', `/cases/${one.reference}/heard`, {
      person: 'carer-1',
      purpose: 'support',
      answer: 'given',
      how: 'in-person',
      on: DAY,
      name: 'N. Okonkwo',
      relationship: 'Grandmother',
      seen: await seenOf(one),
    })
    equal(heard.status, 200, heard.text)
    const read = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
    const name = 'Ngozi Okonkwo'
    const answers = read.timeline.filter(({ kind }) => kind === 'answered')
    ok(answers.length > 1)
    for (const { whose } of answers) deepEqual(whose, { as: 'carer', name })
    deepEqual(
      read.timeline.filter(({ kind, whose }) => kind !== 'answered' && whose !== null),
      [],
    )
    const [support] = read.consents.find(({ purpose }) => purpose === 'support')?.people ?? []
    deepEqual(
      [support?.relationship, support?.typed, support?.typedRelationship],
      ['Mother', 'N. Okonkwo', 'Grandmother'],
    )
    deepEqual(read.words, [{ as: 'carer', name, text: 'In my own words' }])
    await onPanel(one)
    const sat = asCase(await ask(people['panel-member'], 'GET', `/cases/${one.reference}`))
    deepEqual(sat.words, [{ as: 'carer', name: null, text: 'In my own words' }])
    ok(sat.timeline.every(({ whose }) => whose === null || whose.name === null))
    ok(sat.consents.flatMap((consent) => consent.people).every(({ typedRelationship }) => typedRelationship === null))
    equal((await move(one, people['panel-member'], 'approve')).status, 200)
    deepEqual(asCase(await ask(people.commissioner, 'GET', `/cases/${one.reference}`)).words, [])
  })

  it('offers first to be written down what its stage and its deadlines wait for, and all the rest after it', async () => {
    const one = await put()
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: DAY, now: world.clock.now })
    change.enter('leaving')
    equal(await change.keep(world.db), 'done')
    const { recordable } = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
    const ids = recordable.map(({ id }) => id)
    const all = (await caseOf(world, one.id)).pathway.events.filter(({ by }) => by.includes('coordinator'))
    // The decision waits for the feedback forms, a deadline for the first contact; after these the catalogue's own order.
    const first = ['feedback-forms', 'first-contact']
    deepEqual(ids, [...first, ...all.map(({ id }) => id).filter((id) => !first.includes(id))])
  })

  it('is read by a panel’s members while it stands on their agenda, and by the commissioner without a name', async () => {
    const one = await put()
    const panel = await onPanel(one)
    const heard = await ask(people['panel-member'], 'GET', `/cases/${one.reference}`)
    equal(heard.status, 200, heard.text)
    match(heard.text, new RegExp(PUPIL))
    doesNotMatch(heard.text, new RegExp(CARER))
    equal((await ask(await member('panel-member'), 'GET', `/cases/${one.reference}`)).status, 404)

    equal((await move(one, people['panel-member'], 'approve')).status, 200)
    const signing = await ask(people.commissioner, 'GET', `/cases/${one.reference}`)
    equal(signing.status, 200, signing.text)
    for (const word of [PUPIL, CARER, 'Amira', 'Example Primary', 'A. K.', 'In my own words', 'referrer@'])
      doesNotMatch(signing.text, new RegExp(word), word)
    // Whoever typed this one was told that the commissioner reads it.
    match(signing.text, /A reason/)
    const seen = asCase(signing)
    equal(seen.case.pupil, null)
    equal(seen.case.district, 'Lancaster')
    // No more than the questions that are the commissioner’s.
    const questions = (await caseOf(world, one.id)).pathway.parts.flatMap((part) => part.questions)
    const allowed = questions.filter(({ seenBy }) => seenBy.includes('commissioner')).map(({ id }) => id)
    const read = seen.parts.flatMap(({ answers }) => answers.map(({ id }) => id))
    ok(read.length > 2)
    deepEqual(
      read.filter((id) => !allowed.includes(id)),
      [],
    )
    deepEqual(
      seen.moves.map(({ id }) => id),
      ['sign-off', 'send-back', 'refuse'],
    )
    const board = await ask(people.commissioner, 'GET', '/cases')
    ok(asBoard(board).pathways.every(({ stages }) => stages.every(({ id }) => /sign-off/.test(id))))
    match(board.text, new RegExp(one.reference))
    doesNotMatch(board.text, /A\. K\./)

    equal((await ask(people.coordinator, 'POST', `/panels/${panel}/close`)).status, 200)
    equal((await ask(people['panel-member'], 'GET', `/cases/${one.reference}`)).status, 404)
    equal((await ask(people['panel-member'], 'GET', `/panels/${panel}`)).status, 404)
    equal((await move(one, people.commissioner, 'sign-off')).status, 200)
    equal((await ask(people.commissioner, 'GET', `/cases/${one.reference}`)).status, 404)
  })

  it('that is not there, or waits for consent, is not found by a write either', async () => {
    const waiting = await put({ status: 'waiting' })
    for (const reference of [waiting.reference, 'SE-XXXX-XXXX'])
      for (const [path, body] of [
        ['moves', { move: 'approve', seen: 1, reason: 'A reason' }],
        ['events', { event: 'first-contact', on: DAY, seen: 1 }],
        ['notes', { text: 'A note' }],
        ['people', { person: people.practitioner.person }],
      ] as const)
        equal((await ask(people.coordinator, 'POST', `/cases/${reference}/${path}`, body)).status, 404, path)
    const stolen = deskOf(world, 'stepping-stones', DAY)
    const stranger = await member('owner', 'stepping-stones')
    const one = await put()
    equal((await stolen(stranger, 'GET', `/cases/${one.reference}`)).status, 404)
    equal((await stolen(stranger, 'POST', `/cases/${one.reference}/notes`, { text: 'A note' })).status, 404)
  })

  it('reaches whoever was asked by a new link, at another address and in another language, and asks again after a no with a reason', async () => {
    const one = await put()
    const address = `/cases/${one.reference}`
    const seen = async () => asCase(await ask(people.coordinator, 'GET', address)).case.seen
    const asks = async (body: object) =>
      ask(people.coordinator, 'POST', `${address}/ask`, { seen: await seen(), ...body })
    const link = await asks({ person: 'carer-1', email: 'new@family.example', language: 'cy' })
    deepEqual([link.status, link.body.how], [200, 'link'], link.text)
    const { family, languages, consents } = asCase(await ask(people.coordinator, 'GET', address))
    deepEqual(
      family.map(({ email, language }) => [email, language]),
      [['new@family.example', 'cy']],
    )
    ok(languages.includes('cy'))
    equal(consents.find(({ purpose }) => purpose === 'share')?.standing, 'given')
    equal((await asks({ email: 'x@family.example' })).status, 422, 'nobody and nothing')
    const specialist = { person: 'carer-1', purpose: 'specialist', each: 'behaviour-support' }
    const no = { ...specialist, answer: 'refused', how: 'in-person', on: DAY, name: 'N' }
    const heard = await ask(people.coordinator, 'POST', `${address}/heard`, { ...no, seen: await seen() })
    equal(heard.status, 200, heard.text)
    deepEqual(faultsIn(await asks(specialist)), ['/reason required'])
    equal((await asks({ ...specialist, reason: 'We have talked.' })).status, 200)
    // What is over is asked nothing more, and a link still leads to taking a yes back.
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'c1', today: DAY, now: world.clock.now })
    change.end('finish')
    equal(await change.keep(world.db), 'done')
    equal((await asks({ ...specialist, reason: 'Once more' })).status, 409)
    equal((await asks({ person: 'carer-1' })).status, 200)
  })

  it('says how long its stage is meant to last, and that it is over', async () => {
    const one = await put()
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'c1', today: DAY, now: world.clock.now })
    equal(asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`)).case.lasts, null)
    change.enter('outreach')
    equal(await change.keep(world.db), 'done')
    const until = addDays(DAY, 6 * 7 - 1)
    const at = async (today: string) =>
      asCase(await deskOf(world, 'sedis', today)(people.coordinator, 'GET', `/cases/${one.reference}`)).case.lasts
    deepEqual(await at(until), { weeks: 6, until, overdue: false })
    deepEqual(await at(addDays(until, 1)), { weeks: 6, until, overdue: true })
  })

  it('has its reading written down, once an hour for each person', async () => {
    const one = await put()
    const entries = async () => {
      const { results } = await world.db
        .prepare("SELECT actor, detail FROM record WHERE action = 'case-read' AND subject = ?1 ORDER BY number")
        .bind(one.reference)
        .all<{ actor: string; detail: string }>()
      return results
    }
    for (let times = 0; times < 3; times += 1) await ask(people.owner, 'GET', `/cases/${one.reference}`)
    await ask(people.coordinator, 'GET', `/cases/${one.reference}`)
    deepEqual(
      (await entries()).map(({ actor }) => actor),
      [people.owner.person, people.coordinator.person],
    )
    world.clock.now += 61 * 60_000
    await ask(people.owner, 'GET', `/cases/${one.reference}`)
    equal((await entries()).length, 3)
    // Who may not read it leaves no trace of having done so.
    await ask(people.commissioner, 'GET', `/cases/${one.reference}`)
    equal((await entries()).length, 3)
  })

  it('has days left that count bank holidays, closures and, where it says so, term time; overdue ones stand first', async () => {
    const late = await put({ today: '2024-09-09' })
    const one = await put()
    const [deadline] = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`)).deadlines
    deepEqual(deadline && { due: deadline.dueOn, left: deadline.daysLeft, overdue: deadline.overdue }, {
      due: '2024-10-14',
      left: 5,
      overdue: false,
    })
    // The autumn half term of 2024 is not counted.
    const over = await world.ask(
      'GET',
      `/api/console/providers/sedis/cases/${(await put({ today: '2024-10-24' })).reference}`,
      undefined,
      {
        ...people.coordinator.headers,
        'X-Today': '2024-10-25',
      },
    )
    equal(asCase(over).deadlines[0]?.dueOn, '2024-11-07')
    equal(asCase(over).deadlines[0]?.daysLeft, 4)
    deepEqual(asCase(over).case.due, { name: 'First contact', on: '2024-11-07', daysLeft: 4, overdue: false })
    const listed = await ask(people.coordinator, 'GET', '/cases/list')
    const cases = listed.body.cases as {
      reference: string
      due: { overdue: boolean; daysLeft: number; on: string } | null
    }[]
    equal(cases[0]?.reference, late.reference)
    deepEqual(cases[0]?.due?.overdue, true)
    ok((cases[0]?.due?.daysLeft ?? 0) < 0)
    const days = cases.map(({ due }) => due?.on ?? '9999-12-31')
    deepEqual(days, days.toSorted())

    const recorded = await ask(people.coordinator, 'POST', `/cases/${late.reference}/events`, {
      event: 'first-contact',
      on: '2024-09-12',
      seen: await seenOf(late),
    })
    equal(recorded.status, 201, recorded.text)
    const met = asCase(await ask(people.coordinator, 'GET', `/cases/${late.reference}`))
    equal(met.deadlines[0]?.metOn, '2024-09-12')
    equal(met.case.due, null)
  })

  it('moves by what the catalogue says, with what is missing said, and tells school and family', async () => {
    const one = await put()
    const early = await move(one, people.coordinator, 'approve')
    equal(early.status, 422)
    deepEqual(faultsIn(early), ['/move not-complete'])
    deepEqual(early.body.missing, [{ kind: 'panel', of: '', name: '' }])
    await onPanel(one)
    deepEqual(faultsIn(await move(one, people.coordinator, 'approve', { reason: undefined })), ['/reason required'])
    deepEqual(faultsIn(await move(one, people.coordinator, 'sign-off')), ['/move choose'])
    const done = await move(one, people.coordinator, 'approve')
    equal(done.status, 200, done.text)
    equal(asChanged(done).stage, 'sign-off-outreach')

    const letters = (await lettersOf(world, one.id)).filter(({ subject }) => /referral|request/.test(subject))
    deepEqual(letters.map(({ to }) => to).sort(), ['carer@family.example', 'referrer@school.example'])
    for (const { subject, text } of letters) {
      match(text, new RegExp(one.reference))
      match(subject, new RegExp(one.reference))
      match(text, /What happens next/)
      for (const word of [PUPIL, 'Amira', 'A reason', 'Example Primary']) doesNotMatch(subject + text, new RegExp(word))
    }
    const [toCarer] = letters.filter(({ to }) => to === 'carer@family.example')
    const longest = (toCarer?.text ?? '').split(/(?<=[.:,!?])\s+|\n+/).map((sentence) => sentence.split(/\s+/).length)
    ok(Math.max(...longest) < 15, toCarer?.text)

    const declined = await move(one, people.commissioner, 'refuse')
    equal(declined.status, 200, declined.text)
    deepEqual(asChanged(declined).status, 'ended')
    const ended = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
    equal(ended.case.outcome, 'decline')
    deepEqual(ended.moves, [])
    const kept = await world.db
      .prepare('SELECT delete_on FROM referral WHERE id = ?1')
      .bind(one.id)
      .first<{ delete_on: string }>()
    equal(kept?.delete_on, '2025-10-07', 'A no is kept for a year, and not as long as help that was given.')
    const list = await ask(people.coordinator, 'GET', '/cases/list?status=ended')
    match(list.text, new RegExp(one.reference))
  })

  it('asks the school to tell a family that has no address', async () => {
    const one = await put({ email: '' })
    equal((await move(one, people.coordinator, 'ask-more')).status, 200)
    const letters = (await lettersOf(world, one.id)).filter(({ subject }) => /Your referral/.test(subject))
    equal(letters.length, 1)
    match(letters[0]?.text ?? '', /Please tell them/)
  })

  it('tells each of the family who has agreed: by letter, and through the school whoever has no address', async () => {
    const one = await put()
    const second = async () => {
      const change = new CaseChange(await caseOf(world, one.id), { actor: 'family', today: DAY, now: world.clock.now })
      const number = change.event('answered', 'share', { detail: { person: 'carer-2', each: '', answer: 'given' } })
      change.also((db) => [
        db.prepare("INSERT OR IGNORE INTO consent_person VALUES (?1, 'carer-2', 'carer', 'en')").bind(one.id),
        db.prepare("INSERT INTO consent_ask VALUES (?1, ?2, 'carer-2', 'share', '', ?3)").bind(one.id, number, DAY),
        db
          .prepare("INSERT INTO consent_answer VALUES (?1, ?2, 'carer-2', 'share', '', 'given', 'paper', ?3)")
          .bind(one.id, number, DAY),
      ])
      change.seal('person:carer-2', { name: 'Obi Okonkwo', relationship: 'Father' })
      equal(await change.keep(world.db), 'done')
    }
    await second()
    equal((await move(one, people.coordinator, 'ask-more')).status, 200)
    const letters = await lettersOf(world, one.id)
    equal(
      letters.filter(({ to, subject }) => to === 'carer@family.example' && /About the request/.test(subject)).length,
      1,
    )
    const school = letters.find(({ subject }) => /^Your referral \S+$/.test(subject))
    match(school?.text ?? '', /Of another, who has agreed too, we have no e-mail address/)
    doesNotMatch(school?.text ?? '', /We have no e-mail address of the family|Okonkwo/)
  })

  it('tells whose turn it is: the commissioner, who works on it or has asked, and else who runs referrals', async () => {
    const turns = async (one: Standing) =>
      (await lettersOf(world, one.id))
        .filter(({ subject }) => subject === `Referral ${one.reference} waits for you`)
        .map(({ to, text }) => `${to.split('-')[0]}: ${text.split('\n')[0]}`)
    const reply = (one: Standing) =>
      replyOf(
        world.env,
        { referral: one.id, provider: SEDIS, status: 'open', as: 'referrer', who: '', only: [], hash: '' },
        { text: 'Mondays' },
        { today: DAY, now: world.clock.now, link: { origin: 'http://localhost' } },
      )
    const one = await put()
    await onPanel(one)
    equal((await move(one, people['panel-member'], 'approve')).status, 200)
    const signing = await turns(one)
    ok(signing.length > 0 && signing.every((to) => to.startsWith('commissioner: A referral waits for your sign-off.')))
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, { person: people.practitioner.person })
    equal((await move(one, people.commissioner, 'sign-off')).status, 200)
    deepEqual(
      (await turns(one)).filter((to) => !signing.includes(to)),
      ['practitioner: A referral has come to its next step, and waits for you. It is with SEDIS, Staffordshire.'],
    )
    // Nobody works on it yet: whoever has asked hears of the answer, and where that was nobody, whoever runs referrals.
    const two = await put()
    const asked = await ask(people.owner, 'POST', `/cases/${two.reference}/question`, { text: 'Which days?' })
    equal(asked.status, 201, asked.text)
    await reply(two)
    deepEqual(
      (await turns(two)).map((to) => to.replace(/ It is with.*/, '')),
      ['owner: The school has answered what it was asked about a referral.'],
    )
    const three = await put()
    await onPanel(three)
    equal((await move(three, people['panel-member'], 'ask-more')).status, 200)
    await world.db
      .prepare("UPDATE case_event SET actor = 'gone' WHERE referral = ?1 AND kind = 'decided'")
      .bind(three.id)
      .run()
    await reply(three)
    const run = [...new Set((await turns(three)).map((to) => to.split(':')[0]))].sort()
    deepEqual(run, ['coordinator', 'owner'])
  })

  it('is heard of once consent releases it, though the catalogue names no address for that', async () => {
    const one = await put({ status: 'waiting' })
    const purposes = (await caseOf(world, one.id)).pathway.consent.purposes.filter(({ releases }) => releases)
    await keepAnswers(
      world.env,
      { id: one.id },
      { person: 'carer-1', name: 'Ngozi Okonkwo', how: 'page' },
      purposes.map(({ id }) => ({ purpose: id, each: '', answer: 'given' as const })),
      { actor: 'family', today: DAY, now: world.clock.now, link: { origin: 'http://localhost' } },
    )
    equal((await caseOf(world, one.id)).referral.status, 'open')
    const told = (await lettersOf(world, one.id)).filter(({ subject }) => /can be read$/.test(subject))
    deepEqual([...new Set(told.map(({ to }) => to.split('-')[0]))].sort(), ['coordinator', 'owner'])
  })

  it('names who can be asked by what the referral says, and nobody who is too young to answer for themself', async () => {
    const one = await put()
    const read = async (who: SignedInPerson, today = DAY) =>
      asCase(await deskOf(world, SEDIS, today)(who, 'GET', `/cases/${one.reference}`))
    const { named, consents } = await read(people.coordinator)
    deepEqual(named, [
      { as: 'social-worker', name: SAMPLE['social-worker.name'], email: SAMPLE['social-worker.email'], language: 'en' },
    ])
    deepEqual(consents.find(({ purpose }) => purpose === 'specialist')?.by, ['carer', 'social-worker'])
    await onPanel(one)
    equal((await move(one, people['panel-member'], 'approve')).status, 200)
    deepEqual((await read(people.commissioner)).named, [])
    // Once the pupil is sixteen.
    const grown = await put({ fills: { 'pupil.born': '2008-10-07' } })
    const later = asCase(await ask(people.coordinator, 'GET', `/cases/${grown.reference}`))
    deepEqual(
      later.named.map(({ as }) => as),
      ['young-person', 'social-worker'],
    )
    ok(later.consents.every(({ by }) => by.includes('young-person')))
  })

  it('is told to who is invited where nobody who has signed in can hear of it, and never names the pupil', async () => {
    const release = async () => {
      const one = await put({ status: 'waiting' })
      await keepAnswers(
        world.env,
        { id: one.id },
        { person: 'carer-1', name: 'Ngozi Okonkwo', how: 'page' },
        [{ purpose: 'share', each: '', answer: 'given' }],
        { actor: 'family', today: DAY, now: world.clock.now, link: { origin: 'http://localhost' } },
      )
      const told = (await lettersOf(world, one.id)).filter(({ subject }) => /can be read$/.test(subject))
      for (const { text } of told) doesNotMatch(text, /Amira|Okonkwo/)
      return [...new Set(told.map(({ to }) => to.split('-')[0]))].sort()
    }
    const invited = ['owner', 'coordinator'] as const
    const came = new Date(world.clock.now).toISOString()
    const signedIn = (who: keyof typeof people, at: string | null) =>
      world.db.prepare('UPDATE membership SET signed_in_at = ?2 WHERE person = ?1').bind(people[who].person, at).run()
    try {
      await signedIn('owner', null)
      deepEqual(await release(), ['coordinator'])
      await signedIn('coordinator', null)
      deepEqual(await release(), ['coordinator', 'owner'])
    } finally {
      for (const who of invited) await signedIn(who, came)
    }
  })

  it('comes to an invited commissioner’s turn, and where there is none, to the knowledge of who can invite one', async () => {
    const signOff = async () => {
      const one = await put()
      await onPanel(one)
      equal((await move(one, people['panel-member'], 'approve')).status, 200)
      const letters = (await lettersOf(world, one.id)).filter(({ subject }) => /waits for/.test(subject))
      return letters.map(({ to, text, links }) => [to.split('-')[0], text.split('\n').slice(0, 2).join(' '), ...links])
    }
    const commissioners = (
      await world.db
        .prepare("SELECT person, signed_in_at AS at FROM membership WHERE provider = ?1 AND case_role = 'commissioner'")
        .bind(SEDIS)
        .all<{ person: string; at: string | null }>()
    ).results
    const set = (column: 'signed_in_at' | 'case_role', value: string | null) =>
      world.db.batch(
        commissioners.map(({ person, at }) =>
          world.db
            .prepare(`UPDATE membership SET ${column} = ?2 WHERE person = ?1`)
            .bind(person, value === 'back' ? (column === 'case_role' ? 'commissioner' : at) : value),
        ),
      )
    await set('signed_in_at', null)
    const invited = await signOff()
    ok(invited.length > 0 && invited.every(([to, text]) => to === 'commissioner' && /your sign-off/.test(text ?? '')))
    await set('case_role', null)
    try {
      const nobody = await signOff()
      deepEqual(nobody.map(([to]) => to).sort(), ['coordinator', 'owner'])
      for (const [, text, link] of nobody) {
        match(text ?? '', /waits for a commissioner’s sign-off\..* Nobody has the role of commissioner there yet\./)
        match(link ?? '', /\/console\/sedis\/people\b/)
      }
    } finally {
      await set('case_role', 'back')
      await set('signed_in_at', 'back')
    }
  })

  it('says to a family of another language, in that language, that the letter is in English', async () => {
    const one = await put({ language: 'ur' })
    equal((await move(one, people.coordinator, 'ask-more')).status, 200)
    const letters = (await lettersOf(world, one.id)).filter(({ to }) => to === 'carer@family.example')
    match(letters.at(-1)?.text ?? '', /انگریزی/)
  })

  it('is moved once for each key, and never over what somebody else did meanwhile', async () => {
    const one = await put()
    const seen = await seenOf(one)
    const body = { move: 'ask-more', seen, reason: 'More about attendance' }
    const first = await ask(people.coordinator, 'POST', `/cases/${one.reference}/moves`, body, 'once')
    equal(first.status, 200, first.text)
    const again = await ask(people.coordinator, 'POST', `/cases/${one.reference}/moves`, body, 'once')
    deepEqual(again.body, first.body)
    equal(
      (await ask(people.coordinator, 'POST', `/cases/${one.reference}/moves`, { ...body, move: 'decline' }, 'once'))
        .status,
      422,
    )
    const late = await ask(people.owner, 'POST', `/cases/${one.reference}/moves`, body)
    equal(late.status, 409)
    equal((late.body.events as { kind: string; name: string }[])[0]?.name, 'Ask for more information')
    equal(late.body.stage, 'more-for-outreach')
    const { results } = await world.db
      .prepare("SELECT number FROM case_event WHERE referral = ?1 AND kind = 'decided'")
      .bind(one.id)
      .all()
    equal(results.length, 1)
    equal(
      (await world.ask('POST', `/api/console/providers/sedis/cases/${one.reference}/moves`, body, people.owner.headers))
        .status,
      400,
    )
  })

  it('keeps every note of two that are written at once, and each conflict of two decisions ends as one', async () => {
    const one = await put()
    const notes = await Promise.all(
      ['first', 'second', 'third'].map((text) =>
        ask(people.coordinator, 'POST', `/cases/${one.reference}/notes`, { text }),
      ),
    )
    deepEqual(
      notes.map(({ status }) => status),
      [201, 201, 201],
    )
    const { timeline } = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
    deepEqual(timeline.flatMap(({ kind, text }) => (kind === 'note' ? [text] : [])).sort(), [
      'first',
      'second',
      'third',
    ])
    const seen = await seenOf(one)
    const decided = await Promise.all(
      [people.owner, people.coordinator].map((who) =>
        ask(who, 'POST', `/cases/${one.reference}/moves`, { move: 'ask-more', seen, reason: 'A reason' }),
      ),
    )
    deepEqual(decided.map(({ status }) => status).sort(), [200, 409])
  })

  it('stops at once when consent is withdrawn while a panel decides: nobody reads it, and the decision changes nothing', async () => {
    const one = await put()
    const panel = await onPanel(one)
    const seen = await seenOf(one)
    const withdrawn = new CaseChange(await caseOf(world, one.id), { actor: 'family', today: DAY, now: world.clock.now })
    withdrawn.stop('withdrawn')
    equal(await withdrawn.keep(world.db), 'done')
    for (const who of [people['panel-member'], people.coordinator]) {
      const heard = await ask(who, 'POST', `/cases/${one.reference}/moves`, {
        move: 'approve',
        seen,
        reason: 'A reason',
      })
      equal(heard.status, 409, heard.text)
      equal(heard.body.status, 'stopped')
      match(String(heard.body.detail), /Consent was withdrawn/)
      equal((await ask(who, 'GET', `/cases/${one.reference}`)).status, 404)
    }
    equal((await caseOf(world, one.id)).referral.status, 'stopped')
    const pack = await ask(people['panel-member'], 'GET', `/panels/${panel}`)
    equal(pack.status, 200, pack.text)
    deepEqual(pack.body.pack, [])
    doesNotMatch(pack.text, new RegExp(one.reference))
  })

  it('is flagged where a consent that work needs is withdrawn, or a question to the school is open', async () => {
    const one = await put()
    const asked = await ask(people.coordinator, 'POST', `/cases/${one.reference}/question`, { text: 'Which days?' })
    equal(asked.status, 201, asked.text)
    const flags = async () => asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`)).case.flags
    deepEqual(await flags(), ['question-open'])
    const letter = (await lettersOf(world, one.id)).find(({ subject }) => /question/.test(subject))
    match(letter?.text ?? '', /\/referrals\/[0-9a-f]{32}\/open\/[0-9a-f]{64}/)
    doesNotMatch(letter?.text ?? '', /\/progress/)
    ok(letter)
    doesNotMatch(letter.text, /Which days/)
    const replied = new CaseChange(await caseOf(world, one.id), { actor: 'school', today: DAY, now: world.clock.now })
    replied.event('reply', '', { said: { text: 'Mondays' } })
    replied.event('answered', 'support', { detail: { person: 'carer-1', each: '', answer: 'withdrawn', how: 'page' } })
    equal(await replied.keep(world.db), 'done')
    deepEqual(await flags(), ['school-replied', 'consent-withdrawn'])
    match(
      (await ask(people.coordinator, 'GET', '/cases/list')).text,
      /"flags":\["school-replied","consent-withdrawn"\]/,
    )
  })

  it('is found by name and date of birth however they are written, with the same pupil’s other cases', async () => {
    const born = '2014-05-06'
    const one = await put({ pupil: 'Zoë O’Brien-Núñez', born })
    const other = await put({ pupil: 'OBRIEN NUNEZ, zoe', born, school: 'Another School', urn: '654321' })
    const heard = await ask(people.coordinator, 'POST', '/cases/find', { name: "Zoe O'Brien Nunez", born })
    deepEqual(
      (heard.body.cases as { reference: string }[]).map(({ reference }) => reference).sort(),
      [one.reference, other.reference].sort(),
    )
    const read = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
    deepEqual(
      read.others.map(({ reference }) => reference),
      [other.reference],
    )
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, { person: people.practitioner.person })
    deepEqual(asCase(await ask(people.practitioner, 'GET', `/cases/${one.reference}`)).others, [])
    deepEqual(faultsIn(await ask(people.coordinator, 'POST', '/cases/find', { name: 'Zoe' })), ['/born required'])
    deepEqual((await ask(people.coordinator, 'POST', '/cases/find', { name: 'Zoe', born })).body.cases, [])
  })

  it('takes back what was written down by mistake: its deadline runs again, and nothing counts it', async () => {
    const one = await put()
    const seen = async () => seenOf(one)
    const contact = await ask(people.coordinator, 'POST', `/cases/${one.reference}/events`, {
      event: 'first-contact',
      on: DAY,
      seen: await seen(),
    })
    equal(contact.status, 201, contact.text)
    const standing = async () => {
      const { deadlines, timeline } = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
      return { runs: deadlines.map(({ id, runs }) => [id, runs]), last: timeline.at(-1) }
    }
    deepEqual((await standing()).runs, [['first-contact', false]])
    const number = Number(contact.body.seen)
    const back = (who: SignedInPerson, which: number | string, at: number) =>
      ask(who, 'POST', `/cases/${one.reference}/events/${which}/take-back`, { seen: at })
    equal((await back(people.coordinator, number, number - 1)).status, 409)
    equal((await back(people.coordinator, 1, number)).status, 404)
    equal((await back(people.practitioner, number, number)).status, 404)
    const done = await back(people.coordinator, number, number)
    equal(done.status, 200, done.text)
    const { runs, last } = await standing()
    deepEqual(runs, [['first-contact', true]])
    deepEqual([last?.kind, last?.of, last?.name], ['taken-back', String(number), 'First contact with the setting'])
    // Taken back already, it stays so.
    equal((await back(people.coordinator, number, number + 1)).body.seen, number + 1)
  })

  it('says whom it was given to, though they work on it no more', async () => {
    const one = await put()
    const path = `/cases/${one.reference}/people`
    equal((await ask(people.coordinator, 'POST', path, { person: people.practitioner.person })).status, 200)
    equal((await ask(people.coordinator, 'POST', `${path}/${people.practitioner.person}/remove`, {})).status, 200)
    const { timeline } = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
    deepEqual(
      timeline.slice(-2).map(({ kind, name }) => [kind, name]),
      [
        ['assigned', 'A practitioner'],
        ['unassigned', 'A practitioner'],
      ],
    )
  })

  it('names the pupil in full to whoever may know, and shows a commissioner what a sign-off needs and no more', async () => {
    const one = await put()
    const whole = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`))
    deepEqual([whole.case.name, whole.case.born, whole.case.pupil], [PUPIL, '2015-02-03', 'A. K.'])
    await onPanel(one)
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/notes`, { text: 'CANARY-NOTE' })
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, { person: people.practitioner.person })
    equal((await move(one, people['panel-member'], 'approve')).status, 200)
    const heard = await ask(people.commissioner, 'GET', `/cases/${one.reference}`)
    const shown = asCase(heard)
    deepEqual(
      [shown.case.name, shown.case.born, shown.people, shown.case.people, shown.family],
      [null, null, [], [], []],
    )
    doesNotMatch(heard.text, /@console\.example|CANARY/)
    ok(shown.consents.length > 0 && shown.consents.every(({ releases }) => releases))
    ok(whole.consents.some(({ releases }) => !releases))
    deepEqual([...new Set(shown.timeline.map(({ kind }) => kind))].sort(), ['decided', 'entered', 'released', 'sent'])
    doesNotMatch((await ask(people.commissioner, 'GET', '/cases')).text, /A practitioner/)
    const stale = await ask(people.commissioner, 'POST', `/cases/${one.reference}/moves`, { move: 'sign-off', seen: 1 })
    equal(stale.status, 409)
    doesNotMatch(stale.text, /"kind":"(note|assigned|panel)"|A practitioner/)
    const question = { text: 'Who is it?', seen: shown.case.seen }
    equal((await ask(people.commissioner, 'POST', `/cases/${one.reference}/question`, question)).status, 404)
  })

  it('stands on the board of who works on it though no catalogue knows its stage any more', async () => {
    const one = await put()
    const worker = await member('practitioner')
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, { person: worker.person })
    await world.db.prepare("UPDATE referral SET stage = 'long-gone' WHERE id = ?1").bind(one.id).run()
    const own = asBoard(await ask(worker, 'GET', '/cases')).pathways.flatMap(({ stages }) => stages)
    deepEqual(
      own.filter(({ count }) => count > 0).map(({ id, cases }) => [id, cases.map(({ reference }) => reference)]),
      [['long-gone', [one.reference]]],
    )
    deepEqual(asBoard(await ask(worker, 'GET', '/cases?pathway=other')).pathways, [])
    await world.db.prepare("UPDATE referral SET status = 'ended' WHERE id = ?1").bind(one.id).run()
  })

  it('has a letter that did not arrive sent again, by who runs referrals, and told of on the overview to nobody else', async () => {
    const provider = '/api/console/providers/golden-hill'
    const day = '2019-09-10'
    const desk = deskOf(world, 'golden-hill', day)
    const runs = await member('coordinator', 'golden-hill')
    const viewer = await member('viewer', 'golden-hill')
    const one = await putCase(world, { provider: 'golden-hill', pathway: 'outreach', today: day })
    const seen = asCase(await desk(runs, 'GET', `/cases/${one.reference}`)).case.seen
    const asked = await desk(runs, 'POST', `/cases/${one.reference}/question`, { text: 'Which days?', seen })
    equal(asked.status, 201, asked.text)
    const fail = () => world.db.prepare("UPDATE letter SET state = 'failed' WHERE referral = ?1").bind(one.id).run()
    await fail()
    const told = async ({ headers }: SignedInPerson) => {
      const { letters } = (await world.ask('GET', `${provider}/letters`, undefined, headers)).body
      const { lettersInTrouble } = (await world.ask('GET', `${provider}/overview`, undefined, headers)).body
      const all = letters as { about: string; referral: string; to: string }[]
      return [
        ...all.map(({ about, referral, to }) => [about, referral, to]),
        (lettersInTrouble as { failed: number }).failed,
      ]
    }
    deepEqual(await told(runs), [[one.reference, 'open', ''], 1])
    deepEqual(await told(viewer), [0])
    const [letter] = asCase(await desk(runs, 'GET', `/cases/${one.reference}`)).letters
    ok(letter?.canBeSentAgain)
    const again = (id: string, key: string) =>
      desk(runs, 'POST', `/cases/${one.reference}/letters/${id}/send-again`, undefined, key)
    equal((await again('another', 'again-0')).status, 404)
    for (const heard of [await again(letter.id, 'again-1'), await again(letter.id, 'again-1')])
      equal(heard.status, 200, heard.text)
    const entries = await world.db
      .prepare("SELECT detail FROM record WHERE action = 'letter-sent-again' AND subject = ?1")
      .bind(one.reference)
      .all<{ detail: string }>()
    deepEqual(
      entries.results.map(({ detail }) => detail),
      ['{"about":"referral"}'],
    )
    deepEqual((await told(runs)).at(-1), 0)
    // What the key was used for is erased with the referral: its answer names it.
    const { results: keys } = await world.db
      .prepare("SELECT referral FROM referral_asked WHERE key = 'again-1'")
      .all<{ referral: string | null }>()
    deepEqual(
      keys.map(({ referral }) => referral),
      [one.id],
    )
    // On its way, it is not to be sent once more.
    await world.db.prepare("UPDATE letter SET state = 'sent' WHERE referral = ?1").bind(one.id).run()
    equal((await again(letter.id, 'again-2')).status, 404)
    // Of a draft nobody at the provider hears.
    await fail()
    await world.db.prepare("UPDATE referral SET status = 'draft' WHERE id = ?1").bind(one.id).run()
    deepEqual(await told(runs), [0])
    await world.db.prepare("UPDATE referral SET status = 'ended' WHERE id = ?1").bind(one.id).run()
  })

  it('is looked for by name with a trace of who looked, and none of whom', async () => {
    const born = '2013-04-05'
    const one = await put({ pupil: 'Quilla Sought', born })
    const seeker = await member('coordinator')
    const entries = async () => {
      const { results } = await world.db
        .prepare("SELECT subject, detail FROM record WHERE action = 'case-read' AND actor = ?1 ORDER BY number")
        .bind(seeker.person)
        .all<{ subject: string; detail: string }>()
      return results.map(({ subject, detail }) => `${subject} ${detail}`)
    }
    for (const name of ['Quilla Sought', 'Nobody Here']) await ask(seeker, 'POST', '/cases/find', { name, born })
    deepEqual(await entries(), [`${one.reference} {"as":"found"}`, ' {"found":0}'])
    // That it was read is another thing than that it was found.
    await ask(seeker, 'GET', `/cases/${one.reference}`)
    deepEqual((await entries()).slice(2), [`${one.reference} {"as":"coordinator"}`])
  })

  it('stands in pages of fifty, each once, whatever its stage: open ones by their day, ended ones the newest first', async () => {
    const provider = 'stepping-stones'
    const desk = deskOf(world, provider, '2024-09-10')
    const who = await member('coordinator', provider)
    const cases = await Promise.all(
      Array.from({ length: 53 }, (_, count) =>
        putCase(world, { provider, pathway: count % 2 ? 'outreach' : 'placement', pupil: `Pupil ${count}` }),
      ),
    )
    const pages = async (query: string) => {
      const all: string[][] = []
      for (let after: string | null = ''; after !== null; ) {
        const heard: Heard = await desk(who, 'GET', `/cases/list?${query}&after=${after}`)
        equal(heard.status, 200, heard.text)
        all.push((heard.body.cases as { reference: string }[]).map(({ reference }) => reference))
        after = heard.body.next as string | null
      }
      return all
    }
    const open = await pages('status=open')
    deepEqual(
      open.map(({ length }) => length),
      [50, 3],
    )
    deepEqual(open.flat().sort(), cases.map(({ reference }) => reference).sort())
    equal((await pages('pathway=outreach')).flat().length, 26)
    deepEqual(await pages('pathway=outreach&stage=support'), [[]])
    const [first, second] = cases
    ok(first && second)
    for (const [index, one] of [first, second].entries()) {
      const change = new CaseChange(await caseOf(world, one.id), {
        actor: 'x',
        today: `2024-09-1${index}`,
        now: world.clock.now,
      })
      change.end('finish')
      equal(await change.keep(world.db), 'done')
    }
    deepEqual(await pages('status=ended'), [[second.reference, first.reference]])
    equal((await desk(who, 'GET', '/cases/list?after=nonsense')).status, 422)
    equal((await desk(who, 'GET', '/cases/list?status=waiting')).status, 422)
  })

  it('refuses days to come, events that are not somebody’s to record, and texts that are too long, and changes nothing', async () => {
    const one = await put()
    const seen = await seenOf(one)
    const record = (body: object) =>
      ask(people.coordinator, 'POST', `/cases/${one.reference}/events`, {
        event: 'first-contact',
        on: DAY,
        seen,
        ...body,
      })
    deepEqual(faultsIn(await record({ on: '2024-10-08' })), ['/on in-the-future'])
    deepEqual(faultsIn(await record({ on: '2024-10-06' })), ['/on too-long-ago'])
    deepEqual(faultsIn(await record({ on: 'yesterday' })), ['/on not-a-date'])
    deepEqual(faultsIn(await record({ event: 'baseline' })), ['/event choose'])
    deepEqual(
      faultsIn(await ask(people.coordinator, 'POST', `/cases/${one.reference}/notes`, { text: 'x'.repeat(10_000) })),
      ['/text too-long'],
    )
    deepEqual(faultsIn(await ask(people.coordinator, 'POST', `/cases/${one.reference}/notes`, { text: '\u202e' })), [
      '/text not-text',
    ])
    deepEqual(
      faultsIn(
        await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, { person: people.commissioner.person }),
      ),
      ['/person choose'],
    )
    equal(await seenOf(one), seen)
  })

  it('keeps what is said with it sealed, and out of the record and every plain column', async () => {
    const one = await put()
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/notes`, { text: 'CANARY-NOTE' })
    await move(one, people.coordinator, 'ask-more', { reason: 'CANARY-REASON' })
    const tables = await world.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all<{ name: string }>()
    for (const { name } of tables.results) {
      const { results } = await world.db.prepare(`SELECT * FROM "${name}"`).all()
      doesNotMatch(JSON.stringify(results), /CANARY-/, name)
    }
    const read = await ask(people.coordinator, 'GET', `/cases/${one.reference}`)
    match(read.text, /CANARY-NOTE/)
    match(read.text, /CANARY-REASON/)
  })
})

describe('A consent at a case', () => {
  it('is asked for by link, and written down where it was given in person, and counts for what needs it', async () => {
    const one = await put()
    await onPanel(one)
    await move(one, people.coordinator, 'approve')
    await move(one, people.commissioner, 'sign-off')
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, { person: people.practitioner.person })
    const heard = async (body: object) =>
      ask(people.practitioner, 'POST', `/cases/${one.reference}/heard`, {
        person: 'carer-1',
        purpose: 'support',
        answer: 'given',
        how: 'in-person',
        on: DAY,
        name: CARER,
        seen: await seenOf(one),
        ...body,
      })
    deepEqual(faultsIn(await heard({ purpose: 'nothing' })), ['/purpose choose'])
    equal((await heard({ person: 'nobody' })).status, 404)
    const given = await heard({})
    equal(given.status, 200, given.text)
    const consent = asCase(await ask(people.coordinator, 'GET', `/cases/${one.reference}`)).consents.find(
      ({ purpose }) => purpose === 'support',
    )
    equal(consent?.standing, 'given')
    equal(consent?.people[0]?.how, 'in-person')
    ok(consent?.people[0]?.heardBy)
    const begin = asCase(await ask(people.practitioner, 'GET', `/cases/${one.reference}`)).moves.find(
      ({ id }) => id === 'begin-outreach',
    )
    deepEqual(
      begin?.missing.map(({ kind }) => kind),
      ['recorded'],
    )

    const asked = await ask(people.coordinator, 'POST', `/cases/${one.reference}/ask`, {
      purpose: 'specialist',
      each: 'educational-psychologist',
      as: 'social-worker',
      name: 'Sam Worker',
      email: 'sam.worker@council.example',
      seen: await seenOf(one),
    })
    equal(asked.status, 200, asked.text)
    equal(asked.body.how, 'link')
    ok((await lettersOf(world, one.id)).some(({ to }) => to === 'sam.worker@council.example'))
    // Those who decide have nothing to do with consent.
    equal(
      (await ask(people.commissioner, 'POST', `/cases/${one.reference}/ask`, { purpose: 'support', seen: 1 })).status,
      404,
    )
  })
})
