import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { PACK_READ_DAYS } from '../../../catalogue/rules/who-may-read.ts'
import type { CaseCard, PanelReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { longDate } from '../../words/en/money.ts'
import { get, path, problemOf, send } from '../api.ts'
import { answersView } from '../cases/answers.view.ts'
import { flagsView } from '../cases/card.view.ts'
import { dueView } from '../cases/due.view.ts'
import { Fresh } from '../cases/fresh.ts'
import { wearLooks } from '../cases/looks.ts'
import { moveForm, movesView } from '../cases/moves.view.ts'
import { wordsView } from '../cases/own-words.view.ts'
import { placesText } from '../cases/places.view.ts'
import { happenedText, pupilText, schoolText, standingNames, stateView } from '../cases/words.ts'
import { type Form, idOf, Writing } from '../cases/writing.ts'
import { roleNames } from '../console.view.ts'
import { announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { lineView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView, failureText, noticeView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { listView } from '../parts/table.view.ts'
import { shortDate } from '../parts/when.ts'

/** How many referrals are put on an agenda at once. */
const MOST_AT_ONCE = 40

type Packed = PanelReply['pack'][number]

/**
 * A panel: when it meets, who sits on it, its places, and its pack in the order in which it is read and decided.
 *
 * @element outreach-console-panel
 */
export class OutreachConsolePanel extends ConsolePage {
  static override properties: PropertyDeclarations = { meanwhile: { state: true } }

  /** What somebody else has done to the agenda. */
  declare private meanwhile: string

  readonly #panel = new Loading(
    this,
    () => get<PanelReply>(this.#address),
    () => this.#address,
  )
  readonly #writing = new Writing(this, () => this.#panel.again())
  readonly #ordering = new Sending(this)

  constructor() {
    super()
    this.meanwhile = ''
    wearLooks()
    this.loads.push(this.#panel)
    new Fresh(this, () => void this.#panel.again())
  }

  get #address(): string {
    return path`/providers/${this.provider}/panels/${this.place.params.panel ?? ''}`
  }

  get #holds(): boolean {
    return this.membership?.rights.includes('hold-panels') ?? false
  }

  protected override render(): TemplateResult {
    const meetsOn = this.#panel.value?.panel.meetsOn
    const isGone = problemOf(this.#panel.error) === 'not-found'
    return html`<p class="back"><a href=${`/console/${this.provider}/panels`}>Panels</a></p>
      <h1>${meetsOn && !isGone ? `Panel on ${longDate(meetsOn)}` : 'Panel'}</h1>
      ${this.#writing.done ? noticeView(this.#writing.done, 'good') : nothing}
      ${this.meanwhile || this.#writing.stopped ? noticeView(this.meanwhile || this.#writing.stopped, 'warning') : nothing}
      ${isGone ? emptyView(html`<p>You cannot open this panel. You may not sit on it, or it is closed, cancelled or over.</p><p><a href=${`/console/${this.provider}/panels`}>Go to the panels</a></p>`) : this.#panel.view((panel) => this.#panelView(panel))}
      ${isGone ? nothing : this.#writing.view()}`
  }

  #panelView(reply: PanelReply): TemplateResult {
    const { panel, about, people, pack, gone } = reply
    const isOpen = !panel.closed
    const holds = this.#holds && isOpen
    const isUndecided = pack.every(({ decision }) => !decision) && (panel.places?.taken ?? 0) === 0
    const button = (name: string, act: () => void) =>
      html`<button type="button" class="link screen" @click=${act}>${name}</button>`
    return html`<p class="note">${panel.name}. ${about}</p>
      ${listView([
        ['Pathway', panel.pathway.name],
        [
          'Meets',
          isOpen
            ? panel.daysLeft < 0
              ? html`${longDate(panel.meetsOn)} <b class="state waits">Has met, not closed</b>`
              : dueView(panel.daysLeft, panel.meetsOn)
            : html`${longDate(panel.meetsOn)} <span class="state">Closed</span>`,
        ],
        ['Where, and what else', panel.note],
        [
          'Places',
          panel.places
            ? html`<b>${placesText(panel.places)}</b> ${holds ? button('Change how many', () => this.#write('places', placesForm)) : nothing}`
            : nothing,
        ],
        [
          'Who sits on it',
          html`${people.length > 0 ? people.map(({ name, email }) => name || email).join(', ') : 'Nobody is named yet'} ${holds ? button('Change who', () => this.#write('people', peopleForm)) : nothing}`,
        ],
      ])}
      <div class="buttons">
        <button type="button" class="secondary" @click=${() => window.print()}>Print the pack</button>
        ${
          holds
            ? html`<button type="button" class="secondary" @click=${() => this.#write('agenda', agendaForm)}>Put referrals on the agenda</button>
          <button type="button" class="secondary" @click=${() => this.#write('meeting', meetingForm)}>Change the day</button>
          <button type="button" class="secondary" @click=${() => this.#write('close', closeForm)}>Close the panel</button>
          ${isUndecided ? html`<button type="button" class="secondary" @click=${() => this.#write('cancel', cancelForm)}>Cancel the panel</button>` : nothing}`
            : nothing
        }
      </div>
      ${pack.length > 0 ? html`${this.#agendaView(pack, holds)}${this.#packView(pack, isOpen)}` : this.#emptyView(holds)}
      ${gone > 0 ? html`<p class="note">${gone === 1 ? '1 referral was' : `${gone} referrals were`} on the agenda and cannot be read any more.</p>` : nothing}`
  }

  #emptyView(holds: boolean): TemplateResult {
    return emptyView(
      holds
        ? 'Nothing is on the agenda. Put referrals on it: those that wait for a panel are offered.'
        : 'Nothing on its agenda is for you to read.',
    )
  }

  #agendaView(pack: readonly Packed[], holds: boolean): TemplateResult {
    const last = pack.length - 1
    const { error } = this.#ordering
    return html`<h2>Agenda</h2>
      <ol class="agenda lines">${repeat(
        pack,
        ({ card }) => card.reference,
        ({ card, decision, back }, index) => html`<li>
          <span><b>${index + 1}.</b> <a href=${`#case-${card.reference}`}>${pupilText(card)}</a>
            ${decision ? stateView([decision, back ? '' : 'good']) : stateView(['Not decided yet', 'waits'])}
            ${back ? html`<small>${backText(back, card)}</small>` : nothing}
            <small>${schoolText(card)}</small></span>
          ${
            holds
              ? html`<span class="row screen">
                  ${index > 0 ? this.#orderButton('Earlier', card.reference, -1) : nothing}
                  ${index < last ? this.#orderButton('Later', card.reference, 1) : nothing}
                  ${back && back.as !== 'defer' ? html`<button type="button" class="link" @click=${() => this.#putOn(card.reference)}>Put it on the agenda again<span class="hidden">: ${card.reference}</span></button>` : nothing}
                  ${decision ? nothing : html`<button type="button" class="link" @click=${() => this.#takeOff(card.reference)}>Take off<span class="hidden"> ${card.reference}</span></button>`}
                </span>`
              : nothing
          }
        </li>`,
      )}</ol>
      ${error === undefined ? nothing : html`<p class="error" role="alert">${failureText(error)}</p>`}`
  }

  #orderButton(name: string, reference: string, by: 1 | -1): TemplateResult {
    return html`<button type="button" class="link" id=${`${name}-${reference}`} @click=${() => this.#moveBy(reference, by)}>${name}<span class="hidden"> in the order: ${reference}</span></button>`
  }

  #packView(pack: readonly Packed[], isOpen: boolean): TemplateResult {
    return html`<h2>The pack</h2>
      <p class="paper">About children, and for this panel alone. Keep it with you, and give it back to be destroyed.</p>
      <ol class="pack">${repeat(
        pack,
        ({ card }) => card.reference,
        (packed, index) => html`<li>${this.#packedView(packed, index + 1, isOpen)}</li>`,
      )}</ol>`
  }

  #packedView(packed: Packed, number: number, isOpen: boolean): TemplateResult {
    const { card, decision, back, parts, words, done, said, consents, moves } = packed
    const mayMove = isOpen && moves.length > 0 && !decision
    return html`<article aria-labelledby=${`case-${card.reference}`}>
      <h3 id=${`case-${card.reference}`} tabindex="-1">${number}. ${pupilText(card)}</h3>
      <p>${schoolText(card)}${card.people.length > 0 ? html`<br><small>${card.people.join(', ')}</small>` : nothing}</p>
      ${flagsView(card.flags)}
      ${consents.length > 0 ? html`<p>${consents.map(({ name, standing }) => html`${name}: ${stateView(standingNames[standing])} `)}</p>` : nothing}
      ${answersView(parts, 4)}
      ${wordsView(words, 4)}
      ${
        done.length > 0
          ? html`<h4>What was done</h4><ul class="lines">${done.map(({ name, on }) => html`<li><small>${shortDate(on)}</small> ${name}</li>`)}</ul>`
          : nothing
      }
      ${
        said.length > 0
          ? html`<h4>What was said</h4><ul class="lines">${said.map(
              ({ kind, name, on, text, detail }) =>
                html`<li><small>${shortDate(on)}: ${happenedText({ kind, of: '', name, detail, actor: { kind: '', name: null } })}</small><p class="answer">${text}</p></li>`,
            )}</ul>`
          : nothing
      }
      <h4>Decision</h4>
      ${decision ? html`<p>${stateView([decision, back ? '' : 'good'])}${back ? html` ${backText(back, card)}.` : nothing}</p>` : html`<p class="paper">Decision and reason: ____________________________________________</p>`}
      ${
        mayMove
          ? movesView({
              moves,
              consents: [],
              about: card.reference,
              choose: ({ id }) => this.#decide(card.reference, id),
            })
          : decision
            ? nothing
            : html`<p class="screen">Not decided yet.</p>`
      }
      <p class="screen"><a href=${`/console/${this.provider}/cases/${card.reference}`}>Open the referral<span class="hidden"> ${card.reference}</span></a></p>
    </article>`
  }

  #decide(reference: string, id: string): void {
    const packed = () => this.#panel.value?.pack.find(({ card }) => card.reference === reference)
    this.#writing.ask(
      `${reference} ${id}`,
      () => {
        const found = packed()
        const move = found?.moves.find((one) => one.id === id && one.missing.length === 0)
        const panel = this.#panel.value?.panel.id
        return found && !found.decision && move
          ? moveForm({ provider: this.provider, reference, move, moves: found.moves, panel })
          : undefined
      },
      packed()?.seen,
    )
  }

  #write(key: string, make: (about: PanelAbout) => Form | undefined): void {
    this.#writing.ask(key, () => {
      const reply = this.#panel.value
      return reply && make({ address: this.#address, reply })
    })
  }

  async #moveBy(reference: string, by: 1 | -1): Promise<void> {
    const order = (this.#panel.value?.pack ?? []).map(({ card }) => card.reference)
    const from = order.indexOf(reference)
    if (from < 0 || order[from + by] === undefined) return
    order.splice(from, 1)
    order.splice(from + by, 0, reference)
    await this.#change('/order', { cases: order }, `${reference} is number ${from + by + 1} now.`)
    // The control has moved with its referral; where it ends, the one beside it takes the focus.
    const names = by < 0 ? ['Earlier', 'Later'] : ['Later', 'Earlier']
    names
      .map((name) => this.querySelector<HTMLElement>(`#${name}-${CSS.escape(reference)}`))
      .find(Boolean)
      ?.focus()
  }

  async #putOn(reference: string): Promise<void> {
    await this.#change('/cases', { add: [reference], remove: [] }, `${reference} is on the agenda again.`)
    // The control is gone, and the focus with it.
    this.querySelector<HTMLElement>(`.agenda a[href="#case-${CSS.escape(reference)}"]`)?.focus()
  }

  async #takeOff(reference: string): Promise<void> {
    await this.#change('/cases', { add: [], remove: [reference] }, `${reference} is off the agenda.`)
  }

  async #change(below: string, body: object, text: string): Promise<void> {
    this.meanwhile = ''
    const isDone = await this.#ordering.run(
      (key) => send('POST', `${this.#address}${below}`, body, { key }),
      [below, body],
    )
    if (isDone) announce(text)
    else if (problemOf(this.#ordering.error) === 'conflict') {
      this.meanwhile = `${failureText(this.#ordering.error)} Nothing of yours was changed; this is the agenda as it stands now.`
      this.#ordering.forget()
      announce(this.meanwhile)
    } else return
    await this.#panel.again()
    await this.updateComplete
  }
}

/** Why a referral that was decided on stands there undecided. */
function backText({ as }: NonNullable<Packed['back']>, { flags }: CaseCard): string {
  if (as === 'more-information')
    return flags.includes('question-open')
      ? 'More information was asked for; no answer has come yet'
      : 'More information was asked for; the answer is there'
  return as === 'defer' ? 'It waits for a later agenda' : 'It has come back to the panel since'
}

interface PanelAbout {
  address: string
  reply: PanelReply
}

function placesForm({ address, reply: { panel } }: PanelAbout): Form | undefined {
  if (!panel.places || panel.closed) return undefined
  const { most, taken } = panel.places
  return {
    heading: 'How many places does it have?',
    content: ({ value, error }) =>
      lineView({
        name: 'places',
        id: idOf('places'),
        label: 'Places',
        hint: `${taken} are given already.`,
        size: 'short',
        inputmode: 'numeric',
        value: value('places', String(most)),
        error: error('places'),
      }),
    button: 'Change it',
    busy: 'Saving…',
    address: `${address}/places`,
    body: ({ places = '' }) => {
      if (!/^\d{1,3}$/.test(places)) return { wrong: { name: 'places', text: 'Enter how many, as a number' } }
      if (Number(places) < taken)
        return { wrong: { name: 'places', text: `${taken} are given already: enter ${taken} or more` } }
      return { send: { places: Number(places) } }
    },
    done: 'The number of places is changed.',
  }
}

function peopleForm({ address, reply: { panel, people, couldSit } }: PanelAbout): Form | undefined {
  if (panel.closed) return undefined
  const all = [...people.filter(({ id }) => !couldSit.some((one) => one.id === id)), ...couldSit]
  return {
    heading: 'Who sits on it?',
    content: ({ error }) => html`<fieldset class="question" id=${idOf('people')} tabindex="-1">
      <legend>Panel members read what is on the agenda until the panel is closed, and for ${PACK_READ_DAYS} days after it met at most.</legend>
      ${error('people') ? html`<p class="error">${error('people')}</p>` : nothing}
      ${
        all.length > 0
          ? all.map(
              (
                one,
              ) => html`<label class="choice"><input type="checkbox" name="people" value=${one.id} ?checked=${people.some(({ id }) => id === one.id)}>
                <span>${one.name || one.email}<small>${'role' in one ? (roleNames[one.role as keyof typeof roleNames] ?? one.role) : one.email}</small></span></label>`,
            )
          : html`<p>Nobody here can sit on a panel. An owner invites panel members under People.</p>`
      }
    </fieldset>`,
    button: all.length > 0 ? 'Save who sits on it' : undefined,
    busy: 'Saving…',
    address: `${address}/people`,
    body: (_typed, _seen, data) => ({ send: { people: data.getAll('people').map(String) } }),
    done: 'Who sits on it is saved. Whoever is new to it has a letter.',
  }
}

function meetingForm({ address, reply: { panel } }: PanelAbout): Form | undefined {
  if (panel.closed) return undefined
  return {
    heading: 'When does it meet?',
    content: ({
      value,
      error,
    }) => html`${lineView({ name: 'meetsOn', id: idOf('meetsOn'), label: 'Day', hint: 'Whoever sits on it has a letter about another day.', type: 'date', size: 'short', value: value('meetsOn', panel.meetsOn), error: error('meetsOn') })}
      ${lineView({ name: 'note', id: idOf('note'), label: 'Where, and what else to know (if you like)', hint: 'Do not name pupils.', size: 'full', value: value('note', panel.note), error: error('note'), maxlength: 200 })}`,
    button: 'Change it',
    busy: 'Saving…',
    address,
    body: ({ meetsOn = '', note = '' }) =>
      meetsOn ? { send: { meetsOn, note } } : { wrong: { name: 'meetsOn', text: 'Enter the day on which it meets' } },
    done: 'The panel is changed.',
  }
}

function agendaForm({ address, reply: { panel, pack, couldBePut } }: PanelAbout): Form | undefined {
  if (panel.closed) return undefined
  const backOf = ({ reference }: CaseCard) => pack.find(({ card, back }) => back && card.reference === reference)
  const before = (card: CaseCard) => {
    const decision = backOf(card)?.decision
    return decision ? `, on this agenda before: “${decision}”` : ''
  }
  // What this panel has put off waits for a later one.
  const chosen = couldBePut.filter((card) => backOf(card)?.back?.as !== 'defer').slice(0, MOST_AT_ONCE)
  return {
    heading: 'Put referrals on the agenda',
    content: ({ error }) => html`<fieldset class="question" id=${idOf('cases')} tabindex="-1">
      <legend>Those that wait for a panel</legend>
      ${couldBePut.length > MOST_AT_ONCE ? html`<p>At most ${MOST_AT_ONCE} are put on at once. The first ${MOST_AT_ONCE} are chosen.</p>` : nothing}
      ${error('cases') ? html`<p class="error">${error('cases')}</p>` : nothing}
      ${
        couldBePut.length > 0
          ? couldBePut.map(
              (
                card,
              ) => html`<label class="choice"><input type="checkbox" name="cases" value=${card.reference} ?checked=${chosen.includes(card)}>
                <span>${pupilText(card)}<small>${schoolText(card)}${card.since ? `, waits since ${shortDate(card.since)}` : ''}${before(card)}</small></span></label>`,
            )
          : html`<p>There is none at the moment.</p>`
      }
    </fieldset>`,
    button: couldBePut.length > 0 ? 'Put them on the agenda' : undefined,
    busy: 'Saving…',
    address: `${address}/cases`,
    body: (_typed, _seen, data) => {
      const add = data.getAll('cases').map(String)
      if (add.length === 0) return { wrong: { name: 'cases', text: 'Choose at least one' } }
      if (add.length > MOST_AT_ONCE)
        return {
          wrong: {
            name: 'cases',
            text: `Choose ${MOST_AT_ONCE} at most: you have chosen ${add.length}. Put on the others after`,
          },
        }
      return { send: { add, remove: [] } }
    },
    control: { add: 'cases' },
    done: 'They are on the agenda, at its end.',
  }
}

function closeForm({ address, reply: { panel, pack } }: PanelAbout): Form | undefined {
  if (panel.closed) return undefined
  const open = pack.filter(({ decision }) => !decision).length
  return {
    heading: 'Close the panel?',
    content:
      () => html`<p>From then on, panel members can no longer read what was on its agenda, and nothing more is put on it.${panel.places ? html` Places that it still has can be given to referrals on the waiting list.` : nothing}</p>
      ${open > 0 ? noticeView(`${open === 1 ? '1 referral is' : `${open} referrals are`} not decided. ${open === 1 ? 'It waits' : 'They wait'} for another panel.`, 'warning') : nothing}`,
    button: 'Close the panel',
    busy: 'Closing…',
    address: `${address}/close`,
    body: () => ({ send: {} }),
    done: 'The panel is closed.',
  }
}

function cancelForm({ address, reply: { panel, pack } }: PanelAbout): Form | undefined {
  if (panel.closed || pack.some(({ decision }) => decision) || (panel.places?.taken ?? 0) > 0) return undefined
  return {
    heading: 'Cancel the panel?',
    content: () =>
      html`<p>It is taken away, with its places. Whoever sits on it has a letter.</p>
      ${pack.length > 0 ? html`<p>${pack.length === 1 ? 'The referral on its agenda waits' : `The ${pack.length} referrals on its agenda wait`} for another panel.</p>` : nothing}`,
    button: 'Cancel the panel',
    busy: 'Cancelling…',
    danger: true,
    address: `${address}/cancel`,
    body: () => ({ send: {} }),
    done: 'The panel is cancelled.',
  }
}

define('outreach-console-panel', OutreachConsolePanel)
