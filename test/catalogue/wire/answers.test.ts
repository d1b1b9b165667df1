import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Part, Question } from '../../../catalogue/schema/pathway.ts'
import { ageOn, faultsInPart, filled, isComplete, keptOf } from '../../../catalogue/wire/answers.ts'

const TODAY = '2024-09-10'
const ask = (id: string, as: Question['as'], parts: Partial<Question> = {}): Question => ({
  id,
  as,
  label: id,
  why: 'To know.',
  seenBy: [],
  ...parts,
})
const choices = [
  { id: 'one', name: 'One' },
  { id: 'two', name: 'Two' },
]
const part = (...questions: Question[]): Part => ({ id: 'part', name: 'Part', questions })
const codes = (question: Question, answer?: string | string[]) =>
  faultsInPart(part(question), answer === undefined ? {} : { [question.id]: answer }, TODAY).map(({ code }) => code)

describe('An answer', () => {
  it('is missing where it is needed and left empty, and not where it may be', () => {
    for (const empty of [undefined, '', '   ']) {
      deepEqual(codes(ask('name', 'line'), empty), ['required'])
      deepEqual(codes(ask('name', 'line', { optional: true }), empty), [])
    }
    deepEqual(codes(ask('way', 'choice', { choices })), ['choose'])
    deepEqual(codes(ask('ways', 'choices', { choices }), []), ['choose'])
  })

  it('is a name of any script and sign, and no longer than there is room for', () => {
    const name = ask('name', 'line', { fills: 'pupil.name' })
    for (const given of ['O’Hara-Ōe', "D'ARCY", 'محمد عبد الله', '李', 'ZOË', 'a'.repeat(200)])
      deepEqual(codes(name, given), [])
    deepEqual(codes(name, 'a'.repeat(10_000)), ['too-long'])
    deepEqual(codes(name, 'a\u202eb'), ['not-text'])
    deepEqual(codes(name, 'a\ud800'), ['not-text'])
    deepEqual(codes(name, 'two\nlines'), ['not-text'])
  })

  it('may have several lines where it is a text', () => {
    deepEqual(codes(ask('story', 'text'), 'One.\r\n\tTwo.\nThree.'), [])
    deepEqual(codes(ask('story', 'text', { most: 5 }), '123456'), ['too-long'])
    deepEqual(codes(ask('story', 'text'), 'a\u0000b'), ['not-text'])
  })

  it('is a day that exists; a day of birth is neither to come nor too long ago', () => {
    const born = ask('born', 'date', { fills: 'pupil.born' })
    deepEqual(codes(born, '2015-02-29'), ['not-a-date'])
    deepEqual(codes(born, '2024-09-10'), [])
    deepEqual(codes(born, '2024-09-11'), ['in-the-future'])
    deepEqual(codes(born, '1915-02-28'), ['too-long-ago'])
    deepEqual(codes(ask('review', 'date'), '2030-01-01'), [])
  })

  it('is a telephone number that can be rung, however it is written', () => {
    const telephone = ask('telephone', 'telephone')
    for (const given of [
      '01524 67164',
      '+44 (0)1524 67164',
      '01524-671.64',
      '01524 67164 ext. 12',
      '01524 67164 EXT12',
      '671640',
    ])
      deepEqual(codes(telephone, given), [], given)
    for (const given of ['abc', '12345', 'ext 123456', '01524 671 extra', '01524 67164 or 65', '999999!'])
      deepEqual(codes(telephone, given), ['whole-number'], given)
    deepEqual(codes(ask('telephone', 'telephone', { optional: true }), ''), [])
  })

  it('is an address, a number or one of the choices, where that is asked', () => {
    deepEqual(codes(ask('email', 'email'), 'senco'), ['email'])
    deepEqual(codes(ask('email', 'email'), 'senco@school.example'), [])
    deepEqual(codes(ask('count', 'number', { most: 40 }), '4o'), ['whole-number'])
    deepEqual(codes(ask('count', 'number', { most: 40 }), '41'), ['too-large'])
    deepEqual(codes(ask('way', 'choice', { choices }), 'three'), ['choose'])
    deepEqual(codes(ask('ways', 'choices', { choices }), ['one', 'one']), ['choose'])
    deepEqual(codes(ask('ways', 'choices', { choices }), ['two', 'one']), [])
    deepEqual(codes(ask('plan', 'yes-no'), 'maybe'), ['choose'])
    deepEqual(codes(ask('urn', 'line', { fills: 'school.urn' }), '12345'), ['urn'])
    deepEqual(codes(ask('name', 'line'), ['one']), ['wrong-type'])
  })

  it('is not asked for, kept or complained about where another answer makes it needless', () => {
    const both = part(ask('plan', 'yes-no'), ask('which', 'line', { when: { question: 'plan', is: 'yes' } }))
    deepEqual(faultsInPart(both, { plan: 'no' }, TODAY), [])
    deepEqual(keptOf(both, { plan: 'no', which: 'EHCP', other: 'x' }), { plan: 'no' })
    deepEqual(faultsInPart(both, { plan: 'yes' }, TODAY), [{ pointer: '/which', code: 'required' }])
    equal(isComplete(both, undefined, TODAY), false)
    equal(isComplete(both, { plan: 'yes', which: 'A plan' }, TODAY), true)
  })

  it('is found by what it fills, whatever it is called', () => {
    const parts = [part(ask('who', 'line', { fills: 'pupil.name' }))]
    equal(filled({ parts }, { part: { who: '  Ann ' } }, 'pupil.name'), 'Ann')
    equal(filled({ parts }, {}, 'pupil.name'), '')
  })
})

describe('An age', () => {
  it('is in whole years, and grows on the birthday', () => {
    deepEqual(
      ['2024-09-09', '2024-09-10', '2024-09-11'].map((day) => ageOn('2008-09-10', day)),
      [15, 16, 16],
    )
  })
})
