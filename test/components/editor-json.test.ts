import { CompletionContext } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { expect } from 'chai'
import { DraftDocument } from '../../components/console/catalogue/document/draft-document.ts'
import { at, type Json, put } from '../../components/console/catalogue/document/places.ts'
import { written } from '../../components/console/catalogue/document/written.ts'
import { completionsFrom, wordsAt } from '../../components/console/catalogue/json/completion.ts'
import '../../components/console/catalogue/json/draft-json.ts'
import type { OutreachDraftJson } from '../../components/console/catalogue/json/draft-json.ts'
import { offsetOf, pointerAt, valueAround } from '../../components/console/catalogue/json/where.ts'
import { Reporting } from '../../components/console/catalogue/report/reporting.ts'
import { accessibilityFaults, clear, rendered, until } from './page.ts'

const latest: Json = await (await fetch('/catalogue/providers/stepping-stones-2024-25.json')).json()

/** An editor's state with the cursor where `|` stands. */
function stateOf(marked: string): { state: EditorState; pos: number } {
  const pos = marked.indexOf('|')
  const doc = marked.slice(0, pos) + marked.slice(pos + 1)
  const state = EditorState.create({ doc, extensions: [json()] })
  ensureSyntaxTree(state, doc.length, 5_000)
  return { state, pos }
}

function labelsAt(marked: string): string[] {
  const { state, pos } = stateOf(marked)
  const found = completionsFrom(() => latest)(new CompletionContext(state, pos, true))
  return found?.options.map(({ label }) => label) ?? []
}

describe('The JSON’s completion', () => {
  it('names the keys that an object may still have', () => {
    const labels = labelsAt('{ "format": 1, | }')
    expect(labels).to.contain('"provider"').and.to.contain('"offers"').and.not.to.contain('"format"')
  })

  it('knows the form of price that stands around it', () => {
    expect(labelsAt('{ "offers": [{ "price": { "form": "per-unit", | } }] }')).to.have.members([
      '"unit"',
      '"minutes"',
      '"pence"',
    ])
    expect(labelsAt('{ "offers": [{ "price": { "form": "|" } }] }')).to.contain('"by-date"').and.to.contain('"fixed"')
    expect(labelsAt('{ "offers": [{ "price": { | } }] }')).to.deep.equal(['"form"'])
  })

  it('offers the choices of a value, and the short names of what can be named', () => {
    expect(labelsAt('{ "offers": [{ "kind": "|" }] }')).to.contain('"package"')
    expect(labelsAt('{ "offers": [{ "requires": [{ "offer": "|" }] }] }')).to.contain('"silver"')
    expect(labelsAt('{ "offers": [{ "options": [{ "bespoke": | }] }] }')).to.have.members(['true', 'false'])
  })

  it('says what a key is called in the form and what helps', () => {
    const { state, pos } = stateOf('{ "ope|nsOn": "2024-03-01" }')
    expect(wordsAt(state, pos)?.label).to.equal('Orders open on')
  })
})

describe('A place in the JSON', () => {
  const text = written(latest)
  const state = EditorState.create({ doc: text, extensions: [json()] })
  const tree = ensureSyntaxTree(state, text.length, 5_000)

  it('is found from its pointer and gives the pointer back', () => {
    for (const pointer of [
      '/offers/2/price/pence',
      '/provider/name',
      '/offers/6/options/3',
      '/area/districts/1/id',
      '/year',
    ]) {
      const node = tree?.resolveInner(offsetOf(pointer, text), 1)
      const value = node && valueAround(node)
      expect(value && pointerAt(value, { slice: (from, to) => text.slice(from, to) })).to.equal(pointer)
    }
  })

  it('is the nearest one around where the pointer leads nowhere', () => {
    expect(offsetOf('/offers/2/price/none', text)).to.equal(offsetOf('/offers/2/price', text))
  })
})

describe('The JSON of a draft', () => {
  afterEach(() => clear())

  async function editor() {
    const draft = new DraftDocument(written(latest))
    const element = document.createElement('outreach-draft-json') as OutreachDraftJson
    element.draft = draft
    document.body.append(element)
    await rendered(element)
    const content = element.shadowRoot?.querySelector<HTMLElement>('.cm-content')
    const view = content && EditorView.findFromDOM(content)
    if (!view) throw new Error('There is no editor')
    return { draft, element, view }
  }

  it('stands in a shadow root without a style tag, which a strict policy would refuse', async () => {
    const { element } = await editor()
    expect(element.shadowRoot?.querySelector('style')).to.equal(null)
    expect(await accessibilityFaults(element)).to.deep.equal([])
  })

  it('changes the draft as one types, and follows what the form does without losing its place', async () => {
    const { draft, element, view } = await editor()
    const from = draft.text.indexOf('100000')
    view.dispatch({ changes: { from, to: from + 6, insert: '105000' }, selection: { anchor: from } })
    expect(at(draft.document, '/offers/2/price/pence')).to.equal(105_000)
    draft.change(put(draft.document ?? null, '/offers/0/price/pence', 56_000), '/offers/0/price/pence')
    expect(view.state.doc.toString()).to.equal(draft.text)
    expect(view.state.selection.main.head).to.equal(from)
    element.undo()
    expect(at(draft.document, '/offers/0/price/pence')).to.equal(55_000)
    element.undo()
    expect(draft.document).to.deep.equal(latest)
  })

  it('marks mistakes in their places', async () => {
    const { draft, element, view } = await editor()
    const reporting = new Reporting('stepping-stones', draft)
    const from = draft.text.indexOf('100000')
    view.dispatch({ changes: { from, to: from + 6, insert: '"x"' } })
    await until(() => reporting.report?.mistakes.length === 1, 'the report')
    element.report = reporting.report
    element.reveal('/offers/2/price/pence')
    await rendered(element)
    const mark = await until(() => element.shadowRoot?.querySelector('.cm-lintRange-error'), 'the mark')
    expect(mark.textContent).to.equal('"x"')
    reporting.stop()
  })

  it('says that the draft is another provider’s', async () => {
    const { draft } = await editor()
    const reporting = new Reporting('golden-hill', draft)
    await until(() => reporting.report, 'the report')
    expect(reporting.report?.mistakes.map(({ pointer }) => pointer)).to.deep.equal(['/provider/id'])
    reporting.stop()
  })
})
