import { expect } from 'chai'
import { DraftDocument } from '../../components/console/catalogue/document/draft-document.ts'
import { Inbox, Outbox } from '../../components/console/catalogue/document/patch.ts'
import { at, type Json, put } from '../../components/console/catalogue/document/places.ts'
import { written } from '../../components/console/catalogue/document/written.ts'
import { Keeping } from '../../components/console/catalogue/keeping.ts'
import type { Draft } from '../../components/console/catalogue/replies.ts'
import { clear, type Played, playApi, until } from './page.ts'

const document: Json = await (await fetch('/catalogue/providers/stepping-stones-2024-25.json')).json()
const key = 'outreach-draft:ada:stepping-stones:d1'

function draftWith(text: string, revision: number): Draft {
  return {
    id: 'd1',
    state: 'open',
    title: 'Draft',
    catalogue: '2024-25',
    basedOn: null,
    revision,
    updatedAt: '2024-09-10T10:00:00.000Z',
    updatedBy: { id: 'ben', name: 'Ben Cole' },
    published: null,
    text,
    basedOnText: null,
    liveText: null,
    liveVersion: null,
  }
}

const problem = (type: string, status: number, more: object = {}): Played => ({
  status,
  body: {
    type: `/api/problems/${type}`,
    title: type,
    status,
    instance: 'urn:x',
    errors: [{ pointer: '', code: type }],
    ...more,
  },
})

const pence = '/offers/2/price/pence'
let keeping: Keeping

function open(draft: Draft): DraftDocument {
  const text = new DraftDocument(draft.text)
  keeping = new Keeping({ provider: 'stepping-stones', person: 'ada' }, draft, text)
  keeping.restore(draft)
  return text
}

/** A worker that keeps one draft, as the real one does. */
function playWorker(kept: { text: string; revision: number }) {
  return playApi(({ method, headers, body }) => {
    if (method === 'GET') return { body: draftWith(kept.text, kept.revision) }
    if (headers.get('If-Match') !== `"${kept.revision}"`)
      return problem('changed-meanwhile', 412, { current: draftWith(kept.text, kept.revision) })
    kept.text = String(Reflect.get(Object(body), 'text'))
    kept.revision += 1
    return { body: { revision: kept.revision, updatedAt: '2024-09-10T10:01:00.000Z' } }
  })
}

describe('A draft’s keeping', () => {
  beforeEach(() => localStorage.clear())
  afterEach(() => {
    keeping.stop()
    clear()
  })

  it('saves what is typed soon after the last key, once, at the revision that was read', async () => {
    const kept = { text: written(document), revision: 3 }
    const asked = playWorker(kept)
    const draft = open(draftWith(kept.text, 3))
    for (const typed of [1, 10, 105]) draft.change(put(document, pence, typed), pence, true)
    expect(keeping.state).to.equal('unsaved')
    await until(() => keeping.state === 'saved', 'the draft to be saved')
    expect(asked.filter(({ method }) => method === 'PUT').length).to.equal(1)
    expect(at(JSON.parse(kept.text), pence)).to.equal(105)
    expect(localStorage.getItem(key)).to.equal(null)
  })

  it('keeps it in this browser while no connection is there, and sends it once there is', async () => {
    let isOffline = true
    const kept = { text: written(document), revision: 1 }
    playApi(({ body }) => {
      if (isOffline) return undefined
      kept.text = String(Reflect.get(Object(body), 'text'))
      return { body: { revision: 2, updatedAt: '' } }
    })
    const draft = open(draftWith(kept.text, 1))
    draft.change(put(document, pence, 1), pence)
    await until(() => keeping.state === 'offline', 'the failure')
    expect(keeping.isKeptHere).to.equal(true)
    isOffline = false
    await keeping.save()
    expect(keeping.state).to.equal('saved')
    expect(at(JSON.parse(kept.text), pence)).to.equal(1)
  })

  it('brings unsaved work back after a crash, and forgets it where it was saved after all', async () => {
    const kept = { text: written(document), revision: 1 }
    playWorker(kept)
    const draft = open(draftWith(kept.text, 1))
    draft.change(put(document, pence, 7), pence)
    keeping.keepHere()
    keeping.stop()
    const again = open(draftWith(kept.text, 1))
    expect(at(again.document, pence)).to.equal(7)
    expect(keeping.news).to.equal('restored')
    await keeping.save()
    expect(at(JSON.parse(kept.text), pence)).to.equal(7)
  })

  it('joins what somebody else saved meanwhile elsewhere in the draft', async () => {
    const kept = { text: written(put(document, '/title', 'Theirs')), revision: 2 }
    playWorker(kept)
    const draft = open(draftWith(written(document), 1))
    draft.change(put(document, pence, 105_000), pence)
    await keeping.save()
    await until(() => keeping.state === 'saved', 'the joined draft to be saved')
    const saved = JSON.parse(kept.text)
    expect(at(saved, '/title')).to.equal('Theirs')
    expect(at(saved, pence)).to.equal(105_000)
    expect(keeping.news).to.equal('joined')
    draft.undo()
    expect(at(draft.document, '/title')).to.equal('Theirs')
    expect(at(draft.document, pence)).to.equal(100_000)
  })

  it('asks where both changed the same, overwrites nothing before that, and keeps to the answer', async () => {
    for (const choice of ['mine', 'theirs'] as const) {
      const kept = { text: written(put(put(document, pence, 2), '/title', 'Theirs')), revision: 2 }
      playWorker(kept)
      const draft = open(draftWith(written(document), 1))
      draft.change(put(document, pence, 1), pence)
      await keeping.save()
      expect(keeping.state).to.equal('conflict')
      expect(keeping.clash?.conflicts?.map(({ mine, theirs }) => [mine, theirs])).to.deep.equal([[1, 2]])
      expect(at(JSON.parse(kept.text), pence)).to.equal(2)
      keeping.decide([choice])
      await keeping.save()
      expect(at(JSON.parse(kept.text), pence)).to.equal(choice === 'mine' ? 1 : 2)
      expect(at(JSON.parse(kept.text), '/title')).to.equal('Theirs')
      keeping.stop()
      clear()
    }
  })

  it('asks for one of the whole texts where one of them cannot be read', async () => {
    const kept = { text: '{ broken', revision: 2 }
    playWorker(kept)
    const draft = open(draftWith(written(document), 1))
    draft.change(put(document, pence, 1), pence)
    await keeping.save()
    expect(keeping.clash?.conflicts).to.equal(undefined)
    keeping.decide(['mine'])
    await keeping.save()
    expect(at(JSON.parse(kept.text), pence)).to.equal(1)
  })

  it('keeps what is typed while a save is under way, and sends it after', async () => {
    const kept = { text: written(document), revision: 1 }
    const texts: string[] = []
    playApi(({ body }) => {
      texts.push(String(Reflect.get(Object(body), 'text')))
      kept.revision += 1
      return { body: { revision: kept.revision, updatedAt: '' }, delay: 100 }
    })
    const draft = open(draftWith(kept.text, 1))
    draft.change(put(document, pence, 1), pence)
    const first = keeping.save()
    await until(() => texts.length === 1, 'the first save')
    draft.change(put(document, pence, 2), pence)
    await first
    await keeping.save()
    expect(at(JSON.parse(texts.at(-1) ?? ''), pence)).to.equal(2)
    expect(keeping.isSaved).to.equal(true)
  })

  it('says that the session has ended, once, and goes on saving after signing in', async () => {
    let isOut = true
    playApi(() => (isOut ? problem('signed-out', 401) : { body: { revision: 2, updatedAt: '' } }))
    const draft = open(draftWith(written(document), 1))
    draft.change(put(document, pence, 1), pence)
    await keeping.save()
    expect(keeping.state).to.equal('signed-out')
    isOut = false
    await keeping.save({ signIn: true })
    expect(keeping.state).to.equal('saved')
  })

  it('says that the draft was closed meanwhile, and keeps the work here', async () => {
    playApi(() => problem('conflict', 409))
    const draft = open(draftWith(written(document), 1))
    draft.change(put(document, pence, 1), pence)
    keeping.keepHere()
    await keeping.save()
    expect(keeping.state).to.equal('closed')
    expect(localStorage.getItem(key)).to.contain('"revision":1')
  })
})

describe('A draft on its way to the preview and the report', () => {
  it('is sent whole at first and then as what has changed', () => {
    const outbox = new Outbox()
    const inbox = new Inbox()
    let now = document
    for (const next of [
      document,
      put(document, pence, 1),
      put(put(document, pence, 1), '/title', 'Other'),
      put(document, '/offers/2', undefined),
      put(document, '/arrangements', 'New'),
    ]) {
      now = next
      const sent = outbox.next(next)
      expect(inbox.take(structuredClone(sent))).to.deep.equal(now)
    }
    const sent = outbox.next(put(now, pence, 3))
    expect(JSON.stringify(sent).length).to.be.lessThan(3_000)
    inbox.take(sent)
    outbox.next(now)
    expect(inbox.take(outbox.next(put(now, pence, 4)))).to.equal(undefined)
  })
})
