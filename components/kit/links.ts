/** Where a provider's portal pages are. The day and the year travel on with every link. */
export interface Place {
  /** Origin of the worker; empty on the portal itself. */
  api: string
  provider: string
  /** A year that was asked for by name. */
  catalogue?: string | null | undefined
  /** A development day. */
  today?: string | null | undefined
}

export type Page = 'packages' | 'training' | 'cluster' | 'order' | 'referral'

/** Where each job is done, and `print`: the portal's page of the list, which prints by itself and opens the same basket anywhere. */
export type Links = Record<Page | 'print', string>

/** The address of a portal page, with a basket's query in it where one is given, in English unless another language is named. */
export function portalLink(
  { api, provider, catalogue, today }: Place,
  page: Page,
  basket: [string, string][] = [],
  language?: string,
): string {
  const query = new URLSearchParams(basket)
  if (catalogue) query.set('catalogue', catalogue)
  if (today) query.set('today', today)
  if (language) query.set('lang', language)
  return `${api}/${provider}/${page}${query.size ? `?${query}` : ''}`
}
