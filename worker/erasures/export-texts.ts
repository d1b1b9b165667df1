import { isDay } from '../../catalogue/rules/dates.ts'
import type { Pathway, Question } from '../../catalogue/schema/pathway.ts'
import type { ExportedText } from '../../catalogue/wire/erasure.ts'
import { date } from '../letters/words.en.ts'

/** What the members of sealed values are called where people read them. */
const MEMBERS: Readonly<Record<string, string>> = {
  by: 'How it was answered',
  district: 'District',
  email: 'E-mail',
  heardBy: 'Written down by',
  name: 'Name',
  on: 'Signed on',
  parts: 'Their parts',
  pupil: 'Initials',
  readIn: 'Language of the page',
  reason: 'Reason',
  relationship: 'Relationship',
  role: 'Role',
  school: 'School',
  text: 'What was said',
  words: 'In their own words',
  year: 'Year',
}

/** What the sealed values are about that stand by themselves. */
const ABOUT: Readonly<Record<string, string>> = {
  agreement: 'Agreement',
  card: 'For lists',
  colleague: 'A colleague who was let in',
}

/** The sides of an agreement. */
const SIDES: Readonly<Record<string, string>> = { school: 'for the school', provider: 'for the provider' }

/** The languages that families are asked in. */
const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  cy: 'Welsh',
  pl: 'Polish',
  ur: 'Urdu',
  ar: 'Arabic',
}

/** How a family’s answer came. */
const HOW: Readonly<Record<string, string>> = {
  page: 'on the page',
  code: 'on the page, by the code of a printed letter',
  paper: 'on paper',
  'in-person': 'in person',
}

export function languageCalled(language: string): string {
  return LANGUAGES[language] ?? language
}

export function answeredHow(how: string): string {
  return HOW[how] ?? plain(how)
}

/** A code that nothing has a name for, as near to words as it comes. */
export function plain(code: string): string {
  return code.replaceAll('-', ' ')
}

/** A sealed value as texts, each under the name of its member and in words. `place` is the name that it is sealed under, where it stands by itself. */
export function textsIn(pathway: Pathway, value: unknown, place = ''): ExportedText[] {
  return leavesOf(value, []).map(({ path, text }) => ({
    name: [...(place === '' ? [] : [place]), ...path].join(' '),
    label: labelOf(pathway, place, path),
    text,
    words: wordsOf(pathway, place, path, text),
  }))
}

/** An answer to a question of the form, in words. */
export function answerInWords({ as, choices }: Question, answer: string | readonly string[]): string {
  const given = typeof answer === 'string' ? [answer] : answer
  if (as === 'yes-no') return given.map(yesOrNo).join(', ')
  return given.map((one) => choices?.find(({ id }) => id === one)?.name ?? dayInWords(one)).join(', ')
}

function leavesOf(value: unknown, path: readonly string[]): { path: readonly string[]; text: string }[] {
  if (value === undefined || value === null || value === '') return []
  if (typeof value !== 'object') return [{ path, text: String(value) }]
  if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, path))
  return Object.entries(value).flatMap(([member, one]) => leavesOf(one, [...path, member]))
}

function labelOf(pathway: Pathway, place: string, path: readonly string[]): string {
  const [about = ''] = place.split(':')
  if (about === 'eligibility') return pathway.eligibility.find(({ id }) => id === path[0])?.question ?? 'Eligibility'
  const [side, ...rest] = about === 'agreement' ? path : []
  const members = (side === undefined ? path : rest).map((member) => MEMBERS[member] ?? plain(member))
  return [ABOUT[about] ?? plain(about), side === undefined ? '' : (SIDES[side] ?? ''), ...members]
    .filter(Boolean)
    .map((part, index) => (index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1)))
    .join(', ')
}

function wordsOf(pathway: Pathway, place: string, path: readonly string[], text: string): string {
  const member = path.at(-1)
  if (place === 'eligibility') return yesOrNo(text)
  if (member === 'readIn') return languageCalled(text)
  if (member === 'by') return answeredHow(text)
  if (member === 'parts') return pathway.parts.find(({ id }) => id === text)?.name ?? text
  return dayInWords(text)
}

function yesOrNo(text: string): string {
  return text === 'yes' ? 'Yes' : text === 'no' ? 'No' : text
}

function dayInWords(text: string): string {
  return isDay(text) ? date(text) : text
}
