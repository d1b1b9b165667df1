import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { AnswerFills, Part, Pathway } from '../../catalogue/schema/pathway.ts'
import type { DraftReply, PartReply } from '../../catalogue/wire/referral.ts'
import type { SealedAnswer } from '../../worker/consents/answering.ts'
import { hashOf } from '../../worker/people/secret.ts'
import { visitWith } from '../../worker/referrals/link.store.ts'
import { throwAway } from '../../worker/referrals/throw-away.ts'
import { mostLettersADay } from '../../worker/requests/limits.ts'
import { sweep } from '../../worker/retention/sweep.ts'
import { answer, askedAt, consentPathIn, keptOf, letIn, visitorOn } from './consenting.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { caseOf } from './desk.ts'
import { faultsIn, type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import {
  type Begun,
  begunReferral,
  declared,
  eligible,
  filledReferral,
  lettersOf,
  REFERRER,
  type Sent,
  secretIn,
  sentReferral,
} from './referring.ts'

// What somebody who means no good, or is only in a hurry, tries at a referral, and what it comes to.

const CARER = 'ngozi@family.example'
const OTHER = 'piotr@family.example'

let world: World
let owner: SignedInPerson
before(async () => {
  world = worldOn(await quickDatabase(), { MAILER: 'none' })
  owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
})
after(() => world.stop())

const schoolAsks = ({ id, headers }: Begun, method: string, path: string, body?: object, world_ = world) =>
  world_.ask(method, `/api/referrals/${id}${path}`, body, { ...headers, 'Idempotency-Key': crypto.randomUUID() })

/** A form of a page, as a browser sends it from one of our pages or from another website. */
const form = (path: string, fields: Record<string, string>, from: 'our own' | 'another', cookie = '') =>
  world.send(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        Accept: 'text/html',
        'X-Today': '2024-09-10',
        'Content-Type': 'application/x-www-form-urlencoded',
        Cookie: cookie,
        ...(from === 'another'
          ? { Origin: 'https://another.example', 'Sec-Fetch-Site': 'cross-site' }
          : { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' }),
      },
      body: new URLSearchParams(fields).toString(),
    }),
  )

/** Where a pathway asks for something. */
function placeOf({ parts }: Pathway, fills: AnswerFills): { part: Part; question: string } {
  const found = parts.flatMap((part) =>
    part.questions.filter((question) => question.fills === fills).map(({ id }) => ({ part, question: id })),
  )[0]
  ok(found, fills)
  return found
}

describe('A school that gives an address of its own for somebody who is asked', () => {
  /** Types an address where another is asked for, in a draft that is whole otherwise. */
  const typed = async (begun: Begun, fills: AnswerFills, address: string): Promise<{ heard: Heard; at: string }> => {
    const { part, question } = placeOf(begun.pathway, fills)
    const draft = (await schoolAsks(begun, 'GET', '')).body as unknown as DraftReply
    const { revision = 0, answers = {} } = draft.parts[part.id] ?? {}
    const body = { revision, answers: { ...answers, [question]: address } }
    return { heard: await schoolAsks(begun, 'PUT', `/parts/${part.id}`, body), at: `${part.id}/${question}` }
  }

  it('hears of it at that question, keeps what was typed, and cannot send it', async () => {
    const begun = await filledReferral(world, { pathway: 'placement' })
    for (const fills of ['carer.email', 'second-carer.email'] as const) {
      const { heard, at } = await typed(begun, fills, ` ${REFERRER.toUpperCase()} `)
      const { complete, faults } = heard.body as unknown as PartReply
      const [part = '', question = ''] = at.split('/')
      deepEqual(
        [heard.status, complete, faults],
        [200, false, [{ pointer: `/answers/${question}`, code: 'not-the-schools' }]],
      )
      const draft = (await schoolAsks(begun, 'GET', '')).body as unknown as DraftReply
      equal(draft.parts[part]?.complete, false)
      equal(draft.parts[part]?.answers[question], REFERRER.toUpperCase())
      const sent = await schoolAsks(begun, 'POST', '/send', declared(begun))
      equal(sent.status, 422)
      deepEqual(faultsIn(sent), [`/parts/${at} not-the-schools`])
      await typed(begun, fills, fills === 'carer.email' ? CARER : OTHER)
    }
    equal((await schoolAsks(begun, 'POST', '/send', declared(begun))).status, 201)
  })

  it('hears of it for a colleague who was let in and for whoever is told, by whichever came first', async () => {
    // In Norfolk head, SENCo and class teacher are told.
    const begun = await filledReferral(world, { provider: 'school2school-norfolk' })
    const colleague = 'colleague@school.example'
    await typed(begun, 'carer.email', colleague)
    const let_ = { email: colleague, parts: [placeOf(begun.pathway, 'carer.email').part.id] }
    equal((await schoolAsks(begun, 'POST', '/colleagues', let_)).status, 201)
    const at = placeOf(begun.pathway, 'carer.email')
    const refused = [`/parts/${at.part.id}/${at.question} not-the-schools`]
    deepEqual(faultsIn(await schoolAsks(begun, 'POST', '/send', declared(begun))), refused)
    const told = Object.values(begun.answers)
      .flatMap((answers) => Object.values(answers))
      .find((one) => typeof one === 'string' && one.endsWith('@school.example'))
    ok(told)
    await typed(begun, 'carer.email', String(told))
    deepEqual(faultsIn(await schoolAsks(begun, 'POST', '/send', declared(begun))), refused)
  })

  it('hears of it on the page of the part, in English and in Welsh', async () => {
    const begun = await filledReferral(world)
    const { at } = await typed(begun, 'carer.email', REFERRER)
    const [part] = at.split('/')
    for (const [lang, words] of [
      ['en', /is an address of your school\. Enter their own/],
      ['cy', /Cyfeiriad eich ysgol chi yw/],
    ] as const) {
      const page = await world.send(
        new Request(`http://localhost/${begun.provider}/referrals/${begun.id}/parts/${part}?look=1&lang=${lang}`, {
          headers: { Accept: 'text/html', 'X-Today': begun.today, Cookie: `__Host-r-${begun.id}=${begun.key}` },
        }),
      )
      equal(page.status, 200)
      match(page.text, words)
    }
  })

  it('cannot have them asked there later either, by the school or by the provider', async () => {
    const sent = await sentReferral(world)
    const [person] = (await caseOf(world, sent.id)).kept.people
    const again = { person: person?.id, as: 'carer', name: 'Ngozi Okonkwo', purpose: 'share', email: REFERRER }
    const heard = await schoolAsks(sent, 'POST', '/progress/ask', again)
    equal(heard.status, 422)
    deepEqual(faultsIn(heard), ['/email not-the-schools'])
    equal(
      (await lettersOf(world, sent.id)).filter(({ to, links }) => to === REFERRER && /consent/.test(links.join()))
        .length,
      0,
    )
    ok(await askedAt(world, sent, CARER))
  })
})

describe('A no', () => {
  it('of a parent is not overruled by a young person who is too young to answer in their place', async () => {
    const sent = await sentReferral(world, { provider: 'sedis' })
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'refused' })
    const asked = { as: 'young-person', name: 'Amira Okonkwo-Kaye', purpose: 'share', by: 'letter' }
    const heard = await schoolAsks(sent, 'POST', '/progress/ask', asked)
    equal(heard.status, 422)
    deepEqual(faultsIn(heard), ['/as choose'])
    deepEqual(
      (await caseOf(world, sent.id)).kept.people.map(({ as }) => as),
      ['carer'],
    )
  })

  it('of a parent is not undone by a paper that was signed before it', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'refused' })
    const [person] = (await caseOf(world, sent.id)).kept.people
    const paper = {
      person: person?.id,
      purpose: 'share',
      answer: 'given',
      how: 'paper',
      name: 'Ngozi Okonkwo',
      heardBy: 'Jo Referrer',
    }
    const early = await schoolAsks(sent, 'POST', '/progress/heard', { ...paper, on: '2024-09-09' })
    deepEqual([early.status, faultsIn(early)], [422, ['/on too-long-ago']])
    equal((await keptOf(world, sent)).status, 'waiting')
    // Of the same day nobody knows which came first.
    equal((await schoolAsks(sent, 'POST', '/progress/heard', { ...paper, on: sent.today })).status, 409)
    equal((await keptOf(world, sent)).status, 'waiting')
    const tomorrow = addDays(sent.today, 1)
    const next = { ...sent, headers: { ...sent.headers, 'X-Today': tomorrow } }
    equal((await schoolAsks(next, 'POST', '/progress/heard', { ...paper, on: tomorrow })).status, 200)
    equal((await keptOf(world, sent)).status, 'open')
  })

  it('of one parent is not told to the other', async () => {
    const sent = await sentReferral(world, { pathway: 'placement' })
    const one = await letIn(world, sent, CARER)
    const other = await letIn(world, sent, OTHER)
    const given = await answer(one, { 'answer.share': 'given' })
    match(given.text, /Somebody else is asked too/)
    await answer(other, { 'answer.share': 'refused', name: 'Piotr Kaye', relationship: 'Father' })
    const after_ = await one.get(one.page)
    match(after_.text, /Somebody else is asked too/)
    doesNotMatch(after_.text, /Piotr|piotr@|has not read the request/)
    match((await other.get(other.page)).text, /Nothing has been shared/)
  })
})

describe('What is left', () => {
  it('after a permission was taken back holds who gave it and in which language, and none of the words beside it', async () => {
    const words = 'I find it loud there, and I hide under the table.'
    const sent = await sentReferral(world, { provider: 'sedis', fills: { 'pupil.born': '2007-02-03' } })
    const visitor = await letIn(world, sent, 'amira@family.example', { born: '2007-02-03' })
    await answer(visitor, { 'answer.share': 'given', name: 'Amira Okonkwo-Kaye', relationship: '', words })
    equal((await keptOf(world, sent)).status, 'open')
    const held = Object.values(await (await caseOf(world, sent.id)).readAll<SealedAnswer>('answer:'))
    deepEqual(
      held.map((one) => one.words),
      [words],
    )
    equal((await visitor.post(`${visitor.page}/take-back`, { purpose: 'share', each: '' })).status, 303)
    equal((await keptOf(world, sent)).status, 'stopped')
    const left = Object.values(await (await caseOf(world, sent.id)).readAll<SealedAnswer>('answer:'))
    deepEqual(left, [
      { name: 'Amira Okonkwo-Kaye', readIn: 'en', by: 'page' },
      { name: 'Amira Okonkwo-Kaye', readIn: 'en', by: 'page' },
    ])
  })

  it('after erasure knows no Idempotency-Key that was used for it, and none was kept by what was typed', async () => {
    const sent = await sentReferral(world)
    const [person] = (await caseOf(world, sent.id)).kept.people
    const asked = { person: person?.id, as: 'carer', name: 'Ngozi Okonkwo', purpose: 'share', reason: 'Once more' }
    equal((await schoolAsks(sent, 'POST', '/progress/ask', asked)).status, 200)
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'given', 'answer.support': 'given' })
    const base = `/api/console/providers/stepping-stones/cases/${sent.reference}`
    const headers = () => ({ ...owner.headers, 'X-Today': sent.today, 'Idempotency-Key': crypto.randomUUID() })
    const seen = (await caseOf(world, sent.id)).referral.events
    equal((await world.ask('POST', `${base}/notes`, { text: 'Loud places', seen }, headers())).status, 201)
    const rows = async () =>
      (await world.db.prepare('SELECT * FROM referral_asked').all<Record<string, string | null>>()).results.filter(
        (row) => JSON.stringify(row).includes(sent.id) || JSON.stringify(row).includes(sent.reference),
      )
    const kept = await rows()
    deepEqual(kept.map(({ scope }) => scope?.split(/[ :]/)[0]).sort(), ['begin', 'console', 'school', 'send'])
    // Who guesses what was typed finds it by no hash.
    for (const { scope, asked: mark } of kept) match(mark ?? '', scope === 'send' ? /^$/ : /^[\w-]{24}$/)
    const key = headers()
    equal((await world.ask('POST', `${base}/erase`, { reason: 'family-asked' }, key)).status, 200)
    deepEqual(await rows(), [])
    const again = await world.ask('POST', `${base}/erase`, { reason: 'family-asked' }, key)
    deepEqual(again.body, { erased: sent.reference, on: sent.today })
  })
})

describe('A referral that the school takes back', () => {
  const holder = async (sent: Sent) => {
    const practitioner = await signIn(world, { provider: 'stepping-stones', role: 'practitioner' })
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'given', 'answer.support': 'given' })
    const base = `/api/console/providers/stepping-stones/cases/${sent.reference}`
    const headers = { ...owner.headers, 'X-Today': sent.today, 'Idempotency-Key': crypto.randomUUID() }
    equal((await world.ask('POST', `${base}/people`, { person: practitioner.person }, headers)).status, 200)
    return (
      await world.db
        .prepare('SELECT email FROM person WHERE id = ?1')
        .bind(practitioner.person)
        .first<{ email: string }>()
    )?.email
  }

  it('is told to whoever works on it', async () => {
    const sent = await sentReferral(world)
    const email = await holder(sent)
    equal((await schoolAsks(sent, 'POST', '/progress/take-back', {})).status, 200)
    const told = (await lettersOf(world, sent.id)).filter(({ subject }) => /was taken back/.test(subject))
    ok(told.some(({ to }) => to === email))
    equal(new Set(told.map(({ to }) => to)).size, told.length)
  })
})

describe('Another website', () => {
  const path = '/stepping-stones/referral/outreach'
  const keyIn = ({ text }: Heard) => /name="key" value="([^"]+)"/.exec(text)?.[1]

  it('cannot choose the key that opens what somebody begins', async () => {
    const key = 'chosen-by-another-website'
    const lured = await form(path, { step: 'next', at: 'start', key }, 'another')
    equal(lured.status, 200)
    ok(keyIn(lured))
    notEqual(keyIn(lured), key)
    equal(keyIn(await form(path, { step: 'next', at: 'start', key }, 'our own')), key)
  })

  it('is not where leaving leads, whatever the address says', async () => {
    const left = await form('/%2Fanother.example/referrals/x/progress/leave', {}, 'our own')
    const to = new URL(left.headers.get('Location') ?? '/', 'http://localhost')
    equal(to.origin, 'http://localhost')
  })
})

describe('A mailbox', () => {
  const begin = (here: World, email: string, provider = 'stepping-stones') => begunReferral(here, { email, provider })

  /** Holds a refusal to what it says: it is tomorrow, and no second earlier. */
  const isTomorrow = (here: World, { headers, body }: Heard) => {
    const wait = Number(headers.get('Retry-After')) * 1_000
    const midnight = 86_400_000 - (here.clock.now % 86_400_000)
    ok(wait >= midnight && wait < midnight + 1_000, `${wait} of ${midnight}`)
    equal(body.wait, 'tomorrow')
  }

  /** Every letter that is sealed, opened, and when it goes out. */
  const written = async (here: World) => {
    const { results: referrals } = await here.db.prepare('SELECT id FROM referral').all<{ id: string }>()
    const all = await Promise.all(
      referrals.map(async ({ id }) => {
        const { results: due } = await here.db
          .prepare('SELECT due_at AS dueAt FROM letter WHERE referral = ?1 ORDER BY written_at, subject, id')
          .bind(id)
          .all<{ dueAt: string }>()
        return (await lettersOf(here, id)).map(({ to }, index) => ({ to, dueAt: due[index]?.dueAt ?? '' }))
      }),
    )
    return all.flat()
  }

  /** A yes and a no on paper in turn, 30 of them, to what can be answered to and fro. */
  const thirtyOnPaper = async (here: World) => {
    const sent = await sentReferral(here)
    const statuses: Record<'given' | 'refused', number[]> = { given: [], refused: [] }
    for (let time = 0; time < 30; time += 1) {
      const { people, answers } = (await caseOf(here, sent.id)).kept
      const answer = time % 2 === 0 ? 'given' : 'refused'
      const paper = {
        person: people[0]?.id,
        purpose: 'support',
        answer,
        how: 'paper',
        on: sent.today,
        name: 'Ngozi Okonkwo',
        heardBy: 'Jo Referrer',
        seen: answers.at(-1)?.number ?? 0,
      }
      const heard = await schoolAsks(sent, 'POST', '/progress/heard', paper, here)
      statuses[answer].push(heard.status)
      if (heard.status === 429) isTomorrow(here, heard)
    }
    return statuses
  }

  it('is sent no more than its number of letters in a day that strangers make us write, wherever they ask for them', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none', LETTERS_A_DAY: '3' })
    const mailbox = 'head@other.example'
    const count = async () =>
      (await here.db.prepare("SELECT scope FROM referral_asked WHERE scope LIKE 'mailbox%'").all<{ scope: string }>())
        .results
    const refused = ({ status, headers }: Heard) => {
      equal(status, 429)
      const wait = Number(headers.get('Retry-After'))
      ok(wait > 0 && wait <= 86_400, String(wait))
    }
    // By beginning, at whichever provider and however it is written; by letting in; by asking.
    await begin(here, mailbox)
    await begin(here, mailbox.toUpperCase(), 'sedis')
    const filled = await filledReferral(here)
    const colleague = { email: mailbox, parts: [filled.pathway.parts[0]?.id ?? ''] }
    equal((await schoolAsks(filled, 'POST', '/colleagues', colleague, here)).status, 201)
    const other = await filledReferral(here, { email: 'another@school.example' })
    refused(await schoolAsks(other, 'POST', '/colleagues', colleague, here))
    const body = { pathway: 'outreach', eligibility: eligible(other.pathway), email: mailbox }
    const again = (key: string) =>
      here.ask('POST', '/api/providers/stepping-stones/referrals', body, { 'Idempotency-Key': key })
    refused(await again('one-more'))
    // The families whom referrals ask have a mailbox too.
    const families = [
      await filledReferral(here, { email: 'a@school.example' }),
      await filledReferral(here, { email: 'b@school.example' }),
    ]
    for (const one of families) equal((await schoolAsks(one, 'POST', '/send', declared(one), here)).status, 201)
    const [one] = families
    ok(one)
    const [person] = (await caseOf(here, one.id)).kept.people
    const asked = { person: person?.id, as: 'carer', name: 'Ngozi Okonkwo', purpose: 'share' }
    equal((await schoolAsks(one, 'POST', '/progress/ask', asked, here)).status, 200)
    refused(await schoolAsks(one, 'POST', '/progress/ask', asked, here))
    const last = await filledReferral(here, { email: 'c@school.example' })
    refused(await schoolAsks(last, 'POST', '/send', declared(last), here))
    // What a link asks for is answered the same, and is not written.
    const link = secretIn((await lettersOf(here, filled.id)).find(({ to }) => to === mailbox) ?? { links: [] })
    here.clock.now += 3_600_000
    const door = visitorOn(here, filled.today)
    equal((await door.post(`/${filled.provider}/referrals/${filled.id}/open/${link}`, { step: 'again' })).status, 200)
    equal((await lettersOf(here, filled.id)).filter(({ to }) => to === mailbox).length, 1)
    for (const { scope } of await count()) match(scope, /^mailbox [\w-]{24} 2026-11-02$/)

    // Nothing of it is left the next day, and nothing at all after a month.
    here.clock.now += 86_400_000
    equal((await again('one-more')).status, 201)
    here.clock.now += 32 * 86_400_000
    await sweep(here.db, () => here.clock.now, filled.today)
    deepEqual(await count(), [])
  })

  it('has had its number too by referrals that name it as whom to tell, and by those that it is said to have sent', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none', LETTERS_A_DAY: '3' })
    const sends = async (email: string) => {
      const filled = await filledReferral(here, { provider: 'school2school-norfolk', email })
      return { filled, ...(await schoolAsks(filled, 'POST', '/send', declared(filled), here)) }
    }
    const fills = { 'carer.email': '' }
    const statuses: number[] = []
    const told = new Map<string, number>()
    for (let time = 0; time < 6; time += 1) {
      const { filled, status } = await sends(`school-${time}@school.example`)
      statuses.push(status)
      for (const { to } of await lettersOf(here, filled.id)) told.set(to, (told.get(to) ?? 0) + 1)
    }
    deepEqual(statuses, [201, 201, 201, 429, 429, 429])
    for (const address of ['head-email', 'senco-email', 'teacher-email'])
      equal(told.get(`${address}@school.example`), 3, address)

    // The referrer’s own address is nobody’s until a link has been opened there: begun and sent, begun and not sent.
    const own = async () => {
      const filled = await filledReferral(here, { email: 'own@school.example', fills })
      return (await schoolAsks(filled, 'POST', '/send', declared(filled), here)).status
    }
    deepEqual([await own(), await own()], [201, 429])
  })

  it('hears no more of answers on paper than its number, of which a no is written down all the same and told tomorrow', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none', LETTERS_A_DAY: '3' })
    const statuses = await thirtyOnPaper(here)
    // The first yes and the first no fill the family’s mailbox, and a yes that they cannot hear of counts for nothing.
    deepEqual(statuses.given, [200, ...Array<number>(14).fill(429)])
    deepEqual(statuses.refused, Array<number>(15).fill(200))
    const rows = await written(here)
    const today = new Date(here.clock.now).toISOString().slice(0, 10)
    for (const mailbox of [CARER, REFERRER])
      for (const when of ['today', 'tomorrow']) {
        const on = rows.filter(
          ({ to, dueAt }) => to === mailbox && (dueAt.slice(0, 10) === today) === (when === 'today'),
        )
        ok(on.length <= 3, `${mailbox} ${when}: ${on.length}`)
      }
    // The school hears of the no tomorrow.
    const late = rows.filter(({ to, dueAt }) => to === REFERRER && dueAt.slice(0, 10) > today)
    deepEqual([late.length, rows.filter(({ to }) => to === REFERRER).length], [1, 4])
    deepEqual([...new Set(late.map(({ dueAt }) => dueAt.slice(10)))], ['T00:00:00.000Z'])
  })

  it('is written to for no more than ten answers on paper to one referral in a day, a last no aside', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none' })
    const { given, refused } = await thirtyOnPaper(here)
    deepEqual(given, [...Array<number>(5).fill(200), ...Array<number>(10).fill(429)])
    deepEqual(refused, Array<number>(15).fill(200))
  })

  it('is no reason to refuse what was written down already, where its reply was lost', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none', LETTERS_A_DAY: '2' })
    const sent = await sentReferral(here)
    const { people } = (await caseOf(here, sent.id)).kept
    const paper = {
      person: people[0]?.id,
      purpose: 'support',
      answer: 'given',
      how: 'paper',
      on: sent.today,
      name: 'Ngozi Okonkwo',
      heardBy: 'Jo Referrer',
      seen: 0,
    }
    const writes = async () => (await schoolAsks(sent, 'POST', '/progress/heard', paper, here)).status
    deepEqual([await writes(), await writes(), await writes()], [200, 200, 200])
    deepEqual((await keptOf(here, sent)).answers, ['support given paper'])
    equal((await schoolAsks(sent, 'POST', '/progress/heard', { ...paper, purpose: 'share' }, here)).status, 429)
  })

  it('hears of what is taken back and of a deleted draft within its number, at the provider always', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none', LETTERS_A_DAY: '3' })
    const sent = await sentReferral(here, {
      email: 'one@school.example',
      fills: { 'carer.email': 'full@family.example' },
    })
    const other = await sentReferral(here, {
      email: 'two@school.example',
      fills: { 'carer.email': 'full@family.example' },
    })
    const more = await sentReferral(here, {
      email: 'three@school.example',
      fills: { 'carer.email': 'full@family.example' },
    })
    for (const one of [sent, other, more])
      equal((await schoolAsks(one, 'POST', '/progress/take-back', {}, here)).status, 200)
    const rows = await written(here)
    const today = new Date(here.clock.now).toISOString().slice(0, 10)
    const full = rows.filter(({ to }) => to === 'full@family.example')
    deepEqual([full.length, full.filter(({ dueAt }) => dueAt.slice(0, 10) === today).length], [6, 3])
    for (const office of sent.pathway.letters)
      equal(rows.filter(({ to, dueAt }) => to === office && dueAt.slice(0, 10) === today).length, 6, office)

    // Let in and told, let in: the second is told tomorrow.
    const colleague = 'colleague@school.example'
    for (let time = 0; time < 2; time += 1) {
      const draft = await begunReferral(here, { email: `draft-${time}@school.example` })
      const body = { email: colleague, parts: [draft.pathway.parts[0]?.id ?? ''] }
      equal((await schoolAsks(draft, 'POST', '/colleagues', body, here)).status, 201)
      const visit = await visitWith(here.db, await hashOf(draft.key), new Date(here.clock.now).toISOString())
      ok(visit)
      await throwAway(here.env, { ...visit, as: 'referrer', only: [] }, { now: here.clock.now })
    }
    const { results } = await here.db
      .prepare('SELECT due_at AS dueAt FROM letter WHERE recipient = ?1 ORDER BY due_at')
      .bind(colleague)
      .all<{ dueAt: string }>()
    deepEqual(
      results.map(({ dueAt }) => dueAt.slice(0, 10) > today),
      [false, true],
    )
  })

  it('can be written to as often as tests write on somebody’s own machine, and 20 times where it is none', () => {
    const most = (more: Partial<World['env']>) => mostLettersADay({ ...world.env, ...more })
    deepEqual(
      [most({}), most({ ENVIRONMENT: 'production' }), most({ LETTERS_A_DAY: '5' }), most({ LETTERS_A_DAY: '0' })],
      [20_000, 20, 5, 0],
    )
  })
})

describe('The links of letters', () => {
  it('are told from guesses once they are over, also after a sweep: the school is sent a new one, the family reads why', async () => {
    const here = worldOn(await quickDatabase(), { MAILER: 'none' })
    const sent = await sentReferral(here)
    await here.db.prepare("UPDATE referral SET delete_on = '9999-12-31'").run()
    const own = sent.letters.find(({ to }) => to === REFERRER)
    const [link, family] = [secretIn({ links: own?.links ?? [] }), consentPathIn(await askedAt(here, sent, CARER))]
    here.clock.now += 366 * 86_400_000
    await sweep(here.db, () => here.clock.now, sent.today)
    const knock = { link, email: REFERRER }
    equal((await schoolAsks(sent, 'POST', '/open', knock, here)).body.link, 'over')
    const school = visitorOn(here, sent.today)
    const path = `/${sent.provider}/referrals/${sent.id}/open/${link}`
    match((await school.get(path)).text, /Send me a new link/)
    equal((await school.post(path, { step: 'again' })).status, 200)
    const fresh = (await lettersOf(here, sent.id)).filter(({ to }) => to === REFERRER).at(-1)
    equal(
      (await schoolAsks(sent, 'POST', '/open', { ...knock, link: secretIn({ links: fresh?.links ?? [] }) }, here))
        .status,
      201,
    )
    here.clock.now += 366 * 86_400_000
    await sweep(here.db, () => here.clock.now, sent.today)
    const old = await visitorOn(here, sent.today).get(family)
    deepEqual([old.status, /This link is too old/.test(old.text)], [410, true])
  })

  it('lead to the address that is set, whatever host a request names', async () => {
    const set = worldOn(world.db, { MAILER: 'none', ORIGIN: 'https://referrals.example' })
    const sent = await sentReferral(set)
    const links = (await lettersOf(set, sent.id)).flatMap((letter) => letter.links)
    ok(links.length > 2)
    deepEqual([...new Set(links.map((link) => new URL(link).origin))], ['https://referrals.example'])
  })
})
