import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, redo, undo } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  defaultHighlightStyle,
  foldGutter,
  foldKeymap,
  syntaxHighlighting,
  syntaxTree,
} from '@codemirror/language'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  hoverTooltip,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { keysOf } from '../../../../catalogue/rules/pointers.ts'
import { define } from '../../../kit/define.ts'
import type { DraftChange, DraftDocument } from '../document/draft-document.ts'
import type { Reported } from '../report/reporting.ts'
import { completionsFrom, wordsAt } from './completion.ts'
import { offsetOf, pointerAt, valueAround } from './where.ts'

/** Marks a change that came from elsewhere, so that it does not go back there. */
const fromElsewhere = Annotation.define<boolean>()

/** What the editor of a draft had when it was last shown: its history, its folds, its cursor. */
const states = new WeakMap<DraftDocument, EditorState>()

/** Where somebody has gone to in the JSON. */
export interface JsonPlace {
  pointer: string
}

/**
 * The JSON of a draft in an editor that knows the schema: completion, help on hover, mistakes in their places.
 *
 * @element outreach-draft-json
 * @fires outreach-json-place - `JsonPlace`, when the cursor has moved to another value
 */
export class OutreachDraftJson extends LitElement {
  static override properties = {
    draft: { attribute: false },
    report: { attribute: false },
  }
  static override styles = css`
    :host {
      display: block;
    }
    .editor {
      border: 1px solid var(--strong, #6f777b);
      border-radius: 6px;
      overflow: hidden;
      font-size: 0.875rem;
    }
    .editor:focus-within {
      outline: 3px solid var(--brand, #0b5d57);
      outline-offset: 2px;
    }
    p {
      margin: 0 0 8px;
      font-size: 0.875rem;
      color: var(--quiet, #505a5f);
    }
  `

  declare draft: DraftDocument
  declare report: Reported | undefined

  #view: EditorView | undefined
  #pointer = ''
  readonly #changed = (event: Event) => {
    if (event instanceof CustomEvent && (event.detail as DraftChange).by !== 'text') this.#takeOver()
  }

  /** Moves the cursor to a place and shows it. */
  reveal(pointer: string): void {
    const view = this.#view
    if (!view) return
    const anchor = offsetOf(pointer, this.draft.text)
    view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    })
    view.focus()
  }

  /** Moves the cursor to a line. */
  revealLine(line: number): void {
    const view = this.#view
    if (!view) return
    const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines))
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    view.focus()
  }

  /** Takes the latest change back, or makes it again: of what was typed here to the letter, before that what the form did. */
  undo(): void {
    if (this.#view) undo(this.#view)
  }
  redo(): void {
    if (this.#view) redo(this.#view)
  }

  protected override render(): TemplateResult {
    return html`<p id="help">Ctrl and Space: what can stand here. F8: the next mistake. Ctrl and F: find.</p><div class="editor"></div>`
  }

  protected override firstUpdated(): void {
    const parent = this.renderRoot.querySelector('.editor')
    if (!(parent instanceof HTMLElement) || !(this.renderRoot instanceof ShadowRoot)) return
    const kept = states.get(this.draft)
    this.#view = new EditorView({ state: kept ?? this.#newState(), parent, root: this.renderRoot })
    this.#takeOver()
    this.draft.addEventListener('change', this.#changed)
    this.#diagnose()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.draft.removeEventListener('change', this.#changed)
    if (this.#view) states.set(this.draft, this.#view.state)
    this.#view?.destroy()
    this.#view = undefined
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('report')) this.#diagnose()
  }

  #newState(): EditorState {
    return EditorState.create({
      doc: this.draft.text,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        foldGutter(),
        drawSelection(),
        EditorState.tabSize.of(2),
        syntaxHighlighting(defaultHighlightStyle),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ override: [completionsFrom(() => this.draft.document)], icons: false }),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        json(),
        lintGutter(),
        hoverTooltip(hover),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          'aria-label': 'The catalogue as JSON',
          'aria-describedby': 'help',
          tabindex: '0',
        }),
        keymap.of([
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
        EditorView.updateListener.of(({ docChanged, selectionSet, transactions, state }) => {
          if (docChanged && !transactions.every((one) => one.annotation(fromElsewhere)))
            this.draft.type(state.doc.toString(), this.#pointer)
          if (docChanged || selectionSet) this.#place(state)
        }),
        theme,
      ],
    })
  }

  /** Changes the text where it differs from the draft, so that cursor, folds and history stay. */
  #takeOver(): void {
    const view = this.#view
    if (!view) return
    const before = view.state.doc.toString()
    const after = this.draft.text
    if (before === after) return
    let from = 0
    const least = Math.min(before.length, after.length)
    while (from < least && before.charCodeAt(from) === after.charCodeAt(from)) from += 1
    let end = 0
    while (
      end < least - from &&
      before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
    )
      end += 1
    view.dispatch({
      changes: { from, to: before.length - end, insert: after.slice(from, after.length - end) },
      annotations: fromElsewhere.of(true),
    })
  }

  #place(state: EditorState): void {
    const { head } = state.selection.main
    // Behind a value is at it too: that is where somebody is who has just typed it.
    const [after, before] = ([1, -1] as const).map((side) => {
      const value = valueAround(syntaxTree(state).resolveInner(head, side))
      return value ? pointerAt(value, { slice: (from, to) => state.sliceDoc(from, to) }) : ''
    })
    const pointer = keysOf(before ?? '').length > keysOf(after ?? '').length ? (before ?? '') : (after ?? '')
    if (pointer === this.#pointer) return
    this.#pointer = pointer
    this.dispatchEvent(
      new CustomEvent<JsonPlace>('outreach-json-place', { bubbles: true, composed: true, detail: { pointer } }),
    )
  }

  #diagnose(): void {
    const view = this.#view
    if (!view) return
    const { doc } = view.state
    const tree = syntaxTree(view.state)
    const say =
      (severity: 'error' | 'warning') =>
      (finding: Reported['mistakes'][number]): Diagnostic => {
        const line = doc.line(Math.min(finding.place.line, doc.lines))
        const from = Math.min(line.to, line.from + finding.place.column - 1)
        const node = tree.resolveInner(from, 1)
        // A whole offer underlined says less than its beginning.
        const to = Math.min(node.from === from ? node.to : line.to, line.to)
        return { from, to: Math.max(from, to), severity, message: finding.sentence }
      }
    const diagnostics = [
      ...(this.report?.mistakes ?? []).map(say('error')),
      ...(this.report?.warnings ?? []).map(say('warning')),
    ]
    view.dispatch(setDiagnostics(view.state, diagnostics))
  }
}

function hover(view: EditorView, pos: number) {
  const words = wordsAt(view.state, pos)
  if (!words) return null
  return {
    pos: words.from,
    end: words.to,
    above: true,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'cm-words'
      const name = document.createElement('b')
      name.textContent = words.label
      dom.append(name)
      if (words.help) dom.append(document.createElement('br'), words.help)
      return { dom }
    },
  }
}

const theme = EditorView.theme({
  '&': { height: 'calc(100vh - 220px)', minHeight: '360px', backgroundColor: '#fff', color: '#0b0c0c' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'ui-monospace, Menlo, Consolas, monospace', lineHeight: '1.5' },
  '.cm-gutters': { backgroundColor: '#f3f5f5', color: '#505a5f', border: 'none' },
  '.cm-words': { padding: '8px 12px', maxWidth: '360px' },
  '.cm-tooltip': { border: '1px solid #6f777b', borderRadius: '6px', backgroundColor: '#fff' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: '#0b5d57', color: '#fff' },
  '.cm-completionDetail': { fontStyle: 'normal', color: '#505a5f' },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: '#fff' },
  '.cm-panels': { backgroundColor: '#f3f5f5' },
})

define('outreach-draft-json', OutreachDraftJson)
