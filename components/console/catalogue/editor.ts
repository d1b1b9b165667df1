import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { ask, get, newKey, path, send } from '../api.ts'
import { addressWith, announce, go } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { Loading } from '../parts/loading.ts'
import { noticeView } from '../parts/notice.view.ts'
import { DraftDocument } from './document/draft-document.ts'
import {
  clashView,
  countOf,
  keepingView,
  mistakesByPlace,
  othersView,
  problemsView,
  sectionsView,
} from './editor.view.ts'
import './form/draft-form.ts'
import type { OutreachDraftForm, Wanted } from './form/draft-form.ts'
import type { PlaceFault } from './form/faults.ts'
import { type FormPlace, isSamePlace, placeOfPointer, pointerOf, sections, whereOf } from './form/sections.ts'
import type { JsonPlace, OutreachDraftJson } from './json/draft-json.ts'
import { Keeping } from './keeping.ts'
import { wearLooks } from './looks.ts'
import { Present } from './presence.ts'
import './preview/draft-preview.ts'
import type { Draft } from './replies.ts'
import { Reporting } from './report/reporting.ts'

/** What a page of a draft is about: writing it, or one of the larger steps that have a page of their own. */
const STEPS = ['publish', 'raise', 'prices', 'review', 'discard'] as const
type Step = 'write' | (typeof STEPS)[number]

/** What the narrow screen shows; a wide one has the form beside the rest. */
type Pane = 'edit' | 'preview' | 'problems'

/** Everything that a draft which is open has. */
interface Open {
  draft: Draft
  document: DraftDocument
  keeping: Keeping
  reporting: Reporting
  present: Present
}

/**
 * A draft of a catalogue: the form and the JSON, the preview beside them, and what is wrong, as one types.
 *
 * @element outreach-console-draft
 */
export class OutreachConsoleDraft extends ConsolePage {
  static override properties: PropertyDeclarations = {
    pane: { state: true },
    open: { state: true },
    jsonReady: { state: true },
  }

  declare private pane: Pane
  declare private open: Open | undefined
  declare private jsonReady: boolean

  /** Where somebody is, as a pointer: what both views and the others at the draft know. */
  #pointer = ''
  /** A place to move the focus to once its page is there. */
  #wanted: string | undefined
  #faults: ReadonlyMap<string, PlaceFault> = new Map()
  readonly #draft = new Loading(
    this,
    async () => {
      const draft = await get<Draft>(path`/providers/${this.provider}/drafts/${this.#id}`)
      if (draft.state === 'open') this.#begin(draft)
      else this.#end()
      return draft
    },
    () => [this.provider, this.#id],
  )
  readonly #redraw = () => this.requestUpdate()
  readonly #reported = () => {
    const { reporting, document } = this.open ?? {}
    const mistakes = reporting?.report?.mistakes ?? []
    // The first that is said of a place is what its field says.
    this.#faults = document?.isBroken
      ? new Map()
      : new Map(mistakes.toReversed().map((mistake) => [mistake.pointer, mistake]))
    this.requestUpdate()
  }
  readonly #heardOthers = () => {
    const { present, keeping } = this.open ?? {}
    if (present && keeping && (present.revision > keeping.revision || !present.isOpen)) void keeping.catchUp()
    this.requestUpdate()
  }
  readonly #kept = () => {
    const { keeping, present } = this.open ?? {}
    if (keeping?.isOver) present?.stop()
    this.requestUpdate()
  }
  readonly #beforeUnload = (event: BeforeUnloadEvent) => {
    const { keeping } = this.open ?? {}
    if (!keeping || keeping.isSaved || keeping.isOver) return
    keeping.keepHere()
    void keeping.save()
    event.preventDefault()
  }
  readonly #hidden = () => {
    if (document.visibilityState === 'hidden') this.open?.keeping.keepHere()
  }
  readonly #online = () => void this.open?.keeping.save()

  constructor() {
    super()
    this.pane = 'edit'
    this.jsonReady = false
    this.loads.push(this.#draft)
    wearLooks()
    this.addEventListener('keydown', (event) => this.#key(event))
    this.addEventListener('click', (event) => this.#press(event))
    this.addEventListener('focusin', (event) => this.#focused(event))
    this.addEventListener('outreach-json-place', (event) => {
      this.#pointer = (event as CustomEvent<JsonPlace>).detail.pointer
    })
    this.addEventListener('outreach-place-wanted', (event) => this.#want((event as CustomEvent<Wanted>).detail.pointer))
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('beforeunload', this.#beforeUnload)
    document.addEventListener('visibilitychange', this.#hidden)
    addEventListener('online', this.#online)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('beforeunload', this.#beforeUnload)
    document.removeEventListener('visibilitychange', this.#hidden)
    removeEventListener('online', this.#online)
    this.#end()
  }

  override async leave(): Promise<void> {
    const { keeping } = this.open ?? {}
    keeping?.keepHere()
    // A connection that is lost keeps nobody here: the browser has the work.
    await Promise.race([keeping?.save(), new Promise((resolve) => setTimeout(resolve, 1_500))])
  }

  override get tabTitle(): string | undefined {
    const title = this.open?.draft.title
    return title && `Draft: ${title}`
  }

  get #id(): string {
    return this.place.params.draft ?? ''
  }

  get #step(): Step {
    const step = this.place.query.get('step')
    return STEPS.find((one) => one === step) ?? 'write'
  }

  get #isJson(): boolean {
    return this.place.query.get('view') === 'json'
  }

  get #shown(): FormPlace {
    const where = this.place.query.get('at') ?? ''
    if (where.startsWith('/')) return placeOfPointer(where)
    const section = sections.find(({ name }) => name === where)
    return section ? { section } : placeOfPointer('/offers')
  }

  #begin(draft: Draft): void {
    this.#end()
    const text = new DraftDocument(draft.text)
    const keeping = new Keeping({ provider: this.provider, person: this.session.person.id }, draft, text)
    const reporting = new Reporting(this.provider, text)
    const present = new Present(this.provider, draft.id, () => this.#pointer)
    this.open = { draft, document: text, keeping, reporting, present }
    text.addEventListener('change', this.#redraw)
    keeping.addEventListener('change', this.#kept)
    reporting.addEventListener('change', this.#reported)
    present.addEventListener('change', this.#heardOthers)
    keeping.restore(draft)
  }

  #end(): void {
    const { document: text, keeping, reporting, present } = this.open ?? {}
    text?.removeEventListener('change', this.#redraw)
    keeping?.stop()
    reporting?.stop()
    present?.stop()
    this.open = undefined
  }

  /** The address of another place of this page: a page of the form, a pointer, a step. */
  #address(query: Record<string, string | undefined>): string {
    return addressWith(this.place.path, query)
  }

  readonly #addressOf = (at: string): string => this.#address({ at })

  /** The address of a field: its page of the form, and the field itself. */
  readonly #fieldAddress = (pointer: string): string => {
    return pointer === ''
      ? this.#address({ view: 'json' })
      : this.#address({ at: whereOf(placeOfPointer(pointer)), field: pointer })
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#step !== 'write' && !this.#loaded.has(this.#step)) void this.#load(this.#step)
    if (this.#isJson && !this.jsonReady)
      void import('./json/draft-json.ts').then(
        () => {
          this.jsonReady = true
        },
        () => {},
      )
    if (changed.has('place')) {
      const where = this.place.query.get('field') ?? this.place.query.get('at')
      if (where?.startsWith('/')) this.#pointer = where
      if (this.place.query.has('field')) this.#wanted = this.#pointer
    }
  }

  readonly #loaded = new Set<Step>()

  /** Fetches what a step needs, when it is gone to. */
  async #load(step: Step): Promise<void> {
    this.#loaded.add(step)
    if (step === 'publish') await import('./publish/draft-publish.ts')
    if (step === 'raise') await import('./exchange/draft-raise.ts')
    if (step === 'prices') await import('./exchange/draft-prices.ts')
    if (step === 'review') await import('./exchange/draft-review.ts')
  }

  protected override updated(changed: PropertyValues): void {
    const mistakes = this.open?.reporting.report?.mistakes.length ?? 0
    const title = document.title.replace(/^\(\d+\) /, '')
    document.title = mistakes > 0 ? `(${mistakes}) ${title}` : title
    if (this.#wanted !== undefined && !(this.#isJson && !this.jsonReady)) {
      const pointer = this.#wanted
      this.#wanted = undefined
      void this.#reveal(pointer)
    } else if (changed.has('place') && changed.get('place') !== undefined) {
      void this.#arrive()
    }
    this.#showSection(changed.has('place'))
  }

  #row: Element | null = null

  /** Where the pages of the form stand in one row, the present one is not left beyond its end: once the row has come, and as one goes on. */
  #showSection(isOther: boolean): void {
    const row = this.querySelector('.sections > ul')
    const isHere = row === this.#row
    this.#row = row
    const here = this.querySelector('.sections > ul > li:has(> [aria-current])')
    if (row && here && (isOther || !isHere))
      row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left
  }

  /** Moves the focus to the heading of what has come into place. */
  async #arrive(): Promise<void> {
    const form = this.querySelector<OutreachDraftForm>('outreach-draft-form')
    await form?.updateComplete
    const heading = this.querySelector<HTMLElement>(form ? '#form-heading' : 'h1')
    heading?.setAttribute('tabindex', '-1')
    heading?.focus({ preventScroll: true })
    heading?.scrollIntoView({ block: 'nearest' })
  }

  protected override render(): TemplateResult {
    return html`<p class="back"><a href=${`/console/${this.provider}/catalogue`}>Catalogue</a></p>
      ${this.open ? nothing : html`<h1>Draft</h1>`}
      ${this.#draft.view((draft) => (this.open ? this.#openView(this.open) : this.#overView(draft)))}`
  }

  #overView({ published }: Draft): TemplateResult {
    const base = `/console/${this.provider}/catalogue`
    return published
      ? html`<p>This draft was published as <a href=${`${base}/${published.catalogue}/${published.version}`}>version ${published.version} of ${published.catalogue}</a>. To change more, edit that version.</p>`
      : html`<p>This draft was thrown away.</p><p><a href=${base}>Go to the catalogues</a></p>`
  }

  #openView(open: Open): TemplateResult {
    const { draft, document: text, keeping, present } = open
    return html`<div class="draft-head">
        <div>
          <h1>${titleOf(text) ?? draft.title}</h1>
          <p class="note" ?hidden=${keeping.isOver}>${draft.basedOn ? `A draft from ${draft.basedOn.catalogue}, version ${draft.basedOn.version}. ` : 'A new draft. '}Schools see nothing of it before it is published.</p>
        </div>
        <p class="keeping" role="status">${keepingView(
          keeping,
          (signIn) => void keeping.save({ signIn }),
          () => void this.#goOn(),
        )}</p>
      </div>
      ${othersView(present.others, text.document)}
      ${this.#newsView(keeping)}
      ${this.#step === 'write' ? this.#writeView(open) : this.#stepView(open)}
      ${clashView(keeping.clash, (form) => this.#decide(form))}`
  }

  #newsView(keeping: Keeping): unknown {
    if (keeping.news === undefined) return nothing
    return noticeView(
      html`<p>${
        keeping.news === 'restored'
          ? 'Your changes that were not saved the last time are back.'
          : 'Somebody else’s changes came in and are joined with yours.'
      } <button type="button" class="link" name="read">All right</button></p>`,
      'good',
    )
  }

  #writeView(open: Open): TemplateResult {
    const { document: text, reporting } = open
    const { report } = reporting
    const panes: readonly (readonly [Pane, string])[] = [
      ['edit', this.#isJson ? 'JSON' : 'Edit'],
      ['preview', 'Preview'],
      ['problems', countOf(report)],
    ]
    const isRight = (pane: Pane) => (this.pane === pane || (pane === 'preview' && this.pane === 'edit') ? '' : 'away')
    return html`<div class="draft-bar">
        <div class="segments" role="group" aria-label="How to edit">
          <a href=${this.#address({ at: this.#place })} @click=${this.#toForm} aria-current=${this.#isJson ? nothing : 'true'}>Form</a>
          <a href=${this.#address({ at: this.#place, view: 'json' })} @click=${this.#toJson} aria-current=${this.#isJson ? 'true' : nothing}>JSON</a>
        </div>
        <button type="button" class="secondary" name="undo-all" aria-keyshortcuts="Control+Z" aria-disabled=${text.canUndo ? nothing : 'true'}>Undo</button>
        <button type="button" class="secondary" name="redo-all" aria-keyshortcuts="Control+Shift+Z" aria-disabled=${text.canRedo ? nothing : 'true'}>Redo</button>
        <details class="more"><summary>More</summary><ul>
          <li><a href=${this.#address({ step: 'raise' })}>Raise prices</a></li>
          <li><a href=${this.#address({ step: 'prices' })}>Prices from a spreadsheet</a></li>
          <li><a href=${this.#address({ step: 'review' })}>Texts to read again</a></li>
          <li><button type="button" class="link" name="download">Download as JSON</button></li>
          <li><a href=${this.#address({ step: 'discard' })}>Throw the draft away</a></li>
        </ul></details>
        <a class="button" href=${this.#address({ step: 'publish' })}>Check and publish</a>
      </div>
      <div class="segments panes" role="group" aria-label="What to show">${panes.map(
        ([pane, name]) =>
          html`<button type="button" name="pane" value=${pane} aria-pressed=${this.pane === pane ? 'true' : 'false'}>${name}</button>`,
      )}</div>
      <div class=${`draft-columns ${this.#isJson ? 'json' : ''} ${this.pane}`}>
        ${this.#isJson ? nothing : sectionsView(text.document, this.#shown, mistakesByPlace(report), this.#addressOf)}
        <div class="draft-form">${this.#isJson ? this.#jsonView(open) : this.#formView(open)}</div>
        <div class="draft-side">
          <div class="segments sides" role="group" aria-label="Beside the form">${panes
            .slice(1)
            .map(
              ([pane, name]) =>
                html`<button type="button" name="pane" value=${pane} aria-pressed=${isRight(pane) === '' ? 'true' : 'false'}>${name}</button>`,
            )}</div>
          <outreach-draft-preview class=${isRight('preview')} .draft=${text} .published=${open.draft.liveText ?? open.draft.basedOnText} today=${this.session.today} .offer=${this.#isJson ? undefined : this.#shown.offer}></outreach-draft-preview>
          <section class=${`problems ${isRight('problems')}`} aria-label="Mistakes and warnings">${problemsView(report, text.document)}</section>
        </div>
      </div>`
  }

  #formView({ document: text, reporting }: Open): TemplateResult {
    const [first] = reporting.report?.mistakes ?? []
    return html`${
      text.isBroken
        ? html`<div class="notice failed"><p>The JSON cannot be read${first ? ` at line ${first.place.line}: ${first.sentence}` : '.'} The form can be used again once that is put right.</p>
          <p><a href=${this.#address({ view: 'json' })}>Go to the JSON</a></p></div>`
        : nothing
    }
    <outreach-draft-form ?inert=${text.isBroken} .draft=${text} .shown=${this.#shown} .faults=${this.#faults} .addressOf=${this.#addressOf}></outreach-draft-form>`
  }

  #jsonView({ document: text, reporting }: Open): TemplateResult {
    return this.jsonReady
      ? html`<outreach-draft-json .draft=${text} .report=${reporting.report}></outreach-draft-json>`
      : html`<p class="note" role="status">Loading the editor…</p>`
  }

  #stepView(open: Open): TemplateResult {
    const { draft, document: text } = open
    const steps: Record<Exclude<Step, 'write'>, () => TemplateResult> = {
      publish: () => this.#publishView(open),
      raise: () =>
        html`<outreach-draft-raise .document=${text} .addressOf=${this.#fieldAddress}></outreach-draft-raise>`,
      prices: () =>
        html`<outreach-draft-prices .document=${text} .addressOf=${this.#fieldAddress}></outreach-draft-prices>`,
      review: () =>
        html`<outreach-draft-review .document=${text} .basedOnText=${draft.basedOnText} .addressOf=${this.#fieldAddress}></outreach-draft-review>`,
      discard: () => this.#discardView(open),
    }
    const step = this.#step
    return html`${open.keeping.isOver ? nothing : html`<p class="back"><a href=${this.#address({})}>Back to the draft</a></p>`}
      ${step === 'write' ? nothing : steps[step]()}`
  }

  #publishView({ draft, document: text, keeping, reporting }: Open): TemplateResult {
    return html`<outreach-draft-publish .provider=${this.provider} .today=${this.session.today} .draft=${draft} .document=${text}
      .keeping=${keeping} .reporting=${reporting} .mayPublish=${this.membership?.rights.includes('publish-catalogue') ?? false}
      .addressOf=${this.#fieldAddress}></outreach-draft-publish>`
  }

  #discardView({ draft }: Open): TemplateResult {
    return html`<h2>Throw this draft away?</h2>
      <p>“${draft.title}” is gone for everybody. What is published stays as it is.</p>
      <div class="buttons"><button type="button" class="danger" name="discard">Throw it away</button>
        <a href=${this.#address({})}>Keep it</a></div>`
  }

  /** The page of the form that one is on, as an address has it. */
  get #place(): string {
    return this.place.query.get('at') ?? 'offers'
  }

  /** The form shows the place where the cursor is in the JSON. */
  readonly #toForm = (event: Event) => {
    if (!this.#isJson || !this.#pointer || this.open?.document.isBroken) return
    event.preventDefault()
    this.#wanted = this.#pointer
    go(this.#address({ at: whereOf(placeOfPointer(this.#pointer)) }))
  }

  /** The JSON shows the place that one is at in the form. */
  readonly #toJson = () => {
    const isHere = this.#pointer && isSamePlace(placeOfPointer(this.#pointer), this.#shown)
    this.#wanted = isHere ? this.#pointer : pointerOf(this.#shown)
  }

  #want(pointer: string): void {
    const to = placeOfPointer(pointer)
    const here = this.#shown
    this.#pointer = pointer
    this.pane = 'edit'
    if (this.#isJson) {
      void this.#reveal(pointer)
      return
    }
    if (this.#step === 'write' && isSamePlace(here, to)) void this.#reveal(pointer)
    else {
      this.#wanted = pointer
      go(this.#address({ at: whereOf(to) }))
    }
  }

  async #reveal(pointer: string): Promise<void> {
    await this.updateComplete
    const writing = this.querySelector<OutreachDraftJson>('outreach-draft-json')
    await writing?.updateComplete
    if (writing) writing.reveal(pointer)
    else
      await this.querySelector<OutreachDraftForm>('outreach-draft-form')?.reveal(pointer, {
        isFault: this.#faults.has(pointer),
      })
  }

  #focused({ target }: FocusEvent): void {
    const pointer = target instanceof HTMLElement ? target.dataset.at : undefined
    if (pointer) this.#pointer = pointer
  }

  #key(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 's') {
      event.preventDefault()
      void this.open?.keeping.save().then(() => announce(this.open?.keeping.isSaved ? 'Saved' : 'Not saved'))
      return
    }
    // The JSON has its own history, to the letter.
    const isOwn = event.composedPath().some((one) => one instanceof Element && one.localName === 'outreach-draft-json')
    if (isOwn || this.#step !== 'write') return
    if (key === 'z' || key === 'y') {
      event.preventDefault()
      this.#undo(key === 'y' || event.shiftKey)
    }
  }

  #undo(again: boolean): void {
    const form = this.querySelector<OutreachDraftForm>('outreach-draft-form')
    const { document: text } = this.open ?? {}
    const writing = this.querySelector<OutreachDraftJson>('outreach-draft-json')
    const side = form ?? writing ?? text
    if (again) side?.redo()
    else side?.undo()
  }

  #press(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    switch (button?.name) {
      case 'pane':
        this.pane = button.value as Pane
        break
      case 'go-to': {
        const writing = this.querySelector<OutreachDraftJson>('outreach-draft-json')
        if (button.value === '' && writing) writing.revealLine(Number(button.dataset.line))
        else this.#want(button.value)
        break
      }
      case 'undo-all':
      case 'redo-all':
        this.#undo(button.name === 'redo-all')
        break
      case 'read':
        if (this.open) this.open.keeping.news = undefined
        this.requestUpdate()
        break
      case 'download':
        this.#download()
        break
      case 'discard':
        void this.#discard()
        break
    }
  }

  #download(): void {
    const { draft, document: text } = this.open ?? {}
    if (!draft || !text) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text.text], { type: 'application/json' }))
    link.download = `${this.provider}-${draft.catalogue ?? 'draft'}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }

  async #discard(): Promise<void> {
    const { draft, keeping } = this.open ?? {}
    if (!draft || !keeping) return
    await keeping.save()
    await ask(path`/providers/${this.provider}/drafts/${draft.id}`, {
      method: 'DELETE',
      match: `"${keeping.revision}"`,
    })
    keeping.close()
    announce('The draft is thrown away')
    go(`/console/${this.provider}/catalogue`)
  }

  /** Goes on with what one has in a new draft, where this one was published or thrown away meanwhile. */
  async #goOn(): Promise<void> {
    const { draft, document: text, keeping } = this.open ?? {}
    if (!draft || !text || !keeping) return
    const from = draft.basedOn ? { from: draft.basedOn } : {}
    const { id } = await send<Draft>(
      'POST',
      path`/providers/${this.provider}/drafts`,
      { ...from, text: text.text },
      { key: newKey() },
    )
    keeping.close()
    go(`/console/${this.provider}/catalogue/drafts/${id}`)
  }

  #decide(form: HTMLFormElement): void {
    const { keeping } = this.open ?? {}
    const answers = new FormData(form)
    const count = keeping?.clash?.conflicts?.length ?? 1
    keeping?.decide(
      Array.from({ length: count }, (_, index) => (answers.get(String(index)) === 'theirs' ? 'theirs' : 'mine')),
    )
  }
}

function titleOf({ document: draft }: DraftDocument): string | undefined {
  const title = typeof draft === 'object' && draft !== null ? Reflect.get(draft, 'title') : undefined
  return typeof title === 'string' && title.trim() ? title : undefined
}

define('outreach-console-draft', OutreachConsoleDraft)
