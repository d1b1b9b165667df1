import type { Right } from '../../catalogue/wire/roles.ts'

/** The parts of the console that the menu names. */
export type Section = 'overview' | 'cases' | 'orders' | 'schools' | 'catalogue' | 'embed' | 'people' | 'record'

/** A page of the console: its address, what it is called and where its script is. */
export interface PageEntry {
  /** `/console/:provider/orders/:reference`; a segment with a colon takes anything. */
  path: string
  /** The page's element, which extends `ConsolePage`. */
  tag: string
  /** What the browser's tab says until the page says it better. */
  title: string
  /** Needs nobody to be signed in. */
  open?: boolean
  /** The right that a reader's role needs; none on personal pages. */
  right?: Right
  /** The entry of the menu that this page belongs to. */
  section?: Section
  /** Fetches the page's script. */
  load: () => Promise<unknown>
  /** What the page asks the API first: it is under way before the page's script is here. */
  early?: (place: Place) => string[]
}

/** Where somebody is: the page, what its address names, and what it filters by. */
export interface Place {
  entry: PageEntry
  /** The address's path. */
  path: string
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  /** What stands after the `#`, without it. */
  fragment: string
}

/** The page at an address; the first entry that fits. */
export function placeOf(address: URL, entries: readonly PageEntry[]): Place | undefined {
  const segments = segmentsOf(address.pathname)
  for (const entry of entries) {
    const params = paramsOf(segmentsOf(entry.path), segments)
    if (params)
      return { entry, path: address.pathname, params, query: address.searchParams, fragment: address.hash.slice(1) }
  }
  return undefined
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter(Boolean)
}

function paramsOf(wanted: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, want] of wanted.entries()) {
    const segment = decoded(given[index] ?? '')
    if (want.startsWith(':')) params[want.slice(1)] = segment
    else if (want !== segment) return undefined
  }
  return params
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
