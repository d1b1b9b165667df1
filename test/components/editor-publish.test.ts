import { expect } from 'chai'
import { DraftDocument } from '../../components/console/catalogue/document/draft-document.ts'
import { at, type Json, put } from '../../components/console/catalogue/document/places.ts'
import { written } from '../../components/console/catalogue/document/written.ts'
import { Keeping } from '../../components/console/catalogue/keeping.ts'
import '../../components/console/catalogue/publish/draft-publish.ts'
import type { OutreachDraftPublish } from '../../components/console/catalogue/publish/draft-publish.ts'
import { nothingRead, withPage } from '../../components/console/catalogue/publish/effect.ts'
import type { Draft } from '../../components/console/catalogue/replies.ts'
import { Reporting } from '../../components/console/catalogue/report/reporting.ts'
import { wearConsole } from './editor-page.ts'
import {
  type Asked,
  accessibilityFaults,
  clear,
  fill,
  type Played,
  playApi,
  press,
  rendered,
  textOf,
  until,
} from './page.ts'

const latest: Json = await (await fetch('/catalogue/providers/stepping-stones-2024-25.json')).json()
/** A dearer Silver package, which the pathways' texts name at its new price. */
const dearer = put(
  JSON.parse(JSON.stringify(latest).replaceAll('Silver £1,000', 'Silver £1,050')),
  '/offers/2/price/pence',
  105_000,
)

const order = (reference: string, beforePence: number, afterPence: number | null, why?: string) => ({
  reference,
  placedOn: '2024-05-01',
  schoolName: `School ${reference}`,
  beforePence,
  afterPence,
  ...(why && { why }),
})

before(wearConsole)

describe('The effect on the last year’s orders', () => {
  it('adds up page after page', () => {
    const page = { from: '2023-09-10', to: '2024-09-10' }
    const first = withPage(nothingRead, { ...page, orders: [order('A', 100, 150), order('B', 100, 100)], next: 'more' })
    expect(first.isDone).to.equal(false)
    const all = withPage(first, {
      ...page,
      orders: [order('C', 300, 100), order('D', 500, null, 'unknown-offer')],
      next: null,
    })
    expect(all).to.include({
      count: 4,
      beforePence: 500,
      afterPence: 350,
      more: 1,
      less: 1,
      same: 1,
      refused: 1,
      isDone: true,
    })
    expect(all.largest.map(({ reference }) => reference)).to.deep.equal(['C', 'A'])
    expect(all.firstRefused.map(({ reference }) => reference)).to.deep.equal(['D'])
  })
})

describe('Publishing a draft', () => {
  let keeping: Keeping
  let reporting: Reporting

  afterEach(() => {
    keeping.stop()
    reporting.stop()
    clear()
    localStorage.clear()
  })

  async function opened(document: Json, refusal?: Played): Promise<{ element: OutreachDraftPublish; asked: Asked[] }> {
    const kept: Draft = {
      id: 'd1',
      state: 'open',
      title: 'Draft',
      catalogue: '2024-25',
      basedOn: { catalogue: '2024-25', version: 1 },
      revision: 4,
      updatedAt: '2024-09-10T10:00:00.000Z',
      updatedBy: { id: 'ada', name: 'Ada' },
      published: null,
      text: written(document),
      basedOnText: written(latest),
      liveText: written(latest),
      liveVersion: 1,
    }
    const asked = playApi(({ method, path }) => {
      if (path.endsWith('/effect'))
        return {
          body: {
            orders: [order('A', 155_000, 160_000), order('B', 60_000, null, 'not-open')],
            next: null,
            from: '2023-09-11',
            to: '2024-09-10',
          },
        }
      if (path.endsWith('/publish'))
        return refusal ?? { status: 201, body: { catalogue: '2024-25', version: 2, from: '2024-09-10' } }
      if (path.endsWith('/take-back'))
        return { body: { catalogue: '2024-25', version: 2, state: 'taken-back', inForce: 1 } }
      if (method === 'PUT') return { body: { revision: 5, updatedAt: '2024-09-10T10:01:00.000Z' } }
      return method === 'GET' ? { body: kept } : { status: 404, body: {} }
    })
    const draft = new DraftDocument(kept.text)
    keeping = new Keeping({ provider: 'stepping-stones', person: 'ada' }, kept, draft)
    reporting = new Reporting('stepping-stones', draft)
    const element = globalThis.document.createElement('outreach-draft-publish') as OutreachDraftPublish
    Object.assign(element, {
      provider: 'stepping-stones',
      today: '2024-09-10',
      draft: kept,
      document: draft,
      keeping,
      reporting,
      addressOf: (pointer: string) => `#${pointer}`,
    })
    globalThis.document.body.append(element)
    await until(() => reporting.report && !textOf(element).includes('Checking…'), 'the check')
    await rendered(element)
    return { element, asked }
  }

  it('is stopped by mistakes, which lead to their places', async () => {
    const { element } = await opened(put(latest, '/offers/2/price/pence', 'ten'))
    expect(textOf(element)).to.contain('Put one mistake right first')
    expect(element.querySelector('.findings a')?.getAttribute('href')).to.equal('#/offers/2/price/pence')
    expect(element.querySelector('form')).to.equal(null)
  })

  it('says what will change, for ordinary baskets and for real orders', async () => {
    const { element } = await opened(dearer)
    await until(() => textOf(element).includes('2 orders'), 'the orders')
    const text = textOf(element)
    expect(text).to.contain('Silver package: £1,000 → £1,050')
    expect(text).to.contain('A primary school buys Silver package, with Universal support offer')
    expect(text).to.contain('They came to £1,550 and would come to £1,600')
    expect(text).to.contain('1 would not be possible').and.to.contain('no orders are taken on that day')
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('publishes at the revision and against the version that were seen, and takes it back in one press', async () => {
    const { element, asked } = await opened(dearer)
    await press(element, 'Publish now')
    await until(() => textOf(element).includes('2024-25, version 2, counts now'), 'the result')
    expect(asked.find(({ path }) => path.endsWith('/publish'))?.body).to.deep.equal({
      from: 'now',
      revision: 4,
      warnings: [],
      live: 1,
    })
    expect(keeping.state).to.equal('done')
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Take it back')
    await until(() => textOf(element).includes('Version 2 of 2024-25 is taken back. Version 1 counts.'), 'the way back')
  })

  it('warns where a referral still names the price before', async () => {
    const { element } = await opened(put(latest, '/offers/2/price/pence', 105_000))
    expect(textOf(element)).to.contain('£1,000 is no price of this catalogue: the text or the price is out of date.')
  })

  it('asks for each warning to be ticked', async () => {
    const { element, asked } = await opened(put(latest, '/offers/2/price/pence', 0))
    await press(element, 'Publish now')
    expect(textOf(element)).to.contain('Tick each of these')
    expect(globalThis.document.activeElement?.id).to.equal('warnings')
    expect(asked.some(({ path }) => path.endsWith('/publish'))).to.equal(false)
    for (const box of element.querySelectorAll<HTMLInputElement>('[name="warning"]')) box.click()
    await press(element, 'Publish now')
    const sent = await until(
      () => asked.find(({ path }) => path.endsWith('/publish'))?.body as { warnings: string[] } | undefined,
      'the request',
    )
    expect(sent.warnings.length).to.equal(reporting.report?.warnings.length)
  })

  it('asks for a day after today', async () => {
    const { element, asked } = await opened(dearer)
    await press(element, 'From a day on')
    await press(element, 'Schedule')
    expect(textOf(element)).to.contain('Enter the day on which it starts.')
    await fill(element, 'The first day', '2024-09-01')
    await press(element, 'Schedule')
    expect(textOf(element)).to.contain('Enter a day after today')
    await fill(element, 'The first day', '2025-01-01')
    await press(element, 'Schedule')
    const sent = await until(
      () => asked.find(({ path }) => path.endsWith('/publish'))?.body as { from: string } | undefined,
      'the request',
    )
    expect(sent.from).to.equal('2025-01-01')
  })

  it('makes the draft next year’s catalogue where the day is after the end of its year', async () => {
    const { element, asked } = await opened(dearer)
    await press(element, 'From a day on')
    await fill(element, 'The first day', '2025-03-31')
    expect(textOf(element)).not.to.contain('next year’s catalogue')
    await fill(element, 'The first day', '2025-04-01')
    expect(textOf(element)).to.contain('For a day after 31 March 2025, make this draft next year’s catalogue.')
    await press(element, 'Schedule')
    expect(textOf(element)).to.contain('Enter a day up to 31 March 2025')
    expect(asked.some(({ path }) => path.endsWith('/publish'))).to.equal(false)
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Make it next year’s catalogue')
    await until(() => textOf(element).includes('next year’s catalogue now: 2025-26'), 'the next year')
    expect(globalThis.document.activeElement?.id).to.equal('turned')
    expect(textOf(element)).to.contain('support from 1 April 2025, both until 31 March 2026')
    const draft = element.document.document
    expect(at(draft, '/catalogue')).to.equal('2025-26')
    expect(at(draft, '/offers/2/price/pence')).to.equal(105_000)
    expect(await accessibilityFaults(element)).to.deep.equal([])
    await press(element, 'Schedule')
    const sent = await until(
      () => asked.find(({ path }) => path.endsWith('/publish'))?.body as { from: string } | undefined,
      'the request',
    )
    expect(sent.from).to.equal('2025-04-01')
    element.document.undo()
    expect(at(element.document.document, '/catalogue')).to.equal('2024-25')
  })

  it('says why it was refused, and keeps everything', async () => {
    const detail = 'Somebody has published this year meanwhile. Read the differences again.'
    const { element } = await opened(dearer, {
      status: 409,
      body: {
        type: '/api/problems/conflict',
        title: 'Conflict',
        status: 409,
        instance: 'urn:x',
        errors: [{ pointer: '', code: 'conflict' }],
        detail,
      },
    })
    await press(element, 'Publish now')
    await until(() => textOf(element).includes(detail), 'the reason')
    expect(keeping.isOver).to.equal(false)
  })
})
