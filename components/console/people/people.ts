import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { ROLES, type Role } from '../../../catalogue/wire/roles.ts'
import { define } from '../../kit/define.ts'
import { errorSummaryView } from '../../kit/error-summary.view.ts'
import { get, path, problemOf, send } from '../api.ts'
import { roleNames } from '../console.view.ts'
import { announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { dialogView } from '../parts/dialog.view.ts'
import { answersOf, lineView, radiosView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { failureText, noticeView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { tableView } from '../parts/table.view.ts'
import { ago, dayOf, shortDate } from '../parts/when.ts'
import type { Colleague } from '../replies.ts'

/** What each role is for, in a sentence. */
const explained: Readonly<Record<Role, string>> = {
  owner: 'Does everything, opens every child’s referral, and decides who else may.',
  editor: 'Changes and publishes catalogues and looks after the widgets on your website. Sees no orders.',
  coordinator:
    'Reads and answers orders and sees what each school holds. Opens every child’s referral once consent is given, gives it to colleagues, and runs panels, places and the waiting list.',
  finance: 'Reads orders and downloads the invoices and journal transfers to raise.',
  viewer: 'Reads orders and catalogues, and changes nothing. Sees no referrals.',
  practitioner: 'Works with pupils. Sees the referrals that are theirs, once a parent has agreed, and nothing else.',
  'panel-member': 'Decides with others. Sees the referrals of the panels that they sit on, and nothing else.',
  commissioner: 'Signs off. Sees what that needs of the referrals that wait for it, and nothing else.',
}

const choices = ROLES.map((value) => ({ value, name: roleNames[value], hint: explained[value] }))

/** What is asked before it is done. */
type Question = { about: 'role' | 'withdraw'; who: Colleague }

/**
 * Who may do what at a provider: invited, changed and withdrawn by its owners.
 *
 * @element outreach-console-people
 */
export class OutreachConsolePeople extends ConsolePage {
  static override properties: PropertyDeclarations = {
    question: { state: true },
    done: { state: true },
    wrong: { state: true },
    typed: { state: true },
  }

  declare private question: Question | undefined
  declare private done: string
  declare private wrong: { name: string; text: string }[]
  declare private typed: Record<string, string>

  readonly #sending = new Sending(this)
  readonly #people = new Loading(
    this,
    async () => (await get<{ people: Colleague[] }>(path`/providers/${this.provider}/people`)).people,
    () => this.provider,
  )

  constructor() {
    super()
    this.done = ''
    this.wrong = []
    this.typed = {}
    this.loads.push(this.#people)
  }

  protected override render(): TemplateResult {
    return html`<h1>People</h1>
      ${this.done ? noticeView(this.done, 'good') : nothing}
      ${this.#people.view((people) => this.#peopleView(people))}
      <h2>Invite somebody</h2>
      <p>They get an e-mail with a link to sign in. There are no passwords.</p>
      ${this.wrong.length ? errorSummaryView('There is a problem', this.wrong, 3) : nothing}
      <form novalidate @submit=${this.#invite}>
        ${lineView({ name: 'email', label: 'Their e-mail address', type: 'email', size: 'long', autocomplete: 'off', value: this.typed.email ?? '', error: this.#errorAt('email') })}
        ${radiosView({ name: 'role', label: 'Their role', value: this.typed.role ?? '', choices, error: this.#errorAt('role') })}
        <button>${this.#sending.busy ? 'Sending the invitation…' : 'Send the invitation'}</button>
      </form>
      ${this.#questionView()}`
  }

  #peopleView(people: readonly Colleague[]): TemplateResult {
    const isMe = ({ id }: Colleague) => id === this.session.person.id
    return tableView(
      'Who belongs to this provider',
      [
        {
          head: 'Person',
          names: true,
          cell: (who) => html`${who.name || who.email}${isMe(who) ? ' (you)' : nothing}
            ${who.name ? html`<small>${who.email}</small>` : nothing}`,
        },
        { head: 'Role', plain: true, cell: ({ role }) => roleNames[role] },
        { head: 'Since', cell: ({ since }) => shortDate(dayOf(since)) },
        {
          head: 'Last here',
          cell: ({ signedInAt }) =>
            signedInAt ? ago(signedInAt, Date.now()) : html`<span class="state waits">Invited, not here yet</span>`,
        },
        {
          head: 'What you can do',
          quiet: true,
          cell: (who) => html`<span class="row">
            <button type="button" class="link" @click=${() => this.#ask({ about: 'role', who })}>Change role <span class="hidden">of ${who.name || who.email}</span></button>
            <button type="button" class="link" @click=${() => this.#ask({ about: 'withdraw', who })}>${isMe(who) ? 'Leave' : html`Withdraw <span class="hidden">${who.name || who.email}</span>`}</button>
          </span>`,
        },
      ],
      people,
    )
  }

  #questionView(): TemplateResult {
    const { question } = this
    const name = question ? question.who.name || question.who.email : ''
    const isMe = question?.who.id === this.session.person.id
    const close = () => {
      this.question = undefined
    }
    const refusal =
      this.#sending.error === undefined || !question
        ? nothing
        : html`<p class="error" role="alert">${this.#refusal()}</p>`
    if (question?.about === 'role')
      return dialogView(
        { id: 'question', heading: isMe ? 'Change your role' : `Change the role of ${name}`, open: true, close },
        html`<form novalidate @submit=${(event: SubmitEvent) => this.#changeRole(event, question.who)}>
          ${radiosView({ name: 'role', id: 'new-role', label: 'Role', value: question.who.role, choices })}
          ${isMe && question.who.role === 'owner' ? html`<p>You will no longer be able to open this page.</p>` : nothing}
          ${refusal}
          <div class="buttons"><button>Change the role</button><button type="button" class="secondary" @click=${close}>Cancel</button></div>
        </form>`,
      )
    return dialogView(
      {
        id: 'question',
        heading: isMe ? `Leave ${this.membership?.name}?` : `Withdraw ${name}?`,
        open: question !== undefined,
        close,
      },
      html`<p>${isMe ? 'You will no longer see its orders and catalogues.' : 'They can no longer see or do anything here, from this moment on. What they did stays in the record.'}</p>
        ${refusal}
        <div class="buttons">
          <button type="button" class="danger" @click=${() => question && this.#withdraw(question.who)}>${isMe ? 'Leave' : 'Withdraw'}</button>
          <button type="button" class="secondary" @click=${close}>Cancel</button>
        </div>`,
    )
  }

  #refusal(): string {
    const { error } = this.#sending
    if (problemOf(error) === 'last-owner')
      return `${this.membership?.name} needs at least one owner. Make somebody else an owner first.`
    if (problemOf(error) === 'not-found') return 'They are no longer here: somebody else withdrew them.'
    return failureText(error)
  }

  #ask(question: Question): void {
    this.#sending.forget()
    this.question = question
  }

  async #invite(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const answers = answersOf(form)
    this.typed = answers
    const { email = '', role = '' } = answers
    this.done = ''
    this.wrong = []
    if (!/^[^\s@]+@[^\s@]+$/.test(email))
      this.wrong = [{ name: 'email', text: 'Enter an e-mail address, like name@school.example' }]
    if (!role) this.wrong = [...this.wrong, { name: 'role', text: 'Choose a role' }]
    if (this.wrong.length === 0) {
      const done = await this.#sending.run((key) =>
        send('POST', path`/providers/${this.provider}/people`, { email, role }, { key }),
      )
      if (done) {
        form.reset()
        this.typed = {}
        await this.#changed(`${email} is invited.`)
        return
      }
      this.wrong = [{ name: 'email', text: this.#whyNotInvited() }]
    }
    await this.updateComplete
    this.querySelector<HTMLElement>('#summary')?.focus()
  }

  #whyNotInvited(): string {
    const { error } = this.#sending
    if (problemOf(error) === 'conflict') return 'They belong to this provider already. Change their role in the list.'
    if (problemOf(error) === 'invalid') return 'Enter an e-mail address, like name@school.example'
    return failureText(error)
  }

  async #changeRole(event: SubmitEvent, who: Colleague): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const { role } = answersOf(event.currentTarget)
    const done = await this.#sending.run(() =>
      send('PUT', path`/providers/${this.provider}/people/${who.id}`, { role }),
    )
    if (!done) return
    this.question = undefined
    // What one may do from now on comes with a new session.
    if (who.id === this.session.person.id) location.assign(`/console/${this.provider}`)
    else await this.#changed(`The role of ${who.name || who.email} is changed.`)
  }

  async #withdraw(who: Colleague): Promise<void> {
    const done = await this.#sending.run(() => send('DELETE', path`/providers/${this.provider}/people/${who.id}`))
    if (!done) return
    this.question = undefined
    if (who.id === this.session.person.id) location.assign('/console')
    else await this.#changed(`${who.name || who.email} is withdrawn.`)
  }

  async #changed(text: string): Promise<void> {
    this.done = text
    announce(text)
    await this.#people.again()
  }

  #errorAt(name: string): string | undefined {
    return this.wrong.find((one) => one.name === name)?.text
  }
}

define('outreach-console-people', OutreachConsolePeople)
