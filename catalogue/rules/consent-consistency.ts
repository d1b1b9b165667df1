import type { Consent, ConsentPurpose } from '../schema/consent.ts'
import { type Note, noteRepeated } from './noted.ts'

/** What can be wrong with the words in other languages. */
export type TranslationCode = 'repeated-language' | 'unknown-language' | 'missing-language'

/** What can be wrong with how consent is asked for, though each part of it is right by itself. */
export type ConsentCode =
  | TranslationCode
  | 'repeated-id'
  | 'nothing-releases'
  | 'releases-later'
  | 'releases-in-person'
  | 'releases-for-some'
  | 'each-where-each-time'
  | 'no-age-given'
  | 'age-for-nothing'

/** Notes everything that does not fit together in what parents, carers and young people are asked. */
export function checkConsent(consent: Consent, at: string, note: Note<ConsentCode>): void {
  const { purposes, ownAnswerFrom, languages } = consent
  noteRepeated(purposes, `${at}/purposes`, note)
  if (!purposes.some(({ releases }) => releases)) note(`${at}/purposes`, 'nothing-releases')
  purposes.forEach((purpose, index) => {
    checkPurpose(purpose, `${at}/purposes/${index}`, note)
    checkReleasing(purpose, ownAnswerFrom, `${at}/purposes/${index}/by`, note)
    const own = purpose.by.indexOf('young-person')
    if (own >= 0 && ownAnswerFrom === undefined) note(`${at}/purposes/${index}/by/${own}`, 'no-age-given')
  })
  if (ownAnswerFrom !== undefined && !purposes.some(({ by }) => by.includes('young-person')))
    note(`${at}/ownAnswerFrom`, 'age-for-nothing')
  languages.forEach((language, index) => {
    if (languages.indexOf(language) < index) note(`${at}/languages/${index}`, 'repeated-language', language)
  })
  for (const [told, pointer] of [
    [consent, `${at}/in`],
    ...purposes.flatMap(({ each = [], ...purpose }, index) => [
      [purpose, `${at}/purposes/${index}/in`] as const,
      ...each.map((one, place) => [one, `${at}/purposes/${index}/each/${place}/in`] as const),
    ]),
  ] as const)
    checkTranslations(told.in, languages, pointer, note)
}

function checkPurpose(purpose: ConsentPurpose, at: string, note: Note<ConsentCode>): void {
  noteRepeated(purpose.each, `${at}/each`, note)
  if (purpose.releases && purpose.asked !== 'at-once') note(`${at}/asked`, 'releases-later')
  if (purpose.releases && purpose.inPerson) note(`${at}/inPerson`, 'releases-in-person')
  if ((purpose.asked === 'each-time') !== (purpose.each !== undefined)) note(`${at}/each`, 'each-where-each-time')
}

/** What releases a referral is for everybody: young people alone are asked from their age on, and others below it. */
function checkReleasing(
  { releases, by }: ConsentPurpose,
  ownAnswerFrom: number | undefined,
  at: string,
  note: Note<ConsentCode>,
): void {
  if (!releases || ownAnswerFrom === undefined) return
  if (!by.includes('young-person')) note(at, 'releases-for-some', 'young-person')
  else if (by.every((giver) => giver === 'young-person')) note(at, 'releases-for-some', 'carer')
}

/** Notes languages of a text that are not the consent pages’, stand twice or are missing. */
export function checkTranslations(
  translations: readonly { language: string }[] = [],
  languages: readonly string[],
  pointer: string,
  note: Note<TranslationCode>,
): void {
  const done = translations.map(({ language }) => language)
  done.forEach((language, index) => {
    if (!languages.includes(language)) note(`${pointer}/${index}/language`, 'unknown-language', language)
    else if (done.indexOf(language) < index) note(`${pointer}/${index}/language`, 'repeated-language', language)
  })
  for (const language of new Set(languages)) if (!done.includes(language)) note(pointer, 'missing-language', language)
}
