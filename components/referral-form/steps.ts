import type { EligibilityAnswers } from '../../catalogue/rules/eligibility.ts'
import { eligibilityOf } from '../../catalogue/rules/eligibility.ts'
import type { Part, Pathway, Question } from '../../catalogue/schema/pathway.ts'
import { answerOf, isAskedOf, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { DraftReply } from '../../catalogue/wire/referral.ts'
import type { Wrong } from '../kit/error-summary.view.ts'
import { longDate } from '../words/en/money.ts'
import { words } from '../words/en/referral-form.ts'

/** The pages of a referral until it is sent. `fit`, `otherwise` and `part` are one page for each condition or part. */
export type Page = 'start' | 'fit' | 'otherwise' | 'address' | 'tasks' | 'part' | 'check' | 'send' | 'sent'

/** A page, and the condition or the part that it is about: `part.pupil`. `colleague` and `delete` are the portal’s alone, `choose` the widget’s. */
export type Place = Page | `${Page}.${string}` | 'colleague' | 'delete' | 'choose'

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
  parts: Record<string, KeptPart>
  colleagues: readonly { parts: readonly string[] }[]
}

/** Before a referral has begun, and once it is sent. */
export const noDraft = (): Draft => ({ parts: {}, colleagues: [], only: [], keptUntil: '' })

/** How a part stands in the task list. `optional`: nobody has saved it, and nothing in it is needed. */
export type PartState = 'not-started' | 'in-progress' | 'done' | 'colleague' | 'optional'

/** The name of a question’s control, and its id: the place in the request that it fills. */
export const controlOf = ({ id }: Pick<Question, 'id'>): string => `answers.${id}`

/** The fields of a day, in the order in which they are asked. */
export const DATE = ['day', 'month', 'year'] as const

/** What a part’s page says, by its questions. A day is joined from its three fields, and is no day where these are none. */
export function answersFrom({ questions }: Part, entries: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    questions.map((question) => {
      const name = controlOf(question)
      const [day = '', month = '', year = ''] = DATE.map((field) =>
        (entries.get(`${name}.${field}`) ?? '').replace(/[\s-]/g, ''),
      )
      const two = (field: string) => field.padStart(2, '0')
      const answers = {
        date: day + month + year && `${year}-${two(month)}-${two(day)}`,
        choices: entries.getAll(name),
      }
      return [question.id, question.as in answers ? answers[question.as as 'date'] : (entries.get(name) ?? '')]
    }),
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
  if (colleagues.some((colleague) => colleague.parts.includes(part.id))) return 'colleague'
  if (!kept && part.questions.every((question) => question.optional || !isAskedOf(question, {}))) return 'optional'
  return Object.keys(kept?.answers ?? {}).length ? 'in-progress' : 'not-started'
}

/** Whether everything that is needed is answered, so that it can be checked and sent. */
export function isReady({ parts }: Pick<Pathway, 'parts'>, draft: Draft): boolean {
  return !draft.only.length && parts.every((part) => /^(done|opt)/.test(stateOf(part, draft)))
}

/** Where one goes once a part is done: to the next that is nobody else’s and not done; else to the check, or the list. */
export function placeAfter(pathway: Pick<Pathway, 'parts'>, draft: Draft, id: string): Place {
  const { parts } = pathway
  const next = parts
    .slice(parts.findIndex((part) => part.id === id) + 1)
    .find((part) => !/^(done|coll)/.test(stateOf(part, draft)))
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

/** What is wrong, as a sentence about what was asked. */
export function sentenceOf({ code, most = 0 }: Fault, label: string): string {
  const all: Partial<Record<string, (label: string, most: string) => string>> = words.faults
  return (all[code] ?? words.faults.other)(label, most.toLocaleString('en-GB'))
}

/**
 * Faults as sentences at the controls that they are about, whichever side has found them: `/answers/pupil-name`. `labels`: what else
 * the page asks, by the places in its request.
 */
export function wrongOf(faults: readonly Fault[], part?: Part, labels: Readonly<Record<string, string>> = {}): Wrong[] {
  return faults.flatMap((fault) => {
    const [, place = '', id] = fault.pointer.split('/')
    const asked = place === 'answers' && part?.questions.find((question) => question.id === id)
    const label = asked ? asked.label : labels[place]
    return label ? [{ name: asked ? controlOf(asked) : place, text: sentenceOf(fault, label) }] : []
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
