/** For how long an answer is waited for, in milliseconds. */
const PATIENCE = 20_000

/** Replies that leave the form as it is, and which sentence says what to do. */
const STAYS: Readonly<Record<number, string>> = { 401: 'away', 403: 'away', 413: 'big', 429: 'busy' }

/**
 * A parent's answer, on the portal, by link. What stands in it are the page's own forms, in the light DOM: they work without this. It sends a form
 * once however often one presses, and keeps what was typed when the connection is lost, the page was closed meanwhile or there is too much going on. It says nothing of its own: its sentences stand hidden in the page,
 * so that a browser which translates the page translates them too.
 *
 * @element outreach-consent-form
 */
export class OutreachConsentForm extends HTMLElement {
  #isSending = false
  #opened: HTMLDetailsElement[] = []

  connectedCallback(): void {
    this.addEventListener('submit', this)
    for (const type of ['beforeprint', 'afterprint']) window.addEventListener(type, this)
  }

  disconnectedCallback(): void {
    this.removeEventListener('submit', this)
    for (const type of ['beforeprint', 'afterprint']) window.removeEventListener(type, this)
  }

  handleEvent(event: Event): void {
    if (event.type === 'submit') this.#hear(event)
    else this.#unfold(event.type === 'beforeprint')
  }

  #hear(event: Event): void {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
    event.preventDefault()
    if (!this.#isSending) this.#send(form)
  }

  async #send(form: HTMLFormElement): Promise<void> {
    this.#isSending = true
    this.#say()
    // A quick answer needs no word.
    const slow = setTimeout(() => this.#say('sending'), 300)
    try {
      const sent = new FormData(form)
      const body = new URLSearchParams([...sent].map(([name, value]) => [name, String(value)]))
      const reply = await fetch(form.action, {
        method: 'POST',
        headers: { Accept: 'text/html' },
        body,
        signal: AbortSignal.timeout(PATIENCE),
      })
      const trouble = reply.status >= 500 ? 'failed' : STAYS[reply.status]
      if (reply.redirected) location.assign(reply.url)
      // What was typed is worth more than the page that says why it was not taken.
      else if (trouble) this.#stay(trouble)
      else this.#show(await reply.text())
    } catch (error) {
      this.#stay(error instanceof DOMException && error.name === 'TimeoutError' ? 'slow' : 'lost')
    }
    clearTimeout(slow)
  }

  /** Says what to do, and lets one press again. */
  #stay(which: string): void {
    this.#say(which)
    this.#isSending = false
  }

  /** Opens whatever is folded up while a page is printed: on paper nobody can open it. Then it is as it was. */
  #unfold(isPrinting: boolean): void {
    if (isPrinting) this.#opened = [...this.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const folded of this.#opened) folded.open = isPrinting
  }

  /** Puts the page that came back in place of this one: what was wrong stands first, and what was typed is in it. */
  #show(page: string): void {
    const next = new DOMParser().parseFromString(page, 'text/html')
    const form = next.querySelector(this.localName)
    document.title = next.title
    if (form) this.replaceChildren(...form.childNodes)
    else this.parentElement?.replaceChildren(...(next.querySelector('main') ?? next.body).childNodes)
    this.#isSending = false
    const summary = document.querySelector<HTMLElement>('#summary')
    if (summary) summary.focus()
    else scrollTo(0, 0)
  }

  /** Shows one of the sentences that stand hidden in the page, and no other. */
  #say(which?: string): void {
    for (const said of this.querySelectorAll<HTMLElement>('[data-say]')) {
      said.hidden = said.getAttribute('data-say') !== which
      if (!said.hidden) said.scrollIntoView({ block: 'nearest' })
    }
  }
}

if (!customElements.get('outreach-consent-form')) customElements.define('outreach-consent-form', OutreachConsentForm)
