import { html, type TemplateResult } from 'lit'
import type { PartAnswers } from '../../catalogue/wire/answers.ts'
import type {
  BegunReply,
  DraftReply,
  PartReply,
  PathwayReply,
  PathwaysReply,
  SentReply,
} from '../../catalogue/wire/referral.ts'
import { ask, ProblemError, served } from '../kit/api.ts'
import { define } from '../kit/define.ts'
import { OutreachElement } from '../kit/element.ts'
import type { Wrong } from '../kit/error-summary.view.ts'
import { words } from '../words/en/referral-form.ts'
import { referralFormStyles } from './referral-form.styles.ts'
import { areaView, chooseView, type Host, type ReferralModel, view } from './referral-form.view.ts'
import {
  allOf,
  answersFrom,
  type Draft,
  type Entries,
  type KeptPart,
  type Place,
  placeAfter,
  placeBack,
  placeForth,
  placeOf,
  sentenceOf,
  wrongIn,
} from './steps.ts'

/** What an entry of the tab’s history remembers: which page it shows, and how many of ours stand before it. Never an answer. */
interface Mark {
  provider: string
  place: Place
  depth: number
}

type State = Omit<ReferralModel, 'reply' | 'host' | 'typed' | 'carried'>

const noDraft: Draft = { parts: {}, colleagues: [], only: [], keptUntil: '' }
const beginning: State = { place: 'start', fits: {}, email: '', draft: noDraft, ticked: [], wrong: [] }

/** What no page but its own shows. */
const bare = { wrong: [], notice: undefined, theirs: undefined }

/**
 * Refers a pupil: whether it is the right way, a list of parts, a page for each, a check, the confirmation. What is typed is kept on
 * the worker, sealed, and in memory until it is there; the key that opens it is in memory alone.
 *
 * @element outreach-referral-form
 * @fires outreach-referral-sent - `{ reference }`, once the referral is kept
 */
export class OutreachReferralForm extends OutreachElement<PathwayReply | PathwaysReply> {
  static override properties = { ...OutreachElement.properties, pathway: {} }
  static override styles = [OutreachElement.styles, referralFormStyles]

  /** Id of the pathway; else the visitor chooses. */
  declare pathway: string | null

  #state = beginning
  /** Where the draft is, and what opens it. */
  #begun: Pick<BegunReply, 'id' | 'key'> | undefined
  /** What was typed on parts’ pages and is not kept yet. */
  #typed: Record<string, PartAnswers> = {}
  /** What the page says while its answers show and hide other questions. */
  #asking: PartAnswers | undefined
  /** The last request that was made under a key, and the key. */
  #intention = ['', '']
  /** One save waits for another, since each says which revision it follows. */
  #saving: Promise<unknown> = Promise.resolve()
  readonly #recall = () => {
    const place = this.#mark?.place
    if (!place || this.#state.sent) return
    this.#leave()
    this.#show(this.#begun && !/^(tasks|part|co|check|send)/.test(place) ? 'tasks' : place)
  }
  readonly #hide = () => {
    if (document.hidden) this.#leave()
  }

  constructor() {
    super()
    this.pathway = null
    this.listen('change', () => {
      const part = this.#part
      if (!part?.questions.some(({ when }) => when)) return
      // What is hidden stands in its control still, should it be asked again.
      this.#asking = { ...this.#kept, ...this.#asking, ...answersFrom(part, this.#entries) }
      this.requestUpdate()
    })
    this.listen('click', ({ name, value }) => {
      if (name === 'go') this.#press(value)
      else if (name === 'choose') this.pathway = value
      else if (name === 'print') print()
    })
    this.addEventListener('click', (event) => {
      const [target] = event.composedPath()
      if (!(target instanceof Element)) return
      // The second click of a double click is not meant for the page that the first one led to.
      if (event.detail > 1 && target.closest('button')) event.preventDefault()
      // A page’s address does not reach into a shadow root, and is not ours to change.
      const id = target.closest('a[href^="#"]')?.getAttribute('href')?.slice(1)
      if (!id) return
      event.preventDefault()
      this.#focus(id)
    })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('popstate', this.#recall)
    document.addEventListener('visibilitychange', this.#hide)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('popstate', this.#recall)
    document.removeEventListener('visibilitychange', this.#hide)
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot()
    root.addEventListener('submit', (event) => {
      const pressed = event instanceof SubmitEvent && event.submitter?.getAttribute('value')
      this.#press(pressed || 'next')
    })
    return root
  }

  protected override get what(): string {
    return `pathways${this.pathway ? `/${this.pathway}` : ''}`
  }

  protected override get said(): typeof words {
    return words
  }

  protected async load(): Promise<PathwayReply | PathwaysReply> {
    const reply = served<PathwayReply | PathwaysReply>(...this.asked)
    if (this.matches(':lang(cy)'))
      this.pack = await import('../words/cy/referral-pack.ts').then(
        ({ cy }) => cy,
        () => undefined,
      )
    const found = await reply
    if ('pathways' in found && found.pathways.length === 1) this.pathway = found.pathways[0]?.id ?? null
    // A mark from before the page was loaded again stands for answers that are gone.
    if (this.#mark) this.#leaveMark('replaceState', 'start', 0)
    return found
  }

  protected show(reply: PathwayReply | PathwaysReply): TemplateResult {
    const { api, provider, headingLevel, today, pack } = this
    const query = new URLSearchParams({ ...(today && { today }), ...(pack && { lang: 'cy' }) })
    const host: Host = {
      beside: (page) => `${api}/${provider}/${page}?${query}`,
      area: areaView,
      headingLevel,
    }
    if ('pathways' in reply)
      return chooseView(
        reply,
        host,
        (id, name) => html`<button type="button" class="link" name="choose" value=${id} lang="en">${name}</button>`,
      )
    const typed = this.#asking ?? this.#typed[placeOf(this.#state.place)[1]]
    return html`${view({ ...this.#state, reply, typed, host })}<span class="hidden" role="status">${this.#state.isBusy ? words.busy : ''}</span>`
  }

  get #pathway(): PathwayReply['pathway'] | undefined {
    return this.loaded && 'pathway' in this.loaded ? this.loaded.pathway : undefined
  }

  /** The part whose page is shown. */
  get #part(): PathwayReply['pathway']['parts'][number] | undefined {
    const [page, of] = placeOf(this.#state.place)
    return page === 'part' ? this.#pathway?.parts.find(({ id }) => id === of) : undefined
  }

  /** What is kept of that part. */
  get #kept(): PartAnswers {
    return this.#state.draft.parts[placeOf(this.#state.place)[1]]?.answers ?? {}
  }

  get #entries(): Entries {
    const entries = [...new FormData(this.renderRoot.querySelector('form') ?? undefined)]
    return entries.map(([name, value]) => [name, `${value}`])
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change }
    this.requestUpdate()
  }

  /** Does what a page’s button says, once at a time. What has gone wrong is said, and nothing that was typed is gone. */
  async #press(value: string): Promise<void> {
    if (this.#state.isBusy) return
    const entries = this.#entries
    this.#set({ isBusy: true })
    let said: Partial<State> = {}
    try {
      const next = await this.#turn(value, entries)
      this.speak()
      if (Array.isArray(next)) said = { wrong: next }
      else if (next) {
        // A colleague may have done something meanwhile.
        if (/^(tasks|check)$/.test(next)) await this.#refresh()
        this.#set({ isBusy: false })
        this.#goTo(next)
        return
      }
    } catch (error) {
      this.speak()
      said = this.#troubleIn(error)
    }
    this.#asking = undefined
    this.#set({ ...bare, isBusy: false, ...said })
    this.#focus('summary')
  }

  /** One turn of the form: the page that follows, what is wrong on this one, or nothing where the browser goes back. */
  async #turn(value: string, entries: Entries): Promise<Place | Wrong[] | undefined> {
    const pathway = this.#pathway
    const part = this.#part
    const { place, draft, fits } = this.#state
    const [page, of] = placeOf(place)
    if (!pathway) return undefined
    if (value === 'theirs') {
      delete this.#typed[of]
      this.#set(bare)
    } else if (part && draft.keptUntil) {
      const faults = await this.#save(part, answersFrom(part, entries))
      this.speak()
      const wrong = value === 'next' ? wrongIn(part, faults) : []
      if (wrong.length) return wrong
      if (value === 'next') return placeAfter(pathway, this.#state.draft, of)
    }
    if (/^(theirs|later)$/.test(value)) return 'tasks'
    if (value !== 'next' && value !== 'back') return value as Place

    const [typed = ''] = allOf(entries, 'email')
    const email = typed.trim()
    if (page === 'address' && value === 'next') {
      this.#set({ email })
      const body = { pathway: pathway.id, catalogue: this.loaded?.catalogue, eligibility: fits, email }
      this.#begun = await this.#once<BegunReply>(`providers/${this.provider}/referrals`, body)
      return 'tasks'
    }
    if (page === 'colleague') {
      const ticked = allOf(entries, 'parts')
      this.#set({ ticked })
      await this.#once(`referrals/${this.#begun?.id}/colleagues`, { email, parts: ticked })
      return 'tasks'
    }
    if (page === 'check') return 'send'
    if (page === 'send') {
      const ticked = allOf(entries, 'declarations')
      this.#set({ ticked })
      const sent = await this.#once<SentReply>(`referrals/${this.#begun?.id}/send`, { declarations: ticked })
      // Whom and what it was about is forgotten here.
      this.#begun = undefined
      this.#state = { ...beginning, email: this.#state.email, sent }
      const detail = { reference: sent.reference }
      this.dispatchEvent(new CustomEvent('outreach-referral-sent', { bubbles: true, composed: true, detail }))
      return 'sent'
    }
    if (page === 'fit') this.#set({ fits: { ...fits, [of]: allOf(entries, `eligibility.${of}`)[0] ?? fits[of] } })
    if (value === 'next') return placeForth(pathway, place, this.#state.fits)
    if (!this.#mark?.depth) return placeBack(pathway, place)
    history.back()
    return undefined
  }

  /** What became of a request that was refused or not answered. */
  #troubleIn(error: unknown): Partial<State> {
    if (!(error instanceof ProblemError)) return { notice: 'away' }
    const { status, errors, answers } = error.problem
    if (answers) return { notice: 'conflict', theirs: answers }
    if (status !== 422) return { notice: status === 429 ? 'busy' : status < 410 ? 'gone' : 'refused' }
    const labels: Record<string, string> = {
      email: this.#state.place === 'address' ? words.address : words.colleagueAddress,
      parts: words.colleagueParts,
      declarations: words.confirms,
    }
    const part = this.#part
    const wrong = part
      ? wrongIn(part, errors)
      : errors.flatMap((fault) => {
          const [, name = '', ...more] = fault.pointer.split('/')
          const label = name === 'parts' && more.length > 1 ? undefined : labels[name]
          const code = name === 'email' && fault.code !== 'too-many' ? 'email' : 'choose'
          return label ? [{ name, text: sentenceOf({ code }, label) }] : []
        })
    return wrong.length
      ? { wrong: wrong.slice(0, part ? undefined : 1) }
      : { notice: this.#begun ? 'incomplete' : 'refused' }
  }

  /** Keeps a part as it is typed, and says what is wrong with it. Throws where that fails: what was typed stays in memory. */
  async #save({ id }: { id: string }, answers: PartAnswers, keepalive = false): Promise<PartReply['faults']> {
    this.#typed[id] = answers
    const saving = this.#saving
      .catch(() => {})
      .then(async () => {
        const revision = this.#state.draft.parts[id]?.revision ?? 0
        const put = { method: 'PUT', body: JSON.stringify({ revision, answers }), keepalive }
        try {
          const reply = await this.#ask<PartReply>(`referrals/${this.#begun?.id}/parts/${id}`, put)
          this.#keep(id, { ...reply, answers })
          return reply.faults
        } catch (error) {
          const { answers: theirs, revision: now = 0 } = error instanceof ProblemError ? error.problem : {}
          if (theirs) this.#keep(id, { answers: theirs, revision: now, complete: false })
          throw error
        }
      })
    this.#saving = saving
    const faults = await saving
    if (this.#typed[id] === answers) delete this.#typed[id]
    return faults
  }

  #keep(id: string, part: KeptPart): void {
    const { draft } = this.#state
    this.#set({ draft: { ...draft, parts: { ...draft.parts, [id]: part } } })
  }

  /** Keeps what stands on a part’s page that is being left. */
  #leave(): void {
    const part = this.#part
    const answers = part && answersFrom(part, this.#entries)
    if (!part || this.#state.isBusy || this.#state.theirs || JSON.stringify(answers) === JSON.stringify(this.#kept))
      return
    this.#save(part, answers ?? {}, true).catch((error: unknown) => {
      this.speak()
      // Said on whichever page it is by then; the part shows what was typed when it is opened again.
      this.#set({ notice: this.#troubleIn(error).notice ?? 'refused' })
    })
  }

  async #refresh(): Promise<void> {
    this.#set({ draft: await this.#ask<DraftReply>(`referrals/${this.#begun?.id}`) })
  }

  /** Posts under a key, which stays the same as long as the request does. */
  #once<Reply>(path: string, asked: object): Promise<Reply> {
    const body = JSON.stringify(asked)
    if (this.#intention[0] !== path + body)
      this.#intention = [path + body, crypto.getRandomValues(new Uint32Array(4)).join('-')]
    return this.#ask<Reply>(path, { method: 'POST', body }, { 'Idempotency-Key': this.#intention[1] ?? '' })
  }

  #ask<Reply>(path: string, init: RequestInit = {}, more: Record<string, string> = {}): Promise<Reply> {
    const headers = {
      'Content-Type': 'application/json',
      ...(this.#begun && { Authorization: `Bearer ${this.#begun.key}` }),
      ...(this.today && { 'X-Today': this.today }),
      ...more,
    }
    return ask<Reply>(`${this.api}/api/${path}`, { ...init, headers })
  }

  #goTo(place: Place): void {
    if (!this.#mark) this.#leaveMark('replaceState', this.#state.place, 0)
    this.#leaveMark('pushState', place, (this.#mark?.depth ?? 0) + 1)
    this.#show(place)
  }

  #show(place: Place): void {
    this.#asking = undefined
    this.#set({ ...bare, place })
    this.#focus('step', true)
  }

  get #mark(): Mark | undefined {
    const mark: Mark | undefined = history.state?.outreachReferral
    return mark?.provider === this.provider ? mark : undefined
  }

  /** Lets the browser’s own back button go a page back. The address stays as it is, and so does what a page’s router keeps there. */
  #leaveMark(how: 'pushState' | 'replaceState', place: Place, depth: number): void {
    try {
      history[how]({ ...history.state, outreachReferral: { provider: this.provider, place, depth } }, '')
    } catch {
      // Some frames may not; the form’s own back button works without.
    }
  }

  async #focus(id: string, isNew = false): Promise<void> {
    this.requestUpdate()
    await this.updateComplete
    // A control of one page must not live on as another’s, with what was typed in it.
    if (isNew) this.renderRoot.querySelector('form')?.reset()
    this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus()
  }
}

define('outreach-referral-form', OutreachReferralForm)
