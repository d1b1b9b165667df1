import { html, type PropertyDeclarations, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { send } from '../api.ts'
import { go } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { answersOf, lineView } from '../parts/field.view.ts'
import { failureText } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import type { Session } from '../replies.ts'
import './sign-in-form.ts'

/**
 * Where somebody signs in. A link in a letter brings a code after the `#`, which no server sees and which is only used by the
 * press of a button.
 *
 * @element outreach-console-sign-in
 */
export class OutreachConsoleSignIn extends ConsolePage {
  static override properties: PropertyDeclarations = {
    entered: { state: true },
    code: { state: true },
    wrong: { state: true },
  }

  /** Who has just signed in, and has no name yet. */
  declare private entered: Session | undefined
  /** The code that a letter's link brought. */
  declare private code: string
  declare private wrong: string | undefined
  readonly #sending = new Sending(this)

  constructor() {
    super()
    this.code = /^#code=(\d{8})$/.exec(location.hash)?.[1] ?? ''
    // Whoever loads the page again still has the form for their code.
    this.addEventListener('outreach-code-sent', (event) => {
      if (!(event instanceof CustomEvent)) return
      const address = new URL(location.href)
      if (event.detail) address.searchParams.set('attempt', event.detail)
      else address.searchParams.delete('attempt')
      history.replaceState(history.state, '', address)
    })
    this.addEventListener('outreach-session-changed', (event) => {
      if (!(event instanceof CustomEvent) || event.target === this) return
      const session: Session = event.detail
      if (session.person.name) this.#enter()
      else this.entered = session
    })
  }

  protected override render(): TemplateResult {
    if (this.entered) return this.#nameView(this.entered)
    return html`<div class="narrow">
      <h1>Sign in to the console</h1>
      ${this.code ? this.#linkView() : html`<p>For people who run an outreach service: catalogues, orders and referrals.</p>`}
      <outreach-sign-in-form ?hidden=${this.code !== ''} .email=${this.place.query.get('email') ?? ''} .attempt=${this.place.query.get('attempt') ?? ''} ?development=${this.development}></outreach-sign-in-form>
    </div>`
  }

  #linkView(): TemplateResult {
    return html`<p>Your code has come with the link in the e-mail.</p>
      <p><button type="button" @click=${this.#useLink}>Sign in</button></p>`
  }

  #nameView(session: Session): TemplateResult {
    return html`<div class="narrow">
      <h1>What is your name?</h1>
      <p>Your colleagues see it beside what you do here. Schools see it nowhere.</p>
      <form novalidate @submit=${(event: SubmitEvent) => this.#keepName(event, session)}>
        ${lineView({ name: 'name', label: 'Your name', autocomplete: 'name', size: 'full', maxlength: 120, error: this.wrong })}
        <button>Continue</button>
      </form>
    </div>`
  }

  async #useLink(): Promise<void> {
    const form = this.querySelector('outreach-sign-in-form')
    const { code } = this
    // Whatever comes of it, the code is used up: the form says what to do next.
    this.code = ''
    history.replaceState(history.state, '', location.pathname + location.search)
    await form?.enter(code)
  }

  async #keepName(event: SubmitEvent, session: Session): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const { name = '' } = answersOf(event.currentTarget)
    this.wrong = name ? undefined : 'Enter your name'
    if (name && (await this.#sending.run(() => send('PUT', '/person', { name })))) {
      const detail: Session = { ...session, person: { ...session.person, name } }
      this.dispatchEvent(new CustomEvent('outreach-session-changed', { bubbles: true, detail }))
      this.#enter()
      return
    }
    if (name) this.wrong = failureText(this.#sending.error)
    await this.updateComplete
    this.querySelector<HTMLElement>('#name')?.focus()
  }

  #enter(): void {
    const next = this.place.query.get('next') ?? ''
    // Only pages of the console: a link must not lead anywhere else.
    go(/^\/console(\/[^/]|\?|$)/.test(next) && !next.startsWith('/console/sign-in') ? next : '/console', {
      replace: true,
    })
  }

  protected override updated(): void {
    if (this.entered && !this.contains(document.activeElement)) {
      const heading = this.querySelector('h1')
      heading?.setAttribute('tabindex', '-1')
      heading?.focus()
    }
  }
}

define('outreach-console-sign-in', OutreachConsoleSignIn)
