import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ConsentGiver } from '../../../catalogue/schema/consent.ts'
import type { AnswerFills, Pathway } from '../../../catalogue/schema/pathway.ts'
import { faultsInPart, type ReferralAnswers } from '../../../catalogue/wire/answers.ts'
import { neededParts } from '../../../catalogue/wire/needed.ts'
import { pathwayOf, questionOf } from '../sample.ts'

const TODAY = '2024-10-07'
const FILLS: readonly AnswerFills[] = ['pupil.born', 'carer.name', 'second-carer.name', 'social-worker.name']

/** A pathway that leaves everybody who may be asked open, released by these. */
function open(by: ConsentGiver[], ownAnswerFrom?: number): Pathway {
  const sample = pathwayOf()
  const [share] = sample.consent.purposes
  const parts = [
    {
      id: 'people',
      name: 'People',
      questions: FILLS.map((fills) => questionOf(fills.replace('.', '-'), { fills, optional: true })),
    },
  ]
  const purposes = share ? [{ ...share, by }] : []
  return { ...sample, parts, consent: { ...sample.consent, purposes, ...(ownAnswerFrom && { ownAnswerFrom }) } }
}

const missing = (pathway: Pathway, people: ReferralAnswers[string]) =>
  neededParts(pathway, { people }, TODAY).flatMap((part) =>
    faultsInPart(part, people, TODAY).map(({ pointer, code }) => `${pointer} ${code}`),
  )
const CARER = ['/carer-name required']

describe('Whoever has to be asked', () => {
  it('is named: a parent or carer below the age from which young people answer for themselves', () => {
    const own = open(['carer', 'young-person'], 16)
    deepEqual(missing(own, { 'pupil-born': '2015-02-03' }), CARER)
    deepEqual(missing(own, { 'pupil-born': '2008-10-08' }), CARER)
    deepEqual(missing(own, { 'pupil-born': '2008-10-07' }), [])
    deepEqual(missing(own, { 'pupil-born': '2015-02-03', 'carer-name': 'A' }), [])
    // Nobody is asked for a name that may turn out not to be needed.
    deepEqual(missing(own, {}), [])
  })

  it('is named though the pupil is old enough, where nobody answers for themself', () => {
    deepEqual(missing(open(['carer']), { 'pupil-born': '2008-10-07' }), CARER)
    deepEqual(missing(open(['carer']), {}), CARER)
  })

  it('may be another who may release the referral, and nobody else', () => {
    deepEqual(missing(open(['carer']), { 'second-carer-name': 'B' }), [])
    deepEqual(missing(open(['carer']), { 'social-worker-name': 'C' }), CARER)
    deepEqual(missing(open(['carer', 'social-worker']), { 'social-worker-name': 'C' }), [])
    deepEqual(missing(open(['social-worker']), {}), [])
  })

  it('leaves parts of which nothing more is needed as they are', () => {
    const pathway = open(['carer'])
    equal(neededParts(pathway, { people: { 'second-carer-name': 'B' } }, TODAY), pathway.parts)
    const sample = pathwayOf()
    equal(neededParts(sample, {}, TODAY)[0], sample.parts[0])
  })
})
