import { html, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { get, path } from '../api.ts'
import { addressWith } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { selectView } from '../parts/field.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView } from '../parts/notice.view.ts'
import { pagesView, tableView } from '../parts/table.view.ts'
import { longMoment } from '../parts/when.ts'
import type { Colleague, RecordEntry } from '../replies.ts'
import { actorName, doneText, kinds } from './sentences.ts'

/**
 * Who did what and when at a provider.
 *
 * @element outreach-console-record
 */
export class OutreachConsoleRecord extends ConsolePage {
  readonly #entries = new Loading(
    this,
    () =>
      get<{ entries: RecordEntry[]; next: number | null }>(
        addressWith(path`/providers/${this.provider}/record`, this.#asked),
      ),
    () => [this.provider, this.#asked],
  )
  readonly #people = new Loading(
    this,
    async () => (await get<{ people: Colleague[] }>(path`/providers/${this.provider}/people`)).people,
    () => this.provider,
  )

  constructor() {
    super()
    this.loads.push(this.#entries)
  }

  get #asked(): Record<'before' | 'actor' | 'action', string> {
    const { query } = this.place
    return { before: query.get('before') ?? '', actor: query.get('actor') ?? '', action: query.get('action') ?? '' }
  }

  protected override render(): TemplateResult {
    const { actor, action } = this.#asked
    const people = this.#people.value ?? []
    const download = addressWith(path`/api/console/providers/${this.provider}/record.csv`, { actor, action })
    return html`<div class="head">
        <h1>Record</h1>
        <p><a href=${download} download>Download as CSV</a></p>
      </div>
      <p>Everything that was done here, by whom and when. Nobody can change or delete an entry.</p>
      <form class="filters" method="get">
        ${selectView({
          name: 'actor',
          label: 'Who',
          value: actor,
          choices: [
            { value: '', name: 'Everybody' },
            ...people.map(({ id, name, email }) => ({ value: id, name: name || email })),
            { value: 'school', name: 'Schools' },
            { value: 'family', name: 'Parents, carers and young people' },
            { value: 'system', name: 'Outreach Kit' },
          ],
        })}
        ${selectView({ name: 'action', label: 'What', value: action, choices: [{ value: '', name: 'Everything' }, ...kinds] })}
        <button class="secondary">Show</button>
      </form>
      ${this.#entries.view(({ entries, next }) => this.#entriesView(entries, next))}`
  }

  #entriesView(entries: readonly RecordEntry[], next: number | null): TemplateResult {
    const { before, actor, action } = this.#asked
    const nameOf = (person: string) => {
      const found = this.#people.value?.find(({ id }) => id === person)
      return found && (found.name || found.email)
    }
    if (!entries.length)
      return emptyView(
        actor || action
          ? html`<p>Nothing fits. <a href=${this.place.path}>Show everything</a></p>`
          : 'Nothing has been done here yet.',
      )
    return html`${tableView(
      'Who did what and when',
      [
        { head: 'When', plain: true, cell: ({ at }) => html`<time datetime=${at}>${longMoment(at)}</time>` },
        {
          head: 'What',
          names: true,
          cell: (entry) => html`<b>${actorName(entry)}</b> ${doneText(entry, nameOf)}`,
        },
        { head: 'No.', numeric: true, cell: ({ number }) => number },
        {
          head: 'Sealed',
          plain: true,
          cell: ({ sealed }) => (sealed ? 'Sealed' : html`<small>In a minute</small>`),
        },
      ],
      entries,
    )}
    ${pagesView(
      before ? addressWith(this.place.path, { actor, action }) : undefined,
      next === null ? undefined : addressWith(this.place.path, { actor, action, before: String(next) }),
      'entries',
      'Newest entries',
    )}
    <p class="note">A sealed entry is linked to all before it: a change to any of them would show.</p>`
  }
}

define('outreach-console-record', OutreachConsoleRecord)
