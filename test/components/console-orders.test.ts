import { expect } from 'chai'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderStatus } from '../../catalogue/wire/order.ts'
import { closeConsole, linkTo, openConsole, playConsole, problem, shows, signedIn } from './console-page.ts'
import { type Asked, accessibilityFaults, control, fill, type Played, press, until } from './page.ts'

const catalogue: Catalogue = await (await fetch('/catalogue/providers/stepping-stones-2024-25.json')).json()
const reference = 'SS-7K4M-2QXD'
const buyer = {
  holds: [],
  schools: [
    { name: 'Oak Primary School', pupils: 210, district: '1', schoolNumber: '01/023' },
    { name: 'Elm Junior School', pupils: 90, district: '1' },
  ],
}
const items = [
  { offer: 'silver', quantity: 1 },
  { offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'], attending: 24, note: 'In October, please.' },
]
const { quote } = quoteOf(catalogue, { on: '2024-09-06', buyer, items }) as { quote: object }

const listed = (status: OrderStatus = 'placed', more: object = {}) => ({
  reference,
  status,
  placedOn: '2024-09-06',
  placedAt: '2024-09-06T09:12:00Z',
  schoolName: 'Oak Primary School',
  schools: 2,
  totalPence: 192_500,
  catalogue: '2024-25',
  version: 1,
  payment: 'journal',
  ...more,
})
const counts = { placed: 2, accepted: 131, declined: 4, cancelled: 0 }
const catalogues = { body: { catalogues: [{ catalogue: '2024-25' }, { catalogue: '2019-20' }], drafts: [] } }
const inbox = (more: object = {}): Played => ({
  body: { counts, orders: [listed()], next: null, previous: null, ...more },
})

const detail = (status: OrderStatus = 'placed', history: object[] = []) => ({
  order: listed(status),
  request: {
    buyer,
    items,
    contact: { name: 'A. Example', role: 'SENCo', email: 'senco@oak.example' },
    payment: { method: 'journal', ledgerCode: 'AB123' },
    signatory: { name: 'B. Example', email: 'head@oak.example' },
  },
  quote,
  catalogue: {
    id: '2024-25',
    title: catalogue.title,
    offers: catalogue.offers,
    groups: [],
    payment: [],
    districts: [],
  },
  history: [
    {
      id: 'placed',
      at: '2024-09-06T09:12:00Z',
      on: '2024-09-06',
      kind: 'placed',
      actor: 'school',
      before: null,
      text: '',
    },
    ...history,
  ],
  letters: [
    {
      id: 'l1',
      to: 'senco@oak.example',
      subject: `Your order ${reference}`,
      state: 'failed',
      writtenAt: '2024-09-06T09:12:00Z',
      sentAt: null,
      trouble: 'The address does not exist',
      canBeSentAgain: true,
    },
  ],
})
const sam = { id: 'p2', name: 'Sam Okafor', email: 'sam@stepping-stones.example' }
const searches = (asked: readonly Asked[]) =>
  asked.filter(({ path }) => path.endsWith('/orders')).map(({ search }) => decodeURIComponent(search))

describe('The inbox', () => {
  afterEach(() => closeConsole())

  it('lists what waits for an answer, with how long it has waited', async () => {
    const asked = playConsole({ 'GET /orders': inbox(), 'GET /catalogues': catalogues })
    const element = await openConsole('/console/stepping-stones/orders', 'Orders')
    await shows(element, 'Oak Primary School and 1 more school')
    await shows(element, '2 working days ago')
    expect(searches(asked)).to.deep.equal(['?state=placed'])
    expect(
      [...element.querySelectorAll('.tabs a')].map((tab) => tab.textContent?.replace(/\s+/g, ' ').trim()),
    ).to.deep.equal(['To answer 2', 'Accepted 131', 'Declined 4', 'Cancelled 0', 'All 137'])
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('keeps its filters in the address, and knows a reference and a number from words', async () => {
    const asked = playConsole({ 'GET /orders': inbox(), 'GET /catalogues': catalogues })
    const element = await openConsole('/console/stepping-stones/orders?state=all&catalogue=2024-25', 'Orders')
    await shows(element, 'Oak Primary School')
    for (const typed of ['oak pri', 'SS-7K4M', '01/023']) {
      await fill(element, 'School, reference or school number', typed)
      await press(element, 'Find')
      await until(() => new URLSearchParams(location.search).get('find') === typed, `${typed} in the address`)
    }
    await until(() => searches(asked).length === 4, 'four searches')
    expect(searches(asked)).to.deep.equal([
      '?catalogue=2024-25',
      '?catalogue=2024-25&words=oak+pri',
      '?catalogue=2024-25&reference=SS-7K4M',
      '?catalogue=2024-25&number=01/023',
    ])
    history.back()
    await until(() => control(element, 'School, reference').value === 'SS-7K4M', 'the earlier search')
  })

  it('goes on to the next page and back', async () => {
    const asked = playConsole({
      'GET /orders': ({ search }) => inbox(search.includes('after') ? { previous: 'a' } : { next: 'b' }),
      'GET /catalogues': catalogues,
    })
    const element = await openConsole('/console/stepping-stones/orders', 'Orders')
    await shows(element, 'Next orders')
    linkTo(element, 'Next orders').click()
    await shows(element, 'Previous orders')
    expect(searches(asked)).to.deep.equal(['?state=placed', '?state=placed&after=b'])
  })

  it('leads on where what was looked through so far holds no other order', async () => {
    playConsole({
      'GET /orders': inbox({ orders: [], next: 'b', previous: 'a' }),
      'GET /catalogues': catalogues,
    })
    const element = await openConsole('/console/stepping-stones/orders?find=oak', 'Orders')
    await shows(element, 'No other order fits so far.')
    expect(linkTo(element, 'Next orders').search).to.equal('?find=oak&after=b')
    expect(linkTo(element, 'Previous orders').search).to.equal('?find=oak&before=a')
  })

  it('says what to do where nothing fits', async () => {
    playConsole({ 'GET /orders': inbox({ orders: [] }), 'GET /catalogues': catalogues })
    const element = await openConsole('/console/stepping-stones/orders?find=xyz', 'Orders')
    await shows(element, 'No orders fit in “To answer”. Look in all states')
    expect(linkTo(element, 'Look in all states').search).to.equal('?state=all&find=xyz')
  })

  it('offers downloads by right, as plain links', async () => {
    playConsole({ 'GET /orders': inbox(), 'GET /catalogues': catalogues }, signedIn('finance'))
    const element = await openConsole('/console/stepping-stones/orders', 'Orders')
    await until(() => control(element, 'What'), 'the downloads')
    const what = control(element, 'What')
    expect([...(what instanceof HTMLSelectElement ? what.options : [])].map(({ text }) => text)).to.deep.equal([
      'Orders',
      'Order lines',
      'Invoices to raise',
      'Journal transfers',
    ])
    // Finance is here for these.
    expect(what.value).to.equal('invoices')
    await fill(element, 'What', 'journals')
    await fill(element, 'Accepted from', '2024-04-01')
    expect(linkTo(element, 'Download as CSV').getAttribute('href')).to.equal(
      '/api/console/providers/stepping-stones/exports/journals.csv?answeredFrom=2024-04-01',
    )
  })
})

describe('An order', () => {
  afterEach(() => closeConsole())
  const address = `/console/stepping-stones/orders/${reference}`
  const heading = `Order ${reference}`

  it('shows what was ordered in the words that the school saw, and everybody concerned', async () => {
    playConsole({ [`GET /orders/${reference}`]: { body: detail() } })
    const element = await openConsole(address, heading)
    for (const text of [
      'Silver package',
      'Added because everything else you chose depends on it',
      '24 people attend',
      'Note: In October, please.',
      'Elm Junior School',
      'AB123',
      'head@oak.example',
      'Not delivered',
      'The address does not exist',
    ])
      await shows(element, text)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('is accepted by one press and one answer, once', async () => {
    let status: OrderStatus = 'placed'
    const asked = playConsole({
      [`GET /orders/${reference}`]: () => ({ body: detail(status) }),
      [`POST /orders/${reference}/accept`]: () => {
        status = 'accepted'
        return { body: { reference, status }, delay: 50 }
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Accept the order')
    await press(element, 'Accept the order')
    const dialog = await until(() => element.querySelector<HTMLDialogElement>('dialog#question[open]'), 'the question')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    const button = control(dialog, 'Accept the order')
    button.click()
    button.click()
    await shows(element, 'The order is accepted.')
    const posts = asked.filter(({ method }) => method === 'POST')
    expect(posts.map(({ body }) => body)).to.deep.equal([{ seen: 'placed' }])
    expect(posts[0]?.headers.get('Idempotency-Key')).to.have.length.above(20)
    await shows(element, 'Decline it after all')
  })

  it('is not declined without a reason, and keeps the reason where the connection fails', async () => {
    let reached = false
    const asked = playConsole({
      [`GET /orders/${reference}`]: () => ({ body: detail(reached ? 'declined' : 'placed') }),
      [`POST /orders/${reference}/decline`]: () => (reached ? { body: {} } : undefined),
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Decline it')
    await press(element, 'Decline it')
    const dialog = await until(() => element.querySelector<HTMLDialogElement>('dialog#question[open]'), 'the question')
    await press(dialog, 'Decline the order')
    await shows(dialog, 'Say why, so that the school knows what to do next')
    await fill(dialog, 'Why?', 'We have no hours left this term.')
    await press(dialog, 'Decline the order')
    await shows(dialog, 'We could not reach the service')
    expect(control(dialog, 'Why?').value).to.equal('We have no hours left this term.')
    reached = true
    await press(dialog, 'Decline the order')
    await shows(element, 'The order is declined.')
    const posts = asked.filter(({ method }) => method === 'POST')
    expect(new Set(posts.map(({ headers }) => headers.get('Idempotency-Key')))).to.have.property('size', 1)
    expect(posts.at(-1)?.body).to.deep.equal({ reason: 'We have no hours left this term.', seen: 'placed' })
  })

  it('says who was quicker, and overwrites nothing', async () => {
    let status: OrderStatus = 'placed'
    playConsole({
      [`GET /orders/${reference}`]: () => ({ body: detail(status) }),
      [`POST /orders/${reference}/accept`]: () => {
        status = 'declined'
        return problem('conflict', 409, { status, answered: { by: sam, at: '2024-09-10T08:30:00Z' } })
      },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Accept the order')
    await press(element, 'Accept the order')
    const dialog = await until(() => element.querySelector<HTMLDialogElement>('dialog#question[open]'), 'the question')
    await press(dialog, 'Accept the order')
    await shows(
      element,
      'Sam Okafor has answered this order meanwhile, on 10 September 2024 at 09:30. It is now declined. Your own answer was not kept.',
    )
    await shows(element, 'Accept it after all')
    expect(dialog.open).to.equal(false)
  })

  it('takes a note, and sends a letter again to another address', async () => {
    const asked = playConsole({
      [`GET /orders/${reference}`]: {
        body: detail('placed', [{ at: '2024-09-07T09:00:00Z', actor: sam, kind: 'note', text: 'Rang them.' }]),
      },
      [`POST /orders/${reference}/notes`]: { status: 201, body: {} },
      [`POST /orders/${reference}/letters/l1/again`]: { status: 201, body: {} },
    })
    const element = await openConsole(address, heading)
    await shows(element, 'Sam Okafor wrote')
    await fill(element, 'Add a note', 'They ring back on Monday.')
    await press(element, 'Save the note')
    await shows(element, 'The note is saved.')
    expect(control(element, 'Add a note').value).to.equal('')
    await press(element, 'Send again')
    const dialog = await until(() => element.querySelector<HTMLDialogElement>('dialog#question[open]'), 'the question')
    await fill(dialog, 'To which address?', 'office@oak.example')
    await press(dialog, 'Send it again')
    await shows(element, 'The letter is on its way to office@oak.example.')
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).to.deep.equal([
      { text: 'They ring back on Monday.' },
      { to: 'office@oak.example' },
    ])
  })

  it('is only read by those who may not answer', async () => {
    playConsole({ [`GET /orders/${reference}`]: { body: detail() } }, signedIn('viewer'))
    const element = await openConsole(address, heading)
    await shows(element, 'What they ordered')
    expect([...element.querySelectorAll('main button')].map((button) => button.textContent?.trim())).to.deep.equal([
      'Print',
    ])
  })
})
