import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { whereTo } from '../../catalogue/rules/pathway.ts'
import { isForCommissioner } from '../../catalogue/rules/who-may-read.ts'
import type { CaseMover, Move, Need, Pathway } from '../../catalogue/schema/pathway.ts'
import { needsAgreement } from '../../worker/referrals/agreement.ts'
import { CaseChange } from '../../worker/referrals/open-case.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { asCase, caseOf, deskOf, putCase, type Standing } from './desk.ts'
import { shippedCatalogues, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf, type OpenedLetter, SAMPLE } from './referring.ts'

// Every decision that a shipped pathway knows, at its stage, by somebody who may take it, with everything that it needs.

const OTHERS = ['coordinator', 'practitioner', 'panel-member', 'commissioner'] as const
type Decider = (typeof OTHERS)[number]

/** What no letter says. */
const SECRET = new RegExp(
  [SAMPLE['pupil.name'], 'Amira', 'A. K.', SAMPLE['carer.name'], SAMPLE['school.name'], 'A reason', 'Sample '].join(
    '|',
  ),
)

let world: World
before(async () => {
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
})
after(() => world.stop())

const pathways = (await shippedCatalogues()).flatMap((document) =>
  (document.pathways ?? []).map((pathway) => ({
    provider: document.provider.id,
    catalogue: document.catalogue,
    // A day of its first term.
    day: document.calendar?.terms[0]?.from ?? document.year.from,
    pathway,
  })),
)

/** The desk of a provider with somebody of each role that decides. */
async function deskFor(provider: string, catalogue: string, day: string) {
  const people = {} as Record<Decider, SignedInPerson>
  for (const role of OTHERS) people[role] = await signIn(world, { provider, role })
  return { provider, catalogue, day, people, ask: deskOf(world, provider, day) }
}
type Desk = Awaited<ReturnType<typeof deskFor>>

/** Puts a case at a stage, and before a panel and a practitioner where somebody has to read it so. */
async function standing(
  { provider, catalogue, day, people, ask }: Desk,
  { id }: Pathway,
  stage: string,
  by: Decider,
): Promise<Standing> {
  const one = await putCase(world, {
    provider,
    catalogue,
    pathway: id,
    today: day,
    urn: String(100_000 + Math.floor(Math.random() * 900_000)),
  })
  const change = new CaseChange(await caseOf(world, one.id), { actor: 'x', today: day, now: world.clock.now })
  change.enter(stage)
  equal(await change.keep(world.db), 'done')
  if (by === 'practitioner')
    await ask(people.coordinator, 'POST', `/cases/${one.reference}/people`, { person: people.practitioner.person })
  return one
}

async function seenOf({ people, ask }: Desk, { reference }: Standing): Promise<number> {
  return asCase(await ask(people.coordinator, 'GET', `/cases/${reference}`)).case.seen
}

/** Puts a case on the agenda of a panel that the panel member sits on; a pathway whose cases wait after it gives its places later. */
async function beforePanel({ people, ask, day }: Desk, { id, panel }: Pathway, one: Standing): Promise<void> {
  if (!panel) return
  const made = await ask(people.coordinator, 'POST', '/panels', { pathway: id, meetsOn: day, places: 500 })
  equal(made.status, 201, made.text)
  await ask(people.coordinator, 'POST', `/panels/${made.body.id}/people`, { people: [people['panel-member'].person] })
  const put = await ask(people.coordinator, 'POST', `/panels/${made.body.id}/cases`, { add: [one.reference] })
  equal(put.status, 200, put.text)
}

/** Does what a decision needs. */
async function meet(desk: Desk, one: Standing, need: Need, pathway: Pathway): Promise<void> {
  const { people, ask, day } = desk
  const at = `/cases/${one.reference}`
  const seen = await seenOf(desk, one)
  if (need.kind === 'assigned')
    await ask(people.coordinator, 'POST', `${at}/people`, { person: people.practitioner.person })
  if (need.kind === 'recorded') {
    const { by = [], planned } = pathway.events.find(({ id }) => id === need.event) ?? {}
    await ask(people.coordinator, 'POST', `${at}/people`, { person: people.practitioner.person })
    const who = by.includes('coordinator') ? people.coordinator : people.practitioner
    const body = { event: need.event, on: day, ...(planned && { planned: day }), seen: await seenOf(desk, one) }
    const heard = await ask(who, 'POST', `${at}/events`, body)
    equal(heard.status, 201, heard.text)
  }
  if (need.kind === 'consent') {
    const given = { person: 'carer-1', answer: 'given', how: 'in-person', on: day, name: 'Ngozi Okonkwo', seen }
    const heard = await ask(people.coordinator, 'POST', `${at}/heard`, { ...given, purpose: need.purpose })
    equal(heard.status, 200, heard.text)
  }
  if (need.kind === 'agreement') {
    equal((await ask(people.coordinator, 'POST', `${at}/agreement`, { name: 'A. Head', seen })).status, 200)
    const change = new CaseChange(await caseOf(world, one.id), { actor: 'school', today: day, now: world.clock.now })
    change.event('signed', 'school')
    equal(await change.keep(world.db), 'done')
  }
}

/** The longest sentence of a letter, in words; an address and a number are one. */
function longest({ text }: OpenedLetter): number {
  return Math.max(...text.split(/(?<=[.:!?])\s+|\n+/).map((sentence) => sentence.split(/\s+/).length))
}

for (const { provider, catalogue, day, pathway } of pathways)
  describe(`${provider} ${catalogue}, ${pathway.name}`, () => {
    let desk: Desk
    before(async () => {
      desk = await deskFor(provider, catalogue, day)
    })

    for (const stage of pathway.stages)
      it(`lets every decision at “${stage.name}” be taken, and tells whom it names`, async () => {
        for (const move of stage.moves) {
          const by = OTHERS.find((one): one is Decider => move.by.includes(one as CaseMover))
          if (by) await decided(desk, pathway, stage.id, move, by)
        }
      })
  })

async function decided(desk: Desk, pathway: Pathway, stage: string, move: Move, by: Decider): Promise<void> {
  const { ask, people } = desk
  const what = `${pathway.id} ${stage} ${move.id}`
  const one = await standing(desk, pathway, stage, by)
  const isPanel = pathway.stages.find(({ id }) => id === stage)?.panel
  if (isPanel || by === 'panel-member') await beforePanel(desk, pathway, one)
  else if (move.gives !== undefined && pathway.panel) {
    const day = desk.day
    await ask(people.coordinator, 'POST', '/panels', { pathway: pathway.id, meetsOn: day, places: 500 })
  }
  const body = { move: move.id, reason: 'A reason' }
  const early = asCase(await ask(people[by], 'GET', `/cases/${one.reference}`)).moves.find(({ id }) => id === move.id)
  const needs = (move.needs ?? []).filter(
    (need) => need.kind !== 'panel' && !(need.kind === 'assigned' && by === 'practitioner'),
  )
  deepEqual(
    early?.missing.map(({ kind, of }) => `${kind} ${of}`).filter((one) => !one.startsWith('consent')),
    needs.flatMap((need) =>
      need.kind === 'consent' ? [] : [`${need.kind} ${need.kind === 'recorded' ? need.event : ''}`],
    ),
    what,
  )
  for (const need of needs) await meet(desk, one, need, pathway)
  const before = await lettersOf(world, one.id)
  const heard = await ask(people[by], 'POST', `/cases/${one.reference}/moves`, {
    ...body,
    early: true,
    seen: await seenOf(desk, one),
  })
  equal(heard.status, 200, `${what}: ${heard.text}`)
  const to = whereTo(move)
  equal(heard.body.status, to === 'ends' ? 'ended' : 'open', what)
  equal(heard.body.stage, typeof to === 'object' ? to.stage : stage, what)

  const all = await lettersOf(world, one.id)
  const told = all.filter(({ subject }) => /^(Your referral \S+|About the request \S+)$/.test(subject))
  // Whose turn it is hears of it: the commissioner at a sign-off, and whoever goes on after one.
  const entered = typeof to === 'object' ? pathway.stages.find(({ id }) => id === to.stage) : undefined
  const turns = all.filter(({ subject }) => subject === `Referral ${one.reference} waits for you`)
  const isTurn = entered !== undefined && (by === 'commissioner' || isForCommissioner(entered))
  equal(turns.length > 0, isTurn, what)
  for (const { subject, text } of turns) doesNotMatch(subject + text, SECRET, what)
  // A stage that needs both signatures asks the school for its own.
  const toSign = (letters: readonly OpenedLetter[]) =>
    letters.filter(({ subject }) => /: an agreement to sign$/.test(subject)).length
  const signs = toSign(all) - toSign(before)
  equal(signs, needsAgreement(entered) ? 1 : 0, what)
  equal(all.length - before.length, move.tells.length + turns.length + signs, what)
  deepEqual(
    told.map(({ to: address }) => address).sort(),
    move.tells.map(({ who }) => (who === 'school' ? 'referrer@school.example' : 'carer@family.example')).sort(),
    what,
  )
  for (const letter of told) {
    doesNotMatch(letter.subject + letter.text, SECRET, what)
    match(letter.text, new RegExp(one.reference))
    match(letter.text, /What happens next/)
    if (letter.to === 'carer@family.example') ok(longest(letter) < 15, `${what}: ${letter.text}`)
  }
}
