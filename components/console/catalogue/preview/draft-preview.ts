import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { define } from '../../../kit/define.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import { Outbox } from '../document/patch.ts'
import { at, type Json } from '../document/places.ts'
import { isTold, type Show, type Widget } from './protocol.ts'

const NAMES: Readonly<Record<Widget, string>> = {
  'package-picker': 'Packages',
  'training-menu': 'Training',
  'cluster-calculator': 'Clusters',
  'order-form': 'Order form',
}

/** Milliseconds that the work of a frame may take. */
const FRAME = 12

/** What a preview has last shown, for those who measure it. */
export interface Shown {
  ok: boolean
  /** Milliseconds inside the frame, from the draft to what stands there. */
  took: number
  /** Milliseconds from the change to the answer, the way to the frame and back included. */
  since: number
}

/**
 * The real widgets, live with a draft: a change shows there at once. While the draft has a mistake that no page could show, the
 * last one without stays.
 *
 * @element outreach-draft-preview
 * @fires outreach-preview-shown - `Shown`
 */
export class OutreachDraftPreview extends LitElement {
  static override properties = {
    draft: { attribute: false },
    today: {},
    published: { attribute: false },
    offer: { type: Number },
    day: { state: true },
    widget: { state: true },
    broken: { state: true },
  }

  declare draft: DraftDocument
  /** The calendar's day. */
  declare today: string
  /** The text to show where the draft has a mistake from the beginning: what schools see now. */
  declare published: string | null
  /** The index of the offer that somebody is at. */
  declare offer: number | undefined
  declare private day: string
  declare private widget: Widget
  declare private broken: boolean

  readonly #outbox = new Outbox()
  #isReady = false
  #answered = 0
  #sentAt = 0
  #hasMore = false
  #heard: DraftDocument | undefined
  /** How long the frame's latest work took. */
  #took = 0
  #isWaiting = false
  /** Whether the frame has shown anything. */
  #hasShown = false
  readonly #send = () => {
    if (this.#took < FRAME) this.#show()
    else if (!this.#isWaiting) {
      // What takes the frame long is not to keep the key from being seen, since both may share a thread.
      this.#isWaiting = true
      requestAnimationFrame(() =>
        setTimeout(() => {
          this.#isWaiting = false
          this.#show()
        }),
      )
    }
  }
  readonly #hear = (event: MessageEvent) => {
    const frame = this.querySelector('iframe')
    if (!frame || event.source !== frame.contentWindow || !isTold(event.data)) return
    if (event.data.kind === 'ready') {
      this.#isReady = true
      this.#hasShown = false
      this.#outbox.forget()
      this.#answered = this.#outbox.number
      this.#show()
      return
    }
    const { number, ok, took } = event.data
    this.#answered = number
    this.#took = took
    this.broken = !ok
    if (ok) this.#hasShown = true
    else if (!this.#hasShown) {
      this.#hasShown = true
      this.#showBefore()
    }
    const detail: Shown = { ok, took, since: performance.now() - this.#sentAt }
    this.dispatchEvent(new CustomEvent<Shown>('outreach-preview-shown', { bubbles: true, detail }))
    if (this.#hasMore) this.#show()
  }

  constructor() {
    super()
    this.today = ''
    this.day = ''
    this.widget = 'package-picker'
    this.broken = false
    this.published = null
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('message', this.#hear)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('message', this.#hear)
    this.#heard?.removeEventListener('change', this.#send)
    this.#heard = undefined
    this.#isReady = false
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.#heard !== this.draft) {
      this.#heard?.removeEventListener('change', this.#send)
      this.#heard = this.draft
      this.draft.addEventListener('change', this.#send)
    }
    if (changed.has('offer') && this.offer !== undefined)
      this.widget = widgetFor(at(this.draft.document, `/offers/${this.offer}/kind`))
    if (changed.has('draft') || changed.has('day') || changed.has('widget') || changed.has('offer')) this.#show()
  }

  protected override render(): TemplateResult {
    return html`<div class="preview-bar">
        <div class="segments" role="group" aria-label="What the preview shows">${Object.entries(NAMES).map(
          ([widget, name]) =>
            html`<button type="button" aria-pressed=${widget === this.widget ? 'true' : 'false'} @click=${() => {
              this.widget = widget as Widget
            }}>${name}</button>`,
        )}</div>
        <label for="preview-day">As on <input id="preview-day" type="date" .value=${this.#day} @change=${(
          event: Event,
        ) => {
          if (event.target instanceof HTMLInputElement) this.day = event.target.value
        }}></label>
      </div>
      <p class=${this.broken ? 'preview-state broken' : 'preview-state'} role="status">${
        this.broken
          ? 'The draft has a mistake. The preview shows it as it was before.'
          : 'As schools will see it. Try it out: nothing is ordered here.'
      }</p>
      <iframe src="/console/preview" sandbox="allow-scripts" title="Preview of your pages"></iframe>`
  }

  /** The day to show: what was chosen, else today where it is one of the catalogue's days, else its first. */
  get #day(): string {
    if (this.day) return this.day
    const opens = at(this.draft.document, '/opensOn')
    const to = at(this.draft.document, '/year/to')
    if (typeof opens !== 'string' || typeof to !== 'string') return this.today
    return this.today < opens ? opens : this.today > to ? to : this.today
  }

  #showBefore(): void {
    const document = this.published === null ? undefined : read(this.published)
    if (document === undefined) return
    this.#post(document)
    // The draft as it stands comes after it.
    this.#hasMore = true
  }

  #show(): void {
    const { document } = this.draft
    if (!this.#isReady || document === undefined) return
    if (this.draft.isBroken) {
      this.broken = true
      return
    }
    // The frame works at its own pace: it gets the latest draft once it has shown the one before.
    this.#hasMore = this.#answered < this.#outbox.number
    if (this.#hasMore) return
    this.#post(document)
  }

  #post(document: Json): void {
    const frame = this.querySelector('iframe')?.contentWindow
    const about = this.offer === undefined ? undefined : at(document, `/offers/${this.offer}/id`)
    const message: Show = {
      kind: 'show',
      sent: this.#outbox.next(document),
      widget: this.widget,
      on: this.#day,
      ...(typeof about === 'string' && { about }),
    }
    this.#sentAt = performance.now()
    frame?.postMessage(message, '*')
  }
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The widget that shows an offer of a kind. */
function widgetFor(kind: unknown): Widget {
  if (kind === 'training') return 'training-menu'
  return kind === 'cluster-subscription' ? 'cluster-calculator' : 'package-picker'
}

define('outreach-draft-preview', OutreachDraftPreview)
