import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit'
import { type Told, toldBetween } from '../../../../catalogue/report/differences.ts'
import { nameOf } from '../../../../catalogue/report/names.ts'
import { pricingDay } from '../../../../catalogue/rules/in-force.ts'
import { movedDay, nextYear, type Proposal } from '../../../../catalogue/rules/next-year.ts'
import { effectsBetween } from '../../../../catalogue/rules/ordinary-baskets.ts'
import { type Catalogue, catalogue as schema } from '../../../../catalogue/schema/catalogue.ts'
import { ConnectionError } from '../../../kit/api.ts'
import { define } from '../../../kit/define.ts'
import { longDate } from '../../../words/en/money.ts'
import { detailOf, get, path, problemOf, send } from '../../api.ts'
import { announce } from '../../navigation.ts'
import { failedView } from '../../parts/notice.view.ts'
import { Sending } from '../../parts/sending.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import type { Json } from '../document/places.ts'
import type { Keeping } from '../keeping.ts'
import type { Draft, Published } from '../replies.ts'
import type { Reported, Reporting } from '../report/reporting.ts'
import { takeBack } from '../take-back.ts'
import { type OrdersEffect, readOrders } from './effect.ts'
import { basketsView, changesView, ordersView, warningsView } from './publish.view.ts'

/** What the draft is compared with, and what comes of it. */
interface Comparison {
  /** What it is compared with, as it follows "Compared with". */
  with: string
  told: Told[]
  baskets: ReturnType<typeof effectsBetween>
  before: Catalogue
  after: Catalogue
}

/**
 * The way from a draft to a published version: what stands against it, what will change for schools, when it starts; and then
 * what was published, with the way back.
 *
 * @element outreach-draft-publish
 * @fires outreach-draft-published - `Published`
 */
export class OutreachDraftPublish extends LitElement {
  static override properties: PropertyDeclarations = {
    provider: {},
    today: {},
    draft: { attribute: false },
    document: { attribute: false },
    keeping: { attribute: false },
    reporting: { attribute: false },
    mayPublish: { attribute: false },
    addressOf: { attribute: false },
    fresh: { state: true },
    orders: { state: true },
    ordersFailed: { state: true },
    when: { state: true },
    day: { state: true },
    wrong: { state: true },
    turned: { state: true },
    published: { state: true },
    takenBack: { state: true },
  }

  declare provider: string
  declare today: string
  declare draft: Draft
  declare document: DraftDocument
  declare keeping: Keeping
  declare reporting: Reporting
  declare mayPublish: boolean
  /** The address of a place in the draft. */
  declare addressOf: (pointer: string) => string
  /** The draft as the worker has it, saved. */
  declare private fresh: Draft | undefined
  declare private orders: OrdersEffect | undefined
  declare private ordersFailed: unknown
  declare private when: 'now' | 'day'
  declare private day: string
  declare private wrong: { day?: string; warnings?: boolean; said?: string }
  /** What the draft became when it was made the next year's, while that is news. */
  declare private turned: Proposal | undefined
  declare private published: Published | undefined
  declare private takenBack: string | undefined

  readonly #ticked = new Set<string>()
  readonly #sending = new Sending(this)
  readonly #taking = new Sending(this)
  #comparison: { text: string; result: Comparison | undefined } | undefined
  #failure: unknown
  #turn = 0
  readonly #redraw = () => this.requestUpdate()

  constructor() {
    super()
    this.when = 'now'
    this.day = ''
    this.wrong = {}
    this.mayPublish = true
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#begin()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#turn += 1
    this.reporting.removeEventListener('change', this.#redraw)
  }

  /** Saves what is not saved yet, and reads what the draft is compared with. */
  async #begin(): Promise<void> {
    const turn = ++this.#turn
    this.#failure = undefined
    this.orders = undefined
    await this.updateComplete
    this.reporting.addEventListener('change', this.#redraw)
    try {
      await this.keeping.save()
      const fresh = await get<Draft>(path`/providers/${this.provider}/drafts/${this.draft.id}`)
      if (turn !== this.#turn) return
      this.fresh = fresh
      if (fresh.published) this.published = fresh.published
      else if (this.#comparisonOf(fresh))
        await readOrders(
          this.provider,
          fresh.id,
          (sums) => {
            this.orders = sums
          },
          () => turn === this.#turn,
        ).catch((error: unknown) => {
          this.ordersFailed = error
        })
    } catch (error) {
      this.#failure = error
      this.requestUpdate()
    }
  }

  /** The comparison is worked out once for a text: typing in a date does not do it again. */
  #comparisonOf(fresh: Draft): Comparison | undefined {
    const text = this.document.text
    if (this.#comparison?.text !== text) this.#comparison = { text, result: compared(fresh, text, this.today) }
    return this.#comparison.result
  }

  protected override render(): TemplateResult {
    if (this.published) return this.#publishedView(this.published)
    const { report } = this.reporting
    if (this.#failure !== undefined) return failedView(this.#failure, () => void this.#begin())
    if (!this.fresh || !report) return html`<h2>Check and publish</h2><p role="status">Checking…</p>`
    if (report.mistakes.length > 0) return this.#stoppedView(report)
    return this.#readyView(this.fresh, report)
  }

  #nameOf(pointer: string): string {
    return pointer ? nameOf(pointer, this.document.document) : 'The whole draft'
  }

  #stoppedView({ mistakes }: Reported): TemplateResult {
    return html`<h2>Put ${mistakes.length === 1 ? 'one mistake' : `${mistakes.length} mistakes`} right first</h2>
      <p>The draft cannot be published while these stand in it.</p>
      <ul class="findings">${mistakes.map(
        ({ pointer, sentence, place }) =>
          html`<li><a href=${this.addressOf(pointer)}><b>${pointer ? this.#nameOf(pointer) : `Line ${place.line}`}</b></a><p>${sentence}</p></li>`,
      )}</ul>`
  }

  #readyView(fresh: Draft, { warnings }: Reported): TemplateResult {
    const comparison = this.#comparisonOf(fresh)
    return html`<h2>Check and publish</h2>
      ${this.keeping.isSaved ? nothing : html`<p class="error">The draft is not saved yet. It can be published once it is.</p>`}
      ${this.#turnedView()}
      <form novalidate @submit=${this.#submit} @input=${this.#input}>
        ${warnings.length > 0 ? html`<section class="step">${warningsView(warnings, this.#ticked, this.wrong.warnings === true, (pointer) => this.#nameOf(pointer))}</section>` : nothing}
        ${
          comparison
            ? html`<section class="step"><h3>What will change</h3><p class="note">Compared with ${comparison.with}.</p>${changesView(comparison.told)}</section>
              <section class="step"><h3>What ordinary baskets cost</h3>${basketsView(comparison.baskets, comparison.before, comparison.after)}</section>
              <section class="step"><h3>What the last year’s orders would cost</h3><p class="note">Orders that were placed stay as they are. This only shows what the same would cost by the draft.</p>
                ${ordersView(this.orders, this.ordersFailed, (reference) => `/console/${this.provider}/orders/${reference}`)}</section>`
            : html`<section class="step"><h3>What will change</h3><p>This is the first catalogue of its year, so there is nothing to compare it with.</p></section>`
        }
        <section class="step"><h3>When it starts</h3>${this.mayPublish ? this.#whenView(fresh) : html`<p>Your role can edit drafts, but not publish them. An owner or a catalogue editor can.</p>`}</section>
      </form>`
  }

  #whenView(fresh: Draft): TemplateResult {
    const tomorrow = dayAfter(this.today)
    return html`<fieldset class="question" id="when" tabindex="-1"><legend class="hidden">When it starts</legend>
        <label class="choice"><input type="radio" name="when" value="now" ?checked=${this.when === 'now'}> <span>Now<small>Schools see it within a minute.</small></span></label>
        <label class="choice"><input type="radio" name="when" value="day" ?checked=${this.when === 'day'}> <span>From a day on<small>Until then everything stays as it is.</small></span></label>
        ${
          this.when === 'day'
            ? html`<div class="question inset"><label for="from">The first day</label>
                ${this.wrong.day ? html`<p class="error" id="from--error">${this.wrong.day}</p>` : nothing}
                <input type="date" id="from" name="from" min=${tomorrow} .value=${this.day} aria-invalid=${this.wrong.day ? 'true' : nothing} aria-describedby=${this.wrong.day ? 'from--error' : nothing}>
                ${this.#nextYearView()}</div>`
            : nothing
        }
      </fieldset>
      ${this.wrong.said ? html`<div class="notice failed" role="alert"><p>${this.wrong.said}</p></div>` : nothing}
      ${this.#sending.error !== undefined && !this.wrong.said ? failedView(this.#sending.error) : nothing}
      <div class="buttons"><button>${this.when === 'now' ? 'Publish now' : 'Schedule'}</button></div>
      <p class="note">${fresh.liveVersion ? `It takes the place of version ${fresh.liveVersion}. ` : ''}You can take it back in one press. Orders stay as they were placed.</p>`
  }

  /** The year that the draft is for; nothing where the draft cannot be read. */
  #catalogue(): Catalogue | undefined {
    return this.document.isBroken ? undefined : schema.safeParse(this.document.document).data
  }

  /** Whether the day is one on which the draft's own year is over. */
  #isAfterYear(): boolean {
    const lastDay = this.#catalogue()?.year.to
    return this.when === 'day' && lastDay !== undefined && this.day > lastDay
  }

  /** A day after the year's end is the next year's, and this is the way there. */
  #nextYearView(): unknown {
    const catalogue = this.#catalogue()
    const isNextYear = catalogue && this.#isAfterYear() && this.day <= movedDay(catalogue.year.to, 1, true)
    return html`<div role="status">${
      isNextYear
        ? html`<div class="notice warning"><p>For a day after ${longDate(catalogue.year.to)}, make this draft next year’s catalogue. Its prices and texts stay, and every date moves on by a year.</p>
          <button type="button" class="secondary" @click=${this.#makeNextYear}>Make it next year’s catalogue</button></div>`
        : nothing
    }</div>`
  }

  readonly #makeNextYear = async () => {
    const catalogue = this.#catalogue()
    if (!catalogue) return
    this.turned = nextYear(catalogue, { percent: 0, roundTo: 1, rounding: 'nearest', years: 1 })
    this.wrong = {}
    this.document.change(this.turned.catalogue as unknown as Json, '')
    announce(`This draft is for ${this.turned.catalogue.catalogue} now`)
    await this.#focus('turned')
    await this.#begin()
  }

  #turnedView(): unknown {
    if (!this.turned) return nothing
    const { catalogue, review } = this.turned
    return html`<div class="notice good"><p id="turned" tabindex="-1"><b>This draft is next year’s catalogue now: ${catalogue.catalogue}.</b>
      Orders from ${longDate(catalogue.opensOn)}, support from ${longDate(catalogue.year.from)}, both until ${longDate(catalogue.year.to)}. One “Undo” in the draft takes it back.</p>
      ${review.length > 0 ? html`<p><a href="?step=review">${review.length === 1 ? 'Read the place again where a year, an amount or a day may no longer be right' : `Read the ${review.length} places again where a year, an amount or a day may no longer be right`}</a></p>` : nothing}</div>`
  }

  readonly #input = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return
    if (target.name === 'warning') {
      if (target.checked) this.#ticked.add(target.value)
      else this.#ticked.delete(target.value)
    }
    if (target.name === 'when') this.when = target.value === 'day' ? 'day' : 'now'
    if (target.name === 'from') this.day = target.value
  }

  readonly #submit = (event: SubmitEvent) => {
    event.preventDefault()
    void this.#publish()
  }

  async #publish(): Promise<void> {
    const warnings = this.reporting.report?.warnings ?? []
    const unread = warnings.filter(({ id }) => !this.#ticked.has(id))
    const day =
      this.when === 'day' && !this.day
        ? 'Enter the day on which it starts.'
        : this.when === 'day' && this.day <= this.today
          ? 'Enter a day after today, or publish now.'
          : this.#isAfterYear()
            ? `Enter a day up to ${longDate(this.#catalogue()?.year.to ?? '')}: the catalogue’s year ends then.`
            : undefined
    this.wrong = { ...(day && { day }), ...(unread.length > 0 && { warnings: true }) }
    if (unread.length > 0) return this.#focus('warnings')
    if (day) return this.#focus('from')
    const worked = await this.#sending.run(async () => {
      await this.keeping.save()
      // What the worker does not have would not be published, and nobody would notice.
      if (!this.keeping.isSaved) throw new ConnectionError('not saved')
      const body = {
        from: this.when === 'now' ? 'now' : this.day,
        revision: this.keeping.revision,
        warnings: warnings.map(({ id }) => id),
        live: this.fresh?.liveVersion ?? null,
      }
      this.published = await send<Published>(
        'POST',
        path`/providers/${this.provider}/drafts/${this.draft.id}/publish`,
        body,
      )
    })
    if (worked && this.published) {
      this.keeping.close()
      announce('Published')
      this.dispatchEvent(
        new CustomEvent<Published>('outreach-draft-published', { bubbles: true, detail: this.published }),
      )
      await this.#focus('published')
      return
    }
    this.wrong = { said: this.#refusalSaid() }
    // Somebody was quicker, or the rules have changed: what is shown is read anew.
    if (/changed-meanwhile|conflict|not-publishable/.test(problemOf(this.#sending.error) ?? '')) {
      await this.keeping.catchUp()
      await this.#begin()
    }
  }

  #refusalSaid(): string {
    const { error } = this.#sending
    const { detail, lastDay } = detailOf<{ detail: string; lastDay: string }>(error)
    switch (problemOf(error)) {
      case 'changed-meanwhile':
        return 'Somebody changed the draft meanwhile. Read what will change again, then publish.'
      case 'not-publishable':
        return 'The draft has mistakes or warnings that have not been ticked. Read them again.'
      case 'invalid':
        return lastDay
          ? `Choose a day up to ${longDate(lastDay)}: the catalogue’s year ends then.`
          : 'Choose another day.'
      case 'conflict':
        return detail ?? 'Somebody published meanwhile. Read what will change again, then publish.'
      default:
        return 'It was not published: the service did not answer. Nothing is lost. Try again.'
    }
  }

  #publishedView({ catalogue, version, from }: Published): TemplateResult {
    const isLater = from > this.today
    if (this.takenBack !== undefined)
      return html`<h2 id="published" tabindex="-1">Taken back</h2><p>${this.takenBack}</p>
        <p><a href=${`/console/${this.provider}/catalogue`}>Go to the catalogues</a></p>`
    return html`<h2 id="published" tabindex="-1">${isLater ? 'Scheduled' : 'Published'}</h2>
      <p>${catalogue}, version ${version}, ${isLater ? html`counts from <b>${longDate(from)}</b>. Until then everything stays as it is.` : html`counts <b>now</b>.`}</p>
      <ul class="ways">
        ${isLater ? nothing : html`<li><a href=${`/${this.provider}/packages?catalogue=${catalogue}`} target="_blank">See it on your pages<span class="hidden"> (opens in a new tab)</span></a></li>`}
        <li><a href=${`/console/${this.provider}/catalogue`}>Go to the catalogues</a></li>
      </ul>
      <h3>Was that too early?</h3>
      <p>${isLater ? 'Taken back, it never starts, and today’s version goes on.' : 'Taken back, the version before it counts again.'} Orders stay as they were placed.</p>
      ${this.#taking.error !== undefined ? failedView(this.#taking.error) : nothing}
      <div class="buttons"><button type="button" class="secondary" @click=${this.#takeBack}>Take it back</button></div>`
  }

  readonly #takeBack = async () => {
    const { published } = this
    if (!published) return
    await this.#taking.run(async () => {
      this.takenBack = await takeBack(this.provider, published)
    })
    if (this.takenBack !== undefined) {
      announce('Taken back')
      await this.#focus('published')
    }
  }

  async #focus(id: string): Promise<void> {
    await this.updateComplete
    this.querySelector<HTMLElement>(`[id="${id}"]`)?.focus()
  }
}

function compared(
  { liveText, liveVersion, basedOnText, basedOn, catalogue }: Draft,
  text: string,
  today: string,
): Comparison | undefined {
  const other = liveText ?? basedOnText
  if (other === null) return undefined
  const [before, after] = [read(other), read(text)]
  if (before === undefined || after === undefined) return undefined
  const said =
    liveText !== null
      ? `version ${liveVersion} of ${catalogue}, which counts today`
      : `version ${basedOn?.version} of ${basedOn?.catalogue}, from which the draft was made`
  const on = pricingDay(after.catalogue, today)
  return {
    with: said,
    told: toldBetween(before.document, after.document),
    baskets: effectsBetween(before.catalogue, after.catalogue, on),
    before: before.catalogue,
    after: after.catalogue,
  }
}

function read(text: string): { document: Json; catalogue: Catalogue } | undefined {
  try {
    const document: Json = JSON.parse(text)
    const { data } = schema.safeParse(document)
    return data && { document: data as unknown as Json, catalogue: data }
  } catch {
    return undefined
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

define('outreach-draft-publish', OutreachDraftPublish)
