import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { ProgressReply } from '../../catalogue/wire/referral.ts'
import { longDate } from '../../components/words/en/money.ts'
import { DAYS, SAMPLE } from '../worker/referring.ts'
import { deskOf } from './desk.ts'
import {
  answerOnPhone,
  asking,
  type Caller,
  callerOf,
  consentLink,
  fillParts,
  keptAs,
  Letters,
  type OnPaper,
  openLink,
  privateIn,
  referOnPages,
  type SentReferral,
  saysNothingOf,
  sendReferral,
} from './referring.ts'
import { fits, keepsQuiet, openStage, type Stage, type Visit } from './visit.ts'

const PUPIL = SAMPLE['pupil.name'] ?? ''
const CARER = SAMPLE['carer.email'] ?? ''
const SECOND = SAMPLE['second-carer.email'] ?? ''
const MOTHER = { name: 'Ngozi Okonkwo', relationship: 'Mother' }

/** A child of nine on a provider’s day. */
const bornOn = (today: string) => `${Number(today.slice(0, 4)) - 9}-02-03`

describe('A referral, from the first question to the last letter', { concurrency: 3 }, () => {
  let stage: Stage
  let letters: Letters
  before(async () => {
    stage = await openStage()
    letters = new Letters(stage.product)
  })
  after(() => stage?.close())

  /** Refers a pupil on the portal’s pages without scripts; the page stands at the reference. */
  const refer = (provider: string, pathway: string, more: Parameters<typeof referOnPages>[1] = {}) =>
    referOnPages(stage, { provider, pathway, today: DAYS[provider] ?? '', ...more }, { width: 360, script: false })
  /** Opens the door of somebody who has answered already. */
  const openDoor = async (link: string, born: string) => {
    const visit = await stage.visit(link, { width: 360, script: false })
    const [year = '', month = '', day = ''] = born.split('-')
    for (const [part, value] of Object.entries({ day, month, year })) await visit.page.locator(`#${part}`).fill(value)
    await visit.page.locator('main form button').first().click()
    return visit
  }
  /** The carer agrees on a phone without scripts. */
  const agree = async (
    { reference, today }: Pick<OnPaper, 'today'> & { reference: string },
    purposes: readonly string[],
    { to = CARER, name = MOTHER.name, relationship = MOTHER.relationship, born = bornOn(today), lang = 'en' } = {},
  ) => {
    const answers = Object.fromEntries(purposes.map((purpose) => [purpose, 'given' as const]))
    const link = consentLink(await letters.about(reference, 2), to)
    const { page, wrong } = await answerOnPhone(stage, link, { answers, name, relationship, born, lang })
    deepEqual(wrong, [])
    await page.context().close()
  }
  /** Consent on paper, which the school writes down. */
  const agreeOnPaper = async ({ id, headers, today, reference }: SentReferral, as: string) => {
    const { ask } = asking(stage.product)
    const { body } = await ask('GET', `/api/referrals/${id}/progress`, undefined, headers)
    const [share] = (body as unknown as ProgressReply).consent
    const asked = share?.people.find(({ relationship }) => relationship === as)
    const { person = '', name = '' } = asked ?? {}
    const heard = { person, purpose: 'share', answer: 'given', how: 'paper', on: today, name, heardBy: 'Jo Referrer' }
    equal((await ask('POST', `/api/referrals/${id}/progress/heard`, heard, headers)).status, 200, reference)
  }
  /** Holds what the school’s page says of how it stands, and leaves it open. */
  const says = async ({ page, wrong }: Visit, ...texts: (string | RegExp)[]) => {
    const address = new URL(page.url())
    await page.goto(
      `${address.origin}${address.pathname.replace(/(\/referrals\/[0-9a-f]{32}).*$/, '$1/progress')}${address.search}`,
    )
    const said = await page.locator('main').innerText()
    for (const text of texts) match(said, typeof text === 'string' ? new RegExp(text) : text)
    deepEqual(wrong, [])
  }
  /** Holds what every letter about a referral leaves out, and that the family and the school had so many. */
  const wrote = async ({ reference, ...referral }: OnPaper & { reference: string }, wanted: Record<string, number>) => {
    const all = await letters.about(
      reference,
      Object.values(wanted).reduce((sum, one) => sum + one, 0),
      // What others are told, who were at the console while another journey went on, fills no place of these.
      ({ to }) => to in wanted,
    )
    const count = Object.fromEntries(Object.keys(wanted).map((to) => [to, all.filter((one) => one.to === to).length]))
    deepEqual(count, wanted)
    saysNothingOf(all, [...privateIn(referral), ...PUPIL.split(/[ -]/)])
    return all
  }
  const peopleOf = async (provider: string, ...roles: string[]): Promise<Caller[]> =>
    Promise.all(roles.map((role) => callerOf(stage.product, role, { provider, today: DAYS[provider] ?? '' })))
  /** Gives a case to the practitioner. */
  const assign = async (runs: Caller, reference: string) => {
    const { assignable } = await runs.read(reference)
    await runs.act(reference, 'people', { person: assignable.find(({ role }) => role === 'practitioner')?.id ?? '' })
  }
  /** Writes down what was done, today. */
  const record = async (who: Caller, reference: string, today: string, ...events: string[]) => {
    for (const event of events) await who.act(reference, 'events', { event, on: today })
  }
  /** Arranges a panel today with one member and these cases on its agenda. */
  const panelOf = async (runs: Caller, pathway: string, today: string, cases: string[], places?: number) => {
    const made = await runs.send('/panels', { pathway, meetsOn: today, ...(places === undefined ? {} : { places }) })
    const panel = String(made.body.id)
    await runs.send(`/panels/${panel}/cases`, { add: cases })
    const { couldSit } = (await runs.get(`/panels/${panel}`)).body as { couldSit: { id: string; role: string }[] }
    await runs.send(`/panels/${panel}/people`, {
      people: couldSit.flatMap(({ id, role }) => (role === 'panel-member' ? id : [])),
    })
    return panel
  }
  /** What was heard of the carer in person. */
  const hear = async (who: Caller, reference: string, purpose: string, on: string) => {
    const { family } = await who.read(reference)
    for (const { person, name } of family.filter(({ as }) => as === 'carer'))
      await who.act(reference, 'heard', { person, purpose, answer: 'given', how: 'in-person', on, name })
  }
  const sound = async (page: Page, where: string) => {
    await fits(page, where)
    equal(/Amira|Okonkwo/.test(await page.title()), false, where)
    await keepsQuiet(page, ['Amira', 'Okonkwo', bornOn(DAYS['stepping-stones'] ?? '')], where)
    deepEqual(await stage.faults(page), [], where)
  }

  it('begins on a school’s website, goes on at a link, is agreed to on a phone and worked on at the console', async () => {
    const begun = await referOnPages(
      stage,
      { pathway: 'outreach', at: `${stage.product.demoOrigin}/referral.html`, until: 'request', look: sound },
      { width: 360 },
    )
    await begun.page.getByRole('button', { name: 'Save and go to the list' }).click()
    await begun.page.getByRole('heading', { name: 'Your referral', exact: true }).waitFor()
    await sound(begun.page, 'the list with parts that are done')
    deepEqual(begun.wrong, [])
    await begun.page.context().close()

    // The letter’s link opens it in another browser, by the address that the letter went to.
    const draft = await letters.to(begun.email, 1)
    const school = await openLink(stage, draft, begun.email)
    await school.page.getByRole('link', { name: 'The pupil', exact: true }).click()
    equal(await school.page.locator('[name="answers.name"]').inputValue(), PUPIL)
    await school.page.goBack()
    await school.page.getByRole('link', { name: 'Practical needs' }).click()
    const reference = await fillParts(school.page, begun, { from: 'practical' })
    match(reference, /^SS-/)
    await says(school, 'waits for consent')
    const referral = { ...begun, reference }

    const link = consentLink(await letters.about(reference, 3), CARER)
    const born = bornOn(begun.today)
    const answers = { share: 'given', support: 'given' } as const
    const parent = await answerOnPhone(stage, link, { answers, ...MOTHER, born, script: true })
    await sound(parent.page, 'the parent’s page')
    // The page goes on to where the answer led, and leaves the reply unread.
    deepEqual(
      parent.wrong.filter((one) => !one.endsWith(' failed')),
      [],
    )

    const desk = await deskOf(stage, 'coordinator')
    await desk.page.goto(`${stage.product.origin}/console/stepping-stones/cases`)
    await desk.page.getByRole('link', { name: reference }).click()
    const decide = async (page: Page, name: string) => {
      await page.getByRole('button', { name, exact: true }).first().click()
      await page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
      await page.locator('main .notice', { hasText: `Done: ${name}.` }).waitFor()
    }
    await desk.page.getByLabel('Give it to').selectOption({ label: 'Demonstration practitioner (practitioner)' })
    await desk.page.getByRole('button', { name: 'Name them' }).click()
    await desk.page.getByRole('button', { name: /Take it from them/ }).waitFor()
    await decide(desk.page, 'Take it up')
    const works = await deskOf(stage, 'practitioner')
    await works.page.goto(desk.page.url())
    const note = async (what: string) => {
      await works.page.getByRole('button', { name: 'Write down what was done' }).click()
      await works.page.getByLabel('What was done?').selectOption({ label: what })
      await works.page.locator('#writing').getByRole('button', { name: 'Write it down' }).click()
      await works.page.locator('main .notice', { hasText: 'It is written down.' }).waitFor()
    }
    const names = new Map(begun.pathway.events.map(({ id, name }) => [id, name]))
    await note(names.get('visit') ?? '')
    await note(names.get('report-shared') ?? '')
    await decide(works.page, 'Begin the agreed support')
    await says(school, 'Support at school', /\d+ October 2024/)
    await note(names.get('review') ?? '')
    await decide(works.page, 'Finish after the review')
    // Who worked on it reads it no more once it has ended.
    deepEqual(
      [...desk.wrong, ...works.wrong].filter((one) => !one.includes('404')),
      [],
    )

    await says(school, 'It has ended')
    await parent.page.reload()
    deepEqual(await keptAs(stage.product, reference), {
      status: 'ended',
      stage: 'support',
      outcome: 'finish',
      places: [],
    })
    const all = await wrote(referral, { [begun.email]: 5, [CARER]: 5, 'practitioner@stepping-stones.example': 1 })
    equal(all.filter(({ subject }) => subject.includes(reference)).length, all.length)
    await Promise.all([desk, works].map(({ context }) => context.close()))
    await Promise.all([school, parent].map(({ page }) => page.context().close()))
  })

  it('waits for a place at Stepping Stones, gets it, and comes back to school', async () => {
    const provider = 'stepping-stones'
    const today = DAYS[provider] ?? ''
    const fills = { 'carer.language': 'ur', 'second-carer.email': '' }
    const sent = await sendReferral(stage.product, { provider, pathway: 'placement', fills })
    const { reference } = sent
    await agree(sent, ['share'], { lang: 'ur' })
    equal((await keptAs(stage.product, reference)).status, 'waiting')
    // The father has no e-mail: the school prints his letter, and he types the code that stands there.
    const school = await openLink(stage, await letters.about(reference, 5), sent.email)
    const [paper] = await Promise.all([
      school.page.context().waitForEvent('page'),
      school.page.getByRole('button', { name: 'Piotr Kaye' }).first().click(),
    ])
    const code = await paper.locator('.code').innerText()
    await paper.locator('svg.picture').waitFor()
    equal((await paper.content()).includes('Amira'), false)
    const typing = await stage.visit(`${stage.product.origin}/consent?today=${today}`, { width: 360, script: false })
    await typing.page.locator('#code').fill(code.toLowerCase())
    await typing.page.locator('main form button').click()
    await typing.page.locator('#day').waitFor()
    const father = { name: 'Piotr Kaye', relationship: 'Father', born: bornOn(today) }
    const answered = await answerOnPhone(stage, typing.page.url(), { answers: { share: 'given' }, ...father })
    await Promise.all([typing, answered].map(({ page }) => page.context().close()))
    const [runs, sits, works] = (await peopleOf(provider, 'coordinator', 'panel-member', 'practitioner')) as [
      Caller,
      Caller,
      Caller,
    ]
    equal((await sits.get(`/cases/${reference}`)).status, 404)
    const panel = await panelOf(runs, 'placement', today, [reference], 0)
    const none = await sits.move(reference, 'give-place', { reason: 'It fits', panel }, 409)
    match(none.text, /waiting list/)
    await sits.move(reference, 'wait', { reason: 'It fits; no place is free', panel })
    const { body } = await runs.get('/waiting?pathway=placement')
    ok(JSON.stringify(body).includes(reference))
    await runs.send(`/panels/${panel}/places`, { places: 1 })
    await runs.move(reference, 'give-free-place', { reason: 'A place is free', panel })
    await assign(runs, reference)
    await record(works, reference, today, 'admission-meeting')
    await works.move(reference, 'start', {}, 422)
    await hear(works, reference, 'place', today)
    await works.move(reference, 'start')
    await says(school, 'At Stepping Stones', 'Take up the place: Yes', 'by 2 December 2024')
    await record(works, reference, today, 'review')
    await works.move(reference, 'return')
    await record(works, reference, today, 'supporting-visit')
    await works.move(reference, 'finish')
    await says(school, 'It has ended')
    deepEqual(await keptAs(stage.product, reference), {
      status: 'ended',
      stage: 'reintegration',
      outcome: 'finish',
      places: ['referral-place given back'],
    })
    await wrote(sent, { [sent.email]: 10, [CARER]: 8, [SECOND]: 0 })
    await school.page.context().close()
  })

  it('ends at Golden Hill when a parent takes the yes back: nobody opens it any more, and all who hold it are told', async () => {
    const sent = await refer('golden-hill', 'outreach', { fills: { 'carer.language': 'ur' } })
    const { reference, email, today } = sent
    match(reference, /^GH-/)
    const [runs, works] = (await peopleOf('golden-hill', 'owner', 'practitioner')) as [Caller, Caller]
    // Whoever never came to the console is told nothing by letter: both have been there.
    for (const who of [runs, works]) equal((await who.get('/cases')).status, 200)
    await agree(sent, ['share', 'support'], { lang: 'ur' })
    await runs.move(reference, 'take-up', {}, 422)
    await assign(runs, reference)
    await runs.move(reference, 'take-up')
    await record(works, reference, today, 'visit', 'report-shared')
    await works.move(reference, 'begin-support')
    await says(sent, 'Support at school', 'Begin the agreed support')

    const link = consentLink(await letters.about(reference, 6), CARER)
    const parent = await openDoor(link, bornOn(today))
    await parent.page.locator('details:has(button) summary').first().click()
    await parent.page.locator('details button').first().click()
    await parent.page.waitForURL(/done=/)
    equal((await parent.page.content()).includes(PUPIL), false)
    for (const who of [runs, works]) equal((await who.get(`/cases/${reference}`)).status, 404)
    equal((await keptAs(stage.product, reference)).status, 'stopped')
    await says(sent, 'Consent was withdrawn. Work on it has stopped')
    const all = await wrote(sent, {
      [email]: 5,
      [CARER]: 5,
      'practitioner@golden-hill.example': 2,
      'owner@golden-hill.example': 2,
    })
    const released = all.filter(({ subject }) => subject === `Referral ${reference} can be read`)
    deepEqual(
      released.map(({ to }) => to),
      ['owner@golden-hill.example'],
    )
    const told = all.filter(({ text }) => /Please stop all work on it now/.test(text)).map(({ to }) => to)
    deepEqual(told.sort(), ['owner@golden-hill.example', 'practitioner@golden-hill.example'])
    await Promise.all([sent, parent].map(({ page }) => page.context().close()))
  })

  it('comes to Golden Hill’s panel, which asks the school for more, and ends with its third visit', async () => {
    const provider = 'golden-hill'
    const today = DAYS[provider] ?? ''
    const sent = await sendReferral(stage.product, { provider, pathway: 'placement' })
    const { reference, email } = sent
    for (const as of ['Mother', 'Father']) await agreeOnPaper(sent, as)
    const [runs, works] = (await peopleOf(provider, 'owner', 'practitioner')) as [Caller, Caller]
    const panel = await panelOf(runs, 'placement', today, [reference], 2)
    await runs.move(reference, 'ask-more', { reason: 'Which days is the pupil at school?' })
    const school = await openLink(stage, await letters.about(reference, 8), email)
    await says(school, 'More information asked for', 'Which days is the pupil at school')
    await school.page.getByRole('link', { name: 'Answer the question from Golden Hill' }).click()
    await school.page.getByLabel('Your answer').fill('Every day but Friday.')
    await school.page.locator('main form button').first().click()
    await school.page.waitForURL(/said=reply/)
    await says(school, 'Every day but Friday')
    // The answer is what it waited for.
    equal((await keptAs(stage.product, reference)).stage, 'panel')
    await runs.send(`/panels/${panel}/cases`, { add: [reference] })
    await runs.move(reference, 'give-place', { reason: 'It fits', panel })
    await assign(runs, reference)
    await record(works, reference, today, 'admission-meeting')
    await hear(works, reference, 'place', today)
    await works.move(reference, 'start')
    await record(works, reference, today, 'review')
    await works.move(reference, 'return')
    await record(works, reference, today, 'first-visit', 'second-visit')
    await works.move(reference, 'finish', {}, 422)
    await record(works, reference, today, 'third-visit')
    await works.move(reference, 'finish')
    await says(school, 'It has ended', /Review[^\n]*\s+done on/)
    deepEqual((await keptAs(stage.product, reference)).places, ['referral-place given back'])
    saysNothingOf(await letters.about(reference, 20), [...privateIn(sent), 'Friday'])
    await school.page.context().close()
  })

  it('is told to three people at school in Norfolk, has its days, and ends with the evaluation', async () => {
    const provider = 'school2school-norfolk'
    const sent = await refer(provider, 'support', {
      today: '2015-09-15',
      fills: { 'carer.language': 'pl' },
      look: sound,
    })
    const { reference, email, today } = sent
    match(await sent.page.locator('main').innerText(), /First visit: by 23 October 2015/)
    const told = await letters.about(reference, 6)
    deepEqual(
      told
        .filter(({ text }) => /because the form names your address/.test(text))
        .map(({ to }) => to)
        .sort(),
      ['head-email@school.example', 'senco-email@school.example', 'teacher-email@school.example'],
    )
    await agree(sent, ['share', 'visit'], { lang: 'pl' })
    await says(sent, /First contact\s+by 22 September 2015/, /First visit\s+by 23 October 2015/)
    await sound(sent.page, 'how it stands')
    const roles = ['owner', 'practitioner'] as const
    const [runs, works] = (await Promise.all(
      roles.map((role) => callerOf(stage.product, role, { provider, today })),
    )) as [Caller, Caller]
    await record(runs, reference, today, 'first-contact')
    await assign(runs, reference)
    await runs.move(reference, 'take-up')
    await record(works, reference, today, 'first-visit', 'programme-agreed')
    await works.move(reference, 'begin')
    await works.move(reference, 'evaluate')
    await record(works, reference, today, 'evaluation')
    await works.move(reference, 'finish')
    await says(sent, 'It has ended', /First contact\s+done on 15 September 2015/)
    equal((await keptAs(stage.product, reference)).outcome, 'finish')
    await wrote(sent, { [email]: 6, [CARER]: 6, 'admin@s2ssupport.co.uk': 2 })
    await sent.page.context().close()
  })

  it('gets one of two core places at The Bridge; the third is offered a funded one, and an exclusion withdraws one', async () => {
    const provider = 'bridge'
    const today = DAYS[provider] ?? ''
    const fills = {
      'school.name': `Weir Head High School ${process.pid}`,
      'school.urn': String(100_000 + (process.pid % 900_000)),
    }
    const one = await refer(provider, 'reintegration', { fills, answers: { 'second-carer': { 'second-carer': 'no' } } })
    const single = { provider, pathway: 'reintegration', fills: { ...fills, 'second-carer.name': '' } }
    const others = await Promise.all(
      ['Bo O’Neill', 'عمر حسن'].map((name) =>
        sendReferral(stage.product, {
          ...single,
          fills: { ...single.fills, 'pupil.name': name },
          answers: { 'second-carer': { 'second-carer': 'no' } },
        }),
      ),
    )
    const all = [one, ...others]
    await agree(one, ['share'])
    for (const sent of others) await agreeOnPaper(sent, 'Mother')
    const [runs, sits, works] = (await peopleOf(provider, 'owner', 'panel-member', 'practitioner')) as [
      Caller,
      Caller,
      Caller,
    ]
    const references = all.map(({ reference }) => reference)
    const panel = await panelOf(runs, 'reintegration', today, references)
    const [first = '', second = '', third = ''] = references
    const reason = 'The meeting agreed'
    for (const reference of [first, second]) await sits.move(reference, 'give-core-place', { reason, panel })
    const refused = await sits.move(third, 'give-core-place', { reason, panel }, 409)
    match(refused.text, /Both places.*Additional engagement place.*can be given instead/)
    await sits.move(third, 'offer-engagement-place', { reason, panel })
    await runs.send('/exclusions', { case: first, on: today })
    const places = (await runs.get('/places')).body as { schools: Record<string, unknown>[] }
    const own = places.schools.find(({ school }) => school === fills['school.name'])
    deepEqual([own?.most, own?.withdrawn, own?.taken, own?.left], [2, 1, 2, 0])
    await record(runs, third, today, 'funding-agreed')
    await runs.move(third, 'funded')
    deepEqual((await keptAs(stage.product, third)).places, ['engagement'])

    await assign(runs, first)
    await record(works, first, today, 'first-meeting')
    // Nobody watches a lesson before the family has agreed.
    await works.move(first, 'prepare', {}, 422)
    await hear(works, first, 'place', today)
    await works.move(first, 'prepare')
    await record(works, first, today, 'behaviour-profile')
    await runs.act(first, 'agreement', { name: 'Olga Owner' })
    // One signature is no agreement.
    await works.move(first, 'start', {}, 422)
    await says(one, 'Signed by Olga Owner', 'Not signed yet')
    await one.page.getByRole('link', { name: 'Sign the agreement', exact: true }).click()
    await sound(one.page, 'the agreement')
    match(await one.page.locator('main').innerText(), new RegExp(`${PUPIL}[\\s\\S]*Core inclusion place, for the`))
    await one.page.getByLabel('Your name').fill('Hedda Head')
    await one.page.getByLabel(/role/i).fill('Head teacher')
    await one.page.locator('main form button').first().click()
    await one.page.waitForURL(/said=agreement/)
    await says(one, 'Signed by Hedda Head, Head teacher')
    await works.move(first, 'start')
    await says(one, 'Read and print the agreement')
    await one.page.getByRole('link', { name: 'Read and print the agreement' }).click()
    await sound(one.page, 'the signed agreement')
    match(await one.page.locator('main').innerText(), /At most 12 weeks, from .* at the latest/)
    const returning = addDays(today, 80)
    await works.act(first, 'events', { event: 'return-date', on: today, planned: returning })
    await record(works, first, today, 'reintegration-plan')
    await works.move(first, 'return')
    await says(one, longDate(returning))
    await record(works, first, today, 'review', 'feedback')
    await works.move(first, 'finish')
    await says(one, 'It has ended')
    deepEqual(await keptAs(stage.product, first), {
      status: 'ended',
      stage: 'reintegration',
      outcome: 'finish',
      places: ['core given back'],
    })
    // Two a term are two young people: who comes back to school leaves no third place behind.
    const later = (await runs.get('/places')).body as { schools: Record<string, unknown>[] }
    equal(later.schools.find(({ school }) => school === fills['school.name'])?.taken, 2)
    await wrote(one, { [one.email]: 11, [CARER]: 8, 'practitioner@bridge.example': 3 })
    await one.page.context().close()
  })

  it('goes through SEDIS: sign-off, consent in person, outreach, a specialist, in-reach and outreach again', async () => {
    const provider = 'sedis'
    const sent = await refer(provider, 'support', { fills: { 'carer.language': 'ar' } })
    const { reference, email, today } = sent
    await agree(sent, ['share'], { lang: 'ar' })
    const [runs, sits, works, signs] = (await peopleOf(
      provider,
      'owner',
      'panel-member',
      'practitioner',
      'commissioner',
    )) as [Caller, Caller, Caller, Caller]
    equal((await signs.get(`/cases/${reference}`)).status, 404)
    await sits.move(reference, 'approve', {
      reason: 'Outreach fits',
      panel: await panelOf(runs, 'support', today, [reference]),
    })
    const seen = await signs.get(`/cases/${reference}`)
    equal(seen.status, 200)
    deepEqual(
      [PUPIL, 'Okonkwo', 'Example Primary', CARER, bornOn(today)].filter((text) => seen.text.includes(text)),
      [],
    )
    await runs.move(reference, 'sign-off', {}, 422)
    await signs.move(reference, 'sign-off')
    await assign(runs, reference)
    await record(works, reference, today, 'first-contact', 'initial-meeting')
    await works.move(reference, 'begin-outreach', {}, 422)
    await hear(works, reference, 'support', today)
    await works.move(reference, 'begin-outreach')
    await says(sent, 'Agree to the support: Yes', /First contact\s+done on/, 'in person')
    // A social worker may agree to a specialist.
    const worker = { as: 'social-worker', name: 'Sam Worker', email: SAMPLE['social-worker.email'], language: 'en' }
    await works.act(reference, 'ask', { purpose: 'specialist', each: 'occupational-therapist', ...worker })
    await agree(sent, ['specialist.occupational-therapist'], {
      to: worker.email ?? '',
      name: worker.name,
      relationship: 'Social worker',
    })
    await record(works, reference, today, 'feedback-meeting', 'outcome-star-start', 'outcome-star-middle')
    // Not on any day of the six weeks, but once they are reviewed.
    await works.move(reference, 'ask-in-reach', { reason: 'More is needed' }, 422)
    await record(works, reference, today, 'six-week-review')
    await works.move(reference, 'ask-in-reach', { reason: 'More is needed' })
    await sits.move(reference, 'approve', {
      reason: 'In-reach fits',
      panel: await panelOf(runs, 'support', today, [reference]),
    })
    const why = (await signs.get(`/cases/${reference}`)).text
    ok(why.includes('More is needed') && why.includes('In-reach fits'))
    await signs.move(reference, 'sign-off')
    await record(works, reference, today, 'in-reach-meeting')
    // The yes to outreach is none to weeks at a base.
    await works.move(reference, 'begin-in-reach', {}, 422)
    await hear(works, reference, 'in-reach', today)
    await works.move(reference, 'begin-in-reach')
    deepEqual((await keptAs(stage.product, reference)).places, ['in-reach-place'])
    await record(works, reference, today, 'outcome-star-middle')
    await works.move(reference, 'return')
    await says(sent, 'Outreach again', 'Occupational therapist: Yes')
    // The feedback meeting of before in-reach does not count again.
    await record(works, reference, today, 'exit-questionnaires', 'outcome-star-end')
    await works.move(reference, 'finish', {}, 422)
    await record(works, reference, today, 'feedback-meeting')
    await works.move(reference, 'finish')
    await says(sent, 'After the support', /Feedback forms within two weeks of the exit\s+by/)
    await works.move(reference, 'close', {}, 422)
    await record(works, reference, today, 'feedback-forms')
    await works.move(reference, 'close')
    deepEqual(await keptAs(stage.product, reference), {
      status: 'ended',
      stage: 'leaving',
      outcome: 'finish',
      places: ['in-reach-place given back'],
    })
    await says(sent, 'It has ended')
    // One of the family's says that the social worker has agreed. One of the practitioner's says that it is their turn again, once the commissioner has signed off.
    await wrote(sent, { [email]: 15, [CARER]: 15, [worker.email ?? '']: 2, 'practitioner@sedis.example': 5 })
    await sent.page.context().close()
  })

  it('is answered by a young person of sixteen in place of the parents, whose words the school does not see', async () => {
    const born = '2008-05-04'
    const sent = await sendReferral(stage.product, { provider: 'sedis', fills: { 'pupil.born': born } })
    const { reference, email } = sent
    const own = SAMPLE['young-person.email'] ?? ''
    const link = consentLink(await letters.about(reference, 2), own)
    const words = 'I would rather talk in the mornings'
    const { page } = await answerOnPhone(stage, link, {
      answers: { share: 'given' },
      name: 'Amira',
      words,
      born,
      translated: true,
    })
    await page.context().close()
    const school = await openLink(stage, await letters.about(reference, 4), email)
    await says(school, 'Consent is given', 'The young person')
    equal((await school.page.content()).includes(words), false)
    const [runs] = (await peopleOf('sedis', 'owner')) as [Caller]
    ok(JSON.stringify(await runs.read(reference)).includes(words))
    const all = await wrote(sent, { [own]: 2, [email]: 2 })
    equal(
      all.some(({ to }) => to === CARER),
      false,
    )
    saysNothingOf(all, [words])
    await school.page.context().close()
  })
})
