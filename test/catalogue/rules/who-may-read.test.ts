import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type FlaggingEvent, flagsOf } from '../../../catalogue/rules/case-flags.ts'
import { firstToMeet } from '../../../catalogue/rules/deadline.ts'
import { waitsForPlace } from '../../../catalogue/rules/pathway.ts'
import { mayReadAnswer, mayReadCase, mayReadText, type ReadingAs } from '../../../catalogue/rules/who-may-read.ts'
import { shipped, shippedCatalogue } from '../shipped.ts'

const EVERYBODY: ReadingAs[] = ['coordinator', 'practitioner', 'panel-member', 'commissioner']

const pathways = shipped
  .map(shippedCatalogue)
  .flatMap(({ provider, pathways = [] }) => pathways.map((pathway) => ({ provider: provider.id, pathway })))

describe('Who may read a case', () => {
  const signOff = { moves: [{ id: 'x', name: 'X', as: 'accept' as const, by: ['commissioner' as const], tells: [] }] }
  const facts = { isHeld: true, isAssigned: true, isOnPanel: true, stage: signOff }

  it('is nobody before consent has released it, or once it was stopped, whoever works on it', () => {
    for (const status of ['draft', 'waiting', 'stopped'])
      for (const as of EVERYBODY) equal(mayReadCase(as, { ...facts, status }), false, `${as} ${status}`)
  })

  it('is the co-ordinator alone once it has ended', () => {
    deepEqual(
      EVERYBODY.filter((as) => mayReadCase(as, { ...facts, status: 'ended' })),
      ['coordinator'],
    )
  })

  it('goes by case for everybody else', () => {
    const nothing = { status: 'open', isHeld: true, isAssigned: false, isOnPanel: false, stage: { moves: [] } }
    const readers = (more: object) => EVERYBODY.filter((as) => mayReadCase(as, { ...nothing, ...more }))
    deepEqual(readers({}), ['coordinator'])
    deepEqual(readers({ isAssigned: true }), ['coordinator', 'practitioner'])
    deepEqual(readers({ isOnPanel: true }), ['coordinator', 'panel-member'])
    deepEqual(readers({ stage: signOff }), ['coordinator', 'commissioner'])
    deepEqual(readers({ stage: undefined }), ['coordinator'])
  })

  it('is the co-ordinator alone, who asks the family anew, once its permission has run out', () => {
    deepEqual(
      EVERYBODY.filter((as) => mayReadCase(as, { ...facts, status: 'open', isHeld: false })),
      ['coordinator'],
    )
  })

  it('does not make an answer theirs that the catalogue shows to others, nor a free text', () => {
    deepEqual(
      EVERYBODY.filter((as) => mayReadAnswer(as, { seenBy: ['panel-member'] })),
      ['coordinator', 'panel-member'],
    )
    for (const kind of ['note', 'recorded', 'decided', 'reply'] as const)
      equal(mayReadText('commissioner', kind), false)
    // The catalogue says of a decision that its reason is for the commissioner.
    equal(mayReadText('commissioner', 'decided', { commissionerReads: true }), true)
    equal(mayReadText('panel-member', 'note'), false)
    ok(mayReadText('panel-member', 'reply') && mayReadText('practitioner', 'note'))
  })
})

describe('What stands out about a case', () => {
  const pathway = pathways.find(({ provider }) => provider === 'sedis')?.pathway
  ok(pathway)
  let number = 0
  const event = (kind: FlaggingEvent['kind'], of = '', detail: FlaggingEvent['detail'] = {}): FlaggingEvent => {
    number += 1
    return { number, kind, of, on: '2024-10-07', detail }
  }
  const answered = (purpose: string, answer: string, person = 'one') =>
    event('answered', purpose, { person, each: '', answer })
  const flags = (...events: FlaggingEvent[]) => flagsOf(pathway, events)

  it('is an open question, until it is answered or decided on', () => {
    deepEqual(flags(), [])
    deepEqual(flags(event('question')), ['question-open'])
    deepEqual(flags(event('decided', 'ask-more', { as: 'more-information' })), ['question-open'])
    deepEqual(flags(event('question'), event('reply')), ['school-replied'])
    deepEqual(flags(event('question'), event('reply'), event('decided', 'approve', { as: 'accept' })), [])
  })

  it('is a consent that was refused or withdrawn, until that person agrees or is asked again', () => {
    deepEqual(flags(answered('support', 'given')), [])
    deepEqual(flags(answered('support', 'given'), answered('support', 'withdrawn')), ['consent-withdrawn'])
    deepEqual(flags(answered('support', 'refused'), answered('specialist', 'withdrawn')), [
      'consent-withdrawn',
      'consent-refused',
    ])
    deepEqual(flags(answered('support', 'refused', 'one'), answered('support', 'given', 'two')), ['consent-refused'])
    deepEqual(flags(answered('support', 'refused'), event('asked', 'one', { purpose: 'support', each: '' })), [])
    // The consent that releases stops the case by itself.
    deepEqual(flags(answered('share', 'withdrawn')), [])
  })
})

describe('The first deadline to meet', () => {
  const standing = (id: string, dueOn: string, runs = true) => ({
    id,
    startedOn: '2024-01-01',
    dueOn,
    metOn: null,
    runs,
  })

  it('is the first that still runs, and the catalogue’s first of two on one day', () => {
    equal(
      firstToMeet([
        standing('late', '2024-03-01'),
        standing('met', '2024-01-02', false),
        standing('soon', '2024-02-01'),
      ])?.id,
      'soon',
    )
    equal(firstToMeet([standing('one', '2024-02-01'), standing('two', '2024-02-01')])?.id, 'one')
    equal(firstToMeet([standing('met', '2024-01-02', false)]), undefined)
  })
})

describe('A stage that waits for a place', () => {
  it('is the waiting list of each pathway that has one, and no other', () => {
    const waiting = pathways.flatMap(({ provider, pathway }) =>
      pathway.stages.filter(({ id }) => waitsForPlace(pathway, id)).map(({ id }) => `${provider} ${pathway.id} ${id}`),
    )
    deepEqual([...new Set(waiting)].sort(), [
      'bridge reintegration waiting',
      'golden-hill placement waiting',
      'stepping-stones placement waiting',
    ])
  })
})
