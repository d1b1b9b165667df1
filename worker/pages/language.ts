import { cy } from '../../components/words/cy/whole.ts'
import { speak } from '../../components/words/spoken.ts'

/** What the portal speaks. */
export type Language = 'en' | 'cy'

/** What a visitor of any page has asked for. */
export interface Visitor {
  language: Language
  /** The demonstration's day, shown on every page; absent in production. */
  demonstrationDay?: string | undefined
  /** A development day that the address names, which links carry on. */
  today?: string | undefined
}

/** The language that an address or a form names, else English. */
export function languageNamed(text: string | undefined): Language {
  return text === 'cy' ? 'cy' : 'en'
}

/** A path outside any form, with the day and the language that the visitor's address names. A year is one provider's, and stays behind. */
export function addressOf(path: string, { language, today }: Visitor): string {
  const query = new URLSearchParams()
  if (today) query.set('today', today)
  if (language !== 'en') query.set('lang', language)
  return query.size ? `${path}?${query}` : path
}

/** Says in which language words are from here on. Whoever builds a page says so first, and builds it without waiting. */
export function speakIn(language: Language): void {
  speak(language === 'cy' ? cy : undefined)
}
