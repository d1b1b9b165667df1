import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { detailOf, problemOf, send } from '../api.ts'
import { answersOf, lineView } from '../parts/field.view.ts'
import { failureText } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import type { Session } from '../replies.ts'

/**
 * Signs somebody in: by a code that an e-mail brings, or by a passkey. Tells of it with the session as its detail.
 *
 * @element outreach-sign-in-form
 * @fires outreach-session-changed
 * @fires outreach-code-sent - with the attempt that the code is for; empty where somebody begins again
 */
export class OutreachSignInForm extends LitElement {
  static override properties = {
    email: {},
    attempt: {},
    development: { type: Boolean },
    sentTo: { state: true },
    wrong: { state: true },
    passkeys: { state: true },
  }

  /** The address to begin with. */
  declare email: string
  /** A code that is under way already: its form comes first. */
  declare attempt: string
  declare development: boolean
  declare private sentTo: string
  declare private wrong: { name: string; text: string } | undefined
  /** Whether this browser knows passkeys. */
  declare private passkeys: boolean

  readonly #sending = new Sending(this)
  /** Takes the offer of a passkey away that the browser makes in the e-mail field. */
  #withdraw: (() => void) | undefined
  #hasEntered = false
  readonly #isWaiting = () => this.isConnected && !this.#hasEntered

  constructor() {
    super()
    this.email = ''
    this.attempt = ''
    this.sentTo = ''
    this.passkeys = typeof PublicKeyCredential === 'function'
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.passkeys && !this.attempt) void this.#offer()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#withdraw?.()
  }

  protected override render(): TemplateResult {
    return this.attempt ? this.#codeView() : this.#emailView()
  }

  #emailView(): TemplateResult {
    return html`<form novalidate @submit=${this.#askForCode}>
        ${lineView({
          name: 'email',
          // Over a page there may be another field of that name.
          id: 'sign-in-email',
          label: 'E-mail address',
          hint: 'We send a code to it. The code works for 10 minutes.',
          type: 'email',
          size: 'full',
          autocomplete: 'username webauthn',
          value: this.email,
          error: this.#errorAt('email'),
        })}
        <button>${this.#sending.busy ? 'Sending the code…' : 'Send me a code'}</button>
      </form>
      ${
        this.passkeys
          ? html`<p class="or">or</p>
            <button type="button" class="secondary" @click=${this.#usePasskey}>Sign in with a passkey</button>
            ${this.#errorView('passkey')}`
          : nothing
      }`
  }

  #codeView(): TemplateResult {
    return html`<form novalidate @submit=${this.#useCode}>
        <p role="status">${this.sentTo ? html`If <b>${this.sentTo}</b> may sign in here, a code is on its way to it.` : 'We have sent you a code.'}
          ${this.development ? html`<a href="/dev/outbox" target="_blank">Open the outbox</a>` : nothing}</p>
        ${lineView({
          name: 'code',
          id: 'sign-in-code',
          label: 'Code from the e-mail',
          hint: 'Eight figures. It can take a minute to arrive; look among unwanted mail too.',
          size: 'short',
          inputmode: 'numeric',
          autocomplete: 'one-time-code',
          error: this.#errorAt('code'),
        })}
        <button>${this.#sending.busy ? 'Signing in…' : 'Sign in'}</button>
      </form>
      <p><button type="button" class="link" @click=${this.#startAgain}>Send another code or use another address</button></p>`
  }

  #errorAt(name: string): string | undefined {
    return this.wrong?.name === name ? this.wrong.text : undefined
  }

  #errorView(name: string): TemplateResult | typeof nothing {
    const text = this.#errorAt(name)
    return text ? html`<p class="error" role="alert">${text}</p>` : nothing
  }

  async #askForCode(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const { email = '' } = answersOf(event.currentTarget)
    this.email = email
    if (!/^[^\s@]+@[^\s@]+$/.test(email))
      return this.#refuse('email', 'Enter an e-mail address, like name@school.example')
    this.wrong = undefined
    this.#withdraw?.()
    const done = await this.#sending.run(async () => {
      const { attempt } = await send<{ attempt: string }>('POST', '/sign-in/codes', { email })
      this.sentTo = email
      this.#begin(attempt)
    })
    if (done) await this.#focus('code')
    else
      await this.#refuse(
        'email',
        problemOf(this.#sending.error) === 'invalid'
          ? 'Enter an e-mail address, like name@school.example'
          : problemOf(this.#sending.error) === 'too-many-requests'
            ? 'Too many codes were asked for. Wait 15 minutes, then ask for a new one.'
            : failureText(this.#sending.error),
      )
  }

  async #useCode(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const code = (answersOf(event.currentTarget).code ?? '').replace(/[\s-]/g, '')
    if (!/^\d{8}$/.test(code)) return this.#refuse('code', 'Enter the eight figures from the e-mail')
    await this.enter(code)
  }

  /** Signs in with a code; says what to do where that is refused. */
  async enter(code: string): Promise<void> {
    this.wrong = undefined
    const done = await this.#sending.run(async () => {
      this.#tell(await send<Session>('POST', '/sign-in', { attempt: this.attempt, code }))
    })
    if (done) return
    const { error } = this.#sending
    const { triesLeft } = detailOf<{ triesLeft: number }>(error)
    const kind = problemOf(error)
    if (kind === 'code-wrong' && triesLeft !== 0)
      await this.#refuse(
        'code',
        `That is not the code in the e-mail. Look again: ${triesLeft === 1 ? 'you have one more try' : `you have ${triesLeft ?? 'a few'} more tries`}.`,
      )
    else if (kind === 'code-wrong' || kind === 'code-expired') {
      this.#begin('')
      await this.#refuse(
        'email',
        kind === 'code-wrong'
          ? 'That was not the code, and it was the last try. Send yourself a new code.'
          : 'That code has run out or was used already. Send yourself a new one.',
      )
    } else await this.#refuse('code', failureText(error))
  }

  #startAgain(): void {
    this.#begin('')
    this.wrong = undefined
    void this.#focus('email')
  }

  /** Lets the browser offer a passkey where the e-mail address is typed. */
  async #offer(): Promise<void> {
    try {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return
      const { offerPasskey, withdrawPasskey } = await import('./passkey.ts')
      this.#withdraw = withdrawPasskey
      if (this.isConnected) this.#tell(await offerPasskey(this.#isWaiting))
    } catch {
      // Nobody asked for it: the code and the button are there.
    }
  }

  async #usePasskey(): Promise<void> {
    this.wrong = undefined
    const done = await this.#sending.run(async () => {
      const { enterByPasskey } = await import('./passkey.ts')
      this.#tell(await enterByPasskey(this.#isWaiting))
    })
    if (!done)
      this.wrong = {
        name: 'passkey',
        text:
          problemOf(this.#sending.error) === undefined &&
          this.#sending.error instanceof Error &&
          /Abort|NotAllowed/.test(this.#sending.error.name)
            ? 'No passkey was used. Try again, or send yourself a code.'
            : 'That passkey does not open this console. Send yourself a code instead.',
      }
  }

  #begin(attempt: string): void {
    this.attempt = attempt
    this.dispatchEvent(new CustomEvent('outreach-code-sent', { bubbles: true, composed: true, detail: attempt }))
  }

  #tell(detail: Session): void {
    if (this.#hasEntered) return
    this.#hasEntered = true
    this.dispatchEvent(new CustomEvent('outreach-session-changed', { bubbles: true, composed: true, detail }))
  }

  async #refuse(name: string, text: string): Promise<void> {
    this.wrong = { name, text }
    await this.#focus(name)
  }

  async #focus(name: string): Promise<void> {
    await this.updateComplete
    this.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
  }
}

define('outreach-sign-in-form', OutreachSignInForm)

declare global {
  interface HTMLElementTagNameMap {
    'outreach-sign-in-form': OutreachSignInForm
  }
}
