import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { PanelListed, PanelsReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { longDate } from '../../words/en/money.ts'
import { get, path, send } from '../api.ts'
import { dueView } from '../cases/due.view.ts'
import { type Wrong, wrongAt, wrongIn } from '../cases/faults.ts'
import { wearLooks } from '../cases/looks.ts'
import { placesText } from '../cases/places.view.ts'
import { tabsView } from '../cases/tabs.view.ts'
import { go } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { answersOf, lineView, selectView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView, failureText } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { type Column, tableView } from '../parts/table.view.ts'

/**
 * The panels that decide, those that are still to meet first, and a new one.
 *
 * @element outreach-console-panels
 */
export class OutreachConsolePanels extends ConsolePage {
  static override properties: PropertyDeclarations = { wrong: { state: true }, typed: { state: true } }

  declare private wrong: Wrong[]
  declare private typed: Record<string, string>

  readonly #panels = new Loading(
    this,
    () => get<PanelsReply>(path`/providers/${this.provider}/panels`),
    () => this.provider,
  )
  readonly #sending = new Sending(this)

  constructor() {
    super()
    this.wrong = []
    this.typed = {}
    wearLooks()
    this.loads.push(this.#panels)
  }

  protected override render(): TemplateResult {
    const rights = this.membership?.rights ?? []
    return html`<h1>Panels</h1>
      ${tabsView(this.provider, this.membership, 'panels')}
      ${this.#panels.view(
        ({ panels, pathways }) => html`
        ${this.#listView(panels, pathways)}
        ${rights.includes('hold-panels') && pathways.length > 0 ? this.#formView(pathways) : nothing}`,
      )}`
  }

  #listView(panels: readonly PanelListed[], pathways: PanelsReply['pathways']): TemplateResult {
    const isDone = ({ cases, undecided }: PanelListed) => cases > 0 && undecided === 0
    const coming = panels.filter((one) => !one.closed && !isDone(one))
    const done = panels.filter((one) => !one.closed && isDone(one))
    const past = panels.filter(({ closed }) => closed)
    const rights = this.membership?.rights ?? []
    if (panels.length === 0)
      return emptyView(
        rights.includes('hold-panels')
          ? pathways.length > 0
            ? 'No panel is arranged. Arrange one here, and put referrals on its agenda.'
            : 'No pathway of your catalogue is decided by a panel.'
          : 'You sit on no panel at the moment. A co-ordinator names who sits on one.',
      )
    return html`${coming.length > 0 ? this.#tableView('Still to decide', coming) : emptyView('No panel is still to decide.')}
      ${done.length > 0 ? this.#tableView('All decided, and not closed yet', done) : nothing}
      ${past.length > 0 ? this.#tableView('Closed', past) : nothing}`
  }

  #tableView(caption: string, panels: readonly PanelListed[]): TemplateResult {
    const columns: Column<PanelListed>[] = [
      {
        head: 'Panel',
        names: true,
        cell: ({ id, meetsOn, name }) =>
          html`<a href=${`/console/${this.provider}/panels/${id}`}>${longDate(meetsOn)}</a><small>${name}</small>`,
      },
      { head: 'Pathway', plain: true, cell: ({ pathway }) => pathway.name },
      {
        head: 'When',
        plain: true,
        cell: ({ daysLeft, meetsOn, closed }) =>
          closed
            ? html`<span class="state">Closed</span>`
            : daysLeft < 0
              ? html`<b class="state waits">Has met, not closed</b>`
              : dueView(daysLeft, meetsOn),
      },
      { head: 'On the agenda', numeric: true, cell: ({ cases }) => cases },
      { head: 'Places', cell: ({ places }) => (places ? placesText(places) : '–') },
    ]
    return tableView(caption, columns, panels, { showCaption: true })
  }

  #formView(pathways: PanelsReply['pathways']): TemplateResult {
    const chosen = pathways.find(({ id }) => id === this.typed.pathway) ?? pathways[0]
    const { busy, error } = this.#sending
    const errorAt = (name: string) => wrongAt(this.wrong, name)
    return html`<h2>Arrange a panel</h2>
      <form novalidate @submit=${this.#arrange} @change=${this.#keep}>
        ${
          pathways.length > 1
            ? selectView({
                name: 'pathway',
                label: 'For which pathway?',
                value: chosen?.id ?? '',
                error: errorAt('pathway'),
                choices: pathways.map(({ id, name }) => ({ value: id, name })),
              })
            : nothing
        }
        ${chosen ? html`<p class="note">${chosen.panel}${chosen.often ? `, ${chosen.often}` : ''}. ${chosen.about}</p>` : nothing}
        ${lineView({ name: 'meetsOn', label: 'When does it meet?', type: 'date', size: 'short', value: this.typed.meetsOn ?? '', error: errorAt('meetsOn') })}
        ${chosen?.counts ? lineView({ name: 'places', label: 'How many places does it have to give?', size: 'short', inputmode: 'numeric', value: this.typed.places ?? '', error: errorAt('places') }) : nothing}
        ${lineView({ name: 'note', label: 'Where, and what else to know (if you like)', hint: 'Do not name pupils.', size: 'long', value: this.typed.note ?? '', error: errorAt('note'), maxlength: 200 })}
        ${error === undefined ? nothing : html`<p class="error" role="alert">${failureText(error)}</p>`}
        <button>${busy ? 'Saving…' : 'Arrange the panel'}</button>
      </form>`
  }

  readonly #keep = (event: Event): void => {
    if (event.currentTarget instanceof HTMLFormElement) this.typed = answersOf(event.currentTarget)
  }

  readonly #arrange = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    this.typed = answersOf(event.currentTarget)
    const pathways = this.#panels.value?.pathways ?? []
    const chosen = pathways.find(({ id }) => id === this.typed.pathway) ?? pathways[0]
    const { meetsOn = '', places = '', note = '' } = this.typed
    this.#sending.forget()
    this.wrong = [
      ...(meetsOn >= this.session.today
        ? []
        : [{ name: 'meetsOn', text: meetsOn ? 'Enter a later day' : 'Enter the day on which it meets' }]),
      ...(chosen?.counts && !/^\d{1,3}$/.test(places)
        ? [{ name: 'places', text: 'Enter how many, as a number; 0 if there is none' }]
        : []),
    ]
    if (this.wrong.length > 0 || !chosen) return this.#toWrong()
    const body = {
      pathway: chosen.id,
      meetsOn,
      ...(chosen.counts && { places: Number(places) }),
      ...(note && { note }),
    }
    const isDone = await this.#sending.run(async (key) => {
      const { id } = await send<{ id: string }>('POST', path`/providers/${this.provider}/panels`, body, { key })
      this.typed = {}
      go(`/console/${this.provider}/panels/${id}`)
    }, body)
    if (isDone) return
    this.wrong = wrongIn(this.#sending.error, (called) =>
      this.querySelector(`#${CSS.escape(called)}`) ? called : undefined,
    )
    if (this.wrong.length === 0) return
    this.#sending.forget()
    await this.#toWrong()
  }

  async #toWrong(): Promise<void> {
    await this.updateComplete
    this.querySelector<HTMLElement>(`#${CSS.escape(this.wrong[0]?.name ?? '')}`)?.focus()
  }
}

define('outreach-console-panels', OutreachConsolePanels)
