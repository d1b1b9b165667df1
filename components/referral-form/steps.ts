import type { EligibilityAnswers } from '../../catalogue/rules/eligibility.ts'
import { eligibilityOf } from '../../catalogue/rules/eligibility.ts'
import type { Part, Pathway, Question } from '../../catalogue/schema/pathway.ts'
import { answerOf, isAskedOf, keptOf, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault, FaultCode } from '../../catalogue/wire/faults.ts'
import type { DraftReply } from '../../catalogue/wire/referral.ts'
import type { Wrong } from '../kit/error-summary.view.ts'
import { longDate } from '../words/en/money.ts'
import { words } from '../words/en/referral-form.ts'

/** The pages of a referral until it is sent. `fit`, `otherwise` and `part` are one page for each condition or part. */
export type Page =
  | 'start'
  | 'fit'
  | 'otherwise'
  | 'address'
  | 'tasks'
  | 'part'
  | 'colleague'
  | 'check'
  | 'send'
  | 'sent'

/** A page, and the condition or the part that it is about: `part.pupil`. */
export type Place = Page | `${Page}.${string}`

/** The page of a place, and the id of what it is about. Ids have no dots. */
export function placeOf(place: Place): [page: Page, of: string] {
  const [page, of = ''] = place.split('.')
  return [page as Page, of]
}

/** A part as it is kept. */
export interface KeptPart {
  revision: number
  answers: PartAnswers
  /** Whether nothing is missing or wrong in it. */
  complete: boolean
}

/** A referral under way, as far as its pages look at it. */
export interface Draft extends Pick<DraftReply, 'only' | 'keptUntil'> {
  parts: Readonly<Record<string, KeptPart>>
  colleagues: readonly { parts: readonly string[] }[]
}

/** A form’s entries, by the names of its controls. */
export type Entries = readonly (readonly [name: string, value: string])[]

/** How a part stands in the task list. `optional`: nobody has saved it, and nothing in it is needed. */
export type PartState = 'not-started' | 'in-progress' | 'done' | 'colleague' | 'optional'

/** The name of a question’s control, and its id: the place in the request that it fills. */
export const controlOf = ({ id }: Pick<Question, 'id'>): string => `answers.${id}`

/** The fields of a day, in the order in which they are asked. */
export const DATE = ['day', 'month', 'year'] as const

/** What a form’s entries say for a name. */
export function allOf(entries: Entries, name: string): string[] {
  return entries.flatMap(([key, value]) => (key === name ? [value] : []))
}

/** What a part’s page says, without what is not asked. A day is joined from its three fields, and is no day where these are none. */
export function answersFrom(part: Part, entries: Entries): PartAnswers {
  return keptOf(
    part,
    Object.fromEntries(
      part.questions.map((question) => {
        const name = controlOf(question)
        const all = allOf(entries, name)
        if (question.as !== 'date') return [question.id, question.as === 'choices' ? all : (all[0] ?? '')]
        const [day = '', month = '', year = ''] = DATE.map((field) =>
          (allOf(entries, `${name}.${field}`)[0] ?? '').replace(/[\s-]/g, ''),
        )
        return [question.id, day + month + year && [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')]
      }),
    ),
  )
}

/** The fields of a day as it was typed, in the order of `DATE`. */
export function fieldsOf(day: string): string[] {
  const fields = day.split('-')
  return [2, 1, 0].map((index) => (fields[index] ?? '').replace(/^0+/, ''))
}

/** How a part stands. What a colleague was let in for is theirs until it is done. */
export function stateOf(part: Part, { parts, colleagues }: Draft): PartState {
  const kept = parts[part.id]
  if (kept?.complete) return 'done'
  if (!kept && part.questions.every((question) => question.optional || !isAskedOf(question, {}))) return 'optional'
  if (colleagues.some((colleague) => colleague.parts.includes(part.id))) return 'colleague'
  return Object.keys(kept?.answers ?? {}).length ? 'in-progress' : 'not-started'
}

/** Whether everything that is needed is answered, so that it can be checked and sent. */
export function isReady({ parts }: Pick<Pathway, 'parts'>, draft: Draft): boolean {
  return !draft.only.length && parts.every((part) => /^[do]/.test(stateOf(part, draft)))
}

/** Where one goes once a part is done: to the next that is nobody else’s and not done; else to the check, or the list. */
export function placeAfter(pathway: Pick<Pathway, 'parts'>, draft: Draft, id: string): Place {
  const { parts } = pathway
  const next = parts
    .slice(parts.findIndex((part) => part.id === id) + 1)
    .find((part) => /^[ion]/.test(stateOf(part, draft)))
  return next ? `part.${next.id}` : isReady(pathway, draft) ? 'check' : 'tasks'
}

/** An answer as it is read. */
export function shownAnswer(question: Question, answers: PartAnswers): string {
  const given = answerOf(question, answers)
  const { as, choices } = question
  const read = (value: string) => {
    if (as === 'date') return Date.parse(value) ? longDate(value) : fieldsOf(value).join(' ')
    return as === 'yes-no'
      ? words[value === 'yes' ? 'yes' : 'no']
      : (choices?.find(({ id }) => id === value)?.name ?? value)
  }
  return [given].flat().filter(Boolean).map(read).join(', ')
}

const SENTENCES: Partial<Record<FaultCode, keyof typeof words.faults>> = {
  'not-a-date': 'date',
  'in-the-future': 'future',
  'too-long-ago': 'past',
  'whole-number': 'whole',
  'too-large': 'large',
  'too-long': 'long',
  'not-text': 'text',
}

/** What is wrong, as a sentence about what was asked. */
export function sentenceOf({ code, most = 0 }: Pick<Fault, 'code' | 'most'>, label: string): string {
  const all: Partial<Record<string, (label: string, most: string) => string>> = words.faults
  return (all[SENTENCES[code] ?? code] ?? words.faults.other)(label, most.toLocaleString('en-GB'))
}

/** Faults in a part’s answers as sentences, whichever side has found them: `/pupil-name`, `/answers/pupil-name`. */
export function wrongIn({ questions }: Part, faults: readonly Fault[]): Wrong[] {
  return faults.flatMap((fault) => {
    const question = questions.find(({ id }) => id === fault.pointer.replace('/answers', '').split('/')[1])
    return question ? [{ name: controlOf(question), text: sentenceOf(fault, question.label) }] : []
  })
}

/** Where the button of a page before the beginning leads, or what is wrong with the page’s answer. */
export function placeForth(pathway: Pathway, place: Place, fits: EligibilityAnswers): Place | Wrong[] {
  const found = eligibilityOf(pathway, fits)
  if (found.verdict === 'eligible') return 'address'
  const { id, question } = found.condition
  if (found.verdict === 'not-this-way') return `otherwise.${id}`
  const next: Place = `fit.${id}`
  return place === next ? [{ name: `eligibility.${id}`, text: words.faults.choose(question) }] : next
}

/** The page before another, until a referral has begun. */
export function placeBack({ eligibility }: Pick<Pathway, 'eligibility'>, place: Place): Place {
  const [page, of] = placeOf(place)
  if (page === 'otherwise') return `fit.${of}`
  const index = eligibility.findIndex(({ id }) => id === of)
  const before = eligibility.at(page === 'address' ? -1 : Math.max(index - 1, 0))
  return before && index !== 0 ? `fit.${before.id}` : 'start'
}
