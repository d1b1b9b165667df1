import { deepEqual, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CONSENT_LANGUAGES } from '../../catalogue/schema/consent.ts'
import { ar } from '../../components/words/ar/consent.ts'
import { cy } from '../../components/words/cy/consent.ts'
import { en } from '../../components/words/en/consent.ts'
import { pl } from '../../components/words/pl/consent.ts'
import { ur } from '../../components/words/ur/consent.ts'
import { consentLetterIn } from '../../worker/letters/consent-letter.ts'

const PAGES = { en, cy, pl, ur, ar }

/** Every sentence of some words, as it is said about a provider with a short name on a day. */
function sentencesIn(words: unknown, key = ''): string[] {
  if (typeof words === 'string') return words.split(/(?<=[.!?۔؟:])\s+/).filter((text) => text !== '')
  if (typeof words === 'function') {
    if (key === 'date') return []
    return sentencesIn(
      words(
        /left|long/.test(key)
          ? 3
          : /until|over|demonstration|given|refused|withdrawn|stopped$/.test(key)
            ? '10 May 2024'
            : 'Oak',
        '10 May 2024',
      ),
    )
  }
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([name, value]) => sentencesIn(value, name))
}

const wordsOf = (sentence: string): number =>
  sentence.split(/\s+/).filter((word) => /\p{Letter}|\p{Number}/u.test(word)).length

/** What no page for parents says: it frightens, or is nobody's everyday word. */
const HARD =
  /\b(must|immediately|failure|invalid|denied|illegal|legal|liable|penalty|breach|data subject|revoke|withdraw|pursuant|hereby|authori[sz]e|safeguarding|SEMH|APDR|EHCP|SENCo)\b/i

describe('The words for parents', () => {
  for (const language of ['en', ...CONSENT_LANGUAGES] as const) {
    it(`are said in sentences of fewer than fifteen words (${language})`, () => {
      const said = [...sentencesIn(PAGES[language]), ...sentencesIn(consentLetterIn(language))]
      ok(said.length > 120)
      deepEqual(
        said.filter((sentence) => wordsOf(sentence) >= 15),
        [],
      )
    })

    it(`leave nothing out (${language})`, () => {
      const shape = (words: unknown): unknown =>
        typeof words === 'object' && words !== null
          ? Object.fromEntries(Object.entries(words).map(([name, value]) => [name, shape(value)]))
          : typeof words === 'string' && words.trim() === ''
            ? 'empty'
            : typeof words
      deepEqual(shape(PAGES[language]), shape(en))
      deepEqual(shape(consentLetterIn(language)), shape(consentLetterIn('en')))
    })
  }

  it('say nothing that frightens, and no word that needs another to explain it', () => {
    const said = [...sentencesIn(en), ...sentencesIn(consentLetterIn('en'))]
    deepEqual(
      said.filter((sentence) => HARD.test(sentence)),
      [],
    )
  })

  it('are of a language’s own letters', () => {
    for (const [language, own] of [
      ['ur', /[\u0600-\u06ff]/],
      ['ar', /[\u0600-\u06ff]/],
    ] as const)
      deepEqual(
        sentencesIn(PAGES[language]).filter((sentence) => !own.test(sentence) && /[a-z]{4}/.test(sentence)),
        [],
      )
    for (const language of ['cy', 'pl'] as const) {
      const english = new Set(sentencesIn(en))
      deepEqual(
        sentencesIn(PAGES[language]).filter((sentence) => english.has(sentence) && wordsOf(sentence) > 1),
        [],
      )
    }
  })
})
