import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type ConsentAnswer,
  type ConsentAsk,
  type ConsentHistory,
  type ConsentPerson,
  holdsUntil,
  isReleased,
  standingOf,
} from '../../../catalogue/rules/consent.ts'
import type { Consent, ConsentPurpose } from '../../../catalogue/schema/consent.ts'

const purposeOf = (parts: Partial<ConsentPurpose> = {}): ConsentPurpose => ({
  id: 'share',
  name: 'Share',
  text: 'You agree.',
  sees: 'The team.',
  keptFor: 'A year.',
  asked: 'at-once',
  releases: true,
  by: ['carer', 'young-person'],
  ...parts,
})
const consentOf = (parts: Partial<Consent> = {}): Consent => ({
  asks: 'The school asks.',
  no: 'No is fine.',
  purposes: [purposeOf()],
  carers: 1,
  languages: [],
  openDays: 30,
  ...parts,
})

const mother: ConsentPerson = { id: 'm', as: 'carer' }
const father: ConsentPerson = { id: 'f', as: 'carer' }
const worker: ConsentPerson = { id: 'w', as: 'social-worker' }
const teenager: ConsentPerson = { id: 'y', as: 'young-person' }

const TODAY = '2024-10-01'
let number = 0
const asked = (person: string, on = '2024-09-20', purpose = 'share', each = ''): ConsentAsk => {
  number += 1
  return { number, person, purpose, each, on }
}
const said = (person: string, answer: ConsentAnswer['answer'], on = '2024-09-21', purpose = 'share', each = '') => ({
  ...asked(person, on, purpose, each),
  answer,
})
const history = (people: ConsentPerson[], asks: ConsentAsk[], answers: ConsentAnswer[]): ConsentHistory => ({
  people,
  asks,
  answers,
})
const standing = (consent: Consent, given: ConsentHistory, today = TODAY) =>
  standingOf(consent, consent.purposes[0] ?? purposeOf(), '', given, today)

describe('A consent', () => {
  it('waits until somebody answers, and runs out where nobody does in time', () => {
    const consent = consentOf()
    equal(standing(consent, history([mother], [], [])), 'not-asked')
    const waits = history([mother], [asked('m', '2024-09-01')], [])
    equal(standing(consent, waits), 'waiting')
    equal(standing(consent, waits, '2024-10-02'), 'expired')
    equal(isReleased(consent, waits, TODAY), false)
  })

  it('releases once it is given, until it is withdrawn', () => {
    const consent = consentOf()
    const asks = [asked('m')]
    const given = said('m', 'given')
    equal(isReleased(consent, history([mother], asks, [given]), TODAY), true)
    const later = history([mother], asks, [given, said('m', 'withdrawn')])
    deepEqual([standing(consent, later), isReleased(consent, later, TODAY)], ['withdrawn', false])
  })

  it('is asked again after a no, and not undone by being asked again after a yes', () => {
    const consent = consentOf()
    const no = [asked('m'), said('m', 'refused')] as const
    equal(standing(consent, history([mother], [no[0]], [no[1]])), 'refused')
    equal(standing(consent, history([mother], [no[0], asked('m')], [no[1]])), 'waiting')
    const yes = said('m', 'given')
    equal(standing(consent, history([mother], [asked('m'), asked('m')], [yes])), 'given')
  })

  it('runs out where its purpose says for how long it holds, and waits when it is asked for again then', () => {
    const consent = consentOf({ purposes: [purposeOf({ lastsDays: 90 })] })
    const asks = [asked('m', '2024-05-01')]
    const given = said('m', 'given', '2024-05-02')
    equal(standing(consent, history([mother], asks, [given]), '2024-07-31'), 'given')
    equal(standing(consent, history([mother], asks, [given]), '2024-08-01'), 'expired')
    equal(standing(consent, history([mother], [...asks, asked('m', '2024-09-25')], [given])), 'waiting')
  })

  it('is needed of two carers where the catalogue says so and the school has named two', () => {
    const two = consentOf({ carers: 2 })
    const asks = [asked('m'), asked('f')]
    const one = [said('m', 'given')]
    equal(standing(two, history([mother, father], asks, one)), 'waiting')
    equal(standing(two, history([mother, father], asks, [...one, said('f', 'given')])), 'given')
    equal(standing(two, history([mother], [asks[0] ?? asked('m')], one)), 'given')
    equal(standing(consentOf(), history([mother, father], asks, one)), 'given')
  })

  it('is not there while one of two carers says no', () => {
    for (const carers of [1, 2]) {
      const asks = [asked('m'), asked('f')]
      const answers = [said('m', 'given'), said('f', 'refused')]
      equal(standing(consentOf({ carers }), history([mother, father], asks, answers)), 'refused')
      // Nor while the one who said no is asked again and has not answered.
      equal(standing(consentOf({ carers }), history([mother, father], [...asks, asked('f')], answers)), 'waiting')
    }
  })

  it('is the young person’s own where they answer for themselves', () => {
    const people = [mother, teenager]
    equal(standing(consentOf(), history(people, [asked('y')], [said('m', 'given')])), 'waiting')
    equal(standing(consentOf(), history(people, [asked('y')], [said('y', 'given')])), 'given')
  })

  it('stays the carers’ where a young person is asked for something else, who take it back as before', () => {
    const specialist = purposeOf({ id: 'specialist', asked: 'each-time', releases: false })
    const consent = consentOf({ purposes: [purposeOf(), specialist] })
    const people = [mother, teenager]
    const asks = [asked('m'), asked('y', '2024-09-25', 'specialist')]
    const yes = said('m', 'given')
    equal(standing(consent, history(people, asks, [yes])), 'given')
    equal(standing(consent, history(people, asks, [yes, said('m', 'withdrawn')])), 'withdrawn')
  })

  it('of carers holds until the young person who is asked for it now has answered, and is taken back by either', () => {
    const people = [mother, teenager]
    const first = asked('m')
    const yes = said('m', 'given')
    const asks = [first, asked('y', '2024-09-25')]
    const consent = consentOf()
    equal(standing(consent, history(people, asks, [yes])), 'given')
    // Not answered in time either: nobody has taken it back.
    equal(standing(consent, history(people, asks, [yes]), '2024-12-01'), 'given')
    equal(standing(consent, history(people, asks, [yes, said('m', 'withdrawn')])), 'withdrawn')
    const own = said('y', 'given')
    equal(standing(consent, history(people, asks, [yes, own])), 'given')
    equal(standing(consent, history(people, asks, [yes, own, said('m', 'withdrawn')])), 'withdrawn')
    equal(standing(consent, history(people, asks, [yes, said('y', 'refused')])), 'refused')
    // A carer’s no of before is no more than a no of before.
    const no = [said('m', 'refused')]
    const again = asked('y', '2024-09-28')
    equal(standing(consent, history(people, [first, again], no)), 'waiting')
    equal(standing(consent, history(people, [first, again], [...no, said('y', 'given')])), 'given')
  })

  it('that was refused stays refused where nobody answers when asked again', () => {
    const people = [mother, father]
    const asks = [asked('m', '2024-08-01'), asked('f', '2024-08-01')]
    const answers = [said('m', 'given', '2024-08-02'), said('f', 'refused', '2024-08-02')]
    const again = [...asks, asked('f', '2024-08-10')]
    equal(standing(consentOf(), history(people, again, answers), '2024-09-09'), 'waiting')
    equal(standing(consentOf(), history(people, again, answers), '2024-09-10'), 'refused')
    equal(isReleased(consentOf(), history(people, again, answers), '2024-09-10'), false)
  })

  it('holds until the day on which the first yes that is needed runs out, whoever is asked again', () => {
    const year = (carers: number, ...releases: boolean[]) =>
      consentOf({
        carers,
        purposes: releases.map((one, at) => purposeOf({ id: at ? 'more' : 'share', lastsDays: 365, releases: one })),
      })
    const until = (consent: Consent, asks: ConsentAsk[], answers: ConsentAnswer[], people = [mother, father]) =>
      holdsUntil(consent, history(people, asks, answers))
    const early = said('m', 'given', '2024-01-10')
    const late = said('f', 'given', '2024-02-10')
    equal(until(year(1, true), [], []), undefined)
    equal(until(year(1, true), [], [early]), '2025-01-09')
    equal(until(year(1, true), [], [early, late]), '2025-02-09')
    equal(until(year(2, true), [], [early, late]), '2025-01-09')
    // Somebody who was named later takes nothing away, nor does being asked again; a yes anew does.
    equal(until(year(2, true), [asked('f'), asked('m')], [early]), '2025-01-09')
    equal(until(year(1, true), [], [early, said('m', 'given', '2025-01-05')]), '2026-01-05')
    equal(until(year(1, true, true), [], [early, said('m', 'given', '2024-01-02', 'more')]), '2025-01-01')
    equal(until(year(1, true, false), [], [early, said('m', 'given', '2024-01-02', 'more')]), '2025-01-09')
    equal(until(consentOf(), [], [early]), undefined)
    equal(until(year(1, true), [], [early, said('m', 'withdrawn', '2024-03-01')]), undefined)
    // A young person who has answered answers in their parents’ place.
    equal(until(year(1, true), [], [early, said('y', 'given', '2024-03-01')], [mother, teenager]), '2025-03-01')
  })

  it('can be a social worker’s for a specialist, unless a parent says no', () => {
    const specialist = purposeOf({
      id: 'specialist',
      asked: 'each-time',
      releases: false,
      by: ['carer', 'social-worker'],
      each: [
        { id: 'speech', name: 'Speech' },
        { id: 'psychologist', name: 'Psychologist' },
      ],
    })
    const consent = consentOf({ purposes: [purposeOf(), specialist] })
    const people = [mother, worker]
    const asks = [asked('w', '2024-09-20', 'specialist', 'speech')]
    const yes = said('w', 'given', '2024-09-21', 'specialist', 'speech')
    const at = (answers: ConsentAnswer[], each: string) =>
      standingOf(consent, specialist, each, history(people, asks, answers), TODAY)
    equal(at([yes], 'speech'), 'given')
    equal(at([yes], 'psychologist'), 'not-asked')
    equal(at([yes, said('m', 'refused', '2024-09-22', 'specialist', 'speech')], 'speech'), 'refused')
  })

  /** What a parent or a social worker may give, as it stands after some asking and answering. */
  const either = purposeOf({ id: 'share', releases: false, by: ['carer', 'social-worker'] })
  const eitherStands = (asks: ConsentAsk[], answers: ConsentAnswer[], today = TODAY) =>
    standingOf(consentOf({ purposes: [either] }), either, '', history([mother, worker], asks, answers), today)

  it('says how it stands with a social worker who is asked in place of a parent', () => {
    const ask = asked('w')
    equal(eitherStands([ask], []), 'waiting')
    equal(eitherStands([ask], [], '2024-12-01'), 'expired')
    equal(eitherStands([ask], [said('w', 'refused')]), 'refused')
    equal(eitherStands([ask], [said('w', 'given'), said('w', 'withdrawn')]), 'withdrawn')
    const no = said('w', 'refused')
    equal(eitherStands([ask, asked('w')], [no]), 'waiting')
    // A parent who is asked meanwhile may still agree, and has the last word.
    equal(eitherStands([ask, asked('m')], [no]), 'waiting')
    equal(eitherStands([ask, asked('m')], [no, said('m', 'given')]), 'given')
    equal(eitherStands([ask, asked('m')], [said('m', 'refused'), said('w', 'given')]), 'refused')
  })

  it('is taken back with a social worker’s yes, though somebody of the family has yet to answer', () => {
    const both = [asked('m'), asked('w')]
    const yes = said('w', 'given')
    equal(eitherStands(both, [yes]), 'given')
    const back = said('w', 'withdrawn')
    equal(eitherStands(both, [yes, back]), 'withdrawn')
    equal(eitherStands(both, [yes, back, said('m', 'given')]), 'given')
    equal(eitherStands([...both, asked('w')], [yes, back]), 'waiting')
  })

  it('is not asked only where nobody who may give it is, and never given over a parent’s no', () => {
    const who = fc.constantFrom('m', 'w')
    const event = fc.record({ who, what: fc.constantFrom('asked', 'given', 'refused', 'withdrawn') })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), (events) => {
        const asks: ConsentAsk[] = []
        const answers: ConsentAnswer[] = []
        for (const one of events)
          if (one.what === 'asked') asks.push(asked(one.who))
          else answers.push(said(one.who, one.what as ConsentAnswer['answer']))
        const stands = eitherStands(asks, answers)
        equal(stands === 'not-asked', events.length === 0)
        const last = (id: string) => answers.findLast(({ person }) => person === id)?.answer
        const isNo = last('m') !== undefined && last('m') !== 'given'
        equal(stands === 'given', !isNo && (last('m') === 'given' || last('w') === 'given'))
      }),
    )
  })

  it('is never given by anything but a yes', () => {
    const person = fc.constantFrom('m', 'f', 'w', 'y')
    const event = fc.record({ person, answer: fc.constantFrom('refused' as const, 'withdrawn' as const) })
    fc.assert(
      fc.property(fc.array(event), fc.constantFrom(1, 2), fc.boolean(), (events, carers, own) => {
        const people = [mother, father, worker, ...(own ? [teenager] : [])]
        const answers = events.map((one) => said(one.person, one.answer))
        const asks = people.map(({ id }) => asked(id))
        equal(isReleased(consentOf({ carers }), history(people, asks, answers), TODAY), false)
      }),
    )
  })
})
