import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { define } from '../kit/define.ts'
import { begin, get, guardedBy, problemOf } from './api.ts'
import { brokenView, type FrameModel, frameView, missingView, noProviderView, notAllowedView } from './console.view.ts'
import { type Going, onAnnounced, onGoing } from './navigation.ts'
import { ConsolePage } from './page.ts'
import { pages } from './pages.ts'
import { dialogView } from './parts/dialog.view.ts'
import { waitingView } from './parts/loading.ts'
import { failedView } from './parts/notice.view.ts'
import type { Session } from './replies.ts'
import { type Place, placeOf } from './router.ts'

/** How somebody comes to an address. */
type Coming = 'first' | 'push' | 'replace' | 'back'

/** What a history entry remembers: how far down its page was. */
interface Remembered {
  top: number
}

/**
 * The console's root: it knows who is signed in, shows the page that the address names and keeps the browser's history.
 *
 * @element outreach-console
 */
export class OutreachConsole extends LitElement {
  static override properties = {
    development: { type: Boolean },
    session: { state: true },
    shown: { state: true },
    said: { state: true },
    asking: { state: true },
    failure: { state: true },
  }

  /** Whether this is somebody's own machine, where e-mails go to an outbox. */
  declare development: boolean
  /** Who is signed in. */
  declare private session: Session | undefined
  /** What is shown in the page's place. */
  declare private shown: { place?: Place; page: HTMLElement | TemplateResult } | undefined
  declare private said: string
  /** Whether somebody is asked to sign in again, over the page. */
  declare private asking: boolean
  declare private failure: unknown

  #turn = 0
  #answered: ((signedIn: boolean) => void) | undefined
  #stopHearing: (() => void)[] = []
  #scrolled: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.said = ''
    this.asking = false
    this.addEventListener('click', (event) => this.#follow(event))
    this.addEventListener('submit', (event) => this.#search(event))
    this.addEventListener('outreach-session-changed', (event) => this.#hearSession(event))
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.replaceChildren()
    history.scrollRestoration = 'manual'
    const back = () => void this.#visit(new URL(location.href), 'back')
    const scrolled = () => this.#rememberSoon()
    addEventListener('popstate', back)
    addEventListener('scroll', scrolled, { passive: true })
    this.#stopHearing = [
      onGoing((going) => this.#go(going)),
      onAnnounced((text) => this.#say(text)),
      () => removeEventListener('popstate', back),
      () => removeEventListener('scroll', scrolled),
    ]
    guardedBy(() => this.#askToSignIn())
    void this.#visit(new URL(location.href), 'first')
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const stop of this.#stopHearing) stop()
    clearTimeout(this.#scrolled)
    guardedBy(undefined)
    this.#answer(false)
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override render(): TemplateResult {
    const place = this.shown?.place
    const frame: FrameModel = {
      session: this.session,
      provider: place?.params.provider,
      section: place?.entry.section,
      path: place?.path ?? '',
      said: this.said,
      main:
        this.failure !== undefined
          ? failedView(this.failure, () => location.reload())
          : (this.shown?.page ?? waitingView('quietly')),
    }
    return html`${frameView(frame)}
      ${dialogView(
        {
          id: 'sign-in-again',
          heading: 'Sign in again',
          open: this.asking,
          close: () => this.#answer(false),
        },
        html`<p>You have been signed out. What you see here stays as it is while you sign in.</p>
          <outreach-sign-in-form .email=${this.session?.person.email ?? ''} ?development=${this.development}></outreach-sign-in-form>
          <p><button type="button" class="link" @click=${() => this.#answer(false)}>Not now</button></p>`,
      )}`
  }

  protected override updated(changed: PropertyValues): void {
    // A test or a school's own browser may hold several tabs; each says which provider it is.
    if (changed.has('shown')) this.#title()
  }

  /** Follows a link of the console without fetching a whole page. */
  #follow(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link?.href || link.target || link.hasAttribute('download')) return
    const address = new URL(link.href)
    if (!isPage(address) || isFragment(address)) return
    event.preventDefault()
    this.#go({ address: link.href, replace: false })
  }

  /** A form that only asks (`method="get"`) becomes an address, so that filters can be kept, shared and gone back to. */
  #search(event: SubmitEvent): void {
    const form = event.target
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.getAttribute('method') !== 'get') return
    // The attribute: a control of that name would stand in the property's place.
    const address = new URL(form.getAttribute('action') ?? '', location.href)
    if (!isPage(address)) return
    event.preventDefault()
    address.search = ''
    for (const [name, value] of new FormData(form))
      if (typeof value === 'string' && value.trim()) address.searchParams.append(name, value.trim())
    this.#go({ address: address.href, replace: false })
  }

  #go({ address, replace }: Going): void {
    const url = new URL(address, location.href)
    if (!isPage(url)) location.assign(url)
    else void this.#visit(url, replace || url.href === location.href ? 'replace' : 'push')
  }

  async #visit(url: URL, coming: Coming): Promise<void> {
    const turn = ++this.#turn
    const isLatest = () => turn === this.#turn
    const left = this.shown?.page
    if (coming === 'push') this.#remember()
    if (left instanceof ConsolePage && this.shown?.place?.path !== url.pathname) await left.leave()
    if (!isLatest()) return
    if (coming === 'push') history.pushState(null, '', url)
    if (coming === 'replace') history.replaceState(history.state, '', url)

    let place = placeOf(url, pages)
    const shown = this.shown
    if (place && shown?.place && shown.page instanceof ConsolePage && shown.place.path === place.path) {
      // The same page, filtered otherwise: it keeps its focus and what it has.
      shown.page.place = place
      this.shown = { place, page: shown.page }
      if (coming === 'back') await this.#comeBack(isLatest)
      return
    }
    // All three are under way together: the page's script, what it will ask for, and who is asking.
    const script = place?.entry.load()
    script?.catch(() => {})
    const mayAsk = place && (!this.session || refusalOf(place, this.session) === undefined)
    if (place && mayAsk) for (const address of place.entry.early?.(place) ?? []) begin(address)
    try {
      if (!place?.entry.open) this.session ??= await get<Session>('/session', { quiet: true })
    } catch (error) {
      if (!isLatest()) return
      if (problemOf(error) === 'signed-out') {
        const next = url.pathname + url.search
        await this.#visit(new URL(`/console/sign-in?${new URLSearchParams({ next })}`, location.href), 'replace')
      } else this.failure = error
      return
    }
    if (!isLatest()) return
    const { session } = this
    if (session && url.pathname.replace(/\/$/, '') === '/console') {
      const first = session.providers[0]
      if (first) return this.#visit(new URL(`/console/${encodeURIComponent(first.id)}`, location.href), 'replace')
      place = undefined
    }
    const refusal = session && place && !place.entry.open ? refusalOf(place, session) : undefined
    if (!place || refusal) {
      this.shown = { ...(place && { place }), page: refusal ?? (isHome(url) ? noProviderView() : missingView()) }
    } else {
      try {
        await script
      } catch {
        if (isLatest()) this.shown = { place, page: brokenView(() => location.reload()) }
        return
      }
      if (!isLatest()) return
      const page = document.createElement(place.entry.tag)
      if (page instanceof ConsolePage) {
        page.place = place
        if (session) page.session = session
        page.development = this.development
      }
      this.shown = { place, page }
    }
    await this.#arrive(coming, isLatest)
  }

  /** Moves focus and view to where a reader expects them on a new page. */
  async #arrive(coming: Coming, isLatest: () => boolean): Promise<void> {
    await this.updateComplete
    const page = this.shown?.page
    if (page instanceof ConsolePage) await page.updateComplete
    if (!isLatest()) return
    this.#title()
    if (coming !== 'first') {
      const heading = this.querySelector<HTMLElement>('main h1')
      heading?.setAttribute('tabindex', '-1')
      heading?.focus({ preventScroll: true })
    }
    if (coming === 'back' || coming === 'first') await this.#comeBack(isLatest)
    else scrollTo(0, 0)
  }

  /** Scrolls to where the reader was, once what the page asked for is there again. */
  async #comeBack(isLatest: () => boolean): Promise<void> {
    const state: Partial<Remembered> | null = history.state
    const page = this.shown?.page
    if (page instanceof ConsolePage) await page.settled()
    if (isLatest() && typeof state?.top === 'number') scrollTo(0, state.top)
  }

  #remember(): void {
    const state: Remembered = { top: Math.round(scrollY) }
    history.replaceState(state, '')
  }

  #rememberSoon(): void {
    clearTimeout(this.#scrolled)
    this.#scrolled = setTimeout(() => this.#remember(), 150)
  }

  #title(): void {
    const { place, page } = this.shown ?? {}
    const provider = this.session?.providers.find(({ id }) => id === place?.params.provider)
    const own = page instanceof ConsolePage ? page.tabTitle : undefined
    const name = own ?? (page instanceof ConsolePage ? place?.entry.title : undefined) ?? 'Console'
    document.title = [name, provider?.name, 'Outreach Kit'].filter(Boolean).join(' – ')
    if (provider) wearColourOf(provider.id)
  }

  /** Says something to screen readers; the same words twice are said twice. */
  #say(text: string): void {
    this.said = ''
    void this.updateComplete.then(() => {
      this.said = text
    })
  }

  /** Who is signed in has changed: by the sign-in page, by the form over a page, or by a new name. */
  #hearSession(event: Event): void {
    if (!(event instanceof CustomEvent)) return
    const next: Session = event.detail
    const before = this.session
    this.session = next
    // Another person sees nothing of what the first one had open.
    if (before && before.person.id !== next.person.id) location.reload()
    else if (this.asking) this.#answer(true)
    else if (this.shown?.page instanceof ConsolePage) this.shown.page.session = next
  }

  async #askToSignIn(): Promise<boolean> {
    // Before anybody was signed in, the address leads to the page for it.
    if (!this.session) return false
    await import('./sign-in/sign-in-form.ts')
    this.asking = true
    return new Promise((resolve) => {
      this.#answered = resolve
    })
  }

  #answer(signedIn: boolean): void {
    this.asking = false
    this.#answered?.(signedIn)
    this.#answered = undefined
  }
}

/** Puts a provider's colour on the page. */
function wearColourOf(provider: string): void {
  const wanted = `/${encodeURIComponent(provider)}/brand.css`
  const worn = document.querySelector<HTMLLinkElement>('link[data-brand]')
  if (worn?.getAttribute('href') === wanted) return
  const link = worn ?? document.createElement('link')
  link.rel = 'stylesheet'
  link.dataset.brand = ''
  link.href = wanted
  if (!worn) document.head.append(link)
}

/** Whether an address is a page of the console rather than one of its files or somewhere else. */
function isPage(address: URL): boolean {
  const isOurs = address.pathname === '/console' || address.pathname.startsWith('/console/')
  return address.origin === location.origin && isOurs && !/\.[a-z]+$|^\/console\/embed-frame/.test(address.pathname)
}

function isFragment(address: URL): boolean {
  return address.hash !== '' && address.pathname === location.pathname && address.search === location.search
}

function isHome(url: URL): boolean {
  return url.pathname.replace(/\/$/, '') === '/console'
}

/** Why somebody cannot see a page; undefined where they can. */
function refusalOf({ entry, params }: Place, { providers }: Session): TemplateResult | undefined {
  if (params.provider === undefined) return undefined
  const membership = providers.find(({ id }) => id === params.provider)
  if (!membership) return missingView()
  return entry.right && !membership.rights.includes(entry.right) ? notAllowedView(membership, entry) : undefined
}

// Under way before the element stands.
if (isPage(new URL(location.href)) && !location.pathname.startsWith('/console/sign-in')) begin('/session')

define('outreach-console', OutreachConsole)

declare global {
  interface HTMLElementTagNameMap {
    'outreach-console': OutreachConsole
  }
}
