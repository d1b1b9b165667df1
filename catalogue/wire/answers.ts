import { addDays, isDay } from '../rules/dates.ts'
import type { AnswerFills, Part, Pathway, Question } from '../schema/pathway.ts'
import { EMAIL, isPlainText } from '../schema/plain.ts'
import type { Fault } from './faults.ts'

/** What a part’s questions were answered, by their ids; several choices are a list. */
export type PartAnswers = Readonly<Record<string, string | readonly string[]>>

/** What the parts of a referral were answered, by their ids. */
export type ReferralAnswers = Readonly<Record<string, PartAnswers>>

/** The most characters of a line and of a text, where the question says nothing else. */
const MOST = { line: 200, text: 3_000, telephone: 30, email: 254 }

/** Six digits or more, with what people write between them, and an extension. */
const TELEPHONE = /^(?=(?:\D*\d){6})[\d\s+().-]+(?:ext[.\s]*\d+)?$/i

/** Nobody who is referred is older, in years: a slip in the year of birth. */
const OLDEST = 26

/** Whether a question is asked, by the other answers of its part. */
export function isAskedOf({ when }: Question, answers: PartAnswers): boolean {
  if (!when) return true
  const answer = answers[when.question]
  return typeof answer === 'string' || answer === undefined ? answer === when.is : answer.includes(when.is)
}

/** What was answered to a question, without spaces around it; the empty text where nothing was. */
export function answerOf({ id }: Pick<Question, 'id'>, answers: PartAnswers): string | readonly string[] {
  const answer = answers[id]
  return typeof answer === 'string' ? answer.trim() : (answer ?? '')
}

/** The answers to the questions that are asked, and no others: what is kept of a part. */
export function keptOf(part: Part, answers: PartAnswers): PartAnswers {
  return Object.fromEntries(
    part.questions.flatMap((question) => {
      const answer = answerOf(question, answers)
      return isAskedOf(question, answers) && answer.length > 0 ? [[question.id, answer]] : []
    }),
  )
}

/** Everything that is wrong with a part’s answers. Pointers are the questions’ ids: `/pupil-name`. */
export function faultsInPart(part: Part, answers: PartAnswers, today: string): Fault[] {
  return part.questions.flatMap((question) => {
    if (!isAskedOf(question, answers)) return []
    const fault = faultIn(question, answerOf(question, answers), today)
    return fault ? [{ pointer: `/${question.id}`, ...fault }] : []
  })
}

/** Whether nothing is missing or wrong in a part. */
export function isComplete(part: Part, answers: PartAnswers | undefined, today: string): boolean {
  return answers !== undefined && faultsInPart(part, answers, today).length === 0
}

/** What can be wrong with an answer. */
export type AnswerFaultCode =
  | 'required'
  | 'choose'
  | 'wrong-type'
  | 'whole-number'
  | 'too-large'
  | 'too-long'
  | 'not-text'
  | 'email'
  | 'urn'
  | 'not-a-date'
  | 'in-the-future'
  | 'too-long-ago'

type Finding = Pick<Fault, 'most'> & { code: AnswerFaultCode }

function faultIn(question: Question, answer: string | readonly string[], today: string): Finding | undefined {
  const { as, choices = [], optional, most } = question
  if (answer.length === 0)
    return optional ? undefined : { code: /^(choices?|yes-no)$/.test(as) ? 'choose' : 'required' }
  if (as === 'choices') {
    const chosen = typeof answer === 'string' ? [answer] : answer
    return chosen.every((one) => choices.some(({ id }) => id === one)) && new Set(chosen).size === chosen.length
      ? undefined
      : { code: 'choose' }
  }
  if (typeof answer !== 'string') return { code: 'wrong-type' }
  if (as === 'choice') return choices.some(({ id }) => id === answer) ? undefined : { code: 'choose' }
  if (as === 'yes-no') return answer === 'yes' || answer === 'no' ? undefined : { code: 'choose' }
  if (as === 'date') return faultInDay(question, answer, today)
  if (as === 'number') {
    if (!/^\d{1,9}$/.test(answer)) return { code: 'whole-number' }
    return most !== undefined && Number(answer) > most ? { code: 'too-large', most } : undefined
  }
  const longest = as === 'telephone' || as === 'email' ? MOST[as] : (most ?? MOST[as])
  if (answer.length > longest) return { code: 'too-long', most: longest }
  if (!isPlainText(as === 'text' ? answer.replace(/\r\n?|[\n\t]/g, ' ') : answer)) return { code: 'not-text' }
  if (as === 'email' && !EMAIL.test(answer)) return { code: 'email' }
  if (as === 'telephone' && !TELEPHONE.test(answer)) return { code: 'whole-number' }
  if (question.fills === 'school.urn' && !/^\d{6}$/.test(answer)) return { code: 'urn' }
  return undefined
}

/** A day that exists; a day of birth is not to come and not too long ago. */
function faultInDay({ fills }: Question, answer: string, today: string): Finding | undefined {
  if (!isDay(answer)) return { code: 'not-a-date' }
  if (fills !== 'pupil.born') return undefined
  if (answer > today) return { code: 'in-the-future' }
  return answer < addDays(today, -OLDEST * 365) ? { code: 'too-long-ago' } : undefined
}

/** What the referral says of somebody or something that the product has to know, whatever the question is called. */
export function filled({ parts }: Pick<Pathway, 'parts'>, answers: ReferralAnswers, fills: AnswerFills): string {
  return allFilled({ parts }, answers, fills)[0] ?? ''
}

/** The same, where several questions may say it. */
export function allFilled({ parts }: Pick<Pathway, 'parts'>, answers: ReferralAnswers, fills: AnswerFills): string[] {
  return parts.flatMap(({ id, questions }) => {
    const own = answers[id] ?? {}
    return questions.flatMap((question) => {
      const answer = answerOf(question, own)
      return question.fills === fills && typeof answer === 'string' && answer !== '' && isAskedOf(question, own)
        ? [answer]
        : []
    })
  })
}

/** Whole years of age on a day. */
export function ageOn(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4))
  return day.slice(5) < born.slice(5) ? years - 1 : years
}
