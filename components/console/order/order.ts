import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { OrderStatus } from '../../../catalogue/wire/order.ts'
import { define } from '../../kit/define.ts'
import { longDate, pounds } from '../../words/en/money.ts'
import { detailOf, get, path, problemOf, send } from '../api.ts'
import { announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { dialogView } from '../parts/dialog.view.ts'
import { answersOf, lineView, textView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { failureText, noticeView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { paymentNames, statusNames, statusView } from '../parts/status.view.ts'
import { listView, tableView } from '../parts/table.view.ts'
import { longMoment, workingDaysAgo } from '../parts/when.ts'
import type { OrderDetail, OrderEvent, OrderLetter } from '../replies.ts'
import { orderLinesView } from './lines.view.ts'

/** How an order stands, where somebody else was quicker. */
interface Meanwhile {
  status: OrderStatus
  answered: { by: { id: string; name: string; email: string }; at: string }
}

/** What is asked before it is done. */
type Question = { about: 'accept' | 'decline' } | { about: 'letter'; letter: OrderLetter }

const letterStates: Readonly<Record<OrderLetter['state'], string>> = {
  waiting: 'On its way',
  sent: 'Sent',
  failed: 'Not delivered',
  unaddressed: 'No address',
}

/**
 * One order: what was ordered, by whom, what happened since, and the answer to it.
 *
 * @element outreach-console-order
 */
export class OutreachConsoleOrder extends ConsolePage {
  static override properties: PropertyDeclarations = {
    question: { state: true },
    done: { state: true },
    meanwhile: { state: true },
    wrong: { state: true },
    typed: { state: true },
  }

  declare private question: Question | undefined
  declare private done: string
  /** What somebody else has done since the page was loaded. */
  declare private meanwhile: string
  declare private wrong: { name: string; text: string } | undefined
  /** What was typed for a reason, which a closed dialog keeps. */
  declare private typed: string

  readonly #sending = new Sending(this)
  readonly #detail = new Loading(
    this,
    () => get<OrderDetail>(this.#address),
    () => this.#address,
  )

  constructor() {
    super()
    this.done = ''
    this.meanwhile = ''
    this.typed = ''
    this.loads.push(this.#detail)
  }

  get #reference(): string {
    return this.place.params.reference ?? ''
  }

  get #address(): string {
    return path`/providers/${this.provider}/orders/${this.#reference}`
  }

  get #mayAnswer(): boolean {
    return this.membership?.rights.includes('answer-orders') ?? false
  }

  override get tabTitle(): string {
    return `Order ${this.#reference}`
  }

  protected override render(): TemplateResult {
    return html`<p class="back"><a href=${`/console/${this.provider}/orders`}>Orders</a></p>
      <h1>Order ${this.#reference}</h1>
      ${this.meanwhile ? noticeView(this.meanwhile, 'warning') : nothing}
      ${this.done ? noticeView(this.done, 'good') : nothing}
      ${this.#detail.view((detail) => this.#detailView(detail))}`
  }

  #detailView(detail: OrderDetail): TemplateResult {
    const { order, request, quote, catalogue, history, letters } = detail
    const [first, ...others] = request.buyer.schools
    return html`<div class="head lead">
        <p><b>${order.schoolName}</b>${others.length ? html` and ${others.length} more ${others.length === 1 ? 'school' : 'schools'}` : nothing}<br>
          ${statusView(order.status)} Placed on ${longDate(order.placedOn)}${order.status === 'placed' ? `, ${workingDaysAgo(order.placedOn, this.session.today)}` : ''}</p>
        <p class="sum">${pounds(order.totalPence)}</p>
      </div>
      ${this.#answersView(order.status)}
      <div class="columns">
        <div>
          <h2>What they ordered</h2>
          ${orderLinesView(catalogue, quote, request)}
          <p class="note">Priced by ${catalogue.title}, version ${order.version}, on ${longDate(order.placedOn)}. The order keeps these prices.</p>
          ${request.buyer.schools.length > 1 ? this.#sharesView(detail) : nothing}
          <h2>What happened</h2>
          ${this.#historyView(history)}
          ${this.#mayAnswer ? this.#noteView() : nothing}
          <h2>Letters</h2>
          ${letters.length ? this.#lettersView(letters) : html`<p>None were written about this order.</p>`}
        </div>
        <div>
          <h2>Who to talk to</h2>
          ${personView(request.contact)}
          <h2>Payment</h2>
          ${listView([
            ['How', paymentNames[request.payment.method]],
            ['Ledger code', request.payment.ledgerCode],
            ['Purchase order', request.payment.purchaseOrder],
          ])}
          <h2>Who signs</h2>
          ${personView(request.signatory)}
          ${first && !others.length ? html`<h2>School</h2>${schoolView(first)}` : nothing}
        </div>
      </div>
      ${this.#questionView(detail)}`
  }

  #answersView(status: OrderStatus): TemplateResult {
    const print = html`<button type="button" class="secondary" @click=${() => window.print()}>Print</button>`
    if (!this.#mayAnswer) return html`<div class="buttons">${print}</div>`
    if (status === 'accepted')
      return html`<div class="buttons">
        <button type="button" class="secondary" @click=${() => this.#ask({ about: 'decline' })}>Decline it after all</button>${print}
      </div>`
    if (status === 'declined')
      return html`<div class="buttons">
        <button type="button" class="secondary" @click=${() => this.#ask({ about: 'accept' })}>Accept it after all</button>${print}
      </div>`
    if (status !== 'placed') return html`<div class="buttons">${print}</div>`
    return html`<div class="buttons">
      <button type="button" @click=${() => this.#ask({ about: 'accept' })}>Accept the order</button>
      <button type="button" class="secondary" @click=${() => this.#ask({ about: 'decline' })}>Decline it</button>
      ${print}
    </div>`
  }

  #sharesView({ request, quote }: OrderDetail): TemplateResult {
    const rows = request.buyer.schools.map((school, index) => ({ ...school, share: quote.shares[index]?.pence ?? 0 }))
    return html`<h2>Schools and their shares</h2>
      ${tableView(
        'Schools and their shares',
        [
          {
            head: 'School',
            names: true,
            cell: ({ name, address }) => html`${name}${address ? html`<small>${address}</small>` : nothing}`,
          },
          { head: 'Number', cell: ({ schoolNumber, urn }) => schoolNumber || (urn ? `URN ${urn}` : '–') },
          { head: 'District', cell: ({ district }) => district || '–' },
          { head: 'Pupils', numeric: true, cell: ({ pupils }) => pupils?.toLocaleString('en-GB') ?? '–' },
          { head: 'Share', numeric: true, cell: ({ share }) => pounds(share) },
        ],
        rows,
      )}`
  }

  #historyView(history: readonly OrderEvent[]): TemplateResult {
    return html`<ol class="history">${history.map(
      (event) => html`<li><p><b>${whoIn(event)}</b> ${happened[event.kind]}</p>
        ${event.text && event.kind !== 'letter-sent-again' ? html`<blockquote>${event.text}</blockquote>` : nothing}
        <small><time datetime=${event.at}>${longMoment(event.at)}</time></small></li>`,
    )}</ol>`
  }

  #noteView(): TemplateResult {
    return html`<form novalidate @submit=${this.#addNote}>
      ${textView({ name: 'note', label: 'Add a note', hint: 'Your colleagues read it; the school does not. Do not name pupils.', rows: 2, maxlength: 1000, error: this.#errorAt('note') })}
      <button class="secondary">${this.#sending.busy ? 'Saving…' : 'Save the note'}</button>
    </form>`
  }

  #lettersView(letters: readonly OrderLetter[]): TemplateResult {
    return tableView(
      'Letters about this order',
      [
        {
          head: 'Letter',
          names: true,
          cell: ({ subject, to }) =>
            html`${subject}<small>${to ? `to ${to}` : 'Your catalogue names no address for it'}</small>`,
        },
        {
          head: 'State',
          plain: true,
          cell: ({
            state,
            sentAt,
            writtenAt,
            trouble,
          }) => html`<span class="state ${state === 'sent' ? 'good' : state === 'waiting' ? '' : 'bad'}">${letterStates[state]}</span>
            <small>${longMoment(sentAt ?? writtenAt)}</small>${trouble && state !== 'sent' ? html`<small>${trouble}</small>` : nothing}`,
        },
        {
          head: 'What you can do',
          quiet: true,
          cell: (letter) =>
            this.#mayAnswer && letter.canBeSentAgain
              ? html`<button type="button" class="link" @click=${() => this.#ask({ about: 'letter', letter })}>Send again <span class="hidden">“${letter.subject}”</span></button>`
              : nothing,
        },
      ],
      letters,
    )
  }

  #questionView({ order, request }: OrderDetail): TemplateResult {
    const { question } = this
    const close = () => {
      if (!this.#sending.busy) this.question = undefined
    }
    const refusal =
      this.#sending.error === undefined
        ? nothing
        : html`<p class="error" role="alert">${failureText(this.#sending.error)}</p>`
    const cancel = html`<button type="button" class="secondary" @click=${close}>Cancel</button>`
    const open = question !== undefined
    if (question?.about === 'letter')
      return dialogView(
        { id: 'question', heading: 'Send the letter again', open, close },
        html`<form novalidate @submit=${(event: SubmitEvent) => this.#sendAgain(event, question.letter)}>
          <p>“${question.letter.subject}”</p>
          ${lineView({ name: 'to', label: 'To which address?', type: 'email', size: 'full', value: question.letter.to, error: this.#errorAt('to') })}
          ${refusal}
          <div class="buttons"><button>${this.#sending.busy ? 'Sending…' : 'Send it again'}</button>${cancel}</div>
        </form>`,
      )
    if (question?.about === 'decline')
      return dialogView(
        { id: 'question', heading: 'Decline the order?', open, close },
        html`<form novalidate @submit=${this.#decline}>
          ${textView({ name: 'reason', label: 'Why?', hint: `${request.contact.name} gets an e-mail with these words.`, value: this.typed, maxlength: 1000, error: this.#errorAt('reason') })}
          ${refusal}
          <div class="buttons"><button class="danger">${this.#sending.busy ? 'Declining…' : 'Decline the order'}</button>${cancel}</div>
        </form>`,
      )
    return dialogView(
      { id: 'question', heading: 'Accept the order?', open, close },
      html`<p>${order.schoolName} orders for ${pounds(order.totalPence)}. ${request.contact.name} gets an e-mail that says you have accepted it.</p>
        ${refusal}
        <div class="buttons"><button type="button" @click=${this.#accept}>${this.#sending.busy ? 'Accepting…' : 'Accept the order'}</button>${cancel}</div>`,
    )
  }

  #ask(question: Question): void {
    this.#sending.forget()
    this.wrong = undefined
    this.question = question
  }

  async #accept(): Promise<void> {
    await this.#answer('accept', {}, 'The order is accepted.')
  }

  async #decline(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const { reason = '' } = answersOf(event.currentTarget)
    this.typed = reason
    if (!reason) return this.#refuse('reason', 'Say why, so that the school knows what to do next')
    await this.#answer('decline', { reason }, 'The order is declined.')
  }

  /** Answers as the order stood when it was looked at; whoever comes second learns who came first. */
  async #answer(how: 'accept' | 'decline', answer: object, text: string): Promise<void> {
    this.meanwhile = ''
    this.wrong = undefined
    const seen = this.#detail.value?.order.status
    const body = { ...answer, seen }
    const done = await this.#sending.run((key) => send('POST', `${this.#address}/${how}`, body, { key }), [how, body])
    if (done) {
      this.typed = ''
      return this.#changed(text)
    }
    const { error } = this.#sending
    if (problemOf(error) !== 'conflict') return
    this.question = undefined
    this.#sending.forget()
    await this.#detail.again()
    const { status, answered } = detailOf<Meanwhile>(error)
    const who = answered ? answered.by.name || answered.by.email : 'Somebody'
    // The first try had arrived, and only its reply was lost.
    if (answered?.by.id === this.session.person.id && status === (how === 'accept' ? 'accepted' : 'declined'))
      return this.#changed(text)
    this.meanwhile = `${who} has answered this order meanwhile${answered ? `, on ${longMoment(answered.at)}` : ''}. It is now ${status ? statusNames[status].toLowerCase() : 'answered'}. Your own answer was not kept.`
    announce(this.meanwhile)
  }

  async #addNote(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const { note: text = '' } = answersOf(form)
    if (!text) return this.#refuse('note', 'Write a note first')
    if (await this.#sending.run((key) => send('POST', `${this.#address}/notes`, { text }, { key }), ['note', text])) {
      form.reset()
      await this.#changed('The note is saved.')
    } else await this.#refuse('note', failureText(this.#sending.error))
  }

  async #sendAgain(event: SubmitEvent, letter: OrderLetter): Promise<void> {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const { to = '' } = answersOf(event.currentTarget)
    if (!/^[^\s@]+@[^\s@]+$/.test(to)) return this.#refuse('to', 'Enter an e-mail address, like name@school.example')
    const address = `${this.#address}/letters/${encodeURIComponent(letter.id)}/again`
    const body = to === letter.to ? {} : { to }
    if (await this.#sending.run((key) => send('POST', address, body, { key }), [address, body]))
      await this.#changed(`The letter is on its way to ${to}.`)
  }

  async #changed(text: string): Promise<void> {
    this.question = undefined
    this.wrong = undefined
    this.done = text
    announce(text)
    await this.#detail.again()
  }

  #errorAt(name: string): string | undefined {
    return this.wrong?.name === name ? this.wrong.text : undefined
  }

  async #refuse(name: string, text: string): Promise<void> {
    this.wrong = { name, text }
    await this.updateComplete
    this.querySelector<HTMLElement>(`#${name}`)?.focus()
  }
}

/** Who buys or signs; years later the order says so no more. */
function personView({ name, role, email, telephone }: OrderDetail['request']['contact']): TemplateResult {
  if (email === '') return html`<p>An order keeps names and addresses for seven years. These are deleted.</p>`
  return listView([
    ['Name', name],
    ['Role', role],
    ['E-mail', html`<a href=${`mailto:${email}`}>${email}</a>`],
    ['Telephone', telephone ? html`<a href=${`tel:${telephone.replace(/[^+\d]/g, '')}`}>${telephone}</a>` : undefined],
  ])
}

function schoolView(school: OrderDetail['request']['buyer']['schools'][number]): TemplateResult {
  const { name, address, schoolNumber, urn, district, pupils } = school
  return listView([
    ['Name', name],
    ['Address', address],
    ['School number', schoolNumber],
    ['URN', urn],
    ['District', district],
    ['Pupils', pupils?.toLocaleString('en-GB')],
  ])
}

function whoIn({ actor }: OrderEvent): string {
  return actor === 'school' ? 'The school' : actor.name || actor.email || 'Somebody who has left'
}

const happened: Readonly<Record<OrderEvent['kind'], string>> = {
  placed: 'placed the order',
  accepted: 'accepted the order',
  declined: 'declined the order',
  note: 'wrote',
  'letter-sent-again': 'sent a letter again',
}

define('outreach-console-order', OutreachConsoleOrder)
