import { askedAtOnce } from '../rules/consent.ts'
import type { ConsentGiver } from '../schema/consent.ts'
import type { AnswerFills, Pathway, Question } from '../schema/pathway.ts'
import { ageOn, filled, type ReferralAnswers } from './answers.ts'

/** Whether the pupil is old enough to answer in place of parents and carers. */
export function answersForThemself(
  pathway: Pick<Pathway, 'consent' | 'parts'>,
  answers: ReferralAnswers,
  today: string,
): boolean {
  const { ownAnswerFrom } = pathway.consent
  const born = filled(pathway, answers, 'pupil.born')
  return ownAnswerFrom !== undefined && born !== '' && ageOn(born, today) >= ownAnswerFrom
}

/**
 * A pathway’s parts as they are asked about this pupil: a parent’s or carer’s name may not be left empty where nobody else is named who
 * may release the referral. As long as nobody knows how old the pupil is, nothing is needed that may turn out not to be. A part of which
 * nothing more is needed is the pathway’s own.
 */
export function neededParts(
  pathway: Pick<Pathway, 'consent' | 'parts'>,
  answers: ReferralAnswers,
  today: string,
): Pathway['parts'] {
  const { consent, parts } = pathway
  const releases = (as: ConsentGiver) => askedAtOnce(consent, as).some((purpose) => purpose.releases)
  const others: readonly (readonly [ConsentGiver, AnswerFills])[] = [
    ['carer', 'second-carer.name'],
    ['social-worker', 'social-worker.name'],
  ]
  const isNamed = others.some(([as, fills]) => releases(as) && filled(pathway, answers, fills) !== '')
  const isAgeOpen = consent.ownAnswerFrom !== undefined && filled(pathway, answers, 'pupil.born') === ''
  if (isNamed || isAgeOpen || !releases('carer') || answersForThemself(pathway, answers, today)) return parts
  const isLeft = ({ fills, optional }: Question) => fills === 'carer.name' && optional
  return parts.map((part) =>
    part.questions.some(isLeft)
      ? { ...part, questions: part.questions.map((one) => (isLeft(one) ? { ...one, optional: false } : one)) }
      : part,
  )
}
