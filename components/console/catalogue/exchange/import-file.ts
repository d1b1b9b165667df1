import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { type Told, toldBetween } from '../../../../catalogue/report/differences.ts'
import { type Report, reportOn } from '../../../../catalogue/report.ts'
import { define } from '../../../kit/define.ts'
import { get, path, send } from '../../api.ts'
import { announce, go } from '../../navigation.ts'
import { ConsolePage } from '../../page.ts'
import { Loading } from '../../parts/loading.ts'
import { failedView } from '../../parts/notice.view.ts'
import { Sending } from '../../parts/sending.ts'
import { isObject, type Json } from '../document/places.ts'
import { written } from '../document/written.ts'
import { latestOf } from '../latest.ts'
import { wearLooks } from '../looks.ts'
import { changesView } from '../publish/publish.view.ts'
import type { Catalogues, Draft, VersionName, VersionReply } from '../replies.ts'

/** The largest text that a draft can be, in bytes. */
const MOST_BYTES = 512_000

/** A file that can become a draft, and what it would change. */
interface Read {
  text: string
  report: Report
  /** What it is compared with. */
  from: VersionName | undefined
  told: Told[] | undefined
  /** Whose catalogue it is, where it is another provider's. */
  foreign: string | undefined
  title: string
}

/**
 * Makes a draft of a catalogue's file: what is wrong with it and what it would change is said first.
 *
 * @element outreach-console-import
 */
export class OutreachConsoleImport extends ConsolePage {
  static override properties: PropertyDeclarations = {
    read: { state: true },
    refusal: { state: true },
  }

  declare private read: Read | undefined
  declare private refusal: string | undefined

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
    const wrong = this.refusal ? 'import--error' : nothing
    return html`<p class="back"><a href=${`/console/${this.provider}/catalogue`}>Catalogue</a></p>
      <h1>Import a catalogue</h1>
      <p>A file that was downloaded here, or written by hand. It becomes a draft, and schools see nothing of it before you publish.</p>
      ${this.refusal ? html`<div class="notice failed" role="alert" id="import--error"><p>${this.refusal}</p></div>` : nothing}
      <div class="question"><label for="file">The file</label>
        <input type="file" id="file" accept=".json,application/json" aria-describedby=${wrong} @change=${this.#choose}></div>
      <details class="which"><summary>Or paste its text</summary>
        <form novalidate @submit=${this.#paste}>
          <div class="question"><label for="text">The text</label><textarea id="text" name="text" rows="8" spellcheck="false" aria-describedby=${wrong}></textarea></div>
          <div class="buttons"><button class="secondary">Read it</button></div>
        </form>
      </details>
      ${this.#sending.error !== undefined ? failedView(this.#sending.error) : nothing}
      ${this.read ? this.#readView(this.read) : nothing}`
  }

  #readView({ report, from, told, foreign, title }: Read): TemplateResult {
    const { mistakes, warnings } = report
    return html`<section class="step" id="read" tabindex="-1"><h2>${title}</h2>
      ${foreign ? html`<p>This is the catalogue of another provider (${foreign}). Its offers can be yours: your own name, contacts and addresses for letters take the place of theirs.</p>` : nothing}
      ${
        mistakes.length > 0
          ? html`<p>${mistakes.length === 1 ? 'One mistake has' : `${mistakes.length} mistakes have`} to be put right in the draft before it can be published. The first: ${mistakes[0]?.sentence}</p>`
          : html`<p>There is nothing to put right in it${warnings.length > 0 ? `, and there ${warnings.length === 1 ? 'is one thing' : `are ${warnings.length} things`} to know` : ''}.</p>`
      }
      ${told ? html`<h3>What would be different</h3><p class="note">Compared with ${from?.catalogue}, version ${from?.version}.</p>${changesView(told)}` : nothing}
      <div class="buttons"><button type="button" @click=${() => void this.#make()}>Make a draft of it</button></div>
    </section>`
  }

  readonly #choose = async ({ target }: Event) => {
    const [file] = (target instanceof HTMLInputElement && target.files) || []
    if (!file) return
    if (file.size > MOST_BYTES) {
      this.#refuse(
        `This file is ${size(file.size)}. A catalogue is at most ${size(MOST_BYTES)}, so this is something else.`,
      )
      return
    }
    await this.#take(await file.text())
  }

  readonly #paste = async (event: SubmitEvent) => {
    event.preventDefault()
    const text = this.querySelector<HTMLTextAreaElement>('#text')?.value ?? ''
    await this.#take(text)
  }

  #refuse(sentence: string): void {
    this.read = undefined
    this.refusal = sentence
  }

  async #take(text: string): Promise<void> {
    this.refusal = undefined
    this.read = undefined
    if (text.trim() === '') return this.#refuse('There is nothing in it.')
    if (new TextEncoder().encode(text).length > MOST_BYTES)
      return this.#refuse(`This is more than ${size(MOST_BYTES)}. A catalogue is smaller, so this is something else.`)
    const report = reportOn(text)
    const document = parsed(text)
    if (document === undefined) {
      const [first] = report.mistakes
      return this.#refuse(
        `This cannot be read as JSON. ${first ? `Line ${first.place.line}, column ${first.place.column}: ${first.sentence}` : ''}`,
      )
    }
    if (!isObject(document) || !Array.isArray(document.offers) || !isObject(document.provider))
      return this.#refuse('This can be read, but it is no catalogue: it has no provider and no offers.')
    const owner = document.provider.id
    const foreign = typeof owner === 'string' && owner !== this.provider ? owner : undefined
    try {
      const base = await this.#baseFor(document.catalogue)
      const own = foreign && base ? { ...document, ...ownParts(base.document) } : document
      const finished = foreign ? written(own) : text
      this.read = {
        text: finished,
        report: foreign ? reportOn(finished) : report,
        from: base?.name,
        told: base && toldBetween(base.document, own),
        foreign,
        title: typeof document.title === 'string' ? document.title : 'A catalogue',
      }
      await this.updateComplete
      this.querySelector<HTMLElement>('#read')?.focus()
    } catch {
      this.#refuse('What is published could not be read to compare it with. Try again.')
    }
  }

  /** The version that counts of the same year, else of the latest. */
  async #baseFor(year: Json | undefined): Promise<{ name: VersionName; document: Json } | undefined> {
    const { catalogues } =
      this.#catalogues.value ?? (await get<Catalogues>(path`/providers/${this.provider}/catalogues`))
    const name = latestOf(catalogues, year)
    if (!name) return undefined
    const { document } = await get<VersionReply>(
      path`/providers/${this.provider}/catalogues/${name.catalogue}/versions/${name.version}`,
    )
    return { name, document: document as Json }
  }

  async #make(): Promise<void> {
    const { read } = this
    if (!read) return
    await this.#sending.run(async (key) => {
      const body = { text: read.text, ...(read.from && { from: read.from }) }
      const draft = await send<Draft>('POST', path`/providers/${this.provider}/drafts`, body, { key })
      announce('The draft is made')
      go(`/console/${this.provider}/catalogue/drafts/${draft.id}`)
    })
  }
}

/** What is a provider's own in its catalogue. */
function ownParts(document: Json): { [key: string]: Json } {
  if (!isObject(document)) return {}
  const { provider = {}, contacts = [], letters = { orders: [] } } = document
  return { provider, contacts, letters }
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function size(bytes: number): string {
  return bytes >= 1_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.round(bytes / 1_000)} KB`
}

define('outreach-console-import', OutreachConsoleImport)
