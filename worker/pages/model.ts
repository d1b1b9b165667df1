import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { basketFrom, knownTo } from '../../catalogue/wire/basket-from.ts'
import { queryOf } from '../../catalogue/wire/query-of.ts'
import { type Links, type Page, portalLink } from '../../components/kit/links.ts'
import { type Language, languageNamed, type Visitor } from './language.ts'

/** What every page of a provider knows. */
export interface PageModel extends Visitor {
  catalogue: Catalogue & { version: number; on: string; inForce: boolean }
  /** A year that the address names. */
  year?: string | undefined
  /** What was chosen and typed, as pairs. */
  entries: readonly (readonly [string, string])[]
  /** This provider's pages, with the basket, the year, the day and the language in their addresses. */
  links: Links
  /** The same page in another language, with the same basket. */
  inOther: (language: Language, page: Page | undefined) => string
  /** What travels with a form: the year, the day and the language, where the address names them. */
  settings: readonly [string, string][]
}

/** A page's model from what its address or form says. */
export function modelOf(
  catalogue: PageModel['catalogue'],
  entries: readonly (readonly [string, string])[],
  demonstrationDay?: string,
): PageModel {
  const named = (name: string) => entries.find(([key, value]) => key === name && value)?.[1]
  const year = named('catalogue')
  const today = demonstrationDay === undefined ? undefined : named('today')
  const basket = queryOf(knownTo(catalogue, basketFrom(entries)))
  const language = languageNamed(named('lang'))
  const place = { api: '', provider: catalogue.provider.id, catalogue: year, today }
  const linkIn = (spoken: Language, page: Page | undefined) =>
    portalLink(place, page ?? 'packages', basket, spoken === 'en' ? undefined : spoken).replace(
      page ? '' : '/packages',
      '',
    )
  const link = (page: Page) => linkIn(language, page)
  return {
    catalogue,
    language,
    demonstrationDay,
    year,
    today,
    entries,
    links: {
      packages: link('packages'),
      print: link('packages'),
      training: link('training'),
      cluster: link('cluster'),
      order: link('order'),
      referral: link('referral'),
    },
    inOther: linkIn,
    settings: [
      ...(year ? [['catalogue', year] as [string, string]] : []),
      ...(today ? [['today', today] as [string, string]] : []),
      ...(language === 'en' ? [] : [['lang', language] as [string, string]]),
    ],
  }
}

/** The address of one of a provider’s pages outside the list’s, with the year, the day and the language that the model’s address names. */
export function addressIn({ catalogue, settings }: Pick<PageModel, 'catalogue' | 'settings'>, path: string): string {
  const query = new URLSearchParams(settings.map(([name, value]) => [name, value]))
  return `/${catalogue.provider.id}/${path}${query.size ? `?${query}` : ''}`
}
