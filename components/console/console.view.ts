import { html, nothing, type TemplateResult } from 'lit'
import { mayDo, type Right, ROLES, type Role } from '../../catalogue/wire/roles.ts'
import { longDate } from '../words/en/money.ts'
import type { Membership, Session } from './replies.ts'
import type { PageEntry, Section } from './router.ts'

/** What a role is called. */
export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  editor: 'Catalogue editor',
  coordinator: 'Co-ordinator',
  finance: 'Finance',
  viewer: 'Viewer',
  practitioner: 'Practitioner',
  'panel-member': 'Panel member',
  commissioner: 'Commissioner',
}

/** What stands around every page. */
export interface FrameModel {
  session: Session | undefined
  provider: string | undefined
  section: Section | undefined
  path: string
  said: string
  main: unknown
}

const menu: readonly { section: Section; name: string; path: string; right: Right }[] = [
  { section: 'overview', name: 'Overview', path: '', right: 'look' },
  { section: 'cases', name: 'Referrals', path: '/cases', right: 'read-cases' },
  { section: 'orders', name: 'Orders', path: '/orders', right: 'read-orders' },
  { section: 'schools', name: 'Schools', path: '/schools', right: 'read-orders' },
  { section: 'catalogue', name: 'Catalogue', path: '/catalogue', right: 'look' },
  { section: 'embed', name: 'Embed', path: '/embed', right: 'set-embeds' },
  { section: 'people', name: 'People', path: '/people', right: 'manage-people' },
  { section: 'record', name: 'Record', path: '/record', right: 'read-record' },
]

/** The head with its menu, the page, and the foot. */
export function frameView({ session, provider, section, path, said, main }: FrameModel): TemplateResult {
  const membership = session?.providers.find(({ id }) => id === provider)
  return html`<a class="skip" href="#main">Skip to the page</a>
    <header>
      ${session?.development ? html`<p class="demonstration">Demonstration: today is ${longDate(session.today)}.</p>` : nothing}
      <div class="width">
        <a class="name" href=${membership ? `/console/${membership.id}` : '/console'}><b>${membership?.name ?? 'Outreach Kit'}</b> <span>Console</span></a>
        ${session ? personView(session, membership, path) : nothing}
      </div>
      ${membership ? menuView(membership, section, path) : nothing}
    </header>
    <main id="main" class="width" tabindex="-1">${main}</main>
    <p class="hidden" role="status">${said}</p>
    <footer><div class="width"><p class="mark">Made with Outreach Kit</p></div></footer>`
}

function personView({ person, providers }: Session, current: Membership | undefined, path: string): TemplateResult {
  const others = providers.filter((one) => one !== current)
  return html`<nav aria-label="You">
    <ul>
      ${
        others.length
          ? html`<li><details class="switch" @focusout=${closeWhenLeft} @click=${closeWhenChosen}>
              <summary>${current ? 'Other providers' : 'Your providers'}</summary>
              <ul>${others.map(({ id, name }) => html`<li><a href=${`/console/${id}`}>${name}</a></li>`)}</ul>
            </details></li>`
          : nothing
      }
      <li><a href="/console/account" aria-current=${path === '/console/account' ? 'page' : nothing}>${person.name || 'Your account'}</a></li>
    </ul>
  </nav>`
}

function closeWhenLeft({ currentTarget, relatedTarget }: FocusEvent): void {
  if (
    currentTarget instanceof HTMLDetailsElement &&
    relatedTarget instanceof Node &&
    !currentTarget.contains(relatedTarget)
  )
    currentTarget.open = false
}

function closeWhenChosen({ currentTarget, target }: Event): void {
  if (currentTarget instanceof HTMLDetailsElement && target instanceof HTMLAnchorElement) currentTarget.open = false
}

function menuView({ id, name, rights }: Membership, section: Section | undefined, path: string): TemplateResult {
  const current = (entry: Section, address: string) =>
    entry !== section ? nothing : address === path ? 'page' : 'true'
  return html`<nav class="menu width" aria-label=${name}>
    <ul>${menu
      .filter(({ right }) => rights.includes(right))
      .map((entry) => {
        const address = `/console/${id}${entry.path}`
        return html`<li><a href=${address} aria-current=${current(entry.section, address)}>${entry.name}</a></li>`
      })}</ul>
  </nav>`
}

/** An address that leads nowhere, or to what is somebody else's. */
export function missingView(): TemplateResult {
  return html`<h1>Page not found</h1>
    <p>If you typed the address, check that it is right. If you followed a link, the page may have been taken away.</p>
    <p><a href="/console">Go to the overview</a></p>`
}

/** A page that the reader's role does not open, and whose does. */
export function notAllowedView({ id, name, role }: Membership, { right, title }: PageEntry): TemplateResult {
  const able = ROLES.filter((one) => right && mayDo(one, right)).map((one) => roleNames[one].toLowerCase())
  return html`<h1>${title}</h1>
    <p>Your role at ${name} is ${roleNames[role].toLowerCase()}, which does not open this page. Who can: ${able.join(', ')}.</p>
    <p>An owner of ${name} can change your role.</p>
    <p><a href=${`/console/${id}`}>Go to the overview</a></p>`
}

/** Signed in, and nobody's yet. */
export function noProviderView(): TemplateResult {
  return html`<h1>You do not belong to a provider yet</h1>
    <p>Ask an owner of your service to invite you by this e-mail address. Once that is done, open this page again.</p>
    <p><a href="/console/account">Go to your account</a></p>`
}

/** A page whose script did not come. */
export function brokenView(again: () => void): TemplateResult {
  return html`<h1>This page did not load</h1>
    <div class="notice failed" role="alert">
      <p>The connection may have been lost, or the console was renewed meanwhile. Load the page again.</p>
      <button type="button" class="secondary" @click=${again}>Load the page again</button>
    </div>`
}
