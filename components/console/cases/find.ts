import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import type { CaseCard, CasesReply } from '../../../catalogue/wire/case.ts'
import { define } from '../../kit/define.ts'
import { path, send } from '../api.ts'
import { announce } from '../navigation.ts'
import { ConsolePage } from '../page.ts'
import { answersOf, lineView } from '../parts/field.view.ts'
import { emptyView, failureText } from '../parts/notice.view.ts'
import { Sending } from '../parts/sending.ts'
import { casesTable } from './cases.view.ts'
import { type Wrong, wrongIn } from './faults.ts'
import { wearLooks } from './looks.ts'
import { tabsView } from './tabs.view.ts'

/**
 * Finds a pupil's referrals by name and date of birth, or one by its reference. What is typed stands in no address, in no history and in
 * no storage: who comes back to the page types it again.
 *
 * @element outreach-console-find
 */
export class OutreachConsoleFind extends ConsolePage {
  static override properties: PropertyDeclarations = {
    found: { state: true },
    wrong: { state: true },
    asked: { state: true },
  }

  declare private found: readonly CaseCard[] | undefined
  /** The reference that was looked for; no name is remembered. */
  declare private asked: string
  declare private wrong: Wrong | undefined

  readonly #sending = new Sending(this)

  constructor() {
    super()
    this.asked = ''
    wearLooks()
  }

  protected override render(): TemplateResult {
    const { busy, error } = this.#sending
    const errorAt = (name: string) => (this.wrong?.name === name ? this.wrong.text : undefined)
    return html`<h1>Find a pupil</h1>
      ${tabsView(this.provider, this.membership, 'find')}
      <p>Whoever rings gives the name and date of birth, or the reference of their letter. You find every referral of the pupil to ${this.membership?.name ?? 'this provider'} that you may open, whichever school made it.</p>
      <form novalidate autocomplete="off" @submit=${this.#find}>
        ${lineView({ name: 'name', label: 'The pupil’s name', hint: 'First name and surname. Capitals, accents and their order do not matter.', size: 'long', autocomplete: 'off', maxlength: 200, error: errorAt('name') })}
        ${lineView({ name: 'born', label: 'Date of birth', type: 'date', size: 'short', autocomplete: 'off', error: errorAt('born') })}
        <p class="or">or</p>
        ${lineView({ name: 'reference', label: 'Reference', size: 'short', autocomplete: 'off', maxlength: 20, error: errorAt('reference') })}
        ${error === undefined ? nothing : html`<p class="error" role="alert">${failureText(error)}</p>`}
        <button>${busy ? 'Looking…' : 'Find'}</button>
      </form>
      ${this.found ? this.#foundView(this.found) : nothing}`
  }

  #foundView(found: readonly CaseCard[]): TemplateResult {
    if (found.length === 0)
      return emptyView(html`<p>Nothing was found.</p>
        <p>The name has to be the one that the school wrote, with the date of birth. A referral that waits for consent, or was stopped, is not found.</p>
        ${
          this.asked && this.membership?.rights.includes('erase-cases')
            ? html`<p>Where a family asks what is held of it: <a href=${`/console/${this.provider}/cases/${this.asked}`}>give out or erase ${this.asked}</a></p>`
            : nothing
        }`)
    return html`<h2>${found.length === 1 ? '1 referral' : `${found.length} referrals`}</h2>
      ${casesTable(this.provider, found, false)}`
  }

  readonly #find = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const { name = '', born = '', reference = '' } = answersOf(form)
    this.found = undefined
    this.wrong = reference
      ? undefined
      : name
        ? born
          ? undefined
          : { name: 'born', text: 'Enter the date of birth too: a name alone is not enough' }
        : { name: 'name', text: 'Enter a name and a date of birth, or a reference' }
    if (this.wrong) return this.#toWrong()
    this.asked = reference.toUpperCase()
    const body = reference ? { reference: this.asked } : { name, born }
    await this.#sending.run(async () => {
      const { cases } = await send<CasesReply>('POST', path`/providers/${this.provider}/cases/find`, body)
      this.found = cases
      announce(cases.length > 0 ? `${cases.length} found` : 'Nothing was found')
    })
    const [wrong] = wrongIn(this.#sending.error, (called) =>
      [called].find((name) => this.querySelector(`#${CSS.escape(name)}`)),
    )
    if (!wrong) return
    this.#sending.forget()
    this.wrong = wrong
    await this.#toWrong()
  }

  async #toWrong(): Promise<void> {
    await this.updateComplete
    this.querySelector<HTMLElement>(`#${CSS.escape(this.wrong?.name ?? '')}`)?.focus()
  }
}

define('outreach-console-find', OutreachConsoleFind)
