import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { ExclusionsReply, PlacesReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { longDate } from '../../words/en/money.ts'
import { get, path, send } from '../api.ts'
import { type Wrong, wrongAt, wrongIn } from '../cases/faults.ts'
import { wearLooks } from '../cases/looks.ts'
import { tabsView } from '../cases/tabs.view.ts'
import { type Form, Writing } from '../cases/writing.ts'
import { addressWith, announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { answersOf, lineView, selectView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView, failureText, noticeView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { pagesView, tableView } from '../parts/table.view.ts'

type Exclusion = ExclusionsReply['exclusions'][number]
type Pool = PlacesReply['schools'][number]

/**
 * Places by school and term, and the permanent exclusions that withdraw some.
 *
 * @element outreach-console-places
 */
export class OutreachConsolePlaces extends ConsolePage {
  static override properties: PropertyDeclarations = { wrong: { state: true }, typed: { state: true } }

  declare private wrong: Wrong[]
  declare private typed: Record<string, string>

  readonly #places = new Loading(
    this,
    () => get<PlacesReply>(addressWith(path`/providers/${this.provider}/places`, this.#asked)),
    () => [this.provider, this.#asked],
  )
  readonly #exclusions = new Loading(
    this,
    () =>
      get<ExclusionsReply>(
        addressWith(path`/providers/${this.provider}/exclusions`, { after: this.place.query.get('excluded') ?? '' }),
      ),
    () => [this.provider, this.place.query.get('excluded')],
  )
  readonly #writing = new Writing(this, () => this.#again())
  readonly #sending = new Sending(this)

  constructor() {
    super()
    this.wrong = []
    this.typed = {}
    wearLooks()
    this.loads.push(this.#places, this.#exclusions)
  }

  get #asked(): Record<'term' | 'after', string> {
    const { query } = this.place
    return { term: query.get('term') ?? '', after: query.get('after') ?? '' }
  }

  protected override render(): TemplateResult {
    return html`<h1>Places</h1>
      ${tabsView(this.provider, this.membership, 'places')}
      ${this.#writing.done ? noticeView(this.#writing.done, 'good') : nothing}
      ${this.#places.view((places) => this.#placesView(places))}
      ${this.#writing.view()}`
  }

  #placesView(places: PlacesReply): TemplateResult {
    const { terms, kinds, schools, next } = places
    const counted = kinds.filter((kind) => kind.counted === 'school-term')
    if (kinds.length === 0) return emptyView('None of your pathways gives places.')
    if (kinds.every((kind) => kind.counted === 'freely'))
      return emptyView(
        `Nothing is counted here: ${kinds.map((kind) => kind.name).join(', ')}. Whoever decides gives such a place without a number.`,
      )
    const term = places.term ?? this.#asked.term
    const name = ({ pathway, kind }: Pool) =>
      kinds.find((one) => one.id === kind && one.pathway === pathway)?.name ?? kind
    return html`
      ${kinds.some((kind) => kind.counted === 'panel') ? html`<p>Places that a panel gives are counted there: <a href=${`/console/${this.provider}/panels`}>Panels</a></p>` : nothing}
      ${
        counted.length === 0
          ? nothing
          : html`
        <h2>By school</h2>
        <p>${counted.map((kind) => `${kind.name}: ${kind.most ?? 0} for each school and term. `)}A school stands here once a place is given or withdrawn.</p>
        ${
          terms.length > 1
            ? html`<form class="filters" method="get">
                ${selectView({ name: 'term', label: 'Term', value: term, choices: terms.map((one) => ({ value: one.id, name: one.name })) })}
                <button class="secondary">Show</button>
              </form>`
            : nothing
        }
        ${schools.length > 0 ? this.#poolsView(schools, name) : emptyView('No place of this term is given or withdrawn.')}
        ${pagesView(
          this.#asked.after ? addressWith(this.place.path, { term: this.#asked.term }) : undefined,
          next ? addressWith(this.place.path, { term: this.#asked.term, after: next }) : undefined,
          'schools',
          'First schools',
        )}
        <h2>Permanent exclusions</h2>
        ${this.#exclusions.view((exclusions) => this.#exclusionsView(exclusions))}
        ${this.#formView(places)}`
      }`
  }

  #poolsView(pools: readonly Pool[], name: (pool: Pool) => string): TemplateResult {
    return tableView<Pool>(
      'Places by school',
      [
        {
          head: 'School',
          names: true,
          cell: (pool) => html`${pool.school ?? 'A school whose referrals are gone'}<small>${name(pool)}</small>`,
        },
        { head: 'There are', numeric: true, cell: ({ most }) => most },
        { head: 'Withdrawn', numeric: true, cell: ({ withdrawn }) => withdrawn || '–' },
        { head: 'Taken', numeric: true, cell: ({ taken }) => taken },
        {
          head: 'Free',
          numeric: true,
          cell: ({ left, most, withdrawn, taken }) =>
            left > 0 ? left : html`<b>None</b>${overText(taken + withdrawn - most)}`,
        },
      ],
      pools,
    )
  }

  #exclusionsView({ exclusions, next }: ExclusionsReply): TemplateResult {
    if (exclusions.length === 0) return emptyView('None is noted.')
    return html`${tableView<Exclusion>(
      'Permanent exclusions, the newest first',
      [
        { head: 'School', names: true, cell: ({ school }) => school },
        { head: 'On', cell: ({ on }) => html`<time datetime=${on}>${longDate(on)}</time>` },
        {
          head: 'Term',
          plain: true,
          cell: ({ term, places, takenBackAt }) =>
            html`${term?.name ?? 'Outside the terms'}<small>${takenBackAt ? 'Taken back: nothing is withdrawn' : places === 1 ? '1 place withdrawn' : `${places} places withdrawn`}</small>`,
        },
        { head: 'Noted by', cell: ({ notedBy }) => notedBy.name || 'a colleague' },
        {
          head: 'What you can do',
          quiet: true,
          cell: (one) =>
            one.takenBackAt
              ? html`<span class="state">Taken back</span>`
              : html`<button type="button" class="link" @click=${() => this.#takeBack(one)}>Take back<span class="hidden"> the one of ${one.school} on ${longDate(one.on)}</span></button>`,
        },
      ],
      exclusions,
    )}
    ${pagesView(
      this.place.query.get('excluded') ? addressWith(this.place.path, { term: this.#asked.term }) : undefined,
      next ? addressWith(this.place.path, { term: this.#asked.term, excluded: next }) : undefined,
      'exclusions',
      'Newest exclusions',
    )}`
  }

  #formView({ terms }: PlacesReply): TemplateResult {
    const { busy, error } = this.#sending
    const errorAt = (name: string) => wrongAt(this.wrong, name)
    const value = (name: string) => this.typed[name] ?? ''
    return html`<h3>Note a permanent exclusion</h3>
      <p>By a school, of any of its pupils. It withdraws a place of the school in that term, which its own pages then say. No letter does: tell the school. Do not name the pupil.</p>
      <form novalidate autocomplete="off" @submit=${this.#note}>
        ${lineView({ name: 'school', label: 'School', size: 'long', autocomplete: 'off', value: value('school'), error: errorAt('school'), maxlength: 200 })}
        ${lineView({ name: 'urn', label: 'Its unique reference number (URN)', hint: 'Six figures. The school’s places are counted by it, as referrals name it.', size: 'short', inputmode: 'numeric', autocomplete: 'off', value: value('urn'), error: errorAt('urn'), maxlength: 6 })}
        ${lineView({ name: 'on', label: 'On which day?', type: 'date', size: 'short', value: value('on'), error: errorAt('on') })}
        ${terms.length > 1 ? selectView({ name: 'counts', label: 'In which term does it count?', value: value('counts'), error: errorAt('counts'), choices: [{ value: '', name: 'The term of that day' }, ...terms.map((term) => ({ value: term.id, name: term.name }))] }) : nothing}
        ${error === undefined ? nothing : html`<p class="error" role="alert">${failureText(error)}</p>`}
        <button>${busy ? 'Saving…' : 'Note the exclusion'}</button>
      </form>`
  }

  #takeBack({ id }: Exclusion): void {
    this.#writing.ask(`exclusion ${id}`, () => {
      const exclusion = this.#exclusions.value?.exclusions.find((one) => one.id === id)
      return exclusion && !exclusion.takenBackAt ? takeBackForm(this.provider, exclusion) : undefined
    })
  }

  readonly #note = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    this.typed = answersOf(form)
    const { school = '', urn = '', on = '', counts = '' } = this.typed
    this.#sending.forget()
    this.wrong = [
      ...(school ? [] : [{ name: 'school', text: 'Enter the school’s name' }]),
      ...(/^\d{6}$/.test(urn) ? [] : [{ name: 'urn', text: 'Enter the school’s URN, which has six figures' }]),
      ...(on && on <= this.session.today ? [] : [{ name: 'on', text: 'Enter a day that is not in the future' }]),
    ]
    if (this.wrong.length > 0) return this.#toWrong()
    const body = { school, urn, on, ...(counts && { term: counts }) }
    const address = path`/providers/${this.provider}/exclusions`
    if (await this.#sending.run((key) => send('POST', address, body, { key }), body)) {
      form.reset()
      this.typed = {}
      this.#writing.done = 'The exclusion is noted.'
      announce(this.#writing.done)
      await this.#again()
      return
    }
    // Of the same name as the term is the filter above the table.
    const term = this.querySelector('#counts') ? 'counts' : 'on'
    this.wrong = wrongIn(
      this.#sending.error,
      (called) => [called === 'term' ? term : called].find((name) => this.querySelector(`#${CSS.escape(name)}`)),
      { term: 'That day is in no term that is published: choose the term in which it counts' },
    )
    if (this.wrong.length === 0) return
    this.#sending.forget()
    await this.#toWrong()
  }

  async #again(): Promise<void> {
    await Promise.all([this.#places.again(), this.#exclusions.again()])
  }

  async #toWrong(): Promise<void> {
    await this.updateComplete
    this.querySelector<HTMLElement>(`#${CSS.escape(this.wrong[0]?.name ?? '')}`)?.focus()
  }
}

/** How many more a school has taken than it has, once an exclusion has withdrawn some that were given. */
function overText(over: number): TemplateResult | typeof nothing {
  if (over <= 0) return nothing
  return html`<small>${over === 1 ? 'One place more is taken than the school has' : `${over} places more are taken than the school has`}</small>`
}

function takeBackForm(provider: string, { id, school, on, places }: Exclusion): Form {
  return {
    heading: 'Take the exclusion back?',
    content: () =>
      html`<p>${school}, ${longDate(on)}. ${places === 1 ? 'The place that it withdrew is there again.' : `The ${places} places that it withdrew are there again.`} The record keeps both.</p>`,
    button: 'Take it back',
    busy: 'Saving…',
    address: path`/providers/${provider}/exclusions/${id}/take-back`,
    body: () => ({ send: {} }),
    done: 'The exclusion is taken back.',
  }
}

define('outreach-console-places', OutreachConsolePlaces)
