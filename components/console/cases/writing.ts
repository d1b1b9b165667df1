import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit'
import type { CaseMeanwhile, NoPlaceLeft } from '../../../catalogue/wire/case.ts'
import { detailOf, problemOf, send } from '../api.ts'
import { announce } from '../navigation.ts'
import { dialogView } from '../parts/dialog.view.ts'
import { failureText } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { longMoment } from '../parts/when.ts'
import { type Wrong, wrongAt, wrongIn } from './faults.ts'
import { happenedView } from './words.ts'

/** What stands in a dialog's controls, by their names. */
export type Typed = Readonly<Record<string, string>>

/** What a dialog's fields look at. */
export interface Filling {
  /** What stands in a control, or what it begins with. */
  value: (name: string, beginning?: string) => string
  error: (name: string) => string | undefined
  /** What the worker said where no place was left. */
  noPlace: NoPlaceLeft | undefined
  /** Asks something else instead, with the texts that were typed here. */
  instead: (key: string, make: () => Form | undefined) => void
}

/** Something that is asked before it is done. */
export interface Form {
  heading: string
  content: (filling: Filling) => unknown
  /** What the button says; without one there is nothing to send. */
  button: string | undefined
  busy: string
  danger?: boolean
  /** The console's API, below `/api/console`. */
  address: string
  /** What is sent, to another address where `to` says so, or what is wrong. `seen` is the last event that somebody has seen, `data` what the form holds. */
  body: (typed: Typed, seen: number, data: FormData) => { send: object; to?: string } | { wrong: Wrong }
  /** The controls of what the worker calls otherwise, by its names; the first that is there, where there are several. */
  control?: Readonly<Record<string, string | readonly string[]>>
  /** What is said once it is done. */
  done: string | ((reply: unknown) => string)
}

interface Asked {
  key: string
  make: () => Form | undefined
  seen: number
}

/** The ids of a dialog's controls are their names after this. */
const ID = 'writing-'

/** A control's id in a dialog. */
export function idOf(name: string): string {
  return ID + name
}

/**
 * What somebody does to a referral, in a dialog over the page. What was typed stays until it has arrived: through a closed dialog, a lost
 * connection, and somebody else's being quicker, of which it says what they did. Each form is made anew from how things stand.
 */
export class Writing implements ReactiveController {
  /** What was done last. */
  done = ''
  /** That work on a referral has stopped, where that was learnt while something was sent. What was typed about the pupil is gone by then. */
  stopped = ''
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #again: () => Promise<unknown>
  readonly #sending: Sending
  readonly #typed = new Map<string, Record<string, string>>()
  #asked: Asked | undefined
  #wrong: Wrong[] = []
  #meanwhile: CaseMeanwhile | undefined
  #noPlace: NoPlaceLeft | undefined

  /** @param again asks for everything that a change may have changed */
  constructor(host: ReactiveControllerHost & HTMLElement, again: () => Promise<unknown>) {
    this.#host = host
    this.#again = again
    this.#sending = new Sending(host)
    host.addController(this)
  }

  hostConnected(): void {}

  /** Whether a dialog stands open. */
  get isOpen(): boolean {
    return this.#asked !== undefined
  }

  /**
   * Opens a dialog.
   *
   * @param key what it is about: texts are kept by it
   * @param make its form as things stand; undefined once it is not possible any more
   * @param seen the number of the last event that the page shows
   */
  ask(key: string, make: () => Form | undefined, seen = 0): void {
    this.#sending.forget()
    this.#wrong = []
    this.#meanwhile = undefined
    this.#noPlace = undefined
    this.#asked = { key, make, seen }
    this.#host.requestUpdate()
  }

  view(): TemplateResult {
    const asked = this.#asked
    const form = asked?.make()
    return dialogView(
      {
        id: 'writing',
        heading: form?.heading ?? 'This is not possible any more',
        open: asked !== undefined,
        close: this.#closed,
        holds: this.#sending.busy,
      },
      asked && (form ? this.#formView(asked, form) : this.#overView(asked)),
    )
  }

  #formView({ key }: Asked, form: Form): TemplateResult {
    const { busy, error } = this.#sending
    return html`<form novalidate @submit=${this.#submit} @input=${this.#keep} @change=${this.#keep}>
      ${this.#meanwhileView()}
      ${form.content(this.#fillingOf(key))}
      ${error === undefined ? nothing : html`<p class="error" role="alert">${failureText(error)}</p>`}
      <div class="buttons">
        ${form.button ? html`<button class=${form.danger ? 'danger' : nothing}>${busy ? form.busy : form.button}</button>` : nothing}
        <button type="button" class="secondary" @click=${this.#close}>${form.button ? 'Cancel' : 'Close'}</button>
      </div>
    </form>`
  }

  /** What was typed for something that somebody else has made impossible is there to be taken elsewhere. */
  #overView({ key }: Asked): TemplateResult {
    const texts = Object.values(this.#typed.get(key) ?? {}).filter((text) => text.includes(' '))
    return html`${this.#meanwhileView()}
      <p>As it stands now, this cannot be done any more. Nothing of yours was done.</p>
      ${texts.map((text) => html`<p>You had typed:</p><blockquote>${text}</blockquote>`)}
      <div class="buttons"><button type="button" @click=${this.#close}>Close</button></div>`
  }

  #meanwhileView(): TemplateResult | typeof nothing {
    if (!this.#meanwhile) return nothing
    const { events } = this.#meanwhile
    return html`<div class="notice warning" role="alert">
      <p><b>Something happened meanwhile.</b> Yours was not done. What you typed is still here.</p>
      <ul>${events.map((event) => html`<li>${happenedView(event)}, ${longMoment(event.at)}</li>`)}</ul>
      <p>Look at how it stands now, then decide again.</p>
    </div>`
  }

  #fillingOf(key: string): Filling {
    const typed = this.#typed.get(key) ?? {}
    return {
      value: (name, beginning = '') => typed[name] ?? beginning,
      error: (name) => wrongAt(this.#wrong, name),
      noPlace: this.#noPlace,
      instead: (other, make) => {
        this.#typed.set(other, { ...typed, ...this.#typed.get(other) })
        this.ask(other, make, this.#asked?.seen)
        // The control that was pressed is gone, and the focus with it.
        void this.#host.updateComplete.then(() =>
          this.#host.querySelector<HTMLElement>('#writing :is(input, select, textarea)')?.focus(),
        )
      },
    }
  }

  readonly #close = (): void => {
    if (this.#sending.busy) return
    this.#asked = undefined
    this.#host.requestUpdate()
  }

  /** A dialog tells late that it was closed: by then another question may stand in it. */
  readonly #closed = (): void => {
    if (!this.#host.querySelector<HTMLDialogElement>('#writing')?.open) this.#close()
  }

  readonly #keep = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLFormElement) || !this.#asked) return
    this.#typed.set(this.#asked.key, textsOf(new FormData(event.currentTarget)))
    // A choice may show other questions.
    if (event.type === 'change') this.#host.requestUpdate()
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const asked = this.#asked
    const form = asked?.make()
    if (!asked || !form?.button || this.#sending.busy || !(event.currentTarget instanceof HTMLFormElement)) return
    const data = new FormData(event.currentTarget)
    const texts = textsOf(data)
    this.#typed.set(asked.key, texts)
    const trimmed = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()]))
    const answer = form.body(trimmed, asked.seen, data)
    this.#wrong = []
    if ('wrong' in answer) return this.#refuse([answer.wrong])
    let reply: unknown
    const address = answer.to ?? form.address
    const isDone = await this.#sending.run(
      async (key) => {
        reply = await send('POST', address, answer.send, { key })
      },
      [address, answer.send],
    )
    if (!isDone) return this.#failed(asked)
    this.#typed.delete(asked.key)
    this.#asked = undefined
    this.done = typeof form.done === 'string' ? form.done : form.done(reply)
    announce(this.done)
    await this.#again()
    await this.#host.updateComplete
    // A decision that is made takes its button with it, and the focus: it goes on from what was done.
    if (document.activeElement === document.body) this.#host.querySelector<HTMLElement>('.notice.good')?.focus()
  }

  async #failed(asked: Asked): Promise<void> {
    const { error } = this.#sending
    const kind = problemOf(error)
    if (kind === 'conflict' || kind === 'changed-meanwhile' || kind === 'no-place')
      await this.#conflicted(asked, detailOf<CaseMeanwhile & NoPlaceLeft>(error))
    else {
      const control = asked.make()?.control ?? {}
      const wrong = wrongIn(error, (called) =>
        [control[called] ?? called].flat().find((one) => this.#host.querySelector(`#${CSS.escape(idOf(one))}`)),
      )
      if (wrong.length > 0) {
        this.#sending.forget()
        await this.#refuse(wrong)
      } else if (kind === 'invalid') await this.#again()
    }
    this.#host.requestUpdate()
  }

  /** Somebody else was quicker: what they did is said, and the form is made anew from how it stands now. */
  async #conflicted(asked: Asked, detail: Partial<CaseMeanwhile & NoPlaceLeft>): Promise<void> {
    if (detail.status === 'stopped') {
      this.#asked = undefined
      this.#typed.clear()
      this.stopped = detail.detail ?? 'Work on this referral has stopped.'
      announce(this.stopped)
    } else if (detail.waiting) {
      this.#noPlace = detail as NoPlaceLeft
      this.#sending.forget()
    } else if (detail.events?.length) {
      this.#meanwhile = detail as CaseMeanwhile
      this.#sending.forget()
      asked.seen = detail.seen ?? asked.seen
    }
    await this.#again()
  }

  async #refuse(wrong: Wrong[]): Promise<void> {
    this.#wrong = wrong
    this.#host.requestUpdate()
    await this.#host.updateComplete
    this.#host.querySelector<HTMLElement>(`#${CSS.escape(idOf(wrong[0]?.name ?? ''))}`)?.focus()
  }
}

function textsOf(data: FormData): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of data) if (typeof value === 'string') texts[name] = value
  return texts
}
