import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { ProgressReply } from '../../catalogue/wire/referral.ts'
import { longDate } from '../../components/words/en/money.ts'
import { printedLetter } from '../../worker/consents/asking.ts'
import { tendConsents } from '../../worker/consents/tending.ts'
import { openCaseWith } from '../../worker/referrals/open-case.ts'
import { answer, keptOf, letIn } from './consenting.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { asCase, deskOf } from './desk.ts'
import { type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf, REFERRER, SAMPLE, type Sent, sentReferral } from './referring.ts'

const CARER = SAMPLE['carer.email'] ?? ''
const OTHER = SAMPLE['second-carer.email'] ?? ''
const yes = { 'answer.share': 'given', 'answer.support': 'given' }

let world: World
let people: Record<'coordinator' | 'practitioner' | 'panel-member', SignedInPerson>
before(async () => {
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
  const member = (role: keyof typeof people) => signIn(world, { provider: 'stepping-stones', role })
  people = {
    coordinator: await member('coordinator'),
    practitioner: await member('practitioner'),
    'panel-member': await member('panel-member'),
  }
})

const tend = async (today: string) => {
  // Letters are in the order of their instants, and whoever was at a referral a moment ago has a day for it.
  world.clock.now += 1_000
  await world.db.prepare("UPDATE referral SET touched_at = '2000-01-01T00:00:00.000Z'").run()
  return tendConsents(world.env, () => world.clock.now, today)
}
/** What was told, to whom, since a number of letters. */
const toldOf = async (sent: Sent, since = 0) =>
  (await lettersOf(world, sent.id))
    .slice(since)
    .map(({ to, subject }) => `${to}: ${subject.replace(sent.reference, 'REF')}`)
const lettersSo = async (sent: Sent) => (await lettersOf(world, sent.id)).length
const askedAgain = async (sent: Sent, today: string, more: object = {}) => {
  const { results } = await world.db
    .prepare('SELECT id FROM consent_person WHERE referral = ?1 ORDER BY id')
    .bind(sent.id)
    .all<{ id: string }>()
  world.clock.now += 1_000
  return world.ask(
    'POST',
    `/api/referrals/${sent.id}/progress/ask`,
    { as: 'carer', name: SAMPLE['carer.name'], purpose: 'share', person: results[0]?.id, ...more },
    { ...sent.headers, 'X-Today': today },
  )
}
const consentEvents = async (sent: Sent) =>
  (
    await world.db
      .prepare(
        "SELECT of, happened_on AS day FROM case_event WHERE referral = ?1 AND kind IN ('consent', 'stopped') ORDER BY number",
      )
      .bind(sent.id)
      .all<{ of: string; day: string }>()
  ).results.map(({ of, day }) => `${of} ${day}`)

describe('A permission for a year', () => {
  it('is said to run out thirty days ahead, once, to the school alone', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, CARER), yes)
    const until = addDays(sent.today, 365)
    const before = await lettersSo(sent)
    await tend(addDays(until, -31))
    equal(await lettersSo(sent), before)
    await tend(addDays(until, -30))
    await tend(addDays(until, -30))
    await tend(until)
    deepEqual(await toldOf(sent, before), [`${REFERRER}: Your referral REF: permission runs out on 10 September 2025`])
    deepEqual(await consentEvents(sent), [`runs-out ${addDays(until, -30)}`])
  })

  it('can be given anew before it runs out, and then holds for another', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, CARER), yes)
    const today = addDays(sent.today, 340)
    await tend(today)
    equal((await askedAgain(sent, today)).status, 200)
    const carer = await letIn(world, sent, CARER, { today })
    const page = await carer.get(carer.page)
    match(page.text, /name="answer\.share"/)
    match(page.text, /can now read the request/)
    await answer(carer, { 'answer.share': 'given' })
    await tend(addDays(sent.today, 366))
    equal((await keptOf(world, sent)).status, 'open')
    deepEqual(await consentEvents(sent), [`runs-out ${today}`])
    // Its own time is told of as the first was.
    await tend(addDays(today, 335))
    deepEqual((await consentEvents(sent)).at(-1), `runs-out ${addDays(today, 335)}`)
  })

  it('ends with a no to the question whether it is given anew', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, CARER), yes)
    const today = addDays(sent.today, 340)
    equal((await askedAgain(sent, today)).status, 200)
    await answer(await letIn(world, sent, CARER, { today }), { 'answer.share': 'refused' })
    equal((await keptOf(world, sent)).status, 'stopped')
  })
})

describe('A permission that has run out', () => {
  const desk = (today: string) => deskOf(world, 'stepping-stones', today)
  const opened = async () => {
    const sent = await sentReferral(world, { pathway: 'placement' })
    for (const address of [CARER, OTHER]) await answer(await letIn(world, sent, address), { 'answer.share': 'given' })
    const last = addDays(sent.today, 365)
    const ask = desk(sent.today)
    const given = await ask(people.coordinator, 'POST', `/cases/${sent.reference}/people`, {
      person: people.practitioner.person,
    })
    equal(given.status, 200, given.text)
    return { sent, last, over: addDays(last, 1) }
  }

  it('closes the case to practitioners, panel and commissioner, and a co-ordinator sees whom to ask again and no more', async () => {
    const { sent, last, over } = await opened()
    const address = `/cases/${sent.reference}`
    const held = await desk(last)(people.practitioner, 'GET', address)
    equal(held.status, 200)
    match(held.text, new RegExp(SAMPLE['pupil.name'] ?? ''))

    equal((await desk(over)(people.practitioner, 'GET', address)).status, 404)
    const own = await desk(over)(people.practitioner, 'GET', '/cases/list')
    match(own.text, new RegExp(`"reference":"${sent.reference}".*"pupil":null,"school":null.*"consent-expired"`))
    const read = await desk(over)(people.coordinator, 'GET', address)
    const { case: one, parts, can, moves, consents, family, timeline } = asCase(read)
    deepEqual(
      [one.flags.includes('consent-expired'), one.heldUntil, one.stopsOn, parts, can, moves],
      [true, last, addDays(over, 30), [], ['ask'], []],
    )
    deepEqual(
      [
        consents.find(({ purpose }) => purpose === 'share')?.standing,
        family.length,
        timeline.every(({ text }) => text === null),
      ],
      ['expired', 2, true],
    )
    doesNotMatch(read.text, new RegExp(SAMPLE['pupil.name'] ?? ''))
    const decided = await desk(over)(people.coordinator, 'POST', `${address}/notes`, { text: 'On we go' })
    equal(decided.status, 409)
    match(decided.text, /permission that released it has run out/)
  })

  it('is given out by nobody', async () => {
    const { sent, last, over } = await opened()
    const owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const address = `/cases/${sent.reference}/export?as=json`
    match((await desk(last)(owner, 'GET', address)).text, new RegExp(SAMPLE['pupil.name'] ?? ''))
    const held = await desk(over)(owner, 'GET', address)
    match(held.text, /"contents": ?"closed"/)
    doesNotMatch(held.text, new RegExp(SAMPLE['pupil.name'] ?? ''))
  })

  it('is read in no panel’s pack', async () => {
    const { sent, last, over } = await opened()
    const ask = desk(sent.today)
    const made = await ask(people.coordinator, 'POST', '/panels', {
      pathway: 'placement',
      meetsOn: addDays(sent.today, 400),
      places: 1,
    })
    const id = String(made.body.id)
    await ask(people.coordinator, 'POST', `/panels/${id}/people`, { people: [people['panel-member'].person] })
    equal((await ask(people.coordinator, 'POST', `/panels/${id}/cases`, { add: [sent.reference] })).status, 200)
    for (const who of [people.coordinator, people['panel-member']]) {
      match((await desk(last)(who, 'GET', `/panels/${id}`)).text, new RegExp(SAMPLE['pupil.name'] ?? ''))
      const after = await desk(over)(who, 'GET', `/panels/${id}`)
      deepEqual([after.body.pack, after.body.gone], [[], 1])
      doesNotMatch(after.text, new RegExp(SAMPLE['pupil.name'] ?? ''))
    }
    const other = await ask(people.coordinator, 'POST', '/panels', { pathway: 'placement', meetsOn: over, places: 1 })
    const put = await desk(over)(people.coordinator, 'POST', `/panels/${other.body.id}/cases`, {
      add: [sent.reference],
    })
    equal(put.status, 422)
  })

  it('is told to the school and to everybody who holds the case, and stops it a month later, when the family hears too', async () => {
    const { sent, over } = await opened()
    await tend(addDays(over, -20))
    const before = await lettersSo(sent)
    await tend(over)
    await tend(over)
    const ran = await toldOf(sent, before)
    const holders = (['coordinator', 'practitioner'] as const).map(
      (role) => `${role}-${people[role].person}@console.example`,
    )
    for (const to of holders) ok(ran.includes(`${to}: REF: permission has run out, please wait`), `${to} of ${ran}`)
    equal(ran.filter((one) => one === `${REFERRER}: Your referral REF: permission has run out`).length, 1)

    const carer = await letIn(world, sent, CARER, { today: over })
    const page = await carer.get(carer.page)
    match(page.text, /Your yes has run out\. Nobody at Stepping Stones.* can read the request now\./)
    doesNotMatch(page.text, /can now read/)
    const progress = await world.ask('GET', `/api/referrals/${sent.id}/progress`, undefined, {
      ...sent.headers,
      'X-Today': over,
    })
    deepEqual([progress.body.hasRunOut, (progress.body.can as { moves: unknown[] }).moves], [true, []])

    await tend(addDays(over, 29))
    equal((await keptOf(world, sent)).status, 'open')
    const then = await lettersSo(sent)
    await tend(addDays(over, 30))
    await tend(addDays(over, 30))
    const kept = await keptOf(world, sent)
    deepEqual([kept.status, kept.sealed.some((name) => name.startsWith('part:'))], ['stopped', false])
    const address = `/cases/${sent.reference}`
    const late = await desk(addDays(over, 30))(people.coordinator, 'POST', `${address}/notes`, { text: 'On we go' })
    deepEqual(
      [late.status, late.body.detail],
      [
        409,
        'Consent was withdrawn or has run out, or the school took the referral back. Work on it stops, and nothing was changed.',
      ],
    )
    const owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    match(
      (await desk(addDays(over, 30))(owner, 'GET', `${address}/export?as=page`)).text.replace(/\s+/g, ' '),
      /consent was refused, was withdrawn or ran out and was not given anew, or the school took it back/,
    )
    const stopped = await toldOf(sent, then)
    for (const to of [...holders, REFERRER, CARER, OTHER])
      equal(stopped.filter((one) => one.startsWith(`${to}: `)).length, 1, `${to} of ${stopped}`)
    for (const { text, subject } of await lettersOf(world, sent.id))
      doesNotMatch(`${subject} ${text}`, /Amira|Okonkwo-Kaye/)
  })

  it('is asked for until the last day on which a page takes the answer, which letter, page and school name alike', async () => {
    const { sent, over } = await opened()
    const before = await lettersSo(sent)
    await tend(over)
    const stops = addDays(over, 30)
    const ran = (await lettersOf(world, sent.id)).slice(before)
    ok(ran.length > 1)
    for (const { text } of ran) ok(text.includes(`If nobody has agreed before ${longDate(stops)},`), text)
    const [late, last] = [addDays(over, 20), addDays(over, 29)]
    const asked = await askedAgain(sent, late)
    equal(asked.status, 200, asked.text)
    const [share] = (asked.body as unknown as ProgressReply).consent
    deepEqual(
      share?.people.flatMap(({ askedOn, answerBy }) => (askedOn === late ? [answerBy] : [])),
      [last],
    )
    const letter = (await lettersOf(world, sent.id)).at(-1)
    ok(letter?.text.includes(`You can answer until ${longDate(last)}.`), letter?.text)
    const person = share?.people.find(({ askedOn }) => askedOn === late)?.person ?? ''
    const openCase = await openCaseWith(world.env, { id: sent.id })
    ok(openCase)
    const by = { actor: 'school', today: late, now: world.clock.now, link: { origin: 'http://localhost' } }
    ok((await printedLetter(world.env, openCase, person, by))?.html.includes(`until ${longDate(last)}`))
    const carer = await letIn(world, sent, letter?.to ?? '', { today: last })
    ok((await carer.get(carer.page)).text.includes(longDate(last)))
    await answer(carer, { 'answer.share': 'given' })
    equal((await keptOf(world, sent)).answers.length, 3)
  })

  it('that is given anew opens the case again to those who worked on it', async () => {
    const { sent, over } = await opened()
    await tend(over)
    for (const [index, address] of [CARER, OTHER].entries()) {
      const { results } = await world.db
        .prepare('SELECT id FROM consent_person WHERE referral = ?1 ORDER BY id')
        .bind(sent.id)
        .all<{ id: string }>()
      equal((await askedAgain(sent, over, { person: results[index]?.id })).status, 200)
      ok(address)
    }
    for (const address of [CARER, OTHER])
      await answer(await letIn(world, sent, address, { today: over }), { 'answer.share': 'given' })
    equal((await desk(over)(people.practitioner, 'GET', `/cases/${sent.reference}`)).status, 200)
    await tend(addDays(over, 60))
    equal((await keptOf(world, sent)).status, 'open')
  })
})

describe('Silence', () => {
  it('is waited for until the day before the referral is deleted, where that is sooner', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'refused', 'answer.support': 'refused' })
    const { deleteOn } = await keptOf(world, sent)
    const [late, last] = [addDays(deleteOn, -10), addDays(deleteOn, -1)]
    equal((await askedAgain(sent, late, { reason: 'The visit is later.' })).status, 200)
    const letter = (await lettersOf(world, sent.id)).at(-1)
    ok(letter?.text.includes(`You can answer until ${longDate(last)}.`), letter?.text)
    const carer = await letIn(world, sent, CARER, { today: last })
    ok((await carer.get(carer.page)).text.includes(longDate(last)))
    equal((await answer(carer, { 'answer.share': 'given' })).status, 200)
    deepEqual((await keptOf(world, sent)).status, 'open')
  })

  it('is told to the school once when the time to answer is over, and again for each time that somebody is asked', async () => {
    const sent = await sentReferral(world)
    const before = await lettersSo(sent)
    await tend(addDays(sent.today, 30))
    equal(await lettersSo(sent), before)
    const late = addDays(sent.today, 31)
    await tend(late)
    await tend(late)
    deepEqual(await toldOf(sent, before), [`${REFERRER}: Your referral REF: nobody has answered yet`])
    match((await lettersOf(world, sent.id)).at(-1)?.text ?? '', /deleted on 9 November 2024/)
    equal((await askedAgain(sent, late)).status, 200)
    await tend(addDays(late, 30))
    equal((await consentEvents(sent)).length, 1)
    await tend(addDays(late, 31))
    equal((await consentEvents(sent)).length, 2)
  })

  it('is told of every referral though many others do not open', async () => {
    const sent = await sentReferral(world)
    const late = addDays(sent.today, 31)
    const broken: string[] = []
    for (let more = 0; more < 20; more += 1) {
      const { id } = await sentReferral(world)
      broken.push(id)
      // Due before the one that opens.
      await world.db.prepare("UPDATE referral SET consent_on = '2024-01-01' WHERE id = ?1").bind(id).run()
      await world.db.prepare('UPDATE referral_key SET master = 999 WHERE referral = ?1').bind(id).run()
    }
    await rejects(tend(late))
    deepEqual(await consentEvents(sent), [`unanswered ${late}`])
    for (const id of broken)
      await world.db.prepare("UPDATE referral SET consent_on = '9999-12-31' WHERE id = ?1").bind(id).run()
  })

  it('is left alone for a day by the real clock after somebody was at the referral', async () => {
    const sent = await sentReferral(world)
    const late = addDays(sent.today, 31)
    await tendConsents(world.env, () => world.clock.now + 80_000_000, late)
    deepEqual(await consentEvents(sent), [])
    await tendConsents(world.env, () => world.clock.now + 90_000_000, late)
    equal((await consentEvents(sent)).length, 1)
  })

  it('is not said of somebody who has said no', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'refused' })
    await tend(addDays(sent.today, 31))
    deepEqual(await consentEvents(sent), [])
  })
})
