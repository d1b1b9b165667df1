import { expect } from 'chai'
import { DraftDocument } from '../../components/console/catalogue/document/draft-document.ts'
import { at, type Json } from '../../components/console/catalogue/document/places.ts'
import { written } from '../../components/console/catalogue/document/written.ts'
import '../../components/console/catalogue/exchange/draft-raise.ts'
import type { OutreachDraftRaise } from '../../components/console/catalogue/exchange/draft-raise.ts'
import '../../components/console/catalogue/exchange/import-file.ts'
import type { OutreachConsoleImport } from '../../components/console/catalogue/exchange/import-file.ts'
import '../../components/console/catalogue/exchange/next-year.ts'
import type { OutreachConsoleNextYear } from '../../components/console/catalogue/exchange/next-year.ts'
import { latestOf } from '../../components/console/catalogue/latest.ts'
import type { CatalogueEntry, Version, VersionState } from '../../components/console/catalogue/replies.ts'
import { onGoing } from '../../components/console/navigation.ts'
import type { ConsolePage } from '../../components/console/page.ts'
import type { Session } from '../../components/console/replies.ts'
import { wearConsole } from './editor-page.ts'
import { type Asked, accessibilityFaults, clear, fill, playApi, press, rendered, textOf, until } from './page.ts'

const latest: Json = await (await fetch('/catalogue/providers/stepping-stones-2024-25.json')).json()
const goldenHill: Json = await (await fetch('/catalogue/providers/golden-hill-2019-20.json')).json()

const session: Session = {
  person: { id: 'ada', email: 'ada@x.example', name: 'Ada' },
  session: 's',
  providers: [
    {
      id: 'stepping-stones',
      name: 'Stepping Stones',
      role: 'owner',
      rights: ['look', 'edit-catalogue', 'publish-catalogue'],
      parts: [],
    },
  ],
  origin: location.origin,
  development: true,
  today: '2024-09-10',
}

async function page<Page extends ConsolePage>(tag: string): Promise<Page> {
  const element = document.createElement(tag) as Page
  const path = '/console/stepping-stones/catalogue/import'
  const entry = { path, tag, title: '', load: async () => undefined }
  element.place = { entry, path, params: { provider: 'stepping-stones' }, query: new URLSearchParams(), fragment: '' }
  element.session = session
  document.body.append(element)
  await element.settled()
  return element
}

/** Plays what is published: the catalogue of 2024-25. */
function playPublished(): Asked[] {
  return playApi(({ method, path }) => {
    if (method === 'POST') return { status: 201, body: { id: 'new-draft' } }
    if (path.endsWith('/catalogues')) {
      const versions = [
        {
          version: 1,
          state: 'in-force',
          from: '',
          publishedAt: '2024-03-01T09:00:00.000Z',
          publishedBy: 'system',
          takenBackAt: null,
          takenBackBy: null,
        },
      ]
      const year = { from: '2024-04-01', to: '2025-03-31' }
      return {
        body: {
          catalogues: [{ catalogue: '2024-25', title: 'T', year, opensOn: '2024-03-01', inForce: true, versions }],
          drafts: [],
        },
      }
    }
    return { body: { catalogue: '2024-25', version: 1, document: latest } }
  })
}

function choose(within: Element, file: File): void {
  const input = within.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) throw new Error('There is no place for a file')
  const carried = new DataTransfer()
  carried.items.add(file)
  input.files = carried.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

before(wearConsole)

describe('A rise of all prices', () => {
  afterEach(() => clear())

  it('is read as sentences, and then made in one change', async () => {
    const element = document.createElement('outreach-draft-raise') as OutreachDraftRaise
    const draft = new DraftDocument(written(latest))
    Object.assign(element, { document: draft, addressOf: () => '#' })
    document.body.append(element)
    await rendered(element)
    await press(element, 'Raise the prices')
    expect(textOf(element)).to.contain('Enter a percentage such as 3 or 2.5.')
    await fill(element, 'By how many percent?', '3')
    expect(textOf(element)).to.contain('Silver package: £1,000 → £1,030')
    await fill(element, 'Round each price to', '1000')
    expect(textOf(element)).to.contain('Universal support offer: £550 → £570')
    await press(element, 'All of them')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Universal support offer')
    expect(textOf(element)).not.to.contain('Universal support offer: £550')
    await press(element, 'Raise the prices')
    expect(at(draft.document, '/offers/2/price/pence')).to.equal(103_000)
    expect(at(draft.document, '/offers/0/price/pence')).to.equal(55_000)
    draft.undo()
    expect(draft.document).to.deep.equal(latest)
  })
})

describe('Importing a catalogue', () => {
  afterEach(() => clear())

  const file = (document: Json | string, name = 'catalogue.json') =>
    new File([typeof document === 'string' ? document : written(document)], name)

  it('refuses what is too large, broken or no catalogue, in words', async () => {
    playPublished()
    const element = await page<OutreachConsoleImport>('outreach-console-import')
    const refusals: [File, string][] = [
      [file('x'.repeat(5_000_000)), 'This file is 5.0 MB'],
      [file('{\n "offers": [\n'), 'Line 3, column 1'],
      [file('{ "name": "outreach-kit" }'), 'it is no catalogue'],
      [file('[]'), 'it is no catalogue'],
      [file('  '), 'There is nothing in it'],
    ]
    for (const [refused, words] of refusals) {
      choose(element, refused)
      await until(() => textOf(element).includes(words), words)
    }
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('says what would be different, and makes a draft of the same text', async () => {
    const asked = playPublished()
    const element = await page<OutreachConsoleImport>('outreach-console-import')
    const text = written(latest).replace('100000', '105000')
    choose(element, file(text))
    await until(() => textOf(element).includes('Silver package: £1,000 → £1,050'), 'the difference')
    let went = ''
    const stop = onGoing(({ address }) => {
      went = address
    })
    await press(element, 'Make a draft of it')
    await until(() => went, 'the draft')
    stop()
    expect(asked.find(({ method }) => method === 'POST')?.body).to.deep.equal({
      text,
      from: { catalogue: '2024-25', version: 1 },
    })
    expect(went).to.equal('/console/stepping-stones/catalogue/drafts/new-draft')
  })

  it('takes another provider’s offers under one’s own name', async () => {
    const asked = playPublished()
    const element = await page<OutreachConsoleImport>('outreach-console-import')
    choose(element, file(goldenHill))
    await until(() => textOf(element).includes('another provider (golden-hill)'), 'whose it is')
    await press(element, 'Make a draft of it')
    const { text } = await until(
      () => asked.find(({ method }) => method === 'POST')?.body as { text: string } | undefined,
      'the draft',
    )
    expect(at(JSON.parse(text), '/provider/id')).to.equal('stepping-stones')
    expect(at(JSON.parse(text), '/contacts')).to.deep.equal(at(latest, '/contacts'))
    expect(at(JSON.parse(text), '/offers')).to.deep.equal(at(goldenHill, '/offers'))
  })
})

describe('Next year’s catalogue', () => {
  afterEach(() => clear())

  it('is a copy with its dates moved and its prices raised, as a draft', async () => {
    const asked = playPublished()
    const element = await page<OutreachConsoleNextYear>('outreach-console-next-year')
    await fill(element, 'By how many percent?', '3')
    expect(textOf(element)).to.contain('2025-26: Outreach support, April 2025 to March 2026')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Make the draft')
    const body = await until(
      () => asked.find(({ method }) => method === 'POST')?.body as { text: string; from: object } | undefined,
      'the draft',
    )
    expect(body.from).to.deep.equal({ catalogue: '2024-25', version: 1 })
    const document = JSON.parse(body.text)
    expect(at(document, '/year')).to.deep.equal({ from: '2025-04-01', to: '2026-03-31' })
    expect(at(document, '/offers/2/price/pence')).to.equal(103_000)
  })

  it('goes on from the latest year that is not taken back', () => {
    const version = (state: VersionState, number = 1): Version => ({
      version: number,
      state,
      from: '',
      publishedAt: '2024-03-01T09:00:00.000Z',
      publishedBy: 'system',
      takenBackAt: null,
      takenBackBy: null,
    })
    const year = (catalogue: string, ...versions: Version[]): CatalogueEntry => ({
      catalogue,
      title: catalogue,
      year: { from: '2024-04-01', to: '2025-03-31' },
      opensOn: '2024-03-01',
      inForce: true,
      versions,
    })
    const before = year('2024-25', version('in-force', 2), version('retired'))
    expect(latestOf([year('2025-26', version('taken-back')), before])).to.deep.equal({
      catalogue: '2024-25',
      version: 2,
    })
    expect(latestOf([year('2025-26', version('scheduled')), before])?.catalogue).to.equal('2025-26')
    expect(latestOf([year('2025-26', version('taken-back')), before], '2025-26')?.version).to.equal(1)
    expect(latestOf([])).to.equal(undefined)
  })
})
