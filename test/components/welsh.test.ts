import { expect } from 'chai'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import '../../components/cluster-calculator/cluster-calculator.ts'
import '../../components/order-form/order-form.ts'
import '../../components/package-picker/package-picker.ts'
import '../../components/training-menu/training-menu.ts'
import { accessibilityFaults, clear, fill, mount, playApi, press, rootOf, textOf, until } from './page.ts'

const shipped = async (name: string): Promise<Catalogue> => (await fetch(`/catalogue/providers/${name}.json`)).json()
const [norfolk, steppingStones] = await Promise.all(
  ['school2school-norfolk-2015-16', 'stepping-stones-2024-25'].map(shipped),
)
if (!norfolk || !steppingStones) throw new Error('The shipped catalogues are missing')

const days: Record<string, [Catalogue, string]> = {
  'school2school-norfolk': [norfolk, '2015-10-01'],
  'stepping-stones': [steppingStones, '2024-09-10'],
}

function play(): void {
  playApi(({ path }) => {
    const [document, on] = days[path.split('/')[3] ?? ''] ?? []
    return document && { body: { ...document, version: 1, on, inForce: true } }
  })
}

/** A widget of a school's page, and the page's language about it. */
async function widget(name: string, about = 'lang="cy"', own = '', provider = 'stepping-stones'): Promise<HTMLElement> {
  const host = await mount(
    `<div ${about}><outreach-${name} provider="${provider}" api="https://outreach.example" ${own}><a href="/elsewhere">Portal</a></outreach-${name}></div>`,
  )
  const element = host.querySelector<HTMLElement>(`outreach-${name}`)
  if (!element) throw new Error(`There is no ${name}`)
  await until(() => rootOf(element).querySelector('form'), name)
  return element
}

const shows = (element: HTMLElement, text: string) => until(() => textOf(element).includes(text), text)
const fetched = () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/words/cy/')).length

describe('A widget on a Welsh page', () => {
  beforeEach(() => {
    localStorage.clear()
    dispatchEvent(new StorageEvent('storage'))
    play()
  })
  afterEach(() => clear())

  // First of all, since what has been fetched stays.
  it('fetches Welsh only there', async () => {
    await widget('package-picker', 'lang="en"')
    await widget('package-picker', '')
    expect(fetched()).to.equal(0)
    await widget('package-picker')
    expect(fetched()).to.be.greaterThan(0)
  })

  it('says in Welsh what there is, what is wrong, why, and what it costs', async () => {
    const element = await widget('package-picker', 'lang="cy-GB"')
    await shows(element, 'cymorth a phrisiau')
    expect(textOf(element)).to.contain('12 i 13 awr').and.to.contain('£100 yr awr')
    await fill(element, 'Silver package', '1')
    await shows(element, 'Wedi’i ychwanegu gan fod popeth arall a ddewiswyd yn dibynnu arno')
    expect(textOf(element)).to.contain('Cyfanswm').and.to.contain('£1,550').and.to.contain('12 i 13 awr o gymorth')
    await fill(element, 'Bronze package', 'dau')
    await shows(element, 'Rhowch rif cyfan hyd at 999')
    await fill(element, 'Bronze package', '')
    await fill(element, 'Silver package top-up', '1')
    await fill(element, 'Silver package', '')
    await shows(element, 'Dim ond ar ôl Silver package y gellir prynu Silver package top-up')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('leads to Welsh pages', async () => {
    const element = await widget('package-picker')
    await fill(element, 'Silver package', '1')
    await shows(element, 'Ymlaen i’r archeb')
    const order = [...rootOf(element).querySelectorAll('a')].find((link) => link.textContent === 'Ymlaen i’r archeb')
    expect(order?.getAttribute('href')).to.equal('https://outreach.example/stepping-stones/order?silver=1&lang=cy')
  })

  it('goes by its own language before the page’s, and mixes with no other widget', async () => {
    const [welsh, english] = [
      await widget('package-picker', 'lang="en"', 'lang="cy"'),
      await widget('package-picker', 'lang="cy"', 'lang="en"'),
    ]
    // Both are drawn again, since they share a basket.
    await fill(welsh, 'Silver package', '1')
    await shows(welsh, 'Eich rhestr')
    await shows(english, 'Your list')
    await fill(english, 'Silver package', '2')
    await shows(english, '£2,550')
    await shows(welsh, '£2,550')
    expect(textOf(welsh)).to.contain('Cyfanswm').and.not.to.contain('Total')
    expect(textOf(english)).to.contain('Total').and.not.to.contain('Cyfanswm')
  })

  it('speaks Welsh in the training menu, the calculator and the order form', async () => {
    const menu = await widget('training-menu')
    await fill(menu, 'Twilight', '1')
    await shows(menu, 'Faint o bobl fydd yn dod')
    await fill(menu, 'Faint o bobl fydd yn dod', 'llawer')
    await shows(menu, 'Rhowch rif cyfan')
    const calculator = await widget('cluster-calculator', 'lang="cy"', '', 'school2school-norfolk')
    await fill(calculator, 'Disgyblion ar y gofrestr, ysgol 1', '200')
    await fill(calculator, 'Disgyblion ar y gofrestr, ysgol 2', 'dau gant')
    await shows(calculator, 'Rhowch rif cyfan, er enghraifft 210')
    await fill(calculator, 'Disgyblion ar y gofrestr, ysgol 2', '100')
    await shows(calculator, '£3 am bob un o 300 o ddisgyblion ar y gofrestr')
    const form = await widget('order-form')
    await press(form, 'Parhau')
    await shows(form, 'Enw’r ysgol')
    await press(form, 'Parhau')
    await shows(form, 'Mae problem wedi codi')
    expect(textOf(form)).to.contain('Rhowch enw’r ysgol').and.to.contain('Dewiswch yr ardal')
    expect(await accessibilityFaults(form)).to.deep.equal([])
  })

  it('says in Welsh that the prices did not come', async () => {
    clear()
    playApi(() => undefined)
    const host = await mount(
      '<div lang="cy"><outreach-package-picker provider="away" api="https://outreach.example"></outreach-package-picker></div>',
    )
    const element = host.firstElementChild as HTMLElement
    await shows(element, 'Nid oedd modd llwytho’r prisiau')
  })
})

describe('A widget on a page from right to left', () => {
  beforeEach(() => {
    localStorage.clear()
    dispatchEvent(new StorageEvent('storage'))
    play()
  })
  afterEach(() => clear())

  it('keeps its order, in English where it does not know the language', async () => {
    for (const [name, provider] of [
      ['package-picker', 'stepping-stones'],
      ['training-menu', 'stepping-stones'],
      ['cluster-calculator', 'school2school-norfolk'],
      ['order-form', 'stepping-stones'],
    ] as const) {
      const element = await widget(name, 'dir="rtl" lang="ur"', '', provider)
      element.style.width = '320px'
      if (name === 'package-picker') await fill(element, 'Silver package', '1')
      const right = element.getBoundingClientRect().right
      const heading = rootOf(element).querySelector('[role="heading"]')
      const range = document.createRange()
      range.selectNodeContents(heading as Node)
      expect(range.getBoundingClientRect().right, name).to.be.closeTo(right, 2)
      expect(element.scrollWidth, name).to.be.at.most(320)
      expect(await accessibilityFaults(element), name).to.deep.equal([])
    }
  })

  it('uses no left or right in its styles', () => {
    for (const name of ['package-picker', 'training-menu', 'cluster-calculator', 'order-form']) {
      const sheets = [customElements.get(`outreach-${name}`)].flatMap((one) => Reflect.get(one ?? {}, 'elementStyles'))
      const text = sheets.map((sheet) => Reflect.get(sheet, 'cssText')).join('\n')
      expect(text.length).to.be.greaterThan(1000)
      expect(text.match(/(?:^|[\s{;-])(?:left|right)\s*[:;]|text-align:\s*(?:left|right)/g), name).to.equal(null)
      const lopsided = [...text.matchAll(/(?:margin|padding): \S+ (\S+) \S+ (\S+);/g)].filter(
        ([, end, start]) => end !== start,
      )
      expect(
        lopsided.map(([found]) => found),
        name,
      ).to.deep.equal([])
    }
  })
})
