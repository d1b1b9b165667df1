import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { toldBetween } from '../../../../catalogue/report/differences.ts'
import { nextYear } from '../../../../catalogue/rules/next-year.ts'
import { type Catalogue, catalogue as schema } from '../../../../catalogue/schema/catalogue.ts'
import { define } from '../../../kit/define.ts'
import { longDate } from '../../../words/en/money.ts'
import { get, path, send } from '../../api.ts'
import { announce, go } from '../../navigation.ts'
import { ConsolePage } from '../../page.ts'
import { Loading } from '../../parts/loading.ts'
import { emptyView, failedView } from '../../parts/notice.view.ts'
import { Sending } from '../../parts/sending.ts'
import type { Json } from '../document/places.ts'
import { written } from '../document/written.ts'
import { latestOf } from '../latest.ts'
import { wearLooks } from '../looks.ts'
import { changesView } from '../publish/publish.view.ts'
import type { Catalogues, Draft, VersionName, VersionReply } from '../replies.ts'
import { type RiseAnswers, riseBefore, riseOf, riseView } from './rise.view.ts'

interface Latest {
  name: VersionName
  catalogue: Catalogue
  taken: string[]
}

/**
 * Makes next year's catalogue out of this one: dates moved, prices raised, and the texts that name a year listed.
 *
 * @element outreach-console-next-year
 */
export class OutreachConsoleNextYear extends ConsolePage {
  static override properties: PropertyDeclarations = {
    answers: { state: true },
    wrong: { state: true },
  }

  declare private answers: RiseAnswers
  declare private wrong: boolean

  readonly #latest = new Loading(
    this,
    async (): Promise<Latest | null> => {
      const { catalogues } = await get<Catalogues>(path`/providers/${this.provider}/catalogues`)
      const name = latestOf(catalogues)
      if (!name) return null
      const { document } = await get<VersionReply>(
        path`/providers/${this.provider}/catalogues/${name.catalogue}/versions/${name.version}`,
      )
      const { data } = schema.safeParse(document)
      return data ? { name, catalogue: data, taken: catalogues.map(({ catalogue }) => catalogue) } : null
    },
    () => this.provider,
  )
  readonly #sending = new Sending(this)

  constructor() {
    super()
    this.answers = { ...riseBefore, percent: '0' }
    this.wrong = false
    this.loads.push(this.#latest)
    wearLooks()
  }

  protected override render(): TemplateResult {
    return html`<p class="back"><a href=${`/console/${this.provider}/catalogue`}>Catalogue</a></p>
      <h1>Make next year’s catalogue</h1>
      ${this.#latest.view((latest) => (latest ? this.#formView(latest) : emptyView('Nothing is published yet that could be copied.')))}`
  }

  #formView({ name, catalogue, taken }: Latest): TemplateResult {
    const rise = riseOf(this.answers)
    const next = rise && nextYear(catalogue, { ...rise, years: 1 }).catalogue
    return html`<p>It begins as a copy of ${name.catalogue}, version ${name.version}: “${catalogue.title}”. Every date moves on by a year. You get a draft, and schools see nothing of it before you publish.</p>
      <form novalidate class="draft-form" @submit=${this.#submit} @input=${this.#input}>
        ${riseView(this.answers, this.wrong)}
        ${
          next
            ? html`<section aria-live="polite"><h2>What it would be</h2>
                <p><b>${next.catalogue}: ${next.title}</b></p>
                <p>Orders from ${longDate(next.opensOn)}, support from ${longDate(next.year.from)}, both until ${longDate(next.year.to)}.</p>
                ${taken.includes(next.catalogue) ? html`<p class="error">There is a catalogue called ${next.catalogue} already. This draft would become its next version.</p>` : nothing}
                <details><summary>All that would be different</summary>${changesView(toldBetween(catalogue, next))}</details></section>`
            : nothing
        }
        ${this.#sending.error !== undefined ? failedView(this.#sending.error) : nothing}
        <div class="buttons"><button>Make the draft</button></div>
      </form>`
  }

  readonly #input = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
    this.answers = { ...this.answers, [target.name]: target.value }
    this.wrong = false
  }

  readonly #submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const rise = riseOf(this.answers)
    const latest = this.#latest.value
    if (!rise || !latest) {
      this.wrong = true
      await this.updateComplete
      this.querySelector<HTMLElement>('#percent')?.focus()
      return
    }
    const { catalogue } = nextYear(latest.catalogue, { ...rise, years: 1 })
    await this.#sending.run(async (key) => {
      const body = { from: latest.name, text: written(catalogue as unknown as Json), title: catalogue.title }
      const draft = await send<Draft>('POST', path`/providers/${this.provider}/drafts`, body, { key })
      announce('The draft is made')
      go(`/console/${this.provider}/catalogue/drafts/${draft.id}?step=review`)
    })
  }
}

define('outreach-console-next-year', OutreachConsoleNextYear)
