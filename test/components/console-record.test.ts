import { expect } from 'chai'
import { closeConsole, linkTo, openConsole, playConsole, shows } from './console-page.ts'
import { accessibilityFaults, fill, press, until } from './page.ts'

const jo = { id: 'p1', name: 'Jo Hargreaves', email: 'jo@stepping-stones.example' }
const people = {
  body: {
    people: [
      { ...jo, role: 'owner', since: '2026-09-01T08:00:00Z', invitedBy: null, signedInAt: '2026-11-20T08:00:00Z' },
      {
        id: 'p3',
        name: '',
        email: 'kim@stepping-stones.example',
        role: 'finance',
        since: '2026-11-02T08:00:00Z',
        invitedBy: jo,
        signedInAt: null,
      },
    ],
  },
}
const entry = (number: number, actor: unknown, action: string, subject: string, detail: object = {}) => ({
  number,
  at: '2026-11-16T08:05:00Z',
  actor,
  action,
  subject,
  detail,
  sealed: number < 9,
})

describe('The record', () => {
  afterEach(() => closeConsole())

  it('says what was done about a referral without a word about a pupil', async () => {
    const about = 'SS-7K4M-2QXD'
    playConsole({
      'GET /people': people,
      'GET /record': {
        body: {
          entries: [
            entry(9, 'school', 'referral-sent', about),
            entry(8, 'family', 'consent-answered', about, { how: 'page' }),
            entry(7, 'school', 'consent-answered', about, { how: 'paper' }),
            entry(6, jo, 'case-read', about, { as: 'panel-member' }),
            entry(5, jo, 'case-moved', about, { move: 'give-place' }),
            entry(4, jo, 'case-assigned', about, { person: 'p3' }),
            entry(3, 'system', 'referral-stopped', about, { why: 'expired' }),
            entry(20, 'system', 'referral-stopped', about),
            entry(19, 'school', 'referral-stopped', about, { why: 'taken-back' }),
            entry(18, 'system', 'consent-ran-out', about),
            entry(17, 'family', 'consent-words', about),
            entry(16, 'school', 'consent-link', about, { how: 'letter' }),
            entry(15, jo, 'consent-link', about, { how: 'link' }),
            entry(2, 'system', 'referral-erased', about, { why: 'retention' }),
            entry(14, jo, 'case-read', about, { as: 'found' }),
            entry(13, jo, 'case-read', '', { found: 0 }),
            entry(12, jo, 'panel-made', 'p-1', { pathway: 'placement', meetsOn: '2024-09-20' }),
            entry(11, jo, 'panel-changed', 'p-1', { added: 3, removed: 1, on: '2024-09-20' }),
            entry(10, jo, 'panel-changed', 'p-1', { on: '2024-09-20', to: '2024-09-27' }),
          ],
          next: null,
        },
      },
    })
    const element = await openConsole('/console/stepping-stones/record', 'Record')
    for (const text of [
      `A school sent the referral ${about}`,
      `A parent, carer or young person answered about consent for the referral ${about}`,
      `A school wrote down an answer about consent for the referral ${about}, given on paper`,
      `Jo Hargreaves read the referral ${about} as panel member`,
      `Jo Hargreaves looked for a referral, and found ${about}`,
      'Jo Hargreaves looked for a referral, and found none',
      'Jo Hargreaves arranged a panel on 20 September 2024',
      'Jo Hargreaves changed the agenda of the panel on 20 September 2024: 3 put on, 1 taken off',
      'Jo Hargreaves moved the panel on 20 September 2024 to 27 September 2024',
      `Jo Hargreaves decided on the referral ${about}: give place`,
      `Jo Hargreaves gave the referral ${about} to kim@stepping-stones.example`,
      `Outreach Kit stopped the referral ${about}: permission had run out and was not given anew`,
      `A school stopped the referral ${about}: the school took it back`,
      `Outreach Kit closed the referral ${about} to everybody: the family’s permission had run out`,
      `A parent, carer or young person changed what is said in words beside the answers for the referral ${about}`,
      `A school made a new letter to print for somebody who was asked for consent for the referral ${about}`,
      `Jo Hargreaves sent a new link to somebody who was asked for consent for the referral ${about}`,
      `Outreach Kit erased everything that was kept of the referral ${about}, since its time was over`,
    ])
      await shows(element, text)
  })

  it('says in sentences who did what and when, and what is sealed', async () => {
    playConsole({
      'GET /people': people,
      'GET /record': {
        body: {
          entries: [
            entry(9, jo, 'catalogue-published', '2024-25 v3', { version: 3, from: '2025-04-01' }),
            entry(8, jo, 'person-invited', 'p3', { role: 'finance' }),
            entry(7, jo, 'role-changed', 'p9', { from: 'viewer', to: 'coordinator' }),
            entry(6, 'school', 'order-placed', 'SS-7K4M-2QXD'),
            entry(5, 'system', 'something-new-done', 'x'),
          ],
          next: null,
        },
      },
    })
    const element = await openConsole('/console/stepping-stones/record', 'Record')
    for (const text of [
      'Jo Hargreaves published the catalogue 2024-25, version 3, to count from 1 April 2025',
      'Jo Hargreaves invited kim@stepping-stones.example as finance',
      'Jo Hargreaves changed the role of somebody from viewer to co-ordinator',
      'A school placed the order SS-7K4M-2QXD',
      'Outreach Kit something new done: x',
      '16 November 2026 at 08:05',
      'In a minute',
    ])
      await shows(element, text)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('is filtered by person and kind in the address, paged, and downloaded as it is filtered', async () => {
    const asked = playConsole({
      'GET /people': people,
      'GET /record': { body: { entries: [entry(8, jo, 'signed-in', 's1', { how: 'passkey' })], next: 8 } },
    })
    const element = await openConsole('/console/stepping-stones/record', 'Record')
    await shows(element, 'Jo Hargreaves signed in by a passkey')
    await fill(element, 'Who', 'p1')
    await fill(element, 'What', 'signed-in')
    await press(element, 'Show')
    await until(() => location.search === '?actor=p1&action=signed-in', 'the filters in the address')
    expect(linkTo(element, 'Download as CSV').getAttribute('href')).to.equal(
      '/api/console/providers/stepping-stones/record.csv?actor=p1&action=signed-in',
    )
    linkTo(element, 'Next entries').click()
    await shows(element, 'Newest entries')
    const searches = asked.filter(({ path }) => path.endsWith('/record')).map(({ search }) => search)
    expect(searches).to.deep.equal(['', '?actor=p1&action=signed-in', '?before=8&actor=p1&action=signed-in'])
  })
})

describe('The overview', () => {
  afterEach(() => closeConsole())
  const months = ['2024-04', '2024-05'].map((month, index) => ({
    month,
    orders: index * 3,
    pence: index * 577_500,
    leastMinutes: index * 2_160,
    mostMinutes: index * 2_340,
  }))

  it('says what waits, and how the year goes, in a picture and in figures', async () => {
    playConsole({
      'GET /overview': {
        body: {
          orders: { placed: 3, accepted: 0, declined: 0, cancelled: 0 },
          oldestWaiting: '2024-09-06',
          drafts: [
            {
              id: 'd1',
              title: 'With a Gold package',
              updatedAt: '2024-09-01T08:00:00Z',
              updatedBy: { id: 'p1', name: 'Jo Hargreaves' },
            },
          ],
          scheduled: [{ catalogue: '2025-26', version: 1, from: '2025-04-01' }],
          lettersInTrouble: { failed: 1, unaddressed: 0 },
          year: { catalogue: '2024-25', months },
          years: ['2024-25', '2019-20'],
        },
      },
      'GET /letters': {
        body: {
          letters: [
            {
              id: 'l1',
              about: 'SS-7K4M-2QXD',
              to: 'senco@oak.example',
              subject: 'Your order',
              state: 'failed',
              writtenAt: '2024-09-06T09:12:00Z',
              trouble: 'No such address',
              referral: null,
            },
            {
              id: 'l3',
              about: 'SS-OPEN-OPEN',
              to: '',
              subject: 'Your referral SS-OPEN-OPEN',
              state: 'failed',
              writtenAt: '2024-09-05T09:12:00Z',
              trouble: 'No such address',
              referral: 'open',
            },
            {
              id: 'l4',
              about: 'SS-WAIT-WAIT',
              to: '',
              subject: 'About the request SS-WAIT-WAIT',
              state: 'failed',
              writtenAt: '2024-09-05T09:12:00Z',
              trouble: null,
              referral: 'waiting',
            },
            {
              id: 'l2',
              about: 'invitation',
              to: 'new@oak.example',
              subject: 'You are invited',
              state: 'failed',
              writtenAt: '2024-09-05T09:12:00Z',
              trouble: null,
              referral: null,
            },
          ],
          next: null,
        },
      },
    })
    const element = await openConsole('/console/stepping-stones', 'Overview')
    for (const text of [
      '3 orders The oldest came 2 working days ago, on 6 September 2024.',
      'With a Gold package',
      'In force from 1 April 2025',
      '1 letter could not be delivered.',
      'to senco@oak.example: No such address',
      'to new@oak.example They can be invited again under People.',
      'Your referral SS-OPEN-OPEN No such address It can be sent again from there.',
      'About the request SS-WAIT-WAIT The referral waits for consent: ask the school to check the address that it gave.',
      'May 2024 3 £5,775 36 to 39',
    ])
      await shows(element, text)
    expect(linkTo(element, 'Your referral SS-OPEN-OPEN').pathname).to.equal(
      '/console/stepping-stones/cases/SS-OPEN-OPEN',
    )
    expect([...element.querySelectorAll('a')].filter(({ href }) => /SS-WAIT/.test(href))).to.deep.equal([])
    expect(linkTo(element, 'Your order').pathname).to.equal('/console/stepping-stones/orders/SS-7K4M-2QXD')
    expect(element.querySelectorAll('svg[role=img][aria-label]')).to.have.length(2)
    expect(element.querySelectorAll('[style]')).to.have.length(0)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('shows a year of one’s choice', async () => {
    const overview = { drafts: [], scheduled: [], orders: null, oldestWaiting: null, lettersInTrouble: null }
    const asked = playConsole({
      'GET /overview': ({ search }) => ({
        body: {
          ...overview,
          year: { catalogue: search ? '2019-20' : '2024-25', months },
          years: ['2024-25', '2019-20'],
        },
      }),
    })
    const element = await openConsole('/console/stepping-stones', 'Overview')
    await shows(element, 'The year 2024-25')
    await fill(element, 'Year', '2019-20')
    await press(element, 'Show')
    await shows(element, 'The year 2019-20')
    expect(asked.at(-1)?.search).to.equal('?year=2019-20')
  })
})

describe('The schools', () => {
  afterEach(() => closeConsole())

  it('show what they hold in a year, of their own and with their cluster', async () => {
    playConsole({
      'GET /catalogues': { body: { catalogues: [{ catalogue: '2024-25' }], drafts: [] } },
      'GET /schools': {
        body: {
          catalogue: '2024-25',
          schools: [
            {
              name: 'Oak Primary School',
              urn: null,
              number: '01/023',
              district: '1',
              orders: [
                { reference: 'SS-7K4M-2QXD', status: 'placed', placedOn: '2024-09-06', schools: 1, pence: 185_000 },
              ],
              offers: [
                { offer: 'bronze', name: 'Bronze package', quantity: 2, shared: false },
                { offer: 'cluster', name: 'Cluster subscription', quantity: 1, shared: true },
              ],
              pence: 185_000,
              leastMinutes: 720,
              mostMinutes: 840,
              sharedLeastMinutes: 0,
              sharedMostMinutes: 6_000,
            },
          ],
          next: null,
        },
      },
    })
    const element = await openConsole('/console/stepping-stones/schools?words=oak', 'Schools')
    for (const text of [
      'Oak Primary School 01/023, District 1',
      '2 × Bronze package',
      'Cluster subscription shared with its cluster',
      '12 to 14 hours up to 100 hours with its cluster',
      '£1,850',
      'Show all',
    ])
      await shows(element, text)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })
})
