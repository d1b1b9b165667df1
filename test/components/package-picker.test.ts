import { expect } from 'chai'
import { listPricesOf } from '../../catalogue/rules/list-price.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import '../../components/package-picker/package-picker.ts'
import { en as everyday } from '../../components/words/en/reasons.ts'
import { accessibilityFaults, clear, control, fill, mount, playApi, press, rootOf, textOf, until } from './page.ts'

const shipped = async (name: string): Promise<Catalogue> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const [bridge, norfolk, lancashire, steppingStones] = await Promise.all(
  ['bridge-2020-21', 'school2school-norfolk-2015-16', 'stepping-stones-2019-20', 'stepping-stones-2024-25'].map(
    shipped,
  ),
)
if (!bridge || !norfolk || !lancashire || !steppingStones) throw new Error('The shipped catalogues are missing')

const key = 'outreach-basket:stepping-stones:2024-25'

let day = ''

function play(document: object, on: string, inForce = true): void {
  day = on
  playApi(() => ({ body: { ...document, version: 1, on, inForce } }))
}

async function picker(attributes = 'provider="stepping-stones"'): Promise<HTMLElement> {
  const element = await mount(
    `<outreach-package-picker ${attributes} today="${day}" api="https://outreach.example"><a href="/elsewhere">Prices on our portal</a></outreach-package-picker>`,
  )
  await until(() => rootOf(element).querySelector('form'), 'the picker')
  return element
}

const total = (element: HTMLElement) => rootOf(element).querySelector('output')?.textContent?.trim()
const shows = (element: HTMLElement, text: string) => until(() => textOf(element).includes(text), text)

describe('The package picker', () => {
  beforeEach(() => {
    localStorage.clear()
    // Other tabs hear of it, and so do the baskets that this page remembers.
    dispatchEvent(new StorageEvent('storage'))
  })
  afterEach(() => clear())

  it('shows every offer with its price and hours', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    for (const { name } of steppingStones.offers) expect(textOf(element)).to.contain(name)
    expect(textOf(element)).to.contain('12 to 13 hours').and.to.contain('£1,000').and.to.contain('£100 an hour')
  })

  it('adds the universal offer by itself, says why, and takes it away for those who hold it', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    await fill(element, 'Silver package', '1')
    await until(() => total(element) === '£1,550', 'a total of £1,550')
    expect(textOf(element)).to.contain('Added because everything else you chose depends on it')
    await press(element, 'We already hold it this year')
    await until(() => total(element) === '£1,000', 'a total of £1,000')
  })

  it('announces the total politely', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    await fill(element, 'Bronze package', '2')
    await until(() => total(element) === '£1,850', 'a total of £1,850')
    expect(rootOf(element).querySelector('output')?.getAttribute('aria-live')).to.equal('polite')
  })

  it('says beside the field what to do about a quantity that is none, and keeps what was typed', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    await fill(element, 'Silver package', '1')
    for (const typed of ['1.5', '-1', '1000', 'two', '1e2', '0x10']) {
      await fill(element, 'Bronze package', typed)
      await shows(element, 'Enter a whole number up to 999')
      const field = control(element, 'Bronze package')
      expect(field.value).to.equal(typed)
      expect(field.getAttribute('aria-invalid')).to.equal('true')
      expect(total(element)).to.equal('£1,550')
    }
    await fill(element, 'Bronze package', '1')
    await until(() => !textOf(element).includes('Enter a whole number'), 'the error to go')
    expect(total(element)).to.equal('£2,200')
  })

  it('says what a top-up needs, and is content with a Silver that is held', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    await fill(element, 'Silver package top-up', '1')
    await shows(element, 'can only be bought after Silver package')
    await shows(element, 'Total so far')
    const holds = [...rootOf(element).querySelectorAll<HTMLInputElement>('[name="holds"][value="silver"]')]
    holds[0]?.click()
    await until(() => !textOf(element).includes('can only be bought after'), 'nothing to be missing')
  })

  it('lets a cluster that subscribes already order more hours', async () => {
    play(norfolk, '2015-06-01')
    const element = await picker('provider="school2school-norfolk"')
    await fill(element, 'Extra hours', '3')
    await shows(element, 'can only be bought after')
    rootOf(element).querySelector<HTMLInputElement>('[name="holds"][value="cluster"]')?.click()
    await until(() => total(element) === '£135' && !textOf(element).includes('can only be bought after'), '£135')
  })

  it('hears a first tick though the workings have still to come', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    rootOf(element).querySelector<HTMLInputElement>('#universal')?.click()
    await until(() => total(element) === '£550', 'a total of £550')
    expect(rootOf(element).querySelector<HTMLInputElement>('#universal')?.checked).to.equal(true)
  })

  it('leads to the referral for a place, which never enters the basket', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    const link = [...rootOf(element).querySelectorAll('a')].find((one) => one.textContent?.includes('placement'))
    expect(link?.getAttribute('href')).to.equal('https://outreach.example/stepping-stones/referral?today=2024-09-10')
    expect(textOf(element)).to.contain('Subject to availability')
    expect(rootOf(element).querySelector('[name="placement"]')).to.equal(null)
  })

  it('opens the same basket on the portal', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    await fill(element, 'Silver package', '2')
    await shows(element, 'Open or print this list')
    const order = [...rootOf(element).querySelectorAll('a')].find((one) => one.textContent === 'Continue to the order')
    expect(order?.getAttribute('href')).to.equal(
      'https://outreach.example/stepping-stones/order?silver=2&today=2024-09-10',
    )
  })

  it('shares its basket with the next page, and forgets what is no longer offered', async () => {
    localStorage.setItem(
      key,
      JSON.stringify({
        items: [
          { offer: 'silver', quantity: 1 },
          { offer: 'gone', quantity: 1 },
        ],
        holds: ['gone'],
        schools: [],
      }),
    )
    dispatchEvent(new StorageEvent('storage', { key }))
    play(steppingStones, '2024-09-10')
    const element = await picker()
    await until(() => total(element) === '£1,550', 'a total of £1,550')
    await press(element, 'Start again')
    await shows(element, 'Nothing chosen yet')
    expect(JSON.parse(localStorage.getItem(key) ?? '{}').items).to.deep.equal([])
  })

  it('works from memory where the browser refuses storage', async () => {
    const { setItem, getItem } = Storage.prototype
    Storage.prototype.setItem = () => {
      throw new DOMException('refused', 'SecurityError')
    }
    try {
      play(lancashire, '2019-06-01')
      const element = await picker('provider="stepping-stones" catalogue="2019-20"')
      await fill(element, 'Gold', '1')
      await until(() => total(element) === '£2,450', 'a total of £2,450')
    } finally {
      Object.assign(Storage.prototype, { setItem, getItem })
    }
  })

  it('takes over what was typed into the page it replaces', async () => {
    play(steppingStones, '2024-09-10')
    const element = await mount(
      '<outreach-package-picker provider="stepping-stones" api="https://outreach.example"><form><input name="bronze" value="3"></form></outreach-package-picker>',
    )
    await until(() => total(element) === '£2,500', 'a total of £2,500')
    expect(control(element, 'Bronze package').value).to.equal('3')
  })

  it('prices by the day, and says so', async () => {
    play(lancashire, '2019-03-20')
    const early = await picker('provider="stepping-stones"')
    expect(textOf(early)).to.contain('£500').and.to.contain('Bought by 31 March 2019')
    clear()
    play(lancashire, '2019-04-01')
    const late = await picker('provider="stepping-stones" catalogue="2019-20"')
    expect(textOf(late)).to.contain('£750').and.to.contain('Bought after 31 March 2019')
  })

  it('shows other providers’ offers by the same code', async () => {
    play(norfolk, '2015-06-01')
    const element = await picker('provider="school2school-norfolk"')
    await fill(element, 'Pay as you use', '3')
    await until(() => total(element) === '£150', 'a total of £150')
    expect(textOf(element)).to.contain('£3 for each pupil on roll')
    clear()
    play(bridge, '2020-10-01')
    const other = await picker('provider="bridge"')
    expect(textOf(other)).to.contain('Free')
  })

  it('can show the prices of every catalogue that ships before anything has been worked out', async () => {
    const names = [
      ...['stepping-stones-2024-25', 'stepping-stones-2019-20', 'golden-hill-2019-20'],
      ...['school2school-norfolk-2015-16', 'bridge-2020-21', 'sedis-2024-25'],
    ]
    for (const document of await Promise.all(names.map(shipped)))
      for (const { why } of Object.values(listPricesOf(document, document.opensOn)))
        for (const { code } of why) expect(Object.keys(everyday), document.catalogue).to.contain(code)
  })

  it('says when orders are not being taken', async () => {
    play(steppingStones, '2026-11-21', false)
    const element = await picker()
    expect(textOf(element)).to.contain('orders are not being taken today')
    expect(textOf(element)).to.contain('£1,000')
  })

  it('keeps the link inside it and offers another try where the worker is away', async () => {
    let away = true
    playApi(() => (away ? undefined : { body: { ...steppingStones, version: 1, on: '2024-09-10', inForce: true } }))
    const element = await mount(
      '<outreach-package-picker provider="stepping-stones" api="https://away.example"><a href="/elsewhere">Prices</a></outreach-package-picker>',
    )
    await shows(element, 'could not be loaded')
    expect(rootOf(element).querySelector('slot')).not.to.equal(null)
    away = false
    await press(element, 'Try again')
    await until(() => rootOf(element).querySelector('form'), 'the picker')
  })

  it('says so where the catalogue is withdrawn', async () => {
    playApi(() => ({
      status: 404,
      body: { type: '/api/problems/not-found', title: '', status: 404, instance: '', errors: [] },
    }))
    const element = await mount(
      '<outreach-package-picker provider="gone" api="https://outreach.example"></outreach-package-picker>',
    )
    await shows(element, 'not available at the moment')
  })

  it('shows a list of forty offers, and one of none', async () => {
    const forty = Array.from({ length: 40 }, (_, index) => ({
      ...steppingStones.offers[1],
      id: `offer-${index}`,
      name: `Offer ${index}`,
    }))
    play({ ...steppingStones, catalogue: 'forty', offers: forty }, '2024-09-10')
    const many = await picker('provider="stepping-stones" catalogue="forty"')
    expect(textOf(many)).to.contain('Offer 39')
    clear()
    play({ ...steppingStones, catalogue: 'none', offers: [] }, '2024-09-10')
    const none = await picker('provider="stepping-stones" catalogue="none"')
    expect(textOf(none)).to.contain('There is nothing on this price list yet')
    expect(textOf(none)).not.to.contain('Your list')
  })

  it('has nothing that axe would mend, empty, chosen and wrong', async () => {
    play(steppingStones, '2024-09-10')
    const element = await picker()
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await fill(element, 'Silver package', '1')
    await fill(element, 'Bronze package', 'x')
    await shows(element, 'Enter a whole number')
    for (const details of rootOf(element).querySelectorAll('details')) details.open = true
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })
})
