import type { Pathway } from '../schema/pathway.ts'
import { type CaseEvent, eventsThatStand } from './deadline.ts'
import { isOnAgenda, stageOf, wasOnAgenda } from './pathway.ts'

/** What can stand out about a case: its permission has run out, a question to the school is open or answered, it has to be put on a panel’s agenda again, a consent that work needs is missing again. */
export const CASE_FLAGS = [
  'consent-expired',
  'question-open',
  'school-replied',
  'agenda-again',
  'consent-withdrawn',
  'consent-refused',
] as const
export type CaseFlag = (typeof CASE_FLAGS)[number]

/** An event with what it says in codes: of an answer and of a question for consent, about whom and what. */
export interface FlaggingEvent extends CaseEvent {
  detail: Readonly<Record<string, string | number | boolean | null>>
}

/** What stands out about a case by its history. A no to what releases it stops the case by itself and is no flag; that its permission has run out is known by the day alone. */
export function flagsOf(
  { consent, stages }: Pick<Pathway, 'consent' | 'stages'>,
  events: readonly FlaggingEvent[],
): CaseFlag[] {
  const answers = new Map<string, unknown>()
  let question: CaseFlag | undefined
  for (const { kind, of, detail } of eventsThatStand(events)) {
    if (kind === 'question') question = 'question-open'
    else if (kind === 'reply') question = 'school-replied'
    else if (kind === 'decided') question = detail.as === 'more-information' ? 'question-open' : undefined
    else if (kind === 'answered') answers.set(`${detail.person} ${of} ${detail.each ?? ''}`, detail.answer)
    else if (kind === 'asked') answers.delete(`${of} ${detail.purpose} ${detail.each ?? ''}`)
  }
  const said = (answer: string) =>
    [...answers].some(
      ([about, given]) =>
        given === answer && !consent.purposes.some(({ id, releases }) => releases && about.split(' ')[1] === id),
    )
  const stage = events.findLast(({ kind }) => kind === 'entered')?.of ?? ''
  const isBack = stageOf({ stages }, stage)?.panel === true && !isOnAgenda(events) && wasOnAgenda(events)
  return CASE_FLAGS.filter(
    (flag) =>
      flag === question ||
      (flag === 'agenda-again' && isBack) ||
      (flag === 'consent-withdrawn' && said('withdrawn')) ||
      (flag === 'consent-refused' && said('refused')),
  )
}
