import { html, nothing, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { get, path, send } from '../api.ts'
import { go } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { Loading } from '../parts/loading.ts'
import { failedView } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { DraftDocument } from './document/draft-document.ts'
import { isObject, type Json } from './document/places.ts'
import { written } from './document/written.ts'
import { wearLooks } from './looks.ts'
import './preview/draft-preview.ts'
import type { Draft, VersionReply } from './replies.ts'
import { stateView } from './versions.ts'

/**
 * A published version: what it looks like to schools, and its file.
 *
 * @element outreach-console-version
 */
export class OutreachConsoleVersion extends ConsolePage {
  readonly #version = new Loading(
    this,
    async () => {
      const reply = await get<VersionReply>(
        path`/providers/${this.provider}/catalogues/${this.#year}/versions/${this.place.params.version ?? ''}`,
      )
      return { ...reply, text: new DraftDocument(written(reply.document as Json)) }
    },
    () => [this.provider, this.#year, this.place.params.version],
  )
  readonly #sending = new Sending(this)

  constructor() {
    super()
    this.loads.push(this.#version)
    wearLooks()
  }

  get #year(): string {
    return this.place.params.year ?? ''
  }

  protected override render(): TemplateResult {
    const base = `/console/${this.provider}/catalogue`
    return html`<p class="back"><a href=${base}>Catalogue</a></p>
      <h1>${this.#year}, version ${this.place.params.version}</h1>
      ${this.#version.view(({ text, ...version }) => {
        const { document } = text
        return html`<p>${stateView(version)}</p>
          <p>${isObject(document) && typeof document.title === 'string' ? document.title : ''}</p>
          ${this.#sending.error !== undefined ? failedView(this.#sending.error) : nothing}
          <div class="buttons">
            ${this.membership?.rights.includes('edit-catalogue') ? html`<button type="button" @click=${() => void this.#edit(version.version)}>Edit a copy</button>` : nothing}
            <a class="button secondary" download href=${`/api/console${path`/providers/${this.provider}/catalogues/${this.#year}/versions/${`${version.version}.json`}`}`}>Download as JSON</a>
          </div>
          <outreach-draft-preview class="draft-side read" .draft=${text} today=${this.session.today}></outreach-draft-preview>`
      })}`
  }

  async #edit(version: number): Promise<void> {
    await this.#sending.run(async (key) => {
      const from = { catalogue: this.#year, version }
      const draft = await send<Draft>('POST', path`/providers/${this.provider}/drafts`, { from }, { key })
      go(`/console/${this.provider}/catalogue/drafts/${draft.id}`)
    })
  }
}

define('outreach-console-version', OutreachConsoleVersion)
