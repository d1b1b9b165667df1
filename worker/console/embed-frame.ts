import { framePage } from './frame-page.ts'

/** The widgets that a console can show, and the settings that each takes from the frame's address. */
const WIDGETS = new Set(['package-picker', 'training-menu', 'cluster-calculator', 'order-form', 'referral-form'])
const SETTINGS: Readonly<Record<string, RegExp>> = {
  provider: /^[a-z0-9-]{1,60}$/,
  pathway: /^[a-z0-9-]{1,60}$/,
  catalogue: /^[a-z0-9-]{1,60}$/,
  'heading-level': /^[1-6]$/,
}
const COLOUR = /^[0-9a-f]{6}$/i

/** The widget's links end on the page that it is shown on. */
const STILL = ['packages', 'training', 'cluster', 'order', 'referral'].map((page) => ` ${page}-href="#"`).join('')

/** A page with one widget on it, as a school's page would show it; undefined for an address that names none. */
export function embedFrame(query: URLSearchParams): string | undefined {
  const widget = query.get('widget') ?? ''
  if (!WIDGETS.has(widget)) return undefined
  const settings = Object.entries(SETTINGS)
    .map(([name, shape]) => [name, query.get(name) ?? '', shape] as const)
    .filter(([, value]) => value !== '')
  if (!query.get('provider') || settings.some(([, value, shape]) => !shape.test(value))) return undefined
  const language = query.get('lang') === 'cy' ? 'cy' : 'en-GB'
  const brand = query.get('brand') ?? ''
  const attributes = settings.map(([name, value]) => ` ${name}="${value}"`).join('')
  return framePage({
    language,
    style: `/console/embed-look.css${COLOUR.test(brand) ? `?brand=${brand}` : ''}`,
    script: '/outreach.js',
    main: `<outreach-${widget}${attributes}${STILL}></outreach-${widget}>`,
  })
}

/** The styles of that page: plain text, and the colour that was chosen. */
export function embedLook(query: URLSearchParams): string {
  const brand = query.get('brand') ?? ''
  const colour = COLOUR.test(brand) ? `:root{--outreach-colour-brand:#${brand}}` : ''
  return `${colour}body{margin:16px;font:1rem/1.5 system-ui,sans-serif;color:#0b0c0c;background:#fff}`
}
