import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CaseEvent } from '../../../catalogue/rules/deadline.ts'
import { eligibilityOf } from '../../../catalogue/rules/eligibility.ts'
import { type CaseFacts, isMet, movesOf, wasOnAgenda, whereTo } from '../../../catalogue/rules/pathway.ts'
import type { Move, Need, Pathway } from '../../../catalogue/schema/pathway.ts'

const move = (parts: Partial<Move>): Move => ({
  id: 'go',
  name: 'Go on',
  as: 'go-on',
  by: ['coordinator'],
  tells: [],
  ...parts,
})
const moves = [
  move({ id: 'start', to: 'work', needs: [{ kind: 'consent', purpose: 'support' }, { kind: 'assigned' }] }),
  move({ id: 'sign-off', as: 'accept', by: ['commissioner'], to: 'work' }),
  move({ id: 'decline', as: 'decline', by: ['coordinator', 'panel-member'] }),
]
const pathway = { stages: [{ id: 'first', name: 'First', about: 'Now.', moves }] } as unknown as Pathway
const facts = (parts: Partial<CaseFacts> = {}): CaseFacts => ({
  stage: 'first',
  events: [],
  standing: () => 'waiting',
  isAssigned: false,
  ...parts,
})

describe('A case', () => {
  it('is moved on by whoever its stage names, and by nobody else', () => {
    const idsFor = (as: Parameters<typeof movesOf>[2]) => movesOf(pathway, facts(), as).map(({ move: { id } }) => id)
    deepEqual(idsFor('coordinator'), ['start', 'decline'])
    deepEqual(idsFor('commissioner'), ['sign-off'])
    deepEqual(idsFor('panel-member'), ['decline'])
    deepEqual(idsFor('practitioner'), [])
    deepEqual(movesOf(pathway, facts({ stage: 'elsewhere' }), 'coordinator'), [])
  })

  it('says what is still missing for a decision', () => {
    const missing = (given: CaseFacts) => movesOf(pathway, given, 'coordinator')[0]?.missing.map(({ kind }) => kind)
    deepEqual(missing(facts()), ['consent', 'assigned'])
    deepEqual(missing(facts({ isAssigned: true, standing: () => 'given' })), [])
    deepEqual(missing(facts({ isAssigned: true, standing: () => 'withdrawn' })), ['consent'])
  })

  it('needs both signatures of an agreement, and a panel since it came to its stage', () => {
    const events = (...given: [CaseEvent['kind'], string][]): CaseEvent[] =>
      given.map(([kind, of], index) => ({ number: index + 1, kind, of, on: '2024-09-02' }))
    const met = (need: Need, ...given: [CaseEvent['kind'], string][]) =>
      isMet(need, facts({ events: events(...given) }))
    equal(met({ kind: 'agreement' }, ['signed', 'school']), false)
    equal(met({ kind: 'agreement' }, ['signed', 'school'], ['signed', 'provider']), true)
    equal(met({ kind: 'panel' }, ['panel', 'p'], ['entered', 'first']), false)
    equal(met({ kind: 'panel' }, ['entered', 'first'], ['panel', 'p']), true)
    equal(met({ kind: 'panel' }, ['entered', 'first'], ['panel', 'p'], ['panel', '']), false)
    equal(met({ kind: 'panel' }, ['entered', 'first'], ['panel', 'p'], ['decided', 'defer']), false)
    equal(met({ kind: 'panel' }, ['entered', 'first'], ['panel', 'p'], ['decided', 'defer'], ['panel', 'q']), true)
    const was = (...given: [CaseEvent['kind'], string][]) => wasOnAgenda(events(...given))
    equal(was(['entered', 'first'], ['panel', 'p'], ['entered', 'more'], ['entered', 'first']), true)
    equal(was(['entered', 'first'], ['panel', 'p'], ['entered', 'later']), false)
    equal(was(['entered', 'first']), false)
    equal(met({ kind: 'recorded', event: 'met' }, ['recorded', 'other']), false)
    equal(met({ kind: 'recorded', event: 'met' }, ['recorded', 'met']), true)
    equal(met({ kind: 'recorded', event: 'met' }, ['recorded', 'met'], ['entered', 'again']), true)
    const since: Need = { kind: 'recorded', event: 'met', sinceEntry: true }
    equal(met(since, ['recorded', 'met'], ['entered', 'again']), false)
    equal(met(since, ['recorded', 'met'], ['entered', 'again'], ['recorded', 'met']), true)
  })

  it('goes where a decision leads, ends with a refusal or a finish, and else stays', () => {
    deepEqual(whereTo(move({ to: 'work' })), { stage: 'work' })
    deepEqual(
      (['decline', 'finish', 'defer', 'more-information'] as const).map((as) => whereTo(move({ as }))),
      ['ends', 'ends', 'stays', 'stays'],
    )
  })
})

describe('Eligibility', () => {
  const condition = (id: string, pass: 'yes' | 'no') => ({
    id,
    question: '?',
    pass,
    otherwise: 'Not this way.',
    turnTo: [],
  })
  const conditions = { eligibility: [condition('pathway', 'yes'), condition('plan', 'no')] }

  it('is asked in order, and says the first thing that stands against it', () => {
    const verdictOf = (answers: Record<string, string>) => {
      const found = eligibilityOf(conditions, answers)
      return found.verdict === 'eligible' ? 'eligible' : `${found.verdict} ${found.condition.id}`
    }
    equal(verdictOf({}), 'unanswered pathway')
    equal(verdictOf({ pathway: 'no' }), 'not-this-way pathway')
    equal(verdictOf({ pathway: 'yes' }), 'unanswered plan')
    equal(verdictOf({ pathway: 'yes', plan: 'perhaps' }), 'unanswered plan')
    equal(verdictOf({ pathway: 'yes', plan: 'yes' }), 'not-this-way plan')
    equal(verdictOf({ pathway: 'yes', plan: 'no' }), 'eligible')
    equal(eligibilityOf({ eligibility: [] }, {}).verdict, 'eligible')
  })
})
