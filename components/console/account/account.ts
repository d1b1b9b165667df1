import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { get, path, problemOf, send } from '../api.ts'
import { roleNames } from '../console.view.ts'
import { announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { dialogView } from '../parts/dialog.view.ts'
import { answersOf, lineView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { failureText, noticeView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { tableView } from '../parts/table.view.ts'
import { ago, dayOf, shortDate } from '../parts/when.ts'
import type { Membership, Session } from '../replies.ts'

interface Passkey {
  id: string
  name: string
  createdAt: string
  usedAt: string | null
}

interface OpenSession {
  id: string
  device: string
  how: string
  createdAt: string
  seenAt: string
  current: boolean
}

/** What is asked before it is done. */
type Question =
  | { about: 'passkey'; passkey: Passkey }
  | { about: 'everywhere' }
  | { about: 'provider'; membership: Membership }

/**
 * One's own name, passkeys, sessions and providers.
 *
 * @element outreach-console-account
 */
export class OutreachConsoleAccount extends ConsolePage {
  static override properties: PropertyDeclarations = {
    question: { state: true },
    done: { state: true },
    wrong: { state: true },
  }

  declare private question: Question | undefined
  declare private done: string
  declare private wrong: { name: string; text: string } | undefined

  readonly #sending = new Sending(this)
  readonly #passkeys = new Loading(this, async () => (await get<{ passkeys: Passkey[] }>('/passkeys')).passkeys)
  readonly #sessions = new Loading(this, async () => (await get<{ sessions: OpenSession[] }>('/sessions')).sessions)

  constructor() {
    super()
    this.done = ''
    this.loads.push(this.#passkeys, this.#sessions)
  }

  protected override render(): TemplateResult {
    const { person, providers } = this.session
    return html`<h1>Your account</h1>
      ${this.done ? noticeView(this.done, 'good') : nothing}
      <p>You sign in as <b>${person.email}</b>.</p>
      <form novalidate @submit=${this.#rename}>
        ${lineView({ name: 'name', label: 'Your name', hint: 'Your colleagues see it beside what you do here.', autocomplete: 'name', maxlength: 120, value: person.name, error: this.#errorAt('name') })}
        <button class="secondary">Save the name</button>
      </form>

      <h2>Passkeys</h2>
      <p>A passkey signs you in with your fingerprint, face or device PIN, without waiting for an e-mail.</p>
      ${this.#passkeys.view((passkeys) => this.#passkeysView(passkeys))}
      ${
        typeof PublicKeyCredential === 'function'
          ? html`<form novalidate @submit=${this.#addPasskey}>
              ${lineView({ name: 'passkey', label: 'Add a passkey for this device', hint: 'Give it a name that you will know again, such as “Office laptop”.', maxlength: 60, error: this.#errorAt('passkey') })}
              <button class="secondary">Add a passkey</button>
            </form>`
          : html`<p>This browser does not know passkeys.</p>`
      }

      <h2>Where you are signed in</h2>
      ${this.#sessions.view((sessions) => this.#sessionsView(sessions))}
      <p class="buttons">
        <button type="button" @click=${this.#signOut}>Sign out</button>
        <button type="button" class="secondary" @click=${() => this.#ask({ about: 'everywhere' })}>Sign out everywhere</button>
      </p>

      <h2>Your providers</h2>
      ${
        providers.length
          ? tableView(
              'Your providers',
              [
                {
                  head: 'Provider',
                  names: true,
                  cell: ({ id, name }) => html`<a href=${`/console/${id}`}>${name}</a>`,
                },
                { head: 'Your role', cell: ({ role }) => roleNames[role] },
                {
                  head: 'What you can do',
                  quiet: true,
                  cell: (membership) =>
                    html`<button type="button" class="link" @click=${() => this.#ask({ about: 'provider', membership })}>Leave <span class="hidden">${membership.name}</span></button>`,
                },
              ],
              providers,
            )
          : html`<p>You do not belong to a provider yet. An owner can invite you by your e-mail address.</p>`
      }
      ${this.#questionView()}`
  }

  #passkeysView(passkeys: readonly Passkey[]): TemplateResult {
    if (!passkeys.length) return html`<p>You have none yet.</p>`
    return tableView(
      'Your passkeys',
      [
        { head: 'Name', names: true, cell: ({ name }) => name },
        { head: 'Added', cell: ({ createdAt }) => shortDate(dayOf(createdAt)) },
        { head: 'Last used', cell: ({ usedAt }) => (usedAt ? ago(usedAt, Date.now()) : 'Not yet') },
        {
          head: 'What you can do',
          quiet: true,
          cell: (passkey) =>
            html`<button type="button" class="link" @click=${() => this.#ask({ about: 'passkey', passkey })}>Remove <span class="hidden">${passkey.name}</span></button>`,
        },
      ],
      passkeys,
    )
  }

  #sessionsView(sessions: readonly OpenSession[]): TemplateResult {
    return tableView(
      'Where you are signed in',
      [
        {
          head: 'Device',
          names: true,
          cell: ({ device, current }) =>
            html`${device}${current ? html` <span class="state good">This one</span>` : nothing}`,
        },
        { head: 'Signed in by', cell: ({ how }) => (how === 'passkey' ? 'Passkey' : 'Code by e-mail') },
        { head: 'Since', cell: ({ createdAt }) => shortDate(dayOf(createdAt)) },
        { head: 'Last seen', cell: ({ seenAt, current }) => (current ? 'Now' : ago(seenAt, Date.now())) },
        {
          head: 'What you can do',
          quiet: true,
          cell: ({ id, device, current }) =>
            current
              ? nothing
              : html`<button type="button" class="link" @click=${() => this.#endSession(id)}>Sign out <span class="hidden">${device}</span></button>`,
        },
      ],
      sessions,
    )
  }

  #questionView(): TemplateResult {
    const { question } = this
    const close = () => {
      this.question = undefined
    }
    const heading =
      question?.about === 'passkey'
        ? `Remove the passkey “${question.passkey.name}”?`
        : question?.about === 'provider'
          ? `Leave ${question.membership.name}?`
          : 'Sign out everywhere?'
    const text =
      question?.about === 'passkey'
        ? 'It will no longer sign you in. You can still sign in by a code.'
        : question?.about === 'provider'
          ? 'You will no longer see its orders and catalogues. An owner can invite you again.'
          : 'Every device is signed out at once, this one too.'
    const press =
      question?.about === 'passkey' ? 'Remove it' : question?.about === 'provider' ? 'Leave' : 'Sign out everywhere'
    return dialogView(
      { id: 'question', heading, open: question !== undefined, close },
      html`<p>${text}</p>
        ${this.#sending.error === undefined ? nothing : html`<p class="error" role="alert">${this.#refusal()}</p>`}
        <div class="buttons">
          <button type="button" class="danger" @click=${() => question && this.#confirm(question)}>${press}</button>
          <button type="button" class="secondary" @click=${close}>Cancel</button>
        </div>`,
    )
  }

  #refusal(): string {
    return problemOf(this.#sending.error) === 'last-owner'
      ? 'You are its only owner. Make somebody else an owner first, on its People page.'
      : failureText(this.#sending.error)
  }

  #ask(question: Question): void {
    this.#sending.forget()
    this.question = question
  }

  async #confirm(question: Question): Promise<void> {
    const done = await this.#sending.run(async () => {
      if (question.about === 'passkey') await send('DELETE', path`/passkeys/${question.passkey.id}`)
      else if (question.about === 'everywhere') await send('DELETE', '/sessions')
      else await send('DELETE', path`/providers/${question.membership.id}/people/${this.session.person.id}`)
    })
    if (!done) return
    this.question = undefined
    if (question.about === 'passkey') {
      this.#say(`The passkey “${question.passkey.name}” is removed.`)
      await this.#passkeys.again()
    } else location.assign(question.about === 'everywhere' ? '/console/sign-in' : '/console/account')
  }

  async #signOut(): Promise<void> {
    if (await this.#sending.run(() => send('DELETE', '/session'))) location.assign('/console/sign-in')
    else this.wrong = { name: '', text: failureText(this.#sending.error) }
  }

  async #endSession(id: string): Promise<void> {
    if (await this.#sending.run(() => send('DELETE', path`/sessions/${id}`))) this.#say('That device is signed out.')
    await this.#sessions.again()
  }

  async #rename(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const { name = '' } = answersOf(event.currentTarget)
    if (!name) return this.#refuse('name', 'Enter your name')
    if (!(await this.#sending.run(() => send('PUT', '/person', { name }))))
      return this.#refuse('name', failureText(this.#sending.error))
    this.wrong = undefined
    const detail: Session = { ...this.session, person: { ...this.session.person, name } }
    this.dispatchEvent(new CustomEvent('outreach-session-changed', { bubbles: true, detail }))
    this.#say('Your name is saved.')
  }

  async #addPasskey(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const { passkey = '' } = answersOf(form)
    if (!passkey) return this.#refuse('passkey', 'Enter a name for the passkey')
    const done = await this.#sending.run(async () => {
      const { addPasskey } = await import('../sign-in/passkey.ts')
      await addPasskey(passkey)
    })
    if (!done) {
      const { error } = this.#sending
      const isOurs = error instanceof Error && /NotAllowed|Abort|InvalidState/.test(error.name)
      return this.#refuse(
        'passkey',
        isOurs ? 'No passkey was made: it was cancelled, or this device has one already.' : failureText(error),
      )
    }
    form.reset()
    this.wrong = undefined
    this.#say(`The passkey “${passkey}” is added.`)
    await this.#passkeys.again()
  }

  #errorAt(name: string): string | undefined {
    return this.wrong?.name === name ? this.wrong.text : undefined
  }

  async #refuse(name: string, text: string): Promise<void> {
    this.wrong = { name, text }
    await this.updateComplete
    this.querySelector<HTMLElement>(`#${name}`)?.focus()
  }

  #say(text: string): void {
    this.done = text
    announce(text)
  }
}

define('outreach-console-account', OutreachConsoleAccount)
