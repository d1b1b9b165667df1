import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { addDays } from '../../catalogue/rules/dates.ts'
import { allFilled } from '../../catalogue/wire/answers.ts'
import type { ProgressReply } from '../../catalogue/wire/referral.ts'
import { ar } from '../../components/words/ar/consent.ts'
import { cy } from '../../components/words/cy/consent.ts'
import { en } from '../../components/words/en/consent.ts'
import { pl } from '../../components/words/pl/consent.ts'
import { ur } from '../../components/words/ur/consent.ts'
import { keepAnswers } from '../../worker/consents/answering.ts'
import { printedLetter } from '../../worker/consents/asking.ts'
import { consentLetterIn } from '../../worker/letters/consent-letter.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../../worker/referrals/open-case.ts'
import {
  answer,
  askedAt,
  bornAs,
  bornOf,
  consentPathIn,
  formWith,
  keptOf,
  type LetIn,
  letIn,
  visitorOn,
} from './consenting.ts'
import { signIn } from './console.ts'
import { asCase, deskOf } from './desk.ts'
import { faultsIn, type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf, SAMPLE, type Sent, sentReferral } from './referring.ts'

const CARER = SAMPLE['carer.email'] ?? ''
const OTHER = SAMPLE['second-carer.email'] ?? ''
const PROVIDER = 'Stepping Stones (Short Stay) School'
const WORDS = { en, cy, pl, ur, ar }
const LINK = { origin: 'http://localhost' }
const yes = { 'answer.share': 'given', 'answer.support': 'given' }

let world: World
before(async () => {
  world = worldOn(await quickDatabase())
})

const openCaseOf = async ({ id }: Pick<Sent, 'id'>): Promise<OpenCase> => {
  const found = await openCaseWith(world.env, { id })
  ok(found)
  return found
}
const by = ({ today }: Pick<Sent, 'today'>) => ({ actor: 'school', today, now: world.clock.now, link: LINK })
const shown = async (visitor: LetIn) => (await visitor.get(visitor.page)).text
const personIn = ({ page }: LetIn) => page.split('/').at(-1) ?? ''
const wordsOf = async (sent: Sent) =>
  Object.values(await (await openCaseOf(sent)).readAll<{ words?: string }>('answer:')).flatMap(
    ({ words }) => words ?? [],
  )
const onPaper = async (sent: Sent, visitor: LetIn, said: 'given' | 'refused', actor = 'school') =>
  keepAnswers(
    world.env,
    { id: sent.id },
    { person: personIn(visitor), name: 'N', how: 'paper', heardBy: 'Jo Referrer', on: sent.today },
    [{ purpose: 'share', each: '', answer: said }],
    { ...by(sent), actor },
  )

describe('A no to what is read already', () => {
  it('says before it is given what it comes to, where one of two carers has released the referral', async () => {
    const sent = await sentReferral(world)
    equal(sent.pathway.consent.carers, 1)
    const asked = await world.ask(
      'POST',
      `/api/referrals/${sent.id}/progress/ask`,
      { as: 'carer', name: 'Piotr Kaye', email: OTHER, purpose: 'share' },
      sent.headers,
    )
    equal(asked.status, 200, asked.text)
    const second = await letIn(world, sent, OTHER)
    match(await shown(second), /You are free to say no/)
    doesNotMatch(await shown(second), /The help then stops/)
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'given', 'answer.support': 'given' })
    const page = await shown(second)
    match(page, /No is a fine answer now, too\. The help then stops\./)
    ok(!page.includes(sent.pathway.consent.no), 'what was true before it was read')
  })

  it('does not say that help stops which has ended', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    await answer(carer, yes)
    match(await shown(carer), /The help then stops/)
    const change = new CaseChange(await openCaseOf(sent), by(sent))
    change.end('finish')
    equal(await change.keep(world.db), 'done')
    const page = await shown(carer)
    match(page, /can then no longer open the request\. What it says is deleted\./)
    doesNotMatch(page, /The help then stops/)
  })
})

describe('How it stands', () => {
  it('names whom to ask, and how to get to a yes once the time for it is over', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    match(await shown(carer), /Questions\? Ask the school, or Stepping Stones[^<]*, \d/)
    await answer(carer, { 'answer.share': 'refused', 'answer.support': 'refused' })
    doesNotMatch(await shown(carer), /Ask the school to ask you again/)
    match(await shown(carer), /I want to change my answer/)
    await world.db.prepare('UPDATE referral SET delete_on = ?2 WHERE id = ?1').bind(sent.id, '2025-12-31').run()
    const late = await letIn(world, sent, CARER, { today: addDays(sent.today, 31) })
    const page = await shown(late)
    match(page, /You can still say yes\. Ask the school to ask you again\./)
    doesNotMatch(page, /I want to change my answer/)
  })

  it('says of another nothing but that they are asked, whether they have answered or not, and no matter what', async () => {
    const sent = await sentReferral(world, { pathway: 'placement' })
    const first = await letIn(world, sent, CARER)
    const standing = (page: string) => /Somebody else is asked too\.[^<]*/.exec(page)?.[0]
    const before = (await answer(first, { 'answer.share': 'given' })).text
    match(String(standing(before)), /Nothing has been shared so far\. They have to agree too\./)
    await answer(await letIn(world, sent, OTHER), { 'answer.share': 'refused' })
    const page = await shown(first)
    doesNotMatch(page, /We wait for them/)
    match(page, /Nothing has been shared/)
    deepEqual(standing(page), standing(before))
  })
})

describe('What is over', () => {
  const place = async () => {
    const sent = await sentReferral(world, { pathway: 'placement' })
    const [first, second] = [await letIn(world, sent, CARER), await letIn(world, sent, OTHER)]
    for (const carer of [first, second]) await answer(carer, { 'answer.share': 'given' })
    return { sent, first }
  }
  const ends = async (sent: Sent, outcome: 'decline' | 'finish') => {
    const change = new CaseChange(await openCaseOf(sent), by(sent))
    change.end(outcome)
    equal(await change.keep(world.db), 'done')
  }

  it('is said as it is where it has led to no help, in every language, with nothing about a meeting to come', async () => {
    const { sent, first } = await place()
    match(await shown(first), /You will be asked this when you meet/)
    await ends(sent, 'decline')
    for (const [language, words] of Object.entries(WORDS)) {
      const { text } = await first.get(`${first.page}?lang=${language}`)
      ok(text.includes(words.page.standing.declined(PROVIDER)), language)
      equal(text.includes(words.page.standing.ended(PROVIDER)), false, language)
      equal(text.includes(words.page.inPerson), false, language)
    }
  })

  it('asks nothing any more once the help has ended, of what was left for later', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    await answer(carer, { 'answer.share': 'given' })
    match(await shown(carer), /name="answer\.support"/)
    await ends(sent, 'finish')
    const page = await shown(carer)
    match(page, /The help has ended\./)
    doesNotMatch(page, /name="answer\.support"|The school can ask you again/)
  })

  it('counts no more where the request was stopped, and each yes says so', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    await answer(carer, yes)
    await carer.post(`${carer.page}/take-back`, { purpose: 'share', each: '' })
    for (const [language, words] of Object.entries(WORDS)) {
      const { text } = await carer.get(`${carer.page}?lang=${language}`)
      equal(text.split(words.page.noMore).length, 2, language)
    }
  })

  it('was said in person or by telephone, where somebody else has written it down', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    const who = { person: personIn(carer), name: 'N', how: 'in-person', heardBy: 'Jo', on: sent.today } as const
    await keepAnswers(world.env, { id: sent.id }, who, [{ purpose: 'share', each: '', answer: 'refused' }], by(sent))
    match(await shown(carer), /It was said in person or by telephone\./)
  })

  it('is told to whoever was told of it at school, without saying why', async () => {
    const sent = await sentReferral(world, { provider: 'school2school-norfolk' })
    const told = allFilled(sent.pathway, sent.answers, 'told')
    ok(told.length > 1)
    const carer = await letIn(world, sent, CARER)
    await answer(carer, { 'answer.share': 'given' })
    await carer.post(`${carer.page}/take-back`, { purpose: 'share', each: '' })
    const letters = (await lettersOf(world, sent.id)).filter(({ subject }) =>
      /from your school has been stopped/.test(subject),
    )
    deepEqual(letters.map(({ to }) => to).sort(), [...told].sort())
    for (const { subject, text } of letters)
      doesNotMatch(`${subject}${text}`, /consent|agree|family|Amira|Okonkwo|Example Primary/)
  })
})

describe('A panel that is to decide', () => {
  it('has its day on the pages of family and school, always the present one, and none once it has met', async () => {
    const sent = await sentReferral(world, { pathway: 'placement' })
    const [first, second] = [await letIn(world, sent, CARER), await letIn(world, sent, OTHER)]
    for (const carer of [first, second]) await answer(carer, { 'answer.share': 'given' })
    const coordinator = await signIn(world, { provider: 'stepping-stones', role: 'coordinator' })
    const ask = deskOf(world, 'stepping-stones', sent.today)
    const panelOn = async (today = sent.today) => {
      const headers = { ...sent.headers, 'X-Today': today }
      const heard = await world.ask('GET', `/api/referrals/${sent.id}/progress`, undefined, headers)
      return (heard.body as unknown as ProgressReply).panelOn
    }
    equal(await panelOn(), null)
    const made = await ask(coordinator, 'POST', '/panels', { pathway: 'placement', meetsOn: '2024-10-01', places: 1 })
    equal((await ask(coordinator, 'POST', `/panels/${made.body.id}/cases`, { add: [sent.reference] })).status, 200)
    equal(await panelOn(), '2024-10-01')
    for (const [language, words] of Object.entries(WORDS)) {
      const { text } = await first.get(`${first.page}?lang=${language}`)
      ok(text.includes(words.page.meets(consentLetterIn(language).date('2024-10-01'))), language)
    }
    await ask(coordinator, 'POST', `/panels/${made.body.id}`, { meetsOn: '2024-10-08' })
    equal(await panelOn(), '2024-10-08')
    match(await shown(first), /A meeting looks at the request on 8 October 2024\./)
    equal(await panelOn('2024-10-08'), '2024-10-08')
    equal(await panelOn('2024-10-09'), null)
  })
})

describe('A form', () => {
  it('is heard as it is seen: what is asked, what is wrong and where, and that one can wait', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    const page = await shown(carer)
    match(page, /<fieldset class="purpose" aria-describedby="answer\.share-text">/)
    match(page, /<div id="answer\.share-text">/)
    equal(page.match(/value="later"/g)?.length, 2)
    const form = { ...yes, 'answer.support': 'later', words: 'x'.repeat(2_001) }
    const back = await carer.post(carer.page, formWith(page, form))
    equal(back.status, 422)
    match(back.text, /<textarea [^>]*aria-invalid="true" aria-describedby="words-hint words-error"/)
    match(
      back.text,
      /<a class="error" href="#words">What your child would like to say: Use at most 2000 letters here\.<\/a>/,
    )
    match(back.text, /value="later" checked/)
    await answer(carer, { ...form, words: '' })
    deepEqual(
      (await openCaseOf(sent)).kept.answers.map(({ purpose }) => purpose),
      ['share'],
    )
  })

  it('asks a social worker for their job, and says so where it is missing', async () => {
    const sent = await sentReferral(world, { provider: 'sedis', fills: { 'pupil.born': '2015-02-03' } })
    const person = (await openCaseOf(sent)).kept.people[0]?.id ?? ''
    await world.db.prepare("UPDATE consent_person SET as_who = 'social-worker' WHERE id = ?1").bind(person).run()
    await world.db
      .prepare("UPDATE consent_ask SET purpose = 'specialist', each = 'behaviour-support' WHERE person = ?1")
      .bind(person)
      .run()
    const worker = await letIn(world, sent, CARER, { born: '2015-02-03' })
    const back = await worker.post(
      worker.page,
      formWith(await shown(worker), { 'answer.specialist.behaviour-support': 'given', relationship: '' }),
    )
    match(back.text, /Your job, and where you work: Say what your job is, and where you work\./)
  })
})

describe('A young person’s own words', () => {
  it('are kept where the answer was there already, and where another window had answered', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    const before = await shown(carer)
    await answer(carer, yes)
    const again = await carer.post(carer.page, formWith(await shown(carer), { ...yes, words: 'She likes maths.' }))
    match(again.headers.get('Location') ?? '', /done=same|done=kept/)
    deepEqual(await wordsOf(sent), ['She likes maths.'])
    const stale = await carer.post(
      carer.page,
      formWith(before, { 'answer.share': 'refused', words: 'She likes mornings.' }),
    )
    match(stale.headers.get('Location') ?? '', /done=stale/)
    deepEqual(await wordsOf(sent), ['She likes mornings.'])
  })

  it('can be added, changed and taken away by themselves, also after an answer on paper', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    doesNotMatch(await shown(carer), /id="own-words"/)
    await onPaper(sent, carer, 'given')
    // Beside a question that waits, its own form has a place for them.
    doesNotMatch(await shown(carer), /id="own-words"/)
    await answer(carer, { 'answer.support': 'given' })
    match(await shown(carer), /id="own-words"/)
    const say = async (words: string) => carer.post(`${carer.page}/words`, { words })
    const said = await say('She would like\r\nto stay in maths.')
    match(said.headers.get('Location') ?? '', /done=words/)
    match((await carer.get(said.headers.get('Location') ?? '')).text, /We have kept these words\./)
    deepEqual(await wordsOf(sent), ['She would like\nto stay in maths.'])
    match(await shown(carer), /<textarea [^>]*id="own-words"[^>]*>\nShe would like\nto stay in maths\.<\/textarea>/)
    const back = await say('x'.repeat(2_001))
    equal(back.status, 422)
    match(back.text, /aria-describedby="own-words-hint own-words-error"/)
    await say('')
    deepEqual(await wordsOf(sent), [])
    // The school does not see them, and they go with the yes.
    await say('Mornings are hard.')
    const progress = await world.ask('GET', `/api/referrals/${sent.id}/progress`, undefined, sent.headers)
    doesNotMatch(progress.text, /Mornings/)
    await carer.post(`${carer.page}/take-back`, { purpose: 'share', each: '' })
    deepEqual(await wordsOf(sent), [])
    match((await say('Once more')).headers.get('Location') ?? '', /done=closed/)
    deepEqual(await wordsOf(sent), [])
  })

  it('stay with whoever works with it when an answer is changed or given anew, and nothing is typed then', async () => {
    const sent = await sentReferral(world)
    const coordinator = await signIn(world, { provider: sent.provider, role: 'coordinator' })
    const readOn = async (today: string) => {
      const heard = await deskOf(world, sent.provider, today)(coordinator, 'GET', `/cases/${sent.reference}`)
      return asCase(heard).words.map(({ text }) => text)
    }
    const carer = await letIn(world, sent, CARER)
    await answer(carer, { ...yes, 'answer.share': 'refused', words: 'She likes maths.' })
    await answer(carer, { 'answer.share': 'given', form: 'again-' })
    match(await shown(carer), />\nShe likes maths\.<\/textarea>/)
    deepEqual(await readOn(sent.today), ['She likes maths.'])
    await onPaper(sent, carer, 'given')
    deepEqual(await readOn(sent.today), ['She likes maths.'])

    const today = addDays(sent.today, 340)
    const ask = { as: 'carer', name: SAMPLE['carer.name'], purpose: 'share', person: personIn(carer) }
    const asked = { ...sent.headers, 'X-Today': today }
    equal((await world.ask('POST', `/api/referrals/${sent.id}/progress/ask`, ask, asked)).status, 200)
    const later = await letIn(world, sent, CARER, { today })
    await answer(later, { 'answer.share': 'given' })
    deepEqual(await readOn(addDays(today, 60)), ['She likes maths.'])
    // What is typed stands in place of what was said before, as it does by itself.
    await later.post(`${later.page}/take-back`, { purpose: 'support', each: '' })
    await answer(later, { 'answer.support': 'given', form: 'again-', words: 'She likes mornings.' })
    deepEqual(await readOn(today), ['She likes mornings.'])
    deepEqual(await wordsOf(sent), ['She likes mornings.'])
  })

  it('stand in the form that asks for more, so that who adds to them or takes them away sees what was said', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    await answer(carer, { 'answer.share': 'given', words: 'She likes maths.\r\nShe “hates” <noise>.' })
    const said = 'She likes maths.\nShe “hates” <noise>.'
    deepEqual(await wordsOf(sent), [said])
    const form = async () => {
      const page = await shown(carer)
      const plain = (text = '') =>
        text.replace(/&#(\d+);|&(lt|gt|quot|amp);/g, (sign, code, name) =>
          code ? String.fromCodePoint(Number(code)) : ({ lt: '<', gt: '>', quot: '"', amp: '&' }[String(name)] ?? sign),
        )
      const words = plain(/<textarea [^>]*id="words"[^>]*>\n([^<]*)<\/textarea>/.exec(page)?.[1])
      return formWith(page, { words, held: plain(/name="held" value="([^"]*)"/.exec(page)?.[1]) })
    }
    const first = await form()
    deepEqual([first.words, first.held], [said, said])
    // Another window says something else meanwhile: what this one shows, and nobody has touched, undoes nothing.
    await carer.post(`${carer.page}/words`, { words: 'She likes mornings.' })
    await carer.post(carer.page, { ...first, 'answer.support': 'refused' })
    deepEqual(await wordsOf(sent), ['She likes mornings.'])
    deepEqual((await keptOf(world, sent)).answers.at(-1), 'support refused page')
    // Taken away in the form, it is taken away.
    const again = { ...first, form: 'again-', held: 'She likes mornings.', words: '', seen: '99' }
    await carer.post(carer.page, { ...again, 'answer.support': 'given' })
    deepEqual(await wordsOf(sent), [])
    deepEqual((await keptOf(world, sent)).answers.at(-1), 'support given page')
  })

  it('can be changed often, not without end, and taken away at any time', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    await answer(carer, yes)
    const say = async (words: string) => carer.post(`${carer.page}/words`, { words })
    for (let more = 0; more < 50; more += 1) await say(`Words ${more}`)
    match((await say('One more')).headers.get('Location') ?? '', /done=closed/)
    deepEqual(await wordsOf(sent), ['Words 49'])
    await say('')
    deepEqual(await wordsOf(sent), [])
  })
})

describe('The language that somebody reads in', () => {
  it('is theirs once they have answered in it: letters and pages go by it, and the case says so', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.language': 'en' } })
    const carer = await letIn(world, sent, CARER)
    await answer({ ...carer, page: `${carer.page}?lang=ur` }, yes)
    match(await shown(carer), /<html lang="ur" dir="rtl"/)
    deepEqual(
      (await openCaseOf(sent)).kept.people.map(({ as, language }) => [as, language]),
      [['carer', 'ur']],
    )
    const kept = (await lettersOf(world, sent.id)).find(
      ({ to, subject }) => to === CARER && /آپ کے جواب مل گئے/.test(subject),
    )
    match(kept?.text ?? '', /شکریہ/)
    const sealed = await (await openCaseOf(sent)).readAll<{ readIn?: string }>('answer:')
    deepEqual(
      Object.values(sealed).map(({ readIn }) => readIn),
      ['ur', 'ur'],
    )
  })

  it('stays theirs where a school writes an answer down', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.language': 'pl' } })
    const carer = await letIn(world, sent, CARER)
    await onPaper(sent, carer, 'refused')
    deepEqual(
      (await openCaseOf(sent)).kept.people.map(({ language }) => language),
      ['pl'],
    )
  })
})

describe('An answer that somebody else wrote down', () => {
  it('is told to who gave it in other words, the provider first to turn to', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.language': 'pl' } })
    const carer = await letIn(world, sent, CARER)
    await onPaper(sent, carer, 'refused')
    const letter = async () =>
      (await lettersOf(world, sent.id)).filter(({ to, subject }) => to === CARER && /Mamy odpowiedzi/.test(subject))
    match((await letter()).at(-1)?.text ?? '', /Szkoła zapisała odpowiedź z papieru\./)
    match((await letter()).at(-1)?.text ?? '', /To nie ta odpowiedź\? Prosimy powiadomić: Stepping Stones/)

    const other = await sentReferral(world)
    const inside = await letIn(world, other, CARER)
    await onPaper(other, inside, 'given', 'somebody-of-the-console')
    const told = (await lettersOf(world, other.id)).find(({ subject }) => /We have your answers/.test(subject))
    match(told?.text ?? '', /Stepping Stones[^.]* wrote down an answer of yours, from paper\./)
    doesNotMatch(told?.text ?? '', /Thank you|Please tell the school/)
  })

  it('by the code of a printed letter is marked so for the school', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.email': '' } })
    const person = (await openCaseOf(sent)).kept.people[0]?.id ?? ''
    const printed = await printedLetter(world.env, await openCaseOf(sent), person, by(sent))
    const visitor = visitorOn(world, sent.today)
    const door = await visitor.post(`/consent/${printed?.code}`, bornAs(bornOf(sent)))
    await answer({ ...visitor, page: (door.headers.get('Location') ?? '').replace(/\?.*$/, '') }, yes)
    const heard = await world.ask('GET', `/api/referrals/${sent.id}/progress`, undefined, sent.headers)
    const { consent } = heard.body as unknown as ProgressReply
    deepEqual(
      consent.flatMap(({ people }) => people.map(({ how }) => how)),
      ['code', 'code'],
    )
  })
})

describe('A link for the family', () => {
  it('goes to no address of the provider’s, whose people would answer in their place', async () => {
    const sent = await sentReferral(world)
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'given' })
    const coordinator = await signIn(world, { provider: sent.provider, role: 'coordinator' })
    const desk = deskOf(world, sent.provider, sent.today)
    const seen = asCase(await desk(coordinator, 'GET', `/cases/${sent.reference}`)).case.seen
    const ask = (more: object) =>
      desk(coordinator, 'POST', `/cases/${sent.reference}/ask`, { purpose: 'support', seen, ...more })
    const [known] = (await openCaseOf(sent)).kept.people
    for (const email of [`Coordinator-${coordinator.person}@console.example`, sent.pathway.letters[0]])
      for (const who of [{ person: known?.id }, { as: 'carer', name: 'N. Okonkwo' }]) {
        const heard = await ask({ ...who, email })
        deepEqual([heard.status, faultsIn(heard)], [422, ['/email not-the-providers']], `${email}`)
      }
    equal((await ask({ person: known?.id, email: 'ngozi@other.example' })).status, 200)
    // Nor to one that the school has named before, as the carer’s.
    const named = await sentReferral(world, { fills: { 'carer.email': sent.pathway.letters[0] ?? '' } })
    const [carer] = (await openCaseOf(named)).kept.people
    const change = new CaseChange(await openCaseOf(named), { actor: 'x', today: named.today, now: world.clock.now })
    change.released()
    equal(await change.keep(world.db), 'done')
    const seenNow = asCase(await desk(coordinator, 'GET', `/cases/${named.reference}`)).case.seen
    const heard = await desk(coordinator, 'POST', `/cases/${named.reference}/ask`, { person: carer?.id, seen: seenNow })
    deepEqual([heard.status, faultsIn(heard)], [422, ['/email not-the-providers']])
  })
})

describe('Privacy and complaints', () => {
  it('are a press away from every page, whatever became of it', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    const left = await carer.post(`${carer.page}/leave`, {})
    for (const path of [carer.page, left.headers.get('Location') ?? ''])
      match((await (await letIn(world, sent, CARER)).get(path)).text, /href="\/stepping-stones\/(privacy|complaints)/)
    // In another language too.
    const closed = (await carer.get(left.headers.get('Location') ?? '')).text
    const [, other = ''] = /<a href="([^"]*)" lang="pl"/.exec(closed) ?? []
    match((await carer.get(other.replaceAll('&amp;', '&'))).text, /href="\/stepping-stones\/privacy"/)
    // A reader of another language hears beforehand that the notices are in English.
    const welsh = await letIn(world, sent, CARER)
    match((await welsh.get(`${welsh.page}?lang=cy`)).text, /\/privacy\?lang=cy"[^>]*>[^(]*\(yn Saesneg\)/)
    const stranger = visitorOn(world, sent.today)
    for (const path of ['/consent', `/consent/${'0'.repeat(64)}`, carer.page, '/consent/left'])
      match((await stranger.get(path)).text, /href="\/"[^>]*>How your data is used, and how to complain/)
  })
})

describe('A refusal', () => {
  it('is in the reader’s language, whatever was refused', async () => {
    const slow = worldOn(world.db, { ENVIRONMENT: 'production', WRITES_A_MINUTE: '1' })
    const visitor = visitorOn(slow, '2024-09-10')
    let busy = await visitor.post('/consent?lang=ur', { code: '' })
    for (let more = 0; more < 3 && busy.status !== 429; more += 1)
      busy = await visitor.post('/consent?lang=ur', { code: '' })
    equal(busy.status, 429)
    match(busy.text, /<html lang="ur" dir="rtl">/)
    match(busy.text, /براہ کرم ایک منٹ رکیں/)
    ok(Number(busy.headers.get('Retry-After')) > 0)
    const foreign = await visitorOn(world, '2024-09-10').post(
      '/consent?lang=pl',
      { code: '' },
      { 'Sec-Fetch-Site': 'cross-site' },
    )
    equal(foreign.status, 403)
    match(foreign.text, /Ta odpowiedź nie przyszła z naszej strony\./)
    const big = await visitorOn(world, '2024-09-10').post('/consent?lang=cy', { code: 'x'.repeat(2_000_000) })
    equal(big.status, 413)
    match(big.text, /Roedd hynny’n rhy hir/)
  })
})

describe('Where nobody is known yet', () => {
  const firstOf = async (accepted: string, path = '/consent') => {
    const heard = await visitorOn(world, '2024-09-10').get(path, 'GET', { 'Accept-Language': accepted })
    return /<html lang="([^"]*)"/.exec(heard.text)?.[1]
  }

  it('is read in the language of the browser, where the pages speak it', async () => {
    equal(await firstOf('pl-PL,pl;q=0.9,en;q=0.8'), 'pl')
    equal(await firstOf('fr;q=0.9, en;q=0.2, ur;q=0.5, pl;q=0'), 'ur')
    equal(await firstOf('en-GB,en;q=0.9,pl;q=0.8'), 'en-GB')
    equal(await firstOf('fr, *;q=0.5'), 'en-GB')
    equal(await firstOf(';;q=x,,'), 'en-GB')
    // What was chosen on a page counts for more.
    equal(await firstOf('pl', '/consent?lang=cy'), 'cy')
    equal(await firstOf('pl', `/consent/${'0'.repeat(64)}`), 'pl')
  })

  it('gives way to the language in which somebody is asked', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.language': 'ur' } })
    const openCase = await openCaseOf(sent)
    const [person] = openCase.kept.people
    const letter = await printedLetter(world.env, openCase, person?.id ?? '', by(sent))
    const reader = { 'Accept-Language': 'pl' }
    const visitor = visitorOn(world, sent.today)
    const asks = await visitor.get('/consent', 'GET', reader)
    const [, action = ''] = /<form method="post" action="([^"]*)"/.exec(asks.text) ?? []
    const heard = await visitor.post(action.replaceAll('&amp;', '&'), { code: letter?.code ?? '' }, reader)
    const door = await visitor.get(heard.headers.get('Location') ?? '', 'GET', reader)
    match(door.text, /<html lang="ur" dir="rtl">/)
  })
})

describe('A visit', () => {
  it('ends in the language in which it was read, by pressing and by itself', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.language': 'ur' } })
    const carer = await letIn(world, sent, CARER)
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const inside = (await carer.post(path, bornAs(bornOf(sent)))).headers.get('Location') ?? ''
    const [leaves = ''] = /[^"]*\/leave[^"]*/.exec((await carer.get(inside)).text) ?? []
    const left = await carer.post(leaves.replaceAll('&amp;', '&'), {})
    world.clock.now += 5 * 3_600_000
    for (const address of [left.headers.get('Location') ?? '', inside])
      match((await carer.get(address)).text, /<html lang="ur" dir="rtl">/, address)
    // English is asked for by name where theirs is another.
    const chosen = await letIn(world, sent, CARER)
    match((await chosen.get(`${chosen.page}?lang=en`)).text, /action="[^"]*\/leave\?lang=en"/)
  })

  it('hands a form back with everything in it that comes once it is over, in a rush or while we fail, to be sent again', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.language': 'pl' } })
    const carer = await letIn(world, sent, CARER)
    const page = `${carer.page}?lang=pl`
    const typed = { ...yes, name: 'N. “O’Konkwo”', words: 'She likes maths.\r\nAnd <b>mornings</b>.' }
    const form = formWith((await carer.get(page)).text, typed)
    const heldIn = ({ text }: Heard) =>
      Object.fromEntries(
        [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [
          name,
          value
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&amp;', '&'),
        ]),
      )
    world.env.WRITES_A_MINUTE = '1'
    let rushed = await carer.post(page, { ...form, name: '' })
    for (let more = 0; more < 3 && rushed.status !== 429; more += 1)
      rushed = await carer.post(page, { ...form, name: '' })
    // What another website sends in the rush is handed to nobody.
    world.env.READS_A_MINUTE = '1'
    const foreign = await carer.post(page, form, {
      Origin: 'https://elsewhere.example',
      'Sec-Fetch-Site': 'cross-site',
    })
    delete world.env.READS_A_MINUTE
    delete world.env.WRITES_A_MINUTE
    deepEqual([foreign.status, heldIn(foreign)], [429, {}])
    equal(rushed.status, 429)
    ok(Number(rushed.headers.get('Retry-After')) > 0)
    deepEqual(heldIn(rushed), { ...form, name: '' })
    // So is one that could not be kept on our side: while a copy is restored there are no keys.
    const { MASTER_KEYS } = world.env
    delete world.env.MASTER_KEYS
    const failed = await carer.post(page, form)
    Object.assign(world.env, { MASTER_KEYS })
    deepEqual([failed.status, failed.headers.get('Retry-After')], [503, '60'])
    match(failed.text, /<html lang="pl" dir="ltr">/)
    deepEqual(heldIn(failed), form)
    world.clock.now += 5 * 3_600_000
    const held = await carer.post(page, form)
    equal(held.status, 401)
    match(held.text, /<html lang="pl" dir="ltr">/)
    match(held.text, /Ta strona sama się zamknęła/)
    ok(!held.text.includes('<b>mornings'))
    deepEqual(heldIn(held), form)
    const action = /<form method="post" action="([^"]*)"/.exec(held.text)?.[1] ?? ''
    equal(action, page)
    // The link is opened anew, in another window of the same browser.
    await carer.post(consentPathIn(await askedAt(world, sent, CARER)), bornAs(bornOf(sent)))
    equal((await carer.post(action, heldIn(held))).status, 303)
    deepEqual(await wordsOf(sent), ['She likes maths.\nAnd <b>mornings</b>.'])
    // So are words by themselves; what was not typed is not held.
    world.clock.now += 5 * 3_600_000
    deepEqual(heldIn(await carer.post(`${carer.page}/words`, { words: 'And books.' })), { words: 'And books.' })
    const back = await carer.post(`${carer.page}/take-back`, { purpose: 'share', each: '' })
    deepEqual([back.status, heldIn(back)], [401, {}])
  })

  it('goes on for as long as something is sent by it', async () => {
    const sent = await sentReferral(world)
    const carer = await letIn(world, sent, CARER)
    const hour = 3_600_000
    for (let times = 0; times < 3; times += 1) {
      world.clock.now += 3 * hour
      await carer.post(`${carer.page}`, formWith('', {}))
      equal((await carer.post(`${carer.page}/take-back`, { purpose: 'share', each: '' })).status, 303)
    }
    equal((await carer.get(carer.page)).status, 200)
    // What is only looked at prolongs nothing.
    world.clock.now += 3 * hour
    equal((await carer.get(carer.page)).status, 200)
    world.clock.now += 2 * hour
    equal((await carer.get(carer.page)).status, 401)
  })
})
