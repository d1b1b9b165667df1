import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type * as z from 'zod/mini'
import { addDays } from '../../catalogue/rules/dates.ts'
import { allFilled } from '../../catalogue/wire/answers.ts'
import type { ProgressReply } from '../../catalogue/wire/referral.ts'
import { longDate } from '../../components/words/en/money.ts'
import { keepAnswers } from '../../worker/consents/answering.ts'
import { CaseChange, openCaseWith } from '../../worker/referrals/open-case.ts'
import * as replies from '../../worker/referrals/replies.ts'
import { answer, letIn } from './consenting.ts'
import { faultsIn, type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import {
  begunReferral,
  declared,
  eligible,
  filledReferral,
  lettersOf,
  REFERRER,
  SAMPLE,
  type Sent,
  secretIn,
  sentReferral,
} from './referring.ts'

let world: World
before(async () => {
  world = worldOn(await quickDatabase())
})

const kindOf = ({ status, body }: Heard) => `${status} ${String(body.type).split('/').at(-1)}`
/** Holds a reply to the reference, which knows no other field. */
const asSaid = (heard: Heard): Heard => {
  if (heard.status < 300) deepEqual(replies.progressReply.parse(heard.body), heard.body)
  return heard
}
const progress = async ({ id, headers }: Sent) =>
  asSaid(await world.ask('GET', `/api/referrals/${id}/progress`, undefined, headers)).body as unknown as ProgressReply
const does = async ({ id, headers }: Sent, what: string, body?: unknown, more: Record<string, string> = {}) =>
  asSaid(await world.ask('POST', `/api/referrals/${id}/progress/${what}`, body, { ...headers, ...more }))
const by = ({ today }: Sent) => ({ today, now: world.clock.now, link: { origin: 'http://localhost' } })

/** Everybody who was asked answers everything at once. */
async function answered(sent: Sent, answer: 'given' | 'refused' = 'given'): Promise<void> {
  const openCase = await openCaseWith(world.env, { id: sent.id })
  for (const { id } of openCase?.kept.people ?? []) {
    const own = (openCase?.kept.asks ?? []).filter(({ person }) => person === id)
    const answers = own.map(({ purpose, each }) => ({ purpose, each, answer }))
    const who = { person: id, name: 'Ngozi Okonkwo', relationship: 'Mother', how: 'page' } as const
    const { outcome } = await keepAnswers(world.env, { id: sent.id }, who, answers, { ...by(sent), actor: 'family' })
    equal(outcome, 'kept')
  }
}

/** What the provider does, without its console. */
async function provider(sent: Sent, work: (change: CaseChange) => void): Promise<void> {
  const openCase = await openCaseWith(world.env, { id: sent.id })
  ok(openCase)
  const change = new CaseChange(openCase, { ...by(sent), actor: 'somebody' })
  work(change)
  equal(await change.keep(world.db), 'done')
}

/** The cookie of a school's browser that came by the link. */
async function visit(sent: Sent): Promise<string> {
  const letter = sent.letters.find(({ to, about }) => to === REFERRER && about === sent.reference)
  const link = secretIn({ links: letter?.links ?? [] })
  const heard = await world.ask('POST', `/api/referrals/${sent.id}/open`, { link, email: REFERRER }, sent.headers)
  return `__Host-r-${sent.id}=${String(heard.body.key)}`
}

const page = async (sent: Sent, cookie: string, path = '') =>
  world.send(
    new Request(`http://localhost/${sent.provider}/referrals/${sent.id}/progress${path}`, {
      headers: { Cookie: cookie, Accept: 'text/html', 'X-Today': sent.today },
    }),
  )
const post = (
  sent: Sent,
  cookie: string,
  what: string,
  form: Record<string, string>,
  more: Record<string, string> = {},
) => world.send(requestFor(sent, cookie, `progress/${what}`, form, more))
const requestFor = (
  sent: Sent,
  cookie: string,
  path: string,
  form: Record<string, string>,
  more: Record<string, string> = {},
) =>
  new Request(`http://localhost/${sent.provider}/referrals/${sent.id}/${path}`, {
    method: 'POST',
    headers: {
      Cookie: cookie,
      Accept: 'text/html',
      Origin: 'null',
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Today': sent.today,
      ...more,
    },
    body: new URLSearchParams(form).toString(),
  })

describe('A referral that was sent', () => {
  it('waits, with who was asked, and with what can be done', async () => {
    const sent = await sentReferral(world)
    const stands = await progress(sent)
    deepEqual([stands.reference, stands.status, stands.stage, stands.messages], [sent.reference, 'waiting', null, []])
    const [share] = stands.consent
    deepEqual([share?.standing, share?.releases, share?.isAskable], ['waiting', true, true])
    deepEqual(
      share?.people.map(({ as, name, by: how, standing }) => [as, name, how, standing]),
      [['carer', SAMPLE['carer.name'], 'link', 'waiting']],
    )
    deepEqual(stands.can, {
      ask: true,
      reach: true,
      hear: true,
      sign: false,
      reply: false,
      takeBack: true,
      moves: [],
      record: [],
    })
  })

  it('is begun, filled and sent with replies that the reference knows to the last field', async () => {
    const held = (heard: Heard, reply: z.ZodMiniType) => deepEqual(reply.parse(heard.body), heard.body)
    const { id, provider, pathway, headers, answers } = await begunReferral(world)
    const to = (what: string, reply: z.ZodMiniType) =>
      world.ask('GET', what, undefined, headers).then((heard) => held(heard, reply))
    await to(`/api/providers/${provider}/pathways`, replies.pathwaysReply)
    await to(`/api/providers/${provider}/pathways/${pathway.id}`, replies.pathwayReply)
    const request = { pathway: pathway.id, eligibility: eligible(pathway), email: REFERRER }
    const key = { 'X-Today': headers['X-Today'] ?? '', 'Idempotency-Key': crypto.randomUUID() }
    held(await world.ask('POST', `/api/providers/${provider}/referrals`, request, key), replies.begunReply)
    for (const part of pathway.parts) {
      const body = { revision: 0, answers: answers[part.id] ?? {} }
      held(await world.ask('PUT', `/api/referrals/${id}/parts/${part.id}`, body, headers), replies.partReply)
    }
    const colleague = { email: 'colleague@school.example', parts: pathway.parts.slice(0, 1).map((part) => part.id) }
    held(await world.ask('POST', `/api/referrals/${id}/colleagues`, colleague, headers), replies.colleagueReply)
    await to(`/api/referrals/${id}`, replies.draftReply)
    held(await world.ask('POST', `/api/referrals/${id}/send`, declared({ pathway }), headers), replies.sentReply)
  })

  it('says until when whoever is asked can answer and when it is deleted, and what a no means', async () => {
    const sent = await sentReferral(world)
    const { retention, consent: asking } = sent.pathway
    const cookie = await visit(sent)
    const waits = await progress(sent)
    const person = waits.consent[0]?.people[0]
    const until = addDays(sent.today, asking.openDays)
    deepEqual([person?.answerBy, waits.deletedOn], [until, addDays(sent.today, retention.unansweredDays)])
    const shown = (await page(sent, cookie)).text
    match(shown, new RegExp(`can answer until ${longDate(until)}`))
    match(shown, new RegExp(`it is deleted on ${longDate(waits.deletedOn)}`))
    const letter = sent.letters.find(({ to, about }) => to === REFERRER && about === sent.reference)
    match(letter?.text ?? '', new RegExp(`Without consent it is deleted on ${longDate(waits.deletedOn)}`))
    await answered(sent, 'refused')
    const refused = (await page(sent, cookie)).text
    match(refused, /has said no, so nobody at Stepping Stones \(Short Stay\) School can read it/)
    doesNotMatch(refused, /It waits for consent/)
    doesNotMatch(refused, /can answer until/)
    const { deletedOn } = await progress(sent)
    match(refused, new RegExp(`it is deleted on ${longDate(deletedOn)}`))
  })

  it('names a decision as the stage does at which it was made', async () => {
    const sent = await sentReferral(world, { provider: 'sedis' })
    await answered(sent)
    const twice = sent.pathway.stages.flatMap(({ id, moves }) => moves.map((move) => ({ stage: id, ...move })))
    const same = twice.filter(({ id, tells }) => id === 'refuse' && tells.some(({ who }) => who === 'school'))
    ok(new Set(same.map(({ name }) => name)).size > 1)
    for (const { stage, id, as } of same)
      await provider(sent, (change) => void change.event('decided', id, { detail: { as, stage } }))
    deepEqual(
      (await progress(sent)).messages.map(({ name }) => name),
      same.map(({ name }) => name),
    )
  })

  it('is at its first stage once consent is given, and says what happens by when', async () => {
    const sent = await sentReferral(world, { provider: 'school2school-norfolk' })
    await answered(sent)
    const { status, stage, deadlines, consent } = await progress(sent)
    deepEqual([status, stage?.id, stage?.since], ['open', 'received', sent.today])
    deepEqual(
      deadlines.map(({ id, runs }) => [id, runs]),
      [
        ['first-contact', true],
        ['first-visit', true],
      ],
    )
    ok(consent.every(({ standing, people }) => standing === 'given' && people[0]?.how === 'page'))
  })

  it('shows a no, not its reasons, and asks again only with a reason of its own', async () => {
    const sent = await sentReferral(world)
    await answered(sent, 'refused')
    const [share] = (await progress(sent)).consent
    const [person] = share?.people ?? []
    deepEqual([share?.standing, person?.standing, person?.hasRefused], ['refused', 'refused', true])
    const again = { person: person?.person, as: 'carer', name: person?.name, purpose: 'share' }
    deepEqual(faultsIn(await does(sent, 'ask', again)), ['/reason required'])
    const heard = await does(sent, 'ask', { ...again, reason: 'We have talked.' }, { 'Idempotency-Key': 'again' })
    equal(heard.status, 200, heard.text)
    equal(
      (await does(sent, 'ask', { ...again, reason: 'We have talked.' }, { 'Idempotency-Key': 'again' })).status,
      200,
    )
    const letters = await lettersOf(world, sent.id)
    const toCarer = letters.filter(
      ({ to, subject }) => to === SAMPLE['carer.email'] && /^A question for you/.test(subject),
    )
    equal(toCarer.length, 2)
    for (const { text } of letters) doesNotMatch(text, /We have talked/)
    equal((await progress(sent)).status, 'waiting')
  })

  it('promises no day while a no stands, and says of whoever is asked again when that was, and how', async () => {
    const sent = await sentReferral(world, { provider: 'school2school-norfolk', fills: { 'carer.email': '' } })
    const cookie = await visit(sent)
    const before = await page(sent, cookie)
    match(before.text, /asked on 1 June 2015, by a printed letter/)
    match(before.text, /What happens by when/)
    const [share] = (await progress(sent)).consent
    const person = share?.people[0]?.person ?? ''
    const no = {
      person,
      purpose: 'share',
      answer: 'refused',
      how: 'in-person',
      on: sent.today,
      name: 'N',
      heardBy: 'J',
    }
    equal((await does(sent, 'heard', no)).status, 200)
    deepEqual((await progress(sent)).deadlines, [])
    const refused = await page(sent, cookie)
    match(refused.text, /answered on 1 June 2015 in person/)
    doesNotMatch(refused.text, /What happens (next|by when)|First/)
    const again = { person, as: 'carer', name: 'N', purpose: 'share', reason: 'We have talked.' }
    equal((await does(sent, 'ask', again)).status, 200)
    equal((await progress(sent)).consent[0]?.people[0]?.isAskedAgain, true)
    ok((await progress(sent)).deadlines.length > 0)
    const asked = await page(sent, cookie)
    match(asked.text, /asked again on 1 June 2015, by a printed letter/)
    // An address that is given later changes nothing about how they were asked.
    const address = { ...again, purpose: undefined, reason: undefined, email: 'ngozi@family.example' }
    equal((await does(sent, 'ask', address)).status, 200)
    match((await page(sent, cookie)).text, /asked again on 1 June 2015, by a printed letter/)
    doesNotMatch(asked.text, /answered on 1 June 2015/)
  })

  it('says how it ended, with the reason, and where to turn where it led to no help', async () => {
    for (const [move, outcome, how, said] of [
      ['decline', 'decline', 'declined', 'It has ended: Stepping Stones (Short Stay) School does not go on with it.'],
      ['end-early', 'finish', 'cut-short', 'It has ended, and the support does not go on.'],
      ['finish', 'finish', 'finished', 'It has ended: the support is over.'],
    ] as const) {
      const sent = await sentReferral(world, { pathway: 'placement' })
      await answered(sent)
      await provider(sent, (change) => {
        const detail = { as: outcome, stage: move === 'decline' ? 'panel' : 'reintegration' }
        change.event('decided', move, { detail, said: { text: `Reason of ${move}` } })
        change.end(outcome)
      })
      const { ending } = await progress(sent)
      deepEqual([ending?.how, ending?.reason], [how, `Reason of ${move}`])
      const html = (await page(sent, await visit(sent))).text
      ok(html.includes(said), how)
      match(
        html,
        new RegExp(
          `It is deleted on[^<]*</p>\\s*<p><b>Decided: <span lang="en">[^<]+</span></b></p>\\s*<div class="panel"><p dir="auto">Reason of ${move}</p></div>`,
        ),
      )
      equal(html.includes('Where you can turn'), how === 'declined')
      // The pathway that helps in the pupil’s own school, and all that can be asked for here.
      equal(/href="[^"]*\/stepping-stones\/referral\/outreach[?"]/.test(html), how === 'declined')
      equal(
        /href="[^"]*\/stepping-stones\/referral[?"][^>]*>Other help that you can ask for here/.test(html),
        how === 'declined',
      )
    }
  })

  it('asks somebody else, by another address or by a letter to print', async () => {
    const sent = await sentReferral(world)
    const aunt = { as: 'carer', name: 'Ada Aunt', relationship: 'Aunt', purpose: 'share' }
    equal((await does(sent, 'ask', { ...aunt, email: 'ada@family.example' })).status, 200)
    equal((await does(sent, 'ask', { ...aunt, name: 'Uncle' })).status, 200)
    const [share] = (await progress(sent)).consent
    deepEqual(share?.people.map(({ name, by: how }) => `${name} ${how}`).sort(), [
      'Ada Aunt link',
      'Ngozi Okonkwo link',
      'Uncle letter',
    ])
    for (const [fault, body] of [
      ['/purpose not-asked', { ...aunt, purpose: 'none' }],
      ['/as choose', { ...aunt, as: 'neighbour' }],
      ['/person choose', { ...aunt, person: 'nobody' }],
      ['/email email', { ...aunt, email: 'ada' }],
      ['/name required', { ...aunt, name: '' }],
    ] as const)
      deepEqual(faultsIn(await does(sent, 'ask', body)), [fault])
  })

  it('writes down a yes on paper alone, of what a link asks; a no of anything, however it was said', async () => {
    const sent = await sentReferral(world, { provider: 'sedis', fills: { 'pupil.born': '2015-02-03' } })
    const person = (await progress(sent)).consent[0]?.people[0]?.person
    const said = { person, on: sent.today, name: 'Ngozi Okonkwo', heardBy: 'Jo Referrer, SENCo' }
    const heard = (body: object) => does(sent, 'heard', { ...said, ...body })
    for (const [fault, body] of [
      // What is agreed to at the first meeting is written down by who was there, and not while the referral waits.
      ['/purpose choose', { purpose: 'support', answer: 'given', how: 'in-person' }],
      ['/purpose choose', { purpose: 'specialist', each: 'behaviour-support', answer: 'given', how: 'paper' }],
      ['/how choose', { purpose: 'share', answer: 'given', how: 'in-person' }],
    ] as const)
      deepEqual(faultsIn(await heard(body)), [fault])
    equal((await heard({ purpose: 'support', answer: 'refused', how: 'in-person' })).status, 200)
    equal((await heard({ purpose: 'share', answer: 'given', how: 'paper' })).status, 200)
    const { consent } = await progress(sent)
    deepEqual(
      consent.map(({ purpose, standing }) => `${purpose} ${standing}`),
      ['share given', 'support refused'],
    )
  })

  it('does not undo by paper a no that was given on the page since the school looked', async () => {
    const sent = await sentReferral(world)
    const person = (await progress(sent)).consent[0]?.people[0]?.person
    await answer(await letIn(world, sent, SAMPLE['carer.email'] ?? ''), { 'answer.share': 'refused' })
    const paper = { person, purpose: 'share', answer: 'given', how: 'paper', on: sent.today, name: 'N', heardBy: 'Jo' }
    equal(kindOf(await does(sent, 'heard', { ...paper, seen: 0 })), '409 conflict')
    equal((await progress(sent)).status, 'waiting')
    const seen = (await progress(sent)).consent[0]?.people[0]?.answer
    equal((await does(sent, 'heard', { ...paper, seen })).status, 200)
  })

  it('sends a new link to whoever has answered, who can take their yes back with it, though the help has ended', async () => {
    const sent = await sentReferral(world)
    const carer = SAMPLE['carer.email'] ?? ''
    await answer(await letIn(world, sent, carer), { 'answer.share': 'given', 'answer.support': 'given' })
    const person = (await progress(sent)).consent[0]?.people[0]?.person
    await provider(sent, (change) => change.end('finish'))
    const before = (await lettersOf(world, sent.id)).length
    world.clock.now += 1_000
    equal((await does(sent, 'ask', { as: 'carer', name: SAMPLE['carer.name'], person })).status, 200)
    const letters = (await lettersOf(world, sent.id)).slice(before)
    deepEqual(
      letters.map(({ to }) => to),
      [carer],
    )
    deepEqual(faultsIn(await does(sent, 'ask', { as: 'carer', name: 'Somebody new' })), ['/person required'])
    equal(kindOf(await does(sent, 'ask', { as: 'carer', name: 'N', person, purpose: 'share' })), '409 conflict')
    const inside = await letIn(world, sent, carer)
    await inside.post(`${inside.page}/take-back`, { purpose: 'share', each: '' })
    equal((await progress(sent)).status, 'stopped')
  })

  it('takes a yes back that was taken back by telephone once the help has ended', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, SAMPLE['carer.email'] ?? ''), { 'answer.share': 'given' })
    const person = (await progress(sent)).consent[0]?.people[0]?.person
    await provider(sent, (change) => change.end('finish'))
    const cookie = await visit(sent)
    const form = await page(sent, cookie, `/heard?purpose=share&person=${person}`)
    match(form.text, /take an earlier yes back, in person or by telephone/)
    doesNotMatch(form.text, /Yes, on paper/)
    const said = { person, purpose: 'share', answer: 'withdrawn', how: 'in-person', on: sent.today }
    equal((await does(sent, 'heard', { ...said, name: 'Ngozi Okonkwo', heardBy: 'Jo' })).status, 200)
    equal((await progress(sent)).status, 'stopped')
  })

  it('takes an answer that was given on paper, marked as such, with who and when', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.email': '' } })
    const [share] = (await progress(sent)).consent
    const paper = {
      person: share?.people[0]?.person,
      purpose: 'share',
      answer: 'given',
      how: 'paper',
      on: sent.today,
      name: 'Ngozi Okonkwo',
      heardBy: 'Jo Referrer, SENCo',
    }
    deepEqual(faultsIn(await does(sent, 'heard', { ...paper, on: '2024-09-11' })), ['/on in-the-future'])
    deepEqual(faultsIn(await does(sent, 'heard', { ...paper, heardBy: '' })), ['/heardBy required'])
    const heard = await does(sent, 'heard', paper)
    equal(heard.status, 200, heard.text)
    const { status, consent } = heard.body as unknown as ProgressReply
    deepEqual([status, consent[0]?.standing, consent[0]?.people[0]?.how], ['open', 'given', 'paper'])
    equal((await does(sent, 'heard', paper)).status, 200)
  })

  it('answers what the provider asks, and goes on where it waited for that', async () => {
    const sent = await sentReferral(world, { provider: 'school2school-norfolk' })
    await answered(sent)
    equal(kindOf(await does(sent, 'reply', { text: 'Nothing was asked' })), '409 conflict')
    await provider(sent, (change) => change.event('question', '', { said: { text: 'Which days suit?' } }))
    equal((await progress(sent)).can.reply, true)
    const heard = await does(sent, 'reply', { text: 'Mondays' }, { 'Idempotency-Key': 'k' })
    const { messages, can, stage } = heard.body as unknown as ProgressReply
    deepEqual(
      messages.map(({ kind, text }) => [kind, text]),
      [
        ['question', 'Which days suit?'],
        ['reply', 'Mondays'],
      ],
    )
    deepEqual([can.reply, stage?.id], [false, 'received'])
    equal(
      ((await does(sent, 'reply', { text: 'Mondays' }, { 'Idempotency-Key': 'k' })).body as unknown as ProgressReply)
        .messages.length,
      2,
    )
    equal(kindOf(await does(sent, 'reply', { text: 'Fridays' }, { 'Idempotency-Key': 'k' })), '422 key-reused')

    await provider(sent, (change) => {
      change.event('decided', 'ask-more', { said: { text: 'How many hours?' } })
      change.enter('more-information')
    })
    const onward = (await does(sent, 'reply', { text: 'Ten' })).body as unknown as ProgressReply
    deepEqual([onward.stage?.id, onward.messages.at(-1)?.kind], ['received', 'decided'])
    ok(onward.messages.some(({ kind, text }) => kind === 'decided' && text === 'How many hours?'))
  })

  it('signs the agreement once, under the referral’s seal', async () => {
    const sent = await sentReferral(world, { provider: 'bridge' })
    const signature = { name: 'Hilary Head', role: 'Head teacher' }
    equal(kindOf(await does(sent, 'agreement', signature)), '409 conflict')
    await answered(sent)
    const heard = await Promise.all([1, 2].map(() => does(sent, 'agreement', signature)))
    for (const { body } of heard) {
      const { agreement, can } = body as unknown as ProgressReply
      deepEqual(agreement?.signed, { school: { ...signature, on: sent.today }, provider: null })
      equal(can.sign, false)
    }
    const { results } = await world.db
      .prepare("SELECT of FROM case_event WHERE referral = ?1 AND kind = 'signed'")
      .bind(sent.id)
      .all()
    equal(results.length, 1)
    const tables = await Promise.all(
      ['sealed', 'case_event', 'record'].map((table) => world.db.prepare(`SELECT * FROM ${table}`).all()),
    )
    doesNotMatch(JSON.stringify(tables.map(({ results: rows }) => rows)), /Hilary/)
  })

  it('is taken back once, before consent and after it: everybody is told, and what it said is gone', async () => {
    for (const isOpen of [false, true]) {
      const sent = await sentReferral(world)
      if (isOpen) await answered(sent)
      const earlier = await lettersOf(world, sent.id)
      const heard = await Promise.all([1, 2].map(() => does(sent, 'take-back')))
      for (const { status, body } of heard) deepEqual([status, body.outcome], [200, 'taken-back'])
      const letters = await lettersOf(world, sent.id)
      const told = letters.filter(({ subject }) => subject === `Referral ${sent.reference} was taken back`)
      deepEqual(told.map(({ to }) => to).sort(), ['ost@steppingstones.lancs.sch.uk', REFERRER].sort())
      const family = letters.find(({ text }) => /The school has taken back its request/.test(text))
      equal(family?.to, 'ngozi@family.example')
      match(family?.text ?? '', /You can also ask the school/)
      equal(letters.length, earlier.length + 3)
      const { results } = await world.db.prepare('SELECT name FROM sealed WHERE referral = ?1').bind(sent.id).all()
      doesNotMatch(JSON.stringify(results), /part:|card/)
      equal(kindOf(await does(sent, 'ask', { as: 'carer', name: 'A', purpose: 'share' })), '409 conflict')
      equal((await progress(sent)).status, 'stopped')
    }
  })

  it('that is taken back is so for everybody who knew of it, and says in whose language the letter is not', async () => {
    const fills = { 'carer.email': 'carer@family.example' }
    const begun = await filledReferral(world, { provider: 'school2school-norfolk', fills })
    const body = { email: 'colleague@school.example', parts: [begun.pathway.parts[0]?.id] }
    equal((await world.ask('POST', `/api/referrals/${begun.id}/colleagues`, body, begun.headers)).status, 201)
    equal((await world.ask('POST', `/api/referrals/${begun.id}/send`, declared(begun), begun.headers)).status, 201)
    await world.db.prepare("UPDATE consent_person SET language = 'ur' WHERE referral = ?1").bind(begun.id).run()
    const before = (await lettersOf(world, begun.id)).length
    world.clock.now += 1_000
    equal((await world.ask('POST', `/api/referrals/${begun.id}/progress/take-back`, {}, begun.headers)).status, 200)
    const letters = (await lettersOf(world, begun.id)).slice(before)
    const told = allFilled(begun.pathway, begun.answers, 'told')
    equal(told.length, 3)
    for (const to of [...told, 'colleague@school.example', REFERRER, ...begun.pathway.letters])
      equal(letters.filter((one) => one.to === to && / was taken back$/.test(one.subject)).length, 1, to)
    const family = letters.filter(({ to }) => to === 'carer@family.example')
    equal(family.length, 1)
    match(family[0]?.text ?? '', /[\u0600-\u06ff]{3}/)
  })

  it('writes to its school with a link of each letter’s own, which opens it in a browser that was never there', async () => {
    for (const answer of ['refused', 'given'] as const) {
      const sent = await sentReferral(world)
      await answered(sent, answer)
      if (answer === 'given')
        await keepAnswers(
          world.env,
          { id: sent.id },
          { person: (await progress(sent)).consent[0]?.people[0]?.person ?? '', name: 'Ngozi Okonkwo', how: 'page' },
          [{ purpose: 'share', each: '', answer: 'withdrawn' }],
          { ...by(sent), actor: 'family' },
        )
      const letters = (await lettersOf(world, sent.id)).filter(({ to }) => to === REFERRER)
      equal(letters.length, answer === 'given' ? 4 : 3)
      for (const { text, links } of letters) {
        doesNotMatch(text, /\/progress/)
        match(text, /The page asks for this e-mail address/)
        const body = { link: secretIn({ links }), email: REFERRER }
        const heard = await world.ask('POST', `/api/referrals/${sent.id}/open`, body, sent.headers)
        equal(heard.status, 201)
        equal((await page(sent, `__Host-r-${sent.id}=${String(heard.body.key)}`)).status, 200)
      }
    }
  })

  it('is nobody’s to look at without a key, nor a draft’s', async () => {
    const sent = await sentReferral(world)
    const other = await sentReferral(world)
    for (const headers of [{}, other.headers])
      for (const what of ['ask', 'heard', 'agreement', 'reply', 'move', 'record', 'take-back']) {
        const heard = await world.ask('POST', `/api/referrals/${sent.id}/progress/${what}`, {}, headers)
        equal(kindOf(heard), '401 link-needed')
      }
    equal((await progress(sent)).status, 'waiting')
  })
})

describe('The pages after sending', () => {
  it('show how it stands to the browser that came by the link, and are kept by none', async () => {
    const sent = await sentReferral(world)
    const cookie = await visit(sent)
    const heard = await page(sent, cookie)
    equal(heard.status, 200)
    match(heard.text, new RegExp(`<h1>Referral ${sent.reference}</h1>`))
    match(heard.text, /It waits for consent/)
    match(heard.text, /<title>[^<]*<\/title>/)
    doesNotMatch(/<title>([^<]*)/.exec(heard.text)?.[1] ?? '', /Amira|Ngozi/)
    doesNotMatch(heard.text, /Amira/)
    for (const [name, value] of [
      ['Cache-Control', 'no-store'],
      ['Referrer-Policy', 'no-referrer'],
    ] as const)
      equal(heard.headers.get(name), value)
    match(heard.headers.get('Content-Security-Policy') ?? '', /frame-ancestors 'none'/)
    match(heard.headers.get('Set-Cookie') ?? '', /^__Host-r-\w+=.*HttpOnly; Secure; SameSite=Lax$/)
    for (const [path, wrong] of [
      ['', ''],
      ['', `__Host-r-${sent.id}=${'0'.repeat(64)}`],
      ['/ask', ''],
    ] as const) {
      const refused = await page(sent, wrong, path)
      equal(refused.status, 401)
      match(refused.text, /Open the link in our e-mail/)
      match(refused.text, /href="\/stepping-stones\/privacy/)
      match(refused.text, /href="\/stepping-stones\/complaints/)
      doesNotMatch(refused.text, /outreach\.js/)
      doesNotMatch(refused.text, new RegExp(sent.reference))
    }
  })

  it('show the school what it sent, to be read and printed, until it is stopped, and write down that it was read', async () => {
    const sent = await sentReferral(world)
    const cookie = await visit(sent)
    match((await page(sent, cookie)).text, /progress\/answers/)
    const read = async () => {
      const sql = "SELECT actor FROM record WHERE action = 'case-read' AND subject = ?1"
      const { results } = await world.db.prepare(sql).bind(sent.reference).all()
      return results.map(({ actor }) => actor)
    }
    const heard = await page(sent, cookie, '/answers')
    equal(heard.status, 200)
    match(heard.text, /Amira Okonkwo-Kaye/)
    doesNotMatch(heard.text, /<input|<textarea|parts\/pupil/)
    doesNotMatch(/<title>([^<]*)/.exec(heard.text)?.[1] ?? '', /Amira/)
    deepEqual(await read(), ['school'])
    equal((await page(sent, cookie, '/answers')).status, 200)
    equal((await world.ask('GET', `/api/referrals/${sent.id}`, undefined, sent.headers)).status, 200)
    deepEqual(await read(), ['school'])
    equal((await page(sent, '', '/answers')).status, 401)
    equal((await post(sent, cookie, 'take-back', {})).status, 303)
    equal((await page(sent, cookie, '/answers')).status, 303)
    doesNotMatch((await page(sent, cookie)).text, /progress\/answers/)
  })

  it('speak Welsh', async () => {
    const sent = await sentReferral(world)
    const heard = await page(sent, await visit(sent), '?lang=cy')
    match(heard.text, /Atgyfeiriad/)
    match(heard.text, /progress\/take-back\?lang=cy|progress\/take-back\?today=[\d-]+&(amp;)?lang=cy/)
  })

  it('ask again, write down paper, and say what is wrong, without a script', async () => {
    const sent = await sentReferral(world)
    const cookie = await visit(sent)
    const [share] = (await progress(sent)).consent
    const person = share?.people[0]?.person ?? ''
    const form = await page(sent, cookie, `/ask?purpose=share&person=${person}`)
    equal(form.status, 200)
    match(form.text, /value="ngozi@family.example"/)
    const key = /name="key" value="([^"]+)"/.exec(form.text)?.[1] ?? ''
    const said = { purpose: 'share', person, key, name: 'Ngozi Okonkwo', email: 'new@family.example', language: 'en' }
    const wrong = await post(sent, cookie, 'ask', { ...said, email: 'new' })
    equal(wrong.status, 422)
    match(wrong.text, /There is a problem/)
    match(wrong.text, /href="#email"/)
    match(wrong.text, /value="new"/)
    const sentAgain = await post(sent, cookie, 'ask', said)
    equal(sentAgain.status, 303)
    match(sentAgain.headers.get('Location') ?? '', /\/progress\?(.*&)?said=ask$/)
    await post(sent, cookie, 'ask', said)
    const toNew = (await lettersOf(world, sent.id)).filter(({ to }) => to === 'new@family.example')
    equal(toNew.length, 1)
    const without = await post(sent, cookie, 'ask', { ...said, email: '', key: 'without' })
    match(without.headers.get('Location') ?? '', /said=letter$/)
    equal((await progress(sent)).consent[0]?.people[0]?.by, 'letter')
    equal((await lettersOf(world, sent.id)).filter(({ to }) => to === 'new@family.example').length, 1)

    const paper = { purpose: 'share', person, answer: 'given paper', name: 'Ngozi', heardBy: 'Jo' }
    const noDay = await post(sent, cookie, 'heard', paper)
    equal(noDay.status, 422)
    const nothing = await post(sent, cookie, 'heard', { purpose: 'share', person })
    doesNotMatch(nothing.text, /“how”|href="#how"/)
    equal(nothing.text.match(/href="#answer"/g)?.length, 1)
    match(noDay.text, /href="#on"/)
    const [year = '', month = '', day = ''] = sent.today.split('-')
    const dated = { ...paper, 'on.day': day, 'on.month': month, 'on.year': year }
    equal((await post(sent, cookie, 'heard', { ...dated, 'on.day': '31', 'on.month': '2' })).status, 422)
    equal((await post(sent, cookie, 'heard', dated)).status, 303)
    equal((await progress(sent)).status, 'open')
  })

  it('send a new link or print a new letter for whoever was asked, also once they have answered', async () => {
    const sent = await sentReferral(world)
    const carer = SAMPLE['carer.email'] ?? ''
    await answer(await letIn(world, sent, carer), { 'answer.share': 'given', 'answer.support': 'given' })
    const cookie = await visit(sent)
    const shown = await page(sent, cookie)
    match(shown.text, /Send Ngozi Okonkwo a new link/)
    match(shown.text, /Print the letter for Ngozi Okonkwo/)
    const person = /name="person" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
    const form = { person, as: 'carer', name: 'Ngozi Okonkwo' }
    // Whom the referral itself asked, when it was sent, counts for nothing.
    world.clock.now += 1_000
    const before = (await lettersOf(world, sent.id)).filter(({ to }) => to === carer).length
    match((await post(sent, cookie, 'ask', form)).headers.get('Location') ?? '', /said=link$/)
    equal((await lettersOf(world, sent.id)).filter(({ to }) => to === carer).length, before + 1)
    match((await page(sent, cookie, '?said=link')).text, /A new link is on its way\./)
    match((await post(sent, cookie, 'letter', form)).text, /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/)
    // A family is not written to without end.
    for (let more = 0; more < 8; more += 1) await post(sent, cookie, 'letter', form)
    match((await post(sent, cookie, 'letter', form)).headers.get('Location') ?? '', /said=tooOften$/)
  })

  it('print a letter with a code for whoever has no e-mail', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.email': '' } })
    const cookie = await visit(sent)
    const shown = await page(sent, cookie)
    match(shown.text, /Print the letter for Ngozi Okonkwo/)
    const person = /name="person" value="([^"]+)"/.exec(shown.text)?.[1] ?? ''
    const printed = await post(sent, cookie, 'letter', { person })
    equal(printed.status, 200)
    match(printed.text, /<svg|<img/)
    equal(printed.headers.get('Cache-Control'), 'no-store')
    equal((await post(sent, cookie, 'letter', { person: 'nobody' })).status, 404)
  })

  it('take nothing from another website, and nothing by being looked at', async () => {
    const sent = await sentReferral(world)
    const cookie = await visit(sent)
    for (const headers of [
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' },
    ])
      equal((await post(sent, cookie, 'take-back', {}, headers)).status, 403)
    const events = await world.count('case_event')
    for (const path of [
      '',
      '/take-back',
      '/agreement',
      '/ask?purpose=share',
      '/reply',
      '/letter',
      '/leave',
      '/nothing',
    ])
      for (let turn = 0; turn < 2; turn += 1) ok((await page(sent, cookie, path)).status < 500, path)
    equal(await world.count('case_event'), events)
    equal((await post(sent, cookie, 'take-back', {})).status, 303)
    equal((await progress(sent)).status, 'stopped')
  })

  it('send a new link to whoever belongs to it, and say the same to everybody', async () => {
    const sent = await sentReferral(world)
    world.clock.now += 11 * 60_000
    const before = (await lettersOf(world, sent.id)).length
    const asked = (email: string, id = sent.id) => world.send(requestFor({ ...sent, id }, '', 'link', { email }))
    const stranger = await asked('ngozi@family.example')
    equal((await lettersOf(world, sent.id)).length, before)
    const known = await asked(` ${REFERRER.toUpperCase()}`)
    deepEqual([stranger.status, known.status, stranger.text], [200, 200, known.text])
    for (const [email, id] of [
      ['ngozi@family.example', sent.id],
      [REFERRER, sent.id],
      [REFERRER, '0'.repeat(32)],
    ] as const) {
      const other = await asked(email, id)
      equal(other.status, 200)
      equal(other.text.replaceAll(id, ''), known.text.replaceAll(sent.id, ''))
    }
    equal((await asked('nobody')).status, 422)
    const letters = await lettersOf(world, sent.id)
    equal(letters.length, before + 1)
    const link = secretIn({ links: letters.find(({ subject }) => subject.includes('a new link'))?.links ?? [] })
    const heard = await world.ask('POST', `/api/referrals/${sent.id}/open`, { link, email: REFERRER }, sent.headers)
    equal(heard.status, 201)
  })

  it('keep what was typed where the visit is over, the case is closed, or too many ask', async () => {
    const sent = await sentReferral(world)
    await answered(sent)
    await provider(sent, (change) => void change.event('question', '', { said: { text: 'Which days?' } }))
    const cookie = await visit(sent)
    const text = 'Monday, and not "Tuesday"\nbut Friday'
    world.clock.now += 3 * 3_600_000
    // What is sent prolongs a visit; what is looked at does not.
    equal((await post(sent, cookie, 'reply', { text: ' ' })).status, 422)
    world.clock.now += 3 * 3_600_000
    equal((await page(sent, cookie)).status, 200)
    world.clock.now += 3 * 3_600_000
    const over = await post(sent, cookie, 'reply', { text, key: 'one' })
    equal(over.status, 401)
    match(over.text, /name="text" value="Monday, and not (&quot;|&#34;)Tuesday/)
    match(over.text, /<textarea readonly[^>]*>\nMonday/)

    const next = await visit(sent)
    equal((await post(sent, next, 'take-back', {})).status, 303)
    const late = await post(sent, next, 'reply', { text, key: 'two' })
    equal(late.status, 409)
    match(late.text, /<textarea readonly[^>]*>\nMonday/)
    doesNotMatch(late.text, /Save now/)
  })

  it('ask families no more than ten times a day, the day of sending too, and say until when', async () => {
    const sent = await sentReferral(world)
    const aunt = { as: 'carer', purpose: 'share', relationship: 'Aunt' }
    world.clock.now += 1_000
    for (let number = 0; number < 10; number += 1)
      equal((await does(sent, 'ask', { ...aunt, name: `Aunt ${number}`, email: `a${number}@b.example` })).status, 200)
    equal(kindOf(await does(sent, 'ask', { ...aunt, name: 'One more', email: 'm@b.example' })), '429 too-many-requests')
    const cookie = await visit(sent)
    const told = await post(sent, cookie, 'ask', { ...aunt, name: 'One more', email: 'm@b.example', language: 'en' })
    equal(told.status, 429)
    match(told.text, /Try again tomorrow/)
    match(told.text, /value="One more"/)
  })

  it('say that something cannot be done any more, whether it is looked at or sent', async () => {
    const sent = await sentReferral(world)
    const cookie = await visit(sent)
    for (const path of ['/move?move=none', '/heard?person=nobody', '/reply', '/agreement', '/record']) {
      const looked = await page(sent, cookie, path)
      match(looked.headers.get('Location') ?? '', /said=conflict$/, path)
    }
    equal((await page(sent, cookie, '/take-back')).status, 200)
    match((await page(sent, cookie, '?said=conflict')).text, /This cannot be done any more/)
    const ask = await post(sent, cookie, 'ask', { purpose: 'none', as: 'carer', name: 'Ada Aunt, her aunt' })
    equal(ask.status, 409)
    match(ask.text, /something has happened meanwhile/)
    match(ask.text, /Ada Aunt, her aunt<\/textarea>/)
    match((await post(sent, cookie, 'move', { move: 'none' })).headers.get('Location') ?? '', /said=conflict$/)
  })

  it('are left on a shared computer by one press', async () => {
    const sent = await sentReferral(world)
    const cookie = await visit(sent)
    const left = await post(sent, cookie, 'leave?lang=cy&today=2024-09-10', {})
    match(left.headers.get('Location') ?? '', /\?today=2024-09-10&lang=cy$/)
    equal(left.status, 303)
    match(left.headers.get('Set-Cookie') ?? '', /Max-Age=0/)
    equal((await page(sent, cookie)).status, 401)
  })
})
