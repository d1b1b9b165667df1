import type { TemplateResult } from 'lit'
import type { PartAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
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
  answersFrom,
  type Draft,
  type KeptPart,
  noDraft,
  type Place,
  placeAfter,
  placeForth,
  placeOf,
  wrongOf,
} from './steps.ts'

/** One pathway, or those to choose from. */
type Served = PathwayReply | (PathwaysReply & { pathway?: undefined })

type State = Omit<ReferralModel, 'reply' | 'host' | 'typed' | 'theirs' | 'carried'>

/** A part of which nothing is kept. */
const unsaved: KeptPart = { answers: {}, revision: 0, complete: false }

/** What no page but its own shows. */
const bare = { wrong: [], notice: undefined, ticked: [], isBusy: false }

/**
 * Refers a pupil: whether it is the right way, a list of parts, a page for each, a check, the confirmation. What is typed is kept on
 * the worker, sealed, and in memory until it is there; the key that opens it is in memory alone.
 *
 * @element outreach-referral-form
 * @fires outreach-referral-sent - `{ reference }`, once the referral is kept
 */
export class OutreachReferralForm extends OutreachElement<Served> {
  static override properties = { ...OutreachElement.properties, pathway: {} }
  static override styles = [OutreachElement.styles, referralFormStyles]

  /** Id of the pathway; else the visitor chooses. */
  declare pathway: string | null

  readonly #state: State = { ...bare, place: 'start', fits: {}, email: '', draft: noDraft() }
  /** Where the draft is, and what opens it. */
  #begun: Pick<BegunReply, 'id' | 'key'> | undefined
  /** What was typed on parts’ pages and is not kept yet. */
  readonly #typed: Record<string, PartAnswers> = {}
  /** Parts that somebody else has saved meanwhile, until it is said which answers stay. */
  readonly #theirs: Record<string, KeptPart> = {}
  /** The key of what is asked next: another as soon as something else is said. */
  #key = newKey()
  /** One save waits for another, since each says which revision it follows. */
  #saving: Promise<unknown> = Promise.resolve()

  constructor() {
    super()
    this.pathway = null
    this.listen('input', () => {
      this.#key = newKey()
      const part = this.#part
      if (part) this.#typed[part.id] = answersFrom(part, this.#entries)
      this.requestUpdate()
    })
    this.listen('click', ({ name, value }) => {
      if (name === 'go') this.#press(value)
      else if (name === 'choose') {
        this.pathway = value
        this.#set({ place: 'choose', fits: {}, isChosen: true })
        this.#goTo('start')
      }
    })
    this.addEventListener('click', (event) => {
      const [target] = event.composedPath()
      if (!(target instanceof Element)) return
      // The second click of a double click is not meant for the page that the first one led to.
      if (event.detail > 1 && target.closest('button')) event.preventDefault()
      // A page’s address does not reach into a shadow root, and is not ours to change.
      const place = target.closest('a[href^="#"]')?.getAttribute('href')
      if (!place) return
      event.preventDefault()
      this.#focus(place.slice(1))
    })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('popstate', this)
    addEventListener('visibilitychange', this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('popstate', this)
    removeEventListener('visibilitychange', this)
  }

  /** Hears the browser’s own back button, and that the page is put away: either way what was typed is kept. */
  handleEvent({ type }: Event): void {
    const isBack = type === 'popstate'
    // Where we have been, and never an answer. A page that has its own entries leaves ours alone.
    const place: Place | undefined = history.state?.outreachReferral
    if (isBack ? !place || this.#state.sent : !document.hidden) return
    this.#leave()
    if (!isBack || !place) return
    if (place === 'choose' && !this.#begun) this.pathway = null
    // What comes after the beginning is gone once the page is loaded again; what comes before it does not come back.
    const isLater = !/^(choose|start|fit|other|addr)/.test(place)
    this.#show(isLater === !!this.#begun ? place : isLater ? 'start' : 'tasks')
  }

  protected override submit(value?: string | null): void {
    this.#press(value || 'next')
  }

  protected override get what(): string {
    return `pathways${this.pathway ? `/${this.pathway}` : ''}`
  }

  protected override get said(): typeof words {
    return words
  }

  protected async load(): Promise<Served> {
    const reply = served<Served>(...this.asked)
    if (this.matches(':lang(cy)')) this.pack = (await import('../words/cy/referral-pack.ts').catch(() => undefined))?.cy
    const found = await reply
    // What has been chosen is there in a moment, and so is what it was chosen from.
    if (this.#state.isChosen) setTimeout(() => this.#focus('step'))
    const [only, other] = found.pathway ? [] : found.pathways
    if (only && !other) this.pathway = only.id
    return found
  }

  protected show(reply: Served): TemplateResult {
    const { api, provider, headingLevel, today, pack } = this
    const query = new URLSearchParams({ ...(today && { today }), ...(pack && { lang: 'cy' }) })
    const host: Host = {
      beside: (page) => `${api}/${provider}/${page}?${query}`,
      area: areaView,
      headingLevel,
    }
    if (!reply.pathway) return chooseView(reply, host)
    const [, of] = placeOf(this.#state.place)
    return view({ ...this.#state, reply, typed: this.#typed[of], theirs: this.#theirs[of]?.answers, host })
  }

  /** The part whose page is shown. */
  get #part(): PathwayReply['pathway']['parts'][number] | undefined {
    const [page, of] = placeOf(this.#state.place)
    return page === 'part' ? this.loaded?.pathway?.parts.find(({ id }) => id === of) : undefined
  }

  get #entries(): URLSearchParams {
    return new URLSearchParams([...new FormData(this.renderRoot.querySelector('form') ?? undefined)] as string[][])
  }

  #set(change: Partial<State>): void {
    Object.assign(this.#state, change)
    this.requestUpdate()
  }

  /** Does what a page’s button says, once at a time. What has gone wrong is said, and nothing that was typed is gone. */
  async #press(value: string): Promise<void> {
    const { loaded } = this
    if (this.#state.isBusy || !loaded?.pathway) return
    const entries = this.#entries
    this.#set({ isBusy: true })
    let said: Partial<State>
    try {
      const next = await this.#turn(value, entries, loaded)
      // A colleague may have done something meanwhile.
      if (next === 'tasks' || next === 'check') {
        const draft: Draft = await this.#ask<DraftReply>(this.#own)
        // What was typed follows the revision that was seen, so that nobody’s answers are written over unseen.
        for (const id in this.#typed) draft.parts[id] = this.#state.draft.parts[id] ?? unsaved
        this.#set({ draft })
      }
      this.speak()
      if (typeof next === 'string') {
        this.#goTo(next)
        return
      }
      said = { wrong: next }
    } catch (error) {
      this.speak()
      said = this.#troubleIn(error)
    }
    this.#set({ ...bare, ticked: this.#state.ticked, ...said })
    this.#focus('summary')
  }

  /** One turn of the form: the page that follows, or what is wrong on this one. */
  async #turn(value: string, entries: URLSearchParams, { pathway, catalogue }: PathwayReply): Promise<Place | Wrong[]> {
    const { place, fits, draft } = this.#state
    const [page, of] = placeOf(place)
    const part = this.#part
    const theirs = this.#theirs[of]
    if (theirs) draft.parts[of] = theirs
    delete this.#theirs[of]
    if (value === 'theirs') delete this.#typed[of]
    else if (part) {
      const faults = await this.#save(of, this.#typed[of] ?? draft.parts[of]?.answers ?? {})
      this.speak()
      if (value === 'next') return faults.length ? wrongOf(faults, part) : placeAfter(pathway, this.#state.draft, of)
    }
    if (value === 'back') {
      history.back()
      return []
    }
    if (value !== 'next') return /^(theirs|later)/.test(value) ? 'tasks' : (value as Place)

    const email = entries.get('email')?.trim() ?? ''
    const ticked = entries.getAll('declarations')
    this.#set({ ticked, email: email || this.#state.email })
    switch (page) {
      case 'address':
        this.#begun = await this.#ask<BegunReply>(`providers/${this.provider}/referrals`, {
          pathway: pathway.id,
          catalogue,
          eligibility: fits,
          email,
        })
        return 'tasks'
      case 'check':
        return 'send'
      case 'send': {
        if (pathway.declarations.some(({ id }) => !ticked.includes(id)))
          return [{ name: 'declarations', text: words.unconfirmed }]
        const sent = await this.#ask<SentReply>(`${this.#own}/send`, { declarations: ticked })
        // Whom and what it was about is forgotten here.
        this.#begun = undefined
        this.#set({ draft: noDraft(), sent })
        const detail = { reference: sent.reference }
        this.dispatchEvent(new CustomEvent('outreach-referral-sent', { bubbles: true, composed: true, detail }))
        return 'sent'
      }
      default: {
        const fit = entries.get(`eligibility.${of}`)
        if (fit) this.#set({ fits: { ...fits, [of]: fit } })
        return placeForth(pathway, place, this.#state.fits)
      }
    }
  }

  /** What became of a request that was refused or not answered. */
  #troubleIn(error: unknown): Partial<State> {
    if (!(error instanceof ProblemError)) return { notice: 'minute' }
    const { status, errors, answers, wait } = error.problem
    const wrong = wrongOf(errors, this.#part, { email: words.address })
    if (wrong.length) return { wrong }
    const refused = this.#begun ? (status === 422 ? 'incomplete' : 'gone') : 'refused'
    return { notice: answers ? 'conflict' : (wait ?? refused) }
  }

  /** Keeps a part as it is typed, and says what is wrong with it. Throws where that fails: what was typed stays in memory. */
  async #save(id: string, answers: PartAnswers, keepalive = false): Promise<readonly Fault[]> {
    const saving = this.#saving
      .catch(() => {})
      .then(async () => {
        const { parts } = this.#state.draft
        const { revision } = parts[id] ?? unsaved
        try {
          const reply = await this.#ask<PartReply>(`${this.#own}/parts/${id}`, { revision, answers }, 'PUT', keepalive)
          parts[id] = { ...reply, answers }
          if (this.#typed[id] === answers) delete this.#typed[id]
          return reply.faults
        } catch (error) {
          const { answers: theirs, revision: now = 0 } = error instanceof ProblemError ? error.problem : {}
          if (theirs) this.#theirs[id] = { answers: theirs, revision: now, complete: false }
          throw error
        }
      })
    this.#saving = saving
    return saving
  }

  /** Keeps what was typed on a part’s page that is being left. What goes wrong is said on whichever page it is by then. */
  #leave(): void {
    const [, id] = placeOf(this.#state.place)
    const answers = this.#typed[id]
    if (answers && !this.#state.isBusy && !this.#theirs[id])
      this.#save(id, answers, true).catch((error: unknown) => {
        this.speak()
        this.#set({ notice: this.#troubleIn(error).notice })
      })
  }

  get #own(): string {
    return `referrals/${this.#begun?.id}`
  }

  /** Asks the worker, under a key that stays the same when the same is asked again. */
  #ask<Reply>(path: string, asked?: object, method = asked ? 'POST' : 'GET', keepalive = false): Promise<Reply> {
    const headers = {
      'Content-Type': 'application/json',
      'Idempotency-Key': this.#key,
      ...(this.#begun && { Authorization: `Bearer ${this.#begun.key}` }),
      ...(this.today && { 'X-Today': this.today }),
    }
    const body = asked ? JSON.stringify(asked) : null
    return ask<Reply>(`${this.api}/api/${path}`, { method, headers, keepalive, body })
  }

  /** Shows another page. The address stays as it is, and so does what a page’s router keeps in the tab’s history. */
  #goTo(place: Place): void {
    const mark = (outreachReferral: Place) => ({ ...history.state, outreachReferral })
    try {
      if (!history.state?.outreachReferral) history.replaceState(mark(this.#state.place), '')
      history.pushState(mark(place), '')
    } catch {
      // Some frames may not; the form’s own buttons work without.
    }
    this.#show(place)
  }

  #show(place: Place): void {
    this.#set({ ...bare, place })
    this.#focus('step', true)
  }

  async #focus(id: string, isNew = false): Promise<void> {
    this.requestUpdate()
    await this.updateComplete
    // A control of one page must not live on as another’s, with what was typed in it.
    if (isNew) this.renderRoot.querySelector('form')?.reset()
    this.shadowRoot?.getElementById(id)?.focus()
  }
}

/** A key that nobody else draws; `randomUUID` is missing on pages without https. */
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}

define('outreach-referral-form', OutreachReferralForm)
