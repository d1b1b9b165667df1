import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { addDays } from '../../catalogue/rules/dates.ts'
import { keepAnswers } from '../../worker/consents/answering.ts'
import { askFor, firstToAsk, printedLetter, type SealedPerson } from '../../worker/consents/asking.ts'
import { codeIn } from '../../worker/consents/code.ts'
import { shownTo } from '../../worker/consents/showing.ts'
import { Failure } from '../../worker/failures.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../../worker/referrals/open-case.ts'
import {
  answer,
  askedAt,
  bornAs,
  bornOf,
  consentPathIn,
  formWith,
  keptOf,
  letIn,
  sameSet,
  visitorOn,
} from './consenting.ts'
import { logged, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { lettersOf, REFERRER, SAMPLE, type Sent, sentReferral } from './referring.ts'

const CARER = 'ngozi@family.example'
const OTHER = 'piotr@family.example'
const LINK = { origin: 'http://localhost' }

let world: World
before(async () => {
  world = worldOn(await quickDatabase())
})

const outreach = (fills = {}) => sentReferral(world, { fills })
const placement = () => sentReferral(world, { pathway: 'placement' })
const yes = { 'answer.share': 'given', 'answer.support': 'given' }
const openCaseOf = async ({ id }: Sent): Promise<OpenCase> => {
  const found = await openCaseWith(world.env, { id })
  ok(found)
  return found
}
const personOf = async (sent: Sent, as = 'carer', index = 0): Promise<string> => {
  const people = (await openCaseOf(sent)).kept.people.filter((person) => person.as === as)
  const named = await Promise.all(
    people.map(async ({ id }) => ({ id, ...(await (await openCaseOf(sent)).read<SealedPerson>(`person:${id}`)) })),
  )
  return named.sort((a, b) => (a.name ?? '').localeCompare(b.name ?? ''))[index]?.id ?? ''
}
const ask = (sent: Sent, body: object, today = sent.today) => {
  // Letters are in the order of their instants.
  world.clock.now += 1_000
  return world.ask(
    'POST',
    `/api/referrals/${sent.id}/progress/ask`,
    { as: 'carer', name: SAMPLE['carer.name'], purpose: 'share', ...body },
    { ...sent.headers, 'X-Today': today, 'Idempotency-Key': crypto.randomUUID() },
  )
}
const rowsOf = async (table: string, { id }: Sent): Promise<number | undefined> =>
  (await world.db.prepare(`SELECT count(*) AS n FROM ${table} WHERE referral = ?1`).bind(id).first<{ n: number }>())?.n
const by = ({ today }: Pick<Sent, 'today'>) => ({ actor: 'school', today, now: world.clock.now, link: LINK })

describe('A consent link', () => {
  it('shows a door that says nothing about a child, however often a machine opens it', async () => {
    const sent = await outreach()
    const letter = await askedAt(world, sent, CARER)
    const path = consentPathIn(letter)
    const visitor = visitorOn(world, sent.today)
    const earlier = await keptOf(world, sent)
    const tables = ['referral_visit', 'case_event', 'consent_answer', 'letter', 'record']
    const rows = await Promise.all(tables.map((table) => world.count(table)))
    for (let turn = 0; turn < 5; turn += 1) {
      const page = await visitor.get(path)
      equal(page.status, 200)
      match(page.text, /When was your child born\?/)
      for (const secret of [
        SAMPLE['pupil.name'],
        SAMPLE['carer.name'],
        SAMPLE['school.name'],
        sent.reference,
        'Okonkwo',
      ])
        equal(page.text.includes(secret ?? '?'), false, secret)
      equal(page.headers.get('Cache-Control'), 'no-store')
      equal(page.headers.get('Referrer-Policy'), 'no-referrer')
      equal(page.headers.get('Set-Cookie'), null)
      equal((await visitor.get(path, 'HEAD')).status, 200)
    }
    deepEqual(await Promise.all(tables.map((table) => world.count(table))), rows)
    deepEqual(await keptOf(world, sent), earlier)
    // A scanner that presses the button has no date to give, and costs no try.
    for (let turn = 0; turn < 8; turn += 1) equal((await visitor.post(path, {})).status, 422)
    equal((await visitor.post(path, bornAs(bornOf(sent)))).status, 303)
  })

  it('is in a letter that names neither pupil, school nor need, in the language of who is asked', async () => {
    const sent = await outreach({ 'carer.language': 'ur' })
    const { subject, text } = await askedAt(world, sent, CARER)
    match(text, /اسکول/)
    match(text, /\/consent\/[0-9a-f]{64}/)
    for (const told of [subject, text]) {
      match(told, new RegExp(sent.reference))
      doesNotMatch(told, /Okonkwo|Ngozi|Amira|Example Primary|specialist|outreach/i)
    }
    const page = await visitorOn(world, sent.today).get(
      consentPathIn({ links: [`http://localhost${consentPathIn(await askedAt(world, sent, CARER))}`] }),
    )
    match(page.text, /<html lang="ur" dir="rtl">/)
  })

  it('is locked by five wrong dates, with a page that says who sends a new one, which then opens', async () => {
    const sent = await outreach()
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const visitor = visitorOn(world, sent.today)
    const lefts: (string | undefined)[] = []
    for (let turn = 0; turn < 4; turn += 1) {
      const wrong = await visitor.post(path, bornAs('2012-01-01'))
      equal(wrong.status, 422)
      lefts.push(/You can try[^.]*\./.exec(wrong.text)?.[0])
      match(wrong.text, /not the date that the school gave us/)
    }
    deepEqual(lefts, [
      'You can try 4 more times.',
      'You can try 3 more times.',
      'You can try 2 more times.',
      'You can try once more.',
    ])
    const locked = await visitor.post(path, bornAs('2012-01-01'))
    equal(locked.status, 423)
    match(locked.text, /The school can send you a new link/)
    equal((await visitor.post(path, bornAs(bornOf(sent)))).status, 423, 'the right date opens nothing any more')
    equal((await visitor.get(path)).status, 423)
    equal((await ask(sent, { person: await personOf(sent), purpose: 'share' })).status, 200)
    const fresh = consentPathIn(await askedAt(world, sent, CARER))
    notEqual(fresh, path)
    equal((await visitor.post(fresh, bornAs(bornOf(sent)))).status, 303)
  })

  it('forgets wrong dates once the right one was typed, in the digits of any keyboard', async () => {
    const sent = await outreach()
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const visitor = visitorOn(world, sent.today)
    for (let turn = 0; turn < 3; turn += 1) await visitor.post(path, bornAs('2012-01-01'))
    equal((await visitor.post(path, { day: '٠٣', month: '۲', year: '٢٠١٥' })).status, 303)
    const wrong = await visitor.post(path, bornAs('2012-01-01'))
    match(wrong.text, /4 more times/)
  })

  it('that is guessed, too old, replaced or erased leads to a clear page', async () => {
    const sent = await outreach()
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const visitor = visitorOn(world, sent.today)
    for (const guess of ['a'.repeat(64), 'AAAA-BBBB-CCCC', 'x', '%00', 'p']) {
      const lost = await visitor.get(`/consent/${guess}`)
      equal(lost.status, 404, guess)
      match(lost.text, /We cannot find this page|not found|nothing here/i)
    }
    const { now } = world.clock
    world.clock.now = now + 500 * 86_400_000
    const old = await visitor.get(path)
    world.clock.now = now
    deepEqual([old.status, /The school can send you a new one/.test(old.text)], [410, true])

    const inside = await letIn(world, sent, CARER)
    await ask(sent, { person: await personOf(sent), email: 'new@family.example' })
    const replaced = await visitor.get(path)
    deepEqual([replaced.status, /newer letter/.test(replaced.text)], [410, true])
    equal((await inside.get(inside.page)).status, 401, 'whoever was let in by it is out')
    equal(
      (await visitor.post(consentPathIn(await askedAt(world, sent, 'new@family.example')), bornAs(bornOf(sent))))
        .status,
      303,
    )

    const later = await visitorOn(world, addDays(sent.today, 61)).get(path)
    equal(later.status, 404, 'its referral’s time is over')
    await world.db.prepare('DELETE FROM referral_key WHERE referral = ?1').bind(sent.id).run()
    equal((await visitor.get(path)).status, 404)
  })

  it('opens one’s own page alone, for four hours', async () => {
    const [mine, theirs] = [await outreach(), await outreach()]
    const visitor = await letIn(world, mine, CARER)
    const other = await letIn(world, theirs, CARER)
    equal((await visitor.get(other.page)).status, 401)
    equal((await visitor.post(other.page, formWith('', yes))).status, 401)
    // A cookie under the other’s name opens nothing either.
    const [secret = ''] = visitor.cookies.values()
    visitor.cookies.set(`__Host-c-${other.page.split('/').at(-1)}`, secret)
    equal((await visitor.get(other.page)).status, 401)
    const { now } = world.clock
    world.clock.now = now + 4 * 3_600_000 + 1
    const away = await visitor.get(visitor.page)
    world.clock.now = now
    deepEqual([away.status, /Please open your link again/.test(away.text)], [401, true])
    await visitor.post(`${visitor.page}/leave`, {})
    equal((await visitor.get(visitor.page)).status, 401, 'closed is closed')
  })

  it('takes no form of another website', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    for (const headers of [
      { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
    ])
      equal((await visitor.post(visitor.page, formWith('', yes), headers)).status, 403)
    deepEqual((await keptOf(world, sent)).answers, [])
  })
})

describe('A parent', () => {
  it('is asked each thing by itself, with nothing chosen, and told who asks, for what, who sees it and for how long', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    const { text } = await visitor.get(visitor.page)
    doesNotMatch(text, / checked/)
    for (const told of [
      'Amira Okonkwo-Kaye',
      'Who asks, and for what',
      'You are free to say no',
      'Who will see it',
      'For how long',
      'How your data is used',
      'How to complain',
    ])
      ok(text.includes(told), told)
    doesNotMatch(/<title>.*<\/title>/.exec(text)?.[0] ?? '', /Amira|Okonkwo/)
  })

  it('releases the referral by a yes, which the school and the provider hear of', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    const thanks = await answer(visitor, { 'answer.share': 'given' })
    match(thanks.text, /<h1>Thank you<\/h1>/)
    match(thanks.text, /Yes, on 10 September 2024\./)
    // What was left for later is still asked.
    match(thanks.text, /name="answer\.support"/)
    const kept = await keptOf(world, sent)
    deepEqual([kept.status, kept.answers], ['open', ['share given page']])
    const openCase = await openCaseOf(sent)
    deepEqual(
      openCase.kept.events.map(({ kind, of }) => `${kind} ${of}`.trim()).filter((kind) => !kind.startsWith('asked')),
      ['sent', 'answered share', 'released', `entered ${openCase.pathway.stages[0]?.id}`],
    )
    const letters = await lettersOf(world, sent.id)
    const told = letters.filter(({ subject }) => /consent is given|can be read|We have your answers/.test(subject))
    sameSet(
      told.map(({ to }) => to),
      [REFERRER, 'ost@steppingstones.lancs.sch.uk', CARER],
    )
    for (const { subject, text } of told) doesNotMatch(`${subject}${text}`, /Amira|Okonkwo|Ngozi|Example Primary/)
    const rest = await answer(visitor, { 'answer.support': 'refused' })
    match(rest.text, /No, on 10 September 2024\./)
    deepEqual(
      [(await keptOf(world, sent)).status, (await openCaseOf(sent)).standing('support', sent.today)],
      ['open', 'refused'],
    )
  })

  it('says no, and the provider reads nothing: the school hears it, can ask again with a reason, and the referral goes in 30 days', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    const page = await answer(visitor, { 'answer.share': 'refused', 'answer.support': 'refused' })
    match(page.text, /has not read the request/)
    const kept = await keptOf(world, sent)
    deepEqual([kept.status, kept.deleteOn], ['waiting', addDays(sent.today, 30)])
    ok(kept.sealed.includes('part:pupil'), 'the school’s own referral stays until then')
    const heard = (await lettersOf(world, sent.id)).filter(({ subject }) => /an answer has come/.test(subject))
    deepEqual(
      heard.map(({ to }) => to),
      [REFERRER],
    )
    equal((await ask(sent, { person: await personOf(sent) })).status, 422, 'without a reason')
    equal((await ask(sent, { person: await personOf(sent), reason: 'The date of the visit has changed.' })).status, 200)
    // Being asked again gives what was to be deleted no more time.
    equal((await keptOf(world, sent)).deleteOn, addDays(sent.today, 30))
    const letter = await askedAt(world, sent, CARER)
    doesNotMatch(letter.text, /visit/)
    const again = await letIn(world, sent, CARER)
    const asked = await again.get(again.page)
    match(asked.text, /The date of the visit has changed\./)
    match(asked.text, /No, on 10 September 2024/)
    await answer(again, { 'answer.share': 'given' })
    equal((await keptOf(world, sent)).status, 'open')
  })

  it('changes a no to a yes without being asked, while there is time', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    const refused = await answer(visitor, { 'answer.share': 'refused', 'answer.support': 'refused' })
    match(refused.text, /I want to change my answer/)
    await answer(visitor, { 'answer.share': 'given', form: 'again-' })
    deepEqual((await keptOf(world, sent)).status, 'open')
  })

  it('takes a yes back with two presses: work stops, the pupil’s data goes, and everybody who holds the referral is told', async () => {
    const sent = await placement()
    for (const address of [CARER, OTHER]) await answer(await letIn(world, sent, address), { 'answer.share': 'given' })
    equal((await keptOf(world, sent)).status, 'open')
    await world.db.batch([
      world.db.prepare(
        "INSERT INTO person (id, email, name, created_at) VALUES ('w1', 'worker@provider.example', '', '')",
      ),
      world.db.prepare(
        "INSERT INTO membership (provider, person, role, case_role, since_at, signed_in_at) VALUES ('stepping-stones', 'w1', 'viewer', 'practitioner', '', 'x')",
      ),
      world.db
        .prepare(
          "INSERT INTO case_person (provider, person, referral, since_at) VALUES ('stepping-stones', 'w1', ?1, '')",
        )
        .bind(sent.id),
      world.db
        .prepare(
          "INSERT INTO waiting_place (provider, pathway, position, referral, since_on) VALUES ('stepping-stones', 'placement', 1, ?1, '')",
        )
        .bind(sent.id),
    ])
    const openCase = await openCaseOf(sent)
    const change = new CaseChange(openCase, { actor: 'c1', today: sent.today, now: world.clock.now })
    const number = change.event('note', '', { said: { text: 'About the pupil' } })
    const [kind] = openCase.pathway.places ?? []
    ok(kind)
    await world.db
      .prepare("INSERT INTO place_pool (provider, pool, most) VALUES ('stepping-stones', 'panel:p1', 1)")
      .run()
    change.give(kind, 'panel:p1', number)
    equal(await change.keep(world.db), 'done')

    const visitor = await letIn(world, sent, CARER)
    const before = await visitor.get(visitor.page)
    const takeBack = /action="([^"]+\/take-back)"[\s\S]*?name="purpose" value="share"/.exec(before.text)
    ok(takeBack, 'the button stands on the page')
    const done = await visitor.post(takeBack[1] ?? '', { purpose: 'share', each: '' })
    const page = await visitor.get(done.headers.get('Location') ?? '')
    match(page.text, /<h1>This has been stopped<\/h1>/)
    match(page.text, /You took your yes back on 10 September 2024/)
    doesNotMatch(page.text, /Amira/)

    const kept = await keptOf(world, sent)
    equal(kept.status, 'stopped')
    equal(kept.deleteOn, addDays(sent.today, 30))
    equal(kept.sealed.filter((name) => /^(part|event):|^(card|eligibility)$/.test(name)).join(), '')
    for (const table of ['pupil_mark', 'waiting_place', 'panel_case']) equal(await rowsOf(table, sent), 0, table)
    const pool = await world.db
      .prepare("SELECT taken FROM place_pool WHERE pool = 'panel:p1'")
      .first<{ taken: number }>()
    equal(pool?.taken, 0)
    const told = (await lettersOf(world, sent.id)).filter(({ subject }) => /taken back/.test(subject))
    sameSet(
      told.map(({ to }) => to),
      ['ost@steppingstones.lancs.sch.uk', REFERRER, 'worker@provider.example'],
    )
    for (const { subject, text } of told) doesNotMatch(`${subject}${text}`, /Amira|Okonkwo|Ngozi|Example Primary/)
    // Pressed again, nothing else happens, and another’s link says that it has ended, without a word about the child.
    await visitor.post(takeBack[1] ?? '', { purpose: 'share', each: '' })
    deepEqual(
      (await keptOf(world, sent)).answers.filter((one) => one.includes('withdrawn')),
      ['share withdrawn page'],
    )
    const other = await visitorOn(world, sent.today).get(consentPathIn(await askedAt(world, sent, OTHER)))
    deepEqual([other.status, /has been stopped/.test(other.text)], [410, true])
  })

  it('takes back one thing, and the rest goes on', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    await answer(visitor, yes)
    const done = await visitor.post(`${visitor.page}/take-back`, { purpose: 'support', each: '' })
    equal(done.status, 303)
    const openCase = await openCaseOf(sent)
    deepEqual([openCase.referral.status, openCase.standing('support', sent.today)], ['open', 'withdrawn'])
    const told = (await lettersOf(world, sent.id)).filter(({ subject }) => /consent has changed/.test(subject))
    ok(told.some(({ to }) => to === 'ost@steppingstones.lancs.sch.uk'))
    for (const { text } of told)
      match(
        text,
        /A parent or carer has answered what was asked in \S+:\n[^\n]+: the yes is taken back\.\n\nPlease stop what/,
      )
  })

  it('answers otherwise in a second window, and both show the one answer that counts', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    const [first, second] = [await visitor.get(visitor.page), await visitor.get(visitor.page)]
    await visitor.post(visitor.page, formWith(first.text, { 'answer.share': 'given' }))
    const late = await visitor.post(visitor.page, formWith(second.text, { 'answer.share': 'refused' }))
    const shown = await visitor.get(late.headers.get('Location') ?? '')
    match(shown.text, /already answered in another window/)
    match(shown.text, /Yes, on 10 September 2024/)
    const kept = await keptOf(world, sent)
    deepEqual([kept.status, kept.answers], ['open', ['share given page']])
    // The same answer twice is one answer.
    const same = await visitor.post(visitor.page, formWith(second.text, { 'answer.share': 'given' }))
    match((await visitor.get(same.headers.get('Location') ?? '')).text, /Your answer was there already/)
    deepEqual((await keptOf(world, sent)).answers, ['share given page'])
  })

  it('is told what is missing, and finds what was typed', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    const nothing = await visitor.post(visitor.page, formWith('', { name: '', relationship: 'Tante <b>' }))
    equal(nothing.status, 422)
    match(nothing.text, /Choose yes or no for at least one question\./)
    match(nothing.text, /Type your full name\./)
    match(nothing.text, /value="Tante &lt;b&gt;"/)
    const long = await visitor.post(
      visitor.page,
      formWith('', { ...yes, name: 'N'.repeat(10_000), words: 'Ich </textarea><script>' }),
    )
    equal(long.status, 422)
    match(long.text, /Use at most 200 letters here\./)
    match(long.text, /Ich &#60;\/textarea&#62;&#60;script&#62;/)
    match(long.text, /id="answer.share" value="given"\s+checked/)
    equal((await visitor.post(visitor.page, formWith('', { ...yes, name: 'N\u202egozi' }))).status, 422)
    deepEqual((await keptOf(world, sent)).answers, [])
    for (const name of ['نغوزي O’Hara', 'NGOZI OKONKWO-KAYE', "D'Arcy"]) {
      const next = await outreach()
      const here = await letIn(world, next, CARER)
      const page = await answer(here, { ...yes, name })
      ok(page.text.includes(name.replace("'", '&#39;')), name)
    }
  })

  it('sees nothing to answer once the time is over, and can still take back', async () => {
    const sent = await outreach()
    const late = addDays(sent.today, 31)
    const visitor = await letIn(world, sent, CARER, { today: late })
    const page = await visitor.get(visitor.page)
    match(page.text, /The time to answer ended on 10 October 2024/)
    const tried = await visitor.post(visitor.page, formWith(page.text, yes))
    match((await visitor.get(tried.headers.get('Location') ?? '')).text, /could not be answered any more/)
    deepEqual((await keptOf(world, sent)).answers, [])
    equal((await openCaseOf(sent)).standing('share', late), 'expired')

    const other = await outreach()
    await answer(await letIn(world, other, CARER), yes)
    const year = addDays(other.today, 370)
    equal((await openCaseOf(other)).standing('share', year), 'expired')
    const inside = await letIn(world, other, CARER, { today: year })
    match((await inside.get(inside.page)).text, /This yes has run out/)
    await inside.post(`${inside.page}/take-back`, { purpose: 'share', each: '' })
    equal((await keptOf(world, other)).status, 'stopped')
  })
})

describe('Two carers', () => {
  it('both have to agree where the pathway asks both; the first hears that another is asked', async () => {
    const sent = await placement()
    const first = await answer(await letIn(world, sent, CARER), { 'answer.share': 'given' })
    match(first.text, /Somebody else is asked too/)
    equal((await keptOf(world, sent)).status, 'waiting')
    await answer(await letIn(world, sent, OTHER), { 'answer.share': 'given', name: 'Piotr Kaye' })
    equal((await keptOf(world, sent)).status, 'open')
  })

  it('are each asked in their own language, and the second in that of the first where none is said', async () => {
    const fills = { 'carer.language': 'ur', 'second-carer.language': 'pl' }
    const sent = await sentReferral(world, { pathway: 'placement', fills })
    deepEqual((await openCaseOf(sent)).kept.people.map(({ language }) => language).sort(), ['pl', 'ur'])
    const inUrdu = (await lettersOf(world, sent.id)).filter(({ text }) => text.includes('السلام'))
    deepEqual(
      inUrdu.map(({ to }) => to),
      [CARER],
    )
    const { 'second-carer': second = {} } = sent.answers
    const unsaid = { ...sent.answers, 'second-carer': { ...second, 'second-carer-language': '' } }
    deepEqual(
      firstToAsk(sent.pathway, unsaid, sent.today).map(({ who }) => who.language),
      ['ur', 'ur'],
    )
  })

  it('are not outvoted: the no of one keeps it closed, and later stops it', async () => {
    const sent = await placement()
    await answer(await letIn(world, sent, CARER), { 'answer.share': 'given' })
    await answer(await letIn(world, sent, OTHER), { 'answer.share': 'refused' })
    equal((await keptOf(world, sent)).status, 'waiting')
    await answer(await letIn(world, sent, OTHER), { 'answer.share': 'given', form: 'again-' })
    equal((await keptOf(world, sent)).status, 'open')
    const other = await letIn(world, sent, OTHER)
    await other.post(`${other.page}/take-back`, { purpose: 'share', each: '' })
    equal((await keptOf(world, sent)).status, 'stopped')
  })
})

describe('A young person', () => {
  const sedis = (born: string) => sentReferral(world, { provider: 'sedis', fills: { 'pupil.born': born } })

  it('of sixteen is asked in their own language, whatever their carer’s is', async () => {
    const fills = { 'pupil.born': '2008-10-07', 'carer.language': 'ur', 'young-person.language': 'cy' }
    const sent = await sentReferral(world, { provider: 'sedis', fills })
    deepEqual(
      (await openCaseOf(sent)).kept.people.map(({ as, language }) => [as, language]),
      [['young-person', 'cy']],
    )
    const letter = (await lettersOf(world, sent.id)).find(({ to }) => to === 'amira@family.example')
    match(letter?.text ?? '', /^Helo,/)
  })

  it('of sixteen answers in place of parents, with words of their own that the school does not see', async () => {
    const sent = await sedis('2008-10-07')
    deepEqual(
      sent.asked.map(({ as }) => as),
      ['young-person'],
    )
    const visitor = await letIn(world, sent, 'amira@family.example', { born: '2008-10-07' })
    const page = await visitor.get(visitor.page)
    match(page.text, /In your own words/)
    match(page.text, /The school: (?:<!--[^>]*-->)?Example Primary School\./)
    doesNotMatch(page.text, /your child/)
    doesNotMatch(page.text, /name="relationship"/)
    const form = { ...formWith(page.text, { 'answer.share': 'given', words: 'I would like to stay in maths.' }) }
    const done = await visitor.post(visitor.page, { ...form, name: 'Amira', relationship: '' })
    equal(done.status, 303, done.text)
    const openCase = await openCaseOf(sent)
    equal(openCase.referral.status, 'open')
    const [said] = Object.values(await openCase.readAll<{ words?: string }>('answer:'))
    equal(said?.words, 'I would like to stay in maths.')
    const progress = await world.ask('GET', `/api/referrals/${sent.id}/progress`, undefined, sent.headers)
    equal(progress.status, 200)
    doesNotMatch(progress.text, /maths/)
  })

  it('who is asked about a specialist later takes nothing from the parent, whose withdrawal stops the case', async () => {
    const sent = await sedis('2008-10-08')
    const carer = await letIn(world, sent, CARER, { born: '2008-10-08' })
    await answer(carer, { 'answer.share': 'given' })
    const today = addDays(sent.today, 30)
    const change = new CaseChange(await openCaseOf(sent), { actor: 'c1', today, now: world.clock.now })
    const who = { as: 'young-person' as const, name: 'Amira', email: 'amira@family.example', language: 'en' }
    const item = { purpose: 'specialist', each: 'behaviour-support' }
    await askFor(change, await openCaseOf(sent), who, [item], { link: LINK, today, now: world.clock.now })
    equal(await change.keep(world.db), 'done')
    equal((await openCaseOf(sent)).standing('share', today), 'given')
    const later = await letIn(world, sent, CARER, { today, born: '2008-10-08' })
    await later.post(`${later.page}/take-back`, { purpose: 'share', each: '' })
    equal((await keptOf(world, sent)).status, 'stopped')
  })

  it('is who has taken a yes back, as school and provider hear it, and is told to ask the school alone where there is no other way', async () => {
    const sent = await sedis('2008-10-07')
    const visitor = await letIn(world, sent, 'amira@family.example', { born: '2008-10-07' })
    await answer(visitor, { 'answer.share': 'given', relationship: '' })
    await visitor.post(`${visitor.page}/take-back`, { purpose: 'share', each: '' })
    const letters = await lettersOf(world, sent.id)
    const stopped = letters.filter(({ subject }) => /consent was taken back/.test(subject))
    ok(stopped.length > 0)
    for (const { text } of stopped) match(text, /The young person no longer agrees that (your|the) referral/)
    const theirs = letters.filter(({ to }) => to === 'amira@family.example')
    ok(theirs.length > 1)
    for (const { text } of theirs) match(text, /Questions\? Ask the school\.\n/)
    const page = await visitorOn(world, sent.today).get(consentPathIn(theirs[0] ?? { links: [] }))
    match(page.text, /Questions\? Ask the school\.</)
  })

  it('a day before it does not: a parent is asked', async () => {
    const sent = await sedis('2008-10-08')
    deepEqual(
      sent.asked.map(({ as }) => as),
      ['carer'],
    )
  })
})

describe('What happens now', () => {
  const shownIn = async (openCase: OpenCase, person: string, language: 'en' | 'ur' | 'pl') =>
    (await shownTo(openCase, person, { language, languages: [language], path: '/', isNamed: false }, '2024-09-10'))
      .stage

  it('is said for families, in their language, and not at all where nobody has written it for them', async () => {
    const sent = await outreach()
    const carer = await letIn(world, sent, CARER)
    await answer(carer, yes)
    match((await carer.get(carer.page)).text, /A co-ordinator reads the request and looks for the right person to help/)
    const [openCase, person] = [await openCaseOf(sent), await personOf(sent)]
    const english = 'A co-ordinator reads the request and looks for the right person to help.'
    deepEqual(await shownIn(openCase, person, 'en'), { text: english })
    match((await shownIn(openCase, person, 'ur'))?.text ?? '', /^رابطہ کار درخواست پڑھ رہا ہے/)
    const [first] = openCase.pathway.stages
    const forFamilies = first?.forFamilies
    ok(first && forFamilies)
    first.forFamilies = { text: english }
    deepEqual(await shownIn(openCase, person, 'pl'), { text: english, lang: 'en', dir: 'ltr' })
    delete first.forFamilies
    equal(await shownIn(openCase, person, 'en'), undefined)
    first.forFamilies = forFamilies
  })
})

describe('A specialist', () => {
  it('is agreed to by a social worker, one by one; what is asked in person is not answered on the page', async () => {
    const sent = await sentReferral(world, { provider: 'sedis', fills: { 'pupil.born': '2015-02-03' } })
    const carer = await letIn(world, sent, CARER, { born: '2015-02-03' })
    match((await carer.get(carer.page)).text, /You will be asked this when you meet/)
    await answer(carer, { 'answer.share': 'given' })
    const forged = await carer.post(carer.page, formWith('', { 'answer.support': 'given' }))
    equal(forged.status, 422)
    const openCase = await openCaseOf(sent)
    const change = new CaseChange(openCase, { actor: 'c1', today: sent.today, now: world.clock.now })
    const who = { as: 'social-worker' as const, name: 'Sam Worker', email: 'sam@council.example', language: 'en' }
    const each = 'occupational-therapist'
    const at = { link: LINK, today: sent.today, now: world.clock.now }
    const asked = await askFor(change, openCase, who, [{ purpose: 'specialist', each }], at)
    equal(await change.keep(world.db), 'done')
    const worker = await letIn(world, sent, 'sam@council.example', { born: '2015-02-03' })
    const page = await worker.get(worker.page)
    match(page.text, /Occupational therapist/)
    match((await worker.get(`${worker.page}?lang=cy`)).text, /Therapydd galwedigaethol/)
    doesNotMatch(page.text, /Speech and language therapist<\/span><\/legend>|name="answer.share"/)
    await answer(worker, { [`answer.specialist.${each}`]: 'given', name: 'Sam Worker', relationship: 'Social worker' })
    const then = await openCaseOf(sent)
    deepEqual(
      [then.standing('specialist', sent.today, each), then.standing('specialist', sent.today, 'behaviour-support')],
      ['given', 'not-asked'],
    )
    const letters = await lettersOf(world, sent.id)
    for (const { subject, text } of letters) doesNotMatch(`${subject}${text}`, /therap/i)
    equal(asked.how, 'link')

    // The parent, who could have answered, learns of it: by a letter that names nothing, and on the page that it leads to.
    const [news, ...more] = letters.filter(({ to, subject }) => to === CARER && /^News about the request/.test(subject))
    deepEqual(more, [])
    match(news?.text ?? '', /Somebody else who may answer has agreed to a part of the support\./)
    doesNotMatch(news?.text ?? '', /Amira|Okonkwo|specialist|Sam/)
    const door = consentPathIn(news ?? { links: [] })
    const inside = await carer.post(door, bornAs('2015-02-03'))
    const theirs = await carer.get(inside.headers.get('Location') ?? '')
    match(
      theirs.text,
      /What somebody else has agreed to[\s\S]*Occupational therapist[\s\S]*A social worker said yes, on 7 October 2024\./,
    )
    match(theirs.text, /If you do not agree, tell the school\./)
    doesNotMatch((await worker.get(worker.page)).text, /What somebody else has agreed to/)
    // School and provider hear who has answered what.
    const told = letters.filter(({ subject }) => /consent has changed/.test(subject))
    ok(told.length > 0)
    for (const { text } of told)
      match(text, /The social worker has answered what was asked in SE-\S+:\nHelp from a specialist: yes\./)
  })

  it('that only a social worker had agreed to stops the referral once that is taken back, though a parent has yet to answer', async () => {
    const here = worldOn(await quickDatabase())
    await here.db
      .prepare(
        `UPDATE catalogue_version SET document = json_set(document, '$.pathways[0].consent.purposes[0].by', json('["carer", "social-worker"]'))
          WHERE provider = 'sedis'`,
      )
      .run()
    const sent = await sentReferral(here, { provider: 'sedis', fills: { 'pupil.born': '2015-02-03' } })
    const found = async () => {
      const openCase = await openCaseWith(here.env, { id: sent.id })
      ok(openCase)
      return openCase
    }
    const change = new CaseChange(await found(), { actor: 'school', today: sent.today, now: here.clock.now })
    const who = { as: 'social-worker' as const, name: 'Sam Worker', email: 'sam@council.example', language: 'en' }
    const share = { purpose: 'share', each: '' }
    const { person } = await askFor(change, await found(), who, [share], by(sent))
    equal(await change.keep(here.db), 'done')
    const worker = { person, name: 'Sam Worker', how: 'page' } as const
    await keepAnswers(here.env, { id: sent.id }, worker, [{ ...share, answer: 'given' }], by(sent))
    equal((await found()).referral.status, 'open')
    await keepAnswers(here.env, { id: sent.id }, worker, [{ ...share, answer: 'withdrawn' }], by(sent))
    equal((await found()).referral.status, 'stopped')
  })

  it('that a social worker has agreed to is told by the school where the family has no address', async () => {
    const fills = { 'pupil.born': '2015-02-03', 'carer.email': '' }
    const sent = await sentReferral(world, { provider: 'sedis', fills })
    const carer = { person: await personOf(sent), name: 'N', how: 'paper', heardBy: 'Jo', on: sent.today } as const
    const of = { id: sent.id }
    await keepAnswers(world.env, of, carer, [{ purpose: 'share', each: '', answer: 'given' }], by(sent))
    const change = new CaseChange(await openCaseOf(sent), { actor: 'c1', today: sent.today, now: world.clock.now })
    const who = { as: 'social-worker' as const, name: 'Sam Worker', email: 'sam@council.example', language: 'en' }
    const item = { purpose: 'specialist', each: 'behaviour-support' }
    const { person } = await askFor(change, await openCaseOf(sent), who, [item], { ...by(sent) })
    equal(await change.keep(world.db), 'done')
    await keepAnswers(world.env, of, { ...carer, person }, [{ ...item, answer: 'given' }], by(sent))
    const told = (await lettersOf(world, sent.id)).filter(({ subject }) => /consent has changed/.test(subject))
    match(told.find(({ to }) => to === REFERRER)?.text ?? '', /Please tell them that this was answered\./)
    for (const { to, text } of told) if (to !== REFERRER) doesNotMatch(text, /Please tell them/)
  })
})

describe('A consent on paper', () => {
  it('counts as given on its own day, marked as what it is, and who was asked hears of it', async () => {
    const sent = await outreach()
    const person = await personOf(sent)
    const answerer = {
      person,
      name: 'Ngozi Okonkwo',
      relationship: 'Mother',
      how: 'paper',
      heardBy: 'Jo Referrer',
      on: addDays(sent.today, 2),
    } as const
    const kept = await keepAnswers(
      world.env,
      { id: sent.id },
      answerer,
      [{ purpose: 'share', each: '', answer: 'given' }],
      by({ today: addDays(sent.today, 5) }),
    )
    deepEqual([kept.outcome, kept.status], ['kept', 'open'])
    const openCase = await openCaseOf(sent)
    const [said] = openCase.kept.answers
    deepEqual([said?.how, said?.on], ['paper', addDays(sent.today, 2)])
    deepEqual(await openCase.read(`answer:${said?.number}`), {
      name: 'Ngozi Okonkwo',
      relationship: 'Mother',
      heardBy: 'Jo Referrer',
      by: 'paper',
    })
    ok(
      (await lettersOf(world, sent.id)).some(({ to, subject }) => to === CARER && /We have your answers/.test(subject)),
    )
    const visitor = await letIn(world, sent, CARER)
    match((await visitor.get(visitor.page)).text, /Yes, on 12 September 2024\.<\/b> It was written on paper\./)
  })

  it('is not of tomorrow, nor of another purpose’s kind', async () => {
    const sent = await placement()
    const person = await personOf(sent)
    const heard = (how: 'paper' | 'in-person', purpose: string, on: string) =>
      keepAnswers(
        world.env,
        { id: sent.id },
        { person, name: 'N', how, heardBy: 'J', on },
        [{ purpose, each: '', answer: 'given' }],
        by(sent),
      ).then(
        ({ outcome }) => outcome,
        (error: unknown) =>
          error instanceof Failure ? `${error.status} ${error.details.errors?.[0]?.pointer}` : 'not a failure',
      )
    deepEqual(
      [
        await heard('paper', 'share', addDays(sent.today, 1)),
        // Nobody has answered before they could be asked.
        await heard('paper', 'share', addDays(sent.today, -1)),
        await heard('paper', 'place', sent.today),
        await heard('paper', 'none', sent.today),
        await heard('in-person', 'place', sent.today),
      ],
      ['422 /on', '422 /on', '422 /how', '422 /purpose', 'kept'],
    )
  })
})

describe('A no on paper', () => {
  const said = (sent: Sent, answered: 'given' | 'refused', on: string, today: string, seen?: number) =>
    personOf(sent).then((person) =>
      keepAnswers(
        world.env,
        { id: sent.id },
        { person, name: 'Ngozi Okonkwo', how: 'paper', heardBy: 'Jo Referrer', on },
        [{ purpose: 'share', each: '', answer: answered }],
        { ...by({ today }), seen },
      ),
    )

  it('of long ago gives the school its thirty days from the day on which it is written down', async () => {
    const sent = await outreach()
    const late = addDays(sent.today, 25)
    equal((await said(sent, 'refused', addDays(sent.today, 1), late)).outcome, 'kept')
    equal((await keptOf(world, sent)).deleteOn, addDays(late, 30))
  })

  it('of today is not undone by a yes on paper that may be older; by one that was written down over it, it is', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    await answer(visitor, { 'answer.share': 'refused' })
    equal((await said(sent, 'given', sent.today, sent.today)).outcome, 'stale')
    equal((await said(sent, 'given', sent.today, sent.today, 0)).outcome, 'stale')
    equal((await keptOf(world, sent)).status, 'waiting')
    const seen = (await openCaseOf(sent)).kept.answers.at(-1)?.number ?? 0
    equal((await said(sent, 'given', sent.today, sent.today, seen)).outcome, 'kept')
    equal((await keptOf(world, sent)).status, 'open')
  })
})

describe('A printed letter', () => {
  it('has a code that opens the same door, typed anyhow, until a newer one is printed', async () => {
    const sent = await sentReferral(world, { fills: { 'carer.email': '', 'carer.language': 'pl' } })
    deepEqual(sent.asked, [{ as: 'carer', how: 'letter' }])
    const person = await personOf(sent)
    const print = async () => {
      const printed = await printedLetter(world.env, await openCaseOf(sent), person, by(sent))
      ok(printed)
      return printed
    }
    const first = await print()
    match(first.html, /<html lang="pl" dir="ltr">/)
    match(first.html, /<svg class="picture" role="img"/)
    ok(first.html.includes(first.code))
    doesNotMatch(first.html, /Amira|Example Primary/)
    doesNotMatch(first.html, /<title>[^<]*Ngozi/)
    const visitor = visitorOn(world, sent.today)
    const typed = ` ${first.code.toLowerCase().replaceAll('-', ' ')} `
    const found = await visitor.post('/consent', { code: typed })
    deepEqual([found.status, found.headers.get('Location')], [303, `/consent/${first.code}`])
    equal((await visitor.post(`/consent/${first.code}`, bornAs(bornOf(sent)))).status, 303)
    for (const wrong of ['', 'AAAA-BBBB-CCCC', 'a'.repeat(64), '<b>']) {
      const lost = await visitor.post('/consent', { code: wrong })
      equal(lost.status, 422)
      match(lost.text, /Type the code from your letter\.|We do not know this code/)
    }
    // Pressed twice, it prints two letters: whichever is handed over opens the door.
    const twice = await print()
    for (const { code } of [first, twice]) equal((await visitor.get(`/consent/${code}`)).status, 200)
    world.clock.now += 601_000
    const second = await print()
    equal((await visitor.get(`/consent/${first.code}`)).status, 410)
    equal((await visitor.get(`/consent/${second.code}`)).status, 200)
    const { results } = await world.db.prepare('SELECT secret_hash AS hash FROM referral_link').all<{ hash: string }>()
    equal(
      results.some(({ hash }) => codeIn(hash) !== undefined),
      false,
      'no code stands in the database',
    )
    equal(await printedLetter(world.env, await openCaseOf(sent), 'nobody', by(sent)), undefined)
  })

  it('asks nothing anew: after many of them somebody can still be asked', async () => {
    const sent = await outreach()
    const person = await personOf(sent)
    for (let more = 0; more < 60; more += 1)
      ok(await printedLetter(world.env, await openCaseOf(sent), person, by(sent)))
    const late = addDays(sent.today, 2)
    equal((await ask(sent, { person, reason: 'Again' }, late)).status, 200)
  })
})

describe('Who is asked first', () => {
  it('is every carer who is named, in their language, and nobody else', async () => {
    const sent = await placement()
    const { pathway, answers, today } = sent
    deepEqual(
      firstToAsk(pathway, answers, today).map(({ who, purposes }) => [
        who.as,
        who.email,
        purposes.map(({ purpose }) => purpose).join(),
      ]),
      [
        ['carer', CARER, 'share'],
        ['carer', OTHER, 'share'],
      ],
    )
  })
})

describe('A decision at the same time as a withdrawal', () => {
  const decided = (openCase: OpenCase, sent: Sent) => {
    const change = new CaseChange(openCase, { actor: 'c1', today: sent.today, now: world.clock.now })
    change.event('decided', 'accept', { detail: { as: 'accept', stage: openCase.referral.stage } })
    change.enter(openCase.pathway.stages[1]?.id ?? '')
    return change
  }

  it('is refused where the withdrawal came first, and changes nothing', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    await answer(visitor, yes)
    const panel = decided(await openCaseOf(sent), sent)
    await visitor.post(`${visitor.page}/take-back`, { purpose: 'share', each: '' })
    equal(await panel.keep(world.db), 'conflict')
    const openCase = await openCaseOf(sent)
    deepEqual([openCase.referral.status, openCase.referral.outcome], ['stopped', 'withdrawn'])
    equal(
      openCase.kept.events.some(({ kind }) => kind === 'decided'),
      false,
    )
  })

  it('is stopped where it came first: the withdrawal is decided anew over it', async () => {
    const sent = await outreach()
    const visitor = await letIn(world, sent, CARER)
    await answer(visitor, yes)
    // The panel is quicker than the withdrawal that has read the case already.
    const { DB } = world.env
    let isBetween = true
    const panel = decided(await openCaseOf(sent), sent)
    const slow = new Proxy(DB, {
      get: (target, name) =>
        name === 'batch'
          ? async (statements: D1PreparedStatement[]) => {
              const isWrite = statements.length > 9
              if (isWrite && isBetween) {
                isBetween = false
                equal(await panel.keep(world.db), 'done')
              }
              return target.batch(statements)
            }
          : Reflect.get(target, name),
    })
    const person = await personOf(sent)
    const kept = await keepAnswers(
      { ...world.env, DB: slow },
      { id: sent.id },
      { person, name: 'N', how: 'page' },
      [{ purpose: 'share', each: '', answer: 'withdrawn' }],
      by(sent),
    )
    equal(isBetween, false)
    deepEqual([kept.outcome, kept.status], ['kept', 'stopped'])
    const openCase = await openCaseOf(sent)
    deepEqual(
      openCase.kept.events.slice(-4).map(({ kind }) => kind),
      ['decided', 'entered', 'answered', 'stopped'],
    )
  })
})

describe('The log and the record', () => {
  it('hold no secret, name or date of birth', () => {
    doesNotMatch(logged.join('\n'), /Okonkwo|Amira|[0-9a-f]{64}|2015-02-03/)
  })
  it('say that something was answered and how, and never what', async () => {
    const { results } = await world.db
      .prepare("SELECT action, actor, detail FROM record WHERE action LIKE 'consent-%'")
      .all<{ action: string; actor: string; detail: string }>()
    const answered = results.filter(({ action }) => action === 'consent-answered')
    ok(answered.some(({ actor, detail }) => actor === 'family' && detail === '{"how":"page"}'))
    for (const { detail } of answered) match(detail, /^{"how":"(page|paper|in-person)"}$/)
    doesNotMatch(JSON.stringify(results), /Okonkwo|therap/)
  })
})
