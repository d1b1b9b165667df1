import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { addDays } from '../../catalogue/rules/dates.ts'
import { printedLetter } from '../../worker/consents/asking.ts'
import { consentLetterIn } from '../../worker/letters/consent-letter.ts'
import { openCaseWith } from '../../worker/referrals/open-case.ts'
import { answer, askedAt, bornAs, bornOf, consentPathIn, letIn, visitorOn } from './consenting.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { asCase, deskOf } from './desk.ts'
import { type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf, type OpenedLetter, SAMPLE, type Sent, sentReferral } from './referring.ts'

const CARER = SAMPLE['carer.email'] ?? ''
const LINK = { origin: 'http://localhost' }
const LANGUAGES = ['en', 'cy', 'pl', 'ur', 'ar'] as const
const yes = { 'answer.share': 'given', 'answer.support': 'given' }

let world: World
let coordinator: SignedInPerson
let practitioner: SignedInPerson
before(async () => {
  world = worldOn(await quickDatabase())
  coordinator = await signIn(world, { provider: 'stepping-stones', role: 'coordinator' })
  practitioner = await signIn(world, { provider: 'stepping-stones', role: 'practitioner' })
})

/** Letters are in the order of their instants. */
const later = () => {
  world.clock.now += 1_000
}
/** A form need not offer a language that somebody reads their page in. */
const sentIn = async (language: string) => {
  const sent = await sentReferral(world)
  await world.db.prepare('UPDATE consent_person SET language = ?2 WHERE referral = ?1').bind(sent.id, language).run()
  return sent
}
const released = async (language = 'en') => {
  const sent = await sentIn(language)
  const carer = await letIn(world, sent, CARER)
  await answer(carer, yes)
  later()
  return { sent, carer }
}
const desk = ({ today }: Sent) => deskOf(world, 'stepping-stones', today)
const decide = async (sent: Sent, move: string) => {
  const ask = desk(sent)
  const at = `/cases/${sent.reference}`
  await ask(coordinator, 'POST', `${at}/people`, { person: practitioner.person })
  const { seen } = asCase(await ask(coordinator, 'GET', at)).case
  later()
  const heard = await ask(coordinator, 'POST', `${at}/moves`, { move, reason: 'A reason', seen })
  equal(heard.status, 200, heard.text)
}
const lastTo = async ({ id }: Sent, address: string): Promise<OpenedLetter> => {
  const letter = (await lettersOf(world, id)).findLast(({ to }) => to === address)
  ok(letter)
  return letter
}
const personOf = async ({ id }: Sent): Promise<string> => {
  const openCase = await openCaseWith(world.env, { id })
  return openCase?.kept.people[0]?.id ?? ''
}
const printed = async (sent: Sent) => {
  const openCase = await openCaseWith(world.env, { id: sent.id })
  ok(openCase)
  const by = { actor: 'school', today: sent.today, now: world.clock.now, link: LINK }
  const letter = await printedLetter(world.env, openCase, await personOf(sent), by)
  ok(letter)
  return letter.html
}
const newLink = async (sent: Sent) => {
  later()
  const heard = await world.ask(
    'POST',
    `/api/referrals/${sent.id}/progress/ask`,
    { as: 'carer', name: SAMPLE['carer.name'], person: await personOf(sent) },
    { ...sent.headers, 'Idempotency-Key': crypto.randomUUID() },
  )
  equal(heard.status, 200, heard.text)
  return askedAt(world, sent, CARER)
}
const opens = async (sent: Sent, letter: OpenedLetter) => {
  const heard = await visitorOn(world, sent.today).post(consentPathIn(letter), bornAs(bornOf(sent)))
  equal(heard.status, 303, heard.text.slice(0, 300))
}

describe('A letter to a family about a step', () => {
  it('says from whom it comes and what happens now in the words of their page, in their language too, and never what a stage is called', async () => {
    const { sent } = await released('ur')
    await decide(sent, 'take-up')
    const { text } = await lastTo(sent, CARER)
    const stage = sent.pathway.stages.find(({ id }) => id === 'observation')
    match(text, /This letter comes from Stepping Stones/)
    ok(text.includes(stage?.forFamilies?.text ?? '?'), text)
    ok(text.includes(stage?.forFamilies?.in?.find(({ language }) => language === 'ur')?.text ?? '?'), text)
    equal(text.includes(stage?.name ?? '?'), false, text)
    match(text, /یہ خط انگریزی میں ہے/)
    doesNotMatch(text, /Our first letter/)
  })

  it('brings a link of its own to their page, while the case goes on and once it has ended, and earlier ones go on working', async () => {
    const { sent } = await released()
    const first = await askedAt(world, sent, CARER)
    await decide(sent, 'take-up')
    const step = await lastTo(sent, CARER)
    match(step.text, /You can see your answers or change your mind here:\nhttp/)
    match(step.text, /It first asks for your child’s date of birth/)
    await decide(sent, 'end-here')
    const end = await lastTo(sent, CARER)
    match(end.text, /The request is now closed/)
    equal(new Set([first, step, end].map(consentPathIn)).size, 3)
    for (const letter of [first, step, end]) await opens(sent, letter)
    for (const { subject, text } of [step, end]) doesNotMatch(subject + text, /Amira|Okonkwo|Ngozi|Example Primary/)
  })
})

describe('A new way in for a family that has answered', () => {
  for (const language of LANGUAGES)
    it(`asks nothing, by a link or on paper, and says what can be seen and changed (${language})`, async () => {
      const { sent } = await released(language)
      const words = consentLetterIn(language)
      const letter = await newLink(sent)
      const { subject, text } = letter
      equal(subject, words.look.subject(sent.reference))
      const door = await visitorOn(world, sent.today).get(consentPathIn(letter))
      ok(door.text.includes(`<h1>${words.look.title}</h1>`), door.text)
      const html = await printed(sent)
      for (const told of [text, html]) {
        ok(told.includes(words.look.can), told)
        equal(told.includes(words.choice), false)
        equal(told.includes(words.asks(sent.pathway.name).carer), false)
      }
      ok(html.includes(`<h1>${words.look.title}</h1>`))
      ok(html.includes(`<p>${words.date(sent.today)}</p>`), html)
    })

  it('still asks what waits for an answer, without saying that nothing is shared yet', async () => {
    const sent = await sentIn('en')
    const before = await newLink(sent)
    match(before.text, /Before anything is shared/)
    match(await printed(sent), /<h1>A question for you<\/h1>/)
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'given' })
    later()
    const after = await newLink(sent)
    match(after.subject, /^A question for you/)
    match(after.text, /There is a question for you\./)
    doesNotMatch(after.text, /Before anything is shared/)
  })
})

describe('A letter after an answer', () => {
  for (const language of LANGUAGES) {
    const words = consentLetterIn(language)

    it(`confirms that a yes was taken back, and by when what is left is deleted (${language})`, async () => {
      const { sent, carer } = await released(language)
      await carer.post(`${carer.page}/take-back`, { purpose: 'share', each: '' })
      const { text } = await lastTo(sent, CARER)
      ok(text.includes(words.kept.no.withdrawn), text)
      ok(
        text.includes(words.kept.stopped('Stepping Stones (Short Stay) School', words.date(addDays(sent.today, 30)))),
        text,
      )
      equal(text.includes(words.kept.text), false)
      equal(text.includes('/consent/'), false, 'there is nothing to come back to')
    })

    it(`confirms a first no, and brings the way to change it (${language})`, async () => {
      const sent = await sentIn(language)
      const carer = await letIn(world, sent, CARER)
      later()
      await answer(carer, { 'answer.share': 'refused', 'answer.support': 'refused' })
      const letter = await lastTo(sent, CARER)
      ok(letter.text.includes(words.kept.no.refused), letter.text)
      ok(letter.text.includes(words.date(addDays(sent.today, 30))), letter.text)
      ok(letter.text.includes(words.kept.look), letter.text)
      await opens(sent, letter)
    })
  }

  it('is as plain of a yes and of answers of both kinds, with the way back', async () => {
    const sent = await sentIn('en')
    const carer = await letIn(world, sent, CARER)
    const first = await askedAt(world, sent, CARER)
    later()
    await answer(carer, { 'answer.share': 'given', 'answer.support': 'refused' })
    const letter = await lastTo(sent, CARER)
    match(letter.text, /Thank you\. We have kept your answers\.\n/)
    doesNotMatch(letter.text, /You said no|deleted/)
    notEqual(consentPathIn(letter), consentPathIn(first))
    await opens(sent, letter)
    await opens(sent, first)
  })

  it('confirms the no that somebody else wrote down', async () => {
    const sent = await sentIn('en')
    const no = { person: await personOf(sent), purpose: 'share', answer: 'refused', how: 'in-person', on: sent.today }
    const body = { ...no, name: 'Ngozi Okonkwo', heardBy: 'Jo Referrer' }
    later()
    const heard = await world.ask('POST', `/api/referrals/${sent.id}/progress/heard`, body, sent.headers)
    equal(heard.status, 200, heard.text)
    match(
      (await lastTo(sent, CARER)).text,
      /The school wrote down an answer that you gave\. You said no\. That is fine\. .* has not read the request\./,
    )
  })
})

describe('A letter to a provider about a referral that can be read', () => {
  it('names what is due by when, and speaks of no deadlines where there are none', async () => {
    const { sent } = await released()
    const letter = (await lettersOf(world, sent.id)).find(({ subject }) => /can be read/.test(subject))
    match(letter?.text ?? '', /has released/)
    doesNotMatch(letter?.text ?? '', /deadline|What is due/)

    const norfolk = await sentReferral(world, { provider: 'school2school-norfolk' })
    await answer(await letIn(world, norfolk, CARER), { 'answer.share': 'given' })
    const told = (await lettersOf(world, norfolk.id)).filter(({ subject }) => /can be read/.test(subject))
    ok(told.length > 0)
    for (const letter of told) match(letter.text, /What is due\n.*: by \d+ June 2015\./)
    deepEqual([...new Set(told.map(({ subject }) => subject))], [`Referral ${norfolk.reference} can be read`])
  })
})
