import { sendKeys } from '@web/test-runner-commands'
import { expect } from 'chai'
import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { emptyBasket } from '../../catalogue/wire/basket.ts'
import '../../components/order-form/order-form.ts'
import {
  type Asked,
  accessibilityFaults,
  clear,
  control,
  fill,
  mount,
  type Played,
  playApi,
  press,
  rendered,
  rootOf,
  textOf,
  until,
} from './page.ts'

const shipped = async (name: string): Promise<Catalogue> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const [steppingStones, lancashire, norfolk, sedis] = await Promise.all(
  ['stepping-stones-2024-25', 'stepping-stones-2019-20', 'school2school-norfolk-2015-16', 'sedis-2024-25'].map(shipped),
)
if (!steppingStones || !lancashire || !norfolk || !sedis) throw new Error('The shipped catalogues are missing')

const silverAndTwilight = {
  items: [
    { offer: 'silver', quantity: 1 },
    { offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'] },
  ],
}
const receipt = {
  reference: 'SS-7K4M-2QXD',
  status: 'placed',
  totalPence: 192_500,
  conditionalPence: 0,
  catalogue: '2024-25',
  version: 1,
  placedOn: '2024-09-10',
}
const problem = (type: string, status: number, more: object = {}): Played => ({
  status,
  body: { type: `/api/problems/${type}`, title: type, status, instance: 'urn:request:r-1', errors: [], ...more },
})

interface Scene {
  document?: Catalogue
  on?: string
  inForce?: boolean
  basket?: object
  attributes?: string
}

let orders: Asked[] = []

/** An order form whose orders are answered one after the other; `undefined` is a connection that fails. */
async function form(replies: (Played | undefined)[] = [{ status: 201, body: receipt }], scene: Scene = {}) {
  const {
    document = steppingStones as Catalogue,
    on = '2024-09-10',
    inForce = true,
    basket = silverAndTwilight,
  } = scene
  const provider = document.provider.id
  const key = `outreach-basket:${provider}:${document.catalogue}`
  localStorage.setItem(key, JSON.stringify({ ...emptyBasket, ...basket }))
  dispatchEvent(new StorageEvent('storage', { key }))
  orders = []
  playApi((asked) => {
    if (asked.method === 'GET') return { body: { ...document, version: 1, on, inForce } }
    orders.push(asked)
    return replies[Math.min(orders.length, replies.length) - 1]
  })
  const element = await mount(
    `<outreach-order-form provider="${provider}" today="${on}" api="https://outreach.example" ${scene.attributes ?? ''}><a href="/elsewhere">Order on our portal</a></outreach-order-form>`,
  )
  await until(() => rootOf(element).querySelector('#step'), 'the form')
  return element
}

const heading = (element: Element) => rootOf(element).querySelector('#step')?.textContent?.trim()
const at = async (element: Element, title: string) => {
  await until(() => heading(element) === title, title)
  await rendered(element)
}
const focused = (element: Element) => element.shadowRoot?.activeElement
const shows = (element: Element, text: string) => until(() => textOf(element).includes(text), text)
const next = (element: Element) => press(element, 'Continue')
const problems = (element: Element) =>
  [...rootOf(element).querySelectorAll('#summary a')].map((link) => link.textContent?.trim())

async function giveSchool(element: Element): Promise<void> {
  await at(element, 'Your school')
  await fill(element, 'Name of the school', 'Example Primary School')
  await press(element, 'District 1')
  await next(element)
}

async function giveContact(element: Element): Promise<void> {
  await at(element, 'Who we can talk to')
  await fill(element, 'Your name', 'A. Example')
  await fill(element, 'Your e-mail address', ' senco@school.example ')
  await next(element)
}

async function toCheck(element: Element): Promise<void> {
  await next(element)
  await giveSchool(element)
  await giveContact(element)
  await at(element, 'How you will pay')
  await press(element, 'Journal transfer')
  await fill(element, 'Expenditure ledger code', 'AB123')
  await next(element)
  await at(element, 'Who signs')
  await fill(element, 'Name of the person who signs', 'B. Example')
  await fill(element, 'Their e-mail address', 'head@school.example')
  await next(element)
  await at(element, 'Check your answers')
}

const keyOf = (order: Asked | undefined) => order?.headers.get('Idempotency-Key')

describe('The order form', () => {
  beforeEach(() => {
    localStorage.clear()
    history.replaceState(null, '')
  })
  afterEach(() => clear())

  it('takes an order from the list to its reference', async () => {
    const placed: unknown[] = []
    const hear = (event: Event) => placed.push((event as CustomEvent).detail)
    document.addEventListener('outreach-order-placed', hear)
    const element = await form()
    expect(textOf(element))
      .to.contain('step 1 of 6')
      .and.to.contain('£1,925')
      .and.to.contain('Supporting pupils with ADHD')
    await fill(element, 'How many people will attend', '24')
    await fill(element, 'Anything we should know', 'Parking is behind the hall')
    await toCheck(element)
    for (const text of [
      '£1,925',
      'Parking is behind the hall',
      'AB123',
      'head@school.example',
      'I am authorised by the school',
    ])
      expect(textOf(element)).to.contain(text)
    await press(element, 'Place the order')
    await at(element, 'Your order is placed')
    expect(textOf(element))
      .to.contain('SS-7K4M-2QXD')
      .and.to.contain('senco@school.example')
      .and.to.contain('01524 67164')
    expect(orders).to.have.length(1)
    expect(orders[0]?.headers.get('X-Today')).to.equal('2024-09-10')
    expect(orders[0]?.path).to.equal('/api/providers/stepping-stones/orders')
    expect(orders[0]?.body).to.deep.equal({
      catalogue: '2024-25',
      buyer: { holds: [], schools: [{ name: 'Example Primary School', district: '1' }] },
      items: [
        { offer: 'silver', quantity: 1 },
        {
          offer: 'training',
          option: 'twilight',
          quantity: 1,
          topics: ['adhd'],
          attending: 24,
          note: 'Parking is behind the hall',
        },
      ],
      expectedPence: 192_500,
      contact: { name: 'A. Example', email: 'senco@school.example' },
      payment: { method: 'journal', ledgerCode: 'AB123' },
      signatory: { name: 'B. Example', email: 'head@school.example' },
    })
    expect(placed).to.deep.equal([{ reference: 'SS-7K4M-2QXD', totalPence: 192_500 }])
    expect(JSON.parse(localStorage.getItem('outreach-basket:stepping-stones:2024-25') ?? '').items).to.deep.equal([])
    document.removeEventListener('outreach-order-placed', hear)
  })

  it('keeps what was typed out of the browser’s storage and its history', async () => {
    const element = await form()
    await fill(element, 'Anything we should know', 'Canary of a note')
    await toCheck(element)
    const kept = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, location.href])
    for (const typed of ['Canary', 'Example', 'school.example', 'AB123']) expect(kept).not.to.contain(typed)
  })

  it('asks one thing to a page, with the focus on its heading', async () => {
    const element = await form()
    await next(element)
    await at(element, 'Your school')
    expect(focused(element)?.id).to.equal('step')
    expect(textOf(element)).to.contain('step 2 of 6').and.to.contain('Total £1,925')
  })

  it('says in a summary and beside the field what to do, and leads there', async () => {
    const element = await form()
    await next(element)
    await at(element, 'Your school')
    await fill(element, 'Unique reference number', '12345')
    await next(element)
    await until(() => problems(element).length, 'the summary')
    expect(problems(element)).to.deep.equal([
      'Enter the name of the school',
      'Choose the district',
      'Enter the six digits of the unique reference number, or leave it empty',
    ])
    expect(focused(element)?.id).to.equal('summary')
    const field = control(element, 'Name of the school')
    expect(field.getAttribute('aria-invalid')).to.equal('true')
    expect(rootOf(element).querySelector(`[id="${field.getAttribute('aria-describedby')}"]`)?.textContent).to.equal(
      'Enter the name of the school',
    )
    rootOf(element).querySelectorAll<HTMLElement>('#summary a')[1]?.click()
    await rendered(element)
    expect(focused(element)?.id).to.equal('buyer.schools.0.district')
    expect(location.hash).to.equal('')
    expect(control(element, 'Unique reference number').value).to.equal('12345')
    expect(orders).to.have.length(0)
  })

  it('asks for the ledger code with a journal transfer alone, and sends none with an invoice', async () => {
    const element = await form()
    await toCheck(element)
    await press(element, 'Change: How you will pay')
    await at(element, 'How you will pay')
    await fill(element, 'Expenditure ledger code', '')
    await next(element)
    await until(() => problems(element).includes('Enter the ledger code'), 'the error')
    await fill(element, 'Expenditure ledger code', '£££')
    await next(element)
    await shows(element, 'Use only letters, digits, spaces')
    await press(element, 'Invoice')
    expect(rootOf(element).querySelector('[name="payment.ledgerCode"]')).to.equal(null)
    await next(element)
    await at(element, 'Check your answers')
    await press(element, 'Place the order')
    await at(element, 'Your order is placed')
    expect(orders[0]?.body).to.have.deep.property('payment', { method: 'invoice' })
  })

  it('copies the contact where the same person signs', async () => {
    const element = await form()
    await toCheck(element)
    await press(element, 'Change: Who signs')
    await at(element, 'Who signs')
    await press(element, 'I sign for the school myself')
    expect(rootOf(element).querySelector('[name="signatory.name"]')).to.equal(null)
    await next(element)
    await at(element, 'Check your answers')
    expect(textOf(element)).to.contain('I sign for the school myself A. Example')
    await press(element, 'Place the order')
    await at(element, 'Your order is placed')
    expect(orders[0]?.body).to.have.deep.property('signatory', { name: 'A. Example', email: 'senco@school.example' })
  })

  it('goes back to the check after a change, with every other answer kept', async () => {
    const element = await form()
    await toCheck(element)
    await press(element, 'Change: Your school')
    await at(element, 'Your school')
    expect(control(element, 'Name of the school').value).to.equal('Example Primary School')
    await fill(element, 'Name of the school', 'Another School')
    await next(element)
    await at(element, 'Check your answers')
    expect(textOf(element)).to.contain('Another School').and.to.contain('AB123')
  })

  it('goes a step back with the browser’s back button and with its own, and loses nothing', async () => {
    const element = await form()
    const address = location.href
    await next(element)
    await giveSchool(element)
    await at(element, 'Who we can talk to')
    await fill(element, 'Your name', 'A. Example')
    history.back()
    await at(element, 'Your school')
    expect(control(element, 'Name of the school').value).to.equal('Example Primary School')
    expect((control(element, 'District 1') as HTMLInputElement).checked).to.equal(true)
    expect(focused(element)?.id).to.equal('step')
    await press(element, 'Back')
    await at(element, 'Your list')
    history.forward()
    await at(element, 'Your school')
    await next(element)
    await at(element, 'Who we can talk to')
    expect(control(element, 'Your name').value).to.equal('A. Example')
    expect(location.href).to.equal(address)
  })

  it('leaves a page’s own history state alone', async () => {
    history.replaceState({ router: 'theirs' }, '')
    const element = await form()
    await next(element)
    await at(element, 'Your school')
    expect(history.state).to.have.property('router', 'theirs')
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
    await at(element, 'Your school')
  })

  it('sends once however often it is pressed', async () => {
    const element = await form([{ status: 201, body: receipt, delay: 100 }])
    await toCheck(element)
    const button = control(element, 'Place the order')
    button.click()
    button.click()
    await shows(element, 'Placing your order')
    button.click()
    await at(element, 'Your order is placed')
    expect(orders).to.have.length(1)
  })

  it('keeps everything when no answer comes, and tries again with the same key', async () => {
    const element = await form([undefined, problem('unavailable', 503), { status: 201, body: receipt }])
    await toCheck(element)
    await press(element, 'Place the order')
    await shows(element, 'Nothing that you typed is lost')
    expect(focused(element)?.id).to.equal('summary')
    expect(textOf(element)).to.contain('cannot be ordered twice').and.to.contain('Ring 01524 67164')
    expect(textOf(element)).to.contain('Example Primary School')
    await press(element, 'Try again')
    await until(() => orders.length === 2, 'a second try')
    await shows(element, 'Try again')
    await until(() => !textOf(element).includes('Placing'), 'the second answer')
    await press(element, 'Try again')
    await at(element, 'Your order is placed')
    expect(new Set(orders.map(keyOf)).size).to.equal(1)
    expect(orders[2]?.body).to.deep.equal(orders[0]?.body)
  })

  it('finds the receipt of a first try that had arrived, although its answers were changed since', async () => {
    const element = await form([
      undefined,
      problem('key-reused', 422, { errors: [{ pointer: '', code: 'key-reused' }] }),
      { status: 201, body: receipt },
    ])
    await toCheck(element)
    await press(element, 'Place the order')
    await shows(element, 'Nothing that you typed is lost')
    await press(element, 'Change: Your school')
    await at(element, 'Your school')
    await fill(element, 'Name of the school', 'Another School')
    await next(element)
    await at(element, 'Check your answers')
    await press(element, 'Place the order')
    await at(element, 'Your order is placed')
    expect(textOf(element)).to.contain('Your first try did arrive')
    expect(new Set(orders.map(keyOf)).size).to.equal(1)
    expect(orders[2]?.body).to.deep.equal(orders[0]?.body)
  })

  it('shows a changed price beside the old one and orders only when it is agreed to', async () => {
    const quote: Partial<Quote> = {
      catalogue: '2024-25',
      on: '2024-09-10',
      lines: [{ offer: 'silver', quantity: 1, unitPence: 200_000, pence: 200_000, vat: 'none', why: [] }],
      adjustments: [],
      vatPence: 0,
      totalPence: 200_000,
      conditionalPence: 0,
      minutes: { least: 0, most: 0 },
      final: true,
      missing: [],
    }
    const changed = problem('price-changed', 409, {
      errors: [{ pointer: '/expectedPence', code: 'price-changed' }],
      quote,
    })
    const element = await form([changed, { status: 201, body: { ...receipt, totalPence: 200_000 } }])
    await toCheck(element)
    await press(element, 'Place the order')
    await shows(element, 'from £1,925 to £2,000')
    expect(rootOf(element).querySelector('output')?.textContent).to.equal('£2,000')
    await press(element, 'Place the order at £2,000')
    await at(element, 'Your order is placed')
    expect(orders[1]?.body).to.have.property('expectedPence', 200_000)
    expect(keyOf(orders[0])).not.to.equal(keyOf(orders[1]))
  })

  it('leads to the step and the field that the worker refuses', async () => {
    const errors = [{ pointer: '/contact/email', code: 'email' }]
    const element = await form([problem('invalid', 422, { errors })])
    await toCheck(element)
    await press(element, 'Place the order')
    await at(element, 'Who we can talk to')
    expect(problems(element)).to.deep.equal(['Enter your e-mail address in full, such as office@school.example'])
    expect(control(element, 'Your name').value).to.equal('A. Example')
  })

  it('says when orders open, if the worker says that they have not', async () => {
    const errors = [{ pointer: '/catalogue', code: 'not-open', opensOn: '2025-03-01' }]
    const element = await form([problem('invalid', 422, { errors, opensOn: '2025-03-01' })])
    await toCheck(element)
    await press(element, 'Place the order')
    await at(element, 'Your list')
    expect(problems(element)).to.deep.equal(['Orders are taken from 1 March 2025. Come back then'])
  })

  it('has a sentence for a fault that it does not know', async () => {
    const errors = [{ pointer: '/payment/method', code: 'of-next-year' }]
    const element = await form([problem('invalid', 422, { errors })])
    await toCheck(element)
    await press(element, 'Place the order')
    await at(element, 'How you will pay')
    expect(problems(element)).to.deep.equal(['Check how the school will pay'])
  })

  it('says when to try again if there are too many requests', async () => {
    const element = await form([problem('too-many-requests', 429)])
    await toCheck(element)
    await press(element, 'Place the order')
    await shows(element, 'Wait a minute, then try again')
    expect(textOf(element)).to.contain('Example Primary School')
  })

  it('says whom to ring where nothing else helps', async () => {
    const element = await form([problem('not-found', 404)])
    await toCheck(element)
    await press(element, 'Place the order')
    await shows(element, 'nothing has been ordered')
    expect(textOf(element)).to.contain('Ring 01524 67164').and.to.contain('urn:request:r-1')
  })

  it('names who serves a district next door, before anything is sent', async () => {
    const element = await form([], {
      document: lancashire,
      on: '2019-03-20',
      basket: { items: [{ offer: 'silver', quantity: 1 }] },
    })
    await next(element)
    await at(element, 'Your school')
    await fill(element, 'Name of the school', 'Example Primary School')
    await press(element, 'District 6')
    await next(element)
    await until(() => problems(element).length, 'the summary')
    expect(problems(element)[0]).to.contain('served by Golden Hill (Short Stay) School')
    await press(element, 'Another district')
    await next(element)
    await until(() => problems(element)[0]?.includes('not served here'), 'the other sentence')
  })

  it('says what to do about what cannot be ordered, and takes it out', async () => {
    const basket = {
      items: [
        { offer: 'silver-top-up', quantity: 1 },
        { offer: 'placement', quantity: 1 },
        { offer: 'training', option: 'bespoke', quantity: 1 },
      ],
    }
    const element = await form([], { basket, document: { ...(steppingStones as Catalogue) } })
    await next(element)
    await until(() => problems(element).length, 'the summary')
    const said = problems(element).join('\n')
    expect(said).to.contain('can only be ordered after Silver package').and.to.contain('asked for by referral')
    await press(element, 'Take out: Silver package top-up')
    await until(() => !rootOf(element).querySelector('[id="items.2"]'), 'the row to go')
    expect(textOf(element)).not.to.contain('Silver package top-up')
  })

  it('lets notes go with their item when the list changes', async () => {
    const basket = {
      items: [
        { offer: 'bronze', quantity: 1 },
        { offer: 'training', option: 'twilight', quantity: 1 },
        { offer: 'training', option: 'half-day', quantity: 1 },
      ],
    }
    const element = await form([], { basket })
    const notes = () =>
      [...rootOf(element).querySelectorAll<HTMLInputElement>('[name$=note]')].map(({ value }) => value)
    const [, second] = rootOf(element).querySelectorAll<HTMLInputElement>('[name$=note]')
    if (!second) throw new Error('no second note')
    second.value = 'for the half day'
    second.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
    await press(element, 'Take out: Bronze')
    expect(notes()).to.deep.equal(['', 'for the half day'])
    await press(element, 'Take out: Training: Twilight')
    expect(notes()).to.deep.equal(['for the half day'])
  })

  it('says what to do first while the list is empty', async () => {
    const element = await form([], { basket: {} })
    expect(textOf(element)).to.contain('Your list is empty')
    expect(rootOf(element).querySelector('button')).to.equal(null)
    expect(rootOf(element).querySelector<HTMLAnchorElement>('a')?.href).to.contain('/stepping-stones/packages')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says when orders are taken while they are not, and whom to ring', async () => {
    const later = await form([], { on: '2024-02-01', inForce: false })
    expect(textOf(later))
      .to.contain('orders are taken from 1 March 2024')
      .and.to.contain('£1,925')
      .and.to.contain('01524 67164')
    expect(() => control(later, 'Continue')).to.throw()
    expect(await accessibilityFaults(later)).to.deep.equal([])
    clear()
    const over = await form([], { on: '2025-06-01', inForce: false })
    expect(textOf(over)).to.contain('the last day for orders was 31 March 2025')
  })

  it('works out a kept list beside the catalogue, and fetches nothing for an empty one', async () => {
    const body = { ...steppingStones, version: 1, on: '2024-09-10', inForce: true, prices: {} }
    playApi(() => ({ body, delay: 500 }))
    const mounted = (provider: string) =>
      mount(`<outreach-order-form provider="${provider}" api="https://outreach.example"></outreach-order-form>`)
    localStorage.setItem('outreach-basket:kept:2024-25', JSON.stringify({ ...emptyBasket, ...silverAndTwilight }))
    localStorage.setItem('outreach-basket:empty:2024-25', JSON.stringify(emptyBasket))
    const [kept, empty] = [await mounted('kept'), await mounted('empty')]
    await until(() => Reflect.get(kept, 'workings'), 'the workings')
    expect(heading(kept)).to.equal(undefined)
    await at(kept, 'Your list')
    await at(empty, 'Your list')
    expect(Reflect.get(empty, 'workings') !== undefined).to.equal(false)
  })

  it('lets those who hold what is needed first say so, and order', async () => {
    const scene = { document: norfolk, on: '2015-09-01', basket: { items: [{ offer: 'cluster-hours', quantity: 3 }] } }
    const element = await form(undefined, scene)
    const basket = () => Reflect.get(element, 'basket')
    const tick = () => control(element, 'We already hold') as HTMLInputElement
    expect([tick().name, tick().value]).to.deep.equal(['holds', 'cluster'])
    await next(element)
    await until(() => problems(element).length, 'what is needed first')
    tick().click()
    await rendered(element)
    expect(basket().holds).to.deep.equal(['cluster'])
    expect(tick().checked).to.equal(true)
    expect(textOf(element)).to.contain('£135')
    tick().click()
    await rendered(element)
    expect(basket().holds).to.deep.equal([])
    tick().click()
    await next(element)
    await at(element, 'Your school')
  })

  it('asks nobody how to pay for what is free', async () => {
    const element = await form([{ status: 201, body: { ...receipt, totalPence: 0 } }], {
      document: sedis,
      on: '2024-10-01',
      basket: { items: [{ offer: 'training', quantity: 1 }] },
    })
    expect(textOf(element)).to.contain('step 1 of 5')
    await next(element)
    await at(element, 'Your school')
    await fill(element, 'Name of the school', 'Example Primary School')
    await press(element, 'Tamworth')
    await next(element)
    await giveContact(element)
    await at(element, 'Who signs')
    await press(element, 'I sign for the school myself')
    await next(element)
    await at(element, 'Check your answers')
    await press(element, 'Place the order')
    await at(element, 'Your order is placed')
    expect(orders[0]?.body).to.have.deep.property('payment', { method: 'invoice' })
  })

  it('asks for the pupils on roll where the price depends on them, and sends a cluster’s schools', async () => {
    const alone = await form([], {
      document: norfolk,
      on: '2015-09-01',
      basket: { items: [{ offer: 'cluster', quantity: 1 }] },
    })
    expect(textOf(alone)).to.contain('The price depends on your school')
    await next(alone)
    await at(alone, 'Your school')
    await fill(alone, 'Name of the school', 'Example Primary School')
    await fill(alone, 'Pupils on roll', 'many')
    await next(alone)
    await until(() => problems(alone).includes('Enter the number of pupils on roll in digits, such as 24'), 'the error')
    await fill(alone, 'Pupils on roll', '1,000')
    expect(textOf(alone)).to.contain('£3,000')
    clear()
    const schools = [
      { name: 'Ash Primary', pupils: 333 },
      { name: 'Birch Primary', pupils: 333 },
      { name: 'Cedar High', pupils: 333 },
    ]
    const element = await form([], {
      document: norfolk,
      on: '2015-09-01',
      basket: { items: [{ offer: 'cluster', quantity: 1 }], schools },
    })
    expect(textOf(element)).to.contain('£2,997')
    await next(element)
    await at(element, 'Your school')
    expect(textOf(element)).to.contain('3 schools buy together')
    expect(control(element, 'Name of the school').value).to.equal('Ash Primary')
    await next(element)
    await giveContact(element)
    await at(element, 'How you will pay')
    await press(element, 'Invoice')
    await next(element)
    await press(element, 'I sign for the school myself')
    await next(element)
    await at(element, 'Check your answers')
    await press(element, 'Place the order')
    await until(() => orders.length, 'the order')
    expect(orders[0]?.body).to.have.deep.nested.property('buyer.schools', schools)
  })

  it('goes on where the form inside it had come to', async () => {
    const fallback = `<form><input type="hidden" name="silver" value="1"><input type="hidden" name="at" value="contact"><input type="hidden" name="reached" value="contact"><input type="hidden" name="buyer.schools.0.name" value="Example Primary School"><input type="hidden" name="buyer.schools.0.district" value="1"><input name="contact.name" value="A. Example"><input name="contact.telephone" value="999"></form>`
    playApi((asked) =>
      asked.method === 'GET' ? { body: { ...steppingStones, version: 1, on: '2024-09-10', inForce: true } } : undefined,
    )
    const element = await mount(
      `<outreach-order-form provider="stepping-stones" today="2024-09-10" api="https://outreach.example">${fallback}</outreach-order-form>`,
    )
    await at(element, 'Who we can talk to')
    expect(control(element, 'Your name').value).to.equal('A. Example')
    expect(textOf(element)).to.contain('£1,550')
  })

  it('can be ordered with the keyboard alone', async () => {
    const element = await form()
    const typed = async (label: string, text: string) => {
      for (let tabs = 0; tabs < 20; tabs += 1) {
        if (focused(element) === control(element, label)) break
        await sendKeys({ press: 'Tab' })
      }
      expect(focused(element)).to.equal(control(element, label))
      if (text === ' ') await sendKeys({ press: 'Space' })
      else if (text) await sendKeys({ type: text })
    }
    await typed('How many people', '24')
    await sendKeys({ press: 'Enter' })
    await at(element, 'Your school')
    await typed('Name of the school', 'Example Primary School')
    await typed('District 1', ' ')
    await sendKeys({ press: 'Enter' })
    await at(element, 'Who we can talk to')
    await typed('Your name', 'A. Example')
    await typed('Your e-mail address', 'senco@school.example')
    await sendKeys({ press: 'Enter' })
    await at(element, 'How you will pay')
    await typed('Invoice', ' ')
    await sendKeys({ press: 'Enter' })
    await at(element, 'Who signs')
    await typed('I sign for the school myself', ' ')
    await typed('Continue', '')
    await sendKeys({ press: 'Enter' })
    await at(element, 'Check your answers')
    await typed('Place the order', '')
    await sendKeys({ press: 'Enter' })
    await at(element, 'Your order is placed')
    expect(focused(element)?.id).to.equal('step')
  })

  it('has no accessibility faults on any step, with errors or without', async () => {
    const element = await form([undefined, { status: 201, body: receipt }])
    const clean = async () => expect(await accessibilityFaults(element)).to.deep.equal([])
    await clean()
    await next(element)
    await at(element, 'Your school')
    await clean()
    await next(element)
    await until(() => problems(element).length, 'errors')
    await clean()
    await giveSchool(element)
    await at(element, 'Who we can talk to')
    await clean()
    await next(element)
    await until(() => problems(element).length, 'errors')
    await clean()
    await giveContact(element)
    await at(element, 'How you will pay')
    await next(element)
    await until(() => problems(element).length, 'errors')
    await press(element, 'Journal transfer')
    await clean()
    await fill(element, 'Expenditure ledger code', 'AB123')
    await next(element)
    await at(element, 'Who signs')
    await clean()
    await press(element, 'I sign for the school myself')
    await next(element)
    await at(element, 'Check your answers')
    await clean()
    await press(element, 'Place the order')
    await shows(element, 'Nothing that you typed is lost')
    await clean()
    await press(element, 'Try again')
    await at(element, 'Your order is placed')
    await clean()
  })
})
