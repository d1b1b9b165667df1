import type { Catalogue } from '../schema/catalogue.ts'
import type { ConsentPurpose } from '../schema/consent.ts'
import type { Pathway } from '../schema/pathway.ts'

/** A text that says of how long something is kept what the figures do not say: where, and which length. */
export interface KeptOtherwise {
  pointer: string
  about: string
}

const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const SPAN = new RegExp(String.raw`\b(\d+|${NUMBERS.join('|')}) (day|month|year)s?\b`, 'gi')

/**
 * Where families read another length of keeping than the one by which things are deleted: English words by number and unit, those in
 * other languages by their figures. The privacy notice has to name each length, once it names any.
 */
export function keptOtherwiseIn({ pathways = [], privacy }: Catalogue): KeptOtherwise[] {
  const notice = spansIn(privacy?.notice.flatMap(({ text }) => text).join(' ') ?? '')
  return pathways.flatMap((pathway, index) => [
    ...pathway.consent.purposes.flatMap((purpose, place) =>
      inPurpose(purpose, pathway, `/pathways/${index}/consent/purposes/${place}`),
    ),
    ...(notice.length === 0 ? [] : namedLengths(pathway).filter((length) => !notice.includes(length))).map((about) => ({
      pointer: '/privacy/notice',
      about,
    })),
  ])
}

function inPurpose(purpose: ConsentPurpose, { retention }: Pathway, at: string): KeptOtherwise[] {
  const { draftDays, unansweredDays, withdrawnDays } = retention
  const lengths = [
    ...[draftDays, unansweredDays, withdrawnDays].map((days) => `${days} day`),
    ...monthsIn(retention).flatMap((months) => [`${months} month`, `${months / 12} year`]),
  ]
  const figures = lengths.map((length) => length.split(' ')[0])
  return [
    ...spansIn(purpose.keptFor)
      .filter((length) => !lengths.includes(length))
      .map((about) => ({ pointer: `${at}/keptFor`, about })),
    ...(purpose.in ?? []).flatMap(({ keptFor }, index) =>
      (keptFor.match(/\d+/g) ?? [])
        .filter((figure) => !figures.includes(figure))
        .map((about) => ({ pointer: `${at}/in/${index}/keptFor`, about })),
    ),
  ]
}

/** The lengths that a notice names of a pathway: whole years are named as years. */
function namedLengths({ retention }: Pathway): string[] {
  const { draftDays, unansweredDays, withdrawnDays } = retention
  const over = monthsIn(retention).map((months) => (months % 12 === 0 ? `${months / 12} year` : `${months} month`))
  return [...new Set([...[draftDays, unansweredDays, withdrawnDays].map((days) => `${days} day`), ...over])]
}

/** How many months a case is kept once it is over. */
function monthsIn({ endedMonths, declinedMonths = endedMonths }: Pathway['retention']): number[] {
  return [endedMonths, declinedMonths]
}

/** The lengths of time that an English text names, such as “30 day” and “3 year”. */
function spansIn(text: string): string[] {
  return [...text.matchAll(SPAN)].map(([, count = '', unit = '']) => {
    const word = NUMBERS.indexOf(count.toLowerCase())
    return `${word < 0 ? Number(count) : word + 1} ${unit.toLowerCase()}`
  })
}
