import { CASE_PARTS, rightsOf } from '../../catalogue/wire/roles.ts'
import '../../components/console/console.ts'
import type { Membership, Session } from '../../components/console/replies.ts'
import { type Asked, clear, mount, type Played, playApi, until } from './page.ts'

/** Where the tests' own page is: a test that goes elsewhere comes back. */
const home = location.href

/** What somebody is at Stepping Stones. */
export function signedIn(role: Membership['role'] = 'owner', more: Membership[] = []): Session {
  return {
    person: { id: 'p1', email: 'jo@stepping-stones.example', name: 'Jo Hargreaves' },
    session: 's1',
    providers: [
      { id: 'stepping-stones', name: 'Stepping Stones', role, rights: rightsOf(role), parts: [...CASE_PARTS] },
      ...more,
    ],
    origin: location.origin,
    development: true,
    today: '2024-09-10',
  }
}

/** A refusal as the worker sends it. */
export function problem(type: string, status: number, more: object = {}): Played {
  const body = { type: `/api/problems/${type}`, title: type, status, instance: 'urn:request:1', errors: [] }
  return { status, body: { ...body, ...more } }
}

/** Plays the console's API below a provider: a path such as `GET /orders`, or a personal one such as `GET /session`. */
export function playConsole(
  answers: Readonly<Record<string, Played | ((asked: Asked) => Played | undefined)>>,
  session: Session | undefined = signedIn(),
): Asked[] {
  return playApi((asked) => {
    const path = asked.path.replace(/^\/api\/console(\/providers\/[^/]+(?=\/))?/, '')
    const answer = answers[`${asked.method} ${path}`]
    if (answer) return typeof answer === 'function' ? answer(asked) : answer
    if (path === '/session') return session ? { body: session } : problem('signed-out', 401)
    return problem('not-found', 404)
  })
}

/** Opens the console at an address and waits for its heading. */
export async function openConsole(address: string, heading: string): Promise<HTMLElement> {
  // In place: a tab remembers fifty addresses, and the files share one tab.
  history.replaceState(null, '', address)
  document.body.className = 'console'
  const style = document.createElement('link')
  style.rel = 'stylesheet'
  style.href = new URL('../../components/console/console.css', import.meta.url).href
  const styled = new Promise((resolve) => style.addEventListener('load', resolve))
  document.head.append(style)
  await styled
  const element = await mount('<outreach-console></outreach-console>')
  await showsHeading(element, heading)
  return element
}

/** Closes it, and comes back to the tests' own page. */
export function closeConsole(): void {
  clear()
  for (const link of document.head.querySelectorAll('link[rel=stylesheet]')) link.remove()
  history.replaceState(null, '', home)
}

/** Waits for a page's heading. */
export function showsHeading(element: Element, heading: string): Promise<unknown> {
  return until(() => element.querySelector('h1')?.textContent?.trim() === heading, `the heading “${heading}”`)
}

/** Waits for a text somewhere in the console. */
export function shows(element: HTMLElement, text: string): Promise<unknown> {
  return until(() => element.innerText.replace(/\s+/g, ' ').includes(text), text)
}

/** A link by the text that it begins with. */
export function linkTo(element: Element, text: string): HTMLAnchorElement {
  const found = [...element.querySelectorAll('a')].find((one) => one.textContent?.trim().startsWith(text))
  if (!found) throw new Error(`There is no link “${text}”`)
  return found
}
