import { render } from '@lit-labs/ssr'
import { collectResult } from '@lit-labs/ssr/lib/render-result.js'
import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Page } from '../../components/kit/links.ts'
import { words } from '../../components/words/en/portal.ts'
import { addressOf, type Visitor } from './language.ts'
import type { PageModel } from './model.ts'

interface Shell {
  visitor: Visitor
  title: string
  /** The provider, where the page is one's own. */
  model?: PageModel | undefined
  page?: Page | undefined
  main: TemplateResult
  /** Whether a widget stands on the page, or may come to. Without one it needs no script. */
  hasWidgets?: boolean
}

/** What Lit writes for a page that it would take up again; ours are replaced, never taken up. Text cannot hold them, since its brackets are escaped. */
const MARKERS = /<!--\/?lit-[^>]*-->|<\?>/g

/** A template as HTML. What is wrong has the focus as soon as the page is there, as a script would give it. */
export async function markupOf(body: TemplateResult): Promise<string> {
  const markup = (await collectResult(render(body))).replace(MARKERS, '')
  return markup.replace(' id="summary"', ' id="summary" autofocus')
}

/** A whole page as HTML. Everything that comes from a catalogue or an address is escaped by the templates. */
export async function pageOf({ title, visitor, model, page, main, hasWidgets = true }: Shell): Promise<string> {
  const { language, demonstrationDay } = visitor
  const provider = model?.catalogue.provider
  const [other, called] = language === 'cy' ? (['en', 'English'] as const) : (['cy', 'Cymraeg'] as const)
  const home = addressOf('/', visitor)
  const here = new URLSearchParams({ ...(visitor.today && { today: visitor.today }), lang: other })
  const body = html`<a class="skip" href="#main">${words.skip}</a>
    <header>
      ${demonstrationDay ? html`<p class="demonstration">${words.demonstration(demonstrationDay)}</p>` : nothing}
      <div class="width">
        ${provider ? html`<a class="name" href=${`/${provider.id}${dayOf(model)}`}><b lang="en">${provider.name}</b>${provider.service === provider.name ? nothing : html` <span lang="en">${provider.service}</span>`}</a>` : html`<a class="name" href=${home}><b>${words.providers}</b></a>`}
        ${model ? menu(model, page) : nothing}
        <a class="language" href=${model?.inOther(other, page) ?? `?${here}`} lang=${other} hreflang=${other}>${called}</a>
      </div>
    </header>
    ${
      model && page
        ? html`<nav class="width breadcrumb" aria-label=${words.breadcrumb}>
            <ol>
              <li><a href=${home}>${words.home}</a></li>
              <li><a href=${`/${model.catalogue.provider.id}${dayOf(model)}`} lang="en">${model.catalogue.provider.name}</a></li>
              <li aria-current="page">${words.pages[page]}</li>
            </ol>
          </nav>`
        : nothing
    }
    <main id="main" class="width" tabindex="-1">${main}</main>
    <footer>
      <div class="width">
        ${provider ? contactOf(provider) : nothing}
        <p class="mark">${words.madeWith}</p>
      </div>
    </footer>`
  // A title is raw text, in which a template has no places.
  const named = escaped([title, provider?.name ?? 'Outreach Kit'].join(' – '))
  return `<!doctype html>
<html lang="${language === 'cy' ? 'cy' : 'en-GB'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${named}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/portal.css">
${provider ? `<link rel="stylesheet" href="/${provider.id}/brand.css">` : ''}
${hasWidgets ? '<script type="module" src="/outreach.js"></script>\n' : ''}</head>
<body class="portal">
${await markupOf(body)}
</body>
</html>
`
}

/** A text as it stands in HTML where a template has no places: in a title or a text area. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
/** The pages that a provider's catalogue has something for. */
export function pagesOf({ offers, pathways = [] }: Catalogue): Page[] {
  return [
    'packages',
    ...(offers.some(({ kind }) => kind === 'training') ? ['training' as const] : []),
    ...(offers.some(({ kind }) => kind === 'cluster-subscription') ? ['cluster' as const] : []),
    ...(pathways.length || offers.some(({ askedBy }) => askedBy === 'referral') ? ['referral' as const] : []),
    ...(offers.some(({ askedBy }) => askedBy !== 'referral') ? ['order' as const] : []),
  ]
}

/** How to reach a provider: only what its catalogue gives. */
export function contactOf({
  name,
  address,
  telephone,
  email,
  website,
}: Pick<Catalogue['provider'], 'name' | 'address' | 'telephone' | 'email' | 'website'>): TemplateResult {
  return html`<address>
    <b>${name}</b>
    ${address?.map((line) => html`<br>${line}`)}
    ${telephone ? html`<br>${words.telephone}: <a href=${`tel:${telephone.replace(/[^+\d]/g, '')}`}>${telephone}</a>` : nothing}
    ${email ? html`<br>${words.email}: <a href=${`mailto:${email}`}>${email}</a>` : nothing}
    ${website ? html`<br>${words.website}: <a href=${website}>${website}</a>` : nothing}
  </address>`
}

function menu(model: PageModel, current: Page | undefined): TemplateResult {
  return html`<nav aria-label=${words.menu}>
    <ul>${pagesOf(model.catalogue).map(
      (page) =>
        html`<li><a href=${model.links[page]} aria-current=${page === current ? 'page' : nothing}>${words.pages[page]}</a></li>`,
    )}</ul>
  </nav>`
}

function dayOf(model: PageModel | undefined): string {
  const query = new URLSearchParams(model?.settings.map(([name, value]) => [name, value]))
  return query.size ? `?${query}` : ''
}
