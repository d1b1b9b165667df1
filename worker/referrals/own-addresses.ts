import type { AnswerFills, Part, Pathway } from '../../catalogue/schema/pathway.ts'
import { allFilled, answerOf, isAskedOf, type PartAnswers, type ReferralAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { OpenCase } from './open-case.ts'

/** What is answered with the address of somebody who is asked for consent. */
const ASKED: ReadonlySet<AnswerFills> = new Set([
  'carer.email',
  'second-carer.email',
  'young-person.email',
  'social-worker.email',
])

/** The addresses of those at school who have to do with a referral: who makes it, who was let in, who is told of it. A link for consent that went there would be answered by the school. */
export async function schoolsAddresses(
  openCase: Pick<OpenCase, 'read' | 'readAll' | 'pathway'>,
  answers: ReferralAnswers,
): Promise<Set<string>> {
  const [referrer, colleagues] = await Promise.all([
    openCase.read<{ email: string }>('referrer'),
    openCase.readAll<{ email: string }>('colleague:'),
  ])
  const told = allFilled(openCase.pathway satisfies Pick<Pathway, 'parts'>, answers, 'told')
  const all = [referrer?.email ?? '', ...Object.values(colleagues).map(({ email }) => email), ...told]
  return new Set(all.filter(Boolean).map(plain))
}

/** Where a part gives an address of the school’s as that of somebody who is asked. Pointers are the questions’ ids: `/carer-email`. */
export function faultsOfOwn(
  { questions }: Pick<Part, 'questions'>,
  answers: PartAnswers,
  own: ReadonlySet<string>,
): Fault[] {
  return questions.flatMap((question): Fault[] => {
    const answer = answerOf(question, answers)
    return question.fills !== undefined &&
      ASKED.has(question.fills) &&
      typeof answer === 'string' &&
      isAskedOf(question, answers) &&
      own.has(plain(answer))
      ? [{ pointer: `/${question.id}`, code: 'not-the-schools' }]
      : []
  })
}

function plain(address: string): string {
  return address.trim().toLowerCase()
}
