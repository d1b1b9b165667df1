import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { addDays } from '../../catalogue/rules/dates.ts'
import { tell } from '../../worker/cases/moves.ts'
import { CaseChange } from '../../worker/referrals/open-case.ts'
import { signIn } from './console.ts'
import { asCase, caseOf, deskOf } from './desk.ts'
import { type World, worldOn } from './harness.ts'
import { opened } from './opened-case.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf, REFERRER, SAMPLE, type Sent, secretIn, sentReferral } from './referring.ts'

const SIGNING = /an agreement to sign$/
const SIGNED = /the agreement is signed$/

let world: World
before(async () => {
  world = worldOn(await quickDatabase())
})

/** A case of The Bridge that consent has released, at a stage, with a core place. */
async function inPreparation(stage = 'first-meeting'): Promise<Sent> {
  const sent = await sentReferral(world, { provider: 'bridge' })
  const { id, today } = sent
  const change = new CaseChange(await opened(world, id), { actor: 'x', today, now: world.clock.now })
  change.released()
  const core = (await opened(world, id)).pathway.places?.find((kind) => kind.id === 'core')
  ok(core)
  const number = change.event('decided', 'give-core-place', { detail: { as: 'accept', stage: 'meeting' } })
  change.give(core, `school:autumn-2020:reintegration:core:${sent.id.slice(0, 24).padEnd(24, 'm')}`, number)
  change.enter(stage)
  equal(await change.keep(world.db), 'done')
  return sent
}

const cookieOf = async (sent: Sent) => {
  const letter = sent.letters.find(({ to, about }) => to === REFERRER && about === sent.reference)
  const link = secretIn({ links: letter?.links ?? [] })
  const heard = await world.ask('POST', `/api/referrals/${sent.id}/open`, { link, email: REFERRER }, sent.headers)
  return `__Host-r-${sent.id}=${String(heard.body.key)}`
}

const pageOf = async (sent: Sent, language = '') =>
  world.send(
    new Request(`http://localhost/bridge/referrals/${sent.id}/progress/agreement${language}`, {
      headers: { Cookie: await cookieOf(sent), Accept: 'text/html', 'X-Today': sent.today },
    }),
  )

const toldOf = async ({ id }: Sent, subjects: RegExp) =>
  (await lettersOf(world, id)).filter(({ subject }) => subjects.test(subject))

const schoolSigns = ({ id, headers }: Sent) =>
  world.ask('POST', `/api/referrals/${id}/progress/agreement`, { name: 'Hilary Head', role: 'Head teacher' }, headers)

describe('The agreement between school and provider', () => {
  it('is read and printed by the school, with whom it is for, its place and its days, before and after it is signed', async () => {
    const sent = await inPreparation('preparation')
    const before = await pageOf(sent)
    equal(before.status, 200)
    for (const text of [SAMPLE['pupil.name'], 'Core inclusion place, for the Autumn term 2020', 'Not signed yet'])
      match(before.text, new RegExp(String(text)))
    match(before.text, /name="role"/)
    await schoolSigns(sent)
    const change = new CaseChange(await opened(world, sent.id), {
      actor: 'x',
      today: sent.today,
      now: world.clock.now,
    })
    change.enter('programme')
    equal(await change.keep(world.db), 'done')
    const after = await pageOf(sent)
    equal(after.status, 200)
    const { agreement } = (await opened(world, sent.id)).pathway
    for (const clause of agreement?.clauses ?? []) ok(after.text.includes(clause), clause)
    for (const text of [SAMPLE['pupil.name'], 'Signed by Hilary Head, Head teacher on'])
      match(after.text, new RegExp(String(text)))
    // Twelve weeks end on the day before the same day of the week.
    ok((await lettersOf(world, sent.id)).length > 0)
    const [, , last] = addDays(sent.today, 83).split('-')
    match(after.text, new RegExp(`At most 12 weeks, from .* to ${Number(last)} `))
    doesNotMatch(after.text, /name="role"/)
    doesNotMatch(/<title>([^<]*)/.exec(after.text)?.[1] ?? '', new RegExp(String(SAMPLE['pupil.name'])))
    match((await pageOf(sent, '?lang=cy')).text, /Llofnodwyd gan Hilary Head/)
  })

  it('asks the school to sign when a stage begins that needs it, and tells each side of the other’s signature', async () => {
    const sent = await inPreparation()
    const desk = deskOf(world, 'bridge', sent.today)
    const who = await signIn(world, { provider: 'bridge', role: 'coordinator' })
    const at = `/cases/${sent.reference}`
    const seen = async () => asCase(await desk(who, 'GET', at)).case.seen
    for (const { id: person } of (await caseOf(world, sent.id)).kept.people) {
      const heard = {
        person,
        purpose: 'place',
        answer: 'given',
        how: 'in-person',
        on: sent.today,
        name: 'Ngozi Okonkwo',
      }
      equal((await desk(who, 'POST', `${at}/heard`, { ...heard, seen: await seen() })).status, 200)
    }
    const met = { event: 'first-meeting', on: sent.today, seen: await seen() }
    equal((await desk(who, 'POST', `${at}/events`, met)).status, 201)
    const moved = await desk(who, 'POST', `${at}/moves`, { move: 'prepare', seen: await seen() })
    equal(moved.status, 200, moved.text)
    deepEqual(
      (await toldOf(sent, SIGNING)).map(({ to }) => to),
      [REFERRER],
    )

    equal((await schoolSigns(sent)).status, 200)
    const offices = (await caseOf(world, sent.id)).pathway.letters
    const told = (await toldOf(sent, SIGNING)).filter(({ to }) => to !== REFERRER)
    deepEqual(
      told.map(({ to }) => to).sort(),
      offices.length > 0 ? [...offices].sort() : [`coordinator-${who.person}@console.example`],
    )
    match(told[0]?.text ?? '', /A co-ordinator signs it for the provider/)

    equal((await desk(who, 'POST', `${at}/agreement`, { name: 'A. Lead', seen: await seen() })).status, 200)
    const done = await toldOf(sent, SIGNED)
    deepEqual(
      done.map(({ to }) => to),
      [REFERRER],
    )
    match(done[0]?.text ?? '', /signed by both/)
    for (const { subject, text } of await lettersOf(world, sent.id))
      doesNotMatch(subject + text, new RegExp(String(SAMPLE['pupil.name'])))

    const { agreement } = asCase(await desk(who, 'GET', at))
    deepEqual(
      [agreement?.about?.pupil, agreement?.about?.place, agreement?.about?.term, agreement?.signed.school?.name],
      [SAMPLE['pupil.name'], 'Core inclusion place', 'Autumn term 2020', 'Hilary Head'],
    )
  })

  it('asks the school to sign though the decision that leads there is told to no family', async () => {
    const sent = await inPreparation()
    const openCase = await opened(world, sent.id)
    const move = openCase.pathway.stages.flatMap(({ moves }) => moves).find(({ id }) => id === 'prepare')
    ok(move)
    const by = { provider: 'bridge', today: sent.today, now: world.clock.now, link: { origin: 'http://localhost' } }
    const change = new CaseChange(openCase, { actor: 'x', ...by })
    change.enter('preparation')
    await tell(change, openCase, { ...move, tells: [] }, by)
    deepEqual(
      change.letters.map(({ to, subject }) => [to, SIGNING.test(subject)]),
      [[REFERRER, true]],
    )
  })

  it('asks the school to sign once the provider has, whatever the stage', async () => {
    const sent = await inPreparation()
    const desk = deskOf(world, 'bridge', sent.today)
    const who = await signIn(world, { provider: 'bridge', role: 'coordinator' })
    const { seen } = asCase(await desk(who, 'GET', `/cases/${sent.reference}`)).case
    await desk(who, 'POST', `/cases/${sent.reference}/agreement`, { name: 'A. Lead', seen })
    const [letter] = await toldOf(sent, SIGNING)
    equal(letter?.to, REFERRER)
    match(letter?.text ?? '', /Now it is your turn/)
    const progress = await world.ask('GET', `/api/referrals/${sent.id}/progress`, undefined, sent.headers)
    equal((progress.body.agreement as { isDue: boolean }).isDue, true)
  })
})
