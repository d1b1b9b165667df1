import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply, PanelsReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { longDate } from '../../words/en/money.ts'
import { get, path, problemOf, send } from '../api.ts'
import { wrongIn } from '../cases/faults.ts'
import { Fresh } from '../cases/fresh.ts'
import { wearLooks } from '../cases/looks.ts'
import { moveForm, movesView } from '../cases/moves.view.ts'
import { wordsView } from '../cases/own-words.view.ts'
import { seesPanels } from '../cases/tabs.view.ts'
import { type Missing, type PossibleMove, stageText, stateView } from '../cases/words.ts'
import { type Form, Writing } from '../cases/writing.ts'
import { roleNames } from '../console.view.ts'
import { addressWith, announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { answersOf, selectView, textView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView, failureText, noticeView } from '../parts/notice.view.ts'
import { OpenForPrint } from '../parts/print.ts'
import { Sending } from '../parts/sending.ts'
import { listView } from '../parts/table.view.ts'
import { longMoment } from '../parts/when.ts'
import { type Consent, consentsView, type Relative, ranOutView, reachView } from './consents.view.ts'
import {
  type About,
  askForm,
  eraseForm,
  hearForm,
  letterForm,
  linkForm,
  panelForm,
  questionForm,
  recordForm,
  signForm,
  takeBackForm,
} from './forms.ts'
import { headView } from './head.view.ts'
import { matterView } from './matter.view.ts'
import { deadlinesView, type EventActs, timelineView } from './timeline.view.ts'
import { writtenView } from './written.view.ts'

type Colleague = CaseReply['people'][number]
type Letter = CaseReply['letters'][number]

/** How many letters stand there before the others are asked for. */
const LATEST_LETTERS = 3

const letterStates: Readonly<Record<CaseReply['letters'][number]['state'], readonly [name: string, look: string]>> = {
  waiting: ['On its way', ''],
  sent: ['Sent', 'good'],
  failed: ['Not delivered', 'bad'],
  unaddressed: ['No address', 'bad'],
}

/** Letters, the latest first; what is older is folded up. */
function lettersView(letters: CaseReply['letters'], again: (letter: Letter) => void): TemplateResult {
  const latest = letters.toReversed()
  const listed = (some: CaseReply['letters']) =>
    html`<ul class="lines">${some.map(
      (letter) =>
        html`<li>${letter.subject}<br>${stateView(letterStates[letter.state])} <small>${longMoment(letter.sentAt ?? letter.writtenAt)}</small>
          ${letter.canBeSentAgain ? html`<button type="button" class="link screen" @click=${() => again(letter)}>Send it again<span class="hidden">: ${letter.subject}</span></button>` : nothing}</li>`,
    )}</ul>`
  const older = latest.slice(LATEST_LETTERS)
  return html`${listed(latest.slice(0, LATEST_LETTERS))}
    ${older.length > 0 ? html`<details class="more"><summary>All ${letters.length} letters</summary>${listed(older)}</details>` : nothing}`
}

/** What is most likely to be written down next: what the next decision waits for, else the first that there is. */
function nextRecordOf({ recordable, moves }: CaseReply): string {
  const wanted = moves.flatMap(({ missing }) => missing.map(({ kind, of }) => (kind === 'recorded' ? of : '')))
  return (recordable.find(({ id }) => wanted.includes(id)) ?? recordable[0])?.id ?? ''
}

/** What a commissioner is shown, and what is left out. */
function signOffText({ parts, case: { pupil } }: CaseReply): string {
  return [
    parts.length > 0
      ? 'You see what a sign-off needs: of what the school wrote, the answers that are for you.'
      : 'You see what a sign-off needs: none of what the school wrote.',
    pupil === null
      ? 'Questions that name the pupil or the family are left out, and so is what colleagues wrote, but for reasons that are for you.'
      : 'What colleagues wrote is left out, but for reasons that are for you.',
  ].join(' ')
}

/**
 * One referral as somebody may see it: what can be decided now, what is due, who agreed to what, what the school wrote and what happened.
 *
 * @element outreach-console-case
 */
export class OutreachConsoleCase extends ConsolePage {
  static override properties = { noted: { state: true }, wantsPanels: { state: true } }

  /** What is wrong with the note. */
  declare private noted: string
  /** Whether somebody has asked for a panel to put it before. */
  declare private wantsPanels: boolean

  readonly #detail = new Loading(
    this,
    () => get<CaseReply>(this.#address),
    () => this.#address,
  )
  readonly #panels = new Loading(
    this,
    async () => (await get<PanelsReply>(path`/providers/${this.provider}/panels`)).panels,
    () => (this.wantsPanels ? this.provider : undefined),
  )
  readonly #writing = new Writing(this, () => this.#detail.again())
  readonly #noting = new Sending(this)
  readonly #naming = new Sending(this)

  constructor() {
    super()
    this.noted = ''
    this.wantsPanels = false
    wearLooks()
    this.loads.push(this.#detail)
    new Fresh(this, () => void this.#detail.again())
    new OpenForPrint(this)
  }

  get #reference(): string {
    return this.place.params.case ?? ''
  }

  get #address(): string {
    return path`/providers/${this.provider}/cases/${this.#reference}`
  }

  /** What may no longer be read is taken from the page, and not only from the next one. */
  get #isGone(): boolean {
    return problemOf(this.#detail.error) === 'not-found'
  }

  get #mayErase(): boolean {
    return this.membership?.rights.includes('erase-cases') ?? false
  }

  override get tabTitle(): string {
    return `Referral ${this.#reference}`
  }

  protected override render(): TemplateResult {
    const isGone = this.#isGone
    return html`<p class="back"><a href=${`/console/${this.provider}/cases`}>Referrals</a></p>
      <h1>Referral ${this.#reference}</h1>
      ${this.#writing.done && !this.#writing.stopped ? noticeView(this.#writing.done, 'good') : nothing}
      ${this.#writing.stopped ? noticeView(this.#writing.stopped, 'warning') : nothing}
      ${isGone ? this.#goneView() : this.#detail.view((detail) => this.#detailView(detail))}
      ${this.#writing.view()}`
  }

  #goneView(): TemplateResult {
    const back = html`<p><a href=${`/console/${this.provider}/cases`}>Go to the referrals that you can open</a></p>`
    // Whoever has just decided knows why; it is another's turn now.
    if (this.#writing.done && !this.#writing.stopped)
      return emptyView(html`<p>There is nothing of it for you to read any more.</p>${back}`)
    return emptyView(html`<p>You cannot open this referral.</p>
      <p>It may not be yours any more, it may wait for consent, consent may have been withdrawn or have run out, or it was erased. Where consent was withdrawn or has run out, whoever worked on it was told by letter.</p>
      ${back}
      ${this.#mayErase ? html`<p>What is held of it can still be given out and erased, where a family asks for that.</p>${this.#keptView(this.#reference.toUpperCase(), false)}` : nothing}`)
  }

  #detailView(detail: CaseReply): TemplateResult {
    const { as, can, timeline, agreement, parts } = detail
    return html`${headView(detail)}
      ${ranOutView(detail.case)}
      ${as === 'commissioner' ? noticeView(signOffText(detail)) : nothing}
      <div class="case">
        <div class="first">${this.#nowView(detail)}
          <h2 id="happened">What happened</h2>
          ${can.includes('note') ? this.#noteView() : nothing}
          ${timelineView(timeline, this.#eventActs(detail))}
        </div>
        <div class="beside">${this.#consentView(detail)}${as === 'commissioner' ? nothing : this.#peopleView(detail)}</div>
        <div class="second">${detail.case.stopsOn ? nothing : html`<h2>What the school wrote</h2>${writtenView(parts)}`}
          ${agreement ? this.#agreementView(agreement, detail) : nothing}
        </div>
        <div class="rest">${this.#restView(detail)}</div>
      </div>`
  }

  #nowView(detail: CaseReply): TemplateResult {
    const { case: one, as, moves, deadlines, consents } = detail
    const isOpen = one.status === 'open'
    return html`<h2 id="now" tabindex="-1">${isOpen ? 'Now' : 'How it ended'}</h2>
      ${matterView(detail)}
      ${one.about ? html`<p><small>The school reads: “${one.about}”</small></p>` : html`<p>${stageText(one)}.</p>`}
      ${one.lasts ? html`<p>Meant to last ${one.lasts.weeks === 1 ? 'a week' : `${one.lasts.weeks} weeks`}, until <time datetime=${one.lasts.until}>${longDate(one.lasts.until)}</time>${one.lasts.overdue ? html` <b class="state bad">Over</b>` : nothing}</p>` : nothing}
      ${one.planned.map(({ name, on }) => html`<p>${name}: <b><time datetime=${on}>${longDate(on)}</time></b></p>`)}
      ${moves.length > 0 ? html`<div class="screen"><h3>What you can decide</h3>${movesView({ moves, consents, choose: (move) => this.#decide(detail, move), settle: (one) => this.#settleView(detail, one) })}</div>` : nothing}
      ${moves.length === 0 && isOpen && as !== 'coordinator' ? html`<p class="note">At this stage there is nothing for you to decide.</p>` : nothing}
      <div class="buttons">${this.#actsView(detail)}<button type="button" class="secondary" @click=${() => window.print()}>Print</button></div>
      ${deadlines.length > 0 ? html`<h2>Deadlines</h2>${deadlinesView(deadlines)}` : nothing}`
  }

  /** Where somebody puts right what a decision still needs: beside the words that say so. */
  #settleView({ can, recordable, agreement }: CaseReply, { kind, of }: Missing): TemplateResult | undefined {
    const button = (text: string, act: () => void) =>
      html`<button type="button" class="link" @click=${act}>${text}</button>`
    switch (kind) {
      case 'consent':
        return html`<a href="#consent">See the consents</a>`
      case 'assigned':
        return can.includes('assign') ? html`<a href="#people">Name somebody</a>` : undefined
      case 'recorded':
        return can.includes('record') && recordable.some(({ id }) => id === of)
          ? button('Write it down', () => this.#record(of))
          : undefined
      case 'agreement':
        return can.includes('sign') && agreement && !agreement.signed.provider
          ? html`<a href="#agreement">See the agreement</a>`
          : undefined
      case 'panel':
        return can.includes('panel') ? button('Put before a panel', () => this.#choosePanel()) : undefined
      case 'terms':
        return undefined
    }
  }

  #eventActs({ as, can, recordable }: CaseReply): EventActs {
    return {
      mayTakeBack: ({ of }) =>
        can.includes('record') && (as === 'coordinator' || recordable.some(({ id }) => id === of)),
      takeBack: ({ number }) => this.#write(`take back ${number}`, (about) => takeBackForm(about, number)),
    }
  }

  #actsView(detail: CaseReply): TemplateResult {
    const { can, recordable } = detail
    const button = (name: string, act: () => void) =>
      html`<button type="button" class="secondary" @click=${act}>${name}</button>`
    return html`${can.includes('record') && recordable.length > 0 ? button('Write down what was done', () => this.#record(nextRecordOf(detail))) : nothing}
      ${can.includes('question') ? button('Ask the school', () => this.#write('question', questionForm)) : nothing}
      ${can.includes('panel') ? button('Put before a panel', () => this.#choosePanel()) : nothing}`
  }

  #consentView({ can, consents, words, family, case: { status } }: CaseReply): TemplateResult {
    const acts = can.includes('ask')
      ? {
          ask: (consent: Consent) => this.#consent('ask', consent),
          hear: (consent: Consent) => this.#consent('hear', consent),
          reach: ({ person }: Relative) => this.#write(`reach ${person}`, (about) => linkForm(about, person)),
        }
      : undefined
    return html`<h2 id="consent" tabindex="-1">Consent</h2>
      ${consents.length > 0 ? html`${consentsView(consents, acts, status === 'open')}${wordsView(words)}${acts ? reachView(family, acts) : nothing}` : html`<p>Nothing of it is for your role.</p>`}`
  }

  #restView(detail: CaseReply): TemplateResult {
    const { places, panels, waiting, others, letters } = detail
    const base = `/console/${this.provider}`
    const rights = this.membership?.rights ?? []
    return html`${
      places.length > 0
        ? html`<h2>Places</h2><ul class="lines">${places.map(
            ({ name, term, givenOn, freedOn }) =>
              html`<li>${term ? `${name}, ${term}` : name} <small>${freedOn ? `from ${longDate(givenOn)} to ${longDate(freedOn)}` : `since ${longDate(givenOn)}`}</small></li>`,
          )}</ul>`
        : nothing
    }
      ${waiting ? html`<h2>Waiting list</h2><p>Number ${waiting.position} of ${waiting.of}, since ${longDate(waiting.since)}. ${rights.includes('run-cases') ? html`<a href=${`${base}/waiting`}>The whole list</a>` : nothing}</p>` : nothing}
      ${
        panels.length > 0
          ? html`<h2>Panels</h2><ul class="lines">${panels.map(
              ({ id, meetsOn, closed, decision }) =>
                html`<li>${seesPanels(this.membership) ? html`<a href=${`${base}/panels/${id}`}>${longDate(meetsOn)}</a>` : longDate(meetsOn)}${closed ? ', closed' : ''}${decision ? html`<br><small>Decided: ${decision}</small>` : nothing}</li>`,
            )}</ul>`
          : nothing
      }
      ${
        others.length > 0
          ? html`<h2>The same pupil elsewhere</h2><ul class="lines">${others.map(
              ({ reference, pathway, status, sentOn }) =>
                html`<li><a href=${`${base}/cases/${reference}`}>${reference}</a><br><small>${pathway.name}, ${status}${sentOn ? `, sent on ${longDate(sentOn)}` : ''}</small></li>`,
            )}</ul><p class="note">Same name and date of birth. The referrals are not joined.</p>`
          : nothing
      }
      ${letters.length > 0 ? html`<h2>Letters</h2>${lettersView(letters, ({ id }) => this.#write(`letter ${id}`, (about) => letterForm(about, id)))}` : nothing}
      <h2>Dates</h2>
      ${listView([
        ['Sent', detail.case.sentOn ? longDate(detail.case.sentOn) : undefined],
        ['Released by consent', detail.case.releasedOn ? longDate(detail.case.releasedOn) : undefined],
        ['Ended', detail.case.endedOn ? longDate(detail.case.endedOn) : undefined],
        ['Catalogue', `${detail.case.catalogue}, version ${detail.case.version}`],
      ])}
      ${this.#mayErase ? this.#keptView(detail.case.reference, others.length > 0) : nothing}`
  }

  #peopleView({ people, assignable, can }: CaseReply): TemplateResult {
    const may = can.includes('assign')
    const others = assignable.filter(({ id }) => !people.some((one) => one.id === id))
    const { error } = this.#naming
    const [wrong] = wrongIn(error, () => 'colleague')
    return html`<h2 id="people" tabindex="-1">Who works on it</h2>
      ${
        people.length > 0
          ? html`<ul class="lines">${people.map(
              (person) => html`<li>${person.name || person.email}
                ${may ? html`<button type="button" class="link screen" @click=${() => this.#unassign(person)}>Take it from them<span class="hidden">: ${person.name || person.email}</span></button>` : nothing}</li>`,
            )}</ul>`
          : html`<p>Nobody is named yet.</p>`
      }
      ${
        may && others.length > 0
          ? html`<form class="screen" novalidate @submit=${this.#assign}>
              ${selectView({
                name: 'colleague',
                label: 'Give it to',
                size: 'full',
                error: wrong?.text,
                choices: others.map(({ id, name, email, role }) => ({
                  value: id,
                  name: `${name || email} (${(roleNames[role as keyof typeof roleNames] ?? role).toLowerCase()})`,
                })),
              })}
              <button class="secondary">${this.#naming.busy ? 'Saving…' : 'Name them'}</button>
            </form>`
          : nothing
      }
      ${may && assignable.length === 0 && people.length === 0 ? html`<p class="note">Nobody here can be given referrals. An owner invites practitioners under People.</p>` : nothing}
      ${error === undefined || wrong ? nothing : html`<p class="error" role="alert">${failureText(error)}</p>`}`
  }

  #agreementView(agreement: NonNullable<CaseReply['agreement']>, { can, case: one }: CaseReply): TemplateResult {
    const { title, intro, signed } = agreement
    const page = `/console/${this.provider}${path`/cases/${one.reference}/agreement`}`
    return html`<h2 id="agreement" tabindex="-1">${title}</h2>
      ${intro ? html`<p>${intro}</p>` : nothing}
      <p class="screen"><a href=${page}>Read and print the agreement</a></p>
      ${listView([
        [
          'For the school',
          signed.school
            ? `${[signed.school.name, signed.school.role].filter(Boolean).join(', ')}, on ${longDate(signed.school.on)}`
            : 'Not signed yet: the school signs from its own page',
        ],
        [
          'For the provider',
          signed.provider ? `${signed.provider.name}, on ${longDate(signed.provider.on)}` : 'Not signed yet',
        ],
      ])}
      ${can.includes('sign') && !signed.provider ? html`<p class="screen"><button type="button" class="secondary" @click=${() => this.#write('sign', (about) => signForm(about, this.session.person.name))}>Sign for the provider</button></p>` : nothing}`
  }

  #keptView(reference: string, hasOthers: boolean): TemplateResult {
    const held = path`/api/console/providers/${this.provider}/cases/${reference}/export`
    const all = hasOthers ? 'all' : ''
    const erase = () => this.#writing.ask(`${reference} erase`, () => eraseForm(this.provider, reference))
    return html`<div class="screen"><h2>All that is held</h2>
      <p>For a family that asks what is held about the pupil${all ? ', this referral and the others' : ''}. The record notes it.</p>
      <p><a href=${addressWith(held, { others: all, as: 'page' })} target="_blank" rel="noopener" @click=${this.#openExport}>Read and print it</a><br>
        <a href=${addressWith(held, { others: all, as: 'json' })} download @click=${this.#openExport}>Download it (JSON)</a></p>
      <p><button type="button" class="danger" @click=${erase}>Erase this referral</button></p></div>`
  }

  #noteView(): TemplateResult {
    return html`<form novalidate @submit=${this.#addNote}>
      ${textView({ name: 'note', label: 'Add a note', hint: 'For the colleagues who work on it. The school and the family do not read it, unless they ask for all that is held.', rows: 2, maxlength: 3000, error: this.noted || undefined })}
      <button class="secondary">${this.#noting.busy ? 'Saving…' : 'Save the note'}</button>
    </form>`
  }

  #decide({ case: { reference } }: CaseReply, { id }: PossibleMove): void {
    this.#write(`move ${id}`, ({ provider, detail: { moves } }) => {
      const move = moves.find((one) => one.id === id && one.missing.length === 0)
      return move && moveForm({ provider, reference, move, moves })
    })
  }

  #consent(what: 'ask' | 'hear', consent: Consent): void {
    const form = what === 'ask' ? askForm : hearForm
    this.#write(`${what} ${consent.purpose} ${consent.each}`, (about) => form(about, consent))
  }

  #record(event: string): void {
    this.#write(`record ${event}`, (about) => recordForm(about, event))
  }

  #choosePanel(): void {
    if (this.wantsPanels) void this.#panels.again()
    this.wantsPanels = true
    this.#write('panel', (about) => panelForm(about, this.#panels.value))
  }

  /** Opens a dialog whose form is made from the referral as it stands. */
  #write(key: string, make: (about: About) => Form | undefined): void {
    this.#writing.ask(
      `${this.#reference} ${key}`,
      () => {
        const detail = this.#isGone ? undefined : this.#detail.value
        return detail && make({ provider: this.provider, detail, today: this.session.today })
      },
      this.#detail.value?.case.seen,
    )
  }

  readonly #assign = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const { colleague: person = '' } = answersOf(event.currentTarget)
    const seen = this.#detail.value?.case.seen
    await this.#name(['give', person], `${this.#address}/people`, { person, seen }, 'It is given to them.')
  }

  async #unassign({ id }: Colleague): Promise<void> {
    const seen = this.#detail.value?.case.seen
    const address = path`/providers/${this.provider}/cases/${this.#reference}/people/${id}/remove`
    await this.#name(['take', id], address, { seen }, 'It is taken from them.')
  }

  async #name(what: readonly string[], address: string, body: object, text: string): Promise<void> {
    const isDone = await this.#naming.run((key) => send('POST', address, body, { key }), [...what, body])
    if (isDone) {
      this.#writing.done = text
      announce(text)
    }
    // Where somebody was quicker, the page shows who; the choice is made again.
    if (isDone || problemOf(this.#naming.error) === 'conflict') await this.#detail.again()
    else if (problemOf(this.#naming.error) === 'invalid') this.querySelector<HTMLElement>('#colleague')?.focus()
  }

  readonly #addNote = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const { note: text = '' } = answersOf(form)
    this.noted = text ? '' : 'Write a note first'
    if (text && (await this.#noting.run((key) => send('POST', `${this.#address}/notes`, { text }, { key }), text))) {
      form.reset()
      this.#writing.done = 'The note is saved.'
      announce(this.#writing.done)
      await this.#detail.again()
      return
    }
    if (text) this.noted = wrongIn(this.#noting.error, () => 'note')[0]?.text ?? failureText(this.#noting.error)
    await this.updateComplete
    this.querySelector<HTMLElement>('#note')?.focus()
  }

  /** Makes sure of the session first: what is refused would be a page or a file with an error in it. */
  readonly #openExport = async (event: MouseEvent): Promise<void> => {
    const link = event.currentTarget
    if (!(link instanceof HTMLAnchorElement) || link.dataset.sure) return
    event.preventDefault()
    await get('/session')
    link.dataset.sure = 'yes'
    link.click()
    delete link.dataset.sure
  }
}

define('outreach-console-case', OutreachConsoleCase)
