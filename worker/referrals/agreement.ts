import { lastDayOf } from '../../catalogue/rules/deadline.ts'
import { stageOf } from '../../catalogue/rules/pathway.ts'
import { mayReadFilled, type ReadingAs } from '../../catalogue/rules/who-may-read.ts'
import type { AnswerFills, Stage } from '../../catalogue/schema/pathway.ts'
import { filled, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type { AgreedFor } from '../../catalogue/wire/case.ts'
import { termOfPool } from '../places/pools.ts'
import type { OpenCase } from './open-case.ts'

/** The signatures that an agreement has, as they are sealed. */
export interface Signatures {
  school?: { name: string; role: string; on: string }
  provider?: { name: string; on: string }
}

/** Whom an agreement is for, and what it gives when, as far as that is known and somebody may know it. The school knows all of it: it has written it. */
export async function agreedFor(openCase: OpenCase, as: ReadingAs | 'school'): Promise<AgreedFor> {
  const { pathway, document, kept, calendar } = openCase
  const answers = await openCase.readAll<PartAnswers>('part:')
  const said = (fills: AnswerFills) =>
    ((as === 'school' || mayReadFilled(as, pathway, fills)) && filled(pathway, answers, fills)) || null
  const place = kept.places.findLast(({ freedOn }) => freedOn === null) ?? kept.places.at(-1)
  const stage = stageAgreedOn(openCase)
  const from = kept.events.find(({ kind, of }) => kind === 'entered' && of === stage?.id)?.on ?? null
  return {
    pupil: said('pupil.name'),
    born: said('pupil.born'),
    school: said('school.name'),
    provider: document.provider.name,
    place: pathway.places?.find(({ id }) => id === place?.kind)?.name ?? null,
    term: calendar.terms.find(({ id }) => id === termOfPool(place?.pool ?? ''))?.name ?? null,
    givenOn: place?.givenOn ?? null,
    from,
    weeks: stage?.weeks ?? null,
    until: from !== null && stage?.weeks !== undefined ? lastDayOf(from, stage.weeks) : null,
  }
}

/** Whether a decision at a stage needs the agreement. */
export function needsAgreement(stage: Stage | undefined): boolean {
  return (stage?.moves ?? []).some(({ needs = [] }) => needs.some(({ kind }) => kind === 'agreement'))
}

/** The stage that begins with the agreement: what both sides agree on. */
function stageAgreedOn({ pathway }: OpenCase): Stage | undefined {
  const begun = pathway.stages
    .flatMap(({ moves }) => moves)
    .find(({ to, needs = [] }) => to !== undefined && needs.some(({ kind }) => kind === 'agreement'))
  return begun?.to === undefined ? undefined : stageOf(pathway, begun.to)
}
