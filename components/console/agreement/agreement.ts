import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { agreementView } from '../../kit/agreement.view.ts'
import { define } from '../../kit/define.ts'
import { get, path, problemOf } from '../api.ts'
import { wearLooks } from '../cases/looks.ts'
import { ConsolePage } from '../page.ts'
import { Loading } from '../parts/loading.ts'
import { emptyView } from '../parts/notice.view.ts'

/**
 * The agreement of a referral, to be read and printed: whom it is for as far as one may know, each clause, and who has signed.
 *
 * @element outreach-console-agreement
 */
export class OutreachConsoleAgreement extends ConsolePage {
  readonly #detail = new Loading(
    this,
    () => get<CaseReply>(this.#address),
    () => this.#address,
  )

  constructor() {
    super()
    wearLooks()
    this.loads.push(this.#detail)
  }

  get #reference(): string {
    return this.place.params.case ?? ''
  }

  get #address(): string {
    return path`/providers/${this.provider}/cases/${this.#reference}`
  }

  override get tabTitle(): string {
    return `Agreement: ${this.#reference}`
  }

  protected override render(): TemplateResult {
    const isGone = problemOf(this.#detail.error) === 'not-found'
    return html`<p class="back"><a href=${`/console/${this.provider}/cases/${this.#reference}`}>Referral ${this.#reference}</a></p>
      ${isGone ? html`<h1>Agreement</h1>${emptyView('You cannot open this referral.')}` : this.#detail.view(({ agreement, case: { pathway } }) => this.#agreementView(agreement, pathway.name))}`
  }

  #agreementView(agreement: CaseReply['agreement'], pathway: string): TemplateResult {
    if (!agreement) return html`<h1>Agreement</h1>${emptyView('Referrals of this kind have no agreement.')}`
    return html`<p class="note">Referral ${this.#reference} · ${pathway}</p>
      <h1>${agreement.title}</h1>
      ${agreement.about === null ? html`<p class="note">Permission has run out, so that whom it is for is not shown.</p>` : nothing}
      ${agreementView(agreement)}
      <div class="buttons"><button type="button" class="secondary" @click=${() => window.print()}>Print</button></div>`
  }
}

define('outreach-console-agreement', OutreachConsoleAgreement)
