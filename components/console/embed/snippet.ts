/** The widgets that can stand on a school's page, in the order in which they are offered. */
export const WIDGETS = ['package-picker', 'training-menu', 'cluster-calculator', 'order-form', 'referral-form'] as const
export type Widget = (typeof WIDGETS)[number]

/** What a widget is called, what its portal page is, and what the link to that says. */
export const widgets: Readonly<Record<Widget, { name: string; page: string; link: string; height: number }>> = {
  'package-picker': { name: 'Packages and prices', page: 'packages', link: 'See packages and prices', height: 1200 },
  'training-menu': { name: 'Training', page: 'training', link: 'See training and prices', height: 900 },
  'cluster-calculator': {
    name: 'Prices for a cluster of schools',
    page: 'cluster',
    link: 'Work out a price for your cluster',
    height: 800,
  },
  'order-form': { name: 'Order form', page: 'order', link: 'Order', height: 900 },
  'referral-form': { name: 'Referral form', page: 'referral', link: 'Refer a pupil', height: 900 },
}

/** What somebody chose for a widget on their page. Empty is as it comes. */
export interface Choice {
  /** Where the product is. */
  origin: string
  provider: string
  widget: Widget
  /** A referral’s pathway; else the visitor chooses. */
  pathway: string
  /** A year; else the one in force. */
  catalogue: string
  /** `en`, `cy`; else the page's. */
  language: string
  headingLevel: string
  /** Where the order goes on; else to the portal. */
  orderHref: string
  /** A colour such as `#0b5d57`. */
  colour: string
}

function attributesOf({
  provider,
  widget,
  pathway,
  catalogue,
  language,
  headingLevel,
  orderHref,
}: Choice): [string, string][] {
  const all: [string, string][] = [
    ['provider', provider],
    ['pathway', widget === 'referral-form' ? pathway : ''],
    ['catalogue', catalogue],
    ['lang', language],
    ['heading-level', headingLevel === '2' ? '' : headingLevel],
    ['order-href', widget === 'referral-form' ? '' : orderHref],
  ]
  return all.filter(([, value]) => value !== '')
}

function written(attributes: readonly (readonly [string, string])[]): string {
  return attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('')
}

function fallback({ origin, provider, widget, pathway, catalogue }: Choice): string {
  const query = catalogue ? `?catalogue=${encodeURIComponent(catalogue)}` : ''
  const { page, link } = widgets[widget]
  const path = widget === 'referral-form' && pathway ? `${page}/${pathway}` : page
  return `<a href="${escaped(`${origin}/${provider}/${path}${query}`)}">${link}</a>`
}

/** The script tag, which a page needs once however many widgets it has. */
export function scriptTag({ origin }: Choice): string {
  return `<script type="module" src="${escaped(origin)}/outreach.js"></script>`
}

/** What to paste where a website takes custom HTML. */
export function snippetOf(choice: Choice): string {
  const tag = `outreach-${choice.widget}`
  return `${scriptTag(choice)}\n<${tag}${written(attributesOf(choice))}>\n  ${fallback(choice)}\n</${tag}>`
}

/** The same for an editor that takes tags away which it does not know. */
export function plainSnippetOf(choice: Choice): string {
  const attributes = attributesOf(choice).map(([name, value]) => [`data-${name}`, value] as const)
  return `${scriptTag(choice)}\n<div data-outreach="${choice.widget}"${written(attributes)}>\n  ${fallback(choice)}\n</div>`
}

/** For a website that takes every script away: the portal's page in a frame; a link to a referral's, which no other page may frame. */
export function frameOf(choice: Choice): string {
  if (choice.widget === 'referral-form') return fallback(choice)
  const { origin, provider, widget, catalogue, language } = choice
  const { page, name, height } = widgets[widget]
  const query = new URLSearchParams({ ...(catalogue && { catalogue }), ...(language && { lang: language }) })
  const address = `${origin}/${provider}/${page}${query.size ? `?${query}` : ''}`
  return `<iframe src="${escaped(address)}" title="${name}" width="100%" height="${height}"></iframe>`
}

/** The rule for the website's styles, where a colour was chosen. */
export function styleOf({ colour, widget }: Choice): string {
  const rules = [`min-height: ${widgets[widget].height}px;`, ...(colour ? [`--outreach-colour-brand: ${colour};`] : [])]
  return `outreach-${widget} {\n  ${rules.join('\n  ')}\n}`
}

/** The address of the page that shows it live. */
export function previewOf({ provider, widget, pathway, catalogue, language, headingLevel, colour }: Choice): string {
  const query = new URLSearchParams({ widget, provider })
  const more = {
    pathway: widget === 'referral-form' ? pathway : '',
    catalogue,
    lang: language,
    'heading-level': headingLevel,
    brand: colour.replace('#', ''),
  }
  for (const [name, value] of Object.entries(more)) if (value) query.set(name, value)
  return `/console/embed-frame?${query}`
}

/**
 * A website's origin as the list of those that may frame the portal takes it: `https://`, a host, nothing after it.
 * Undefined where it is none. On somebody's own machine, one of its own ports will do.
 */
export function originOf(typed: string, development = false): string | undefined {
  const text = typed.trim()
  let url: URL
  try {
    url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
  } catch {
    return undefined
  }
  if (development && url.protocol === 'http:' && url.hostname === 'localhost') return url.origin
  const isWhole = url.protocol === 'https:' && url.hostname.includes('.') && !url.username && !url.password
  return isWhole && !/[*\s]/.test(text) ? url.origin : undefined
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
