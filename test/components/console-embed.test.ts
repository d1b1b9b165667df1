import { expect } from 'chai'
import { originOf } from '../../components/console/embed/snippet.ts'
import { roundTop } from '../../components/console/overview/chart.view.ts'
import { ago, workingDaysAgo, workingDaysBetween } from '../../components/console/parts/when.ts'
import { closeConsole, openConsole, playConsole, shows } from './console-page.ts'
import { accessibilityFaults, control, fill, press, until } from './page.ts'

const catalogue = await (await fetch('/catalogue/providers/stepping-stones-2024-25.json')).json()
const answers = {
  'GET /api/providers/stepping-stones/catalogue': {
    body: { ...catalogue, version: 1, on: '2024-09-10', inForce: true },
  },
  'GET /catalogues': { body: { catalogues: [{ catalogue: '2024-25' }, { catalogue: '2019-20' }], drafts: [] } },
  'GET /frames': { body: { origins: ['https://www.oak.example'] } },
}

describe('The page that embeds a widget', () => {
  afterEach(() => closeConsole())

  it('offers the widgets that the catalogue has something for, and writes the snippet as one chooses', async () => {
    playConsole(answers)
    const element = await openConsole('/console/stepping-stones/embed', 'Embed')
    await shows(element, 'Copy it')
    const widget = control(element, 'Widget')
    expect([...(widget instanceof HTMLSelectElement ? widget.options : [])].map(({ value }) => value)).to.deep.equal([
      'package-picker',
      'training-menu',
      'order-form',
    ])
    await fill(element, 'Catalogue', '2024-25')
    await fill(element, 'Language', 'cy')
    await fill(element, 'Level of its heading', '3')
    await fill(element, 'Your own page', 'https://www.oak.example/order?a="b"&c')
    const { origin } = location
    expect(control(element, 'Paste this').value).to.equal(
      `<script type="module" src="${origin}/outreach.js"></script>
<outreach-package-picker provider="stepping-stones" catalogue="2024-25" lang="cy" heading-level="3" order-href="https://www.oak.example/order?a=&#34;b&#34;&#38;c">
  <a href="${origin}/stepping-stones/packages?catalogue=2024-25">See packages and prices</a>
</outreach-package-picker>`,
    )
    expect(control(element, 'The second form').value).to.contain(
      '<div data-outreach="package-picker" data-provider="stepping-stones"',
    )
    await until(() => element.querySelector('iframe')?.getAttribute('src')?.includes('lang=cy'), 'the preview in Welsh')
    expect(element.querySelector('iframe')?.getAttribute('sandbox')).to.equal('allow-scripts')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('offers the referral form where there is a pathway, and a link in place of a frame', async () => {
    const pathways = [{ id: 'outreach', name: 'Outreach support', summary: 'A teacher comes.' }]
    playConsole({ ...answers, 'GET /api/providers/stepping-stones/pathways': { body: { pathways } } })
    const element = await openConsole('/console/stepping-stones/embed', 'Embed')
    await shows(element, 'Copy it')
    await until(() => element.querySelector('option[value="referral-form"]'), 'the referral form')
    await fill(element, 'Widget', 'referral-form')
    await fill(element, 'Pathway', 'outreach')
    const link = `<a href="${location.origin}/stepping-stones/referral/outreach">Refer a pupil</a>`
    await until(() => control(element, 'Paste this').value.includes('pathway="outreach"'), 'the pathway')
    expect(control(element, 'Paste this').value).to.contain(link)
    expect(control(element, 'A frame').value).to.equal(link)
  })

  it('says that a colour is too pale for white text', async () => {
    playConsole(answers)
    const element = await openConsole('/console/stepping-stones/embed', 'Embed')
    await shows(element, 'Copy it')
    await press(element, 'Use a colour of our own')
    await fill(element, 'Colour of links and buttons', '#ffcc00')
    await shows(element, 'White text on this colour is hard to read')
    expect(control(element, 'This rule').value).to.contain('--outreach-colour-brand: #ffcc00;')
  })

  it('keeps a list of websites, refuses what is none, and loses nothing', async () => {
    const asked = playConsole({ ...answers, 'PUT /frames': { body: {} } })
    const element = await openConsole('/console/stepping-stones/embed', 'Embed')
    await until(() => control(element, 'One website').value.includes('oak'), 'the list')
    await fill(element, 'One website', 'https://www.oak.example\nhttp://elm.example')
    await press(element, 'Save the list')
    await shows(element, '“http://elm.example” is no address of a website')
    expect(control(element, 'One website').value).to.contain('elm')
    await fill(element, 'One website', 'https://www.oak.example/\nelm.example\n')
    await press(element, 'Save the list')
    await shows(element, 'The list is saved.')
    expect(asked.find(({ method }) => method === 'PUT')?.body).to.deep.equal({
      origins: ['https://www.oak.example', 'https://elm.example'],
    })
  })
})

describe('A website’s address', () => {
  it('is taken as its origin, or not at all', () => {
    expect(originOf(' https://www.oak.example/about ')).to.equal('https://www.oak.example')
    expect(originOf('oak.example')).to.equal('https://oak.example')
    for (const odd of [
      'http://oak.example',
      'https://*.oak.example',
      'https://a:b@oak.example',
      'oak',
      '',
      'javascript:alert(1)',
    ])
      expect(originOf(odd), odd).to.equal(undefined)
  })
})

describe('The days that have passed', () => {
  it('are counted as an office counts them', () => {
    expect(workingDaysAgo('2024-09-10', '2024-09-10')).to.equal('today')
    expect(workingDaysAgo('2024-09-09', '2024-09-10')).to.equal('1 working day ago')
    expect(workingDaysAgo('2024-09-06', '2024-09-10')).to.equal('2 working days ago')
    expect(workingDaysAgo('2024-09-07', '2024-09-08')).to.equal('since the last working day')
  })

  it('leave out England’s bank holidays', () => {
    for (const [from, to, days] of [
      ['2024-03-28', '2024-04-02', 1],
      ['2024-12-24', '2025-01-02', 4],
      ['2021-12-24', '2022-01-04', 4],
      ['2022-05-31', '2022-06-06', 2],
      ['2020-05-01', '2020-05-11', 5],
      ['2023-05-05', '2023-05-09', 1],
      ['2024-08-23', '2024-08-27', 1],
    ] as const)
      expect(workingDaysBetween(from, to), `${from} to ${to}`).to.equal(days)
  })

  it('are said in minutes and hours at first', () => {
    const now = Date.parse('2024-09-10T12:00:00Z')
    expect(ago('2024-09-10T11:59:30Z', now)).to.equal('just now')
    expect(ago('2024-09-10T11:59:00Z', now)).to.equal('1 minute ago')
    expect(ago('2024-09-10T09:00:00Z', now)).to.equal('3 hours ago')
    expect(ago('2024-09-08T09:00:00Z', now)).to.equal('2 days ago')
    expect(ago('2024-08-31T23:30:00Z', now)).to.equal('1 September 2024')
  })
})

describe('The chart’s scale', () => {
  it('ends at an even figure that nothing exceeds', () => {
    expect([1, 2, 7, 10, 23, 60, 130, 1_001].map(roundTop)).to.deep.equal([2, 2, 8, 10, 40, 60, 200, 2_000])
  })
})
