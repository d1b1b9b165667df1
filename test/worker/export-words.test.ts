import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { CASE_EVENT_KINDS } from '../../catalogue/rules/deadline.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { CaseChange } from '../../worker/referrals/open-case.ts'
import { signIn } from './console.ts'
import { shippedCatalogues, type World, worldOn } from './harness.ts'
import { opened } from './opened-case.ts'
import { quickDatabase } from './quick-database.ts'
import { type Sent, sentReferral } from './referring.ts'

let world: World
before(async () => {
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
})

const pathways = [
  ...new Map(
    (await shippedCatalogues()).flatMap(({ provider, pathways: own = [] }) =>
      own.map(({ id, name }) => [`${provider.id} ${id}`, { provider: provider.id, named: id, name }] as const),
    ),
  ).values(),
]

/** Everything that can happen in a case happens in this one. */
async function lived(provider: string, named: string): Promise<Sent & { person: string }> {
  const sent = await sentReferral(world, { provider, pathway: named })
  const { person } = await signIn(world, { provider, role: 'practitioner' })
  const first = await opened(world, sent.id)
  const { pathway } = first
  const change = new CaseChange(first, { actor: person, today: sent.today, now: world.clock.now })
  change.released()
  for (const [index, { id: relative, language }] of first.kept.people.entries())
    for (const purpose of pathway.consent.purposes) {
      const each = purpose.each?.[0]?.id ?? ''
      change.event('asked', relative, {
        detail: { purpose: purpose.id, each, again: index > 0 },
        said: { text: 'Why' },
      })
      const detail = { person: relative, each, answer: 'given', how: index > 0 ? 'code' : 'page' }
      const number = change.event('answered', purpose.id, { detail })
      change.seal(`answer:${number}`, { name: 'N. O.', readIn: language, by: 'page', words: 'My own words' })
      change.also((db) => [
        db
          .prepare("INSERT INTO consent_answer VALUES (?1, ?2, ?3, ?4, ?5, 'given', 'page', ?6)")
          .bind(sent.id, number, relative, purpose.id, each, sent.today),
      ])
    }
  change.event('asked', first.kept.people[0]?.id ?? '', { detail: { purpose: '', each: '', how: 'link' } })
  change.event('consent', 'runs-out')
  const recorded = pathway.events.map(({ id }) =>
    change.event('recorded', id, { detail: { planned: '2031-05-04' }, said: { text: 'What was done' } }),
  )
  change.event('taken-back', String(recorded[0]))
  for (const stage of pathway.stages) {
    change.enter(stage.id)
    for (const move of stage.moves)
      change.event('decided', move.id, {
        detail: { as: move.as, stage: stage.id, early: true },
        said: { text: 'A reason' },
      })
  }
  for (const side of ['school', 'provider']) change.event('signed', side)
  change.seal('agreement', {
    school: { name: 'H. Head', role: 'Head teacher', on: sent.today },
    provider: { name: 'L. Lead', on: sent.today },
  })
  change.event('assigned', person)
  change.event('unassigned', person)
  change.event('panel', 'a-panel', { detail: { panel: 'a-panel', meetsOn: sent.today } })
  change.event('panel', '', { detail: { panel: 'a-panel', meetsOn: sent.today } })
  change.event('waiting-list', '', { detail: { from: 2, to: 1 } })
  for (const kind of ['note', 'question', 'reply'] as const) change.event(kind, '', { said: { text: 'Something' } })
  for (const { id } of pathway.places ?? []) change.entry('place-given', { kind: id })
  for (const { id } of pathway.events) change.entry('case-recorded', { event: id })
  for (const event of ['note', 'question', 'taken-back', 'waiting-list', 'agreement-signed'])
    change.entry('case-recorded', { event })
  for (const { moves } of pathway.stages)
    for (const { id } of moves) change.entry('case-moved', { move: id, as: 'school' })
  for (const action of ['consent-asked', 'consent-ran-out', 'consent-words', 'case-assigned', 'case-unassigned'])
    change.entry(action)
  change.entry('consent-link', { how: 'link' })
  change.entry('consent-answered', { how: 'in-person' })
  const places = pathway.places ?? []
  change.also((db) =>
    places.map(({ id, counted }, index) =>
      db
        .prepare('INSERT INTO place VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)')
        .bind(sent.id, 900 + index, provider, id, counted === 'freely' ? '' : `x:${index}`, sent.today),
    ),
  )
  change.end('finish')
  equal(await change.keep(world.db), 'done')
  return { ...sent, person }
}

/** A page as it is read: without its tags and its addresses of people. */
const readable = (html: string): string =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]*>/g, '\n')
    .replaceAll(/&#39;|&quot;|&amp;|&lt;|&gt;/g, ' ')
    .replace(/\S+@\S+/g, '')

/** The catalogue’s ids that no word of English is, and all those that are one when nothing else stands beside them. */
function idsOf(pathway: Pathway): { joined: string[]; all: string[] } {
  const { stages, events, places = [], consent, parts, eligibility } = pathway
  const questions = parts.flatMap((part) => part.questions)
  const all = [
    ...stages.flatMap(({ id, moves }) => [id, ...moves.map((move) => move.id)]),
    ...[...events, ...places, ...parts, ...questions, ...eligibility].map(({ id }) => id),
    ...consent.purposes.flatMap(({ id, each = [] }) => [id, ...each.map((one) => one.id)]),
    ...['en', 'cy', 'pl', 'ur', 'ar', 'yes', 'no', 'page', 'paper', 'code', 'given', 'refused', 'withdrawn'],
    ...['finish', 'decline', 'carer', 'referrer'],
  ]
  return {
    joined: [...all, ...CASE_EVENT_KINDS, 'in-person', 'young-person', 'runs-out'].filter((id) => id.includes('-')),
    all,
  }
}

describe('What is held about one pupil, as a family reads it', () => {
  for (const { provider, named, name } of pathways)
    it(`is plain English at ${provider}, ${name}: no ids, codes, secrets or dates in figures`, async () => {
      const { reference, person, id, pathway, answers } = await lived(provider, named)
      const owner = await signIn(world, { provider, role: 'owner' })
      const at = `/api/console/providers/${provider}/cases/${reference}/export`
      const page = (await world.ask('GET', `${at}?as=page`, undefined, owner.headers)).text
      const text = readable(page)
      doesNotMatch(text, /\b\d{4}-\d\d-\d\d\b/)
      doesNotMatch(text, /[0-9a-f]{16}/)
      doesNotMatch(text, /\/open\/|\/consent\//)
      ok(!text.includes(person) && !text.includes(id))
      const { joined, all } = idsOf(pathway)
      const words = new Set(text.split(/[\s“”"(),.:;]+/))
      const typed = JSON.stringify(answers)
      // What is typed at school or stands in the catalogue’s words may be spelt as an id is.
      const spoken = JSON.stringify(pathway, (key, value) =>
        /^(id|to|of|event|purpose|stage|what|is|question)$/.test(key) ? undefined : value,
      )
      deepEqual(
        joined.filter((one) => words.has(one) && !spoken.includes(one) && !typed.includes(one)),
        [],
      )
      const told = [...page.matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, said = '']) => said.trim())
      deepEqual(
        told.filter((said) => all.includes(said)),
        [],
      )
      for (const { question } of pathway.eligibility) ok(page.replaceAll('&#39;', '’').includes(question), question)
      match(text, /A practitioner \(practitioner\)/)
      // A day that was agreed is held too, and that a panel was not waited for.
      match(text, /Done: .*, for 4 May 2031/)
      match(text, /Decided before the panel met: /)
      doesNotMatch(text, /undefined|\bnull\b|\[object/)
    })

  it('repeats no link that lets somebody in, on the page or in the file', async () => {
    const sent = await sentReferral(world)
    const change = new CaseChange(await opened(world, sent.id), { actor: 'x', today: sent.today, now: world.clock.now })
    change.released()
    equal(await change.keep(world.db), 'done')
    const links = sent.letters.flatMap((letter) => letter.links).filter((link) => /\/(open|consent)\//.test(link))
    ok(links.length >= 2)
    const owner = await signIn(world, { provider: sent.provider, role: 'owner' })
    for (const as of ['page', 'json']) {
      const at = `/api/console/providers/${sent.provider}/cases/${sent.reference}/export?as=${as}`
      const heard = await world.ask('GET', at, undefined, owner.headers)
      for (const link of links) {
        const secret = link.split('/').at(-1) ?? ''
        ok(!heard.text.includes(secret.replace(/\?.*/, '')), `${as} ${link}`)
      }
      match(heard.text, /a private link, left out/)
    }
  })
})
