import { expect } from 'chai'
import type { CaseReply } from '../../catalogue/wire/case.ts'
import {
  board,
  calm,
  card,
  cases,
  detail,
  exclusions,
  listed,
  meanwhile,
  move,
  noPlace,
  panel,
  panels,
  places,
  reference,
  start,
  wait,
  waiting,
} from './case-samples.ts'
import {
  closeConsole,
  linkTo,
  openConsole,
  playConsole,
  problem,
  shows,
  showsHeading,
  signedIn,
} from './console-page.ts'
import { type Asked, accessibilityFaults, control, fill, type Played, press, until } from './page.ts'

const base = '/console/stepping-stones'
const address = `${base}/cases/${reference}`
const heading = `Referral ${reference}`
const read = (more?: Parameters<typeof detail>[0]): Played => ({ body: detail(more) })
const posts = (asked: readonly Asked[]) => asked.filter(({ method }) => method === 'POST')
const bodies = (asked: readonly Asked[]) => posts(asked).map(({ body }) => body)
const changed: Played = { body: { reference, status: 'open', stage: 'admission', seen: 9 } }
const dialogIn = (element: Element) =>
  until(() => element.querySelector<HTMLDialogElement>('dialog#writing[open]'), 'the dialog')
/** Unfolds everything that is folded up. */
const unfold = (element: Element) => {
  for (const folded of element.querySelectorAll('details')) folded.open = true
}
const textIn = (element: HTMLElement) => element.innerText.replace(/\s+/g, ' ')

/** Whatever the browser keeps or shows beside the page. */
const around = () =>
  JSON.stringify([document.title, location.href, history.state, { ...localStorage }, { ...sessionStorage }])

describe('The board', () => {
  afterEach(() => closeConsole())

  it('shows each stage with its first referrals, the overdue ones in a word, and leads to the rest', async () => {
    playConsole({ 'GET /cases': { body: board } })
    const element = await openConsole(`${base}/cases`, 'Referrals')
    for (const text of [
      '3 wait for consent',
      '24 open',
      'Before the panel 23',
      'A. K., SS-7K4M-2QXD',
      'Overdue by 2 working days 6 Sep 2024',
      'In 2 working days 12 Sep 2024',
      'The school has answered',
      'Nobody works on it yet',
    ])
      await shows(element, text)
    expect(linkTo(element, 'All 23').getAttribute('href')).to.equal(`${base}/cases/list?pathway=placement&stage=panel`)
    expect(linkTo(element, 'The waiting list').getAttribute('href')).to.equal(`${base}/waiting`)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('shows somebody by case what is theirs alone, and says where nothing is', async () => {
    const own = { pathways: board.pathways, counts: null, decided: [] }
    playConsole({ 'GET /cases': { body: own } }, signedIn('practitioner'))
    const element = await openConsole(`${base}/cases`, 'Referrals')
    await shows(element, 'Before the panel')
    expect(textIn(element)).not.to.match(/wait for consent|With the co-ordinator|Find a pupil|Places/)
    closeConsole()
    for (const [role, text] of [
      ['practitioner', 'You work on no referral at the moment.'],
      ['panel-member', 'No panel that you sit on has a referral'],
      ['commissioner', 'Nothing waits for your sign-off'],
    ] as const) {
      playConsole({ 'GET /cases': { body: { pathways: [], counts: null, decided: [] } } }, signedIn(role))
      await shows(await openConsole(`${base}/cases`, 'Referrals'), text)
      closeConsole()
    }
  })

  it('leads to panels, a waiting list and places where the catalogue has them alone', async () => {
    for (const [parts, shown] of [
      [[], ['Board', 'List', 'Find a pupil']],
      [
        ['panels', 'places'],
        ['Board', 'List', 'Panels', 'Places', 'Find a pupil'],
      ],
    ] as const) {
      const session = signedIn('coordinator')
      playConsole(
        { 'GET /cases': { body: board } },
        { ...session, providers: session.providers.map((one) => ({ ...one, parts: [...parts] })) },
      )
      const element = await openConsole(`${base}/cases`, 'Referrals')
      expect([...element.querySelectorAll('nav.tabs a')].map(({ textContent }) => textContent)).to.deep.equal(shown)
      closeConsole()
    }
  })

  it('lists to a commissioner what they have decided, and nothing about whom', async () => {
    const decided = [
      { reference, pathway: { id: 'support', name: 'Outreach' }, stage: 'Sign-off', name: 'Refuse', on: '2024-09-03' },
    ]
    playConsole({ 'GET /cases': { body: { pathways: [], counts: null, decided } } }, signedIn('commissioner'))
    const element = await openConsole(`${base}/cases`, 'Referrals')
    await shows(element, 'What you have decided')
    for (const text of [reference, 'Outreach', 'Sign-off', 'Refuse', '3 September 2024']) await shows(element, text)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says that it is slow, and offers to try again where it failed', async () => {
    let tries = 0
    playConsole({
      'GET /cases': () => {
        tries += 1
        return tries === 1 ? problem('unavailable', 503) : { body: board, delay: 500 }
      },
    })
    const element = await openConsole(`${base}/cases`, 'Referrals')
    await shows(element, 'Something went wrong on our side. Nothing was lost.')
    await press(element, 'Try again')
    await shows(element, 'Loading…')
    await shows(element, 'Before the panel')
  })

  it('is not for those who read no referrals', async () => {
    playConsole({}, signedIn('finance'))
    const element = await openConsole(`${base}/cases/find`, 'Find a pupil')
    await shows(element, 'Who can: owner, co-ordinator.')
    expect([...element.querySelectorAll('nav.menu a')].map((link) => link.textContent)).not.to.include('Referrals')
  })
})

describe('The list of referrals', () => {
  afterEach(() => closeConsole())

  it('keeps its filters in the address, and goes on to further pages and back', async () => {
    const asked = playConsole({
      'GET /cases': { body: board },
      'GET /cases/list': ({ search }) => ({
        body: search.includes('after') ? { cases: [calm], next: null } : { ...cases, next: 'b' },
      }),
    })
    const element = await openConsole(`${base}/cases/list`, 'Referrals')
    await shows(element, 'Overdue by 2 working days')
    await until(() => element.querySelector('[name=pathway]'), 'the pathways')
    await fill(element, 'Pathway', 'placement')
    await press(element, 'Show')
    await until(() => location.search.includes('pathway=placement'), 'the pathway in the address')
    await until(() => element.querySelector('[name=stage]'), 'the stages')
    await fill(element, 'Stage', 'panel')
    await press(element, 'Show')
    await until(() => location.search.includes('stage=panel'), 'the stage in the address')
    linkTo(element, 'Next referrals').click()
    await shows(element, 'First referrals')
    history.back()
    await shows(element, 'Next referrals')
    expect(
      asked
        .filter(({ path }) => path.endsWith('/cases/list'))
        .map(({ search }) => new URLSearchParams(search).toString()),
    ).to.deep.equal([
      '',
      'status=open&pathway=placement',
      'status=open&pathway=placement&stage=panel',
      'status=open&pathway=placement&stage=panel&after=b',
      'status=open&pathway=placement&stage=panel',
    ])
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })
})

describe('Finding a pupil', () => {
  afterEach(() => closeConsole())

  it('asks by name and date of birth, or by reference, and keeps both out of addresses, titles, history and storage', async () => {
    const asked = playConsole({ 'POST /cases/find': { body: cases } })
    const element = await openConsole(`${base}/cases/find`, 'Find a pupil')
    await press(element, 'Find')
    await shows(element, 'Enter a name and a date of birth, or a reference')
    await fill(element, 'The pupil’s name', 'Amina Khan')
    await press(element, 'Find')
    await shows(element, 'Enter the date of birth too')
    expect(document.activeElement?.id).to.equal('born')
    await fill(element, 'Date of birth', '2015-02-03')
    await press(element, 'Find')
    await shows(element, '2 referrals')
    expect(bodies(asked)).to.deep.equal([{ name: 'Amina Khan', born: '2015-02-03' }])
    await fill(element, 'Reference', 'ss-7k4m-2qxd')
    await press(element, 'Find')
    await until(() => posts(asked).length === 2, 'the second question')
    expect(bodies(asked)[1]).to.deep.equal({ reference })
    expect(around()).not.to.match(/amina|khan|2015-02-03/i)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says what it looks among where nothing was found', async () => {
    playConsole({ 'POST /cases/find': { body: { cases: [], next: null } } })
    const element = await openConsole(`${base}/cases/find`, 'Find a pupil')
    await fill(element, 'Reference', 'SS-0000-0000')
    await press(element, 'Find')
    await shows(element, 'A referral that waits for consent, or was stopped, is not found.')
    expect(linkTo(element, 'give out or erase SS-0000-0000').getAttribute('href')).to.equal(
      `${base}/cases/SS-0000-0000`,
    )
  })
})

describe('A referral', () => {
  afterEach(() => closeConsole())

  it('shows what is due, who agreed to what, what the school wrote and what happened', async () => {
    playConsole({ [`GET /cases/${reference}`]: read() })
    const element = await openConsole(address, heading)
    await until(() => element.querySelector('.written details'), 'what the school wrote')
    unfold(element)
    for (const text of [
      'Amina Khan born 3 February 2015 · Oak Primary School · Year 4 · District 1',
      'Before the panel Twelve-week placement, since 2 Sep 2024',
      'Consent: 1 given, 1 not asked yet',
      'Sam Okafor works on it',
      'The referrer’s address was confirmed on 1 September 2024',
      'Decision of the panel Overdue by 2 working days',
      'Review In 2 working days 12 Sep 2024',
      'First contact Met on 4 September 2024',
      'Amina Khan',
      'A timetable in pictures',
      'Sara Khan, Mother: given on 2 September 2024, by their link, in Urdu (اردو)',
      'Sam Okafor asked the school for something more How many days were missed?',
      'Sara Khan gave consent: “Share the request”',
      'SS-2222-3333',
      'Begin the place Not yet possible: Nobody has been asked for consent yet: “Take up the place”.',
      '“Admission meeting held” has not been written down yet.',
      'Nobody is named yet who works on it.',
    ])
      await shows(element, text)
    const text = textIn(element)
    expect(text.indexOf('Decision of the panel Overdue')).to.be.below(text.indexOf('Review In 2 working days'))
    expect(around()).not.to.match(/amina|khan|a\. k\./i)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says first what was asked and answered, and leads from what stands out to its cause', async () => {
    const { timeline } = detail()
    const reply = {
      ...timeline[0],
      number: 8,
      kind: 'reply',
      of: '',
      name: '',
      on: '2024-09-09',
      at: '2024-09-09T08:00:00Z',
      actor: { kind: 'school' as const, id: null, name: null },
      whose: null,
      text: 'Eleven half days.',
      detail: {},
    }
    playConsole({
      [`GET /cases/${reference}`]: read({
        case: { flags: ['school-replied', 'consent-refused'] },
        timeline: [...timeline, reply],
      }),
    })
    const element = await openConsole(address, heading)
    await shows(
      element,
      'Now Asked of the school on 5 September 2024: How many days were missed? The school answered on 9 September 2024: Eleven half days.',
    )
    expect(linkTo(element, 'The school has answered').getAttribute('href')).to.equal('#now')
    expect(linkTo(element, 'Consent refused').getAttribute('href')).to.equal('#consent')
    expect(linkTo(element, 'Consent: 1 given, 1 not asked yet').getAttribute('href')).to.equal('#consent')
    for (const id of ['now', 'consent']) expect(element.querySelector(`[id=${id}]`)).not.to.equal(null)
    // Whoever hears the page comes to consent, and to who works on it, before the answers.
    const text = textIn(element)
    expect(text.indexOf('Who works on it')).to.be.below(text.indexOf('What the school wrote'))
    closeConsole()
    playConsole({ [`GET /cases/${reference}`]: read({ case: { flags: ['question-open'] } }) })
    await shows(await openConsole(address, heading), 'How many days were missed? It has not answered yet.')
  })

  it('folds up what is over, what is older and what was written, and unfolds it all on paper', async () => {
    const { timeline, parts } = detail()
    const [first] = timeline
    if (!first) throw new Error('The sample has no history')
    const many = Array.from({ length: 43 }, (_, index) => ({
      ...first,
      number: index + 1,
      kind: 'note',
      text: `Note ${index + 1}`,
    }))
    const grouped = ['The pupil', 'The people', 'The people'].flatMap((group, index) =>
      parts.slice(0, 1).map((part) => ({ ...part, id: `part-${index}`, name: `Part ${index}`, group })),
    )
    playConsole({ [`GET /cases/${reference}`]: read({ timeline: many, parts: grouped }) })
    const element = await openConsole(address, heading)
    await shows(element, 'Note 38')
    const folded = () =>
      [...element.querySelectorAll('details:not([open]) > summary')].map((summary) => summary.textContent?.trim())
    expect(folded()).to.deep.equal(['1 met', 'All 43', 'The people'])
    expect(textIn(element)).not.to.match(/Note 37\b|First contact Met|Part 1/)
    await press(element, 'Open all')
    await shows(element, 'Part 2')
    expect(folded()).to.deep.equal(['1 met', 'All 43'])
    await press(element, 'Close all')
    expect(folded()).to.deep.equal(['1 met', 'All 43', 'The pupil', 'The people'])
    window.dispatchEvent(new Event('beforeprint'))
    expect(folded()).to.deep.equal([])
    window.dispatchEvent(new Event('afterprint'))
    expect(folded()).to.deep.equal(['1 met', 'All 43', 'The pupil', 'The people'])
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('tells of agendas, colleagues, the waiting list and paper as they were, and takes back what was a mistake', async () => {
    const [first] = detail().timeline
    if (!first) throw new Error('The sample has no history')
    const sam = { kind: 'person' as const, id: 'p2', name: 'Sam Okafor' }
    const event = (number: number, kind: string, more: object = {}) => ({
      ...first,
      number,
      kind,
      on: '2024-09-09',
      at: '2024-09-09T08:00:00Z',
      actor: sam,
      ...more,
    })
    const recorded = { of: 'visit', name: 'Visit and observation', on: '2024-09-06' }
    let timeline: CaseReply['timeline'] = [
      event(1, 'panel', { of: 'p-1', detail: { meetsOn: '2024-09-20' } }),
      event(2, 'panel', { of: '', detail: { meetsOn: '2024-09-20' } }),
      event(3, 'assigned', { of: 'p9', name: 'Noor Ali' }),
      event(4, 'waiting-list', { detail: { from: 3, to: 1 } }),
      event(5, 'answered', {
        name: 'Share',
        on: '2024-09-04',
        whose: { as: 'carer', name: 'Sara Khan' },
        detail: { answer: 'given', how: 'paper' },
      }),
      event(6, 'recorded', recorded),
    ]
    const asked = playConsole({
      [`GET /cases/${reference}`]: () => read({ timeline }),
      [`POST /cases/${reference}/events/6/take-back`]: () => {
        timeline = [...timeline, event(7, 'taken-back', { of: '6', name: recorded.name })]
        return { body: { reference, status: 'open', stage: 'panel', seen: 8 } }
      },
    })
    const element = await openConsole(address, heading)
    for (const text of [
      'Sam Okafor put it on the agenda of the panel on 20 September 2024',
      'Sam Okafor took it off the agenda of the panel on 20 September 2024',
      'Sam Okafor gave it to Noor Ali',
      'Sam Okafor moved it on the waiting list from number 3 to number 1',
      'Sam Okafor wrote down that Sara Khan gave consent: “Share”, on paper. It was on 4 September 2024.',
      'Sam Okafor wrote down: “Visit and observation”. It was on 6 September 2024.',
    ])
      await shows(element, text)
    await press(element, 'Take back: Visit and observation')
    const dialog = await dialogIn(element)
    await press(dialog, 'Take it back')
    await shows(element, 'Sam Okafor took back what was written down: “Visit and observation”')
    await shows(element, 'It is taken back.')
    expect(element.querySelector('s')?.textContent).to.contain('Visit and observation')
    expect(
      [...element.querySelectorAll('button')].filter(({ textContent }) => /Take back/.test(textContent ?? '')),
    ).to.deep.equal([])
    expect(bodies(asked)).to.deep.equal([{ seen: 7 }])
  })

  it('tells a decision from what only goes on, and what was decided before its panel met', async () => {
    const [first] = detail().timeline
    if (!first) throw new Error('The sample has no history')
    const sam = { kind: 'person' as const, id: 'p2', name: 'Sam Okafor' }
    const decided = (number: number, name: string, more: (typeof first)['detail']) => ({
      ...first,
      number,
      kind: 'decided',
      of: 'x',
      name,
      actor: sam,
      detail: { stage: 'panel', ...more },
    })
    const timeline = [
      decided(1, 'Ask for more information', { as: 'more-information', panel: 'p-1', early: true }),
      decided(2, 'The information is there', { as: 'go-on' }),
      decided(3, 'Put on the waiting list', { as: 'go-on', panel: 'p-1' }),
      decided(4, 'Finish after the review', { as: 'finish' }),
      decided(5, 'Say no', { as: 'decline' }),
    ]
    playConsole({ [`GET /cases/${reference}`]: read({ timeline }) })
    const element = await openConsole(address, heading)
    for (const text of [
      'Sam Okafor decided before the meeting: “Ask for more information”',
      'Sam Okafor moved it on: “The information is there”',
      'Sam Okafor decided: “Put on the waiting list”',
      'Sam Okafor finished it: “Finish after the review”',
      'Sam Okafor decided: “Say no”',
    ])
      await shows(element, text)
  })

  it('says who answered without a name for whoever may not know it', async () => {
    const [, answered] = detail().timeline
    if (!answered) throw new Error('The sample has no answer')
    const by = (number: number, as: 'carer' | 'young-person' | 'social-worker', more: object = {}) => ({
      ...answered,
      number,
      whose: { as, name: null },
      ...more,
    })
    const sam = { kind: 'person' as const, id: 'p2', name: 'Sam Okafor' }
    const timeline = [
      by(1, 'carer'),
      by(2, 'young-person', { detail: { answer: 'withdrawn' } }),
      by(3, 'social-worker', { actor: sam, detail: { answer: 'refused', how: 'in-person' } }),
    ]
    playConsole({ [`GET /cases/${reference}`]: read({ timeline }) })
    const element = await openConsole(address, heading)
    for (const text of [
      'A parent or carer gave consent: “Share the request”',
      'The young person withdrew consent: “Share the request”',
      'Sam Okafor wrote down that a social worker refused consent: “Share the request”, in person',
    ])
      await shows(element, text)
  })

  it('shows whatever somebody typed of themselves that is not what the school wrote', async () => {
    const [share, ...others] = detail().consents
    const [sara] = share?.people ?? []
    if (!share || !sara) throw new Error('The sample has no consent')
    const typedAs = (typed: string, typedRelationship: string | null) => ({ ...sara, typed, typedRelationship })
    const people = [
      typedAs('Sara Khan', 'Grandmother'),
      typedAs('Noor Khan', 'Aunt'),
      typedAs('Sara Ali', null),
      typedAs('sara khan', 'mother'),
    ]
    playConsole({ [`GET /cases/${reference}`]: read({ consents: [{ ...share, people }, ...others] }) })
    const element = await openConsole(address, heading)
    await shows(element, 'Sara Khan, Mother: given on 2 September 2024')
    const answers = [...element.querySelectorAll<HTMLElement>('.beside .lines li p small')].map(({ innerText }) =>
      innerText.replace(/.*\(اردو\)/, ''),
    )
    expect(answers.slice(0, 4)).to.deep.equal([', as “Grandmother”', ', as “Noor Khan, Aunt”', ', as “Sara Ali”', ''])
  })

  it('shows a child’s own words by themselves, and not as what was said with an answer', async () => {
    const words = [
      { as: 'carer' as const, name: 'Sara Khan', text: 'She likes maths.' },
      { as: 'young-person' as const, name: 'Amina Khan', text: 'I like mornings.' },
    ]
    playConsole({ [`GET /cases/${reference}`]: read({ words }) })
    const element = await openConsole(address, heading)
    await shows(element, 'In the child’s words, or for the child She likes maths. Written by: Sara Khan')
    await shows(element, 'In the young person’s words I like mornings.')
    expect([...element.querySelectorAll('.lines blockquote')].map(({ textContent }) => textContent)).to.deep.equal([])
    expect(await accessibilityFaults(element)).to.deep.equal([])
    closeConsole()
    const [packed] = panel().pack
    if (!packed) throw new Error('The sample has no pack')
    const unnamed = { as: 'carer' as const, name: null, text: 'She likes maths.' }
    playConsole({ 'GET /panels/p-1': { body: panel({ pack: [{ ...packed, words: [unnamed] }] }) } })
    const pack = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(pack, 'In the child’s words, or for the child She likes maths. Written by: Parent or carer')
    expect(await accessibilityFaults(pack)).to.deep.equal([])
  })

  it('asks of two carers who answered, and hears in person what is given in person', async () => {
    const [share, place] = detail().consents
    const [sara] = detail().family
    if (!share || !place || !sara) throw new Error('The sample has no consents')
    const family = [sara, { ...sara, person: 'c2', name: 'Omar Khan', relationship: 'Father' }]
    const consents = [
      { ...share, standing: 'refused' as const },
      { ...place, inPerson: true },
    ]
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ family, consents }),
      [`POST /cases/${reference}/heard`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Write down what was said')
    await press(element, 'Write down an answer about “Share the request”')
    let dialog = await dialogIn(element)
    await shows(dialog, 'In person, or by telephone')
    expect(dialog.querySelectorAll('[name=person]:checked')).to.have.length(0)
    await press(dialog, 'Yes')
    await press(dialog, 'On paper')
    await fill(dialog, 'The name that they gave', 'Omar Khan')
    await press(dialog, 'Write it down')
    await shows(dialog, 'Say who answered')
    expect(document.activeElement?.id).to.equal('writing-person')
    await press(dialog, 'Omar Khan')
    await press(dialog, 'Write it down')
    await shows(element, 'The answer is written down.')
    expect(bodies(asked)).to.deep.equal([
      {
        person: 'c2',
        purpose: 'share',
        answer: 'given',
        how: 'paper',
        on: '2024-09-10',
        name: 'Omar Khan',
        seen: 7,
        relationship: 'Father',
      },
    ])
    await press(element, 'Write down what was said about “Take up the place”')
    dialog = await dialogIn(element)
    await shows(dialog, 'In person At a meeting with them.')
    expect(textIn(dialog)).not.to.match(/telephone|paper/)
  })

  it('asks why, where others stand before it on the waiting list', async () => {
    const free = move({ id: 'give-free-place', name: 'Give a free place', passes: 1 })
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ moves: [free] }),
      [`POST /cases/${reference}/moves`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Give a free place')
    await press(element, 'Give a free place')
    const dialog = await dialogIn(element)
    await shows(dialog, '1 referral stands before it on the waiting list.')
    await press(dialog, 'Give a free place')
    await shows(dialog, 'Give a reason')
    await fill(dialog, 'Why?', 'At risk of exclusion.')
    await press(dialog, 'Give a free place')
    await shows(element, 'Done: Give a free place.')
    expect(bodies(asked)).to.have.length(1)
  })

  it('says at a control what the worker finds wrong with a note, or with whom it is given to', async () => {
    const wrong = (pointer: string, code: string) => problem('invalid', 422, { errors: [{ pointer, code }] })
    playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/people`]: wrong('/person', 'choose'),
      [`POST /cases/${reference}/notes`]: wrong('/text', 'not-text'),
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Name them')
    await press(element, 'Name them')
    await until(() => element.querySelector('#colleague-error')?.textContent === 'Choose one of these', 'the error')
    expect(document.activeElement?.id).to.equal('colleague')
    await fill(element, 'Add a note', 'A note')
    await press(element, 'Save the note')
    await until(() => /letters, figures and signs/.test(element.querySelector('#note-error')?.textContent ?? ''), 'it')
    expect(textIn(element)).not.to.contain('That did not work')
  })

  it('tells a new link and a new letter from a question that is asked again', async () => {
    const [first] = detail().timeline
    if (!first) throw new Error('The sample has no history')
    const by = {
      school: { kind: 'school', id: null, name: null },
      sam: { kind: 'person', id: 'p2', name: 'Sam Okafor' },
    }
    const asked = (number: number, more: object) => ({ ...first, number, kind: 'asked', of: 'c1', name: '', ...more })
    const nothing = { purpose: '', each: '' }
    const timeline = [
      asked(1, { actor: by.sam, name: 'Share', detail: { purpose: 'share', each: '', again: true } }),
      asked(2, { actor: by.sam, detail: { ...nothing, how: 'link' } }),
      asked(3, { actor: by.school, detail: { ...nothing, how: 'letter' } }),
    ]
    playConsole({ [`GET /cases/${reference}`]: read({ timeline }) })
    const element = await openConsole(address, heading)
    for (const text of [
      'Sam Okafor asked for consent again: “Share”',
      'Sam Okafor sent a new link',
      'The school made a new letter to print',
    ])
      await shows(element, text)
    expect(textIn(element)).not.to.match(/sent a new link again|The school asked for consent/)
  })

  it('keeps what can be done about a consent apart', async () => {
    playConsole({ [`GET /cases/${reference}`]: read() })
    const element = await openConsole(address, heading)
    const acts = [...element.querySelectorAll('#consent ~ * button.link, .beside button.link')].filter(
      ({ textContent }) => /^(Ask |Write down)/.test(textContent?.trim() ?? ''),
    )
    const [one, other] = acts.filter(({ parentElement }) => (parentElement?.querySelectorAll('button').length ?? 0) > 1)
    if (!one || !other) throw new Error('No consent of the sample has two acts')
    expect(other.getBoundingClientRect().left - one.getBoundingClientRect().right).to.be.closeTo(16, 0.5)
  })

  it('says how long its stage is meant to last, and in a word that it is over', async () => {
    const lasts = { weeks: 12, until: '2024-09-02', overdue: true }
    playConsole({ [`GET /cases/${reference}`]: read({ case: { lasts } }) })
    const element = await openConsole(address, heading)
    await shows(element, 'Meant to last 12 weeks, until 2 September 2024')
    await shows(element, 'Over')
    await shows(element, 'The school reads:')
  })

  it('says once what is missing for all that wait for the same', async () => {
    const missing: CaseReply['moves'][number]['missing'] = [{ kind: 'panel', of: '', name: '' }]
    playConsole({ [`GET /cases/${reference}`]: read({ moves: [move({ missing }), { ...wait, missing }] }) })
    const element = await openConsole(address, heading)
    await shows(
      element,
      'Give a place Put on the waiting list Not yet possible: It is not on the agenda of a panel yet.',
    )
  })

  it('says where it has to be put on an agenda again, and leads there', async () => {
    const missing: CaseReply['moves'][number]['missing'] = [{ kind: 'panel', of: 'again', name: '' }]
    playConsole({
      [`GET /cases/${reference}`]: read({ case: { flags: ['agenda-again'] }, moves: [move({ missing })] }),
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Not yet possible: It has to be put on an agenda again. Put before a panel')
    expect(linkTo(element, 'Has to be put on an agenda again').getAttribute('href')).to.equal('#now')
  })

  it('keeps the decision that is meant to come next first, and never shows another way as that one', async () => {
    const end = move({ id: 'end', name: 'End early', as: 'finish', to: null, ends: true, gives: null })
    playConsole({ [`GET /cases/${reference}`]: read({ moves: [start, end] }) })
    const element = await openConsole(address, heading)
    await shows(element, 'Begin the place Not yet possible:')
    const rows = [...element.querySelectorAll<HTMLElement>('.choices > li')].map(({ innerText }) => innerText)
    expect(rows[0]).to.contain('Begin the place')
    expect(rows[1]).to.contain('End early')
    expect(control(element, 'End early').classList.contains('secondary')).to.equal(true)
  })

  it('leads from what is missing to where it is put right', async () => {
    const recordable = [
      { id: 'visit', name: 'Visit and observation', planned: false },
      { id: 'admission-meeting', name: 'Admission meeting held', planned: false },
    ]
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ moves: [start], recordable, people: [] }),
      [`POST /cases/${reference}/events`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Begin the place Not yet possible:')
    expect(linkTo(element, 'See the consents').getAttribute('href')).to.equal('#consent')
    expect(linkTo(element, 'Name somebody').getAttribute('href')).to.equal('#people')
    expect(element.querySelector('#people')?.textContent).to.equal('Who works on it')
    await press(element, 'Write down what was done')
    expect(control(await dialogIn(element), 'What was done?').value).to.equal('admission-meeting')
    await press(await dialogIn(element), 'Cancel')
    await press(element, 'Write it down')
    const dialog = await dialogIn(element)
    expect(control(dialog, 'What was done?').value).to.equal('admission-meeting')
    await press(dialog, 'Write it down')
    await shows(element, 'It is written down.')
    expect(bodies(asked)).to.deep.equal([{ event: 'admission-meeting', on: '2024-09-10', seen: 7 }])
  })

  it('goes on from what was done, where the button that did it is gone', async () => {
    let made: CaseReply = detail({ moves: [wait] })
    playConsole({
      [`GET /cases/${reference}`]: () => ({ body: made }),
      [`POST /cases/${reference}/moves`]: () => {
        made = detail({ moves: [move({ id: 'off', name: 'Take it off the list', as: 'decline', gives: null })] })
        return changed
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Put on the waiting list')
    control(element, 'Put on the waiting list').focus()
    await press(element, 'Put on the waiting list')
    const dialog = await dialogIn(element)
    await fill(dialog, 'Why?', 'No place is free.')
    await press(dialog, 'Put on the waiting list')
    await shows(element, 'Take it off the list')
    await until(
      () => document.activeElement?.textContent?.trim() === 'Done: Put on the waiting list.',
      'the focus on what was done',
    )
  })

  it('asks for the reason that a decision needs, and is decided once', async () => {
    let made: CaseReply = detail()
    const asked = playConsole({
      [`GET /cases/${reference}`]: () => ({ body: made }),
      [`POST /cases/${reference}/moves`]: () => {
        made = detail({ case: { stage: { id: 'admission', name: 'Place given' }, seen: 9 }, moves: [] })
        return { ...changed, delay: 50 }
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Give a place')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await shows(dialog, 'To the school: “The panel has given a place.”')
    await shows(dialog, 'Panel on 20 September 2024 2 left')
    await shows(dialog, 'The school reads this on its page. The letters do not repeat it.')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(dialog, 'Give a place')
    await shows(dialog, 'Give a reason')
    expect(document.activeElement?.id).to.equal('writing-reason')
    await fill(dialog, 'Why?', 'Needs are met there.')
    const button = control(dialog, 'Give a place')
    button.click()
    button.click()
    await shows(element, 'Done: Give a place.')
    await shows(element, 'Place given')
    expect(bodies(asked)).to.deep.equal([{ move: 'give-place', seen: 7, reason: 'Needs are met there.', panel: 'p-1' }])
    expect(posts(asked)[0]?.headers.get('Idempotency-Key')).to.have.length.above(20)
    expect(dialog.open).to.equal(false)
  })

  it('says what somebody else has done meanwhile, keeps what was typed, and decides on what it shows then', async () => {
    let tries = 0
    const asked = playConsole({
      [`GET /cases/${reference}`]: () => read({ case: { seen: tries === 0 ? 7 : 8 } }),
      [`POST /cases/${reference}/moves`]: () => {
        tries += 1
        return tries === 1 ? problem('conflict', 409, meanwhile) : changed
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Give a place')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await fill(dialog, 'Why?', 'Needs are met there.')
    await press(dialog, 'Give a place')
    await shows(dialog, 'Something happened meanwhile. Yours was not done. What you typed is still here.')
    await shows(dialog, 'Sam Okafor decided: “Put on the waiting list”, 10 September 2024 at 09:05')
    expect(control(dialog, 'Why?').value).to.equal('Needs are met there.')
    await press(dialog, 'Give a place')
    await shows(element, 'Done: Give a place.')
    expect(bodies(asked).map((body) => (body as { seen: number }).seen)).to.deep.equal([7, 8])
    const keys = posts(asked).map(({ headers }) => headers.get('Idempotency-Key'))
    expect(keys[0]).not.to.equal(keys[1])
  })

  it('gives what was typed back where somebody else has made the decision impossible', async () => {
    let tries = 0
    playConsole({
      [`GET /cases/${reference}`]: () => read(tries === 0 ? {} : { moves: [] }),
      [`POST /cases/${reference}/moves`]: () => {
        tries += 1
        return problem('conflict', 409, meanwhile)
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Give a place')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await fill(dialog, 'Why?', 'Needs are met there.')
    await press(dialog, 'Give a place')
    await shows(dialog, 'This is not possible any more')
    await shows(dialog, 'You had typed: Needs are met there.')
    await press(dialog, 'Close')
    await until(() => !dialog.open, 'the dialog to close')
  })

  it('offers the waiting list, with the words typed, where the last place has gone', async () => {
    const asked = playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/moves`]: ({ body }) =>
        (body as { move: string }).move === 'wait' ? changed : problem('no-place', 409, noPlace),
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Give a place')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await fill(dialog, 'Why?', 'Needs are met there.')
    await press(dialog, 'Give a place')
    await shows(dialog, 'All 5 places of the panel of 20 September 2024 are taken.')
    await shows(dialog, 'Nothing was done yet. What you typed is still here.')
    await press(dialog, 'Put on the waiting list instead')
    await shows(dialog, 'Put on the waiting list: SS-7K4M-2QXD')
    await until(() => document.activeElement?.id === 'writing-reason', 'the focus on the reason')
    expect(control(dialog, 'Why?').value).to.equal('Needs are met there.')
    await press(dialog, 'Put on the waiting list')
    await shows(element, 'Done: Put on the waiting list.')
    expect(bodies(asked)[1]).to.deep.equal({ move: 'wait', seen: 7, reason: 'Needs are met there.' })
  })

  it('offers the kind of place beyond, where a school’s own are taken', async () => {
    const core = move({
      gives: {
        kind: 'core',
        name: 'Core place',
        counted: 'school-term',
        left: 0,
        panels: [],
        terms: [],
        beyond: { id: 'engagement', name: 'Engagement place' },
      },
    })
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ moves: [core] }),
      [`POST /cases/${reference}/moves`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'none left')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await shows(dialog, 'No place is left: Core place.')
    await fill(dialog, 'Why?', 'A third one.')
    await press(dialog, 'Give a place')
    await shows(element, 'Done')
    expect(bodies(asked)).to.deep.equal([{ move: 'give-place', seen: 7, reason: 'A third one.', place: 'engagement' }])
  })

  it('lets the term be chosen whose place is given, and shows nothing as next where no term has one', async () => {
    const gives = {
      kind: 'core',
      name: 'Core place',
      counted: 'school-term' as const,
      left: 0,
      panels: [],
      beyond: null,
    }
    const terms = (left: number) => [
      { id: 'autumn', name: 'Autumn term 2024', left: 0 },
      { id: 'spring', name: 'Spring term 2025', left },
    ]
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ moves: [move({ gives: { ...gives, terms: terms(2) } })] }),
      [`POST /cases/${reference}/moves`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Core place, Autumn term 2024: none left, Spring term 2025: 2 left')
    expect(control(element, 'Give a place').classList.contains('secondary')).to.equal(false)
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await shows(dialog, 'No place is left: Core place.')
    await press(dialog, 'Spring term 2025')
    await until(() => !textIn(dialog).includes('No place is left'), 'the other term')
    await fill(dialog, 'Why?', 'For the spring.')
    await press(dialog, 'Give a place')
    await shows(element, 'Done')
    expect(bodies(asked)).to.deep.equal([{ move: 'give-place', seen: 7, reason: 'For the spring.', term: 'spring' }])
    playConsole({ [`GET /cases/${reference}`]: read({ moves: [move({ gives: { ...gives, terms: terms(0) } })] }) })
    const full = await openConsole(address, heading)
    await shows(full, 'none left')
    expect(control(full, 'Give a place').classList.contains('secondary')).to.equal(true)
  })

  it('says before a reason is typed that the commissioner reads it', async () => {
    playConsole({ [`GET /cases/${reference}`]: read({ moves: [move({ commissionerReads: true })] }) })
    const element = await openConsole(address, heading)
    await shows(element, 'Give a place')
    await press(element, 'Give a place')
    await shows(await dialogIn(element), 'The commissioner reads this: name nobody.')
  })

  it('asks which day is agreed where a day is, and names it', async () => {
    const recordable = [{ id: 'return-date', name: 'Day of the return agreed', planned: true }]
    const planned = [{ name: 'Day of the return agreed', on: '2025-02-24' }]
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ recordable, case: { planned } }),
      [`POST /cases/${reference}/events`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Day of the return agreed: 24 February 2025')
    await press(element, 'Write down what was done')
    const dialog = await dialogIn(element)
    await press(dialog, 'Write it down')
    await shows(dialog, 'Enter the day that is agreed')
    await fill(dialog, 'Which day is agreed?', '2025-02-24')
    await press(dialog, 'Write it down')
    await shows(element, 'It is written down.')
    expect(bodies(asked)).to.deep.equal([{ event: 'return-date', on: '2024-09-10', planned: '2025-02-24', seen: 7 }])
  })

  it('leads to the decision that gives the kind beyond, where there is one', async () => {
    const gives = { kind: 'core', name: 'Core place', counted: 'school-term' as const, left: 0, panels: [], terms: [] }
    const beyond = { id: 'engagement', name: 'Engagement place' }
    const funded = move({
      id: 'give-engagement',
      name: 'Give an engagement place',
      gives: { ...gives, kind: 'engagement', name: 'Engagement place', counted: 'freely', left: null, beyond: null },
    })
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ moves: [move({ gives: { ...gives, beyond } }), funded] }),
      [`POST /cases/${reference}/moves`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Give an engagement place')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    expect(textIn(dialog)).not.to.contain('Which place?')
    await fill(dialog, 'Why?', 'A third one.')
    await press(dialog, 'Give an engagement place instead')
    await press(dialog, 'Give an engagement place')
    await shows(element, 'Done: Give an engagement place.')
    expect(bodies(asked)).to.deep.equal([{ move: 'give-engagement', seen: 7, reason: 'A third one.' }])
  })

  it('keeps what was typed through a lost connection and a closed dialog', async () => {
    let tries = 0
    const asked = playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/moves`]: () => {
        tries += 1
        return tries === 1 ? undefined : changed
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Give a place')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await fill(dialog, 'Why?', 'Needs are met there.')
    await press(dialog, 'Give a place')
    await until(() => tries === 1, 'the first try')
    await press(dialog, 'Cancel')
    await until(() => !dialog.open, 'the dialog to close')
    await press(element, 'Give a place')
    await dialogIn(element)
    expect(control(dialog, 'Why?').value).to.equal('Needs are met there.')
    expect(posts(asked)).to.have.length(1)
  })

  it('takes everything off the page once consent is withdrawn, and says so', async () => {
    let stopped = false
    playConsole({
      [`GET /cases/${reference}`]: () => (stopped ? problem('not-found', 404) : read()),
      [`POST /cases/${reference}/moves`]: () => {
        stopped = true
        return problem('conflict', 409, { detail: 'Consent was withdrawn. Work on it stops.', status: 'stopped' })
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Amina Khan')
    await press(element, 'Give a place')
    const dialog = await dialogIn(element)
    await fill(dialog, 'Why?', 'Amina needs it.')
    await press(dialog, 'Give a place')
    await shows(element, 'Consent was withdrawn. Work on it stops.')
    await shows(element, 'You cannot open this referral.')
    await shows(element, 'Where consent was withdrawn or has run out, whoever worked on it was told by letter.')
    expect(element.textContent).not.to.match(/amina|khan/i)
  })

  it('writes down what was done, asks the school, and hears a consent in person', async () => {
    const asked = playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/events`]: changed,
      [`POST /cases/${reference}/question`]: changed,
      [`POST /cases/${reference}/heard`]: changed,
      [`POST /cases/${reference}/notes`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Write down what was done')
    await press(element, 'Write down what was done')
    let dialog = await dialogIn(element)
    await fill(dialog, 'What was done?', 'visit')
    await fill(dialog, 'On which day?', '2024-09-11')
    await press(dialog, 'Write it down')
    await shows(dialog, 'Enter a day that is not in the future')
    await fill(dialog, 'On which day?', '2024-09-09')
    await press(dialog, 'Write it down')
    await shows(element, 'It is written down.')

    await press(element, 'Ask the school')
    dialog = await dialogIn(element)
    await fill(dialog, 'What do you need to know?', 'Which days?')
    await press(dialog, 'Ask the school')
    await shows(element, 'The school is asked.')

    await press(element, 'Write down an answer about “Take up the place”')
    dialog = await dialogIn(element)
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(dialog, 'Yes')
    await press(dialog, 'In person')
    await fill(dialog, 'The name that they gave', 'Sara Khan')
    await press(dialog, 'Write it down')
    await shows(element, 'The answer is written down.')

    await press(element, 'Save the note')
    await shows(element, 'Write a note first')
    await fill(element, 'Add a note', 'Rang the school.')
    await press(element, 'Save the note')
    await shows(element, 'The note is saved.')
    expect(bodies(asked)).to.deep.equal([
      { event: 'visit', on: '2024-09-09', seen: 7 },
      { text: 'Which days?', seen: 7 },
      {
        person: 'c1',
        purpose: 'place',
        answer: 'given',
        how: 'in-person',
        on: '2024-09-10',
        name: 'Sara Khan',
        seen: 7,
        relationship: 'Mother',
      },
      { text: 'Rang the school.' },
    ])
  })

  it('asks somebody new for a consent', async () => {
    const asked = playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/ask`]: {
        body: { reference, status: 'open', stage: 'panel', seen: 8, person: 'c2', how: 'letter' },
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Ask for it')
    await press(element, 'Ask for it about “Take up the place”')
    const dialog = await dialogIn(element)
    await press(dialog, 'Somebody else')
    await press(dialog, 'Ask for consent')
    await shows(dialog, 'Enter their name')
    await fill(dialog, 'Their name', 'Omar Khan')
    await fill(dialog, 'In which language?', 'ur')
    await press(dialog, 'Ask for consent')
    await shows(element, 'the school prints the letter with its code')
    expect(bodies(asked)).to.deep.equal([{ purpose: 'place', seen: 7, language: 'ur', as: 'carer', name: 'Omar Khan' }])
  })

  it('offers whom the referral names, and sends nobody’s question to another’s address', async () => {
    const { family, consents: before } = detail()
    const [mother] = family
    if (!mother) throw new Error('Nobody is asked.')
    const father = { ...mother, person: 'c3', name: 'Omar Khan', email: 'omar@home.example', language: 'ur' }
    const worker = { as: 'social-worker', name: 'Sam Worker', email: 'sam@council.example', language: 'en' } as const
    const consents = before.map((one) => ({ ...one, by: ['carer' as const, 'social-worker' as const] }))
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ consents, family: [father, mother], named: [worker] }),
      [`POST /cases/${reference}/ask`]: {
        body: { reference, status: 'open', stage: 'panel', seen: 8, person: 'c2', how: 'link' },
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Ask for it')
    await press(element, 'Ask for it about “Take up the place”')
    const dialog = await dialogIn(element)
    const field = (label: string) =>
      [...dialog.querySelectorAll('label')].find((one) => one.textContent?.includes(label))?.htmlFor ?? ''
    const standsAt = (label: string) => dialog.querySelector<HTMLInputElement>(`#${field(label)}`)?.value
    expect([standsAt('Their e-mail address'), standsAt('In which language?')]).to.deep.equal([
      'omar@home.example',
      'ur',
    ])
    await press(dialog, 'Sara Khan')
    expect([standsAt('Their e-mail address'), standsAt('In which language?')]).to.deep.equal([
      'sara@home.example',
      'en',
    ])
    await press(dialog, 'Sam Worker')
    expect([standsAt('Their e-mail address'), standsAt('In which language?')]).to.deep.equal([
      'sam@council.example',
      'en',
    ])
    await press(dialog, 'Ask for consent')
    await shows(element, 'They are asked, by a link')
    expect(bodies(asked)).to.deep.equal([
      {
        purpose: 'place',
        seen: 7,
        email: 'sam@council.example',
        language: 'en',
        as: 'social-worker',
        name: 'Sam Worker',
      },
    ])
  })

  it('says where it is that an address is the school’s, also of somebody who was asked before', async () => {
    playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/ask`]: problem('invalid', 422, {
        errors: [{ pointer: '/email', code: 'not-the-schools' }],
      }),
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Ask for it')
    await press(element, 'Ask for it about “Take up the place”')
    const dialog = await dialogIn(element)
    await fill(dialog, 'Their e-mail address', 'office@school.example')
    await press(dialog, 'Ask for consent')
    await shows(dialog, 'This is an address of the school. Enter their own')
    expect(document.activeElement?.id).to.equal('writing-email-c1')
    expect(dialog.querySelector<HTMLInputElement>('#writing-email-c1')?.value).to.equal('office@school.example')
  })

  it('sends whoever was asked a new link, to an address that is put right, though they have said yes', async () => {
    const asked = playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/ask`]: {
        body: { reference, status: 'open', stage: 'panel', seen: 8, person: 'c1', how: 'link' },
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'sara@home.example')
    await press(element, 'Send a new link to Sara Khan')
    const dialog = await dialogIn(element)
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await fill(dialog, 'Their e-mail address', '')
    await press(dialog, 'Send the link')
    await shows(dialog, 'Enter their e-mail address')
    await fill(dialog, 'Their e-mail address', 'sara.khan@home.example')
    await press(dialog, 'Send the link')
    await shows(element, 'A new link is on its way.')
    expect(bodies(asked)).to.deep.equal([{ person: 'c1', seen: 7, email: 'sara.khan@home.example', language: 'en' }])
  })

  it('sends a new link to an address that is not for the reader’s role, and does not say that there is none', async () => {
    const hidden = { person: 'c1', as: 'carer' as const, name: 'Sara Khan', relationship: 'Mother', language: 'en' }
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ family: [{ ...hidden, email: null, hasEmail: true }] }),
      [`POST /cases/${reference}/ask`]: {
        body: { reference, status: 'open', stage: 'panel', seen: 8, person: 'c1', how: 'link' },
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Their e-mail address is not for your role.')
    expect(element.textContent).not.to.contain('No e-mail address')
    await press(element, 'Send a new link to Sara Khan')
    const dialog = await dialogIn(element)
    await shows(dialog, 'Leave it empty for the address that the school gave')
    await press(dialog, 'Send the link')
    await shows(element, 'A new link is on its way.')
    expect(bodies(asked)).to.deep.equal([{ person: 'c1', seen: 7, language: 'en' }])
  })

  it('says why nothing else can be read once permission has run out, and whom to ask again', async () => {
    playConsole({
      [`GET /cases/${reference}`]: {
        body: detail({
          case: { flags: ['consent-expired'], heldUntil: '2024-09-09', stopsOn: '2024-10-10' },
          can: ['ask'],
          parts: [],
          moves: [],
        }),
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'The family’s permission ran out on 9 September 2024.')
    await shows(element, 'If nobody has agreed before 10 October 2024')
    await shows(element, 'Send a new link')
    expect(element.textContent).not.to.contain('What the school wrote')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('is given to a colleague and taken from one', async () => {
    const asked = playConsole({
      [`GET /cases/${reference}`]: read(),
      [`POST /cases/${reference}/people`]: changed,
      [`POST /cases/${reference}/people/p2/remove`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Name them')
    await fill(element, 'Give it to', 'p4')
    await press(element, 'Name them')
    await shows(element, 'It is given to them.')
    await press(element, 'Take it from them: Sam Okafor')
    await shows(element, 'It is taken from them.')
    expect(bodies(asked)).to.deep.equal([{ person: 'p4', seen: 7 }, { seen: 7 }])
  })

  it('goes before a panel of its pathway', async () => {
    const asked = playConsole({
      [`GET /cases/${reference}`]: read(),
      'GET /panels': { body: panels },
      'POST /panels/p-1/cases': { body: { id: 'p-1', closed: false, cases: [reference] } },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Put before a panel')
    await press(element, 'Put before a panel')
    const dialog = await dialogIn(element)
    await shows(dialog, '20 September 2024')
    expect(textIn(dialog)).not.to.contain('May 2024')
    await press(dialog, 'Put it on the agenda')
    await shows(element, 'It is on the agenda.')
    expect(bodies(asked)).to.deep.equal([{ add: [reference] }])
  })

  it('goes back to the panel that wanted to know more, and not to one that it is still before', async () => {
    const known = [
      { id: 'p-1', meetsOn: '2024-09-20', closed: false, decision: 'Ask for more' },
      { id: 'p-2', meetsOn: '2024-10-18', closed: false, decision: '' },
    ]
    playConsole({
      [`GET /cases/${reference}`]: read({ panels: known }),
      'GET /panels': { body: { ...panels, panels: [listed(), listed({ id: 'p-2', meetsOn: '2024-10-18' })] } },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Put before a panel')
    await press(element, 'Put before a panel')
    const dialog = await dialogIn(element)
    await shows(dialog, '20 September 2024')
    expect(textIn(dialog)).not.to.contain('18 October 2024')
  })

  it('has a letter that did not arrive sent again', async () => {
    const letter = { id: 'l-9', subject: 'A letter', writtenAt: '2024-09-03T08:00:00Z', sentAt: null }
    let isAgain = false
    const asked = playConsole({
      [`GET /cases/${reference}`]: () =>
        read({ letters: [{ ...letter, state: isAgain ? 'waiting' : 'failed', canBeSentAgain: !isAgain }] }),
      [`POST /cases/${reference}/letters/l-9/send-again`]: () => {
        isAgain = true
        return { body: { reference, status: 'open', stage: 'panel', seen: 7 } }
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Not delivered')
    await press(element, 'Send it again: A letter')
    await press(await dialogIn(element), 'Send it again')
    await shows(element, 'The letter goes out again.')
    await shows(element, 'On its way')
    expect(bodies(asked)).to.deep.equal([{}])
  })

  it('is signed for the provider', async () => {
    const agreement = {
      title: 'Agreement for the young person',
      intro: null,
      clauses: ['We meet every week.'],
      school: 'We keep the place at school.',
      provider: 'We teach in small groups.',
      about: null,
      signed: { school: { name: 'B. Head', role: 'Head teacher', on: '2024-09-03' }, provider: null },
    }
    const asked = playConsole({
      [`GET /cases/${reference}`]: read({ agreement, can: ['sign'] }),
      [`POST /cases/${reference}/agreement`]: changed,
    })
    const element = await openConsole(address, heading)
    await shows(element, 'B. Head, Head teacher, on 3 September 2024')
    await press(element, 'Sign for the provider')
    const dialog = await dialogIn(element)
    expect(control(dialog, 'Your name').value).to.equal('Jo Hargreaves')
    await press(dialog, 'Sign for the provider')
    await shows(element, 'The agreement is signed for the provider.')
    expect(bodies(asked)).to.deep.equal([{ name: 'Jo Hargreaves', seen: 7 }])
  })

  it('has an agreement to read and to print: whom it is for, every clause, and who has signed', async () => {
    const about = {
      pupil: 'Amira Okonkwo',
      born: '2010-02-03',
      school: 'Example High School',
      provider: 'The Bridge School',
      place: 'Core place',
      term: 'spring term 2025',
      givenOn: '2024-12-04',
      from: '2025-01-06',
      weeks: 12,
      until: '2025-03-30',
    }
    const agreement = {
      title: 'Agreement for the young person',
      intro: null,
      clauses: ['We meet every week.', 'We write a plan.'],
      school: 'We keep the place at school.',
      provider: 'We teach in small groups.',
      about,
      signed: {
        school: { name: 'B. Head', role: 'Head teacher', on: '2024-09-03' },
        provider: { name: 'Jo Hargreaves', on: '2024-09-04' },
      },
    }
    playConsole({ [`GET /cases/${reference}`]: read({ agreement }) })
    const element = await openConsole(address, heading)
    await shows(element, 'Read and print the agreement')
    const link = [...element.querySelectorAll('a')].find((one) => one.textContent === 'Read and print the agreement')
    expect(link?.getAttribute('href')).to.equal(`${address}/agreement`)
    const page = await openConsole(`${address}/agreement`, agreement.title)
    for (const text of [
      'Amira Okonkwo',
      '3 February 2010',
      'Core place, for the spring term 2025',
      'At most 12 weeks, from 6 January 2025 to 30 March 2025 at the latest',
      'We meet every week.',
      'We write a plan.',
      'Signed by B. Head, Head teacher on 3 September 2024',
      'Signed by Jo Hargreaves on 4 September 2024',
      'Both have signed: the agreement counts.',
    ])
      await shows(page, text)
    expect(document.title).not.to.contain('Amira')
  })

  it('is erased by an owner who types its reference, and by nobody else', async () => {
    let erased = false
    const asked = playConsole({
      [`GET /cases/${reference}`]: () => (erased ? problem('not-found', 404) : read()),
      [`POST /cases/${reference}/erase`]: () => {
        erased = true
        return { body: { erased: reference, on: '2024-09-10' } }
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Read and print it')
    expect(linkTo(element, 'Read and print it').getAttribute('href')).to.equal(
      `/api${base}/cases/${reference}/export?others=all&as=page`.replace('/api/console/', '/api/console/providers/'),
    )
    await press(element, 'Erase this referral')
    const dialog = await dialogIn(element)
    await press(dialog, 'A parent or carer asked for it')
    await press(dialog, 'Erase it for good')
    await shows(dialog, `Type ${reference}`)
    await fill(dialog, 'To be sure', reference.toLowerCase())
    await press(dialog, 'Erase it for good')
    await shows(element, `${reference} is erased.`)
    await shows(element, 'There is nothing of it for you to read any more.')
    expect(element.textContent).not.to.match(/amina|khan/i)
    expect(bodies(asked)).to.deep.equal([{ reason: 'family-asked' }])
    closeConsole()
    playConsole({ [`GET /cases/${reference}`]: read() }, signedIn('coordinator'))
    const other = await openConsole(address, heading)
    await shows(other, 'Amina Khan')
    expect(other.textContent).not.to.match(/Erase|Read and print/)
  })

  it('shows a commissioner what the sign-off needs, and what is missing of it', async () => {
    const sign = move({ id: 'sign-off', name: 'Sign off', gives: null, reason: false, tells: [] })
    playConsole(
      {
        [`GET /cases/${reference}`]: read({
          as: 'commissioner',
          case: { pupil: null, name: null, born: null, school: null, people: [] },
          timeline: [],
          can: ['move'],
          parts: [],
          family: [],
          consents: [],
          assignable: [],
          people: [],
          others: [],
          letters: [],
          moves: [sign, { ...start, id: 'later' }],
        }),
      },
      signedIn('commissioner'),
    )
    const element = await openConsole(address, heading)
    await shows(element, 'You see what a sign-off needs: none of what the school wrote. Questions that name the pupil')
    await shows(element, 'Consent has not been given yet: “Take up the place”')
    expect(textIn(element)).not.to.match(/A\. K\.|Khan|Give it to|Ask the school|Erase/)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says why it cannot be opened, and lets an owner give out and erase what is held of it even so', async () => {
    const asked = playConsole({ [`POST /cases/${reference}/erase`]: { body: { erased: reference, on: '2024-09-10' } } })
    const element = await openConsole(address, heading)
    await shows(element, 'it may wait for consent, consent may have been withdrawn or have run out, or it was erased')
    await shows(element, 'Read and print it')
    await press(element, 'Erase this referral')
    const dialog = await dialogIn(element)
    await press(dialog, 'The school asked for it')
    await fill(dialog, 'To be sure', reference)
    await press(dialog, 'Erase it for good')
    await shows(element, `${reference} is erased.`)
    expect(bodies(asked)).to.deep.equal([{ reason: 'school-asked' }])
    closeConsole()
    playConsole({}, signedIn('practitioner'))
    const other = await openConsole(address, heading)
    await shows(other, 'You cannot open this referral.')
    expect(textIn(other)).not.to.match(/Erase|Read and print/)
  })

  it('is asked for again by a tab that somebody comes back to', async () => {
    const asked = playConsole({ [`GET /cases/${reference}`]: read() })
    const element = await openConsole(address, heading)
    await shows(element, 'Amina Khan')
    const real = Date.now
    const turn = (state: string, ahead: number) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
      Date.now = () => real() + ahead
      document.dispatchEvent(new Event('visibilitychange'))
    }
    turn('hidden', 0)
    turn('visible', 60_000)
    Date.now = real
    Reflect.deleteProperty(document, 'visibilityState')
    await until(() => asked.filter(({ path }) => path.endsWith(reference)).length === 2, 'the second question')
  })
})

describe('Panels', () => {
  afterEach(() => closeConsole())

  it('are listed with their places, and arranged for a day', async () => {
    const asked = playConsole({
      'GET /panels': { body: panels },
      'POST /panels': { status: 201, body: { id: 'p-1', closed: false, cases: [] } },
      'GET /panels/p-1': { body: panel() },
    })
    const element = await openConsole(`${base}/panels`, 'Panels')
    await shows(element, 'In 8 working days 20 Sep 2024')
    await shows(element, '3 of 5 taken, 2 free')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await fill(element, 'When does it meet?', '2024-09-09')
    await press(element, 'Arrange the panel')
    await shows(element, 'Enter a later day')
    await shows(element, 'Enter how many, as a number')
    expect(document.activeElement?.id).to.equal('meetsOn')
    await fill(element, 'When does it meet?', '2024-09-20')
    await press(element, 'Arrange the panel')
    await until(() => !/Enter a later day/.test(textIn(element)), 'the day to be right')
    await fill(element, 'How many places', '5')
    await press(element, 'Arrange the panel')
    await showsHeading(element, 'Panel on 20 September 2024')
    expect(bodies(asked)).to.deep.equal([{ pathway: 'placement', meetsOn: '2024-09-20', places: 5 }])
  })

  it('say at which control the worker found something wrong', async () => {
    playConsole({
      'GET /panels': { body: panels },
      'POST /panels': problem('invalid', 422, {
        errors: [
          { pointer: '/meetsOn', code: 'too-long-ago' },
          { pointer: '/places', code: 'too-large' },
        ],
      }),
    })
    const element = await openConsole(`${base}/panels`, 'Panels')
    await fill(element, 'When does it meet?', '2024-09-20')
    await fill(element, 'How many places', '900')
    await press(element, 'Arrange the panel')
    await shows(element, 'Enter a later day')
    await shows(element, 'Enter a whole number that is not so large')
    expect(document.activeElement?.id).to.equal('meetsOn')
    expect(textIn(element)).not.to.contain('That did not work')
  })

  it('have a pack in reading order, which a co-ordinator orders by keyboard', async () => {
    const asked = playConsole({
      'GET /panels/p-1': () => {
        const reply = panel()
        const isTurned = posts(asked).length % 2 === 1
        return { body: { ...reply, pack: isTurned ? reply.pack.toReversed() : reply.pack } }
      },
      'POST /panels/p-1/order': { body: { id: 'p-1', closed: false, cases: [] } },
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, '3 of 5 taken, 2 free')
    const order = () => [...element.querySelectorAll('.pack h3')].map((one) => one.textContent?.trim())
    expect(order()).to.deep.equal([`1. A. K., ${reference}`, `2. M. S., ${calm.reference}`])
    expect(await accessibilityFaults(element)).to.deep.equal([])
    const later = control(element, `Later in the order: ${reference}`)
    later.focus()
    later.click()
    await until(() => order()[0] === `1. M. S., ${calm.reference}`, 'the other order')
    await until(() => document.activeElement?.id === `Earlier-${reference}`, 'the focus on the one that moved')
    expect(bodies(asked)).to.deep.equal([{ cases: [calm.reference, reference] }])
  })

  it('have what was done in the pack, and stand apart once all is decided', async () => {
    playConsole({ 'GET /panels/p-1': { body: panel() } })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'What was done')
    await shows(element, 'Targets agreed')
    closeConsole()
    const done = listed({ id: 'p-2', meetsOn: '2024-09-06', daysLeft: -2, undecided: 0 })
    playConsole({ 'GET /panels': { body: { ...panels, panels: [listed(), done] } } })
    const list = await openConsole(`${base}/panels`, 'Panels')
    await shows(list, 'All decided, and not closed yet')
    const [first, second] = [...list.querySelectorAll('table')].map((table) => table.textContent ?? '')
    expect([first?.includes('20 September 2024'), second?.includes('6 September 2024')]).to.deep.equal([true, true])
  })

  it('say that somebody else has changed the agenda meanwhile', async () => {
    playConsole({
      'GET /panels/p-1': { body: panel() },
      'POST /panels/p-1/cases': problem('conflict', 409, { cases: [reference] }),
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Take off')
    await press(element, `Take off ${calm.reference}`)
    await shows(element, 'Nothing of yours was changed; this is the agenda as it stands now.')
  })

  it('decide on a referral, with its own place', async () => {
    const asked = playConsole({
      'GET /panels/p-1': { body: panel() },
      [`POST /cases/${reference}/moves`]: changed,
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Give a place')
    await press(element, `Give a place for ${reference}`)
    const dialog = await dialogIn(element)
    await fill(dialog, 'Why?', 'The panel agreed.')
    await press(dialog, 'Give a place')
    await shows(element, 'Done: Give a place.')
    expect(bodies(asked)).to.deep.equal([{ move: 'give-place', seen: 7, reason: 'The panel agreed.', panel: 'p-1' }])
  })

  it('are asked before anything is decided for one that has not met', async () => {
    const [packed] = panel().pack
    if (!packed) throw new Error('The sample has no pack')
    const decline = move({ id: 'decline', name: 'Say no', as: 'decline', gives: null, meetsOn: '2024-09-20' })
    const asked = playConsole({
      'GET /panels/p-1': { body: panel({ pack: [{ ...packed, moves: [decline] }] }) },
      [`POST /cases/${reference}/moves`]: changed,
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Say no')
    await press(element, `Say no for ${reference}`)
    const dialog = await dialogIn(element)
    await shows(dialog, 'This panel has not met yet: it meets on 20 September 2024.')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    const text = textIn(dialog)
    expect(text.indexOf('has not met yet')).to.be.below(text.indexOf('Why?'))
    await fill(dialog, 'Why?', 'Not this term.')
    await press(dialog, 'Say no')
    await shows(dialog, 'Tick this where it was decided before')
    expect(document.activeElement?.id).to.equal('writing-early')
    expect(bodies(asked)).to.deep.equal([])
    await press(dialog, 'It was decided before the meeting')
    await press(dialog, 'Say no')
    await shows(element, 'Done: Say no.')
    expect(bodies(asked)).to.deep.equal([
      { move: 'decline', seen: 7, reason: 'Not this term.', early: true, panel: 'p-1' },
    ])
  })

  it('take what they asked about on again, once the answer is there', async () => {
    const [packed, other] = panel().pack
    if (!packed || !other) throw new Error('The sample has no pack')
    const back = {
      ...packed,
      decision: 'Ask for more information',
      back: { as: 'more-information' as const },
      moves: [],
    }
    const couldBePut = [packed.card, card({ reference: 'SS-4444-5555', pupil: 'J. D.' })]
    let isAgain = false
    const asked = playConsole({
      'GET /panels/p-1': () => ({
        body: panel(isAgain ? {} : { pack: [back, { ...other, decision: 'Say no' }], couldBePut }),
      }),
      'POST /panels/p-1/cases': () => {
        isAgain = true
        return { body: { id: 'p-1', closed: false, cases: [] } }
      },
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Ask for more information More information was asked for; the answer is there')
    expect(textIn(element).match(/Put it on the agenda again/g)).to.have.length(1)
    await press(element, 'Put referrals on the agenda')
    const dialog = await dialogIn(element)
    await shows(dialog, 'on this agenda before: “Ask for more information”')
    expect(textIn(dialog)).not.to.contain('on no agenda')
    await press(dialog, 'Cancel')
    await press(element, `Put it on the agenda again: ${reference}`)
    await until(() => !/the answer is there/.test(textIn(element)), 'the agenda as it stands then')
    await until(() => document.activeElement?.getAttribute('href') === `#case-${reference}`, 'the focus on its row')
    expect(bodies(asked)).to.deep.equal([{ add: [reference], remove: [] }])
  })

  it('choose nothing again that they have put off, and say of no question that it is answered before it is', async () => {
    const [packed, other] = panel().pack
    if (!packed || !other) throw new Error('The sample has no pack')
    const open = { ...packed.card, flags: ['question-open' as const] }
    const asks = {
      ...{ ...packed, card: open, decision: 'Ask for more information', moves: [] },
      back: { as: 'more-information' as const },
    }
    const later = { ...other, decision: 'Put off', back: { as: 'defer' as const }, moves: [] }
    const couldBePut = [other.card, card({ reference: 'SS-4444-5555', pupil: 'J. D.' })]
    const asked = playConsole({
      'GET /panels/p-1': { body: panel({ pack: [asks, later], couldBePut }) },
      'POST /panels/p-1/cases': { body: { id: 'p-1', closed: false, cases: [] } },
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'More information was asked for; no answer has come yet')
    await shows(element, 'It waits for a later agenda')
    expect(textIn(element)).not.to.contain('the answer is there')
    await press(element, 'Put referrals on the agenda')
    const dialog = await dialogIn(element)
    await shows(dialog, 'on this agenda before: “Put off”')
    await press(dialog, 'Put them on the agenda')
    await shows(element, 'They are on the agenda')
    expect(bodies(asked)).to.deep.equal([{ add: ['SS-4444-5555'], remove: [] }])
  })

  it('take referrals on, name who sits, and are closed', async () => {
    const ok = { body: { id: 'p-1', closed: false, cases: [] } }
    const asked = playConsole({
      'GET /panels/p-1': { body: panel() },
      'POST /panels/p-1/cases': ok,
      'POST /panels/p-1/people': ok,
      'POST /panels/p-1/places': ok,
      'POST /panels/p-1/close': ok,
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Put referrals on the agenda')
    await press(element, 'Put referrals on the agenda')
    await press(await dialogIn(element), 'Put them on the agenda')
    await shows(element, 'They are on the agenda')
    await press(element, 'Change who')
    let dialog = await dialogIn(element)
    await press(dialog, 'Ann Lowe')
    await press(dialog, 'Save who sits on it')
    await shows(element, 'Who sits on it is saved.')
    await press(element, 'Change how many')
    dialog = await dialogIn(element)
    await fill(dialog, 'Places', '2')
    await press(dialog, 'Change it')
    await shows(dialog, '3 are given already: enter 3 or more')
    await fill(dialog, 'Places', '6')
    await press(dialog, 'Change it')
    await shows(element, 'The number of places is changed.')
    await press(element, 'Close the panel')
    dialog = await dialogIn(element)
    await shows(dialog, '2 referrals are not decided.')
    await press(dialog, 'Close the panel')
    await shows(element, 'The panel is closed.')
    expect(bodies(asked)).to.deep.equal([
      { add: ['SS-4444-5555'], remove: [] },
      { people: ['p5', 'p6'] },
      { places: 6 },
      {},
    ])
  })

  it('meet on another day after all, and are cancelled while nothing is decided', async () => {
    let isGone = false
    const open = panel({ panel: listed({ places: { most: 5, withdrawn: 0, taken: 0, left: 5 } }) })
    const asked = playConsole({
      'GET /panels/p-1': () => (isGone ? problem('not-found', 404) : { body: open }),
      'POST /panels/p-1': { body: { id: 'p-1', closed: false, cases: [] } },
      'POST /panels/p-1/cancel': () => {
        isGone = true
        return { body: { id: 'p-1', closed: true, cases: [] } }
      },
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Change the day')
    await press(element, 'Change the day')
    let dialog = await dialogIn(element)
    await fill(dialog, 'Day', '2024-09-27')
    await press(dialog, 'Change it')
    await shows(element, 'The panel is changed.')
    await press(element, 'Cancel the panel')
    dialog = await dialogIn(element)
    await shows(dialog, 'The 2 referrals on its agenda wait for another panel.')
    await press(dialog, 'Cancel the panel')
    await shows(element, 'The panel is cancelled.')
    expect(bodies(asked)).to.deep.equal([{ meetsOn: '2024-09-27', note: 'Room 2' }, {}])
  })

  it('take forty referrals on at once, and say at which control something is wrong', async () => {
    const couldBePut = Array.from({ length: 43 }, (_, index) => ({
      ...calm,
      reference: `SS-AAAA-${1000 + index}`,
    }))
    const fault = (pointer: string, code: string, more: object = {}) =>
      problem('invalid', 422, { errors: [{ pointer, code, ...more }] })
    const asked = playConsole({
      'GET /panels/p-1': { body: panel({ couldBePut }) },
      'POST /panels/p-1/cases': fault('/add', 'too-many', { most: 60 }),
      'POST /panels/p-1/people': fault('/people/0', 'choose'),
    })
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Put referrals on the agenda')
    await press(element, 'Put referrals on the agenda')
    let dialog = await dialogIn(element)
    await shows(dialog, 'At most 40 are put on at once.')
    const boxes = [...dialog.querySelectorAll<HTMLInputElement>('[name=cases]')]
    expect(boxes.filter(({ checked }) => checked).length).to.equal(40)
    boxes[41]?.click()
    await press(dialog, 'Put them on the agenda')
    await shows(dialog, 'Choose 40 at most: you have chosen 41.')
    boxes[41]?.click()
    await press(dialog, 'Put them on the agenda')
    await shows(dialog, 'The agenda holds 60 at most')
    expect((bodies(asked)[0] as { add: string[] }).add.length).to.equal(40)
    await press(dialog, 'Cancel')
    await press(element, 'Change who')
    dialog = await dialogIn(element)
    await press(dialog, 'Save who sits on it')
    await shows(dialog, 'Choose one of these')
    expect(document.activeElement?.id).to.equal('writing-people')
  })

  it('are read by a panel member, who arranges nothing', async () => {
    playConsole({ 'GET /panels/p-1': { body: panel() } }, signedIn('panel-member'))
    const element = await openConsole(`${base}/panels/p-1`, 'Panel on 20 September 2024')
    await shows(element, 'Amina Khan')
    expect(textIn(element)).not.to.match(/Later|Take off|Change who|Close the panel|Put referrals on/)
    await shows(element, 'Give a place')
  })
})

describe('The waiting list', () => {
  afterEach(() => closeConsole())

  it('keeps its order, which changes with a reason', async () => {
    const asked = playConsole({
      'GET /waiting': { body: waiting },
      'POST /waiting/order': { body: { pathway: 'placement', order: [] } },
    })
    const element = await openConsole(`${base}/waiting`, 'Waiting list')
    await shows(element, 'A. K., SS-7K4M-2QXD')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, `Move ${calm.reference} in the order`)
    const dialog = await dialogIn(element)
    await press(dialog, 'Move it')
    await shows(dialog, 'Give a reason')
    await fill(dialog, 'Why?', 'At risk of exclusion.')
    await press(dialog, 'Move it')
    await shows(element, `${calm.reference} has moved on the waiting list.`)
    expect(bodies(asked)).to.deep.equal([
      {
        pathway: 'placement',
        case: calm.reference,
        before: reference,
        order: [reference, calm.reference],
        reason: 'At risk of exclusion.',
      },
    ])
  })

  it('says why somebody was moved, offers what changes something alone, and keeps the focus with who moves', async () => {
    const [pathway] = waiting.pathways
    const third = {
      ...card({ reference: 'SS-9999-0000', pupil: 'Z. Z.', flags: [] }),
      position: 3,
      waitingSince: '2024-07-02',
      moved: null,
    }
    const [one, two] = pathway?.cases ?? []
    if (!pathway || !one || !two) throw new Error('The sample has no waiting list')
    const plain = { ...one, flags: [] }
    const moved = { on: '2024-09-10', by: 'Jo Hargreaves', from: 3, to: 1, reason: 'At risk of exclusion.' }
    let isMoved = false
    const shown = () => [
      ...(isMoved ? [{ ...third, position: 1, moved }] : []),
      ...[plain, two].map((who) => ({ ...who, position: who.position + (isMoved ? 1 : 0) })),
      ...(isMoved ? [] : [third]),
    ]
    playConsole({
      'GET /waiting': () => ({ body: { pathways: [{ ...pathway, cases: shown() }] } }),
      'POST /waiting/order': () => {
        isMoved = true
        return { body: { pathway: 'placement', order: [] } }
      },
    })
    const element = await openConsole(`${base}/waiting`, 'Waiting list')
    await shows(element, 'Z. Z., SS-9999-0000')
    expect(textIn(element)).not.to.contain('Stands out')
    const offered = async (who: string) => {
      await press(element, `Move ${who} in the order`)
      const dialog = await dialogIn(element)
      const places = [...dialog.querySelectorAll('option')].map((place) => place.textContent?.trim())
      await press(dialog, 'Cancel')
      await until(() => !dialog.open, 'the dialog to close')
      return places
    }
    expect(await offered(reference)).to.deep.equal([`Before Z. Z., SS-9999-0000 (number 3)`, 'To the end'])
    expect(await offered(calm.reference)).to.deep.equal([`Before A. K., ${reference} (number 1)`, 'To the end'])
    const button = control(element, 'Move SS-9999-0000 in the order')
    button.focus()
    await press(element, 'Move SS-9999-0000 in the order')
    const dialog = await dialogIn(element)
    expect(textIn(dialog)).not.to.contain('To the end')
    await fill(dialog, 'Why?', 'At risk of exclusion.')
    await press(dialog, 'Move it')
    await shows(element, 'Moved from number 3 to number 1 by Jo Hargreaves on 10 Sep 2024: At risk of exclusion.')
    await shows(element, 'Stands out')
    const focused = document.activeElement
    expect(focused === control(element, 'Move SS-9999-0000 in the order') || focused?.matches('.notice.good')).to.equal(
      true,
    )
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says where nobody waits', async () => {
    playConsole({ 'GET /waiting': { body: { pathways: [{ id: 'placement', name: 'Placement', cases: [] }] } } })
    await shows(await openConsole(`${base}/waiting`, 'Waiting list'), 'Nobody waits for a place.')
  })
})

describe('Places', () => {
  afterEach(() => closeConsole())

  it('are shown by school and term, with the exclusions that withdraw some', async () => {
    const asked = playConsole({
      'GET /places': { body: places },
      'GET /exclusions': { body: exclusions },
      'POST /exclusions': { status: 201, body: { exclusion: exclusions.exclusions[0] } },
      'POST /exclusions/e-1/take-back': { body: { exclusion: exclusions.exclusions[0] } },
    })
    const element = await openConsole(`${base}/places`, 'Places')
    await shows(element, 'Core inclusion place: 2 for each school and term.')
    await shows(element, '1 place withdrawn')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Note the exclusion')
    await shows(element, 'Enter the school’s name')
    await shows(element, 'Enter the school’s URN, which has six figures')
    await shows(element, 'Enter a day that is not in the future')
    expect(document.activeElement?.id).to.equal('school')
    await fill(element, 'School', 'Elm Junior School')
    await fill(element, 'Its unique reference number (URN)', '123456')
    await fill(element, 'On which day?', '2024-09-09')
    await press(element, 'Note the exclusion')
    await shows(element, 'The exclusion is noted.')
    await press(element, 'Take back the one of Oak Primary School on 5 September 2024')
    const dialog = await dialogIn(element)
    await shows(dialog, 'The place that it withdrew is there again.')
    await press(dialog, 'Take it back')
    await shows(element, 'The exclusion is taken back.')
    expect(bodies(asked)).to.deep.equal([{ school: 'Elm Junior School', urn: '123456', on: '2024-09-09' }, {}])
  })
})

describe('Places of which more are taken than there are', () => {
  afterEach(() => closeConsole())

  it('say so, and an exclusion that was taken back withdraws nothing', async () => {
    const over = { ...places.schools[0], most: 2, withdrawn: 1, taken: 2, left: 0 }
    const back = { ...exclusions.exclusions[0], takenBackAt: '2024-09-07T08:00:00Z' }
    playConsole({
      'GET /places': { body: { ...places, schools: [over] } },
      'GET /exclusions': { body: { exclusions: [back], next: null } },
    })
    const element = await openConsole(`${base}/places`, 'Places')
    await shows(element, 'One place more is taken than the school has')
    await shows(element, 'Taken back: nothing is withdrawn')
    expect(textIn(element)).not.to.contain('1 place withdrawn')
  })
})

describe('An exclusion on a day of no term', () => {
  afterEach(() => closeConsole())

  it('asks for the term at the control of its own, and not at the filter above', async () => {
    playConsole({
      'GET /places': { body: places },
      'GET /exclusions': { body: exclusions },
      'POST /exclusions': problem('invalid', 422, { errors: [{ pointer: '/term', code: 'choose' }] }),
    })
    const element = await openConsole(`${base}/places`, 'Places')
    await shows(element, 'Note a permanent exclusion')
    await fill(element, 'School', 'Elm Junior School')
    await fill(element, 'Its unique reference number (URN)', '123456')
    await fill(element, 'On which day?', '2024-08-09')
    await press(element, 'Note the exclusion')
    await shows(element, 'That day is in no term that is published: choose the term in which it counts')
    expect(document.activeElement?.id).to.equal('counts')
  })
})

describe('Places that nobody counts', () => {
  afterEach(() => closeConsole())

  it('are named, so that the page is not empty', async () => {
    const free: (typeof places)['kinds'] = [
      { id: 'base', name: 'In-reach at the base', pathway: 'support', most: null, counted: 'freely' },
    ]
    playConsole({
      'GET /places': { body: { ...places, kinds: free, schools: [] } },
      'GET /exclusions': { body: { exclusions: [], next: null } },
    })
    const element = await openConsole(`${base}/places`, 'Places')
    await shows(element, 'Nothing is counted here: In-reach at the base.')
  })
})

describe('The overview, of referrals', () => {
  afterEach(() => closeConsole())

  it('says in a line how they stand, and leads to the board', async () => {
    const overview = { drafts: [], scheduled: [], years: [], year: null, orders: null, lettersInTrouble: null }
    playConsole({ 'GET /overview': { body: overview }, 'GET /cases': { body: board } }, signedIn('coordinator'))
    const element = await openConsole(base, 'Overview')
    await shows(element, '3 wait for consent, 24 are open, 1 overdue')
    expect(linkTo(element, '3 wait for consent').getAttribute('href')).to.equal(`${base}/cases`)
    closeConsole()
    const back = {
      ...board.pathways[0],
      stages: [
        {
          id: 'panel',
          name: 'Before the panel',
          panel: true,
          waits: false,
          count: 1,
          cases: [card({ flags: ['agenda-again'] })],
        },
      ],
    }
    playConsole(
      { 'GET /overview': { body: overview }, 'GET /cases': { body: { ...board, pathways: [back] } } },
      signedIn('coordinator'),
    )
    await shows(await openConsole(base, 'Overview'), '1 overdue, 1 has to be put on an agenda again')
  })
})

describe('Any page about referrals', () => {
  afterEach(() => closeConsole())

  it('goes back by the browser’s own button', async () => {
    playConsole({ 'GET /cases': { body: board }, [`GET /cases/${reference}`]: read(), 'GET /panels': { body: panels } })
    const element = await openConsole(`${base}/cases`, 'Referrals')
    await shows(element, 'A. K., SS-7K4M-2QXD')
    linkTo(element, `A. K., ${reference}`).click()
    await showsHeading(element, heading)
    expect(document.title).to.equal(`Referral ${reference} – Stepping Stones – Outreach Kit`)
    history.back()
    await showsHeading(element, 'Referrals')
    await shows(element, `A. K., ${reference}`)
  })
})
