import 'axe-core/axe.min.js'

/** One answer of the API that a test plays: the body as JSON, and the status, 200 unless said. */
export type Played = { status?: number; body: unknown; delay?: number }

/** What a widget asked for, as the played API saw it. */
export type Asked = { method: string; path: string; search: string; headers: Headers; body: unknown }

let restoreFetch: (() => void) | undefined

/** Puts a fragment of HTML on the page, as a school would, and waits for its elements to have rendered. */
export async function mount(html: string): Promise<HTMLElement> {
  const host = document.createElement('div')
  host.innerHTML = html
  document.body.append(host)
  const element = host.firstElementChild
  if (!(element instanceof HTMLElement)) throw new RangeError('mount needs one element')
  await rendered(element)
  return element
}

/** Takes everything off the page that `mount` put there, and gives `fetch` back. */
export function clear(): void {
  document.body.replaceChildren()
  restoreFetch?.()
  restoreFetch = undefined
}

/** Plays the API: `answer` gets each request; `undefined` is a connection that fails. Returns what was asked. */
export function playApi(answer: (asked: Asked) => Played | undefined): Asked[] {
  const asked: Asked[] = []
  const real = window.fetch
  restoreFetch ??= () => {
    window.fetch = real
  }
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const text = await request.text()
    const headers = request.headers
    const question = { method: request.method, path: url.pathname, search: url.search, headers, body: json(text) }
    asked.push(question)
    const played = answer(question)
    if (played?.delay) await new Promise((resolve) => setTimeout(resolve, played.delay))
    request.signal.throwIfAborted()
    if (!played) throw new TypeError('Failed to fetch')
    const status = played.status ?? 200
    const type = status >= 400 ? 'application/problem+json' : 'application/json'
    return new Response(JSON.stringify(played.body), { status, headers: { 'Content-Type': type } })
  }
  return asked
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text || undefined
  }
}

/** Waits until a Lit element has nothing left to render. */
export async function rendered(element: Element): Promise<void> {
  await customElements.whenDefined(element.localName).catch(() => undefined)
  for (let turn = 0; turn < 10; turn += 1) {
    if (!('updateComplete' in element) || (await element.updateComplete) === true) break
  }
  await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)))
}

/** Waits until `found` gives something; fails with `what` after ten seconds, which a busy machine may need to fetch a chunk. */
export async function until<T>(found: () => T | undefined | null | false, what: string): Promise<T> {
  const end = performance.now() + 10_000
  while (performance.now() < end) {
    const it = found()
    if (it) return it
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`Waited in vain for ${what}`)
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement | HTMLButtonElement

/** The place to look in: an element's shadow root where it has one. */
export function rootOf(element: Element): ParentNode {
  return element.shadowRoot ?? element
}

/** The control whose label begins with this text, as a person would find it. */
export function control(within: Element, label: string): Control {
  const controls = [...rootOf(within).querySelectorAll<Control>('input, select, textarea, button')]
  const found =
    controls.find((one) => nameOf(one).startsWith(label)) ?? controls.find((one) => nameOf(one).includes(label))
  if (!found) throw new Error(`No control is labelled “${label}”; there are: ${controls.map(nameOf).join(' | ')}`)
  return found
}

/** A control's accessible name: aria-labelledby, aria-label, its labels, or a button's text. */
export function nameOf(one: Control): string {
  const root = one.getRootNode()
  const labelledBy = one.getAttribute('aria-labelledby')
  const texts =
    labelledBy && (root instanceof ShadowRoot || root instanceof Document)
      ? labelledBy.split(/\s+/).map((id) => root.getElementById(id)?.textContent ?? '')
      : [one.getAttribute('aria-label') ?? [...(one.labels ?? [])].map((label) => label.textContent).join(' ')]
  const name = texts.join(' ').trim() || (one instanceof HTMLButtonElement ? one.textContent : '')
  return (name ?? '').replace(/\s+/g, ' ').trim()
}

/** Types into a field, or chooses in a select, as the browser reports it. */
export async function fill(within: Element, label: string, value: string): Promise<void> {
  const field = control(within, label)
  field.focus()
  field.value = value
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await rendered(within)
}

/** Presses a button, a checkbox or a radio button by its label. */
export async function press(within: Element, label: string): Promise<void> {
  control(within, label).click()
  await rendered(within)
}

/** What can be read inside an element, its shadow root first. */
export function textOf(element: Element): string {
  const root = rootOf(element)
  const texts = [...root.childNodes]
    .filter((node) => !(node instanceof HTMLStyleElement))
    .map((node) => (node instanceof HTMLElement ? node.innerText : (node.textContent ?? '')))
  return texts.join(' ').replace(/\s+/g, ' ').trim()
}

/** axe's verdict by the rules of WCAG 2.2 AA: one line for each fault, none if all is well. */
export async function accessibilityFaults(element: Element): Promise<string[]> {
  const axe: { run: (context: Element, options: object) => Promise<{ violations: Violation[] }> } = Reflect.get(
    window,
    'axe',
  )
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await axe.run(element, {
    runOnly: tags,
    // A widget is a part of a page: the page brings landmarks, title and first heading.
    rules: {
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
      'landmark-one-main': { enabled: false },
    },
  })
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}

type Violation = { id: string; help: string; nodes: { html: string }[] }
