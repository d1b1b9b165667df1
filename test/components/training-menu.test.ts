import { expect } from 'chai'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Basket } from '../../catalogue/wire/basket.ts'
import '../../components/package-picker/package-picker.ts'
import '../../components/training-menu/training-menu.ts'
import { accessibilityFaults, clear, control, fill, mount, playApi, press, rootOf, textOf, until } from './page.ts'

const shipped = async (name: string): Promise<Catalogue> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const goldenHill = await shipped('golden-hill-2019-20')
const steppingStones = await shipped('stepping-stones-2024-25')
const sedis = await shipped('sedis-2024-25')
const norfolk = await shipped('school2school-norfolk-2015-16')

// Other test files run in the same browser and clear what it keeps: their news is none of ours.
addEventListener('storage', (event) => event.stopImmediatePropagation())

/** A provider of its own for each test, since a page remembers its baskets. */
let provider = ''
let count = 0

function play(document: Catalogue, on: string): void {
  count += 1
  provider = `${document.provider.id}-${count}`
  playApi(() => ({ body: { ...document, version: 1, on, inForce: true } }))
}

async function menu(inside = ''): Promise<HTMLElement> {
  const element = await mount(
    `<outreach-training-menu provider="${provider}" api="https://outreach.example">${inside}</outreach-training-menu>`,
  )
  await until(() => rootOf(element).querySelector('.h2'), 'the menu')
  return element
}

const total = (element: HTMLElement) => rootOf(element).querySelector('output')?.textContent?.trim()
const showsTotal = (element: HTMLElement, wanted: string) => until(() => total(element) === wanted, wanted)
const shows = (element: HTMLElement, text: string) => until(() => textOf(element).includes(text), text)
const box = (element: HTMLElement, label: string) => control(element, label) as HTMLInputElement
const basketOf = (element: HTMLElement): Basket => Reflect.get(element, 'basket')

describe('The training menu', () => {
  afterEach(() => clear())

  it('shows every length with its price, and what it would cost with the universal offer', async () => {
    play(goldenHill, '2019-05-01')
    const element = await menu()
    for (const text of [
      '£200',
      '£180 with the universal support offer',
      '£750',
      '£675 with the universal support offer',
    ])
      expect(textOf(element)).to.contain(text)
  })

  it('breaks no word of a length where there is little room', async () => {
    play(goldenHill, '2019-05-01')
    const element = await menu()
    element.style.width = '328px'
    const lengths = [...rootOf(element).querySelectorAll('.length')].map((row) => row.querySelector('.figure'))
    expect(lengths.length).to.be.above(4)
    for (const length of lengths) {
      const words = document.createRange()
      words.selectNodeContents(length ?? element)
      expect(words.getClientRects().length, length?.textContent?.trim()).to.be.at.most(1)
    }
  })

  it('shows the price before and after, with the reason, to those who hold the universal offer', async () => {
    play(goldenHill, '2019-05-01')
    const element = await menu()
    await press(element, 'We already hold the universal support offer')
    await until(() => rootOf(element).querySelector('s'), 'a price struck out')
    const before = [...rootOf(element).querySelectorAll('s')].map(({ textContent }) => textContent?.trim())
    expect(before).to.deep.equal(['£200', '£250', '£350', '£450', '£750'].map((price) => `Full price ${price}`))
    for (const after of ['£180', '£225', '£315', '£405', '£675']) expect(textOf(element)).to.contain(after)
    expect(textOf(element)).to.contain('10% off')
    await fill(element, 'Twilight, 3 hours', '2')
    await showsTotal(element, '£630')
  })

  it('keeps topics and people with their length', async () => {
    play(steppingStones, '2024-09-10')
    const element = await menu()
    await fill(element, 'Twilight, 2 hours', '1')
    await showsTotal(element, '£925')
    await press(element, 'Supporting pupils with ADHD')
    await press(element, 'Sensory processing')
    await fill(element, 'How many people will come', '24')
    const item = {
      offer: 'training',
      option: 'twilight',
      quantity: 1,
      topics: ['adhd', 'sensory-processing'],
      attending: 24,
    }
    expect(basketOf(element).items).to.deep.equal([item])
    await press(element, 'Supporting pupils with ADHD')
    expect(basketOf(element).items[0]?.topics).to.deep.equal(['sensory-processing'])
    await fill(element, 'How many people will come', '')
    expect(basketOf(element).items[0]).not.to.have.property('attending')
  })

  it('keeps topics and people while a number is typed anew', async () => {
    play(steppingStones, '2024-09-10')
    const element = await menu()
    await fill(element, 'Twilight, 2 hours', '1')
    await press(element, 'Supporting pupils with ADHD')
    await fill(element, 'Twilight, 2 hours', '')
    expect(basketOf(element).items).to.deep.equal([])
    await fill(element, 'Twilight, 2 hours', '2x')
    expect(box(element, 'Supporting pupils with ADHD').checked).to.equal(true)
    await fill(element, 'Twilight, 2 hours', '2')
    expect(basketOf(element).items[0]).to.deep.include({ quantity: 2, topics: ['adhd'] })
  })

  it('says what to do beside a number that will not do, and keeps it', async () => {
    play(steppingStones, '2024-09-10')
    const element = await menu()
    for (const wrong of ['-1', '2.5', '1000', 'two', '1e2', '0x10']) {
      await fill(element, 'Full day', wrong)
      await shows(element, 'Enter a whole number up to 999')
      expect(control(element, 'Full day').value).to.equal(wrong)
      expect(control(element, 'Full day').getAttribute('aria-invalid')).to.equal('true')
    }
    await fill(element, 'Full day', '1')
    await fill(element, 'How many people will come', '0')
    await shows(element, 'Enter a whole number, 1 or more')
    await fill(element, 'How many people will come', '1e2')
    expect(control(element, 'How many people will come').getAttribute('aria-invalid')).to.equal('true')
    expect(basketOf(element).items[0]).not.to.have.property('attending')
    await fill(element, 'How many people will come', '0')
    expect(control(element, 'How many people will come').value).to.equal('0')
    expect(textOf(element)).not.to.contain('up to 999')
  })

  it('holds the number of people to what the catalogue says', async () => {
    const offers = steppingStones.offers.map((offer) =>
      offer.id === 'training' ? { ...offer, participants: { least: 8, most: 40 } } : offer,
    )
    play({ ...steppingStones, offers }, '2024-09-10')
    const element = await menu()
    await fill(element, 'Full day', '1')
    await shows(element, '8 to 40')
    await fill(element, 'How many people will come', '41')
    await shows(element, 'Enter a whole number from 8 to 40')
    await showsTotal(element, '£1,350')
  })

  it('puts bespoke training into the list without topics, and leads to the provider', async () => {
    play(steppingStones, '2024-09-10')
    const element = await menu()
    await press(element, 'Bespoke training')
    await shows(element, 'so it cannot be ordered here yet. Ask first:')
    expect(textOf(element)).to.contain('on request')
    expect(rootOf(element).querySelector('fieldset')).to.equal(null)
    const hrefs = [...rootOf(element).querySelectorAll<HTMLAnchorElement>('.ask a')].map(({ href }) => href)
    expect(hrefs.some((href) => href.startsWith('tel:'))).to.equal(true)
    expect(hrefs.some((href) => href.startsWith('mailto:') && href.includes('Bespoke%20training'))).to.equal(true)
    const order = [...rootOf(element).querySelectorAll<HTMLElement>('.bar .button')]
    expect(order.filter((link) => link.checkVisibility())).to.deep.equal([])
  })

  it('leads to the page that says how to ask where a catalogue gives no contact', async () => {
    play(goldenHill, '2019-05-01')
    const element = await menu()
    await press(element, 'Bespoke training')
    await shows(element, 'See how to ask')
  })

  it('puts free training into the list, at no charge', async () => {
    play(sedis, '2024-10-01')
    const element = await menu()
    expect(textOf(element)).to.contain('Free').and.not.to.contain('£')
    expect(box(element, 'Staff training').name).to.equal('training')
    await press(element, 'Staff training')
    await showsTotal(element, '£0')
    expect(basketOf(element).items).to.deep.equal([{ offer: 'training', quantity: 1 }])
    expect([...rootOf(element).querySelectorAll('.bar a')].map((link) => link.textContent)).to.have.length(1)
    await fill(element, 'How many people will come', '24')
    expect(basketOf(element).items).to.deep.equal([{ offer: 'training', quantity: 1, attending: 24 }])
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Staff training')
    expect(basketOf(element).items).to.deep.equal([])
  })

  it('leads to the referral where training is asked for that way', async () => {
    const offers = sedis.offers.map((offer) =>
      offer.id === 'training' ? { ...offer, askedBy: 'referral' as const } : offer,
    )
    play({ ...sedis, offers }, '2024-10-01')
    const element = await menu()
    expect(textOf(element)).to.contain('asked for by referral')
    expect(rootOf(element).querySelector('input, output')).to.equal(null)
    expect(rootOf(element).querySelector<HTMLAnchorElement>('.ways a')?.pathname).to.equal(`/${provider}/referral`)
  })

  it('says so where there is no training', async () => {
    play(norfolk, '2015-06-01')
    const element = await menu()
    expect(textOf(element)).to.contain('lists no training this year')
    expect(rootOf(element).querySelector('a')?.pathname).to.equal(`/${provider}/packages`)
  })

  it('shares its list with the other widgets of the page', async () => {
    play(steppingStones, '2024-09-10')
    const element = await menu()
    const picker = await mount(
      `<outreach-package-picker provider="${provider}" api="https://outreach.example"></outreach-package-picker>`,
    )
    await until(() => rootOf(picker).querySelector('form'), 'the picker')
    await fill(element, 'Twilight, 2 hours', '1')
    await fill(picker, 'Silver package', '1')
    await showsTotal(element, '£1,925')
    await showsTotal(picker, '£1,925')
  })

  it('goes on in memory where the browser refuses storage', async () => {
    const { setItem } = Storage.prototype
    Storage.prototype.setItem = () => {
      throw new DOMException('refused', 'SecurityError')
    }
    try {
      play(steppingStones, '2024-09-10')
      const element = await menu()
      await fill(element, 'Half day', '1')
      await showsTotal(element, '£1,035')
    } finally {
      Storage.prototype.setItem = setItem
    }
  })

  it('takes over what was typed before it was ready, what is wrong with it too', async () => {
    play(steppingStones, '2024-09-10')
    const element = await menu(
      `<form><input name="training.twilight" value="1"><input type="checkbox" name="training.twilight.topics" value="asc" checked>
       <input name="training.half-day" value="many"></form>`,
    )
    await showsTotal(element, '£925')
    expect(box(element, 'Supporting pupils with ASC').checked).to.equal(true)
    expect(control(element, 'Half day').value).to.equal('many')
    expect(textOf(element)).to.contain('Enter a whole number up to 999')
  })

  it('is reached and used by keyboard', async () => {
    play(steppingStones, '2024-09-10')
    const element = await menu()
    await fill(element, 'Half day', '1')
    for (const one of rootOf(element).querySelectorAll<HTMLElement>('input, a[href], summary')) {
      one.focus()
      expect(element.shadowRoot?.activeElement, one.outerHTML).to.equal(one)
    }
  })

  it('fetches its workings beside the catalogue', async () => {
    const body = { ...steppingStones, version: 1, on: '2024-09-10', inForce: true }
    playApi(() => ({ body, delay: 500 }))
    const element = await mount(
      '<outreach-training-menu provider="slow" api="https://outreach.example"></outreach-training-menu>',
    )
    await until(() => Reflect.get(element, 'workings'), 'the workings')
    expect(rootOf(element).querySelector('form')).to.equal(null)
    await until(() => rootOf(element).querySelector('form'), 'the form')
  })

  it('has no accessibility fault in any state', async () => {
    play(goldenHill, '2019-05-01')
    const element = await menu()
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'We already hold the universal support offer')
    await fill(element, 'Half day', '1')
    await fill(element, 'Full day', 'x')
    await press(element, 'Bespoke training')
    await shows(element, 'See how to ask')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })
})
