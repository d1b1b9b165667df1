import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type CaseEvent,
  deadlinesOf,
  dueByName,
  dueDay,
  expectedFrom,
  firstToMeet,
  lastDayOf,
} from '../../../catalogue/rules/deadline.ts'
import type { Deadline } from '../../../catalogue/schema/pathway.ts'

const contact: Deadline = {
  id: 'contact',
  name: 'First contact',
  within: 5,
  unit: 'working-days',
  from: { event: 'released' },
  until: { event: 'recorded', what: 'contacted' },
}
const support: Deadline = {
  id: 'support',
  name: 'Outreach ends',
  within: 6,
  unit: 'weeks',
  from: { event: 'entered', stage: 'outreach' },
  until: { event: 'left', stage: 'outreach' },
}
const pathway = { deadlines: [contact, support] }

const events = (...given: [CaseEvent['kind'], string, string][]): CaseEvent[] =>
  given.map(([kind, of, on], index) => ({ number: index + 1, kind, of, on }))

describe('A deadline', () => {
  it('begins with its event and not before: nobody may look until consent has released the referral', () => {
    deepEqual(deadlinesOf(pathway, events(['sent', '', '2024-09-02'], ['asked', 'm', '2024-09-02']), undefined), [])
  })

  it('counts from the day after: the first working day is day 1', () => {
    const [standing] = deadlinesOf(pathway, events(['released', '', '2024-12-20']), undefined)
    // Saturday 21 and Sunday 22, Christmas Day and Boxing Day are no working days.
    deepEqual(standing, { id: 'contact', startedOn: '2024-12-20', dueOn: '2024-12-31', metOn: null, runs: true })
  })

  it('of full weeks counts its first day: six that begin on a Monday end on a Sunday', () => {
    const dueOn = (unit: 'weeks' | 'full-weeks') => dueDay({ ...support, unit }, '2024-09-30', undefined)
    deepEqual([dueOn('weeks'), dueOn('full-weeks')], ['2024-11-11', '2024-11-10'])
    deepEqual(lastDayOf('2024-12-02', 12), '2025-02-23')
  })

  it('has no day while the term that it lies in is not published', () => {
    const inTerm: Deadline = { ...contact, termTime: true }
    const terms = [{ id: 'summer', name: 'Summer', from: '2024-04-15', to: '2024-07-19' }]
    const [standing] = deadlinesOf({ deadlines: [inTerm] }, events(['released', '', '2024-07-17']), {
      terms,
      closures: [],
    })
    deepEqual([standing?.dueOn, standing?.runs], [null, true])
    deepEqual(
      dueByName({ deadlines: [inTerm, support] }, events(['released', '', '2024-07-17']), { terms, closures: [] }),
      [],
    )
    deepEqual(expectedFrom({ deadlines: [inTerm, contact] }, '2024-07-17', { terms, closures: [] }), [
      { name: 'First contact', from: 'released', on: '2024-07-24' },
    ])
    equal(
      firstToMeet(deadlinesOf({ deadlines: [inTerm] }, events(['released', '', '2024-07-17']), undefined)),
      undefined,
    )
  })

  it('leaves out the days on which the provider is closed', () => {
    const closed = { terms: [], closures: [{ name: 'Training', from: '2024-09-04', to: '2024-09-05' }] }
    const [standing] = deadlinesOf(pathway, events(['released', '', '2024-09-02']), closed)
    equal(standing?.dueOn, '2024-09-11')
  })

  it('runs through a stage between until the case comes to the one that it waits for', () => {
    const until: Deadline = {
      ...support,
      from: { event: 'entered', stage: 'programme' },
      until: { event: 'entered', stage: 'return' },
    }
    const running = events(['entered', 'programme', '2024-09-02'], ['entered', 'exceptional', '2024-10-01'])
    deepEqual(
      [running, [...running, { number: 3, kind: 'entered' as const, of: 'return', on: '2024-10-07' }]].map((history) =>
        deadlinesOf({ deadlines: [until] }, history, undefined).map(({ metOn, runs }) => [metOn, runs]),
      ),
      [[[null, true]], [['2024-10-07', false]]],
    )
  })

  it('is met by what it waits for, on that day', () => {
    const [standing] = deadlinesOf(
      pathway,
      events(['released', '', '2024-09-02'], ['recorded', 'contacted', '2024-09-04']),
      undefined,
    )
    deepEqual([standing?.metOn, standing?.runs], ['2024-09-04', false])
  })

  it('is not met by what was done before it began, nor by what was written down by mistake', () => {
    const met = (...given: Parameters<typeof events>) => deadlinesOf(pathway, events(...given), undefined)[0]?.metOn
    equal(met(['released', '', '2024-09-04'], ['recorded', 'contacted', '2024-09-03']), null)
    const mistaken = [
      ['released', '', '2024-09-02'],
      ['recorded', 'contacted', '2024-09-03'],
      ['taken-back', '2', '2024-09-04'],
    ] as const
    equal(met(...mistaken.map((one): Parameters<typeof events>[0] => [...one])), null)
    equal(
      met(...mistaken.map((one): Parameters<typeof events>[0] => [...one]), ['recorded', 'contacted', '2024-09-05']),
      '2024-09-05',
    )
  })

  it('that begins with something recorded counts by days, in whichever order it was written down', () => {
    const review: Deadline = {
      id: 'review',
      name: 'Review',
      within: 6,
      unit: 'weeks',
      from: { event: 'recorded', what: 'report' },
      until: { event: 'recorded', what: 'review' },
    }
    const metOn = (...given: Parameters<typeof events>) =>
      deadlinesOf({ deadlines: [review] }, events(...given), undefined).map((one) => one.metOn)
    deepEqual(metOn(['recorded', 'review', '2024-09-20'], ['recorded', 'report', '2024-09-10']), ['2024-09-20'])
    deepEqual(metOn(['recorded', 'review', '2024-09-09'], ['recorded', 'report', '2024-09-10']), [null])
    const again: Deadline = { ...review, until: { event: 'recorded', what: 'report' } }
    deepEqual(
      deadlinesOf({ deadlines: [again] }, events(['recorded', 'report', '2024-09-10']), undefined).map(
        (one) => one.metOn,
      ),
      [null],
    )
  })

  it('begins anew each time a stage is entered, and ends when it is left', () => {
    const standings = deadlinesOf(
      { deadlines: [support] },
      events(
        ['entered', 'outreach', '2024-09-02'],
        ['entered', 'in-reach', '2024-10-01'],
        ['entered', 'outreach', '2024-12-02'],
      ),
      undefined,
    )
    deepEqual(
      standings.map(({ dueOn, metOn, runs }) => [dueOn, metOn, runs]),
      [
        ['2024-10-14', '2024-10-01', false],
        ['2025-01-13', null, true],
      ],
    )
    equal(firstToMeet(standings)?.dueOn, '2025-01-13')
  })

  it('runs no longer once the case has ended or stopped', () => {
    for (const end of ['ended', 'stopped'] as const) {
      const standings = deadlinesOf(
        pathway,
        events(['released', '', '2024-09-02'], [end, 'withdrawn', '2024-09-03']),
        undefined,
      )
      deepEqual([standings[0]?.metOn, standings[0]?.runs, firstToMeet(standings)], [null, false, undefined])
    }
  })
})
