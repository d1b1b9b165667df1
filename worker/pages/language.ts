import { cy } from '../../components/words/cy/cy.ts'
import { speak } from '../../components/words/spoken.ts'

/** What the portal speaks. */
export type Language = 'en' | 'cy'

/** What a visitor of any page has asked for. */
export interface Visitor {
  language: Language
  /** The demonstration's day, shown on every page; absent in production. */
  demonstrationDay?: string | undefined
}

/** The language that an address or a form names, else English. */
export function languageNamed(text: string | undefined): Language {
  return text === 'cy' ? 'cy' : 'en'
}

/** Says in which language words are from here on. Whoever builds a page says so first, and builds it without waiting. */
export function speakIn(language: Language): void {
  speak(language === 'cy' ? cy : undefined)
}
