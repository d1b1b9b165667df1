import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { longDate } from '../../words/en/money.ts'
import { get, newKey, path, problemOf, send } from '../api.ts'
import { announce, go } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { dialogView } from '../parts/dialog.view.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView, failedView, noticeView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { tableView } from '../parts/table.view.ts'
import { agoView, longMoment } from '../parts/when.ts'
import { wearLooks } from './looks.ts'
import type { CatalogueEntry, Catalogues, Draft, Version, VersionName } from './replies.ts'
import { takeBack } from './take-back.ts'

const STATES: Readonly<Record<Version['state'], readonly [name: string, kind: string]>> = {
  'in-force': ['In force', 'good'],
  scheduled: ['Scheduled', 'waits'],
  retired: ['Retired', ''],
  'taken-back': ['Taken back', 'bad'],
}

/**
 * A provider's catalogues by year with their versions, and the drafts.
 *
 * @element outreach-console-versions
 */
export class OutreachConsoleVersions extends ConsolePage {
  static override properties: PropertyDeclarations = {
    asked: { state: true },
    done: { state: true },
  }

  /** The version that somebody is asked about before it is taken back. */
  declare private asked: (VersionName & { state: Version['state'] }) | undefined
  /** What was done, as a sentence. */
  declare private done: string | undefined

  readonly #catalogues = new Loading(
    this,
    () => get<Catalogues>(path`/providers/${this.provider}/catalogues`),
    () => this.provider,
  )
  readonly #sending = new Sending(this)

  constructor() {
    super()
    this.loads.push(this.#catalogues)
    wearLooks()
  }

  protected override render(): TemplateResult {
    return html`<div class="head"><h1>Catalogue</h1></div>
      ${this.done ? html`<div role="status">${noticeView(this.done, 'good')}</div>` : nothing}
      ${this.#sending.error !== undefined ? this.#refusalView() : nothing}
      ${this.#catalogues.view((catalogues) => this.#listView(catalogues))}`
  }

  #refusalView(): TemplateResult {
    if (problemOf(this.#sending.error) === 'conflict')
      return html`<div class="notice failed" role="alert"><p>There are too many drafts already. Publish one or throw one away first.</p></div>`
    return failedView(this.#sending.error)
  }

  get #mayEdit(): boolean {
    return this.membership?.rights.includes('edit-catalogue') ?? false
  }

  #listView({ catalogues, drafts }: Catalogues): TemplateResult {
    const base = `/console/${this.provider}/catalogue`
    const latest = catalogues[0]
    return html`${
      this.#mayEdit
        ? html`<section>
            <h2>Drafts</h2>
            ${
              drafts.length === 0
                ? emptyView(
                    'There are no drafts. To change something, edit the version in force: that makes a draft, and schools see nothing of it before you publish.',
                  )
                : tableView(
                    'Drafts',
                    [
                      {
                        head: 'Draft',
                        names: true,
                        cell: ({ id, title, catalogue }) =>
                          html`<a href=${`${base}/drafts/${id}`}><b>${title}</b></a><small>${catalogue ?? ''}</small>`,
                      },
                      {
                        head: 'From',
                        cell: ({ basedOn }) =>
                          basedOn ? `${basedOn.catalogue}, version ${basedOn.version}` : 'Nothing',
                      },
                      {
                        head: 'Changed',
                        cell: ({ updatedAt, updatedBy }) =>
                          html`${agoView(updatedAt, Date.now())} by ${updatedBy.name || 'somebody'}`,
                      },
                    ],
                    drafts,
                  )
            }
            <div class="buttons">
              ${latest ? html`<a class="button secondary" href=${`${base}/next-year`}>Make next year’s catalogue</a>` : html`<button type="button" @click=${() => void this.#edit(undefined)}>Make the first catalogue</button>`}
              <a class="button secondary" href=${`${base}/import`}>Import a file</a>
            </div>
          </section>`
        : nothing
    }
    ${catalogues.length === 0 ? html`<h2>Published</h2>${emptyView('Nothing is published yet.')}` : catalogues.map((entry) => this.#yearView(entry, base))}
    ${this.#askView(catalogues)}`
  }

  #yearView({ catalogue, title, year, opensOn, versions }: CatalogueEntry, base: string): TemplateResult {
    const current = versions.find(({ state }) => state === 'in-force') ?? versions[0]
    const { today } = this.session
    const isOpen = opensOn <= today && today <= year.to
    return html`<section class="year">
      <h2>${catalogue}: ${title}</h2>
      <p class="note">Orders from ${longDate(opensOn)}, support from ${longDate(year.from)}, both until ${longDate(year.to)}.</p>
      ${
        this.#mayEdit && current
          ? html`<div class="buttons"><button type="button" class=${isOpen ? nothing : 'secondary'} @click=${() => void this.#edit({ catalogue, version: current.version })}>Edit ${catalogue}<span class="hidden">, version ${current.version}</span></button></div>`
          : nothing
      }
      ${tableView(
        `Versions of ${catalogue}`,
        [
          {
            head: 'Version',
            names: true,
            cell: ({ version }) => html`<a href=${`${base}/${catalogue}/${version}`}>Version ${version}</a>`,
          },
          { head: 'State', plain: true, cell: (version) => stateView(version, { year, opensOn }, this.session.today) },
          {
            head: 'Published',
            cell: ({ publishedAt, publishedBy }) =>
              html`${longMoment(publishedAt)}<small>${publishedBy === 'system' ? 'Loaded from a file' : `by ${publishedBy.name || 'somebody'}`}</small>`,
          },
          { head: 'What you can do', quiet: true, cell: (version) => this.#actionsView(catalogue, version) },
        ],
        versions,
      )}
    </section>`
  }

  #actionsView(catalogue: string, { version, state }: Version): TemplateResult {
    const about = html`<span class="hidden"> version ${version} of ${catalogue}</span>`
    const mayTakeBack =
      this.membership?.rights.includes('publish-catalogue') && (state === 'in-force' || state === 'scheduled')
    return html`<div class="tools">
      ${this.#mayEdit && state !== 'in-force' ? html`<button type="button" class="link" @click=${() => void this.#edit({ catalogue, version })}>Edit${about}</button>` : nothing}
      <a href=${`/api/console${path`/providers/${this.provider}/catalogues/${catalogue}/versions/${`${version}.json`}`}`} download>Download${about}</a>
      ${
        mayTakeBack
          ? html`<button type="button" class="link" @click=${() => {
              this.asked = { catalogue, version, state }
            }}>Take back${about}</button>`
          : nothing
      }
    </div>`
  }

  #askView(catalogues: readonly CatalogueEntry[]): TemplateResult {
    const { asked } = this
    const versions = catalogues.find(({ catalogue }) => catalogue === asked?.catalogue)?.versions ?? []
    const close = () => {
      this.asked = undefined
    }
    return dialogView(
      {
        id: 'take-back',
        heading: asked ? `Take version ${asked.version} of ${asked.catalogue} back?` : '',
        open: asked !== undefined,
        close,
      },
      html`<p>${asked ? afterwards(asked, versions) : ''}</p>
        <p>Orders stay as they were placed, at the price they were placed at.</p>
        <div class="buttons"><button type="button" @click=${() => void this.#takeBack()}>Take it back</button>
          <button type="button" class="secondary" @click=${close}>Leave it</button></div>`,
    )
  }

  async #takeBack(): Promise<void> {
    const { asked } = this
    if (!asked) return
    this.done = undefined
    await this.#sending.run(async () => {
      this.done = await takeBack(this.provider, asked)
    })
    this.asked = undefined
    await this.#catalogues.again()
  }

  /** Makes a draft of a version, or of nothing, and goes there. */
  async #edit(from: VersionName | undefined): Promise<void> {
    await this.#sending.run(async (key) => {
      const draft = await send<Draft>('POST', path`/providers/${this.provider}/drafts`, from ? { from } : {}, {
        key: key || newKey(),
      })
      announce('A draft is made')
      go(`/console/${this.provider}/catalogue/drafts/${draft.id}`)
    })
  }
}

/** A version's state as a word with its day. A version that counts takes no orders before its year opens and after it ends. */
export function stateView(
  { state, from, takenBackAt }: Version,
  term?: { year: { to: string }; opensOn: string },
  today = '',
): TemplateResult {
  if (state === 'in-force' && term && today > term.year.to) return html`<span class="state">Year over</span>`
  if (state === 'in-force' && term && today < term.opensOn)
    return html`<span class="state waits">Ready</span><small>orders from ${longDate(term.opensOn)}</small>`
  const [name, kind] = STATES[state]
  return html`<span class=${`state ${kind}`}>${name}</span>${
    state === 'scheduled' || (state === 'in-force' && from)
      ? html`<small>from ${longDate(from)}</small>`
      : takenBackAt
        ? html`<small>${longMoment(takenBackAt)}</small>`
        : nothing
  }`
}

/** What counts once a version is taken back, in words. */
export function afterwards(
  { catalogue, version, state }: VersionName & { state: Version['state'] },
  versions: readonly Version[],
): string {
  if (state === 'scheduled') {
    const current = versions.find((one) => one.state === 'in-force')
    return current ? `It will never start. Version ${current.version} goes on.` : 'It will never start.'
  }
  const before = versions
    .filter((one) => one.version !== version && one.state === 'retired')
    .sort((one, other) =>
      one.from < other.from || (one.from === other.from && one.version < other.version) ? 1 : -1,
    )[0]
  return before
    ? `Version ${before.version} then counts again, at once.`
    : `No other version of ${catalogue} is there: schools then see the catalogue of another year, or none.`
}

define('outreach-console-versions', OutreachConsoleVersions)
